"""In what setting does one command run: its engine, its person, its time, its way to answer?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.settings import FILE, Settings, bad_file, read_settings
from recourse.values.parties import PLAIN_ROLES, business_day, instant

if TYPE_CHECKING:  # slow to import, and --help needs neither
    from recourse.adapters.cli.output import Grid
    from recourse.adapters.cli.telling import Telling
    from recourse.application import Person, Recourse
    from recourse.rulebook.book import Rulebook

MORNING = time(9, 0)
PARTIES = ("supplier", "department")  # roles that somebody has for one of them
FAR = timedelta(days=366)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
Month = Annotated[
    str | None, typer.Option("--month", metavar="YYYY-MM", help="月份 / of this month")
]
HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


@dataclass
class Session:
    """One command's surroundings; `flags` are the global options as given."""

    flags: Mapping[str, str | None]
    _opened: "Recourse | None" = None

    @cached_property
    def settings(self) -> Settings:
        """After flag, environment, file and default."""
        return read_settings(self.flags, os.environ, Path.cwd())

    @cached_property
    def telling(self) -> "Telling":
        """What is told beside the answer: running log and spans."""
        from recourse.adapters.cli.telling import telling_of

        return telling_of(self.settings)

    @property
    def lang(self) -> str:
        """The language of everything that is told."""
        return self.settings.lang

    @cached_property
    def at(self) -> datetime:
        """The instant of recording, in UTC: as given, or now."""
        given = self.flags.get("recorded_at")
        if not given:
            return datetime.now(UTC)
        at = moment(given)
        must_be_near(business_day(at), "--recorded-at")
        return at

    @property
    def on(self) -> date | None:
        """The effective day, where one was given."""
        given = self.flags.get("effective_on")
        return day_of(given, "--effective-on") if given else None

    @property
    def day(self) -> date:
        """The day for which figures are asked."""
        return self.on or business_day(self.at)

    @cached_property
    def command_id(self) -> str:
        """As given, so that a repetition is answered alike, or a new one."""
        return self.flags.get("command_id") or str(uuid4())

    @cached_property
    def book(self) -> "Rulebook":
        """The rulebook in use, with the settings of `recourse.toml`."""
        from recourse.adapters.cli.bookshelf import book_at

        try:
            return book_at(self.settings.rulebook).changed(self.settings.chosen)
        except FileNotFoundError as error:
            raise Problem("no-such-rulebook", place=self.settings.rulebook) from error
        except ValueError as error:
            raise bad_file(Path(FILE), f"[settings] {error}") from error

    @cached_property
    def engine(self) -> "Recourse":
        """The engine on the store in use, which must be there already."""
        return self.opened()

    def opened(self, *, under_the_law: bool = True, catch_up: bool = True) -> "Recourse":
        """The same; a new edition is proposed, and an old one read, `under_the_law` or not.

        Who mends the read models does not let them `catch_up` first.
        """
        from recourse.adapters.storage.opening import must_exist

        must_exist(self.settings.store)
        return self.begin(under_the_law=under_the_law, catch_up=catch_up)

    def begin(self, *, under_the_law: bool = True, catch_up: bool = True) -> "Recourse":
        """The engine on the store in use, begun where there is none.

        Where an edition of the rulebook is published, the one in use must be that very text.
        """
        from recourse.adapters.storage.opening import open_engine

        opened = open_engine(
            self.settings.store,
            self.book,
            new_log_id=lambda: str(uuid4()),
            chosen=under_the_law and self.settings.has_own_rulebook,
            catch_up=catch_up,
        )
        self._opened = self.telling.watched(opened)
        self._tell_which_text_governs(self._opened)
        if catch_up:
            self._tell_what_is_left_out(self._opened)
        return self._opened

    def _tell_what_is_left_out(self, engine: "Recourse") -> None:
        from recourse.adapters.cli.words import say

        count = len(engine.models.quarantined())
        if count:
            self.note(say("quarantined", self.lang, count=count))

    def _tell_which_text_governs(self, engine: "Recourse") -> None:
        """Say so where another version of recourse brought a text that was never published."""
        from recourse.adapters.cli.words import say
        from recourse.application.law import governing, was_published

        sha256 = governing(engine.store)
        chosen = self.settings.has_own_rulebook
        if sha256 and not chosen and not was_published(engine.store, self.book):
            self.note(say("published-governs", self.lang, sha256=sha256[:12]))

    def close(self) -> None:
        """Let go of the store, where one was opened."""
        if self._opened is not None:
            from recourse.adapters.storage.opening import close_engine

            close_engine(self._opened)
        if "telling" in self.__dict__:
            self.telling.close()

    def person(
        self, name: str | None = None, more: Mapping[str, frozenset[str]] | None = None
    ) -> "Person":
        """The person of that name, or the one who acts, with the roles of `recourse.toml`."""
        from recourse.application import Person

        people = {**self.settings.people, **(more or {})}
        user = name or self.settings.user
        if user is None:
            raise Problem("nobody-acts")
        if user not in people:
            raise Problem("unknown-person", person=user, known=", ".join(people) or "-")
        return Person(user, people[user])

    def known(self, name: str, look_up: Callable[[], Any]) -> Any:
        """What `look_up` finds, or the problem that nothing is on record under `name`."""
        try:
            return look_up()
        except LookupError as error:
            if type(error) is not LookupError:  # a KeyError is a mistake of ours
                raise
            raise Problem("not-on-record", name=name, store=self.settings.store) from error

    def show(
        self, document: object, *, card: Mapping[str, Any], grids: "Sequence[Grid]" = ()
    ) -> None:
        """The one document on stdout, or the same as a card and tables."""
        from recourse.adapters.cli import output

        if self.settings.format == "json":
            output.write(output.as_json(document))
            return
        if card:
            output.write_card(card, self.lang)
        for grid in grids:
            output.write_grid(grid, self.lang)

    def note(self, text: str) -> None:
        """Tell something beside the data."""
        from recourse.adapters.cli import output

        output.note(text)


