"""What did a recheck or an arbitration leave of an appealed note?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from recourse.aggregates.base import Act, EvidencedEvent, MoneyEvent
from recourse.aggregates.chargeback.answer import Answering
from recourse.aggregates.chargeback.lines import LineOutcome, named
from recourse.aggregates.order import must_follow
from recourse.values.money import total, yuan
from recourse.values.refusal import Refused

Outcome = str | int
"""What is decided of a line: "upheld", "withdrawn", or the fen it is reduced to."""


class Rechecking(Answering):
    """The part of a note between an appeal and its last word (Z-4.6.1b to d)."""

    class Rechecked(MoneyEvent):
        TOPIC = "chargeback.rechecked"

        outcomes: tuple[LineOutcome, ...]
        moves_to: str

        def apply(self, note: Rechecking) -> None:
            note.take_outcomes(self.outcomes, self.effective_on)
            note.answer = "rechecked" if note.total else "decided"
            note.since = self.effective_on

    class ArbitrationRequested(EvidencedEvent):
        TOPIC = "chargeback.arbitration_requested"

        lines: tuple[str, ...]

        def apply(self, note: Rechecking) -> None:
            note.answer = "appealed"
            note.at_arbitration = True
            note.since = self.effective_on
            note.appealed_lines = self.lines

    class Arbitrated(MoneyEvent):
        TOPIC = "chargeback.arbitrated"

        outcomes: tuple[LineOutcome, ...]
        moves_to: str

        def apply(self, note: Rechecking) -> None:
            note.take_outcomes(self.outcomes, self.effective_on)
            note.answer = "decided"
            note.at_arbitration = False
            note.since = self.effective_on

    def take_outcomes(self, outcomes: Sequence[LineOutcome], on: date) -> None:
        """Remember what stands on each line now, and by how much less is owed."""
        before = self.total
        self.amounts.update({each.line: each.amount for each in outcomes})
        self.move("lowered", self.total - before, on)

    @property
    def total(self) -> int:
        """What stands on the note now, in fen."""
        return total(self.amounts)

    def must_be_rechecked(self) -> None:
        """Refuse a recheck without a pending appeal; only arbitration ends itself (Z-4.6.1d)."""
        self.must_live()
        if self.answer != "appealed" or self.at_arbitration:
            rules = ("Z-4.6.1b", "Z-4.6.1d") if self.at_arbitration else ()
            raise Refused("no-appeal-to-recheck", *rules, chargeback=self.id, answer=self.answer)

    def must_be_at_arbitration(self) -> None:
        """Refuse an arbitration that nobody requested (Z-4.6.1d)."""
        self.must_live()
        if not self.at_arbitration:
            raise Refused("no-arbitration-requested", chargeback=self.id, answer=self.answer)

    def recheck(self, act: Act, outcomes: Sequence[LineOutcome], moves_to: str) -> None:
        """Record what the recheck left of each appealed line (Z-4.6.1b, Z-4.6.1c)."""
        must_follow(act, self.since)
        self.trigger(self.Rechecked, act, outcomes=tuple(outcomes), moves_to=moves_to)

    def request_arbitration(self, act: Act, wanted: Sequence[str]) -> None:
        """Ask for the last word on lines that had been appealed (Z-4.6.1d)."""
        self.must_live()
        if self.answer != "rechecked":
            raise Refused("not-rechecked", chargeback=self.id, answer=self.answer)
        lines = named(list(self.amounts), wanted)
        self.must_stand_on(lines, self.appealed_lines)
        must_follow(act, self.since)
        self.trigger(self.ArbitrationRequested, act, lines=tuple(lines))

    def arbitrate(self, act: Act, outcomes: Sequence[LineOutcome], moves_to: str) -> None:
        """Record the arbitration's last word on each line (Z-4.6.1d, ZA40)."""
        must_follow(act, self.since)
        self.trigger(self.Arbitrated, act, outcomes=tuple(outcomes), moves_to=moves_to)

    def judged(self, outcomes: Mapping[str, Outcome]) -> list[LineOutcome]:
        """`outcomes` line by line; appealed lines not named are upheld, none is raised (ZA32).

        A line named by itself goes before the bare name of its claim.
        """
        decided: dict[str, Outcome] = {}
        for name, outcome in sorted(
            outcomes.items(), key=lambda each: each[0] in self.appealed_lines
        ):
            lines = named(self.appealed_lines, [name])
            if any(line not in self.appealed_lines for line in lines):
                raise Refused(
                    "line-not-appealed", "Z-4.6.1b", chargeback=self.id, line=", ".join(lines)
                )
            decided.update(dict.fromkeys(lines, outcome))
        return [self._outcome(line, decided.get(line, "upheld")) for line in self.appealed_lines]

    def _outcome(self, line: str, outcome: Outcome) -> LineOutcome:
        stands = self.amounts[line]
        if isinstance(outcome, str):
            amount = 0 if outcome == "withdrawn" else stands
            return LineOutcome.model_validate({"line": line, "outcome": outcome, "amount": amount})
        if outcome > stands:
            raise Refused("line-raised", "ZA32", line=line, to=yuan(outcome), stands=yuan(stands))
        if outcome < 0:
            raise Refused("amount-below-nothing", component=line, amount=yuan(outcome))
        return LineOutcome(line=line, outcome="reduced", amount=outcome)
