"""Why is a supplier's payment held, why does something wait, and why was something refused?"""

from collections.abc import Mapping
from typing import Any

from recourse.aggregates.account import Account
from recourse.aggregates.hold import HoldRule, hold
from recourse.aggregates.referral import Referral
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
from recourse.projections.referrals import reason
from recourse.values.money import yuan
from recourse.values.parties import Text
from recourse.values.refusal import Refused
from recourse.values.words import word


def explain_hold(supplier: str, sources: Sources) -> Step:
    """How much of what is payable is held, for which notes, under which setting."""
    notes = sources.notes_of_supplier(supplier)
    payable = sources.payable(supplier)
    rule = HoldRule.on(sources.day, sources.book)
    holding = hold(notes, rule)
    scope = sources.book.rules["hold.scope"].on(sources.day)
    taken, other = word(rule.scope), "amount" if rule.scope == "all" else "all"
    instead = hold(notes, HoldRule(other, rule.appealed)).of(payable)
    return Step(
        Text(
            f"供方 {supplier}：应付 {yuan(payable)} 元，其中停付 {yuan(holding.of(payable))} 元",
            f"supplier {supplier}: payable {yuan(payable)}, of which held "
            f"{yuan(holding.of(payable))} yuan",
        ),
        amount=holding.of(payable),
        clauses=HoldRule.clauses(sources.day, sources.book),
        inputs=(supplier, *holding.reasons),
        steps=(
            *(
                _holding(name, reason, notes[name].open_amount)
                for name, reason in holding.reasons.items()
            ),
            Step(
                Text(
                    f"停付范围：{taken.zh}（自 {scope.since} 起，{scope.source}）；"
                    f"若按{word(other).zh}则为 {yuan(instead)} 元，未采用",
                    f"scope of the hold: {taken.en} (since {scope.since}, {scope.source}); by "
                    f"{word(other).en} it would be {yuan(instead)} yuan, not taken",
                ),
                clauses=(scope.clause,),
            ),
            _payable(supplier, sources),
        ),
    )


def _payable(supplier: str, sources: Sources) -> Step:
    """What is payable: what was recorded less what was paid and deducted, each as corrected."""
    account, payable = sources.state(Account, supplier), sources.payable(supplier)
    recorded, paid = yuan(account.recorded), yuan(account.paid)
    deducted = yuan(account.recorded - account.paid - payable)
    return Step(
        Text(
            f"应付 {yuan(payable)} 元：登记 {recorded} 元，已付 {paid} 元，已扣 {deducted} 元",
            f"payable {yuan(payable)} yuan: recorded {recorded}, paid {paid}, deducted {deducted}",
        ),
        amount=payable,
        clauses=("Z-4.6.3a",),
        inputs=(supplier,),
        steps=tuple(told(fact) for fact in sources.facts(Account, supplier)),
    )


def _holding(name: str, reason: str, open_amount: int) -> Step:
    why = word(reason)
    return Step(
        Text(
            f"索赔单 {name}：{why.zh}，未结 {yuan(open_amount)} 元",
            f"chargeback {name}: {why.en}, {yuan(open_amount)} yuan open",
        ),
        amount=open_amount,
        clauses=("Z-4.6.3b",),
        inputs=(name,),
    )


def explain_referral(name: str, sources: Sources) -> Step:
    """Why something waits, or waited, for a person, what caused it, and who closed it."""
    referral = sources.state(Referral, name)
    why = reason(referral.code)
    state = Text("待处理", "open") if referral.open else Text("已了结", "closed")
    facts = sources.facts(Referral, name)
    return Step(
        Text(
            f"转人工 {name}（{state.zh}）：{referral.about}，{why.zh}",
            f"referral {name} ({state.en}): {referral.about}, {why.en}",
        ),
        clauses=("ZA38",),
        inputs=(referral.about,),
        steps=tuple(
            told(fact, inputs=(fact.event.caused_by,) if fact.event.caused_by else ())
            for fact in facts
        ),
    )


def explain_refusal(answer: Mapping[str, Any]) -> Step:
    """What was asked, by whom and when, and why it was refused.

    Raises LookupError for a command that was not refused.
    """
    if "refused" not in answer:
        raise LookupError("this was not refused")
    kept = answer["refused"]
    refused = Refused(kept["code"], *kept["rules"], **kept["facts"])
    refused.asked = Text(*kept["asked"])
    zh, en = refused.tell("zh"), refused.tell("en")
    return Step(
        Text(f"{zh['what']}{zh['why']}{zh['remedy']}", f"{en['what']} {en['why']} {en['remedy']}"),
        clauses=tuple(kept["rules"]),
        inputs=(answer["about"],),
        steps=(
            Step(
                Text(
                    f"{answer['by']} 于 {answer['at']} 提出；没有留下任何记录",
                    f"asked by {answer['by']} at {answer['at']}; nothing was recorded of it",
                )
            ),
        ),
    )
