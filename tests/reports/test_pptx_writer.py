"""Documents as slides: what is on them, and that all of it is on the page."""

import io
from datetime import date
from typing import Any

import pptx
import pytest
from PIL import Image

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
from ocgdesk.reports.pptx_writer import to_pptx


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "png")
    return out.getvalue()


def paper(*blocks: Any, title: str = "OCG profile: Tarnbrook") -> Document:
    return Document(
        title=title,
        subtitle="WMPA1-OCG-2026-0001",
        marking="OFFICIAL-SENSITIVE",
        synthetic=True,
        author="J. Mistry",
        day=date(2026, 11, 18),
        foot="WMPA1-PRO-2026-0001",
        blocks=blocks,
    )


def opened(document: Document) -> Any:
    return pptx.Presentation(io.BytesIO(to_pptx(document)))


def words(slide: Any) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def rows(file: Any) -> list[tuple[str, ...]]:
    return [
        tuple(cell.text for cell in row.cells)
        for slide in file.slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]


def assert_all_on_the_page(file: Any) -> None:
    for slide in file.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= file.slide_width, shape.name
            assert shape.top + shape.height <= file.slide_height, shape.name


def test_every_slide_has_a_title_and_the_marking():
    file = opened(paper(Heading("Members"), Paragraph("Nine people."), Heading("Lines")))
    assert [slide.shapes.title.text for slide in file.slides] == [
        "OCG profile: Tarnbrook", "Members", "Lines",
    ]  # fmt: skip
    for slide in file.slides:
        assert words(slide).count("OFFICIAL-SENSITIVE · SYNTHETIC DATA") == 2
        assert "WMPA1-PRO-2026-0001" in words(slide)
    assert file.core_properties.title == "OCG profile: Tarnbrook"


def test_a_long_table_goes_on_with_its_titles_and_loses_no_row():
    body = tuple((f"Member {at}", "what is told of them " * (at % 9)) for at in range(120))
    file = opened(paper(Heading("Members"), Table(("Name", "Told"), body, (0.3, 0.7))))
    found = rows(file)
    assert [row for row in found if row != ("Name", "Told")] == list(body)
    assert found.count(("Name", "Told")) == len(file.slides) - 1 > 3
    assert file.slides[2].shapes.title.text == "Members (continued)"
    assert_all_on_the_page(file)


def test_a_picture_has_a_slide_and_says_what_it_shows():
    picture = Picture(png=png(400, 900), alt="Nine people and two lines", caption="Figure 1")
    file = opened(paper(Heading("Chart"), Paragraph("Before."), Paragraph("And."), picture))
    slide = file.slides[len(file.slides) - 1]
    shape = next(one for one in slide.shapes if one.shape_type == 13)
    assert shape._element.nvPicPr.cNvPr.get("descr") == "Nine people and two lines"
    assert "Figure 1" in words(slide)
    assert shape.width / shape.height == pytest.approx(400 / 900, rel=0.01)
    assert_all_on_the_page(file)


def test_notes_hold_what_the_slide_rests_on():
    quiet = Paragraph("Records restricted from this user are not included.", Tone.QUIET)
    file = opened(paper(Heading("About this paper"), quiet))
    notes = file.slides[1].notes_slide.notes_text_frame.text
    assert "not included" in notes
    assert "WMPA1-PRO-2026-0001" in notes


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("x" * 10_000),
        Paragraph("word " * 3_000, Tone.WARNING),
        Facts((("Name", "y" * 10_000), ("Other", "\u202eright to left\u0007"))),
        Table(("One", "Two"), (("z" * 10_000, ""),)),
        Heading("h" * 300),
        Heading("h" * 300, 2),
        Contents(),
        PageBreak(),
    ],
)
def test_whatever_is_written_stays_on_the_page(block: Any):
    assert_all_on_the_page(opened(paper(Heading("First"), block, Paragraph("After."))))


