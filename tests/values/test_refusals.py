"""Is every no of a rule told in both languages, with values that are really given?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from recourse.values.parties import Text
from recourse.values.refusal import Refused, Wording, catalogue

SOURCE = Path(__file__).parents[2] / "src" / "recourse"
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def refusals(source: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each code that `source` raises as a literal, with the names of the facts given there."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="Refused"), args=[ast.Constant(value=str(code)), *_]):
                yield code, frozenset(fact.arg for fact in node.keywords if fact.arg)


def facts_of_each_code(raised: list[tuple[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    """What is given at every place that raises a code."""
    common: dict[str, frozenset[str]] = {}
    for code, facts in raised:
        common[code] = common.get(code, facts) & facts
    return common


def named_in(wording: Wording) -> set[str]:
    templates = (wording.title, wording.why, wording.remedy)
    return {
        name for text in templates for _, name, _, _ in Formatter().parse(text) if name is not None
    }


RAISED = facts_of_each_code(
    [
        refusal
        for path in sorted(SOURCE.rglob("*.py"))
        for refusal in refusals(path.read_text(encoding="utf-8"))
    ]
)
EACH = [
    pytest.param(code, language, id=f"{code} {language}")
    for code, languages in catalogue().items()
    for language in languages
]


def test_the_catalogue_has_exactly_the_codes_that_are_raised():
    assert sorted(catalogue()) == sorted(RAISED)


@pytest.mark.parametrize("code", catalogue())
def test_every_code_is_worded_in_chinese_and_in_english(code):
    assert set(catalogue()[code]) == {"zh", "en"}


@pytest.mark.parametrize(("code", "language"), EACH)
def test_the_words_name_only_facts_given_wherever_the_code_is_raised(code, language):
    wording = catalogue()[code][language]

    assert named_in(wording) - RAISED.get(code, frozenset()) == set()


@pytest.mark.parametrize(("code", "language"), EACH)
def test_a_title_is_the_same_whatever_the_values(code, language):
    assert "{" not in catalogue()[code][language].title


@pytest.mark.parametrize(("code", "language"), EACH)
def test_each_language_is_written_in_its_own_script(code, language):
    wording = catalogue()[code][language]

    scripts = [bool(CHINESE.search(text)) for text in (wording.title, wording.why, wording.remedy)]

    assert scripts == [language == "zh"] * 3


@pytest.mark.parametrize(("code", "language"), EACH)
def test_why_and_remedy_are_whole_sentences(code, language):
    wording = catalogue()[code][language]

    ends = wording.why[-1:] + wording.remedy[-1:]

    assert ends == ("。。" if language == "zh" else "..")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_refusals_share_a_title(language):
    titles = [languages[language].title for languages in catalogue().values()]

    assert sorted(set(titles)) == sorted(titles)


@pytest.fixture
def refused():
    no = Refused(
        "penalty-out-of-range", "Z-4.5.3b", amount="499.00", least="500.00", most="2000.00"
    )
    no.asked = Text("不能设定零公里质量考核：C1。", "Cannot set the penalty: C1.")
    return no


def test_a_refusal_is_told_in_chinese_with_its_values(refused):
    assert refused.tell("zh") == {
        "code": "penalty-out-of-range",
        "title": "质量考核金额超出范围",
        "what": "不能设定零公里质量考核：C1。",
        "why": "质量考核金额写的是 499.00 元，每台须在 500.00 元至 2000.00 元之间，含两端。",
        "remedy": "按严重程度在 500.00 元至 2000.00 元之间另定金额。",
        "rules": ["Z-4.5.3b"],
    }


def test_a_refusal_is_told_in_english_with_its_values(refused):
    assert refused.tell("en") == {
        "code": "penalty-out-of-range",
        "title": "The penalty is outside its range",
        "what": "Cannot set the penalty: C1.",
        "why": (
            "The penalty given is 499.00 yuan; for one unit it is 500.00 to 2000.00 yuan, "
            "both included."
        ),
        "remedy": "Set an amount from 500.00 to 2000.00 yuan by the severity.",
        "rules": ["Z-4.5.3b"],
    }


def test_facts_common_to_every_place_are_found():
    source = 'Refused("shut", "Z-1", a=1, b=2)\nraise Refused("shut", b=2)\nRefused(told, c=3)\n'

    assert facts_of_each_code(list(refusals(source))) == {"shut": frozenset({"b"})}
