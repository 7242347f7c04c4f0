"""How is Kafka named in the settings, and what is never written there?"""

import pytest

from recourse.adapters.cli.settings import example_file
from recourse.adapters.kafka.access import Access, access_of

FILE = {
    "bootstrap": "one:9092, two:9092",
    "prefix": "plant1.",
    "partitions": 6,
    "replication": 3,
    "security_protocol": "SASL_SSL",
    "sasl_mechanism": "SCRAM-SHA-512",
    "sasl_plain_username": "recourse",
    "ssl_cafile": "ca.pem",
}


def test_a_site_without_kafka_names_no_broker():
    assert access_of({}, {}) == Access()


def test_the_file_says_where_kafka_is_and_how_it_is_secured():
    access = access_of(FILE, {})

    assert access.bootstrap == ("one:9092", "two:9092")
    assert (access.prefix, access.partitions, access.replication) == ("plant1.", 6, 3)
    assert access.security == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "recourse",
        "ssl_cafile": "ca.pem",
    }


def test_the_environment_comes_before_the_file():
    assert access_of(FILE, {"RECOURSE_KAFKA_BOOTSTRAP": "three:9092"}).bootstrap == ("three:9092",)


def test_a_password_comes_from_the_environment_and_is_never_shown():
    access = access_of(FILE, {"RECOURSE_KAFKA_SASL_PASSWORD": "s3cret"})

    assert access.security["sasl_plain_password"] == "s3cret"
    assert "s3cret" not in repr(access)


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ({"sasl_plain_password": "s3cret"}, "RECOURSE_KAFKA_SASL_PASSWORD"),
        ({"server": "one:9092"}, "bootstrap ="),
        ({"bootstrap": ["one:9092"]}, "bootstrap ="),
        ({"partitions": "12"}, "partitions ="),
        ({"partitions": 0}, "partitions ="),
        ({"replication": True}, "replication ="),
    ],
)
def test_what_cannot_be_said_there_is_refused_with_what_can(written, named):
    with pytest.raises(ValueError, match=named) as refused:
        access_of(written, {})

    assert "s3cret" not in str(refused.value)


def test_the_example_of_the_settings_names_nothing_unknown():
    table = example_file({}).partition("[kafka]\n")[2].partition("\n\n")[0]
    written = {line.removeprefix("# ").partition(" =")[0]: "1" for line in table.splitlines()}
    numbers = {"partitions": 1, "replication": 1}

    assert access_of({name: numbers.get(name, "x") for name in written}, {}).bootstrap == ("x",)
