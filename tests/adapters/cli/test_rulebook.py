"""How is a rulebook checked, read, compared, tried out, and put to use?"""

import re

import pytest

from recourse.rulebook.book import built_in
from recourse.rulebook.keys import keys
from support.books import good_texts, in_one_file, put

TEXTS = good_texts()
DAYS = "rules/appeal_days.toml"
WITHOUT_CHARGES = {file: it for file, it in TEXTS.items() if not file.startswith("rules/charge.")}
CASE = """\
name = "Seven days to appeal"
rules = ["Z-4.6.1a"]
steps = [
  { at = 2026-03-02, by = "buyer", do = "register_supplier", supplier = "S1", name = "甲供方", disposal = "takes_back" },
  { at = 2026-03-02, by = "buyer", do = "register_part", part = "P1", name = "油封", supplier = "S1" },
  { at = 2026-03-02, by = "engineer", do = "receive_claim", claim = "C1", unit = "U1", part = "P1", stage = "zero_km", repaired_on = 2026-02-26, quantity = 0, costs = { labour = "180.00" } },
  { at = 2026-03-02, by = "engineer", do = "confirm_information", claim = "C1" },
  { at = 2026-03-02, by = "engineer", do = "confirm_cost", claim = "C1" },
  { at = 2026-03-02, by = "engineer", do = "attribute_claim", claim = "C1", shares = { "supplier:S1" = "1" } },
  { at = 2026-03-03, by = "engineer", do = "draft_chargeback", chargeback = "N1", supplier = "S1", month = "2026-03" },
  { at = 2026-03-03, by = "boss", do = "approve_chargeback", chargeback = "N1" },
  { at = 2026-03-03, by = "cashier", do = "issue_chargeback", chargeback = "N1" },
  { at = 2026-03-03, by = "buyer", do = "record_receipt", chargeback = "N1", received_on = 2026-03-03, proof = "签收单" },
  { at = 2026-03-03, expect = "chargeback", chargeback = "N1", last_day = 2026-03-10 },
]

[people]
engineer = "quality_engineer"
boss = "quality_manager"
cashier = "finance"
buyer = "purchasing"
"""  # noqa: E501 - one step a line


def days(number, texts=TEXTS):
    """The book with another number of days to appeal."""
    return texts | {DAYS: TEXTS[DAYS].replace("value = 5", f"value = {number}")}


@pytest.fixture
def plant(here):
    """A book of the plant's own in the working folder, with seven days to appeal."""
    return put(days(7), here / "plant")


@pytest.fixture
def broken(here):
    """A book with two mistakes."""
    texts = days(-1)
    labour = "rules/charge.labour.toml"
    return put(texts | {labour: TEXTS[labour].replace('"80.00"', "80.00")}, here / "broken")


@pytest.fixture
def own_case(here):
    """A book that passes cost on as it is, with a case of its own."""
    cases = put(days(7, WITHOUT_CHARGES), here / "plant") / "cases"
    cases.mkdir()
    case = cases / "seven.toml"
    case.write_text(CASE, encoding="utf-8")
    return case


# check


def test_a_right_book_is_named_with_its_edition_and_how_much_it_says(plant, ask):
    told = ask("rulebook", "check", "plant")

    assert {name: told[name] for name in ("ok", "id", "rules", "clauses")} == {
        "ok": True,
        "id": "zzbs",
        "rules": len([file for file in TEXTS if file.startswith("rules/")]),
        "clauses": len(built_in().clauses),
    }
    assert re.fullmatch(r"zzbs:[0-9a-f]{12}", told["edition"])
    assert told["mistakes"] == []


def test_the_book_in_use_is_checked_where_none_is_named(here, run):
    told = run("rulebook", "check")

    assert told.code == 0
    assert "三包索赔及质量损失追偿管理办法" in told.out


def test_every_mistake_is_listed_with_file_key_value_why_and_remedy(broken, run):
    told = run("--format", "json", "rulebook", "check", "broken")

    assert (told.code, told.document["ok"]) == (2, False)
    assert [(it["file"], it["key"], it["value"]) for it in told.document["mistakes"]] == [
        ("rules/appeal_days.toml", "editions[1].value", "-1"),
        ("rules/charge.labour.toml", "editions[1].rows[2].rate", "80.0"),
    ]
    assert all(it["why"] and it["remedy"] for it in told.document["mistakes"])


@pytest.mark.parametrize(
    ("language", "why"), [("zh", "不能小于零"), ("en", "cannot be below nothing")]
)
def test_mistakes_are_a_table_in_the_chosen_language(broken, run, language, why):
    told = run("--lang", language, "rulebook", "check", "broken")

    assert told.code == 2
    assert why in told.out
    assert len(told.out.strip().splitlines()) == 3


