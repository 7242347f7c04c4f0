"""Are the generated pages what the code says now, and does every rule have its proof?"""

import re
from pathlib import Path

import pytest

from recourse.adapters.pages import PAGES
from recourse.adapters.pages.markdown import texts
from recourse.commands import HANDLERS, PUBLIC
from recourse.rulebook.book import built_in
from recourse.values.refusal import catalogue
from support import proofs

DOCS = Path(__file__).parents[1] / "docs"
CLAUSES = list(built_in().clauses)
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says_now(name):
    written = (DOCS / name).read_text(encoding="utf-8")

    assert written == PAGES[name](), "run `make docs` and look at what changed"


def test_the_page_of_proofs_is_what_the_cases_and_tests_say_now():
    written = (DOCS / "coverage.md").read_text(encoding="utf-8")

    assert written == proofs.page(), "run `make docs` and look at what changed"


@pytest.mark.parametrize("rule", CLAUSES)
def test_every_rule_has_one_status_or_parts_that_have(rule):
    statuses = proofs.statuses_of(rule)

    assert len(statuses) == 1 or (proofs.parts_of(rule) and not statuses)


@pytest.mark.parametrize("rule", proofs.of_people())
def test_what_people_say_is_said_of_a_rule_in_words_that_are_known(rule):
    assert rule in CLAUSES
    assert proofs.of_people()[rule].keys() <= {"tests", "later", "not_software", "note"}


@pytest.mark.parametrize(
    "test", sorted({test for told in proofs.of_people().values() for test in told.get("tests", ())})
)
def test_a_test_that_is_named_as_a_proof_exists(test):
    assert test in proofs.tests_that_there_are()


@pytest.mark.parametrize("act", HANDLERS, ids=lambda act: act.act_name())
def test_a_rule_that_an_act_follows_is_proved(act):
    kinds = {rule: [each.kind for each in proofs.statuses_of(rule)] for rule in act.RULES}

    assert kinds == {rule: ["proved"] for rule in act.RULES}


def test_a_rule_with_two_statuses_is_noticed(monkeypatch):
    told = {"Z-4.5.3b": {"later": "零公里考核 / penalties"}}
    monkeypatch.setattr(proofs, "of_people", lambda: told)

    kinds = [each.kind for each in proofs.statuses_of("Z-4.5.3b")]
    assert kinds == ["proved", "later"]


@pytest.mark.parametrize("name", [*PAGES, "coverage.md"])
def test_a_link_of_a_page_leads_somewhere(name):
    page = (DOCS / name).read_text(encoding="utf-8")
    headings = {
        line.lstrip("# ").replace(" ", "-") for line in page.splitlines() if line.startswith("#")
    }

    lost = [
        target or heading
        for target, heading in LINK.findall(page)
        if not ((DOCS / target).is_file() if target else heading in headings)
    ]
    assert lost == []


def test_every_refusal_and_every_act_has_its_place():
    lines = (PAGES["refusals.md"]() + PAGES["commands.md"]()).splitlines()

    assert {f"### {each}" for each in (*catalogue(), *PUBLIC)} - set(lines) == set()


def test_a_value_in_a_sentence_is_named_in_words():
    page = PAGES["refusals.md"]()

    assert "索赔单 ‹编号› 合计 ‹合计› 元，你的权限最多批准 ‹批准限额› 元。" in page
    assert [each for each in texts("facts.toml").values() if f"‹{each.zh}›" not in page] == []


def test_a_refusal_cites_what_stands_where_it_is_raised():
    page = PAGES["refusals.md"]()

    told = {code: page.partition(f"\n### {code}\n\n")[2].partition("\n")[0] for code in catalogue()}
    assert "`ZA16` `ZA17`、操作或手册另行指明的" in told["note-not-issued"]
    assert "所办操作的第一条" in told["already-disputed"]
    assert "结束代码 exit 3" in told["not-found"]
