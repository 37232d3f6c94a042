"""i2 Analyst's Notebook Exchange (``.anx``), read: both ways that programs write it.

One refers to ends by ``EntityId`` and names grades, strengths and types; the other by the ``Id``
of a chart item. A file may have several collections of items. Coordinates are y downwards.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from ocgdesk.errors import Refused
from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.safe_xml import child, children, local
from ocgdesk.exchange.nets.values import Card, Edge, Net, Node
from ocgdesk.i18n import _, ngettext

_GRADES: Final = ("GradeOne", "GradeTwo", "GradeThree")
_SUMMARY: Final = "SummaryField"
_OWN: Final = "OCG Desk: "
"""Before the name of an attribute class that keeps a field which the format has no place for."""
_NO_TYPE: Final = ("General", "Link")
"""What an item or link without a type is called, as it must have one."""
_COUNT: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\b")
_DOTS: Final = {
    "DotStyleSolid": "Confirmed",
    "DotStyleDashed": "Unconfirmed",
    "DotStyleDotted": "Tentative",
}


def read(root: Element, name: str) -> Net:
    """Return the chart in an Exchange file; Refused where it holds none."""
    if child(root, "ChartItemCollection") is None:
        raise Refused(
            _("{name} has no items: it is no chart of Analyst's Notebook.").format(name=name)
        )
    reading = _Reading(root)
    items = [
        i for some in children(root, "ChartItemCollection") for i in children(some, "ChartItem")
    ]
    nodes = [node for item in items for node in reading.nodes(item)]
    edges = [edge for item in items for edge in reading.edges(item)]
    if not any(node.x or node.y for node in nodes):  # never arranged
        nodes = [replace(node, x=None, y=None) for node in nodes]
    about = dict(_cover(child(root, "Summary")))
    return Net(
        nodes=tuple(nodes),
        edges=tuple(edges),
        title=about.pop("Title", ""),
        about=about,
        notes=tuple(reading.notes(items)),
        format="anx",
    )


@dataclass(slots=True)
class _Reading:
    """What the head of a chart lists, and how its items call each other."""

    root: Element
    grades: dict[str, list[str]] = field(default_factory=dict)
    strengths: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """The id of a node by all that links may call it."""
    taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name in _GRADES:
            texts = child(child(self.root, name), "StringCollection")
            self.grades[name] = [one.get("Text", "") for one in children(texts, "String")]
        for one in children(child(self.root, "StrengthCollection"), "Strength"):
            said = _strength(one)
            self.strengths |= {one.get("Id", ""): said, one.get("Name", ""): said}
        for group, inner in (("EntityType", self.types), ("LinkType", self.types)):
            for one in children(child(self.root, f"{group}Collection"), group):
                inner[one.get("Id", "")] = one.get("Name", "")
        for one in children(child(self.root, "AttributeClassCollection"), "AttributeClass"):
            self.classes[one.get("Id", "")] = one.get("Name", "")

    def nodes(self, item: Element) -> Iterator[Node]:
        """Yield the entity of an item, if it is one."""
        for end in children(item, "End"):
            entity = child(end, "Entity")
            if entity is not None:
                yield self._node(item, end, entity)

    def _node(self, item: Element, end: Element, entity: Element) -> Node:
        own = entity.get("Identity", "") or item.get("Label", "") or entity.get("EntityId", "")
        id_ = self._once(own or f"item {len(self.taken) + 1}")
        for called in (entity.get("EntityId", ""), item.get("Id", "")):
            if called:
                self.ids.setdefault(called, id_)
        style = next((one for one in entity.iter() if local(one).endswith("Style")), None)
        found = self._attributes(item)
        return words.node(
            id_,
            found,
            label=item.get("Label", "") or own,
            type=self._type(style),
            x=end.get("X") or item.get("XPosition") or "",
            y=end.get("Y", ""),
            start=_moment(item) or found.get("start", ""),
            grade=self._grade(item) or found.get("grade", ""),
            note=item.get("Description", ""),
            cards=(*self._cards(item), *self._cards(entity)),
        )

    def edges(self, item: Element) -> Iterator[Edge]:
        """Yield the link of an item, if it is one whose ends are there."""
        for link in children(item, "Link"):
            ends = (link.get("End1Id") or link.get("End1Reference") or "",
                    link.get("End2Id") or link.get("End2Reference") or "")  # fmt: skip
            source, target = (self.ids.get(one) for one in ends)
            if source is not None and target is not None:
                yield self._edge(item, link, source, target)

    def _edge(self, item: Element, link: Element, source: str, target: str) -> Edge:
        style = child(link, "LinkStyle")
        arrow = (style.get("ArrowStyle", "") if style is not None else "").casefold()
        if "ontail" in arrow:
            source, target = target, source
        found = self._attributes(item)
        label = item.get("Label", "")
        strength = style.get("StrengthReference", "") if style is not None else ""
        named = style.get("Strength", "") if style is not None else ""
        id_ = found.pop("id", "")
        return words.edge(
            source,
            target,
            {"weight": _counted(label)} | found,
            id=id_,
            label=label,
            type=self._type(style),
            directed="true" if "onhead" in arrow or "ontail" in arrow else "",
            start=_moment(item) or found.get("start", ""),
            strength=self.strengths.get(strength) or self.strengths.get(named) or named,
            grade=self._grade(item) or found.get("grade", ""),
            note=item.get("Description", ""),
            cards=(*self._cards(item), *self._cards(link)),
        )

    def notes(self, items: list[Element]) -> Iterator[str]:
        """Say what was left out: links in the air, and items that are neither."""
        lost = sum(
            1 for item in items for link in children(item, "Link")
            if not {self.ids.get(link.get(f"End{n}Id") or link.get(f"End{n}Reference") or "")
                    for n in "12"}.isdisjoint({None})
        )  # fmt: skip
        if lost:
            text = ngettext(
                "{n} link is left out: an end of it is not on the chart.",
                "{n} links are left out: an end of them is not on the chart.",
                lost,
            )
            yield text.format(n=lost)

    def _once(self, wanted: str) -> str:
        """Return an identity that no other item has: two of one are two on the chart."""
        id_, n = wanted, 1
        while id_ in self.taken:
            n += 1
            id_ = f"{wanted}#{n}"
        self.taken.add(id_)
        return id_

    def _type(self, style: Element | None) -> str:
        if style is None:
            return ""
        reference = style.get("EntityTypeReference") or style.get("LinkTypeReference") or ""
        said = style.get("Type", "") or self.types.get(reference, "")
        return "" if said in _NO_TYPE else said

    def _attributes(self, item: Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in children(child(item, "AttributeCollection"), "Attribute"):
            name = one.get("AttributeClass") or self.classes.get(
                one.get("AttributeClassReference", ""), ""
            )
            if name:
                found[name.removeprefix(_OWN)] = one.get("Value", "")
        return found

    def _grade(self, item: Element) -> str:
        """Return the grades of an item in the words of its chart, those that are set."""
        said = (self._grade_text(name, item.get(f"{name}Index", "")) for name in _GRADES)
        return " / ".join(filter(None, said))

    def _grade_text(self, name: str, index: str) -> str:
        known = self.grades[name]
        return known[int(index)] if index.isdecimal() and int(index) < len(known) else ""

    def _cards(self, item: Element) -> tuple[Card, ...]:
        return tuple(
            Card(
                summary=one.get("Summary", ""),
                text=one.get("Text", ""),
                date=_moment(one),
                source=one.get("SourceReference", ""),
                grade=self._grade(one),
            )
            for one in children(child(item, "CardCollection"), "Card")
        )


def _strength(one: Element) -> str:
    """Return a strength in its chart's words, or by how it is drawn where that is all they say."""
    name, dots = one.get("Name", ""), one.get("DotStyle", "")
    bare = name.casefold() in {"", "solid", "dashed", "dotted", "default"}
    return _DOTS.get(dots, name) if bare else name


