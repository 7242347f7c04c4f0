"""What do the library's read models show of a note, and what does the desk look up in them?"""

import json
import sqlite3
from pathlib import Path
from typing import Any

from library_boards import TAKES, Rows
from library_note import Note


def _drafted(rows: Rows, name: str, event: Any) -> None:
    rows.run(
        "INSERT INTO notes (note, supplier, month, claims, stage, answer, state)"
        " VALUES (?, ?, ?, ?, 'drafted', 'none', 'pending')",
        name,
        event.supplier,
        event.month,
        json.dumps(event.claims),
    )
    rows.run_many("INSERT INTO noted VALUES (?, ?)", [(claim, name) for claim in event.claims])


def _approved(rows: Rows, name: str, event: Any) -> None:
    lines = {f"{each['claim']}/{each['component']}": each for each in event.lines}
    rows.run_many(
        "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (name, key, e["claim"], e["component"], e["kind"], e["amount"], e["amount"])
            for key, e in lines.items()
        ],
    )
    kept = json.dumps({key: [each["kind"], each["amount"]] for key, each in lines.items()})
    rows.run(
        "UPDATE notes SET stage = 'approved', approved_on = ?, total = ?, lines = ? WHERE note = ?",
        event.act["on"],
        sum(each["amount"] for each in lines.values()),
        kept,
        name,
    )


def _issued(rows: Rows, name: str, event: Any) -> None:
    rows.run(
        "UPDATE notes SET stage = 'issued', number = ?, issued_on = ? WHERE note = ?",
        event.number,
        event.act["on"],
        name,
    )
    (lines,) = rows.one("SELECT lines FROM notes WHERE note = ?", name)
    _charge(rows, name, event, {key: n for key, (_, n) in json.loads(lines).items()})


def _charge(rows: Rows, name: str, event: Any, changes: dict[str, int], state: str = "") -> None:
    note = rows.one("SELECT supplier, lines, state, receivable FROM notes WHERE note = ?", name)
    supplier, owed, stands = note["supplier"], note["receivable"], state or note["state"]
    moves = {f"receivable:{supplier}:{note['state']}": -owed}
    owes = owed + sum(changes.values())
    account = f"receivable:{supplier}:{stands}"
    moves[account] = moves.get(account, 0) + owes
    lines = json.loads(note["lines"])
    for line, amount in changes.items():
        loss = lines[line][0] == "loss"
        source = f"cost:supplier:{supplier}" if loss else f"penalty:{supplier}"
        moves[source] = moves.get(source, 0) - amount
    rows.run("UPDATE notes SET state = ?, receivable = ? WHERE note = ?", stands, owes, name)
    rows.post(event, moves)


def _receipt(rows: Rows, name: str, event: Any) -> None:
    rows.run(
        "UPDATE notes SET stage = 'received', received_on = ?, last_day = ? WHERE note = ?",
        event.received_on,
        event.deadline["last_day"],
        name,
    )


def _answer(rows: Rows, name: str, answer: str) -> None:
    rows.run("UPDATE notes SET answer = ? WHERE note = ?", answer, name)


def _confirmed(rows: Rows, name: str, event: Any) -> None:
    _answer(rows, name, "confirmed")
    _charge(rows, name, event, {}, "confirmed")


def _lapsed(rows: Rows, name: str, event: Any) -> None:
    _answer(rows, name, "lapsed")
    _charge(rows, name, event, {}, "pending")


def _rechecked(rows: Rows, name: str, event: Any) -> None:
    (kept,) = rows.one("SELECT lines FROM notes WHERE note = ?", name)
    lines = json.loads(kept)
    changes = {each["line"]: each["amount"] - lines[each["line"]][1] for each in event.outcomes}
    for line, change in changes.items():
        lines[line][1] += change
    rows.run_many(
        "UPDATE lines SET amount = ? WHERE note = ? AND line = ?",
        [(lines[line][1], name, line) for line in changes],
    )
    rows.run(
        "UPDATE notes SET answer = 'rechecked', lines = ?, total = total + ? WHERE note = ?",
        json.dumps(lines),
        sum(changes.values()),
        name,
    )
    _charge(rows, name, event, changes)


