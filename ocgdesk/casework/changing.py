"""How a part of the register changes: by month or year, or from one chart to the next.

Everything takes part; people alone are ranked, and of them nobody who is to be safeguarded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial

import numpy as np

from ocgdesk.casework import network_evidence, network_scope
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.path_words import caveats
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.graph import change, narrowing
from ocgdesk.graph.change import By, Move, Phase
from ocgdesk.graph.network import Network
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.store.network_now import Now
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

MOST_PERIODS = 60
USUAL_PERIODS = 12
MOST_MOVES = 5

PRESENT = N_(
    "Present in a period is who has a link that held in it. Turnover is the share of all present "
    "in two periods who are present in one of them only."
)


class Every(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months it has."""
        return {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The periods in order, with whoever is named in them."""

    phases: tuple[Phase, ...]
    by: By
    briefs: dict[int, Brief]
    undated: int = 0
    """Links left out because they have no date."""
    not_ranked: int = 0
    """People to safeguard, who take part but are given no rank."""
    nos: tuple[int, ...] = ()
    """Everything present in any of the periods, by workspace number."""
    settings: tuple[str, ...] = ()
    """How the periods were made, in words."""
    resting: tuple[str, ...] = ()
    """How many links, reports and sources are behind them, in sentences."""
    read_at: datetime = field(default_factory=partial(datetime.now, UTC))

    def rose(self, at: int) -> tuple[Move, ...]:
        """Return who rose most from the period before the one at this place."""
        return tuple(m for m in self._moves(at) if m.places > 0)[:MOST_MOVES]

    def fell(self, at: int) -> tuple[Move, ...]:
        """Return who fell most from the period before the one at this place."""
        return tuple(m for m in reversed(self._moves(at)) if m.places < 0)[:MOST_MOVES]

    def _moves(self, at: int) -> tuple[Move, ...]:
        return change.moves(self.phases[at - 1], self.phases[at]) if at else ()

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what must be said beside it."""
        found = [_(PRESENT)]
        if self.undated:
            told = ngettext(
                "{n:,} link without a date was left out.",
                "{n:,} links without a date were left out.",
                self.undated,
            )
            found.append(told.format(n=self.undated))
        if self.not_ranked:
            told = _("{n:,} people to safeguard take part but are not ranked.")
            found.append(told.format(n=self.not_ranked))
        return (*found, *caveats())


def periods(every: Every, since: date | None, until: date) -> list[tuple[date, date]]:
    """Return whole periods, the last one holding ``until``; a year's worth or more unless told.

    Raises Refused where they begin after they end, or are too many.
    """
    first = date(until.year, (until.month - 1) // every.months * every.months + 1, 1)
    found = [(first, _before(first, -every.months) - timedelta(days=1))]
    while (since is None and len(found) < USUAL_PERIODS) or (since and found[0][0] > since):
        if len(found) == MOST_PERIODS:
            told = _("At most {most} periods are compared: choose longer or fewer ones")
            raise Refused(told.format(most=MOST_PERIODS))
        start = _before(found[0][0], every.months)
        found.insert(0, (start, found[0][0] - timedelta(days=1)))
    if since and since > until:
        raise Refused(_("The time asked for ends before it begins"))
    return found


def _before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def over_time(
    reader: Reader,
    spec: Scope | str,
    every: Every,
    *,
    since: date | None = None,
    until: date,
    by: By = "degree",
    progress: Progress = silent,
) -> Course:
    """Return how a part of the register changed from period to period, from its dated links.

    Raises Refused where no link in it has a date.
    """
    given = network_scope.parse(reader, spec) if isinstance(spec, str) else spec
    held = network_scope.source(reader, given)
    whole = network_scope.scope(reader, given, held)
    known = held.periods()
    dated = np.isin(whole.link_nos, known.nos)
    if not dated.any():
        raise Refused(_("No link here has a date: compare saved charts instead, one a period"))
    network = narrowing.with_links(whole, dated)
    parts = []
    for first, last in periods(every, since, until):
        a, b = first.toordinal(), last.toordinal()
        there = narrowing.holding(network, *known, since=a, until=b)
        parts.append((_named(every, first), _linked(narrowing.with_links(network, there))))
    course = _course(held, parts, by, until, progress=progress)
    return replace(
        course,
        undated=int(np.count_nonzero(~dated)),
        settings=(given.words, _(_EVERY[every]), _(_BY[by])),
        resting=_resting(held, whole, until),
    )


_EVERY = {
    Every.MONTH: N_("month by month"),
    Every.QUARTER: N_("quarter by quarter"),
    Every.YEAR: N_("year by year"),
}
_BY: dict[By, str] = {
    "degree": N_("ranked by the number of others somebody is linked to"),
    "betweenness": N_("ranked by betweenness: how many shortest ways lead through somebody"),
}


def _resting(held: Now, network: Network, on: date) -> tuple[str, ...]:
    evidence = network_evidence.read(held, network)
    barred = list(network_scope.safeguarded(held, network, on))
    people = narrowing.of_kinds(network, [Kind.NOMINAL]) & ~np.isin(network.nodes, barred)
    return network_evidence.resting(network, evidence, people)


def _named(every: Every, first: date) -> str:
    if every is Every.YEAR:
        return str(first.year)
    if every is Every.QUARTER:
        return f"{first.year} Q{first.month // 3 + 1}"
    return shown(first).partition(" ")[2]


def _linked(network: Network) -> Network:
    """Return a network without items that have no link in it."""
    met = np.zeros(len(network), np.bool_)
    met[network.source] = met[network.target] = True
    return narrowing.with_nodes(network, met)


def from_scopes(
    reader: Reader,
    named: Sequence[tuple[str, Scope | str]],
    *,
    on: date,
    by: By = "degree",
    progress: Progress = silent,
) -> Course:
    """Return how one part of the register differs from the next: saved charts, one a phase.

    Raises Refused for fewer than two.
    """
    if not 2 <= len(named) <= MOST_PERIODS:
        told = _("Name two to {most} parts to compare")
        raise Refused(told.format(most=MOST_PERIODS))
    parts = [(name, network_scope.scope(reader, spec)) for name, spec in named]
    course = _course(_source(reader, named), parts, by, on, progress=progress)
    names = ", ".join(name for name, _spec in named)
    told = _("one part after the other: {names}").format(names=names)
    return replace(course, settings=(told, _(_BY[by])))


def _source(reader: Reader, named: Sequence[tuple[str, Scope | str]]) -> Now:
    specs = [spec for _name, spec in named if isinstance(spec, Scope)]
    return network_scope.source(reader, specs[0] if specs else Scope())


def _course(
    held: Now,
    parts: Sequence[tuple[str, Network]],
    by: By,
    on: date,
    *,
    progress: Progress,
) -> Course:
    barred: set[int] = set()
    things: set[int] = set()
    for _name, network in parts:
        barred |= network_scope.safeguarded(held, network, on)
        things |= set(network.nodes[~narrowing.of_kinds(network, [Kind.NOMINAL])].tolist())
    found = change.phases(parts, by, unranked=barred | things, progress=progress)
    # Only those are named who stand high, rise or fall: names of all would be read for nothing.
    there = np.unique(np.concatenate([network.nodes for _name, network in parts]))
    course = Course(
        phases=found, by=by, briefs={}, not_ranked=len(barred), nos=tuple(there.tolist())
    )
    nos = {no for phase in found for no in top(phase, MOST_MOVES)}
    for at in range(len(found)):
        nos |= {move.no for move in (*course.rose(at), *course.fell(at))}
    briefs = {brief.no: brief for brief in held.briefs(sorted(nos))}
    held.reader.saw("Change over time", sorted(nos), periods=len(found))
    return replace(course, briefs=briefs)


def top(phase: Phase, most: int) -> list[int]:
    """Return who stood highest in a period, by workspace number."""
    order = sorted(phase.standings.items(), key=lambda pair: (pair[1].rank, pair[0]))
    return [no for no, standing in order[:most] if standing.value > 0]
