"""Is every act refused, and nothing recorded, by the wrong person, of unknown things, too early?

What the tests change of the examples is all that is wrong with what they ask.
"""

import re
from datetime import date, timedelta

import pytest

from recourse.commands import PUBLIC
from recourse.values.refusal import Refused
from support.engine import Site, fresh
from support.every_act import EXAMPLES, story
from support.story import FOR_A_REASON, NOTE, PEOPLE

OUTSIDER = ("auditor",)  # no act is the auditor's
EVERY = pytest.mark.parametrize("act", sorted(PUBLIC))


def ask(
    act: str,
    *,
    roles: tuple[str, ...] = (),
    on: date | None = None,
    site: Site | None = None,
) -> Refused | None:
    """The refusal of the example, changed like that; nothing is recorded of what is refused."""
    example = EXAMPLES[act]
    site, by = site or example.history(), example.by
    site.begin(example.asked_on)
    before = site.position()
    try:
        site.do(example.asked_on, by, roles or PEOPLE[by], act, **example.fields, on=on)
    except Refused as no:
        assert site.position() == before, "nothing is recorded"
        assert_told(no)
        return no
    return None


def assert_told(no: Refused) -> None:
    """Title, what, why and remedy in both languages, every place in them filled."""
    for language in ("zh", "en"):
        told = no.tell(language)
        for part in ("title", "what", "why", "remedy"):
            assert told[part], f"{no.code} says nothing as its {part} in {language}"
            assert not set("{}") & set(told[part]), told[part]
    chinese = no.tell("zh")
    for part in ("title", "what", "why", "remedy"):
        left = str(chinese[part])
        for name in sorted(NAMES, key=len, reverse=True):
            left = left.replace(name, "")
        assert not re.findall(r"[A-Za-z]{2,}", left), chinese[part]


NAMES = {
    *PEOPLE,
    "zzbs",
    "propose_rulebook",
    "FC1",
    "LC1",
    "receive_cost_of_finished_job",
    "chargeback:N1",
    "--effective-on",
}
"""What is written in Latin letters in Chinese too."""


def test_every_public_act_has_an_example_here():
    assert sorted(EXAMPLES) == sorted(PUBLIC)


@EVERY
def test_the_example_is_possible_as_it_stands(act):
    assert ask(act) is None


@EVERY
def test_a_person_without_the_role_is_refused_by_the_first_rule_of_the_act(act):
    refused = ask(act, roles=OUTSIDER)

    assert (refused.code, refused.rules[0]) == ("not-your-role", PUBLIC[act].RULES[0])


@EVERY
def test_nothing_is_effective_tomorrow(act):
    refused = ask(act, on=EXAMPLES[act].asked_on + timedelta(days=1))

    assert refused.code == "effective-in-the-future"
    assert refused.rules


@pytest.mark.parametrize("act", sorted(act for act in PUBLIC if not EXAMPLES[act].begins))
def test_what_nobody_has_recorded_is_unknown(act):
    assert ask(act, site=fresh()).rules


@pytest.mark.parametrize("act", sorted(act for act in PUBLIC if EXAMPLES[act].since))
def test_nothing_is_effective_before_its_cause(act):
    example = EXAMPLES[act]

    assert ask(act, on=example.since) is None
    assert ask(act, on=example.since - timedelta(days=1)).rules


OF_NOTES = sorted(
    act for act in PUBLIC if EXAMPLES[act].fields.get("chargeback") and act != "draft_chargeback"
)


@pytest.mark.parametrize("act", OF_NOTES)
def test_nothing_is_asked_of_a_void_note(act):
    voided = ("boss", "void_chargeback", {**NOTE, **FOR_A_REASON})

    refused = ask(act, site=story("issue_chargeback", voided)())

    assert (refused.code, refused.rules[0]) == ("note-is-void", PUBLIC[act].RULES[0])
