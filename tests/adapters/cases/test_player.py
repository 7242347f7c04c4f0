"""Does the player notice whatever an engine does, or says, differently from a case?"""

import pytest
from sqlalchemy import StaticPool, create_engine, text

from recourse.adapters.cases import play
from recourse.adapters.storage import MemoryStore
from recourse.application import Recourse
from recourse.projections import ReadModels
from recourse.rulebook.calendar import published_calendar
from recourse.values.parties import instant

RECEIPT = (
    'at = 2026-03-04, by = "buyer", do = "record_receipt", chargeback = "N1",'
    ' received_on = 2026-03-04, proof = "签收"'
)

RIGHT = [
    (
        'expect = "claim", claim = "C1", information = "confirmed", cost = "confirmed",'
        ' responsibility = "confirmed", dispute = "none", claimed = "100.00", accepted = "100.00",'
        ' bearers = { "supplier:S1" = "100.00" }, valid = true, doubts = [], gates_missing = []'
    ),
    (
        'expect = "part", tag = "T1", facts = ["counted", "received"], missing = 1,'
        ' finding = "absent", place = "store"'
    ),
    (
        'expect = "chargeback", chargeback = "N1", stage = "issued", answer = "none",'
        ' loss = "100.00", penalty = "0.00", disposal = "0.00", total = "100.00",'
        ' collected = "0.00", credited = "0.00", open = "100.00", last_day = "absent",'
        " late_appeal = false"
    ),
    'expect = "chargeback", chargeback = "N1", total = "100", last_day = ""',
    (
        'expect = "account", supplier = "S1", charged = "100.00", open = "100.00",'
        ' confirmed = "0.00", collected = "0.00", credited = "0.00", refundable = "0.00",'
        ' payable = "900.00", held = "100.00", held_for = { N1 = "unanswered" }'
    ),
    (
        'expect = "bearers", month = "2026-03", accepted = "100.00",'
        ' totals = { "supplier:S1" = "100.00" }'
    ),
    'expect = "referrals", open = 0, about = []',
    (
        'expect = "explanation", of = "C1/labour", amount = "100.00", cites = ["Z-4.5.2a"],'
        ' inputs = ["C1"]'
    ),
    'expect = "log", balanced = true, rebuilt_equal = true',
]

# (expectation, the figure told, what was expected, what is so)
WRONG = [
    ('"claim", claim = "C1", cost = "open"', "claim C1: cost", "open", "confirmed"),
    ('"claim", claim = "C1", accepted = "100.01"', "claim C1: accepted", "100.01", "100.00"),
    ('"claim", claim = "C1", valid = false', "claim C1: valid", False, True),
    ('"claim", claim = "C1", doubts = ["duplicate"]', "claim C1: doubts", ["duplicate"], []),
    (
        '"claim", claim = "C1", bearers = { "supplier:S1" = "60.00", company = "40.00" }',
        "claim C1: bearers",
        {"supplier:S1": "60.00", "company": "40.00"},
        {"supplier:S1": "100.00"},
    ),
    ('"claim", claim = "C1", bearers = {}', "claim C1: bearers", {}, {"supplier:S1": "100.00"}),
    (
        '"part", tag = "T1", facts = ["received"]',
        "part T1: facts",
        ["received"],
        ["received", "counted"],
    ),
    ('"part", tag = "T1", missing = -1', "part T1: missing", -1, 1),
    ('"part", tag = "T1", finding = "misuse"', "part T1: finding", "misuse", "absent"),
    (
        '"notice", notice = "L1", state = "running"',
        "notice L1",
        {"state": "running"},
        "unknown",
    ),
    ('"chargeback", chargeback = "N1", total = "0.00"', "chargeback N1: total", "0.00", "100.00"),
    (
        '"chargeback", chargeback = "N1", last_day = 2026-03-09',
        "chargeback N1: last_day",
        "2026-03-09",
        "absent",
    ),
    (
        '"chargeback", chargeback = "N1", late_appeal = true',
        "chargeback N1: late_appeal",
        True,
        False,
    ),
    ('"account", supplier = "S1", held = "900.00"', "account S1: held", "900.00", "100.00"),
    (
        '"account", supplier = "S1", held_for = { N1 = "lapsed" }',
        "account S1: held_for",
        {"N1": "lapsed"},
        {"N1": "unanswered"},
    ),
    (
        '"bearers", month = "2026-03", totals = { service = "100.00" }',
        "bearers 2026-03: totals",
        {"service": "100.00"},
        {"supplier:S1": "100.00"},
    ),
    ('"bearers", month = "2026-04", accepted = "1"', "bearers 2026-04: accepted", "1.00", "0.00"),
    ('"referrals", open = 1', "referrals: open", 1, 0),
    ('"referrals", about = ["N1"]', "referrals: about", ["N1"], []),
    (
        '"explanation", of = "C1/labour", amount = "99.99"',
        "explanation C1/labour: amount",
        "99.99",
        "100.00",
    ),
]
UNKNOWN = [
    '"claim", claim = "C9"',
    '"part", tag = "T9"',
    '"notice", notice = "L9"',
    '"chargeback", chargeback = "N9"',
    '"explanation", of = "C9/labour"',
]


