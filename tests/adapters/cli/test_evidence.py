"""Do files of evidence stay as they were, and is it told when one does not?"""

import hashlib
import json
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from recourse.adapters.storage.files import EvidenceFiles, UnfitFile

CRACK = b"\xff\xd8\xff a cracked housing"
SHA256 = hashlib.sha256(CRACK).hexdigest()
APPEALED = "chargeback:N1@5"
TUESDAY = ("--recorded-at", "2026-03-10T09:00")


@pytest.fixture
def photo(month):
    """A photo in the working folder."""
    file = month / "IMG_0001.jpg"
    file.write_bytes(CRACK)
    return file


def change_file(files):
    """One byte more in the one file, whatever its permissions say."""
    place = files.path_of(SHA256)
    place.chmod(0o644)
    place.write_bytes(CRACK + b"!")


@pytest.fixture
def noted(photo, run):
    """The photo is kept, and the supplier's appeal names it."""
    assert run("evidence", "add", "IMG_0001.jpg", "--kind", "photo").code == 0
    words = ("chargeback=N1", 'lines=["C1"]', "reason=见附件", f'evidence=["photo:{SHA256}"]')
    assert run("--as", "seller", *TUESDAY, "do", "appeal_chargeback", *words).code == 0
    return EvidenceFiles.beside(photo.parent / "recourse.db")


def test_a_file_is_kept_under_its_content_and_told_as_an_act_names_it(photo, ask):
    told = ask("evidence", "add", "IMG_0001.jpg", "--kind", "report")

    assert told == {"evidence": f"report:{SHA256}", "size": len(CRACK)}
    kept = photo.parent / "recourse.db.files" / SHA256[:2] / SHA256
    assert kept.read_bytes() == CRACK


def test_the_same_file_twice_is_one(photo, ask):
    assert ask("evidence", "add", "IMG_0001.jpg") == ask("evidence", "add", "IMG_0001.jpg")
    assert len(list(EvidenceFiles.beside(photo.parent / "recourse.db").names())) == 1


def test_two_at_once_keep_one_file(tmp_path, photo):
    files = EvidenceFiles(tmp_path / "files")

    with ThreadPoolExecutor(8) as pool:
        hashes = set(pool.map(files.add, [photo] * 16))

    assert (hashes, list(files.names())) == ({SHA256}, [SHA256])
    assert [each.name for each in files.folder.iterdir()] == [SHA256[:2]]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", "empty"),
        ("folder", "no-file"),
        ("x", "no-file"),
        ("link", "no-file"),
        ("pipe", "no-file"),
        ("noise", "unknown-type"),
    ],
)
def test_what_is_no_evidence_is_told(tmp_path, name, code):
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "noise").write_bytes(bytes(range(256)))
    (tmp_path / "link").symlink_to(tmp_path / "noise")
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UnfitFile) as unfit:
        EvidenceFiles(tmp_path / "files").add(tmp_path / name)
    assert unfit.value.code == code


def test_a_copy_that_was_not_finished_is_no_file(noted, run):
    (noted.folder / "incoming").write_bytes(b"half")

    assert list(noted.names()) == [SHA256]
    assert run("verify", "--files").code == 0


def test_the_next_copy_clears_away_one_that_was_not_finished(noted, photo):
    incoming = noted.folder / "incoming"
    incoming.write_bytes(b"half")
    incoming.chmod(0o444)
    photo.write_bytes(CRACK + b"another")

    noted.add(photo)

    assert not incoming.exists()
    assert len(list(noted.names())) == 2


def test_an_act_that_names_a_file_that_is_not_kept_is_not_asked(month, run, ask):
    words = ("chargeback=N1", 'lines=["C1"]', "reason=x", f'evidence=["photo:{SHA256}"]')

    ended = run("--as", "seller", *TUESDAY, "do", "appeal_chargeback", *words)

    assert (ended.code, SHA256 in ended.err) == (2, True)
    assert ask("chargeback", "show", "N1")["answer"] == "none"


@pytest.mark.parametrize("written", ["IMG_0001.jpg", f"video:{SHA256}", "photo:abc", SHA256])
def test_evidence_that_is_written_otherwise_is_malformed(month, run, written):
    words = ("chargeback=N1", 'lines=["C1"]', "reason=x", f'evidence=["{written}"]')

    assert run("--as", "seller", *TUESDAY, "do", "appeal_chargeback", *words).code == 2


