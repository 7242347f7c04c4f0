"""What is an explanation: a tree of sentences that an auditor can read aloud?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from recourse.aggregates.base import EvidencedEvent, Fact
from recourse.aggregates.evidence import about
from recourse.projections.telling import tell
from recourse.rulebook.book import Rulebook, built_in
from recourse.values.money import yuan
from recourse.values.parties import Text
from recourse.values.proof import Proof
from recourse.values.words import word


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence, with what decided it and what it rests on."""

    text: Text
    amount: int | None = None  # fen
    clauses: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()  # labels as people know them
    fact: Fact | None = None
    steps: tuple["Step", ...] = ()
    evidence: tuple[Proof, ...] = ()

    def walk(self) -> Iterator["Step"]:
        """The step and all below it."""
        yield self
        for step in self.steps:
            yield from step.walk()


def told(fact: Fact, *, inputs: tuple[str, ...] = (), steps: tuple[Step, ...] = ()) -> Step:
    """The step that says what happened, by whom and when."""
    label = about(fact).partition(":")[2]
    event = fact.event
    said = tell(event)
    text = Text(
        f"{event.effective_on}，{event.actor}：{label} {said.zh}",
        f"{event.effective_on}, {event.actor}: {label}: {said.en}",
    )
    return Step(text, None, event.clauses, (label, *inputs), fact, steps, evidence_of(fact))


def evidence_of(fact: Fact) -> tuple[Proof, ...]:
    """The files that bear out what happened."""
    return fact.event.evidence if isinstance(fact.event, EvidencedEvent) else ()


@dataclass(frozen=True)
class Explanation:
    """Why something is as it is; amounts in fen inside, in yuan when told."""

    of: str
    root: Step
    book: Rulebook = field(repr=False)
    unacknowledged: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def amount(self) -> int | None:
        """What is explained, in fen, where it is an amount."""
        return self.root.amount

    @property
    def clauses(self) -> list[str]:
        """Every rule that had a part in it, each once."""
        return list(dict.fromkeys(rule for step in self.root.walk() for rule in step.clauses))

    @property
    def inputs(self) -> list[str]:
        """Everything it rests on, by the names people know."""
        return list(dict.fromkeys(label for step in self.root.walk() for label in step.inputs))

    @property
    def evidence(self) -> list[Proof]:
        """Every file that bears out some of it, each once."""
        return list(dict.fromkeys(each for step in self.root.walk() for each in step.evidence))

    def as_dict(self, language: str) -> dict[str, Any]:
        """The tree for programs."""
        return {
            "of": self.of,
            "amount": None if self.amount is None else yuan(self.amount),
            "clauses": self.clauses,
            "inputs": self.inputs,
            "evidence": [each.model_dump() for each in self.evidence],
            "rules": {rule: self._says(rule, language) for rule in self.clauses},
            "unacknowledged": self.unacknowledged,
            "steps": [_step(step, language) for step in self.root.steps],
            "text": _in(self.root.text, language),
        }

    def as_text(self, language: str) -> str:
        """The tree for people, with the rules in words below it."""
        lines = list(_lines(self.root, language, 0))
        lines += ["", *self._rules(_in(RULES, language), language, of_the_book=True)]
        lines += self._rules(_in(OF_THE_ENGINE, language), language, of_the_book=False)
        return "\n".join([*lines, *self._not_known(language)])

    def _rules(self, title: str, language: str, *, of_the_book: bool) -> Iterator[str]:
        """The rules in words that the book in use has, or those that only the engine has."""
        told = [rule for rule in self.clauses if (rule in self.book.clauses) == of_the_book]
        if told or of_the_book:
            yield title
        yield from (f"  {rule}  {self._says(rule, language)}" for rule in told)

    def _not_known(self, language: str) -> Iterator[str]:
        """Which supplier never acknowledged which of the rules, a line each."""
        for supplier, clauses in self.unacknowledged.items():
            for state, said in UNACKNOWLEDGED.items():
                named = [clause for clause, it in clauses.items() if it == state]
                if named:
                    between = "、" if language == "zh" else ", "
                    yield _in(said, language).format(supplier=supplier, clauses=between.join(named))

    def _says(self, rule: str, language: str) -> str:
        told = self.book.clauses.get(rule) or built_in().clauses.get(rule)  # the engine's own ids
        return _in(told, language) if told else ""


RULES = Text("依据", "Rules")
OF_THE_ENGINE = Text(
    "系统自身的规则（措辞出自内置手册，其中的数值以所用手册为准）",
    "The engine's own rules (in the words of the built-in book; the values are those of the book "
    "in use)",
)
UNACKNOWLEDGED = {
    "never": Text(
        "供方 {supplier} 从未确认知悉：{clauses}",
        "Never acknowledged by supplier {supplier}: {clauses}",
    ),
    "other_wording": Text(
        "供方 {supplier} 确认知悉的是另一版本：{clauses}",
        "Acknowledged by supplier {supplier} in another wording: {clauses}",
    ),
}


def _in(text: Text, language: str) -> str:
    return text.zh if language == "zh" else text.en


def _step(step: Step, language: str) -> dict[str, Any]:
    event = step.fact.event if step.fact else None
    return {
        "text": _in(step.text, language),
        "amount": None if step.amount is None else yuan(step.amount),
        "clauses": list(step.clauses),
        "inputs": list(step.inputs),
        "event": step.fact.id if step.fact else None,
        "recorded_at": event.recorded_at.isoformat() if event else None,
        "effective_on": str(event.effective_on) if event else None,
        "by": event.actor if event else None,
        "rulebook": event.edition if event else None,
        "evidence": [each.model_dump() for each in step.evidence],
        "steps": [_step(each, language) for each in step.steps],
    }


def _lines(step: Step, language: str, depth: int) -> Iterator[str]:
    rules = f"  [{', '.join(step.clauses)}]" if step.clauses else ""
    event = f"  ({step.fact.id})" if step.fact else ""
    yield f"{'  ' * depth}{'- ' if depth else ''}{_in(step.text, language)}{event}{rules}"
    for proof in step.evidence:
        said = _in(Text("证据", "evidence"), language)
        yield f"{'  ' * (depth + 1)}* {said} {_in(word(proof.kind), language)} {proof.sha256}"
    for each in step.steps:
        yield from _lines(each, language, depth + 1)
