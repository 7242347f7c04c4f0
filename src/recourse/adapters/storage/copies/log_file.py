"""How is a log written to a file and read from one, so that nothing of it can be lost unnoticed?

A file of JSON lines: a head; every event with its bytes as they are stored; the keys, answers and
positions of followers of the same moment; an end that says how many there were, the RFC 6962 root
over the events, and the SHA-256 of all the lines before it. Messages of other systems that could
not be done, and what became of them, go with it, for nothing else has them.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from eventsourcing.persistence import Notification

from recourse.adapters.storage.copies.moments import Moment
from recourse.adapters.storage.parking import fate_of, parked_of
from recourse.adapters.storage.unusable import Unfit
from recourse.application import Store
from recourse.contracts import leaf_bytes
from recourse.values import merkle

FORMAT = "recourse log 1"
WIDTHS = {"event": 5, "key": 2, "answer": 2, "position": 2, "parked": 11, "fate": 9}
"""Kind of a line -> how many values it has; the kinds follow one another in this order."""
KINDS = tuple(WIDTHS)
PLURALS = {kind: kind if kind == "parked" else f"{kind}s" for kind in KINDS}
BATCH = 5000


class UnfitLog(Unfit):
    """A file that is not a whole log: `code` tells why, `facts` with which values."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is in a log, and the root over its events in hex."""

    log_id: str
    events: int
    keys: int
    answers: int
    positions: int
    parked: int
    fates: int
    root: str


def write_log(moment: Moment, out: IO[bytes]) -> Summary:
    """Write the log of that moment; raises `UnfitLog` where an event cannot be hashed any more."""
    writer = _Writer(out)
    writer.line({"format": FORMAT, "log_id": moment.log_id})
    root = merkle.root(_leaf(moment.log_id, each) for each in writer.events(moment.events()))
    for kind in KINDS[1:]:
        for row in getattr(moment, PLURALS[kind])():
            writer.row(kind, *row)
    counts = {PLURALS[kind]: writer.counts[kind] for kind in KINDS}
    writer.line({"end": {**counts, "root": root.hex(), "sha256": writer.sha256.hexdigest()}})
    return Summary(log_id=moment.log_id, root=root.hex(), **counts)


class _Writer:
    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.sha256 = hashlib.sha256()
        self.counts = dict.fromkeys(KINDS, 0)

    def events(self, events: Iterator[Notification]) -> Iterator[Notification]:
        for each in events:
            name, state = str(each.originator_id), _written(each.state)
            self.row("event", each.id, name, each.originator_version, each.topic, state)
            yield each

    def row(self, kind: str, *values: object) -> None:
        self.counts[kind] += 1
        self.line([kind, *(_in_base64(each) for each in values)])

    def line(self, content: object) -> None:
        line = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self.sha256.update(line)
        self._out.write(line)


def check_log(path: Path) -> Summary:
    """What is in the file; raises `UnfitLog` for one that is not a whole and unaltered log."""
    with path.open("rb") as file:
        reader = _Reader(file)
        log_id = reader.head()
        counts = dict.fromkeys(KINDS, 0)
        root = merkle.root(reader.leaves(log_id, counts))
        return reader.end(log_id, counts, root.hex())


def load_log(path: Path, store: Store) -> None:
    """Put a log that was checked into an empty `store`, all or nothing."""
    with path.open("rb") as file, store.writing():
        reader = _Reader(file)
        reader.head()
        rows = reader.rows()
        for kind, batch in _batches(rows):
            _LOAD[kind](store, batch)


def _load_events(store: Store, rows: Sequence[list[Any]]) -> None:
    store.recorder.insert_events([_event(row) for row in rows])


def _load_keys(store: Store, rows: Sequence[list[Any]]) -> None:
    store.recorder.insert_events([], keys=[(stream, (key,), ()) for key, stream in rows])


def _load_answers(store: Store, rows: Sequence[list[Any]]) -> None:
    store.remember_all((name, json.loads(answer)) for name, answer in rows)


def _load_positions(store: Store, rows: Sequence[list[Any]]) -> None:
    for follower, position in rows:
        store.advance(follower, position)


def _load_parked(store: Store, rows: Sequence[list[Any]]) -> None:
    store.parking.park([parked_of(*map(_from_base64, row)) for row in rows])


def _load_fates(store: Store, rows: Sequence[list[Any]]) -> None:
    for row in rows:
        store.parking.settle(fate_of(*row))


