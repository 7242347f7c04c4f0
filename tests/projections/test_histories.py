"""Is the history of a claim complete: who, when, under which clause, before and after?"""

import json
from datetime import date
from pathlib import Path

import pytest

from recourse.projections.histories import claim_history
from recourse.rulebook.book import built_in
from support.clearing import OVERDUE, charge_parts, dispose, overdue
from support.engine import fresh
from support.story import do, play

GOLDEN = Path(__file__).parent / "golden" / "history.json"
DAY = date(2026, 7, 21)
S1 = "supplier:S1"
REDUCED = {"C1/material": {"reduced_to": "250.00"}}
KEPT = ("recorded_at", "effective_on", "actor", "event", "clauses", "before", "after")


def history(site, name="C1"):
    engine = site.engine
    return claim_history(engine.stream, engine.store.held, engine.book, name)


def changes(row):
    return {key: (row["before"][key], row["after"][key]) for key in row["after"]}


def test_a_claim_is_told_from_its_receipt_to_the_decided_appeal(decided):
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))

    assert [{key: row[key] for key in KEPT} for row in history(decided)] == golden


def test_the_rows_are_in_the_order_of_the_log(decided):
    positions = [row["position"] for row in history(decided)]

    assert positions == sorted(set(positions))


def test_every_row_names_the_rulebook_in_force(decided):
    assert {row["rulebook"] for row in history(decided)} == {built_in().edition}


def test_every_row_is_told_in_both_languages(decided):
    (received, *_) = history(decided)

    assert received["zh"].startswith("接收索赔：车辆或总成 U1 于 2026-06-20 维修（零公里）")
    assert received["en"].startswith("claim received: unit U1 repaired on 2026-06-20 (zero-km)")


def test_before_and_after_name_only_what_changed(decided):
    for row in history(decided):
        assert row["before"].keys() == row["after"].keys()
        assert all(row["before"][key] != row["after"][key] for key in row["after"])


def test_what_is_after_an_event_is_before_the_next_one(decided):
    known = {}
    for row in history(decided):
        thing = row["event"].partition("@")[0]
        seen = known.setdefault(thing, {})
        assert row["before"] == {key: seen.get(key) for key in row["before"]}
        seen |= row["after"]


def test_the_parts_of_a_claim_belong_to_its_history():
    site = play(fresh(), until="attribute_claim", receive_claim={"quantity": 1})
    do(site, DAY, "engineer", "receive_part", tag="T1", claim="C1", listed=2)
    do(site, DAY, "engineer", "count_parts", tag="T1", counted=1)
    do(site, DAY, "engineer", "count_parts", tag="T1", counted=2)

    recount = history(site)[-1]

    assert (recount["event"], changes(recount)) == (
        "returned_part:T1@3 returned_part.counted",
        {"counted": (1, 2)},
    )


def test_the_way_of_a_part_and_the_charge_of_its_disposal_belong_to_the_history():
    site = overdue()
    dispose(site, OVERDUE, "T1", cost={"T1": "35.50"})
    charge_parts(site, OVERDUE, "T1")

    rows = history(site)

    places = [changes(row)["place"] for row in rows if "T1@" in row["event"] and row["after"]]
    disposal = [changes(row) for row in rows if row["event"].endswith("returned_part.disposed")]
    assert places == [
        *((None, "store"), ("store", "notified"), ("notified", "overdue"), ("overdue", "disposed")),
    ]
    assert disposal == [{"place": ("overdue", "disposed"), "disposal": (None, "35.50")}]
    assert [row["event"].partition("@")[0] for row in rows][-1] == "chargeback:N2"


def test_a_reaction_of_the_engine_names_its_cause():
    site = play(fresh(), until="record_receipt")
    site.begin(date(2026, 7, 9))

    lapse = history(site)[-1]

    assert (lapse["actor"], changes(lapse)) == ("engine", {"answer": ("none", "lapsed")})
    assert lapse["caused_by"].startswith("day:2026-07@")


def test_a_note_stays_in_the_history_when_the_supplier_has_no_share_any_more():
    site = play(fresh(), until="issue_chargeback")
    do(site, DAY, "boss", "void_chargeback", chargeback="N1", reason="重开")
    do(site, DAY, "engineer", "attribute_claim", claim="C1", shares={"service": "1"})

    events = [row["event"] for row in history(site)]

    assert "chargeback:N1@4 chargeback.voided" in events


def test_money_taken_and_given_back_is_told():
    site = play(fresh({"collection.waits": False}), until="issue_chargeback")
    do(site, DAY, "cashier", "choose_collection", chargeback="N1", way="invoice")
    do(site, DAY, "cashier", "collect_chargeback", chargeback="N1", amount="500.00")
    do(site, DAY, "checker", "agree_to_void", chargeback="N1", reason="核对")
    do(site, DAY, "boss", "void_chargeback", chargeback="N1", reason="重开")

    *_, chosen, collected, agreed, voided, credited = history(site)

    assert changes(chosen) == {"way": (None, "invoice")}
    assert changes(collected) == {"collected": ("0.00", "500.00"), "open": ("2000.00", "1500.00")}
    assert changes(agreed) == {}
    assert changes(voided)["stage"] == ("issued", "void")
    assert changes(credited) == {"credited": ("0.00", "500.00")}


def test_a_cost_that_an_appeal_lowers_is_told_with_what_was_left_before():
    site = play(fresh(), until="request_arbitration", recheck_appeal={"outcomes": REDUCED})
    do(site, DAY, "deputy", "arbitrate_appeal", chargeback="N1", outcomes={"C1": "withdrawn"})

    lowered = [row for row in history(site) if row["event"].endswith("claim.cost_lowered")]
    assert [changes(row) for row in lowered] == [
        {"at_most": ({}, {"material": {S1: "250.00"}})},
        {
            "at_most": (
                {"material": {S1: "250.00"}},
                {"material": {S1: "250.00"}, "labour": {S1: "0.00"}},
            )
        },
        {
            "at_most": (
                {"material": {S1: "250.00"}, "labour": {S1: "0.00"}},
                {"material": {S1: "0.00"}, "labour": {S1: "0.00"}},
            )
        },
    ]


def test_another_claim_has_its_own_history(decided):
    assert not any("account" in row["event"] for row in history(decided))


def test_an_unknown_claim_has_no_history(decided):
    with pytest.raises(LookupError, match="there is no claim C9"):
        history(decided, "C9")
