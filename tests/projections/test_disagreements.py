"""Would a fault in the books be found, wherever it is planted?"""

from datetime import date

import pytest
from sqlalchemy import text

from recourse.projections.books import disagreements
from recourse.rulebook.book import built_in
from support.clearing import OVERDUE, charge_parts, dispose, lower, overdue
from support.engine import fresh
from support.months import AUGUST, END_OF_AUGUST, award, july_closed
from support.story import do, play

DAY = date(2026, 8, 1)


@pytest.fixture
def site():
    """A note half collected, appealed, lowered and credited; a payable half paid."""
    site = play(fresh({"collection.waits": False}), until="issue_chargeback")
    do(site, date(2026, 7, 2), "cashier", "choose_collection", chargeback="N1", way="deduction")
    do(site, date(2026, 7, 2), "cashier", "collect_chargeback", chargeback="N1")
    do(
        site,
        date(2026, 7, 3),
        "buyer",
        "record_receipt",
        chargeback="N1",
        received_on=date(2026, 7, 3),
        proof="快递",
    )
    do(
        site,
        date(2026, 7, 4),
        "seller",
        "appeal_chargeback",
        chargeback="N1",
        lines=["C1"],
        reason="超载",
    )
    do(
        site,
        date(2026, 7, 5),
        "colleague",
        "recheck_appeal",
        chargeback="N1",
        outcomes={"C1/labour": "withdrawn"},
        moves_to="service",
    )
    return site


def planted(site, fault):
    """What is found after the statement `fault`, which is not kept."""
    with site.engine.models.reading() as connection:
        changed = connection.execute(text(fault))
        assert changed.rowcount == 1, "the fault was not planted"
        found = disagreements(connection, DAY, built_in())
        connection.rollback()
    return found


def test_a_true_history_has_no_disagreements(site):
    assert site.engine.models.disagreements(DAY, site.engine.book) == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (
            "UPDATE ledger_balances SET debit = debit + 1 WHERE account = 'cost:service'",
            "debits and credits differ by 0.01",
        ),
        (
            "UPDATE ledger_balances SET debit = debit + 1 WHERE account = 'cost:service'",
            "service bears 300.00, the books say 300.01",
        ),
        (
            "UPDATE ledger_balances SET credit = credit + 1 WHERE account = 'payable:S1'",
            "S1 payable: 7000.00 on the account, 7000.01 in the books",
        ),
        (
            "UPDATE ledger_balances SET credit = credit + 1 WHERE account = 'credit:S1'",
            "S1 refundable: 300.00 on the account, 300.01 in the books",
        ),
        (
            "UPDATE ledger_balances SET debit = debit + 1 WHERE account = 'receivable:S1:pending'",
            "S1 open: 0.00 on the account, 0.01 in the books",
        ),
        (
            "UPDATE ledger_balances SET credit = credit + 1 WHERE account = 'upstream'",
            "accepted 1000.00, owed upstream 1000.01, borne 1000.00",
        ),
        (
            "UPDATE claim_bearers SET amount = amount - 1 WHERE bearer = 'service'",
            "accepted 1000.00, owed upstream 1000.00, borne 999.99",
        ),
        (
            "UPDATE claim_bearers SET bearer = 'company' WHERE bearer = 'service'",
            "company bears 300.00, the books say 0.00",
        ),
        (
            "UPDATE claims SET accepted = accepted + 100",
            "accepted 1001.00, owed upstream 1000.00, borne 1000.00",
        ),
        (
            "UPDATE chargebacks SET loss = loss + 1",
            "supplier:S1 bears 700.00, the books say 700.01",
        ),
        (
            "UPDATE chargebacks SET collected = collected - 1",
            "S1 open: 0.01 on the account, 0.00 in the books",
        ),
        (
            "UPDATE supplier_accounts SET recorded = recorded + 1",
            "S1 payable: 7000.01 on the account, 7000.00 in the books",
        ),
    ],
)
def test_a_fault_in_a_row_is_found(site, fault, complaint):
    assert complaint in planted(site, fault)


