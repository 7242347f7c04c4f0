"""Why does a field claim, a legal case or a zero-km job stand as it does?"""

from recourse.aggregates.claim import Claim
from recourse.aggregates.field_claim import FieldClaim
from recourse.aggregates.legal_case import LegalCase
from recourse.aggregates.zero_km_job import ZeroKmJob
from recourse.projections.explanations.sources import Sources
from recourse.projections.explanations.step import Step, told
from recourse.values.money import total, yuan
from recourse.values.parties import Text
from recourse.values.words import joined, word


def explain_field_claim(name: str, sources: Sources) -> Step:
    """What was thought of a fault in the field, who disputed it and what the group ruled."""
    field_claim = sources.state(FieldClaim, name)
    state, claim = word(field_claim.state), field_claim.claim
    became = Text(f"，索赔 {claim}", f", claim {claim}") if claim else Text("", "")
    return Step(
        Text(
            f"现场索赔 {name}（{field_claim.unit}{became.zh}）：{state.zh}",
            f"field claim {name} (unit {field_claim.unit}{became.en}): {state.en}",
        ),
        clauses=("Z-4.1.3b",),
        inputs=(name, *([claim] if claim else [])),
        steps=tuple(told(fact) for fact in sources.history(FieldClaim, name)),
    )


def explain_legal_case(name: str, sources: Sources) -> Step:
    """What is pursued against a supplier under the law, over what, and how it ended."""
    case = sources.state(LegalCase, name)
    state, with_whom = word(case.state), joined([word(each) for each in case.joining])
    return Step(
        Text(
            f"法律案件 {name}（供方 {case.supplier}，质量部牵头，{with_whom.zh} 参加）：{state.zh}",
            f"legal case {name} (supplier {case.supplier}, led by the quality department, joined "
            f"by {with_whom.en}): {state.en}",
        ),
        clauses=("Z-4.6.2",),
        inputs=(name, case.supplier, *case.claims, *case.notes),
        steps=tuple(told(fact) for fact in sources.history(LegalCase, name)),
    )


def explain_job(name: str, sources: Sources) -> Step:
    """What the Company did on site, and the claim that its cost became."""
    job = sources.state(ZeroKmJob, name)
    cost = total(job.finished.costs) if job.over == "finished" else 0
    became = claim_of(job, sources) if cost else ""
    state, opened = word(job.state), job.opened
    as_claim = Text(f"，接收为索赔 {became}", f", received as claim {became}")
    more = as_claim if became else Text("", "")
    return Step(
        Text(
            f"零公里现场服务 {name}（{opened.unit}，{opened.part}）：{state.zh}，"
            f"费用 {yuan(cost)} 元{more.zh}",
            f"zero-km job {name} (unit {opened.unit}, part {opened.part}): {state.en}, cost "
            f"{yuan(cost)} yuan{more.en}",
        ),
        amount=cost,
        clauses=("Z-4.5.3a",),
        inputs=(name, *([became] if became else [])),
        steps=tuple(told(fact) for fact in sources.history(ZeroKmJob, name)),
    )


def claim_of(job: ZeroKmJob, sources: Sources) -> str:
    """The claim that the cost of `job` was received as, or "" where that was refused."""
    name = job.finished.claim
    return name if job_behind(sources.state(Claim, name)) == job.id else ""


def job_behind(claim: Claim) -> str:
    """The zero-km job whose cost `claim` is, or "" for a claim that came from the network."""
    return claim.received.source.get("zero_km_job", "") if claim.exists else ""


def behind(claim: Claim, sources: Sources) -> tuple[Step, ...]:
    """What came before a claim: the Company's own job, or the handling in the field."""
    job = job_behind(claim)
    steps = [explain_job(job, sources)] if job else []
    return (
        *steps,
        *(explain_field_claim(name, sources) for name in sources.field_claims(claim.id)),
    )


def beside(claim: str, sources: Sources) -> tuple[Step, ...]:
    """The legal cases that concern a claim."""
    return tuple(explain_legal_case(name, sources) for name in sources.legal_cases(claim))
