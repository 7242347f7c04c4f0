"""What is a command, and what may its handler see?"""

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Annotated, ClassVar, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from recourse.aggregates.base import Act, Aggregate, Fact
from recourse.rulebook.book import Rulebook
from recourse.values.calendar import Calendar
from recourse.values.parties import Text
from recourse.values.proof import Proof, each_once, proof
from recourse.values.refusal import Refused

A = TypeVar("A", bound=Aggregate)
WrittenProof = Annotated[Proof, BeforeValidator(proof), PlainSerializer(str)]
Proofs = Annotated[tuple[WrittenProof, ...], Field(max_length=20), AfterValidator(each_once)]
ShortText = Annotated[str, Field(min_length=1, max_length=200)]


class Command(BaseModel):
    """Something that can be asked of the engine: who may, under which rules, about what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    TITLE: ClassVar[Text]
    BY: ClassVar[tuple[str, ...]]
    RULES: ClassVar[tuple[str, ...]]  # the first is what a refusal cites unless it names another

    @classmethod
    def act_name(cls) -> str:
        """Its public name: `ReceiveClaim` is asked for as "receive_claim"."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def by(cls, book: Rulebook, day: date) -> tuple[str, ...]:
        """The roles that may ask for it on `day`; a few commands leave that to the rulebook."""
        del book, day
        return cls.BY

    @property
    def cites(self) -> tuple[str, ...]:
        """The rules of a refusal that names none itself."""
        return self.RULES[:1]

    @property
    def about(self) -> str:
        """What it is about, as the user knows it: its first field."""
        first = next((name for name in type(self).model_fields if name != "evidence"), "")
        value = getattr(self, first, "")
        return ", ".join(value) if isinstance(value, tuple) else str(value)


class EvidencedCommand(Command):
    """Something that files may bear out, each written as KIND:SHA256 (ZA42)."""

    evidence: Proofs = ()


class Log(Protocol):
    """What the desk reads from the log."""

    def stream(self, name: str) -> Sequence[Fact]:
        """The facts of one stream, oldest first; none for one that never was."""

    def holder(self, key: str) -> str | None:
        """The stream that holds `key`."""

    def held(self, prefix: str) -> Sequence[tuple[str, str]]:
        """The keys that begin with `prefix` and their holders, in the order of the keys."""


class Desk:
    """What a handler sees: the rules, and every aggregate as of this moment of the batch.

    What it changes is in `journal`, in the order in which it happened.
    """

    def __init__(self, log: Log, book: Rulebook, calendar: Calendar) -> None:
        self.book = book
        self.calendar = calendar
        self.journal: list[Fact] = []
        self._log = log
        self._aggregates: dict[str, Aggregate] = {}
        self._recorded: dict[str, list[Fact]] = {}  # what is in the journal for good, by stream
        self._keys: dict[str, str | None] = {}
        self._order: list[str] = []  # the names in `_keys`, sorted
        self._done = 0

    def get(self, kind: type[A], name: str) -> A:
        """The aggregate of that name; one that does not `exist` when nothing was recorded."""
        known = self._aggregates.get(f"{kind.TOPIC}:{name}")
        if known is None:
            known = kind(name, self.journal)
            for fact in self._log.stream(known.stream):
                known.take(fact)
            for fact in self._recorded.get(known.stream, ()):
                known.take(fact)
            self._aggregates[known.stream] = known
        assert isinstance(known, kind)
        return known

    def find(self, kind: type[A], name: str) -> A:
        """The aggregate of that name; refuses what nobody has recorded."""
        found = self.get(kind, name)
        if not found.exists:
            raise Refused("not-found", kind=kind.TOPIC, name=name)
        return found

    def holder(self, key: str) -> str | None:
        """The stream that holds `key` now."""
        return self._keys[key] if key in self._keys else self._log.holder(key)

    def held(self, prefix: str) -> list[tuple[str, str]]:
        """The keys that begin with `prefix` and their holders, in the order of the keys."""
        found: dict[str, str | None] = dict(self._log.held(prefix))
        found |= {key: self._keys[key] for key in self._changed(prefix)}
        return sorted((key, stream) for key, stream in found.items() if stream)

    def _changed(self, prefix: str) -> Iterator[str]:
        at = bisect_left(self._order, prefix)
        while at < len(self._order) and self._order[at].startswith(prefix):
            yield self._order[at]
            at += 1

    def all(self, kind: type[A], prefix: str) -> list[A]:
        """The aggregates that hold keys which begin with `prefix`, each once."""
        streams = dict.fromkeys(stream for _, stream in self.held(prefix))
        return [self.get(kind, stream.partition(":")[2]) for stream in streams]

    def attempt(self, work: Callable[[], None]) -> list[Fact]:
        """The facts that `work` added; after a refusal everything is as it was before."""
        try:
            work()
        except Refused:
            for fact in self.journal[self._done :]:
                self._aggregates.pop(fact.stream, None)
            del self.journal[self._done :]
            raise
        added = self.journal[self._done :]
        for fact in added:
            self._recorded.setdefault(fact.stream, []).append(fact)
            for key in (*fact.frees, *fact.takes):
                if key not in self._keys:
                    insort(self._order, key)
            self._keys |= dict.fromkeys(fact.frees, None)
            self._keys |= dict.fromkeys(fact.takes, fact.stream)
        self._done = len(self.journal)
        return added


Handler = Callable[..., None]
"""(command, act, desk): asks aggregates, or raises `Refused` and leaves nothing behind."""


def supplier_in_charge(act: Act, supplier: str, *, name: str) -> None:
    """Refuse a person of another supplier than the one whose matter `name` is."""
    if supplier not in act.suppliers:
        raise Refused("not-yours", name=name, supplier=supplier)


def must_have_role(act: Act, *roles: str, rules: tuple[str, ...] = ()) -> None:
    """Refuse a person who has none of `roles`, by `rules` or those of what was asked."""
    held = {role.partition(":")[0] for role in act.roles}
    if not held.intersection(roles):
        has = ", ".join(sorted(act.roles)) or "-"
        raise Refused("not-your-role", *rules, person=act.actor, has=has, needs=", ".join(roles))


def evidence_of(command: Command) -> tuple[Proof, ...]:
    """The files that the command names."""
    return tuple(
        each for each in getattr(command, "evidence", None) or () if isinstance(each, Proof)
    )
