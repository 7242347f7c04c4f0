"""What do people read, and how is it kept up with the log?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

from recourse.aggregates.base import Fact
from recourse.projections.accounts import ACCOUNT_BOARD
from recourse.projections.base import METADATA, Projection, positions
from recourse.projections.books import disagreements
from recourse.projections.breakdowns import BREAKDOWN_BOARD
from recourse.projections.chargebacks import NOTE_BOARD
from recourse.projections.claim_figures import bearers, claim, part
from recourse.projections.claims import CLAIM_BOARD
from recourse.projections.clearances import CLEARANCE_BOARD, notice
from recourse.projections.field_claims import FIELD_CLAIM_BOARD
from recourse.projections.ledger import LEDGER
from recourse.projections.legal_cases import LEGAL_CASE_BOARD
from recourse.projections.messages import MESSAGE_BOARD
from recourse.projections.notes import known_account, note_figures
from recourse.projections.part_sources import PART_MASTER
from recourse.projections.poison import (
    ProjectionBroke,
    must_be_of_an_event,
    quarantined,
    release,
    take_in_carefully,
)
from recourse.projections.referrals import REFERRAL_BOARD, referrals
from recourse.projections.settlements import SETTLEMENT_BOARD
from recourse.projections.zero_km_jobs import ZERO_KM_JOB_BOARD
from recourse.rulebook.book import Rulebook

__all__ = ["READ_MODELS", "Comparison", "ProjectionBroke", "ReadModels"]

READ_MODELS: tuple[Projection, ...] = (
    CLAIM_BOARD,
    BREAKDOWN_BOARD,
    CLEARANCE_BOARD,
    NOTE_BOARD,
    PART_MASTER,
    ACCOUNT_BOARD,
    REFERRAL_BOARD,
    SETTLEMENT_BOARD,
    FIELD_CLAIM_BOARD,
    LEGAL_CASE_BOARD,
    ZERO_KM_JOB_BOARD,
    MESSAGE_BOARD,
    LEDGER,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A read model as it is, and as it is when rebuilt from nothing."""

    name: str
    rows: int
    live_sha256: str
    rebuilt_sha256: str

    @property
    def equal(self) -> bool:
        """Whether they are the same to the byte."""
        return self.live_sha256 == self.rebuilt_sha256


