"""Do the lists show disputes, doubts and the breakdown of a month as a person needs them?"""

import pytest

AS_ENGINEER = ("--as", "engineer", "--recorded-at", "2026-03-20")
REPAIR = (
    *("unit=U1", "part=P1", "stage=zero_km", "repaired_on=2026-02-26", "quantity=0"),
    "costs.labour=5.00",
)


@pytest.fixture
def doubtful(month, run):
    """C4 is the same repair as C1, and C3 was objected to."""
    assert run(*AS_ENGINEER, "do", "receive_claim", "claim=C4", *REPAIR).code == 0
    objection = ("claim=C3", "aspect=cost", "reason=x")
    assert run(*AS_ENGINEER, "do", "object_to_claim", *objection).code == 0
    return month


def test_the_list_of_claims_shows_disputes_and_doubts(doubtful, ask):
    listed = {each["id"]: (each["dispute"], each["doubts"]) for each in ask("claim", "list")}

    assert listed == {
        "C1": ("none", []),
        "C2": ("none", []),
        "C3": ("returned", []),
        "C4": ("returned", ["duplicate"]),
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", ("争议", "疑点", "已退回", "重复")), ("en", ("dispute", "doubts", "duplicate"))],
)
def test_the_table_of_claims_says_it_in_the_language_of_the_reader(doubtful, run, language, said):
    table = run("--lang", language, "claim", "list").out

    assert [word for word in said if word not in table] == []


def test_a_claim_shows_its_doubts_and_what_was_not_checked(doubtful, ask):
    shown = ask("claim", "show", "C4")

    assert (shown["doubts"], shown["unchecked"]) == (
        ["duplicate"],
        ["repaired_before_built", "mileage_backwards", "cost_above_standard"],
    )


def test_the_history_of_a_claim_shows_its_dispute_before_and_after(doubtful, ask):
    *_, returned = ask("claim", "history", "C4")

    assert (returned["before"]["dispute"], returned["after"]["dispute"]) == ("none", "returned")


# The month


@pytest.fixture
def sent(month, run):
    assert run(*AS_ENGINEER, "do", "send_breakdown", "month=2026-03").code == 0
    return month


def seller(run, act, *words):
    ended = run("--as", "seller", "--recorded-at", "2026-03-23", "do", act, "month=2026-03", *words)
    assert ended.code == 0


def test_a_month_shows_what_each_bearer_was_told_and_bears(sent, ask):
    assert ask("breakdown", "2026-03") == {
        "month": "2026-03",
        "sent_on": "2026-03-20",
        "accepted": "1280.00",
        "bearers": [
            {
                "bearer": "supplier:S1",
                "sent": "1280.00",
                "bears": "1280.00",
                "signed_on": None,
                "appeals": {},
            }
        ],
    }


def test_a_month_shows_who_signed_and_which_appeals_wait(sent, run, ask):
    seller(run, "sign_breakdown")
    seller(run, "appeal_breakdown", "claims=C1", "reason=x")

    (row,) = ask("breakdown", "2026-03")["bearers"]

    assert (row["signed_on"], row["appeals"]) == ("2026-03-23", {"C1": "waits"})


def test_a_month_shows_what_was_decided(sent, run, ask):
    seller(run, "appeal_breakdown", "claims=C1", "reason=x")
    decision = ("month=2026-03", "bearer=supplier:S1", "claim=C1", "outcome=kept")
    assert run("--as", "boss", "do", "decide_breakdown_appeal", *decision).code == 0

    (row,) = ask("breakdown", "2026-03")["bearers"]

    assert row["appeals"] == {"C1": "kept"}


def test_a_month_shows_who_bears_something_only_since_it_was_sent(sent, run, ask):
    confirmed = ("claim=C4", "--recorded-at", "2026-03-20")
    repair = tuple(word.replace("U1", "U9") for word in REPAIR)
    assert run(*AS_ENGINEER, "do", "receive_claim", "claim=C4", *repair).code == 0
    assert run(*AS_ENGINEER, "do", "confirm_cost", *confirmed).code == 0

    shown = {row["bearer"]: row for row in ask("breakdown", "2026-03")["bearers"]}

    told = {name: shown["undetermined"][name] for name in ("sent", "bears", "signed_on")}
    assert told == {"sent": "0.00", "bears": "5.00", "signed_on": None}


def test_a_month_that_was_not_sent_shows_who_bears_it(month, ask):
    shown = ask("breakdown", "2026-03")

    assert (shown["sent_on"], shown["bearers"][0]["bears"]) == (None, "1280.00")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("承担方", "发送金额", "现承担", "签收日期", "异议", "待裁定")),
        ("en", ("bearer", "sent", "bears", "signed on", "appeals", "waits")),
    ],
)
def test_the_table_of_a_month_is_in_the_language_of_the_reader(sent, run, language, said):
    seller(run, "appeal_breakdown", "claims=C1", "reason=x")

    table = run("--lang", language, "breakdown", "2026-03").out

    assert [word for word in said if word not in table] == []


@pytest.mark.parametrize(("month_", "code"), [("2026-04", 3), ("2026-13", 2), ("march", 2)])
def test_a_month_without_claims_is_not_found_and_what_is_no_month_is_a_mistake(
    month, run, month_, code
):
    assert run("breakdown", month_).code == code


def test_the_breakdown_of_a_month_is_explained(sent, ask):
    explained = ask("explain", "2026-03")

    assert explained["amount"] == "1280.00"
    assert {"C1", "C2", "C3"} <= set(explained["inputs"])
