"""What overviews are drawn from: the register now, on a day, or as it was recorded."""

from collections.abc import Collection, Sequence

from ocgdesk.casework import network_scope
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.graph import narrowing
from ocgdesk.graph.network import Network
from ocgdesk.store import history
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief


class Known:
    """A register's network at a moment, and the records and links its numbers stand for."""

    def __init__(self, reader: Reader, moment: Moment) -> None:
        self._reader = reader
        self._as_at = moment.as_at
        self._source = network_scope.source_at(reader, moment.as_at)
        self.network = self._network(moment)

    def _network(self, moment: Moment) -> Network:
        network = self._source.network()
        if moment.on is None:
            return network
        day = moment.on.toordinal()
        held = narrowing.holding(network, *self._source.periods(), since=day, until=day)
        return narrowing.with_links(network, held)

    def things(self, nos: Sequence[int]) -> dict[int, Entity]:
        """Return records by number, as they were; those not there then are left out."""
        if self._as_at is not None:
            held = HeldNetwork(self._reader, history.seq_at(self._reader, self._as_at))
            found = held.entities(held.ids(nos))
            numbers = held.numbers(list(found))
            things = {numbers[id_]: thing for id_, thing in found.items()}
            return {no: things[no] for no in nos if no in things}
        loaded = zip(nos, self._reader.load(nos), strict=True)
        return {no: thing for no, thing in loaded if isinstance(thing, Entity)}

    def links(self, nos: Sequence[int]) -> list[Link]:
        """Return links by the numbers the network has for them."""
        found = self._source.links(nos)
        return [found[no] for no in nos if no in found]

    def briefs(self, nos: Collection[int]) -> dict[int, Brief]:
        """Return records by number, in one line each."""
        return {brief.no: brief for brief in self._source.briefs(list(nos))}
