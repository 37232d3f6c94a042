"""What part of the register a question about a network is asked of."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ocgdesk.casework.moments import Moment
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import NotFound, Refused
from ocgdesk.graph import narrowing
from ocgdesk.graph.network import Network
from ocgdesk.i18n import N_, _
from ocgdesk.store import history, networks, records
from ocgdesk.store.network_now import Now
from ocgdesk.store.network_then import Then
from ocgdesk.store.reader import Reader

MOST = 20_000
"""Items a part of the register is cut at; the cut is nearest first, as on a chart."""


class Part(StrEnum):
    """What a scope is drawn from."""

    ALL = "all"
    OCG = "ocg"
    CHART = "chart"
    REFS = "refs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A part of the register, and which of its records and links count."""

    part: Part = Part.ALL
    ids: tuple[UUID, ...] = ()
    """The OCGs, the chart or the records it is drawn from."""
    hops: int = 1
    """Of OCGs and records: how far beyond them; an OCG's members are always in."""
    kinds: tuple[Kind, ...] = ()
    """Only these kinds; none named: all that a chart can show."""
    types: tuple[str, ...] = ()
    """Only these types of link; none named: all."""
    strength: str = ""
    """Only links at least as sure as this; empty: all."""
    since: date | None = None
    until: date | None = None
    """Only links that may have held between these days, both counted."""
    as_at: datetime | None = None
    """Recorded time: as this workspace held it then; None is now."""

    @property
    def words(self) -> str:
        """What is counted and what is not, in one line."""
        return ", ".join((_(_PARTS[self.part]), *_limits(self)))


_PARTS = {
    Part.ALL: N_("the whole register"),
    Part.OCG: N_("OCGs with their members and what those are linked to"),
    Part.CHART: N_("a chart"),
    Part.REFS: N_("chosen records and what they are linked to"),
}


def _limits(spec: Scope) -> list[str]:
    found = []
    if spec.as_at is not None:
        found.append(_("as recorded at {moment}").format(moment=Moment(as_at=spec.as_at).words))
    if spec.kinds:
        kinds = ", ".join(label("kinds", kind.value) for kind in spec.kinds)
        found.append(_("only of these kinds: {kinds}").format(kinds=kinds))
    if spec.types:
        types = ", ".join(label("link-types", type_) for type_ in spec.types)
        found.append(_("only links of these types: {types}").format(types=types))
    if spec.strength:
        words = label("strengths", spec.strength).lower()
        found.append(_("only links at least {strength}").format(strength=words))
    if spec.since or spec.until:
        found.append(_held(spec.since, spec.until))
    return found


def _held(since: date | None, until: date | None) -> str:
    if since == until and since is not None:
        return _("only links that may have held on {day}").format(day=shown(since))
    first = shown(since) if since else _("the beginning")
    last = shown(until) if until else _("now")
    return _("only links that may have held between {a} and {b}").format(a=first, b=last)


def parse(reader: Reader, text: str) -> Scope:
    """Read ``all``, ``ocg:REF``, ``chart:NAME`` or ``refs:A,B``; several REFs after commas.

    Raises Refused for anything else, NotFound for a REF that is none.
    """
    head, _colon, tail = text.strip().partition(":")
    if head == Part.ALL and not tail:
        return Scope()
    names = [name.strip() for name in tail.split(",") if name.strip()]
    if head not in {Part.OCG, Part.CHART, Part.REFS} or not names:
        raise Refused(_("A scope is written all, ocg:REF, chart:NAME or refs:A,B"))
    found = [records.resolve(reader, name) for name in names]
    wanted = {Part.OCG: Kind.OCG, Part.CHART: Kind.CHART}.get(Part(head))
    for brief in found:
        if wanted is not None and brief.kind is not wanted:
            kind = label("kinds", wanted.value)
            raise Refused(_("{ref} is no {kind}").format(ref=brief.ref or brief.label, kind=kind))
    return Scope(part=Part(head), ids=tuple(brief.id for brief in found))


