"""Why is this the last day to appeal, or to clear old parts?"""

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.clocked import Clocked
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, evidence_of
from recourse.rulebook.rule import Days
from recourse.values.parties import Text
from recourse.values.words import word

RECEIPTS = (
    *(Chargeback.ReceiptRecorded, Chargeback.ReceiptCorrected),
    *(Clearance.ReceiptRecorded, Clearance.ReceiptCorrected),
)
UNDETERMINED = Text(
    "尚不能确定（所需年份的放假安排未公布）", "undetermined (year not yet arranged)"
)


def explain_deadline(name: str, sources: Sources) -> Step:
    """The last day to appeal against a note, by both readings of a rest day.

    Raises LookupError while nobody recorded the receipt, for then no clock has started.
    """
    note = sources.state(Chargeback, name)
    what = Text(f"{name} 的申诉最后一天", f"last day to appeal against {name}")
    either = {"received": note.received_on or sources.day, "issued": note.issued_on}
    return _told(note, what, _clauses("appeal.days", either, sources), sources)


def explain_days_to_clear(name: str, sources: Sources) -> Step:
    """The last day to clear the parts of a notice; raises LookupError likewise."""
    notice = sources.state(Clearance, name)
    what = Text(f"{name} 的清理最后一天", f"last day to clear the parts of {name}")
    sent_on = notice.notified_on
    either = {"received": notice.received_on or sources.day, "issued": sent_on}
    return _told(notice, what, _clauses("clearance.days", either, sources), sources)


def _clauses(days: str, either: Days, sources: Sources) -> tuple[str, ...]:
    """The clauses that give the number of days and say how they count, and that of the receipt."""
    keys = (days, "days.kind", "days.rest_day")
    return (*dict.fromkeys(sources.book.clause(key, either) for key in keys), "ZA2")


def _told(of: Clocked, what: Text, clauses: tuple[str, ...], sources: Sources) -> Step:
    name, period = of.id, of.deadline
    if period is None:
        raise LookupError(f"{name} has no recorded receipt, so its clock has not started")
    kind, rest_day = word(period.kind), word(period.rest_day)
    last_day = Text(*(str(period.last_day),) * 2) if period.last_day else UNDETERMINED
    return Step(
        Text(
            f"{what.zh}：{last_day.zh}。自 {period.started_on} 收到之次日起 "
            f"{period.days} 个{kind.zh}；取 {rest_day.zh}：按国务院安排 {period.official or '—'}，"
            f"按法定节假日加周末 {period.statutory or '—'}；日历 {period.calendar}",
            f"{what.en}: {last_day.en}. {period.days} {kind.en} after the "
            f"receipt on {period.started_on}; taken: {rest_day.en}; by the State Council's "
            f"arrangement {period.official or '—'}, by statutory days and weekends "
            f"{period.statutory or '—'}; calendar {period.calendar}",
        ),
        clauses=clauses,
        inputs=(name,),
        evidence=tuple(
            each
            for fact in sources.facts(type(of), name)
            if isinstance(fact.event, RECEIPTS)
            for each in evidence_of(fact)
        ),
    )
