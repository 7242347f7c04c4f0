"""Does every event have its sentence, and every value its word, in both languages?"""

import re
from decimal import Decimal
from string import Formatter
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from recourse.aggregates.base import DomainEvent
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.claim.doubts import Doubt
from recourse.aggregates.claim.gates import WAIVABLE
from recourse.aggregates.hold import HoldRule, reason
from recourse.aggregates.part import Part
from recourse.aggregates.returned_part import Place
from recourse.commands import HANDLERS
from recourse.commands.drafts import PROOFS
from recourse.commands.referrals import OVERCHARGED
from recourse.contracts import EVENTS
from recourse.projections import telling
from recourse.projections.telling import sentences, tell
from recourse.rulebook.keys import keys
from recourse.values import words
from recourse.values.money import COMPONENTS
from recourse.values.parties import PLAIN_BEARERS, Text
from recourse.values.words import joined, word
from support.examples import (
    LABOUR,
    MATERIAL,
    MONDAY,
    S1,
    appealed,
    approved,
    attributed,
    case_opened,
    collected,
    cost_confirmed,
    cost_lowered,
    disposed,
    divided,
    drafted,
    group_ruled,
    happened,
    job_finished,
    month_closed,
    month_previewed,
    payable,
    penalty_set,
    rechecked,
    ruled,
    shares,
    spares_requested,
)
from support.toml_tables import tables

CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORDS = tables(words, "words.toml")
TOPICS = {event.TOPIC: event for event in EVENTS.values()}


