"""Does the engine let the policies react to every event exactly once, whatever happens?"""

from datetime import date, timedelta

import pytest

from recourse.aggregates.day import Days
from recourse.commands.answers import LapseAppeal
from recourse.commands.drafts import IssueChargeback
from recourse.policies import POLICIES, Policy, PolicyBroke
from recourse.values.parties import Text
from support.engine import fresh, nine
from support.story import LAST_DAY, do, play

TODAY = date(2026, 7, 9)  # the day after the last day to appeal


@pytest.fixture
def site():
    """A note was received and nobody answered up to the last day."""
    site = play(fresh(), until="record_receipt")
    site.begin(LAST_DAY)
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


def only(reaction):
    return (Policy(Text("每天。", "Whenever a day begins."), (Days.Began,), reaction),)


def begun(site, day=TODAY):
    days = site.engine.stream(f"day:{day:%Y-%m}")
    (found,) = [fact for fact in days if fact.event.day == day]
    return found


def test_silence_lapses_on_the_day_after_the_last_one(site):
    before = answer(site)

    site.begin(TODAY)

    assert (before, answer(site)) == ("none", "lapsed")


def test_a_policy_that_breaks_records_nothing_and_no_day_begins(site):
    site.engine.policies = only(breaks)
    before = state(site)

    with pytest.raises(PolicyBroke, match="the policy breaks"):
        site.begin(TODAY)

    assert state(site) == before


def test_what_broke_is_tried_again(site):
    site.engine.policies = only(breaks)
    with pytest.raises(PolicyBroke):
        site.begin(TODAY)

    site.engine.policies = POLICIES
    site.begin(TODAY)

    assert answer(site) == "lapsed"


def test_a_reaction_that_is_refused_becomes_a_referral(site):
    site.engine.policies = only(asks_too_much)

    site.begin(TODAY)
    site.begin(TODAY + timedelta(days=1))

    referrals = site.figures("referrals", None, TODAY)
    assert referrals == {"open": 2, "about": ["N1", "N1"]}


def test_a_referral_says_what_was_asked_why_it_was_refused_and_by_which_event(site):
    site.engine.policies = only(asks_too_much)

    site.begin(TODAY)

    position = next(
        fact.position
        for facts in site.engine.batches()
        for fact in facts
        if fact.id == begun(site).id
    )
    (raised,) = site.engine.stream(f"referral:asks_too_much/{position}/0")
    said = raised.event
    assert (said.about, said.asked, said.code) == ("N1", "issue_chargeback", "not-your-role")
    assert (said.actor, said.caused_by) == ("engine", begun(site).id)


def test_a_reaction_names_the_event_that_caused_it_and_has_its_day(site):
    site.begin(TODAY)

    lapse = site.engine.stream("chargeback:N1")[-1].event
    said = (lapse.actor, lapse.caused_by, lapse.effective_on)
    assert said == ("engine", begun(site).id, TODAY)


def test_running_the_policies_again_changes_nothing(site):
    site.begin(TODAY)
    before = state(site)

    site.engine.follow_up(nine(TODAY))
    site.begin(TODAY)

    assert state(site) == before


def test_the_policies_have_seen_everything_that_they_caused(site):
    site.begin(TODAY)

    recorded, seen = state(site)
    assert recorded == seen


def test_after_weeks_of_silence_a_deadline_lapses_on_its_own_day_recorded_when_it_was_noticed():
    site = play(fresh(), until="record_receipt")

    site.begin(date(2026, 8, 1))

    lapse = site.engine.stream("chargeback:N1")[-1].event
    assert (lapse.TOPIC, lapse.caused_by) == ("chargeback.appeal_lapsed", begun(site).id)
    assert (lapse.effective_on, lapse.recorded_at) == (TODAY, nine(date(2026, 8, 1)))


def test_forty_days_of_silence_then_one_run_equal_forty_single_days():
    once = play(fresh(), until="record_receipt")
    daily = play(fresh(), until="record_receipt")

    once.begin(TODAY + timedelta(days=40))
    for number in range(41):
        daily.begin(TODAY + timedelta(days=number))

    assert digests(once) == digests(daily)


def digests(site):
    return {each.name: each.live_sha256 for each in site.engine.compare()}


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
