"""Figures on slides: PowerPoint's own charts, tables and shapes, with their words and sources."""

import io
from datetime import date
from uuid import UUID

import openpyxl
import pptx
import pytest
from golden.chart_scenes import COVER
from office_order import faults
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE

from ocgdesk.domain.charts import Arrangement, Item, Point, Scene
from ocgdesk.domain.kinds import Kind
from ocgdesk.reports import chart_page
from ocgdesk.reports.chart_words import Legend
from ocgdesk.reports.document import Document, Heading, Picture, Table
from ocgdesk.reports.drawing import draw
from ocgdesk.reports.drawing_parts import TextRun
from ocgdesk.reports.figures import FigureOut, Form, Panel, Series
from ocgdesk.reports.pptx_writer import to_pptx

STRANDS = ("pursue", "prevent", "protect", "prepare")
PNG = bytes(24)
SUBTITLE = "Use of powers · Accepted · Nov 2025 to Oct 2026 · Agency: West Midlands Police"
SOURCE = "As at 18 Nov 2026, 09:14. Counts: accepted."


def slides(*panels: Panel, title: str = "Most: Pursue, 12"):
    """Return the slides of a paper that holds one figure, and after it its table."""
    figure = FigureOut(title=title, subtitle=SUBTITLE, source=SOURCE, panels=panels, alt="Words.")
    paper = Document(
        title="Use of powers",
        marking="OFFICIAL-SENSITIVE",
        day=date(2026, 11, 18),
        foot="Made by OCG Desk",
        blocks=(
            Picture(png=PNG, alt="Words.", figure=figure),
            Heading("Rows", 2),
            Table(("Row", "Figure"), (("Pursue", "12"),)),
        ),
    )
    file = pptx.Presentation(io.BytesIO(to_pptx(paper)))
    return list(file.slides)[1:-1]


