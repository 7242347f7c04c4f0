"""Are files kept whole when several processes add them, and when one is killed while it does?"""

import subprocess
import sys

import pytest

from recourse.adapters.storage.files import EvidenceFiles, Limits, UnfitFile

ADDS = """
import sys
from pathlib import Path
from recourse.adapters.storage.files import EvidenceFiles
print(EvidenceFiles(Path(sys.argv[1])).add(Path(sys.argv[2])))
"""
HALF_WAY = """
import sys
from pathlib import Path
from recourse.adapters.storage.files import EvidenceFiles
with EvidenceFiles(Path(sys.argv[1]))._adding() as incoming:
    incoming.write_bytes(b"half of a report")
    print("half way", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("轴承外圈剥落 / spalling of the outer race\n" * 100_000, encoding="utf-8")
    return file


@pytest.fixture
def files(tmp_path):
    return EvidenceFiles(tmp_path / "files")


def child(program, *words):
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_that_add_the_same_file_at_once_keep_one(files, report):
    adding = [child(ADDS, files.folder, report) for _ in range(4)]

    hashes = {each.communicate()[0].strip() for each in adding}

    assert [each.returncode for each in adding] == [0] * 4
    assert hashes == set(files.names())
    assert {files.state_of(sha256) for sha256 in hashes} == {"stored"}


def test_what_a_killed_process_left_is_no_file_and_in_nobodys_way(files, report):
    killed = child(HALF_WAY, files.folder)
    assert killed.stdout.readline() == "half way\n"
    killed.kill()
    killed.communicate()
    assert list(files.names()) == []

    sha256 = files.add(report)

    assert files.path_of(sha256).read_bytes() == report.read_bytes()
    assert [each.name for each in files.folder.iterdir()] == [sha256[:2]]


def test_a_refused_file_leaves_nothing(files, report):
    strict = EvidenceFiles(files.folder, Limits(max_bytes=100))

    with pytest.raises(UnfitFile) as unfit:
        strict.add(report)
    assert unfit.value.code == "too-large"
    assert list(files.folder.iterdir()) == []


@pytest.mark.parametrize(
    "begins",
    [
        b"\xff\xd8\xff\xe0 JFIF",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypheic",
        b"%PDF-1.7",
        b"PK\x03\x04",
        "检验报告".encode(),
        ("a" + "检" * 2000).encode(),
    ],
)
def test_a_file_is_taken_by_its_content_whatever_its_name(files, tmp_path, begins):
    (tmp_path / "x.exe").write_bytes(begins)

    assert files.state_of(files.add(tmp_path / "x.exe")) == "stored"


@pytest.mark.parametrize("begins", ["检验报告".encode("gb18030"), b"MZ\x90\x00\x03", b"\x00"])
def test_a_file_of_no_known_content_is_refused(files, tmp_path, begins):
    (tmp_path / "x.jpg").write_bytes(begins)

    with pytest.raises(UnfitFile) as unfit:
        files.add(tmp_path / "x.jpg")
    assert unfit.value.code == "unknown-type"


def test_a_kept_file_may_only_be_read(files, report):
    assert files.path_of(files.add(report)).stat().st_mode & 0o777 == 0o444
