"""What hangs on records and may be dated, asked of now or of an instant in the same words."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.store import event_blocks, happenings, merges, networks, records
from ocgdesk.store.event_blocks import Found
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief


class Happened:
    """The questions of ``happenings``, of what is recorded now."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def numbers(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """Return the numbers of records, in the order given."""
        return self.reader.numbers(ids)

    def entities(self, ids: Collection[UUID]) -> list[Entity]:
        """Return these records, in the order asked for."""
        return happenings.entities(self.reader, ids)

    def briefs(self, ids: Collection[UUID]) -> dict[UUID, Brief]:
        """Return records in one line each, by id."""
        return records.by_ids(self.reader, ids)

    def links_at(self, ids: Collection[UUID]) -> list[Link]:
        """Return the links with an end among these records, in the order they were made."""
        return happenings.links_at(self.reader, list(self.numbers(ids).values()))

    def events(self, links: Collection[Link]) -> dict[UUID, Found]:
        """Return the events of links that have any, by the id of the link."""
        nos = self.reader.numbers([link.id for link in links], Base.LINK)
        found = event_blocks.many(self.reader, list(nos.values()))
        return {id_: found[no] for id_, no in nos.items() if no in found}

    def events_on(self, id_: UUID) -> Found:
        """Return the events that lie beneath a record: their other end has no number.

        Those of records that were merged into it are among them.
        """
        nos = [*self.numbers([id_]).values(), *merges.absorbed(self.reader, id_)]
        return _joined(event_blocks.beneath(self.reader, nos))

    def links_among(self, ids: Collection[UUID]) -> list[Link]:
        """Return every link both of whose ends are among these records."""
        return networks.links_among(self.reader, list(self.numbers(ids).values()))

    def owned_by(self, ids: Collection[UUID], kinds: Collection[Kind]) -> list[Entity]:
        """Return what these records own, of these kinds, in the order it was made."""
        return happenings.owned_by(self.reader, list(self.numbers(ids).values()), kinds)

    def claims_on(self, ids: Collection[UUID]) -> list[Entity]:
        """Return the disruptions that name any of these records as a subject."""
        return happenings.claims_on(self.reader, ids)


class HappenedThen(Happened):
    """The same of what was held after entry ``seq`` of the journal."""

    def __init__(self, reader: Reader, seq: int) -> None:
        super().__init__(reader)
        self._held = HeldNetwork(reader, seq)

    def numbers(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """Return the numbers of those that were held, in the order given."""
        return self._held.numbers(ids)

    def entities(self, ids: Collection[UUID]) -> list[Entity]:
        """Return records as they were, in the order asked for."""
        found = self._held.entities(ids)
        return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]

    def briefs(self, ids: Collection[UUID]) -> dict[UUID, Brief]:
        """Return records as they were; whoever is recorded as exploited by now is so here too."""
        now = records.by_ids(self.reader, ids)
        return {
            id_: replace(one, exploited=True) if id_ in now and now[id_].exploited else one
            for id_, one in self._held.briefs(ids).items()
        }

    def links_at(self, ids: Collection[UUID]) -> list[Link]:
        """Return the links that had an end among these records."""
        return self._held.links_touching(ids)[-happenings.MOST :]

    def events(self, links: Collection[Link]) -> dict[UUID, Found]:
        """Return the events that links had, by the id of the link."""
        return event_blocks.many_then(self._held, [link.id for link in links])

    def events_on(self, id_: UUID) -> Found:
        """Return the events that lay beneath a record, and beneath what was merged into it."""
        nos = [*self.numbers([id_]).values(), *merges.absorbed(self.reader, id_, self._held)]
        return _joined(event_blocks.beneath(self.reader, nos, self._held))

    def links_among(self, ids: Collection[UUID]) -> list[Link]:
        """Return every link both of whose ends were among these records."""
        return self._held.links_among(ids)

    def owned_by(self, ids: Collection[UUID], kinds: Collection[Kind]) -> list[Entity]:
        """Return what these records owned, of these kinds."""
        return self._held.hanging_on(ids, kinds)[-happenings.MOST :]

    def claims_on(self, ids: Collection[UUID]) -> list[Entity]:
        """Return the disruptions that named any of these records as a subject."""
        return self._held.claims_on(ids)[-happenings.MOST :]


def _joined(found: Mapping[int, Found]) -> Found:
    return Found(
        blocks=tuple(block for one in found.values() for block in one.blocks),
        files=tuple(file for one in found.values() for file in one.files),
    )


def at(reader: Reader, seq: int | None) -> Happened:
    """Return where to ask: of what was held after an entry of the journal, or of now."""
    return Happened(reader) if seq is None else HappenedThen(reader, seq)
