"""Are files of repairs taken in, and cases played, as the interface promises?"""

import hashlib

import pytest

from support.repairs import PROFILE, many, row, write

CASE = """
name = "A claim arrives"
rules = ["Z-4.4.2"]
steps = [
  { at = 2026-03-02, by = "li", do = "receive_claim", claim = "C1", unit = "U1", part = "P1", stage = "after_sale", repaired_on = 2026-02-26, costs = { labour = "180.00" } },
  { at = 2026-03-02, expect = "claim", claim = "C1", claimed = "180.00" },
]

[people]
li = "quality_engineer"
"""  # noqa: E501 - one step a line
SHARED = ("--as", "all_hands", "--recorded-at", "2024-12-02")
COUNTS = ("rows", "claims", "amended", "known", "rejected")


@pytest.fixture
def take(people, run):
    """Takes in rows on a new store; what the command wrote."""
    run("init")

    def taken(rows, *words):
        path = write(people / "repairs.csv", rows)
        return run("--format=json", *SHARED, "intake", path.name, "--profile", PROFILE, *words)

    return taken


def test_every_row_of_a_file_is_counted_once(take, people):
    taken = take([*many(3), row(LBRCOST="much")], "--register-master").document

    digest = hashlib.sha256((people / "repairs.csv").read_bytes()).hexdigest()
    assert taken["file_sha256"] == digest
    assert tuple(taken[name] for name in COUNTS) == (4, 3, 0, 0, 1)
    assert (people / taken["rejects_file"]).is_file()


def test_the_same_file_again_changes_nothing(take):
    take(many(3), "--register-master")

    again = take(many(3)).document

    assert tuple(again[name] for name in COUNTS) == (3, 0, 0, 3, 0)
    assert again["rejects_file"] is None


def test_a_dry_run_records_nothing_and_counts_the_same(take, ask):
    take([], "--register-master")

    dry = take([*many(2), row(LBRCOST="much")], "--dry-run")

    assert tuple(dry.document[name] for name in COUNTS) == (3, 2, 0, 0, 1)
    assert dry.document["rejects_file"] is None
    assert "LBRCOST" in dry.err
    assert ask("claim", "list") == []


def test_a_dry_run_registers_nothing(take):
    assert take(many(1), "--dry-run", "--register-master").code == 2


@pytest.mark.parametrize("profile", ["none", "none.toml"])
def test_an_unknown_profile_is_told(take, run, profile):
    take([])

    told = run("--format=json", *SHARED, "intake", "repairs.csv", "--profile", profile)

    assert told.code == 2
    assert profile in told.document["what"]


def test_parts_that_nobody_registered_are_told(take):
    told = take(many(1))

    assert told.code == 2
    assert "--register-master" in told.document["remedy"]


def test_a_person_who_may_not_receive_claims_is_refused(take, run):
    take(many(1), "--register-master")

    told = run("--as=buyer", "intake", "repairs.csv", "--profile", PROFILE)

    assert told.code == 5


@pytest.fixture
def story(here):
    """Writes a case; the name of its file."""

    def written(text=CASE, name="story.toml"):
        here.joinpath(name).write_text(text, encoding="utf-8")
        return name

    return written


@pytest.mark.parametrize("on", ["memory", "sqlite"])
def test_a_case_is_played_on_a_fresh_store(story, run, here, on):
    played = run("--format=json", "case", "--on", on, story())

    assert played.code == 0
    assert played.document == [
        {"file": "story.toml", "name": "A claim arrives", "steps": 2, "differences": []}
    ]
    assert [path.name for path in here.iterdir()] == ["story.toml"]


def test_a_case_that_differs_is_a_finding(story, run):
    other = story(CASE.replace('claimed = "180.00"', 'claimed = "180.01"'), "other.toml")

    played = run("--format=json", "case", story(), other)

    assert played.code == 6
    (difference,) = played.document[1]["differences"]
    assert (difference["step"], difference["expected"]) == (2, "180.01")
    assert difference["actual"] == "180.00"


def test_every_difference_is_a_line(story, run):
    played = run("case", story(CASE.replace('claimed = "180.00"', 'claimed = "180.01"')))

    (line,) = played.out.splitlines()
    assert all(word in line for word in ("story.toml", "180.00", "180.01"))


@pytest.mark.parametrize(("rule", "played"), [("Z-4.4.2", 1), ("Z-4.4", 1), ("Z-4.5", 0)])
def test_only_the_cases_about_a_rule_are_played(story, ask, rule, played):
    assert len(ask("case", "--rule", rule, story())) == played


def test_a_file_that_is_no_case_is_told(story, run):
    told = run("--format=json", "case", story(CASE.replace("receive_claim", "receive_clam")))

    assert told.code == 2
    assert "receive_clam" in told.document["why"]


def test_a_file_that_is_no_case_does_not_keep_others_from_being_played(story, run):
    wrong = story(CASE.replace("receive_claim", "receive_clam"), "wrong.toml")

    played = run("--format=json", "case", wrong, story())

    assert played.code == 2
    assert [each["name"] for each in played.document] == [None, "A claim arrives"]
    assert "receive_clam" in played.document[0]["differences"][0]["actual"]


def test_a_server_that_cannot_be_reached_is_told(story, run):
    told = run("--format=json", "case", "--on", "postgresql://u:secret@127.0.0.1:1/db", story())

    assert (told.code, told.document["code"]) == (7, "store-unreachable")
    assert "secret" not in told.out + told.err


def test_a_case_is_played_in_a_schema_that_is_gone_afterwards(story, run, postgres):
    played = run("case", "--on", postgres.url, story())

    assert played.code == 0
    with postgres.admin() as connection:
        left = "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'case_%'"
        assert connection.execute(left).fetchall() == []
