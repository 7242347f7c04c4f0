"""Is a rulebook published like a law, and does everybody go by the text that was published?"""

from datetime import date

import pytest

from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.application import Recourse
from recourse.application.law import LawDamaged, LawDiffers, history
from recourse.commands.rulebooks import ProposeRulebook
from recourse.rulebook.book import built_in, read_book
from recourse.rulebook.calendar import published_calendar
from recourse.values.refusal import Refused
from support.books import rule, texts_with
from support.engine import Site, fresh
from support.explaining import explain
from support.story import (
    FIRST,
    NOTE,
    PEOPLE,
    RECEIPT,
    SECOND,
    STEPS,
    THIRD,
    do,
    play,
    refused,
)

TEXT = dict(built_in().texts)
TEN_DAYS = texts_with(
    rule(
        "appeal.days",
        'value = 5\nclause = "Z-4.6.1a"',
        'since = 2026-07-10\nvalue = 10\nclause = "Z-4.6.1a"',
    )
)
EFFECTIVE, BEFORE = date(2026, 7, 10), date(2026, 7, 9)


def propose(site, day, texts, effective, by="boss"):
    fields = {"rulebook": "zzbs", "takes_effect_on": effective, "texts": texts}
    do(site, day, by, "propose_rulebook", **fields)


def publish(site, day, texts, by="deputy"):
    sha256 = read_book(texts).sha256
    do(site, day, by, "publish_rulebook", rulebook="zzbs", sha256=sha256)


def published(*editions, site=None):
    """A site on which each edition (texts, effective day) was proposed and published."""
    site = site or fresh()
    for texts, effective in editions:
        propose(site, FIRST, texts, effective)
        publish(site, FIRST, texts)
    return site


def refusal(act, *args, **fields):
    with pytest.raises(Refused) as no:
        act(*args, **fields)
    return no.value.code, no.value.rules


def test_the_log_keeps_the_whole_text_of_what_was_published():
    site = published((TEXT, FIRST))

    edition = history(site.engine.stream, "zzbs").in_force
    assert edition
    assert (edition.sha256, edition.texts, edition.proposed_by) == (
        built_in().sha256, TEXT, "boss",
    )  # fmt: skip


def test_nobody_publishes_what_he_proposed_himself():
    site = fresh()
    both = ("quality_manager", "deputy_gm")
    fields = {"rulebook": "zzbs", "takes_effect_on": FIRST, "texts": TEXT}
    site.do(FIRST, "boss", both, "propose_rulebook", **fields)

    with pytest.raises(Refused) as no:
        site.do(FIRST, "boss", both, "publish_rulebook", rulebook="zzbs", sha256=built_in().sha256)
    assert (no.value.code, no.value.rules) == ("own-rulebook-published", ("ZA33",))


def test_only_the_exact_text_that_was_proposed_is_published():
    site = fresh()
    propose(site, FIRST, TEXT, FIRST)

    assert refusal(publish, site, FIRST, TEN_DAYS)[0] == "rulebook-not-that-text"


def test_one_edition_is_proposed_at_a_time_and_can_be_withdrawn():
    site = fresh()
    propose(site, FIRST, TEXT, FIRST)
    assert refusal(propose, site, FIRST, TEN_DAYS, EFFECTIVE)[0] == "rulebook-proposal-waits"

    do(site, FIRST, "boss", "withdraw_rulebook", rulebook="zzbs")
    propose(site, FIRST, TEN_DAYS, EFFECTIVE)
    publish(site, FIRST, TEN_DAYS)
    assert site.engine.book.sha256 == read_book(TEN_DAYS).sha256


def test_the_edition_in_force_is_not_proposed_again():
    site = published((TEXT, FIRST))

    assert refusal(propose, site, FIRST, TEXT, FIRST)[0] == "rulebook-already-published"


