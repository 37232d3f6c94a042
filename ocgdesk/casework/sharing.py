"""Across the register: what OCGs share, and which OCGs were alike and what was done about them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ocgdesk.casework import network_scope
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.path_words import caveats
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.plans import Action
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import NotFound, Refused
from ocgdesk.graph import narrowing, shared
from ocgdesk.graph.network import Network
from ocgdesk.graph.shared import Sharing
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.store import network_parts, networks, planning, records
from ocgdesk.store.network_now import Now
from ocgdesk.store.network_parts import Place
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

KINDS = (Kind.NOMINAL, Kind.HANDLE, Kind.PHONE, Kind.LOCATION)
"""What OCGs can be asked to share."""
WIDEST = 12
"""A record linked to more OCGs than this joins none of them."""
MOST_PAIRS = 500

NOT_WORKED = N_(
    "What was done about OCGs alike in what is recorded; it does not tell what worked, or that "
    "the same would be right here."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record two OCGs share, and through which members of each."""

    record: Brief
    one: tuple[Brief, ...]
    two: tuple[Brief, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two OCGs and all they share."""

    one: Brief
    two: Brief
    items: tuple[Item, ...]

    @property
    def counts(self) -> dict[Kind, int]:
        """How many records of each kind they share."""
        found: dict[Kind, int] = defaultdict(int)
        for item in self.items:
            found[item.record.kind] += 1
        return dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Which OCGs share records, those that share most first, and what was left out."""

    pairs: tuple[Pair, ...]
    total: int
    """Pairs that share anything at all."""
    too_wide: tuple[Brief, ...]
    stopped: int
    widest: int

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return what was left out and by which rule, in words."""
        found = []
        if self.total > len(self.pairs):
            told = _("{n:,} pairs share something; the {most:,} that share most are shown.")
            found.append(told.format(n=self.total, most=len(self.pairs)))
        if self.too_wide:
            told = ngettext(
                "{n:,} record linked to more than {widest} OCGs was left out.",
                "{n:,} records linked to more than {widest} OCGs were left out.",
                len(self.too_wide),
            )
            found.append(told.format(n=len(self.too_wide), widest=self.widest))
        if self.stopped:
            told = ngettext(
                "{n:,} record on the stop list was left out: a prison, station, town, or named.",
                "{n:,} records on the stop list were left out: prisons, stations, towns or named.",
                self.stopped,
            )
            found.append(told.format(n=self.stopped))
        return tuple(found)

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what must be said beside it."""
        return (*self.left_out, *caveats())


def shares(
    reader: Reader,
    kinds: Collection[Kind] = KINDS,
    *,
    ocgs: Collection[UUID] = (),
    stop: Collection[UUID] = (),
    touching: Collection[int] | None = None,
    as_at: datetime | None = None,
    on: date | None = None,
    widest: int = WIDEST,
    progress: Progress = silent,
) -> Shares:
    """Return which OCGs share records of these kinds, of all OCGs or with any of ``ocgs``.

    A group shares a member, and what its members or it are linked to. Locations of types that
    bridge everything, records in ``stop``, and any held by more than ``widest`` OCGs are left
    out and counted. ``touching`` asks only for what lies round these numbers. Raises
    Refused for a kind that is not shared or a senseless limit.
    """
    if unknown := set(kinds) - set(KINDS):
        words = label("kinds", min(unknown).value).lower()
        raise Refused(_("OCGs are not asked to share a {kind}").format(kind=words))
    if widest < 2:
        raise Refused(_("A record that two OCGs share is linked to at least two"))
    held = network_scope.source_at(reader, as_at)
    network = held.network() if touching is None else _near(held, touching)
    network = network_scope.narrowed(held, network, Scope(since=on, until=on))
    places = held.all_places() if touching is None else held.places(network.nodes.tolist())
    members = _members(_placed(network, places, on))
    members |= {no: set() for no in _ocgs(network) if no not in members}
    stopped = stopped_by(reader, stop)
    found = [
        shared.sharing(
            shared.holders(network, members, kind),
            stop=stopped,
            widest=widest,
            progress=progress,
        )
        for kind in kinds
    ]
    chosen = frozenset(held.numbers(ocgs).values())
    most = MOST_PAIRS if touching is None else None
    return _told(held, found, chosen, widest, most)


def _near(held: Now, nos: Collection[int]) -> Network:
    """Return these records with what they are linked to and who else is linked to that."""
    return held.among(held.round(list(nos), 2, SUBJECTS, network_scope.MOST))


def _ocgs(network: Network) -> list[int]:
    found: list[int] = network.nodes[narrowing.of_kinds(network, [Kind.OCG])].tolist()
    return found


def _placed(network: Network, places: Sequence[Place], on: date | None) -> Sequence[Place]:
    """Leave out memberships that did not hold on a day: no link of theirs is in the network."""
    if on is None:
        return places
    source, target = network.nodes[network.source], network.nodes[network.target]
    linked = set(zip(source.tolist(), target.tolist(), strict=True))
    return [place for place in places if (place.nominal, place.ocg) in linked]


def _members(places: Sequence[Place]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for place in places:
        found[place.ocg].add(place.nominal)
    return dict(found)


def stopped_by(reader: Reader, stop: Collection[UUID]) -> set[int]:
    """Return what is left out as joining everybody: locations of bridging types, and ``stop``."""
    bridging = {item.code for item in code_list("location-types") if item.get("bridging")}
    types = network_parts.location_types(reader)
    named = networks.numbers(reader, stop).values()
    return {*named, *(no for no, type_ in types.items() if type_ in bridging)}


def _told(
    held: Now,
    found: Sequence[Sharing],
    chosen: frozenset[int],
    widest: int,
    most: int | None,
) -> Shares:
    by_pair: dict[tuple[int, int], list[shared.Shared]] = defaultdict(list)
    for some in found:
        for pair, items in some.pairs.items():
            if not chosen or chosen & set(pair):
                by_pair[pair] += items
    # What two groups share and few others do says most; kinds are told one after the other.
    ranked = sorted(by_pair.items(), key=lambda entry: (-len(entry[1]), entry[0]))[:most]
    wide = sorted(no for some in found for no in some.too_wide)
    nos = {no for pair, items in ranked for no in (*pair, *_numbers(items))}
    briefs = {brief.no: brief for brief in held.briefs(sorted(nos | set(wide)))}
    held.reader.saw("What OCGs share", sorted({no for pair, _items in ranked for no in pair}))
    return Shares(
        pairs=tuple(_pair(pair, items, briefs) for pair, items in ranked),
        total=len(by_pair),
        too_wide=tuple(briefs[no] for no in wide),
        stopped=sum(some.stopped for some in found),
        widest=widest,
    )


def _numbers(items: Sequence[shared.Shared]) -> Iterator[int]:
    for item in items:
        yield from (item.item, *item.one, *item.two)


def _pair(pair: tuple[int, int], items: Sequence[shared.Shared], briefs: dict[int, Brief]) -> Pair:
    def some(nos: Collection[int]) -> tuple[Brief, ...]:
        return tuple(briefs[no] for no in sorted(nos))

    told = (Item(record=briefs[i.item], one=some(i.one), two=some(i.two)) for i in items)
    return Pair(one=briefs[pair[0]], two=briefs[pair[1]], items=tuple(told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An OCG like another, in what, and what was done about it."""

    ocg: Brief
    share: float
    """0 to 1; what is rare in the register weighs more."""
    both: tuple[str, ...]
    """What both are recorded with, in words, the rarest first."""
    actions: tuple[Action, ...]
    """All actions of its 4P plan, in the order they were made."""


def similar_caveats() -> tuple[str, ...]:
    """Return what must be said beside OCGs that are alike."""
    return (_(NOT_WORKED), *caveats())


def similar(
    reader: Reader, ocg: UUID, *, most: int = 10, progress: Progress = silent
) -> tuple[Alike, ...]:
    """Return the OCGs most like one, and the 4P actions taken against them.

    Likeness is told by crime types, threat type, commodities, county lines, area and member
    roles: never by who the members are. Raises NotFound where there is no such OCG.
    """
    brief = records.by_ids(reader, [ocg]).get(ocg)
    if brief is None or brief.kind is not Kind.OCG:
        raise NotFound(_("There is no such OCG"))
    progress(0, 2, "Reading OCGs")
    features = _features(reader)
    progress(1, 2, "Comparing OCGs")
    found = shared.alike(features, brief.no, most=most)
    others = {b.no: b for b in records.briefs(reader, [like.group for like in found])}
    commodities = _commodities(reader, (feature for like in found for feature in like.both))
    reader.saw("Similar OCGs", [brief.no, *others])
    return tuple(
        Alike(
            ocg=others[like.group],
            share=like.share,
            both=tuple(_worded(feature, commodities) for feature in like.both),
            actions=_actions(reader, others[like.group].id),
        )
        for like in found
    )


def _actions(reader: Reader, ocg: UUID) -> tuple[Action, ...]:
    plan = planning.plan_of(reader, ocg)
    return tuple(planning.actions_of(reader, plan.id)) if plan else ()


def _features(reader: Reader) -> dict[int, set[str]]:
    network = networks.network(reader, (Kind.OCG, Kind.COMMODITY, Kind.COUNTY_LINE))
    nos = _ocgs(network)
    ocgs = zip(nos, reader.load(nos), strict=True)
    found = {no: set(_own(ocg)) for no, ocg in ocgs if isinstance(ocg, Ocg)}
    for no, feature in _linked(network):
        found[no].add(feature)
    for place in network_parts.all_places(reader):
        if place.ocg in found:
            found[place.ocg].add(f"role:{place.role}")
    return found


def _own(ocg: Ocg) -> Iterator[str]:
    crimes = {ocg.primary_crime, *ocg.further_crimes} - {""}
    yield from (f"crime:{code}" for code in crimes)
    yield from (f"agency:{code}" for code in {ocg.agency, *ocg.impacted} - {""})
    if ocg.threat_type:
        yield f"threat:{ocg.threat_type}"


def _linked(network: Network) -> Iterator[tuple[int, str]]:
    """Yield what OCGs are linked to: each commodity by its number, county lines as one thing."""
    ocgs, lines = (narrowing.of_kinds(network, [kind]) for kind in (Kind.OCG, Kind.COUNTY_LINE))
    nos = network.nodes.tolist()
    for one, two in _both_ways(network):
        if ocgs[one] and not ocgs[two]:
            yield nos[one], "lines:any" if lines[two] else f"commodity:{nos[two]}"


def _both_ways(network: Network) -> Iterator[tuple[int, int]]:
    source, target = network.source.tolist(), network.target.tolist()
    yield from zip(source, target, strict=True)
    yield from zip(target, source, strict=True)


_LISTS = {
    "crime": "crime-types",
    "agency": "agencies",
    "threat": "threat-types",
    "role": "roles",
}


def _worded(feature: str, commodities: dict[int, str]) -> str:
    what, _colon, code = feature.partition(":")
    match what:
        case "lines":
            return _("county lines")
        case "commodity":
            return commodities[int(code)]
        case "role":
            return _("role: {role}").format(role=label("roles", code).lower())
        case _:
            return label(_LISTS[what], code)


def _commodities(reader: Reader, features: Iterable[str]) -> dict[int, str]:
    codes = (feature.partition(":") for feature in features)
    nos = {int(code) for what, _colon, code in codes if what == "commodity"}
    return {brief.no: brief.label for brief in records.briefs(reader, sorted(nos))}
