"""How many single commands a second do 1, 4 and 16 clients get on PostgreSQL?

`clients.py --quick` or `--full`: each client waits for the answer before it asks again. In turn,
in one run and on one server: recourse, whose clients share a commit, and the eventsourcing
library with its own recorder, one save a command, retried where somebody was faster. The run
fails where a ratio is below its limit. Needs `tests` on the path, for the server.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from threading import Thread

from figures import table
from month import singles

from recourse.application import Ask
from support.postgres import Server, running

HERE = Path(__file__).resolve().parent
CLIENTS = (1, 4, 16)
SIZES = {"quick": (240, 2), "full": (960, 5)}  # commands, rounds
OURS, WHOLE, LIBRARY = "recourse", "recourse, with what follows", "library"
LIMITS = {1: 0.5, 4: 0.5, 16: 0.5}
"""The least that recourse may do of what the library does, alike: the command and its commit.

Where a commit is quick, both are bound by the one core that a process has, and recourse does more
for a command; where the disk is slow, the shared commit wins with every client more.
"""

Perform = Callable[[Sequence[Ask]], object]


def main() -> int:
    """Run, print, write the results file; 0 when every limit is kept."""
    asked = _asked()
    commands, rounds = SIZES[asked.size]
    with tempfile.TemporaryDirectory(prefix="recourse-clients-") as place:
        Path(place).chmod(0o755)
        with running(Path(place)) as server:
            found = [_round(server, commands) for _ in range(rounds)]
    rows = [
        (clients, *(f"{median(each[name, clients] for each in found):.0f}" for name in NAMES),
         f"{_ratio(found, clients):.2f}", LIMITS[clients])
        for clients in CLIENTS
    ]  # fmt: skip
    low = [clients for clients in CLIENTS if _ratio(found, clients) < LIMITS[clients]]
    head = ("Clients", *(f"{name}, commands/s" for name in NAMES), "recourse : library", "Limit")
    report = "\n".join(
        [
            f"# Single commands on PostgreSQL, {asked.size}, {asked.date}",
            *table(f"{commands} commands, median of {rounds} rounds in turn", head, rows),
            "",
            *([f"- below the limit with {n} clients" for n in low] or ["Every limit is kept."]),
            "",
        ]
    )
    print(report)
    (HERE / "results" / f"{asked.date}-clients-{asked.size}.md").write_text(report, "utf-8")
    return 1 if low else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = parser.add_mutually_exclusive_group()
    for name in SIZES:
        sizes.add_argument(f"--{name}", action="store_const", const=name, dest="size")
    parser.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--play", nargs=4, metavar=("NAME", "URL", "COMMANDS", "CLIENTS"))
    asked = parser.parse_args()
    if asked.play:
        name, url, commands, clients = asked.play
        print(json.dumps(_rate(NAMES[name](url), int(commands), int(clients))))
        sys.exit()
    return asked


def _round(server: Server, commands: int) -> dict[tuple[str, int], float]:
    """Every contender with every number of clients, each in a process and a place of its own."""
    return {
        (name, clients): _played(server, name, commands, clients)
        for clients in CLIENTS
        for name in NAMES
    }


def _played(server: Server, name: str, commands: int, clients: int) -> float:
    url = server.new_database() if name == LIBRARY else server.store_url()
    print(f"... {name}, {clients} clients", file=sys.stderr)
    command = [sys.executable, __file__, "--play", name, url, str(commands), str(clients)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return float(json.loads(done.stdout))


def _ratio(found: Sequence[dict[tuple[str, int], float]], clients: int) -> float:
    return median(each[OURS, clients] / each[LIBRARY, clients] for each in found)


def _rate(contender: tuple[Perform, Perform], commands: int, clients: int) -> float:
    """Commands a second, all clients together; each asks for claims of its own."""
    at_once, one = contender
    before, asks = singles(commands, 1)
    at_once(before)
    threads = [Thread(target=_ask_each, args=(one, each)) for each in _by_claim(asks, clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(asks) / (time.perf_counter() - started)


def _by_claim(asks: Sequence[Ask], clients: int) -> list[list[Ask]]:
    """The asks of one client are three a claim, in their order."""
    return [
        [ask for number, ask in enumerate(asks) if number // 3 % clients == client]
        for client in range(clients)
    ]


def _ask_each(one: Perform, asks: Sequence[Ask]) -> None:
    for ask in asks:
        one([ask])


def _ours(url: str, *, whole: bool) -> tuple[Perform, Perform]:
    from recourse.adapters.storage.opening import open_engine  # noqa: PLC0415 - of one contender
    from recourse.application.gathering import Gathering  # noqa: PLC0415
    from recourse.rulebook.book import built_in  # noqa: PLC0415

    engine = open_engine(url, built_in(), new_log_id=lambda: "benchmark")
    shared = Gathering(engine.perform if whole else engine.execute_many)

    def one(asks: Sequence[Ask]) -> None:
        for answer in shared.perform(asks):
            if answer.refusal:
                raise answer.refusal

    return engine.perform, one


def _library(url: str) -> tuple[Perform, Perform]:
    from eventsourcing.persistence import IntegrityError  # noqa: PLC0415 - of one contender
    from library import TunedPlant  # noqa: PLC0415
    from library_notes_board import SqliteView  # noqa: PLC0415

    host, _, name = url.partition("@")[2].partition("/")
    plant = TunedPlant(
        {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": name,
            "POSTGRES_HOST": host.partition(":")[0],
            "POSTGRES_PORT": host.partition(":")[2],
            "POSTGRES_USER": "owner",
            "POSTGRES_PASSWORD": "none",
            "POSTGRES_POOL_SIZE": "16",
        }
    )

    plant.view = SqliteView(Path(tempfile.mkdtemp()) / "unused.db")  # these acts look nothing up

    def one(asks: Sequence[Ask]) -> None:
        while True:
            try:
                plant.perform(asks)
            except IntegrityError:
                continue
            else:
                return

    return plant.perform, one


NAMES = {
    OURS: lambda url: _ours(url, whole=False),
    WHOLE: lambda url: _ours(url, whole=True),
    LIBRARY: _library,
}

if __name__ == "__main__":
    sys.exit(main())
