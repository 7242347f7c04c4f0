"""Are the generated pages what the code says now, and does every rule have its proof?"""

from pathlib import Path

import pytest

from recourse.adapters.pages import PAGES
from recourse.rulebook.book import built_in
from support import proofs

DOCS = Path(__file__).parents[1] / "docs"
CLAUSES = list(built_in().clauses)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says_now(name):
    written = (DOCS / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "run `make docs` and look at what changed"


def test_the_page_of_proofs_is_what_the_cases_and_tests_say_now():
    written = (DOCS / "coverage.md").read_text(encoding="utf-8")

    assert written == proofs.page(), "run `make docs` and look at what changed"


@pytest.mark.parametrize("rule", CLAUSES)
def test_every_rule_has_a_status_or_parts_that_have(rule):
    assert proofs.status_of(rule) or proofs.parts_of(rule)


@pytest.mark.parametrize("rule", proofs.of_people())
def test_what_people_say_of_a_rule_is_one_thing_about_a_rule_without_a_case(rule):
    assert rule in CLAUSES
    assert rule not in proofs.of_cases()
    assert len(proofs.of_people()[rule]) == 1


@pytest.mark.parametrize(
    "test", sorted({test for told in proofs.of_people().values() for test in told.get("tests", ())})
)
def test_a_test_that_is_named_as_a_proof_exists(test):
    assert test in proofs.tests_that_there_are()
