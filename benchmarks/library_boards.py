"""What do people read, kept up by the library: a row a claim, a part, a note, and the ledger?

Plain SQL with the position in the same transaction, which is as lean as the library allows.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteCursor, SQLiteProcessRecorder
from library_claim import Claim
from library_things import Part, ReturnedPart, Supplier

from recourse.values.parties import supplier_of

SCHEMA = """
CREATE TABLE IF NOT EXISTS names (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claims (claim TEXT PRIMARY KEY, unit TEXT, part TEXT, stage TEXT,
    repaired_on TEXT, received_on TEXT, month TEXT, information TEXT, cost TEXT,
    responsibility TEXT, waived TEXT, quantity INTEGER, claimed INTEGER, accepted INTEGER,
    bearing TEXT, borne TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS bearers (claim TEXT, component TEXT, bearer TEXT, amount INTEGER,
    PRIMARY KEY (claim, component, bearer)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chargeable (claim TEXT, supplier TEXT, loss INTEGER DEFAULT 0,
    penalty INTEGER DEFAULT 0, PRIMARY KEY (claim, supplier)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS chargeable_to ON chargeable (supplier, claim);
CREATE TABLE IF NOT EXISTS parts (tag TEXT PRIMARY KEY, claim TEXT, facts TEXT, finding TEXT,
    answer TEXT, listed INTEGER, counted INTEGER, missing INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS parts_of ON parts (claim);
CREATE TABLE IF NOT EXISTS notes (note TEXT PRIMARY KEY, supplier TEXT, month TEXT, claims TEXT,
    number TEXT, stage TEXT, answer TEXT, way TEXT, approved_on TEXT, issued_on TEXT,
    received_on TEXT, last_day TEXT, total INTEGER DEFAULT 0, collected INTEGER DEFAULT 0,
    lines TEXT, state TEXT, receivable INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lines (note TEXT, line TEXT, claim TEXT, component TEXT, kind TEXT,
    approved INTEGER, amount INTEGER, PRIMARY KEY (note, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS noted (claim TEXT, note TEXT, PRIMARY KEY (claim, note)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS accounts (supplier TEXT PRIMARY KEY, name TEXT, disposal TEXT,
    recorded INTEGER DEFAULT 0, paid INTEGER DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (position INTEGER, line INTEGER, date TEXT, account TEXT,
    debit INTEGER, credit INTEGER, event TEXT, clauses TEXT,
    PRIMARY KEY (position, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS balances (account TEXT PRIMARY KEY, debit INTEGER, credit INTEGER)
    WITHOUT ROWID
"""
Take = Callable[["Rows", str, Any], None]


class Rows:
    """The tables while one event is taken in."""

    def __init__(self, cursor: SQLiteCursor, position: int) -> None:
        self._cursor = cursor
        self._position = position

    def run(self, statement: str, *values: Any) -> None:
        """Execute one statement."""
        self._cursor.execute(statement, values)

    def run_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """Execute one statement for many rows."""
        self._cursor.executemany(statement, rows)

    def one(self, query: str, *values: Any) -> Any:
        """The first row of a query."""
        self._cursor.execute(query, values)
        return self._cursor.fetchone()

    def post(self, event: Any, amounts: Mapping[str, int]) -> None:
        """One balanced entry of the ledger, and the balances."""
        moved = {account: amount for account, amount in amounts.items() if amount}
        assert sum(moved.values()) == 0, f"{event} does not balance: {moved}"
        name = f"{event.originator_id}@{event.originator_version} {type(event).__qualname__}"
        clauses = " ".join(event.act["clauses"])
        split = [(each, max(fen, 0), max(-fen, 0)) for each, fen in moved.items()]
        self.run_many(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (self._position, number, event.act["on"], account, debit, credit, name, clauses)
                for number, (account, debit, credit) in enumerate(split, start=1)
            ],
        )
        self.run_many(
            "INSERT INTO balances VALUES (?, ?, ?) ON CONFLICT (account) DO UPDATE"
            " SET debit = debit + excluded.debit, credit = credit + excluded.credit",
            split,
        )


class BoardsRecorder(SQLiteProcessRecorder):
    """Writes the rows of an event together with the position of the event."""

    def construct_create_table_statements(self) -> list[str]:
        """The library's own tables and ours."""
        return [*super().construct_create_table_statements(), *SCHEMA.split(";")]

    def _insert_events(
        self, c: SQLiteCursor, stored_events: list[StoredEvent], **kwargs: Any
    ) -> Any:
        returned = super()._insert_events(c, stored_events, **kwargs)
        event, tracking = kwargs.get("happened"), kwargs.get("tracking")
        if event is not None and tracking is not None:
            take_in(event, Rows(c, tracking.notification_id))
        return returned


def take_in(event: DomainEventProtocol[Any], rows: Rows) -> None:
    """Let the rows reflect `event`."""
    take = TAKES.get(type(event))
    if take is None:
        return
    number = event.originator_id.hex
    if event.originator_version == 1:
        name = event.name  # type: ignore[attr-defined]
        rows.run("INSERT INTO names VALUES (?, ?)", number, name)
    else:
        (name,) = rows.one("SELECT name FROM names WHERE id = ?", number)
    take(rows, name, event)


def _claim(rows: Rows, name: str, event: Any) -> None:
    rows.run(
        "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, 'open', 'open', 'open', '[]', ?, ?, 0,"
        " '{}', '{}')",
        name,
        event.unit,
        event.part,
        event.stage,
        event.repaired_on,
        event.act["on"],
        event.act["on"][:7],
        event.quantity,
        sum(event.costs.values()),
    )


def _information(rows: Rows, name: str, _: Any) -> None:
    rows.run("UPDATE claims SET information = 'confirmed' WHERE claim = ?", name)


def _cost(rows: Rows, name: str, event: Any) -> None:
    accepted = sum(event.accepted.values())
    rows.run("UPDATE claims SET cost = 'confirmed', accepted = ? WHERE claim = ?", accepted, name)


def _attributed(rows: Rows, name: str, _: Any) -> None:
    rows.run("UPDATE claims SET responsibility = 'confirmed' WHERE claim = ?", name)


def _waived(rows: Rows, name: str, event: Any) -> None:
    (waived,) = rows.one("SELECT waived FROM claims WHERE claim = ?", name)
    gates = json.dumps([*json.loads(waived), event.gate])
    rows.run("UPDATE claims SET waived = ? WHERE claim = ?", gates, name)


def _divided(rows: Rows, name: str, event: Any) -> None:
    before = rows.one("SELECT bearing, borne FROM claims WHERE claim = ?", name)
    old_bearing, old_borne = json.loads(before["bearing"]), json.loads(before["borne"])
    flat = [(name, c, b, n) for c, parts in event.bearing.items() for b, n in parts.items()]
    gone = [
        (name, component, bearer)
        for component, parts in old_bearing.items()
        for bearer in parts
        if bearer not in event.bearing.get(component, {})
    ]
    rows.run_many("DELETE FROM bearers WHERE claim = ? AND component = ? AND bearer = ?", gone)
    rows.run_many(
        "INSERT INTO bearers VALUES (?, ?, ?, ?) ON CONFLICT (claim, component, bearer)"
        " DO UPDATE SET amount = excluded.amount",
        flat,
    )
    borne: dict[str, int] = {}
    for _, _, bearer, amount in flat:
        borne[bearer] = borne.get(bearer, 0) + amount
    losses = dict.fromkeys(event.released, 0)
    losses |= {who: n for each, n in borne.items() if (who := supplier_of(each))}
    rows.run_many(
        "INSERT INTO chargeable (claim, supplier, loss) VALUES (?, ?, ?)"
        " ON CONFLICT (claim, supplier) DO UPDATE SET loss = excluded.loss",
        [(name, supplier, loss) for supplier, loss in losses.items()],
    )
    kept = json.dumps(event.bearing), json.dumps(borne)
    rows.run("UPDATE claims SET bearing = ?, borne = ? WHERE claim = ?", *kept, name)
    everyone = dict.fromkeys([*old_borne, *borne])
    moves = {f"cost:{each}": borne.get(each, 0) - old_borne.get(each, 0) for each in everyone}
    rows.post(event, moves | {"upstream": -sum(moves.values())})


def _penalty(rows: Rows, name: str, event: Any) -> None:
    rows.run_many(
        "INSERT INTO chargeable (claim, supplier, penalty) VALUES (?, ?, ?)"
        " ON CONFLICT (claim, supplier) DO UPDATE SET penalty = excluded.penalty",
        [(name, supplier, amount) for supplier, amount in event.split.items()],
    )


def _part(rows: Rows, name: str, event: Any) -> None:
    rows.run(
        "INSERT INTO parts VALUES (?, ?, '[\"received\"]', '', '', ?, -1, 0)",
        name,
        event.claim,
        event.listed,
    )


def _fact(fact: str, column: str = "", value: str = "") -> Take:
    setting = f", {column} = ?" if column else ""

    def take(rows: Rows, name: str, event: Any) -> None:
        (known,) = rows.one("SELECT facts FROM parts WHERE tag = ?", name)
        facts = json.dumps([*json.loads(known), fact])
        values = [getattr(event, value)] if value else []
        rows.run(f"UPDATE parts SET facts = ?{setting} WHERE tag = ?", facts, *values, name)

    return take


def _counted(rows: Rows, name: str, event: Any) -> None:
    _fact("counted", "counted", "counted")(rows, name, event)
    rows.run("UPDATE parts SET missing = listed - counted WHERE tag = ?", name)


def _supplier(rows: Rows, name: str, event: Any) -> None:
    rows.run(
        "INSERT INTO accounts (supplier, name, disposal) VALUES (?, ?, ?)",
        name,
        event.title,
        event.disposal,
    )


def _nothing(_rows: Rows, _name: str, _event: Any) -> None:
    """Only the name is kept."""


def _payable(rows: Rows, name: str, event: Any) -> None:
    add = "UPDATE accounts SET recorded = recorded + ? WHERE supplier = ?"
    rows.run(add, event.amount, name)
    rows.post(event, {f"purchases:{name}": event.amount, f"payable:{name}": -event.amount})


def _paid(rows: Rows, name: str, event: Any) -> None:
    rows.run("UPDATE accounts SET paid = paid + ? WHERE supplier = ?", event.amount, name)
    rows.post(event, {f"payable:{name}": event.amount, "bank": -event.amount})


TAKES: dict[type, Take] = {
    Claim.Received: _claim,
    Claim.InformationConfirmed: _information,
    Claim.CostConfirmed: _cost,
    Claim.Attributed: _attributed,
    Claim.Divided: _divided,
    Claim.GateWaived: _waived,
    Claim.PenaltySet: _penalty,
    ReturnedPart.Received: _part,
    ReturnedPart.Counted: _counted,
    ReturnedPart.Inspected: _fact("inspected", "finding", "finding"),
    ReturnedPart.Answered: _fact("confirmed", "answer", "answer"),
    ReturnedPart.ConfirmedOnline: _fact("online"),
    Supplier.Registered: _supplier,
    Supplier.PayableRecorded: _payable,
    Supplier.Paid: _paid,
    Part.Registered: _nothing,
}
"""What each kind of event changes; `library_notes_board.py` adds those of notes."""
