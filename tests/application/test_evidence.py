"""Does every file that an act brings hang on what it bears out, also when it comes later (ZA42)?"""

import json
from datetime import date

import pytest
from pydantic import ValidationError

from recourse.aggregates.base import EvidencedEvent
from recourse.commands import HANDLERS, PUBLIC
from recourse.commands.base import EvidencedCommand
from recourse.projections.histories import claim_history
from recourse.values.refusal import Refused
from support import clearing
from support.engine import fresh
from support.every_act import EXAMPLES
from support.explaining import explain
from support.story import FIRST, SECOND, THIRD, do, play

PHOTO, SLIP, LETTER = f"photo:{'a' * 64}", f"receipt:{'b' * 64}", f"letter:{'c' * 64}"
BRING = sorted(c.act_name() for c in HANDLERS if issubclass(c, EvidencedCommand))


def brought(site, after=0):
    """(event, written evidence) of every event after a position that has any."""
    return [
        (fact.id, [str(each) for each in fact.event.evidence])
        for batch in site.engine.batches(after)
        for fact in batch
        if isinstance(fact.event, EvidencedEvent) and fact.event.evidence
    ]


def refused(code):
    return pytest.raises(Refused, check=lambda no: no.code == code)


def add(site, label, *files, by="engineer", on=THIRD, effective=None):
    do(site, on, by, "add_evidence", label=label, evidence=list(files), on=effective)


@pytest.fixture
def received():
    return play(fresh(), "record_receipt", record_receipt={"evidence": [SLIP]})


@pytest.mark.parametrize("act", BRING)
def test_what_an_act_brings_is_in_the_event_that_it_bears_out(act):
    example = EXAMPLES[act]
    site = example.history()
    before = site.position()

    do(site, example.asked_on, example.by, act, **example.fields | {"evidence": [PHOTO, SLIP]})

    found = brought(site, before)
    assert found
    assert {tuple(files) for _, files in found} == {(PHOTO, SLIP)}


@pytest.mark.parametrize(
    "act", ["inspect_part", "record_receipt", "object_to_claim", "dispute_field_claim"]
)
def test_findings_receipts_and_objections_may_bring_files(act):
    assert act in BRING


def test_an_act_without_files_has_none_in_its_events():
    assert brought(play(fresh(), "record_receipt")) == []


def test_what_follows_by_itself_brings_no_file(received):
    received.begin(date(2026, 7, 20))

    assert [event for event, _ in brought(received)] == ["chargeback:N1@4"]


def test_an_acknowledgement_still_has_words_as_its_evidence():
    site = play(fresh(), "register_supplier")

    known = {"supplier": "S1", "clauses": ["Z-4.6.1"], "evidence": "回执"}
    do(site, FIRST, "buyer", "acknowledge_rulebook", **known)

    assert brought(site) == []


@pytest.mark.parametrize(
    "files",
    [
        ["a" * 64],
        [f"photo:{'a' * 63}"],
        [f"photo:{'A' * 64}"],
        [f"photo:{'a' * 64}\n"],
        [PHOTO, PHOTO],
        [PHOTO, f"letter:{'a' * 64}"],
        [f"photo:{number:064x}" for number in range(21)],
        [{"kind": "photo", "sha256": "../../etc/passwd"}],
        [7],
    ],
)
def test_a_file_that_is_written_otherwise_is_malformed(files):
    with pytest.raises(ValidationError):
        PUBLIC["inspect_part"].model_validate({"tag": "T1", "finding": "misuse", "evidence": files})


def test_a_last_day_is_told_with_the_proof_of_its_receipt(received):
    assert [str(each) for each in explain(received, "N1/deadline").evidence] == [SLIP]


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("claim:C1", ["C1", "N1", "N1/C1/labour", "C1/labour"]),
        ("chargeback:N1", ["N1", "N1/C1/labour"]),
    ],
)
def test_what_came_later_is_told_wherever_its_thing_is(received, label, names):
    add(received, label, LETTER)

    for name in names:
        assert LETTER in [str(each) for each in explain(received, name).evidence], name


def test_the_files_of_a_part_and_its_notice_are_told_with_them():
    site = clearing.overdue()
    add(site, "returned_part:T1", PHOTO, on=clearing.OVERDUE)
    add(site, "clearance:L1", LETTER, by="buyer", on=clearing.OVERDUE)

    told = {name: [str(each) for each in explain(site, name).evidence] for name in ("C1", "T1")}

    assert told == {"C1": [PHOTO], "T1": [PHOTO, LETTER]}


def test_the_evidence_of_one_name_is_not_that_of_another_thing_with_it():
    site = play(fresh(), "receive_claim")
    add(site, "claim:C1", PHOTO)
    handling = EXAMPLES["propose_handling"].fields | {"field_claim": "C1"}
    do(site, THIRD, "centre", "propose_handling", **handling)

    with refused("not-found"):
        add(site, "chargeback:C1", SLIP)
    add(site, "field_claim:C1", SLIP)

    assert brought(site) == [
        ("evidence:claim:C1@1", [PHOTO]),
        ("evidence:field_claim:C1@1", [SLIP]),
    ]


def test_the_history_of_a_claim_has_what_came_later_and_changes_nothing_by_it(received):
    add(received, "claim:C1", LETTER)
    engine = received.engine

    rows = claim_history(engine.stream, engine.store.held, engine.book, "C1")

    (row,) = [row for row in rows if row["event"].endswith("evidence.added")]
    assert (row["before"], row["after"]) == ({}, {})
    assert row["evidence"] == [{"kind": "letter", "sha256": "c" * 64}]


def test_an_explanation_for_programs_lists_kind_and_hash(received):
    told = explain(received, "N1").as_dict("en")

    assert told["evidence"] == [{"kind": "receipt", "sha256": "b" * 64}]
    assert json.dumps(told["steps"]).count("b" * 64) == 2, "the receipt, and the last day"


def test_a_file_is_added_to_a_thing_once(received):
    add(received, "claim:C1", LETTER)

    with refused("evidence-already-added"):
        add(received, "claim:C1", PHOTO, LETTER)
    add(received, "chargeback:N1", LETTER)


def test_nothing_is_added_before_the_thing_was_there(received):
    with refused("before-its-cause"):
        add(received, "chargeback:N1", LETTER, effective=FIRST)


def test_of_two_additions_the_later_one_may_be_for_an_earlier_day(received):
    add(received, "claim:C1", LETTER)

    add(received, "claim:C1", PHOTO, effective=SECOND)

    assert len(brought(received)) == 3


@pytest.mark.parametrize(
    ("person", "label", "code"),
    [
        ("seller", "chargeback:N1", None),
        ("seller2", "chargeback:N1", "not-yours"),
        ("seller", "claim:C1", "not-your-role"),
        ("centre", "claim:C1", None),
        ("gear", "chargeback:N1", "not-your-role"),
    ],
)
def test_a_supplier_adds_to_what_is_its_own(received, person, label, code):
    if code is None:
        add(received, label, LETTER, by=person)
        return
    with refused(code):
        add(received, label, LETTER, by=person)


def test_read_models_rebuilt_after_evidence_are_equal(received):
    add(received, "claim:C1", LETTER)

    assert received.check(THIRD) == {"balanced": True, "rebuilt_equal": True}
