"""Is a line told down to the repair in the field, with what is cited and what it rests on?"""

from pathlib import Path

import pytest

from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from support.engine import fresh
from support.explaining import DAY, explain, sentence
from support.story import do, play

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_line_is_told_from_what_stands_down_to_the_repair(decided, language):
    golden = (GOLDEN / f"line_{language}.txt").read_text(encoding="utf-8")

    told, _, _ = explain(decided, "N1/C1/material").as_text(language).partition("\n\n")

    assert told + "\n" == golden.format(calendar=published_calendar().edition)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_that_is_cited_is_told_in_words_below(decided, language):
    explanation = explain(decided, "N1/C1/material")

    _, _, rules = explanation.as_text(language).partition("\n\n")
    assert explanation.unacknowledged.keys() == {"S1"}

    said = [getattr(built_in().clauses[rule], language) for rule in explanation.clauses]
    assert rules.splitlines()[1:-1] == [
        f"  {rule}  {text}" for rule, text in zip(explanation.clauses, said, strict=True)
    ]


def test_a_line_cites_each_rule_that_had_a_part_in_it_once(decided):
    assert explain(decided, "N1/C1/material").clauses == [
        *("Z-4.5.2a", "Z-4.5.3a", "ZA32", "ZA24", "ZA22", "Z-4.4.2", "Z-4.4.1a", "Z-4.5.3b"),
        *("ZA5", "ZA6", "Z-4.6.1d", "ZA40", "ZA20", "ZA21", "ZA41", "ZA15", "Z-4.5.2b", "ZA33"),
        *("Z-4.5.2c",),
        *("Z-4.6.1a", "ZA1", "ZA2"),
        *("ZA10", "Z-4.6.1b", "Z-4.6.1c"),
    ]


def test_a_line_rests_on_its_claim_and_its_note(decided):
    assert explain(decided, "N1/C1/material").inputs == ["C1", "N1"]


def test_a_line_of_a_claim_is_the_one_on_its_live_note(decided):
    named, bare = explain(decided, "N1/C1/material"), explain(decided, "C1/material")

    assert (bare.of, bare.root) == ("C1/material", named.root)


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("N1", 155_000),
        ("C1", 100_000),
        ("N1/C1/labour", 30_000),
        ("C1/material", 25_000),
        ("C1/penalty", 100_000),
        ("S1/hold", 0),
        ("N1/deadline", None),
    ],
)
def test_the_amount_is_what_stands_now(decided, name, amount):
    assert explain(decided, name).amount == amount


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_program_reads_the_same_tree(decided, language):
    explanation = explain(decided, "N1/C1/material")

    read = explanation.as_dict(language)

    assert (read["of"], read["amount"]) == ("N1/C1/material", "250.00")
    assert (read["clauses"], read["inputs"]) == (explanation.clauses, explanation.inputs)
    assert read["text"] == sentence(explanation, language).partition("  [")[0]
    assert set(read["rules"]) == set(explanation.clauses) and "" not in read["rules"].values()


def test_a_program_reads_of_each_step_its_event_its_person_and_both_days(decided):
    steps = explain(decided, "N1/C1/material").as_dict("en")["steps"]

    (received,) = [step for step in steps if step["event"] == "claim:C1@1"]
    shown = ("by", "recorded_at", "effective_on", "rulebook", "clauses", "inputs", "amount")
    assert {name: received[name] for name in shown} == {
        "by": "engineer",
        "recorded_at": "2026-07-01T01:00:00+00:00",
        "effective_on": "2026-07-01",
        "rulebook": built_in().edition,
        "clauses": ["Z-4.4.2"],
        "inputs": ["C1"],
        "amount": None,
    }


def test_every_event_of_claim_and_note_is_a_step_of_the_line(decided):
    steps = explain(decided, "N1/C1/material").as_dict("en")["steps"]

    streams = [decided.engine.stream(name) for name in ("claim:C1", "chargeback:N1")]
    assert [step["event"] for step in steps if step["event"]] == [
        fact.id for stream in streams for fact in stream
    ]


def test_a_line_leads_to_the_row_of_the_transfer_note_it_came_from():
    row = {"note": "TR-2026-07", "line": "17", "source": {"file": "july.csv", "row": "18"}}
    site = play(fresh(), "issue_chargeback", receive_claim=row)

    steps = explain(site, "N1/C1/material").as_dict("en")["steps"]

    (received,) = [fact for fact in site.engine.stream("claim:C1") if fact.version == 1]
    assert received.id in [step["event"] for step in steps]
    assert row == {name: getattr(received.event, name) for name in row}


