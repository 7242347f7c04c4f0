import csv

import pytest

from recourse.adapters.intake.problems import FileProblem, Rejection
from recourse.adapters.intake.rejects import Rejects


def rejection(row=7, column="KM", value="12,34"):
    return Rejection(row, column, value, "不是数字。", "Not a number.", "更正。", "Correct it.")


def write_rejects(path, *rejections):
    with Rejects(path) as rejects:
        for found in rejections:
            rejects.add(found)
        return rejects.publish()


def lines_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    return [{name.partition(" / ")[2]: cell for name, cell in line.items()} for line in lines]


def test_every_problem_is_one_line_in_chinese_and_english(tmp_path):
    path = tmp_path / "rejects.csv"

    published = write_rejects(path, rejection(), rejection(column="VIN", value=""))

    assert published == path
    assert len(lines_of(path)) == 2
    assert lines_of(path)[0] == {
        "row": "7",
        "column": "KM",
        "value": "12,34",
        "reason": "不是数字。 / Not a number.",
        "remedy": "更正。 / Correct it.",
    }


def test_excel_sees_by_the_mark_that_it_is_utf_8(tmp_path):
    write_rejects(tmp_path / "rejects.csv", rejection())

    written = (tmp_path / "rejects.csv").read_bytes()

    head = "行 / row,列 / column,值 / value,原因 / reason,处理办法 / remedy"
    assert written.startswith(b"\xef\xbb\xbf" + head.encode() + b"\r\n7,KM,")


def test_a_file_with_the_older_head_line_is_replaced(tmp_path):
    path = tmp_path / "rejects.csv"
    path.write_bytes(b"\xef\xbb\xbfrow,column,value,reason,remedy\r\n1,KM,x,y,z\r\n")

    write_rejects(path, rejection())

    assert [line["row"] for line in lines_of(path)] == ["7"]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_no_cell_begins_a_formula(tmp_path, formula):
    write_rejects(tmp_path / "rejects.csv", rejection(value=formula, column=formula))

    [line] = lines_of(tmp_path / "rejects.csv")

    assert line["value"].startswith("'") and line["column"].startswith("'")


def test_a_value_stays_on_one_line_and_short(tmp_path):
    write_rejects(tmp_path / "rejects.csv", rejection(value="a\nb\x00c" + "x" * 300))

    [line] = lines_of(tmp_path / "rejects.csv")

    assert line["value"].startswith("a\\x0ab\\x00c")
    assert len((tmp_path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()) == 2
    assert len(line["value"]) < 220


def test_an_older_file_is_replaced_when_published_and_not_before(tmp_path):
    path = tmp_path / "rejects.csv"
    write_rejects(path, rejection())

    with Rejects(path) as rejects:
        rejects.add(rejection(row=8))
        before = lines_of(path)
        rejects.publish()

    assert [line["row"] for line in before] == ["7"]
    assert [line["row"] for line in lines_of(path)] == ["8"]


def test_what_breaks_off_leaves_the_older_file_and_nothing_else(tmp_path):
    path = tmp_path / "rejects.csv"
    write_rejects(path, rejection())
    before = path.read_bytes()

    with Rejects(path) as rejects:
        rejects.add(rejection(row=8))  # and never published

    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["rejects.csv"]


def test_without_rejections_there_is_no_file_and_an_older_one_goes(tmp_path):
    path = tmp_path / "rejects.csv"
    write_rejects(path, rejection())

    assert write_rejects(path) is None

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_rejects_file_is_never_replaced(tmp_path):
    path = tmp_path / "salaries.csv"
    path.write_text("row,column\n1,2\n")

    with pytest.raises(FileProblem, match="something else is there"):
        Rejects(path)

    assert path.read_text() == "row,column\n1,2\n"


@pytest.mark.parametrize("name", ["missing/rejects.csv", "."])
def test_a_place_where_no_file_can_be_is_refused_at_once(tmp_path, name):
    with pytest.raises(FileProblem, match="cannot be written"):
        Rejects(tmp_path / name)
