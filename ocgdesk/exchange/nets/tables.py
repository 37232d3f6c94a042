"""A chart as two tables, items and links, so that it is looked at and put right like any other."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from ocgdesk.exchange.nets.values import Card, Edge, Net, Node
from ocgdesk.exchange.nets.words import shown
from ocgdesk.exchange.raw import RawTable

_MARK: Final = "chart:"
"""How the encoding of such a table begins; behind it stands the format."""
ITEMS: Final = ("Id", "Label", "Type", "X", "Y", "First", "Last", "Grade", "Note", "Cards")
LINKS: Final = (
    *("Id", "Source", "Target", "Type", "Label", "Directed", "Weight", "First", "Last"),
    *("Strength", "Grade", "Note", "Cards"),
)


def tables_of(net: Net) -> tuple[RawTable, RawTable]:
    """Return a chart as a table of items and one of links; the file's own attributes last."""
    own = dict.fromkeys(name for one in net.nodes for name in one.attributes)
    items = _table(net, "items", (*ITEMS, *_clear(own, ITEMS)), [_item(n, own) for n in net.nodes])
    own = dict.fromkeys(name for one in net.edges for name in one.attributes)
    links = _table(net, "links", (*LINKS, *_clear(own, LINKS)), [_link(e, own) for e in net.edges])
    return items, links


def is_chart(table: RawTable) -> bool:
    """Tell a table that was made of a chart."""
    return table.encoding.startswith(_MARK)


def _table(
    net: Net, part: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> RawTable:
    name = f"{net.source.name} · {part}"
    return RawTable(
        name=name,
        encoding=f"{_MARK}{net.format}",
        delimiter="",
        header=header,
        rows=tuple(rows),
        numbers=tuple(range(1, len(rows) + 1)),
        source=replace(net.source, name=name, rows=len(rows)),
        notes=net.notes if part == "items" else (),
        part=net.title if part == "items" else "",
    )


def _clear(own: Iterable[str], taken: tuple[str, ...]) -> list[str]:
    """Return attributes as headers, those apart that are called like a column of every chart."""
    return [f"{name} (attribute)" if name in taken else name for name in own]


def _item(one: Node, own: Iterable[str]) -> tuple[str, ...]:
    places = ("" if at is None else shown(at) for at in (one.x, one.y))
    said = (one.start, one.end, one.grade, one.note, _cards(one.cards))
    rest = (one.attributes.get(name, "") for name in own)
    return (one.id, one.label, one.type, *places, *said, *rest)


def _link(one: Edge, own: Iterable[str]) -> tuple[str, ...]:
    weight = "" if one.weight is None else shown(one.weight)
    directed = "yes" if one.directed else "no"
    joined = (one.id, one.source, one.target, one.type, one.label, directed, weight)
    said = (one.start, one.end, one.strength, one.grade, one.note, _cards(one.cards))
    return (*joined, *said, *(one.attributes.get(name, "") for name in own))


def _cards(cards: Iterable[Card]) -> str:
    """Return cards as text, one a line."""
    return "\n".join(
        " · ".join(filter(None, (c.date, c.source, c.grade, c.summary, c.text))) for c in cards
    )