class ReadModels:
    """All read models in one database; each keeps its own position in the log."""

    def __init__(self, database: Engine, *, laid_out: bool = False) -> None:
        """Read models in `database`, whose tables are made unless they are `laid_out` already."""
        self._database = database
        self._broke: dict[str, ProjectionBroke] = {}  # by name; nothing of a page is tried twice
        if not laid_out:
            METADATA.create_all(database)

    @classmethod
    def in_memory(cls) -> "ReadModels":
        """Read models that nobody else sees and that are gone afterwards."""
        database = create_engine(
            "sqlite://",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False, "isolation_level": None},
        )

        @event.listens_for(database, "begin")
        def _begin(connection: Connection) -> None:  # else a savepoint would be all there is
            connection.exec_driver_sql("BEGIN")

        return cls(database)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from."""
        with self._database.connect() as connection:
            yield connection

    def position(self) -> int:
        """The last position that every read model reflects."""
        with self.reading() as connection:
            return min(_reached(connection).values())

    def goes_on_after(self) -> int:
        """The position after which the next page begins; one that stopped does not hold it up."""
        with self.reading() as connection:
            reached = _reached(connection)
        return min(reached[each.name] for each in self._going())

    def take_in(self, facts: Sequence[Fact]) -> int:
        """Let every read model reflect `facts`, which follow its position, in one transaction.

        An event that breaks one of money stops that one before it until `must_be_whole` is asked;
        any other does without the event, which is then `quarantined`. The rest goes on, after the
        position that comes back.
        """
        if not facts:
            return self.goes_on_after()
        try:
            with self._database.begin() as connection:
                self._take_in(facts, connection)
        except Exception as error:  # noqa: BLE001 - an event can break in any way
            must_be_of_an_event(error)
            with self._database.begin() as connection:
                broke = self._take_in_carefully(facts, connection)
            self._broke |= broke
        return self.goes_on_after() if self._broke else facts[-1].position

    def must_be_whole(self) -> None:
        """Raise the first `ProjectionBroke` since this was asked last; each is tried again then."""
        broke, self._broke = self._broke, {}
        for first in broke.values():
            raise first

    def rebuild(self, batches: Iterable[Sequence[Fact]]) -> None:
        """Forget everything and read the log, given from its beginning, anew; all or nothing.

        Raises `ProjectionBroke` for one of money that an event stops: nothing is changed where it
        had come farther before, else what could be rebuilt is.
        """
        self._broke = {}
        with self._database.begin() as connection:
            before = _reached(connection)
            for projection in READ_MODELS:
                projection.clear(connection)
                release(projection, connection)
            for facts in batches:
                try:
                    with connection.begin_nested():
                        self._take_in(facts, connection)
                except Exception as error:  # noqa: BLE001
                    must_be_of_an_event(error)
                    self._broke |= self._take_in_carefully(facts, connection)
            now = _reached(connection)
            if any(now[name] < before[name] for name in self._broke):
                self.must_be_whole()
        self.must_be_whole()

    def _going(self) -> list[Projection]:
        return [each for each in READ_MODELS if each.name not in self._broke]

    def _take_in(self, facts: Sequence[Fact], connection: Connection) -> None:
        reached = _reached(connection)
        for projection in self._going():
            projection.take_in(facts, connection, reached[projection.name])

    def _take_in_carefully(
        self, facts: Sequence[Fact], connection: Connection
    ) -> dict[str, ProjectionBroke]:
        """Let every read model reflect `facts`, each by itself; those that stop."""
        ended = {each.name: take_in_carefully(each, facts, connection) for each in self._going()}
        return {name: broke for name, broke in ended.items() if broke}

    def quarantined(self) -> list[dict[str, Any]]:
        """Each event that some read model does without, and why."""
        with self.reading() as connection:
            return quarantined(connection)

    def compare(self, batches: Iterable[Sequence[Fact]]) -> list[Comparison]:
        """Each read model beside the same rebuilt from the log, given from its beginning.

        Each is compared as of its own position; what follows in `batches` is left aside.
        """
        with self.reading() as connection:
            reached = _reached(connection)
            live = {each.name: each.digest(connection) for each in READ_MODELS}
        rebuilt = ReadModels.in_memory()
        rebuilt.build_until(reached, batches)
        with rebuilt.reading() as connection:
            return [
                Comparison(each.name, *live[each.name], each.digest(connection)[1])
                for each in READ_MODELS
            ]

    def build_until(self, reached: Mapping[str, int], batches: Iterable[Sequence[Fact]]) -> None:
        """Take in what a read model is to reflect and no more; an event breaks as it did before."""
        last = max(reached.values())
        with self._database.begin() as connection:
            for facts in takewhile(lambda batch: batch[0].position <= last, batches):
                for each in self._going():
                    its = [fact for fact in facts if fact.position <= reached[each.name]]
                    broke = take_in_carefully(each, its, connection) if its else None
                    self._broke |= {each.name: broke} if broke else {}

    def figures(self, kind: str, label: str | None, day: date, book: Rulebook) -> dict[str, Any]:
        """The figures of one `kind`: "claim", "part", "notice", "chargeback", "account" and others.

        Amounts are strings in yuan. Raises LookupError for a label nobody recorded.
        """
        with self.reading() as connection:
            found = _FIGURES[kind](connection, label or "", day, book)
        if found is None:
            raise LookupError(f"there is no {kind} {label}")
        return found

    def disagreements(self, day: date, book: Rulebook) -> list[str]:
        """Everything in which the books contradict themselves or another read model."""
        with self.reading() as connection:
            return disagreements(connection, day, book)


def _reached(connection: Connection) -> dict[str, int]:
    """Every read model -> the last position in the log that its rows reflect; 0 before any."""
    return dict.fromkeys((each.name for each in READ_MODELS), 0) | positions(connection)


_FIGURES: dict[str, Callable[[Connection, str, date, Rulebook], dict[str, Any] | None]] = {
    "claim": lambda connection, name, day, book: claim(
        connection, name, book.value("gates.required", day)
    ),
    "part": lambda connection, tag, _day, _book: part(connection, tag),
    "notice": lambda connection, name, day, _book: notice(connection, name, day),
    "chargeback": lambda connection, name, _day, _book: note_figures(connection, name),
    "account": known_account,
    "bearers": lambda connection, month, _day, _book: bearers(connection, month),
    "referrals": lambda connection, _label, _day, _book: referrals(connection),
}
