"""Books of rules that differ from the built-in one in a rule or two."""

from recourse.rulebook.book import Rulebook, built_in, read_book

CLAUSE = "R-1"


def rule(key: str, *editions: str, chosen_by: str | None = None) -> str:
    """The file of one rule; each edition is written as TOML, its clause and source added."""
    lines = [f'key = "{key}"', *([f'chosen_by = "{chosen_by}"'] if chosen_by else [])]
    for edition in editions:
        since = "" if "since" in edition else "since = 2008-01-01\n"
        clause = "" if "clause" in edition else f'clause = "{CLAUSE}"\n'
        lines.append(f'[[editions]]\n{since}{clause}source = "test"\n{edition}')
    return "\n".join(lines)


def texts_with(*rules: str) -> dict[str, str]:
    """The text of the built-in book with `rules` in place of its own or beside them."""
    texts = dict(built_in().texts)
    texts["clauses.toml"] += f'\n["{CLAUSE}"]\nzh = "试验条款。"\nen = "A clause for tests."\n'
    for written in rules:
        key = written.splitlines()[0].split('"')[1]
        texts[f"rules/{key.replace('.', '_')}.toml"] = written
    return texts


def book_with(*rules: str) -> Rulebook:
    """The book that says so."""
    return read_book(texts_with(*rules))
