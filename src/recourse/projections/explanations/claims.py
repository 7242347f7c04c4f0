"""Why does a claim stand as it does, and what came of it?"""

from collections.abc import Sequence

from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.division import sums
from recourse.aggregates.claim.gates import missing
from recourse.aggregates.returned_part import ReturnedPart
from recourse.projections.explanations.charges import explain_charges
from recourse.projections.explanations.paths import behind, beside
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
from recourse.rulebook.kinds import GATES
from recourse.values.money import total, yuan
from recourse.values.parties import Text
from recourse.values.words import joined, word


def explain_claim(name: str, sources: Sources) -> Step:
    """What was accepted of a claim, from the repair in the field to every effect it had."""
    claim = sources.state(Claim, name)
    accepted = total(claim.accepted)
    return Step(
        Text(
            f"索赔 {name}：索赔 {yuan(total(claim.claimed))} 元，已接受 {yuan(accepted)} 元",
            f"claim {name}: claimed {yuan(total(claim.claimed))}, accepted {yuan(accepted)} yuan",
        ),
        amount=accepted,
        inputs=(name,),
        steps=(
            *made_of(claim, sources),
            *_effects(claim, sources),
            *beside(name, sources),
        ),
    )


def made_of(claim: Claim, sources: Sources, *, charges: bool = True) -> tuple[Step, ...]:
    """Everything that happened to a claim and to its old parts, and what was not looked at.

    With what the rulebook made of it, unless that is told already.
    """
    own = [told(fact) for fact in sources.history(Claim, claim.id)]
    parts = [told(fact) for tag in sources.parts_of(claim.id) for fact in sources.part_facts(tag)]
    now = (
        _checks(claim, sources),
        _gates(claim, sources),
        *(explain_charges(claim) if charges else ()),
        *_borne(claim),
    )
    return (*behind(claim, sources), *own, *parts, *now)


def _borne(claim: Claim) -> tuple[Step, ...]:
    """Who bears the cost now that an appeal has moved some of it: all of it, each once (ZA15)."""
    if not claim.lowered:
        return ()
    bearers = joined(
        [
            Text(f"{word(bearer).zh} {yuan(fen)} 元", f"{word(bearer).en} {yuan(fen)}")
            for bearer, fen in sums(claim.bearing).items()
        ]
    )
    said = Text(f"现由以下各方承担：{bearers.zh}", f"borne now by: {bearers.en}")
    return (Step(said, clauses=("ZA15",)),)


def _checks(claim: Claim, sources: Sources) -> Step:
    """What the checks on arrival found, what they could not look at, and by which agreement."""
    received = claim.received
    compared = {"duplicate", "mileage_backwards"} & set(received.doubts)
    doubts = joined([word(doubt) for doubt in received.doubts])
    unchecked = joined([word(check, of="check") for check in received.unchecked])
    applied = joined(
        [
            Text(f"{said.zh}（{event}）", f"{said.en} ({event})")
            for said, event in ((word(name), event) for name, event in received.applied.items())
        ]
    )
    _, _, by_the_book = received.applied.get("terms", "").partition("rulebook ")
    return Step(
        Text(
            f"接收检查：疑点 {doubts.zh}；因缺少资料未检查 {unchecked.zh}；适用的约定 {applied.zh}",
            f"checks on arrival: doubts {doubts.en}; not checked for lack of data: "
            f"{unchecked.en}; agreements applied: {applied.en}",
        ),
        clauses=("ZA20", "ZA21", *([by_the_book] if by_the_book else [])),
        inputs=tuple(sources.received_before(claim)) if compared else (),
    )


def _gates(claim: Claim, sources: Sources) -> Step:
    required = sources.book.value("gates.required", sources.day)
    shut = joined([word(gate) for gate in _shut(claim, required, sources)])
    unasked = [gate for gate in GATES if gate not in required]
    waived = joined([word(gate) for gate in claim.waived])
    if not claim.quantity:
        skipped = Text("没有更换零件，旧件各道关卡不检查", "no part was replaced: no part gates")
    else:
        skipped = Text("旧件各道关卡都须通过", "every part gate applies")
    if unasked:
        names = joined([word(gate) for gate in unasked])
        skipped = Text(
            f"{skipped.zh}；手册不要求：{names.zh}",
            f"{skipped.en}; not required by the rulebook: {names.en}",
        )
    return Step(
        Text(
            f"关卡：尚缺 {shut.zh}；免除 {waived.zh}；{skipped.zh}",
            f"gates: missing {shut.en}; waived {waived.en}; {skipped.en}",
        ),
        clauses=(sources.book.clause("gates.required", sources.day),),
    )


def _shut(claim: Claim, required: Sequence[str], sources: Sources) -> list[str]:
    parts = [sources.state(ReturnedPart, tag) for tag in sources.parts_of(claim.id)]
    field_dispute = bool(sources.held(f"claim {claim.id} field "))
    return missing(claim, parts, required, field_dispute=field_dispute)


def _effects(claim: Claim, sources: Sources) -> tuple[Step, ...]:
    of_it = {claim.id, *sources.parts_of(claim.id)}
    return tuple(_effect(of_it, note) for note in sources.notes_of_claim(claim))


def _effect(of_it: set[str], note: Chargeback) -> Step:
    """What stands on a note of the claim and the parts that go by the names `of_it`."""
    lines = {line: note.amounts[line] for line, it in note.approved.items() if it.claim in of_it}
    stage, written = word(note.stage), ", ".join(f"{n} {yuan(fen)}" for n, fen in lines.items())
    return Step(
        Text(
            f"索赔单 {note.id}（供方 {note.supplier}，{stage.zh}）：{written or '—'}",
            f"chargeback {note.id} (supplier {note.supplier}, {stage.en}): {written or '—'}",
        ),
        amount=total(lines),
        inputs=(note.id, note.supplier),
        clauses=("Z-4.5.2a",),
    )
