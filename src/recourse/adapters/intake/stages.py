"""Had the vehicle reached its user when it was repaired, by the written rules of the profile?"""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import partial

from recourse.adapters.intake import cells
from recourse.adapters.intake.problems import CellProblem
from recourse.adapters.intake.profile import Mileage, Profile, Stage, When
from recourse.adapters.intake.reading import Reading
from recourse.values.parties import Text

_KM_PER_MILE = Decimal("1.609344")  # the international mile, exact by definition


def exact_mileage(reading: Reading, profile: Profile) -> Decimal | None:
    """The mileage in kilometres with its decimals, as the stage rules compare it."""
    rule = profile.mileage
    if rule is None:
        return None
    return reading.optional(profile.columns.mileage, partial(_kilometres, rule=rule))


def whole_mileage(exact: Decimal | None, profile: Profile) -> int | None:
    """The whole kilometres kept of `exact`: rounded when converted from miles, else cut off."""
    if exact is None or profile.mileage is None:
        return None
    mode = ROUND_HALF_UP if profile.mileage.unit == "mile" else ROUND_FLOOR
    return int(exact.to_integral_value(mode))


def stage_of(reading: Reading, profile: Profile, mileage: Decimal | None) -> Stage | None:
    """The stage by the first rule that matches; None when a problem is on record.

    A rule that turns on an empty cell decides nothing: the row is rejected, unless another of its
    conditions already fails.
    """
    columns = profile.columns
    age = reading.optional(columns.age_months, partial(cells.number, grouping="none"))
    if reading.has_problem(columns.mileage) or reading.has_problem(columns.age_months):
        return None
    for rule in profile.stage.rules:
        holds = _holds(rule.when, reading, mileage, age)
        if holds is None:
            _undecided(reading, profile, rule.reason)
            return None
        if holds:
            return rule.stage
    default = profile.stage.default
    if default.stage == "reject":
        _undecided(reading, profile, default.reason)
        return None
    return default.stage


def _holds(
    when: When, reading: Reading, mileage: Decimal | None, age: Decimal | None
) -> bool | None:
    answers = [
        _at_most(mileage, when.mileage_max),
        _at_most(age, when.age_months_max),
        when.column is None or (reading.text(when.column) or "") in when.values,
    ]
    if False in answers:
        return False
    return None if None in answers else True


def _at_most(value: Decimal | None, limit: Decimal | None) -> bool | None:
    if limit is None:
        return True
    return None if value is None else value <= limit


def _undecided(reading: Reading, profile: Profile, rule: Text) -> None:
    columns = (profile.columns.mileage, profile.columns.age_months)
    named = [column for column in columns if column is not None]
    shown = "; ".join(f"{column} {reading.row.cells[column]}" for column in named)
    reading.reject(
        named[0] if named else "",
        Text(f"无法确定所处阶段。{rule.zh}", f"The stage cannot be decided. {rule.en}"),
        Text(
            "补上里程和使用月数，或在方案中写明规则。",
            "Fill in mileage and age, or write a rule into the profile.",
        ),
        value=shown,
    )


def _kilometres(text: str, rule: Mileage) -> Decimal:
    written = cells.number(text, rule.grouping)
    if rule.fraction == "reject" and written != written.to_integral_value():
        raise CellProblem(
            Text(f"里程带小数。{rule.reason_zh}", f"It has decimals. {rule.reason_en}"),
            Text("按里程表的整数填写。", "Write the whole number of the odometer."),
        )
    exact = written * _KM_PER_MILE if rule.unit == "mile" else written
    if exact > rule.max_km:
        raise CellProblem(
            Text(
                f"里程超过方案上限 {rule.max_km} 公里。{rule.reason_zh}",
                f"It is above the limit of {rule.max_km} km of the profile. {rule.reason_en}",
            ),
            Text("按里程表更正。", "Correct it from the odometer."),
        )
    return exact
