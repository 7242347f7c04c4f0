"""Which text of the rulebook governs, and is it the one that was published?"""

from collections.abc import Callable, Sequence

from recourse.aggregates.base import Fact
from recourse.aggregates.published_rulebook import PublishedEdition, PublishedRulebook
from recourse.application.store import Store
from recourse.rulebook.book import Rulebook, read_book

Stream = Callable[[str], Sequence[Fact]]


class LawDamaged(Exception):
    """The text of a published edition in the log is not the one that was published."""

    def __init__(self, edition: PublishedEdition, sha256: str) -> None:
        super().__init__(f"{edition.published} published {edition.sha256}, the text is {sha256}")
        self.edition = edition
        self.sha256 = sha256


class LawDiffers(Exception):
    """The book that the engine is to be started with is not the edition in force."""

    def __init__(self, edition: PublishedEdition, sha256: str) -> None:
        super().__init__(f"{edition.published} published {edition.sha256}, the book is {sha256}")
        self.edition = edition
        self.sha256 = sha256


def newest(store: Store, stream: Stream, book: Rulebook) -> Rulebook:
    """The newest published edition of `book`, whoever published it; `book` itself before any.

    Raises `LawDamaged` for a text in the log that has not the hash that was published.
    """
    published = store.held(f"edition {book.id} ")
    if not published or published[-1][0].endswith(book.sha256):
        return book
    edition = history(stream, book.id).in_force
    assert edition
    text = read_book(edition.texts)
    if text.sha256 != edition.sha256:
        raise LawDamaged(edition, text.sha256)
    return text


def history(stream: Stream, name: str) -> PublishedRulebook:
    """Every edition of the book of that name."""
    rulebook = PublishedRulebook(name, [])
    for fact in stream(rulebook.stream):
        rulebook.take(fact)
    return rulebook


def replaced(stream: Stream, book: Rulebook) -> PublishedEdition | None:
    """The edition in force, where editions are published and `book` is none of them."""
    known = history(stream, book.id)
    published = {edition.sha256 for edition in known.editions}
    return None if book.sha256 in published else known.in_force


def must_be_in_force(stream: Stream, book: Rulebook) -> None:
    """Raise `LawDiffers` where an edition of `book` is published, and it is another text."""
    edition = history(stream, book.id).in_force
    if edition and edition.sha256 != book.sha256:
        raise LawDiffers(edition, book.sha256)
