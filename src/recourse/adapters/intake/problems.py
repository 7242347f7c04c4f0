"""What cannot be taken from a file or a cell, why, and what can be done about it?"""

from dataclasses import dataclass

from recourse.values.parties import Text


@dataclass(frozen=True, slots=True)
class Rejection:
    """One reason why one row of a file became no claim.

    `row` is the row as a person sees it in the sheet; 0 is the file itself. `column` is empty where
    the whole row is meant; `value` is what stands there, empty where it is not to be kept.
    """

    row: int
    column: str
    value: str
    reason_zh: str
    reason_en: str
    remedy_zh: str
    remedy_en: str


class CellProblem(Exception):
    """What stands in one cell cannot be used."""

    def __init__(self, reason: Text, remedy: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason
        self.remedy = remedy

    def at(self, row: int, column: str, value: str) -> Rejection:
        """The rejection of `row` for it."""
        return Rejection(
            row=row,
            column=column,
            value=value,
            reason_zh=self.reason.zh,
            reason_en=self.reason.en,
            remedy_zh=self.remedy.zh,
            remedy_en=self.remedy.en,
        )


class FileProblem(Exception):
    """A file, a profile or a part master cannot be used as a whole; nothing of it is taken."""

    def __init__(self, what: Text, why: Text, remedy: Text) -> None:
        super().__init__(what.en)
        self.what = what
        self.why = why
        self.remedy = remedy

    def tell(self, language: str) -> dict[str, str]:
        """What cannot be done, why with the actual values, and the remedy."""
        chosen = "zh" if language == "zh" else "en"
        return {
            "what": getattr(self.what, chosen),
            "why": getattr(self.why, chosen),
            "remedy": getattr(self.remedy, chosen),
        }

    def __str__(self) -> str:
        return f"{self.what.en} {self.why.en} {self.remedy.en}"


def unreadable(name: str, why: Text, remedy: Text) -> FileProblem:
    """The problem that the file `name` cannot be read."""
    return FileProblem(
        Text(f"无法读取文件 {name}。", f"The file {name} cannot be read."), why, remedy
    )
