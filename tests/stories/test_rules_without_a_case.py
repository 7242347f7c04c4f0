"""Do the rules hold that no case of the built-in book is about?"""

from support.engine import fresh
from support.story import DRAFT, FIRST, FOR_A_REASON, NOTE, SECOND, do, play, refused


def drafted_with_parts(*, counted):
    """A draft for C1, whose single old part is counted and inspected, or did not come."""
    site = play(fresh(), "receive_claim", receive_claim={"quantity": 1})
    for act in ("confirm_information", "confirm_cost"):
        do(site, FIRST, "engineer", act, claim="C1")
    do(site, FIRST, "engineer", "attribute_claim", claim="C1", shares={"supplier:S1": "1.00"})
    if counted:
        do(site, FIRST, "engineer", "receive_part", tag="T1", claim="C1", listed=1)
        do(site, FIRST, "engineer", "count_parts", tag="T1", counted=1)
        do(site, FIRST, "engineer", "inspect_part", tag="T1", finding="part_defect")
    do(site, SECOND, "engineer", "draft_chargeback", **DRAFT)
    return site


def test_a_claim_whose_parts_never_came_is_not_charged():
    site = drafted_with_parts(counted=False)

    assert refused(site, SECOND, "boss", "approve_chargeback", **NOTE) == ("gates-shut", ("ZA41",))
    missing = site.figures("claim", "C1", SECOND)["gates_missing"]
    assert missing == ["counted", "inspected", "supplier_answer"]


def test_a_supplier_that_does_not_answer_for_its_part_is_waived_or_keeps_the_gate_shut():
    site = drafted_with_parts(counted=True)
    assert refused(site, SECOND, "boss", "approve_chargeback", **NOTE)[0] == "gates-shut"

    waived = {"claim": "C1", "gate": "supplier_answer", **FOR_A_REASON}
    do(site, SECOND, "boss", "waive_gate", **waived)

    do(site, SECOND, "boss", "approve_chargeback", **NOTE)
    assert site.figures("chargeback", "N1", SECOND)["stage"] == "approved"