def charts(slide):
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def words(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def book(chart):
    blob = chart.part.chart_workbook.xlsx_part.blob
    return openpyxl.load_workbook(io.BytesIO(blob)).active


def bars(**more) -> Panel:
    series = (
        Series("Nov 2024 to Oct 2025", (10.0, None, 0.0), earlier=True),
        Series("Nov 2025 to Oct 2026", (12.0, 3.5, 1.0)),
    )
    said = {"title": "Strand", "form": Form.BARS, "labels": ("Pursue", "Cocaine, kg", "Prepare")}
    return Panel(**said | {"series": series, "notes": ("▲ 20 %", "", "")} | more)


def balance(*, wholes=()) -> Panel:
    series = tuple(Series(one.title(), (3.0, 1.0), strand=one) for one in STRANDS)
    rest = Series("No strand", (1.0, None), is_rest=True)
    return Panel(
        title="By agency",
        form=Form.BALANCE,
        labels=("A", "B"),
        series=(*series, rest),
        wholes=wholes,
    )


def trend(name: str, *, top: float = 0.0) -> Panel:
    one = Series(name, (1.0, None, 4.0))
    title = f"Threat: {name}"
    labels = ("Jan 2026", "Feb 2026", "Mar 2026")
    return Panel(title=title, form=Form.TREND, labels=labels, series=(one,), top=top, said=name)


def test_bars_are_a_chart_whose_numbers_are_those_of_the_return():
    (slide,) = slides(bars())
    (chart,) = charts(slide)
    assert chart.chart_type is XL_CHART_TYPE.BAR_CLUSTERED
    assert list(chart.plots[0].categories) == ["Pursue", "Cocaine, kg", "Prepare"]
    assert [tuple(one.values) for one in chart.plots[0].series] == [(10, None, 0), (12, 3.5, 1)]
    assert chart.plots[0].series[1].points[0].data_label.text_frame.text == "12  ▲ 20 %"
    assert not [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]


def test_the_same_figure_gives_the_same_bytes():
    figure = FigureOut(title="T", subtitle="S", source="R", panels=(bars(), balance()))
    picture = Picture(png=PNG, alt="Words.", figure=figure)
    paper = Document(title="T", marking="OFFICIAL", day=date(2026, 11, 18), blocks=(picture,))
    assert to_pptx(paper) == to_pptx(paper)


def test_the_workbook_holds_just_the_numbers_shown():
    (slide,) = slides(bars())
    rows = [[cell.value for cell in row] for row in book(charts(slide)[0]).rows]
    assert rows == [
        [None, "Nov 2024 to Oct 2025", "Nov 2025 to Oct 2026"],
        ["Pursue", 10, 12],
        ["Cocaine, kg", None, 3.5],
        ["Prepare", 0, 1],
    ]


def test_what_a_record_says_is_never_run_as_a_formula():
    evil = '=HYPERLINK("http://x","y")'
    (slide,) = slides(bars(labels=(evil, "+1", "@x"), series=(Series("=1+1", (1.0, 2.0, 3.0)),)))
    page = book(charts(slide)[0])
    assert [page[at].data_type for at in ("A2", "A3", "A4", "B1")] == ["s"] * 4
    assert page["A2"].value == evil


def test_shares_are_stacked_and_what_has_no_strand_stands_in_them():
    (slide,) = slides(balance(wholes=(13.0, 6.0)))
    (chart,) = charts(slide)
    assert chart.chart_type is XL_CHART_TYPE.BAR_STACKED_100
    found = {one.name: tuple(one.values) for one in chart.plots[0].series}
    assert found["No strand"] == (1, None)
    assert found["Not shown here"] == (0, 2)
    assert list(chart.plots[0].categories) == ["A, 13", "B, 4 of 6"]


def test_shares_read_without_colour():
    (slide,) = slides(balance())
    fills = [one.format.fill for one in charts(slide)[0].plots[0].series]
    assert [one.type.name for one in fills] == ["SOLID", *["PATTERNED"] * 3, "SOLID"]
    assert len({one.pattern for one in fills[1:4]}) == 3


def test_lines_are_a_line_chart_and_differ_by_dashes_and_marks():
    three = tuple(Series(name, (1.0, 2.0)) for name in ("Major", "Minor", "None"))
    (slide,) = slides(
        Panel(title="Level", form=Form.TREND, labels=("Jan 2026", "Feb 2026"), series=three)
    )
    (chart,) = charts(slide)
    assert chart.chart_type is XL_CHART_TYPE.LINE_MARKERS
    made = list(chart.plots[0].series)
    assert len({one.format.line.dash_style for one in made}) == 3
    assert len({one.marker.style for one in made}) == 3


def test_small_multiples_stand_together_to_one_scale():
    found = slides(*(trend(str(n), top=9.0) for n in range(8)))
    assert [len(charts(one)) for one in found] == [6, 2]
    assert {one.value_axis.maximum_scale for one in charts(found[0])} == {9.0}
    assert tuple(charts(found[0])[0].plots[0].series[0].values) == (1, None, 4)


def test_a_field_of_numbers_is_a_table_with_filled_cells():
    rows = (Series("T1", (0.0, 8.0)), Series("T2", (None, 2.0)))
    (slide,) = slides(
        Panel(title="Tier", form=Form.HEAT, labels=("Rising", "Falling"), series=rows)
    )
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    said = [[cell.text for cell in row.cells] for row in table.rows]
    assert said == [["", "Rising", "Falling"], ["T1", "0", "8"], ["T2", "–", "2"]]
    fills = [str(table.cell(r, c).fill.fore_color.rgb) for r, c in ((1, 1), (1, 2), (2, 1))]
    assert fills[1] == "1D3F7D"
    assert len(set(fills)) == 3


def test_rows_in_unlike_units_are_a_table_with_bars_beside():
    (slide,) = slides(bars(own_scale=True))
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in table.rows[2].cells][:3] == ["Cocaine, kg", "–", "3.5"]
    bars_drawn = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]
    assert len(bars_drawn) == 4
    assert max(one.left + one.width for one in bars_drawn) < 13.333 * 914_400


def test_a_flow_is_shapes_with_one_name():
    rows = (Series("West Midlands", (3.0, 1.0)), Series("Merseyside", (None, 2.0)))
    panel = Panel(title="Lines", form=Form.FLOW, labels=("Dyfed", "Gwent"), series=rows)
    (slide,) = slides(panel)
    (group,) = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP]
    kinds = [one.shape_type for one in group.shapes]
    assert kinds.count(MSO_SHAPE_TYPE.FREEFORM) == 3
    said = [one.text_frame.text for one in group.shapes if one.has_text_frame]
    assert {"West Midlands, 4", "Merseyside, 2", "Dyfed, 3", "Gwent, 3"} <= set(said)


