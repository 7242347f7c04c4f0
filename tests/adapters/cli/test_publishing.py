"""Can a plant publish its rulebook by the command line, and is the text kept as it was?"""

import pytest

from recourse.rulebook.book import built_in, read_book
from recourse.rulebook.reading import texts_of
from support.books import put

MONDAY, TUESDAY = "2026-03-09T09:00", "2026-03-10T09:00"
DAYS = "appeal_days.toml"
LATER = """
[[editions]]
since = 2026-05-01
value = 7
clause = "Z-4.6.1a"
source = "通知 2026-1"
"""


@pytest.fixture
def plant(month):
    """The built-in text as a book of the plant's own, in use; a deputy can publish."""
    toml = month / "recourse.toml"
    people = toml.read_text("utf-8").replace("[people]\n", '[people]\ndeputy = "deputy_gm"\n')
    toml.write_text(f'rulebook = "plant"\n{people}', "utf-8")
    return put(dict(built_in().texts), month / "plant")


def propose(run, day="2026-03-09", at=MONDAY):
    options = ("--as", "boss", "--recorded-at", at)
    return run(*options, "rulebook", "propose", "plant", "--effective", day)


def publish(run, sha256, at=MONDAY):
    return run("--as", "deputy", "--recorded-at", at, "rulebook", "publish", sha256)


@pytest.fixture
def published(plant, run):
    """Proposed by the boss, published by the deputy."""
    assert propose(run).code == 0
    assert publish(run, built_in().sha256).code == 0
    return plant


def change(plant):
    file = plant / "rules" / DAYS
    file.write_text(file.read_text("utf-8") + LATER, "utf-8")
    return read_book(texts_of(plant)).sha256


def test_a_proposal_tells_the_hash_that_is_to_be_published(plant, run):
    assert built_in().sha256 in propose(run).err


def test_the_history_names_each_edition_who_brought_it_in_and_who_knows_it(published, run, ask):
    words = ("supplier=S1", 'clauses=["Z-4.6.1"]')
    run("--as", "buyer", "--recorded-at", MONDAY, "do", "acknowledge_rulebook", *words)

    told = ask("rulebook", "history")

    assert told["in_force"] == built_in().sha256
    assert told["editions"] == [
        {
            "sha256": built_in().sha256,
            "takes_effect_on": "2026-03-09",
            "proposed": "rulebook:zzbs@1",
            "published": "rulebook:zzbs@2",
            "acknowledged_by": ["S1"],
        }
    ]


def test_the_text_comes_out_of_the_log_as_it_was_published(published, here, run):
    assert run("rulebook", "text", built_in().sha256, "--out", "taken").code == 0

    assert texts_of(here / "taken") == dict(built_in().texts)


def test_a_text_is_not_written_over_a_folder_that_is_there(published, run):
    assert run("rulebook", "text", built_in().sha256, "--out", "plant").code == 2


def test_one_changed_byte_under_a_published_edition_stops_every_command(published, run):
    file = published / "rules" / DAYS
    file.write_text(file.read_text("utf-8") + "#", "utf-8")

    ended = run("chargeback", "list")

    assert ended.code == 5
    assert built_in().sha256 in ended.err


def test_settings_of_the_file_under_a_published_edition_stop_every_command(published, here, run):
    toml = here / "recourse.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[settings]\n"appeal.days" = 6\n', "utf-8")

    assert run("chargeback", "list").code == 5


def test_a_changed_text_is_proposed_and_published_and_then_in_use(published, run, ask):
    sha256 = change(published)
    assert run("chargeback", "list").code == 5

    assert propose(run, "2026-05-01", TUESDAY).code == 0
    assert publish(run, sha256, TUESDAY).code == 0

    assert run("chargeback", "list").code == 0
    assert ask("rulebook", "history")["in_force"] == sha256


def test_a_proposal_can_be_withdrawn(published, run, ask):
    change(published)
    propose(run, "2026-05-01", TUESDAY)

    assert run("--as", "boss", "--recorded-at", TUESDAY, "rulebook", "withdraw").code == 0
    assert ask("rulebook", "history")["proposed"] is None


def test_a_built_in_text_that_was_never_published_leaves_the_published_one_in_force(
    published, here, run
):
    change(published)
    propose(run, "2026-05-01", TUESDAY)
    changed = read_book(texts_of(published)).sha256
    publish(run, changed, TUESDAY)
    toml = here / "recourse.toml"
    toml.write_text(toml.read_text("utf-8").replace('rulebook = "plant"\n', ""), "utf-8")

    assert run("chargeback", "list").err == ""  # the built-in text is an older edition

    told = run("--lang", "en", "rulebook", "history").out
    assert changed in told


def test_it_is_told_where_the_built_in_text_is_no_edition_that_was_published(plant, here, run):
    sha256 = change(plant)
    propose(run)
    publish(run, sha256)
    toml = here / "recourse.toml"
    toml.write_text(toml.read_text("utf-8").replace('rulebook = "plant"\n', ""), "utf-8")

    ended = run("chargeback", "list")

    assert (ended.code, sha256[:12] in ended.err) == (0, True)


def test_an_unknown_hash_is_not_on_record(published, run):
    assert run("rulebook", "text", "0" * 64, "--out", "taken").code == 3