def test_a_text_with_mistakes_is_not_proposed_and_the_first_one_is_told():
    site = fresh()
    broken = TEXT | {"rules/appeal_days.toml": TEXT["rules/appeal_days.toml"] + "\nx = 1\n"}

    with pytest.raises(Refused) as no:
        propose(site, FIRST, broken, FIRST)
    assert no.value.code == "rulebook-has-mistakes"
    assert no.value.facts["file"] == "rules/appeal_days.toml"


def test_another_book_is_not_proposed_for_this_log():
    site = fresh()
    other = TEXT | {"book.toml": TEXT["book.toml"].replace('"zzbs"', '"other"')}
    propose_other = ProposeRulebook(rulebook="other", takes_effect_on=FIRST, texts=other)

    told = refusal(do, site, FIRST, "boss", "propose_rulebook", **dict(propose_other))
    assert told == ("another-rulebook", ("ZA37",))


def test_an_edition_that_says_otherwise_of_days_before_it_takes_effect_is_not_proposed():
    site = published((TEXT, FIRST))

    told = refusal(propose, site, FIRST, TEN_DAYS, date(2026, 7, 11))
    assert told[0] == "rulebook-changes-the-past"
    propose(site, FIRST, TEN_DAYS, EFFECTIVE)


def test_an_edition_takes_effect_on_the_day_of_its_publication_at_the_earliest():
    site = published((TEXT, FIRST))
    propose(site, FIRST, TEN_DAYS, EFFECTIVE)

    told = refusal(publish, site, date(2026, 7, 11), TEN_DAYS)
    assert told[0] == "rulebook-takes-effect-in-the-past"


def test_the_first_edition_may_say_since_when_it_was_in_effect():
    assert published((TEXT, date(2008, 1, 1))).engine.store.held("edition zzbs ")


@pytest.mark.parametrize(
    ("received_on", "last_day"), [(BEFORE, date(2026, 7, 14)), (EFFECTIVE, date(2026, 7, 20))]
)
def test_a_note_is_judged_by_the_edition_of_the_day_it_was_received(received_on, last_day):
    site = published((TEXT, FIRST), (TEN_DAYS, EFFECTIVE))
    play(site, "issue_chargeback")

    receipt = RECEIPT | {"received_on": received_on}
    do(site, date(2026, 7, 13), "buyer", "record_receipt", **receipt)

    assert site.figures("chargeback", "N1", EFFECTIVE)["last_day"] == last_day
    assert site.check()["rebuilt_equal"]


def test_a_decision_remembers_the_edition_that_was_published():
    site = published((TEXT, FIRST), (TEN_DAYS, EFFECTIVE))
    play(site, "register_supplier")

    (registered,) = site.engine.stream("supplier:S1")
    assert registered.event.edition == read_book(TEN_DAYS).edition


@pytest.fixture
def opened(tmp_path):
    """Opens engines on one file, by any book."""
    engines = []

    def opening(book=None, *, chosen=False):
        path = str(tmp_path / "plant.db")
        book = book or built_in()
        engines.append(open_engine(path, book, new_log_id=lambda: "plant", chosen=chosen))
        return Site(engines[-1])

    yield opening
    for engine in engines:
        close_engine(engine)


def test_what_one_process_publishes_governs_the_next_thing_that_another_does(opened):
    here, there = opened(), opened()
    there.asked_before(100)
    published((TEXT, FIRST), (TEN_DAYS, EFFECTIVE), site=here)

    there.do(SECOND, "buyer", ("purchasing",), "register_supplier",
             supplier="S1", name="甲供方", disposal="entrusted")  # fmt: skip

    (registered,) = there.engine.stream("supplier:S1")
    assert registered.event.edition == read_book(TEN_DAYS).edition


def test_a_book_that_was_changed_under_its_publication_is_refused_at_start(opened):
    published((TEXT, FIRST), site=opened())
    changed = TEXT | {"rules/appeal_days.toml": TEXT["rules/appeal_days.toml"] + "# \n"}

    with pytest.raises(LawDiffers) as differs:
        opened(read_book(changed), chosen=True)
    assert differs.value.edition.sha256 == built_in().sha256


