"""What leaves: harmless in a spreadsheet, marked, repeatable, and never by way of the disk."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ocgdesk.domain.dates import PartialDate
from ocgdesk.errors import Cancelled
from ocgdesk.exchange.table import read, read_csv
from ocgdesk.exchange.writers import SheetOut, write_csv, write_json, write_xlsx

SHEET = SheetOut(
    title="Nominals",
    headings=("Name", "Born", "Weight", "Number", "Note", "Flag"),
    rows=[("A", date(1991, 2, 14), 2.5, 10**16, "=1+1", True), ("B", None, 3, "007", "", False)],
)


def opened(data: bytes, title: str = "Nominals"):
    return load_workbook(io.BytesIO(data))[title]


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 7700 900123", "-2+3", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"]
)
def test_no_cell_of_a_csv_is_run_as_a_formula(text):
    line = write_csv([("A", text)], ("Name", "Note")).decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.split(",", 1)[1].lstrip('"').startswith("'")


@pytest.mark.parametrize("text", ["-5", "+447700900123", "-0.25"])
def test_plain_numbers_stay_as_they_are(text):
    assert f"A,{text}\r\n" in write_csv([("A", text)], ("Name", "Note")).decode()


def test_a_csv_opens_in_excel_with_its_accents():
    assert write_csv([("Siân",)], ("Name",)).startswith(b"\xef\xbb\xbf")


def test_lists_dates_and_flags_are_written_in_words():
    row = (("a", "b"), PartialDate(1991, 2), True, None, 2.0)
    assert write_csv([row], ("l", "d", "f", "n", "w")).endswith(b"a; b,1991-02,Yes,,2\r\n")


CELL = st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]))


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=20))
def test_a_csv_reads_back_as_it_was_written(rows):
    headings = ("First", "Second", "Third")
    kept = [row for row in rows if any(cell.strip() for cell in row) and row != headings]
    table = read_csv(write_csv(rows, headings), "x.csv")
    if table.header == headings:  # unless a row looks like the header's own column
        assert list(table.rows) == kept


def test_a_guarded_cell_reads_back_without_its_apostrophe():
    rows = [("=1+1", "'=1", "'quoted'"), ("-a", "@b", "x")]
    table = read(write_csv(rows, ("One", "Two", "Three")), "x.csv")
    assert list(table.rows) == rows


def test_the_marking_stands_above_the_headings_of_every_sheet():
    data = write_xlsx([SHEET], marking="OFFICIAL-SENSITIVE", notes=["12 sources"])
    book = load_workbook(io.BytesIO(data))
    assert [sheet["A1"].value for sheet in book] == ["OFFICIAL-SENSITIVE"] * 2
    assert book.worksheets[-1]["A3"].value == "12 sources"


def test_cells_of_a_workbook_keep_their_types():
    sheet = opened(write_xlsx([SHEET], marking="OFFICIAL"))
    assert [cell.value for cell in sheet[3]] == [
        "A",
        datetime.fromisoformat("1991-02-14"),
        2.5,
        "10000000000000000",
        "=1+1",
        "Yes",
    ]
    assert sheet["D4"].value == "007"
    assert sheet.freeze_panes == "A3"


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    rows = [("=1+1",), ("http://example.org",), ("@x",)]
    data = write_xlsx([SheetOut(title="T", headings=("h",), rows=rows)], marking="OFFICIAL")
    sheet = opened(data, "T")
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert not any(cell.hyperlink for cell in sheet["A"])


def test_an_instant_is_written_as_clocks_here_showed_it():
    rows = [(datetime(2026, 7, 1, 12, 0, tzinfo=UTC),)]
    data = write_xlsx([SheetOut(title="T", headings=("At",), rows=rows)], marking="OFFICIAL")
    assert opened(data, "T")["A3"].value == datetime.fromisoformat("2026-07-01T13:00")


def test_titles_excel_forbids_are_made_allowed_and_different():
    sheets = [
        SheetOut(title=title, headings=("h",), rows=[])
        for title in ("A/B: [x]", "A/B: [x]", "History", "", "x" * 40, "x" * 41)
    ]
    titles = load_workbook(io.BytesIO(write_xlsx(sheets, marking="OFFICIAL"))).sheetnames
    assert len({title.casefold() for title in titles}) == len(sheets)
    assert all(len(title) <= 31 for title in titles)


def test_text_too_long_for_excel_says_that_it_was_cut():
    data = write_xlsx(
        [SheetOut(title="T", headings=("h",), rows=[("x" * 40_000,)])], marking="OFFICIAL"
    )
    assert "cut: Excel holds no more" in opened(data, "T")["A3"].value


def test_characters_xml_cannot_hold_do_not_damage_the_file():
    data = write_xlsx(
        [SheetOut(title="T", headings=("h",), rows=[("a\x00\x0b\ud800b",)])], marking="OFFICIAL"
    )
    assert opened(data, "T")["A3"].value == "a?b"


def test_the_same_values_give_the_same_bytes():
    assert write_xlsx([SHEET], marking="OFFICIAL") == write_xlsx([SHEET], marking="OFFICIAL")


def test_our_own_workbook_reads_back():
    table = read(write_xlsx([SHEET], marking="OFFICIAL"), "out.xlsx")
    assert table.header == SHEET.headings
    assert table.rows[1] == ("B", "", "3", "007", "", "No")


def test_a_workbook_can_be_cancelled_half_way():
    def stop(done, _total, _what):
        if done >= 2000:
            raise Cancelled

    sheet = SheetOut(title="T", headings=("h",), rows=[(i,) for i in range(5000)])
    with pytest.raises(Cancelled):
        write_xlsx([sheet], marking="OFFICIAL", progress=stop)


def test_nothing_is_read_or_written_by_way_of_the_temp_folder(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the temp folder was asked for")

    names = (
        "mkstemp",
        "mkdtemp",
        "mktemp",
        "TemporaryFile",
        "NamedTemporaryFile",
        "SpooledTemporaryFile",
        "TemporaryDirectory",
        "gettempdir",
    )
    for name in names:
        monkeypatch.setattr(f"tempfile.{name}", refuse)
    rows = [(f"name {i}", i) for i in range(3000)]
    data = write_xlsx([SheetOut(title="T", headings=("n", "i"), rows=rows)], marking="OFFICIAL")
    assert len(read(data, "x.xlsx").rows) == 3000
    assert len(read(write_csv(rows, ("n", "i")), "x.csv").rows) == 3000


def test_json_is_readable_and_dates_are_iso():
    data = write_json({"born": PartialDate(1991, 2), "seen": date(2026, 1, 2), "name": "Siân"})
    assert json.loads(data) == {"born": "1991-02", "seen": "2026-01-02", "name": "Siân"}
    assert "Siân" in data.decode()


def test_a_sheet_is_as_few_pages_wide_as_can_be_read_and_a_matrix_has_upright_titles():
    names = [f"Group number {n}" for n in range(120)]
    grid = SheetOut(
        title="Grid", headings=[f"Title {n}" for n in range(19)], rows=[["x" * 14] * 19]
    )
    matrix = SheetOut(
        title="Matrix",
        headings=["OCG", *names],
        rows=[[n, *([3] * 120)] for n in names],
        turned=True,
    )
    grid_page, matrix_page, *_notes = load_workbook(
        io.BytesIO(write_xlsx([grid, matrix], marking="OFFICIAL"))
    ).worksheets
    for page in (grid_page, matrix_page):
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.orientation == "landscape"
        assert page.print_title_rows == "$1:$2"
    assert (grid_page.page_setup.fitToWidth or 1, grid_page.page_setup.paperSize) == (1, 8)
    assert matrix_page.page_setup.fitToWidth == 2  # 120 narrow columns
    assert matrix_page.print_title_cols == "$A:$A"
    assert matrix_page["B2"].alignment.textRotation == 90
    assert matrix_page.freeze_panes == "B3"
    assert matrix_page.column_dimensions["B"].width < 6
