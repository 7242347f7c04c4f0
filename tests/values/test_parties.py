"""Who may act and bear cost, and on which day does an instant fall?"""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from recourse.values.parties import (
    IDENTIFIER_LENGTH,
    PLAIN_BEARERS,
    PLAIN_ROLES,
    bearer,
    business_day,
    identifier,
    instant,
    role,
    supplier_of,
)


@pytest.mark.parametrize("name", ["C1", "索赔-1", "A/1", "x" * IDENTIFIER_LENGTH])
def test_an_identifier_is_any_name_in_one_piece(name):
    assert identifier(name) == name


@pytest.mark.parametrize("name", ["", "x" * (IDENTIFIER_LENGTH + 1)])
def test_an_identifier_has_a_length(name):
    with pytest.raises(ValueError, match="1 to 80 characters"):
        identifier(name)


@pytest.mark.parametrize("name", ["C 1", " C1", "C1\n", "C\u30001", "C\x001", "C\u200b1"])
def test_an_identifier_has_no_space_and_nothing_invisible(name):
    with pytest.raises(ValueError, match="a space or a control character"):
        identifier(name)


@pytest.mark.parametrize("name", [*PLAIN_BEARERS, "supplier:S1", "department:装配", "supplier:A:B"])
def test_a_bearer_of_cost_is_known_by_its_kind(name):
    assert bearer(name) == name


@pytest.mark.parametrize("name", ["supplier:", "department:", "Company", "finance", "S1", "bank:B"])
def test_anybody_else_bears_no_cost(name):
    with pytest.raises(ValueError, match="bears no cost"):
        bearer(name)


def test_a_bearer_is_an_identifier_too():
    with pytest.raises(ValueError, match="a space or a control character"):
        bearer("supplier:S 1")


@pytest.mark.parametrize("name", [*PLAIN_ROLES, "supplier:S1", "department:装配"])
def test_a_role_is_known(name):
    assert role(name) == name


@pytest.mark.parametrize("name", ["engine", "supplier", "supplier:", "boss", "Finance"])
def test_an_unknown_role_is_refused_with_the_known_ones(name):
    with pytest.raises(ValueError, match="the roles are quality_engineer, quality_manager"):
        role(name)


@pytest.mark.parametrize(
    ("party", "name"),
    [
        ("supplier:S1", "S1"),
        ("supplier:A:B", "A:B"),
        ("supplier:", None),
        ("department:S1", None),
        ("service", None),
    ],
)
def test_a_supplier_is_named_after_its_kind(party, name):
    assert supplier_of(party) == name


def test_a_local_time_is_of_shanghai():
    assert instant(datetime.combine(date(2026, 3, 2), time(9))) == datetime(
        2026, 3, 2, 1, tzinfo=UTC
    )


def test_a_time_with_its_own_zone_keeps_it():
    tokyo = timezone(timedelta(hours=9))

    assert instant(datetime(2026, 3, 2, 9, tzinfo=tokyo)) == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "day"), [((15, 59, 59), date(2026, 3, 2)), ((16, 0, 0), date(2026, 3, 3))]
)
def test_a_business_day_begins_at_midnight_in_shanghai(hour, day):
    assert business_day(datetime(2026, 3, 2, *hour, tzinfo=UTC)) == day
