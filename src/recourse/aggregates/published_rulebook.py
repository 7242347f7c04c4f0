"""Which editions of a rulebook were proposed and published, by whom, in effect since when?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recourse.aggregates.base import Act, Aggregate, DomainEvent
from recourse.rulebook.book import edition_name, text_sha256
from recourse.values.parties import business_day
from recourse.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class PublishedEdition:
    """A text in effect from a day on, by the events that proposed and published it."""

    sha256: str
    takes_effect_on: date
    texts: Mapping[str, str]
    proposed_by: str
    proposed: str
    published_by: str
    published_on: date  # the business day of the publication
    published: str

    @property
    def text_sha256(self) -> str:
        """The hash that the text has, which must be the one that was published."""
        return text_sha256(self.texts)


class PublishedRulebook(Aggregate):
    """规则手册: its editions, each proposed by one person and published by another (ZA37)."""

    TOPIC = "rulebook"
    BEGINS = False  # a book is older than its first publication

    class Proposed(DomainEvent):
        """The whole text of an edition, by file, and the hash of it."""

        TOPIC = "rulebook.proposed"

        sha256: str
        takes_effect_on: date
        follows: str | None  # the hash of the edition that it is to follow
        texts: dict[str, str]

        def apply(self, rulebook: PublishedRulebook) -> None:
            rulebook.proposal = self
            rulebook.proposal_event = rulebook.latest

    class Withdrawn(DomainEvent):
        """The proposal was taken back."""

        TOPIC = "rulebook.proposal_withdrawn"

        sha256: str

        def apply(self, rulebook: PublishedRulebook) -> None:
            rulebook.proposal = None

    class Published(DomainEvent):
        TOPIC = "rulebook.published"

        sha256: str
        takes_effect_on: date

        def apply(self, rulebook: PublishedRulebook) -> None:
            proposal = rulebook.proposal
            assert proposal
            rulebook.editions.append(
                PublishedEdition(
                    self.sha256,
                    self.takes_effect_on,
                    proposal.texts,
                    proposal.actor,
                    rulebook.proposal_event,
                    self.actor,
                    business_day(self.recorded_at),
                    rulebook.latest,
                )
            )
            rulebook.proposal = None

        def takes(self, rulebook: PublishedRulebook) -> tuple[str, ...]:
            return (f"edition {rulebook.id} {len(rulebook.editions):04d} {self.sha256}",)

    def __init__(self, name: str, journal: list[Any]) -> None:
        super().__init__(name, journal)
        self.proposal: PublishedRulebook.Proposed | None = None
        self.proposal_event = ""
        self.editions: list[PublishedEdition] = []

    @property
    def in_force(self) -> PublishedEdition | None:
        """The newest edition, which says the same as its predecessors of earlier days."""
        return self.editions[-1] if self.editions else None

    @property
    def publications(self) -> dict[str, str]:
        """The event that published each edition, by what decisions call the edition."""
        return {edition_name(self.id, it.sha256): it.published for it in self.editions}

    def propose(
        self, act: Act, *, sha256: str, takes_effect_on: date, texts: Mapping[str, str]
    ) -> None:
        """Propose a text as the next edition; one proposal at a time."""
        if self.proposal:
            raise Refused("rulebook-proposal-waits", rulebook=self.id, sha256=self.proposal.sha256)
        now = self.in_force
        if now and now.sha256 == sha256:
            raise Refused("rulebook-already-published", rulebook=self.id, sha256=sha256)
        self.trigger(
            self.Proposed,
            act,
            sha256=sha256,
            takes_effect_on=takes_effect_on,
            follows=now.sha256 if now else None,
            texts=texts,
        )

    def withdraw(self, act: Act) -> None:
        """Take the proposal back."""
        proposal = self.must_be_proposed()
        self.trigger(self.Withdrawn, act, sha256=proposal.sha256)

    def publish(self, act: Act, sha256: str, *, in_use: str) -> None:
        """Publish exactly the text proposed, by another person, for no day that is past (ZA33).

        The text that is `in_use` already, by its hash, may be dated back: nothing changes by its
        first publication, only that now somebody answers for it.
        """
        proposal = self.must_be_proposed()
        if proposal.sha256 != sha256:
            raise Refused("rulebook-not-that-text", proposed=proposal.sha256, named=sha256)
        if act.actor == proposal.actor:
            raise Refused("own-rulebook-published", "ZA33", rulebook=self.id, person=act.actor)
        if sha256 != in_use and proposal.takes_effect_on < act.today:
            raise Refused(
                "rulebook-takes-effect-in-the-past",
                takes_effect_on=proposal.takes_effect_on,
                today=act.today,
            )
        self.trigger(self.Published, act, sha256=sha256, takes_effect_on=proposal.takes_effect_on)

    def must_be_proposed(self) -> Proposed:
        """The proposal that waits to be published; refuses where none does."""
        if self.proposal is None:
            raise Refused("no-rulebook-proposed", rulebook=self.id)
        return self.proposal
