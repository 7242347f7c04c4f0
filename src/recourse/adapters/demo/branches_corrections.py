"""What can turn out wrong on record, and by which event is it seen?"""

from typing import Any

from recourse.adapters.demo.branches import Branch, Past, has, latest, one
from recourse.commands.referrals import BELOW_NOTHING, OVERCHARGED
from recourse.commands.reviews import GATE_MISSING
from recourse.values.parties import ENGINE


def _less(event: Any, past: Past) -> bool:
    del past
    return bool(0 < event.amount < event.was)


def _more(event: Any, past: Past) -> bool:
    del past
    return bool(event.amount > event.was)


def _by_a_person(event: Any, past: Past) -> bool:
    del past
    return bool(event.actor != ENGINE)


def _by_the_engine(event: Any, past: Past) -> bool:
    return not _by_a_person(event, past)


def _refused_reaction(event: Any, past: Past) -> bool:
    raised = latest(past, "referral.raised")
    return _by_a_person(event, past) and raised.code == "claim-already-received"


CORRECTION_BRANCHES: tuple[Branch, ...] = (
    one("更正清点数量", "count corrected", "returned_part.count_corrected"),
    one("更正鉴定结论", "finding corrected", "returned_part.finding_corrected"),
    one("应付货款改小", "payable corrected downwards", "account.payable_corrected", _less),
    one("应付货款改大", "payable corrected upwards", "account.payable_corrected", _more),
    one("付款改小", "payment corrected downwards", "account.payment_corrected", _less),
    one("付款作罢", "payment never made", "account.payment_corrected", has(amount=0)),
    one("多收转人工", "overcharging referred", "referral.raised", has(code=OVERCHARGED)),
    one("缺关卡转人工", "missing gate referred", "referral.raised", has(code=GATE_MISSING)),
    one("超付转人工", "overpaid account referred", "referral.raised", has(code=BELOW_NOTHING)),
    one("起因消除，自行了结", "its cause is gone", "referral.closed", _by_the_engine),
    one("反应被拒后由人了结", "a refused reaction settled", "referral.closed", _refused_reaction),
    one("由人了结", "referral closed by a person", "referral.closed", _by_a_person),
)
