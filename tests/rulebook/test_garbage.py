"""Is whatever somebody writes into a book either a book or told to be none?"""

import json
import tomllib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recourse.rulebook.book import read_book
from recourse.rulebook.keys import DAYS, keys
from recourse.rulebook.mistakes import BookProblem
from support.books import good_texts

TEXTS = good_texts()
HOLD = "rules/hold_scope.toml"
WRITTEN = {file: tomllib.loads(text) for file, text in TEXTS.items()}
LIKELY = st.sampled_from(
    [
        *("", " ", "5", "500.00", "-1", "0", "1", "101", "1e9", "NaN", "１", "zzbs", "all", "*"),
        *("appeal.days", "hold.scope", "charge.labour", "received", "Z-4.6.1a", "zero_km", "S1"),
        *("minor", "quality_manager", "EUR", "CNY", "cost", "material", "labour", "since"),
    ]
)
DATES = st.sampled_from([date.min, date(2008, 1, 1), date(2026, 2, 28), date.max])
LEAVES = st.one_of(
    LIKELY,
    st.text(max_size=4),
    DATES,
    st.booleans(),
    st.integers(-2, 10),
    st.integers(),
    st.floats(),
    st.just(datetime(2026, 1, 1, 9)),  # noqa: DTZ001 - so it stands in the file
)
NAMES = st.one_of(
    st.sampled_from(
        [
            *(
                "key",
                "chosen_by",
                "editions",
                "since",
                "until",
                "value",
                "rows",
                "clause",
                "source",
            ),
            *("supplier", "family", "stage", "rate", "factor", "share", "cap", "percent", "of"),
            *("id", "title_zh", "zh", "en", "up_to", "role", "currency", "months"),
        ]
    ),
    st.text(max_size=3),
)
GARBAGE = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)


def toml(value):
    """A value as TOML writes it."""
    match value:
        case dict():
            return f"{{ {', '.join(f'{quoted(k)} = {toml(v)}' for k, v in value.items())} }}"
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case str():
            return quoted(value)
        case bool():
            return str(value).lower()
        case date():  # a date-time too
            return value.isoformat()
    return repr(value)


def quoted(text):
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def file_of(written):
    return "".join(f"{quoted(name)} = {toml(value)}\n" for name, value in written.items())


def places(written, way=()):
    """The way to every place in what a file says."""
    yield way
    match written:
        case dict():
            entries = list(written.items())
        case list():
            entries = list(enumerate(written))
        case _:
            entries = []
    for name, value in entries:
        yield from places(value, (*way, name))


def changed(written, way, garbage, name):
    """What a file says with garbage in one place, or beside what is there under a name."""
    if not way:
        return {**written, name: garbage} if isinstance(written, dict) and name else garbage
    here, *rest = way
    copied = dict(written) if isinstance(written, dict) else list(written)
    copied[here] = changed(written[here], tuple(rest), garbage, name)
    return copied


@st.composite
def spoilt(draw):
    """The good book with garbage in one or two places."""
    texts = dict(TEXTS)
    for _ in range(draw(st.integers(1, 2))):
        file = draw(st.sampled_from([file for file in sorted(TEXTS) if file != "clauses.toml"]))
        way = draw(st.sampled_from(list(places(WRITTEN[file]))))
        name = draw(st.none() | NAMES)
        spoiled = changed(WRITTEN[file], way, draw(GARBAGE), name)
        texts[file] = file_of(spoiled) if isinstance(spoiled, dict) else toml(spoiled)
    return texts


@st.composite
def redated(draw):
    """The good book with other days for the editions of a rule and for its beginning."""
    begins = st.dates(date(2008, 1, 1), date(2008, 1, 20))
    rule = WRITTEN[HOLD]
    ends = st.fixed_dictionaries({}, optional={"until": begins})
    editions = [
        {**rule["editions"][0], "since": since, **end}
        for since, end in draw(st.lists(st.tuples(begins, ends), min_size=1, max_size=3))
    ]
    about = {**WRITTEN["book.toml"], "since": draw(begins)}
    return TEXTS | {HOLD: file_of({**rule, "editions": editions}), "book.toml": file_of(about)}


def read(texts):
    """The book, or None where it is told to be none."""
    try:
        return read_book(texts)
    except BookProblem as problem:
        told = [sentence for it in problem.mistakes for sentence in (*it.why, *it.remedy)]
    assert told
    assert all(told)
    return None


def test_what_the_tests_write_is_the_book_again():
    again = read_book({file: file_of(written) for file, written in WRITTEN.items()})

    assert again.rules == read_book(TEXTS).rules


@settings(max_examples=400, deadline=None)
@given(texts=spoilt())
def test_garbage_in_any_place_is_a_book_or_told_to_be_none(texts):
    read(texts)


@settings(max_examples=200, deadline=None)
@given(
    texts=st.one_of(spoilt(), redated()),
    past=st.integers(0, 40_000),
)
def test_a_book_that_is_read_answers_every_required_key_on_every_day_since_its_first(texts, past):
    book = read(texts)
    if book is None:
        return
    first = book.first_day
    day = first + timedelta(days=min(past, (date.max - first).days))
    for name, key in keys().items():
        if key.required:
            assert book.value(name, dict.fromkeys(DAYS, day)) is not None


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60), file=st.sampled_from(sorted(TEXTS)))
def test_any_text_in_place_of_a_file_is_told(text, file):
    read(TEXTS | {file: text})


@given(
    texts=st.dictionaries(st.sampled_from(["a.toml", "book.toml", "x", "rules/a.toml"]), st.text())
)
def test_any_texts_at_all_are_told(texts):
    with pytest.raises(BookProblem):
        read_book(texts)
