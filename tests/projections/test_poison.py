"""Does an event that breaks a read model stop the money, and nothing else?"""

from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy.exc import OperationalError

from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.aggregates.claim import Claim
from recourse.aggregates.part import Part
from recourse.application import Recourse
from recourse.projections import READ_MODELS, ProjectionBroke, ReadModels
from recourse.projections.claims import CLAIM_BOARD, CLAIMS
from recourse.projections.part_sources import PART_MASTER, PART_SOURCES
from recourse.rulebook.book import built_in
from support.engine import Site, fresh
from support.story import CLAIM, FIRST, SUPPLIER, do

PARTS = ("P1", "P2", "P3")


@pytest.fixture(params=["memory", "sqlite"])
def site(request, tmp_path):
    """A site with a few entries of the part master, in either store."""
    if request.param == "memory":
        yield registered(fresh())
        return
    engine = open_engine(str(tmp_path / "plant.db"), built_in(), new_log_id=lambda: "test")
    yield registered(Site(engine))
    close_engine(engine)


def registered(site):
    do(site, FIRST, "buyer", "register_supplier", **SUPPLIER)
    register(site, *PARTS)
    return site


def register(site, *parts):
    for part in parts:
        do(site, FIRST, "buyer", "register_part", part=part, name="轴承", supplier="S1")


@pytest.fixture
def breaks_at(monkeypatch):
    """Lets a read model break at the events of one stream, when the row is changed already."""

    def plant(projection, event, stream):
        takes = projection.takes[event]

        def half_way(fact, its_event, rows):
            takes(fact, its_event, rows)
            if fact.stream == stream:
                raise ZeroDivisionError("no share left")

        monkeypatch.setitem(projection.takes, event, half_way)

    return plant


def positions(site):
    with site.engine.models.reading() as connection:
        return {each.name: each.position(connection) for each in READ_MODELS}


def parts(site):
    with site.engine.models.reading() as connection:
        return [row.part for row in connection.execute(PART_SOURCES.select())]


def behind(site):
    return {name for name, position in positions(site).items() if position < site.position()}


def begin_anew(site):
    """The log as another version of the code meets it, with nothing read of it yet."""
    site.engine.models = ReadModels.in_memory()


def test_a_view_does_without_the_event_that_breaks_it_and_says_so(site, breaks_at):
    breaks_at(PART_MASTER, Part.Registered, "part:P2")

    begin_anew(site)
    site.engine.catch_up()

    (row,) = site.engine.models.quarantined()
    assert (parts(site), behind(site)) == (["P1", "P3"], set())
    assert (row["read_model"], row["event"]) == ("part_sources", "part:P2@1")
    assert (row["topic"], row["why"]) == ("part.registered", "ZeroDivisionError: no share left")


def test_a_money_read_model_stops_loudly_before_the_event_and_the_others_go_on(site, breaks_at):
    stops = LEDGERS["supplier_accounts"]
    breaks_at(stops, next(iter(stops.takes)), "supplier:S1")
    begin_anew(site)

    with pytest.raises(ProjectionBroke, match=r"supplier_accounts breaks at supplier:S1@1"):
        site.engine.catch_up()

    assert behind(site) == {"supplier_accounts"}
    assert site.engine.models.quarantined() == []
    assert positions(site)["supplier_accounts"] == 1  # the day, before the supplier
    assert parts(site) == list(PARTS)


LEDGERS = {each.name: each for each in READ_MODELS if each.money}


def test_what_is_money_is_settled():
    assert sorted(LEDGERS) == [
        *("breakdowns", "chargebacks", "claims", "ledger", "settlements", "supplier_accounts"),
    ]


def test_a_stopped_one_is_tried_each_time_and_costs_one_page(site, breaks_at, monkeypatch):
    monkeypatch.setattr("recourse.application.engine.PAGE", 2)
    stops = LEDGERS["supplier_accounts"]
    breaks_at(stops, next(iter(stops.takes)), "supplier:S1")
    begin_anew(site)
    with suppress(ProjectionBroke):
        site.engine.catch_up()
    read = []
    facts = Recourse.facts
    monkeypatch.setattr(
        Recourse, "facts", lambda *asked: read.append(facts(*asked)) or facts(*asked)
    )

    with pytest.raises(ProjectionBroke):
        site.engine.catch_up()

    assert [len(page) for page in read] == [2, 0]


