"""What do all parts of the reference share: refusing, reading amounts, counting days?"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

World = dict[str, Any]
Person = tuple[str, tuple[str, ...]]

COMPONENTS = ("labour", "material", "travel", "other")
UNDETERMINED = "undetermined"

# What 2026 says from March on.
STATUTORY = {
    *(date(2026, 4, 5), date(2026, 5, 1), date(2026, 5, 2), date(2026, 6, 19)),
    *(date(2026, 9, 25), date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)),
}
OFFICIAL_REST = {
    date(2026, month, day)
    for month, days in {4: (4, 5, 6), 5: range(1, 6), 6: (19, 20, 21), 9: (25, 26, 27)}.items()
    for day in days
} | {date(2026, 10, day) for day in range(1, 8)}
OFFICIAL_WORK = {date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)}
FIRST_DAY, LAST_DAY = date(2026, 3, 1), date(2026, 12, 25)

DEFAULTS: Mapping[str, Any] = {
    "hold.scope": "amount",
    "hold.appealed": True,
    "collection.waits": True,
    "appeal.silence": "lapse",
    "days.rest_day": "later",
    "appeal.days": 5,
    "clearance.days": 5,
    "referral.by": "centre",
}


class No(Exception):
    """A refusal; the engine must cite at least one of `rules`."""

    def __init__(self, *rules: str) -> None:
        super().__init__(*sorted(rules))
        self.rules = set(rules)


class Unclear(Exception):
    """The page does not decide this; such an act is not played."""


class Idle(Exception):
    """The page does not say whether this is refused (by `rule`), but nothing follows from it."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rules = {rule}


def refuse(*reasons: tuple[object, str]) -> None:
    """Refuse by every rule whose condition holds; reasons of one call have the same rank."""
    rules = {rule for holds, rule in reasons if holds}
    if rules:
        raise No(*rules)


def unclear(doubtful: object) -> None:
    if doubtful:
        raise Unclear


def idle(useless: object, rule: str) -> None:
    if useless:
        raise Idle(rule)


def new(settings: Mapping[str, Any], day: date) -> World:
    return {
        "settings": {**DEFAULTS, **settings},
        "day": day,
        "first_month": day.strftime("%Y-%m"),
        "suppliers": {},
        "parts": {},
        "claims": {},
        "tags": {},
        "notes": {},
        "notices": {},
        "breakdowns": {},
        "closes": {},
    }


def holds_role(person: Person, roles: Iterable[str]) -> bool:
    return any(role.partition(":")[0] in roles for role in person[1])


def is_supplier(person: Person, supplier: str) -> bool:
    return f"supplier:{supplier}" in person[1]


def known(things: Mapping[str, Any], label: str, rule: str) -> dict[str, Any]:
    """The thing of that label; refused by the first rule of the act where there is none."""
    refuse((label not in things, rule))
    return things[label]


def fen(yuan: str) -> int:
    whole, _, cents = yuan.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int(cents.ljust(2, "0")))


def officially_off(day: date) -> bool:
    if day in OFFICIAL_WORK:
        return False
    return day in OFFICIAL_REST or day.weekday() >= 5


def statutorily_off(day: date) -> bool:
    return day in STATUTORY or day.weekday() >= 5


def last_day(received_on: date, window: str, settings: Mapping[str, Any]) -> date:
    """The last of the days of `window` after that of receipt, moved off a rest day as read."""
    end, reading = received_on + timedelta(days=settings[window]), settings["days.rest_day"]
    ends = {
        "official": _moved_off(end, officially_off),
        "statutory": _moved_off(end, statutorily_off),
    }
    return ends[reading] if reading in ends else max(ends.values())


def _moved_off(day: date, off: Callable[[date], bool]) -> date:
    assert FIRST_DAY <= day <= LAST_DAY, "the reference knows no other days"
    while off(day):
        day += timedelta(days=1)
    return day