def test_a_place_that_is_not_there_is_not_found(here, run):
    told = run("rulebook", "check", "nowhere")

    assert told.code == 3
    assert "nowhere" in told.err


@pytest.mark.parametrize("name", ["empty", "photos", "photo.jpg"])
def test_what_is_no_book_at_all_is_malformed(here, run, name):
    here.joinpath("empty").mkdir()
    here.joinpath("photos").mkdir()
    here.joinpath("photos", "photo.jpg").write_bytes(b"\xff\xd8\xff")
    here.joinpath("photo.jpg").write_bytes(b"\xff\xd8\xff")

    told = run("--format", "json", "rulebook", "check", name)

    assert told.code == 2
    assert len(told.document["mistakes"]) == 1


def test_a_link_to_nothing_does_not_belong_to_a_book(plant, ask):
    plant.joinpath("more.toml").symlink_to("nowhere.toml")

    assert [it["code"] for it in ask("rulebook", "check", "plant")["mistakes"]] == ["stray-file"]


# show


def test_a_rule_is_told_in_words_with_its_clause_and_source(here, run):
    told = run("--lang", "en", "rulebook", "show", "--key", "hold.scope")

    assert "everything payable to the supplier" in told.out
    assert "from 2008-01-01 to 2025-05-31" in told.out
    assert "from 2025-06-01 on" in told.out
    assert "by ZA8: " in told.out
    assert "国务院令第802号" in told.out
    assert "edition chosen by the day of the decision" in told.out


def test_only_what_governs_a_day_is_told(here, ask):
    told = ask("rulebook", "show", "--key", "hold.scope", "--on", "2025-05-31")

    (rule,) = told["rules"]
    assert [(it["since"], it["until"], it["value"]) for it in rule["editions"]] == [
        ("2008-01-01", "2025-05-31", "all")
    ]


def test_a_table_is_told_row_by_row(plant, run):
    told = run("rulebook", "show", "plant", "--key", "charge.labour").out

    assert "    供方 S1、零件类别 gearbox、阶段 零公里：单价 90.00 元\n" in told
    assert "    任何情形：单价 60.00 元\n" in told


def test_a_row_is_told_to_programs_as_it_is_written(plant, ask):
    (rule,) = ask("rulebook", "show", "plant", "--key", "charge.shares")["rules"]

    assert rule["editions"][0]["rows"] == [
        {"supplier": "S1", "share": "0.60", "cap": "5000.00", "floor": "10.00"},
        {"share": "1"},
    ]


def test_an_amount_is_told_to_programs_in_yuan(here, ask):
    (rule,) = ask("rulebook", "show", "--key", "penalty.maximum")["rules"]

    assert rule["editions"][0]["value"] == "2000.00"


def test_keys_that_the_book_does_not_answer_are_not_set(here, run, ask):
    assert "charge.labour" in {it["key"] for it in ask("rulebook", "show")["not_set"]}
    assert "未规定" in run("rulebook", "show", "--key", "charge.labour").out


@pytest.mark.parametrize("day", ["2007-12-31", "0001-01-01"])
def test_before_the_book_nothing_is_set(here, ask, day):
    told = ask("rulebook", "show", "--on", day)

    assert told["rules"] == []
    assert {it["key"] for it in told["not_set"]} == set(keys())


@pytest.mark.parametrize("words", ["--key hold.scop", "--on 2026-13-01", "--on never"])
def test_a_key_or_day_that_there_is_not_is_told(here, run, words):
    told = run("rulebook", "show", *words.split())

    assert told.code == 2
    assert words.split()[0] in told.err


def test_the_book_in_use_is_shown_with_the_settings_chosen_differently(here, ask):
    here.joinpath("recourse.toml").write_text('[settings]\n"hold.scope" = "all"\n', "utf-8")

    (rule,) = ask("rulebook", "show", "--key", "hold.scope")["rules"]

    assert [(it["since"], it["value"]) for it in rule["editions"]] == [(None, "all")]


# diff


def test_nothing_differs_between_a_book_and_itself(plant, run, ask):
    assert run("--lang", "en", "rulebook", "diff", "plant", "plant").out == "Nothing differs.\n"
    assert ask("rulebook", "diff", "plant", "plant")["first_change"] is None


def test_a_book_with_other_comments_says_the_same(here, plant, run):
    text = f"# seven days, as agreed\n{days(7)[DAYS]}"
    put(days(7) | {DAYS: text}, here / "commented")

    told = run("--lang", "en", "rulebook", "diff", "plant", "commented")

    assert told.out == "Both say the same, with other comments or layout.\n"


