"""What would the month cost if no rule were ever looked up by its day?"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from recourse.rulebook.book import Rulebook
from recourse.rulebook.rule import Days, Edition


class ConstantBook(Rulebook):
    """The same book with one answer a key, found beforehand; the month lies in its last editions.

    What is left of a lookup is one look into a dictionary, the least that asking can cost.
    """

    @cached_property
    def answers(self) -> Mapping[str, Edition]:
        """The last edition of each rule."""
        return {name: rule.editions[-1] for name, rule in self.rules.items()}

    @cached_property
    def asked(self) -> list[int]:
        """How often something was asked, as the one entry of a list."""
        return [0]

    def found(self, key: str, days: Days) -> Edition | None:  # noqa: ARG002 - that is the point
        """The one answer, whatever the day."""
        self.asked[0] += 1
        return self.answers.get(key)

    def value(self, key: str, days: Days) -> Any:  # noqa: ARG002
        """The one answer, whatever the day."""
        self.asked[0] += 1
        return self.answers[key].value

    def table(self, key: str, days: Days) -> Any:  # noqa: ARG002
        """The one answer, whatever the day."""
        self.asked[0] += 1
        return self.answers[key].rows


def constant(book: Rulebook) -> ConstantBook:
    """`book` with its last answers for every day."""
    return ConstantBook(book.law, book.rules, book.texts, book.changes)
