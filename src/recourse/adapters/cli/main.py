"""What does the command `recourse` do with its words, and with which exit code does it end?"""

import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper

import typer
from typer.main import get_command

from recourse.adapters.cli.problems import USAGE, Problem, problem_of
from recourse.adapters.cli.root import make_app, options_first
from recourse.adapters.cli.session import Session
from recourse.adapters.cli.settings import manner, store_in_use
from recourse.adapters.cli.usage import problem_of_usage, shows_help
from recourse.adapters.cli.words import say

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command that `argv` says, or the program's own words; the exit code."""
    _write_utf8()
    words, flags = options_first(sys.argv[1:] if argv is None else argv)
    session = Session(flags)
    try:
        code, error = _run(words, session)
        _tell_end(session, words, code, error)
    finally:
        session.close()
    return code


def _run(words: Sequence[str], session: Session) -> tuple[int, Exception | None]:
    """Do what the words say; the exit code, and what went wrong."""
    flags = dict(session.flags)
    try:
        ended = get_command(make_app()).main(
            args=words, prog_name="recourse", standalone_mode=False, obj=session
        )
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED, None
    except Exception as error:  # noqa: BLE001 - every failure is told, as its kind deserves
        return _end(error, flags), error
    return (ended if isinstance(ended, int) else 0), None


def _tell_end(session: Session, words: Sequence[str], code: int, error: Exception | None) -> None:
    """One line in the running log, where there is one."""
    try:
        telling = session.telling
    except (Problem, OSError):  # it was told already
        return
    nouns = get_command(make_app()).commands if telling.log else {}  # type: ignore[attr-defined]
    telling.ended(next((word for word in words if word in nouns), ""), code, error)


def _end(error: Exception, flags: dict[str, str | None]) -> int:
    """Tell the problem in the chosen form and language; its exit code."""
    if shows_help(error):
        return USAGE
    if os.environ.get("RECOURSE_DEBUG") == "1":
        traceback.print_exception(error)
    problem = problem_of_usage(error) or problem_of(error, store_in_use(flags, os.environ))
    _tell(problem, *manner(flags, os.environ))
    return problem.status


def _tell(problem: Problem, form: str, language: str) -> None:
    from recourse.adapters.cli import output  # noqa: PLC0415 - slow, and seldom needed

    told = problem.tell(language)
    if form == "json":
        output.write(output.as_json(told))
        return
    rules = f" [{', '.join(told['rules'])}]" if told["rules"] else ""
    output.note(f"{told['what']}\n{told['why']}\n{told['remedy']}{rules}")
    if "command_id" in told:
        output.note(say("reference", language, id=told["command_id"]))


def _write_utf8() -> None:
    """A file or a pipe gets UTF-8, whatever the terminal of this machine is set to."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