def test_settings_that_would_change_a_published_book_are_refused_at_start(opened):
    published((TEXT, FIRST), site=opened())

    with pytest.raises(LawDiffers):
        opened(built_in().changed({"appeal.days": 6}), chosen=True)


def test_the_published_text_itself_is_taken_at_start(opened):
    published((TEXT, FIRST), (TEN_DAYS, EFFECTIVE), site=opened())

    assert opened(read_book(TEN_DAYS), chosen=True).engine.book.sha256


def test_a_built_in_book_of_another_version_leaves_the_published_text_in_force(opened):
    published((TEXT, FIRST), (TEN_DAYS, EFFECTIVE), site=opened())

    assert opened().engine.book.sha256 == read_book(TEN_DAYS).sha256


def test_a_text_in_the_log_that_is_not_the_one_published_stops_everything():
    site = published((TEXT, FIRST), (TEN_DAYS, EFFECTIVE))
    events = site.engine.store._events  # noqa: SLF001 - no front door alters it
    at = next(i for i, it in enumerate(events) if it.topic == "rulebook.proposed.v1" and i > 2)
    altered = events[at].state.replace(b"value = 10", b"value = 30")
    object.__setattr__(events[at], "state", altered)

    with pytest.raises(LawDamaged):
        Recourse(site.engine.store, built_in(), published_calendar()).follow_law()


DEEMED = rule("appeal.silence", 'value = "deemed_accepted"\nclause = "ZA10"')


def silent(site, acknowledged, **fields):
    """N1 is received and its last day passes; S1 acknowledged the appeal clause, or did not."""
    play(site, "register_supplier")
    if acknowledged:
        do(site, FIRST, "buyer", "acknowledge_rulebook", supplier="S1", clauses=["Z-4.6.1a"],
           **fields)  # fmt: skip
    rest = fresh_steps_after_registration(site)
    rest.begin(date(2026, 8, 20))
    return rest.figures("chargeback", "N1", date(2026, 8, 20))["answer"]


def fresh_steps_after_registration(site):
    for day, person, act, fields in STEPS[1:]:
        site.do(day, person, PEOPLE[person], act, **fields)
        if act == "record_receipt":
            return site
    raise AssertionError


def test_silence_is_consent_only_by_a_text_that_was_acknowledged():
    with_deemed = texts_with(DEEMED)

    assert silent(published((with_deemed, FIRST)), acknowledged=True) == "deemed"
    assert silent(published((with_deemed, FIRST)), acknowledged=False) == "lapsed"


def test_an_older_text_of_the_clause_that_was_acknowledged_is_no_consent_to_the_new_one():
    # The appeal clause gives ten days to notes received since 3 July; S1 knows the five of before.
    five = texts_with(DEEMED)
    ten = texts_with(
        DEEMED,
        rule(
            "appeal.days",
            'value = 5\nclause = "Z-4.6.1a"',
            'since = 2026-07-03\nvalue = 10\nclause = "Z-4.6.1a"',
        ),
    )
    site = published((five, FIRST), (ten, THIRD))

    assert silent(site, acknowledged=True, content=read_book(five).sha256) == "lapsed"


def test_a_text_that_was_never_published_cannot_be_acknowledged():
    site = play(fresh(), "register_supplier")
    fields = {"supplier": "S1", "clauses": ["Z-4.6.1"], "content": "0" * 64}

    told = refused(site, FIRST, "buyer", "acknowledge_rulebook", **fields)
    assert told == ("no-such-edition", ("ZA10",))


def test_an_explanation_says_what_the_supplier_never_acknowledged():
    site = play(fresh(), "register_supplier")
    do(site, FIRST, "buyer", "acknowledge_rulebook", supplier="S1", clauses=["Z-4.5.2a"])
    fresh_steps_after_registration(site)

    unknown = explain(site, NOTE["chargeback"]).unacknowledged["S1"]
    assert "Z-4.5.2a" not in unknown
    assert unknown["Z-4.5.2b"] == "never"
