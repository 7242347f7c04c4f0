"""Where is the rulebook that is named, and what is wrong with it?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.words import pick

if TYPE_CHECKING:
    from recourse.rulebook.book import Rulebook
    from recourse.rulebook.mistakes import Mistake


def place_of(name: str) -> Path:
    """The folder or file of the book of that name; raises FileNotFoundError where none is."""
    from importlib.resources import files

    from recourse.rulebook.book import BUILT_IN

    if name == BUILT_IN:
        return Path(str(files("recourse.rulebook"))) / BUILT_IN
    place = Path(name)
    if not place.exists():
        raise FileNotFoundError(2, "No such file or folder", name)
    return place


def book_at(name: str) -> "Rulebook":
    """The built-in book, or the one at a place.

    Raises FileNotFoundError, and `UnusableBook` with everything that is wrong with it.
    """
    from recourse.rulebook.book import BUILT_IN, built_in, read_book
    from recourse.rulebook.mistakes import BookProblem
    from recourse.rulebook.reading import texts_of

    try:
        return built_in() if name == BUILT_IN else read_book(texts_of(place_of(name)))
    except BookProblem as problem:
        raise UnusableBook(name, problem.mistakes) from problem


class UnusableBook(Problem):
    """A book that cannot be used, with everything that is wrong with it."""

    def __init__(self, name: str, mistakes: "Sequence[Mistake]") -> None:
        zh, en = (
            "\n".join(_line(each, language) for each in mistakes) for language in ("zh", "en")
        )
        super().__init__("malformed-rulebook", place=name, why_zh=zh, why_en=en)
        self._mistakes = mistakes

    def tell(self, language: str) -> dict[str, Any]:
        """As every problem is told, and each mistake by itself."""
        return super().tell(language) | {"mistakes": self.told(language)}

    def told(self, language: str) -> list[dict[str, Any]]:
        """Each mistake for programs and tables."""
        return [mistake(each, language) for each in self._mistakes]


def mistake(found: "Mistake", language: str) -> dict[str, Any]:
    """A mistake for programs and tables."""
    return {
        "file": found.file,
        "key": found.key,
        "value": found.value,
        "code": found.code,
        "why": pick(found.why, language),
        "remedy": pick(found.remedy, language),
    }


def _line(found: "Mistake", language: str) -> str:
    where = f"{found.file} {found.key}".strip()
    between = "：" if language == "zh" else ": "
    space = "" if language == "zh" else " "
    return f"{where}{between}{pick(found.why, language)}{space}{pick(found.remedy, language)}"
