"""How did the rulebook reckon what a supplier bears of a claim, step by step?"""

from collections.abc import Iterator

from recourse.aggregates.claim import Claim
from recourse.projections.explanations.step import Step
from recourse.rulebook.charging import FIXED, HANDLING, Charge, ChargeRule, Price
from recourse.values.money import divide, total, yuan
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
    share = dict(claim.shares)[f"supplier:{supplier}"]
    own = {
        component: divide(amount, claim.shares).get(f"supplier:{supplier}", 0)
        for component, amount in claim.accepted.items()
    }
    charged = claim.charge_of(supplier, share, own)
    amount = total(charged.amounts)
    parts = joined(
        [
            Text(f"{word(name).zh} {yuan(fen)}", f"{word(name).en} {yuan(fen)}")
            for name, fen in charged.amounts.items()
        ]
    )
    return Step(
        Text(
            f"按手册计收，供方 {supplier} 承担 {yuan(amount)} 元：{parts.zh}",
            f"by the rulebook supplier {supplier} bears {yuan(amount)} yuan: {parts.en}",
        ),
        amount=amount,
        clauses=tuple(dict.fromkeys(rule.clause for rule in charged.rules)),
        inputs=(claim.id, supplier),
        steps=tuple(_steps(charged, total(own))),
    )


def _steps(charged: Charge, own: int) -> Iterator[Step]:
    if charged.excluded:
        limit = word(charged.excluded)
        said = Text(
            f"故障已超出追偿范围（{limit.zh}），供方不承担，由公司承担",
            f"the failure is beyond the limit ({limit.en}): the supplier bears nothing, the "
            "company does",
        )
        yield Step(said, clauses=_clauses(charged.rules))
        return
    yield from (_price(price) for price in charged.prices)
    said = Text(
        f"责任份额 {charged.share}，约定承担其中 {charged.agreed}；没有公式的费用按已接受的金额，"
        f"不足一分舍去（若只按责任份额分摊已接受费用，则为 {yuan(own)} 元）",
        f"share {charged.share}, of which {charged.agreed} by agreement; a component without a "
        "formula counts as accepted, parts of a fen are dropped (by its share of the accepted "
        f"cost alone it would be {yuan(own)} yuan)",
    )
    yield Step(said, amount=charged.before)
    yield from _bounds(charged)


def _bounds(charged: Charge) -> Iterator[Step]:
    clauses = _clauses(rule for rule in charged.rules if rule.key == "charge.shares")
    if charged.cap is not None:
        taken = charged.before > charged.cap
        said = Text(
            f"每件索赔最多 {yuan(charged.cap)} 元：{'只收到此' if taken else '未达到'}",
            f"at most {yuan(charged.cap)} yuan a claim: {'charged' if taken else 'not reached'}",
        )
        yield Step(said, clauses=clauses)
    if charged.floor is not None:
        below = charged.before < charged.floor
        said = Text(
            f"每件索赔不足 {yuan(charged.floor)} 元的不收：{'不收' if below else '已达到'}",
            f"nothing below {yuan(charged.floor)} yuan a claim: "
            f"{'not charged' if below else 'reached'}",
        )
        yield Step(said, clauses=clauses)


def _price(price: Price) -> Step:
    name, formula = word(price.component), _formula(price)
    part = ""
    if price.accepted_part != 1:
        part = f" × {price.accepted_part}"
    return Step(
        Text(
            f"{name.zh} = {formula.zh}{part} = {yuan(price.amount)} 元（自 {price.rule.since} 起）",
            f"{name.en} = {formula.en}{part} = {yuan(price.amount)} yuan "
            f"(since {price.rule.since})",
        ),
        amount=price.amount,
        clauses=(price.rule.clause,),
    )


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


def _clauses(rules: Iterator[ChargeRule] | tuple[ChargeRule, ...]) -> tuple[str, ...]:
    return tuple(rule.clause for rule in rules)
