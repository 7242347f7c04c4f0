"""What can a rulebook decide, and which day selects the edition that does?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from recourse.values.parties import Text

DAYS: Mapping[str, Text] = {
    "sold": Text("车辆销售之日", "the day the vehicle was sold"),
    "repaired": Text("维修之日", "the day of the repair"),
    "received": Text("收到之日", "the day of receipt"),
    "issued": Text("发出之日", "the day it was sent"),
    "approved": Text("批准之日", "the day of approval"),
    "closed": Text("结算期最后一天", "the last day of the period that is settled"),
    "decided": Text("作出决定、付款或查询之日", "the day of the decision, payment or enquiry"),
}
"""The days that can select an edition."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a book decides: the kind of its value, and the days that may select it."""

    name: str
    title: Text
    kind: str
    chosen_by: tuple[str, ...]
    required: bool
    choices: Mapping[str, Text]


@cache
def keys() -> Mapping[str, Key]:
    """Everything a book can decide, by name."""
    text = files(__package__).joinpath("keys.toml").read_text(encoding="utf-8")
    return {
        name: Key(
            name,
            Text(written["zh"], written["en"]),
            written["kind"],
            tuple(written["chosen_by"]),
            written.get("required", False),
            {it["value"]: Text(it["zh"], it["en"]) for it in written.get("choices", ())},
        )
        for name, written in tomllib.loads(text).items()
    }
