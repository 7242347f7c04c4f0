"""Is nothing left of what a handler had changed before it refused?"""

import pytest

from application.asks import (
    BOSS,
    BUYER,
    CASHIER,
    COLLEAGUE,
    MONDAY,
    ask,
    draft,
    length,
    refusal,
    shared_claim,
)
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.application import Person
from support.engine import fresh


def appealed(note, supplier):
    """All that is asked until the supplier has appealed against its note for C1."""
    own = {"chargeback": note}
    answering = Person(supplier, frozenset({f"supplier:{supplier}"}))
    return [
        draft(f"{note}a", note, supplier),
        ask(f"{note}b", BOSS, "approve_chargeback", **own),
        ask(f"{note}c", CASHIER, "issue_chargeback", **own),
        ask(f"{note}d", BUYER, "record_receipt", **own, received_on=MONDAY, proof="签收"),
        ask(f"{note}e", answering, "appeal_chargeback", **own, lines=("C1",), reason="异议"),
    ]


def recheck(command_id, note, outcomes, **moves):
    said = {"chargeback": note, "outcomes": outcomes}
    return ask(command_id, COLLEAGUE, "recheck_appeal", **said, **moves)


@pytest.fixture
def disputed():
    """S1 and S2 appealed; S2 was released from the material, so that it cannot move there."""
    engine = fresh().engine
    asked = [*shared_claim(), *appealed("N1", "S1"), *appealed("N2", "S2")]
    answers = engine.execute_many([*asked, recheck("N2f", "N2", {"C1/material": "withdrawn"})])
    assert not [answer.refusal for answer in answers if answer.refusal]
    return engine


def too_much(command_id):
    """Asks to move labour to S2, which is done first, and material too, which is refused."""
    return recheck(command_id, "N1", {"C1": "withdrawn"}, moves_to="supplier:S2")


def only_labour(command_id):
    return recheck(command_id, "N1", {"C1/labour": "withdrawn"}, moves_to="supplier:S2")


def test_a_refusal_half_way_leaves_every_aggregate_as_it_was(disputed):
    before = length(disputed)

    refused = refusal(disputed, too_much("K1"))

    assert (refused.code, length(disputed)) == ("moved-to-a-released-supplier", before)


@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in one batch"])
def test_what_was_refused_half_way_can_be_asked_rightly_afterwards(disputed, together):
    before = length(disputed)
    batch = [too_much("K1"), only_labour("K2")]

    if together:
        answers = disputed.execute_many(batch)
    else:
        answers = [disputed.execute_many([asked])[0] for asked in batch]

    recorded = [fact.event for fact in disputed.facts(before, 100)]
    assert [bool(answer.refusal) for answer in answers] == [True, False]
    assert [type(event) for event in recorded] == [
        Chargeback.Rechecked,
        Claim.CostLowered,
        Claim.Divided,
    ]
    assert recorded[-1].bearing["labour"] == {"supplier:S2": 100_00}
