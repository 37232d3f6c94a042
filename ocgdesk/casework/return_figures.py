"""A return as a figure: what it finds, its panels, the words for whoever cannot see it.

Panels hold values of one unit; rows in another unit stand in a panel of their own. Totals and
cross-cuts are not drawn beside the parts they count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ocgdesk.casework import return_papers
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.returns import (
    Layout,
    Line,
    Return,
    Section,
    change_words,
    number_words,
    share_words,
)
from ocgdesk.i18n import _
from ocgdesk.reports.document import Picture
from ocgdesk.reports.figures import MOST_SERIES, FigureOut, Form, Panel, Series

_MOST_ROWS: Final = 14
_MOST_COLUMNS: Final = 6
"""Columns of one field of numbers: more are parted into several, to the same shades."""
_LYING_WIDTH: Final = 0.62
"""Of the width of a page that lies: a figure is no wider there than on one that stands."""
_LONGEST: Final = 70
"""Letters of a label in a title, at most: the table has the whole of it."""
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
        caption=_caption(made),
        alt=" ".join((f"{title}.", *_said(made, made.sections))),
        table=(return_papers.headings(made), *rows),
    )


def pictures(made: Return, *, lies: bool | None = None) -> tuple[Picture, ...]:
    """Return the figure of a return for a paper, whose pages are marked, in parts that fit one.

    Its table goes beside it: a figure never stands alone. Nothing where nothing was counted.
    ``lies`` says whether the paper lies; None: as the return's own paper does.
    """
    from ocgdesk.reports import figure_painter

    whole, lies = figure(made), return_papers.lies(made) if lies is None else lies
    if not whole.panels:
        return ()
    tall = figure_painter.LYING if lies else figure_painter.UPRIGHT
    width = _LYING_WIDTH if lies else 1.0
    first, *rest = (painted(one, width) for one in figure_painter.parts(whole, tall))
    # Slides have no pages: there the first part is the whole figure, and the others are nothing.
    none = replace(whole, panels=())
    return (replace(first, figure=whole), *(replace(one, figure=none) for one in rest))


def painted(drawn: FigureOut, width: float = 1.0) -> Picture:
    """Return a figure as a picture with its caption and alternative text, so wide on its page."""
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports import figure_painter

    return Picture(
        png=figure_painter.paint(drawn, "png", dpi=200),
        svg=figure_painter.paint(drawn, "svg").decode(),
        alt=drawn.alt,
        caption=drawn.caption or drawn.subtitle,
        width=width,
        figure=drawn,
    )


def _caption(made: Return) -> str:
    """Return what a figure is called: the return, its period, what it is narrowed by."""
    period = made.period.words if made.period and made.definition.dated else ""
    narrowed = (f"{name}: {value}" for name, value in made.filters)
    return ", ".join(filter(None, (_(made.definition.title), period, *narrowed)))


def _subtitle(made: Return) -> str:
    """Return of what a figure is, over which period and beside which, narrowed by what."""
    period = made.period.words if made.period and made.definition.dated else ""
    if period and made.before is not None:
        period = _("{period}, beside {before}").format(period=period, before=made.before.words)
    narrowed = (f"{name}: {value}" for name, value in made.filters)
    parts = (_(made.definition.title), _(made.definition.population), period, *narrowed)
    return " · ".join(part for part in parts if part)


def finding(made: Return) -> str:
    """Return what the figure shows, in a sentence without judging whether it is good.

    Only rows of one unit are held against one another: those of the first block that says any.
    """
    first = next((one for one in made.sections if any(map(_counts, one.lines))), None)
    if first is None:
        return _("{title}: nothing was recorded").format(title=_(made.definition.title))
    return _found(made, first.lines)


def _found(made: Return, lines: Sequence[Line]) -> str:
    """Return what these rows show; nothing where they count nothing."""
    leading = next((line for line in lines if _is_part(line) and _counts(line)), None)
    leading = leading or next((line for line in lines if _counts(line)), None)
    if leading is None:
        return ""
    total = next((line for line in lines if line.is_total and _has(line)), None)
    parts = [line for line in lines if _is_part(line) and _has(line) and line.unit == leading.unit]
    if made.definition.layout is Layout.PERIODS and made.before is not None:
        return _change_said(total or leading)
    if made.definition.layout in {Layout.ONE, Layout.PERIODS}:
        return _largest_said(parts or [leading])
    if _is_pair(made):
        return _pair_said(made, leading)
    return _peak_said(made, parts or [leading])


def _name(line: Line) -> str:
    """Return the words of a row for a title, cut where they would fill it."""
    words = return_papers.words_of(line)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"


def _counts(line: Line) -> bool:
    """Tell whether a row has a figure that is neither blank nor nought."""
    return any(one.value for one in line.figures)


def _has(line: Line) -> bool:
    return any(one.value is not None for one in line.figures)


def _change_said(line: Line) -> str:
    now, before = (number_words(one.value) or _("blank") for one in line.figures[::-1])
    told = _("{what}: {now}, {before} in the period before")
    said = told.format(what=_name(line), now=now, before=before)
    change = change_words(line.change)
    return f"{said} ({change})" if change else said


def _largest_said(parts: list[Line]) -> str:
    top = max(parts, key=lambda one: one.figures[-1].value or 0.0)
    value = number_words(top.figures[-1].value)
    share = share_words(top.shares[0]) if top.shares else ""
    said = _("Most: {what}, {value}").format(what=_name(top), value=value)
    return f"{said} ({share})" if share else said


def _pair_said(made: Return, line: Line) -> str:
    cells = (number_words(one.value) or _("blank") for one in line.figures)
    each = (f"{column} {cell}" for column, cell in zip(made.columns, cells, strict=True))
    return f"{_name(line)}: {', '.join(each)}"


def _peak_said(made: Return, lines: list[Line]) -> str:
    cells = [(one.figures[at].value or 0.0, one, at) for one in lines for at in range(_width(made))]
    value, line, at = max(cells, key=lambda cell: cell[0])
    told = _("Most: {what} in {column}, {value}")
    return told.format(what=_name(line), column=made.columns[at], value=number_words(value))


def _width(made: Return) -> int:
    """Return how many columns hold values: the total is not drawn beside its parts."""
    return len(made.columns) - bool(made.definition.column_total)


def _said(made: Return, sections: Iterable[Section]) -> Iterator[str]:
    """Yield the words for whoever cannot see it, a sentence a row."""
    for section in sections:
        for line in section.lines:
            cells = ", ".join(
                f"{column} {number_words(one.value) or _('blank')}"
                for column, one in zip(made.columns, line.figures, strict=False)
            )
            yield f"{return_papers.words_of(line)}: {cells}."


# ---- Its panels ---------------------------------------------------------------------------------


def _panels(made: Return) -> Iterator[Panel]:
    """Yield a panel a block; where columns are values or months, one a unit of it.

    A block of noughts alone is left to the table: a picture of it is an empty one.
    """
    for section in filter(lambda one: any(map(_counts, one.lines)), made.sections):
        found = [line for line in section.lines if _is_part(line) and _has(line)]
        if _is_whole(made, found):
            continue
        said = " ".join(_said(made, (section,)))
        for panel in _of_section(made, section, found):
            yield replace(panel, finding=panel.finding or _found(made, section.lines), said=said)


def _is_whole(made: Return, found: list[Line]) -> bool:
    """Tell whether a block is one row of all there is, as the force in a return of that force."""
    totals = [line.figures for one in made.sections for line in one.lines if line.is_total]
    return [one.figures for one in found] in [[each] for each in totals]


def _of_section(made: Return, section: Section, found: list[Line]) -> Iterator[Panel]:
    if found and (made.definition.layout in {Layout.PERIODS, Layout.ONE} or _is_pair(made)):
        yield _bars(made, section, found)
        return
    parts: dict[str, list[Line]] = defaultdict(list)
    for line in found:
        parts[line.unit].append(line)
    for unit, lines in parts.items():
        words = label("units", unit) if unit and len(parts) > 1 else ""
        title = f"{section.title}, {words.lower()}" if words else section.title
        yield from _across(made, section, title, lines)


def _is_pair(made: Return) -> bool:
    """Tell whether the columns are two values side by side, such as lead and support."""
    axis = made.definition.columns
    return axis is not None and axis.codes != "strands" and _width(made) <= 2


def _is_part(line: Line) -> bool:
    return not (line.is_total or line.is_cross_cut)


def _across(made: Return, section: Section, title: str, lines: list[Line]) -> Iterator[Panel]:
    if made.definition.layout is Layout.MONTHS:
        yield from _trends(made, title, lines)
        return
    shown, title = _first(section, title, lines)
    axis = made.definition.columns
    if axis is not None and axis.codes == "strands":
        yield _balance(made, title, shown)
    else:
        yield from _fields(made, title, shown)


def _first(section: Section, title: str, lines: list[Line]) -> tuple[list[Line], str]:
    """Return the rows that are drawn, and a title that says so where they are not all."""
    shown = lines[:_MOST_ROWS]
    if len(lines) == len(shown):
        return shown, title
    said = _("{title}: the first {n} of {all}").format(title=title, n=len(shown), all=len(lines))
    total = next((line.figures[-1].value for line in section.lines if line.is_total), None)
    drawn, every = (sum(one.figures[-1].value or 0.0 for one in some) for some in (shown, lines))
    if total == every or any(one.shares for one in lines):
        told = _("{title}, together {part} of {whole}")
        said = told.format(title=said, part=number_words(drawn), whole=number_words(every))
    return shown, said


def _bars(made: Return, section: Section, lines: list[Line]) -> Panel:
    shown, title = _first(section, section.title, lines)
    names, is_pair = made.columns[: _width(made)], _is_pair(made)
    series = tuple(
        Series(
            name,
            tuple(line.figures[at].value for line in shown),
            earlier=not is_pair and at < len(names) - 1,
            tone=at if is_pair else 0,
        )
        for at, name in enumerate(names)
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
    months = made.columns[: _width(made)]
    series = tuple(
        Series(return_papers.words_of(one), tuple(f.value for f in one.figures[: len(months)]))
        for one in lines
    )
    if len(series) <= MOST_SERIES:
        yield Panel(title=title, form=Form.TREND, labels=months, series=series)
        return
    top = _most(series)
    for line, one in zip(lines, series, strict=True):
        name = _("{title}: {row}").format(title=title, row=one.name)
        found = _found(made, [line])
        yield Panel(
            title=name, form=Form.TREND, labels=months, series=(one,), top=top, finding=found
        )


def _most(series: Iterable[Series]) -> float:
    return max((value or 0.0 for one in series for value in one.values), default=0.0)


def _balance(made: Return, title: str, lines: list[Line]) -> Panel:
    """Return the panel of the four Ps side by side, with what has no strand as a part of its own.

    Shares are of the total, where the return has one: parts that fall short of it show it.
    """
    width = _width(made)
    series = tuple(
        Series(
            made.columns[at],
            tuple(one.figures[at].value for one in lines),
            strand=code,
            is_rest=code not in _STRANDS,
        )
        for at, code in enumerate(_codes(made)[:width])
    )
    wholes = tuple(one.figures[width].value for one in lines) if width < len(made.columns) else ()
    return Panel(
        title=title,
        form=Form.BALANCE,
        labels=tuple(return_papers.words_of(one) for one in lines),
        series=series,
        wholes=wholes,
    )


def _codes(made: Return) -> tuple[str, ...]:
    """Return the value each column is of; an empty one is of those without."""
    axis = made.definition.columns
    assert axis is not None  # noqa: S101 - asked of returns whose columns are values
    known = axis.only or tuple(item.code for item in code_list(axis.codes))
    return (*known, "") if axis.unsaid else known


def _fields(made: Return, title: str, lines: list[Line]) -> Iterator[Panel]:
    """Yield the field of numbers of a return with a column for each value, parted where wide."""
    width = _width(made)
    many = -(-width // _MOST_COLUMNS)
    step = -(-width // many) if many else 1
    rows = tuple(
        Series(return_papers.words_of(one), tuple(f.value for f in one.figures[:width]))
        for one in lines
    )
    top = _most(rows)
    for number, at in enumerate(range(0, width, step), start=1):
        told = _("{title} ({n} of {all})").format(title=title, n=number, all=many)
        yield Panel(
            title=told if many > 1 else title,
            form=Form.HEAT,
            labels=made.columns[at : min(at + step, width)],
            series=tuple(replace(one, values=one.values[at : at + step]) for one in rows),
            top=top,
        )
