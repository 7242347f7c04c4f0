"""Can a person see how far events are sent, make topics, and have events sent again?"""

from uuid import uuid4

import pytest

from support.broker import free_port


@pytest.fixture
def settings(month):
    """Writes [kafka] into the settings beside the month."""

    def written(bootstrap, **more):
        more = {"bootstrap": bootstrap, "prefix": f"{uuid4().hex[:8]}.", "partitions": 2} | more
        lines = "".join(f"{name} = {value!r}\n" for name, value in more.items())
        path = month / "recourse.toml"
        path.write_text(f"{path.read_text('utf-8')}\n[kafka]\n{lines}", "utf-8")
        return more["prefix"]

    return written


def test_topics_are_missing_until_somebody_makes_them(run, settings, broker):
    prefix = settings(broker.bootstrap)

    said = [run("--format=json", "kafka", "topics", *word) for word in ([], ["--create"], [])]

    states = [{row["kafka_topic"]: row["state"] for row in told.document} for told in said]
    names = [f"{prefix}recourse.{each}" for each in ("claims", "suppliers", "inbox")]
    assert states == [dict.fromkeys(names, each) for each in ("missing", "created", "present")]
    assert [row["keyed_by"] for row in said[0].document] == ["claim", "supplier", "document"]


def test_all_that_waits_is_sent_and_can_be_sent_again(run, settings, broker):
    prefix = settings(broker.bootstrap)
    run("kafka", "topics", "--create")

    waits = run("--format=json", "kafka", "relay").document
    sent = run("--format=json", "kafka", "relay", "--once").document
    again = run("--format=json", "kafka", "relay", "--from", "5", "--once")

    assert (waits["position"], waits["last_sent"]) == (0, "")
    assert waits["behind"] == waits["log_position"] == sent["position"]
    assert waits["waits_since"] and waits["next_event"]
    assert (sent["behind"], sent["waits_since"], sent["next_event"]) == (0, None, "")
    assert again.document == sent
    ids = [dict(each.headers)["ce_id"] for each in broker.read(f"{prefix}recourse.claims")]
    assert len(ids) > len(set(ids)) > 0


def test_events_can_be_made_to_wait_for_being_sent_again(run, settings, broker):
    settings(broker.bootstrap)
    run("kafka", "topics", "--create")
    run("kafka", "relay", "--once")

    told = run("--format=json", "kafka", "relay", "--from", "5")

    assert told.document["position"] == 4
    assert told.document["behind"] == told.document["log_position"] - 4


def test_a_worker_sends_where_a_broker_is_named(run, settings, broker):
    settings(broker.bootstrap)
    run("kafka", "topics", "--create")

    worked = run("worker", "--once")

    assert worked.code == 0 and "kafka relay" in worked.err
    assert run("--format=json", "kafka", "relay").document["behind"] == 0
    tasks = {
        each["task"] for each in run("--format=json", "worker", "--status").document["workers"]
    }
    assert "kafka relay" in tasks


def test_a_worker_sends_nothing_where_no_broker_is_named(run, month):
    assert "kafka" not in run("worker", "--once").err
    assert run("worker", "--once", "--only", "kafka relay").code == 2


@pytest.mark.parametrize("words", [("topics",), ("relay", "--once")])
def test_a_site_that_names_no_broker_is_told_how(run, month, words):
    told = run("--format=json", "kafka", *words)

    assert (told.code, told.document["code"]) == (7, "kafka-trouble")
    assert "RECOURSE_KAFKA_BOOTSTRAP" in told.document["remedy"]


def test_a_broker_that_is_away_is_told_and_the_progress_can_be_seen(run, settings):
    settings(f"127.0.0.1:{free_port()}")

    told, seen = run("kafka", "relay", "--once"), run("kafka", "relay", "--status")

    assert told.code == 7 and "127.0.0.1" in told.err and "日志" in told.err
    assert seen.code == 0


def test_a_store_that_is_not_there_is_not_begun(run, here):
    told = run("kafka", "relay")

    assert told.code == 7 and not (here / "recourse.db").exists()


def test_looking_and_sending_are_two_things(run, month):
    assert run("kafka", "relay", "--status", "--once").code == 2


def test_a_wrong_setting_is_told_with_what_may_be_written(run, settings):
    settings("one:9092", partitions="many")

    told = run("kafka", "relay")

    assert told.code == 2 and "kafka.partitions = 'many': 1, 2, ..." in told.err
