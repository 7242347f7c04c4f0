"""Which short story do the tests of the case player share?"""

import pytest

from recourse.adapters.cases import play
from recourse.adapters.storage import MemoryStore
from recourse.application import Recourse
from recourse.rulebook.calendar import published_calendar

HEAD = 'name = "One note"\nrules = ["Z-4.5.2a"]\nsettings = { "hold.scope" = "amount" }\n'
PEOPLE = """
[people]
engineer = "quality_engineer"
boss = ["quality_manager"]
cashier = "finance"
buyer = "purchasing"
"""
STORY = """
at = 2026-03-02, by = "buyer", do = "register_supplier", supplier = "S1", name = "甲供方", disposal = "takes_back"
at = 2026-03-02, by = "buyer", do = "register_part", part = "P1", name = "轴", supplier = "S1"
at = 2026-03-02, by = "cashier", do = "record_payable", supplier = "S1", document = "AP-1", amount = "900.00", due_on = 2026-03-31
at = 2026-03-02, by = "engineer", do = "receive_claim", claim = "C1", unit = "U1", part = "P1", stage = "after_sale", repaired_on = 2026-02-26, costs = { labour = "100.00" }
at = 2026-03-02, by = "engineer", do = "receive_part", tag = "T1", claim = "C1", listed = 2
at = 2026-03-02, by = "engineer", do = "count_parts", tag = "T1", counted = 1
at = 2026-03-02, by = "boss", do = "waive_gate", claim = "C1", gate = "counted", reason = "运输丢失"
at = 2026-03-02, by = "boss", do = "waive_gate", claim = "C1", gate = "inspected", reason = "无需检验"
at = 2026-03-02, by = "boss", do = "waive_gate", claim = "C1", gate = "supplier_answer", reason = "供方已电话确认"
at = 2026-03-02, by = "engineer", do = "confirm_information", claim = "C1"
at = 2026-03-02, by = "engineer", do = "confirm_cost", claim = "C1"
at = 2026-03-02, by = "engineer", do = "attribute_claim", claim = "C1", shares = { "supplier:S1" = "1" }
at = 2026-03-03, by = "engineer", do = "draft_chargeback", chargeback = "N1", supplier = "S1", month = "2026-03", claims = ["C1"]
at = 2026-03-03, by = "boss", do = "approve_chargeback", chargeback = "N1"
at = 2026-03-03, by = "cashier", do = "issue_chargeback", chargeback = "N1"
""".strip().splitlines()  # noqa: E501 - a step is a line, as in the case files


@pytest.fixture
def in_memory():
    """Makes an engine with nothing in it for a rulebook."""
    return lambda book: Recourse(MemoryStore("case"), book, published_calendar())


@pytest.fixture
def written(tmp_path):
    """Writes a case file of these steps, or of what is given whole."""

    def write(*steps: str, head: str = HEAD, people: str = PEOPLE, whole: bytes | None = None):
        path = tmp_path / "story.toml"
        listed = "".join(f"  {{ {step} }},\n" for step in steps)
        path.write_bytes(whole or f"{head}steps = [\n{listed}]\n{people}".encode())
        return path

    return write


@pytest.fixture
def differences(written, in_memory):
    """Plays the shared story followed by these steps; each difference in plain values."""

    def play_story(*steps: str, engine_for=in_memory):
        report = play(written(*STORY, *steps), engine_for=engine_for)
        return report.as_dict("en")["differences"]

    return play_story
