import csv
from dataclasses import replace
from datetime import date

import pytest
import xlsxwriter

from recourse.adapters.intake.admission import register_master
from recourse.adapters.intake.problems import FileProblem
from recourse.adapters.intake.run import intake
from recourse.application import Person
from recourse.values.refusal import Refused
from support.engine import fresh, nine
from support.repairs import GOOD_ROW, PROFILE, many, row, write

TODAY = date(2024, 12, 2)
ENGINEER = Person("li", frozenset({"quality_engineer"}))
BUYER = Person("wang", frozenset({"purchasing"}))
CLAIM = GOOD_ROW["SRC_TXN_ID"]


@pytest.fixture
def site(repairs):
    """An engine that knows the part master of the profile, and nothing else."""
    site = fresh()
    _, master = repairs
    register_master(site.engine, master, by=BUYER, at=nine(TODAY))
    return site


@pytest.fixture
def take(site, tmp_path):
    """Takes in a file, or rows as a file of their own, by the profile repairs_2024."""

    def take_in(*rows, path=None, day=TODAY, by=ENGINEER, **options):
        found = path or write(tmp_path / "repairs.csv", rows)
        return intake(site.engine, found, PROFILE, by=by, at=nine(day), **options)

    return take_in


def counts(result):
    found = (result.claims, result.amended, result.known, result.rejected)
    assert sum(found) == result.rows
    return found


def events(site, claim=CLAIM):
    return [type(fact.event).__name__ for fact in site.engine.stream(f"claim:{claim}")]


def claimed(site, claim=CLAIM):
    return site.figures("claim", claim, TODAY)["claimed"]


def lines_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    return [{name.partition(" / ")[2]: cell for name, cell in line.items()} for line in lines]


def test_a_row_becomes_a_claim_that_tells_where_it_came_from(site, take):
    result = take(row())

    [fact] = site.engine.stream(f"claim:{CLAIM}")
    received = fact.event
    assert counts(result) == (1, 0, 0, 0)
    assert received.costs == {"labour": 28400, "material": 42600}
    assert (received.unit, received.part, received.line_version) == (
        GOOD_ROW["VIN"],
        "P-STRG-WHEEL",
        2,
    )
    assert (
        received.source.items()
        >= {
            "file": result.file_sha256,
            "row": "2",
            "currency": "USD",
            "total": "100.00",
            "rate": "7.1000",
        }.items()
    )
    assert received.actor == "li"


def test_read_models_show_the_claims_when_the_file_is_done(site, take):
    take(row())

    assert claimed(site) == "710.00"
    assert all(site.check().values())


def test_the_real_rows_twice_change_nothing_the_second_time(site, take, export_path, tmp_path):
    options = {"path": export_path, "day": date(2024, 12, 31)}
    first = take(**options, rejects_path=tmp_path / "rejects.csv")
    position = site.position()

    second = take(**options, rejects_path=tmp_path / "rejects.csv")

    assert (counts(first), counts(second)) == ((44, 0, 0, 16), (0, 0, 44, 16))
    assert len({line["row"] for line in lines_of(first.rejects_file)}) == 16
    assert site.position() == position
    assert all(site.check().values())


def test_the_same_file_a_day_later_by_somebody_else_changes_nothing(site, take):
    take(*many(3))
    site.begin(date(2024, 12, 3))
    position = site.position()

    result = take(*many(3), day=date(2024, 12, 3), by=replace(ENGINEER, name="zhao"))

    assert counts(result) == (0, 0, 3, 0)
    assert site.position() == position


def test_a_newer_version_with_other_costs_amends_the_claim(site, take):
    take(row())

    result = take(row(SRC_VER_NBR="3", cost="110.00"))

    assert counts(result) == (0, 1, 0, 0)
    assert claimed(site) == "781.00"
    assert site.engine.stream(f"claim:{CLAIM}")[-1].event.line_version == 3


def test_a_newer_version_with_the_same_costs_changes_nothing(site, take):
    take(row())

    assert counts(take(row(SRC_VER_NBR="3", KM="8,900"))) == (0, 0, 1, 0)
    assert events(site) == ["Received"]


