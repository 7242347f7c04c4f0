"""Why does a supplier's month come to what it does?"""

from collections.abc import Sequence
from datetime import date

from recourse.aggregates.base import Fact
from recourse.aggregates.hold import HoldRule
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.statement import Statement, StatementLine
from recourse.projections.explanations.months import (
    SupplierMonth,
    adjustments_of,
    supplier_month,
)
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
from recourse.projections.telling import figures
from recourse.values.money import yuan
from recourse.values.parties import Text
from recourse.values.words import word

STATES = {
    "not_closed": Text("未结账", "not closed"),
    "closed": Text("已结账，待批准", "closed, awaiting approval"),
    "approved": Text("已批准", "approved"),
}


def explain_statement(supplier: str, month: str, sources: Sources) -> Step:
    """What a supplier's month opened with, each movement of it, and who closed it.

    Raises LookupError for a month that went into the statement of a later one.
    """
    found = supplier_month(sources, supplier, month)
    if found is None:
        raise LookupError(f"{supplier} has no statement of {month}: a later month is closed")
    statement, state, said = found.statement, STATES[found.state], figures(found.statement)
    return Step(
        Text(
            f"供方 {supplier} 月度结算（{state.zh}）：{said.zh}",
            f"month of supplier {supplier} ({state.en}): {said.en}",
        ),
        amount=statement.closing,
        clauses=("Z-3.4.2", "ZA26"),
        inputs=(supplier, f"{supplier}/{month}"),
        steps=(
            _opening(found, sources),
            *(_movement(supplier, line, sources) for line in statement.lines),
            *_converted(statement),
            _held(found, sources),
            *_history(supplier, month, sources),
            *_later(supplier, month, sources),
        ),
    )


def _opening(of: SupplierMonth, sources: Sources) -> Step:
    statement, supplier = of.statement, of.supplier
    closed = sources.state(Settlement, supplier).closed
    last = next((each for each in reversed(closed) if each.month < statement.month), None)
    opening, made = yuan(statement.opening), Text("此前没有发生额", "nothing moved before")
    if last:
        made = Text(
            f"承 {last.month} 期末 {yuan(last.closing)} 元",
            f"closing of {last.month}, {yuan(last.closing)} yuan",
        )
    brought = tuple(_movement(supplier, line, sources) for line in statement.brought_forward)
    if brought:
        more = Text("以前未结账月份的结转", "brought forward from earlier months not closed")
        made = Text(f"{made.zh}，加{more.zh}", f"{made.en}, and {more.en}") if last else more
    return Step(
        Text(f"期初 {opening} 元：{made.zh}", f"opening {opening} yuan: {made.en}"),
        amount=statement.opening,
        clauses=("Z-3.4.2",),
        inputs=(f"{supplier}/{last.month}",) if last else (),
        steps=brought,
    )


def _movement(supplier: str, line: StatementLine, sources: Sources) -> Step:
    fact = _fact(line, sources)
    kind, amount = word(line.kind), f"{'+' if line.amount > 0 else ''}{yuan(line.amount)}"
    late, adjusted = Text("", ""), []
    if line.adjusts:
        late = Text(f"，调整已结账的 {line.adjusts}", f", adjusts {line.adjusts}, which was closed")
        adjusted = [f"{supplier}/{line.adjusts}"]
    return Step(
        Text(
            f"{line.on}，索赔单 {line.chargeback} {kind.zh}：{amount} 元"
            f"（归属 {line.month}）{late.zh}",
            f"{line.on}, chargeback {line.chargeback} {kind.en}: {amount} yuan "
            f"(of {line.month}){late.en}",
        ),
        amount=line.amount,
        clauses=("ZA26",) if line.kind == "charged" else (),
        inputs=(line.chargeback, *adjusted),
        steps=(told(fact),),
    )


def _fact(line: StatementLine, sources: Sources) -> Fact:
    stream, _, version = line.event.rpartition("@")
    return sources.stream(stream)[int(version) - 1]


def _converted(statement: Statement) -> tuple[Step, ...]:
    found = statement.converted
    if found is None:
        return ()
    return (
        Step(
            Text(
                f"以 {found.currency} 结算：期末 {yuan(statement.closing)} 元 ÷ {found.rate} = "
                f"{yuan(found.amount)} {found.currency}（期末当日折合率，四舍五入到百分之一）",
                f"settled in {found.currency}: closing {yuan(statement.closing)} yuan ÷ "
                f"{found.rate} = {yuan(found.amount)} {found.currency} (the rate of the last day, "
                "rounded to a hundredth)",
            ),
            clauses=(found.clause,),
        ),
    )


def _held(of: SupplierMonth, sources: Sources) -> Step:
    held = yuan(of.statement.held)
    when, day = Text("按所问之日", "as of the day asked for"), sources.day
    if of.state != "not_closed":
        when = Text("按结账当时", "as of the close")
        day = _closed_on(of, sources)
    return Step(
        Text(f"停付 {held} 元，{when.zh}", f"held {held} yuan, {when.en}"),
        amount=of.statement.held,
        clauses=HoldRule.clauses(day, sources.book),
        inputs=(of.supplier,),
    )


def _closed_on(of: SupplierMonth, sources: Sources) -> date:
    """The day of the last close of the month."""
    closes = [
        fact.event.effective_on
        for fact in sources.facts(Settlement, of.supplier)
        if isinstance(fact.event, Settlement.Closed) and _month_of(fact) == of.statement.month
    ]
    return closes[-1]


def _history(supplier: str, month: str, sources: Sources) -> Sequence[Step]:
    """Who looked at it, closed, returned and approved it."""
    return [told(fact) for fact in sources.facts(Settlement, supplier) if _month_of(fact) == month]


def _month_of(fact: Fact) -> str:
    match fact.event:
        case Settlement.Previewed(figures=seen):
            return seen.month
        case Settlement.Closed(statement=Statement(month=month)):
            return month
        case Settlement.Approved(month=month) | Settlement.Returned(month=month):
            return month
    return ""


def _later(supplier: str, month: str, sources: Sources) -> Sequence[Step]:
    return [
        Step(
            Text(
                f"此后在 {settled_in} 调整 {yuan(line.amount)} 元（索赔单 {line.chargeback}），"
                "本月结算不变",
                f"adjusted later, in {settled_in}, by {yuan(line.amount)} yuan (chargeback "
                f"{line.chargeback}); this statement stays as it is",
            ),
            clauses=("Z-3.4.2",),
            inputs=(line.chargeback, f"{supplier}/{settled_in}"),
        )
        for settled_in, line in adjustments_of(sources, supplier, month)
    ]
