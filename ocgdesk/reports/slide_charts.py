"""Panels of figures as PowerPoint's own charts: their numbers can be read, restyled, copied out.

Bars are clustered, balances stacked to 100 %, trends lines. Strands keep a pattern and lines
their dashes and marks, so that a slide printed without colour reads. The workbook within holds
the numbers shown and no more, its words as words: no spreadsheet runs them as formulas.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from ocgdesk import resources
from ocgdesk.domain.returns import number_words
from ocgdesk.i18n import _
from ocgdesk.reports import figure_room
from ocgdesk.reports.figure_looks import BEFORE, INK, INKS, PAPER, RESTS, tone
from ocgdesk.reports.figures import Form, Panel, Series
from ocgdesk.reports.office_files import FONT, legal
from ocgdesk.reports.slide_text import colour

FORMS: Final = frozenset({Form.BARS, Form.TREND, Form.BALANCE})
"""What PowerPoint has a chart for."""
LONGEST: Final = 70
"""Letters of a label on a slide, at most: the table has the whole of it."""
_GRID: Final = "#D5DBE3"
_PATTERNS: Final = {"///": "WIDE_UPWARD_DIAGONAL", "...": "PERCENT_20", "xx": "DIAGONAL_CROSS"}
_DASHES: Final = ("SOLID", "DASH", "ROUND_DOT", "DASH_DOT", "LONG_DASH", "LONG_DASH_DOT")
_MARKS: Final = ("CIRCLE", "SQUARE", "TRIANGLE", "DIAMOND", "X", "PLUS")
_LONG_AGO: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a file's own time has no zone
_CROWDED: Final = 8
_FEW: Final = 14
"""Points of a line that each say their number."""


def short(words: str) -> str:
    """Return a label as a slide has it: cut where it would push the chart aside."""
    words = legal(words)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


def series_of(panel: Panel) -> tuple[Series, ...]:
    """Return what is drawn: with what no part accounts for, where shares fall short of the whole.

    A chart of shares always fills its bar: what is missing has to stand in it.
    """
    if panel.form is not Form.BALANCE:
        return panel.series
    rows = range(len(panel.labels))
    drawn = [sum(one.values[row] or 0.0 for one in panel.series) for row in rows]
    left = tuple(figure_room.whole(panel, row) - drawn[row] for row in rows)
    if not any(left):
        return panel.series
    return (*panel.series, Series(_("Not shown here"), left, is_rest=True))


def categories(panel: Panel) -> list[str]:
    """Return the names of the rows of a chart; shares say of how many they are."""
    names = [short(one) for one in panel.labels]
    if panel.form is not Form.BALANCE:
        return names
    return [f"{name}, {figure_room.of_whole(panel, row)}" for row, name in enumerate(names)]


def add(slide: Any, panel: Panel, seat: tuple[Any, Any, Any, Any], *, points: float) -> Any:
    """Put a panel on a slide as a chart of its own and return its frame.

    ``seat`` is its left, top, width and height as the file holds lengths; ``points`` the size of
    its words.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    made: Any = CategoryChartData  # the library leaves it without types
    data = made()
    data.categories = categories(panel)
    drawn = series_of(panel)
    for one in drawn:
        data.add_series(short(one.name), one.values)
    kind = {
        Form.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
        Form.BALANCE: XL_CHART_TYPE.BAR_STACKED_100,
        Form.TREND: XL_CHART_TYPE.LINE_MARKERS,
    }[panel.form]
    frame = slide.shapes.add_chart(kind, *seat, data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_book(panel, drawn))
    _number_axes(chart)
    _common(chart, points, has_key=len(drawn) > 1 or panel.form is Form.BALANCE)
    {Form.BARS: _bars, Form.BALANCE: _balance, Form.TREND: _trend}[panel.form](
        chart, panel, drawn, points
    )
    return frame


def _number_axes(chart: Any) -> None:
    """Give the axes numbers the schema allows: python-pptx writes negative ones."""
    axes = chart.element.xpath(".//c:axId | .//c:crossAx")
    numbers = {one.get("val"): str(n) for n, one in enumerate(axes, start=1)}
    for one in axes:
        one.set("val", numbers[one.get("val")])


def _book(panel: Panel, drawn: Sequence[Series]) -> bytes:
    """Return the workbook of a chart: its labels and numbers, where the chart looks for them."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": _LONG_AGO})
    page = book.add_worksheet("Sheet1")
    page.write_column(1, 0, categories(panel))
    for at, one in enumerate(drawn, start=1):
        page.write_string(0, at, short(one.name))
        for row, value in enumerate(one.values, start=1):
            if value is not None:
                page.write_number(row, at, value)
    book.close()
    return out.getvalue()


# ---- How it looks -------------------------------------------------------------------------------


def _common(chart: Any, points: float, *, has_key: bool) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(points), FONT
    chart.font.color.rgb = colour(INK)
    chart.has_title = False
    chart.has_legend = has_key
    if has_key:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False


def _across(chart: Any) -> None:
    """Have the rows of bars read from the top, each on a line without marks."""
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.oxml.ns import qn

    rows = chart.category_axis
    rows.reverse_order = True
    values = chart.value_axis._element  # noqa: SLF001 - the library's own setter does nothing here
    values.find(qn("c:crosses")).set("val", "max")
    rows.major_tick_mark = XL_TICK_MARK.NONE
    rows.format.line.color.rgb = colour(_GRID)


def _bars(chart: Any, panel: Panel, drawn: Sequence[Series], points: float) -> None:
    _across(chart)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, -5
    last = len(drawn) - 1
    for at, (made, one) in enumerate(zip(plot.series, drawn, strict=True)):
        _filled(made, one, 0)
        for row, value in enumerate(one.values):
            words = figure_room.value_words(panel, value, row if at == last else None)
            if value is not None:
                _say(made.points[row], words, points, bold=not one.earlier)


def _say(point: Any, words: str, points: float, *, bold: bool) -> None:
    """Write a number after its bar as it is printed, with what is noted of its row."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = point.data_label
    label.text_frame.text, label.text_frame.word_wrap = words, False
    label.position = XL_LABEL_POSITION.OUTSIDE_END
    for run in label.text_frame.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(points - 1), bold
        run.font.color.rgb = colour(INK)


