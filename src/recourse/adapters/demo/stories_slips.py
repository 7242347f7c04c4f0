"""What do people ask for twice, too early, without its matter, or out of all bounds?"""

from datetime import timedelta
from typing import Any

from recourse.adapters.demo.parts import PARTS, SUPPLIERS
from recourse.adapters.demo.story import Story

WHY = {"reason": "操作有误"}


def before_its_time(story: Story) -> None:
    """Every step of a note is asked for before the one that it needs."""
    claim = story.ready()
    note = story.draft([claim])
    named = {"chargeback": note}
    story.do(
        "engineer1", "draft_chargeback", **_draft(story, claim), refused="claim-already-charged"
    )
    story.do("cashier", "issue_chargeback", **named, refused="note-not-approved")
    story.wait()
    story.do("boss", "approve_chargeback", **named)
    receipt = named | {"received_on": story.day, "proof": "签收单回执"}
    story.do("buyer1", "record_receipt", **receipt, refused="note-not-issued")
    story.do("boss", "return_chargeback", **named, **WHY, refused="note-not-a-draft")
    story.do("cashier", "issue_chargeback", **named)
    correction = named | {"received_on": story.day} | WHY
    story.do("buyer2", "correct_receipt", **correction, refused="no-receipt-yet")
    story.do("cashier", "collect_chargeback", **named, refused="no-collection-chosen")
    story.wait()
    story.receipt(note)
    upheld = named | {"outcomes": {claim: "upheld"}}
    story.do("engineer2", "recheck_appeal", **upheld, refused="no-appeal-to-recheck")
    story.do("boss", "admit_late_appeal", **named, **WHY, refused="no-late-appeal")
    asked = named | {"lines": [claim]} | WHY
    story.they("request_arbitration", **asked, refused="not-rechecked")
    story.they("appeal_chargeback", **asked | {"lines": ["C001/labour"]}, refused="no-such-line")
    story.they("confirm_chargeback", **named)


def asked_twice(story: Story) -> None:
    """What is on record already stays as it is, and is not recorded again."""
    claim = story.ready(stage="zero_km")
    tag = f"T{story.plant.tags:03d}"
    story.they("confirm_part", tag=tag, answer="refused", refused="part-already-answered")
    story.do("engineer2", "confirm_part_online", tag=tag, refused="part-already-online")
    again = {"tag": tag, "claim": claim, "listed": 1}
    story.do("engineer2", "receive_part", **again, refused="part-already-received")
    _penalty(story, claim)
    _penalty(story, claim, refused="penalty-already-set")
    note = story.charge(claim)
    receipt = {"received_on": story.day, "refused": "receipt-already-recorded"}
    story.do("buyer1", "record_receipt", chargeback=note, proof="快递投递记录", **receipt)
    name, disposal = SUPPLIERS[story.supplier]
    supplier = {"supplier": story.supplier, "name": name}
    known = supplier | {"disposal": disposal, "refused": "supplier-already-registered"}
    story.do("buyer1", "register_supplier", **known)
    part, title = PARTS[story.supplier][0]
    source = {"part": part, "name": title, "supplier": story.supplier}
    story.do("buyer1", "register_part", **source, refused="part-already-registered")
    payable = {"document": "RK-2606-01", "amount": "30000.00", "due_on": story.day}
    payable |= {"supplier": story.supplier, "refused": "payable-already-recorded"}
    story.do("cashier", "record_payable", **payable)
    taken = _draft(story, claim) | {"chargeback": note, "claims": [story.ready()]}
    story.do("engineer1", "draft_chargeback", **taken, refused="note-already-drafted")


