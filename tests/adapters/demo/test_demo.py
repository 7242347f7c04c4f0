"""Does the demo month show everything that can happen, the same way every time?"""

import hashlib
import tomllib
from dataclasses import fields

import pytest

from recourse.adapters.demo import BRANCHES, PEOPLE, fill
from recourse.adapters.demo.diary import ToldOtherwise
from recourse.adapters.demo.month import write_month
from recourse.adapters.demo.parts import PARTS, SUPPLIERS
from recourse.commands import PUBLIC
from recourse.contracts import EVENTS
from recourse.values.parties import role
from recourse.values.refusal import catalogue
from support.engine import fresh

FREE_TEXT = ("reason", "again", "evidence", "channel", "proof")
NOT_SHOWN = {"chargeback.deemed_accepted"}  # needs the setting appeal.silence


def stored(engine) -> list[bytes]:
    events = engine.store.recorder.select_notifications(0, 1_000_000, inclusive_of_start=False)
    return [
        f"{each.originator_id} {each.originator_version} {each.topic} ".encode() + each.state
        for each in events
    ]


def digest(engine) -> str:
    return hashlib.sha256(b"\n".join(stored(engine))).hexdigest()


def said_freely(entries) -> set[str]:
    found = {getattr(entry.command, name, None) for entry in entries for name in FREE_TEXT}
    return found - {None}


def happened(filled) -> dict[str, int]:
    return {branch.title.en: len(facts) for branch, facts in filled.branches.items()}


@pytest.mark.parametrize("branch", BRANCHES, ids=lambda branch: f"{branch.topic} {branch.title.en}")
def test_everything_that_can_happen_does_so_twice(filled, branch):
    assert len(filled.branches[branch]) >= 2


def test_every_event_of_the_contract_is_in_the_table_but_the_one_that_needs_a_setting():
    shown = {branch.topic for branch in BRANCHES}

    assert {event.TOPIC for event in EVENTS.values()} - shown - NOT_SHOWN == {
        "claim.divided"
    } - shown


def test_at_least_ten_kinds_of_refusal_occur_twice_each(filled):
    twice = [code for code, references in filled.refused.items() if len(references) >= 2]

    assert (len(twice) >= 10, set(twice)) == (True, set(filled.refused))
