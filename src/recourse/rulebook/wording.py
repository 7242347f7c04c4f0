"""How does a rule, or a difference between two books, read in Chinese and in English?"""

from collections.abc import Sequence
from datetime import date

from recourse.rulebook.comparing import Difference, Said
from recourse.rulebook.keys import DAYS, Key, keys
from recourse.rulebook.kinds import CLOSED, MONEY_COLUMNS, TABLES, Value
from recourse.rulebook.rule import Edition, Row
from recourse.values.money import yuan
from recourse.values.parties import Text
from recourse.values.words import joined, word

COLUMNS = {
    "supplier": Text("供方", "supplier"),
    "family": Text("零件类别", "family of parts"),
    "stage": Text("阶段", "stage"),
    "severity": Text("严重程度", "severity"),
    "rate": Text("单价", "rate"),
    "factor": Text("系数", "factor"),
    "amount": Text("金额", "amount"),
    "percent": Text("百分比", "percentage"),
    "of": Text("计算基数", "of"),
    "share": Text("比例", "share"),
    "cap": Text("最多", "at most"),
    "floor": Text("最少", "at least"),
    "months": Text("月数", "months"),
    "mileage_km": Text("公里", "kilometres"),
    "minimum": Text("最低", "least"),
    "maximum": Text("最高", "greatest"),
    "role": Text("批准人", "approved by"),
    "up_to": Text("不超过", "up to"),
    "currency": Text("货币", "currency"),
}
"""What the columns of a table are called."""

KINDS = {
    "days": Text("天数，如 5", "a number of days, such as 5"),
    "money": Text('金额，如 "500.00"', 'an amount, such as "500.00"'),
    "switch": Text("true 或 false", "true or false"),
    "choice": Text("其中之一", "one of"),
    "gates": Text('关卡列表，如 ["cost"]', 'a list of gates, such as ["cost"]'),
    **dict.fromkeys(TABLES, Text("表格，每行：", "rows of")),
}
"""How a value of each kind is written."""

WHATS = {
    "value": Text("值", "value"),
    "clause": Text("依据的条款", "clause"),
    "source": Text("出处", "source"),
    "chosen_by": Text("选定版本的日期", "day that selects the edition"),
    "wording": Text("条款文字", "words of the clause"),
    "id": Text("手册编号", "id of the book"),
    "title": Text("手册名称", "title of the book"),
    "since": Text("手册施行日期", "first day of the book"),
}
"""What can differ."""

HAS_WORDS = frozenset({*CLOSED, "role"})  # a supplier may be named like one of our words
SILENT = Text("没有规定", "nothing")
NO_ROW = Text("没有这些行", "no such rows")
ALWAYS = Text("任何情形", "always")


def value_said(key: Key, edition: Edition) -> list[Text]:
    """What an edition says; of a table each row."""
    if edition.rows:
        return [row_said(row) for row in edition.rows]
    return [_single(key, edition.value)]


def row_said(row: Row) -> Text:
    """One row of a table: when it fits, and what it says then."""
    when = joined([_named(column, value) for column, value in row.when.items()])
    condition = when if row.when else ALWAYS
    says = joined([_named(column, value) for column, value in row.says.items()])
    return Text(f"{condition.zh}：{says.zh}", f"{condition.en}: {says.en}")


def cell(column: str, value: Value) -> Text:
    """A value in a column of a table."""
    if column in MONEY_COLUMNS and isinstance(value, int):
        return Text(f"{yuan(value)} 元", f"{yuan(value)} yuan")
    if column == "percent":
        return Text(f"{value}%", f"{value}%")
    if isinstance(value, tuple):
        return joined([word(each) for each in value])
    return word(value) if column in HAS_WORDS else Text(str(value), str(value))


def period_said(since: date, until: date | None) -> Text:
    """From when until when; a setting changed for a trial has no first day."""
    if since == date.min:
        return Text(f"到 {until} 为止", f"until {until}") if until else Text("始终", "always")
    if until:
        return Text(f"{since} 至 {until}", f"from {since} to {until}")
    return Text(f"自 {since} 起", f"from {since} on")


def difference_said(found: Difference) -> Text:
    """A difference as a sentence."""
    name, period = _name(found), period_said(found.since, found.until)
    what, dated = WHATS[found.what], found.what in {"value", "clause", "source"}
    before, after = (side_said(found, each) for each in (found.before, found.after))
    if found.about == "book" or not dated:
        period = Text("", "")
    zh = f"{name.zh}：{what.zh}{period.zh and '，' + period.zh}，由“{before.zh}”改为“{after.zh}”。"
    en = f"{name.en}: {what.en}{period.en and ', ' + period.en}: {before.en} -> {after.en}."
    return Text(zh, en)


def _name(found: Difference) -> Text:
    if found.about == "book":
        return Text("手册", "the book")
    key = keys().get(found.about)
    title = key.title if key else Text("", "")
    return Text(f"{found.about} {title.zh}".strip(), f"{found.about} {title.en}".strip())


def side_said(found: Difference, said: Said) -> Text:
    """What one of the books says where they differ; of tables the rows that only one has."""
    match said:
        case None:
            return SILENT
        case Edition(rows=()):
            return _single(keys()[found.about], said.value)
        case Edition():
            told = [row_said(row) for row in _rows_apart(said, found)]
            return _one_after_the_other(told) if told else NO_ROW
        case Text():
            return said
        case str() if found.what == "chosen_by":
            return DAYS[said]
    return Text(str(said), str(said))


def _rows_apart(edition: Edition, found: Difference) -> Sequence[Row]:
    """The rows that the other side does not have; all of them where only their order differs."""
    both = [it.rows for it in (found.before, found.after) if isinstance(it, Edition)]
    common = [row for row in both[0] if row in both[-1]]
    only_order = all(len(common) == len(rows) for rows in both)
    return edition.rows if only_order else [row for row in edition.rows if row not in common]


def _one_after_the_other(told: Sequence[Text]) -> Text:
    return Text("；".join(each.zh for each in told), "; ".join(each.en for each in told))


def _single(key: Key, value: object) -> Text:
    match value:
        case bool():
            return word("yes" if value else "no")
        case tuple():
            return joined([word(each) for each in value])
        case int() if key.kind == "money":
            return Text(f"{yuan(value)} 元", f"{yuan(value)} yuan")
        case int():
            return Text(f"{value} 天", f"{value} days")
    return key.choices.get(str(value), word(value))


def _named(column: str, value: Value) -> Text:
    name, told = COLUMNS[column], cell(column, value)
    return Text(f"{name.zh} {told.zh}", f"{name.en} {told.en}")
