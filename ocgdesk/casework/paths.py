"""Paths: how two records are linked, through what, and what each step rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ocgdesk.casework import network_scope
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.path_telling import Path, explain
from ocgdesk.casework.path_words import NOT_THROUGH, caveats, length, named
from ocgdesk.domain.kinds import SUBJECTS
from ocgdesk.domain.links import Strength
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import NotFound, Refused
from ocgdesk.graph import narrowing, paths, paths_in_time
from ocgdesk.graph.network import Network
from ocgdesk.graph.paths_in_time import Calendar
from ocgdesk.graph.ways import Limits, Route, Ways
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.store import listing, networks
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.network_now import Now
from ocgdesk.store.network_parts import Periods
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

MOST = 50
"""Paths that are written out at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathQuery:
    """What is asked: from the first selected record to the second, and what may be walked."""

    one: UUID
    two: UUID
    count: int = 1
    """How many distinct paths."""
    ties: bool = False
    """All shortest paths instead."""
    best_evidenced: bool = False
    """The paths whose weakest link is strongest, rather than the shortest."""
    in_time: bool = False
    """Only paths of which no step comes before the last."""
    directed: bool = False
    """Links stated with a direction are walked only that way; as in i2 they are not unless told."""
    through: Scope = field(default_factory=Scope)
    """Conditions on what is walked through: kinds, types, strength, dates."""
    avoiding: tuple[UUID, ...] = ()
    """Records not to be walked through."""
    where: tuple[ListQuery, ...] = ()
    """Of a kind, only records in this list are walked through: conditions on their fields."""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the conditions in words, each of them one."""
        return tuple(_conditions(self))


def _conditions(query: PathQuery) -> Iterator[str]:
    through = replace(query.through, part=network_scope.Part.ALL)
    if (words := through.words) != Scope().words:
        yield words.partition(", ")[2]
    if not query.through.kinds:
        yield _("not through commodities: what two people deal in does not link them")
    if query.best_evidenced:
        yield _(
            "the weakest link as strong as can be: first by its strength, then by whether a "
            "report of a reliable source is behind it"
        )
    if query.in_time:
        yield _("no step before the last, as far as links are dated")
    if query.directed:
        yield _("links walked only the way they are stated")
    if query.avoiding:
        yield _("without {n} records that were named").format(n=len(query.avoiding))
    for some in query.where:
        fields = ", ".join(test.column.replace("_", " ") for test in some.filters)
        kind = label("kinds", some.kind.value).lower()
        yield _("of kind {kind} only those that fit: {fields}").format(kind=kind, fields=fields)


@dataclass(frozen=True, eq=False)
class Loaded:
    """The register's network made ready for paths: kept while the register does not change.

    Not slotted, so that what is computed on first use can be kept beside the fields.
    """

    ways: Ways
    periods: Periods | None = None
    as_at: datetime | None = None
    graded: bool = False
    """Whether links of equal strength are told apart by what they rest on."""

    def fits(self, *, evidence: bool, dates: bool, as_at: datetime | None) -> bool:
        """Tell whether all that a question needs was read, and of the same moment."""
        if self.as_at != as_at:
            return False
        return (self.graded or not evidence) and (self.periods is not None or not dates)

    @cached_property
    def calendar(self) -> Calendar:
        """From when to when each link held."""
        assert self.periods is not None  # noqa: S101 - read whenever dates are asked for
        return Calendar(*narrowing.spread(self.ways.network, *self.periods))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a question about paths."""

    paths: tuple[Path, ...]
    total: int | None
    """How many shortest paths there are in all, where all were asked for."""
    conditions: tuple[str, ...]
    marking: Marking

    @property
    def headline(self) -> str:
        """Return the answer in a sentence."""
        first = self.paths[0]
        one, two = named(first.records[0]), named(first.records[-1])
        told = _("{one} and {two} are linked in {steps}; the weakest link is {strength}.")
        sentence = told.format(
            one=one, two=two, steps=length(len(first.steps)), strength=first.strength.value
        )
        return sentence[0].upper() + sentence[1:]

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what must be said beside it."""
        found = [*caveats()]
        if self.total is not None and self.total > len(self.paths):
            told = _("{n:,} paths are equally short; the first {shown} are written out.")
            found.insert(0, told.format(n=self.total, shown=len(self.paths)))
        return tuple(found)


def load(
    reader: Reader,
    *,
    evidence: bool = False,
    dates: bool = False,
    as_at: datetime | None = None,
) -> Loaded:
    """Read the register's network; with what best-evidenced or dated questions need beside it."""
    held = network_scope.source_at(reader, as_at)
    network = held.network()
    ways = Ways.of(network, _evidence(held, network) if evidence else None)
    return Loaded(ways, held.periods() if dates else None, graded=evidence, as_at=as_at)


