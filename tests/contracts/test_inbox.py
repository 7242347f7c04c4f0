"""Does `events/inbox/` say of everything that may be asked from outside what the engine takes?"""

import json

import jsonschema
import pytest

from recourse.adapters.catalogue.asks import asks, schema_of_ask, type_of
from recourse.commands import PUBLIC
from support.contract import EVENTS_FOLDER, read

DATES = jsonschema.FormatChecker(["date"])
each_act = pytest.mark.parametrize("act", asks())


def sample_of(act):
    return read(EVENTS_FOLDER / "inbox" / act / "v1.sample.json")


def judge(act):
    schema = read(EVENTS_FOLDER / "inbox" / act / "v1.schema.json")
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema, format_checker=DATES)


@each_act
def test_a_sample_keeps_to_its_schema_and_shows_every_field(act):
    sample = sample_of(act)

    assert [error.message for error in judge(act).iter_errors(sample)] == []
    assert set(sample) == set(schema_of_ask(act)["properties"])


@each_act
def test_a_sample_is_taken_as_the_act_and_told_as_it_came(act):
    told = json.loads(PUBLIC[act].model_validate(sample_of(act)).model_dump_json())

    assert {name: told[name] for name in sample_of(act)} == sample_of(act)


@each_act
def test_what_is_asked_by_this_version_is_what_was_published(act):
    assert read(EVENTS_FOLDER / "inbox" / act / "v1.schema.json") == schema_of_ask(act)


@each_act
def test_every_field_is_explained_in_both_languages(act):
    told = [field["description"] for field in schema_of_ask(act)["properties"].values()]

    assert [each for each in told if " / " not in each] == []


@each_act
def test_a_field_that_nobody_published_is_a_mistake(act):
    assert not judge(act).is_valid(sample_of(act) | {"_type_": "builtins.eval"})


@pytest.mark.parametrize("amount", [1624, 1624.5, "1624,00", "1624.005", "1e3", "NaN", "", None])
def test_an_amount_is_a_text_in_yuan_and_nothing_else(amount):
    assert not judge("pay_supplier").is_valid({"supplier": "G031", "amount": amount})


def test_what_people_decide_here_is_not_asked_from_outside():
    decided = {"approve_chargeback", "issue_chargeback", "void_chargeback", "approve_close"}

    assert decided <= PUBLIC.keys() and not decided & asks().keys()


def test_a_type_names_the_act_and_its_version():
    assert type_of("pay_supplier") == "recourse.ask.pay_supplier.v1"
