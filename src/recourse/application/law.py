"""Which text of the rulebook governs, and is it the one that was published?"""

from collections.abc import Callable, Sequence

from recourse.aggregates.base import Fact
from recourse.aggregates.published_rulebook import PublishedEdition, PublishedRulebook
from recourse.application.store import Store
from recourse.rulebook.book import Rulebook, read_book
from recourse.rulebook.mistakes import BookProblem

Stream = Callable[[str], Sequence[Fact]]


EDITION = "edition "  # what the keys of published editions begin with


class LawDamaged(Exception):
    """The text of a published edition in the log is not the one that was published."""

    def __init__(self, edition: PublishedEdition) -> None:
        self.edition = edition
        self.sha256 = edition.text_sha256
        super().__init__(f"{edition.published} published {edition.sha256}, not {self.sha256}")


class LawUnreadable(Exception):
    """The published text is no rulebook to this version of recourse; `mistake` says why."""

    def __init__(self, edition: PublishedEdition, problem: BookProblem) -> None:
        super().__init__(f"{edition.published} published {edition.sha256}: {problem}")
        self.edition = edition
        self.mistake = problem.mistakes[0]


class LawDiffers(Exception):
    """The book that the engine is to be started with is not the edition in force."""

    def __init__(self, edition: PublishedEdition, sha256: str) -> None:
        super().__init__(f"{edition.published} published {edition.sha256}, the book is {sha256}")
        self.edition = edition
        self.sha256 = sha256


def newest(store: Store, stream: Stream, book: Rulebook) -> Rulebook:
    """The newest published edition, whoever published it; `book` itself before any.

    Raises `LawDamaged` for a text in the log that has not the hash that was published, and
    `LawUnreadable` for one that is no rulebook to this version of recourse.
    """
    if governing(store) in {None, book.sha256}:
        return book
    edition = in_force(store, stream)
    assert edition
    try:
        return read_book(edition.texts)
    except BookProblem as problem:
        raise LawUnreadable(edition, problem) from problem


def governing(store: Store) -> str | None:
    """The hash of the edition in force; None before any is published."""
    published = store.held(EDITION)
    return published[-1][0].rpartition(" ")[2] if published else None


def in_force(store: Store, stream: Stream) -> PublishedEdition | None:
    """The edition in force, of whichever book the log goes by; raises `LawDamaged`."""
    published = store.held(EDITION)
    if not published:
        return None
    edition = history(stream, published[-1][1].partition(":")[2]).in_force
    assert edition
    if edition.text_sha256 != edition.sha256:
        raise LawDamaged(edition)
    return edition


def history(stream: Stream, name: str) -> PublishedRulebook:
    """Every edition of the book of that name."""
    rulebook = PublishedRulebook(name, [])
    for fact in stream(rulebook.stream):
        rulebook.take(fact)
    return rulebook


def was_published(store: Store, book: Rulebook) -> bool:
    """Whether `book` is an edition, in force or an older one."""
    return any(key.endswith(f" {book.sha256}") for key, _ in store.held(EDITION))


def must_be_in_force(store: Store, stream: Stream, book: Rulebook, *, chosen: bool) -> None:
    """Raise `LawDamaged`, or `LawDiffers` where a person has `chosen` another text."""
    edition = in_force(store, stream)
    if edition and chosen and edition.sha256 != book.sha256:
        raise LawDiffers(edition, book.sha256)