def _evidence(held: Now, network: Network) -> NDArray[np.int8]:
    """Rank links by strength first; of equal ones, one with a reliable source behind it first."""
    reliable = np.isin(network.link_nos, held.tested_links())
    return (2 * network.strength + reliable).astype(np.int8)


def needs(query: PathQuery) -> dict[str, Any]:
    """Return what ``load`` must read for a question."""
    dated = query.in_time or bool(query.through.since or query.through.until)
    return {"evidence": query.best_evidenced, "dates": dated, "as_at": query.through.as_at}


def find(
    reader: Reader,
    query: PathQuery,
    loaded: Loaded | None = None,
    *,
    progress: Progress = silent,
) -> Found:
    """Return how two records are linked, explained step by step; the look is journalled.

    Raises Refused for the same record twice, a record no chart can show, too many paths, or
    where nothing joins them under the conditions; it then says which to drop.
    """
    _check(query)
    held = network_scope.source(reader, query.through)
    briefs = held.by_ids((query.one, query.two))
    if len(briefs) < 2:
        gone = _("One of the two records is no longer there")
        raise NotFound(gone if query.through.as_at is None else _("One was not recorded then"))
    loaded = loaded or load(reader, **needs(query))
    ends = [position(loaded.ways.network, briefs[id_]) for id_ in (query.one, query.two)]
    found, total = routes(loaded, ends, query, _avoided(reader, query), progress)
    reader.saw("Find path", [briefs[id_].no for id_ in (query.one, query.two)], paths=len(found))
    if not found:
        raise Refused(_no_path(reader, loaded, ends, query, briefs))
    told = tuple(explain(held, found))
    seen = (brief.marking for path in told for brief in path.records)
    return Found(paths=told, total=total, conditions=query.words, marking=highest(tuple(seen)))


def _check(query: PathQuery) -> None:
    if query.one == query.two:
        raise Refused(
            _("A path joins two different records; to see what one is linked to, use its chart")
        )
    if not 1 <= query.count <= MOST:
        raise Refused(_("Ask for one to {most} paths").format(most=MOST))
    if query.ties and (query.count > 1 or query.best_evidenced or query.in_time):
        raise Refused(_("All ties are all shortest paths: ask for them without other choices"))
    network_scope.check(query.through)


def position(network: Network, brief: Brief) -> int:
    """Return where a record stands in the network; Refused for a kind that is not walked."""
    found = network.positions([brief.no])
    if not found.size:
        told = _("{ref} is of a kind that is not walked on paths; choose a record a chart can show")
        raise Refused(told.format(ref=brief.ref or brief.label))
    return int(found[0])


def _avoided(reader: Reader, query: PathQuery) -> tuple[int, ...]:
    found = set(networks.numbers(reader, query.avoiding).values())
    for some in query.where:
        everything = listing.order(reader, ListQuery(kind=some.kind))
        found |= set(everything) - set(listing.order(reader, some))
    return tuple(found)


def routes(
    loaded: Loaded,
    ends: Sequence[int],
    query: PathQuery,
    avoided: Sequence[int],
    progress: Progress = silent,
) -> tuple[list[Route], int | None]:
    """Return the routes a question asks for, and how many tie; over values alone."""
    ways, limits, (one, two) = loaded.ways, limits_of(loaded, query, avoided), ends
    if query.ties:
        every = paths.tied(ways, one, two, limits, most=MOST)
        return list(every.routes), every.count
    if query.in_time:
        return _in_time(loaded, ends, query, limits, progress), None
    search = paths.best_evidenced if query.best_evidenced else paths.distinct
    return search(ways, one, two, query.count, limits, progress=progress), None


