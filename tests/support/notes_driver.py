"""Writes a month's notes as Finance does, and says after every supplier that its note is done.

Run as `python -m support.notes_driver STORE NUMBER`; the same number is the same month again.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from recourse.adapters.storage.opening import open_engine
from recourse.application import Ask, Person, Recourse
from recourse.commands import PUBLIC
from recourse.rulebook.book import built_in
from support.engine import nine

FIRST_DAY = date(2026, 3, 2)
SUPPLIERS = tuple(f"S{number:02d}" for number in range(1, 9))
CLAIMS_EACH = 4
COST = 12345  # fen a claim
ROLES = {
    "engineer": "quality_engineer",
    "manager": "quality_manager",
    "cashier": "finance",
    "buyer": "purchasing",
}


def begin(store: Path) -> Recourse:
    """An engine on that store."""
    return open_engine(str(store), built_in(), new_log_id=lambda: "killed")


def ask(number: int, person: str, act: str, **fields: object) -> Ask:
    """One act of the month; its id tells the act, so that asking again is a repetition."""
    roles = frozenset({ROLES.get(person, f"supplier:{person}")})
    about = fields.get("claim") or fields.get("chargeback") or fields["supplier"]
    name = f"{number} {act} {about}"
    at = nine(FIRST_DAY + timedelta(days=number))
    return Ask(PUBLIC[act].model_validate(fields), Person(person, roles), at, name)


def claims(number: int) -> list[Ask]:
    """The month's claims, received, confirmed and attributed."""
    asks = []
    for supplier in SUPPLIERS:
        if number == 0:
            known = {"supplier": supplier, "name": supplier, "disposal": "takes_back"}
            asks.append(ask(number, "buyer", "register_supplier", **known))
        for place in range(CLAIMS_EACH):
            claim = f"{supplier}-{number}-{place}"
            line = {
                "claim": claim,
                "unit": f"U-{claim}",
                "part": "P1",
                "stage": "after_sale",
                "repaired_on": FIRST_DAY,
                "quantity": 0,
                "costs": {"labour": "123.45"},
            }
            asks.append(ask(number, "engineer", "receive_claim", **line))
            asks.append(ask(number, "engineer", "confirm_information", claim=claim))
            asks.append(ask(number, "engineer", "confirm_cost", claim=claim))
            shares = {f"supplier:{supplier}": "1"}
            asks.append(ask(number, "engineer", "attribute_claim", claim=claim, shares=shares))
    return asks


def note_of(number: int, supplier: str) -> str:
    """The name of a supplier's note of that month."""
    return f"N-{number}-{supplier}"


def notes(number: int) -> Iterator[list[Ask]]:
    """One batch a supplier: from the draft to the money."""
    day = FIRST_DAY + timedelta(days=number)
    for supplier in SUPPLIERS:
        note = {"chargeback": note_of(number, supplier)}
        yield [
            ask(number, "engineer", "draft_chargeback", **note, supplier=supplier, month="2026-12"),
            ask(number, "manager", "approve_chargeback", **note),
            ask(number, "cashier", "issue_chargeback", **note),
            ask(number, "buyer", "record_receipt", **note, received_on=day, proof="签收单"),
            ask(number, supplier, "confirm_chargeback", **note),
            ask(number, "cashier", "choose_collection", **note, way="invoice"),
            ask(number, "cashier", "collect_chargeback", **note),
        ]


def write(engine: Recourse, number: int) -> Iterator[int]:
    """How many notes of the month are done, after each of them."""
    answers = engine.perform(claims(number))
    for done, batch in enumerate(notes(number), start=1):
        answers += engine.perform(batch)
        assert not [answer.refusal for answer in answers if answer.refusal]
        yield done


if __name__ == "__main__":
    for told in write(begin(Path(sys.argv[1])), int(sys.argv[2])):
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()
