"""What was held of the register's network after an entry of the journal."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final, TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from ocgdesk.domain.entities import Location, Nominal, Report
from ocgdesk.domain.kinds import LINKS, SUBJECTS, Kind
from ocgdesk.domain.links import Link, Membership, Strength
from ocgdesk.domain.things import Thing
from ocgdesk.graph import narrowing
from ocgdesk.graph.neighbourhood import neighbourhood
from ocgdesk.graph.network import KINDS, Network
from ocgdesk.store import evidence, history, network_parts, networks, tables
from ocgdesk.store.evidence import Behind
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.network_now import Now
from ocgdesk.store.network_parts import Periods, Person, Place
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

S = TypeVar("S", bound=np.generic)
_TESTED: Final = ("1", "A", "B", "C")
_EXPLOITS: Final = "exploits"


class Then(Now):
    """What was held after entry ``seq`` of the journal."""

    def __init__(self, reader: Reader, seq: int) -> None:
        super().__init__(reader)
        self.seq = seq
        self._held = HeldNetwork(reader, seq)
        self._were: dict[Kind, dict[int, Thing]] = {}
        self._changed: dict[Kind, frozenset[int]] = {}
        self._numbers: dict[UUID, int] = {}

    def network(self, kinds: Sequence[Kind] = SUBJECTS) -> Network:
        """Return the network of these kinds as it was."""
        if set(kinds) == set(SUBJECTS):
            return self._whole
        return narrowing.with_nodes(self._whole, narrowing.of_kinds(self._whole, kinds))

    def among(self, nos: Collection[int]) -> Network:
        """Return the network of these records as it was."""
        return narrowing.with_nodes(self._whole, np.isin(self._whole.nodes, list(nos)))

    def round(
        self, nos: list[int], hops: int, kinds: Collection[Kind], most: int
    ) -> tuple[int, ...]:
        """Return what lay within so many links of these records, nearest first."""
        return neighbourhood(self.network(tuple(kinds)), nos, hops=hops, most=most).nodes

    def numbers(self, ids: Collection[UUID]) -> dict[UUID, int]:
        """Return the numbers of those records that were held."""
        return self._held.numbers(ids)

    def briefs(self, nos: Collection[int]) -> list[Brief]:
        """Return records in one line each as they were, in the order asked for."""
        found = self._held.briefs(self._held.ids(nos))
        by_no = {brief.no: brief for brief in found.values()}
        return [by_no[no] for no in nos if no in by_no]

    def by_ids(self, ids: Collection[UUID]) -> dict[UUID, Brief]:
        """Return records in one line each as they were, by id."""
        return self._held.briefs(ids)

    def places(self, nos: Collection[int]) -> list[Place]:
        """Return which OCGs these nominals belonged to."""
        wanted = frozenset(nos)
        return [place for place in self.all_places() if place.nominal in wanted]

    def all_places(self) -> list[Place]:
        """Return every membership there was."""
        changed = self._since(Kind.MEMBERSHIP)
        kept = network_parts.places_without(self.reader, changed)
        return kept + [self._place(link) for link in self._links if isinstance(link, Membership)]

    def people(self, nos: Collection[int]) -> dict[int, Person]:
        """Return what matters of these nominals: exploited also who is known to be by now."""
        wanted = frozenset(nos)
        found = network_parts.people(self.reader, nos)
        said = self._exploited()
        for no, thing in self._old(Kind.NOMINAL).items():
            if no in wanted and isinstance(thing, Nominal):
                found[no] = _person(thing, found.get(no))
        return {
            no: replace(person, exploited=True) if no in said else person
            for no, person in found.items()
        }

    def periods(self) -> Periods:
        """Return from when to when links held, as it was recorded then."""
        now, changed = network_parts.periods(self.reader), self._changed_links
        kept = ~np.isin(now.nos, list(changed))
        old = [(no, *_span(link)) for no, link in self._old_links if link.start or link.end]
        nos = np.concatenate((now.nos[kept], np.array([row[0] for row in old], np.int64)))
        order = np.argsort(nos, kind="stable")
        first = np.concatenate((now.first[kept], np.array([row[1] for row in old], np.int32)))
        last = np.concatenate((now.last[kept], np.array([row[2] for row in old], np.int32)))
        return Periods(nos[order], first[order], last[order])

    def tested_links(self) -> NDArray[np.int64]:
        """Return the links a tested source was behind."""
        tested = [row.link for row in self.behind() if row.grade[:1].upper() in _TESTED]
        return np.unique(np.array(tested, np.int64))

    def behind(self, links: Collection[int] | None = None) -> list[Behind]:
        """Return the reports behind links as they were, with their grades then."""
        changed, reports = self._changed_links, self._old(Kind.REPORT)
        found = [row for row in evidence.behind(self.reader, links) if row.link not in changed]
        found = [_as_it_was(row, reports.get(row.report)) for row in found]
        wanted = None if links is None else frozenset(links)
        for no, link in self._old_links:
            if wanted is None or no in wanted:
                found += self._behind(no, link)
        return sorted(found, key=lambda row: (row.link, row.report))

    def values(self) -> list[tuple[int, float, str]]:
        """Return the weights of links as they were."""
        changed = self._changed_links
        found = [row for row in network_parts.values(self.reader) if row[0] not in changed]
        old = ((no, link.weight, link.unit) for no, link in self._old_links)
        return found + [(no, weight, unit) for no, weight, unit in old if weight is not None]

    def location_types(self) -> dict[int, str]:
        """Return the types of locations as they were."""
        found = dict(network_parts.location_types(self.reader))
        for no, thing in self._old(Kind.LOCATION).items():
            if isinstance(thing, Location):
                found[no] = thing.location_type
        return found

    def links(self, nos: Sequence[int]) -> dict[int, Link]:
        """Return links by number as they were."""
        old = dict(self._old_links)
        there = [no for no in nos if no not in old]
        return super().links(there) | {no: old[no] for no in nos if no in old}

    def reports(self, ids: Collection[UUID]) -> dict[UUID, Report]:
        """Return reports by id as they were."""
        found = self._held.entities(ids)
        return {id_: thing for id_, thing in found.items() if isinstance(thing, Report)}

    # ---- What was touched since --------------------------------------------------------------

    @cached_property
    def _whole(self) -> Network:
        now = networks.network(self.reader, SUBJECTS)
        gone = {no for kind in SUBJECTS for no in self._since(kind)}
        kept = ~np.isin(now.nodes, list(gone))
        old = [(no, kind) for kind in SUBJECTS for no in self._old(kind)]
        links = ~np.isin(now.link_nos, list(self._changed_links))
        rows = self._old_links
        numbers = self._numbers
        ends = now.nodes[now.source[links]], now.nodes[now.target[links]]
        return Network.of_columns(
            nos=_joined(now.nodes[kept], (no for no, _kind in old)),
            kinds=[
                *(KINDS[code].value for code in now.kinds[kept].tolist()),
                *(kind.value for _no, kind in old),
            ],
            link_nos=_joined(now.link_nos[links], (no for no, _link in rows)),
            sources=_joined(ends[0], (numbers[link.source] for _no, link in rows)),
            targets=_joined(ends[1], (numbers[link.target] for _no, link in rows)),
            strengths=_joined(now.strength[links], (Strength(k.strength).rank for _n, k in rows)),
            directed=_joined(now.directed[links], (k.directed for _n, k in rows)),
            weights=_joined(
                now.weight[links],
                (1.0 if k.weight is None else k.weight for _n, k in rows),
            ),
            types=[
                *(now.type_names[code] for code in now.types[links].tolist()),
                *(link.type for _no, link in rows),
            ],
        )

    @cached_property
    def _old_links(self) -> list[tuple[int, Link]]:
        """The links touched since, as they were, both of whose ends can be numbered."""
        found = [
            (no, thing)
            for kind in LINKS
            for no, thing in self._old(kind).items()
            if isinstance(thing, Link)
        ]
        ends = {end for _no, link in found for end in (link.source, link.target)}
        self._numbers = self._held.numbers(ends)
        known = self._numbers.keys()
        return sorted(
            ((no, link) for no, link in found if {link.source, link.target} <= known),
            key=lambda pair: pair[0],
        )

    @property
    def _links(self) -> list[Link]:
        return [link for _no, link in self._old_links]

    @cached_property
    def _changed_links(self) -> frozenset[int]:
        return frozenset(no for kind in LINKS for no in self._since(kind))

    def _since(self, kind: Kind) -> frozenset[int]:
        """Return the numbers of a kind that were touched after the moment."""
        if kind not in self._changed:
            item = tables.journal_item
            query = select(item.c.no).where(item.c.seq > self.seq, item.c.kind == kind.value)
            rows = self.reader.rows(query.distinct())
            self._changed[kind] = frozenset(row.no for row in rows)
        return self._changed[kind]

    def _old(self, kind: Kind) -> dict[int, Thing]:
        """Return what was touched since, as it was; what was made since is not in it."""
        if kind not in self._were:
            since = self._since(kind)
            self._were[kind] = history.split_as_at(self.reader, kind, self.seq)[1] if since else {}
        return self._were[kind]

    def _place(self, link: Membership) -> Place:
        ends = self._numbers
        return Place(ends[link.source], ends[link.target], link.role, link.importance)

    def _exploited(self) -> set[int]:
        """Return whom links said to be exploited then."""
        network = self._whole
        chosen = narrowing.of_types(network, {_EXPLOITS})
        said = set(network.nodes[network.target[chosen]].tolist())
        victims = network_parts.victim_roles()
        return said | {place.nominal for place in self.all_places() if place.role in victims}

    def _behind(self, no: int, link: Link) -> Iterable[Behind]:
        known, numbers = self.reports(link.reports), self._held.numbers(link.reports)
        for id_, report in known.items():
            yield Behind(no, numbers[id_], report.grade, report.origin, report.ref)


def _joined(now: NDArray[S], more: Iterable[object]) -> NDArray[S]:
    return np.concatenate((now, np.array(list(more), now.dtype)))


def _person(then: Nominal, now: Person | None) -> Person:
    return Person(
        exploited=then.exploited or (now is not None and now.exploited),
        born=now.born if now is not None and now.born else then.born,
        in_custody=then.in_custody,
        deceased=then.deceased,
    )


def _span(link: Link) -> tuple[int, int]:
    first = link.start.earliest().toordinal() if link.start else 1
    last = link.end.latest().toordinal() if link.end else 3_652_059
    return first, last


def _as_it_was(row: Behind, report: Thing | None) -> Behind:
    if not isinstance(report, Report):
        return row
    return row._replace(grade=report.grade, origin=report.origin, ref=report.ref)
