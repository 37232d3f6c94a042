"""A chart as i2 Analyst's Notebook Exchange (``.anx``): UTF-16, ends by EntityId and by item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.safe_xml import written
from ocgdesk.exchange.nets.values import Card, Edge, Net, Node
from ocgdesk.i18n import _

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
    writing = _Writing(
        items=SubElement(root, "ChartItemCollection"),
        numbers={node.id: str(n) for n, node in enumerate(net.nodes, start=1)},
        grades=_known_grades(net),
    )
    for node in net.nodes:
        writing.node(node)
    for n, edge in enumerate(net.edges, start=len(net.nodes) + 1):
        if edge.source in writing.numbers and edge.target in writing.numbers:
            writing.edge(edge, n)
    return written(root, "utf-16")


def _named(word: str) -> str:
    """Return the type of a kind as charts elsewhere call it."""
    return _ICONS.get(word, (word or "General", ""))[0]


def _heads(root: Element, net: Net) -> None:
    strengths = SubElement(root, "StrengthCollection")
    for name in dict.fromkeys(("Confirmed", *(e.strength for e in net.edges if e.strength))):
        dots = _DOTS.get(name.casefold(), "DotStyleSolid")
        SubElement(strengths, "Strength", Id=name, Name=name, DotStyle=dots)
    _grades(root, net)
    classes = SubElement(root, "AttributeClassCollection")
    for name in dict.fromkeys(n for one in net.things for n in _attributes(one)):
        SubElement(
            classes, "AttributeClass", Id=name, Name=name, Type="AttText", IsUser="true",
            UserCanAdd="true", UserCanRemove="true", ShowValue="true",
        )  # fmt: skip
    types = SubElement(root, "EntityTypeCollection")
    for word in dict.fromkeys(node.type for node in net.nodes):
        name, icon = _named(word), _ICONS.get(word, ("", word or "general"))[1]
        SubElement(
            types, "EntityType", Id=name, Name=name, IconFile=icon,
            PreferredRepresentation="RepresentAsIcon",
        )  # fmt: skip
    links = SubElement(root, "LinkTypeCollection")
    for word in dict.fromkeys(edge.type or "Link" for edge in net.edges):
        SubElement(links, "LinkType", Id=word, Name=word, Colour="0")


def _grades(root: Element, net: Net) -> None:
    """List every grade that is given, in its own words; the first is what an ungraded item has."""
    texts = SubElement(SubElement(root, "GradeOne"), "StringCollection")
    for text in _known_grades(net):
        SubElement(texts, "String", Text=text)


def _known_grades(net: Net) -> dict[str, str]:
    """Return the place of each grade in the list."""
    given = (g for one in net.things for g in (one.grade, *(card.grade for card in one.cards)) if g)
    texts = dict.fromkeys((_("Not graded"), *given))
    return {text: str(n) for n, text in enumerate(texts)}


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
    if _is_long(one.start):
        kept["start"] = one.start
    return {f"{_OWN}{n}" if n in known or n == "id" else n: text for n, text in kept.items()}


def _is_long(start: str) -> bool:
    """Tell a date that is no whole day and would not come back as it went."""
    return bool(start) and len(start) not in {10, 19}


def _date(item: Element, start: str) -> None:
    if not start or _is_long(start):
        return
    day, _mark, time = start.partition("T")
    item.set("DateSet", "true")
    item.set("TimeSet", "true" if time else "false")
    item.set("DateTime", f"{day}T{time or '00:00:00'}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    """The items of a chart on their way out."""

    items: Element
    numbers: Mapping[str, str]
    grades: Mapping[str, str]

    def node(self, node: Node) -> None:
        """Write one entity."""
        number, item = self.numbers[node.id], self._item(node)
        item.set("Id", f"E{number}")
        x, y = (words.shown(at) for at in (node.x or 0.0, node.y or 0.0))
        item.set("XPosition", x)
        end = SubElement(item, "End", X=x, Y=y, Z="0")
        entity = SubElement(
            end, "Entity", EntityId=number, Identity=node.id, LabelIsIdentity="false"
        )
        icon = SubElement(entity, "Icon")
        SubElement(icon, "IconStyle", Type=_named(node.type))
        self._rest(item, node)

    def edge(self, edge: Edge, n: int) -> None:
        """Write one link."""
        item = self._item(edge)
        item.set("Id", f"L{n}")
        ends = {"End1Id": self.numbers[edge.source], "End2Id": self.numbers[edge.target]}
        link = SubElement(item, "Link", ends)
        style = SubElement(link, "LinkStyle", Type=edge.type or "Link")
        style.set("ArrowStyle", "ArrowOnHead" if edge.directed else "ArrowNone")
        style.set("MlStyle", "MultiplicityMultiple")
        if edge.strength:
            style.set("Strength", edge.strength)
        self._rest(item, edge)

    def _item(self, one: Node | Edge) -> Element:
        item = SubElement(self.items, "ChartItem", Label=one.label, Description=one.note)
        _date(item, one.start)
        self._grade(item, one.grade)
        return item

    def _grade(self, item: Element, grade: str) -> None:
        if grade:
            item.set("GradeOneIndex", self.grades[grade])

    def _rest(self, item: Element, one: Node | Edge) -> None:
        if one.cards:
            cards = SubElement(item, "CardCollection")
            for card in one.cards:
                self._card(cards, card)
        if found := _attributes(one):
            some = SubElement(item, "AttributeCollection")
            for name, text in found.items():
                SubElement(some, "Attribute", AttributeClass=name, Value=text)

    def _card(self, cards: Element, card: Card) -> None:
        one = SubElement(cards, "Card", Summary=card.summary, Text=card.text)
        one.set("SourceReference", card.source)
        _date(one, card.date)
        self._grade(one, card.grade)
