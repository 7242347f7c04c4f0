"""Does a command tell what it does in the running log, and nothing about anybody?"""

import json

import pytest

from support.repairs import PROFILE, many, row, write

CANARY = "金丝雀"  # stands wherever a person writes something


@pytest.fixture
def logged(run, people, monkeypatch):
    """Types a command with the running log on; the lines of the log."""
    toml = people / "recourse.toml"
    toml.write_text(f'{toml.read_text("utf-8")}\n"{CANARY}" = "purchasing"\n', "utf-8")
    monkeypatch.setenv("RECOURSE_OPERATIONS_LOG_LEVEL", "debug")
    run("init")

    def typed(*words):
        return [line for line in run(*words).err.splitlines() if line.startswith("{")]

    return typed


def register(name):
    return ("do", "register_supplier", "supplier=S1", f"name={name}", "disposal=entrusted")


def test_a_command_leaves_one_line_on_how_it_ended(logged):
    *_, last = logged("--as", "buyer", *register("x"))

    told = json.loads(last)
    assert (told["event"], told["command"], told["exit"]) == ("command-ended", "do", 0)


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (("--as", CANARY, *register(CANARY)), 0),
        (("--as", f"{CANARY}x", *register(CANARY)), 2),
        (("--as", "engineer", *register(CANARY)), 5),
        (("claim", "show", CANARY), 3),
        (("--store", f"{CANARY}.db", "claim", "list"), 7),
        (("--as=all_hands", "intake", f"{CANARY}.csv", "--profile", PROFILE), 3),
        (("worklist", "--role", CANARY), 2),
    ],
)
def test_nothing_that_a_person_wrote_stands_in_the_log(logged, words, exit_code):
    lines = logged(*words)

    escaped = json.dumps(CANARY)[1:-1]
    assert [line for line in lines if CANARY in line or escaped in line] == []
    assert json.loads(lines[-1])["exit"] == exit_code


def test_an_intake_is_told_in_figures_alone(logged, people):
    write(people / "repairs.csv", [row(LBRCOST=CANARY), *many(2)])

    words = ("--recorded-at", "2024-12-02", "--as=all_hands", "intake", "repairs.csv")
    lines = logged(*words, "--profile", PROFILE, "--register-master")

    assert any(json.loads(line).get("kind") == "commands" for line in lines)
    assert [line for line in lines if json.dumps(CANARY)[1:-1] in line or "repairs" in line] == []


def test_without_the_setting_there_is_no_log(month, run):
    assert run("claim", "list").err == ""


def test_a_collector_out_of_reach_stops_no_command(month, run, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")

    ended = run("claim", "list", "--format", "json")

    assert (ended.code, ended.err) == (0, "")
