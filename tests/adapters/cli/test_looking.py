"""Do the commands that look write what the interface promises?"""

import pytest

NOTE = {
    "id": "N1",
    "supplier": "S1",
    "month": "2026-03",
    "stage": "received",
    "answer": "none",
    "loss": "1130.00",
    "penalty": "600.00",
    "disposal": "0.00",
    "total": "1730.00",
    "collected": "0.00",
    "credited": "0.00",
    "open": "1730.00",
    "last_day": "2026-03-16",
    "late_appeal": False,
}


def test_the_chargebacks_are_listed_with_their_figures(month, ask):
    listed = ask("chargeback", "list")

    assert [each["id"] for each in listed] == ["N1", "N2", "N3"]
    assert listed[0] == NOTE


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--month", "2026-04"), ["N3"]),
        (("--month", "2026-03"), ["N1", "N2"]),
        (("--supplier", "S1", "--month", "2026-04"), ["N3"]),
        (("--supplier", "S2"), []),
    ],
)
def test_the_chargebacks_of_a_month_or_a_supplier_are_listed(month, ask, words, found):
    assert [each["id"] for each in ask("chargeback", "list", *words)] == found


def test_a_chargeback_is_shown_with_its_lines(month, ask):
    lines = {"C1/labour": "180.00", "C1/material": "950.00", "C1/penalty": "600.00"}

    assert ask("chargeback", "show", "N1") == NOTE | {"lines": lines}


def test_the_claims_are_listed_by_their_month_of_arrival(month, ask):
    assert [each["id"] for each in ask("claim", "list", "--month", "2026-03")] == ["C1", "C2", "C3"]
    assert ask("claim", "list", "--month", "2026-02") == []


def test_a_claim_is_shown_with_its_figures(month, ask):
    shown = ask("claim", "show", "C1")

    assert shown["claimed"] == shown["accepted"] == "1130.00"
    assert shown["bearers"] == {"supplier:S1": "1130.00"}
    assert shown["unit"] == "U1"


def test_the_history_of_a_claim_tells_who_did_what_under_which_clause(month, ask):
    history = ask("claim", "history", "C1")

    keys = ("position", "recorded_at", "effective_on", "actor", "event", "clauses")
    assert all(set(keys) | {"before", "after"} <= set(each) for each in history)
    assert [each["actor"] for each in history if "cost_confirmed" in each["event"]] == ["engineer"]


def test_a_supplier_is_shown_with_its_account(month, ask):
    account = ask("--recorded-at", "2026-03-10", "supplier", "show", "S1")

    assert account["name"] == "甲供方"
    assert account["payable"] == "5000.00"
    assert account["held_for"] == {"N1": "unanswered"}
    payable = {"document": "AP-1", "due_on": "2026-03-31", "amount": "5000.00"}
    assert (account.pop("payables"), account.pop("payments")) == ([payable], [])
    assert ask("--recorded-at", "2026-03-10", "supplier", "list") == [account]


def test_the_ledger_of_a_supplier_balances_its_entries(month, ask):
    ledger = ask("ledger", "S1")

    keys = {"position", "date", "account", "debit", "credit", "event", "clauses"}
    assert all(keys <= set(entry) for entry in ledger["entries"])
    assert ledger["balances"]["receivable:S1:pending"] == "1730.00"
    assert ask("ledger", "S1", "--month", "2026-01")["entries"] == []


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("C1", "1130.00"),
        ("N1", "1730.00"),
        ("N1/C1/labour", "180.00"),
        ("C1/labour", "180.00"),
        ("N1/deadline", None),
        ("S1/hold", "1730.00"),
    ],
)
def test_anything_with_a_name_is_explained(month, ask, name, amount):
    explained = ask("--recorded-at", "2026-03-10", "explain", name)

    assert {"amount", "clauses", "inputs", "steps"} <= set(explained)
    if amount:
        assert explained["amount"] == amount
    assert explained["clauses"]


def waits(told, role):
    return [(each["waits"], each["about"]) for each in told["tasks"] if each["role"] == role]


