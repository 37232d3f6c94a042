"""A return as a figure: what it finds, its panels, the words for whoever cannot see it.

Panels hold values of one unit; rows in another unit stand in a panel of their own. Totals and
cross-cuts are not drawn beside the parts they count.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from ocgdesk.casework import exports, return_papers, returns
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.returns import (
    Layout,
    Line,
    Return,
    change_words,
    number_words,
    share_words,
)
from ocgdesk.i18n import _
from ocgdesk.reports.document import Picture
from ocgdesk.reports.figures import MOST_SERIES, FigureOut, Form, Panel, Series
from ocgdesk.store.workspace import Workspace

FORMATS: Final[dict[str, Literal["png", "svg", "pdf"]]] = {
    "png": "png",
    "svg": "svg",
    "pdf": "pdf",
}
_MOST_ROWS: Final = 14
_STRANDS: Final = frozenset({"pursue", "prevent", "protect", "prepare"})


def figure(made: Return) -> FigureOut:
    """Return the figure of a return, with the table it is drawn from."""
    panels = tuple(_panels(made))
    title = finding(made)
    rows = [
        return_papers.printed_cells(made, line)
        for section in made.sections
        for line in section.lines
    ]
    return FigureOut(
        title=title,
        subtitle=_subtitle(made),
        source=_("As at {moment}. {basis}").format(
            moment=made.as_at,
            basis=" ".join((*(f"{one}." for one in made.basis), *made.notes)),
        ),
        panels=panels,
        alt=" ".join(_said(made, title)),
        table=(return_papers.headings(made), *rows),
    )


def picture(made: Return) -> Picture | None:
    """Return the figure of a return for a paper, whose pages are marked; None with nothing in it.

    Its table goes beside it: a figure never stands alone.
    """
    drawn = figure(made)
    if not drawn.panels:
        return None
    return painted(drawn)


def painted(drawn: FigureOut) -> Picture:
    """Return a figure as a picture with its caption and alternative text."""
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports import figure_painter

    return Picture(
        png=figure_painter.paint(drawn, "png", dpi=200),
        svg=figure_painter.paint(drawn, "svg").decode(),
        alt=drawn.alt,
        caption=drawn.subtitle,
        figure=drawn,
    )


def _subtitle(made: Return) -> str:
    period = made.period.words if made.period and made.definition.dated else ""
    narrowed = (f"{name}: {value}" for name, value in made.filters)
    parts = (_(made.definition.title), _(made.definition.population), period, *narrowed)
    return " · ".join(part for part in parts if part)


# ---- What it finds ------------------------------------------------------------------------------


def finding(made: Return) -> str:
    """Return what the figure shows, in a sentence without judging whether it is good.

    Only rows of one unit are held against one another: those of the first block that says any.
    """
    first = next((one for one in made.sections if any(map(_counts, one.lines))), None)
    if first is None:
        return _("{title}: nothing was recorded").format(title=_(made.definition.title))
    total = next((line for line in first.lines if line.is_total and _has(line)), None)
    parts = [line for line in first.lines if _is_part(line) and _has(line)]
    leading = next(line for line in (*parts, *first.lines) if _counts(line))
    parts = [line for line in parts if line.unit == leading.unit] or [leading]
    if made.definition.layout is Layout.PERIODS and made.before is not None:
        return _change_said(total or leading)
    if made.definition.layout in {Layout.ONE, Layout.PERIODS}:
        return _largest_said(parts)
    return _peak_said(made, parts)


def _counts(line: Line) -> bool:
    """Tell whether a row has a figure that is neither blank nor nought."""
    return any(one.value for one in line.figures)


def _has(line: Line) -> bool:
    return any(one.value is not None for one in line.figures)


def _change_said(line: Line) -> str:
    now, before = (number_words(one.value) or _("blank") for one in line.figures[::-1])
    told = _("{what}: {now}, {before} in the period before")
    said = told.format(what=return_papers.words_of(line), now=now, before=before)
    change = change_words(line.change)
    return f"{said} ({change})" if change else said


def _largest_said(parts: list[Line]) -> str:
    top = max(parts, key=lambda one: one.figures[-1].value or 0.0)
    value = number_words(top.figures[-1].value)
    share = share_words(top.shares[0]) if top.shares else ""
    said = _("Most: {what}, {value}").format(what=return_papers.words_of(top), value=value)
    return f"{said} ({share})" if share else said


def _peak_said(made: Return, lines: list[Line]) -> str:
    width = len(made.columns) - bool(made.definition.column_total)
    cells = [(one.figures[at].value or 0.0, one, at) for one in lines for at in range(width)]
    value, line, at = max(cells, key=lambda cell: cell[0])
    told = _("Most: {what} in {column}, {value}")
    return told.format(
        what=return_papers.words_of(line), column=made.columns[at], value=number_words(value)
    )


def _said(made: Return, title: str) -> Iterator[str]:
    """Yield the words for whoever cannot see it, a sentence a row."""
    yield f"{title}."
    for section in made.sections:
        for line in section.lines:
            cells = ", ".join(
                f"{column} {number_words(one.value) or _('blank')}"
                for column, one in zip(made.columns, line.figures, strict=False)
            )
            yield f"{return_papers.words_of(line)}: {cells}."


# ---- Its panels ---------------------------------------------------------------------------------


def _panels(made: Return) -> Iterator[Panel]:
    """Yield a panel a block; where columns are values or months, one a unit of it."""
    is_bars = made.definition.layout in {Layout.PERIODS, Layout.ONE}
    for section in made.sections:
        found = [line for line in section.lines if _is_part(line) and _has(line)]
        if not found:
            continue
        if is_bars:
            yield _bars(made, section.title, found)
            continue
        parts: dict[str, list[Line]] = defaultdict(list)
        for line in found:
            parts[line.unit].append(line)
        for unit, lines in parts.items():
            words = label("units", unit) if unit and len(parts) > 1 else ""
            title = f"{section.title}, {words.lower()}" if words else section.title
            yield from _across(made, title, lines)


def _is_part(line: Line) -> bool:
    return not (line.is_total or line.is_cross_cut)


def _across(made: Return, title: str, lines: list[Line]) -> Iterator[Panel]:
    if made.definition.layout is Layout.MONTHS:
        yield from _trends(made, title, lines)
    else:
        yield _field(made, title, lines)


def _bars(made: Return, title: str, lines: list[Line]) -> Panel:
    shown = lines[:_MOST_ROWS]
    if len(lines) > len(shown):
        title = _("{title}: the first {n} of {all}").format(
            title=title, n=len(shown), all=len(lines)
        )
    last = len(made.columns) - 1
    series = tuple(
        Series(name, tuple(line.figures[at].value for line in shown), earlier=at < last)
        for at, name in enumerate(made.columns)
    )
    notes = tuple(_note(made, line) for line in shown)
    labels = tuple(return_papers.words_of(line) for line in shown)
    unlike = len({line.unit for line in shown}) > 1
    if unlike:
        title = _("{title}, each row to its own scale").format(title=title)
    return Panel(
        title=title, form=Form.BARS, labels=labels, series=series, notes=notes, own_scale=unlike
    )


def _note(made: Return, line: Line) -> str:
    if made.definition.layout is Layout.ONE:
        return share_words(line.shares[0]) if line.shares else ""
    return change_words(line.change)


def _trends(made: Return, title: str, lines: list[Line]) -> Iterator[Panel]:
    """Yield the lines over the months: in one panel, or in small multiples where there are many."""
    width = len(made.columns) - bool(made.definition.column_total)
    months = made.columns[:width]
    series = tuple(
        Series(return_papers.words_of(one), tuple(f.value for f in one.figures[:width]))
        for one in lines
    )
    if len(series) <= MOST_SERIES:
        yield Panel(title=title, form=Form.TREND, labels=months, series=series)
        return
    for one in series:
        yield Panel(title=one.name, form=Form.TREND, labels=months, series=(one,))


def _field(made: Return, title: str, lines: list[Line]) -> Panel:
    """Return the panel of a return with a column for each value: the four Ps balance, or heat."""
    axis = made.definition.columns
    width = len(made.columns) - bool(made.definition.column_total)
    if axis is not None and axis.codes == "strands":
        labels = tuple(return_papers.words_of(one) for one in lines)
        codes = [code for code in _codes(made) if code in _STRANDS]
        series = tuple(
            Series(made.columns[at], tuple(one.figures[at].value for one in lines), strand=code)
            for at, code in enumerate(codes)
        )
        return Panel(title=title, form=Form.BALANCE, labels=labels, series=series)
    rows = tuple(
        Series(return_papers.words_of(one), tuple(f.value for f in one.figures[:width]))
        for one in lines[:_MOST_ROWS]
    )
    return Panel(title=title, form=Form.HEAT, labels=made.columns[:width], series=rows)


def _codes(made: Return) -> tuple[str, ...]:
    axis = made.definition.columns
    assert axis is not None  # noqa: S101 - asked of returns whose columns are values
    return axis.only or ("pursue", "prevent", "protect", "prepare")


# ---- On its way out -----------------------------------------------------------------------------


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A figure is drawn as {known}"))


def marked(drawn: FigureOut, marking: Marking, *, synthetic: bool) -> FigureOut:
    """Return a figure with the marking it must carry, above and below."""
    return replace(drawn, marking=exports.banner(marking, synthetic=synthetic))


def to_file(
    workspace: Workspace,
    wish: Wish,
    path: Path,
    *,
    now: datetime,
    recipient: str = "",
    reason: str = "",
    dpi: float = 300,
) -> Return:
    """Write the figure of a return; what left is journalled first.

    It is marked as high as the workspace. Raises Refused to those who may not export, and where
    nothing was counted that could be drawn; CannotWrite where the file cannot be written.
    """
    from ocgdesk.reports import figure_painter

    workspace.user.need(Right.EXPORT)
    kind = format_of(path)
    with workspace.reading(reason) as reader:
        made = returns.make(reader, wish, now=now)
    about = workspace.about
    drawn = marked(figure(made), about.marking, synthetic=about.synthetic)
    data = figure_painter.paint(drawn, FORMATS[kind], dpi=dpi)
    return_papers.leave(
        workspace, made, path, data, label="Export figure", recipient=recipient, reason=reason
    )
    return made
