"""Does a claim that looks wrong on arrival go back once, unless somebody returned it already?"""

from datetime import date

import pytest

from recourse.aggregates.base import Fact
from recourse.aggregates.claim import Claim
from recourse.application import Ask, Person
from recourse.commands import PUBLIC
from recourse.commands.disputes import ReturnDoubtfulClaim
from recourse.policies.disputes import return_doubtful_claims
from recourse.values.refusal import Refused
from support.engine import fresh, nine
from support.examples import happened, objected, received, verified
from support.story import PEOPLE, do
from support.tiny_log import desk

DAY, NEXT_DAY = date(2026, 3, 20), date(2026, 3, 21)
DOUBTFUL = received(doubts=("duplicate",))
AGREED = (objected(), verified(), happened(Claim.ConsultationAccepted))
WITHDRAWN = (objected(), happened(Claim.Withdrawn))


def asked(*history):
    """What is asked for after the first of `history`, with all of it in the log."""
    fact = Fact("claim:C1", 1, history[0])
    return list(return_doubtful_claims(fact, desk({"claim:C1": history})))


def test_a_doubtful_claim_is_returned():
    assert asked(DOUBTFUL) == [ReturnDoubtfulClaim(claim="C1")]


def test_a_claim_without_doubts_is_not_returned():
    assert asked(received(unchecked=("mileage_backwards",))) == []


@pytest.mark.parametrize(
    "history",
    [(objected(),), (objected(), verified()), AGREED, WITHDRAWN],
    ids=["returned", "verified", "agreed on", "withdrawn"],
)
def test_a_doubtful_claim_that_somebody_returned_already_is_left_to_its_dispute(history):
    assert asked(DOUBTFUL, *history) == []


# On the engine


def line(claim, **other):
    """A repair of one unit as the network charges it."""
    fields = {
        "claim": claim,
        "unit": "U1",
        "part": "P1",
        "stage": "after_sale",
        "repaired_on": date(2026, 3, 1),
        "costs": {"labour": "50.00"},
        "quantity": 0,
    }
    return fields | other


def ask(person, act, **fields):
    name = f"{act} {fields['claim']} {person}"
    by = Person(person, frozenset(PEOPLE[person]))
    return Ask(PUBLIC[act].model_validate(fields), by, nine(DAY), name)


def perform(site, *asks):
    assert not [answer.refusal for answer in site.engine.perform(asks) if answer.refusal]


def events(site, claim="C2"):
    return [fact.event for fact in site.engine.stream(f"claim:{claim}")]


def shown(site, claim, *names):
    figures = site.figures("claim", claim, DAY)
    return [figures[name] for name in names]


def receive(**fields):
    return ask("engineer", "receive_claim", **fields)


@pytest.fixture
def site():
    return fresh()


def test_the_return_names_the_doubts_the_arrival_that_caused_it_and_its_rules(site):
    perform(site, receive(**line("C1")), receive(**line("C2")))

    arrival, returned = events(site)
    assert (arrival.TOPIC, returned.TOPIC) == ("claim.received", "claim.objected")
    assert (returned.aspect, returned.doubts) == ("information", ("duplicate",))
    assert (returned.actor, returned.caused_by, returned.effective_on) == (
        "engine",
        "claim:C2@1",
        DAY,
    )
    assert returned.clauses == ("Z-4.4.3a", "ZA20", "ZA21")


def test_a_claim_is_returned_once_however_often_the_engine_looks(site):
    perform(site, receive(**line("C1")), receive(**line("C2")))

    site.begin(NEXT_DAY)
    site.engine.follow_up(nine(NEXT_DAY))

    assert len(events(site)) == 2
    assert site.figures("referrals", None, NEXT_DAY)["open"] == 0


def test_the_rows_of_one_batch_are_held_against_each_other_in_their_order(site):
    further = line("C1", mileage_km=12_000)
    back = line("C2", mileage_km=9_000, repaired_on=date(2026, 3, 10))

    perform(site, receive(**further), receive(**back))

    assert shown(site, "C1", "doubts", "dispute") == [[], "none"]
    assert shown(site, "C2", "doubts", "dispute", "information") == [
        ["mileage_backwards"],
        "returned",
        "objected",
    ]


def test_an_earlier_repair_that_comes_later_is_held_against_the_later_one(site):
    perform(site, receive(**line("C1", mileage_km=9_000, repaired_on=date(2026, 3, 10))))

    perform(site, receive(**line("C2", mileage_km=12_000)))

    assert shown(site, "C2", "doubts") == [["mileage_backwards"]]


def test_claims_of_other_units_are_not_looked_at(site):
    perform(
        site,
        receive(**line("C1", unit="U")),
        receive(**line("C2", unit="U1")),
        receive(**line("C3", unit="U1-claim")),
    )

    assert [shown(site, claim, "doubts") for claim in ("C1", "C2", "C3")] == [[[]]] * 3


