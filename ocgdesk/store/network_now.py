"""Where questions about networks read from: what is recorded now.

``network_then.Then`` answers the same as at a moment of recorded time: it takes these answers and
puts back what was touched since. Who is known by now to be exploited, or a child, is treated so
in the past too: nobody is ranked for what was not known yet.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import SUBJECTS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.graph.neighbourhood import expand
from ocgdesk.graph.network import Network
from ocgdesk.store import evidence, network_parts, networks, records
from ocgdesk.store.evidence import Behind
from ocgdesk.store.network_parts import Periods, Person, Place
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief


class Now:
    """What is recorded now."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def network(self, kinds: Sequence[Kind] = SUBJECTS) -> Network:
        """Return the whole register's network of these kinds."""
        return networks.network(self.reader, kinds)

    def among(self, nos: Collection[int]) -> Network:
        """Return the network of these records and every link among them."""
        return network_parts.among(self.reader, nos)

    def round(
        self, nos: list[int], hops: int, kinds: Collection[Kind], most: int
    ) -> tuple[int, ...]:
        """Return what lies within so many links of these records, nearest first."""
        some = tuple(kinds)
        walk = expand(
            nos, lambda ring: networks.links_at(self.reader, ring, some), hops=hops, most=most
        )
        return walk.nodes

    def numbers(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """Return the numbers of records, in the order given."""
        return networks.numbers(self.reader, ids)

    def briefs(self, nos: Collection[int]) -> list[Brief]:
        """Return records in one line each, in the order asked for."""
        return records.briefs(self.reader, nos)

    def by_ids(self, ids: Collection[UUID]) -> dict[UUID, Brief]:
        """Return records in one line each, by id."""
        return records.by_ids(self.reader, ids)

    def places(self, nos: Collection[int]) -> list[Place]:
        """Return which OCGs these nominals belong to."""
        return network_parts.places(self.reader, nos)

    def all_places(self) -> list[Place]:
        """Return every membership of an OCG."""
        return network_parts.all_places(self.reader)

    def people(self, nos: Collection[int]) -> dict[int, Person]:
        """Return what matters of these nominals before anybody is ranked."""
        return network_parts.people(self.reader, nos)

    def periods(self) -> Periods:
        """Return from when to when dated links held."""
        return network_parts.periods(self.reader)

    def tested_links(self) -> NDArray[np.int64]:
        """Return the links with a report of a tested source behind them, ascending."""
        return network_parts.tested_links(self.reader)

    def behind(self, links: Collection[int] | None = None) -> list[Behind]:
        """Return the reports behind these links, or all, by link."""
        return evidence.behind(self.reader, links)

    def values(self) -> list[tuple[int, float, str]]:
        """Return the links with a stated weight."""
        return network_parts.values(self.reader)

    def location_types(self) -> dict[int, str]:
        """Return the type of every location that has one."""
        return network_parts.location_types(self.reader)

    def links(self, nos: Sequence[int]) -> dict[int, Link]:
        """Return links by number; those that are gone are left out."""
        found = self.reader.load(nos, Base.LINK)
        known = zip(nos, found, strict=True) if len(found) == len(nos) else ()
        return {no: link for no, link in known if isinstance(link, Link)}

    def reports(self, ids: Collection[UUID]) -> dict[UUID, Report]:
        """Return reports by id, as far as the reader may know of them."""
        things = self.reader.load(list(self.reader.numbers(ids).values()))
        return {thing.id: thing for thing in things if isinstance(thing, Report)}