def _collected(rows: Rows, name: str, event: Any) -> None:
    note = rows.one("SELECT supplier, state FROM notes WHERE note = ?", name)
    rows.run(
        "UPDATE notes SET collected = collected + ?, receivable = receivable - ? WHERE note = ?",
        event.amount,
        event.amount,
        name,
    )
    supplier, owed = note["supplier"], f"receivable:{note['supplier']}:{note['state']}"
    source = "bank" if event.way == "invoice" else f"payable:{supplier}"
    rows.post(event, {source: event.amount, owed: -event.amount})


def _chosen(rows: Rows, name: str, event: Any) -> None:
    rows.run("UPDATE notes SET way = ? WHERE note = ?", event.way, name)


TAKES |= {
    Note.Drafted: _drafted,
    Note.Approved: _approved,
    Note.Issued: _issued,
    Note.ReceiptRecorded: _receipt,
    Note.AppealLapsed: _lapsed,
    Note.Appealed: lambda rows, name, _: _answer(rows, name, "appealed"),
    Note.Confirmed: _confirmed,
    Note.Rechecked: _rechecked,
    Note.CollectionChosen: _chosen,
    Note.Collected: _collected,
}


class SqliteView:
    """The read models as the desk and the policies look at them."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)

    def _all(self, query: str, *values: Any) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _number(self, query: str, *values: Any) -> int:
        return int(self._all(query, *values)[0][0] or 0)

    def ready(self, supplier: str, until: str) -> list[str]:
        """The claims of `supplier` received by `until` that pass their gates and are on no note."""
        found = self._all(
            "SELECT claim FROM chargeable JOIN claims USING (claim) WHERE supplier = ?1"
            " AND received_on <= ?2 AND information = 'confirmed' AND cost = 'confirmed'"
            " AND responsibility = 'confirmed' AND (quantity = 0 OR EXISTS (SELECT 1 FROM parts"
            " WHERE parts.claim = claims.claim AND finding = 'part_defect' AND answer <> ''"
            " AND (missing = 0 OR waived LIKE '%counted%'))) AND NOT EXISTS (SELECT 1 FROM noted"
            " JOIN notes USING (note) WHERE noted.claim = claims.claim AND notes.supplier = ?1)",
            supplier,
            until,
        )
        return [claim for (claim,) in found]

    def tags(self, claim: str) -> list[str]:
        """The tags of the old parts of `claim`."""
        return [tag for (tag,) in self._all("SELECT tag FROM parts WHERE claim = ?", claim)]

    def last_number(self) -> int:
        """The last number issued."""
        return self._number("SELECT max(substr(number, 6)) FROM notes")

    def deducted(self, supplier: str) -> int:
        """What was deducted from the supplier's payables."""
        query = "SELECT sum(collected) FROM notes WHERE supplier = ? AND way = 'deduction'"
        return self._number(query, supplier)

    def held(self, supplier: str) -> int:
        """What its unanswered, lapsed or appealed notes hold."""
        return self._number(
            "SELECT sum(total - collected) FROM notes WHERE supplier = ?"
            " AND stage IN ('issued', 'received')"
            " AND answer IN ('none', 'lapsed', 'appealed', 'rechecked')",
            supplier,
        )

    def overcharged(self, note: str) -> bool:
        """Whether a line of the note charges more than the supplier bears."""
        return bool(
            self._number(
                "SELECT count(*) FROM lines JOIN notes USING (note) LEFT JOIN bearers"
                " ON bearers.claim = lines.claim AND bearers.component = lines.component"
                " AND bearers.bearer = 'supplier:' || notes.supplier"
                " WHERE note = ? AND kind = 'loss' AND lines.amount > coalesce(bearers.amount, 0)",
                note,
            )
        )

    def due(self, last_day: str) -> list[str]:
        """The notes whose last day to appeal was `last_day`."""
        query = "SELECT note FROM notes WHERE last_day = ? AND answer = 'none'"
        return [note for (note,) in self._all(query, last_day)]

    def approved_notes(self, claim_id: str) -> list[str]:
        """The approved notes on which the claim of that id stands."""
        query = (
            "SELECT note FROM names JOIN noted ON noted.claim = names.name JOIN notes USING (note)"
            " WHERE names.id = ? AND notes.stage <> 'drafted'"
        )
        return [note for (note,) in self._all(query, claim_id)]

    def balances(self) -> dict[str, int]:
        """Debits less credits of every account, in fen."""
        return dict(self._all("SELECT account, debit - credit FROM balances"))
