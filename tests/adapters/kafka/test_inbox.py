"""Is every message done exactly once, or parked with the reason for a person to see?"""

import json

import pytest

from adapters.kafka.sending import (
    AT,
    CLAIM,
    SOURCES,
    Line,
    inbox,
    message,
    owed,
    paid,
    parked,
    pay,
    site,
)
from recourse.adapters.kafka.inbox import Inbox
from recourse.adapters.kafka.messages import LARGEST
from recourse.adapters.storage import MemoryStore
from recourse.application.engine import TRIES
from recourse.application.store import Interrupted
from recourse.commands import HANDLERS
from recourse.commands.suppliers import PaySupplier


def test_a_claim_of_the_network_is_received_for_the_person_its_source_stands_for():
    made = site()

    assert inbox(made, message()).step(AT) == 1

    (received,) = made.engine.stream("claim:C1")
    assert (received.event.actor, received.event.command_id) == ("network-user", "network 1")
    assert parked(made) == []


def test_nothing_waiting_is_nothing_done():
    assert inbox(site()).step(AT) == 0


def test_a_message_that_comes_again_is_done_once():
    made = owed(site())

    inbox(made, pay(), pay(), pay("2"), pay()).step(AT)
    inbox(made, pay("2")).step(AT)

    assert (paid(made), parked(made)) == (200_00, [])


def test_another_message_under_the_same_id_is_parked():
    made = owed(site())

    inbox(made, pay(), pay(amount="999.00", at=77)).step(AT)

    assert (paid(made), parked(made)) == (100_00, [(77, "command-id-taken")])


def test_the_same_id_from_two_systems_is_two_messages():
    made = owed(site())
    sources = SOURCES | {"erp/old": SOURCES["erp/sap"]}

    inbox(made, pay(), pay(source="erp/old"), sources=sources).step(AT)

    assert paid(made) == 200_00


def test_what_a_rule_refuses_is_parked_in_both_languages_and_the_next_is_done():
    made = owed(site())
    unknown = message("confirm_chargeback", "9", at=5, source="portal/S1",
                      fields={"chargeback": "N9"})  # fmt: skip

    inbox(made, unknown, pay()).step(AT)

    (row,) = made.engine.store.parking.parked()
    assert (row.place.offset, row.code, row.message) == (5, "not-found", "portal/S1 9")
    assert "N9" in row.why.zh and "N9" in row.why.en and row.why.zh != row.why.en
    assert paid(made) == 100_00


def test_a_refused_message_that_comes_again_is_parked_once():
    made = site()

    inbox(made, pay("1", at=3), pay("1", at=4)).step(AT)
    inbox(made, pay("1", at=9)).step(AT)

    assert [place for place, _ in parked(made)] == [3]


def test_another_act_under_the_same_id_is_parked_though_it_says_the_same():
    made = site()
    both = {"number": "1", "key": b"N1", "source": "portal/S1", "fields": {"chargeback": "N1"}}

    inbox(made, message("confirm_chargeback", at=1, **both)).step(AT)
    inbox(made, message("collect_chargeback", at=2, **both)).step(AT)

    assert parked(made) == [(1, "not-found"), (2, "command-id-taken")]


def test_a_supplier_may_not_answer_for_another_one():
    made = site()
    acts = {"month": "2026-03"}
    sources = {"portal/S1": SOURCES["network"]}

    inbox(made, message("sign_breakdown", source="portal/S1", fields=acts),
          sources=sources).step(AT)  # fmt: skip

    assert [code for _, code in parked(made)] == ["not-your-role"]


POISON = {
    "no-key": {"key": None},
    "header-missing": {"headers": {"ce_id": None}},
    "header-malformed": {"headers": {"ce_id": "甲"}},
    "unknown-source": {"source": "erp/unknown"},
    "unknown-act": {"headers": {"ce_type": "recourse.ask.approve_chargeback.v1"}},
    "unknown-version": {"headers": {"ce_type": "recourse.ask.receive_claim.v2"}},
    "sent-in-the-future": {"headers": {"ce_time": "2026-03-09T09:03:00+08:00"}},
    "too-large": {"body": b'{"claim": "' + b"x" * LARGEST + b'"}'},
    "no-body": {"body": None},
    "not-utf8": {"body": json.dumps(CLAIM | {"fault": "异响"}, ensure_ascii=False).encode("gbk")},
    "not-json": {"body": b'{"claim": "C1",'},
    "not-as-published": {"fields": CLAIM | {"costs": {"labour": 320.0}}},
    "not-an-act": {"fields": CLAIM | {"claim": "C 1"}},
}


