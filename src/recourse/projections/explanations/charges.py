"""How did the rulebook reckon what a supplier bears of a claim, step by step?"""

from collections.abc import Iterable, Iterator, Mapping

from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.division import parts_of
from recourse.projections.explanations.step import Step
from recourse.rulebook.charging import FIXED, HANDLING, Charge, ChargeRule, Price
from recourse.values.money import total, yuan
from recourse.values.parties import Text, supplier_of
from recourse.values.words import joined, word


def explain_charges(claim: Claim) -> tuple[Step, ...]:
    """One step a supplier with a share, where the book charges by rules of its own."""
    if not claim.charging:
        return ()
    return tuple(
        charge_step(claim, supplier)
        for supplier in map(supplier_of, dict(claim.shares))
        if supplier
    )


def charge_step(claim: Claim, supplier: str) -> Step:
    """What the book makes of a supplier's part, with each formula, agreement and limit."""
    bearer = f"supplier:{supplier}"
    passed_on = parts_of(claim.accepted, claim.shares)
    own = {component: parts.get(bearer, 0) for component, parts in passed_on.items()}
    charged = claim.charge_of(supplier, dict(claim.shares)[bearer], own)
    amount, parts = total(charged.amounts), _amounts(charged.amounts)
    return Step(
        Text(
            f"按手册计收，供方 {supplier} 承担 {yuan(amount)} 元：{parts.zh}",
            f"by the rulebook supplier {supplier} bears {yuan(amount)} yuan: {parts.en}",
        ),
        amount=amount,
        clauses=_clauses(charged.rules),
        inputs=(claim.id, supplier),
        steps=tuple(_steps(charged, own) if not charged.excluded else [_excluded(charged, claim)]),
    )


def _amounts(amounts: Mapping[str, int]) -> Text:
    """Components with what they come to."""
    return joined(
        [
            Text(f"{word(name).zh} {yuan(fen)}", f"{word(name).en} {yuan(fen)}")
            for name, fen in amounts.items()
        ]
    )


def _excluded(charged: Charge, claim: Claim) -> Step:
    """Which limit the failure is beyond, and by which figures of the claim."""
    (rule,), received = charged.rules, claim.received
    limit = rule.of(charged.supplier)[charged.excluded]
    told = claim.measures.months_in_service
    if charged.excluded == "mileage_km":
        why = Text(
            f"行驶 {received.mileage_km} 公里，超过 {limit} 公里",
            f"driven {received.mileage_km} km, more than {limit}",
        )
    elif told is not None:
        why = Text(
            f"使用 {told} 个月，超过 {limit} 个月", f"{told} months in service, over {limit}"
        )
    else:
        why = Text(
            f"{received.sold_on} 销售，{received.repaired_on} 维修，超过 {limit} 个月",
            f"sold on {received.sold_on}, repaired on {received.repaired_on}, more than {limit} "
            "months later",
        )
    return Step(
        Text(
            f"故障已超出追偿范围（{why.zh}；自 {rule.since} 起），供方不承担，由公司承担",
            f"the failure is beyond the limit ({why.en}; since {rule.since}): the supplier bears "
            "nothing, the company does",
        ),
        clauses=(rule.clause,),
    )


def _steps(charged: Charge, own: Mapping[str, int]) -> Iterator[Step]:
    yield from (_price(price, charged) for price in charged.prices)
    priced = {price.component for price in charged.prices}
    yield from (
        _passed_on(name, fen, charged) for name, fen in own.items() if fen and name not in priced
    )
    before, alone = yuan(charged.before), yuan(total(own))
    yield Step(
        Text(
            f"合计 {before} 元（公式的结果四舍五入到分，供方的部分不足一分舍去）；"
            f"若只按责任份额分摊已接受费用，则为 {alone} 元，未采用",
            f"together {before} yuan (a formula is rounded to the fen, half a fen up; of the "
            "supplier's part what is less than a fen is dropped); by its share of the accepted "
            f"cost alone it would be {alone} yuan, not taken",
        ),
        amount=charged.before,
    )
    yield from _bounds(charged)


