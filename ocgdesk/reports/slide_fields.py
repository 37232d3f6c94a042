"""What PowerPoint has no chart for, as its own tables and shapes: fields, flows, unlike units."""

from collections.abc import Sequence
from typing import Any, Final

from ocgdesk.domain.returns import number_words
from ocgdesk.i18n import _
from ocgdesk.reports import flow_ends
from ocgdesk.reports.figure_looks import GREYS, tone
from ocgdesk.reports.figures import Panel
from ocgdesk.reports.office_files import legal
from ocgdesk.reports.slide_charts import short
from ocgdesk.reports.slide_text import colour, style

_INK, _QUIET, _PAPER, _GROUND, _HAIR = "161C26", "4A5565", "FFFFFF", "E8ECF2", "D5DBE3"
_LIGHT, _DARK = (244, 246, 250), (29, 63, 125)
_NAMES: Final = 0.28
"""Of the width, what the names of rows take."""
_BARS: Final = 0.36
"""Of the width, what bars beside numbers take."""
_STEPS: Final = 14
"""Straight pieces of the edge of a band: enough to look bent."""
_LEAST: Final = 0.02
_POINT: Final = 12_700
"""The units of the file in a point."""
_HEAD: Final = 1.9
"""How many rows tall the titles of a table are."""
_LETTER: Final = 0.52
"""How wide a letter is on average, in sizes."""
_BROKEN: Final = 4
"""Letters that a line loses where words are broken between."""
_MARGIN: Final = 18_288
_ASIDE: Final = 45_720

Seat = tuple[int, int, int, int]
"""Left, top, width and height as the file holds lengths."""


def heat(slide: Any, panel: Panel, seat: Seat, *, points: float) -> Any:
    """Put a field of numbers on a slide as a table, each cell the darker the more it holds."""
    rows = [("", *map(short, panel.labels))]
    rows += [
        (short(one.name), *(number_words(v) or "–" for v in one.values)) for one in panel.series
    ]
    many = max(1, len(panel.labels))
    frame = _table(slide, rows, seat, (_NAMES, *([(1 - _NAMES) / many] * many)), points)
    most = max(panel.top, max((v or 0.0 for one in panel.series for v in one.values), default=0.0))
    for row, one in enumerate(panel.series, start=1):
        for across, value in enumerate(one.values, start=1):
            share = (value or 0.0) / (most or 1.0)
            cell = frame.table.cell(row, across)
            cell.fill.fore_color.rgb = colour(_PAPER if value is None else _shade(share))
            ink = _PAPER if share > 0.55 else _INK
            style(cell.text_frame.paragraphs[0], points, ink, bold=True, side="ctr")
    return frame


def _shade(share: float) -> str:
    parts = (round(p + (i - p) * share) for p, i in zip(_LIGHT, _DARK, strict=True))
    return "".join(f"{part:02X}" for part in parts)


def own_scales(slide: Any, panel: Panel, seat: Seat, *, points: float) -> Any:
    """Put rows in unlike units on a slide: a table, and beside each row bars to its own scale."""
    told = _("Each row to its own scale")
    grey = next((one for one in panel.series if one.earlier or one.tone == 1), None)
    if grey is not None:
        told = _("Each row to its own scale, {name} in grey").format(name=short(grey.name))
    head = (
        "",
        *(short(one.name) for one in panel.series),
        *([""] if any(panel.notes) else []),
        told,
    )
    rows: list[tuple[str, ...]] = [head]
    for at, name in enumerate(panel.labels):
        numbers = (number_words(one.values[at]) or "–" for one in panel.series)
        note = (panel.notes[at],) if any(panel.notes) else ()
        rows.append((short(name), *numbers, *note, ""))
    many = len(head) - 2
    shares = (_NAMES, *([(1 - _NAMES - _BARS) / many] * many), _BARS)
    frame = _table(slide, rows, seat, shares, points)
    _beside(slide, panel, frame, seat)
    return frame


def _beside(slide: Any, panel: Panel, frame: Any, seat: Seat) -> None:
    """Draw the bars over the empty last column of a table."""
    left, _top, wide, _tall = seat
    start = left + round(wide * (1 - _BARS)) + round(wide * 0.01)
    room, y = wide * (_BARS - 0.02), seat[1] + frame.table.rows[0].height
    for at in range(len(panel.labels)):
        high = frame.table.rows[at + 1].height
        most = max(one.values[at] or 0.0 for one in panel.series) or 1.0
        thick = high * 0.7 / len(panel.series)
        for row, one in enumerate(panel.series):
            if value := one.values[at]:
                across = max(value / most, _LEAST) * room
                place = y + high * 0.15 + row * thick
                _box(slide, (start, place, across, thick), tone(one))
        y += high


def _table(
    slide: Any,
    rows: Sequence[Sequence[str]],
    seat: Seat,
    shares: Sequence[float],
    points: float,
) -> Any:
    left, top, wide, tall = seat
    widths = [round(wide * share) for share in shares]
    high = min(round(tall / (len(rows) + _HEAD - 1)), round(points * _POINT * 3.2))
    head = min(round(high * _HEAD), round(points * _POINT * 4))
    heights = [head, *([high] * (len(rows) - 1))]
    frame = slide.shapes.add_table(len(rows), len(rows[0]), left, top, wide, sum(heights))
    table = frame.table
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for at, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[at].height = height
        for across, (words, width) in enumerate(zip(row, widths, strict=True)):
            fitted = _fitted(words, width, height, points)
            _fill(table.cell(at, across), fitted, points, is_head=not at, is_name=not across)
    return frame


