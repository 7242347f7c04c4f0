"""How does a store begin, and where do the settings come from?"""

import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from recourse import __version__
from recourse.values.parties import business_day

COMMANDS = (
    "init",
    "do",
    "intake",
    "case",
    "claim list",
    "claim show",
    "claim history",
    "chargeback list",
    "chargeback show",
    "notice list",
    "notice show",
    "supplier list",
    "supplier show",
    "day",
    "ledger",
    "explain",
    "worklist",
    "rebuild",
)


def test_the_version_is_told(run):
    assert run("--version").out == f"recourse {__version__}\n"


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_has_help_in_both_languages_with_an_example(run, words):
    page = run(*words.split(), "--help")

    assert page.code == 0
    assert f"recourse {words.split()[0]}" in page.out
    assert "例 / example: recourse" in page.out
    assert run(*words.split(), "-h").out == page.out


def test_the_exit_codes_are_in_the_help(run):
    assert "5 规则拒绝 refused" in run("--help").out


def test_a_store_begins_with_an_example_of_the_settings(here, run):
    begun = run("--format", "json", "init")

    assert begun.document == {"store": "recourse.db", "position": 0}
    assert "recourse.toml" in begun.err
    assert tomllib.loads((here / "recourse.toml").read_text("utf-8")) == {
        "people": {},
        "settings": {},
        "evidence": {},
    }


def test_beginning_again_changes_neither_store_nor_settings(month, run):
    before = month.joinpath("recourse.toml").read_bytes()

    begun = run("--format", "json", "init")

    assert begun.document["position"] > 20
    assert month.joinpath("recourse.toml").read_bytes() == before


def test_the_demo_month_comes_with_the_people_who_act_in_it(here, ask):
    begun = ask("--store", "memory:", "init", "--demo")

    assert begun["position"] > 1000
    people = tomllib.loads((here / "recourse.toml").read_text("utf-8"))["people"]
    assert people["boss"] == ["quality_manager"]


def test_the_demo_month_is_not_mixed_with_what_is_there(month, run):
    told = run("--format", "json", "init", "--demo")

    assert (told.code, told.document["code"]) == (2, "store-not-empty")


@pytest.mark.parametrize("store", ["plant.db", "sqlite:///plant.db"])
def test_a_store_is_named_by_a_path_or_a_url(here, ask, store):
    ask("--store", store, "init")

    assert (here / "plant.db").exists()
    assert ask("--store", "plant.db", "claim", "list") == []


def test_a_store_in_memory_begins_anew_each_time(people, ask):
    shared = ("--store", "memory:", "--as", "buyer")

    done = ask(*shared, "do", "register_supplier", "supplier=S1", "name=x", "disposal=entrusted")

    assert done["events"] == ["supplier:S1@1"]
    assert ask(*shared, "supplier", "list") == []
    assert not (people / "recourse.db").exists()


def test_a_flag_comes_before_the_environment_and_that_before_the_file(here, run, monkeypatch):
    run("--store", "flag.db", "init")
    here.joinpath("recourse.toml").write_text('store = "file.db"\nformat = "json"\nlang = "en"')
    by_file = run("claim", "list")
    monkeypatch.setenv("RECOURSE_STORE", "environment.db")
    by_environment = run("claim", "list")
    by_flag = run("--store", "flag.db", "claim", "list")

    assert "file.db" in by_file.document["what"]
    assert "environment.db" in by_environment.document["what"]
    assert by_flag.document == []


def test_the_person_comes_from_the_environment_too(month, run, monkeypatch):
    monkeypatch.setenv("RECOURSE_AS", "engineer")

    told = run("do", "confirm_cost", "claim=C0")

    assert told.code == 3


def test_settings_of_the_rulebook_come_from_the_file(month, ask):
    toml = month / "recourse.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[settings]\n"hold.scope" = "all"\n', "utf-8")

    account = ask("--recorded-at", "2026-03-10", "supplier", "show", "S1")

    assert account["held"] == "5000.00"


@pytest.mark.parametrize(
    "written",
    [
        "store = 1",
        "colour = 'red'",
        "people = 1",
        "[people]\nli = 'king'",
        "[people]\nli = 1",
        "[settings]\n'hold.scope' = 'none'",
        "[settings]\n'hold.colour' = 'red'",
        "lang = 'fr'",
        "store = ",
    ],
)
def test_a_malformed_file_of_settings_is_told(month, run, written):
    month.joinpath("recourse.toml").write_text(written, encoding="utf-8")

    told = run("claim", "list", "--format", "json")

    assert told.code == 2
    assert set(told.document) >= {"code", "why", "remedy"}


def test_help_needs_no_settings(here, run):
    here.joinpath("recourse.toml").write_text("store = ", encoding="utf-8")

    assert run("claim", "--help").code == 0


def test_a_day_to_come_begins_with_a_warning(month, run):
    tomorrow = str(business_day(datetime.now(UTC)) + timedelta(days=2))

    assert tomorrow in run("day", tomorrow).err


@pytest.mark.parametrize(
    "words", ["day 2199-01-01", "--as boss --recorded-at 2199-01-01 do assign_claim claim=C1 to=li"]
)
def test_a_day_of_another_century_is_not_begun(month, run, words):
    before = run("--format", "json", "init").document

    told = run("--format", "json", *words.split())

    assert (told.code, told.document["code"]) == (2, "usage")
    assert run("--format", "json", "init").document == before