@pytest.mark.parametrize("panel", [bars(), balance(), trend("Drugs"), bars(own_scale=True)])
def test_each_slide_says_of_what_and_when_and_its_notes_the_sources(panel):
    (slide,) = slides(panel)
    assert SUBTITLE in words(slide)
    assert SOURCE in words(slide)
    notes = slide.notes_slide.notes_text_frame.text
    assert SUBTITLE in notes
    assert SOURCE in notes
    frames = [s for s in slide.shapes if s.has_chart or s.has_table]
    assert frames[0]._element.xpath(".//p:cNvPr")[0].get("descr")


def test_one_chart_a_slide_and_each_is_within_it():
    found = slides(bars(finding="Pursue: 12"), balance(), trend("Drugs"))
    assert [len(charts(one)) for one in found] == [1, 1, 1]
    assert found[0].shapes.title.text == "Pursue: 12"
    for slide in found:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top + shape.height <= 7.5 * 914_400 + 1


def test_a_chart_whose_names_are_small_on_a_slide_says_so():
    for is_small, picture in ((False, chart(3)), (True, chart(60))):
        paper = Document(
            title="T", marking="OFFICIAL", day=date(2026, 11, 18), blocks=(Heading("L"), picture)
        )
        slide = list(pptx.Presentation(io.BytesIO(to_pptx(paper))).slides)[1]
        assert ("for names" in words(slide)) is is_small


def chart(many: int) -> Picture:
    items = tuple(
        Item(id=UUID(int=n + 1), kind=Kind.NOMINAL, label=f"Name {n}") for n in range(many)
    )
    scene = Scene(items=items, ties=())
    places = {one.id: Point(120.0 * (n % 10), 110.0 * (n // 10)) for n, one in enumerate(items)}
    drawing = draw(Arrangement(scene=scene, places=places))
    return Picture(png=PNG, alt="Chart.", caption="Linked to it.", drawing=drawing)


@pytest.mark.parametrize("many", [1, 14])
def test_a_table_of_long_names_stays_on_its_slide(many):
    name = "What an administrator wrote without an end " * 5
    rows = tuple(Series(f"{n} {name}", (1.0, None)) for n in range(many))
    (slide,) = slides(Panel(title=name, form=Form.HEAT, labels=(name, name), series=rows))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    assert frame.top + sum(row.height for row in frame.table.rows) < 6.75 * 914_400
    assert all(len(row.cells[0].text) < 160 for row in frame.table.rows)
    assert frame.table.cell(1, 0).text.endswith("…")


@pytest.mark.parametrize(
    ("size", "many", "says"), [("slide", 3, 0), ("slide", 60, 1), ("a1", 60, 0)]
)
def test_a_chart_that_leaves_as_a_slide_says_where_its_names_are_small(size, many, says):
    drawing = chart(many).drawing
    page = chart_page.page(drawing, COVER, chart_page.PageSize(size), Legend())
    lines = [line for part in page.frame if isinstance(part, TextRun) for line in part.lines]
    assert sum("for names" in line for line in lines) == says


def test_powerpoint_has_nothing_to_repair():
    flow = Series("West Midlands", (3.0, 1.0))
    panels = (
        *(bars(), bars(own_scale=True), balance(wholes=(20.0, 20.0)), trend("Drugs")),
        *(trend(str(n), top=9.0) for n in range(3)),
        Panel(title="Lines", form=Form.FLOW, labels=("Dyfed", "Gwent"), series=(flow,)),
        Panel(title="Grid", form=Form.HEAT, labels=("Dyfed", "Gwent"), series=(flow,)),
    )
    figure = FigureOut(title="T", subtitle="S", source="R", panels=panels)
    picture = Picture(png=PNG, alt="Words.", figure=figure)
    blocks = (Heading("Figures"), picture)
    paper = Document(title="T", marking="OFFICIAL", day=date(2026, 11, 18), blocks=blocks)
    assert faults(to_pptx(paper)) == []