def example(line: str) -> str:
    """`line` as the last thing on a help page."""
    return f"例 / example: {line}"


def moment(written: str) -> datetime:
    """The instant of a local date-time in Shanghai, or of nine o'clock on a bare date."""
    bare = len(written) <= len("2026-03-09")
    try:
        given = datetime.fromisoformat(written)
    except ValueError:
        raise _not_a_time("--recorded-at", written, "2026-03-09T14:30") from None
    if given.year in (MINYEAR, MAXYEAR):  # no calendar reaches that far
        raise _not_a_time("--recorded-at", written, "2026-03-09T14:30")
    return nine(given.date()) if bare else instant(given)


def nine(day: date) -> datetime:
    """Nine o'clock in Shanghai on `day`, which a bare date means, in UTC."""
    return instant(datetime.combine(day, MORNING))


def must_be_near(day: date, option: str) -> None:
    """Refuse a day more than a year from now: every deadline up to it would lapse for good."""
    furthest = business_day(datetime.now(UTC)) + FAR
    if day > furthest:
        raise Problem(
            "usage",
            why_zh=f"{option} 写的是 {day}，比今天晚一年以上；在此之前的期限会全部届满，不能撤回。"
            "请核对年份。",
            why_en=f"{option} is {day}, more than a year from now; every deadline up to it would "
            "lapse for good. Check the year.",
            command="recourse",
        )


def day_of(written: str, option: str) -> date:
    """The day that is written as 2026-03-09."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise _not_a_time(option, written, "2026-03-09") from None


def month_of(written: str | None) -> str | None:
    """The month that is written as 2026-03, if one is."""
    return None if written is None else named_month(written, "--month")


def named_month(written: str, option: str) -> str:
    """The month that is written as 2026-03."""
    if not MONTH.fullmatch(written):
        raise _not_a_time(option, written, "2026-03")
    return written


def named_role(written: str) -> str:
    """The role that is written, or "supplier" or "department" for all of them."""
    kind, _, name = written.partition(":")
    if written in PLAIN_ROLES or (kind in PARTIES and (name or written == kind)):
        return written
    known = ", ".join((*PLAIN_ROLES, *PARTIES, *(f"{each}:ID" for each in PARTIES)))
    raise Problem(
        "usage",
        why_zh=f"--role 写的是 {written!r}，没有这个角色；角色有：{known}。",
        why_en=f"--role is {written!r}, which is no role; the roles are {known}.",
        command="recourse worklist",
    )


def _not_a_time(option: str, written: str, example: str) -> Problem:
    return Problem(
        "usage",
        why_zh=f"{option} 写的是 {written!r}，应写成 {example} 的形式。",
        why_en=f"{option} is {written!r}; write it like {example}.",
        command="recourse",
    )