def _balance(chart: Any, panel: Panel, drawn: Sequence[Series], points: float) -> None:
    _across(chart)
    axis = chart.value_axis
    axis.major_gridlines.format.line.color.rgb = colour(_GRID)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0%", False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 30 if len(panel.labels) > _CROWDED else 55, 100
    rests = 0
    for made, one in zip(plot.series, drawn, strict=True):
        _filled(made, one, rests)
        rests += one.is_rest
        for row, value in enumerate(one.values):
            share = (value or 0.0) / (figure_room.whole(panel, row) or 1.0)
            if value and share > 0.03:
                _inside(made.points[row], number_words(value), points)


def _inside(point: Any, words: str, points: float) -> None:
    """Write a number on its part of a bar, on paper: it reads on any pattern."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls, qn
    from pptx.util import Pt

    label = point.data_label
    label.text_frame.text, label.text_frame.word_wrap = words, False
    for run in label.text_frame.paragraphs[0].runs:
        run.font.size, run.font.bold = Pt(points - 1), True
        run.font.color.rgb = colour(INK)
    element = label._get_or_add_dLbl()  # noqa: SLF001 - python-pptx fills no label's ground
    paper = f'<a:solidFill><a:srgbClr val="{PAPER[1:]}"/></a:solidFill>'
    ground = parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{paper}</c:spPr>")
    after = element.find(qn("c:tx"))
    after.addnext(ground)


def _filled(made: Any, one: Series, rest: int) -> None:
    """Fill a series: a strand with its colour and pattern, the period before grey."""
    from pptx.enum.dml import MSO_PATTERN
    from pptx.util import Pt

    strands: dict[str, dict[str, str]] = resources.toml("themes", "light.toml")["strands"]
    fill, line = made.format.fill, made.format.line
    made.invert_if_negative = False
    line.color.rgb, line.width = colour(INK), Pt(0.75)
    if one.strand in strands and (hatch := strands[one.strand]["hatch"]):
        fill.patterned()
        fill.pattern = getattr(MSO_PATTERN, _PATTERNS[hatch])
        fill.fore_color.rgb = colour(INK)
        fill.back_color.rgb = colour(strands[one.strand]["fill"])
        return
    fill.solid()
    if one.strand in strands:
        fill.fore_color.rgb = colour(strands[one.strand]["fill"])
    elif one.is_rest:
        fill.fore_color.rgb = colour(RESTS[rest % len(RESTS)])
    else:
        fill.fore_color.rgb = colour(tone(one))


def _trend(chart: Any, panel: Panel, drawn: Sequence[Series], points: float) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE, XL_TICK_MARK
    from pptx.enum.dml import MSO_LINE_DASH_STYLE
    from pptx.util import Pt

    axis = chart.value_axis
    axis.minimum_scale = 0
    if panel.top:
        axis.maximum_scale = panel.top
    axis.major_gridlines.format.line.color.rgb = colour(_GRID)
    axis.format.line.fill.background()
    axis.major_tick_mark = chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False
    chart.category_axis.tick_labels.offset = 300
    chart.category_axis.format.line.color.rgb = colour(BEFORE)
    for at, (made, one) in enumerate(zip(chart.plots[0].series, drawn, strict=True)):
        ink = colour(INKS[at % len(INKS)])
        made.smooth = False
        made.format.line.color.rgb, made.format.line.width = ink, Pt(2)
        made.format.line.dash_style = getattr(MSO_LINE_DASH_STYLE, _DASHES[at % len(_DASHES)])
        made.marker.style = getattr(XL_MARKER_STYLE, _MARKS[at % len(_MARKS)])
        made.marker.size = 7
        made.marker.format.fill.solid()
        made.marker.format.fill.fore_color.rgb = ink
        made.marker.format.line.color.rgb = ink
        if len(drawn) == 1 and len(one.values) <= _FEW:
            _above(made, one, points)


def _above(made: Any, one: Series, points: float) -> None:
    """Write the number of each point of a line that stands alone above it."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    for at, value in enumerate(one.values):
        if value is None:
            continue
        label = made.points[at].data_label
        label.text_frame.text = number_words(value)
        label.position = XL_LABEL_POSITION.ABOVE
        for run in label.text_frame.paragraphs[0].runs:
            run.font.size = Pt(points - 2)
