"""Why does a note, a line of it or its last day stand as it does?"""

from recourse.aggregates.chargeback import Chargeback, ChargeLine, lines_of
from recourse.aggregates.claim import Claim
from recourse.projections.explanations.claims import made_of
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
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
        inputs=(name, note.supplier, *note.claims, *([note.replaces] if note.replaces else [])),
        steps=(
            *(_line(line, fen, note, sources) for line, fen in lines),
            *_history(note, sources),
        ),
    )


def explain_line(note_name: str, line_name: str, sources: Sources) -> Step:
    """What stands on one line of a note, down to the repair in the field.

    Raises LookupError for a line the note does not have.
    """
    note = sources.state(Chargeback, note_name)
    for line, fen in _lines_now(note, sources):
        if line.name == line_name:
            step = _line(line, fen, note, sources)
            inputs = (*step.inputs, *([note.replaces] if note.replaces else []))
            steps = (*step.steps, *_history(note, sources))
            return Step(step.text, step.amount, step.clauses, inputs, steps=steps)
    raise LookupError(f"{note_name} has no line {line_name}")


def _lines_now(note: Chargeback, sources: Sources) -> list[tuple[ChargeLine, int]]:
    """The lines with what stands on each; of a draft, what approval would fix now."""
    if note.approved:
        return [(line, note.amounts[name]) for name, line in note.approved.items()]
    if note.stage == "void":
        return []
    claims = [sources.state(Claim, name) for name in note.claims]
    return [(line, line.amount) for claim in claims for line in lines_of(claim, note.supplier)]


def _line(line: ChargeLine, fen: int, note: Chargeback, sources: Sources) -> Step:
    claim = sources.state(Claim, line.claim)
    return Step(
        Text(
            f"{note.id} 的 {line.name} 现为 {yuan(fen)} 元",
            f"{line.name} on {note.id} stands at {yuan(fen)} yuan",
        ),
        amount=fen,
        clauses=line.clauses,
        inputs=(line.claim, note.id),
        steps=(_formula(line, claim, sources), *made_of(claim, sources)),
    )


def _formula(line: ChargeLine, claim: Claim, sources: Sources) -> Step:
    inputs = line.inputs
    if line.kind == "penalty":
        return _penalty(line, claim, sources)
    return Step(
        Text(
            f"计算：已接受 {inputs['accepted']} 元，份额 {inputs['share']}，按份额分到分，"
            f"不加价 = {yuan(line.amount)} 元（依据 {inputs['divided_by']}）",
            f"reckoned: accepted {inputs['accepted']}, share {inputs['share']}, divided to the "
            f"fen, no mark-up = {yuan(line.amount)} yuan (from {inputs['divided_by']})",
        ),
        amount=line.amount,
        clauses=(*line.clauses, "ZA24"),
    )


def _penalty(line: ChargeLine, claim: Claim, sources: Sources) -> Step:
    day = claim.received.repaired_on
    bounds = [sources.book.settings[f"penalty.{end}"].on(day) for end in ("minimum", "maximum")]
    least, most = bounds
    return Step(
        Text(
            f"设定 {line.inputs['set']} 元（{line.inputs['set_by']}）；每台每次可在 {least.value} "
            f"至 {most.value} 元之间，自 {least.since} 起有效；未取其他数额",
            f"set at {line.inputs['set']} yuan ({line.inputs['set_by']}); a unit and event may be "
            f"assessed {least.value} to {most.value} yuan, valid since {least.since}; no other "
            "amount in the range was taken",
        ),
        amount=line.amount,
        clauses=line.clauses,
    )


def _history(note: Chargeback, sources: Sources) -> tuple[Step, ...]:
    steps = [told(fact) for fact in sources.facts(Chargeback, note.id)]
    if note.deadline:
        steps.append(explain_deadline(note.id, sources))
    return tuple(steps)


def explain_deadline(name: str, sources: Sources) -> Step:
    """The last day to appeal against a note, by both readings of a rest day.

    Raises LookupError while nobody recorded the receipt, for then no clock has started.
    """
    period = sources.state(Chargeback, name).deadline
    if period is None:
        raise LookupError(f"{name} has no recorded receipt, so its clock has not started")
    kind, rest_day = word(period.kind), word(period.rest_day)
    unknown = Text("尚不能确定（所需年份的放假安排未公布）", "undetermined (year not yet arranged)")
    last_day = Text(*(str(period.last_day),) * 2) if period.last_day else unknown
    return Step(
        Text(
            f"{name} 的申诉最后一天：{last_day.zh}。自 {period.started_on} 收到之次日起 "
            f"{period.days} 个{kind.zh}；取 {rest_day.zh}：按国务院安排 {period.official or '—'}，"
            f"按法定节假日加周末 {period.statutory or '—'}；日历 {period.calendar}",
            f"last day to appeal against {name}: {last_day.en}. {period.days} {kind.en} after the "
            f"receipt on {period.started_on}; taken: {rest_day.en}; by the State Council's "
            f"arrangement {period.official or '—'}, by statutory days and weekends "
            f"{period.statutory or '—'}; calendar {period.calendar}",
        ),
        clauses=("Z-4.6.1a", "ZA1", "ZA2"),
        inputs=(name,),
    )
