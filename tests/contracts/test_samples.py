"""Do the samples tell one story that adds up, and nothing about a person?"""

import hashlib
import json
import re

import pytest

from support.contract import EVENTS_FOLDER, files, read

ACCOUNT = re.compile(r"engine|[a-z]+(-[a-z0-9]+)+")
NUMBER_OF_A_PERSON = re.compile(r"(?<![0-9a-f])\d{11}")  # a telephone, an identity card


def sample(topic):
    return read(EVENTS_FOLDER / topic.replace(".", "/") / "v1.sample.json")


def borne(bearing, bearer):
    return sum(parts.get(bearer, 0) for parts in bearing.values())


def charged(claim):
    lines = sample("chargeback.approved")["lines"]
    return sum(line["amount"] for line in lines if line["claim"] == claim)


ACCEPTED = sum(sample("claim.cost_confirmed")["accepted"].values())
BEARING = sample("claim.divided")["bearing"]
STATEMENT = sample("settlement.closed")["statement"]
NOTE = sum(line["amount"] for line in sample("chargeback.approved")["lines"])
LOWERED = sample("claim.cost_lowered")["at_most"] - BEARING["travel"]["supplier:G031"]
TOLD = sample("breakdown.sent")["borne"]["2026-000123"]
PENALTY = sum(sample("claim.penalty_set")["split"].values())
AFTER_ARBITRATION = NOTE + LOWERED - PENALTY + sample("claim.penalty_lowered")["amount"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (sum(sum(parts.values()) for parts in BEARING.values()), ACCEPTED),
        (borne(BEARING, "supplier:G031"), charged("2026-000123")),
        (sum(sample("zero_km_job.finished")["costs"].values()) + PENALTY, charged("2026-000140")),
        ([line["amount"] for line in STATEMENT["lines"][1:3]], [NOTE, LOWERED]),
        (sample("chargeback.collected")["amount"], NOTE + LOWERED),
        (sample("chargeback.collected")["amount"], STATEMENT["collected"]),
        (
            sample("chargeback.collected")["amount"] - sample("chargeback.credited")["amount"],
            AFTER_ARBITRATION,
        ),
        (sample("account.refunded")["amount"], sample("chargeback.credited")["amount"]),
        (sum(TOLD.values()), ACCEPTED),
        (TOLD["undetermined"], -LOWERED),
        (
            STATEMENT["closing"],
            STATEMENT["opening"]
            + STATEMENT["charged"]
            + STATEMENT["credited"]
            - STATEMENT["collected"],
        ),
    ],
)
def test_the_amounts_of_the_samples_add_up(left, right):
    assert left == right


def test_the_rulebook_of_the_samples_has_the_hash_that_they_tell():
    told = sample("rulebook.proposed")
    content = json.dumps([sorted(told["texts"].items()), []], ensure_ascii=True)

    assert hashlib.sha256(content.encode()).hexdigest() == told["sha256"]


@pytest.mark.parametrize("path", files("sample"), ids=lambda path: "/".join(path.parts[-3:]))
def test_a_sample_names_accounts_and_no_person(path):
    said = read(path)

    assert ACCOUNT.fullmatch(said["actor"])
    assert ACCOUNT.fullmatch(said.get("to", "engine"))
    assert not NUMBER_OF_A_PERSON.search(path.read_text("utf-8"))


def test_the_samples_happened_in_2026():
    days = {read(path)["effective_on"][:4] for path in files("sample")}

    assert days == {"2026"}