def test_an_older_version_that_comes_late_changes_nothing(site, take):
    take(row(SRC_VER_NBR="3"))

    assert counts(take(row(SRC_VER_NBR="2", cost="90.00"))) == (0, 0, 1, 0)
    assert events(site) == ["Received"]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("VIN", "1TESTVEN0RZ000002", "1TESTVEN0RZ000001"),
        ("REPAIR_DATE", "03-05-2024", "2024-03-04"),
        ("KM", "8,873", "8872"),
        ("PLANT", "", "AAA"),
        ("COMPLAINT_CD", "0-0311", "0-0310"),
        ("LBRCOST", "41.00", "284.00"),
    ],
)
def test_the_same_version_with_other_content_is_rejected(site, take, column, value, told):
    take(row())

    result = take(row(**{column: value}))

    [line] = lines_of(result.rejects_file)
    assert counts(result) == (0, 0, 0, 1)
    assert (line["row"], line["column"], line["value"]) == ("2", column, value)
    assert told in line["reason"] and "Number and version are the same" in line["reason"]
    assert events(site) == ["Received"]


def test_another_total_in_the_same_version_names_the_column_of_the_total(take):
    take(row())

    result = take(row(cost="110.00"))

    [line] = lines_of(result.rejects_file)
    assert (line["column"], line["value"]) == ("REPORTING_COST", "110.00")
    assert "426.00" in line["reason"] and "497.00" in line["reason"]


@pytest.mark.parametrize(
    ("column", "changes"),
    [
        ("VIN", {"VIN": "1TESTVEN0RZ000002"}),
        ("REPAIR_DATE", {"REPAIR_DATE": "03-05-2024"}),
        ("KM", {"KM": "8", "REPAIR_AGE": "0"}),
    ],
)
@pytest.mark.parametrize("cost", ["100.00", "110.00"])
def test_a_newer_version_that_changes_more_than_costs_is_rejected(
    site, take, column, changes, cost
):
    take(row())

    result = take(row(SRC_VER_NBR="3", cost=cost, **changes))

    [line] = lines_of(result.rejects_file)
    assert counts(result) == (0, 0, 0, 1)
    assert line["column"] == column and "may change the costs only" in line["reason"]
    assert events(site) == ["Received"]


def test_an_amended_row_is_known_although_its_mileage_was_never_recorded(site, take):
    newer = row(SRC_VER_NBR="3", cost="110.00", KM="9,999")
    take(row())
    take(newer)

    assert counts(take(newer)) == (0, 0, 1, 0)
    assert events(site) == ["Received", "Amended"]


def test_a_row_stays_known_after_a_person_amended_its_claim(site, take):
    take(row())
    site.do(TODAY, "li", ("quality_engineer",), "amend_claim", claim=CLAIM, costs={"labour": "1"})

    assert counts(take(row())) == (0, 0, 1, 0)
    assert claimed(site) == "1.00"


def test_versions_in_one_file_are_taken_in_the_order_of_the_file(site, take):
    versions = [
        row(SRC_VER_NBR="1", cost="90.00"),
        row(SRC_VER_NBR="3", cost="110.00"),
        row(SRC_VER_NBR="2", cost="100.00"),
        row(SRC_VER_NBR="3", cost="120.00"),
        row(SRC_VER_NBR="4", cost="120.00"),
    ]

    result = take(*versions)

    assert counts(result) == (1, 2, 1, 1)
    assert [line["row"] for line in lines_of(result.rejects_file)] == ["5"]
    assert events(site) == ["Received", "Amended", "Amended"]
    assert counts(take(*versions)) == (0, 0, 5, 0)  # the one rejected is older now


def test_the_same_row_twice_in_one_file_is_one_claim(site, take):
    assert counts(take(row(), row(), *many(2), row())) == (3, 0, 2, 0)
    assert events(site) == ["Received"]


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_the_size_of_a_batch_changes_nothing(take, batch):
    rows = [*many(5), row(), row(SRC_VER_NBR="3", cost="110.00"), row(VIN=""), *many(3)]

    assert counts(take(*rows, batch=batch)) == (6, 1, 3, 1)


