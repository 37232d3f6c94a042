"""Documents as Word files: contents that are filled, figures that are counted, columns that fit."""

import io
import re
from datetime import date
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from office_order import faults
from PIL import Image

from ocgdesk.reports import columns
from ocgdesk.reports.document import (
    Contents,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
    Tone,
)
from ocgdesk.reports.docx_writer import to_docx


def a_picture(down: int = 40, caption: str = "Links today") -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (100, down), "navy").save(out, "png")
    return Picture(png=out.getvalue(), alt="Two people linked.", caption=caption)


BLOCKS = (
    Contents(),
    Heading("At a glance"),
    Facts((("Status", "Active"),)),
    Heading("Links"),
    a_picture(down=140),
    a_picture(),
    Heading("Figures"),
    Heading("By strand", 2),
    Table(("Strand", "Live", "Change"), (("Pursue", "1,240", "▲ 4 %"), ("Prevent", "–", ""))),
    Paragraph("Counts what is live.", Tone.QUIET),
    Paragraph("As at today.", Tone.QUIET),
)


@pytest.fixture(scope="module")
def made() -> bytes:
    paper = Document(title="Profile", marking="OFFICIAL", day=date(2026, 11, 18), blocks=BLOCKS)
    return to_docx(paper)


@pytest.fixture
def file(made: bytes) -> Any:
    return docx.Document(io.BytesIO(made))


def test_it_is_in_the_order_that_word_asks_for(made: bytes):
    assert faults(made) == []


def test_the_contents_list_each_heading_and_lead_to_it(file: Any):
    links = list(file.element.body.iter(qn("w:hyperlink")))
    listed = ["".join(t.text for t in link.iter(qn("w:t"))) for link in links]
    assert listed == ["At a glance", "Links", "Figures", "By strand"]
    marks = {one.get(qn("w:name")) for one in file.element.body.iter(qn("w:bookmarkStart"))}
    assert [link.get(qn("w:anchor")) in marks for link in links] == [True] * 4
    (code,) = [one.text for one in file.element.body.iter(qn("w:instrText"))]
    assert re.fullmatch(r' TOC \\o "1-2" .*', code)
    kinds = [one.get(qn("w:fldCharType")) for one in file.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_word_opens_it_as_of_today_and_in_uk_english(file: Any):
    modes = file.settings.element.iter(qn("w:compatSetting"))
    values = {one.get(qn("w:name")): one.get(qn("w:val")) for one in modes}
    assert values["compatibilityMode"] == "15"
    assert {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_figures_are_counted_and_begin_a_page_where_they_take_most_of_one(file: Any):
    captions = [p._p for p in file.paragraphs if p.style.name == "Caption"]
    texts = ["".join(t.text for t in one.iter(qn("w:t"))) for one in captions]
    assert texts == ["Figure 1: Links today", "Figure 2: Links today"]
    begins = {p.text: p.paragraph_format.page_break_before for p in file.paragraphs}
    assert (begins["Links"], begins["Figures"]) == (True, None)


def test_numbers_stand_at_the_right_beneath_their_titles(file: Any):
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in file.tables[1].rows]
    assert sides == [[None, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.RIGHT]] * 3


def test_the_basis_stays_in_one_piece_with_the_end_of_its_table(file: Any):
    last = [cell.paragraphs[0] for cell in file.tables[1].rows[-1].cells]
    assert all(one.paragraph_format.keep_with_next for one in last)
    quiet = {p.text: p.paragraph_format.keep_with_next for p in file.paragraphs}
    assert quiet["Counts what is live."] is True
    assert quiet["As at today."] is None


# ---- Columns ------------------------------------------------------------------------------------

MONTHS = ("Row", *(f"{name} 2026" for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun")), "Total")


@pytest.mark.parametrize(
    ("titles", "row", "letters"),
    [
        (("Date", "What", "Level"), ("25 Aug 2026", "x" * 8 + " and more" * 20, "Moderate"), 60),
        (MONTHS, ("All disruptions", *["72"] * 6, "1,135"), 70),
        ((), ("Not to be shared", "WMPA1-REP-2026-0031, " * 12), 60),
        (("A", "B"), ("WMPA1-OCG-2026-0042", "WMPA1-OCG-2026-0043"), 30),
    ],
)
def test_no_word_is_broken_where_there_is_room_for_it(titles, row, letters):
    shares = columns.fitted(titles, [row], (), letters=letters, margin=2)
    assert sum(shares) == pytest.approx(1)
    for at, share in enumerate(shares):
        for cell in [row[at], *titles[at : at + 1]]:
            longest = max(len(part) for part in re.findall(r"[^\s-]+-?", cell))
            assert longest + 2 <= share * letters + 1e-6, cell


def test_days_stay_on_one_line_where_a_broad_column_can_give():
    rows = [("25 Aug 2026", "Principal charged with conspiracy " * 3)]
    shares = columns.fitted(("Date", "What"), rows, (0.05, 0.95), letters=100, margin=2)
    assert shares[0] * 100 >= len("25 Aug 2026") + 2


def test_a_reference_is_given_the_breadth_of_its_capitals():
    rows = [("WMPA1-OCG-2026-0042", "active, " * 30)]
    shares = columns.fitted(("OCG", "What"), rows, (0.05, 0.95), letters=100, margin=2)
    assert shares[0] * 100 > 1.1 * len("WMPA1-OCG-2026-0042") + 2


@pytest.mark.parametrize(
    ("cells", "is_number"),
    [
        (("1,240", "▲ 4 %", "–", ""), True),
        (("£900", "60.5 %", "no change"), True),
        (("12", "T1"), False),
        (("2 Aug 2026",), False),
        (("", "–"), False),
    ],
)
def test_what_counts_as_a_column_of_numbers(cells, is_number):
    assert (columns.numeric([("x", cell) for cell in cells]) == {1}) is is_number


def test_a_column_without_a_word_stands_as_the_one_before_it():
    assert columns.numeric([("Type 1", "0", "3", ""), ("Type 2", "0", "1", "")]) == {1, 2, 3}
    assert columns.numeric([("Bryn", "principal", "")]) == frozenset()


def test_words_beneath_a_table_never_stand_on_a_page_alone():
    table = Table(("Row",), tuple((f"Row {n}",) for n in range(40)))
    blocks = (Heading("Members"), table, Paragraph("They are victims first."))
    paper = Document(title="Profile", marking="OFFICIAL", day=date(2026, 11, 18), blocks=blocks)
    file = docx.Document(io.BytesIO(to_docx(paper)))
    kept = [
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in file.tables[-1].rows
    ]
    assert kept[-3:] == [True] * 3
    assert not kept[-4]
