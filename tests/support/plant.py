"""A store in which much waits to be done, for the tests of workers and of crashes."""

from datetime import date, timedelta
from typing import Any

from recourse.aggregates.base import Fact
from recourse.application import Ask, Person, Recourse
from recourse.commands import PUBLIC
from support.engine import Site, nine
from support.story import LAST_DAY, PEOPLE, THIRD, play

LATER = LAST_DAY + timedelta(days=12)
"""Long after the appeal of the story has lapsed."""


def begin_story(engine: Recourse) -> None:
    """A note that the supplier received on the third and does not answer."""
    play(Site(engine), until="record_receipt")


def doubtful_claim(number: int, on: date = THIRD) -> Ask:
    """A claim for a repair before the sale, which a policy returns to the centre."""
    fields: dict[str, Any] = {
        "claim": f"D{number}",
        "unit": f"U{number}",
        "part": "P1",
        "stage": "after_sale",
        "sold_on": date(2026, 6, 25),
        "repaired_on": date(2026, 6, 20),
        "costs": {"labour": "50.00"},
        "quantity": 0,
    }
    person = Person("engineer", frozenset(PEOPLE["engineer"]))
    command = PUBLIC["receive_claim"].model_validate(fields)
    return Ask(command, person, nine(on), f"receive D{number}")


def facts_of(engine: Recourse) -> list[Fact]:
    """The whole log."""
    return [fact for page in engine.batches() for fact in page]


def said(fact: Fact) -> dict[str, Any]:
    """What an event says, but for its time and its place in the log."""
    told = fact.event.model_dump(mode="json", exclude={"recorded_at"})
    return {"id": fact.id, "topic": fact.event.TOPIC} | told


def by_stream(engine: Recourse) -> list[dict[str, Any]]:
    """What every event says, in an order that does not depend on who was first."""
    return sorted(map(said, facts_of(engine)), key=lambda told: str(told["id"]))