@pytest.mark.parametrize("code", POISON)
def test_what_cannot_be_asked_is_parked_with_its_reason_and_the_next_is_done(code):
    made = site()

    inbox(made, message(number="0", at=40, **POISON[code]), message()).step(AT)

    (row,) = made.engine.store.parking.parked()
    assert (row.place.offset, row.code) == (40, code)
    assert row.why.zh and row.why.en and row.why.zh != row.why.en
    assert len(made.engine.stream("claim:C1")) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[" * 100_000, "not-json"),
        (b'{"claim": NaN}', "not-json"),
        (b'{"claim": "C1", "claim": "C2"}', "not-json"),
        (b'{"line_version": ' + b"9" * 5000 + b"}", "not-json"),
        (b"\xef\xbb\xbf{}", "not-json"),
        (b'{"claim": "\\ud800"}', "not-utf8"),
        (b'{"claim": "C\\u00001"}', "not-utf8"),
        (b"null", "not-as-published"),
        (json.dumps(CLAIM | {"_type_": "os.system"}).encode(), "not-as-published"),
        (json.dumps(CLAIM | {"evidence": []}).encode(), "not-as-published"),
        (json.dumps(CLAIM | {"repaired_on": "2026-02-30"}).encode(), "not-as-published"),
    ],
)
def test_no_trick_in_a_body_gets_further(body, code):
    made = site()

    inbox(made, message(at=1, body=body)).step(AT)

    assert parked(made) == [(1, code)]


@pytest.mark.parametrize(
    "headers",
    [
        {"ce_time": "2026-03-08T12:00:00"},
        {"ce_time": "yesterday"},
        {"ce_id": "x" * 100_000},
        {"ce_id": b"\x00"},
        {"ce_source": b"\xff\xfe"},
        {"content-type": "text/xml"},
        {"content-type": "application/json; charset=gbk"},
        {"ce_specversion": "0.3"},
    ],
)
def test_a_header_that_is_not_as_published_is_parked(headers):
    made = site()

    inbox(made, message(at=1, headers=headers)).step(AT)

    assert parked(made) == [(1, "header-malformed")]


def test_a_header_given_twice_is_parked():
    made = site()
    twice = message(at=1)
    twice = twice.__class__(twice.place, twice.key, (*twice.headers, ("ce_id", b"2")), twice.body)

    inbox(made, twice).step(AT)

    assert parked(made) == [(1, "header-twice")]


def test_of_a_body_that_is_too_large_only_the_beginning_is_kept():
    made = site()

    inbox(made, message(**POISON["too-large"])).step(AT)

    (row,) = made.engine.store.parking.parked()
    assert row.body.startswith(b'{"claim"') and len(row.body) == 4096


def test_a_message_on_which_the_program_breaks_is_parked_and_the_others_are_done(monkeypatch):
    made = owed(site())
    works = HANDLERS[PaySupplier]

    def breaks(command, act, desk):
        assert command.amount != 666_00
        works(command, act, desk)

    monkeypatch.setitem(HANDLERS, PaySupplier, breaks)

    inbox(made, pay("1"), pay("2", amount="666.00", at=2), pay("3")).step(AT)

    assert (paid(made), parked(made)) == (200_00, [(2, "broke")])


class Watched(MemoryStore):
    """A store that counts its transactions, and is away for some of them."""

    def __init__(self):
        super().__init__("a log")
        self.begun = self.away_for = 0

    def writing(self):
        self.begun += 1
        if self.away_for:
            self.away_for -= 1
            raise Interrupted("away")
        return super().writing()


def test_a_batch_takes_as_many_transactions_as_one_message_does():
    store = Watched()
    made = owed(site(store))
    counted = []
    for batch in ([pay("1")], [pay(str(number)) for number in range(2, 9)]):
        before = store.begun
        inbox(made, *batch).step(AT)
        counted.append(store.begun - before)

    assert counted[0] == counted[1] and paid(made) == 800_00


def test_what_is_asked_of_a_store_that_is_away_is_asked_again_and_acknowledged_then():
    store = Watched()
    made = owed(site(store))
    line = Line(pay("1"), pay("2"))
    box = Inbox(made.engine, line, SOURCES)
    store.away_for = TRIES
    with pytest.raises(Interrupted):
        box.step(AT)
    before = line.acknowledged

    box.step(AT)

    assert (before, line.acknowledged, paid(made)) == (0, 2, 200_00)


@pytest.mark.parametrize("lost", ["park", "acknowledge"])
def test_a_crash_after_the_commit_changes_nothing_but_that_messages_come_again(monkeypatch, lost):
    made = owed(site())
    line = Line(pay("1"), pay("1", amount="9999.00", at=8), pay("2"))
    where = line if lost == "acknowledge" else made.engine.store.parking
    monkeypatch.setattr(where, lost, lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Inbox(made.engine, line, SOURCES).step(AT)
    monkeypatch.undo()
    line.again()

    Inbox(made.engine, line, SOURCES).step(AT)

    assert (paid(made), parked(made)) == (200_00, [(8, "command-id-taken")])
    assert line.acknowledged == 3
