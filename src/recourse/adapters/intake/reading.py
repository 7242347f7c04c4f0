"""What do the cells of one row say, and what is wrong with each of them?"""

from collections.abc import Callable
from typing import TypeVar

from recourse.adapters.intake import cells
from recourse.adapters.intake.files import Row
from recourse.adapters.intake.problems import CellProblem, Rejection
from recourse.values.parties import Text

Value = TypeVar("Value")


class Reading:
    """One row being read; its problems collect, so that a person can correct all of them at once.

    What a method returns is None exactly when the cell is empty or its problem is on record.
    """

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: dict[tuple[str, str], Rejection] = {}

    def has_problem(self, column: str | None) -> bool:
        """Whether anything is wrong with `column`."""
        return any(at == column for at, _ in self.problems)

    def reject(self, column: str, reason: Text, remedy: Text, value: str | None = None) -> None:
        """Put on record that `column` cannot be used; `value` replaces what stands there."""
        shown = self.row.cells.get(column, "") if value is None else value
        self._record(CellProblem(reason, remedy), column, shown)

    def text(self, column: str | None) -> str | None:
        """What stands in `column`."""
        return self.optional(column, str)

    def optional(self, column: str | None, parse: Callable[[str], Value]) -> Value | None:
        """What `parse` makes of `column`, which may be empty."""
        if column is None:
            return None
        written = self.row.cells[column]
        try:
            found = cells.clean(written)
            return parse(found) if found else None
        except CellProblem as problem:
            self._record(problem, column, written)
            return None

    def required(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        """What `parse` makes of `column`, which must not be empty."""
        value = self.optional(column, parse)
        if value is None and not self.has_problem(column):
            self.reject(
                column,
                Text("该列为空。", "It is empty."),
                Text("按原始单据补上。", "Fill it in from the original document."),
            )
        return value

    def _record(self, problem: CellProblem, column: str, value: str) -> None:
        found = problem.at(self.row.number, column, value)
        self.problems.setdefault((column, found.reason_en), found)
