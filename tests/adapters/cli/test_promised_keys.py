"""Does every command write the keys that programs may count on?"""

import pytest

from recourse.adapters.pages.json_keys import DOCUMENT, LIST, json_keys
from support.repairs import PROFILE, many, write

CASE = """
name = "A claim is not there"
steps = [{ at = 2026-03-02, expect = "part", tag = "T1", missing = 1 }]

[people]
li = "quality_engineer"
"""
TYPED = {
    "recourse init": ("init",),
    "recourse intake": (
        *("--as=all_hands", "intake", "repairs.csv"),
        *("--profile", PROFILE, "--register-master"),
    ),
    "recourse case": ("case", "wrong.toml"),
    "recourse claim history": ("claim", "history", "C1"),
    "recourse chargeback list": ("chargeback", "list"),
    "recourse chargeback show": ("chargeback", "show", "N1"),
    "recourse day": ("day", "2026-03-17"),
    "recourse settle": ("settle", "2026-03"),
    "recourse ledger": ("ledger", "S1"),
    "recourse explain": ("explain", "N1/C1/labour"),
    "recourse rebuild": ("rebuild", "--check"),
    "recourse verify": ("verify",),
    "recourse doctor": ("doctor",),
    "recourse settings": ("settings",),
    "recourse kafka relay": ("kafka", "relay"),
    "recourse export log": ("export", "log", "--out", "log.jsonl"),
    "recourse import": ("--store", "new.db", "import", "exported.jsonl"),
    "recourse backup": ("backup", "backup"),
    "recourse restore": ("--store", "new.db", "restore", "kept"),
    "recourse reconcile": ("reconcile",),
    "recourse worker": ("worker", "--status"),
}


@pytest.fixture
def files(month, run):
    """The month, with a file of repairs, a case that does not hold and a worker that ran.

    And its log in a file, and a backup of it.
    """
    run("worker", "--once")
    run("export", "log", "--out", "exported.jsonl")
    run("backup", "kept")
    write(month / "repairs.csv", many(2))
    month.joinpath("wrong.toml").write_text(CASE, encoding="utf-8")


def lost(document, keys) -> list[str]:
    """Every promised key that the document, or some entry of a list in it, does not have."""
    entries = {name: [document] if name == DOCUMENT else _entries(document, name) for name in keys}
    assert all(entries.values()), "an empty list shows no keys"
    return [
        f"{name}.{key}"
        for name, found in entries.items()
        for each in found
        for key in keys[name]
        if key not in each
    ]


def _entries(document, name):
    if name == LIST:
        return document
    held = document if isinstance(document, list) else [document]
    return [entry for each in held for entry in each[name]]


@pytest.mark.parametrize("command", json_keys())
def test_a_command_writes_the_keys_that_are_promised(files, ask, command):
    assert lost(ask(*TYPED[command]), json_keys()[command]) == []


def test_a_key_that_is_lost_is_noticed():
    keys = {"": ["month", "lines"], "lines": ["amount"]}

    assert lost({"lines": [{"amount": "1.00"}, {}]}, keys) == [".month", "lines.amount"]