def _price(price: Price, charged: Charge) -> Step:
    """What the formula makes of a component, and the supplier's part of that."""
    name, formula = word(price.component), _formula(price)
    accepted, agreed = Text("", ""), _agreed(charged)
    if price.accepted_part != 1:
        accepted = Text(
            f" × 接受的比例 {price.accepted_part}", f" × accepted part {price.accepted_part}"
        )
    left = charged.shared.get(price.component, 0)
    whole, own = yuan(price.amount), yuan(left)
    return Step(
        Text(
            f"{name.zh} = {formula.zh}{accepted.zh} = {whole} 元（自 {price.rule.since} 起）；"
            f"其中责任份额 {charged.share}{agreed.zh} = {own} 元",
            f"{name.en} = {formula.en}{accepted.en} = {whole} yuan (since {price.rule.since}); "
            f"of that share {charged.share}{agreed.en} = {own} yuan",
        ),
        amount=left,
        clauses=_clauses((price.rule, *_agreement(charged))),
    )


def _passed_on(name: str, fen: int, charged: Charge) -> Step:
    """A component without a formula, or whose measure the line does not give."""
    said, agreed, left = word(name), _agreed(charged), charged.shared.get(name, 0)
    left_zh, left_en = (f"{each} = {yuan(left)}" if each else "" for each in agreed)
    return Step(
        Text(
            f"{said.zh}没有公式或没有计量：已接受费用中其责任份额的部分 {yuan(fen)}{left_zh} 元",
            f"{said.en} has no formula or no measure: by its share of the accepted cost "
            f"{yuan(fen)}{left_en} yuan",
        ),
        amount=left,
        clauses=_clauses(_agreement(charged)),
    )


def _agreement(charged: Charge) -> tuple[ChargeRule, ...]:
    return tuple(rule for rule in charged.rules if rule.key == "charge.shares")


def _agreed(charged: Charge) -> Text:
    """The factor that was agreed, or nothing where nothing was."""
    if not _agreement(charged):
        return Text("", "")
    return Text(f" × 约定 {charged.agreed}", f" × {charged.agreed} by agreement")


def _bounds(charged: Charge) -> Iterator[Step]:
    clauses = _clauses(_agreement(charged))
    if charged.cap is not None:
        made = Text("未超过", "not exceeded")
        if charged.before > charged.cap:
            parts = _amounts(charged.amounts)
            made = Text(
                f"只收到此，按各项之比分到分：{parts.zh}",
                f"only that, divided to the fen like the amounts: {parts.en}",
            )
        cap = yuan(charged.cap)
        said = Text(f"每件索赔最多 {cap} 元：{made.zh}", f"at most {cap} yuan a claim: {made.en}")
        yield Step(said, clauses=clauses)
    if charged.floor is not None:
        below = charged.before < charged.floor
        said = Text(
            f"每件索赔不足 {yuan(charged.floor)} 元的不收：{'不收' if below else '已达到'}",
            f"nothing below {yuan(charged.floor)} yuan a claim: "
            f"{'not charged' if below else 'reached'}",
        )
        yield Step(said, clauses=clauses)


def _formula(price: Price) -> Text:
    told = price.factors
    match price.component:
        case "labour":
            return Text(
                f"{told['measured']} 工时 × {told['rate']} 元",
                f"{told['measured']} hours × {told['rate']} yuan",
            )
        case "material":
            each = yuan(int(told["measured"]))
            return Text(
                f"{told['quantity']} 件 × 单价 {each} 元 × 系数 {told['factor']}",
                f"{told['quantity']} × unit price {each} yuan × factor {told['factor']}",
            )
        case "travel":
            return Text(
                f"{told['measured']} 公里 × {told['rate']} 元",
                f"{told['measured']} km × {told['rate']} yuan",
            )
        case component if component == HANDLING:
            of = joined([word(each) for each in told["of"].split(", ")])
            base = yuan(int(told["base"]))
            return Text(
                f"（{of.zh}）{base} 元的 {told['percent']}%",
                f"{told['percent']} % of {base} yuan ({of.en})",
            )
    assert price.component == FIXED
    return Text("每件固定金额", "fixed amount a claim")


def _clauses(rules: Iterable[ChargeRule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.clause for rule in rules))
