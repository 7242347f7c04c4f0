"""Is one row of a file a claim line, or what exactly is wrong with it?"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypedDict

from recourse.adapters.intake import cells
from recourse.adapters.intake.costs import read_amounts
from recourse.adapters.intake.files import Row
from recourse.adapters.intake.master import PartMaster
from recourse.adapters.intake.measures import read_measures
from recourse.adapters.intake.problems import CellProblem, Rejection
from recourse.adapters.intake.profile import Profile, Shape, Stage
from recourse.adapters.intake.reading import Reading
from recourse.adapters.intake.stages import exact_mileage, stage_of, whole_mileage
from recourse.values.parties import Text

_NO_CLAIM = CellProblem(
    Text(
        "没有索赔号、车辆和维修日期，可能是合计行或说明行。",
        "It names no claim, no unit and no day of repair: perhaps a line of totals or a remark.",
    ),
    Text(
        "若是合计行，从文件中删除；否则补上各项。",
        "Delete it if it is a line of totals, otherwise fill it in.",
    ),
)
_FIX_DAY = Text("按原始单据更正日期。", "Correct the day from the original document.")


class _Details(TypedDict):
    line_version: int | None
    note: str | None
    plant: str | None
    fault: str | None
    built_on: date | None
    sold_on: date | None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What `receive_claim` and `amend_claim` need of one row; costs are fen of yuan.

    `origin` says for the explanation what the costs were made of: `currency` and `total` as the
    row had them, and for a foreign currency `rate` and `rate_source`.
    """

    row: int
    claim: str
    unit: str
    part: str
    stage: Stage
    repaired_on: date
    costs: Mapping[str, int]
    quantity: int
    origin: Mapping[str, str]
    line_version: int | None = None
    note: str | None = None
    plant: str | None = None
    built_on: date | None = None
    sold_on: date | None = None
    mileage_km: int | None = None
    fault: str | None = None
    measures: Mapping[str, object] = field(default_factory=dict)


def read_line(
    row: Row, profile: Profile, master: PartMaster, *, received_on: date
) -> ClaimLine | list[Rejection]:
    """The claim line of `row`, or everything that is wrong with it: at least one rejection.

    No day of a row may lie after `received_on`. The header has passed `check_header`.
    """
    if row.problem is not None:
        return [row.problem]
    keys = (profile.columns.claim, profile.columns.unit, profile.columns.repaired_on)
    if not any(row.cells[column].strip() for column in keys):
        return [_NO_CLAIM.at(row.number, "", "")]
    reading = Reading(row)
    _check_expected(reading, profile)
    _check_not_stored(reading, profile)
    line = _line(reading, profile, master, received_on)
    if reading.problems:
        return list(reading.problems.values())
    assert line is not None
    return line


def _line(
    reading: Reading, profile: Profile, master: PartMaster, received_on: date
) -> ClaimLine | None:
    columns = profile.columns
    parse_day = partial(_day, profile=profile, received_on=received_on)
    claim = reading.required(columns.claim, _shaped(profile.shapes.get("claim")))
    unit = reading.required(columns.unit, _shaped(profile.shapes.get("unit")))
    repaired_on = _repaired_on(reading, profile, parse_day)
    part = _part(reading, profile, master)
    exact = exact_mileage(reading, profile)
    stage = stage_of(reading, profile, exact)
    amounts = read_amounts(reading, profile.costs, profile.currency, repaired_on)
    measures = read_measures(reading, profile, amounts)
    quantity = _quantity(reading, profile)
    details = _details(reading, profile, parse_day)
    if reading.problems:
        return None
    assert claim is not None
    assert unit is not None
    assert repaired_on is not None
    assert part is not None
    assert stage is not None
    assert amounts is not None
    assert quantity is not None
    return ClaimLine(
        row=reading.row.number,
        claim=claim,
        unit=unit,
        part=part,
        stage=stage,
        repaired_on=repaired_on,
        costs=amounts.costs,
        quantity=quantity,
        origin=amounts.origin,
        mileage_km=whole_mileage(exact, profile),
        measures=measures,
        **details,
    )


