"""Commodities: a taxonomy with units, and who does what with which, on what scale, since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ocgdesk.casework import intelligence, records
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Basis, Link, Strength
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import cases, listing
from ocgdesk.store import records as queries
from ocgdesk.store.listing import ListQuery, Sort
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked
from ocgdesk.store.work import Work

DEALERS: Final = (Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL)
"""The kinds that do something with a commodity."""
MOST_DEEP: Final = 8
"""Levels of the taxonomy that are followed."""


def roles() -> tuple[str, ...]:
    """Return the types of link that say who does what with a commodity, in their own order."""
    found = [item for item in code_list("link-types") if item.get("dealing", 0)]
    return tuple(item.code for item in sorted(found, key=lambda item: int(item.get("dealing"))))


# ---- The taxonomy -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A commodity in its place: how deep it stands, and how many deal in it itself."""

    commodity: Commodity
    brief: Brief
    depth: int
    dealers: int


def tree(reader: Reader) -> tuple[Node, ...]:
    """Return every commodity, each followed by its parts; roots are part of nothing seen."""
    numbers = listing.order(reader, ListQuery(kind=Kind.COMMODITY, sorts=(Sort("name"),)))
    known = {t.id: t for t in reader.load(numbers) if isinstance(t, Commodity)}
    briefs = {brief.id: brief for brief in queries.briefs(reader, numbers)}
    counted = cases.dealers(reader, roles())
    children: dict[UUID | None, list[UUID]] = {}
    for one in known.values():
        above = one.part_of if one.part_of in known else None
        children.setdefault(above, []).append(one.id)
    return tuple(
        Node(
            commodity=known[id_],
            brief=briefs[id_],
            depth=depth,
            dealers=counted.get(briefs[id_].no, 0),
        )
        for id_, depth in _below(children, None, 0)
    )


def _below(
    children: dict[UUID | None, list[UUID]], above: UUID | None, depth: int
) -> Iterable[tuple[UUID, int]]:
    for id_ in children.get(above, ()):
        yield id_, depth
        if depth < MOST_DEEP:
            yield from _below(children, id_, depth + 1)


def narrower(reader: Reader, id_: UUID) -> list[UUID]:
    """Return a commodity and everything that is part of it, however deep."""
    found: list[UUID] = []
    queue = [id_]
    for here in queue:  # grows while it is walked
        if here not in found:
            found.append(here)
            queue += cases.parts_of(reader, here)
    return found


def type_of(reader: Reader, commodity: Commodity) -> str:
    """Return the type of a commodity, or of the nearest it is part of; empty where none is said."""
    here: Commodity | None = commodity
    for _level in range(MOST_DEEP):
        if here is None or here.commodity_type:
            break
        above = reader.load(list(reader.numbers([here.part_of]).values())) if here.part_of else []
        here = next((one for one in above if isinstance(one, Commodity)), None)
    return here.commodity_type if here else ""


def place(work: Work, id_: UUID, part_of: UUID | None) -> Commodity:
    """Make a commodity part of another, or of none; Refused where that goes in a circle."""
    before = work.get(Commodity, id_)
    if part_of is not None:
        work.get(Commodity, part_of)
    saved = records.edit(work, id_, {"part_of": part_of}, version=before.version)
    assert isinstance(saved, Commodity)  # noqa: S101 - it was read as one above
    return saved


# ---- Who does what ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """Who does what with a commodity. The scale stands in its own unit and is never added up."""

    item: Linked
    """The link, read from the commodity; its other end is who."""
    what: Brief
    role: str

    @property
    def scale(self) -> str:
        """How much, with its unit; empty where nobody said."""
        return scale_words(self.item.link)


def scale_words(link: Link) -> str:
    """Return the weight of a link with its unit: ``40 kg``, ``£12,400``; empty without one."""
    if link.weight is None:
        return ""
    number = f"{link.weight:,.2f}".rstrip("0").rstrip(".")
    known = code_list("units").find(link.unit)
    symbol = str(known.get("symbol", "")) if known else link.unit
    return f"{symbol}{number}" if symbol in {"£", "€"} else f"{number} {symbol}".strip()


def dealings(reader: Reader, id_: UUID) -> tuple[Dealing, ...]:
    """Return who does what with a commodity and with everything that is part of it."""
    known = queries.by_ids(reader, narrower(reader, id_))
    order = {code: place_ for place_, code in enumerate(roles())}
    items = cases.dealing_links(reader, [brief.no for brief in known.values()], order)
    found = [
        Dealing(item=item, what=known[item.link.target], role=item.link.type)
        for item in intelligence.as_shown(reader, items)
    ]
    found.sort(key=lambda one: (order[one.role], one.item.other.label.casefold()))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of somebody's dealing: the role is a code of the list of link types."""

    role: str
    scale: float | None = None
    unit: str = ""
    """That of the commodity where nothing is said."""
    start: PartialDate | None = None
    end: PartialDate | None = None
    strength: str = Strength.UNCONFIRMED.value
    basis: str = Basis.FACT.value
    reports: Sequence[UUID] = ()


def deal(work: Work, who: UUID, commodity: UUID, said: Said, *, again: bool = False) -> Link:
    """Record what an OCG, line or person does with a commodity.

    Raises Refused for a role that is none, a scale without a unit or below nothing, and, but for
    ``again``, where the same is recorded of the same time already.
    """
    dealt = work.get(Commodity, commodity)
    _check(work, who, dealt, said)
    if not again:
        _check_once(work, who, dealt, said)
    new = Link(
        source=who,
        target=dealt.id,
        type=said.role,
        directed=True,
        weight=said.scale,
        unit=(said.unit or dealt.unit) if said.scale is not None else "",
        start=said.start,
        end=said.end,
        strength=said.strength,
        basis=said.basis,
        reports=tuple(said.reports),
        marking=dealt.marking,
    )
    return records.link(work, new)


def _check(work: Work, who: UUID, dealt: Commodity, said: Said) -> None:
    dealer = queries.brief(work.reader, who)
    if dealer.kind not in DEALERS:
        raise Refused(_("An OCG, a county line or a person deals in a commodity"))
    if dealer.exploited:
        raise Refused(_("Nobody recorded as exploited is recorded as dealing; link who exploits"))
    if said.role not in roles():
        words = ", ".join(label("link-types", code).lower() for code in roles())
        raise Refused(_("Say what they do with it: {roles}").format(roles=words))
    _check_scale(dealt, said)


def _check_once(work: Work, who: UUID, dealt: Commodity, said: Said) -> None:
    dealer = queries.brief(work.reader, who)
    for item in queries.links_of(work.reader, dealt.id):
        alike = (item.other.id, item.link.type, item.link.start) == (who, said.role, said.start)
        if alike and not item.outward:
            told = _("{who} is on record with this already; change that entry")
            raise Refused(told.format(who=dealer.ref))


def _check_scale(dealt: Commodity, said: Said) -> None:
    if said.unit and said.unit not in code_list("units"):
        raise Refused(_("{unit!r} is not in the list of units").format(unit=said.unit[:40]))
    if said.scale is None:
        return
    if said.scale < 0:
        raise Refused(_("A scale is nothing or more"))
    if not (said.unit or dealt.unit):
        raise Refused(_("Say what the scale is counted in"))
