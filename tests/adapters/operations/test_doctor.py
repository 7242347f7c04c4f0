"""Does the doctor look at all it can, say what it saw in both languages, and write nothing?"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from recourse.adapters import operations
from recourse.adapters.operations.doctor import CHECKS, SQLITE
from recourse.adapters.operations.finding import Finding, wording
from support.sites import amiss, begun, findings, site

CODES = re.compile(r'found\(\s*"([a-z-]+)"|"([a-z-]+)" if |else "([a-z-]+)"')


def test_a_store_that_cannot_be_opened_does_not_keep_the_rest_from_being_looked_at(tmp_path):
    found = findings(site(tmp_path / "nowhere.db", environ={"POSTGRES_ENABLE_DB_FUNCTIONS": "1"}))

    codes = {name: each.outcome.code for name, each in found.items()}
    assert codes["store"] == "unusable"
    assert codes["database-functions"] == "on"
    assert (codes["versions"], codes["time-zone"], codes["disk"]) == ("ok", "ok", "ok")
    unseen = {check.name for check in CHECKS if SQLITE in check.on}
    assert {name for name, code in codes.items() if code == "not-examined"} == unseen


def test_an_event_that_cannot_be_read_does_not_keep_the_rest_from_being_looked_at(tmp_path):
    store = begun(tmp_path / "log.db")
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_are_never_changed")
        connection.execute("UPDATE events SET topic = 'nobody.knows'")

    found = amiss(site(store))

    assert found["clock"] == "failed"
    assert "lag" not in found


def test_a_store_in_memory_has_nothing_to_be_looked_at():
    found = findings(site("memory:"))

    assert found["store"].ok
    assert not {check.name for check in CHECKS if check.on} & found.keys()


def test_looking_changes_nothing(tmp_path):
    store = Path(begun(tmp_path / "log.db"))
    before = store.read_bytes(), sorted(each.name for each in tmp_path.iterdir())

    findings(site(store))

    assert (store.read_bytes(), sorted(each.name for each in tmp_path.iterdir())) == before


def test_no_keys_are_told_and_not_passed_over(tmp_path):
    told = findings(site(tmp_path / "x.db"))["keys"].tell("en")

    assert told["ok"]
    assert "no keys" in told["detail"]


def test_every_outcome_has_its_words_and_every_word_its_outcome():
    folder = Path(operations.__file__).parent
    written = "\n".join(each.read_text("utf-8") for each in folder.glob("*.py"))
    codes = {code for groups in CODES.findall(written) for code in groups if code}
    worded = {code for outcomes in wording().values() for code in outcomes}

    assert worded - codes == set()
    assert {check.name for check in CHECKS} - wording().keys() == set()


@pytest.mark.parametrize(("check", "code"), [(c, o) for c, of in wording().items() for o in of])
def test_every_outcome_is_told_in_both_languages(check, code):
    words = wording()[check][code]

    assert {"detail_zh", "detail_en"} <= words.keys()
    assert ("remedy_zh" in words) == ("remedy_en" in words)
    names = {part: set(re.findall(r"{(\w+)}", said)) for part, said in words.items()}
    same = {each.removesuffix("_zh").removesuffix("_en") for part in names for each in names[part]}
    told = {
        part: {each.removesuffix("_zh").removesuffix("_en") for each in names[part]}
        for part in names
    }
    assert told["detail_zh"] == told["detail_en"] <= same


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_finding_says_what_to_do(tmp_path, language):
    found = findings(site(tmp_path / "nowhere.db"))

    silent = [
        each.name for each in found.values() if not each.ok and not each.tell(language)["remedy"]
    ]
    assert silent == []
    assert all(
        isinstance(each, Finding) and each.tell(language)["detail"] for each in found.values()
    )
