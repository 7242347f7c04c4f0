"""Does the engine let the policies react to every event exactly once, whatever happens?"""

from datetime import date

import pytest

from recourse.aggregates.day import Days
from recourse.commands.answers import LapseAppeal
from recourse.commands.drafts import IssueChargeback
from recourse.policies import POLICIES
from support.engine import fresh, nine
from support.story import do, play

TODAY = date(2026, 7, 9)  # the day after the last day to appeal


@pytest.fixture
def site():
    """A note was received and nobody answered; the day after its last day began unnoticed."""
    site = play(fresh(), until="record_receipt")
    site.engine.begin_days(nine(TODAY))
    return site


def state(site):
    return site.position(), site.engine.store.position("policies")


def answer(site):
    return site.figures("chargeback", "N1", TODAY)["answer"]


def breaks(fact, desk):
    yield LapseAppeal(chargeback="N1")
    raise RuntimeError("the policy breaks")


def asks_too_much(fact, desk):
    yield IssueChargeback(chargeback="N1")


def test_silence_lapses_when_the_policies_run(site):
    site.engine.follow_up(nine(TODAY))

    assert answer(site) == "lapsed"


def test_a_policy_that_breaks_records_nothing_and_has_seen_nothing(site, monkeypatch):
    monkeypatch.setitem(POLICIES, Days.Began, (breaks,))
    before = state(site)

    with pytest.raises(RuntimeError, match="the policy breaks"):
        site.engine.follow_up(nine(TODAY))

    assert state(site) == before


def test_what_broke_is_tried_again(site, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setitem(POLICIES, Days.Began, (breaks,))
        with pytest.raises(RuntimeError):
            site.engine.follow_up(nine(TODAY))

    site.engine.follow_up(nine(TODAY))

    assert answer(site) == "lapsed"


def test_a_reaction_that_is_refused_becomes_a_referral(site, monkeypatch):
    monkeypatch.setitem(POLICIES, Days.Began, (asks_too_much,))
    site.engine.begin_days(nine(date(2026, 7, 4)))

    site.engine.follow_up(nine(TODAY))

    days_that_began = 6
    referrals = site.figures("referrals", None, TODAY)
    assert referrals == {"open": days_that_began, "about": ["N1"] * days_that_began}


def test_a_referral_says_what_was_asked_why_it_was_refused_and_by_which_event(site, monkeypatch):
    monkeypatch.setitem(POLICIES, Days.Began, (asks_too_much,))
    (began,) = [fact for fact in site.engine.stream("day:plant") if fact.event.day == TODAY]

    site.engine.follow_up(nine(TODAY))

    (raised,) = site.engine.stream(f"referral:asks_too_much/{began.id}/0")
    said = raised.event
    assert (said.about, said.asked, said.code) == ("N1", "issue_chargeback", "not-your-role")
    assert (said.actor, said.caused_by) == ("engine", began.id)


def test_a_reaction_names_the_event_that_caused_it(site):
    site.engine.follow_up(nine(TODAY))

    lapse = site.engine.stream("chargeback:N1")[-1].event
    (began,) = [fact for fact in site.engine.stream("day:plant") if fact.event.day == TODAY]
    assert (lapse.actor, lapse.caused_by, lapse.effective_on) == ("engine", began.id, TODAY)


def test_running_the_policies_again_changes_nothing(site):
    site.engine.follow_up(nine(TODAY))
    before = state(site)

    site.engine.follow_up(nine(TODAY))

    assert state(site) == before


def test_the_policies_have_seen_everything_that_they_caused(site):
    site.engine.follow_up(nine(TODAY))

    recorded, seen = state(site)
    assert recorded == seen


def test_days_that_were_missed_lapse_what_they_should_have():
    site = play(fresh(), until="record_receipt")

    site.begin(date(2026, 8, 1))

    lapse = site.engine.stream("chargeback:N1")[-1].event
    (began,) = [fact for fact in site.engine.stream("day:plant") if fact.event.day == TODAY]
    assert (lapse.TOPIC, lapse.caused_by) == ("chargeback.appeal_lapsed", began.id)


def test_a_note_that_charges_more_than_is_borne_now_waits_for_a_person_until_it_is_void():
    site = play(fresh(), until="issue_chargeback")
    do(site, TODAY, "engineer", "confirm_cost", claim="C1", accepted={"labour": "299.99"})
    opened = site.figures("referrals", None, TODAY)

    do(site, TODAY, "boss", "void_chargeback", chargeback="N1", reason="重开")

    closed = site.figures("referrals", None, TODAY)
    assert (opened, closed) == ({"open": 1, "about": ["N1"]}, {"open": 0, "about": []})


def test_an_invalid_service_waits_for_a_person_until_it_is_withdrawn():
    site = play(fresh(), until="issue_chargeback")
    do(site, TODAY, "engineer", "mark_not_returned", claim="C1", reason="未返回")
    opened = site.figures("referrals", None, TODAY)["open"]

    do(site, TODAY, "engineer", "withdraw_not_returned", claim="C1", reason="已返回")

    assert (opened, site.figures("referrals", None, TODAY)["open"]) == (1, 0)


def test_silence_about_a_referred_note_is_never_deemed_acceptance():
    site = fresh({"appeal.silence": "deemed_accepted"})
    play(site, until="record_receipt")
    do(
        site,
        TODAY.replace(day=3),
        "buyer",
        "acknowledge_rulebook",
        supplier="S1",
        clauses=["Z-4.6.1"],
    )
    do(site, TODAY.replace(day=3), "engineer", "mark_not_returned", claim="C1", reason="未返回")

    site.begin(TODAY)

    assert answer(site) == "lapsed"


@pytest.mark.parametrize(("clauses", "said"), [(["Z-4.6.1"], "deemed"), (["Z-4.6.3"], "lapsed")])
def test_silence_is_acceptance_only_where_the_supplier_acknowledged_the_clause(clauses, said):
    site = play(fresh({"appeal.silence": "deemed_accepted"}), until="record_receipt")
    do(site, TODAY.replace(day=3), "buyer", "acknowledge_rulebook", supplier="S1", clauses=clauses)

    site.begin(TODAY)

    assert answer(site) == said
