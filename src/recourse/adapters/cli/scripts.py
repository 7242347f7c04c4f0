"""How are the acts of a file asked for, one after the other?"""

from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime
from pathlib import Path
from typing import Any

from recourse.adapters.cli.answers import answered
from recourse.adapters.cli.assignments import made
from recourse.adapters.cli.evidence import must_be_kept
from recourse.adapters.cli.output import Grid
from recourse.adapters.cli.problems import Problem, Refusal
from recourse.adapters.cli.session import Session, nine
from recourse.adapters.cli.settings import bad_file, people_of, read_toml
from recourse.application import Ask
from recourse.commands import PUBLIC
from recourse.values.parties import instant
from recourse.values.refusal import Refused

KEYS = ("name", "people", "steps")
OWN = ("do", "by", "at", "on", "command_id")


def play(session: Session, path: Path, *, keep_going: bool) -> None:
    """Ask for every act of the file and tell what came of each.

    The file is read as a whole before anything is asked. A refusal stops it, unless `keep_going`;
    what was done before stays done.
    """
    asks = list(_asks(session, path))
    must_be_kept(session, [ask.command for ask in asks])
    told: list[dict[str, Any]] = []
    refused: tuple[int, Refused] | None = None
    for number, ask in enumerate(asks, start=1):
        (answer,) = session.engine.perform([ask])
        said = {"step": number, **answered(ask, answer), "refused": None}
        if answer.refusal:
            refused = refused or (number, answer.refusal)
            said["refused"] = answer.refusal.tell(session.lang)
        told.append(said)
        if refused and not keep_going:
            break
    _tell(session, told, refused)


def _tell(
    session: Session, told: list[dict[str, Any]], refused: tuple[int, Refused] | None
) -> None:
    no = sum(each["refused"] is not None for each in told)
    document = {"steps": told, "done": len(told) - no, "refused": no}
    if refused is None or session.settings.format == "table":
        rows = [each | {"refused": (each["refused"] or {}).get("code")} for each in told]
        columns = ("step", "act", "about", "events", "refused", "command_id")
        session.show(document, card={}, grids=[Grid("", rows, columns)])
    if refused:
        number, refusal = refused
        command_id = told[number - 1]["command_id"]
        raise Refusal(refusal, {"command_id": command_id, "step": number} | document)


def _asks(session: Session, path: Path) -> Iterator[Ask]:
    written = read_toml(path)
    wrong = [key for key in written if key not in KEYS]
    steps = written.get("steps")
    if wrong or not isinstance(steps, list):
        raise bad_file(path, f"{', '.join(wrong)}: {' | '.join(KEYS)}; steps = [{{ do = ... }}]")
    people = people_of(written.get("people", {}), path)
    for number, step in enumerate(steps, start=1):
        place = f"{path.name} {number}: "
        if not isinstance(step, dict) or step.get("do") not in PUBLIC:
            raise _no_act(path, number, step)
        fields = {key: value for key, value in step.items() if key not in OWN}
        yield Ask(
            made(fields, PUBLIC[step["do"]], place),
            session.person(step.get("by"), people),
            _at(step, path, number) or session.at,
            str(step.get("command_id") or f"{session.command_id}/{number}"),
            _on(step, path, number) or session.on,
        )


def _no_act(path: Path, number: int, step: object) -> Problem:
    act = step.get("do") if isinstance(step, dict) else step
    return bad_file(
        path,
        f"第 {number} 步：do = {act!r}，没有这个操作；运行 `recourse do --help` 查看有哪些操作。",
        f"steps {number}: do = {act!r} is no act; `recourse do --help` lists them.",
    )


def _at(step: Mapping[str, Any], path: Path, number: int) -> datetime | None:
    at = step.get("at")
    if isinstance(at, date) and at.year in (MINYEAR, MAXYEAR):  # no calendar reaches that far
        raise bad_file(path, f"steps {number}: at = {at}")
    if at is None or isinstance(at, datetime):
        return at and instant(at)
    if isinstance(at, date):
        return nine(at)
    raise bad_file(path, f"steps {number}: at = 2026-03-09 | 2026-03-09T14:30:00")


def _on(step: Mapping[str, Any], path: Path, number: int) -> date | None:
    on = step.get("on")
    if on is None or (isinstance(on, date) and not isinstance(on, datetime)):
        return on
    raise bad_file(path, f"steps {number}: on = 2026-03-09")
