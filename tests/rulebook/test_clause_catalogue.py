"""Can every rule that a refusal or an explanation cites be read aloud?"""

import re
import tomllib
from pathlib import Path

import pytest

from recourse.rulebook.book import built_in
from recourse.rulebook.keys import keys

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "src" / "recourse" / "rulebook" / "zzbs"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
CLAUSES = tomllib.loads((BOOK / "clauses.toml").read_text(encoding="utf-8"))
RULES_OF_ACTS = {
    "import_arrangement": ["ZA1"],
    "add_evidence": ["ZA42"],
    "propose_rulebook": ["ZA37"],
    "publish_rulebook": ["ZA37", "ZA33"],
    "withdraw_rulebook": ["ZA37"],
    "register_supplier": ["Z-4.3.1a", "ZA4"],
    "register_part": ["Z-3.2.1"],
    "acknowledge_rulebook": ["ZA10"],
    "agree_mailbox": ["ZA2", "Z-4.6.1a", "Z-4.3.2a"],
    "withdraw_mailbox": ["ZA2"],
    "send_message": ["ZA2", "Z-4.5.2d"],
    "receive_claim": ["Z-4.4.2"],
    "amend_claim": ["Z-4.4.2"],
    "assign_claim": ["Z-4.4.2"],
    "confirm_information": ["Z-4.4.2"],
    "confirm_cost": ["Z-4.4.2"],
    "attribute_claim": ["Z-4.4.2", "Z-4.4.1a", "ZA24"],
    "object_to_claim": ["Z-4.4.3a"],
    "verify_again": ["Z-4.4.3a"],
    "consult_on_claim": ["Z-4.4.3b"],
    "refer_to_group": ["Z-4.4.3c", "ZA14"],
    "record_group_ruling": ["Z-4.4.3d"],
    "correct_group_ruling": ["Z-4.4.3d"],
    "propose_handling": ["Z-4.1.3b", "Z-4.1.3a", "ZA29"],
    "approve_handling": ["Z-4.1.3b", "Z-4.1.3c", "ZA33"],
    "link_field_claim": ["Z-4.1.3c", "Z-4.4.2"],
    "dispute_field_claim": ["Z-4.1.3d", "ZA13"],
    "record_field_ruling": ["Z-4.1.3d", "ZA13", "ZA33"],
    "open_zero_km_job": ["Z-4.5.3a", "ZA22"],
    "request_spares": ["Z-4.7.1", "ZA30"],
    "issue_spares": ["Z-3.3.2", "Z-4.7.2", "ZA30"],
    "finish_zero_km_job": ["Z-4.5.3a", "Z-4.7.3", "ZA43"],
    "cancel_zero_km_job": ["Z-4.5.3a"],
    "open_legal_case": ["Z-4.6.2", "ZA34"],
    "join_legal_case": ["Z-4.6.2"],
    "link_legal_case": ["Z-4.6.2", "ZA34"],
    "close_legal_case": ["Z-4.6.2"],
    "receive_part": ["Z-3.1.3"],
    "count_parts": ["Z-4.2.2a", "ZA39"],
    "inspect_part": ["Z-3.1.5", "ZA44"],
    "confirm_part": ["Z-4.2.2b", "ZA31"],
    "confirm_part_online": ["Z-4.2.3"],
    "mark_not_returned": ["Z-4.2.1c", "ZA11", "ZA12"],
    "withdraw_not_returned": ["Z-4.2.1c", "ZA11", "ZA12"],
    "notify_clearance": ["Z-4.3.2a"],
    "record_notice_receipt": ["Z-4.3.2a", "ZA2"],
    "clear_parts": ["Z-4.3.2a", "ZA3"],
    "dispose_of_parts": ["Z-4.3.2b", "Z-4.3.1b", "ZA19"],
    "send_breakdown": ["Z-4.5.1a"],
    "sign_breakdown": ["Z-4.5.1b", "ZA35"],
    "appeal_breakdown": ["Z-4.5.1c"],
    "decide_breakdown_appeal": ["Z-4.5.1c"],
    "draft_chargeback": ["Z-4.5.2a"],
    "set_penalty": ["Z-4.5.3b", "ZA5", "ZA6"],
    "withdraw_penalty": ["Z-4.5.3b"],
    "waive_gate": ["ZA41"],
    "approve_chargeback": ["Z-4.5.2b", "ZA33"],
    "return_chargeback": ["Z-4.5.2b", "ZA33"],
    "issue_chargeback": ["Z-4.5.2c"],
    "record_delivery": ["Z-4.5.2d", "ZA2"],
    "record_receipt": ["Z-4.6.1a", "ZA2"],
    "correct_receipt": ["Z-4.6.1a", "ZA33"],
    "confirm_chargeback": ["Z-4.6.3a"],
    "appeal_chargeback": ["Z-4.6.1a"],
    "admit_late_appeal": ["ZA10"],
    "recheck_appeal": ["Z-4.6.1b", "Z-4.6.1c", "ZA33"],
    "request_arbitration": ["Z-4.6.1d"],
    "arbitrate_appeal": ["Z-4.6.1d", "ZA40"],
    "void_chargeback": ["Z-4.5.2b"],
    "agree_to_void": ["ZA33"],
    "choose_collection": ["ZA16", "Z-4.5.2c", "Z-4.5.2d"],
    "collect_chargeback": ["ZA17"],
    "refund_supplier": ["Z-4.6.1c"],
    "record_payable": ["Z-4.6.3a"],
    "pay_supplier": ["Z-4.6.3b"],
    "preview_month": ["Z-3.4.2"],
    "close_month": ["Z-3.4.2"],
    "approve_close": ["Z-3.4.2", "ZA33"],
    "return_close": ["Z-3.4.2", "ZA33"],
}
# Cited by refusals of single fields, by holds and by deadlines.
CITED_BESIDE = [
    "Z-4.5.3a",
    "Z-4.6.1",
    "ZA1",
    "ZA8",
    "ZA9",
    "ZA26",
    "ZA32",
    "ZA38",
    "ZA45",
]
OPEN_QUESTIONS = [f"ZA{number}" for number in range(1, 46)]


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize(("language", "longest"), [("zh", 60), ("en", 30)])
def test_every_clause_is_one_sentence_short_enough_to_be_read_aloud(clause, language, longest):
    sentence = CLAUSES[clause][language]

    length = len(sentence) if language == "zh" else len(sentence.split())

    assert 5 <= length <= longest
    assert sentence.endswith("。" if language == "zh" else ".")
    assert sentence == sentence.strip()


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_is_written_in_the_language_it_claims(clause):
    has_chinese = {
        language: any("\u4e00" <= sign <= "\u9fff" for sign in CLAUSES[clause][language])
        for language in ("zh", "en")
    }

    assert has_chinese == {"zh": True, "en": False}


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_chinese_sentence_has_chinese_punctuation(clause):
    assert re.findall("[,;:()?.]", CLAUSES[clause]["zh"]) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_clauses_share_a_sentence(language):
    sentences = [clause[language] for clause in CLAUSES.values()]

    assert len(set(sentences)) == len(sentences)


