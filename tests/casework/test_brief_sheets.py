"""Briefings as workbooks: figures above their tables, sheets that can be read and printed."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from office_order import faults
from openpyxl import load_workbook
from PIL import Image

from ocgdesk.casework import brief_sheets
from ocgdesk.reports.document import Document, Facts, Heading, Paragraph, Picture, Table, Tone

LONG = "Not to be shared with partners until the operation is overt; ask the originator. " * 3


def a_picture(alt: str = "Two people linked.") -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "navy").save(out, "png", dpi=(200, 200))
    return Picture(png=out.getvalue(), alt=alt, caption="Links today")


def a_table(*rows: tuple[object, ...]) -> Table:
    words = tuple(tuple(map(str, row)) for row in rows)
    return Table(("Row", "Figure", "Change"), words, values=rows)


@pytest.fixture(scope="module")
def data() -> bytes:
    blocks = (
        Heading("Activity"),
        a_picture('Said of "it" & more.'),
        Heading("By strand", 2),
        a_table(("Pursue", 1240, "▲ 4 %"), ("Prevent", 2.5, "")),
        Heading("By level", 2),
        a_table(("Major", 3, "")),
        Paragraph(LONG, Tone.QUIET),
        Heading("Sources"),
        Table(("Report", "Grade"), (("WMPA1-REP-2026-0001\nSeen at the yard", "2CP"),)),
        Heading("Handling"),
        Facts((("Ask first", LONG),)),
        Heading("Summary"),
        Paragraph(LONG),
    )
    paper = Document(title="P", marking="OFFICIAL & MORE", day=date(2026, 11, 18), blocks=blocks)
    return brief_sheets.to_xlsx(paper)


@pytest.fixture(scope="module")
def book(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def rows_of(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value}


def test_a_figure_stands_on_its_sheet_above_its_table_and_says_what_it_shows(data, book):
    assert faults(data) == []
    sheet = book["Activity"]
    (image,) = sheet._images
    rows = rows_of(sheet)
    assert image.anchor._from.row == 2
    assert image.anchor.to.row < rows["Links today"] < rows["By strand"] < rows["Pursue"]
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        drawn = file.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Said of &quot;it&quot; &amp; more."' in drawn
    (across, down) = map(int, re.findall(r'<a:ext cx="(\d+)" cy="(\d+)"', drawn)[0])
    assert across / 9525 == pytest.approx(620, abs=2)
    assert across / down == pytest.approx(1.5, abs=0.01)


def test_numbers_are_numbers_at_the_right_beneath_titles_at_the_right(book):
    sheet = book["Activity"]
    rows = rows_of(sheet)
    figure, change = sheet.cell(rows["Pursue"], 2), sheet.cell(rows["Pursue"], 3)
    assert (figure.value, figure.number_format) == (1240, "#,##0")
    assert change.alignment.horizontal == "right"
    titles = sheet[rows["By strand"] + 1]
    assert [cell.alignment.horizontal for cell in titles[:3]] == [None, "right", "right"]
    assert titles[0].font.bold
    assert sheet.cell(rows["Prevent"], 3).value is None


def test_sheets_are_printed_marked_with_their_titles_on_every_page(book):
    for sheet in book:
        assert sheet.oddHeader.center.text.endswith("OFFICIAL && MORE")
        assert sheet.oddHeader.left.text == "&A"
        assert "OFFICIAL && MORE" in sheet.oddFooter.center.text
        assert sheet.print_title_rows == "$1:$2"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.freeze_panes == "A3"


def test_words_are_never_cut_by_the_edge_of_their_cell(book):
    source = book["Sources"]
    assert source["A3"].alignment.wrap_text
    assert source.row_dimensions[3].height == 30
    handling = book["Handling"]
    assert handling["B3"].alignment.wrap_text
    assert handling.row_dimensions[3].height >= 15 * len(LONG) / 60
    summary = book["Summary"]
    (merged,) = summary.merged_cells.ranges
    assert merged.min_row == 3
    assert summary.row_dimensions[3].height >= 45