def leaking(book):
    """An engine that records a day too many whenever it refuses."""

    class Leaking(Recourse):
        def perform(self, asks):
            answers = super().perform(asks)
            if answers[0].refusal:
                self.begin_days(instant(asks[0].at.replace(day=asks[0].at.day + 1)))
            return answers

    return Leaking(MemoryStore("case"), book, published_calendar())


def corrupting(table: str, change: str):
    """A maker of engines whose read model `table` suffers `change` after every row added."""

    def engine_for(book):
        database = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        models = ReadModels(database)
        trigger = f"CREATE TRIGGER harm AFTER INSERT ON {table} BEGIN UPDATE {table} {change}; END"
        with database.begin() as connection:
            connection.execute(text(trigger))
        return Recourse(MemoryStore("case"), book, published_calendar(), models)

    return engine_for


@pytest.mark.parametrize("step", RIGHT)
def test_what_is_so_is_no_difference(differences, step):
    assert differences(f"at = 2026-03-03, {step}") == []


@pytest.mark.parametrize(("step", "what", "expected", "actual"), WRONG)
def test_a_wrong_figure_is_told_with_its_step(differences, step, what, expected, actual):
    found = differences(f"at = 2026-03-03, expect = {step}")

    assert found == [{"step": 16, "what": what, "expected": expected, "actual": actual}]


@pytest.mark.parametrize("figure", ["cites", "inputs"])
def test_what_an_explanation_does_not_name_is_a_difference(differences, figure):
    (found,) = differences(
        f'at = 2026-03-03, expect = "explanation", of = "N1", {figure} = ["C1", "Z-9"]'
    )

    assert (found["what"], found["expected"]) == (f"explanation N1: {figure}", ["C1", "Z-9"])


@pytest.mark.parametrize("step", UNKNOWN)
def test_an_unknown_label_is_a_difference(differences, step):
    (found,) = differences(f"at = 2026-03-03, expect = {step}")

    assert found["actual"] == "unknown"


def test_books_that_do_not_balance_are_a_difference(differences):
    harmed = corrupting("ledger_entries", "SET debit = debit + 1 WHERE debit > 0")

    (found,) = differences('at = 2026-03-03, expect = "log", balanced = true', engine_for=harmed)

    assert found["what"] == "log: balanced" and "does not balance" in found["actual"][0]


def test_a_read_model_that_is_not_what_the_log_says_is_a_difference(differences):
    harmed = corrupting("claims", "SET unit = 'U9'")

    found = differences('at = 2026-03-03, expect = "log", rebuilt_equal = true', engine_for=harmed)

    assert found == [
        {"step": 16, "what": "log: rebuilt_equal", "expected": True, "actual": ["claims"]}
    ]


def test_an_act_that_is_refused_is_told_with_the_words_and_rules_of_the_refusal(differences):
    (found,) = differences('at = 2026-03-03, by = "boss", do = "issue_chargeback", chargeback="N1"')

    told = found.pop("actual")
    assert found == {"step": 16, "what": "issue_chargeback N1", "expected": "done"}
    assert told.startswith("refused [Z-4.5.2c]: Cannot issue")


