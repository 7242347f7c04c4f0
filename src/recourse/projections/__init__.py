"""What do people read, and how is it kept up with the log?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine

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
from recourse.projections.notes import known_account, note_figures
from recourse.projections.part_sources import PART_MASTER
from recourse.projections.referrals import REFERRAL_BOARD, referrals
from recourse.projections.settlements import SETTLEMENT_BOARD
from recourse.projections.zero_km_jobs import ZERO_KM_JOB_BOARD
from recourse.rulebook.book import Rulebook

__all__ = ["READ_MODELS", "Comparison", "ReadModels"]

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

    def __init__(self, database: Engine) -> None:
        self._database = database
        METADATA.create_all(database)

    @classmethod
    def in_memory(cls) -> "ReadModels":
        """Read models that nobody else sees and that are gone afterwards."""
        database = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        return cls(database)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from."""
        with self._database.connect() as connection:
            yield connection

    def position(self) -> int:
        """The last position that every read model reflects."""
        with self.reading() as connection:
            reached = positions(connection)
        return min(reached.get(projection.name, 0) for projection in READ_MODELS)

    def take_in(self, facts: Sequence[Fact]) -> None:
        """Let every read model reflect `facts`, which follow `position`, in one transaction."""
        if facts:
            with self._database.begin() as connection:
                for projection in READ_MODELS:
                    projection.take_in(facts, connection)

    def rebuild(self, batches: Iterable[Sequence[Fact]]) -> None:
        """Forget everything and read the log, given from its beginning, anew; all or nothing."""
        with self._database.begin() as connection:
            for projection in READ_MODELS:
                projection.clear(connection)
            for facts in batches:
                for projection in READ_MODELS:
                    projection.take_in(facts, connection)

    def compare(self, batches: Iterable[Sequence[Fact]]) -> list[Comparison]:
        """Each read model beside the same rebuilt from the log, given from its beginning."""
        rebuilt = ReadModels.in_memory()
        rebuilt.rebuild(batches)
        with self.reading() as live, rebuilt.reading() as anew:
            return [
                Comparison(each.name, *each.digest(live), each.digest(anew)[1])
                for each in READ_MODELS
            ]

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
