"""Documents as PDF: opened again by other programs, every page marked, nothing read as layout."""

import io
import re
import shutil
import subprocess
from datetime import date

import pytest
from PIL import Image

from ocgdesk.reports import pdf_writer
from ocgdesk.reports.document import (
    Contents,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Tone,
)

HOSTILE = '#import "@preview/x:1.0.0": * \\ $x^2$ *bold* _it_ `code` <label> @ref "quoted" // gone'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>'
)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (6, 4), "red").save(out, "PNG")
    return out.getvalue()


def paper(*blocks, **more):
    said = {"title": "OCG profile", "marking": "OFFICIAL-SENSITIVE", "day": date(2026, 11, 18)}
    return Document(
        **(said | {"author": "J. Mistry", "foot": "WMPA1-OCG-2026-0042"} | more), blocks=blocks
    )


@pytest.fixture
def text_of(tmp_path):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here: nothing else reads the PDF back")

    def read(document) -> list[str]:
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf_writer.to_pdf(document))
        done = subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True
        )
        return done.stdout.split("\f")[:-1]

    return read


def test_every_page_is_marked_top_and_bottom_and_numbered(text_of):
    pages = text_of(paper(Heading("One"), PageBreak(), Heading("Two"), synthetic=True))
    assert len(pages) == 2
    for number, page in enumerate(pages, 1):
        assert page.count("OFFICIAL-SENSITIVE · SYNTHETIC DATA") == 2
        assert f"WMPA1-OCG-2026-0042 · page {number}" in page


def test_words_of_a_record_are_never_layout(text_of):
    page = text_of(paper(Paragraph(HOSTILE), Facts((("Name", HOSTILE),)), title=HOSTILE))[0]
    flat = " ".join(page.split())
    assert flat.count('#import "@preview/x:1.0.0"') == 3
    assert "// gone" in flat


def test_names_in_any_script_have_letters(text_of):
    page = text_of(paper(Paragraph("Ŵyn ŷ Łukasz Ёлкин ▲ 43 %"), Paragraph("ਗੁਰ 北京")))[0]
    assert "Ŵyn ŷ Łukasz Ёлкин ▲ 43 %" in page
    assert "北京" in page


def test_a_character_no_face_has_does_not_stop_the_paper(text_of):
    page = text_of(paper(Paragraph("Before \U00013080 after")))[0]
    assert "Before" in page
    assert "after" in page


def test_a_long_table_repeats_its_titles_on_each_page(text_of):
    rows = tuple((f"row {n}", "x") for n in range(120))
    pages = text_of(paper(Table(("What", "How much"), rows, (0.6, 0.4))))
    assert len(pages) > 1
    assert all("How much" in page for page in pages)
    assert sum(page.count("row ") for page in pages) == 120


def test_headings_are_listed_with_their_pages_and_tones_are_said(text_of):
    pages = text_of(
        paper(
            Contents(),
            Heading("Situation"),
            Paragraph("Overdue", Tone.WARNING),
            PageBreak(),
            Heading("Members", 2),
        )
    )
    assert "Situation" in pages[0]
    assert pages[0].index("Members") < pages[0].index("Overdue")


def test_pictures_carry_alternative_text_and_a_numbered_caption(text_of):
    shown = Picture(png=png(), svg=SVG, alt="Two groups share a line", caption="Links", width=0.5)
    page = text_of(paper(shown, Picture(png=png(), alt="A red box")))[0]
    assert "Figure 1: Links" in page
    assert b"Two groups share a line" in pdf_writer.source(paper(shown)).encode()


def test_it_is_tagged_and_the_same_each_time():
    made = pdf_writer.to_pdf(paper(Heading("One")))
    assert made == pdf_writer.to_pdf(paper(Heading("One")))
    assert b"pdfuaid:part" in made
    assert b"/MarkInfo" in made


def test_nothing_in_it_is_taken_for_a_fault_by_what_reads_it(tmp_path):
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not installed here")
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_writer.to_pdf(paper(Heading("One"), Paragraph("Words."))))
    done = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True)
    assert (done.stderr, "Tagged:          yes" in done.stdout) == ("", True)


def test_what_a_paper_says_of_itself_stays_together_and_numbers_stand_at_the_right():
    quiet = (Paragraph("One.", Tone.QUIET), Paragraph("Two.", Tone.QUIET))
    text = pdf_writer.source(paper(Table(("Row", "Live"), (("Pursue", "3"),)), *quiet))
    assert '#block(sticky: true)[#quiet("One.")]' in text
    assert "align: (left, right,)" in text


def test_a_paper_that_begins_below_the_first_level_is_set_too(text_of):
    page = text_of(paper(Heading("Disruptions by strand", 2), Heading("Finance", 2)))[0]
    assert "Disruptions by strand" in page


def test_a_page_can_lie(text_of):
    wide = pdf_writer.source(paper(is_wide=True))
    assert "flipped: true" in wide


def test_headings_of_one_level_stay_of_one_level_where_none_is_higher():
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed here: nothing else reads the PDF back")
    made = paper(Heading("Strand", 2), Paragraph("One."), Heading("Level", 2), Paragraph("Two."))
    data = pdf_writer.to_pdf(made)
    out = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=data, capture_output=True, check=True
    )
    box = r'yMin="([\d.]+)"[^>]*yMax="([\d.]+)">{word}<'
    found = [re.search(box.format(word=word), out.stdout.decode()) for word in ("Strand", "Level")]
    one, other = (float(at[2]) - float(at[1]) for at in found if at)
    assert one == pytest.approx(other)


@pytest.mark.parametrize("count", [42, 43, 44])
def test_a_long_table_begins_with_its_heading_and_several_rows(text_of, count):
    rows = tuple((f"Row {n}", str(n)) for n in range(30))
    pages = text_of(paper(*[Paragraph("x")] * count, Heading("Lines"), Table(("Line", "No"), rows)))
    (begun,) = [page for page in pages if "Lines" in page]
    assert "Row 2 " in begun