def _details(reading: Reading, profile: Profile, parse_day: Callable[[str], date]) -> _Details:
    columns, shapes = profile.columns, profile.shapes
    return _Details(
        line_version=reading.required(columns.version, cells.whole) if columns.version else None,
        note=reading.optional(columns.note, _shaped(shapes.get("note"))),
        plant=reading.optional(columns.plant, _shaped(shapes.get("plant"))),
        fault=reading.optional(columns.fault, _shaped(shapes.get("fault"))),
        built_on=reading.optional(columns.built_on, parse_day),
        sold_on=reading.optional(columns.sold_on, parse_day),
    )


def _shaped(shape: Shape | None) -> Callable[[str], str]:
    return partial(_name, shape=shape)


def _name(text: str, shape: Shape | None) -> str:
    if shape is not None and not re.fullmatch(shape.pattern, text):
        raise CellProblem(
            Text(
                f"不符合约定的格式 {shape.pattern}。{shape.reason_zh}",
                f"It has not the agreed form {shape.pattern}. {shape.reason_en}",
            ),
            Text("按原始单据更正。", "Correct it from the original document."),
        )
    return cells.name(text)


def _day(text: str, profile: Profile, received_on: date) -> date:
    found = cells.day(text, profile.days.formats)
    if found > received_on:
        raise CellProblem(
            Text(f"晚于接收日 {received_on}。", f"It is after the day of receipt {received_on}."),
            _FIX_DAY,
        )
    return found


def _repaired_on(
    reading: Reading, profile: Profile, parse_day: Callable[[str], date]
) -> date | None:
    column, rule = profile.columns.repaired_on, profile.days
    found = reading.required(column, parse_day)
    if found is None or found >= rule.earliest:
        return found
    reading.reject(
        column,
        Text(
            f"早于方案所认的最早日期 {rule.earliest}。{rule.reason_zh}",
            f"It is before {rule.earliest}, the earliest day of the profile. {rule.reason_en}",
        ),
        _FIX_DAY,
    )
    return None


def _part(reading: Reading, profile: Profile, master: PartMaster) -> str | None:
    column, missing = profile.columns.part, profile.missing_part
    text = reading.text(column)
    if text is None:
        if not reading.has_problem(column) and missing.decision == "reject":
            reading.reject(
                column,
                Text(f"没有故障件。{missing.reason_zh}", f"It names no part. {missing.reason_en}"),
                Text("核实故障件后补上。", "Find out the failed part and fill it in."),
            )
        return missing.part
    if found := master.find(text):
        return found.part
    reading.reject(
        column,
        Text("零件主数据中没有这个零件。", "The part master has no such part."),
        Text(
            "在方案的零件主数据中补上该零件及其供方。",
            "Add the part with its supplier to the part master of the profile.",
        ),
    )
    return None


def _quantity(reading: Reading, profile: Profile) -> int | None:
    if profile.quantity.column is None:
        return profile.quantity.always
    return reading.required(profile.quantity.column, cells.whole)


def _check_expected(reading: Reading, profile: Profile) -> None:
    for expected in profile.expected:
        found = reading.text(expected.column)
        if (found or "") not in expected.values and not reading.has_problem(expected.column):
            known = ", ".join(expected.values)
            reading.reject(
                expected.column,
                Text(
                    f"方案只认得：{known}。{expected.reason_zh}",
                    f"The profile knows only: {known}. {expected.reason_en}",
                ),
                Text(
                    "弄清该值的含义后写入方案。",
                    "Find out what the value means and write it into the profile.",
                ),
            )


def _check_not_stored(reading: Reading, profile: Profile) -> None:
    for group in profile.not_stored:
        for column in group.columns if group.damaged == "reject" else ():
            if cells.damaged(reading.row.cells.get(column, ""), layout=True):
                reading.reject(
                    column,
                    Text(
                        f"含有丢失或控制字符。{group.reason_zh}",
                        f"It has lost or control characters. {group.reason_en}",
                    ),
                    Text("从源系统重新导出。", "Export the file again."),
                    value="",
                )
