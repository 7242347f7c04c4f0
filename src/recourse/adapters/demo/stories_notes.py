"""What happens to a note between its draft, its issue and its end?"""

from recourse.adapters.demo.story import Story


def returned_draft(story: Story) -> None:
    """The manager returns a draft; it is drafted anew in its place."""
    claim = story.ready()
    note = story.draft([claim])
    story.wait()
    story.do("boss", "return_chargeback", chargeback=note, reason="附件不全")
    again = story.charge(claim, replaces=note)
    story.they("confirm_chargeback", chargeback=again)


def four_eyes(story: Story) -> None:
    """Who drafts does not approve, and a claim stands on one live note of a supplier."""
    claim = story.ready()
    note = story.draft([claim], by="chief")
    story.do(
        "engineer1",
        "draft_chargeback",
        supplier=story.supplier,
        month=f"{story.day:%Y-%m}",
        claims=[claim],
        refused="claim-already-charged",
    )
    story.do("chief", "approve_chargeback", chargeback=note, refused="drafter-decides")
    story.do("engineer2", "approve_chargeback", chargeback=note, refused="not-your-role")
    story.issue(note)


def void_before_collection(story: Story) -> None:
    """Issued with a mistake: void without Finance, for nothing was collected; issued anew."""
    claim = story.ready()
    note = story.charge(claim)
    why = {"chargeback": note, "reason": "零件号填写有误"}
    story.do("checker", "agree_to_void", refused="no-agreement-needed", **why)
    story.do("boss", "void_chargeback", **why)
    story.do("boss", "void_chargeback", refused="note-is-void", **why)
    again = story.charge(claim, replaces=note)
    story.they("confirm_chargeback", chargeback=again)
    story.collect(again, "invoice")


def void_after_collection(story: Story) -> None:
    """Confirmed and collected: Finance agrees before it is void; what was taken is given back."""
    claim = story.ready(costs={"labour": "300.00", "material": "1200.00"})
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)
    story.collect(note, "deduction")
    why = {"chargeback": note, "reason": "责任重新查明"}
    story.do("boss", "void_chargeback", refused="void-not-agreed", **why)
    story.wait()
    story.do("checker", "agree_to_void", **why)
    story.do("boss", "void_chargeback", **why)
    for amount, refused in (("1500.01", "more-than-refundable"), ("1500.00", None)):
        story.do(
            "cashier",
            "refund_supplier",
            supplier=story.supplier,
            amount=amount,
            refused=refused,
        )
    story.do(
        "engineer1",
        "attribute_claim",
        claim=claim,
        shares={"department:装配车间": "1"},
        reason="复查为压装不到位",
    )


def referred_by_amendment(story: Story) -> None:
    """The network amends a claim on an approved note; it waits until the cost stands again."""
    costs = story.costs(labour=280, material=1000)
    claim = story.ready(costs=costs)
    note = story.draft([claim])
    story.wait()
    story.do("boss", "approve_chargeback", chargeback=note)
    story.do("engineer1", "amend_claim", claim=claim, costs=costs | {"travel": "120.00"})
    story.wait()
    story.do("cashier", "issue_chargeback", chargeback=note, refused="note-referred")
    story.do("engineer1", "confirm_cost", claim=claim)
    story.wait()
    story.do("cashier", "issue_chargeback", chargeback=note)
    story.do("buyer1", "record_delivery", chargeback=note, channel="供方平台")
    story.receipt(note)


def referred_as_invalid(story: Story) -> None:
    """The part of a charged claim turns out not to be the one returned: nothing is collected."""
    claim = story.ready()
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)
    story.do("engineer1", "mark_not_returned", claim=claim, reason="旧件与车辆不符")
    story.wait()
    story.do("cashier", "choose_collection", chargeback=note, way="invoice")
    collection = {"chargeback": note}
    story.do("cashier", "collect_chargeback", refused="note-referred", **collection)
    story.do("engineer1", "withdraw_not_returned", claim=claim, reason="核对后相符")
    story.wait()
    story.do("cashier", "collect_chargeback", **collection)


def referral_left_open(story: Story) -> None:
    """Less is accepted of an amended claim than the approved note charges: a person must look."""
    claim = story.ready(costs={"labour": "260.00", "material": "1100.00"})
    note = story.draft([claim])
    story.wait()
    story.do("boss", "approve_chargeback", chargeback=note)
    newer = {"labour": "260.00", "material": "900.00"}
    story.do("engineer1", "amend_claim", claim=claim, costs=newer)
    story.wait()
    story.do("engineer1", "confirm_cost", claim=claim)
    story.wait()
    closing = {"referral": note, "reason": "供方已口头认可"}
    story.do("boss", "close_referral", refused="referral-still-true", **closing)


def paid_in_parts(story: Story) -> None:
    """Invoiced after the supplier's confirmation, collected in two parts."""
    claim = story.ready(costs={"labour": "240.00", "material": "1260.00"})
    note = story.charge(claim)
    story.do("cashier", "choose_collection", chargeback=note, way="invoice")
    collection = {"chargeback": note, "amount": "1000.00"}
    story.do("cashier", "collect_chargeback", refused="collection-waits", **collection)
    story.they("confirm_chargeback", chargeback=note)
    story.do("cashier", "collect_chargeback", **collection)
    story.do("cashier", "collect_chargeback", refused="more-than-open", **collection)
    choice = {"chargeback": note, "way": "deduction"}
    story.do("cashier", "choose_collection", refused="collection-already-chosen", **choice)
    story.wait(2)
    story.do("cashier", "collect_chargeback", chargeback=note)


def wholly_held(story: Story) -> None:
    """While a note is unanswered its open amount is held, and the rest is paid."""
    claim = story.ready()
    story.charge(claim)
    for amount, refused in (("9000000.00", "more-than-payable"), ("60000.00", "payment-held")):
        story.do("cashier", "pay_supplier", supplier=story.supplier, amount=amount, refused=refused)
    story.do("cashier", "pay_supplier", supplier=story.supplier, amount="20000.00")
