"""Why is a last day, a hold or a refusal as it is?"""

from datetime import date

import pytest

from recourse.application import Ask, Person
from recourse.commands.drafts import ApproveChargeback
from recourse.rulebook.calendar import published_calendar
from support.engine import fresh, nine
from support.explaining import DAY, explain, sentence
from support.story import do, play

BEFORE_JUNE_2025 = date(2025, 5, 31)


def receive(site, received_on):
    do(
        site,
        received_on,
        "buyer",
        "record_receipt",
        chargeback="N1",
        received_on=received_on,
        proof="邮件",
    )
    return explain(site, "N1/deadline", received_on)


def test_a_last_day_is_told_by_both_readings(issued):
    explanation = receive(issued, date(2026, 9, 29))

    assert explanation.root.text.en == (
        "last day to appeal against N1: 2026-10-08. 5 natural days after the receipt on "
        "2026-09-29; taken: the later of both readings; by the State Council's arrangement "
        "2026-10-08, by statutory days and weekends 2026-10-05; calendar "
        f"{published_calendar().edition}"
    )
    assert explanation.root.text.zh == (
        "N1 的申诉最后一天：2026-10-08。自 2026-09-29 收到之次日起 5 个自然日；"
        "取 两种算法中较晚者：按国务院安排 2026-10-08，按法定节假日加周末 2026-10-05；日历 "
        f"{published_calendar().edition}"
    )


def test_a_last_day_cites_the_rules_of_the_period(issued):
    explanation = receive(issued, date(2026, 9, 29))

    assert (explanation.clauses, explanation.inputs) == (["Z-4.6.1a", "ZA1", "ZA2"], ["N1"])


def test_a_last_day_in_a_year_not_arranged_is_undetermined(issued):
    told = sentence(receive(issued, date(2026, 12, 28)))

    assert "last day to appeal against N1: undetermined (year not yet arranged)." in told
    assert "by the State Council's arrangement —, by statutory days" in told


def test_without_a_receipt_no_clock_has_started(issued):
    with pytest.raises(LookupError, match="its clock has not started"):
        explain(issued, "N1/deadline")


@pytest.mark.parametrize(
    ("day", "held", "told"),
    [
        (
            DAY,
            200_000,
            (
                "scope of the hold: the open amount (since 2025-06-01, "
                "国务院令第802号《保障中小企业款项支付条例》); by the whole payable it would be "
                "9000.00 yuan, not taken"
            ),
        ),
        (
            BEFORE_JUNE_2025,
            900_000,
            (
                "scope of the hold: the whole payable (since 2008-01-01, ZZBS04-04-2008); by the "
                "open amount it would be 2000.00 yuan, not taken"
            ),
        ),
    ],
)
def test_a_hold_tells_the_scope_of_the_day_and_what_the_other_would_hold(issued, day, held, told):
    explanation = explain(issued, "S1/hold", day)

    assert explanation.amount == held
    assert explanation.root.steps[-2].text.en == told


def test_a_hold_names_each_note_with_its_reason(issued):
    explanation = explain(issued, "S1/hold")

    assert explanation.root.steps[0].text.en == "chargeback N1: unanswered, 2000.00 yuan open"
    assert explanation.inputs == ["S1", "N1"]
    assert explanation.clauses == ["Z-4.6.3b", "ZA8", "ZA9", "Z-4.6.3a"]


def test_a_hold_tells_what_is_payable_and_every_correction_of_it(issued):
    corrected = {"supplier": "S1", "document": "AP-3", "amount": "9500.00", "reason": "补记"}
    do(issued, DAY, "cashier", "pay_supplier", supplier="S1", amount="1000.00")
    do(issued, DAY, "cashier2", "correct_payable", **corrected)

    step = explain(issued, "S1/hold").root.steps[-1]

    assert step.text.en == "payable 8500.00 yuan: recorded 9500.00, paid 1000.00, deducted 0.00"
    assert step.text.zh == "应付 8500.00 元：登记 9500.00 元，已付 1000.00 元，已扣 0.00 元"
    assert step.steps[-1].text.en == (
        "2026-07-21, cashier2: S1: the payable of document AP-3 is corrected from 9000.00 yuan "
        "to 9500.00 yuan (account:S1@1)"
    )


def test_a_supplier_is_explained_by_its_hold(issued):
    assert explain(issued, "S1").root == explain(issued, "S1/hold").root


def ask_to_approve(site, person, command_id):
    ask = Ask(
        ApproveChargeback(chargeback="N1"),
        Person(person, frozenset({"quality_manager"})),
        nine(DAY),
        command_id,
    )
    (answer,) = site.engine.perform([ask])
    return answer


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_is_explained_by_the_id_of_the_command(language):
    site = play(fresh(), until="draft_chargeback")
    said = ask_to_approve(site, "engineer", "ask-1").refusal.tell(language)

    explanation = explain(site, "ask-1")

    told = sentence(explanation, language)
    assert all(said[part] in told for part in ("what", "why", "remedy"))
    assert (explanation.clauses, explanation.inputs) == (["ZA33"], ["N1"])


def test_a_refusal_tells_who_asked_and_when_and_that_nothing_was_recorded():
    site = play(fresh(), until="draft_chargeback")
    ask_to_approve(site, "engineer", "ask-1")

    (step,) = explain(site, "ask-1").root.steps

    assert step.text.en == (
        "asked by engineer at 2026-07-21T01:00:00+00:00; nothing was recorded of it"
    )


def test_a_command_that_was_not_refused_has_no_refusal_to_explain():
    site = play(fresh(), until="draft_chargeback")
    ask_to_approve(site, "boss", "ask-1")

    with pytest.raises(LookupError, match="this was not refused"):
        explain(site, "ask-1")


def test_a_referral_is_explained_by_the_name_in_the_worklist(issued):
    corrected = {"supplier": "S1", "document": "AP-3", "amount": "1.00", "reason": "录错"}
    do(issued, DAY, "cashier", "pay_supplier", supplier="S1", amount="2.00")
    do(issued, DAY, "cashier2", "correct_payable", **corrected)
    waits = explain(issued, "account:S1")
    do(issued, DAY, "checker", "close_referral", referral="account:S1", reason="已处理")
    closed = explain(issued, "account:S1")

    assert sentence(waits).startswith(
        "referral account:S1 (open): S1, after a correction less is payable"
    )
    assert sentence(closed, "zh").startswith("转人工 account:S1（已了结）：S1，更正之后")
    assert waits.inputs == ["S1", "account:S1", "account:S1@3"]
    assert [step.fact.event.actor for step in closed.root.steps] == ["engine", "checker"]


def test_a_note_that_waits_for_a_person_says_so_as_long_as_it_waits(issued):
    do(issued, DAY, "engineer", "mark_not_returned", claim="C1", reason="标识卡缺失")
    waits = explain(issued, "N1")
    do(issued, DAY, "engineer", "withdraw_not_returned", claim="C1", reason="补交")
    goes_on = explain(issued, "N1")

    assert waits.root.steps[-1].text.en.startswith("referral N1 (open)")
    assert ("ZA38" in waits.clauses, "ZA38" in goes_on.clauses) == (True, False)
