"""An engine in memory for tests, asked in the words of the case files."""

from datetime import date, datetime, time
from typing import Any

from recourse.adapters.storage import MemoryStore
from recourse.application import Ask, Person, Recourse
from recourse.commands import PUBLIC
from recourse.rulebook.book import Rulebook, built_in
from recourse.rulebook.calendar import published_calendar
from recourse.values.parties import instant

MORNING = time(9, 0)


class Site:
    """An engine with its read models, and a running number for command ids."""

    def __init__(self, engine: Recourse) -> None:
        self.engine = engine
        self._asked = 0

    def do(self, day: date, person: str, roles: tuple[str, ...], act: str, **fields: Any) -> None:
        """Ask for one act at nine in the morning of `day`, effective `on` another if one is given.

        Raises `Refused`.
        """
        self._asked += 1
        on = fields.pop("on", None)
        ask = Ask(
            PUBLIC[act].model_validate(fields),
            Person(person, frozenset(roles)),
            nine(day),
            f"c{self._asked}",
            on,
        )
        (answer,) = self.engine.perform([ask])
        if answer.refusal:
            raise answer.refusal

    def asked_before(self, count: int) -> None:
        """Go on with command ids after `count`, beside another site on the same store."""
        self._asked = count

    def begin(self, day: date) -> None:
        """Let days begin up to `day`, with what follows."""
        self.engine.begin_days(nine(day))
        self.engine.follow_up(nine(day))

    def figures(self, kind: str, label: str | None, day: date) -> dict[str, Any]:
        """The figures of `cases.md` section 6."""
        return self.engine.models.figures(kind, label, day, self.engine.book)

    def position(self) -> int:
        """The last position in the log."""
        return self.engine.store.recorder.max_notification_id() or 0

    def check(self, day: date = date(2026, 12, 31)) -> dict[str, bool]:
        """Whether the books balance and agree, and every read model rebuilt is equal."""
        return {
            "balanced": not self.engine.models.disagreements(day, self.engine.book),
            "rebuilt_equal": all(each.equal for each in self.engine.compare()),
        }


def fresh(settings: dict[str, Any] | None = None, book: Rulebook | None = None) -> Site:
    """An engine with nothing in it and the built-in rulebook, or `book`, `settings` changed."""
    ruled_by = (book or built_in()).changed(settings or {})
    return Site(Recourse(MemoryStore("test"), ruled_by, published_calendar()))


def nine(day: date) -> datetime:
    """Nine o'clock in Shanghai on `day`, in UTC."""
    return instant(datetime.combine(day, MORNING))
