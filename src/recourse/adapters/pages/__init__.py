"""What do the generated pages of `docs/` say?"""

from collections.abc import Callable, Mapping

from recourse.adapters.pages.commands import commands_page
from recourse.adapters.pages.refusals import refusals_page
from recourse.rulebook.book import built_in
from recourse.rulebook.page import book_page

__all__ = ["PAGES"]

PAGES: Mapping[str, Callable[[], str]] = {
    "rulebook.md": lambda: book_page(built_in()),
    "refusals.md": refusals_page,
    "commands.md": commands_page,
}
"""File -> what it says now; `docs/coverage.md` is written beside the tests that it lists."""
