"""Why does a note, a line of it or its last day stand as it does?"""

from recourse.aggregates.chargeback import Chargeback, ChargeLine, disposal_of, lines_of
from recourse.aggregates.claim import Claim
from recourse.aggregates.part import Part
from recourse.aggregates.referral import Referral
from recourse.aggregates.returned_part import ReturnedPart
from recourse.projections.explanations.charges import charge_step
from recourse.projections.explanations.claims import made_of
from recourse.projections.explanations.deadlines import explain_deadline
from recourse.projections.explanations.disposals import disposed_under
from recourse.projections.explanations.holds import explain_referral
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
from recourse.rulebook.charging import FIXED, HANDLING
from recourse.rulebook.powers import penalty_bounds
from recourse.values.money import total, yuan
from recourse.values.parties import Text
from recourse.values.words import word


def explain_note(name: str, sources: Sources) -> Step:
    """What stands on a note: each line, then everything that happened to the note."""
    note = sources.state(Chargeback, name)
    lines = _lines_now(note, sources)
    amount = total({line.name: fen for line, fen in lines})
    stage, answer = word(note.stage), word(note.answer)
    return Step(
        Text(
            f"索赔单 {name}（供方 {note.supplier}，{stage.zh}，{answer.zh}）：{yuan(amount)} 元",
            f"chargeback {name} (supplier {note.supplier}, {stage.en}, {answer.en}): "
            f"{yuan(amount)} yuan",
        ),
        amount=amount,
        clauses=("Z-4.5.2a",),
        inputs=(name, note.supplier, *note.claims, *note.parts, *_replaced(note)),
        steps=(
            *(_line(line, fen, note, sources) for line, fen in lines),
            *_history(note, sources),
            *_waiting(name, sources),
        ),
    )


def _waiting(name: str, sources: Sources) -> tuple[Step, ...]:
    """Why the note waits for a person, while it does (ZA38)."""
    waits = sources.state(Referral, name).open
    return (explain_referral(name, sources),) if waits else ()


def explain_line(note_name: str, line_name: str, sources: Sources) -> Step:
    """What stands on one line of a note, down to the repair in the field.

    Raises LookupError for a line the note does not have.
    """
    note = sources.state(Chargeback, note_name)
    for line, fen in _lines_now(note, sources):
        if line.name == line_name:
            step = _line(line, fen, note, sources)
            inputs = (*step.inputs, *_replaced(note))
            steps = (*step.steps, *_history(note, sources))
            return Step(step.text, step.amount, step.clauses, inputs, steps=steps)
    raise LookupError(f"{note_name} has no line {line_name}")


def _replaced(note: Chargeback) -> tuple[str, ...]:
    return (note.replaces,) if note.replaces else ()


def _lines_now(note: Chargeback, sources: Sources) -> list[tuple[ChargeLine, int]]:
    """The lines with what stands on each; of a draft, what approval would fix now."""
    if note.approved:
        return [(line, note.amounts[name]) for name, line in note.approved.items()]
    if note.stage == "void":
        return []
    claims = [sources.state(Claim, name) for name in note.claims]
    lines = [line for claim in claims for line in lines_of(claim, note.supplier)]
    lines += [line for tag in note.parts for line in disposal_of(sources.state(ReturnedPart, tag))]
    return [(line, line.amount) for line in lines]


def _line(line: ChargeLine, fen: int, note: Chargeback, sources: Sources) -> Step:
    return Step(
        Text(
            f"{note.id} 的 {line.name} 现为 {yuan(fen)} 元",
            f"{line.name} on {note.id} stands at {yuan(fen)} yuan",
        ),
        amount=fen,
        clauses=(*line.clauses, *(("ZA32",) if note.live and fen < line.amount else ())),
        inputs=(line.claim, note.id),
        steps=_reckoned(line, note, sources),
    )


def _reckoned(line: ChargeLine, note: Chargeback, sources: Sources) -> tuple[Step, ...]:
    """How the amount came about, and everything that happened to what it is charged for."""
    if line.kind == "disposal":
        return disposed_under(sources.state(ReturnedPart, line.claim), sources)
    claim = sources.state(Claim, line.claim)
    if line.kind == "penalty":
        formula = _penalty(line, claim, sources)
    elif "charged_by" in line.inputs:
        formula = _by_the_book(line, note.supplier, sources)
    else:
        formula = _loss(line)
    return (formula, *made_of(claim, sources, charges=not formula.steps))


def _by_the_book(line: ChargeLine, supplier: str, sources: Sources) -> Step:
    """What the rules on charges made of it when the line was reckoned, in full."""
    inputs = line.inputs
    then = sources.state(Claim, line.claim, inputs["charged_by"], inputs["divided_by"])
    of = Text(f"已接受 {inputs['accepted']} 元，", f"accepted {inputs['accepted']}, ")
    if line.component in {HANDLING, FIXED}:
        of = Text("在已接受的费用之外，", "beside the accepted cost, ")
    return Step(
        Text(
            f"计算：{of.zh}份额 {inputs['share']}，按手册的收费规定 = "
            f"{yuan(line.amount)} 元（依据 {inputs['charged_by']}、{inputs['divided_by']}）",
            f"reckoned: {of.en}share {inputs['share']}, by the charges of "
            f"the rulebook = {yuan(line.amount)} yuan (from {inputs['charged_by']}, "
            f"{inputs['divided_by']})",
        ),
        amount=line.amount,
        clauses=line.clauses,
        steps=(charge_step(then, supplier),),
    )


def _loss(line: ChargeLine) -> Step:
    inputs = line.inputs
    return Step(
        Text(
            f"计算：已接受 {inputs['accepted']} 元，份额 {inputs['share']}，按份额分到分，"
            f"不加价 = {yuan(line.amount)} 元（依据 {inputs['divided_by']}）",
            f"reckoned: accepted {inputs['accepted']}, share {inputs['share']}, divided to the "
            f"fen, no mark-up = {yuan(line.amount)} yuan (from {inputs['divided_by']})",
        ),
        amount=line.amount,
        clauses=(*line.clauses, "ZA24", *(("ZA22",) if "Z-4.5.3a" in line.clauses else ())),
    )


def _penalty(line: ChargeLine, claim: Claim, sources: Sources) -> Step:
    was_set = claim.penalty_was_set
    assert was_set
    family = sources.state(Part, claim.received.part).family
    days = {
        "repaired": claim.received.repaired_on,
        "received": claim.received.effective_on,
        "decided": was_set.effective_on,
    }
    bounds = penalty_bounds(sources.book, days, severity=was_set.severity, family=family)
    lowest, highest = yuan(bounds.least), yuan(bounds.most)
    return Step(
        Text(
            f"设定 {line.inputs['set']} 元（{line.inputs['set_by']}）；每台每次可在 {lowest} "
            f"至 {highest} 元之间，自 {bounds.since} 起有效；未取其他数额",
            f"set at {line.inputs['set']} yuan ({line.inputs['set_by']}); a unit and event may be "
            f"assessed {lowest} to {highest} yuan, valid since {bounds.since}; no other "
            "amount in the range was taken",
        ),
        amount=line.amount,
        clauses=tuple(dict.fromkeys((*line.clauses, bounds.clause, "ZA22"))),
    )


def _history(note: Chargeback, sources: Sources) -> tuple[Step, ...]:
    steps = [told(fact) for fact in sources.history(Chargeback, note.id)]
    if note.deadline:
        steps.append(explain_deadline(note.id, sources))
    return tuple(steps)
