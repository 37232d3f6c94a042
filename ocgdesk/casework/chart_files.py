"""Charts for other programs: what is drawn as a net, its bytes, and what a format cannot carry.

Only what is seen leaves: not what is hidden, restricted or withheld. People recorded as exploited
go without a name and without any of their fields.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import chart_papers, intelligence, withholding
from ocgdesk.casework.chart_facts import line_key
from ocgdesk.casework.files import ending
from ocgdesk.casework.intelligence import weigh
from ocgdesk.domain.charts import FIXED_LINE, Arrangement, Cover, Item, Tie
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Report
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.domain.values import Identifier
from ocgdesk.exchange.nets import writing
from ocgdesk.exchange.nets.values import Card, Edge, Net, Node
from ocgdesk.i18n import _
from ocgdesk.store import cases, networks
from ocgdesk.store import records as queries
from ocgdesk.store.cases import Graded
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

FORMATS: Final = tuple(kind for kind in writing.FORMATS if kind != "matrix")
"""Endings of files; a name that ends in ``.matrix.csv`` makes a matrix."""
_MATRIX: Final = ".matrix.csv"
_PLAIN: Final = frozenset(
    {
        *(FieldType.TEXT, FieldType.CODE, FieldType.FLAG, FieldType.INTEGER, FieldType.NUMBER),
        *(FieldType.DAY, FieldType.PARTIAL_DATE, FieldType.CODES, FieldType.TEXTS),
        *(FieldType.ALIASES, FieldType.IDENTIFIERS),
    }
)
_OF_LINKS: Final = frozenset({"type", "directed", "weight", "strength", "start", "end", "note"})
"""Fields that a link of any format has a place for; the others go as attributes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A chart as a file of another program."""

    data: bytes
    losses: tuple[str, ...]
    """What the format cannot carry, in words."""


def kind_of(path: Path) -> str:
    """Return the format that a name's ending asks for; empty for a picture or anything else."""
    if path.name.lower().endswith(_MATRIX):
        return "matrix"
    return kind if (kind := ending(path)) in FORMATS else ""


def make(
    reader: Reader,
    arrangement: Arrangement,
    cover: Cover,
    kind: str,
    *,
    seq: int | None = None,
    told: bool = True,
) -> Made:
    """Return a chart as bytes of a format, with what that cannot carry.

    ``seq`` is the entry of the journal whose records it shows, None for now; a comparison of two
    (``told`` is False) gives what is drawn and no field, since it has two of each.
    """
    net = net_of(reader, arrangement, cover, seq=seq, told=told)
    return Made(data=writing.write(net, kind), losses=writing.losses(net, kind))


def net_of(
    reader: Reader,
    arrangement: Arrangement,
    cover: Cover,
    *,
    seq: int | None = None,
    told: bool = True,
) -> Net:
    """Return what is seen of a chart: its items with their fields, each link by itself."""
    seen = chart_papers.withheld(arrangement, safeguarding=cover.safeguarding)
    items = {one.id: one for one in seen.scene.items if one.id not in seen.hidden}
    things, links = _recorded(reader, list(items) if told else [], seq)
    names = {id_: things[id_].ref if id_ in things else str(id_) for id_ in items}
    edges = _linking(reader, links, items, names).edges(seen, links)
    return Net(
        nodes=tuple(_node(one, names[one.id], seen, things.get(one.id)) for one in items.values()),
        edges=tuple(edges),
        title=cover.title,
        about=dict(_about(cover)),
    )


def _recorded(
    reader: Reader, ids: Sequence[UUID], seq: int | None
) -> tuple[Mapping[UUID, Entity], list[Link]]:
    """Return these records and the links among them, as they are or as they were then."""
    if seq is not None:
        held = HeldNetwork(reader, seq)
        then = held.entities(ids)
        links = held.links_among(then)
        cited = held.entities({id_ for link in links for id_ in link.reports}).values()
        graded = {thing.id: thing for thing in cited if isinstance(thing, Report)}
        return then, intelligence.as_drawn(links, graded)
    numbers = networks.numbers(reader, ids)
    loaded = zip(numbers, reader.load(list(numbers.values())), strict=True)
    things = {id_: thing for id_, thing in loaded if isinstance(thing, Entity)}
    return things, intelligence.drawn(reader, networks.links_among(reader, list(numbers.values())))


def _about(cover: Cover) -> Iterator[tuple[str, str]]:
    synthetic = f" · {_('SYNTHETIC DATA')}" if cover.synthetic else ""
    yield "Classification", f"{cover.marking.banner}{synthetic}"
    yield "Author", ", ".join(filter(None, (cover.author, cover.agency)))
    yield "Comments", f"{_(FIXED_LINE)} {cover.drawn}"
    yield "Filters", "; ".join(cover.filters) or _("none")
    if cover.said:
        yield "Colours", " ".join(cover.said)
    yield "Sources", cover.sources
    if cover.head:
        yield "Head of the journal", cover.head


# ---- Items ---------------------------------------------------------------------------------------