def test_what_came_later_is_added_to_what_it_is_about(photo, run, ask):
    run("evidence", "add", "IMG_0001.jpg")
    words = ("label=claim:C1", f"evidence=photo:{SHA256}")
    assert run("--as", "engineer", *TUESDAY, "do", "add_evidence", *words).code == 0

    assert [each["about"] for each in ask("evidence", "list", "C1")] == ["claim:C1"]
    assert SHA256 in json.dumps(ask("explain", "N1/C1/labour"))


def test_nothing_is_added_to_what_is_not_on_record(photo, run):
    run("evidence", "add", "IMG_0001.jpg")
    words = ("label=claim:C99", f'evidence=["photo:{SHA256}"]')

    assert run("--as", "engineer", *TUESDAY, "do", "add_evidence", *words).code == 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_explanation_lists_the_evidence_of_what_happened(noted, run, language):
    told = run("--lang", language, "explain", "N1").out

    assert f"{'照片' if language == 'zh' else 'photo'} {SHA256}" in told


def test_a_copy_is_taken_out(noted, here, run):
    assert run("evidence", "get", SHA256, "--out", "copy.jpg").code == 0
    assert (here / "copy.jpg").read_bytes() == CRACK
    assert run("evidence", "get", SHA256, "--out", "copy.jpg").code == 2


def test_a_whole_log_with_its_files_is_verified(noted, ask):
    told = ask("verify", "--files")

    assert (told["ok"], told["first_bad_position"], told["files"]) == (True, None, 1)
    assert told["findings"] == []
    assert told["events"] > 0


def test_a_missing_file_is_found(noted, run):
    noted.path_of(SHA256).unlink()

    ended = run("--format", "json", "verify", "--files")
    assert ended.code == 6
    assert [(each["code"], each["event"]) for each in ended.document["findings"]] == [
        ("missing", APPEALED)
    ]


def test_one_altered_byte_of_a_file_is_found(noted, run):
    change_file(noted)

    ended = run("--format", "json", "verify", "--files")
    assert [(each["code"], each["event"]) for each in ended.document["findings"]] == [
        ("altered", APPEALED)
    ]
    assert ended.code == 6


def test_a_file_under_another_name_is_missing_and_one_that_nothing_names(noted, run):
    other = noted.folder / SHA256[:2] / ("0" * 64)
    noted.path_of(SHA256).rename(other)

    ended = run("--format", "json", "verify", "--files")
    assert [each["code"] for each in ended.document["findings"]] == ["missing"]
    assert ended.document["not_named"] == [other.name]


def test_an_altered_file_is_not_replaced_by_the_original(noted, photo, run):
    change_file(noted)

    assert run("evidence", "add", "IMG_0001.jpg").code == 2
    assert noted.state_of(SHA256) == "altered"


def test_an_altered_file_bears_nothing_out(noted, run):
    change_file(noted)
    words = ("label=claim:C1", f"evidence=photo:{SHA256}")

    assert run("--as", "engineer", *TUESDAY, "do", "add_evidence", *words).code == 2
    assert run("evidence", "get", SHA256, "--out", "copy.jpg").code == 3


def test_a_file_that_nothing_names_is_told_and_no_fault(photo, run):
    run("evidence", "add", "IMG_0001.jpg")

    ended = run("--format", "json", "verify", "--files")
    assert (ended.code, ended.document["not_named"]) == (0, [SHA256])


def altered(month, change):
    """The store with its events changed behind the engine's back."""
    connection = sqlite3.connect(month / "recourse.db")
    triggers = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(change)
    connection.commit()
    connection.close()


