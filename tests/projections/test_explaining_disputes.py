"""Is a dispute with the centre told, with the doubts and with what was not looked at?"""

from datetime import date

import pytest

from recourse.application import Ask, Person
from recourse.commands import PUBLIC
from recourse.projections.histories import claim_history
from support.engine import fresh, nine
from support.explaining import explain
from support.story import FIRST, FOR_A_REASON, SECOND, do, play

OBJECTION = {"claim": "C1", "aspect": "finding"} | FOR_A_REASON
RULING = {"claim": "C1", "reference": "G-17", "ruled_on": SECOND}
REDUCED = RULING | {"ruling": "reduced", "accepted": {"labour": "100.00"}}


def until(step):
    """The claim of the story, attributed, and its dispute up to `step`."""
    site = play(fresh(), until="attribute_claim")
    road = (
        ("engineer", "object_to_claim", OBJECTION),
        ("centre", "verify_again", {"claim": "C1", "result": "stands"}),
        ("engineer", "consult_on_claim", {"claim": "C1", "result": "unresolved"}),
        ("centre", "refer_to_group", {"claim": "C1"}),
        ("colleague", "record_group_ruling", REDUCED),
    )
    for person, act, fields in road:
        do(site, SECOND, person, act, **fields)
        if act == step:
            return site
    raise LookupError(step)


def history(site):
    engine = site.engine
    return claim_history(engine.stream, engine.store.held, engine.book, "C1")


def changes(row):
    return {key: (row["before"][key], row["after"][key]) for key in row["after"]}


def test_every_step_of_a_dispute_tells_the_state_before_and_after():
    *_, returned, verified, failed, referred, ruled, divided = history(until("record_group_ruling"))

    assert [changes(row) for row in (returned, verified, failed, referred)] == [
        {"responsibility": ("confirmed", "objected"), "dispute": ("none", "returned")},
        {"dispute": ("returned", "verified")},
        {"dispute": ("verified", "unresolved")},
        {"dispute": ("unresolved", "referred")},
    ]
    assert changes(ruled) == {
        "responsibility": ("objected", "open"),
        "dispute": ("referred", "ruled"),
        "accepted": ("1000.00", "800.00"),
    }
    assert changes(divided) == {"bearers": ({"supplier:S1": "1000.00"}, {"supplier:S1": "800.00"})}


def test_a_withdrawal_tells_that_the_claim_is_closed():
    site = until("object_to_claim")
    do(site, SECOND, "centre", "verify_again", claim="C1", result="withdrawn")

    *_, withdrawn, divided = history(site)

    assert changes(withdrawn) == {
        "dispute": ("returned", "none"),
        "closed": (False, True),
        "accepted": ("1000.00", "0.00"),
    }
    assert changes(divided)["bearers"][1] == {}


def test_the_doubts_of_a_claim_are_told_with_its_arrival():
    built = {"built_on": date(2026, 6, 21), "mileage_km": 3}

    site = play(fresh(), until="receive_claim", receive_claim=built)
    site.begin(FIRST)

    received, returned = history(site)
    assert received["after"]["doubts"] == ["repaired_before_built"]
    assert returned["caused_by"] == "claim:C1@1"
    assert changes(returned)["dispute"] == ("none", "returned")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (
            "object_to_claim",
            (
                "退回用户服务中心重新核实，涉及鉴定结论；接收检查发现的疑点：—",
                (
                    "returned to the service centre to be verified again, about the finding; "
                    "doubts found on arrival: —"
                ),
            ),
        ),
        (
            "record_group_ruling",
            (
                (
                    "集团公司质量部于 2026-07-02 裁定（文号 G-17）：减少；"
                    "确认金额：工时费 100.00 元、材料费 700.00 元；裁定为最终结论"
                ),
                (
                    "the group quality department ruled on 2026-07-02 (reference G-17): reduced; "
                    "accepted: labour 100.00 yuan, material 700.00 yuan; this is final"
                ),
            ),
        ),
    ],
)
def test_a_step_is_told_in_both_languages(step, said):
    rows = [row for row in history(until(step)) if not row["event"].endswith("divided")]

    assert (rows[-1]["zh"], rows[-1]["en"]) == said


def test_the_explanation_of_a_claim_cites_the_rules_of_its_dispute():
    explained = explain(until("record_group_ruling"), "C1")

    assert {"Z-4.4.3a", "Z-4.4.3b", "Z-4.4.3c", "Z-4.4.3d", "ZA14"} <= set(explained.clauses)
    assert explained.amount == 80_000


def test_an_amount_left_by_the_ruling_is_explained_by_it():
    explained = explain(until("record_group_ruling"), "C1/labour")

    assert explained.amount == 10_000
    assert "Z-4.4.3d" in explained.clauses


def checks(site, language):
    (said,) = [
        step["text"]
        for step in explain(site, "C1").as_dict(language)["steps"]
        if step["clauses"] == ["ZA20", "ZA21"]
    ]
    return said


def test_the_explanation_names_doubts_what_was_not_checked_and_what_was_agreed():
    site = play(fresh(), until="register_part")
    march = {"part": "P1", "since": date(2026, 3, 1)}
    do(site, FIRST, "boss", "agree_standard", **march, costs={"labour": "299.99"})
    do(site, FIRST, "boss", "agree_terms", **march, months=1)
    sold = {"stage": "after_sale", "sold_on": date(2026, 5, 1)}
    fields = {"claim": "C1", "unit": "U1", "part": "P1", "repaired_on": date(2026, 6, 20)}
    do(site, FIRST, "engineer", "receive_claim", **fields, **sold, costs={"labour": "300.00"})

    assert checks(site, "zh") == (
        "接收检查：疑点 费用高于约定标准、超出三包期；因缺少资料未检查 维修与生产的先后、里程；"
        "适用的约定 约定的费用标准（part:P1@2）、三包期（part:P1@3）"
    )
    assert checks(site, "en") == (
        "checks on arrival: doubts cost above the agreed standard, outside the warranty terms; "
        "not checked for lack of data: repair after build, mileage; "
        "agreements applied: the agreed standard (part:P1@2), the warranty terms (part:P1@3)"
    )


def test_a_duplicate_rests_on_what_came_before_it_and_not_on_what_came_after():
    site = play(fresh(), until="receive_claim")
    for claim, unit in (("C2", "U1"), ("C3", "U9"), ("C4", "U1")):
        fields = {"claim": claim, "unit": unit, "repaired_on": date(2026, 6, 20)}
        fields |= {"part": "P1", "stage": "zero_km", "costs": {"labour": "1.00"}}
        do(site, FIRST, "engineer", "receive_claim", **fields)

    assert explain(site, "C1").inputs == ["C1"]
    assert explain(site, "C2").inputs == ["C2", "C1"]


def test_a_refusal_says_how_the_dispute_stands_in_words():
    site = play(fresh(), until="attribute_claim")
    fields = {"claim": "C1", "result": "accepted"}
    by = Person("engineer", frozenset({"quality_engineer"}))
    command = PUBLIC["consult_on_claim"].model_validate(fields)
    site.engine.perform([Ask(command, by, nine(SECOND), "too-early")])

    told = explain(site, "too-early")

    assert "「没有争议」" in told.as_text("zh") and "「已再次核实」" in told.as_text("zh")
    assert '"none"' in told.as_text("en") and '"verified again"' in told.as_text("en")