def _node(one: Item, name: str, seen: Arrangement, thing: Entity | None) -> Node:
    at = seen.places.get(one.id)
    told = dict(_told(thing)) if thing is not None and not one.exploited else {}
    return Node(
        id=name,
        label=one.label,
        type=one.kind.value,
        x=None if at is None else at.x,
        y=None if at is None else at.y,
        start=told.pop("First seen", ""),
        end=told.pop("Last seen", ""),
        attributes=told,
    )


def _told(thing: Entity) -> Iterator[tuple[str, str]]:
    """Yield the fields of a record that may leave on a list, by their headings, in words."""
    for described in described_fields(type(thing)):
        if described.is_label or described.type not in _PLAIN or withholding.stays(described):
            continue
        value = getattr(thing, described.name)
        if described.type is FieldType.IDENTIFIERS:
            yield from _by_scheme(value)
        elif text := _worded(described, value):
            yield _heading(described), text


def _by_scheme(identifiers: Sequence[Identifier]) -> Iterator[tuple[str, str]]:
    """Yield numbers under what their kind of number is called; several of one are parted."""
    for scheme in dict.fromkeys(one.scheme for one in identifiers):
        same = (one.value for one in identifiers if one.scheme == scheme)
        yield label("identifier-schemes", scheme), "; ".join(same)


def _heading(described: Field) -> str:
    """Return what a field is called where others stand beside it: no bare "Type"."""
    bare = described.label in {"Type", "Name", "Note"}
    return described.name.replace("_", " ").capitalize() if bare else described.label


def _worded(described: Field, value: Any) -> str:
    if not value and not isinstance(value, int | float):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else ""
    if described.type is FieldType.CODE:
        return label(described.codes, str(value))
    if described.type is FieldType.CODES:
        return "; ".join(label(described.codes, code) for code in value)
    if isinstance(value, tuple):
        return "; ".join(str(getattr(item, "text", item)) for item in value)
    is_rough = isinstance(value, PartialDate) and bool(value.precision)
    return value.worded() if is_rough else str(value)


# ---- Links ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linking:
    """The links that are drawn, and what they rest on."""

    items: Mapping[UUID, Item]
    names: Mapping[UUID, str]
    graded: Mapping[UUID, Graded]
    refs: Mapping[UUID, Brief]

    def edges(self, seen: Arrangement, links: Sequence[Link]) -> Iterator[Edge]:
        """Yield each link that is drawn, and each line that stands for none."""
        boxed = {(member, box.id) for box in seen.scene.boxes for member in box.members}
        by_line: dict[object, list[Link]] = {}
        for link in links:
            if isinstance(link, Membership) and (link.source, link.target) in boxed:
                yield self._edge(link)
            else:
                by_line.setdefault(line_key(link), []).append(link)
        for tie in seen.scene.ties:
            if not {tie.source, tie.target} <= self.items.keys():
                continue
            behind = [] if tie.sketch or tie.beneath else by_line.get(line_key(tie), [])
            yield from (self._edge(link) for link in behind)
            if not behind:
                yield self._line(tie)

    def _line(self, tie: Tie) -> Edge:
        """Return a line that no link of the register is: a sketch, or one worked out."""
        return Edge(
            source=self.names[tie.source],
            target=self.names[tie.target],
            label=tie.label,
            type=tie.type,
            directed=tie.directed,
            weight=float(tie.count) if tie.count > 1 else None,
            strength=tie.strength.value,
            note=_("not in the register") if tie.sketch else "",
        )

    def _edge(self, link: Link) -> Edge:
        guarded = self.items[link.source].exploited or self.items[link.target].exploited
        told: dict[str, Any] = {} if guarded else {
            "note": link.note,
            "attributes": dict(_link_told(link)),
            "cards": tuple(self._cards(link)),
        }  # fmt: skip
        return Edge(
            id=str(link.id),
            source=self.names[link.source],
            target=self.names[link.target],
            label=_("Exploited person") if guarded else label("link-types", link.type),
            type="other" if guarded else link.type,
            directed=link.directed or isinstance(link, Membership),
            weight=link.weight,
            start="" if link.start is None else str(link.start),
            end="" if link.end is None else str(link.end),
            strength=link.strength,
            **told,
        )

    def _cards(self, link: Link) -> Iterator[Card]:
        """Yield a card for each report a link rests on: its reference and grade, never its text.

        None where counting them would single a source out.
        """
        found = [self.graded[id_] for id_ in link.reports if id_ in self.graded]
        for one in found if not weigh(found).is_hidden else ():
            if one.id in self.refs:
                yield Card(summary=_("Report"), source=self.refs[one.id].ref, grade=one.grade)


def _linking(
    reader: Reader, links: Sequence[Link], items: Mapping[UUID, Item], names: Mapping[UUID, str]
) -> _Linking:
    graded = cases.graded(reader, {id_ for link in links for id_ in link.reports})
    refs = queries.by_ids(reader, list(graded))
    return _Linking(items=items, names=names, graded=graded, refs=refs)


def _link_told(link: Link) -> Iterator[tuple[str, str]]:
    for described in described_fields(type(link)):
        kept = described.name not in _OF_LINKS and described.type in _PLAIN
        if kept and (text := _worded(described, getattr(link, described.name))):
            yield _heading(described), text
