"""Which number, day or name does the text of one cell mean, when only one reading is possible?"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from recourse.adapters.intake.problems import CellProblem
from recourse.values.parties import Text, identifier

Grouping = Literal["none", "thousands", "any"]

# Replacement characters, control characters, and signs that print nothing: two ids that differ in
# one of these look the same to a person.
_DAMAGE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd-\uffff]"
)
_LAYOUT = re.compile("[\t\r\n]")
_DECIMALS_MAX = 2
_THOUSANDS = r"[0-9]{1,3}(?:,[0-9]{3})+"
_INDIAN = r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"
_WHOLE_MAX = 999_999_999
_FORMS = {
    "none": re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII),
    "thousands": re.compile(rf"-?(?:[0-9]+|{_THOUSANDS})(\.[0-9]+)?", re.ASCII),
    "any": re.compile(rf"-?(?:[0-9]+|{_THOUSANDS}|{_INDIAN})(\.[0-9]+)?", re.ASCII),
}
_ASK = Text("向数据提供方核实后更正。", "Ask whoever sent the file and correct it.")


def damaged(text: str, *, layout: bool = False) -> bool:
    """Whether `text` has lost or invisible characters; `layout` lets tabs and line ends pass."""
    return bool(_DAMAGE.search(_LAYOUT.sub("", text) if layout else text.strip()))


def clean(text: str) -> str:
    """`text` without surrounding space."""
    if damaged(text):
        raise CellProblem(
            Text(
                "含有丢失、不可见或控制字符。",
                "It has lost, invisible or control characters.",
            ),
            Text(
                "从源系统重新导出或按原始单据更正。",
                "Export it again, or correct it from the original document.",
            ),
        )
    return text.strip()


def name(text: str) -> str:
    """`text` as an identifier: no spaces, at most 80 characters."""
    try:
        return identifier(text)
    except ValueError as problem:
        raise CellProblem(
            Text("不能作为编号：含空格或过长。", f"It cannot be an identifier: {problem}."), _ASK
        ) from problem


def number(text: str, grouping: Grouping) -> Decimal:
    """The number `text` says, at least 0, with at most two decimals after a point.

    "thousands" takes 1,107,905 and "any" takes 1,07,905 as well; the last group always has three
    digits, so that 12,34 is never read as 1234.
    """
    if not (written := _FORMS[grouping].fullmatch(text)):
        raise CellProblem(
            Text("不是按约定写法书写的数字。", "It is not a number in the agreed form."),
            Text(
                "只写数字，小数点用“.”，例如 1234.50。",
                "Write digits only, with a decimal point, such as 1234.50.",
            ),
        )
    decimals = (written.group(1) or ".")[1:]
    if len(decimals.rstrip("0")) > _DECIMALS_MAX or len(decimals) == 3:
        raise CellProblem(
            Text(
                "小数多于两位，或无法分清小数点与千分位。",
                "It has more than two decimals, or the point may separate thousands.",
            ),
            Text("最多写两位小数。", "Write at most two decimals."),
        )
    value = Decimal(text.replace(",", ""))
    if value < 0:
        raise CellProblem(
            Text("不能为负数。", "It is below nothing."),
            Text(
                "红冲或退款应在原索赔上处理，不能作为新的一行。",
                "Handle a reversal or refund on the original claim, not as a row of its own.",
            ),
        )
    return value


def whole(text: str) -> int:
    """The whole number `text` says, from 0 to 999,999,999."""
    value = number(text, "none")
    if value != value.to_integral_value() or value > _WHOLE_MAX:
        raise CellProblem(
            Text("应为不超过九位的整数。", "It must be a whole number of at most nine digits."),
            _ASK,
        )
    return int(value)


def day(text: str, formats: Iterable[str]) -> date:
    """The day `text` means in exactly one way of `formats`."""
    meant = {read for form in formats if (read := _read_day(text, form))}
    if len(meant) == 1:
        return meant.pop()
    shown = ", ".join(sorted(str(read) for read in meant))
    ambiguous = Text(f"有多种读法：{shown}。", f"It can be read in several ways: {shown}.")
    unknown = Text(
        f"不是约定格式的日期({', '.join(formats)})。",
        f"It is not a day in an agreed form ({', '.join(formats)}).",
    )
    raise CellProblem(
        ambiguous if meant else unknown,
        Text(
            "按约定格式更正；若整个文件换了格式，修改方案。",
            "Correct the day; if the whole file has another form, change the profile.",
        ),
    )


def _read_day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
