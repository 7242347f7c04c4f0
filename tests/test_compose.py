"""Does compose.yaml say what recourse, its database and its broker understand?

No container runs here: this reads the file and holds it against the settings that there are.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from recourse.adapters.cli.known import KNOWN
from recourse.adapters.cli.root import make_app
from recourse.adapters.kafka.access import BOOTSTRAP, SECRETS
from recourse.adapters.storage.addresses import PostgresAddress, address_of

ROOT = Path(__file__).parents[1]
NODE = ROOT / "tests" / "contracts" / "asyncapi"
READ = """
const yaml = require("js-yaml");
console.log(JSON.stringify(yaml.load(require("fs").readFileSync(process.argv[1], "utf8"))));
"""
VERSION = re.compile(r":\d+\.\d+(\.\d+)?$")


@pytest.fixture(scope="module")
def compose():
    """The document, read by the YAML parser that came with the one for AsyncAPI."""
    if not (NODE / "node_modules" / "ready").exists() or shutil.which("node") is None:
        reason = "no reader of YAML is installed: it needs node and npm, then `make test`"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    asked = ["node", "-e", READ, str(ROOT / "compose.yaml")]
    told = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=NODE)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def of_ours(compose):
    """The services that run recourse."""
    return {name: each for name, each in compose["services"].items() if "build" in each}


def test_every_service_is_built_here_or_has_a_pinned_image(compose):
    for name, service in compose["services"].items():
        assert "build" in service or VERSION.search(service["image"]), name


def test_every_service_waits_for_services_that_there_are_and_tell_when_they_are_ready(compose):
    services = compose["services"]
    for service in services.values():
        for name, how in service.get("depends_on", {}).items():
            healthy = how["condition"] == "service_healthy"
            assert ("healthcheck" in services[name]) == healthy
            assert healthy or "restart" not in services[name]


def test_every_volume_and_file_that_is_named_is_there(compose):
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in compose["volumes"]
        for config in service.get("configs", []):
            assert config["source"] in compose["configs"]


def test_every_setting_of_ours_is_one_that_is_read(compose):
    known = {each.variable for each in KNOWN.values()} | {BOOTSTRAP, *SECRETS}

    named = {name for each in of_ours(compose).values() for name in each["environment"]}

    assert named and named <= known


def test_the_stores_are_addresses_of_one_database_for_two_roles(compose):
    stores = {each["environment"]["RECOURSE_STORE"] for each in of_ours(compose).values()
              if "RECOURSE_STORE" in each["environment"]}  # fmt: skip
    written = [re.sub(r"\$\{[^}]*\}", "s3cret", each) for each in sorted(stores)]
    addresses = [address_of(each) for each in written]

    assert all(isinstance(each, PostgresAddress) for each in addresses)
    assert [each.shown.partition("@")[0] for each in addresses] == [
        "postgresql://app",
        "postgresql://owner",
    ]


def test_every_command_that_a_service_runs_can_be_typed(compose):
    commands = {
        name: each["command"] for name, each in of_ours(compose).items() if "command" in each
    }
    known = get_command(make_app())
    for words in commands.values():
        at = known
        for word in words:
            if word.startswith("-"):
                assert any(word in option.opts for option in at.params)
            elif hasattr(at, "commands"):
                at = at.commands[word]


def test_a_password_stands_in_no_file(compose):
    secrets = [line for line in (ROOT / "compose.yaml").read_text("utf-8").splitlines()
               if re.search(r"PASSWORD[: ]", line) and not line.startswith("#")]  # fmt: skip

    assert secrets and all(re.search(r"\$\{(OWNER|APP)_PASSWORD:\?", line) for line in secrets)


def test_the_broker_is_the_one_that_the_tests_talk_to(compose):
    pom = (ROOT / "tests" / "support" / "kafka" / "pom.xml").read_text("utf-8")

    version = compose["services"]["kafka"]["image"].rpartition(":")[2]

    assert f"<artifactId>kafka_2.13</artifactId>\n      <version>{version}</version>" in pom