def test_an_event_that_cannot_be_read_is_found(month, run):
    altered(month, "UPDATE events SET state = CAST('{' AS BLOB) WHERE rowid = 5")

    ended = run("--format", "json", "verify")
    assert (ended.code, ended.document["first_bad_position"]) == (6, 5)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ("UPDATE events SET topic = 'claim.eaten.v1' WHERE seq = 5", ["unknown-topic"]),
        ("UPDATE events SET state = CAST('7' AS BLOB) WHERE seq = 5", ["unreadable"]),
        ("DELETE FROM events WHERE seq = 5", ["position", "version"]),
        ("UPDATE events SET version = 9 WHERE seq = 5", ["version"]),
    ],
)
def test_whatever_is_wrong_with_an_event_is_found_where_it_is(month, run, change, codes):
    altered(month, change)

    ended = run("--format", "json", "verify")

    assert (ended.code, ended.document["first_bad_position"]) == (6, 5)
    found = [each["code"] for each in ended.document["findings"]]
    assert list(dict.fromkeys(found)) == codes


def test_a_log_that_no_engine_can_open_is_verified_all_the_same(month, run):
    altered(month, "UPDATE events SET topic = 'claim.eaten.v1'")
    altered(month, "UPDATE positions SET position = 0")

    ended = run("--format", "json", "verify")

    assert ended.code == 6
    assert len(ended.document["findings"]) == ended.document["events"]


def test_an_event_cut_off_at_the_end_is_found_by_how_many_there_were(month, ask, run):
    before = ask("verify")
    altered(month, "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)")

    assert run("verify").code == 0
    noted = ("--root", before["root"], "--events", str(before["events"]))
    ended = run("--format", "json", "verify", *noted)
    assert (ended.code, ended.document["first_bad_position"]) == (6, before["events"])


@pytest.mark.parametrize("words", [("--root", "abc"), ("--events", "3")])
def test_a_root_that_is_none_is_malformed(month, run, words):
    assert run("verify", *words).code == 2


def test_an_altered_event_that_reads_well_is_found_by_the_root_noted_before(month, ask, run):
    before = ask("verify")
    change = (
        "UPDATE events SET state = CAST(replace(CAST(state AS TEXT), '18000', '18001') AS BLOB)"
    )
    altered(month, change)

    assert run("verify").code == 0
    noted = ("--root", before["root"], "--events", str(before["events"]))
    assert run("verify", *noted).code == 6


def test_a_root_noted_before_still_holds_when_the_log_has_grown(month, ask, run):
    before = ask("verify")
    run("--as", "seller", *TUESDAY, "do", "confirm_chargeback", "chargeback=N1")

    noted = ("--root", before["root"], "--events", str(before["events"]))
    assert run("verify", *noted).code == 0


def test_a_store_in_memory_keeps_no_files(photo, run):
    assert run("--store", "memory:", "evidence", "add", "IMG_0001.jpg").code == 2


def test_the_settings_of_the_folder_limit_what_is_taken(photo, run):
    settings = photo.parent / "recourse.toml"
    settings.write_text(settings.read_text("utf-8") + "\n[evidence]\nmax_bytes = 5\n", "utf-8")

    ended = run("--lang", "en", "evidence", "add", "IMG_0001.jpg")

    assert (ended.code, "more than 5 bytes" in ended.err) == (2, True)


@pytest.mark.parametrize("written", ["max_bytes = 0", "media_types = []", 'kinds = ["photo"]'])
def test_limits_that_cannot_be_are_told(photo, run, written):
    settings = photo.parent / "recourse.toml"
    settings.write_text(settings.read_text("utf-8") + f"\n[evidence]\n{written}\n", "utf-8")

    assert run("evidence", "add", "IMG_0001.jpg").code == 2


def test_beside_a_store_that_is_not_there_nothing_is_kept(photo, run):
    assert run("--store", "recurse.db", "evidence", "add", "IMG_0001.jpg").code == 7
    assert not (photo.parent / "recurse.db.files").exists()


def test_acts_of_a_file_are_not_begun_where_one_names_a_file_that_is_not_kept(month, run, ask):
    steps = month / "steps.toml"
    steps.write_text(
        '[[steps]]\ndo = "add_evidence"\nby = "engineer"\nlabel = "claim:C1"\n'
        f'evidence = ["photo:{SHA256}"]\n',
        "utf-8",
    )

    assert run(*TUESDAY, "do", "--file", "steps.toml").code == 2
    assert ask("evidence", "list") == []


def test_what_nobody_knows_has_no_evidence(noted, run):
    assert run("evidence", "list", "C99").code == 3
