"""Why is an old part where it is, and why does its disposal cost what it does?"""

from recourse.aggregates.clearance import Clearance
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.supplier import Supplier
from recourse.projections.explanations.deadlines import explain_days_to_clear
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
from recourse.values.money import yuan
from recourse.values.parties import Text
from recourse.values.words import word


def explain_notice(name: str, sources: Sources) -> Step:
    """Where the parts of a clearance notice are, each by itself, and what happened to it."""
    notice = sources.state(Clearance, name)
    parts = [sources.state(ReturnedPart, tag) for tag in notice.tags]
    places = [word(part.place) for part in parts]
    zh = "、".join(f"{part.id} {place.zh}" for part, place in zip(parts, places, strict=True))
    en = ", ".join(f"{part.id} {place.en}" for part, place in zip(parts, places, strict=True))
    return Step(
        Text(
            f"清理通知 {name}（供方 {notice.supplier}）：{zh}",
            f"clearance notice {name} (supplier {notice.supplier}): {en}",
        ),
        clauses=("Z-4.3.2a", "ZA3"),
        inputs=(name, notice.supplier, *notice.tags),
        steps=(
            *notice_steps(name, sources),
            *(told(fact) for part in parts for fact in sources.part_facts(part.id)),
        ),
    )


def notice_steps(name: str, sources: Sources) -> tuple[Step, ...]:
    """Everything that happened to a notice, and its last day once that is known."""
    steps = [told(fact) for fact in sources.history(Clearance, name)]
    if sources.state(Clearance, name).deadline:
        steps.append(explain_days_to_clear(name, sources))
    return tuple(steps)


def explain_unnoted(part: ReturnedPart, sources: Sources) -> Step | None:
    """What the disposal of a part would be charged at, on no live note; None if it is here."""
    if part.disposal is None:
        return None
    line = f"{part.id}/disposal"
    return Step(
        Text(
            f"{line}：{yuan(part.chargeable)} 元，不在有效的索赔单上",
            f"{line}: {yuan(part.chargeable)} yuan, on no live note",
        ),
        amount=part.chargeable,
        clauses=("ZA25",),
        inputs=(part.id,),
        steps=disposed_under(part, sources),
    )


def disposed_under(part: ReturnedPart, sources: Sources) -> tuple[Step, ...]:
    """What the disposal cost, under which agreement, after which notice, over which evidence."""
    done = part.disposal
    assert done, f"{part.id} is not disposed of"
    left = Text("", "")
    if part.chargeable < done.cost:
        amount = yuan(part.chargeable)
        left = Text(f"；申诉之后最多收取 {amount} 元", f"; after an appeal at most {amount} yuan")
    return (
        Step(
            Text(
                f"计算：旧件 {part.id} 的处理费 {yuan(done.cost)} 元，不加价{left.zh}"
                f"（依据 {part.disposed_by}）",
                f"reckoned: the disposal of {part.id} cost {yuan(done.cost)} yuan, no mark-up"
                f"{left.en} (from {part.disposed_by})",
            ),
            amount=part.chargeable,
            clauses=("Z-4.3.2b" if done.notice else "Z-4.3.1b", "ZA25"),
            inputs=(part.id, part.claim),
        ),
        *(told(fact) for fact in sources.facts(Supplier, done.supplier)[:1]),
        *(notice_steps(done.notice, sources) if done.notice else ()),
        *(told(fact) for fact in sources.part_facts(part.id)),
    )
