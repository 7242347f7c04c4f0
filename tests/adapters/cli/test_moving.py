"""Does a log come into another store as it left the first, and is anything less refused?"""

import json
import os
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from recourse.adapters.storage.copies.log_file import UnfitLog, check_log

NEW = "--store=new.db"


@pytest.fixture
def exported(month, ask):
    """The month's log in a file."""
    return ask("export", "log", "--out", "log.jsonl")


@pytest.fixture
def backed_up(month, ask, here):
    """The month's log and a photo in a backup."""
    here.joinpath("crack.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 20)
    ask("evidence", "add", "crack.png")
    return ask("backup", "kept")


def test_an_imported_log_is_the_same(exported, ask):
    imported = ask(NEW, "import", "log.jsonl")

    assert imported["root"] == exported["root"] == ask(NEW, "verify")["root"]
    assert ask(NEW, "rebuild", "--check") == ask("rebuild", "--check")
    assert ask(NEW, "export", "log", "--out", "again.jsonl")["sha256"] == exported["sha256"]


def test_an_imported_log_answers_a_repeated_command_as_before(month, ask, run):
    act = ("--as=engineer", "--command-id=X", "do", "confirm_cost", "claim=C9")
    refused = run("--format=json", *act)
    ask("export", "log", "--out", "log.jsonl")
    ask(NEW, "import", "log.jsonl")

    assert run("--format=json", NEW, *act).document == refused.document


def test_an_imported_log_goes_on(exported, ask):
    ask(NEW, "import", "log.jsonl")

    ask(NEW, "--as=engineer", "--recorded-at=2026-03-10", "do", "amend_claim", "claim=C3",
        "costs.labour=40.00")  # fmt: skip

    assert ask(NEW, "rebuild", "--check")["equal"]


def test_a_log_is_imported_only_once(exported, ask, run):
    ask(NEW, "import", "log.jsonl")

    told = run("--format=json", NEW, "import", "log.jsonl")

    assert (told.code, told.document["code"]) == (5, "log-is-there")


def test_an_older_log_does_not_take_the_place_of_a_newer(exported, ask, run):
    ask("--as=engineer", "--recorded-at=2026-03-10", "do", "amend_claim", "claim=C3",
        "costs.labour=40.00")  # fmt: skip

    told = run("--format=json", "import", "log.jsonl")

    assert (told.code, told.document["code"]) == (5, "older-log")


def test_another_log_is_not_mixed_in(exported, ask, run):
    ask(NEW, "init")

    assert run("--format=json", NEW, "import", "log.jsonl").document["code"] == "another-log"


def changed(path, before, after):
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("180", "181"),
        ("claim:C1", "claim:C7"),
        ('["event",2,', '["event",3,'),
        ('["key"', '["kez"'),
        ('"policies"', '"politics"'),
        ('"root":"', '"root":"0'),
        ('"keys":', '"kees":'),
        ("recourse log 1", "recourse log 9"),
    ],
)
def test_an_altered_log_is_refused_and_nothing_is_written(exported, here, run, before, after):
    changed(here / "log.jsonl", before, after)

    told = run("--format=json", NEW, "import", "log.jsonl")

    assert (told.code, told.document["code"]) == (2, "unfit-log")
    assert not Path(here / "new.db").exists()


@pytest.mark.parametrize("kept", [0, 1, 2, 50, -1])
def test_a_log_that_was_cut_off_is_refused(exported, here, run, kept):
    lines = (here / "log.jsonl").read_bytes().splitlines(keepends=True)
    (here / "log.jsonl").write_bytes(b"".join(lines[:kept]))

    assert run("--format=json", NEW, "import", "log.jsonl").document["code"] == "unfit-log"


def test_a_line_without_its_end_is_refused(exported, here, run):
    content = (here / "log.jsonl").read_bytes()
    (here / "log.jsonl").write_bytes(content[:-5])

    assert run("--format=json", NEW, "import", "log.jsonl").document["code"] == "unfit-log"


def test_a_file_that_is_no_log_is_refused(here, run):
    here.joinpath("photo.png").write_bytes(bytes(range(256)))

    told = run("--format=json", NEW, "import", "photo.png")

    assert (told.code, told.document["code"]) == (2, "unfit-log")


def test_nothing_is_written_over(exported, run):
    assert run("export", "log", "--out", "log.jsonl").code == 2


def test_a_backup_comes_back_with_its_files(backed_up, ask):
    restored = ask(NEW, "restore", "kept")

    assert restored == backed_up and restored["files"] == 1
    assert ask(NEW, "verify", "--files")["root"] == ask("verify")["root"]


def test_a_backup_is_checked_where_it_lies(backed_up, ask):
    assert ask("backup", "--check", "kept") == backed_up


def altered(kept):
    photo = next(path for path in (kept / "files").rglob("*") if path.is_file())
    photo.write_bytes(b"another")


def missing(kept):
    next(path for path in (kept / "files").rglob("*") if path.is_file()).unlink()


def more(kept):
    (kept / "notes.txt").write_text("mine", "utf-8")


