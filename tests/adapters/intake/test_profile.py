from datetime import date
from decimal import Decimal

import pytest

from recourse.adapters.intake.loading import check_header, load_profile
from recourse.adapters.intake.problems import FileProblem


@pytest.fixture
def changed(tmp_path, shipped_profile):
    """A copy of the shipped profile with one text of it or of its master replaced, as a path."""

    def write(old="", new=""):
        profile, master = shipped_profile
        assert old in profile + master
        (tmp_path / "profile.toml").write_text(profile.replace(old, new), encoding="utf-8")
        (tmp_path / "parts.toml").write_text(master.replace(old, new), encoding="utf-8")
        return str(tmp_path)

    return write


def why_refused(name):
    with pytest.raises(FileProblem) as refusal:
        load_profile(name)
    assert all(refusal.value.tell("zh").values())
    return refusal.value.tell("en")["why"]


def test_a_profile_is_found_by_name_by_folder_and_by_file(changed):
    path = changed()

    profiles = [load_profile(name)[0] for name in ("repairs_2024", path, f"{path}/profile.toml")]

    assert profiles[0] == profiles[1] == profiles[2]


def test_an_unknown_profile_names_those_there_are():
    assert "repairs_2024" in why_refused("repairs_1924")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unit = "VIN"', "", "columns.unit: Field required. Add the key."),
        ('unit = "VIN"', 'unit = "VIN"\nvan = "X"', "columns.van = 'X': Extra inputs"),
        ('decision = "first"', 'decision = "larger"', "costs.total.one_empty.decision = 'larger'"),
        ('cny_per_unit = "7.1000"', "cny_per_unit = 7.1", "between quotes"),
        ('cny_per_unit = "7.1000"', 'cny_per_unit = "NaN"', "currency.rates.0.cny_per_unit"),
        ('cny_per_unit = "7.1000"', 'cny_per_unit = "0"', "currency.rates.0.cny_per_unit"),
        ("until = 2024-12-31", "until = 2023-12-31", "`until` is before `since`"),
        ('currency = "USD"', 'currency = "CNY"', "CNY needs no rate"),
        ('"%m-%d-%Y"', '"%m-%d"', "days.formats = %m-%d"),
        ('"[0-9]{6,20}"', '"[0-9"', "shapes.claim.pattern = [0-9"),
        ('"STATE", ', '"STATE", "KM", ', "listed more than once: KM"),
        ("when = { mileage_max", "when = {} #", "would match every row"),
        ('parts = "parts.toml"', 'parts = "other.toml"', "other.toml"),
        ('supplier = "S-04"\nname', 'supplier = "S-05"\nname', "not listed: S-04"),
        ('part = "P-STRG-WHEEL"', 'part = "P-STRG-SPOKE-COVER"', "part listed more than once"),
        ("[columns]", "[columns", "not TOML in UTF-8"),
    ],
)
def test_a_wrong_profile_is_refused_with_key_value_and_reason(changed, old, new, said):
    assert said in why_refused(changed(old, new))


@pytest.mark.parametrize("key", ["reason_zh", "reason_en"])
def test_no_decision_goes_without_its_reason(changed, shipped_profile, key):
    decisions = sum(line.startswith(key) for line in shipped_profile[0].splitlines())

    why = why_refused(changed(f"{key} =", f"no_{key} ="))

    assert why.count(f"{key}: Field required") == decisions


def test_two_totals_need_both_decisions(changed):
    why = why_refused(changed("[costs.total.differ]", "[costs.total.differed]"))

    assert "costs.total.differed" in why


def test_two_rates_of_one_currency_never_govern_the_same_day(changed):
    second = (
        '[[currency.rates]]\ncurrency = "USD"\nsince = 2024-12-31\n'
        'cny_per_unit = "7.2"\nsource = "x"\n\n[missing_part]'
    )

    assert "two rates of USD" in why_refused(changed("[missing_part]", second))


def test_a_rate_holds_from_its_first_to_its_last_day(repairs):
    currency = repairs[0].currency

    found = [
        currency.rate("USD", day) is not None
        for day in (
            date(2023, 12, 31),
            date(2024, 1, 1),
            date(2024, 12, 31),
            date(2025, 1, 1),
        )
    ]

    assert found == [False, True, True, False]
    assert currency.rate("USD", date(2024, 1, 1)).cny_per_unit == Decimal("7.1000")


def test_a_missing_column_of_the_profile_refuses_the_file(repairs):
    profile, _ = repairs
    header = [column for column in profile.used_columns() if column not in {"KM", "LBRCOST"}]

    with pytest.raises(FileProblem) as refusal:
        check_header("file.csv", header, profile)

    assert "missing: KM, LBRCOST" in refusal.value.tell("en")["why"]


def test_a_column_that_nobody_listed_is_a_warning(repairs):
    profile, _ = repairs

    warnings = check_header("file.csv", [*profile.used_columns(), "STATE", "NEW"], profile)

    assert [warning.en for warning in warnings] == [
        'Column "NEW" is not in the profile and was not used.'
    ]


def test_the_longest_beginning_finds_the_part_and_a_whole_text_comes_first(changed):
    extra = (
        'begins = ["WHEEL ASM-STRG *"]\n\n[[parts]]\npart = "P-X"\nname_zh = "甲"\nname_en = "x"\n'
        'supplier = "S-02"\nbegins = ["WHEEL ASM-STRG *JET"]\ntexts = ["WHEEL ASM-STRG *A"]'
    )
    _, master = load_profile(changed('begins = ["WHEEL ASM-STRG *"]', extra))

    found = [
        master.find(text).part
        for text in ("WHEEL ASM-STRG *FAWN", "wheel  asm-strg *jet black", "WHEEL ASM-STRG *A")
    ]

    assert found == ["P-STRG-WHEEL", "P-X", "P-X"]
    assert master.find("WHEEL ASM-STRG") is None
