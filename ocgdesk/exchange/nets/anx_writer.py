"""A chart as i2 Analyst's Notebook Exchange (``.anx``): UTF-16, ends by EntityId and by item."""

from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.safe_xml import written
from ocgdesk.exchange.nets.values import Card, Edge, Net, Node

_OWN: Final = "OCG Desk: "
_DOTS: Final = {
    "confirmed": "DotStyleSolid",
    "unconfirmed": "DotStyleDashed",
    "tentative": "DotStyleDotted",
}
_ICONS: Final = {
    "nominal": ("Person", "adult"),
    "ocg": ("Organised crime group", "group"),
    "handle": ("Handle", "anon"),
    "phone": ("Phone", "phone"),
    "vehicle": ("Vehicle", "car"),
    "location": ("Location", "house"),
    "organisation": ("Organisation", "building"),
    "account": ("Account", "cash"),
}
_SUMMARY: Final = {"Title", "Subject", "Author", "Keywords", "Category", "Comments"}
_ONE_PLACE: Final = {"label", "type", "x", "y", "start", "note", "directed", "strength"}
"""What has a place of its own in the format; the rest of the fields go as attributes."""


def write(net: Net) -> bytes:
    """Return the chart as Exchange XML."""
    root = Element("Chart", Rigorous="true", IdReferenceLinking="false")
    _heads(root, net)
    _cover(root, net)
    items = SubElement(root, "ChartItemCollection")
    numbers = {node.id: str(n) for n, node in enumerate(net.nodes, start=1)}
    for node in net.nodes:
        _node(items, node, numbers[node.id])
    for n, edge in enumerate(net.edges, start=len(numbers) + 1):
        if edge.source in numbers and edge.target in numbers:
            _edge(items, edge, numbers, n)
    return written(root, "utf-16")


def _heads(root: Element, net: Net) -> None:
    strengths = SubElement(root, "StrengthCollection")
    for name in dict.fromkeys(("Confirmed", *(e.strength for e in net.edges if e.strength))):
        dots = _DOTS.get(name.casefold(), "DotStyleSolid")
        SubElement(strengths, "Strength", Id=name, Name=name, DotStyle=dots)
    _grades(root, net)
    classes = SubElement(root, "AttributeClassCollection")
    for name in dict.fromkeys(n for one in (*net.nodes, *net.edges) for n in _attributes(one)):
        SubElement(
            classes, "AttributeClass", Id=name, Name=name, Type="AttText", IsUser="true",
            UserCanAdd="true", UserCanRemove="true", ShowValue="true",
        )  # fmt: skip
    types = SubElement(root, "EntityTypeCollection")
    for word in dict.fromkeys(node.type for node in net.nodes):
        name, icon = _ICONS.get(word, (word or "General", word or "general"))
        SubElement(
            types, "EntityType", Id=name, Name=name, IconFile=icon,
            PreferredRepresentation="RepresentAsIcon",
        )  # fmt: skip
    links = SubElement(root, "LinkTypeCollection")
    for word in dict.fromkeys(edge.type or "Link" for edge in net.edges):
        SubElement(links, "LinkType", Id=word, Name=word, Colour="0")


def _grades(root: Element, net: Net) -> None:
    """Write every grade that is given as one of the first list: the chart's own words stay."""
    texts = SubElement(SubElement(root, "GradeOne"), "StringCollection")
    for text in _known_grades(net):
        SubElement(texts, "String", Text=text)


def _known_grades(net: Net) -> list[str]:
    things: Iterable[Node | Edge] = (*net.nodes, *net.edges)
    given = [g for one in things for g in (one.grade, *(card.grade for card in one.cards)) if g]
    return list(dict.fromkeys(given))


def _cover(root: Element, net: Net) -> None:
    summary = SubElement(root, "Summary")
    fields = SubElement(summary, "FieldCollection")
    own = SubElement(summary, "CustomPropertyCollection")
    for name, text in (("Title", net.title), *net.about.items()):
        if text and name in _SUMMARY:
            SubElement(fields, "Field", Type=f"SummaryField{name}", Field=text)
        elif text:
            SubElement(own, "CustomProperty", Name=name, Type="String", Value=text)


def _attributes(one: Node | Edge) -> dict[str, str]:
    """Return the attributes of an item, and the fields the format has no place of its own for."""
    known = words.NODE if isinstance(one, Node) else words.EDGE
    found = words.of_node(one) if isinstance(one, Node) else words.of_edge(one)
    kept = {n: text for n, text in found.items() if n not in _ONE_PLACE | {"grade"}}
    if isinstance(one, Edge) and one.id:
        kept["id"] = one.id
    if one.grade:
        kept["grade"] = one.grade
    if _is_long(one.start):
        kept["start"] = one.start
    return {f"{_OWN}{n}" if n in known or n == "id" else n: text for n, text in kept.items()}


def _is_long(start: str) -> bool:
    """Tell a date that is no whole day and would not come back as it went."""
    return bool(start) and len(start) not in {10, 19}


def _item(items: Element, one: Node | Edge) -> Element:
    item = SubElement(items, "ChartItem", Label=one.label, Description=one.note)
    _date(item, one.start)
    return item


def _date(item: Element, start: str) -> None:
    if not start or _is_long(start):
        return
    day, _t, time = start.partition("T")
    item.set("DateSet", "true")
    item.set("TimeSet", "true" if time else "false")
    item.set("DateTime", f"{day}T{time or '00:00:00'}")


def _rest(item: Element, one: Node | Edge) -> None:
    if one.cards:
        cards = SubElement(item, "CardCollection")
        for card in one.cards:
            _card(cards, card)
    found: Mapping[str, str] = _attributes(one)
    if found:
        some = SubElement(item, "AttributeCollection")
        for name, text in found.items():
            SubElement(some, "Attribute", AttributeClass=name, Value=text)


def _card(cards: Element, card: Card) -> None:
    one = SubElement(cards, "Card", Summary=card.summary, Text=card.text)
    one.set("SourceReference", card.source)
    _date(one, card.date)
    if card.grade:
        one.set("SourceType", card.grade)


def _node(items: Element, node: Node, number: str) -> None:
    item = _item(items, node)
    item.set("Id", f"E{number}")
    x, y = (words.shown(at) for at in (node.x or 0.0, node.y or 0.0))
    item.set("XPosition", x)
    end = SubElement(item, "End", X=x, Y=y, Z="0")
    entity = SubElement(end, "Entity", EntityId=number, Identity=node.id, LabelIsIdentity="false")
    icon = SubElement(entity, "Icon")
    SubElement(icon, "IconStyle", Type=_ICONS.get(node.type, (node.type or "General", ""))[0])
    _rest(item, node)


def _edge(items: Element, edge: Edge, numbers: Mapping[str, str], n: int) -> None:
    item = _item(items, edge)
    item.set("Id", f"L{n}")
    link = SubElement(item, "Link", End1Id=numbers[edge.source], End2Id=numbers[edge.target])
    arrow = "ArrowOnHead" if edge.directed else "ArrowNone"
    SubElement(
        link, "LinkStyle", Type=edge.type or "Link", ArrowStyle=arrow, MlStyle="MultiplicityMultiple",
        Strength=edge.strength or "Confirmed",
    )  # fmt: skip
    _rest(item, edge)