def appealed(site):
    """Lets a supplier win an appeal that lowers the labour cost of the claim."""
    engineer, manager = ("li", ("quality_engineer",)), ("chen", ("quality_manager",))
    line, note = f"{CLAIM}/labour", {"chargeback": "N1"}

    def do(person, act, **fields):
        site.do(TODAY, *person, act, **fields)

    do(engineer, "confirm_information", claim=CLAIM)
    do(engineer, "confirm_cost", claim=CLAIM)
    do(engineer, "attribute_claim", claim=CLAIM, shares={"supplier:S-01": "1"})
    for gate in ("counted", "inspected", "supplier_answer"):
        do(manager, "waive_gate", claim=CLAIM, gate=gate, reason="trial")
    do(engineer, "draft_chargeback", **note, supplier="S-01", month="2024-12")
    do(manager, "approve_chargeback", **note)
    do(("zhou", ("finance",)), "issue_chargeback", **note)
    receipt = {"received_on": TODAY, "proof": "signature:1"}
    do(("wang", ("purchasing",)), "record_receipt", **note, **receipt)
    do(("sun", ("supplier:S-01",)), "appeal_chargeback", **note, lines=[line], reason="too much")
    outcome = {"outcomes": {line: {"reduced_to": "1.00"}}, "moves_to": "service"}
    do(("he", ("quality_engineer",)), "recheck_appeal", **note, **outcome)


@pytest.mark.parametrize("dry_run", [False, True])
def test_an_amendment_that_a_rule_refuses_is_rejected_with_the_words_of_the_rule(
    site, take, dry_run
):
    take(row())
    appealed(site)
    position = site.position()

    result = take(row(SRC_VER_NBR="3", cost="110.00"), row(SRC_VER_NBR="1"), dry_run=dry_run)

    [found] = result.examples
    assert counts(result) == (0, 0, 1, 1)
    assert (found.row, found.column, found.value) == (2, "SRC_TXN_ID", CLAIM)
    assert "Z-4.6.1c" in found.reason_en and "Z-4.6.1c" in found.reason_zh
    assert found.remedy_zh and found.remedy_en
    assert site.position() == position


def test_a_dry_run_counts_like_the_run_and_writes_nothing(site, take, tmp_path):
    other = {"SRC_TXN_ID": "9000000002", "VIN": "1TESTVEN0RZ000077"}
    take(*many(2), row(**other))
    rows = [
        *many(4),
        row(),
        row(SRC_VER_NBR="3", cost="110.00"),
        row(SRC_VER_NBR="3", cost="120.00"),
        row(SRC_VER_NBR="4", cost="120.00", VIN="1TESTVEN0RZ000009"),
        row(**other, SRC_VER_NBR="5", cost="1000.00"),
        row(**other, SRC_VER_NBR="4", cost="50.00"),
        row(VIN=""),
    ]
    path = write(tmp_path / "repairs.csv", rows)
    position, files = site.position(), sorted(tmp_path.iterdir())

    rehearsed = take(path=path, dry_run=True, batch=2)

    assert (site.position(), sorted(tmp_path.iterdir())) == (position, files)
    assert rehearsed.rejects_file is None
    recorded = take(path=path, batch=2)
    assert counts(rehearsed) == counts(recorded) == (3, 2, 3, 3)
    assert rehearsed.examples == recorded.examples
    assert replace(rehearsed, rejects_file=recorded.rejects_file) == recorded


def test_a_dry_run_lets_no_day_begin(site, take):
    position = site.position()

    take(row(), dry_run=True, day=date(2024, 12, 20))

    assert site.position() == position


class BrokenOff(Exception):
    """Something outside stopped the run."""


def test_what_breaks_off_between_batches_is_completed_by_the_next_run(site, take, tmp_path):
    rows = [*many(25), row(VIN="")]

    def breaks_off(done, total):
        assert (done, total) == (10, 26)
        raise BrokenOff

    with pytest.raises(BrokenOff):
        take(*rows, batch=10, progress=breaks_off)

    assert [path.name for path in tmp_path.iterdir()] == ["repairs.csv"]
    result = take(*rows, batch=10)
    assert counts(result) == (15, 0, 10, 1)
    assert site.check() == {"balanced": True, "rebuilt_equal": True}


