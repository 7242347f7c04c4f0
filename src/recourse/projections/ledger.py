"""Which account does every fen stand on, balanced at every position of the log?"""

import json
from collections.abc import Mapping

from sqlalchemy import Column, Integer, Table, Text

from recourse.aggregates.account import Account
from recourse.aggregates.base import Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.returned_part import ReturnedPart
from recourse.projections.base import METADATA, Projection, Row, Rows, table, whole

ENTRIES = Table(
    "ledger_entries",
    METADATA,
    Column("position", whole(), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("date", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("debit", whole(), nullable=False),
    Column("credit", whole(), nullable=False),
    Column("event", Text, nullable=False),
    Column("clauses", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
BALANCES = table("ledger_balances", "account", number=("debit", "credit"))
BORNE = table("ledger_borne", "claim", text=("amounts",))
NOTES = table(
    "ledger_notes",
    "chargeback",
    text=("supplier", "lines", "state"),
    number=("posted", "receivable"),
)

UPSTREAM = "upstream"  # 应付三包费用: what was accepted from the vehicle network
BANK = "bank"
DISPOSAL = "disposal"  # 旧件处理费: what the disposal of old parts cost the plant
PENDING, CONFIRMED = "pending", "confirmed"


def cost(bearer: str) -> str:
    """What a bearer bears and nobody recovered."""
    return f"cost:{bearer}"


def disposal(supplier: str) -> str:
    """What the disposal of a supplier's old parts cost and nobody recovered."""
    return f"{DISPOSAL}:{supplier}"


def receivable(supplier: str, state: str) -> str:
    """What a supplier owes for notes, pending or confirmed."""
    return f"receivable:{supplier}:{state}"


def post(fact: Fact, rows: Rows, amounts: Mapping[str, int]) -> None:
    """One entry: fen on each account, debit above nothing and credit below; they sum to zero."""
    moved = {account: amount for account, amount in amounts.items() if amount}
    assert sum(moved.values()) == 0, f"{fact.id} does not balance: {moved}"
    for number, (account, amount) in enumerate(moved.items(), start=1):
        debit, credit = max(amount, 0), max(-amount, 0)
        row = {
            "position": fact.position,
            "line": number,
            "date": str(fact.event.effective_on),
            "account": account,
            "debit": debit,
            "credit": credit,
            "event": f"{fact.id} {fact.event.TOPIC}",
            "clauses": " ".join(fact.event.clauses),
        }
        rows.add(ENTRIES, row)
        balance = rows.put(BALANCES, account)
        balance["debit"] += debit
        balance["credit"] += credit


def _divided(fact: Fact, event: Claim.Divided, rows: Rows) -> None:
    known = rows.get(BORNE, _name(fact))
    before: dict[str, int] = json.loads(known["amounts"]) if known else {}
    after: dict[str, int] = {}
    for parts in event.bearing.values():
        for bearer, amount in parts.items():
            after[bearer] = after.get(bearer, 0) + amount
    moves = {
        cost(bearer): after.get(bearer, 0) - before.get(bearer, 0)
        for bearer in dict.fromkeys([*before, *after])
    }
    post(fact, rows, moves | {UPSTREAM: -sum(moves.values())})
    rows.put(BORNE, _name(fact), amounts=json.dumps(after, ensure_ascii=False))


def _disposed(fact: Fact, event: ReturnedPart.Disposed, rows: Rows) -> None:
    post(fact, rows, {disposal(event.supplier): event.cost, DISPOSAL: -event.cost})


def _drafted(fact: Fact, event: Chargeback.Drafted, rows: Rows) -> None:
    rows.put(NOTES, _name(fact), supplier=event.supplier, state=PENDING)


def _approved(fact: Fact, event: Chargeback.Approved, rows: Rows) -> None:
    lines = {line.name: [line.kind, line.amount] for line in event.lines}
    rows.put(NOTES, _name(fact), lines=json.dumps(lines, ensure_ascii=False))


def _issued(fact: Fact, _: Chargeback.Issued, rows: Rows) -> None:
    note = rows.put(NOTES, _name(fact), posted=1)
    lines = json.loads(note["lines"])
    _charge(fact, rows, {name: amount for name, (_, amount) in lines.items()})


def _charge(fact: Fact, rows: Rows, changes: Mapping[str, int], state: str = "") -> None:
    """Charge the supplier `changes` fen a line more; below nothing gives it back.

    What it owes for the note then stands as `state`, or as before.
    """
    note = rows.put(NOTES, _name(fact))
    supplier, owed = note["supplier"], note["receivable"]
    moves = {receivable(supplier, note["state"]): -owed}
    note["state"] = state or note["state"]
    note["receivable"] = owed + sum(changes.values())
    stands = receivable(supplier, note["state"])
    moves[stands] = moves.get(stands, 0) + note["receivable"]
    for account, amount in _sources(note, changes).items():
        moves[account] = -amount
    post(fact, rows, moves)


def _sources(note: Row, changes: Mapping[str, int]) -> dict[str, int]:
    """The accounts on which what is charged stood before, and how much of each."""
    lines, supplier = json.loads(note["lines"] or "{}"), note["supplier"]
    amounts: dict[str, int] = {}
    for name, amount in changes.items():
        kind = lines[name][0]
        account = cost(f"supplier:{supplier}") if kind == "loss" else f"{kind}:{supplier}"
        amounts[account] = amounts.get(account, 0) + amount
    return amounts


def _rechecked(fact: Fact, event: Chargeback.Rechecked, rows: Rows) -> None:
    changes, standing = _lowered(fact, event, rows)
    _charge(fact, rows, changes, "" if standing else CONFIRMED)


def _arbitrated(fact: Fact, event: Chargeback.Arbitrated, rows: Rows) -> None:
    changes, _ = _lowered(fact, event, rows)
    _charge(fact, rows, changes, CONFIRMED)


def _lowered(
    fact: Fact, event: Chargeback.Rechecked | Chargeback.Arbitrated, rows: Rows
) -> tuple[dict[str, int], int]:
    """By how much each line changed, and what stands on the note now."""
    note = rows.put(NOTES, _name(fact))
    lines = json.loads(note["lines"])
    changes = {each.line: each.amount - lines[each.line][1] for each in event.outcomes}
    for name, change in changes.items():
        lines[name][1] += change
    note["lines"] = json.dumps(lines, ensure_ascii=False)
    return changes, sum(amount for _, amount in lines.values())


def _settle(fact: Fact, _: object, rows: Rows) -> None:
    _charge(fact, rows, {}, CONFIRMED)


def _reopen(fact: Fact, _: object, rows: Rows) -> None:
    _charge(fact, rows, {}, PENDING)


def _voided(fact: Fact, _: Chargeback.Voided, rows: Rows) -> None:
    note = rows.put(NOTES, _name(fact))
    if note["posted"]:
        lines = json.loads(note["lines"])
        _charge(fact, rows, {name: -amount for name, (_, amount) in lines.items()})


def _collected(fact: Fact, event: Chargeback.Collected, rows: Rows) -> None:
    note = rows.put(NOTES, _name(fact))
    supplier = note["supplier"]
    source = BANK if event.way == "invoice" else f"payable:{supplier}"
    note["receivable"] -= event.amount
    moved = {source: event.amount, receivable(supplier, note["state"]): -event.amount}
    post(fact, rows, moved)


def _credited(fact: Fact, event: Chargeback.Credited, rows: Rows) -> None:
    note = rows.put(NOTES, _name(fact))
    supplier = note["supplier"]
    note["receivable"] += event.amount
    moved = {receivable(supplier, note["state"]): event.amount, f"credit:{supplier}": -event.amount}
    post(fact, rows, moved)


def _payable(fact: Fact, event: Account.PayableRecorded, rows: Rows) -> None:
    supplier = _name(fact)
    moved = {f"purchases:{supplier}": event.amount, f"payable:{supplier}": -event.amount}
    post(fact, rows, moved)


def _payable_corrected(fact: Fact, event: Account.PayableCorrected, rows: Rows) -> None:
    more, supplier = event.amount - event.was, _name(fact)
    post(fact, rows, {f"purchases:{supplier}": more, f"payable:{supplier}": -more})


def _payment_corrected(fact: Fact, event: Account.PaymentCorrected, rows: Rows) -> None:
    more = event.amount - event.was
    post(fact, rows, {f"payable:{_name(fact)}": more, BANK: -more})


def _paid(fact: Fact, event: Account.Paid, rows: Rows) -> None:
    post(fact, rows, {f"payable:{_name(fact)}": event.amount, BANK: -event.amount})


def _refunded(fact: Fact, event: Account.Refunded, rows: Rows) -> None:
    post(fact, rows, {f"credit:{_name(fact)}": event.amount, BANK: -event.amount})


def _name(fact: Fact) -> str:
    return fact.stream.partition(":")[2]


LEDGER = Projection(
    name="ledger",
    money=True,
    tables=(ENTRIES, BALANCES, BORNE, NOTES),
    takes={
        Claim.Divided: _divided,
        ReturnedPart.Disposed: _disposed,
        Chargeback.Drafted: _drafted,
        Chargeback.Approved: _approved,
        Chargeback.Issued: _issued,
        Chargeback.Confirmed: _settle,
        Chargeback.DeemedAccepted: _settle,
        Chargeback.AppealLapsed: _reopen,
        Chargeback.AppealReopened: _reopen,
        Chargeback.AppealRejudged: _reopen,
        Chargeback.Rechecked: _rechecked,
        Chargeback.Arbitrated: _arbitrated,
        Chargeback.Voided: _voided,
        Chargeback.Collected: _collected,
        Chargeback.Credited: _credited,
        Account.PayableRecorded: _payable,
        Account.PayableCorrected: _payable_corrected,
        Account.Paid: _paid,
        Account.PaymentCorrected: _payment_corrected,
        Account.Refunded: _refunded,
    },
)
"""Double entry in fen; every entry names its event and its clauses."""