def test_a_line_of_a_draft_is_what_approval_would_fix_now():
    site = play(fresh(), until="draft_chargeback")
    before = explain(site, "C1/labour").amount

    do(site, DAY, "engineer", "confirm_cost", claim="C1", accepted={"labour": "299.99"})

    assert (before, explain(site, "C1/labour").amount) == (30_000, 29_999)
    assert explain(site, "N1").amount == 29_999 + 70_000 + 100_000


def test_a_penalty_names_the_range_it_was_chosen_from(decided):
    told = explain(decided, "C1/penalty").as_text("en")

    assert (
        "set at 1000.00 yuan (claim:C1@7); a unit and event may be assessed 500.00 to 2000.00 "
        "yuan, valid since 2008-01-01; no other amount in the range was taken"
    ) in told


def test_a_void_note_has_its_lines_at_nothing(issued):
    do(issued, DAY, "boss", "void_chargeback", chargeback="N1", reason="重开")

    explanation = explain(issued, "N1")

    assert sentence(explanation) == (
        "chargeback N1 (supplier S1, void, no answer yet): 0.00 yuan  [Z-4.5.2a]"
    )
    assert [step.amount for step in explanation.root.steps[:3]] == [0, 0, 0]


def test_a_returned_draft_has_no_lines():
    site = play(fresh(), until="draft_chargeback")
    do(site, DAY, "boss", "return_chargeback", chargeback="N1", reason="重写")

    explanation = explain(site, "N1")

    assert (explanation.amount, [step.fact.id for step in explanation.root.steps]) == (
        0,
        ["chargeback:N1@1", "chargeback:N1@2"],
    )


@pytest.mark.parametrize(("line", "amount"), [("C1/labour", 30_000), ("C1/penalty", 100_000)])
def test_a_line_on_no_live_note_is_what_is_accepted_or_set(issued, line, amount):
    do(issued, DAY, "boss", "void_chargeback", chargeback="N1", reason="重开")

    explanation = explain(issued, line)

    assert (explanation.amount, explanation.inputs) == (amount, ["C1"])
    assert "on no live note" in sentence(explanation)


def test_a_note_names_the_one_that_it_replaces(issued):
    do(issued, DAY, "boss", "void_chargeback", chargeback="N1", reason="重开")
    again = {"supplier": "S1", "month": "2026-07", "claims": ["C1"], "replaces": "N1"}
    do(issued, DAY, "engineer", "draft_chargeback", chargeback="N2", **again)

    assert explain(issued, "N2").inputs == ["N2", "S1", "C1", "N1"]
    assert explain(issued, "C1/labour").inputs == ["C1", "N2", "N1"]


def test_a_claim_names_every_note_it_stands_or_stood_on(issued):
    do(issued, DAY, "boss", "void_chargeback", chargeback="N1", reason="重开")
    do(issued, DAY, "engineer", "draft_chargeback", chargeback="A2", supplier="S1", month="2026-07")

    told = [step.text.en for step in explain(issued, "C1").root.steps[-2:]]

    assert told == [
        "chargeback N1 (supplier S1, void): C1/labour 0.00, C1/material 0.00, C1/penalty 0.00",
        "chargeback A2 (supplier S1, drafted): —",
    ]


def test_a_claim_names_the_note_of_a_supplier_that_has_no_share_any_more(issued):
    do(issued, DAY, "boss", "void_chargeback", chargeback="N1", reason="重开")
    do(issued, DAY, "engineer", "attribute_claim", claim="C1", shares={"service": "1"})

    assert "N1" in explain(issued, "C1").inputs


@pytest.fixture
def with_part():
    """A claim with one returned part that was counted, and nothing else of it known."""
    site = play(fresh(), until="attribute_claim", receive_claim={"quantity": 1})
    do(site, DAY, "engineer", "receive_part", tag="T1", claim="C1", listed=2)
    do(site, DAY, "engineer", "count_parts", tag="T1", counted=2)
    do(site, DAY, "boss", "waive_gate", claim="C1", gate="inspected", reason="已报废")
    return site


def test_a_part_is_explained_with_its_claim(with_part):
    explanation = explain(with_part, "T1")

    assert sentence(explanation) == "returned part T1 of claim C1: in the store  [Z-3.1.3]"
    assert explanation.inputs == ["T1", "C1"]


def test_a_claim_tells_what_happened_to_its_parts_and_which_gates_are_missing(with_part):
    told = [step.text.en for step in explain(with_part, "C1").root.steps[-4:]]

    assert told == [
        "2026-07-21, engineer: T1: old parts of claim C1 received; listed: 2",
        "2026-07-21, engineer: T1: counted: 2",
        (
            "checks on arrival: doubts —; not checked for lack of data: repair after build, "
            "mileage, standard of cost; agreements applied: —"
        ),
        (
            "gates: missing supplier's answer for the parts; waived parts inspected; "
            "every part gate applies"
        ),
    ]