def _in_time(
    loaded: Loaded, ends: Sequence[int], query: PathQuery, limits: Limits, progress: Progress
) -> list[Route]:
    ways, (one, two) = loaded.ways, ends
    calendar = loaded.calendar
    levels = np.unique(ways.evidence)[::-1].tolist() if query.best_evidenced else [None]
    found: list[Route] = []
    for level in levels:
        narrower = replace(limits, least=level)
        known = {route.nodes for route in found}
        wanted = query.count + len(known)
        some = paths_in_time.in_time(
            ways, one, two, calendar, count=wanted, limits=narrower, progress=progress
        )
        found += [route for route in some if route.nodes not in known]
        if len(found) >= query.count:
            break
    return found[: query.count]


def limits_of(loaded: Loaded, query: PathQuery, avoided: Sequence[int] = ()) -> Limits:
    """Return the conditions of a question as what may be walked."""
    network, through = loaded.ways.network, query.through
    kinds = through.kinds or tuple(kind for kind in SUBJECTS if kind not in NOT_THROUGH)
    nodes = narrowing.of_kinds(network, kinds)
    # The ends may be entered whatever the conditions: a search sees to that.
    nodes[network.positions(list(avoided))] = False
    every = not (through.types or through.strength or through.since or through.until)
    links = np.ones(network.link_nos.size, np.bool_)
    if through.types:
        links &= narrowing.of_types(network, through.types)
    if through.strength:
        links &= network.strength >= Strength(through.strength).rank
    if through.since or through.until:
        since = (through.since or date.min).toordinal()
        until = (through.until or date.max).toordinal()
        links &= (loaded.calendar.first <= until) & (loaded.calendar.last >= since)
    return Limits(nodes=nodes, links=None if every else links, directed=query.directed)


def _no_path(
    reader: Reader,
    loaded: Loaded,
    ends: Sequence[int],
    query: PathQuery,
    briefs: dict[UUID, Brief],
) -> str:
    """Return that nothing joins two records, and the nearest thing that can be done."""
    one, two = (briefs[id_].ref or briefs[id_].label for id_ in (query.one, query.two))
    said = _("No path joins {one} and {two}").format(one=one, two=two)
    bare = PathQuery(one=query.one, two=query.two)
    for words, wider in _wider(query):
        found, _total = routes(loaded, ends, replace(wider, count=1), _avoided(reader, wider))
        if found:
            told = _("{said} under these conditions; {drop} there is one of {steps}")
            return told.format(said=said, drop=words, steps=length(len(found[0])))
    found, _total = routes(loaded, ends, bare, ())
    if found:
        told = _("{said} under these conditions; without any there is one of {steps}")
        return told.format(said=said, steps=length(len(found[0])))
    counts = (int(np.diff(loaded.ways.starts)[at]) for at in ends)
    links = _(" and ").join(
        ngettext("{n} link", "{n} links", count).format(n=count) for count in counts
    )
    told = _("{said} in what you may see; they have {links}: chart each to see how far they reach")
    return told.format(said=said, links=links)


def _wider(query: PathQuery) -> Iterator[tuple[str, PathQuery]]:
    """Yield the question with one condition dropped, those that matter least first."""
    if query.in_time:
        yield _("without regard to the order of days"), replace(query, in_time=False)
    if query.directed:
        yield _("walked in either direction"), replace(query, directed=False)
    if query.avoiding:
        yield _("through the records you left out"), replace(query, avoiding=())
    if query.where:
        yield _("without the conditions on fields"), replace(query, where=())
    for words, through in _wider_scopes(query.through):
        yield words, replace(query, through=through)


def _wider_scopes(through: Scope) -> Iterator[tuple[str, Scope]]:
    if through.since or through.until:
        yield _("without the condition on dates"), replace(through, since=None, until=None)
    if through.strength:
        yield _("with weaker links too"), replace(through, strength="")
    if through.types:
        yield _("with links of any type"), replace(through, types=())
    if set(through.kinds) != set(SUBJECTS):
        yield _("through records of any kind"), replace(through, kinds=SUBJECTS)