def found_twice(story: Story) -> None:
    """A part is found missing twice, and found again twice; a void is agreed to twice."""
    claim = story.claim()
    for act, refused in (
        ("withdraw_not_returned", "not-marked-not-returned"),
        ("mark_not_returned", None),
        ("mark_not_returned", "already-not-returned"),
        ("withdraw_not_returned", None),
    ):
        story.do("engineer1", act, claim=claim, refused=refused, **WHY)
    charged = story.ready()
    note = story.charge(charged)
    story.they("confirm_chargeback", chargeback=note)
    for refused in (None, "void-already-agreed"):
        story.do("checker", "agree_to_void", chargeback=note, refused=refused, **WHY)
    anew = {"supplier": story.supplier, "month": f"{story.day:%Y-%m}", "replaces": note}
    free = story.ready()
    story.do("engineer1", "draft_chargeback", claims=[free], refused="nothing-to-replace", **anew)
    story.do("boss", "void_chargeback", chargeback=note, **WHY)


def out_of_bounds(story: Story) -> None:
    """Amounts, shares, numbers and days that cannot be, and things that nobody knows."""
    claim = story.claim(stage="zero_km")
    story.wait()
    stranger = {"labour": "-1.00"}
    line: dict[str, Any] = {
        "unit": "DEMO-U9999",
        "part": PARTS[story.supplier][0][0],
        "stage": "pre_sale",
    }
    line |= {"claim": "C999", "repaired_on": story.day, "costs": {"labour": "90.00"}}
    tomorrow = {"repaired_on": story.day + timedelta(days=1)}
    for amiss, refused in (
        ({"claim": claim}, "claim-already-received"),
        ({"costs": stranger}, "amount-below-nothing"),
        ({"quantity": -1}, "quantity-below-nothing"),
        (tomorrow, "repair-in-the-future"),
        ({"on": story.day + timedelta(days=1)}, "effective-in-the-future"),
    ):
        story.do("engineer1", "receive_claim", **line | amiss, refused=refused)
    shares = {story.bearer: "1", "service": "0"}
    story.do(
        "engineer1",
        "attribute_claim",
        claim=claim,
        shares=shares,
        refused="share-not-above-nothing",
    )
    story.do("engineer1", "confirm_cost", claim="C999", refused="not-found")
    _penalty(story, claim, refused="penalty-without-share")
    story.do("boss", "withdraw_penalty", claim=claim, **WHY, refused="no-penalty")
    story.judge(claim, {"service": "1"})
    draft = _draft(story, claim)
    story.do("engineer1", "draft_chargeback", **draft, refused="supplier-bears-nothing")
    nothing = draft | {"claims": [], "refused": "nothing-to-draft"}
    story.do("engineer1", "draft_chargeback", **nothing)
    zero = {"supplier": story.supplier, "amount": "0.00", "refused": "amount-not-above-nothing"}
    story.do("cashier", "pay_supplier", **zero)


def on_the_wrong_notice(story: Story) -> None:
    """Tags of another supplier, of no notice, of nobody; a notice that nobody has received."""
    claim = story.claim()
    own, spare = story.tag(claim), story.tag(claim)
    foreign = story.plant.story(story.other, story.day)
    strange = foreign.tag(foreign.claim())
    notice = {"notice": f"QL-{own}", "supplier": story.supplier}
    for tags, refused in (
        ([strange], "part-of-another-supplier"),
        ([], "no-parts-named"),
        ([own], None),
        ([spare], "notice-already-known"),
    ):
        story.do("buyer1", "notify_clearance", tags=tags, refused=refused, **notice)
    correction = {"notice": f"QL-{own}", "received_on": story.day} | WHY
    story.do("buyer2", "correct_notice_receipt", refused="no-notice-receipt-yet", **correction)
    story.they("clear_parts", notice=f"QL-{own}", tags=[spare], refused="part-not-on-notice")
    draft = _draft(story, spare)
    story.do("engineer1", "draft_chargeback", **draft, refused="part-not-chargeable")


def _draft(story: Story, *names: str) -> dict[str, Any]:
    return {"supplier": story.supplier, "month": f"{story.day:%Y-%m}", "claims": names}


def _penalty(story: Story, claim: str, **given: Any) -> None:
    fields = {"supplier": story.supplier, "severity": "minor", "amount": "600.00"}
    story.do("engineer1", "set_penalty", claim=claim, reason="下线检测发现", **fields, **given)
