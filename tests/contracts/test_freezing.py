"""Is what was released the same for ever, and would a change of one byte be noticed?"""

import shutil
import subprocess

import pytest

from recourse import __version__
from recourse.adapters.catalogue.__main__ import main
from recourse.adapters.catalogue.contract import generated, write
from recourse.adapters.catalogue.freezing import (
    LIST,
    NotAsReleased,
    contract_files,
    freeze,
    must_be_as_released,
    released,
    releases,
)
from recourse.adapters.catalogue.revisions import ReleasedEventChanged
from recourse.contracts import READINGS
from support.contract import EVENTS_FOLDER, files, twin

SAMPLE = "claim/divided/v1.sample.json"
SCHEMA = "claim/divided/v1.schema.json"


@pytest.fixture
def folder(tmp_path):
    """A small contract, nothing of which is released."""
    for name in ("divided", "received"):
        shutil.copytree(EVENTS_FOLDER / "claim" / name, tmp_path / "claim" / name)
    return tmp_path


@pytest.fixture
def whole(tmp_path):
    """A copy of the whole contract, nothing of which is released."""
    copy = shutil.copytree(EVENTS_FOLDER, tmp_path / "events")
    (copy / LIST).unlink(missing_ok=True)
    return copy


def test_every_released_file_is_as_it_was():
    must_be_as_released(EVENTS_FOLDER)


def test_this_release_has_its_lines():
    assert __version__ in releases(EVENTS_FOLDER), "run `make freeze` before a release"


def test_a_schema_is_released_together_with_its_sample():
    kept = released(EVENTS_FOLDER)

    assert [path for path in kept if twin(path) not in kept] == []


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum on this machine")
def test_the_list_can_be_checked_without_us():
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", LIST], cwd=EVENTS_FOLDER, check=False
    )

    assert checked.returncode == 0


def test_a_release_takes_every_file(folder):
    freeze(folder, "1.0.0")

    assert sorted(released(folder)) == contract_files(folder)


@pytest.mark.parametrize("name", [SAMPLE, SCHEMA])
def test_a_change_of_one_byte_is_noticed(folder, name):
    freeze(folder, "1.0.0")
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")

    with pytest.raises(NotAsReleased, match=name):
        must_be_as_released(folder)


@pytest.mark.parametrize("name", [SAMPLE, SCHEMA])
def test_a_file_that_is_gone_is_noticed(folder, name):
    freeze(folder, "1.0.0")
    (folder / name).unlink()

    with pytest.raises(NotAsReleased, match=name):
        must_be_as_released(folder)


def test_a_later_release_appends_and_changes_no_line(folder):
    set_aside = {folder / name: (folder / name).read_bytes() for name in (SCHEMA, SAMPLE)}
    for path in set_aside:
        path.unlink()
    freeze(folder, "1.0.0")
    before = (folder / LIST).read_text()
    for path, text in set_aside.items():
        path.write_bytes(text)

    new = freeze(folder, "1.1.0")

    assert sorted(new) == sorted(set_aside)
    assert (folder / LIST).read_text().startswith(before + "# recourse 1.1.0\n")
    assert releases(folder) == ["1.0.0", "1.1.0"]


def test_a_release_that_adds_nothing_has_its_heading(folder):
    freeze(folder, "1.0.0")

    freeze(folder, "1.0.1")

    assert releases(folder) == ["1.0.0", "1.0.1"]


def test_the_same_release_twice_is_the_same_list(folder):
    freeze(folder, "1.0.0")
    before = (folder / LIST).read_bytes()

    assert freeze(folder, "1.0.0") == []
    assert (folder / LIST).read_bytes() == before


def test_what_is_generated_leaves_released_files_alone(whole):
    freeze(whole, "1.0.0")
    before = {path: path.stat().st_mtime_ns for path in contract_files(whole)}

    write(whole)

    assert {path: path.stat().st_mtime_ns for path in contract_files(whole)} == before


def test_what_was_lost_is_written_again_until_it_is_released(whole):
    (whole / SCHEMA).unlink()

    assert write(whole) == [whole / SCHEMA]


def test_nothing_is_written_upon_a_contract_that_was_tampered_with(whole, capsys):
    freeze(whole, "1.0.0")
    (whole / SAMPLE).write_text("{}")
    (whole / "asyncapi.yaml").unlink()

    assert main([str(whole)]) == 1
    assert SAMPLE in capsys.readouterr().err
    assert not (whole / "asyncapi.yaml").exists()


def test_a_release_without_a_sample_is_refused(whole, capsys):
    (whole / SAMPLE).unlink()

    assert main([str(whole), "--freeze"]) == 1
    assert SAMPLE in capsys.readouterr().err
    assert not (whole / LIST).exists()


def test_the_command_says_what_it_released(whole, capsys):
    assert main([str(whole), "--freeze"]) == 0
    assert f"released: {SCHEMA}\n" in capsys.readouterr().out
    assert releases(whole) == [__version__]


def test_the_schema_of_an_older_version_that_is_lost_is_not_passed_over(whole):
    with pytest.raises(ReleasedEventChanged, match=r"v2\.schema\.json"):
        generated(whole, readings=READINGS | {"claim.divided.v2": READINGS["claim.divided.v1"]})


@pytest.mark.parametrize("wrong", [[], ["no-such-folder"], [str(EVENTS_FOLDER), "--thaw"]])
def test_a_command_that_makes_no_sense_is_answered_with_its_usage(wrong, capsys):
    assert main(wrong) == 2
    assert "--freeze" in capsys.readouterr().err


def test_there_are_files_to_release():
    assert len(files("schema")) == len(files("sample")) > 90
