"""Does the command behave in a shell: as a module, in a pipe, without a terminal?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import recourse

SOURCE = str(Path(recourse.__file__).parents[1])
COMMAND = (sys.executable, "-m", "recourse")
ENVIRONMENT = {name: value for name, value in os.environ.items() if "RECOURSE" not in name}


def typed(folder, *words, **more):
    environment = ENVIRONMENT | {"PYTHONPATH": SOURCE, "PYTHONIOENCODING": "ascii"}
    return subprocess.run(
        [*COMMAND, *words], cwd=folder, env=environment, capture_output=True, check=False, **more
    )


def test_the_module_is_the_command(tmp_path):
    assert typed(tmp_path, "--version").stdout.decode().split() == [
        "recourse",
        recourse.__version__,
    ]


def test_a_pipe_gets_utf_8_without_colours(month):
    piped = typed(month, "--format", "json", "supplier", "show", "S1")

    assert json.loads(piped.stdout)["name"] == "甲供方"
    assert b"\x1b" not in piped.stdout


def test_a_reader_that_goes_away_is_no_error(month):
    command = subprocess.Popen(
        [*COMMAND, "explain", "N1"],
        cwd=month,
        env=ENVIRONMENT | {"PYTHONPATH": SOURCE},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    command.stdout.close()

    told = command.stderr.read()

    command.stderr.close()
    assert (command.wait(), told) == (0, b"")


def test_help_does_not_load_what_only_the_work_needs(tmp_path):
    loaded = "import sys; from recourse.adapters.cli.main import main; main(['--help'])"
    names = "print({'sqlalchemy', 'eventsourcing', 'recourse.commands'} & set(sys.modules))"

    told = subprocess.run(
        [sys.executable, "-c", f"{loaded}; {names}"],
        cwd=tmp_path,
        env=ENVIRONMENT | {"PYTHONPATH": SOURCE},
        capture_output=True,
        check=True,
    )

    assert told.stdout.decode().splitlines()[-1] == "set()"