def _fitted(words: str, width: int, height: int, points: float) -> str:
    """Return the words of a cell as its row has lines for: a row that grows leaves the slide."""
    line = points * _POINT * 1.2
    lines = max(1, int((height - 2 * _MARGIN) / line))
    letters = int((width - 2 * _ASIDE) / (points * _POINT * _LETTER))
    most = max(4, letters * lines - (lines - 1) * _BROKEN)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _fill(cell: Any, words: str, points: float, *, is_head: bool, is_name: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR

    cell.text = legal(words)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = _ASIDE
    cell.margin_top = cell.margin_bottom = _MARGIN
    ink = _QUIET if is_head else _INK
    style(cell.text_frame.paragraphs[0], points, ink, bold=is_head, side="l" if is_name else "ctr")
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(_GROUND if is_head else _PAPER)


def _box(slide: Any, seat: tuple[float, float, float, float], ink: str) -> Any:
    from pptx.enum.shapes import MSO_SHAPE

    box = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(round(one) for one in seat))
    box.fill.solid()
    box.fill.fore_color.rgb = colour(ink)
    box.line.color.rgb = colour(_INK)
    box.line.width = 6350
    box.shadow.inherit = False
    return box


# ---- Flows --------------------------------------------------------------------------------------


def flow(slide: Any, panel: Panel, seat: Seat, *, points: float) -> None:
    """Put a flow on a slide as shapes: a bar at each end, a band for each value, words beside."""
    left, top, wide, tall = seat
    values = [[value or 0.0 for value in one.values] for one in panel.series]
    begin, end, start = left + wide * _NAMES, left + wide * (1 - _NAMES), float(left)
    bar = wide * 0.012
    for one in flow_ends.bands(values):
        _band(slide, one, (begin + bar, end - bar), (top, tall))
    sums = [sum(row) for row in values]
    names = [_summed(one.name, n) for one, n in zip(panel.series, sums, strict=True)]
    place = (begin, start, wide * _NAMES)
    _side(slide, (names, flow_ends.ends(sums)), place, seat, points=points, side="r")
    sums = [sum(column) for column in zip(*values, strict=True)]
    names = [_summed(one, n) for one, n in zip(panel.labels, sums, strict=True)]
    place = (end - bar, end, wide * _NAMES)
    _side(slide, (names, flow_ends.ends(sums)), place, seat, points=points, side="l")


def _summed(name: str, value: float) -> str:
    return f"{short(name)}, {number_words(value)}"


def _side(
    slide: Any,
    named: tuple[Sequence[str], Sequence[tuple[float, float]]],
    place: tuple[float, float, float],
    seat: Seat,
    *,
    points: float,
    side: str,
) -> None:
    """Draw the ends of one side, and write their words apart from one another."""
    (names, found), (_left, top, wide, tall) = named, seat
    bar, begin, room = place
    high = min(points * _POINT * 2.6, tall / max(1, len(names)))
    middles = [(low + far) / 2 * tall for low, far in found]
    at = flow_ends.spread(middles, [high] * len(names), tall)
    for words, (low, far), middle in zip(names, found, at, strict=True):
        _box(slide, (bar, top + low * tall, wide * 0.012, max((far - low) * tall, 1)), _INK)
        text = slide.shapes.add_textbox(
            round(begin), round(top + middle - high / 2), round(room), round(high)
        )
        frame = text.text_frame
        frame.word_wrap = True
        frame.margin_top = frame.margin_bottom = 0
        frame.text = legal(words)
        _centred(frame)
        style(frame.paragraphs[0], points, _INK, side=side)


def _centred(frame: Any) -> None:
    from pptx.enum.text import MSO_ANCHOR

    frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _band(
    slide: Any, one: flow_ends.Band, across: tuple[float, float], down: tuple[float, float]
) -> None:
    """Draw one band as a shape whose edges bend from its start to its end."""
    (begin, end), (top, tall) = across, down
    upper = [_bent(begin, end, one.start, one.end, step) for step in range(_STEPS + 1)]
    lower = [
        _bent(begin, end, one.start + one.broad, one.end + one.wide, step)
        for step in range(_STEPS, -1, -1)
    ]
    points = [(round(x), round(top + y * tall)) for x, y in (*upper, *lower)]
    builder = slide.shapes.build_freeform(*points[0])
    builder.add_line_segments(points[1:], close=True)
    shape = builder.convert_to_shape()
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(GREYS[one.row % len(GREYS)])
    _thin(shape)
    shape.line.color.rgb = colour(_PAPER)
    shape.shadow.inherit = False


def _bent(begin: float, end: float, start: float, stop: float, step: int) -> tuple[float, float]:
    share = step / _STEPS
    bend = share * share * (3 - 2 * share)
    return begin + (end - begin) * share, start + (stop - start) * bend


def _thin(shape: Any) -> None:
    """Let what lies beneath a band be seen through it."""
    from pptx.oxml.ns import qn

    ink = shape.fill._xPr.find(qn("a:solidFill"))[0]  # noqa: SLF001 - python-pptx has no opacity
    alpha = ink.makeelement(qn("a:alpha"), {"val": "60000"})
    ink.append(alpha)
