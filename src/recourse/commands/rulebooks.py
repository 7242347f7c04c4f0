"""What can be asked about the rulebook itself?"""

from datetime import date

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.day import Days
from recourse.aggregates.published_rulebook import PublishedRulebook
from recourse.commands.base import Command, Desk
from recourse.rulebook.book import Rulebook, read_book
from recourse.rulebook.comparing import differences, first_change
from recourse.rulebook.mistakes import BookProblem
from recourse.values.parties import Identifier, Text
from recourse.values.refusal import Refused


class ProposeRulebook(Command):
    """The whole text of an edition, by file, to take effect on a day."""

    TITLE = Text("提出规则手册的新版本", "propose an edition of the rulebook")
    BY = ("quality_manager",)
    RULES = ("ZA37",)

    rulebook: Identifier
    takes_effect_on: date
    texts: dict[str, str] = Field(min_length=1)


def propose_rulebook(command: ProposeRulebook, act: Act, desk: Desk) -> None:
    published = desk.get(PublishedRulebook, command.rulebook)
    book = _read(command)
    if book.id != command.rulebook or desk.book.id != command.rulebook:
        raise Refused("another-rulebook", named=command.rulebook, text=book.id, used=desk.book.id)
    if _was_used_before(command.takes_effect_on, published, desk):
        _must_leave_the_past(desk.book, book, command.takes_effect_on)
    published.propose(
        act, sha256=book.sha256, takes_effect_on=command.takes_effect_on, texts=command.texts
    )


def _read(command: ProposeRulebook) -> Rulebook:
    try:
        return read_book(command.texts)
    except BookProblem as problem:
        first = problem.mistakes[0]
        raise Refused(
            "rulebook-has-mistakes",
            count=len(problem.mistakes),
            file=first.file,
            key=first.key or "-",
        ) from problem


def _must_leave_the_past(old: Rulebook, new: Rulebook, since: date) -> None:
    """Refuse an edition that says something else than `old` of days before it takes effect."""
    changed = first_change(old, new)
    if changed and changed < since:
        about = next(it.about for it in differences(old, new) if it.decides and it.since == changed)
        raise Refused("rulebook-changes-the-past", about=about, changed=changed, since=since)


def _was_used_before(day: date, published: PublishedRulebook, desk: Desk) -> bool:
    """Whether somebody may have been judged by the book in use before `day`.

    Nobody was where nothing is published yet and the log begins no earlier.
    """
    begun = desk.held("day ")
    first = desk.get(Days, begun[0][0].removeprefix("day ")).began if begun else day
    return bool(published.editions) or first < day


class PublishRulebook(Command):
    """The hash names the exact text that is published."""

    TITLE = Text("发布规则手册的版本", "publish the edition of the rulebook")
    BY = ("deputy_gm",)
    RULES = ("ZA37", "ZA33")

    rulebook: Identifier
    sha256: Identifier


def publish_rulebook(command: PublishRulebook, act: Act, desk: Desk) -> None:
    rulebook = desk.get(PublishedRulebook, command.rulebook)
    proposal = rulebook.must_be_proposed()
    since = proposal.takes_effect_on
    used_before = _was_used_before(since, rulebook, desk)
    rulebook.publish(act, command.sha256, in_use=desk.book.sha256)
    if used_before:  # before the first publication, the book in use may have changed meanwhile
        _must_leave_the_past(desk.book, read_book(proposal.texts), since)


def text_of(sha256: str, desk: Desk) -> Rulebook | None:
    """The text of that hash, in force or published earlier; None for any other."""
    if sha256 == desk.book.sha256:
        return desk.book
    editions = desk.get(PublishedRulebook, desk.book.id).editions
    texts = next((edition.texts for edition in editions if edition.sha256 == sha256), None)
    return read_book(texts) if texts else None


class WithdrawRulebook(Command):
    TITLE = Text("撤回提出的规则手册版本", "withdraw the proposed edition")
    BY = ("quality_manager", "deputy_gm")
    RULES = ("ZA37",)

    rulebook: Identifier


def withdraw_rulebook(command: WithdrawRulebook, act: Act, desk: Desk) -> None:
    desk.get(PublishedRulebook, command.rulebook).withdraw(act)
