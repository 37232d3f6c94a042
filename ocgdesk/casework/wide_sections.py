"""Sections about the whole register or one agency of it: returns, changes, flows of lines."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import Final

from ocgdesk.casework import (
    delta_papers,
    deltas,
    return_books,
    return_figures,
    return_papers,
    return_wishes,
    returns,
)
from ocgdesk.casework.brief_parts import Cell, Making, Section, nothing, table
from ocgdesk.domain.areas import Area
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.returns import Axis, Definition, Layout, Period, Return
from ocgdesk.domain.returns import Section as ReturnSection
from ocgdesk.i18n import N_, _
from ocgdesk.reports.document import Block, Paragraph, Tone
from ocgdesk.reports.figures import FigureOut, Form, Panel, Series
from ocgdesk.store import areas

RETURN: Final = "return:"
"""Before the name of a return whose figure and tables are a section."""
_ENDS: Final = 8
"""Forces at each side of a flow figure, at most; the table holds them all."""


_TACTICAL: Final = frozenset({Kind.REQUEST, Kind.REQUIREMENT})
_POWERS: Final = frozenset({"power", "powers", "tactic"})


def of_return(made: Making, code: str) -> Iterator[Block]:
    """Yield a return of the period as its figure with its tables, and what it counts.

    Nothing of one that counts requests or powers to an audience that may not know of tactics.
    """
    definition = return_books.find(made.reader, code)
    if _tactical(definition) and not made.naming.audience.tactics:
        return
    wish = wish_of(definition, made.period, made.area)
    counted = _read(made, returns.make(made.reader, wish, now=made.now))
    made.markings.append((made.floor, definition.title))
    yield from return_figures.pictures(counted, lies=False)
    yield from return_papers.tables(counted)
    if made.area is not None and not wish.filters:
        yield Paragraph(_("It is not narrowed to {area}.").format(area=made.area.words))
    yield Paragraph(made.text(return_papers.basis_words(counted)), Tone.QUIET)


def _tactical(definition: Definition) -> bool:
    """Tell whether a return counts requests to the gateway, or the use of powers."""
    counted = [(block.count.kind, block.each) for block in definition.blocks]
    return any(
        kind in _TACTICAL or (each is not None and each.field in _POWERS) for kind, each in counted
    )


def _read(made: Making, counted: Return) -> Return:
    """Return the figures with what is not from a list of codes as the audience may read it."""
    definition = counted.definition
    if made.naming.audience.sees_all:
        return counted
    sections = tuple(
        section if _is_coded(definition.blocks[section.block].each) else _section(made, section)
        for section in counted.sections
    )
    if _is_coded(definition.columns):
        return replace(counted, sections=sections)
    return replace(counted, sections=sections, columns=tuple(map(made.text, counted.columns)))


def _is_coded(axis: Axis | None) -> bool:
    return axis is None or bool(axis.codes)


def _section(made: Making, section: ReturnSection) -> ReturnSection:
    lines = tuple(replace(line, label=made.text(line.label)) for line in section.lines)
    return replace(section, lines=lines)


def wish_of(definition: Definition, period: Period, area: Area | None) -> return_wishes.Wish:
    """Return the return of a period beside the one before, of the agency where it asks one."""
    narrowed = {}
    if area is not None and area.codes and "agency" in definition.asks:
        narrowed = {"agency": area.codes[0]}
    before = period.before() if definition.layout is Layout.PERIODS else None
    return return_wishes.checked(
        return_wishes.Wish(definition=definition, period=period, before=before, filters=narrowed)
    )


def title_of(made: Making, code: str) -> str:
    """Return the title of a return as a heading."""
    return _(return_books.find(made.reader, code).title)


def changes(made: Making) -> Iterator[Block]:
    """Yield what changed in the OCGs of the agency since the first day of the period."""
    since = datetime.combine(made.period.start, time(), LONDON)
    codes = made.area.codes if made.area is not None else ()
    found = deltas.read(made.reader, since, codes, today=made.today)
    for row in found.rows:
        made.rests_on(row.ocg)
        made.counts(made.reader.numbers(row.rests).values())
    yield Paragraph(_("Since {day}.").format(day=shown(made.period.start)))
    tells = made.naming.audience.names and made.naming.audience.tactics
    if not tells:
        told = _("What changed may name people or live actions: only the ranks are told.")
        yield Paragraph(told, Tone.QUIET)
    yield from delta_papers.changes(found, words=made.text if tells else None)


def flows(made: Making) -> Iterator[Block]:
    """Yield from which force to which the county lines run, drawn and as a table."""
    counted = _flows(made)
    if counted:
        yield return_figures.painted(_flow_figure(made, counted))
    rows: list[tuple[Cell, ...]] = [
        (label("agencies", one), label("agencies", other), n)
        for (one, other), n in counted.most_common()
    ]
    yield from table(
        (_("From"), _("To"), _("County lines")), rows, _("No county line names where it goes.")
    )
    told = _("A line that goes to several forces counts for each; closed lines are left out.")
    yield nothing(told)


def _flows(made: Making) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    codes = made.area.codes if made.area is not None else ()
    lines = []
    for line in areas.live_lines(made.reader):
        ends = {line.exporter, *line.importers}
        if line.exporter and line.importers and (not codes or ends & set(codes)):
            counted.update((line.exporter, one) for one in line.importers)
            lines.append(line.id)
    made.counts(made.reader.numbers(lines).values())
    return counted


def _flow_figure(made: Making, counted: Counter[tuple[str, str]]) -> FigureOut:
    (one, other), most = counted.most_common(1)[0]
    starts, ends = _ends(counted, 0), _ends(counted, 1)
    rows = tuple(
        Series(
            label("agencies", start) if start else _("Other forces"),
            tuple(float(_between(counted, start, end, starts, ends)) or None for end in ends),
        )
        for start in starts
    )
    title = _("Most: {one} to {other}, {n}").format(
        one=label("agencies", one), other=label("agencies", other), n=most
    )
    said = ". ".join(
        _("{one} to {other}: {n}").format(one=label("agencies", a), other=label("agencies", b), n=n)
        for (a, b), n in counted.most_common()
    )
    names = tuple(label("agencies", end) if end else _("Other forces") for end in ends)
    panel = Panel(
        title=_("From the exporting force to the importing force"),
        form=Form.FLOW,
        labels=names,
        series=rows,
    )
    return FigureOut(
        title=title,
        subtitle=_("County lines by where they run, as recorded on {day}").format(
            day=shown(made.today)
        ),
        source=_("A line that goes to several forces counts for each; closed lines are left out."),
        panels=(panel,),
        alt=f"{title}. {said}.",
    )


def _ends(counted: Counter[tuple[str, str]], side: int) -> tuple[str, ...]:
    """Return the forces with the most lines at one side; an empty code stands for the others."""
    sums: Counter[str] = Counter()
    for pair, n in counted.items():
        sums[pair[side]] += n
    first = tuple(code for code, _n in sums.most_common(_ENDS))
    return (*first, "") if len(sums) > _ENDS else first


def _between(
    counted: Counter[tuple[str, str]],
    start: str,
    end: str,
    starts: tuple[str, ...],
    ends: tuple[str, ...],
) -> int:
    return sum(
        n
        for (one, other), n in counted.items()
        if (one == start or (not start and one not in starts))
        and (other == end or (not end and other not in ends))
    )


SECTIONS: Final[dict[str, tuple[str, Section]]] = {
    "changes": (N_("What changed"), changes),
    "line-flows": (N_("Where county lines run"), flows),
}
"""Every section about the register by its code: its heading, and what makes it."""
