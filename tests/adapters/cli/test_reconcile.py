"""Does a person see what does not agree, where, and how it is mended?"""

import sqlite3
from contextlib import closing

import pytest


def change(path, statement):
    with closing(sqlite3.connect(path)) as store, store:
        store.execute(statement)


def test_what_agrees_is_reconciled_without_a_finding(month, run, ask):
    told = ask("reconcile")

    assert told["ok"]
    names = ["log", "topics", "read models", "keys", "answers", "followers"]
    assert [each["name"] for each in told["checks"]] == names
    assert all(set(each) == {"name", "ok", "detail", "findings"} for each in told["checks"])
    assert run("reconcile").code == 0


def test_what_does_not_agree_is_named_and_ends_with_6(month, run):
    change("recourse.db", "UPDATE claims SET part = 'P9' WHERE claim = 'C2'")

    ended = run("--format", "json", "reconcile")

    assert ended.code == 6
    assert not ended.document["ok"]
    (wrong,) = [each for each in ended.document["checks"] if not each["ok"]]
    assert wrong["name"] == "read models"
    (finding,) = wrong["findings"]
    assert finding["key"] == {"claim": "C2"}
    assert (finding["live"], finding["rebuilt"]) == ({"part": "P9"}, {"part": "P1"})


@pytest.mark.parametrize(("lang", "said"), [("zh", "查询表"), ("en", "read models")])
def test_it_is_told_in_words_too(month, run, lang, said):
    change("recourse.db", "UPDATE claims SET part = 'P9' WHERE claim = 'C2'")

    ended = run("--lang", lang, "reconcile")

    assert ended.code == 6
    assert said in ended.out
    assert "P9" in ended.out


def test_rebuilding_mends_what_was_found(month, run):
    change("recourse.db", "DELETE FROM claims WHERE claim = 'C2'")
    assert run("reconcile").code == 6

    run("rebuild")

    assert run("reconcile").code == 0


def test_a_store_that_is_not_there_is_not_begun(people, run):
    assert run("--store", "typo.db", "reconcile").code == 7
    assert not (people / "typo.db").exists()


def test_a_moved_or_restored_log_reconciles(month, run, ask):
    run("export", "log", "--out", "log.jsonl")
    run("backup", "kept")
    run("--store", "moved.db", "import", "log.jsonl")
    run("--store", "restored.db", "restore", "kept")

    for store in ("moved.db", "restored.db"):
        assert ask("--store", store, "reconcile")["ok"]
