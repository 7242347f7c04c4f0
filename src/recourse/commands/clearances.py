"""What can be asked about taking old parts away, and about disposing of those left behind?"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.claim.received import above_nothing
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.deadline import RecordedDeadline
from recourse.aggregates.returned_part import LEFT, ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.commands.base import (
    Command,
    Desk,
    EvidencedCommand,
    ShortText,
    must_have_role,
    supplier_in_charge,
)
from recourse.commands.drafts import proof_kind
from recourse.commands.notes import must_not_be_evidence
from recourse.commands.periods import period_after
from recourse.commands.returned_parts import maker_of
from recourse.values.money import Yuan
from recourse.values.parties import ENGINE, Identifier, Text
from recourse.values.refusal import Refused


class NotifyClearance(Command):
    TITLE = Text("通知供方清理旧件", "notify the clearance")
    BY = ("purchasing",)
    RULES = ("Z-4.3.2a", "ZA4", "ZA45")

    notice: Identifier
    supplier: Identifier
    tags: tuple[Identifier, ...]


def notify_clearance(command: NotifyClearance, act: Act, desk: Desk) -> None:
    supplier = desk.find(Supplier, command.supplier)
    if supplier.disposal == "entrusted":
        raise Refused("supplier-entrusted", "ZA45", "Z-4.3.2a", supplier=supplier.id)
    parts = [desk.find(ReturnedPart, tag) for tag in dict.fromkeys(command.tags)]
    for part in parts:
        if maker_of(part, desk) != supplier.id:
            raise Refused("part-of-another-supplier", tag=part.id, supplier=supplier.id)
    clearance = desk.get(Clearance, command.notice)
    clearance.notify(act, supplier=supplier.id, tags=[part.id for part in parts])
    for part in parts:
        part.notify(act, clearance.id)


class RecordNoticeReceipt(EvidencedCommand):
    TITLE = Text("登记供方收到清理通知", "record the receipt of the notice")
    BY = ("purchasing",)
    RULES = ("Z-4.3.2a", "ZA1", "ZA2")

    notice: Identifier
    received_on: date
    proof: ShortText


def record_notice_receipt(command: RecordNoticeReceipt, act: Act, desk: Desk) -> None:
    clearance = desk.find(Clearance, command.notice)
    clearance.must_be_receivable()
    clearance.must_fit(act, command.received_on)  # before a last day is reckoned from it
    period = time_to_clear(clearance, command.received_on, act, desk)
    clearance.record_receipt(
        act, command.received_on, proof=proof_kind(command.proof), deadline=period
    )
    judge(clearance, act, desk, by=act.today)


class CorrectNoticeReceipt(EvidencedCommand):
    TITLE = Text("更正收到清理通知的日期", "correct the receipt of the notice")
    BY = ("purchasing",)
    RULES = ("Z-4.3.2a", "ZA2", "ZA33")

    notice: Identifier
    received_on: date
    reason: ShortText


def correct_notice_receipt(command: CorrectNoticeReceipt, act: Act, desk: Desk) -> None:
    clearance = desk.find(Clearance, command.notice)
    clearance.must_be_correctable(act)
    clearance.must_fit(act, command.received_on)
    period = time_to_clear(clearance, command.received_on, act, desk)
    clearance.correct_receipt(act, command.received_on, deadline=period)
    judge(clearance, act, desk, by=act.today)


class LapseClearance(Command):
    TITLE = Text("清理期届满", "let the days to clear lapse")
    BY = (ENGINE,)
    RULES = ("Z-4.3.2b", "ZA3")

    notice: Identifier


def lapse_clearance(command: LapseClearance, act: Act, desk: Desk) -> None:
    judge(desk.get(Clearance, command.notice), act, desk, by=act.on)


def time_to_clear(
    clearance: Clearance, received_on: date, act: Act, desk: Desk
) -> RecordedDeadline:
    """Until when a notice received on that day can be complied with."""
    issued_on = clearance.notified_on
    return period_after(received_on, "clearance.days", act, desk, issued_on=issued_on)


def judge(clearance: Clearance, act: Act, desk: Desk, *, by: date) -> None:
    """Judge each part left behind by itself; what was cleared or disposed of stays (ZA3)."""
    parts = [desk.get(ReturnedPart, tag) for tag in clearance.tags]
    left = [part for part in parts if part.place in LEFT]
    clearance.judge(act, by=by, left=[part.id for part in left])
    for part in left:
        part.judge(act, overdue=clearance.lapsed)


class ClearParts(Command):
    TITLE = Text("清走旧件", "clear the parts")
    BY = ("supplier",)
    RULES = ("Z-4.3.2a", "ZA3")

    notice: Identifier
    tags: tuple[Identifier, ...]


def clear_parts(command: ClearParts, act: Act, desk: Desk) -> None:
    clearance = desk.find(Clearance, command.notice)
    supplier_in_charge(act, clearance.supplier, name=clearance.id)
    tags = list(dict.fromkeys(command.tags))
    clearance.must_name(tags)
    for tag in tags:
        desk.get(ReturnedPart, tag).clear(act)


class DisposeOfParts(EvidencedCommand):
    TITLE = Text("处理旧件", "dispose of the parts")
    BY = ("purchasing", "quality_manager")
    RULES = ("Z-4.3.2b", "Z-4.3.1b", "ZA19")

    tags: tuple[Identifier, ...]
    cost: dict[Identifier, Yuan] = Field(default_factory=dict)
    override: ShortText | None = None

    @property
    def cites(self) -> tuple[str, ...]:
        """With an override the rule about overriding as well."""
        return ("Z-4.3.2b", "ZA19") if self.override else ("Z-4.3.2b",)


def dispose_of_parts(command: DisposeOfParts, act: Act, desk: Desk) -> None:
    overriding = command.override is not None
    if overriding:
        must_have_role(act, "quality_manager", rules=("ZA19",))
    else:
        must_have_role(act, "purchasing", rules=("Z-4.3.2b",))
    parts = [desk.find(ReturnedPart, tag) for tag in dict.fromkeys(command.tags)]
    if not parts:
        raise Refused("no-parts-named")
    held = [partial(must_not_be_evidence, desk, part) for part in parts]
    _all_or_none(
        [
            *(partial(_must_be_disposable, part, act, desk) for part in parts),
            *(() if overriding else held),
        ]
    )
    strange = [tag for tag in command.cost if tag not in command.tags]
    if strange:
        raise Refused("cost-of-another-part", tag=", ".join(strange))
    above_nothing(command.cost)
    for part, check in zip(parts, held, strict=True):
        part.dispose(
            act,
            supplier=_supplier_of(part, desk),
            cost=command.cost.get(part.id, 0),
            overridden=bool(_refusals([check])),
        )


def _must_be_disposable(part: ReturnedPart, act: Act, desk: Desk) -> None:
    entrusted = desk.get(Supplier, _supplier_of(part, desk)).disposal == "entrusted"
    over = desk.get(Clearance, part.notice).over(act.on)
    part.must_be_disposable(act, entrusted=entrusted, over=over)


def _supplier_of(part: ReturnedPart, desk: Desk) -> str:
    """Who is to bear the disposal: the supplier that was asked to clear it, else the maker."""
    return desk.get(Clearance, part.notice).supplier if part.notice else maker_of(part, desk)


def _all_or_none(checks: Iterable[Callable[[], None]]) -> None:
    """Refuse by the first of `checks` that refuses, citing the rules of all that do."""
    found = _refusals(checks)
    if found:
        rules = dict.fromkeys(rule for refused in found for rule in refused.rules)
        found[0].rules = tuple(rules)
        raise found[0]


def _refusals(checks: Iterable[Callable[[], None]]) -> list[Refused]:
    found = []
    for check in checks:
        try:
            check()
        except Refused as refused:
            found.append(refused)
    return found
