"""Does the repository keep the house rules that no linter knows, and would a breach be noticed?"""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
MODULES = sorted((ROOT / "src" / "recourse").rglob("*.py"))

MODULE_LINES = 300
FUNCTION_LINES = 40
PARAMETERS = 6

PARTICIPLE = re.compile(
    "[A-Z][a-z]*ed|Began|Begun|Brought|Chosen|Cut|Drawn|Found|Given|Held|Kept|Known|Laid"
    "|Left|Lost|Made|Met|Overdrawn|Paid|Put|Repaid|Sent|Set|Shown|Sold|Split|Taken|Told|Withdrawn"
    "|Withheld|Written"
)
SAYS_NOTHING = frozenset({"Changed", "Edited", "Modified", "Processed", "Updated"})
TOPIC = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")

# Joined here, so that this file does not hold what it forbids.
INDEX_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("tsinghua", "edu", "cn"),
        ("aliyun", "com"),
        ("anaconda", "org"),
        ("npmjs", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("maven", "org"),
        ("deb", "debian", "org"),
    )
)
MACHINE_PATH = re.compile(
    rf"(?<![\w./~-])(?:/root|/tmp|/work|/home/\w+|/Users/\w+|{re.escape(str(ROOT))})/|[A-Z]:\\Users\\"
)
REQUIREMENT = re.compile(r"[\w.-]+==[\w.!+]+( ; [^\\#]+?)?( --hash=sha256:[0-9a-f]{64})+")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Check = Callable[[str], Iterable[str]]


class Event(NamedTuple):
    """A class that carries the topic of a stored fact; `owner` is its aggregate's topic."""

    name: str
    topic: str
    owner: str | None


def functions(source: str) -> Iterator[Function]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node


def docstring_lines(function: Function) -> int:
    if ast.get_docstring(function) is None:
        return 0
    return function.body[0].end_lineno - function.body[0].lineno + 1


def parameters(function: Function) -> list[str]:
    arguments = function.args
    named = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return named[1:] if named[:1] in (["self"], ["cls"]) else named


def own_topic(definition: ast.ClassDef) -> str | None:
    """The text assigned to `TOPIC` in the body of the class itself."""
    for statement in definition.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id="TOPIC")], value=ast.Constant(value=str(topic)))
                | ast.AnnAssign(target=ast.Name(id="TOPIC"), value=ast.Constant(value=str(topic)))
            ):
                return topic
    return None


def events(source: str) -> Iterator[Event]:
    tree = ast.parse(source)
    owners = {
        inner: own_topic(outer)
        for outer in ast.walk(tree)
        if isinstance(outer, ast.ClassDef)
        for inner in outer.body
    }
    for node in ast.walk(tree):
        topic = own_topic(node) if isinstance(node, ast.ClassDef) else None
        if topic is not None and "." in topic:
            yield Event(node.name, topic, owners.get(node))


def overlong_module(source: str) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > MODULE_LINES:
        yield f"{lines} lines"


def overlong_function(source: str) -> Iterator[str]:
    for function in functions(source):
        lines = function.end_lineno - function.lineno + 1 - docstring_lines(function)
        if lines > FUNCTION_LINES:
            yield f"{function.name} has {lines} lines"


def too_many_parameters(source: str) -> Iterator[str]:
    for function in functions(source):
        if len(parameters(function)) > PARAMETERS:
            yield f"{function.name} takes {len(parameters(function))}"


def missing_module_docstring(source: str) -> Iterator[str]:
    if not ast.get_docstring(ast.parse(source)):
        yield "no docstring"


def unfinished_work(source: str) -> Iterator[str]:
    yield from re.findall(r"\b(?:TODO|FIXME|XXX)\b.*", source)


def misshapen_topic(source: str) -> Iterator[str]:
    for event in events(source):
        aggregate = event.topic.split(".")[0]
        if not TOPIC.fullmatch(event.topic) or event.owner not in (None, aggregate):
            yield f"{event.name}: {event.topic}"


def event_not_in_the_past(source: str) -> Iterator[str]:
    for event in events(source):
        words = re.findall(r"[A-Z][a-z0-9]*", event.name)
        if not any(PARTICIPLE.fullmatch(word) for word in words):
            yield event.name


def event_that_says_nothing(source: str) -> Iterator[str]:
    yield from (event.name for event in events(source) if event.name in SAYS_NOTHING)


def repeated_topics(sources: Iterable[str]) -> list[str]:
    topics = Counter(event.topic for source in sources for event in events(source))
    return [topic for topic, times in topics.items() if times > 1]


def index_host(text: str) -> Iterator[str]:
    yield from (host for host in INDEX_HOSTS if host in text.lower())


def machine_path(text: str) -> Iterator[str]:
    yield from MACHINE_PATH.findall(text)


