"""Can a stranger run a site by the page: does everything that it names exist?"""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from recourse.adapters import operations
from recourse.adapters.cli.known import KNOWN
from recourse.adapters.cli.root import OPTIONS, make_app
from recourse.adapters.cli.words import PROBLEMS
from recourse.adapters.operations.doctor import CHECKS
from recourse.adapters.operations.metrics import Metrics
from recourse.adapters.operations.state import State
from support.sites import NOON

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
CHECKS_TOLD = (Path(operations.__file__).parent / "checks.toml").read_text("utf-8")
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
SHARED = {f"--{name.replace('_', '-')}" for name in OPTIONS}
APP = get_command(make_app())


def typed(page):
    """Every command of recourse on the page, as it would be typed."""
    fenced = (line for kind, text in FENCED.findall(page) if not kind for line in text.splitlines())
    inline = INLINE.findall(FENCED.sub("", page))
    return sorted({each for each in (*fenced, *inline) if each.startswith("recourse ")})


def wrong_with(line):
    """What nobody could type of it; empty if everything is there."""
    words, command, path = shlex.split(line)[1:], APP, "recourse"
    rest = []
    while words:
        word = words.pop(0)
        if word in SHARED:
            words.pop(0)
        elif word in getattr(command, "commands", {}):
            command, path = command.commands[word], f"{path} {word}"
        else:
            rest.append(word)
    options = {name for each in command.params for name in each.opts}
    strange = [word for word in rest if word.startswith("-") and word not in options]
    if getattr(command, "commands", {}):
        return rest or ["no verb"]
    takes_words = any(not name.startswith("-") for each in command.params for name in each.opts)
    if not takes_words:
        values = sum(word in options for word in rest)
        strange += [word for word in rest if not word.startswith("-")][values:]
    return strange


@pytest.mark.parametrize("line", typed(PAGE))
def test_a_command_of_the_page_exists_with_its_options(line):
    assert wrong_with(line) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("recourse claim", ["no verb"]),
        ("recourse nothing", ["nothing"]),
        ("recourse verify --perhaps", ["--perhaps"]),
        ("recourse worker now", ["now"]),
        ("recourse --store x.db verify --root HEX --events N", []),
    ],
)
def test_a_command_that_does_not_exist_is_noticed(line, wrong):
    assert wrong_with(line) == wrong


@pytest.mark.parametrize("line", typed(CHECKS_TOLD))
def test_a_command_of_a_remedy_exists(line):
    assert wrong_with(line) == []


def test_every_check_of_the_doctor_is_explained_and_no_other():
    told = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE))

    assert told == {"store", *(check.name for check in CHECKS)}


def test_every_figure_of_the_page_is_given():
    metrics = Metrics()
    metrics.commands.labels("done").inc()
    metrics.failures.labels("task", "x").inc()
    state = State(NOON, reachable=True)
    metrics.watch(lambda: state)

    given = set(re.findall(r"^# TYPE (\w+)", metrics.page().decode(), re.MULTILINE))
    told = {name for each in INLINE.findall(PAGE) for name in re.findall(r"^recourse_\w+$", each)}
    assert {each for each in told if each not in given} == {"recourse_app"} & told
    assert given - told - {each for each in given if each.endswith("_created")} == set()


def test_every_variable_of_the_page_is_a_setting():
    known = {each.variable for each in KNOWN.values()}
    told = set(re.findall(r"RECOURSE_[A-Z_]*[A-Z]", PAGE))

    assert {each for each in told if each.removesuffix("_FILE") not in known} == set()


def test_the_settings_of_the_page_are_known():
    (written,) = (tomllib.loads(text) for kind, text in FENCED.findall(PAGE) if kind == "toml")
    names = {f"{table}.{key}" for table, keys in written.items() for key in keys}

    assert names - KNOWN.keys() == set()


def test_every_problem_of_the_page_is_one():
    told = re.findall(r"`((?:older|another|unfit|log|projection)-[a-z-]+)`", PAGE)

    assert told
    assert set(told) - PROBLEMS.keys() == set()


@pytest.mark.parametrize("unit", sorted(set(re.findall(r"recourse-\w+\.(?:service|timer)", PAGE))))
def test_every_unit_of_the_page_exists(unit):
    assert (ROOT / "deploy" / "systemd" / unit).is_file()


def test_every_part_of_the_page_is_in_both_languages():
    titles = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)

    assert [each for each in titles if " / " not in each] == ["Kafka"]
