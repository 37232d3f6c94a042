"""What overviews are drawn from: the register now, on a day, or as it was recorded."""

from collections.abc import Collection
from typing import Protocol

from ocgdesk.casework.moments import Moment
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.graph import narrowing
from ocgdesk.graph.network import Network
from ocgdesk.store import history, network_parts, networks, records
from ocgdesk.store.held_whole import HeldWhole
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief


class Known(Protocol):
    """A register's network, and the records and links its numbers stand for."""

    network: Network

    def things(self, nos: Collection[int]) -> dict[int, Entity]:
        """Return records by number."""

    def links(self, nos: Collection[int]) -> list[Link]:
        """Return links by the numbers the network has for them."""

    def briefs(self, nos: Collection[int]) -> dict[int, Brief]:
        """Return records by number, in one line each."""


def known(reader: Reader, moment: Moment) -> Known:
    """Return what this reader may know of the register at a moment."""
    return _Then(reader, moment) if moment.as_at is not None else _Now(reader, moment)


class _Now:
    def __init__(self, reader: Reader, moment: Moment) -> None:
        self._reader = reader
        network = networks.network(reader)
        if moment.on is not None:
            day = moment.on.toordinal()
            periods = network_parts.periods(reader)
            held = narrowing.holding(network, *periods, since=day, until=day)
            network = narrowing.with_links(network, held)
        self.network = network

    def things(self, nos: Collection[int]) -> dict[int, Entity]:
        wanted = list(nos)
        found = zip(wanted, self._reader.load(wanted), strict=True)
        return {no: thing for no, thing in found if isinstance(thing, Entity)}

    def links(self, nos: Collection[int]) -> list[Link]:
        found = self._reader.load(list(nos), Base.LINK)
        return [link for link in found if isinstance(link, Link)]

    def briefs(self, nos: Collection[int]) -> dict[int, Brief]:
        return {brief.no: brief for brief in records.briefs(self._reader, list(nos))}


class _Then:
    def __init__(self, reader: Reader, moment: Moment) -> None:
        assert moment.as_at is not None  # noqa: S101 - else it is now
        self._held = HeldWhole(reader, history.seq_at(reader, moment.as_at), moment.on)
        self.network = self._held.network()

    def things(self, nos: Collection[int]) -> dict[int, Entity]:
        found = self._held.entities(self._held.ids(nos))
        numbers = self._held.numbers(list(found))
        return {numbers[id_]: thing for id_, thing in found.items()}

    def links(self, nos: Collection[int]) -> list[Link]:
        return [self._held.links[no] for no in nos]

    def briefs(self, nos: Collection[int]) -> dict[int, Brief]:
        return {brief.no: brief for brief in self._held.briefs(self._held.ids(nos)).values()}
