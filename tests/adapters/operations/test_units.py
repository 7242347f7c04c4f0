"""Would systemd take the units, let them do nothing but their work, and find their commands?"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from recourse.adapters.cli.root import make_app

FOLDER = Path(__file__).parents[3] / "deploy" / "systemd"
PROGRAM = "/opt/recourse/bin/recourse"
SERVICES = sorted(FOLDER.glob("*.service"))
EXPOSED = 20  # tenths of the figure by which systemd tells how exposed a service is, of 100
ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed")


@pytest.fixture
def installed(tmp_path):
    """The units as they would be installed, with a program that is there."""
    for unit in FOLDER.glob("recourse-*"):
        text = unit.read_text("utf-8").replace(PROGRAM, shutil.which("true"))
        (tmp_path / unit.name).write_text(text, "utf-8")
    return tmp_path


def analyze(*words):
    return subprocess.run([ANALYZE, *words], capture_output=True, text=True, check=False)


@needs_systemd
def test_systemd_finds_nothing_wrong_with_the_units(installed):
    told = analyze("verify", "--man=no", *map(str, sorted(installed.glob("recourse-*"))))

    assert (told.returncode, told.stdout + told.stderr) == (0, "")


@needs_systemd
def test_systemd_finds_a_mistyped_setting(installed):
    unit = installed / "recourse-worker.service"
    unit.write_text(unit.read_text("utf-8").replace("NoNewPrivileges", "NoNewPrivilege"), "utf-8")

    assert "NoNewPrivilege" in analyze("verify", "--man=no", str(unit)).stderr


@needs_systemd
@pytest.mark.parametrize("name", [each.name for each in SERVICES])
def test_a_service_can_reach_little_beside_its_own_state(installed, name):
    told = analyze("security", "--offline=true", f"--threshold={EXPOSED}", str(installed / name))

    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_the_command_of_a_service_exists(unit):
    line = re.search(rf"^ExecStart=.*?{PROGRAM} (\w+)", unit.read_text("utf-8"), re.MULTILINE)

    assert line[1] in get_command(make_app()).commands


def test_every_timer_has_its_service():
    timers = {timer.with_suffix(".service").name for timer in FOLDER.glob("*.timer")}

    assert timers - {service.name for service in SERVICES} == set()
