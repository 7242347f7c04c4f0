"""Do the generated pages say what the code says, and nothing that it does not?"""

import re
import tomllib
from pathlib import Path

import pytest

from recourse.commands import PUBLIC
from recourse.values.refusal import catalogue

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("commands.md", "coverage.md", "refusals.md")
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_the_code_says_now(generator, name):
    page = generator("pages").PAGES[name]()

    written = DOCS.joinpath(name).read_text(encoding="utf-8")
    assert written == page, f"docs/{name} is stale: run `make docs`"


def test_these_are_all_the_pages(generator):
    assert sorted(generator("pages").PAGES) == sorted(PAGES)


def test_only_a_stale_page_is_written_again(generator, tmp_path):
    write = generator("pages").write
    assert {path.name for path in write(tmp_path)} == set(PAGES)

    tmp_path.joinpath("refusals.md").write_text("stale", encoding="utf-8")

    assert [path.name for path in write(tmp_path)] == ["refusals.md"]


@pytest.mark.parametrize("name", PAGES)
def test_a_link_of_a_page_leads_somewhere(name):
    page = DOCS.joinpath(name).read_text(encoding="utf-8")
    headings = {
        line.lstrip("# ").replace(" ", "-") for line in page.splitlines() if line[:1] == "#"
    }

    lost = [
        target or heading
        for target, heading in LINK.findall(page)
        if not (DOCS.joinpath(target).is_file() if target else heading in headings)
    ]

    assert lost == []


def test_every_refusal_and_every_act_has_its_place():
    headings = {
        line.removeprefix("### ")
        for name in ("refusals.md", "commands.md")
        for line in DOCS.joinpath(name).read_text(encoding="utf-8").splitlines()
    }

    assert {*catalogue(), *PUBLIC} - headings == set()


def test_a_value_of_a_refusal_is_named_in_words():
    page = DOCS.joinpath("refusals.md").read_text(encoding="utf-8")

    assert re.findall(r"\{\w*\}", page) == []
    assert "索赔单 ‹编号› 合计 ‹合计› 元，你的权限最多批准 ‹批准限额› 元。" in page


def test_every_word_for_a_value_is_used(generator):
    facts = tomllib.loads((DOCS / "generate" / "facts.toml").read_text(encoding="utf-8"))
    page = generator("refusal_page").refusal_page()

    unused = [name for name, said in facts.items() if f"‹{said['zh']}›" not in page]
    assert (unused, list(facts)) == ([], sorted(facts))


def test_a_refusal_cites_what_stands_where_it_is_raised():
    page = DOCS.joinpath("refusals.md").read_text(encoding="utf-8")

    said = page.partition("\n### note-not-issued\n")[2].partition("\n###")[0]
    assert "`ZA16` `ZA17`、操作或手册另行指明的 / what the act or the rulebook names" in said
    assert "结束代码 exit 3" in page.partition("\n### not-found\n")[2].partition("\n###")[0]
