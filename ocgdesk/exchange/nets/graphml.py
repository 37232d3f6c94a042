"""GraphML, read and written: plain, and yEd's with its shapes, labels and arrows.

Groups inside groups are nodes too; what lies in one says so in its attribute ``Group``.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.safe_xml import child, children, local, written
from ocgdesk.exchange.nets.values import Edge, Net, Node

_SPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_DRAWN: Final = "http://www.yworks.com/xml/graphml"
_NODE_DRAWN: Final = "drawn-node"
_EDGE_DRAWN: Final = "drawn-edge"
_SIZE: Final = 30.0
_TITLE: Final = "title"
GROUP: Final = "Group"


def read(root: Element, _name: str) -> Net:
    """Return the chart in a GraphML file."""
    keys = {one.get("id", ""): one.get("attr.name", "") for one in children(root, "key")}
    graph = child(root, "graph")
    directed = graph is not None and graph.get("edgedefault") == "directed"
    elements = list(root.iter())
    groups = dict(_groups(elements))
    about = _data(graph, keys) if graph is not None else {}
    title = about.pop(_TITLE, "") or about.pop("label", "")
    return Net(
        nodes=tuple(_node(one, keys, groups) for one in elements if local(one) == "node"),
        edges=tuple(
            _edge(one, keys, directed=directed) for one in elements if local(one) == "edge"
        ),
        title=title,
        about=about,
        format="graphml",
    )


def _groups(elements: list[Element]) -> Iterator[tuple[str, str]]:
    """Yield each node that lies in a group, with the group's label."""
    for one in elements:
        if local(one) != "node":
            continue
        for inner in children(one, "graph"):
            for node in children(inner, "node"):
                yield node.get("id", ""), _label(one) or one.get("id", "")


def _node(one: Element, keys: Mapping[str, str], groups: Mapping[str, str]) -> Node:
    id_ = one.get("id", "")
    found = _data(one, keys)
    if id_ in groups:
        found.setdefault(GROUP, groups[id_])
    # What is said in words is exact; how it is drawn is rounded, and was made of it.
    x, y = ("", "") if {"x", "y"} <= found.keys() else _place(one)
    return words.node(id_, found, label="" if found.get("label") else _label(one), x=x, y=y)


def _edge(one: Element, keys: Mapping[str, str], *, directed: bool) -> Edge:
    said = one.get("directed")
    directed = said == "true" if said else directed
    ends = [one.get("source", ""), one.get("target", "")]
    arrows = _drawn(one, "Arrows")
    if arrows is not None:
        at = {arrows.get("source", "none") != "none", arrows.get("target", "none") != "none"}
        directed = at != {False}
        if at == {True, False} and arrows.get("target", "none") == "none":
            ends.reverse()
    found = _data(one, keys) | {"directed": "true" if directed else ""}
    label = "" if found.get("label") else _label(one)
    return words.edge(ends[0], ends[1], found, id=one.get("id", ""), label=label)


def _data(one: Element | None, keys: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes of an element by name; what only draws it is not among them."""
    found: dict[str, str] = {}
    for data in children(one, "data"):
        name = keys.get(data.get("key", ""), "")
        text = (data.text or "").strip()
        if name and text and not len(data):
            found[name] = text
    return found


def _drawn(one: Element, name: str) -> Element | None:
    """Return the first part of a drawing by its name, of this element and none inside it."""
    for data in children(one, "data"):
        for inner in data.iter():
            if local(inner) == name:
                return inner
    return None


def _label(one: Element) -> str:
    for name in ("NodeLabel", "EdgeLabel"):
        found = _drawn(one, name)
        if found is not None and (text := (found.text or "").strip()):
            return text
    return ""


def _place(one: Element) -> tuple[str, str]:
    """Return the middle of a node that is drawn."""
    found = _drawn(one, "Geometry")
    if found is None:
        return "", ""
    middles = []
    for corner, size in (("x", "width"), ("y", "height")):
        at, extent = words.number(found.get(corner, "")), words.number(found.get(size, "0"))
        middles.append("" if at is None else words.shown(at + (extent or 0.0) / 2))
    return middles[0], middles[1]


# ---- Written -------------------------------------------------------------------------------------


def write(net: Net) -> bytes:
    """Return the chart as GraphML; positions are the attributes x and y, and yEd's drawing."""
    root = Element("graphml", {"xmlns": _SPACE, "xmlns:y": _DRAWN})
    things = {"node": [words.of_node(one) for one in net.nodes],
              "edge": [_said(one) for one in net.edges],
              "graph": [{_TITLE: net.title, **net.about}]}  # fmt: skip
    keys: dict[tuple[str, str], str] = {}
    for what, some in things.items():
        for name in dict.fromkeys(n for found in some for n in found):
            keys[what, name] = f"d{len(keys)}"
            key = {"id": keys[what, name], "for": what, "attr.name": name, "attr.type": "string"}
            SubElement(root, "key", key)
    SubElement(root, "key", {"id": _NODE_DRAWN, "for": "node", "yfiles.type": "nodegraphics"})
    SubElement(root, "key", {"id": _EDGE_DRAWN, "for": "edge", "yfiles.type": "edgegraphics"})
    directed = bool(net.edges) and all(edge.directed for edge in net.edges)
    graph = SubElement(root, "graph", edgedefault="directed" if directed else "undirected")
    _put(graph, things["graph"][0], "graph", keys)
    for node, found in zip(net.nodes, things["node"], strict=True):
        one = SubElement(graph, "node", id=node.id)
        _put(one, found, "node", keys)
        _draw_node(one, node)
    for edge, found in zip(net.edges, things["edge"], strict=True):
        one = SubElement(graph, "edge", source=edge.source, target=edge.target)
        if edge.id:
            one.set("id", edge.id)
        one.set("directed", "true" if edge.directed else "false")
        _put(one, found, "edge", keys)
        _draw_edge(one, edge)
    return written(root)


def _draw_node(one: Element, node: Node) -> None:
    """Draw a node as yEd does: its middle, a size and its label."""
    if node.x is None or node.y is None:
        return
    shape = SubElement(SubElement(one, "data", key=_NODE_DRAWN), "y:ShapeNode")
    corner = {"x": words.shown(node.x - _SIZE / 2), "y": words.shown(node.y - _SIZE / 2)}
    size = words.shown(_SIZE)
    SubElement(shape, "y:Geometry", {**corner, "width": size, "height": size})
    SubElement(shape, "y:NodeLabel", modelName="sides", modelPosition="s").text = node.label
    SubElement(shape, "y:Shape", type="ellipse")


def _draw_edge(one: Element, edge: Edge) -> None:
    line = SubElement(SubElement(one, "data", key=_EDGE_DRAWN), "y:PolyLineEdge")
    SubElement(line, "y:Arrows", source="none", target="standard" if edge.directed else "none")
    if edge.label:
        SubElement(line, "y:EdgeLabel").text = edge.label


def _said(edge: Edge) -> dict[str, str]:
    return {n: text for n, text in words.of_edge(edge).items() if n != "directed"}


def _put(
    one: Element, found: Mapping[str, str], what: str, keys: Mapping[tuple[str, str], str]
) -> None:
    for name, text in found.items():
        if text:
            SubElement(one, "data", key=keys[what, name]).text = text
