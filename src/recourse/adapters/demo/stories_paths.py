"""What happens beside claims and notes: in the field, under the law, and on our own visits?"""

from typing import Any, get_args

from recourse.adapters.demo.parts import FAULTS, PARTS
from recourse.adapters.demo.story import Story
from recourse.aggregates.field_claim import Opinion
from recourse.aggregates.legal_case import Outcome

GENERAL, FINANCE, SALES = "综合管理部", "财务部", "销售部"
AT_ODDS = (("company", "centre"), ("centre", "branch"), ("end_user", "station"))


def handled_in_the_field(story: Story) -> None:
    """Opinions that nobody disputes; one is given anew before it is approved."""
    for opinion in get_args(Opinion):
        name, seen = observed(story)
        story.do("centre1", "propose_handling", opinion="claim_justified", **seen)
        story.do("centre1", "propose_handling", opinion=opinion, **seen)
        story.do("centre1", "approve_handling", field_claim=name, refused="own-handling")
        story.wait()
        story.do("centre2", "approve_handling", field_claim=name)
        if opinion != "claim_refused":
            claim = story.claim(unit=seen["unit"], part=seen["part"])
            story.do("engineer1", "link_field_claim", field_claim=name, claim=claim)


def ruled_by_the_group(story: Story) -> None:
    """Three disputes of different parties; the claim waits until the group has ruled."""
    for ruling, (party, against) in zip(get_args(Opinion), AT_ODDS, strict=True):
        name, seen = observed(story)
        story.do("centre1", "propose_handling", opinion="claim_justified", **seen)
        story.do("centre2", "approve_handling", field_claim=name)
        claim = story.claim(unit=seen["unit"], part=seen["part"])
        linked, odds = {"field_claim": name, "claim": claim}, {"party": party, "against": against}
        in_time = party == "company"
        if in_time:
            story.do("centre1", "link_field_claim", **linked)
        story.do(
            "engineer1", "dispute_field_claim", field_claim=name, reason="现场照片不符", **odds
        )
        if not in_time:
            story.do("centre1", "link_field_claim", **linked)
        story.judge(claim)
        story.part(claim)
        note = story.draft([claim])
        story.wait()
        story.do("boss", "approve_chargeback", chargeback=note, refused="gates-shut")
        story.wait(2)
        ruled = {"ruling": ruling, "reference": f"JT-{name}", "ruled_on": story.day}
        for person, refused in (("engineer1", "own-field-dispute"), ("engineer2", None)):
            story.do(person, "record_field_ruling", field_claim=name, refused=refused, **ruled)
        story.issue(note)


def pursued_under_the_law(story: Story) -> None:
    """Cases with every outcome, and one that is still pursued."""
    claim = story.ready()
    note, second = story.charge(claim), story.claim()
    for outcome in (*get_args(Outcome), None):
        case = story.plant.number("AJ")
        story.do(
            "boss",
            "open_legal_case",
            legal_case=case,
            supplier=story.supplier,
            trigger=["injury", "death", "property_loss"] if outcome else "property_loss",
            joining=[GENERAL, FINANCE],
            claims=[claim],
        )
        story.wait()
        story.do("boss", "join_legal_case", legal_case=case, department=SALES)
        story.do("boss", "link_legal_case", legal_case=case, claims=[second], notes=[note])
        if outcome:
            ended = {"outcome": outcome, "reference": f"FY-{case}", "closed_on": story.day}
            for refused in (None, "legal-case-closed"):
                story.do("boss", "close_legal_case", legal_case=case, refused=refused, **ended)


def served_on_site(story: Story) -> None:
    """A visit with spares becomes a claim, with the penalty beside the loss."""
    job, claim = reported(story), story.claim_number()
    part = PARTS[story.supplier][0][0]
    story.do("engineer1", "request_spares", job=job, spares={part: 1})
    story.do("engineer1", "request_spares", job=job, spares={part: 1})
    story.wait()
    for pieces, refused in ((1, None), (2, "spares-not-requested"), (1, None)):
        story.do("shop", "issue_spares", job=job, spares={part: pieces}, refused=refused)
    story.wait()
    costs = story.costs(labour=400, material=1200, travel=260)
    served(story, job, outcome="replaced", quantity=2, costs=costs, claim=claim)
    story.wait()
    story.judge(claim)
    story.part(claim, listed=2)
    story.do(
        "engineer1",
        "set_penalty",
        claim=claim,
        supplier=story.supplier,
        severity="serious",
        amount="900.00",
        reason="主机厂停线处理",
    )
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)


def served_for_nothing(story: Story) -> None:
    """A visit that finds nothing and costs nothing, and one that is called off."""
    served(story, reported(story), outcome="not_found")
    called_off = reported(story)
    story.wait()
    story.do("engineer1", "cancel_zero_km_job", job=called_off, reason="主机厂已自行处理")
    served(story, called_off, outcome="not_found", refused="job-already-over")


def number_taken(story: Story) -> None:
    """The number for the cost of a visit belongs to another claim: a person must see to it."""
    taken = story.claim()
    job = reported(story)
    served(story, job, outcome="repaired", costs={"labour": "150.00"}, claim=taken)


def observed(story: Story) -> tuple[str, dict[str, Any]]:
    """The name of a field claim and what the branch saw, and when."""
    name, part = story.plant.number("XC"), PARTS[story.supplier][0][0]
    seen = {"unit": f"DEMO-{name}", "part": part, "found_on": story.day}
    return name, {"field_claim": name, **seen}


def reported(story: Story) -> str:
    """A job that was reported today."""
    job, part = story.plant.number("FW"), PARTS[story.supplier][0][0]
    reported: dict[str, Any] = {"unit": f"DEMO-{job}", "part": part, "reported_on": story.day}
    where = {"plant": "DEMO-OEM-1", "fault": FAULTS[story.supplier][0]}
    story.do("engineer1", "open_zero_km_job", job=job, **reported, **where)
    return job


def served(story: Story, job: str, **finished: Any) -> None:
    """It is told how the visit went today."""
    story.do("engineer1", "finish_zero_km_job", job=job, served_on=story.day, **finished)
