"""Which rulebooks do the tests read: one with every kind of rule, and one that differs in a few?"""

import re
from importlib.resources import files

from recourse.rulebook.book import Rulebook, built_in, read_book
from recourse.rulebook.reading import texts_of

CLAUSE = "R-1"
EDITION = 'since = 2008-01-01\nclause = "Z-4.5.1a"\nsource = "合同"\n'
TABLES = {
    "charge.labour": [
        '{ supplier = "S1", family = "gearbox", stage = "zero_km", rate = "90.00" }',
        '{ family = "gearbox", rate = "80.00" }',
        '{ rate = "60.00" }',
    ],
    "charge.material": ['{ supplier = "S2", factor = "1.10" }', '{ factor = "1.05" }'],
    "charge.travel": [
        '{ stage = "zero_km", rate = "0.00" }',
        '{ stage = "pre_sale", rate = "1.00" }',
        '{ stage = "after_sale", rate = "1.50" }',
    ],
    "charge.fixed": ['{ amount = "20.00" }'],
    "charge.handling": ['{ percent = "8", of = ["material", "labour"] }'],
    "charge.shares": [
        '{ supplier = "S1", share = "0.60", cap = "5000.00", floor = "10.00" }',
        '{ share = "1" }',
    ],
    "charge.limits": ["{ months = 24, mileage_km = 200000 }"],
    "penalty.table": [
        '{ severity = "minor", minimum = "500.00", maximum = "800.00" }',
        '{ severity = "critical", family = "brake", minimum = "1500.00", maximum = "2000.00" }',
        '{ minimum = "500.00", maximum = "2000.00" }',
    ],
    "settlement.currency": [
        '{ supplier = "S3", currency = "EUR", rate = "7.85" }',
        '{ currency = "CNY", rate = "1" }',
    ],
    "terms.warranty": ["{ months = 12 }"],
}
LIMITS = """\
key = "approval.limits"

[[editions]]
since = 2008-01-01
rows = [
  { role = "quality_engineer", up_to = "1000.00" },
  { role = "quality_manager", up_to = "50000.00" },
  { role = "deputy_gm" },
]
clause = "Z-4.5.2b"
source = "ZZBS04-04-2008"
"""


def table_text(key, rows, edition=EDITION):
    """The file of a rule whose value is a table."""
    lines = "".join(f"  {row},\n" for row in rows)
    return f'key = "{key}"\n\n[[editions]]\n{edition}rows = [\n{lines}]\n'


def good_texts():
    """A book with every kind of rule, by file."""
    texts = texts_of(files("recourse.rulebook") / "zzbs")
    texts |= {f"rules/{key}.toml": table_text(key, rows) for key, rows in TABLES.items()}
    return texts | {"rules/approval_limits.toml": LIMITS}


def in_one_file(texts):
    """The same book as one file."""
    clauses = re.sub(r'^\["(.+?)"\]', r'[clauses."\1"]', texts["clauses.toml"], flags=re.MULTILINE)
    rules = [text for file, text in sorted(texts.items()) if file.startswith("rules/")]
    listed = [f"[[rules]]\n{each.replace('[[editions]]', '[[rules.editions]]')}" for each in rules]
    return "\n".join(["[book]", texts["book.toml"], clauses, *listed])


def put(texts, folder):
    """Write a book into a folder."""
    folder.joinpath("rules").mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        folder.joinpath(file).write_text(text, encoding="utf-8")
    return folder


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
