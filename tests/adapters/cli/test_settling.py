"""Is a month looked at, closed and approved from the command line, for all suppliers at once?"""

import pytest

S2 = """
steps = [
  { at = 2026-03-10, by = "buyer", do = "register_supplier", supplier = "S2", name = "乙供方", disposal = "takes_back" },
  { at = 2026-03-10, by = "buyer", do = "register_supplier", supplier = "S3", name = "丙供方", disposal = "takes_back" },
  { at = 2026-03-10, by = "engineer", do = "receive_claim", claim = "C4", unit = "U4", part = "P1", stage = "after_sale", repaired_on = 2026-02-26, quantity = 0, costs = { labour = "70.00" } },
  { at = 2026-03-10, by = "engineer", do = "confirm_information", claim = "C4" },
  { at = 2026-03-10, by = "engineer", do = "confirm_cost", claim = "C4" },
  { at = 2026-03-10, by = "engineer", do = "attribute_claim", claim = "C4", shares = { "supplier:S2" = "1" } },
  { at = 2026-03-10, by = "engineer", do = "draft_chargeback", chargeback = "M1", supplier = "S2", month = "2026-03", claims = ["C4"] },
  { at = 2026-03-11, by = "boss", do = "approve_chargeback", chargeback = "M1" },
  { at = 2026-03-12, by = "cashier", do = "issue_chargeback", chargeback = "M1" },
]
"""  # noqa: E501 - one step a line
FIGURES = ("opening", "charged", "credited", "collected", "closing", "held")
CLOSE = ("--recorded-at", "2026-03-31", "--as", "cashier", "settle", "2026-03", "--close")
APPROVE = ("--recorded-at", "2026-04-01", "--as", "checker", "settle", "2026-03", "--approve")
LATER = ("--effective-on", "2029-01-08")


@pytest.fixture
def two(month, run):
    """S1 has a note of 1730.00 in March, S2 one of 70.00, S3 nothing."""
    month.joinpath("more.toml").write_text(S2, encoding="utf-8")
    assert run("do", "--file", "more.toml").code == 0
    return month


@pytest.fixture
def closed(two, run):
    """March is closed and approved with both."""
    assert (run(*CLOSE).code, run(*APPROVE).code) == (0, 0)
    return two


def states(document):
    return {each["supplier"]: each["state"] for each in document["statements"]}


def test_a_month_is_told_for_every_supplier_of_whom_it_says_something(two, ask):
    told = ask("--recorded-at", "2026-03-31", "settle", "2026-03")

    assert told["month"] == "2026-03"
    assert [each["supplier"] for each in told["statements"]] == ["S1", "S2"]
    assert [tuple(each[name] for name in FIGURES) for each in told["statements"]] == [
        ("0.00", "1730.00", "0.00", "0.00", "1730.00", "1730.00"),
        ("0.00", "70.00", "0.00", "0.00", "70.00", "0.00"),
    ]
    assert states(told) == {"S1": "not_closed", "S2": "not_closed"}


def test_a_month_is_told_for_one_supplier_with_its_movements(two, ask):
    (told,) = ask("settle", "2026-03", "--supplier", "S2")["statements"]

    assert told["lines"] == [
        {
            "chargeback": "M1",
            "event": "chargeback:M1@3",
            "kind": "charged",
            "amount": "70.00",
            "date": "2026-03-12",
            "month": "2026-03",
            "adjusts": None,
        }
    ]
    (nothing,) = ask("settle", "2026-03", "--supplier", "S3")["statements"]
    assert {nothing[name] for name in FIGURES} == {"0.00"}


def test_a_month_is_closed_with_everybody_and_approved_by_another(two, ask):
    done = ask(*CLOSE)

    assert (done["done"], done["refused"]) == (2, 0)
    assert states(done) == {"S1": "closed", "S2": "closed"}
    assert [each["events"] for each in done["acts"]] == [["settlement:S1@1"], ["settlement:S2@1"]]
    assert states(ask(*APPROVE)) == {"S1": "approved", "S2": "approved"}


