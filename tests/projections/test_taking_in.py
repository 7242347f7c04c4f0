"""Is a read model the same however the log reached it?"""

from datetime import date

import pytest
from sqlalchemy import StaticPool, create_engine, text

from recourse.projections import READ_MODELS, ReadModels
from recourse.projections.base import METADATA
from support.clearing import NOTICE, charge_parts, clear, dispose, lower
from support.engine import fresh
from support.story import do, paths, play

DAY = date(2026, 7, 21)


@pytest.fixture(scope="module")
def site():
    site = play(fresh(), until="arbitrate_appeal")
    do(site, DAY, "engineer", "mark_not_returned", claim="C1", reason="未返回")
    do(site, DAY, "engineer", "send_breakdown", month="2026-07")
    for tag in ("T1", "T2", "T3"):
        do(site, DAY, "engineer", "receive_part", tag=tag, claim="C1", listed=1)
    do(site, DAY, "engineer", "count_parts", tag="T1", counted=1)
    do(site, DAY, "colleague", "correct_count", tag="T1", counted=0, reason="数错")
    do(site, DAY, "engineer", "inspect_part", tag="T1", finding="misuse")
    do(site, DAY, "colleague", "correct_finding", tag="T1", finding="part_defect", reason="复测")
    for amount in ("10.00", "20.00"):
        do(site, DAY, "cashier", "pay_supplier", supplier="S1", amount=amount)
    paid, due = {"payment": 2, "amount": "0.00"}, {"document": "AP-3", "amount": "1.00"}
    do(site, DAY, "cashier2", "correct_payment", supplier="S1", **paid, reason="退票")
    do(site, DAY, "cashier2", "correct_payable", supplier="S1", **due, reason="录错")
    do(site, DAY, "checker", "close_referral", referral="account:S1", reason="已处理")
    do(site, DAY, "buyer", "agree_mailbox", supplier="S1", mailbox="S1/quality")
    do(site, DAY, "buyer", "notify_clearance", **NOTICE | {"tags": ["T1", "T2"]})
    receipt = {"received_on": DAY, "proof": "快递"}
    do(site, DAY, "buyer", "record_notice_receipt", notice="L1", **receipt)
    clear(site, date(2026, 7, 22), "T1")
    dispose(site, date(2026, 8, 3), "T2", cost={"T2": "35.50"})
    charge_parts(site, date(2026, 8, 3), "T2")
    lower(site, date(2026, 8, 3), {"T2/disposal": {"reduced_to": "10.00"}})
    do(site, date(2026, 8, 3), "cashier", "close_month", supplier="S1", month="2026-07")
    paths(site)
    return site


@pytest.fixture(scope="module")
def log(site):
    return [fact for batch in site.engine.batches() for fact in batch]


def digests(models):
    with models.reading() as connection:
        return {each.name: each.digest(connection) for each in READ_MODELS}


def in_batches(log, size):
    models = ReadModels.in_memory()
    for start in range(0, len(log), size):
        models.take_in(log[start : start + size])
    return models


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_rows_are_the_same_to_the_byte_in_batches_of_any_size(site, log, size):
    assert digests(in_batches(log, size)) == digests(site.engine.models)


def test_what_is_taken_in_again_changes_nothing(log):
    models = in_batches(log, 7)
    before = digests(models)

    for again in (log, log[3:], log[:10]):
        models.take_in(again)

    assert (digests(models), models.position()) == (before, log[-1].position)


def test_every_read_model_of_the_story_has_rows(site):
    empty = [name for name, (count, _) in digests(site.engine.models).items() if not count]

    assert empty == []


def test_rebuilding_changes_nothing(site):
    before = digests(site.engine.models)

    site.engine.rebuild()

    assert digests(site.engine.models) == before


def test_a_comparison_names_every_read_model_with_its_rows(site):
    counts = {name: count for name, (count, _) in digests(site.engine.models).items()}

    assert {each.name: each.rows for each in site.engine.compare()} == counts


def test_every_table_belongs_to_one_read_model():
    owned = [table.name for each in READ_MODELS for table in each.tables]

    assert sorted([*owned, "quarantined", "read_model_positions"]) == sorted(METADATA.tables)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("claims", "UPDATE claims SET claimed = claimed + 1"),
        ("chargebacks", "UPDATE chargeback_lines SET amount = amount + 1 WHERE line = 'C1/labour'"),
        ("clearance_notices", "UPDATE clearance_notices SET cleared = 0"),
        ("supplier_accounts", "DELETE FROM supplier_accounts"),
        ("field_claims", "UPDATE field_claims SET claim = 'C2'"),
        ("legal_cases", "UPDATE legal_cases SET claims = '[]'"),
        ("zero_km_jobs", "UPDATE zero_km_jobs SET issued = issued + 1"),
        ("supplier_accounts", "UPDATE supplier_payments SET amount = 1 WHERE number = 2"),
        ("referrals", "UPDATE referrals SET open = 1 - open"),
        ("ledger", "UPDATE ledger_entries SET date = '2026-01-01' WHERE line = 2"),
    ],
)
def test_a_row_that_differs_is_found_and_mended_by_rebuilding(log, name, fault):
    database = create_engine("sqlite://", poolclass=StaticPool)
    models = ReadModels(database)
    models.take_in(log)
    with database.begin() as connection:
        connection.execute(text(fault))

    unequal = [each.name for each in models.compare([log]) if not each.equal]
    models.rebuild([log])

    assert unequal == [name]
    assert all(each.equal for each in models.compare([log]))


def test_nothing_is_nothing_to_take_in():
    models = ReadModels.in_memory()

    assert models.take_in([]) == models.position() == 0
