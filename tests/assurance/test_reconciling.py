"""P5: is every fault planted in the read models found and located, and nothing else?"""

from contextlib import contextmanager
from datetime import date
from random import Random
from threading import Event, Thread

import pytest
from sqlalchemy import select

from recourse.application.reconciling import reconcile
from recourse.projections import READ_MODELS
from recourse.projections.base import POSITIONS
from support.engine import Site
from support.logs import opened, stored
from support.postgres import wait_for
from support.story import SUPPLIER, do

LATE = date(2026, 10, 1)


@pytest.fixture
def engine(tmp_path):
    """An engine on a small log with something of everything."""
    with opened(str(stored(tmp_path))) as engine:
        yield engine


def rows_of(engine):
    """Every row of every read model: (read model, table, the row)."""
    with engine.models.reading() as connection:
        return [
            (model.name, table, dict(row))
            for model in READ_MODELS
            for table in model.tables
            for row in connection.execute(select(table)).mappings()
        ]


def is_row(table, row):
    """The condition that it is this row."""
    terms = [column == row[column.name] for column in table.primary_key]
    first, *rest = terms
    for term in rest:
        first &= term
    return first


@contextmanager
def changed(engine, *statements):
    """Run the first of each pair, and the second one afterwards, which undoes it."""
    with engine.models._database.begin() as connection:  # noqa: SLF001 - behind its back
        for statement, _ in statements:
            connection.execute(statement)
    yield
    with engine.models._database.begin() as connection:  # noqa: SLF001
        for _, statement in reversed(statements):
            connection.execute(statement)


def dropped(_dice, table, row):
    return (table.delete().where(is_row(table, row)), table.insert().values(row))


def duplicated(_dice, table, row):
    """The same values under a key that no other row has."""
    name = list(table.primary_key)[-1].name
    twin = row | {name: row[name] + 10**6 if isinstance(row[name], int) else f"{row[name]}'"}
    return (table.insert().values(twin), table.delete().where(is_row(table, twin)))


def altered(dice, table, row):
    """One value that is not part of the key."""
    keys = {column.name for column in table.primary_key}
    name = dice.choice([each for each in row if each not in keys])
    value = row[name] + 1 if isinstance(row[name], int) else f"{row[name]}'"
    where = is_row(table, row)
    return (
        table.update().where(where).values({name: value}),
        table.update().where(where).values({name: row[name]}),
    )


def test_every_planted_fault_is_found_and_located_and_nothing_else(engine, many, noted):
    dice, faults = Random(5), many(30, 1000)
    rows, missed, elsewhere = rows_of(engine), 0, 0
    plain = [each for each in rows if len(each[1].columns) > len(each[1].primary_key)]
    for number in range(faults):
        plants = (dropped, duplicated, altered)[number % 3]
        model, table, row = dice.choice(plain)
        pair = plants(dice, table, row)
        with changed(engine, pair):
            found = findings(engine)
        located = [
            each for each in found if (each["read_model"], each["table"]) == (model, table.name)
        ]
        missed += [each["code"] for each in located] != ["row"]
        elsewhere += len(found) - len(located)

    assert (missed, elsewhere) == (0, 0)
    assert findings(engine) == []
    noted("P5", f"{faults} of {faults} rows dropped, duplicated or altered found and located")


def test_every_position_that_was_moved_is_found(engine, many, noted):
    last = engine.models.position()
    moves = [(model.name, by) for model in READ_MODELS for by in (-1, 1, -2, 2)]
    moves = moves[:: many(5, 1)]
    for name, by in moves:
        where = POSITIONS.c.read_model == name
        there = POSITIONS.update().where(where).values(position=last + by)
        back = POSITIONS.update().where(where).values(position=last)
        with changed(engine, (there, back)):
            found = findings(engine)
        (moved,) = [each for each in found if each["code"] != "row"]
        assert moved["code"] == ("behind" if by < 0 else "beyond")
        assert moved["position"] == last + by
        assert {each["read_model"] for each in found} == {name}
    noted("P5", f"{len(moves)} of {len(moves)} moved positions found and located")


def test_where_nothing_was_planted_nothing_is_found(engine, many, noted):
    runs = many(5, 1000)

    assert [findings(engine) for _ in range(runs)] == [[]] * runs
    noted("P5", f"0 false alarms in {runs} runs")


@contextmanager
def at_work(url):
    """A clerk who registers one supplier after the other; how many so far."""
    done, stop = [], Event()

    def work():
        with opened(url) as engine:
            site = Site(engine)
            site.asked_before(10**6)
            while not stop.is_set():
                name = f"W{len(done)}"
                do(site, LATE, "buyer", "register_supplier", **SUPPLIER | {"supplier": name})
                done.append(name)

    clerk = Thread(target=work, daemon=True)
    clerk.start()
    try:
        wait_for(lambda: done or not clerk.is_alive())
        yield done
    finally:
        stop.set()
        clerk.join()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_while_people_work_nothing_is_found(kind, tmp_path, request, many, noted):
    url = str(tmp_path / "store.db")
    if kind == "postgres":
        url = request.getfixturevalue("postgres").store_url()
    stored(tmp_path, url)
    runs = many(5, 200)
    with opened(url) as engine, at_work(url) as done:
        for _ in range(runs):
            before = len(done)
            assert reconciled(engine) == []
            wait_for(lambda before=before: len(done) > before, 20)
    noted("P5", f"{kind}: 0 false alarms in {runs} runs while people worked")


def reconciled(engine):
    """Every finding of every check."""
    return [(each.name, found) for each in reconcile(engine) for found in each.findings]


def findings(engine):
    checks = reconcile(engine)
    assert [each.name for each in checks if not each.ok and each.name != "read models"] == []
    (models,) = [each for each in checks if each.name == "read models"]
    return list(models.findings)