def test_what_waits_is_listed_for_whom_since_when_until_when_and_by_which_rule(month, ask):
    told = ask("--recorded-at", "2026-03-10", "worklist")

    (answer,) = [each for each in told["tasks"] if each["role"] == "supplier:S1"]
    assert answer == {
        "role": "supplier:S1",
        "waits": "answer_note",
        "about": "N1",
        "since": "2026-03-09",
        "days": 1,
        "until": "2026-03-16",
        "rule": "Z-4.6.1a",
        "of": None,
        "why": None,
    }
    assert ("issue_note", "N2") in waits(told, "finance")
    assert ("approve_note", "N3") in waits(told, "quality_manager")


def test_a_referral_is_listed_with_the_name_by_which_a_person_closes_it(month, run, ask):
    with month.joinpath("recourse.toml").open("a", encoding="utf-8") as file:
        file.write('cashier2 = "finance"\n')
    on = ("--recorded-at", "2026-03-10")
    run(*on, "--as", "cashier", "do", "pay_supplier", "supplier=S1", "amount=10.00")
    wrong = ("supplier=S1", "document=AP-1", "amount=9.00", "reason=x")
    assert run(*on, "--as", "cashier2", "do", "correct_payable", *wrong).code == 0

    (referral,) = waits(ask(*on, "worklist"), "finance_checker")
    explained = run(*on, "explain", referral[1]).out
    listed = run(*on, "worklist", "--role", "finance_checker").out
    closing = (f"referral={referral[1]}", "reason=x")
    closed = run(*on, "--as", "checker", "do", "close_referral", *closing)

    assert referral == ("look_at_referral", "account:S1")
    for told in (explained, listed):
        assert "更正之后，应付货款低于已付和已扣的货款" in told
    assert (closed.code, waits(ask(*on, "worklist"), "finance_checker")) == (0, [])


def test_the_payments_of_a_supplier_are_numbered_so_that_one_can_be_corrected(month, run, ask):
    with month.joinpath("recourse.toml").open("a", encoding="utf-8") as file:
        file.write('cashier2 = "finance"\n')
    on = ("--recorded-at", "2026-03-10")
    for amount in ("10.00", "20.00"):
        run(*on, "--as", "cashier", "do", "pay_supplier", "supplier=S1", f"amount={amount}")
    wrong = ("supplier=S1", "payment=2", "amount=0.00", "reason=x")
    assert run(*on, "--as", "cashier2", "do", "correct_payment", *wrong).code == 0

    payments = ask(*on, "supplier", "show", "S1")["payments"]

    assert payments == [
        {"payment": 1, "paid_on": "2026-03-10", "amount": "10.00"},
        {"payment": 2, "paid_on": "2026-03-10", "amount": "0.00"},
    ]
    assert "付款序号" in run(*on, "supplier", "show", "S1").out


def test_a_late_appeal_waits_for_the_manager(month, run, ask):
    late = ("--recorded-at", "2026-03-18")
    run(*late, "--as", "seller", "do", "appeal_chargeback", "chargeback=N1", "lines=C1", "reason=x")

    told = ask(*late, "worklist")

    assert ("admit_late_appeal", "N1") in waits(told, "quality_manager")
    assert waits(told, "supplier:S1") == []


@pytest.mark.parametrize("role", ["nonsense", "supplier:", "finance:S1"])
def test_a_role_that_there_is_not_is_told(month, run, role):
    told = run("worklist", "--role", role)

    assert told.code == 2
    assert role in told.err
    assert "quality_engineer" in told.err


@pytest.mark.parametrize("role", ["supplier:S1", "supplier"])
def test_one_role_sees_what_waits_for_it_only(month, ask, role):
    told = ask("--recorded-at", "2026-03-10", "worklist", "--role", role)

    assert {each["role"] for each in told["tasks"]} == {"supplier:S1"}


def test_a_day_lets_deadlines_lapse_once(month, ask):
    first, again = ask("day", "2026-03-17"), ask("day", "2026-03-17")

    assert (first["date"], first["lapsed"]) == ("2026-03-17", ["N1"])
    assert first["events"] > 1
    assert again == {"date": "2026-03-17", "lapsed": [], "events": 0}


