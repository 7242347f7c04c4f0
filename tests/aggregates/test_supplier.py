"""What is known of a supplier, and who made the part built into a unit on a day?"""

from datetime import date

import pytest

from recourse.aggregates.part import Part
from recourse.aggregates.supplier import Mailbox, Supplier
from recourse.rulebook.book import built_in
from support.examples import MONDAY, TUESDAY, WEDNESDAY, act, happened, part, supplier
from support.scenario import folded, given

SOURCE = {"name": "拨叉", "supplier": "S1"}


def test_a_supplier_is_registered_with_its_way_of_disposal():
    (
        given(Supplier)
        .when(lambda it: it.register(act(), name="甲供方", disposal="entrusted"))
        .then(Supplier.Registered, name="甲供方", disposal="entrusted")
    )


def test_a_supplier_is_registered_once():
    (
        given(Supplier, supplier())
        .when(lambda it: it.register(act(), name="乙供方", disposal="entrusted"))
        .then_refused("supplier-already-registered")
    )


def knowing(*texts):
    """A supplier that acknowledged clauses of one text after the other."""
    events = [
        happened(Supplier.RulebookAcknowledged, content=content, acknowledged=clauses)
        for content, clauses in texts
    ]
    return folded(Supplier, (supplier(), *events), [])


def test_a_supplier_acknowledges_clauses_again_and_again():
    first = happened(Supplier.RulebookAcknowledged, content="aa", acknowledged={"Z-4.6.1": "11"})
    more = {"Z-4.6.3": "33", "Z-4.6.1": "12"}

    outcome = given(Supplier, supplier(), first).when(lambda it: it.acknowledge(act(), "bb", more))

    outcome.then(Supplier.RulebookAcknowledged, content="bb", acknowledged=more)


def test_what_was_acknowledged_before_stays_acknowledged():
    book = built_in()
    said = {clause: book.clause_sha256(clause, MONDAY) for clause in ("Z-4.6.1", "Z-4.6.3")}

    it = knowing(*(("older", {clause: sha256}) for clause, sha256 in said.items()))

    assert [it.knows(clause, MONDAY, book) for clause in (*said, "Z-4.6.2")] == [True, True, False]


def test_a_clause_that_was_acknowledged_in_other_words_is_not_known():
    assert not knowing(("older", {"Z-4.6.1": "11"})).knows("Z-4.6.1", MONDAY, built_in())


def test_a_clause_of_the_very_text_in_force_is_known():
    it = knowing((built_in().sha256, {"Z-4.6.1": "11"}))

    assert it.knows("Z-4.6.1", MONDAY, built_in())


def test_an_acknowledgement_from_before_texts_were_told_counts_for_any():
    assert knowing(("", {"Z-4.6.1": ""})).knows("Z-4.6.1", MONDAY, built_in())


def test_a_part_is_registered_with_its_source():
    given(Part).when(lambda it: it.register(act(), **SOURCE)).then(Part.Registered, **SOURCE)


def test_a_part_has_a_second_source():
    second = SOURCE | {"supplier": "S2", "since": MONDAY}

    outcome = given(Part, part()).when(lambda it: it.register(act(), **second))

    outcome.then(Part.Registered, **second)


def test_the_same_source_is_registered_once():
    (
        given(Part, part())
        .when(lambda it: it.register(act(), **SOURCE))
        .then_refused("part-already-registered")
    )


FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "maker"),
    [
        (date(2024, 12, 31), None),
        (FIRST, "S1"),
        (LAST, "S1"),
        (date(2026, 1, 1), None),
    ],
)
def test_a_source_covers_its_first_and_its_last_day(day, maker):
    source = folded(Part, (part(since=FIRST, until=LAST),), [])

    assert source.supplier_of("U1", day) == maker


def test_of_two_sources_that_cover_a_day_the_later_entry_counts():
    source = folded(Part, (part(), part(supplier="S2")), [])

    assert source.supplier_of("U1", MONDAY) == "S2"


@pytest.mark.parametrize(("unit", "maker"), [("U1", "S2"), ("U2", "S1")])
def test_a_source_with_serials_covers_these_units_only(unit, maker):
    source = folded(Part, (part(), part(supplier="S2", serials=("U1",))), [])

    assert source.supplier_of(unit, MONDAY) == maker


def test_a_source_with_lots_covers_no_unit():
    source = folded(Part, (part(lots=("L1",)),), [])

    assert source.supplier_of("U1", MONDAY) is None


QUALITY, OFFICE = Mailbox("mail", "S1/quality"), Mailbox("mail", "S1/office")


def agreed(box, since):
    return happened(Supplier.MailboxAgreed, channel=box.channel, mailbox=box.id, since=since)


def withdrawn(since):
    return happened(Supplier.MailboxWithdrawn, since=since)


def test_a_mailbox_for_notices_is_agreed():
    (
        given(Supplier, supplier())
        .when(lambda it: it.agree_mailbox(act(), QUALITY, TUESDAY))
        .then(Supplier.MailboxAgreed, channel="mail", mailbox="S1/quality", since=TUESDAY)
    )


def test_no_mailbox_is_agreed_for_days_that_were_judged_without_it():
    (
        given(Supplier, supplier())
        .when(lambda it: it.agree_mailbox(act(day=TUESDAY), QUALITY, MONDAY))
        .then_refused("before-its-cause")
    )


def test_a_mailbox_is_withdrawn():
    (
        given(Supplier, supplier(), agreed(QUALITY, MONDAY))
        .when(lambda it: it.withdraw_mailbox(act(), TUESDAY))
        .then(Supplier.MailboxWithdrawn, since=TUESDAY)
    )


@pytest.mark.parametrize("since", [WEDNESDAY, None])
def test_a_mailbox_that_is_not_agreed_by_then_cannot_be_withdrawn(since):
    history = (supplier(), *([agreed(QUALITY, since)] if since else []))

    outcome = given(Supplier, *history).when(lambda it: it.withdraw_mailbox(act(), TUESDAY))

    outcome.then_refused("no-mailbox-agreed", "ZA2")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([agreed(QUALITY, TUESDAY)], [None, QUALITY, QUALITY]),
        ([agreed(QUALITY, MONDAY), agreed(OFFICE, WEDNESDAY)], [QUALITY, QUALITY, OFFICE]),
        ([agreed(QUALITY, MONDAY), withdrawn(TUESDAY)], [QUALITY, None, None]),
        ([agreed(OFFICE, WEDNESDAY), agreed(QUALITY, TUESDAY)], [None, QUALITY, QUALITY]),
        ([agreed(OFFICE, TUESDAY), withdrawn(WEDNESDAY)], [None, OFFICE, None]),
    ],
)  # fmt: skip
def test_which_mailbox_the_agreement_names_on_a_day(facts, expected):
    it = folded(Supplier, (supplier(), *facts), [])

    assert [it.mailbox_on(day) for day in (MONDAY, TUESDAY, WEDNESDAY)] == expected
