"""Figures on slides: one chart a slide, as PowerPoint's own, with its words and its sources.

Lines that are small multiples of one another stand together, six at most. Nothing of a figure
is a picture here: what PowerPoint has no chart for is a table with filled cells, or shapes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ocgdesk.i18n import N_, _
from ocgdesk.reports import slide_charts, slide_fields
from ocgdesk.reports.figures import FigureOut, Form, Panel
from ocgdesk.reports.office_files import legal
from ocgdesk.reports.slide_text import style

_TOGETHER: Final = 6
"""Small multiples on one slide, at most."""
_ACROSS: Final = 3
_POINTS: Final = 12.0
_SMALL: Final = 10.0
_FRAME: Final = 1.2
_BROAD: Final = 0.75
"""How tall, at most, the rows of a chart are and what stands about them, in inches."""
_INCH: Final = 914_400
_MANY: Final = 10
"""Rows on a slide, and words are set smaller."""
_BLANKS: Final = N_("Where no number stands, nothing was recorded.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one slide shows of a figure, and what is said on it and beside it."""

    title: str
    subtitle: str
    foot: str
    panels: tuple[Panel, ...]
    alt: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands in the notes: of what and when, what it rests on, the numbers in words."""
        return tuple(filter(None, (self.subtitle, self.foot, self.alt)))


def sheets(figure: FigureOut) -> Iterator[Sheet]:
    """Yield what each slide shows of a figure, in order."""
    for some in _grouped(figure.panels):
        first = some[0]
        title, of = first.finding or figure.title, first.title
        if len(some) > 1:
            title, of = figure.title, _("{title}, to one scale").format(title=_stem(first))
        yield Sheet(
            title=title,
            subtitle=" · ".join(filter(None, (of, figure.subtitle))),
            foot=" ".join(filter(None, (figure.source, _blanks(some)))),
            panels=some,
            alt=_alt(title, some) or figure.alt,
        )


def _alt(title: str, panels: tuple[Panel, ...]) -> str:
    """Return in words what these panels show, each number once; nothing where they say none."""
    said = dict.fromkeys(one.said for one in panels if one.said)
    return " ".join((f"{title}.", *said)) if said else ""


def _grouped(panels: tuple[Panel, ...]) -> Iterator[tuple[Panel, ...]]:
    held: list[Panel] = []
    for one in panels:
        if one.form is Form.TREND and one.top and len(one.series) == 1:
            alike = not held or _stem(held[0]) == _stem(one)
            if len(held) == _TOGETHER or not alike:
                yield tuple(held)
                held = []
            held.append(one)
            continue
        if held:
            yield tuple(held)
            held = []
        yield (one,)
    if held:
        yield tuple(held)


def _stem(panel: Panel) -> str:
    """Return what small multiples have in common in their titles."""
    return panel.title.removesuffix(panel.series[0].name).rstrip(": ") or panel.title


def _blanks(panels: tuple[Panel, ...]) -> str:
    every = (value for one in panels for row in one.series for value in row.values)
    return _(_BLANKS) if any(value is None for value in every) else ""


def place(slide: Any, sheet: Sheet, seat: slide_fields.Seat, scale: float) -> None:
    """Put what a sheet shows on a slide within a seat; ``scale`` is how tall slides are."""
    if len(sheet.panels) > 1:
        _multiples(slide, sheet, seat, scale)
        return
    (panel,) = sheet.panels
    rows = len(panel.series) if panel.form in {Form.HEAT, Form.FLOW} else len(panel.labels)
    points = (_SMALL if rows > _MANY else _POINTS) * scale
    if panel.form is Form.FLOW:
        _named(_flow(slide, panel, seat, points), panel, sheet.alt)
        return
    if panel.form is Form.HEAT:
        frame = slide_fields.heat(slide, panel, seat, points=points)
    elif panel.own_scale:
        frame = slide_fields.own_scales(slide, panel, seat, points=points)
    else:
        frame = slide_charts.add(slide, panel, _lower(panel, seat, scale), points=points)
    _named(frame, panel, sheet.alt)


def _lower(panel: Panel, seat: slide_fields.Seat, scale: float) -> slide_fields.Seat:
    """Return a seat in which a few bars are not as broad as a hand."""
    left, top, wide, tall = seat
    rows = len(panel.labels)
    most = tall if panel.form is Form.TREND else (_FRAME + _BROAD * rows) * _INCH * scale
    return left, top, wide, min(tall, round(most))


def _flow(slide: Any, panel: Panel, seat: slide_fields.Seat, points: float) -> Any:
    """Put a flow on a slide and gather its shapes, so that it has one name."""
    before = len(slide.shapes)
    slide_fields.flow(slide, panel, seat, points=points)
    return slide.shapes.add_group_shape(list(slide.shapes)[before:])


def _multiples(slide: Any, sheet: Sheet, seat: slide_fields.Seat, scale: float) -> None:
    left, top, wide, tall = seat
    across = min(_ACROSS, len(sheet.panels))
    down = -(-len(sheet.panels) // across)
    for at, panel in enumerate(sheet.panels):
        row, column = divmod(at, across)
        x, y = left + wide * column // across, top + tall * row // down
        head = round(tall * 0.09)
        text = slide.shapes.add_textbox(x, y, wide // across, head)
        text.text_frame.word_wrap = True
        text.text_frame.text = legal(slide_charts.short(panel.series[0].name))
        style(text.text_frame.paragraphs[0], _POINTS * scale, "161C26", bold=True)
        place = (x, y + head, round(wide / across * 0.97), tall // down - head)
        _named(slide_charts.add(slide, panel, place, points=_SMALL * scale), panel, panel.finding)


def _named(shape: Any, panel: Panel, alt: str) -> None:
    """Name a shape after its panel and say in words what it shows."""
    told = shape._element.xpath(".//p:cNvPr")[0]  # noqa: SLF001 - python-pptx has no other way
    told.set("name", legal(panel.title)[:120])
    told.set("descr", legal(alt))