def test_a_claim_returned_and_settled_in_the_batch_of_its_arrival_is_not_returned_again(site):
    perform(
        site,
        receive(**line("C1")),
        receive(**line("C2")),
        ask("engineer", "object_to_claim", claim="C2", aspect="cost", reason="重复"),
        ask("centre", "verify_again", claim="C2", result="withdrawn"),
    )

    assert [event.TOPIC for event in events(site)] == [
        "claim.received",
        "claim.objected",
        "claim.withdrawn",
    ]
    assert site.figures("referrals", None, DAY)["open"] == 0


def test_what_was_confirmed_in_the_batch_of_its_arrival_is_returned_and_stays_accepted(site):
    perform(
        site,
        receive(**line("C1")),
        receive(**line("C2")),
        ask("engineer", "confirm_information", claim="C2"),
        ask("engineer", "confirm_cost", claim="C2"),
    )

    assert shown(site, "C2", "dispute", "information", "accepted") == [
        "returned",
        "objected",
        "50.00",
    ]


def test_whoever_received_the_doubtful_claim_may_record_the_ruling_for_the_engine_objected(site):
    perform(site, receive(**line("C1")), receive(**line("C2")))
    do(site, DAY, "centre", "verify_again", claim="C2", result="stands")
    do(site, DAY, "engineer", "consult_on_claim", claim="C2", result="unresolved")
    do(site, DAY, "centre", "refer_to_group", claim="C2")

    said = {"ruling": "stands", "reference": "G-1", "ruled_on": DAY}
    do(site, DAY, "engineer", "record_group_ruling", claim="C2", **said)

    assert shown(site, "C2", "dispute", "accepted") == ["ruled", "50.00"]


# What was agreed for the part


@pytest.fixture
def agreed(site):
    do(
        site,
        DAY,
        "buyer",
        "register_supplier",
        supplier="S1",
        name="甲供方",
        disposal="takes_back",
    )
    do(site, DAY, "buyer", "register_part", part="P1", name="油封", supplier="S1")
    january = {"part": "P1", "since": date(2026, 1, 1)}
    do(site, DAY, "boss", "agree_standard", **january, costs={"labour": "49.99"})
    do(site, DAY, "boss", "agree_terms", **january, months=12, mileage_km=60_000)
    return site


def test_a_cost_above_the_standard_is_a_doubt_and_the_standard_is_kept_with_the_claim(agreed):
    perform(agreed, receive(**line("C2")))

    assert shown(agreed, "C2", "doubts", "dispute") == [["cost_above_standard"], "returned"]
    assert events(agreed)[0].applied == {"standard": "part:P1@2"}


def test_terms_of_the_day_of_sale_are_applied_and_kept_with_the_claim(agreed):
    sold = {"sold_on": date(2026, 1, 1), "mileage_km": 60_001, "costs": {"labour": "49.99"}}

    perform(agreed, receive(**line("C2", **sold)))

    assert shown(agreed, "C2", "doubts") == [["outside_terms"]]
    assert events(agreed)[0].applied == {"standard": "part:P1@2", "terms": "part:P1@3"}


def test_terms_that_began_after_the_sale_are_not_applied(agreed):
    sold = {"sold_on": date(2025, 12, 31), "mileage_km": 99_999, "costs": {"labour": "49.99"}}

    perform(agreed, receive(**line("C2", **sold)))

    assert shown(agreed, "C2", "doubts", "unchecked") == [
        [],
        ["repaired_before_built", "outside_terms"],
    ]


def test_what_is_agreed_after_the_arrival_does_not_reach_back(agreed):
    perform(agreed, receive(**line("C2", costs={"labour": "49.99"})))

    do(
        agreed,
        NEXT_DAY,
        "boss",
        "agree_standard",
        part="P1",
        since=date(2026, 1, 1),
        costs={"labour": "1.00"},
    )

    assert shown(agreed, "C2", "doubts", "dispute") == [[], "none"]


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("agree_standard", {"costs": {"labour": "1.00"}}),
        ("agree_terms", {"months": 1}),
    ],
)
def test_nothing_is_agreed_for_a_part_that_nobody_registered(site, act, fields):
    with pytest.raises(Refused) as no:
        do(site, DAY, "boss", act, part="P9", since=DAY, **fields)

    assert no.value.code == "not-found"


def test_a_claim_with_a_day_of_repair_at_the_end_of_time_is_refused_like_any_other(agreed):
    end = {"repaired_on": date(9999, 12, 31), "sold_on": date(9999, 12, 1)}

    (answer,) = agreed.engine.perform([receive(**line("C2", **end))])

    assert answer.refusal.code == "repair-in-the-future"