@pytest.mark.parametrize("words", [("rebuild",), ("rebuild", "--check")])
def test_read_models_rebuilt_are_equal_to_the_live_ones(month, ask, words):
    rebuilt = ask(*words)

    assert rebuilt["equal"]
    assert rebuilt["position"] > 20
    keys = {"name", "rows", "live_sha256", "rebuilt_sha256", "equal"}
    assert all(set(each) == keys for each in rebuilt["read_models"])


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        (("chargeback", "list"), ["N1", "1730.00", "已收到", "未结"]),
        (("chargeback", "show", "N1"), ["C1/penalty", "600.00"]),
        (("claim", "list"), ["C3", "50.00"]),
        (("claim", "show", "C1"), ["1130.00", "已确认"]),
        (("claim", "history", "C1"), ["Z-4.5.3b", "engineer"]),
        (("supplier", "list"), ["甲供方", "5000.00"]),
        (("ledger", "S1"), ["receivable:S1:pending", "1730.00", "余额"]),
        (("worklist",), ["财务", "下发索赔单", "N2", "Z-4.5.2c"]),
        (("explain", "C1/penalty"), ["600.00", "Z-4.5.3b"]),
        (("rebuild", "--check"), ["ledger", "一致"]),
    ],
)
def test_a_table_holds_the_figures(month, run, words, figures):
    table = run("--recorded-at", "2026-03-10", *words)

    assert (table.code, table.err) == (0, "")
    assert [figure for figure in figures if figure not in table.out] == []


def test_a_table_in_a_pipe_is_never_cut(month, run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")

    table = run("chargeback", "list")

    assert len(table.out.splitlines()) == 4
    assert "1730.00" in table.out


def test_the_words_of_a_table_follow_the_language(month, run):
    table = run("chargeback", "list", "--lang", "en")

    assert "last day" in table.out
    assert "received" in table.out


def test_amounts_are_strings_and_chinese_stays_chinese(month, run):
    shown = run("--format", "json", "supplier", "show", "S1").out

    assert '"payable": "5000.00"' in shown
    assert "甲供方" in shown


@pytest.mark.parametrize("words", ["chargeback list", "worklist", "explain N1", "rebuild --check"])
def test_looking_changes_nothing(month, run, words):
    before = month.joinpath("recourse.db").read_bytes()

    assert run(*words.split()).code == 0

    assert month.joinpath("recourse.db").read_bytes() == before


JOB = ("job=J1", "unit=U9", "part=P1", "reported_on=2026-03-08")
CASE = ("legal_case=LC1", "supplier=S1", "trigger=injury", "joining=财务部", "notes=N1")
ON_MONDAY = ("--recorded-at", "2026-03-09", "--as")


def test_a_zero_km_job_is_listed_with_for_whom_it_waits(month, ask):
    ask(*ON_MONDAY, "engineer", "do", "open_zero_km_job", *JOB)
    ask(*ON_MONDAY, "engineer", "do", "request_spares", "job=J1", "spares.P1=2")

    (job,) = ask("job", "list")

    shown = ("id", "unit", "state", "waits_for", "since", "requested", "issued", "cost")
    assert [job[name] for name in shown] == [
        *("J1", "U9", "requested", "manufacturing", "2026-03-09", 2, 0, "0.00")
    ]


def test_a_legal_case_is_listed_with_what_it_concerns(month, ask):
    ask(*ON_MONDAY, "boss", "do", "open_legal_case", *CASE)

    (case,) = ask("legal-case", "list")

    shown = ("id", "supplier", "triggers", "joining", "claims", "notes", "state")
    assert [case[name] for name in shown] == [
        *("LC1", "S1", ["injury"], ["财务部"], [], ["N1"], "pursued")
    ]


def test_a_field_claim_is_listed_with_since_when_it_waits(month, ask):
    people = (month / "recourse.toml").read_text(encoding="utf-8")
    (month / "recourse.toml").write_text(people + 'centre1 = "service_centre"\n', encoding="utf-8")
    said = ("field_claim=FC1", "unit=U1", "part=P1", "opinion=claim_refused", "claim=C1")
    ask(*ON_MONDAY, "centre1", "do", "propose_handling", *said, "found_on=2026-03-01")

    (field_claim,) = ask("field-claim", "list")

    shown = ("id", "claim", "opinion", "state", "waits_for", "since")
    assert [field_claim[name] for name in shown] == [
        *("FC1", "C1", "claim_refused", "proposed", "service_centre", "2026-03-09")
    ]


@pytest.mark.parametrize("noun", ["field-claim", "legal-case", "job"])
def test_where_nothing_is_listed_that_is_said(month, run, ask, noun):
    assert ask(noun, "list") == []
    assert run("--lang", "zh", noun, "list").out == "（没有）\n"
