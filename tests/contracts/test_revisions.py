"""Can a released event change otherwise than by an optional field or a new version?"""

import copy
import json

import pytest

from recourse.adapters.catalogue.revisions import (
    ReleasedEventChanged,
    only_adds,
    place,
    revisions,
)
from recourse.adapters.catalogue.schemas import schema_of
from recourse.contracts import EVENTS
from support.contract import EVENTS_FOLDER, read

APPROVED = schema_of("chargeback.approved.v1", EVENTS["chargeback.approved.v1"])
NUMBER = {"type": "integer", "description": "数 / number"}


def changed(change):
    schema = copy.deepcopy(APPROVED)
    change(schema)
    return schema


def optional_field(schema):
    schema["properties"]["round"] = NUMBER


def optional_field_of_a_line(schema):
    schema["$defs"]["ChargeLine"]["properties"]["round"] = NUMBER


def optional_field_of_a_new_model(schema):
    schema["properties"]["tax"] = {"allOf": [{"$ref": "#/$defs/Tax"}]}
    schema["$defs"]["Tax"] = {"type": "object", "properties": {}, "required": []}


def other_words(schema):
    schema["description"] = "说得更好 / put better"
    schema["properties"]["lines"]["description"] = "说得更好 / put better"


def nothing(schema):
    del schema


def required_field(schema):
    optional_field(schema)
    schema["required"].append("round")


def field_gone(schema):
    del schema["properties"]["currency"]


def field_renamed(schema):
    schema["properties"]["rows"] = schema["properties"].pop("lines")


def other_type(schema):
    schema["$defs"]["ChargeLine"]["properties"]["amount"]["type"] = "string"


def another_value(schema):
    schema["$defs"]["ChargeLine"]["properties"]["kind"]["enum"].append("interest")


def closed(schema):
    schema["additionalProperties"] = False


def no_longer_required(schema):
    schema["required"].remove("lines")


ADDS = (optional_field, optional_field_of_a_line, optional_field_of_a_new_model)
SAME = (other_words, nothing)
BREAKS = (
    required_field,
    field_gone,
    field_renamed,
    other_type,
    another_value,
    closed,
    no_longer_required,
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "v1.schema.json").write_text(json.dumps(APPROVED))
    return tmp_path


@pytest.mark.parametrize("change", [*ADDS, *SAME])
def test_an_optional_field_and_better_words_are_compatible(change):
    assert only_adds(changed(change), APPROVED)


@pytest.mark.parametrize("change", BREAKS)
def test_any_other_change_is_not(change):
    assert not only_adds(changed(change), APPROVED)


def test_an_event_that_is_new_gets_its_first_file(tmp_path):
    assert place(tmp_path, 2, APPROVED, ()) == tmp_path / "v2.schema.json"


@pytest.mark.parametrize("change", [*ADDS, *SAME, *BREAKS])
def test_what_is_not_released_is_written_over(folder, change):
    assert place(folder, 1, changed(change), ()) == folder / "v1.schema.json"


@pytest.mark.parametrize("change", SAME)
def test_a_released_file_keeps_its_words(folder, change):
    assert place(folder, 1, changed(change), revisions(folder, 1)) is None


@pytest.mark.parametrize("change", ADDS)
def test_a_released_event_gains_a_field_by_a_revision_beside_it(folder, change):
    assert place(folder, 1, changed(change), revisions(folder, 1)) == folder / "v1.1.schema.json"


@pytest.mark.parametrize("change", BREAKS)
def test_a_released_event_that_says_something_else_is_refused(folder, change):
    with pytest.raises(ReleasedEventChanged, match="new version"):
        place(folder, 1, changed(change), revisions(folder, 1))


def test_a_revision_that_is_not_released_is_written_over(folder):
    released = revisions(folder, 1)
    (folder / "v1.1.schema.json").write_text(json.dumps(changed(optional_field)))

    at = place(folder, 1, changed(optional_field_of_a_line), released)

    assert at == folder / "v1.1.schema.json"


def test_a_revision_keeps_what_every_earlier_one_promised(folder):
    (folder / "v1.1.schema.json").write_text(json.dumps(changed(optional_field)))

    with pytest.raises(ReleasedEventChanged):
        place(folder, 1, APPROVED, revisions(folder, 1))


def test_revisions_come_in_the_order_of_their_numbers(folder):
    for number in (10, 2, 1):
        (folder / f"v1.{number}.schema.json").write_text("{}")
    (folder / "v11.schema.json").write_text("{}")

    names = [path.name for path in revisions(folder, 1)]

    assert names == [f"v1{number}.schema.json" for number in ("", ".1", ".2", ".10")]


def test_the_contract_itself_is_compared_with_the_code_by_these_rules():
    kept = read(EVENTS_FOLDER / "chargeback" / "approved" / "v1.schema.json")

    assert only_adds(APPROVED, kept)
