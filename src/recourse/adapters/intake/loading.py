"""Is a profile with its part master complete, and does a file have the columns it names?"""

import re
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from recourse.adapters.intake.master import PartMaster
from recourse.adapters.intake.problems import FileProblem, unreadable
from recourse.adapters.intake.profile import Profile
from recourse.values.parties import Text

Model = TypeVar("Model", bound=BaseModel)

_PROFILES = Path(__file__).parent / "profiles"
_FILE = "profile.toml"
_PROBLEMS = {
    "missing": ("缺少该键", "补上该键。", "Add the key."),
    "extra_forbidden": ("没有这个键", "核对拼写或删除。", "Check the spelling or delete it."),
}
_OTHER = ("值不符合要求", "按原因更正该值。", "Correct the value as the reason says.")


def load_profile(name: str) -> tuple[Profile, PartMaster]:
    """The profile of the project called `name`, or the one at that path, with its part master.

    A path is a TOML file, or a folder with a `profile.toml`. Raises `FileProblem`.
    """
    path = _path_of(name)
    profile = _load(path, Profile)
    _check_patterns(path, profile)
    _check_formats(path, profile)
    master = _load(path.parent / profile.parts, PartMaster)
    wanted = profile.missing_part.part
    if wanted is not None and master.part(wanted) is None:
        raise _wrong(path, [_line("missing_part.part", wanted, "the part master has no such part")])
    return profile, master


def check_header(name: str, header: Iterable[str], profile: Profile) -> tuple[Text, ...]:
    """Warnings about columns of `name` that `profile` does not know.

    Raises `FileProblem` where a column is missing that the profile uses.
    """
    found = list(header)
    if missing := [column for column in profile.used_columns() if column not in found]:
        shown = ", ".join(missing)
        raise unreadable(
            name,
            Text(
                f"缺少方案所用的列：{shown}。",
                f"Columns that the profile uses are missing: {shown}.",
            ),
            Text(
                f"核对是否选对方案({profile.name})，或补上这些列。",
                f"Check that {profile.name} is the right profile, or add the columns.",
            ),
        )
    known = {*profile.used_columns()}.union(*(group.columns for group in profile.not_stored))
    return tuple(
        Text(
            f"列“{column}”不在方案中，未使用。",
            f'Column "{column}" is not in the profile and was not used.',
        )
        for column in found
        if column not in known
    )


def _path_of(name: str) -> Path:
    given = Path(name)
    candidates = [_PROFILES / name / _FILE] if name == given.name else []
    candidates += [given / _FILE, given]
    for path in candidates:
        if path.is_file():
            return path
    shipped = ", ".join(sorted(path.parent.name for path in _PROFILES.glob(f"*/{_FILE}")))
    raise FileProblem(
        Text(f"找不到导入方案 {name}。", f"There is no profile {name}."),
        Text(f"自带的方案有：{shipped}。", f"The profiles of the project are: {shipped}."),
        Text(
            "写方案名称，或写 TOML 文件的路径。",
            "Give the name of one, or the path of a TOML file.",
        ),
    )


def _load(path: Path, model: type[Model]) -> Model:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as problem:
        raise _wrong(path, [_line("", path.name, problem.strerror or "not readable")]) from problem
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _wrong(path, [_line("", "", f"not TOML in UTF-8: {problem}")]) from problem
    try:
        return model.model_validate(read)
    except ValidationError as problem:
        raise _wrong(path, [_explained(error) for error in problem.errors()]) from problem


def _check_patterns(path: Path, profile: Profile) -> None:
    for field, shape in profile.shapes.items():
        try:
            re.compile(shape.pattern)
        except re.error as problem:
            line = _line(f"shapes.{field}.pattern", shape.pattern, f"no pattern: {problem}")
            raise _wrong(path, [line]) from problem


def _check_formats(path: Path, profile: Profile) -> None:
    for form in profile.days.formats:
        if not _is_form_of_a_day(form):
            line = _line("days.formats", form, "a form names year, month and day, such as %Y-%m-%d")
            raise _wrong(path, [line])


def _is_form_of_a_day(form: str) -> bool:
    day = date(2024, 11, 23)
    try:
        return datetime.strptime(day.strftime(form), form).date() == day  # noqa: DTZ007 - a day
    except ValueError:
        return False


def _explained(error: Any) -> Text:
    key = ".".join(str(step) for step in error["loc"])
    value = "" if error["type"] == "missing" else repr(error["input"])[:80]
    return _line(key, value, str(error["msg"]), error["type"])


def _line(key: str, value: str, reason: str, kind: str = "") -> Text:
    chinese, remedy_zh, remedy_en = _PROBLEMS.get(kind, _OTHER)
    at = f"{key or '-'} = {value}" if value else key or "-"
    return Text(f"{at}：{chinese}({reason})。{remedy_zh}", f"{at}: {reason}. {remedy_en}")


def _wrong(path: Path, lines: list[Text]) -> FileProblem:
    shown = f"{path.parent.name}/{path.name}"
    return FileProblem(
        Text(f"无法使用 {shown}。", f"{shown} cannot be used."),
        Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines)),
        Text("更正后再导入；没有导入任何行。", "Correct it and import again; no row was taken."),
    )
