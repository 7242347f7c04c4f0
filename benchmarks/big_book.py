"""What does a book of so many dated rules look like?"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import cycle

from recourse.rulebook.book import built_in
from recourse.rulebook.keys import Key, keys
from recourse.rulebook.kinds import TABLES

FIRST = date(2008, 1, 1)
ROWS = 20  # of each edition that is a table
SAMPLES: Mapping[str, str] = {
    "rate": '"80.00"',
    "factor": '"1.05"',
    "amount": '"20.00"',
    "percent": '"8"',
    "of": '["material"]',
    "share": '"0.60"',
    "cap": '"5000.00"',
    "floor": '"10.00"',
    "months": "24",
    "mileage_km": "200000",
    "minimum": '"500.00"',
    "maximum": '"2000.00"',
    "currency": '"EUR"',
    "role": '"quality_manager"',
}


def big_texts(editions: int) -> dict[str, str]:
    """The built-in book with so many editions in all, spread over every key a book can answer."""
    texts = {file: text for file, text in built_in().texts.items() if "/" not in file}
    written: dict[str, list[str]] = {name: [] for name in keys()}
    for number, key in zip(range(editions), cycle(keys().values()), strict=False):
        written[key.name].append(_edition(key, FIRST + timedelta(days=number // len(written))))
    for name, several in written.items():
        texts[f"rules/{name}.toml"] = f'key = "{name}"\n' + "".join(several)
    return texts


def _edition(key: Key, since: date) -> str:
    rows = "".join(f"  {{ {row} }},\n" for row in _rows(key))
    value = f"rows = [\n{rows}]" if key.kind in TABLES else f"value = {_value(key)}"
    head = f"\n[[editions]]\nsince = {since}\n{value}\n"
    return f'{head}clause = "Z-4.5.1a"\nsource = "ZZBS04-04-2008"\n'


def _value(key: Key) -> str:
    samples = {"days": "5", "money": '"900.00"', "switch": "true", "gates": '["cost"]'}
    return f'"{next(iter(key.choices))}"' if key.choices else samples[key.kind]


def _rows(key: Key) -> Iterator[str]:
    """Rows that each name another supplier, family or limit, and one for all the rest."""
    columns = TABLES.get(key.kind)
    if columns is None:
        return
    says = ", ".join(
        f"{name} = {SAMPLES[name]}" for name in (*columns.must, *columns.may) if name != "up_to"
    )
    by = next((each for each in ("supplier", "family") if each in columns.selectors), None)
    for number in range(1, ROWS):
        yield f'{by} = "X{number}", {says}' if by else f'{says}, up_to = "{number}000.00"'
    yield says
