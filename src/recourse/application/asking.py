"""How is something asked of the engine, and how is the answer remembered?"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from recourse.commands import Command
from recourse.values.parties import Text
from recourse.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: an opaque name and the roles it has."""

    name: str
    roles: frozenset[str]


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