def _moment(item: Element) -> str:
    """Return the date, or date and time, that is set on an item."""
    text = item.get("DateTime", "")
    if not text or item.get("DateSet", "true").casefold() == "false":
        return ""
    day, _mark, time = text.partition("T")
    is_timed = item.get("TimeSet", "false").casefold() == "true" and time
    return f"{day}T{time[:8]}" if is_timed else day


def _counted(label: str) -> str:
    """Return the first number of a link's label, as i2 counts "7 calls"."""
    match = _COUNT.match(label)
    return match[1] if match else ""


def _cover(summary: Element | None) -> Iterator[tuple[str, str]]:
    for one in children(child(summary, "FieldCollection"), "Field"):
        if one.get("Field"):
            yield one.get("Type", "").removeprefix(_SUMMARY), one.get("Field", "")
    for one in children(child(summary, "CustomPropertyCollection"), "CustomProperty"):
        if one.get("Value"):
            yield one.get("Name", ""), one.get("Value", "")


def shape(net: Net) -> Mapping[str, int]:
    """Return how many of what a chart holds, as a list of files counts it."""
    return {
        "entities": len(net.nodes),
        "links": len(net.edges),
        "attributes": sum(len(one.attributes) for one in net.things),
        "cards": sum(len(one.cards) for one in net.things),
    }
