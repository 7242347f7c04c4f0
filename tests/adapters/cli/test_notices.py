"""Is a clearance notice shown with its parts, and are its acts asked for in plain words?"""

import pytest

ACTS = (
    ("engineer", "receive_part", "tag=T1", "claim=C1", "listed=1"),
    ("engineer", "receive_part", "tag=T2", "claim=C1", "listed=1"),
    ("buyer", "notify_clearance", "notice=L1", "supplier=S1", "tags=T1,T2"),
    ("buyer", "record_notice_receipt", "notice=L1", "received_on=2026-03-09", "proof=签收单"),
    ("seller", "clear_parts", "notice=L1", "tags=T1"),
)
NOTICE = {
    "id": "L1",
    "supplier": "S1",
    "notified_on": "2026-03-09",
    "received_on": "2026-03-09",
    "parts": 2,
    "cleared": 1,
    "last_day": "2026-03-16",
    "state": "partial",
}
ON = ("--effective-on", "2026-03-10")


@pytest.fixture
def notified(month, run):
    """S1 has cleared one of the two parts of L1."""
    for person, act, *fields in ACTS:
        done = run(f"--as={person}", "do", act, *fields, "--recorded-at", "2026-03-09T10:00")
        assert done.code == 0, done.err


def test_the_notices_are_listed_with_their_figures(notified, ask):
    assert ask(*ON, "notice", "list") == [NOTICE]


def test_a_notice_is_shown_with_the_places_of_its_parts(notified, ask):
    shown = ask(*ON, "notice", "show", "L1")

    assert shown == NOTICE | {"places": {"T1": "cleared", "T2": "notified"}}


def test_a_notice_is_read_by_people(notified, run):
    page = run(*ON, "--lang", "zh", "notice", "show", "L1")

    assert [each for each in ("部分清走", "已清走", "已通知清理") if each not in page.out] == []


def test_an_unknown_notice_is_not_found(month, run):
    assert run("notice", "show", "L9").code == 3


def test_the_cost_of_a_disposal_is_named_by_its_tag(notified, run):
    said = ("--recorded-at", "2026-03-17T10:00")
    asked = ("do", "dispose_of_parts", "tags=T2", "cost.T2=35.50")

    done = run("--format", "json", "--as=buyer", *asked, *said)

    assert (done.code, done.document["events"]) == (0, ["returned_part:T2@4"])


def test_the_day_after_the_last_one_names_the_notice_among_what_lapsed(notified, ask):
    began = ask("day", "2026-03-17")

    assert sorted(began["lapsed"]) == ["L1", "N1"]