@pytest.fixture
def cleared():
    """Two disposals, of which one is charged and lowered."""
    site = overdue()
    dispose(site, OVERDUE, "T1", "T3", cost={"T1": "35.50", "T3": "12.00"})
    charge_parts(site, OVERDUE, "T1")
    lower(site, OVERDUE, {"T1/disposal": {"reduced_to": "10.00"}})
    return site


def test_true_disposals_have_no_disagreements(cleared):
    assert cleared.engine.models.disagreements(DAY, cleared.engine.book) == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (
            "UPDATE ledger_balances SET credit = credit - 1 WHERE account = 'disposal'",
            "disposal cost 47.50, the books say 47.49",
        ),
        (
            "UPDATE ledger_balances SET debit = debit + 1 WHERE account = 'disposal:S1'",
            "S1 disposal cost 35.50: charged 10.00, in the books 25.51",
        ),
        (
            "UPDATE ledger_balances SET debit = debit - 1 WHERE account = 'disposal:S2'",
            "S2 disposal cost 12.00: charged 0.00, in the books 11.99",
        ),
        (
            "UPDATE chargebacks SET disposal = disposal + 1",
            "S1 disposal cost 35.50: charged 10.01, in the books 25.50",
        ),
        (
            "UPDATE disposals SET supplier = 'S2' WHERE tag = 'T1'",
            "S1 disposal cost 0.00: charged 10.00, in the books 25.50",
        ),
        ("DELETE FROM disposals WHERE tag = 'T3'", "disposal cost 35.50, the books say 47.50"),
    ],
)
def test_a_fault_in_a_disposal_is_found(cleared, fault, complaint):
    assert complaint in planted(cleared, fault)


def test_an_entry_that_does_not_balance_is_found(site):
    (issue,) = [
        fact for fact in site.engine.stream("chargeback:N1") if fact.event.TOPIC.endswith("issued")
    ]

    found = planted(
        site,
        "UPDATE ledger_entries SET debit = debit + 1 "
        f"WHERE position = {issue.position} AND debit > 0",
    )

    assert found == [f"position {issue.position} does not balance"]


def test_a_lost_balance_is_found(site):
    found = planted(site, "DELETE FROM ledger_balances WHERE account = 'payable:S1'")

    assert "S1 payable: 7000.00 on the account, 0.00 in the books" in found


@pytest.fixture(scope="module")
def settled():
    """July is closed with 500.00, August adjusts it."""
    site = award(july_closed())
    do(site, END_OF_AUGUST, "cashier", "close_month", **AUGUST)
    return site


def test_true_months_have_no_disagreements(settled):
    assert settled.engine.models.disagreements(DAY, settled.engine.book) == []


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (
            "UPDATE settlements SET opening = opening + 1 WHERE month = '2026-08'",
            "S1 2026-08 opens with 500.01 after 500.00",
        ),
        (
            "UPDATE settlements SET collected = collected + 1 WHERE month = '2026-07'",
            "S1 2026-07 closes with 500.00, its lines 500.00, its figures 499.99",
        ),
        (
            "DELETE FROM settlement_lines WHERE kind = 'credited'",
            "S1 2026-08 closes with 0.00, its lines -600.00, its figures 0.00",
        ),
        (
            "UPDATE settlement_lines SET amount = amount + 1 WHERE kind = 'charged'",
            "S1 2026-07 chargeback:N1@3: 2000.01 settled, 2000.00 in the books",
        ),
        (
            "UPDATE settlement_lines SET event = 'chargeback:N1@2' WHERE kind = 'charged'",
            "S1 2026-07 chargeback:N1@2: 2000.00 settled, 0.00 in the books",
        ),
    ],
)
def test_a_fault_in_a_closed_month_is_found(settled, fault, complaint):
    assert complaint in planted(settled, fault)
