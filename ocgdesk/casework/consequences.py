"""What follows from removals: for OCGs, lines, commodities, successors, and those to safeguard."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from ocgdesk.domain.charts import Importance
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action, Strand
from ocgdesk.domain.reference_data import label
from ocgdesk.graph import narrowing, what_if
from ocgdesk.graph.fragments import Mesh
from ocgdesk.graph.network import KINDS, Network
from ocgdesk.graph.what_if import StandIn
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store import touching
from ocgdesk.store.network_now import Now
from ocgdesk.store.network_parts import Person, Place
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

CANDIDATES = N_("candidates by shared neighbours and role (not a prediction)")
MOST_CANDIDATES = 5
"""Candidates named for each who is removed."""
HOLDING = frozenset({"holds-line", "controls", "owns", "uses"})
"""Links by which somebody runs a county line."""
DEALING = frozenset({"deals-in", "supplies"})
RIVAL = "rival"
EXPLOITS = "exploits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An OCG that would lose members."""

    ocg: Brief
    members: int
    left: int
    principals: int
    principals_left: int

    @property
    def is_cut_off(self) -> bool:
        """Whether nobody recorded would be left, or nobody who leads."""
        return not self.left or bool(self.principals and not self.principals_left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who shares neighbours with one removed: no prediction that they step in."""

    who: Brief
    instead_of: Brief
    shared: tuple[Brief, ...]
    same_ocg: tuple[Brief, ...]
    same_role: str = ""
    """The role both are recorded with in one OCG, as a code; empty where in none."""
    in_custody: bool = False

    @property
    def reason(self) -> str:
        """Why they are named, in words."""
        count = len(self.shared)
        words = [ngettext("{n} shared neighbour", "{n} shared neighbours", count).format(n=count)]
        if self.same_ocg:
            names = ", ".join(ocg.label for ocg in self.same_ocg)
            words.append(_("same OCG: {names}").format(names=names))
        if self.same_role:
            words.append(_("same role: {role}").format(role=label("roles", self.same_role)))
        if self.in_custody:
            words.append(_("in custody"))
        return "; ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprotected:
    """Somebody to safeguard who is linked to one removed."""

    who: Brief
    linked_to: tuple[Brief, ...]
    """Those removed whom they are linked to."""
    exploited_by: tuple[Brief, ...]
    """Whoever else is recorded as exploiting them, and would still be there."""
    actions: tuple[Action, ...]
    """Live Protect or Prevent actions that touch them."""

    @property
    def words(self) -> str:
        """What is recorded and what is not, in a sentence."""
        linked = ", ".join(brief.ref or brief.label for brief in self.linked_to)
        said = [_("linked to {refs}, who would be removed").format(refs=linked)]
        if self.exploited_by:
            others = ", ".join(brief.ref or brief.label for brief in self.exploited_by)
            said.append(_("also recorded as exploited by {refs}").format(refs=others))
        count = len(self.actions)
        live = ngettext(
            "{n} live Protect or Prevent action touches them",
            "{n} live Protect or Prevent actions touch them",
            count,
        )
        none = _("no live Protect or Prevent action touches them")
        return "; ".join([*said, live.format(n=count) if count else none])


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Two OCGs between which one removed stands: whoever steps in meets both."""

    one: Brief
    two: Brief
    through: Brief
    rivals: bool
    """Whether they are recorded as rivals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """All that would follow, each only from what is recorded."""

    groups: tuple[Group, ...] = ()
    lines: tuple[Brief, ...] = ()
    """County lines nobody recorded would run any more."""
    commodities: tuple[Brief, ...] = ()
    """Commodities nobody left would be recorded as dealing in."""
    fallen: tuple[Brief, ...] = ()
    """Lines and handles that would fall out of the largest part."""
    candidates: tuple[Candidate, ...] = ()
    unprotected: tuple[Unprotected, ...] = ()
    contacts: tuple[Contact, ...] = ()


def consequences(
    held: Now,
    *,
    whole: Network,
    walked: Network,
    mesh: Mesh,
    removed: Sequence[int],
    people: Mapping[int, Person],
    places: Sequence[Place],
    on: date,
    cut_off: Collection[int],
) -> Consequences:
    """Return what would follow from removing these records, by workspace number."""
    facts = _Facts(whole, frozenset(removed), people, places, on)
    stand_ins = _stand_ins(walked, mesh, facts)
    wanted = {*facts.numbers(), *cut_off, *_numbers(walked, stand_ins)}
    briefs = {brief.no: brief for brief in held.briefs(sorted(wanted))}
    return Consequences(
        groups=tuple(facts.groups(briefs)),
        lines=tuple(briefs[no] for no in facts.lines),
        commodities=tuple(briefs[no] for no in facts.commodities),
        fallen=tuple(briefs[no] for no in cut_off if briefs[no].kind in _FALLING),
        candidates=tuple(_candidates(walked, stand_ins, facts, briefs)),
        unprotected=tuple(_unprotected(held.reader, facts, briefs)),
        contacts=tuple(facts.contacts(briefs)),
    )


_FALLING = frozenset({Kind.COUNTY_LINE, Kind.HANDLE})


class _Facts:
    """What the register says of the removed and those round them, by workspace number."""

    def __init__(
        self,
        network: Network,
        removed: frozenset[int],
        people: Mapping[int, Person],
        places: Sequence[Place],
        on: date,
    ) -> None:
        self.removed, self.people, self._on = removed, people, on
        self._network = network
        self._source = network.nodes[network.source]
        self._target = network.nodes[network.target]
        self.kind = dict(
            zip(network.nodes.tolist(), (KINDS[code] for code in network.kinds), strict=True)
        )
        self.places: dict[int, list[Place]] = defaultdict(list)
        for place in places:
            self.places[place.nominal].append(place)
        self.members: dict[int, list[Place]] = defaultdict(list)
        for some in self.places.values():
            for place in some:
                self.members[place.ocg].append(place)
        self.lines = tuple(self._orphans(Kind.COUNTY_LINE, HOLDING))
        self.commodities = tuple(self._orphans(Kind.COMMODITY, DEALING))
        self.unprotected = dict(self._linked_to_removed())
        self.touched = self._touched()

    def numbers(self) -> Iterator[int]:
        """Yield the records that will be named."""
        yield from self.removed
        yield from (*self.lines, *self.commodities, *self._groups())
        for no, (linked, others) in self.unprotected.items():
            yield from (no, *linked, *others)
        for one, two, _through in self.touched:
            yield from (one, two)

    def is_safeguarded(self, no: int) -> bool:
        """Tell whether a person is never to be ranked."""
        person = self.people.get(no)
        return person is not None and person.is_safeguarded(self._on)

    def _links(self, types: Collection[str]) -> Iterator[tuple[int, int]]:
        chosen = narrowing.of_types(self._network, types)
        yield from zip(self._source[chosen].tolist(), self._target[chosen].tolist(), strict=True)

    def _acting(self, no: int) -> bool:
        """Tell whether a person or group is left to act; a group without members is not."""
        if self.kind.get(no) is Kind.OCG and self.members[no]:
            return any(place.nominal not in self.removed for place in self.members[no])
        return no not in self.removed

    def _orphans(self, kind: Kind, types: Collection[str]) -> Iterator[int]:
        """Yield records of a kind all of whose holders would be gone, having had any."""
        holders: dict[int, set[int]] = defaultdict(set)
        for one, two in self._links(types):
            for held, by in ((one, two), (two, one)):
                if self.kind[held] is kind and self.kind[by] in _ACTORS:
                    holders[held].add(by)
        for held, some in sorted(holders.items()):
            if held not in self.removed and not any(self._acting(by) for by in some):
                yield held

    def _groups(self) -> list[int]:
        found = (place.ocg for no in sorted(self.removed) for place in self.places[no])
        return list(dict.fromkeys(found))

    def groups(self, briefs: Mapping[int, Brief]) -> Iterator[Group]:
        """Yield the OCGs that would lose members."""
        for ocg in self._groups():
            members = {place.nominal for place in self.members[ocg]}
            leading = {p.nominal for p in self.members[ocg] if p.importance == _PRINCIPAL}
            yield Group(
                ocg=briefs[ocg],
                members=len(members),
                left=len(members - self.removed),
                principals=len(leading),
                principals_left=len(leading - self.removed),
            )

    def _linked_to_removed(self) -> Iterator[tuple[int, tuple[list[int], list[int]]]]:
        linked: dict[int, list[int]] = defaultdict(list)
        for one, two in self._at_removed():
            if two not in self.removed and self.is_safeguarded(two):
                linked[two].append(one)
        exploiters: dict[int, list[int]] = defaultdict(list)
        for by, person in self._links({EXPLOITS}):
            if person in linked and by not in self.removed:
                exploiters[person].append(by)
        for no, some in sorted(linked.items()):
            yield no, (list(dict.fromkeys(some)), list(dict.fromkeys(exploiters[no])))

    def _at_removed(self) -> Iterator[tuple[int, int]]:
        """Yield each link of one removed: the removed, then the other end."""
        gone = list(self.removed)
        for ends, others in ((self._source, self._target), (self._target, self._source)):
            chosen = np.isin(ends, gone)
            yield from zip(ends[chosen].tolist(), others[chosen].tolist(), strict=True)

    def _ocgs_at(self, no: int) -> set[int]:
        if self.kind.get(no) is Kind.OCG:
            return {no}
        return {place.ocg for place in self.places[no]}

    def _touched(self) -> list[tuple[int, int, int]]:
        """Return pairs of OCGs that meet in one removed and have no other contact."""
        meeting: dict[int, set[int]] = {no: self._ocgs_at(no) for no in self.removed}
        for one, two in self._at_removed():
            meeting[one] |= self._ocgs_at(two)
        pairs = [
            (*pair, no) for no, ocgs in meeting.items() for pair in combinations(sorted(ocgs), 2)
        ]
        met = self._in_contact({pair[:2] for pair in pairs}) if pairs else set()
        return sorted(pair for pair in pairs if pair[:2] not in met)

    def _in_contact(self, wanted: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
        """Return which pairs of OCGs are linked otherwise: by others' links or shared members."""
        found: set[tuple[int, int]] = set()
        rival = narrowing.of_types(self._network, {RIVAL})
        for one, two in zip(
            self._source[~rival].tolist(), self._target[~rival].tolist(), strict=True
        ):
            if one not in self.removed and two not in self.removed:
                found |= _pairs(self._ocgs_at(one), self._ocgs_at(two))
        return found & set(wanted)

    def contacts(self, briefs: Mapping[int, Brief]) -> Iterator[Contact]:
        """Yield the OCGs one removed stands between."""
        rivals = {(min(ends), max(ends)) for ends in self._links({RIVAL})}
        for one, two, through in self.touched:
            yield Contact(
                one=briefs[one],
                two=briefs[two],
                through=briefs[through],
                rivals=(one, two) in rivals,
            )


_PRINCIPAL = Importance.PRINCIPAL.value
_ACTORS = frozenset({Kind.NOMINAL, Kind.OCG, Kind.HANDLE})


def _pairs(ones: Iterable[int], twos: Collection[int]) -> set[tuple[int, int]]:
    both = ((one, two) for one in ones for two in twos)
    return {(min(pair), max(pair)) for pair in both if pair[0] != pair[1]}


def _stand_ins(walked: Network, mesh: Mesh, facts: _Facts) -> list[StandIn]:
    """Return who shares neighbours with the removed people; never anybody to safeguard."""
    nominals = narrowing.of_kinds(walked, [Kind.NOMINAL])
    nos = walked.nodes.tolist()
    allowed = [
        at
        for at in np.flatnonzero(nominals).tolist()
        if not facts.is_safeguarded(nos[at]) and not facts.people[nos[at]].deceased
    ]
    gone = walked.positions(sorted(facts.removed))
    return what_if.stand_ins(mesh, gone[nominals[gone]].tolist(), allowed)


def _numbers(walked: Network, some: Iterable[StandIn]) -> Iterator[int]:
    for one in some:
        for at in (one.item, one.removed, *one.shared):
            yield int(walked.nodes[at])


def _candidates(
    walked: Network, some: Sequence[StandIn], facts: _Facts, briefs: Mapping[int, Brief]
) -> Iterator[Candidate]:
    nos = walked.nodes.tolist()
    by_removed: dict[int, list[Candidate]] = defaultdict(list)
    for one in some:
        who, gone = nos[one.item], nos[one.removed]
        shared = tuple(briefs[nos[at]] for at in one.shared)
        by_removed[gone].append(_candidate(who, gone, shared, facts, briefs))
    for found in by_removed.values():
        found.sort(key=lambda c: (not c.same_ocg, not c.same_role, -len(c.shared), c.who.no))
        yield from found[:MOST_CANDIDATES]


def _candidate(
    who: int, gone: int, shared: tuple[Brief, ...], facts: _Facts, briefs: Mapping[int, Brief]
) -> Candidate:
    theirs = {place.ocg: place.role for place in facts.places[gone]}
    both = [place for place in facts.places[who] if place.ocg in theirs]
    roles = (place.role for place in both if theirs[place.ocg] == place.role)
    return Candidate(
        who=briefs[who],
        instead_of=briefs[gone],
        shared=shared,
        same_ocg=tuple(briefs[place.ocg] for place in both if place.ocg in briefs),
        same_role=next(roles, ""),
        in_custody=facts.people[who].in_custody,
    )


def _unprotected(
    reader: Reader, facts: _Facts, briefs: Mapping[int, Brief]
) -> Iterator[Unprotected]:
    ids = {briefs[no].id for no in facts.unprotected}
    actions = touching.actions_touching(reader, ids) if ids else []
    live = [a for a in actions if a.is_live and a.strand in {Strand.PROTECT, Strand.PREVENT}]
    for no, (linked, exploiters) in facts.unprotected.items():
        who = briefs[no]
        yield Unprotected(
            who=who,
            linked_to=tuple(briefs[one] for one in linked),
            exploited_by=tuple(briefs[one] for one in exploiters),
            actions=tuple(action for action in live if who.id in action.touches),
        )
