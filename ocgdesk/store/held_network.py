"""What touched these records, and what joined them, as this workspace held it at an instant."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from ocgdesk.domain.charts import Placement
from ocgdesk.domain.kinds import LINKS, Base, Kind
from ocgdesk.domain.links import Link, Membership, Strength
from ocgdesk.graph.neighbourhood import LinkTriple
from ocgdesk.store import codec, networks, tables
from ocgdesk.store.among import among
from ocgdesk.store.held import Held

_link = tables.link


class HeldNetwork(Held):
    """The questions of ``networks``, asked of what was held after an entry of the journal."""

    def numbers(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """Return the numbers of those records that were held, in the order given."""
        held = self.entities(ids)
        nos = self._numbers(list(held))
        return {id_: nos[id_] for id_ in ids if id_ in held}

    def links_at(
        self, nos: Collection[int], kinds: Sequence[Kind], on: date | None = None
    ) -> list[LinkTriple]:
        """Return the links that had an end among these records, both ends of these kinds.

        With a day, only those that may have held on it. Their numbers count this answer alone:
        a link that is gone has none of its own.
        """
        centres, codes = frozenset(self.ids(nos)), frozenset(kind.value for kind in kinds)
        now = [triple.no for triple in networks.links_at(self.reader, nos, kinds)]
        links = self._tied(centres, Link, LINKS, now, lambda link: _touches(link, centres))
        ends = self._numbers({end for link in links for end in (link.source, link.target)})
        wanted = self._of_kinds(ends.values(), codes)
        return [
            LinkTriple(place, a, b, Strength(link.strength).rank)
            for place, link in enumerate(links)
            if {a := ends.get(link.source, 0), b := ends.get(link.target, 0)} <= wanted
            and (on is None or link.holds_on(on))
        ]

    def links_among(self, ids: Collection[UUID]) -> list[Link]:
        """Return every link both of whose ends were among these records."""
        there = frozenset(ids)
        nos = frozenset(self._numbers(there).values())
        now: list[int] = []
        for some in codec.batches(nos):
            query = select(_link.c.no, _link.c.target_no).where(
                _link.c.source_no.in_(some), self.reader.may_see(Base.LINK)
            )
            now += [row.no for row in self.reader.rows(query) if row.target_no in nos]
        return self._tied(there, Link, LINKS, now, lambda link: {link.source, link.target} <= there)

    def links_touching(self, ids: Collection[UUID]) -> list[Link]:
        """Return every link that had an end among these records, in the order they were made."""
        there = frozenset(ids)
        nos = list(self._numbers(there).values())
        ends = or_(among(_link.c.source_no, nos), among(_link.c.target_no, nos))
        now = self._now(Base.LINK, _link.c.no, ends)
        return self._tied(there, Link, LINKS, now, lambda link: _touches(link, there))

    def member_counts(self, ocgs: Sequence[UUID]) -> dict[UUID, int]:
        """Return how many members each OCG had on record."""
        counts: dict[UUID, int] = {}
        for ocg in ocgs:
            links = (item.link for item in self.links_of(ocg))
            members = {link.source for link in links if isinstance(link, Membership)}
            counts[ocg] = len(members)
        return counts

    def placements(self, chart: UUID) -> list[Placement]:
        """Return where everything stood on a chart."""
        table = tables.placement
        now = self._now(Base.PLACEMENT, table.c.no, table.c.chart_no == self.number(chart))
        return self._tied(
            [chart], Placement, (Kind.PLACEMENT,), now, lambda place: place.chart == chart
        )

    def ids(self, nos: Collection[int]) -> list[UUID]:
        """Return the ids of records by number, also of those that are gone by now."""
        found: list[UUID] = []
        for table in (tables.entity, tables.removed):
            for some in codec.batches(nos):
                rows = self.reader.rows(select(table.c.id).where(table.c.no.in_(some)))
                found += (UUID(bytes=row.id) for row in rows)
        return found

    def _of_kinds(self, nos: Collection[int], codes: Collection[str]) -> set[int]:
        found: set[int] = set()
        for table in (tables.entity, tables.removed):
            for some in codec.batches(nos):
                query = select(table.c.no, table.c.kind).where(table.c.no.in_(some))
                found |= {row.no for row in self.reader.rows(query) if row.kind in codes}
        return found


def _touches(link: Link, centres: Collection[UUID]) -> bool:
    return link.source in centres or link.target in centres