def test_closing_twice_posts_nothing_and_says_why_for_each(closed, run, ask):
    before = ask("rebuild", "--check")["position"]

    again = run("--format", "json", "--lang", "en", *CLOSE[2:], "--recorded-at", "2026-04-02")

    assert again.code == 5
    assert (again.document["code"], again.document["rules"]) == (
        "month-already-closed",
        ["Z-3.4.2"],
    )
    assert [each["refused"]["code"] for each in again.document["acts"]] == [
        "month-already-closed",
        "month-already-closed",
    ]
    assert (again.document["done"], again.document["refused"]) == (0, 2)
    days = ask("day", "2026-04-02")["events"]
    assert (days, ask("rebuild", "--check")["position"]) == (0, before + 1)  # the day of the asking


def test_one_refusal_does_not_keep_the_others_from_closing(two, run, ask):
    only = (*CLOSE, "--supplier", "S2")
    run(*only)

    done = run("--format", "json", *CLOSE)

    assert done.code == 0
    assert [each["about"] for each in done.document["acts"]] == ["S1/2026-03"]
    assert states(done.document) == {"S1": "closed", "S2": "closed"}


def test_a_refusal_is_told_for_each_supplier_beside_the_table(two, run):
    refused = run("--lang", "en", "--as", "boss", *CLOSE[:2], *CLOSE[4:])

    assert refused.code == 5
    assert refused.err.count("S1/2026-03: ") == refused.err.count("S2/2026-03: ") == 1
    assert refused.out.count("not_closed") == 2


def test_a_month_of_an_unknown_supplier_is_not_found(two, run):
    assert run("settle", "2026-03", "--supplier", "S9").code == 3
    assert run(*CLOSE, "--supplier", "S9").code == 3


@pytest.mark.parametrize(
    "words", [("2026-3",), ("2026-13",), ("2026-03", "--close", "--approve"), ()]
)
def test_a_month_that_is_not_written_rightly_is_usage(two, run, words):
    assert run("--as", "cashier", "settle", *words).code == 2


@pytest.mark.parametrize("form", [("--format", "json"), ("--lang", "zh"), ("--lang", "en")])
@pytest.mark.parametrize("words", [(), ("--supplier", "S1")])
def test_a_closed_month_printed_again_years_later_is_the_same_to_the_byte(closed, run, form, words):
    printed = run(*form, "--recorded-at", "2026-04-01", "settle", "2026-03", *words).out
    collect = ("do", "collect_chargeback", "chargeback=N1", "amount=500.00")
    late = ("--recorded-at", "2026-04-02", "--effective-on", "2026-03-30", "--as", "cashier")
    assert run(*late, "do", "choose_collection", "chargeback=N1", "way=invoice").code == 0
    assert run(*late, *collect).code == 0

    assert run(*form, *LATER, "settle", "2026-03", *words).out == printed
    run("rebuild")
    assert run(*form, *LATER, "settle", "2026-03", *words).out == printed


def test_what_came_too_late_is_an_adjustment_of_the_next_month(closed, run, ask):
    late = ("--recorded-at", "2026-04-02", "--effective-on", "2026-03-30", "--as", "cashier")
    run(*late, "do", "choose_collection", "chargeback=N1", "way=invoice")
    run(*late, "do", "collect_chargeback", "chargeback=N1", "amount=500.00")

    (told,) = ask("settle", "2026-04", "--supplier", "S1")["statements"]

    assert (told["opening"], told["collected"], told["closing"]) == ("1730.00", "500.00", "1230.00")
    assert told["adjustments"] == "-500.00"
    assert [line["adjusts"] for line in told["lines"]] == ["2026-03"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["期初", "期末", "其中调整", "未结账", "1730.00", "发生额", "索赔", "M1"]),
        ("en", ["opening", "closing", "adjustments", "not_closed", "1730.00", "movements", "M1"]),
    ],
)
def test_the_table_speaks_the_language(two, run, language, words):
    table = run("--lang", language, "settle", "2026-03").out
    table += run("--lang", language, "settle", "2026-03", "--supplier", "S2").out

    assert [word for word in words if word not in table] == []


def test_a_supplier_s_month_is_explained(closed, ask):
    explained = ask("--recorded-at", "2026-04-02", "explain", "S1/2026-03")

    assert explained["amount"] == "1730.00"
    assert {"S1", "N1"} <= set(explained["inputs"])