def check(spec: Scope) -> None:
    """Raise Refused where a type or strength is not in its list, or the period is upside down."""
    for name in spec.types:
        code_list("link-types").parse(name)
    if spec.strength:
        code_list("strengths").parse(spec.strength)
    if spec.since and spec.until and spec.since > spec.until:
        raise Refused(_("The period ends before it begins"))
    if not 0 <= spec.hops <= 4:
        raise Refused(_("A scope reaches at most four hops"))


def source(reader: Reader, spec: Scope) -> Now:
    """Return where to read the network from that a scope is about: now, or as it was held."""
    return source_at(reader, spec.as_at)


def source_at(reader: Reader, as_at: datetime | None = None) -> Now:
    """Return where to read from for a moment of recorded time; now where none is given."""
    return Now(reader) if as_at is None else Then(reader, history.seq_at(reader, as_at))


def scope(reader: Reader, spec: Scope | str, held: Now | None = None) -> Network:
    """Return the network of a part of the register as this reader may see it.

    ``held`` is its source, where there is one already.

    Raises Refused where the scope makes no sense or nothing is in it, NotFound where what it is
    drawn from is gone.
    """
    given = parse(reader, spec) if isinstance(spec, str) else spec
    check(given)
    held = held or source(reader, given)
    found = narrowed(held, _whole(held, given), given)
    if not len(found):
        raise Refused(_("Nothing is in this part of the register; choose a wider one"))
    return found


def _whole(held: Now, spec: Scope) -> Network:
    if spec.part is Part.ALL:
        return held.network(spec.kinds or SUBJECTS)
    if spec.part is Part.CHART:
        return held.among(_on_chart(held, spec.ids))
    nos = held.numbers(spec.ids)
    if not nos:
        raise NotFound(_("The records this is drawn from are no longer there"))
    kinds = spec.kinds or SUBJECTS
    focus = list(nos.values())
    found = held.round(focus, 1 if spec.part is Part.OCG else spec.hops, kinds, MOST)
    if spec.part is Part.OCG:
        # Its members reach on, but not what else it is linked to: a rival OCG brings no members.
        found += held.round(_members(held, focus, found), spec.hops, kinds, MOST)
    return held.among(found)


def _members(held: Now, ocgs: Collection[int], near: Collection[int]) -> list[int]:
    places = held.places(near)
    return sorted({place.nominal for place in places if place.ocg in ocgs})


def _on_chart(held: Now, ids: Collection[UUID]) -> list[int]:
    """Return what stands on charts as they are now; what of it was held is asked for then.

    Sketches are left out: they are in no register, and nothing is measured with them.
    """
    found: list[int] = []
    for id_ in ids:
        chart = held.reader.get(Chart, id_)
        drawn_only = {t.id for t in records.owned(held.reader, chart.id, Kind.SKETCH_ITEM)}
        shown = (p.item for p in networks.placements(held.reader, chart.id) if not p.hidden)
        places = [item for item in shown if item not in drawn_only]
        drawn = list(held.numbers(places or chart.focus).values())
        kinds = [Kind(kind) for kind in chart.kinds] or SUBJECTS
        found += drawn if places else held.round(drawn, chart.hops, kinds, MOST)
    return found


def narrowed(held: Now, network: Network, spec: Scope) -> Network:
    """Leave out what the scope does not count: kinds, types, strengths, links of other days."""
    if spec.kinds:
        network = narrowing.with_nodes(network, narrowing.of_kinds(network, spec.kinds))
    if spec.types:
        network = narrowing.with_links(network, narrowing.of_types(network, spec.types))
    if spec.strength:
        least = Strength(spec.strength).rank
        network = narrowing.with_links(network, network.strength >= least)
    if spec.since or spec.until:
        since, until = spec.since or date.min, spec.until or date.max
        held_on = narrowing.holding(
            network, *held.periods(), since=since.toordinal(), until=until.toordinal()
        )
        network = narrowing.with_links(network, held_on)
    return network


def safeguarded(held: Now, network: Network, on: date) -> frozenset[int]:
    """Return the people of a network never to be ranked: exploited, or maybe under 18 on a day."""
    nominals = network.nodes[narrowing.of_kinds(network, [Kind.NOMINAL])].tolist()
    people = held.people(nominals)
    return frozenset(no for no, person in people.items() if person.is_safeguarded(on))
