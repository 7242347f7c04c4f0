"""Does a new year's arrangement settle the last days that waited for it, and change no other?"""

from datetime import date

import pytest

from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.projections.explanations.sources import Sources
from recourse.projections.recounting import recounted, years_missing
from recourse.rulebook.book import built_in
from recourse.rulebook.calendar import published_calendar
from recourse.values.refusal import Refused
from support.engine import Site, fresh
from support.story import NOTE, RECEIPT, STEPS, do, play, refused

NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
PUBLISHED, KNOWN = date(2026, 12, 28), date(2027, 1, 4)
# An invented arrangement: New Year off from Friday to Sunday, the Sunday before it worked.
ARRANGEMENT = {
    "year": 2027,
    "published_on": PUBLISHED,
    "source": "示例",
    "rest": [NEW_YEAR, date(2027, 1, 2), date(2027, 1, 3)],
    "worked": [date(2026, 12, 27)],
}
ROLES = ("admin",)


def bring_in(site, day=KNOWN, **other):
    site.do(day, "keeper", ROLES, "import_arrangement", **ARRANGEMENT | other)


def code_of(site, day, **other):
    before = site.position()
    try:
        bring_in(site, day, **other)
    except Refused as no:
        assert site.position() >= before
        return no.code, no.rules
    raise AssertionError("it was not refused")


def received(on=date(2026, 12, 28), site=None):
    """N1 was received so late in 2026 that its fifth day lies in a year not yet arranged."""
    site = play(site or fresh(), "issue_chargeback")
    do(site, on, "buyer", "record_receipt", **RECEIPT | {"received_on": on})
    return site


def last_day(site, day=KNOWN):
    return site.figures("chargeback", "N1", day)["last_day"]


def answer(site, day=KNOWN):
    return site.figures("chargeback", "N1", day)["answer"]


def recounts(site, day):
    engine = site.engine
    sources = Sources(engine.stream, engine.store.held, engine.store.answer, engine.book, day)
    with engine.models.reading() as connection:
        return recounted(connection, sources, engine.calendar)


def test_a_last_day_in_a_year_not_arranged_waits_for_the_arrangement():
    # 28 December and five days: 2 January, a Saturday and, by the arrangement, off as the 3rd is.
    site = received()
    site.begin(NEW_YEAR)
    assert last_day(site) is None

    bring_in(site, NEW_YEAR)

    assert last_day(site) == KNOWN
    assert answer(site) == "none"
    assert site.check()["rebuilt_equal"]


def test_what_was_determined_lapses_on_the_day_after_its_last_day():
    site = received()
    bring_in(site, NEW_YEAR)

    site.begin(KNOWN)
    assert answer(site) == "none"
    site.begin(date(2027, 1, 5))
    assert answer(site) == "lapsed"


def test_nobody_is_deemed_to_accept_because_the_arrangement_came_late():
    site = fresh({"appeal.silence": "deemed_accepted"})
    play(site, "register_supplier")
    do(site, date(2026, 7, 1), "buyer", "acknowledge_rulebook", supplier="S1", clauses=["Z-4.6.1"])
    later_steps(site)
    do(site, PUBLISHED, "buyer", "record_receipt", **RECEIPT | {"received_on": PUBLISHED})

    bring_in(site, date(2027, 1, 20))

    assert (last_day(site), answer(site)) == (KNOWN, "lapsed")


def later_steps(site):
    for day, person, act, fields in STEPS[1:]:
        do(site, day, person, act, **fields)
        if act == "issue_chargeback":
            return


def test_a_note_that_was_answered_meanwhile_stays_answered():
    site = received()
    do(site, NEW_YEARS_EVE, "seller", "confirm_chargeback", **NOTE)

    bring_in(site, date(2027, 1, 20))

    assert answer(site) == "confirmed"


def test_a_void_note_gets_no_last_day():
    site = received()
    do(site, NEW_YEARS_EVE, "boss", "void_chargeback", **NOTE, reason="见附件")

    bring_in(site)

    assert last_day(site) is None


def test_a_recorded_last_day_stays_when_an_amendment_would_move_it_and_is_listed():
    site = received()
    bring_in(site, NEW_YEAR)
    day = date(2027, 1, 2)
    assert recounts(site, day) == []

    rest = [*ARRANGEMENT["rest"], KNOWN]
    bring_in(site, day, published_on=day, rest=rest)

    assert last_day(site) == KNOWN
    (found,) = recounts(site, day)
    assert (found.about, found.recorded, found.now, found.runs) == (
        "N1", KNOWN, date(2027, 1, 5), True,
    )  # fmt: skip


def test_a_last_day_that_cannot_be_computed_is_listed():
    (found,) = recounts(received(), NEW_YEAR)

    assert (found.recorded, found.now) == (None, None)


def test_the_years_ahead_that_are_not_arranged_are_named():
    assert list(years_missing(published_calendar(), date(2026, 3, 1))) == [2027]
    assert list(years_missing(published_calendar(), date(2025, 12, 31))) == []


def test_the_same_arrangement_comes_in_once():
    site = fresh()
    bring_in(site)

    assert code_of(site, KNOWN) == ("arrangement-already-known", ("ZA1",))
    assert code_of(site, KNOWN, worked=[]) == ("arrangement-contradicts", ("ZA1",))


def test_an_arrangement_that_the_package_has_is_known():
    packaged = next(it for it in published_calendar().arrangements if it.year == 2026)
    told = {
        "year": 2026,
        "published_on": packaged.published_on,
        "rest": sorted(packaged.rest),
        "worked": sorted(packaged.worked),
    }

    assert code_of(fresh(), KNOWN, **told)[0] == "arrangement-already-known"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"published_on": date(2025, 12, 31)}, "arrangement-of-another-year"),
        ({"published_on": date(2027, 1, 5)}, "arrangement-not-yet-published"),
        ({"rest": [date(2026, 12, 24)]}, "arrangement-of-another-year"),
        ({"rest": [date(2028, 1, 1)]}, "arrangement-of-another-year"),
        ({"worked": [KNOWN]}, "arrangement-of-another-year"),
        ({"worked": [date(2027, 1, 2)]}, "arrangement-of-another-year"),
    ],
)
def test_what_is_no_arrangement_of_its_year_is_refused(wrong, code):
    assert code_of(fresh(), KNOWN, **wrong)[0] == code


def test_an_arrangement_is_imported_by_the_administrator_only():
    site = fresh()

    assert refused(site, KNOWN, "buyer", "import_arrangement", **ARRANGEMENT)[0] == "not-your-role"


def test_what_one_process_imports_another_one_counts_by(tmp_path):
    path = str(tmp_path / "plant.db")
    here, there = (
        Site(open_engine(path, built_in(), new_log_id=lambda: "plant")) for _ in range(2)
    )
    there.asked_before(100)
    bring_in(here, date(2026, 12, 29))

    received(date(2026, 12, 29), there)  # the fifth day is 3 January

    assert last_day(there) == KNOWN
    for site in (here, there):
        close_engine(site.engine)