def unhashed_requirement(lock: str) -> Iterator[str]:
    for line in re.sub(r"\s*\\\n\s*", " ", lock).splitlines():
        if not line.startswith("#") and not REQUIREMENT.fullmatch(line):
            yield line


def address(lock: str) -> Iterator[str]:
    yield from re.findall(r"\S+://\S+|^--?\w\S*|@ \S+", lock, flags=re.MULTILINE)


def breaches(check: Check, files: Iterable[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {breach}"
        for path in files
        for breach in check(path.read_text(encoding="utf-8", errors="replace"))
    ]


@pytest.fixture(scope="module")
def repository() -> list[Path]:
    """Every file that git tracks, or would with the next `git add`."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file()]


def test_there_are_modules_to_check():
    assert ROOT / "src" / "recourse" / "__init__.py" in MODULES


def test_a_module_fits_into_300_lines():
    assert breaches(overlong_module, MODULES) == []


def test_a_function_fits_on_one_screen():
    assert breaches(overlong_function, MODULES) == []


def test_a_function_takes_at_most_six_parameters():
    assert breaches(too_many_parameters, MODULES) == []


def test_every_module_says_what_it_is_for():
    assert breaches(missing_module_docstring, MODULES) == []


def test_nothing_is_left_to_do_in_a_comment():
    assert breaches(unfinished_work, MODULES) == []


def test_a_topic_is_its_aggregate_and_its_fact():
    assert breaches(misshapen_topic, MODULES) == []


def test_an_event_is_named_as_something_that_has_happened():
    assert breaches(event_not_in_the_past, MODULES) == []


def test_an_event_says_what_has_happened():
    assert breaches(event_that_says_nothing, MODULES) == []


def test_no_two_events_share_a_topic():
    assert repeated_topics(path.read_text(encoding="utf-8") for path in MODULES) == []


def test_no_file_names_a_package_index(repository):
    assert breaches(index_host, repository) == []


def test_no_file_names_a_folder_of_one_machine(repository):
    assert breaches(machine_path, repository) == []


def test_every_locked_requirement_is_pinned_and_hashed():
    assert breaches(unhashed_requirement, [LOCK]) == []


def test_the_lock_says_nothing_of_where_files_come_from():
    assert breaches(address, [LOCK]) == []


HASH = "--hash=sha256:" + "0" * 64


def event(name: str, topic: str = "claim.amended") -> str:
    return f"class Claim:\n    TOPIC = 'claim'\n    class {name}:\n        TOPIC = '{topic}'\n"


@pytest.mark.parametrize(
    ("check", "innocent", "guilty"),
    [
        (overlong_module, "x = 1\n" * 300, "x = 1\n" * 301),
        (overlong_function, "def f():\n" + "    x\n" * 39, "def f():\n" + "    x\n" * 40),
        (
            overlong_function,
            "def f():\n    '''Say\n    it.\n    '''\n" + "    x\n" * 39,
            "class C:\n    async def f():\n        '''Say it.'''\n" + "        x\n" * 40,
        ),
        (
            too_many_parameters,
            "def f(self, a, b, c, *, d, e, g): 0",
            "def f(a, /, b, c, d, e, *, f, g): 0",
        ),
        (missing_module_docstring, "'''What?'''", "# What?\nx = 1\n"),
        (unfinished_work, "# why", "# TODO: why"),
        (misshapen_topic, event("Amended"), event("Amended", "claim.Amended")),
        (misshapen_topic, event("Amended"), event("Amended", "note.amended")),
        (event_not_in_the_past, event("CostConfirmed"), event("Confirm")),
        (event_not_in_the_past, event("Withdrawn"), event("Withdrawal")),
        (event_that_says_nothing, event("Amended"), event("Updated")),
        (index_host, "an index", f"see https://{INDEX_HOSTS[0]}/simple"),
        (machine_path, "see docs/work/x", f"see /{'home'}/li/x"),
        (machine_path, f"see {ROOT.name}", f"see {ROOT}/Makefile"),
        (unhashed_requirement, f"rich==15.0.0 \\\n    {HASH}", "rich==15.0.0"),
        (unhashed_requirement, f"rich==15 ; os_name == 'nt' {HASH} {HASH}", f"rich>=15 {HASH}"),
        (address, "# by make", "--index-url https://example.org/simple"),
        (address, f"rich==15 {HASH}", "--extra-index-url x"),
    ],
)
def test_a_breach_is_noticed_and_nothing_else(check, innocent, guilty):
    assert (list(check(innocent)), list(check(guilty)) != []) == ([], True)


def test_a_topic_used_twice_is_noticed_across_modules():
    source = event("Amended")

    assert repeated_topics([source, source]) == ["claim.amended"]
