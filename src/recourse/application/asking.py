"""How is something asked of the engine, and how is the answer remembered?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recourse.aggregates.base import Act, Fact
from recourse.commands import Command
from recourse.commands.base import must_have_role
from recourse.commands.referrals import ReferReaction
from recourse.rulebook.book import Rulebook
from recourse.values.parties import ENGINE, Text
from recourse.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: an opaque name and the roles it has."""

    name: str
    roles: frozenset[str]


def the_engine() -> Person:
    """What asks for reactions and begins the days."""
    return Person(ENGINE, frozenset({ENGINE}))


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked: the command, by whom, recorded when, effective on which day."""

    command: Command
    by: Person
    at: datetime  # UTC
    command_id: str
    on: date | None = None  # None: the day of `at` in Asia/Shanghai
    caused_by: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: the events recorded, or the refusal."""

    command_id: str
    events: tuple[str, ...]
    refusal: Refused | None = None


def digest_of(ask: Ask) -> str:
    """SHA-256 of what is asked and by whom, to tell a repetition from another command."""
    said = f"{ask.command.act_name()} {ask.by.name} {ask.on} {ask.command.model_dump_json()}"
    return hashlib.sha256(said.encode()).hexdigest()


def repeated(ask: Ask, known: Mapping[str, Any], digest: str) -> Answer:
    """The answer given when the command id was first `known`; another command is refused (D3)."""
    if known["digest"] != digest:
        refused = Refused("command-id-taken", *ask.command.RULES[:1], id=ask.command_id)
        refused.asked = Text("不能执行。", "This cannot be done.")
        return Answer(ask.command_id, (), refused)
    told = known.get("refused")
    if told is None:
        return Answer(ask.command_id, tuple(known["events"]))
    refused = Refused(told["code"], *told["rules"], **told["facts"])
    refused.asked = Text(*told["asked"])
    return Answer(ask.command_id, (), refused)


def kept(
    ask: Ask, digest: str, *, events: Sequence[str] = (), refused: Refused | None = None
) -> dict[str, Any]:
    """What the store remembers of an answer."""
    answer: dict[str, Any] = {
        "digest": digest,
        "act": ask.command.act_name(),
        "about": ask.command.about,
        "by": ask.by.name,
        "at": ask.at.isoformat(),
        "events": list(events),
    }
    if refused:
        answer["refused"] = {
            "code": refused.code,
            "rules": list(refused.rules),
            "facts": refused.facts,
            "asked": list(refused.asked),
        }
    return answer


def must_be_allowed(command: Command, act: Act, book: Rulebook) -> None:
    """Refuse who may not ask for this, and a day that is not of this book or still to come."""
    must_have_role(act, *command.by(book, max(act.on, book.first_day)))
    if act.on > act.today:
        raise Refused("effective-in-the-future", on=act.on, today=act.today)
    if act.on < book.first_day:
        raise Refused("before-the-rulebook", day=act.on, first=book.first_day)


def referral(ask: Ask, fact: Fact, refused: Refused) -> Ask:
    """What puts the refused reaction to `fact` before a person, under a name that can be typed."""
    policy, number = ask.command_id.partition(" ")[0], ask.command_id.rpartition(" ")[2]
    command = ReferReaction(
        referral=f"{policy}/{fact.position}/{number}",
        label=ask.command.about,
        code=refused.code,
        asked=ask.command.act_name(),
    )
    return Ask(command, ask.by, ask.at, f"refer {ask.command_id}", ask.on, ask.caused_by)
