"""The whole register's network as this workspace held it at an instant."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.kinds import LINKS, SUBJECTS, Base, Kind
from ocgdesk.domain.links import Link, Strength
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.store import codec, tables
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.past import knowable
from ocgdesk.store.reader import Reader

_link = tables.link


class HeldWhole(HeldNetwork):
    """All links that were held, as a network whose link numbers are places in ``links``."""

    def __init__(self, reader: Reader, seq: int, on: date | None = None) -> None:
        super().__init__(reader, seq)
        found = self._as_held(Base.LINK, self._every_link())
        links = (found[no] for no in sorted(found))
        self.links = [
            link for link in links if isinstance(link, Link) and (on is None or link.holds_on(on))
        ]

    def _every_link(self) -> list[int]:
        """Return the numbers of all links there are, or were, that the reader may know of."""
        seen = self.reader.may_see(Base.LINK)
        now = {row.no for row in self.reader.rows(select(_link.c.no).where(seen))}
        gone = tables.removed
        codes = [kind.value for kind in LINKS]
        taken = self.reader.rows(select(gone.c.no).where(gone.c.kind.in_(codes)))
        return sorted(now | knowable(self.reader, Base.LINK, [row.no for row in taken]))

    def network(self, kinds: Sequence[Kind] = SUBJECTS) -> Network:
        """Return what was linked then, of these kinds; what had no link is left out."""
        nos = self._numbers({end for link in self.links for end in (link.source, link.target)})
        known = self._kinds(nos.values(), frozenset(kind.value for kind in kinds))
        return Network.of(known.items(), _rows(self.links, nos))

    def _kinds(self, nos: Collection[int], codes: Collection[str]) -> dict[int, str]:
        found: dict[int, str] = {}
        for table in (tables.entity, tables.removed):
            for some in codec.batches(nos):
                query = select(table.c.no, table.c.kind).where(table.c.no.in_(some))
                found |= {row.no: row.kind for row in self.reader.rows(query) if row.kind in codes}
        return found


def _rows(links: Sequence[Link], nos: dict[UUID, int]) -> list[LinkRow]:
    return [
        LinkRow(
            place,
            nos.get(link.source, 0),
            nos.get(link.target, 0),
            Strength(link.strength).rank,
            link.directed,
            link.weight,
            link.type,
        )
        for place, link in enumerate(links)
    ]
