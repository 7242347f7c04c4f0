import hashlib
import zipfile
from datetime import datetime

import pytest
import xlsxwriter

from recourse.adapters.intake.files import BYTES_MAX, ROWS_MAX, read_table
from recourse.adapters.intake.problems import FileProblem
from recourse.adapters.intake.workbook import UNPACKED_MAX


def written(tmp_path, data, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def rows_of(path, **options):
    return [(row.number, list(row.cells.values())) for row in read_table(path, **options).rows]


def refused(path, **options):
    with pytest.raises(FileProblem) as refusal:
        read_table(path, **options)
    assert all(refusal.value.tell("zh").values()) and all(refusal.value.tell("en").values())
    return refusal.value.tell("en")["why"]


def workbook_with(path, *sheets, **options):
    book = xlsxwriter.Workbook(path, options)
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


@pytest.mark.parametrize(
    ("python_name", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030")],
)
def test_text_is_the_same_in_every_encoding(tmp_path, python_name, found):
    path = written(tmp_path, "索赔号,零件\r\n1,转向器㐀\r\n".encode(python_name))

    table = read_table(path)

    assert table.encoding == found
    assert [row.cells for row in table.rows] == [{"索赔号": "1", "零件": "转向器㐀"}]


def test_the_checksum_is_that_of_the_bytes_before_decoding(tmp_path):
    data = b"\xef\xbb\xbfa,b\n1,2\n"

    assert read_table(written(tmp_path, data)).sha256 == hashlib.sha256(data).hexdigest()


def test_a_file_in_no_known_encoding_is_refused_with_the_byte(tmp_path):
    why = refused(written(tmp_path, b"a,b\n1,\xff\n"))

    assert why == "As utf-8, byte 7 cannot be decoded. As gb18030, byte 7 cannot be decoded."


def test_a_marked_file_is_never_taken_for_gb18030(tmp_path):
    why = refused(written(tmp_path, b"\xef\xbb\xbfa,b\n1,\xd6\xd0\n"))

    assert why == "As utf-8-sig, byte 10 cannot be decoded."


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_in_the_header(tmp_path, separator):
    path = written(tmp_path, f'"a,;\t,;\t x"{separator}b{separator}c\n1{separator}2{separator}3\n')

    assert rows_of(path) == [(2, ["1", "2", "3"])]


def test_quotes_and_line_ends_inside_a_field_belong_to_the_field(tmp_path):
    path = written(tmp_path, 'a,b\n1,"said ""no""\r\nand, went"\n2,x\n')

    assert rows_of(path) == [(2, ["1", 'said "no"\r\nand, went']), (3, ["2", "x"])]


def test_blank_lines_are_no_rows_but_keep_their_place(tmp_path):
    path = written(tmp_path, "\n\na,b\n\n1,2\n , \n,\n3,4\n\n")

    assert rows_of(path) == [(5, ["1", "2"]), (8, ["3", "4"])]


@pytest.mark.parametrize("line", ["1", "1,2,3", "1,2,", "1,a comma, unquoted"])
def test_a_ragged_row_is_a_problem_of_that_row_only(tmp_path, line):
    table = read_table(written(tmp_path, f"a,b\n{line}\n8,9\n"))

    ragged, good = table.rows

    assert ragged.problem.row == 2 and ragged.cells == {}
    assert good.problem is None and good.cells == {"a": "8", "b": "9"}


def test_an_unclosed_quote_swallows_no_other_row(tmp_path):
    table = read_table(written(tmp_path, 'a,b\n1,"open\n2,x\n3,"y"\n4,z\n'))

    assert [(row.number, row.problem is None) for row in table.rows] == [
        (2, False),
        (3, True),
        (4, True),
        (5, True),
    ]


def test_a_quote_left_open_in_the_last_row_is_a_problem_of_that_row(tmp_path):
    table = read_table(written(tmp_path, 'a,b\n1,x\n2,"open'))

    assert [(row.number, row.problem is None) for row in table.rows] == [(2, True), (3, False)]


def test_text_after_a_closing_quote_is_a_problem_of_that_row_only(tmp_path):
    table = read_table(written(tmp_path, 'a,b\n1,"x"y\n2,z\n'))

    assert [(row.number, row.problem is None) for row in table.rows] == [(2, False), (3, True)]


def test_rows_can_be_read_twice(tmp_path):
    table = read_table(written(tmp_path, "a,b\n1,2\n"))

    assert list(table.rows) == list(table.rows)


def test_empty_columns_behind_the_table_are_left_away(tmp_path):
    table = read_table(written(tmp_path, "a,b,,\n1,2,,\n3,4,x,\n"))

    assert table.header == ("a", "b")
    assert [row.problem is None for row in table.rows] == [True, False]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "It is empty."),
        (b"\xef\xbb\xbf\n\n", "It is empty."),
        (b"a,b\n\n", "It has a header and no rows."),
        (b"%PDF-1.7 ...", "It is a PDF document, not a table."),
        (b"\n<html><table>", "It is a web page or XML, not a table."),
        (b"\xff\xfea\x00", "It is encoded in UTF-16."),
        (b"a,,b\n1,2,3\n", "empty, occurs twice or is unreadable: ''"),
        (b"a,b,a\n1,2,3\n", "empty, occurs twice or is unreadable: 'a', 'a'"),
        (b"a,b\x00\n1,2\n", "empty, occurs twice or is unreadable: 'b\\x00'"),
        (b"PK\x03\x04 and no archive", "It is damaged or no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no workbook", "It is damaged or no workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is protected by a password.",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(tmp_path, data, why):
    assert why.replace("'a', 'a'", "'a'") in refused(written(tmp_path, data))


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "does not exist" in refused(tmp_path / "nowhere.csv")
    assert refused(tmp_path) == "It is a folder."


def test_an_archive_without_a_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    assert refused(tmp_path / "letter.docx") == "The archive holds no xlsx workbook."


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(BYTES_MAX + 1)

    assert refused(path) == f"It has {BYTES_MAX + 1} bytes; the limit is {BYTES_MAX}."


def test_more_rows_than_the_limit_are_refused(tmp_path):
    path = written(tmp_path, b"a\n" + b"1\n" * (ROWS_MAX + 1))

    assert refused(path) == f"It has {ROWS_MAX + 1} rows; the limit is {ROWS_MAX}."


def test_numbers_days_and_truths_of_a_workbook_become_exact_text(tmp_path):
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, list("abcdefghi"))
    sheet.write_row(1, 0, ["000123", 2808908219, 1180.51, 308.57000000000005, True, 1e-05])
    sheet.write_datetime(1, 6, datetime.fromisoformat("2024-01-02"), day)
    sheet.write_datetime(1, 7, datetime.fromisoformat("2024-01-02T03:04"), day)
    sheet.write_number(1, 8, 12345678901234567890)
    book.close()

    [(number, cells)] = rows_of(path)

    assert number == 2
    assert cells[:6] == ["000123", "2808908219", "1180.51", "308.57", "TRUE", "0.00001"]
    assert cells[6:8] == ["2024-01-02", "2024-01-02 03:04:00"]
    assert cells[8].endswith("\N{REPLACEMENT CHARACTER}")


def test_a_workbook_gives_its_first_visible_sheet_or_the_one_named(tmp_path):
    path = workbook_with(tmp_path / "b.xlsx", ("一", [["a"], ["1"]]), ("二", [["b"], [], ["2"]]))

    assert rows_of(path) == [(2, ["1"])]
    assert rows_of(path, sheet="二") == [(3, ["2"])]
    assert refused(path, sheet="三") == 'It has no sheet "三", only: 一, 二.'


def test_text_beyond_the_header_of_a_sheet_is_a_problem_of_its_row(tmp_path):
    path = workbook_with(tmp_path / "b.xlsx", ("一", [["a", "b"], [1, 2], [3, 4, "note"]]))

    assert [row.problem is None for row in read_table(path).rows] == [True, False]


def test_an_empty_sheet_is_refused(tmp_path):
    assert refused(workbook_with(tmp_path / "b.xlsx", ("一", []))) == "It is empty."


def test_a_forgotten_cell_in_the_last_corner_is_refused_before_it_eats_the_memory(tmp_path):
    path = tmp_path / "corner.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "x")
    book.close()

    assert "row 1048576 and column 16384" in refused(path)


def test_an_archive_that_unpacks_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    size, claimed = (number.to_bytes(4, "little") for number in (1_234_567, UNPACKED_MAX + 1))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/media/zeros", bytes(1_234_567))
    path.write_bytes(path.read_bytes().replace(size, claimed))

    assert refused(path) == "Unpacked it is larger than 2048 MB."
