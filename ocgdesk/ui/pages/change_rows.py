"""How a network changed: who is drawn in the figure, and what each period's row says."""

from collections import Counter
from typing import Final

from ocgdesk.casework import changing
from ocgdesk.casework.changing import Course
from ocgdesk.graph.change import Move, Phase
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.plots import MOST_LINES, Plot, Series
from ocgdesk.ui.widgets.values import Bar, Cell, Heading, Text

_DRAWN: Final = 5


class PeriodRow:
    """One period beside the one before it."""

    def __init__(self, course: Course, at: int) -> None:
        self.course, self.at = course, at
        self.phase: Phase = course.phases[at]

    @property
    def told(self) -> tuple[str, ...]:
        """Return who came and went, rose and fell, in sentences."""
        phase = self.phase
        said = [
            ngettext("{n:,} present", "{n:,} present", phase.nodes).format(n=phase.nodes),
            _("{pairs:,} linked pairs, density {share:.2f}; {n:,} in the largest part").format(
                pairs=phase.pairs, share=phase.density, n=phase.largest
            ),
        ]
        if phase.turnover is not None:
            told = _("{came:,} came, {went:,} went: turnover {share:.0%}")
            came, went = len(phase.joined), len(phase.gone)
            said.append(told.format(came=came, went=went, share=phase.turnover))
        top = [self.course.briefs[no].label for no in changing.top(phase, changing.MOST_MOVES)]
        if top:
            said.append(_("Highest: {names}").format(names=", ".join(top)))
        rose, fell = self.course.rose(self.at), self.course.fell(self.at)
        said += [_("Rose: {who}").format(who=self._moved(move)) for move in rose]
        said += [_("Fell: {who}").format(who=self._moved(move)) for move in fell]
        return tuple(said)

    def drawn(self) -> tuple[Brief, ...]:
        """Return who is named in this period."""
        moves = (*self.course.rose(self.at), *self.course.fell(self.at))
        nos = [*changing.top(self.phase, changing.MOST_MOVES), *(move.no for move in moves)]
        return tuple(self.course.briefs[no] for no in dict.fromkeys(nos))

    def moved(self, moves: tuple[Move, ...]) -> str:
        """Return the first who moved, with their ranks."""
        return self._moved(moves[0]) if moves else "–"

    def _moved(self, move: Move) -> str:
        told = _("{name} ({before} → {after})")
        name = self.course.briefs[move.no].label
        return told.format(name=name, before=move.before, after=move.after)


def rows(course: Course) -> tuple[PeriodRow, ...]:
    """Return a row for each period."""
    return tuple(PeriodRow(course, at) for at in range(len(course.phases)))


def columns(course: Course) -> tuple[Column, ...]:
    """Return the columns of the table of periods."""
    most = max((phase.nodes for phase in course.phases), default=1) or 1
    return (
        Column(
            heading=Heading(title=_("Period")),
            cell=lambda row: Text(row.phase.name, strong=True),
            order=lambda row: row.at,
            width=110,
            stretch=1,
        ),
        _number(_("Present"), lambda row: row.phase.nodes),
        Column(
            heading=Heading(title=""),
            cell=lambda row: Bar(share=row.phase.nodes / most),
            order=lambda row: row.phase.nodes,
            width=80,
            stretch=1,
            yields=3,
        ),
        _number(_("Pairs"), lambda row: row.phase.pairs, yields=4),
        _number(_("Largest part"), lambda row: row.phase.largest, yields=5),
        _number(_("Came"), lambda row: len(row.phase.joined), yields=2),
        _number(_("Went"), lambda row: len(row.phase.gone), yields=2),
        Column(
            heading=Heading(title=_("Turnover"), align="right"),
            cell=_turnover,
            order=lambda row: row.phase.turnover,
            width=84,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Rose most")),
            cell=lambda row: Text(row.moved(row.course.rose(row.at))),
            order=lambda row: row.moved(row.course.rose(row.at)),
            width=180,
            stretch=3,
            yields=1,
        ),
        Column(
            heading=Heading(title=_("Fell most")),
            cell=lambda row: Text(row.moved(row.course.fell(row.at))),
            order=lambda row: row.moved(row.course.fell(row.at)),
            width=180,
            stretch=3,
            yields=1,
        ),
    )


def _number(title: str, value: object, *, yields: int = 0) -> Column:
    assert callable(value)  # noqa: S101 - given just above
    return Column(
        heading=Heading(title=title, align="right"),
        cell=lambda row: Text(f"{value(row):,}", align="right"),
        order=value,
        width=84,
        stretch=0,
        yields=yields,
    )


def _turnover(row: PeriodRow) -> Cell:
    turnover = row.phase.turnover
    return Text("–" if turnover is None else f"{turnover:.0%}", align="right")


def ranks(course: Course) -> Plot:
    """Return the ranks of those who stood high most often, period by period."""
    counted = Counter(
        no for phase in course.phases for no in changing.top(phase, changing.MOST_MOVES)
    )
    chosen = [no for no, _times in counted.most_common(min(_DRAWN, MOST_LINES))]
    lines = tuple(
        Series(course.briefs[no].label, tuple(_rank(phase, no) for phase in course.phases))
        for no in chosen
    )
    return Plot(
        steps=tuple(phase.name for phase in course.phases),
        lines=lines,
        unit=_("Rank in each period; 1 is the highest"),
        upside_down=True,
        words="; ".join(_spoken(line) for line in lines),
    )


def _rank(phase: Phase, no: int) -> float | None:
    standing = phase.standings.get(no)
    return float(standing.rank) if standing is not None and standing.value > 0 else None


def _spoken(line: Series) -> str:
    values = ", ".join("–" if value is None else f"{value:.0f}" for value in line.values)
    return f"{line.name}: {values}"


def sizes(course: Course) -> Plot:
    """Return how many were present, came and went, period by period."""
    phases = course.phases
    lines = (
        Series(_("present"), tuple(float(phase.nodes) for phase in phases)),
        Series(_("in the largest part"), tuple(float(phase.largest) for phase in phases)),
        Series(_("came"), tuple(float(len(phase.joined)) for phase in phases)),
        Series(_("went"), tuple(float(len(phase.gone)) for phase in phases)),
    )
    return Plot(
        steps=tuple(phase.name for phase in phases),
        lines=lines,
        unit=_("Records with a link that held in the period"),
        words="; ".join(_spoken(line) for line in lines),
    )


def turnover(course: Course) -> Plot:
    """Return turnover and density, period by period."""
    lines = (
        Series(_("turnover"), tuple(phase.turnover for phase in course.phases)),
        Series(_("fragmentation"), tuple(phase.fragmentation for phase in course.phases)),
    )
    return Plot(
        steps=tuple(phase.name for phase in course.phases),
        lines=lines,
        unit=_("Share, from nothing to all"),
        share=True,
        words="; ".join(_spoken(line) for line in lines),
    )
