"""How do the tests type commands, each in a folder of its own?"""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recourse.adapters.cli.main import main

PEOPLE = """
[people]
engineer = "quality_engineer"
boss = "quality_manager"
cashier = "finance"
checker = "finance_checker"
buyer = "purchasing"
seller = "supplier:S1"
all_hands = ["quality_engineer", "purchasing"]
"""

MONTH = """
steps = [
  { at = 2026-03-02, by = "buyer", do = "register_supplier", supplier = "S1", name = "甲供方", disposal = "takes_back" },
  { at = 2026-03-02, by = "buyer", do = "register_part", part = "P1", name = "油封", supplier = "S1" },
  { at = 2026-03-02, by = "cashier", do = "record_payable", supplier = "S1", document = "AP-1", amount = "5000.00", due_on = 2026-03-31 },
  { at = 2026-03-02, by = "engineer", do = "receive_claim", claim = "C1", unit = "U1", part = "P1", stage = "zero_km", repaired_on = 2026-02-26, quantity = 0, costs = { labour = "180.00", material = "950.00" } },
  { at = 2026-03-02, by = "engineer", do = "receive_claim", claim = "C2", unit = "U2", part = "P1", stage = "after_sale", repaired_on = 2026-02-26, quantity = 0, costs = { labour = "100.00" } },
  { at = 2026-03-02, by = "engineer", do = "receive_claim", claim = "C3", unit = "U3", part = "P1", stage = "after_sale", repaired_on = 2026-02-26, quantity = 0, costs = { labour = "50.00" } },
  { at = 2026-03-03, by = "engineer", do = "confirm_information", claim = "C1" },
  { at = 2026-03-03, by = "engineer", do = "confirm_information", claim = "C2" },
  { at = 2026-03-03, by = "engineer", do = "confirm_information", claim = "C3" },
  { at = 2026-03-03, by = "engineer", do = "confirm_cost", claim = "C1" },
  { at = 2026-03-03, by = "engineer", do = "confirm_cost", claim = "C2" },
  { at = 2026-03-03, by = "engineer", do = "confirm_cost", claim = "C3" },
  { at = 2026-03-04, by = "engineer", do = "attribute_claim", claim = "C1", shares = { "supplier:S1" = "1" } },
  { at = 2026-03-04, by = "engineer", do = "attribute_claim", claim = "C2", shares = { "supplier:S1" = "1" } },
  { at = 2026-03-04, by = "engineer", do = "attribute_claim", claim = "C3", shares = { "supplier:S1" = "1" } },
  { at = 2026-03-04, by = "engineer", do = "set_penalty", claim = "C1", supplier = "S1", severity = "ordinary", amount = "600.00", reason = "停线" },
  { at = 2026-03-05, by = "engineer", do = "draft_chargeback", chargeback = "N1", supplier = "S1", month = "2026-03", claims = ["C1"] },
  { at = 2026-03-05, by = "engineer", do = "draft_chargeback", chargeback = "N2", supplier = "S1", month = "2026-03", claims = ["C2"] },
  { at = 2026-03-05, by = "engineer", do = "draft_chargeback", chargeback = "N3", supplier = "S1", month = "2026-04", claims = ["C3"] },
  { at = 2026-03-05, by = "boss", do = "approve_chargeback", chargeback = "N1" },
  { at = 2026-03-05, by = "boss", do = "approve_chargeback", chargeback = "N2" },
  { at = 2026-03-06, by = "cashier", do = "issue_chargeback", chargeback = "N1" },
  { at = 2026-03-09, by = "buyer", do = "record_receipt", chargeback = "N1", received_on = 2026-03-09, proof = "签收单" },
]
"""  # noqa: E501 - one step a line


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document that is all of stdout."""
        return json.loads(self.out)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working folder, with no settings from the surroundings."""
    for name in [name for name in os.environ if name.startswith("RECOURSE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here, capsys):
    """Types a command in the working folder."""

    def typed(*words: str) -> Ended:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Ended(code, *capsys.readouterr())

    return typed


@pytest.fixture
def people(here):
    """The working folder with a file of settings that names people."""
    here.joinpath("recourse.toml").write_text(PEOPLE, encoding="utf-8")
    return here


@pytest.fixture(scope="session")
def kept_month(tmp_path_factory):
    """A store after nine days of March with one chargeback received, made once."""
    folder = tmp_path_factory.mktemp("month")
    folder.joinpath("recourse.toml").write_text(PEOPLE, encoding="utf-8")
    folder.joinpath("steps.toml").write_text(MONTH, encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert main(["init"]) == 0
        assert main(["do", "--file", "steps.toml"]) == 0
    finally:
        os.chdir(before)
    return folder / "recourse.db"


@pytest.fixture
def month(people, kept_month):
    """The working folder with that store."""
    shutil.copy(kept_month, people / "recourse.db")
    return people


@pytest.fixture
def ask(run):
    """Types a command with --format json; the document it wrote."""

    def asked(*words: str) -> Any:
        return run("--format", "json", *words).document

    return asked
