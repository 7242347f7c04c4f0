"""Which part of ours, and of which supplier, does the part text of an export mean?"""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from recourse.adapters.intake.sections import Name, Section
from recourse.values.parties import Identifier

ShortName = Annotated[str, Field(min_length=1, max_length=120)]  # as the engine takes it


class Supplier(Section):
    """A supplier as the engine is to know it."""

    supplier: Identifier
    name_zh: ShortName
    name_en: ShortName
    disposal: Literal["takes_back", "entrusted"]


class MasterPart(Section):
    """A part, its supplier, and the texts that mean it: whole ones, or how they begin."""

    part: Identifier
    name_zh: ShortName
    name_en: ShortName
    supplier: Identifier
    texts: tuple[Name, ...] = ()
    begins: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _can_be_found(self) -> "MasterPart":
        if not self.texts and not self.begins:
            raise ValueError("a part needs `texts` or `begins` to be found by")
        return self


class PartMaster(Section):
    """The parts and suppliers beside a profile; `origin` says where this knowledge comes from."""

    origin_zh: Name
    origin_en: Name
    suppliers: tuple[Supplier, ...] = Field(min_length=1)
    parts: tuple[MasterPart, ...] = Field(min_length=1)

    def find(self, text: str) -> MasterPart | None:
        """The part whose whole text this is, else the one with the longest beginning of it.

        Case and the number of spaces make no difference.
        """
        wanted = _plain(text)
        if found := self._by_text.get(wanted):
            return found
        beginnings = [start for start in self._by_beginning if wanted.startswith(start)]
        return self._by_beginning[max(beginnings, key=len)] if beginnings else None

    def part(self, name: str) -> MasterPart | None:
        """The part with this id."""
        return next((part for part in self.parts if part.part == name), None)

    @cached_property
    def _by_text(self) -> dict[str, MasterPart]:
        return {_plain(text): part for part in self.parts for text in part.texts}

    @cached_property
    def _by_beginning(self) -> dict[str, MasterPart]:
        return {_plain(text): part for part in self.parts for text in part.begins}

    @model_validator(mode="after")
    def _unmistakable(self) -> "PartMaster":
        known = [supplier.supplier for supplier in self.suppliers]
        _once("supplier", known)
        _once("part", [part.part for part in self.parts])
        _once("text", [_plain(text) for part in self.parts for text in part.texts])
        _once("beginning", [_plain(text) for part in self.parts for text in part.begins])
        if unknown := {part.supplier for part in self.parts} - set(known):
            raise ValueError(f"suppliers that are not listed: {', '.join(sorted(unknown))}")
        return self


def _plain(text: str) -> str:
    return " ".join(text.upper().split())


def _once(kind: str, names: list[str]) -> None:
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{kind} listed more than once: {', '.join(sorted(twice))}")