def test_a_difference_is_told_in_words_with_its_days(here, plant, run, ask):
    put(TEXTS, here / "before")

    told = run("rulebook", "diff", "before", "plant")

    assert told.code == 0
    assert "自 2008-01-01 起，由“5 天”改为“7 天”。" in told.out
    document = ask("rulebook", "diff", "before", "plant")
    assert document["first_change"] == "2008-01-01"
    (found,) = document["differences"]
    assert (found["about"], found["before"], found["after"]) == ("appeal.days", "5 天", "7 天")


@pytest.mark.parametrize(("words", "code"), [("zzbs nowhere", 3), ("broken zzbs", 2), ("zzbs", 2)])
def test_a_book_that_cannot_be_compared_is_told(broken, run, words, code):
    assert run("rulebook", "diff", *words.split()).code == code


# test


def test_the_cases_of_a_book_are_played_on_that_book(own_case, run):
    told = run("rulebook", "test", "plant")

    assert told.code == 0, told.out
    assert "Seven days to appeal" in told.out


def test_a_case_that_stands_in_a_book_is_played_on_it_by_itself_too(own_case, run):
    assert run("case", own_case).code == 0


def test_a_case_that_differs_from_its_book_is_a_finding(own_case, here, run):
    put(days(5, WITHOUT_CHARGES), here / "plant")

    told = run("rulebook", "test", "plant")

    assert told.code == 6
    assert "last_day" in told.out


def test_a_case_may_name_another_book_beside_it(own_case, here, run):
    put(days(5, WITHOUT_CHARGES), here / "plant")
    put(days(7, WITHOUT_CHARGES), here / "other")
    own_case.write_text(f'rulebook = "../../other"\n{CASE}', encoding="utf-8")

    assert run("rulebook", "test", "plant").code == 0


def test_a_book_without_cases_is_not_said_to_have_passed(plant, run):
    told = run("rulebook", "test", "plant")

    assert told.code == 3
    assert "没有案例文件" in told.err


def test_a_broken_book_is_not_tried_out(broken, run):
    told = run("--format", "json", "rulebook", "test", "broken")

    assert (told.code, told.document["code"]) == (2, "malformed-rulebook")
    assert len(told.document["mistakes"]) == 2


def test_the_built_in_book_has_cases_of_its_own(here, run):
    told = run("--lang", "en", "rulebook", "test", "--rule", "Z-4.5.3b")

    assert told.code == 0
    assert "as expected" in told.out


# in use


@pytest.fixture
def in_use(month):
    """Puts a book to use in the working folder, which has a store."""

    def put_to_use(name):
        toml = month / "recourse.toml"
        toml.write_text(f'rulebook = "{name}"\n{toml.read_text("utf-8")}', "utf-8")

    return put_to_use


def test_the_book_that_the_file_names_decides(month, in_use, run, ask):
    put(days(7), month / "plant")
    in_use("plant")

    assert ask("rulebook", "check")["place"] == "plant"
    for act in (
        "issue_chargeback chargeback=N2",
        "record_receipt chargeback=N2 received_on=2026-03-09 proof=x",
    ):
        user = "cashier" if act.startswith("issue") else "buyer"
        asked = ("--recorded-at", "2026-03-09", "--as", user, "do", *act.split())
        assert run(*asked).code == 0
    assert ask("chargeback", "show", "N2")["last_day"] == "2026-03-16"


def test_a_book_may_be_one_file(month, in_use, ask):
    month.joinpath("plant.toml").write_text(in_one_file(days(7)), encoding="utf-8")
    in_use("plant.toml")

    (rule,) = ask("rulebook", "show", "--key", "appeal.days")["rules"]

    assert rule["editions"][0]["value"] == 7


def test_the_environment_comes_before_the_file(month, in_use, ask, monkeypatch):
    put(days(7), month / "plant")
    put(days(9), month / "other")
    in_use("plant")
    monkeypatch.setenv("RECOURSE_RULEBOOK", "other")

    (rule,) = ask("rulebook", "show", "--key", "appeal.days")["rules"]

    assert rule["editions"][0]["value"] == 9


def test_a_broken_book_in_use_ends_every_command_with_its_mistakes(month, in_use, broken, run):
    in_use("broken")

    told = run("--lang", "en", "claim", "list")

    assert (told.code, told.out) == (2, "")
    assert "rules/appeal_days.toml editions[1].value: editions[1].value is -1" in told.err
    assert "recourse rulebook check broken" in told.err


def test_a_book_in_use_that_is_not_there_is_told_with_where_it_is_named(month, in_use, run):
    in_use("nowhere")

    told = run("claim", "list")

    assert told.code == 2
    assert "nowhere" in told.err
    assert "recourse.toml" in told.err


def test_the_example_of_the_settings_names_the_book_in_use(here, run):
    run("init")

    assert '# rulebook = "zzbs"' in here.joinpath("recourse.toml").read_text("utf-8")
