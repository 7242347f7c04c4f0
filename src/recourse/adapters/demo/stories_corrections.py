"""What happens when something on record turns out wrong?"""

from recourse.adapters.demo.story import Story


def miscounted_after_approval(story: Story) -> None:
    """Two were counted and one was there: the note stands, and the manager looks at the claim."""
    claim = story.claim(quantity=2)
    story.wait()
    story.judge(claim)
    tag = story.part(claim, listed=2)
    note = story.draft([claim])
    story.wait()
    story.issue(note)
    story.wait()
    fields = {"tag": tag, "counted": 1, "reason": "复核照片只有一件"}
    story.do("engineer2", "correct_count", refused="own-record-corrected", **fields)
    story.do("engineer1", "correct_count", **fields)
    story.wait()
    closing = {"referral": f"claim:{claim}", "reason": "另一件随后补到，索赔单不变"}
    story.do("engineer1", "close_referral", refused="not-your-role", **closing)
    story.do("boss", "close_referral", **closing)
    story.do("boss", "close_referral", refused="referral-already-closed", **closing)


def miscounted_before_the_note(story: Story) -> None:
    """One piece was overlooked in the box; with the right number the gate is open."""
    claim = story.claim(quantity=2)
    story.wait()
    story.judge(claim)
    tag = story.tag(claim, 2)
    fields = {"tag": tag, "counted": 2, "reason": "箱底漏点一件"}
    story.do("engineer1", "correct_count", refused="nothing-recorded-yet", **fields)
    story.do("engineer2", "count_parts", tag=tag, counted=1)
    same = fields | {"counted": 1}
    story.do("engineer1", "correct_count", refused="nothing-to-correct", **same)
    story.do("engineer1", "correct_count", **fields)
    story.do("engineer2", "inspect_part", tag=tag, finding="part_defect")
    story.they("confirm_part", tag=tag, answer="agreed")
    story.charge(claim)


def finding_corrected(story: Story) -> None:
    """A second look finds a defect of the part where the first one found none."""
    claim = story.claim()
    story.wait()
    story.judge(claim)
    tag = story.part(claim, finding="no_fault_found")
    story.wait()
    fields = {"tag": tag, "finding": "part_defect", "reason": "台架复测再现故障"}
    story.do("engineer1", "correct_finding", **fields)
    story.charge(claim)


def wrongly_booked(story: Story) -> None:
    """A payable loses a digit after most was paid, is put right, and the bank sends it back.

    It is the supplier's first payment, so that its number is known.
    """
    account = {"supplier": story.supplier}
    story.do("cashier", "pay_supplier", amount="40000.00", **account)
    story.wait()
    payable = {"document": "RK-2606-01", "reason": "按入库单更正", **account}
    story.do(
        "cashier", "correct_payable", amount="3000.00", refused="own-record-corrected", **payable
    )
    story.do("cashier2", "correct_payable", amount="3000.00", **payable)
    story.do("cashier", "pay_supplier", amount="1.00", refused="more-than-payable", **account)
    story.wait()
    story.do("cashier", "correct_payable", amount="30000.00", **payable)
    closing = {"referral": f"account:{story.supplier}", "reason": "少录一位，已更正"}
    story.do("checker", "close_referral", **closing)
    payment = {"payment": 1, "amount": "0.00", "reason": "银行退票", **account}
    story.do("cashier", "correct_payment", refused="own-record-corrected", **payment)
    story.do("cashier2", "correct_payment", **payment)


def paid_less(story: Story) -> None:
    """The bank's slip says less than was entered; what was never paid has no number."""
    account = {"supplier": story.supplier}
    story.do("cashier", "pay_supplier", amount="8600.00", **account)
    story.wait()
    fields = {"payment": 1, "amount": "6800.00", "reason": "与银行回单不符"} | account
    unknown, too_much = {"payment": 9}, {"amount": "9000000.00"}
    story.do("cashier2", "correct_payment", refused="no-such-payment", **fields | unknown)
    story.do("cashier2", "correct_payment", refused="more-than-payable", **fields | too_much)
    story.do("cashier2", "correct_payment", **fields)
    document = {"document": "RK-0000-00", "amount": "1.00", "reason": "单据号有误"} | account
    story.do("cashier2", "correct_payable", refused="no-such-payable", **document)
