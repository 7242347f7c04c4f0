"""What do the tests of commands ask?"""

from datetime import date, datetime

import pytest

from recourse.application import Ask, Person
from recourse.commands import PUBLIC
from recourse.values.refusal import Refused
from support.engine import nine

SUNDAY, MONDAY, TUESDAY = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)
BUYER = Person("buyer", frozenset({"purchasing"}))
ENGINEER = Person("engineer", frozenset({"quality_engineer"}))
COLLEAGUE = Person("colleague", frozenset({"quality_engineer"}))
BOSS = Person("boss", frozenset({"quality_manager"}))
CASHIER = Person("cashier", frozenset({"finance"}))


def ask(command_id, by, act, *, at=MONDAY, on=None, **fields):
    moment = at if isinstance(at, datetime) else nine(at)
    return Ask(PUBLIC[act].model_validate(fields), by, moment, command_id, on)


def register(command_id, by=BUYER, **other):
    said = {"supplier": "S1", "name": "甲供方", "disposal": "takes_back"}
    return ask(command_id, by, "register_supplier", **(said | other))


def assign(command_id, claim="C1"):
    return ask(command_id, BOSS, "assign_claim", claim=claim, to="engineer")


def receive(command_id, claim="C1", **costs):
    return ask(
        command_id,
        ENGINEER,
        "receive_claim",
        claim=claim,
        unit="U1",
        part="P1",
        stage="after_sale",
        repaired_on=SUNDAY,
        costs=costs,
        quantity=0,
    )


def shared_claim():
    """C1 of 100.00 for labour and 200.00 for material, borne half and half by S1 and S2."""
    return [
        register("S1"),
        register("S2", supplier="S2"),
        receive("C1", labour="100.00", material="200.00"),
        ask("C2", ENGINEER, "confirm_information", claim="C1"),
        ask("C3", ENGINEER, "confirm_cost", claim="C1"),
        ask(
            "C4",
            ENGINEER,
            "attribute_claim",
            claim="C1",
            shares={"supplier:S1": "0.50", "supplier:S2": "0.50"},
        ),
    ]


def draft(command_id, note, supplier):
    said = {"supplier": supplier, "month": "2026-03", "claims": ("C1",)}
    return ask(command_id, ENGINEER, "draft_chargeback", chargeback=note, **said)


def length(engine):
    """How many events the log has."""
    return engine.store.recorder.max_notification_id() or 0


def refusal(engine, asked):
    with pytest.raises(Refused) as refused:
        engine.execute(asked)
    return refused.value
