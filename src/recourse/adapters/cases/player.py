"""What happens differently from what a case says when it is played on an engine?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from recourse.adapters.cases.case_file import Deed, Expectation, read_case
from recourse.adapters.cases.figures import ABSENT
from recourse.application import Ask, Recourse
from recourse.projections.explanations import Explainer
from recourse.rulebook.book import Rulebook
from recourse.values.money import yuan
from recourse.values.parties import Text, business_day
from recourse.values.refusal import Refused

DONE = Text("已执行", "done")
UNKNOWN = "unknown"
MUST_APPEAR = ("cites", "inputs")  # of these an explanation may have more than the case names


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the engine did not do, or does not say, what the case says."""

    step: int  # counted from 1
    what: str
    expected: Any
    actual: Any

    def as_dict(self, language: str) -> dict[str, Any]:
        """The same in plain values, its words in "zh" or "en"."""
        return {
            "step": self.step,
            "what": self.what,
            "expected": _said(self.expected, language),
            "actual": _said(self.actual, language),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What came of playing one file."""

    file: str
    name: str
    steps: int
    differences: tuple[Difference, ...]

    def as_dict(self, language: str) -> dict[str, Any]:
        """The same in plain values, its words in "zh" or "en"."""
        return {
            "file": self.file,
            "name": self.name,
            "steps": self.steps,
            "differences": [each.as_dict(language) for each in self.differences],
        }


def play(path: Path, *, engine_for: Callable[[Rulebook], Recourse]) -> Report:
    """Play the case at `path` on the engine made for its rulebook, which has an empty log.

    A difference does not end the story. Raises `CaseProblem`, before anything is played, where
    the file is no case.
    """
    case = read_case(path)
    player = _Player(engine_for(case.book))
    differences = [found for step in case.steps for found in player.play(step)]
    return Report(str(path), case.name, len(case.steps), tuple(differences))


class _Player:
    def __init__(self, engine: Recourse) -> None:
        self._engine = engine

    def play(self, step: Deed | Expectation) -> Iterator[Difference]:
        """The differences at `step`, before which every day up to its own has begun."""
        self._engine.begin_days(step.at)
        self._engine.follow_up(step.at)
        return self._do(step) if isinstance(step, Deed) else self._look(step)

    def _do(self, step: Deed) -> Iterator[Difference]:
        what = f"{step.command.act_name()} {step.command.about}"
        before = self._position()
        ask = Ask(step.command, step.by, step.at, f"step {step.number}", step.on)
        (answer,) = self._engine.perform([ask])
        refusal = answer.refusal
        if step.refused is None:
            if refusal:
                yield Difference(step.number, what, DONE, _told(refusal))
            return
        if refusal is None or step.refused not in refusal.rules:
            must = Text(f"被拒绝 [{step.refused}]", f"refused [{step.refused}]")
            yield Difference(step.number, what, must, _told(refusal) if refusal else DONE)
        recorded = self._position() - before
        if refusal and recorded:
            yield Difference(step.number, f"{what}: events recorded", 0, recorded)

    def _look(self, step: Expectation) -> Iterator[Difference]:
        what = f"{step.kind} {step.label}" if step.label else step.kind
        found = self._figures(step)
        if found is None:
            yield Difference(step.number, what, dict(step.figures), UNKNOWN)
            return
        for figure, expected in step.figures.items():
            actual = _plain(found[figure])
            if not _agree(figure, expected, actual):
                yield Difference(step.number, f"{what}: {figure}", expected, actual)

    def _figures(self, step: Expectation) -> dict[str, Any] | None:
        day = business_day(step.at)
        if step.kind == "log":
            return self._log(day)
        try:
            if step.kind == "explanation":
                return self._explanation(step.label or "", day)
            return self._engine.models.figures(step.kind, step.label, day, self._engine.book)
        except LookupError:
            return None

    def _log(self, day: date) -> dict[str, Any]:
        disagreements = self._engine.models.disagreements(day, self._engine.book)
        unequal = [each.name for each in self._engine.compare() if not each.equal]
        return {"balanced": disagreements or True, "rebuilt_equal": unequal or True}

    def _explanation(self, name: str, day: date) -> dict[str, Any]:
        engine = self._engine
        explainer = Explainer(engine.stream, engine.store.held, engine.store.answer, engine.book)
        explanation = explainer.explain(name, day)
        amount = explanation.amount
        return {
            "amount": None if amount is None else yuan(amount),
            "cites": explanation.clauses,
            "inputs": explanation.inputs,
        }

    def _position(self) -> int:
        return self._engine.store.recorder.max_notification_id() or 0


def _agree(figure: str, expected: Any, actual: Any) -> bool:
    if figure in MUST_APPEAR:
        return set(expected) <= set(actual)
    if isinstance(expected, list) and isinstance(actual, list):
        return sorted(expected) == sorted(actual)
    return bool(expected == actual)


def _plain(value: Any) -> Any:
    if value is None:
        return ABSENT
    return value.isoformat() if isinstance(value, date) else value


def _told(refusal: Refused) -> Text:
    rules = ", ".join(refusal.rules)
    zh, en = refusal.tell("zh"), refusal.tell("en")
    return Text(
        f"被拒绝 [{rules}]：{zh['what']}{zh['why']}{zh['remedy']}",
        f"refused [{rules}]: {en['what']} {en['why']} {en['remedy']}",
    )


def _said(value: Any, language: str) -> Any:
    if isinstance(value, Text):
        return value.zh if language == "zh" else value.en
    return value
