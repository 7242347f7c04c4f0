"""Of which kind is each field of an act, how is it written, and what is an example?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from recourse.commands import Command
from recourse.commands.charges import quantity
from recourse.commands.evidence import label
from recourse.values.money import component, fen
from recourse.values.parties import Text, bearer, identifier
from recourse.values.proof import proof

EXAMPLES = {
    "against": "centre",
    "channel": "快递",
    "chargeback": "N1",
    "claim": "C1",
    "claims": "C1",
    "clauses": "Z-4.6.1",
    "cost": "T1",
    "department": "财务部",
    "document": "AP-1",
    "evidence": "签收单",
    "fault": "F01",
    "field_claim": "FC1",
    "gate": "inspected",
    "job": "J1",
    "joining": "综合管理部",
    "legal_case": "LC1",
    "line": "1",
    "lines": "C1/labour",
    "lots": "L1",
    "month": "2026-03",
    "name": "甲供方",
    "note": "T-2026-03",
    "notes": "N1",
    "notice": "Q1",
    "outcomes": "C1/labour",
    "part": "P1",
    "plant": "A",
    "proof": "签收单",
    "referral": "claim:C1",
    "reference": "G-2026-1",
    "replaces": "N0",
    "serials": "SN1",
    "spares": "P1",
    "split": "S1",
    "supplier": "S1",
    "tag": "T1",
    "tags": "T1",
    "to": "li",
    "unit": "U1",
}
FREE_TEXT = "现场复核"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be, in words, and one that it may be."""

    text: Text
    example: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an act; `keys` is the kind of the names in a table, None for anything else."""

    name: str
    kind: Kind
    required: bool
    keys: Kind | None = None
    is_list: bool = False

    @property
    def example(self) -> str:
        """One assignment that fits."""
        name = f"{self.name}.{self.keys.example}" if self.keys else self.name
        return f"{name}={self.kind.example}"


def fields_of(act: type[Command]) -> dict[str, Field]:
    """The fields of an act in their order, by name."""
    return {
        name: _field(name, _plain(info.annotation, info.metadata), required=info.is_required())
        for name, info in act.model_fields.items()
    }


@dataclass(frozen=True, slots=True)
class _Type:
    """An annotation without `Annotated` and None: what is left, and what was said about it."""

    base: Any
    said: tuple[Any, ...]

    @property
    def checks(self) -> set[Any]:
        """The functions that look at a value."""
        return {getattr(each, "func", None) for each in self.said}


def _plain(annotation: Any, said: Any = ()) -> _Type:
    if get_origin(annotation) is Annotated:
        base, *more = get_args(annotation)
        return _plain(base, (*said, *more))
    if get_origin(annotation) in {Union, UnionType}:
        left = [each for each in get_args(annotation) if each is not NoneType]
        if len(left) == 1:
            return _plain(left[0], said)
    return _Type(annotation, tuple(said))


def _field(name: str, of: _Type, *, required: bool) -> Field:
    origin, inner = get_origin(of.base), get_args(of.base)
    if origin in {dict, Mapping}:
        keys, values = map(_plain, inner)
        return Field(name, _kind(values, name), required, keys=_kind(keys, name))
    if origin in {tuple, list}:
        return Field(name, _kind(_plain(inner[0]), name), required, is_list=True)
    return Field(name, _kind(of, name), required)


def _kind(of: _Type, name: str) -> Kind:
    if get_origin(of.base) in {Union, UnionType}:
        kinds = [_kind(_plain(each), name) for each in get_args(of.base)]
        zh, en = (" 或 ".join(k.text.zh for k in kinds), " or ".join(k.text.en for k in kinds))
        return Kind(Text(zh, en), kinds[0].example)
    if get_origin(of.base) is Literal:
        choices = [str(each) for each in get_args(of.base)]
        likely = EXAMPLES.get(name)
        written = " | ".join(choices)
        return Kind(Text(written, written), likely if likely in choices else choices[0])
    if found := _checked(of, name):
        return found
    if isinstance(of.base, type) and issubclass(of.base, BaseModel):
        written = ", ".join(_members(of.base))
        return Kind(Text(f"{{{written}}}", f"{{{written}}}"), f"{{{written}}}")
    return _simple(of, name)


def _members(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield f'{name} = "{_kind(_plain(info.annotation, info.metadata), name).example}"'


def _checked(of: _Type, name: str) -> Kind | None:
    by_check = {
        fen: Kind(Text("金额（元），如 600.00", "an amount in yuan, such as 600.00"), "600.00"),
        bearer: Kind(
            Text("承担方，如 supplier:S1", "a bearer, such as supplier:S1"), "supplier:S1"
        ),
        component: Kind(
            Text("labour、material、travel 或 other", "labour, material, travel or other"), "labour"
        ),
        label: Kind(Text("种类和编号，如 claim:C1", "KIND:NAME, such as claim:C1"), "claim:C1"),
        quantity: Kind(Text("数量，如 2.5", "a quantity, such as 2.5"), "2.5"),
        proof: Kind(
            Text(
                "证据文件，按 recourse evidence add 给出的写法",
                "a file, as recourse evidence add writes it",
            ),
            f"photo:{'0' * 64}",
        ),
        identifier: Kind(Text("编号", "an identifier"), EXAMPLES.get(name, "X1")),
    }
    return next((kind for check, kind in by_check.items() if check in of.checks), None)


def _simple(of: _Type, name: str) -> Kind:
    if name == "month":
        return Kind(Text("月份，如 2026-03", "a month, such as 2026-03"), "2026-03")
    by_type = {
        date: Kind(Text("日期，如 2026-03-09", "a day, such as 2026-03-09"), "2026-03-09"),
        Decimal: Kind(Text("比例，如 0.70", "a share, such as 0.70"), "1"),
        bool: Kind(Text("true 或 false", "true or false"), "true"),
        int: Kind(Text("整数", "a whole number"), "1"),
    }
    free = Kind(Text("文字", "text"), EXAMPLES.get(name, FREE_TEXT))
    return by_type.get(of.base, free)
