"""What is told to somebody who does it for the first time, or whom another gets in the way?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import recourse

STEP = '{ at = 2026-03-10, by = "boss", do = "assign_claim", claim = "C1", to = "李工" }'
STEPS = f"steps = [{STEP}]\n"


@pytest.fixture
def steps(month, run):
    """Plays a file of steps that is written just so."""

    def played(written: bytes, *words: str):
        month.joinpath("mine.toml").write_bytes(written)
        return run(*words, "do", "--file", "mine.toml")

    return played


def test_a_file_of_steps_may_begin_with_a_byte_order_mark(steps):
    assert steps(STEPS.encode("utf-8-sig")).code == 0


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (STEPS.encode("gb18030"), "文件不是 UTF-8 编码；用记事本打开后另存为，编码选 UTF-8。"),
        ("供方,月份\nS1,2026-03\n".encode(), "不是 TOML 文件："),
        (STEPS.replace("assign", "asign").encode(), "第 1 步：do = 'asign_claim'，没有这个操作"),
        (b"steps = [1]\n", "第 1 步：do = 1，没有这个操作"),
    ],
)
def test_what_is_wrong_with_a_file_of_steps_is_told(steps, ask, written, why):
    before = ask("claim", "show", "C1")

    told = steps(written)

    assert (told.code, told.out) == (2, "")
    assert why in told.err
    assert "没有记录任何内容" in told.err
    assert ask("claim", "show", "C1") == before


@pytest.mark.parametrize("words", ["settle 2026-13", "settle 2026", "breakdown 2026-00"])
def test_a_month_that_there_is_not_is_told_with_one_that_there_is(month, run, words):
    told = run(*words.split())

    assert told.code == 2
    assert "2026-03" in told.err


def test_a_month_that_is_yet_to_come_is_not_closed(month, run):
    told = run("--recorded-at", "2026-03-31", "--as", "cashier", "settle", "2026-04", "--close")

    assert told.code == 5
    assert "2026-04 在 2026-03-31 还没有开始" in told.err


def test_a_breakdown_of_a_month_without_one_is_not_on_record(month, run):
    assert run("breakdown", "2025-01").code == 3


def test_a_refused_reaction_is_told_in_words(month, run):
    for act in (
        "open_zero_km_job job=J1 unit=U9 part=P1 reported_on=2026-03-10",
        "finish_zero_km_job job=J1 served_on=2026-03-10 outcome=repaired costs.labour=1 claim=C1",
    ):
        done = run("--recorded-at", "2026-03-10", "--as", "engineer", "do", *act.split())
        assert done.code == 0
    listed = run("--recorded-at", "2026-03-10", "worklist", "--role", "quality_manager").out
    (name,) = [word for word in listed.split() if word.startswith("receive_cost_of_finished_job")]

    told = run("explain", name).out

    assert "J1 须由人处理：该索赔已接收" in told
    assert "claim-already-received" not in told + listed
    assert "J1" in listed


def test_of_two_who_ask_for_the_same_at_once_one_is_refused_and_nothing_is_done_twice(month, run):
    payable = "record_payable supplier=S1 document=AP-9 amount=10.00 due_on=2026-04-30"
    command = [sys.executable, "-m", "recourse", "--format", "json", "--as", "cashier"]
    words = [*command, "--recorded-at", "2026-03-10", "do", *payable.split()]
    environment = {name: of for name, of in os.environ.items() if "RECOURSE" not in name}
    environment["PYTHONPATH"] = str(Path(recourse.__file__).parents[1])
    both = [
        subprocess.Popen(
            words, cwd=month, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]

    told = [(each.communicate(), each.returncode) for each in both]

    assert sorted(code for _, code in told) == [0, 5]
    (refused,) = [json.loads(out) for (out, _), code in told if code == 5]
    assert refused["code"] == "payable-already-recorded"
    assert run("rebuild", "--check").code == 0
