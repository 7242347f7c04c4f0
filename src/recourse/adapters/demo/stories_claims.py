"""What happens to a claim and its old parts before anything is charged?"""

from datetime import date

from recourse.adapters.demo.parts import SPARE
from recourse.adapters.demo.story import Story

ASSEMBLY = "department:装配车间"
LOGISTICS = "department:物流部"


def amended(story: Story) -> None:
    """A newer version of the line comes, and less is accepted than claimed."""
    claim = story.claim(costs=story.costs(labour=260, material=1400))
    story.do("boss", "assign_claim", claim=claim, to="engineer1")
    story.wait()
    story.do("engineer1", "confirm_information", claim=claim)
    story.do("engineer1", "confirm_cost", claim=claim)
    story.wait()
    newer = story.costs(labour=220, material=1300)
    story.do("engineer1", "amend_claim", claim=claim, costs=newer, line_version=2)
    story.wait()
    for amount, refused in (("9000.00", "accepted-exceeds-claimed"), ("150.00", None)):
        accepted = {"labour": amount}
        story.do("engineer1", "confirm_cost", claim=claim, accepted=accepted, refused=refused)
    story.do("engineer1", "attribute_claim", claim=claim, shares={story.bearer: "1"})
    story.part(claim)
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)


def not_accepted_at_all(story: Story) -> None:
    """Travel nobody approved is not accepted; the rest is."""
    claim = story.claim(costs=story.costs(labour=240, material=800, travel=320))
    story.wait()
    story.judge(claim, accepted={"travel": "0.00"})
    story.wait()
    story.part(claim)
    story.charge(claim)


def shared_by_three(story: Story) -> None:
    """Two suppliers and the assembly shop share; some fen are left over."""
    claim = story.claim(costs={"labour": "200.01", "material": "1333.33"})
    shares = {story.bearer: "0.5", f"supplier:{story.other}": "0.3"}
    story.wait()
    story.do("engineer1", "attribute_claim", claim=claim, shares=shares, refused="shares-not-one")
    story.judge(claim, shares | {ASSEMBLY: "0.2"})
    story.wait()
    story.part(claim)
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)


def shared_with_service(story: Story) -> None:
    """The service side bears a part, and what nobody is held responsible for is undetermined."""
    claim = story.ready({story.bearer: "0.7", "service": "0.3"})
    second = story.claim()
    story.judge(second, {story.bearer: "0.6", "undetermined": "0.4"})
    story.part(second)
    third = story.claim()
    story.judge(third, {story.bearer: "0.8", "company": "0.2"})
    story.part(third)
    note = story.draft([claim, second, third])
    story.do(
        "engineer1",
        "attribute_claim",
        claim=second,
        shares={story.bearer: "1"},
        reason="供方已承认全部责任",
        refused="claim-on-a-live-note",
    )
    story.wait()
    story.issue(note)


def nothing_replaced(story: Story) -> None:
    """A repair without a new part: nothing to return, count or inspect."""
    claim = story.ready(quantity=0, costs=story.costs(labour=320, material=0, travel=180))
    note = story.charge(claim)
    story.they("confirm_chargeback", chargeback=note)


def miscounted(story: Story) -> None:
    """Fewer came than listed, and more: a recount settles the one, a waiver the other."""
    short, over = story.claim(quantity=3), story.claim(quantity=2)
    story.wait()
    story.judge(short)
    story.judge(over)
    story.wait()
    tag = story.part(short, listed=3, counted=2)
    story.part(over, listed=2, counted=3)
    note = story.draft([short, over])
    story.wait()
    story.do("boss", "approve_chargeback", chargeback=note, refused="gates-shut")
    story.do("engineer2", "count_parts", tag=tag, counted=3)
    story.do("boss", "waive_gate", claim=over, gate="counted", reason="多出一件为他单旧件")
    story.issue(note)


def findings(story: Story) -> None:
    """Every finding but a defect of the part, each with its own bearer."""
    for finding, bearer in (
        ("assembly_defect", ASSEMBLY),
        ("misuse", "service"),
        ("transport_damage", LOGISTICS),
        ("no_fault_found", "undetermined"),
        ("undetermined", "undetermined"),
    ):
        claim = story.claim()
        story.wait()
        story.judge(claim, {bearer: "1"})
        story.part(claim, finding=finding, answer="refused")


def finding_waived(story: Story) -> None:
    """The finding is open, the supplier agreed nevertheless: the manager waives the gate."""
    claim = story.claim()
    story.wait()
    story.judge(claim)
    story.wait()
    tag = story.part(claim, finding="undetermined")
    story.do(
        "engineer2", "inspect_part", tag=tag, finding="misuse", refused="part-already-inspected"
    )
    for refused in (None, "gate-not-missing"):
        story.do(
            "boss",
            "waive_gate",
            claim=claim,
            gate="finding",
            reason="供方已书面同意承担",
            refused=refused,
        )
    story.charge(claim)


def parts_waived(story: Story) -> None:
    """The old part was lost on the way and nobody doubts it: three gates are waived."""
    claim = story.claim()
    story.wait()
    story.judge(claim)
    story.wait()
    for gate in ("counted", "inspected", "supplier_answer"):
        story.do("boss", "waive_gate", claim=claim, gate=gate, reason="旧件在途遗失已有证明")
    story.charge(claim)


def confirmed_online(story: Story) -> None:
    """The online confirmation follows the count."""
    claim = story.claim()
    story.wait()
    story.judge(claim)
    tag = story.tag(claim)
    story.do("engineer2", "confirm_part_online", tag=tag, refused="part-not-counted")
    story.do("engineer2", "count_parts", tag=tag, counted=1)
    story.do("engineer2", "confirm_part_online", tag=tag)
    story.do("engineer2", "inspect_part", tag=tag, finding="part_defect")
    answer = {"tag": tag, "answer": "agreed"}
    story.do(story.other.lower(), "confirm_part", refused="not-yours", **answer)
    story.they("confirm_part", **answer)
    story.charge(claim)


def not_returned(story: Story) -> None:
    """Found not returned as prescribed; the part arrives after all, that of another does not."""
    claim, lost = story.claim(), story.claim()
    story.wait()
    for name in (claim, lost):
        story.judge(name)
        story.do("engineer1", "mark_not_returned", claim=name, reason="逾期未见旧件")
    story.wait(2)
    story.do("engineer1", "withdraw_not_returned", claim=claim, reason="旧件已补到")
    story.part(claim)
    story.charge(claim)


def by_two_makers(story: Story) -> None:
    """A part that changed its maker: the day the unit was built tells who is shown the part."""
    for maker, built_on in (("S06", date(2026, 3, 12)), ("S01", date(2026, 5, 6))):
        told = story.plant.story(maker, story.day)
        part, repaired_on = SPARE["part"], date(2026, 5, 28)
        told.charge(told.ready(part=part, built_on=built_on, repaired_on=repaired_on, sold_on=None))
