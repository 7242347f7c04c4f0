"""How does each kind of failure end a command: with which exit code, in which words?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import traceback
from collections.abc import Mapping
from typing import Any

from recourse.adapters.cli.words import PROBLEMS, pick
from recourse.values.parties import Text
from recourse.values.refusal import Refused

USAGE, NOT_FOUND, REFUSED, FINDINGS = 2, 3, 5, 6
LOCKED = (
    Text(
        "存储正被另一个进程写入，或文件无法读写（{detail}）。",
        "Another process is writing to it, or the file cannot be read or written ({detail}).",
    ),
    Text(
        "稍后再试；或检查文件权限和磁盘空间。",
        "Try again later, or check permissions and disk space.",
    ),
)


class Problem(Exception):
    """Something that ends a command, in words that a person can act on."""

    def __init__(
        self, code: str, *, more: Mapping[str, Any] | None = None, **facts: object
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status = PROBLEMS[code].status
        self.more = dict(more or {})
        self._facts = {name: _told(name, fact) for name, fact in facts.items()}

    def tell(self, language: str) -> dict[str, Any]:
        """Title, what cannot be done, why with the actual values, the remedy, and more."""
        wording = PROBLEMS[self.code]
        told = {
            part: pick(getattr(wording, part), language).format(**self._facts)
            for part in ("title", "what", "why", "remedy")
        }
        return {"code": self.code, **told, "rules": []} | self.more


class Refusal(Problem):
    """A rule said no, or what was named is not on record."""

    def __init__(self, refused: Refused, more: Mapping[str, Any] | None = None) -> None:
        Exception.__init__(self, refused.code)
        self.code = refused.code
        self.status = NOT_FOUND if refused.code == "not-found" else REFUSED
        self.more = dict(more or {})
        self._refused = refused

    def tell(self, language: str) -> dict[str, Any]:
        """As the catalogue of refusals tells it."""
        return self._refused.tell(language) | self.more


class Told(Problem):
    """A problem of another part of recourse that comes with its own sentences."""

    def __init__(self, code: str, said: Any) -> None:
        super().__init__(code)
        self._said = said

    def tell(self, language: str) -> dict[str, Any]:
        """The title of the kind, and what the other part says."""
        parts = ("what", "why", "remedy")
        if hasattr(self._said, "tell"):
            said = {part: self._said.tell(language)[part] for part in parts}
        else:
            said = {part: pick(getattr(self._said, part), language) for part in parts}
        title = pick(PROBLEMS[self.code].title, language)
        return {"code": self.code, "title": title, **said, "rules": []}


def problem_of(error: BaseException, store: str) -> Problem:
    """The problem that `error` is to the person at the terminal, with the store in use."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused):
        if not error.asked.zh:  # nothing was asked for: something was looked at
            error.asked = Text("不能查看。", "This cannot be shown.")
        return Refusal(error)
    return (
        _of_the_law(error)
        or _of_the_store(error, store)
        or _of_kafka(error)
        or _of_a_policy(error)
        or _of_a_copy(error)
        or _of_a_read_model(error)
        or _of_a_file(error)
        or _unexpected(error)
    )


def _of_a_policy(error: BaseException) -> Problem | None:
    from recourse.policies import PolicyBroke

    if not isinstance(error, PolicyBroke):
        return None
    event = error.fact.event
    return Problem(
        "policy-broke",
        policy=error.policy.name,
        says_zh=error.policy.says.zh.rstrip("。"),
        says_en=error.policy.says.en.rstrip("."),
        event=error.fact.id,
        topic=event.TOPIC,
        day=event.effective_on,
        detail=_plainly(error.error),
    )


def _of_a_copy(error: BaseException) -> Problem | None:
    from recourse.adapters.cli.words import UNFIT
    from recourse.adapters.storage.copies.backup import UnfitBackup
    from recourse.adapters.storage.copies.log_file import UnfitLog

    if not isinstance(error, UnfitBackup | UnfitLog):
        return None
    why = UNFIT[error.code]
    code = "unfit-log" if isinstance(error, UnfitLog) else "unfit-backup"
    return Problem(code, why_zh=why.zh.format(**error.facts), why_en=why.en.format(**error.facts))


def _of_a_read_model(error: BaseException) -> Problem | None:
    from recourse.projections import ProjectionBroke

    if not isinstance(error, ProjectionBroke):
        return None
    event = error.fact.event
    return Problem(
        "projection-broke",
        read_model=error.read_model,
        event=error.fact.id,
        place_in_log=error.fact.position,
        topic=event.TOPIC,
        day=event.effective_on,
        detail=_plainly(error.error),
    )


def _of_the_law(error: BaseException) -> Problem | None:
    from recourse.application.law import LawDamaged, LawDiffers, LawUnreadable

    if not isinstance(error, LawDiffers | LawDamaged | LawUnreadable):
        return None
    edition = error.edition
    facts: dict[str, Any] = {
        "event": edition.published,
        "published": edition.sha256,
        "by": edition.published_by,
        "on": edition.published_on,
        "since": edition.takes_effect_on,
    }
    if isinstance(error, LawUnreadable):
        found = error.mistake
        where = f"{found.file} {found.key}".strip()
        facts |= {"where": where, "why_zh": found.why.zh, "why_en": found.why.en}
        return Problem("rulebook-unreadable", **facts)
    code = "rulebook-differs" if isinstance(error, LawDiffers) else "rulebook-damaged"
    return Problem(code, used=error.sha256, **facts)


def _of_the_store(error: BaseException, store: str) -> Problem | None:
    from eventsourcing import persistence
    from sqlalchemy import exc

    from recourse.adapters.storage.addresses import UnknownStore
    from recourse.adapters.storage.unusable import UnusableStore

    if isinstance(error, UnusableStore | UnknownStore):
        return Told("store-unreachable", error)
    if isinstance(error, persistence.IntegrityError | exc.IntegrityError):
        return Problem("changed-meanwhile", detail=_first_line(error))
    unusable = isinstance(error, persistence.OperationalError | exc.OperationalError)
    if unusable or type(error) in {persistence.DatabaseError, exc.DatabaseError}:
        why, remedy = LOCKED
        detail = _first_line(error)
        return Problem(
            "store-unreachable",
            store=store,
            why_zh=why.zh.format(detail=detail),
            why_en=why.en.format(detail=detail),
            remedy_zh=remedy.zh,
            remedy_en=remedy.en,
        )
    return None


def _of_kafka(error: BaseException) -> Problem | None:
    from recourse.adapters.kafka.trouble import KafkaTrouble

    return Told("kafka-trouble", error) if isinstance(error, KafkaTrouble) else None


def _of_a_file(error: BaseException) -> Problem | None:
    """A problem of a file that was named, told by whichever part reads such files."""
    if hasattr(error, "tell"):
        return Told("malformed-file", error)
    if isinstance(error, OSError) and error.filename is not None:
        code = "no-such-file" if isinstance(error, FileNotFoundError) else "file-unreadable"
        return Problem(code, path=error.filename, detail=error.strerror or str(error))
    return None


def _unexpected(error: BaseException) -> Problem:
    return Problem("unexpected-error", detail=_plainly(error))


def _plainly(error: BaseException) -> str:
    return "".join(traceback.format_exception_only(error)).strip()


def _told(name: str, fact: object) -> object:
    from recourse.adapters.storage.addresses import shown

    return shown(str(fact)) if name == "store" else fact


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]