def test_a_row_taller_than_a_slide_goes_on_and_loses_no_word():
    said = "\n".join(f"Disruption {n} accepted" for n in range(70))
    file = opened(paper(Heading("Changes"), Table(("OCG", "What"), (("Tarnbrook", said),))))
    assert_all_on_the_page(file)
    told = [line for row in rows(file) for line in row[1].split("\n") if "accepted" in line]
    assert told == said.split("\n")


def test_the_same_document_gives_the_same_bytes():
    document = paper(Heading("Members"), Paragraph("Nine people."))
    assert to_pptx(document) == to_pptx(document)


# ---- What goes together --------------------------------------------------------------------------

BASIS = "Counts: disruptions accepted by moderation. As at 18 Nov 2026. " * 3


@pytest.mark.parametrize("count", range(1, 40, 2))
def test_no_slide_carries_only_the_basis_of_what_stood_before(count: int):
    table = Table(("Row", "Figure"), tuple((f"Row {n}", str(n)) for n in range(count)))
    file = opened(paper(Heading("Figures"), table, Paragraph(BASIS, Tone.QUIET)))
    assert_all_on_the_page(file)
    last = file.slides[len(file.slides) - 1]
    assert BASIS.strip() in words(last)
    (found,) = [shape.table for shape in last.shapes if shape.has_table]
    assert len(found.rows) > 1
    assert len(rows(file)) - len(file.slides) + 1 == count


@pytest.mark.parametrize("letters", [20, 300, 900])
def test_a_caption_stands_on_the_slide_of_its_picture_with_its_basis(letters: int):
    picture = Picture(png=png(400, 800), alt="Lines.", caption="Filters: " + "x " * (letters // 2))
    file = opened(paper(Heading("Links"), picture, Paragraph(BASIS, Tone.QUIET)))
    assert len(file.slides) == 2
    assert_all_on_the_page(file)
    assert "Filters:" in words(file.slides[1])


def test_numbers_stand_at_the_right_and_blanks_are_no_taller_than_words():
    table = Table(("Row", "Figure"), (("Cash", "900"), ("Plants", "")))
    file = opened(paper(Heading("Figures"), table))
    (found,) = [shape.table for shape in file.slides[1].shapes if shape.has_table]
    sides = [row.cells[1].text_frame.paragraphs[0]._p.pPr.get("algn") for row in found.rows]
    assert sides == ["r", "r", "r"]
    blank = found.rows[2].cells[1].text_frame.paragraphs[0]._p
    assert blank.find("{*}endParaRPr").get("sz") == "1200"


def test_short_sections_share_a_slide_and_one_without_room_begins_its_own():
    body = tuple((f"Line {n}", "Active") for n in range(14))
    lines = Table(("Line", "Status"), body)
    blocks = (
        Heading("Summary", 1, "Of one."), Paragraph("Nothing is recorded."),
        Heading("Scores", 1, "Of two."), Paragraph("Not scored."),
        Heading("County lines"), lines,
    )  # fmt: skip
    file = opened(paper(*blocks))
    assert [one.shapes.title.text for one in file.slides][1:] == ["Summary", "County lines"]
    assert "Scores" in words(file.slides[1])
    notes = file.slides[1].notes_slide.notes_text_frame.text.split("\n")
    assert notes[notes.index("Scores") + 1] == "Of two."
    assert_all_on_the_page(file)


@pytest.mark.parametrize("count", range(3, 40, 4))
def test_what_is_counted_goes_with_rows_also_beneath_a_heading_of_its_own(count: int):
    table = Table(("Row", "Figure"), tuple((f"Row {n}", str(n)) for n in range(count)))
    basis = (Heading("What is counted", 2), Paragraph(BASIS, Tone.QUIET))
    file = opened(paper(Heading("Figures"), table, *basis))
    last = file.slides[len(file.slides) - 1]
    assert BASIS.strip() in words(last)
    assert [shape for shape in last.shapes if shape.has_table]
    assert_all_on_the_page(file)
