"""What does each row of a batch become: a claim, an amendment, known already, or rejected?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from pydantic import ValidationError

from recourse.adapters.intake.comparing import Contradiction, Recorded, judge
from recourse.adapters.intake.files import Row
from recourse.adapters.intake.lines import ClaimLine, read_line
from recourse.adapters.intake.master import PartMaster
from recourse.adapters.intake.problems import Rejection
from recourse.adapters.intake.profile import Profile
from recourse.adapters.intake.refusing import contradicting, malformed, refused_by_rule
from recourse.aggregates.base import Fact
from recourse.aggregates.claim import Claim
from recourse.application import Answer, Ask, Person
from recourse.commands.base import Command
from recourse.commands.claims import AmendClaim, ReceiveClaim
from recourse.values.money import yuan
from recourse.values.parties import business_day

_RECEIVED = tuple(
    each.name for each in fields(ClaimLine) if each.name not in {"row", "origin", "measures"}
)


class Log(Protocol):
    """What the rows are asked of: the engine, or its rehearsal."""

    def stream(self, name: str) -> Sequence[Fact]:
        """The facts of one stream, oldest first."""

    def execute_many(self, asks: Sequence[Ask]) -> Sequence[Answer]:
        """The answers, all of one transaction."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file handed in: its SHA-256, how it is read, by whom and when."""

    sha256: str
    profile: Profile
    master: PartMaster
    by: Person
    at: datetime


class _Candidate(NamedTuple):
    row: Row
    line: ClaimLine


class _Asked(NamedTuple):
    candidate: _Candidate
    outcome: Literal["claims", "amended"]
    ask: Ask


class Taking:
    """The rows of one delivery being taken; `outcomes` counts what they became."""

    def __init__(self, log: Log, delivery: Delivery) -> None:
        self.outcomes: Counter[str] = Counter()
        self._log = log
        self._delivery = delivery
        self._rejections: list[Rejection] = []

    def take(self, rows: Sequence[Row]) -> list[Rejection]:
        """Take `rows` in one transaction; everything wrong with those rejected, in their order.

        Lines of the same claim are taken one after the other, each by what the log says after the
        one before: only then a further transaction is needed.
        """
        self._rejections = []
        waiting = self._readable(rows)
        while waiting:
            waiting = self._first_of_each_claim(waiting)
        return sorted(self._rejections, key=lambda found: found.row)

    def _readable(self, rows: Sequence[Row]) -> list[_Candidate]:
        delivery, candidates = self._delivery, []
        received_on = business_day(delivery.at)
        for row in rows:
            read = read_line(row, delivery.profile, delivery.master, received_on=received_on)
            if isinstance(read, ClaimLine):
                candidates.append(_Candidate(row, read))
            else:
                self._reject(*read)
        return candidates

    def _first_of_each_claim(self, waiting: Sequence[_Candidate]) -> list[_Candidate]:
        """Settle the first line of each claim; the lines that wait for what became of it."""
        asked: dict[str, _Asked] = {}
        later: list[_Candidate] = []
        for candidate in waiting:
            if candidate.line.claim in asked:
                later.append(candidate)
            elif ask := self._to_ask(candidate):
                asked[candidate.line.claim] = ask
        answers = self._log.execute_many([each.ask for each in asked.values()]) if asked else []
        for each, answer in zip(asked.values(), answers, strict=True):
            if self._overtaken(each, answer):
                later.append(each.candidate)
        return sorted(later, key=lambda candidate: candidate.row.number)

    def _to_ask(self, candidate: _Candidate) -> _Asked | None:
        """What to ask for the line; None when it is settled without asking."""
        row, line = candidate
        profile = self._delivery.profile
        recorded = Recorded.in_stream(self._log.stream(f"{Claim.TOPIC}:{line.claim}"))
        verdict = judge(recorded, line)
        if isinstance(verdict, Contradiction):
            self._reject(contradicting(row, profile, line.claim, verdict))
            return None
        if verdict == "known":
            self.outcomes["known"] += 1
            return None
        try:
            command = self._received(line) if verdict == "claims" else _amended(line)
        except ValidationError as problem:
            self._reject(*malformed(row, profile, problem))
            return None
        latest = recorded.latest if recorded else "nothing"
        return _Asked(candidate, verdict, self._ask(row, command, latest))

    def _ask(self, row: Row, command: Command, latest: str) -> Ask:
        """The same row asks the same thing of the same state once: again, it is answered alike.

        The person belongs to the id, for nobody is answered with what another one was refused.
        """
        sha256, by, at = self._delivery.sha256, self._delivery.by, self._delivery.at
        name = f"intake {sha256} row {row.number} {command.act_name()} by {by.name} after {latest}"
        return Ask(command, by, at, name)

    def _overtaken(self, asked: _Asked, answer: Answer) -> bool:
        """Whether somebody else received the claim meanwhile, so that it is to be judged anew."""
        if answer.refusal is None:
            self.outcomes[asked.outcome] += 1
            return False
        if answer.refusal.code == "claim-already-received":
            return True
        row, profile = asked.candidate.row, self._delivery.profile
        self._reject(refused_by_rule(row, profile, answer.refusal))
        return False

    def _reject(self, *found: Rejection) -> None:
        self.outcomes["rejected"] += 1
        self._rejections.extend(found)

    def _received(self, line: ClaimLine) -> ReceiveClaim:
        source = {**line.origin, "file": self._delivery.sha256, "row": str(line.row)}
        written = {name: getattr(line, name) for name in _RECEIVED}
        return ReceiveClaim.model_validate(
            {**written, **line.measures, "costs": _in_yuan(line), "source": source},
        )


def _amended(line: ClaimLine) -> AmendClaim:
    return AmendClaim.model_validate(
        {
            "claim": line.claim,
            "costs": _in_yuan(line),
            "line_version": line.line_version,
            **line.measures,
        }
    )


def _in_yuan(line: ClaimLine) -> dict[str, str]:
    return {component: yuan(amount) for component, amount in line.costs.items()}