def test_a_clause_has_sentences_and_nothing_else():
    known = {"zh", "en"}

    surplus = {clause: set(entry) - known for clause, entry in CLAUSES.items()}

    assert {clause: keys for clause, keys in surplus.items() if keys} == {}


@pytest.mark.parametrize("act", RULES_OF_ACTS)
def test_every_rule_that_an_act_cites_is_known(act):
    assert set(RULES_OF_ACTS[act]) - set(CLAUSES) == set()


@pytest.mark.parametrize("clause", CITED_BESIDE)
def test_every_rule_that_is_cited_beside_the_acts_is_known(clause):
    assert clause in CLAUSES


@pytest.mark.parametrize("act", RULES_OF_ACTS)
def test_every_act_has_its_word_in_the_glossary(act):
    assert f"`{act}`" in GLOSSARY


def test_the_glossary_cites_only_known_clauses():
    cited = set(re.findall(r"\bZ-[0-9.]*[0-9][a-z]?|\bZA[0-9]+", GLOSSARY))

    assert cited and cited - set(CLAUSES) == set()


def test_every_question_the_document_leaves_open_is_known():
    assert [clause for clause in CLAUSES if clause.startswith("ZA")] == OPEN_QUESTIONS


def test_every_lettered_rule_has_the_clause_it_belongs_to():
    parents = {clause[:-1] for clause in CLAUSES if clause[-1].isalpha()}

    assert parents - set(CLAUSES) == set()


@pytest.mark.parametrize("file", sorted((BOOK / "rules").glob("*.toml")), ids=lambda it: it.stem)
def test_a_rule_is_found_in_the_file_of_its_key(file):
    assert tomllib.loads(file.read_text(encoding="utf-8"))["key"].replace(".", "_") == file.stem


@pytest.mark.parametrize("key", [key for key in keys().values() if key.choices], ids=str)
def test_the_first_choice_offered_is_the_one_the_book_began_with(key):
    assert next(iter(key.choices)) == built_in().rules[key.name].editions[0].value