def test_what_was_asked_is_recorded_though_a_money_read_model_stops(site, breaks_at):
    breaks_at(LEDGERS["claims"], Claim.Received, "claim:C9")
    before = site.position()

    with pytest.raises(ProjectionBroke, match="claims breaks at claim:C9@1"):
        receive(site, "C9")

    assert site.engine.stream("claim:C9") != []
    assert positions(site)["claims"] == before
    assert behind(site) == {"claims"}


def receive(site, claim):
    do(site, FIRST, "engineer", "receive_claim", **CLAIM | {"claim": claim})


def test_the_next_run_after_the_correction_goes_on_with_the_event(site, breaks_at, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setitem(CLAIM_BOARD.takes, Claim.Received, lambda *_: 1 / 0)
        with pytest.raises(ProjectionBroke):
            receive(site, "C9")

    receive(site, "C10")

    with site.engine.models.reading() as connection:
        rows = [row.claim for row in connection.execute(CLAIMS.select())]
    assert (sorted(rows), behind(site)) == (["C10", "C9"], set())
    assert site.check(date(2026, 12, 31)) == {"balanced": True, "rebuilt_equal": True}


def test_rebuilding_after_the_correction_releases_what_was_quarantined(site, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setitem(PART_MASTER.takes, Part.Registered, lambda *_: 1 / 0)
        register(site, "P4")
        assert [row["event"] for row in site.engine.models.quarantined()] == ["part:P4@1"]
    assert [each.name for each in site.engine.compare() if not each.equal] == ["part_sources"]

    site.engine.rebuild()

    assert (site.engine.models.quarantined(), parts(site)) == ([], [*PARTS, "P4"])
    assert all(each.equal for each in site.engine.compare())


def test_a_rebuild_treats_poison_alike(site, breaks_at):
    breaks_at(PART_MASTER, Part.Registered, "part:P2")
    begin_anew(site)
    site.engine.catch_up()
    live = site.engine.models.quarantined()

    site.engine.rebuild()

    assert (site.engine.models.quarantined(), parts(site)) == (live, ["P1", "P3"])
    assert all(each.equal for each in site.engine.compare())


def test_a_rebuild_that_would_leave_less_of_the_money_changes_nothing(site, breaks_at):
    before = positions(site), parts(site)
    stops = LEDGERS["supplier_accounts"]
    breaks_at(stops, next(iter(stops.takes)), "supplier:S1")
    breaks_at(PART_MASTER, Part.Registered, "part:P2")

    with pytest.raises(ProjectionBroke, match="supplier_accounts"):
        site.engine.rebuild()

    assert (positions(site), parts(site)) == before
    assert site.engine.models.quarantined() == []


def test_a_rebuild_of_what_had_stopped_mends_the_others(site, breaks_at, monkeypatch):
    stops = LEDGERS["supplier_accounts"]
    breaks_at(stops, next(iter(stops.takes)), "supplier:S1")
    begin_anew(site)
    with monkeypatch.context() as broken, suppress(ProjectionBroke):
        broken.setitem(PART_MASTER.takes, Part.Registered, lambda *_: 1 / 0)
        site.engine.catch_up()
    assert parts(site) == []

    with pytest.raises(ProjectionBroke, match="supplier_accounts"):
        site.engine.rebuild()

    assert (parts(site), behind(site)) == (list(PARTS), {"supplier_accounts"})
    assert all(each.equal for each in site.engine.compare())


@pytest.mark.parametrize("trouble", [OperationalError("x", {}, None), MemoryError(), OSError(28)])
def test_trouble_of_the_database_is_no_fault_of_an_event(site, monkeypatch, trouble):
    def fails(*_):
        raise trouble

    before = positions(site)
    with monkeypatch.context() as failing:
        failing.setitem(PART_MASTER.takes, Part.Registered, fails)
        with pytest.raises(type(trouble)):
            register(site, "P4")
    assert (positions(site), site.engine.models.quarantined()) == (before, [])

    site.engine.catch_up()

    assert parts(site) == [*PARTS, "P4"]


def test_a_value_that_no_column_holds_is_the_fault_of_its_event(site, monkeypatch):
    takes = PART_MASTER.takes[Part.Registered]

    def too_large(fact, event, rows):
        takes(fact, event, rows)
        if fact.stream == "part:P2":
            rows.put(PART_SOURCES, "P2", f"{fact.version:09d}", source=2**80)

    monkeypatch.setitem(PART_MASTER.takes, Part.Registered, too_large)
    begin_anew(site)

    site.engine.catch_up()

    assert (parts(site), behind(site)) == (["P1", "P3"], set())
    assert [row["event"] for row in site.engine.models.quarantined()] == ["part:P2@1"]
