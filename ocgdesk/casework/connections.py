"""What connects several records, what lies round one, and what has the most links."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ocgdesk.casework import network_scope, paths
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.path_telling import Path, explain
from ocgdesk.casework.path_words import caveats
from ocgdesk.casework.paths import Loaded, PathQuery
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import NotFound, Refused
from ocgdesk.graph import connecting as connecting_
from ocgdesk.graph import narrowing
from ocgdesk.graph.measures import distinct
from ocgdesk.graph.neighbourhood import neighbourhood
from ocgdesk.graph.network import Network
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.store.network_now import Now
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

MOST_LINKED = 500
TWICE = N_(
    "The nearest pairs are joined first, each by a shortest path: at most twice as many links as "
    "the smallest network that joins them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """The small network that joins chosen records."""

    paths: tuple[Path, ...]
    records: tuple[Brief, ...]
    parts: tuple[tuple[Brief, ...], ...]
    """The chosen as they hang together; one part joins all."""
    conditions: tuple[str, ...]

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what must be said beside it."""
        found = [_(TWICE), *caveats()]
        if len(self.parts) > 1:
            told = _("Nothing recorded joins all of them: they hang in {n} parts.")
            found.insert(0, told.format(n=len(self.parts)))
        return tuple(found)


def connect(
    reader: Reader,
    ids: Sequence[UUID],
    *,
    through: Scope | None = None,
    directed: bool = False,
    ties: bool = False,
    loaded: Loaded | None = None,
    progress: Progress = silent,
) -> Connected:
    """Return the paths that join three or more records; what cannot be joined is told.

    Raises Refused for fewer than two different records or too many, or where none can be joined.
    """
    wanted = list(dict.fromkeys(ids))
    held = network_scope.source(reader, through or Scope())
    briefs = held.by_ids(wanted)
    if len(briefs) < len(wanted):
        raise NotFound(_("One of the records is no longer there"))
    if len(wanted) < 2:
        raise Refused(_("Choose at least two different records to connect"))
    query = PathQuery(one=wanted[0], two=wanted[1], through=through or Scope(), directed=directed)
    network_scope.check(query.through)
    loaded = loaded or paths.load(reader, **paths.needs(query))
    chosen = [paths.position(loaded.ways.network, briefs[id_]) for id_ in wanted]
    limits = paths.limits_of(loaded, query)
    found = connecting_.connecting(loaded.ways, chosen, limits, ties=ties, progress=progress)
    reader.saw("Connect records", [brief.no for brief in briefs.values()])
    if not found.routes:
        raise Refused(_("Nothing joins any of these records: widen the conditions or chart each"))
    by_no = {brief.no: brief for brief in held.briefs(found.nodes)}
    return Connected(
        paths=tuple(explain(held, found.routes)),
        records=tuple(by_no.values()),
        parts=tuple(tuple(by_no[no] for no in part) for part in found.parts),
        conditions=query.words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What lies within so many links of chosen records, nearest first."""

    records: tuple[tuple[Brief, int], ...]
    """Each with how many links away it is."""
    cut: str

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what must be said beside it."""
        return tuple(line for line in (self.cut, *caveats()) if line)


def around(
    reader: Reader, ids: Collection[UUID], hops: int, *, through: Scope | None = None
) -> Around:
    """Return what is linked to records within so many links, under the conditions.

    Raises Refused for more than four links, NotFound where none of the records is there.
    """
    if not 1 <= hops <= 4:
        raise Refused(_("Linked records are listed for one to four links"))
    spec = through or Scope()
    held = network_scope.source(reader, spec)
    focus = list(held.numbers(ids).values())
    if not focus:
        raise NotFound(_("There is no such record"))
    network_scope.check(spec)
    network = network_scope.narrowed(held, held.network(), spec)
    found = neighbourhood(network, focus, hops=hops, most=MOST_LINKED)
    reader.saw("Linked records", focus, hops=hops)
    briefs = held.briefs(found.nodes)
    told = ((brief, found.hops_of[brief.no]) for brief in briefs if found.hops_of[brief.no])
    return Around(records=tuple(told), cut=found.cut_in_words)


class By(StrEnum):
    """What the most connected are listed by, as in i2's List Most Connected."""

    LINKS = "links"
    NEIGHBOURS = "neighbours"
    VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class MostConnected:
    """Records by how much hangs on them; people to safeguard are not among them."""

    by: By
    unit: str
    """Of a value: the one unit that was added up."""
    rows: tuple[tuple[Brief, float], ...]
    not_ranked: int
    """How many people to safeguard were left out of the ranking."""

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what must be said beside it."""
        found = [*caveats()]
        if self.not_ranked:
            told = _("{n:,} people to safeguard are not ranked.")
            found.insert(0, told.format(n=self.not_ranked))
        return tuple(found)


def most_connected(
    reader: Reader,
    spec: Scope | str,
    *,
    by: By = By.LINKS,
    unit: str = "",
    kinds: Collection[Kind] = (),
    top: int = 20,
    on: date,
) -> MostConnected:
    """Return the records with most links, most neighbours, or links worth most of one unit.

    Loops count twice as links and no neighbour. Raises Refused where a value is asked for and no
    link in the scope states one in this unit; the units there are, are then named.
    """
    given = network_scope.parse(reader, spec) if isinstance(spec, str) else spec
    held = network_scope.source(reader, given)
    network = network_scope.scope(reader, given, held)
    barred = network_scope.safeguarded(held, network, on)
    values = _values(held, network, by, unit)
    wanted = narrowing.of_kinds(network, kinds) if kinds else np.ones(len(network), np.bool_)
    free = wanted & ~np.isin(network.nodes, list(barred))
    order = np.lexsort((network.nodes, -values))
    chosen = [at for at in order.tolist() if free[at] and values[at] > 0][:top]
    briefs = held.briefs(network.nodes[chosen].tolist())
    reader.saw("Most connected", [brief.no for brief in briefs])
    rows = tuple(zip(briefs, values[chosen].tolist(), strict=True))
    return MostConnected(by=by, unit=unit, rows=rows, not_ranked=len(barred))


def _values(held: Now, network: Network, by: By, unit: str) -> NDArray[np.float64]:
    edges, weights = network.edges, None
    if by is By.NEIGHBOURS:
        edges = distinct(edges).astype(np.int32)
    if by is By.VALUE:
        weights = np.repeat(_worth(held, network, unit), 2)
    return np.bincount(edges.ravel(), weights, minlength=len(network)).astype(np.float64)


def _worth(held: Now, network: Network, unit: str) -> NDArray[np.float64]:
    stated = held.values()
    there = set(network.link_nos.tolist())
    units = sorted({of for no, _value, of in stated if no in there and of})
    worth = {no: value for no, value, of in stated if of == unit}
    if not any(no in there for no in worth):
        known = ", ".join(units) or _("none")
        told = _("No link here has a weight in {unit}; units that are stated: {known}")
        raise Refused(told.format(unit=unit or _("no unit"), known=known))
    return np.array([worth.get(no, 0.0) for no in network.link_nos.tolist()])