def test_an_act_that_should_be_refused_and_is_not_is_a_difference(differences):
    assert differences(f'{RECEIPT}, refused = "ZA2"') == [
        {
            "step": 16,
            "what": "record_receipt N1",
            "expected": "refused [ZA2]",
            "actual": "done",
        }
    ]


def test_a_refusal_by_another_rule_is_a_difference(differences):
    (found,) = differences(
        'at = 2026-03-04, by = "boss", do = "issue_chargeback", chargeback = "N1", refused = "ZA2"'
    )

    assert found["expected"] == "refused [ZA2]"
    assert found["actual"].startswith("refused [Z-4.5.2c]")


def test_a_refusal_by_that_rule_is_no_difference(differences):
    assert (
        differences(
            'at = 2026-03-04, by = "boss", do = "issue_chargeback", chargeback = "N1",'
            ' refused = "Z-4.5.2c"'
        )
        == []
    )


def test_days_that_begin_before_a_refused_act_are_not_held_against_it(differences):
    late = 'at = 2026-03-20, by = "boss", do = "issue_chargeback", chargeback = "N1"'

    assert differences(RECEIPT, f'{late}, refused = "Z-4.5.2c"') == []


def test_a_refused_act_that_records_something_is_a_difference(differences):
    found = differences(
        'at = 2026-03-04, by = "boss", do = "issue_chargeback", chargeback = "N1",'
        ' refused = "Z-4.5.2c"',
        engine_for=leaking,
    )

    assert found == [
        {"step": 16, "what": "issue_chargeback N1: events recorded", "expected": 0, "actual": 1}
    ]


def test_days_begin_and_deadlines_lapse_before_an_expectation(differences):
    look = 'expect = "chargeback", chargeback = "N1", answer'

    assert (
        differences(
            RECEIPT, f'at = 2026-03-09, {look} = "none"', f'at = 2026-03-10, {look} = "lapsed"'
        )
        == []
    )


def test_the_effective_date_of_an_act_may_be_earlier(differences):
    act = 'at = 2026-04-01, on = 2026-03-31, by = "engineer", do = "receive_claim", claim = "C2"'
    fields = 'unit = "U2", part = "P1", stage = "pre_sale", repaired_on = 2026-03-30, quantity = 0'

    found = differences(
        f'{act}, {fields}, costs = {{ labour = "1.00" }}',
        'at = 2026-04-01, by = "engineer", do = "confirm_cost", claim = "C2"',
        'at = 2026-04-01, expect = "bearers", month = "2026-03", accepted = "101.00"',
    )

    assert found == []


def test_the_story_goes_on_after_a_difference(differences):
    found = differences(
        'at = 2026-03-03, expect = "referrals", open = 1',
        'at = 2026-03-03, expect = "claim", claim = "C1", claimed = "1.00"',
    )

    assert [each["step"] for each in found] == [16, 17]


def test_a_report_names_the_file_the_case_and_the_number_of_steps(written, in_memory):
    path = written('at = 2026-03-03, expect = "referrals", open = 0')

    report = play(path, engine_for=in_memory)

    assert report.as_dict("en") == {
        "file": str(path),
        "name": "One note",
        "steps": 1,
        "differences": [],
    }


def test_a_difference_is_told_in_chinese_too(written, in_memory):
    path = written(
        'at = 2026-03-02, by = "boss", do = "register_supplier", supplier = "S1", name = "甲",'
        ' disposal = "entrusted"'
    )

    report = play(path, engine_for=in_memory)

    (found,) = report.as_dict("zh")["differences"]
    assert found["expected"] == "已执行" and found["actual"].startswith("被拒绝 [Z-4.3.1a]：不能")


def test_the_settings_of_a_case_are_those_of_its_engine(written, in_memory):
    engines = []

    def engine_for(book):
        engines.append(in_memory(book))
        return engines[0]

    play(written('at = 2026-03-03, expect = "referrals", open = 0'), engine_for=engine_for)

    assert engines[0].book.rules["hold.scope"].editions[0].value == "amount"
