"""Which Kafka broker do the tests talk to? One of their own, gone when they end.

Apache Kafka in KRaft mode where `make .kafka/libs/ready` put it (it needs Java and Maven), or else
the light broker noida-db, which loses what it acknowledged when it is killed: what is about
durability asks for `durable` and is skipped there, except in CI, which has no excuse.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
from kafka.errors import KafkaError

LIBS = Path(__file__).parents[2] / ".kafka" / "libs"
BOUND = 90  # seconds after which a broker counts as not starting
PATIENCE = 30  # seconds in which one that is up has to answer
JAVA = ("java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
SETTINGS = """
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=127.0.0.1:{controller}
log.dirs={folder}/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
"""


class Broker:
    """One broker with its folder; `bootstrap` names it for clients."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.durable = (LIBS / "ready").exists()
        self.port, self.controller = _free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """Where clients begin."""
        return f"127.0.0.1:{self.port}"

    def create(self) -> None:
        """Lay out the data and start."""
        if self.durable:
            text = SETTINGS.format(
                port=self.port, controller=self.controller, folder=self.folder.as_posix()
            )
            self._settings.write_text(text, "utf-8")
            words = ("format", "--standalone", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "-c")
            tool = [*self._java("kafka.tools.StorageTool"), *words, str(self._settings)]
            subprocess.run(tool, check=True, capture_output=True, timeout=BOUND)
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        self.begin()
        wait_for(self._answers, BOUND)

    def begin(self) -> None:
        """Start without waiting."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._words(),
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Stop as an administrator does, after what it holds is on disk."""
        self.signal(signal.SIGTERM)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
        self._gone()

    def kill(self) -> None:
        """Pull the plug: kill -9."""
        self.signal(signal.SIGKILL)
        self._gone()

    def restart(self) -> None:
        """Pull the plug, and start again with what is on disk."""
        self.kill()
        self.start()

    def pause(self) -> None:
        """Let it hang with its connections open: SIGSTOP."""
        self.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on where it hung."""
        self.signal(signal.SIGCONT)

    def heal(self) -> None:
        """Up and answering, whatever was done to it."""
        self.resume()
        if self._process is None:
            self.begin()
        wait_for(self._answers, BOUND)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the broker and all that belongs to it."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    @contextmanager
    def admin(self) -> Iterator[KafkaAdminClient]:
        """A client that may do everything."""
        client = KafkaAdminClient(
            bootstrap_servers=self.bootstrap, bootstrap_timeout_ms=PATIENCE * 1000
        )
        try:
            yield client
        finally:
            client.close()

    def topic(self, *names: str, partitions: int = 4) -> str:
        """Make topics of these names, or one that nobody has used; the name of the first."""
        wanted = names or (f"t-{uuid4().hex}",)
        with self.admin() as admin:
            admin.create_topics([NewTopic(each, partitions, 1) for each in wanted])
            admin.wait_for_topics(list(wanted))
        return wanted[0]

    def read(self, topic: str) -> list:
        """Every message of `topic` so far, partition by partition in the order of each."""
        consumer = KafkaConsumer(
            bootstrap_servers=self.bootstrap, enable_auto_commit=False, group_id=None
        )
        try:
            return [each for part in sorted(consumer.partitions_for_topic(topic) or ())
                    for each in _all_of(consumer, TopicPartition(topic, part))]  # fmt: skip
        finally:
            consumer.close()

    @property
    def _settings(self) -> Path:
        return self.folder / "server.properties"

    def _java(self, program: str) -> tuple[str, ...]:
        return (*JAVA, "-cp", f"{LIBS}/*", program)

    def _words(self) -> list[str]:
        if self.durable:
            return [*self._java("kafka.Kafka"), str(self._settings)]
        program = Path(sys.executable).with_name("noida-db")
        told = ["--only", "kafka", "--kafka-port", str(self.port), "--data-dir", str(self.folder)]
        return [str(program), "start", *told]

    def _answers(self) -> bool:
        assert self._process.poll() is None, (self.folder / "log").read_text("utf-8")[-4000:]
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            with self.admin() as admin:
                return admin.list_topics() is not None
        except (OSError, KafkaError):
            return False

    def _gone(self) -> None:
        """No process of the group is left, so that the port and the folder are free again."""
        self.signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait(PATIENCE)
            self._process = None


@contextmanager
def running() -> Iterator[Broker]:
    """A broker of one's own, stopped and gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="recourse-kafka-"))
    broker = Broker(folder)
    try:
        broker.create()
        yield broker
    finally:
        broker.kill()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(condition, seconds: float) -> None:
    """Until `condition()` is true, with a bound."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not come true in time"
        sleep(0.05)


def _all_of(consumer: KafkaConsumer, part: TopicPartition) -> Iterator:
    consumer.assign([part])
    consumer.seek_to_beginning(part)
    end = consumer.end_offsets([part])[part]
    while consumer.position(part) < end:
        for messages in consumer.poll(timeout_ms=500).values():
            yield from messages


def free_port() -> int:
    """A port at which nobody listens."""
    (port,) = _free_ports(1)
    return port


def _free_ports(count: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [each.getsockname()[1] for each in taken]
    finally:
        for each in taken:
            each.close()
