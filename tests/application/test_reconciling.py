"""Is everything that does not agree with the events found, located, and nothing else?"""

import pytest

from recourse.application.reconciling import CHECKS, reconcile
from support.logs import opened, stored, tampered

SOME_CLAIM = "claim:C1@1"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A store in a file, whose read models reflect all of it."""
    return stored(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def found(whole, tmp_path):
    """What is found after `statements` were run on a copy of the store, by check."""

    def looked(*statements):
        path = tmp_path / "store.db"
        path.write_bytes(whole.read_bytes())
        tampered(path, *statements)
        with opened(str(path), catch_up=False) as engine:
            return {each.name: each for each in reconcile(engine)}

    return looked


def findings(checks):
    """Every finding, under the name of its check."""
    return [(name, finding) for name, check in checks.items() for finding in check.findings]


def the_one(checks, name):
    """The only finding of the check of that name."""
    (finding,) = checks[name].findings
    return finding


def test_where_everything_agrees_nothing_is_found(found):
    checks = found()

    assert list(checks) == list(CHECKS)
    assert findings(checks) == []
    assert all(each.ok for each in checks.values())


def test_the_events_of_each_kind_are_counted(found):
    detail = found()["topics"].detail

    assert detail["events"]["claim.received.v1"] >= 1
    assert detail["kinds"] == len(detail["events"])


def test_a_row_that_is_gone_is_named(found):
    finding = the_one(found("DELETE FROM claims WHERE claim = 'C1'"), "read models")

    assert finding["code"] == "row"
    assert (finding["read_model"], finding["table"]) == ("claims", "claims")
    assert finding["key"] == {"claim": "C1"}
    assert finding["live"] is None
    assert finding["rebuilt"]["part"] == "P1"


def test_a_row_too_many_is_named(found):
    finding = the_one(
        found("INSERT INTO ledger_balances VALUES ('bank', 1, 1) ON CONFLICT DO NOTHING"),
        "read models",
    )

    assert (finding["table"], finding["key"]) == ("ledger_balances", {"account": "bank"})
    assert finding["live"] == {"account": "bank", "debit": 1, "credit": 1}
    assert finding["rebuilt"] is None


def test_of_a_row_that_was_altered_the_values_that_differ_are_told(found):
    finding = the_one(found("UPDATE claims SET part = 'P9' WHERE claim = 'C1'"), "read models")

    assert finding["key"] == {"claim": "C1"}
    assert (finding["live"], finding["rebuilt"]) == ({"part": "P9"}, {"part": "P1"})


@pytest.mark.parametrize(("moved", "code"), [(-1, "behind"), (1, "beyond")])
def test_a_position_that_was_moved_is_found(found, moved, code):
    checks = found(
        f"UPDATE read_model_positions SET position = position + {moved} WHERE read_model = 'claims'"
    )

    codes = {finding["code"] for finding in checks["read models"].findings}
    assert code in codes
    named = {finding["read_model"] for finding in checks["read models"].findings}
    assert named == {"claims"}


def test_an_event_that_is_missing_is_found_by_the_log_and_by_its_answer(found):
    checks = found("DELETE FROM events WHERE stream = 'claim:C1' AND version = 2")

    assert {finding["code"] for finding in checks["log"].findings} == {"position", "version"}
    assert the_one(checks, "answers")["event"] == "claim:C1@2"
    assert the_one(checks, "keys")["code"] == "broke"


def test_events_cut_off_at_the_end_are_found_by_their_answers_and_followers(found):
    checks = found("DELETE FROM events WHERE seq > (SELECT max(seq) - 3 FROM events)")

    assert checks["log"].ok
    assert {finding["code"] for finding in checks["answers"].findings} == {"no-event"}
    assert the_one(checks, "followers")["follower"] == "policies"
    assert {finding["code"] for finding in checks["read models"].findings} >= {"beyond"}


def test_an_event_that_cannot_be_read_stops_no_other_check(found):
    checks = found("UPDATE events SET state = x'7b7d' WHERE seq = 5")

    assert the_one(checks, "log")["position"] == 5
    assert the_one(checks, "answers")["code"] == "broke"
    assert checks["topics"].ok


def test_a_kind_of_event_that_nobody_knows_is_named(found):
    checks = found("UPDATE events SET topic = 'claim.invented.v1' WHERE seq = 5")

    assert the_one(checks, "topics")["topic"] == "claim.invented.v1"


@pytest.mark.parametrize(
    ("statement", "live"),
    [
        ("DELETE FROM keys WHERE stream = 'chargeback:N1'", None),
        (
            "UPDATE keys SET stream = 'chargeback:N9' WHERE stream = 'chargeback:N1'",
            "chargeback:N9",
        ),
    ],
)
def test_a_key_that_is_not_held_by_whom_the_events_say_is_found(found, statement, live):
    checks = found(statement)

    told = checks["keys"].findings
    assert told
    assert {(each["live"], each["rebuilt"]) for each in told} == {(live, "chargeback:N1")}


def test_a_key_that_nobody_took_is_found(found):
    finding = the_one(found("INSERT INTO keys VALUES ('number 9', 'chargeback:N9')"), "keys")

    assert (finding["key"], finding["live"], finding["rebuilt"]) == (
        "number 9",
        "chargeback:N9",
        None,
    )


def test_what_a_follower_notes_of_another_place_is_no_position_in_the_log(found):
    checks = found("INSERT INTO positions VALUES ('kafka relay', 3), ('kafka relay t/0', 900000)")

    assert checks["followers"].ok
    assert "kafka relay t/0" not in checks["followers"].detail


def test_what_a_person_did_and_no_answer_tells_is_found(found):
    checks = found("DELETE FROM answers WHERE answer LIKE '%\"claim:C1@1\"%'")

    finding = the_one(checks, "answers")
    assert (finding["code"], finding["event"]) == ("no-answer", SOME_CLAIM)


def test_an_answer_that_names_the_event_of_another_is_found(found):
    checks = found("UPDATE answers SET command_id = 'x' WHERE answer LIKE '%\"claim:C1@1\"%'")

    finding = the_one(checks, "answers")
    assert (finding["code"], finding["event"]) == ("other-answer", SOME_CLAIM)
    assert finding["named_by"] == "x"


def test_a_follower_beyond_the_log_is_found(found):
    checks = found("INSERT INTO positions VALUES ('mail', 100000)")

    finding = the_one(checks, "followers")
    assert (finding["code"], finding["follower"]) == ("beyond", "mail")


def test_a_follower_that_lags_is_no_finding_but_is_told(found):
    checks = found("INSERT INTO positions VALUES ('kafka relay', 3)")

    assert checks["followers"].ok
    assert checks["followers"].detail["kafka relay"] == checks["log"].detail["events"] - 3


def test_policies_that_would_do_again_what_they_did_are_found(found):
    checks = found("UPDATE positions SET position = 0 WHERE follower = 'policies'")

    codes = {finding["code"] for finding in checks["followers"].findings}
    assert codes == {"done-already"}


def test_an_event_that_a_read_model_does_without_is_named(found):
    checks = found("INSERT INTO quarantined VALUES ('claims', 4, 'claim:C1@1', 't', 'why')")

    finding = the_one(checks, "read models")
    assert (finding["code"], finding["event"]) == ("quarantined", SOME_CLAIM)


def test_looking_changes_nothing(whole):
    before = whole.read_bytes()

    with opened(str(whole), catch_up=False) as engine:
        reconcile(engine)

    assert whole.read_bytes() == before