def shortened(kept):
    log = (kept / "log.jsonl").read_bytes()
    (kept / "log.jsonl").write_bytes(log[: len(log) // 2])


def claims_more(kept):
    changed(kept / "manifest.json", '"events": ', '"events": 1')


def another_root(kept):
    manifest = json.loads((kept / "manifest.json").read_text("utf-8"))
    manifest["log"]["root"] = "0" * 64
    (kept / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def unreadable(kept):
    (kept / "manifest.json").write_text("{", "utf-8")


def no_manifest(kept):
    (kept / "manifest.json").unlink()


@pytest.mark.parametrize(
    "spoil",
    [altered, missing, more, shortened, claims_more, another_root, unreadable, no_manifest],
)
def test_a_spoilt_backup_is_refused_and_nothing_is_written(backed_up, here, run, spoil):
    spoil(here / "kept")

    for words in (("backup", "--check", "kept"), (NEW, "restore", "kept")):
        told = run("--format=json", *words)
        assert (told.code, told.document["code"]) == (2, "unfit-backup")
    assert not (here / "new.db").exists()


def test_an_older_backup_does_not_take_the_place_of_a_newer_store(backed_up, ask, run):
    ask("--as=engineer", "--recorded-at=2026-03-10", "do", "amend_claim", "claim=C3",
        "costs.labour=40.00")  # fmt: skip

    assert run("--format=json", "restore", "kept").document["code"] == "older-log"


def test_a_backup_that_was_killed_half_way_is_none_and_in_nobodys_way(backed_up, here, run):
    half_made = here / ".next.killed.half-made"
    half_made.mkdir()
    half_made.joinpath("log.jsonl").write_text("killed here", "utf-8")

    assert run("backup", "next").code == 0
    assert run("backup", "--check", "next").code == 0
    assert run("backup", "--check", half_made.name).code == 2


def test_a_backup_does_not_take_the_place_of_another(backed_up, run):
    assert run("--format=json", "backup", "kept").document["code"] == "unfit-backup"


def test_a_file_that_the_settings_do_not_allow_any_more_comes_back_too(backed_up, here, ask):
    with (here / "recourse.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[evidence]\nmax_bytes = 5\n")

    assert ask(NEW, "restore", "kept")["files"] == 1


def test_a_file_that_was_altered_in_the_store_is_told_and_not_backed_up(backed_up, here, run, ask):
    (photo,) = (path for path in (here / "recourse.db.files").glob("??/*"))
    words = ("chargeback=N1", 'lines=["C1"]', "reason=x", f'evidence=["photo:{photo.name}"]')
    run("--as=seller", "--recorded-at=2026-03-10", "do", "appeal_chargeback", *words)
    photo.chmod(0o644)
    photo.write_bytes(b"\x89PNG another")

    told = run("--format=json", "backup", "next")

    assert (told.document["files"], told.document["not_kept"]) == (0, [photo.name])
    assert "1" in told.err
    assert ask(NEW, "restore", "next")["not_kept"] == [photo.name]


def test_a_photo_put_in_the_place_of_another_is_noticed_though_the_manifest_was_counted_anew(
    backed_up, here, run
):
    (photo,) = (path for path in (here / "kept" / "files").rglob("*") if path.is_file())
    photo.chmod(0o644)
    photo.write_bytes(b"\x89PNG another")
    manifest = json.loads((here / "kept" / "manifest.json").read_text("utf-8"))
    now = {"size": photo.stat().st_size, "sha256": sha256(photo.read_bytes()).hexdigest()}
    manifest["files"][str(photo.relative_to(here / "kept"))] = now
    (here / "kept" / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    assert run("--format=json", NEW, "restore", "kept").document["code"] == "unfit-backup"


@pytest.mark.parametrize(
    "line", [b'["event",1,"s",1,"t",[]]', b'["event",1]', b'["key","alone"]', b"5", b'{"end": 5}']
)
def test_a_line_that_is_none_is_refused_in_words(exported, here, run, line):
    first, _, *rest = (here / "log.jsonl").read_bytes().splitlines(keepends=True)
    (here / "log.jsonl").write_bytes(b"".join([first, line, b"\n", *rest]))

    assert run("--format=json", NEW, "import", "log.jsonl").document["code"] == "unfit-log"


def test_a_byte_altered_anywhere_is_noticed(exported, here):
    whole = (here / "log.jsonl").read_bytes()
    for place in range(0, len(whole), 251):
        altered = bytearray(whole)
        altered[place] ^= 1
        (here / "log.jsonl").write_bytes(altered)

        with pytest.raises(UnfitLog):
            check_log(here / "log.jsonl")


KILLED = """
import os, signal, sys
from recourse.adapters.cli.main import main
from recourse.adapters.storage.copies import {module}

{module}.{does} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
main(["--store", "new.db", "restore", "kept"])
"""


@pytest.mark.parametrize(
    ("module", "does"),
    [("backup", "restore_files"), ("log_file", "load_log"), ("log_file", "_load_positions")],
)
def test_a_restore_killed_half_way_can_be_done_again(backed_up, run, ask, module, does):
    program = KILLED.format(module=module, does=does)
    if does.startswith("_"):
        program = program.replace(f"{module}.{does} =", f'{module}._LOAD["position"] =')
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    killed = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert ask(NEW, "verify")["events"] == 0, "nothing, rather than half"

    assert ask(NEW, "restore", "kept") == backed_up
    assert ask(NEW, "reconcile")["ok"]