_LOAD: dict[str, Callable[[Store, Sequence[list[Any]]], None]] = {
    "event": _load_events,
    "key": _load_keys,
    "answer": _load_answers,
    "position": _load_positions,
    "parked": _load_parked,
    "fate": _load_fates,
}


class _Reader:
    """Reads the lines one by one and remembers what they must add up to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self._number = 0
        self._end: dict[str, Any] | None = None

    def head(self) -> str:
        found = self._next()
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise UnfitLog("no-log")
        return str(found.get("log_id"))

    def rows(self) -> Iterator[tuple[str, list[Any]]]:
        """(kind, values) of every line up to the end; the kinds follow one another."""
        reached = 0
        while isinstance(found := self._next(), list):
            kind = str(found[0]) if found else ""
            misplaced = kind not in KINDS or KINDS.index(kind) < reached
            if misplaced or len(found) - 1 != WIDTHS[kind]:
                raise UnfitLog("damaged", line=self._number)
            reached = KINDS.index(kind)
            yield kind, found[1:]
        end = found.get("end") if isinstance(found, dict) else None
        self._end = end if isinstance(end, dict) else None

    def leaves(self, log_id: str, counts: dict[str, int]) -> Iterator[bytes]:
        """The leaf of every event, each in its place; the other rows are counted."""
        for kind, values in self.rows():
            counts[kind] += 1
            if kind == "event":
                event = _event_in_place(values, counts["event"], self._number)
                yield _leaf(log_id, event)

    def end(self, log_id: str, counts: dict[str, int], root: str) -> Summary:
        """The summary, when what the end says is what was read, and nothing follows."""
        found = {PLURALS[kind]: counts[kind] for kind in KINDS}
        if self._end is None:
            raise UnfitLog("cut-off", line=self._number)
        differ = [name for name, value in found.items() if self._end.get(name) != value]
        differ += ["root"] * (self._end.get("root") != root)
        if differ or self._end.get("sha256") != self._before or self._file.read(1):
            raise UnfitLog("altered-log", what=", ".join(differ) or "sha256")
        return Summary(log_id=log_id, root=root, **found)

    def _next(self) -> Any:
        line = self._file.readline()
        self._number += 1
        if not line.endswith(b"\n"):
            raise UnfitLog("cut-off" if self._number > 1 else "no-log", line=self._number)
        self._before = self._sha256.hexdigest()
        self._sha256.update(line)
        try:
            return json.loads(line)
        except ValueError as error:
            code = "damaged" if self._number > 1 else "no-log"
            raise UnfitLog(code, line=self._number) from error


def _event_in_place(values: list[Any], seq: int, line: int) -> Notification:
    try:
        event = _event(values)
    except (LookupError, TypeError, ValueError) as error:
        raise UnfitLog("damaged", line=line) from error
    if event.id != seq:
        raise UnfitLog("damaged", line=line)
    return event


def _event(values: list[Any]) -> Notification:
    seq, stream, version, topic, state = values
    return Notification(
        id=int(seq),
        originator_id=str(stream),
        originator_version=int(version),
        topic=str(topic),
        state=_read(state),
    )


def _leaf(log_id: str, event: Notification) -> bytes:
    try:
        return leaf_bytes(log_id, event.id, event)
    except (KeyError, TypeError, ValueError) as error:
        raise UnfitLog("unreadable-event", position=event.id) from error


def _in_base64(value: object) -> object:
    """Bytes as the one text of a list; anything else as it is."""
    return [base64.b64encode(value).decode()] if isinstance(value, bytes) else value


def _from_base64(value: Any) -> Any:
    return base64.b64decode(value[0], validate=True) if isinstance(value, list) else value


def _written(state: bytes) -> str | list[str]:
    """The bytes as the text that they are, or else in base64."""
    try:
        return state.decode()
    except UnicodeDecodeError:
        return [base64.b64encode(state).decode()]


def _read(state: str | list[str]) -> bytes:
    return state.encode() if isinstance(state, str) else base64.b64decode(state[0], validate=True)


def _batches(rows: Iterator[tuple[str, list[Any]]]) -> Iterator[tuple[str, list[list[Any]]]]:
    """Rows of one kind together, at most `BATCH`."""
    batch: list[list[Any]] = []
    of = ""
    for kind, values in rows:
        if batch and (kind != of or len(batch) == BATCH):
            yield of, batch
            batch = []
        of = kind
        batch.append(values)
    if batch:
        yield of, batch
