"""What still waits for somebody when the demo month ends, whoever it is?"""

from datetime import date

from recourse.adapters.demo.parts import PARTS
from recourse.adapters.demo.stories_disputes import consult, object_to, verify
from recourse.adapters.demo.stories_paths import observed, reported
from recourse.adapters.demo.story import Story

LAST_DAY = date(2026, 12, 28)


def disputes(story: Story) -> None:
    """One to be verified again, one to be consulted on, one before the group."""
    returned, verified, referred = (story.claim() for _ in range(3))
    story.wait()
    for claim in (returned, verified, referred):
        object_to(story, claim, "cost")
    story.wait()
    for claim in (verified, referred):
        verify(story, claim, "stands")
    story.wait()
    consult(story, referred, "unresolved")
    story.do("centre1", "refer_to_group", claim=referred)


def answers(story: Story) -> None:
    """One appeal to be rechecked, one at arbitration, one that came late."""
    late, pending, recheck = (_again(story) for _ in range(3))
    appeals = []
    for told in (late, pending, recheck):
        claim = told.ready()
        note = told.charge(claim)
        appeals.append({"chargeback": note, "lines": [claim], "reason": "供方认为责任不清"})
    late.wait(6)
    late.they("appeal_chargeback", **appeals[0])
    pending.they("appeal_chargeback", **appeals[1])
    pending.wait()
    outcome = {"chargeback": appeals[1]["chargeback"], "outcomes": {}}
    pending.do("engineer2", "recheck_appeal", **outcome)
    pending.they("request_arbitration", **appeals[1])
    recheck.they("appeal_chargeback", **appeals[2])


def money(story: Story) -> None:
    """A note was void after it was collected and not refunded; another is not issued yet."""
    note = story.charge(story.ready())
    story.they("confirm_chargeback", chargeback=note)
    story.collect(note, "invoice")
    story.wait()
    why = {"chargeback": note, "reason": "责任重新查明"}
    story.do("checker", "agree_to_void", **why)
    story.do("boss", "void_chargeback", **why)
    approved = story.draft([story.ready()])
    story.wait()
    story.do("boss", "approve_chargeback", chargeback=approved)


def old_parts(story: Story) -> None:
    """One overdue, one without a certain last day, one without a maker, one gone unexamined."""
    claim = story.claim()
    overdue, undetermined = story.tag(claim), story.tag(claim)
    story.tag(story.claim(part=f"DEMO-99{story.supplier[1:]}"))
    gone = story.tag(claim)
    for tag in (overdue, gone):
        _receipt(story, tag, story.day)
    story.they("clear_parts", notice=f"QL-{gone}", tags=[gone])
    _receipt(_on(story, LAST_DAY), undetermined, LAST_DAY)


def elsewhere(story: Story) -> None:
    """An opinion to be approved, and a visit without spares, with some to come, and with all."""
    _, told = observed(story)
    story.do("centre1", "propose_handling", opinion="claim_justified", **told)
    part = PARTS[story.supplier][0][0]
    for requested, issued in ((False, False), (True, False), (True, True)):
        job = reported(story)
        if requested:
            story.do("engineer1", "request_spares", job=job, spares={part: 1})
        if issued:
            story.do("shop", "issue_spares", job=job, spares={part: 1})


def _again(story: Story) -> Story:
    """Another story of the same supplier that goes on from the same day."""
    return _on(story, story.day)


def _on(story: Story, day: date) -> Story:
    return story.plant.story(story.supplier, day, story.other)


def _receipt(story: Story, tag: str, received_on: date) -> None:
    """The supplier is asked to clear it on that day, and the notice is there at once."""
    notice = {"notice": f"QL-{tag}"}
    asked = notice | {"supplier": story.supplier, "tags": [tag]}
    story.do("buyer1", "notify_clearance", **asked)
    story.do(
        "buyer1", "record_notice_receipt", received_on=received_on, proof="签收单回执", **notice
    )