def named_in(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def literals(annotation):
    """Every text that a field of that type can have, however deep it is."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for field in annotation.model_fields.values():
            yield from literals(field.annotation)
    else:
        for inner in get_args(annotation):
            yield from literals(inner)


SAID = {value for model in (*EVENTS.values(), *HANDLERS) for value in literals(model)}


def test_every_event_has_its_sentence_and_no_sentence_is_left_over():
    assert sorted(sentences()) == sorted(TOPICS)


@pytest.mark.parametrize("topic", sentences())
def test_a_sentence_names_fields_of_its_event_only(topic):
    own = set(TOPICS[topic].model_fields) - set(DomainEvent.model_fields)

    assert named_in(sentences()[topic].zh) | named_in(sentences()[topic].en) <= own


@pytest.mark.parametrize("topic", sentences())
def test_both_languages_say_the_same_of_an_event(topic):
    assert named_in(sentences()[topic].zh) == named_in(sentences()[topic].en)


@pytest.mark.parametrize("topic", sentences())
def test_a_sentence_is_written_in_its_own_language(topic):
    said = sentences()[topic]

    assert CHINESE.search(said.zh) and said.en.isascii()


def test_no_sentence_is_said_of_two_events():
    assert len({said.zh for said in sentences().values()}) == len(sentences())
    assert len({said.en for said in sentences().values()}) == len(sentences())


def test_every_sentence_has_both_languages_and_nothing_else():
    told = tables(telling, "telling.toml")

    assert {frozenset(said) for said in told.values()} == {frozenset({"zh", "en"})}


@pytest.mark.parametrize("value", WORDS)
def test_every_word_is_a_word_in_both_languages(value):
    assert set(WORDS[value]) == {"zh", "en"}
    assert CHINESE.search(WORDS[value]["zh"]) and WORDS[value]["en"].isascii()


def test_values_of_events_and_commands_are_found_however_deep():
    assert {"zero_km", "part_defect", "serious", "upheld", "deduction", "takes_back"} <= SAID


@pytest.mark.parametrize("value", sorted(SAID))
def test_every_value_of_an_event_or_a_command_has_its_word(value):
    assert value in WORDS


@pytest.mark.parametrize(
    "value",
    [
        *COMPONENTS,
        "penalty",
        *PLAIN_BEARERS,
        *WAIVABLE,
        *("information", "cost", "responsibility", "upstream_dispute", "returned"),
        *("drafted", "approved", "issued", "received", "void"),
        *("none", "appealed", "rechecked", "confirmed", "deemed", "lapsed", "decided"),
        *get_args(Place),
        *PROOFS,
        OVERCHARGED,
        *keys()["hold.scope"].choices,
        *keys()["days.kind"].choices,
        *keys()["days.rest_day"].choices,
    ],
)
def test_every_component_gate_stage_answer_and_choice_has_its_word(value):
    assert value in WORDS


@pytest.mark.parametrize("doubt", get_args(Doubt))
def test_every_doubt_has_its_word_and_so_has_the_check_that_was_not_made(doubt):
    assert doubt in WORDS and f"check.{doubt}" in WORDS


@pytest.mark.parametrize(
    ("value", "of", "said"),
    [
        ("returned", "dispute", "已退回，待核实"),
        ("returned", "needs", "已退回，待核实"),
        ("returned", "", "旧件按规定返回"),
        ("none", "dispute", "没有争议"),
        ("none", "", "尚无答复"),
        ("finding", "aspect", "鉴定结论"),
        ("refused", "ruling", "不予认可"),
        ("refused", "answer", "不同意"),
    ],
)
def test_a_word_is_said_otherwise_of_one_thing_than_of_others(value, of, said):
    assert word(value, of=of).zh == said


@pytest.mark.parametrize("answer", ["none", "lapsed", "appealed", "rechecked"])
def test_every_reason_of_a_hold_has_its_word(answer):
    note = Chargeback("N1", [])
    note.stage, note.answer, note.amounts = "issued", answer, {"C1/labour": 1}

    assert reason(note, HoldRule("all", appealed=True)) in WORDS


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            payable(),
            "payable 500.00 yuan recorded, document AP-1, due on 2026-03-31",
        ),
        (cost_confirmed(), "accepted: labour 100.00 yuan, material 200.01 yuan"),
        (
            divided(),
            "borne by: labour (supplier S1 100.00 yuan), material (supplier S1 200.01 yuan)",
        ),
        (divided(bearing={}), "the accepted cost is borne by: —"),
        (
            attributed(shares=shares(S1="0.7", service="0.3")),
            "responsibility: supplier S1 0.7, the service side 0.3",
        ),
        (
            approved(lines=(LABOUR, MATERIAL)),
            "chargeback approved: C1/labour 100.00 yuan, C1/material 200.01 yuan",
        ),
        (
            rechecked(),
            (
                "recheck: reduced to C1/material 50.00 yuan; "
                "cost the supplier no longer bears falls on the service side"
            ),
        ),
        (appealed(), "the supplier appeals against C1/material (late: no)"),
        (
            drafted(claims=("C1", "C2")),
            "on supplier S1 drafted for claims C1, C2; disposed parts: —",
        ),
        (drafted(claims=(), parts=("T1", "T2")), "for claims —; disposed parts: T1, T2"),
        (
            disposed(),
            (
                "disposed of by the Company for 35.50 yuan, at the cost of supplier S1 "
                "(clearance notice L1; evidence let go by an override: no)"
            ),
        ),
        (
            disposed(notice=None, overridden=True),
            "(clearance notice —; evidence let go by an override: yes)",
        ),
        (collected(amount=5), "0.05 yuan collected by invoice"),
        (spares_requested(), "requests spares: P1 x 2, P2 x 1"),
        (
            job_finished(),
            "parts replaced: 1, cost: labour 100.00 yuan, material 200.01 yuan, as claim J1",
        ),
        (
            ruled(),
            "the group's final ruling of 2026-03-09 (G-2026-1): the claim is not justified",
        ),
        (case_opened(notes=()), "综合管理部, 财务部 join; claims: C1, chargebacks: —"),
        (penalty_set(), "zero-km penalty set: S1 1000.00 yuan, severity: serious"),
        (
            cost_lowered(),
            "supplier S1 bears at most 50.00 yuan of material; the rest falls on the service side",
        ),
        (
            month_closed(),
            (
                "closed: 2026-03, opening 0.00 + charged 1300.01 + credited 0.00 - collected "
                "300.01 = closing 1000.00 yuan; held 500.00 yuan"
            ),
        ),
    ],
    ids=lambda value: getattr(value, "TOPIC", None),
)
def test_an_event_is_told_in_english_with_its_values(event, said):
    assert tell(event).en.endswith(said)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (payable(), "登记应付货款 500.00 元，单据 AP-1，2026-03-31 到期"),
        (divided(bearing={"labour": {S1: 7}}), "工时费（供方 S1 0.07 元）"),
        (attributed(shares=shares(S1="0.7", service="0.3")), "供方 S1 0.7、服务方 0.3"),
        (rechecked(), "减为 C1/material 50.00 元，供方不再承担的费用由 服务方 承担"),
        (appealed(), "（逾期：否）"),
        (spares_requested(), "质量部申请备件：P1 × 2、P2 × 1"),
        (ruled(), "作出最终裁定（G-2026-1）：索赔不成立"),
        (happened(Part.TermsAgreed, since=MONDAY, months=24), "期限（月）24，里程（公里）—"),
        (group_ruled(ruling="refused", accepted={}), "不予认可；确认金额：—；裁定为最终结论"),
        (collected(amount=5), "以开票方式收款 0.05 元"),
        (
            month_previewed(),
            (
                "查看月度结算：2026-03，期初 0.00 元 + 索赔 1300.01 元 + 贷记 0.00 元"
                " - 收款 300.01 元 = 期末 1000.00 元；停付 500.00 元"
            ),
        ),
    ],
    ids=lambda value: getattr(value, "TOPIC", None),
)
def test_an_event_is_told_in_chinese_with_its_values(event, said):
    assert tell(event).zh.endswith(said)


def test_a_penalty_that_was_withdrawn_is_told_without_whose_it_was():
    withdrawn = penalty_set()
    event = Claim.PenaltyWithdrawn(
        **{name: getattr(withdrawn, name) for name in DomainEvent.model_fields},
        suppliers=("S1",),
    )

    assert tell(event) == Text("撤销质量考核", "the penalty is withdrawn")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("zero_km", Text("零公里", "zero-km")),
        ("supplier:S1", Text("供方 S1", "supplier S1")),
        ("department:装配", Text("部门 装配", "department 装配")),
        ("supplier:", Text("supplier:", "supplier:")),
        ("C1", Text("C1", "C1")),
        (Decimal("0.7"), Text("0.7", "0.7")),
    ],
)
def test_a_value_without_a_word_is_told_as_it_is(value, said):
    assert word(value) == said


def test_several_are_told_one_after_the_other():
    assert joined([word("labour"), word("travel")]) == Text("工时费、差旅费", "labour, travel")
    assert joined([]) == Text("—", "—")