def test_progress_is_told_after_every_batch(take):
    told = []

    take(*many(5), batch=2, progress=lambda done, total: told.append((done, total)))

    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_file_in_gb18030_and_a_workbook_of_the_same_rows_are_known(take, tmp_path):
    rows = [row(CUSTOMER_VERBATIM="客户抱怨㐀"), *many(2)]
    first = take(path=write(tmp_path / "a.csv", rows, encoding="gb18030"))
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    sheet = book.add_worksheet()
    for number, cells in enumerate([GOOD_ROW, *(each.values() for each in rows)]):
        sheet.write_row(number, 0, cells)
    book.close()

    second = take(path=tmp_path / "b.xlsx")

    assert (counts(first), counts(second)) == ((3, 0, 0, 0), (0, 0, 3, 0))


def test_the_rejects_file_says_row_column_value_reason_and_remedy(take, tmp_path):
    result = take(row(), row(SRC_TXN_ID="9000000003", KM="12,34", VIN=""), *many(1))

    lines = lines_of(tmp_path / "repairs.csv.rejects.csv")
    assert counts(result) == (2, 0, 0, 1)  # one row, though two things are wrong with it
    assert result.rejects_file == tmp_path / "repairs.csv.rejects.csv"
    assert sorted((line["row"], line["column"], line["value"]) for line in lines) == [
        ("3", "KM", "12,34"),
        ("3", "VIN", ""),
    ]
    assert all(line["reason"] and line["remedy"] for line in lines)


def test_the_rejects_file_goes_when_the_rows_are_corrected(take, tmp_path):
    take(row(VIN=""))

    result = take(row())

    assert result.rejects_file is None
    assert [path.name for path in tmp_path.iterdir()] == ["repairs.csv"]


def test_a_value_the_engine_cannot_record_is_a_rejection_and_stops_nothing(take):
    result = take(row(COMPLAINT_CD="9" * 41), *many(1))

    [line] = lines_of(result.rejects_file)
    assert counts(result) == (1, 0, 0, 1)
    assert (line["row"], line["column"]) == ("2", "COMPLAINT_CD")


def test_the_file_itself_is_never_overwritten_by_its_rejects(site, take, tmp_path):
    path = write(tmp_path / "repairs.csv", [row(VIN="")])
    before = path.read_bytes()

    with pytest.raises(FileProblem, match="something else is there"):
        take(path=path, rejects_path=path)

    assert path.read_bytes() == before


def test_who_may_not_receive_claims_is_refused_once_and_may_come_back_with_the_role(site, take):
    position = site.position()

    with pytest.raises(Refused, match="quality engineer"):
        take(row(), by=Person("li", frozenset({"finance"})))

    assert site.position() == position
    assert counts(take(row())) == (1, 0, 0, 0)


def test_a_file_whose_part_master_is_not_registered_is_refused_as_a_whole(tmp_path):
    site, path = fresh(), write(tmp_path / "repairs.csv", [row()])

    with pytest.raises(FileProblem) as refusal:
        intake(site.engine, path, PROFILE, by=ENGINEER, at=nine(TODAY))

    told = refusal.value.tell("en")
    assert "S-01" in told["why"] and "P-STRG-WHEEL" in told["why"]
    assert "--register-master" in told["remedy"] and "purchasing" in told["remedy"]
    assert all(refusal.value.tell("zh").values())
    assert site.position() == 0


def test_a_part_master_is_registered_once(site, repairs):
    _, master = repairs
    position = site.position()

    assert register_master(site.engine, master, by=BUYER, at=nine(TODAY)) == ()
    assert site.position() == position


def test_only_what_is_missing_of_a_part_master_is_registered(repairs):
    site, (_, master) = fresh(), repairs
    site.do(
        TODAY,
        "wang",
        ("purchasing",),
        "register_supplier",
        supplier="S-01",
        name="一厂",
        disposal="entrusted",
    )

    registered = register_master(site.engine, master, by=BUYER, at=nine(TODAY))

    assert len(registered) == len(master.suppliers) + len(master.parts) - 1
    assert "S-01" not in registered


def test_only_purchasing_registers_a_part_master(repairs):
    site, (_, master) = fresh(), repairs

    with pytest.raises(Refused, match="purchasing"):
        register_master(site.engine, master, by=ENGINEER, at=nine(TODAY))

    assert site.position() == 0
