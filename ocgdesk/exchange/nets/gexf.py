"""GEXF, read and written: every version by local names alone, nested nodes and edges too.

Gephi's y goes up; ours goes down.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.graphml import GROUP
from ocgdesk.exchange.nets.safe_xml import child, children, local, written
from ocgdesk.exchange.nets.values import Edge, Net, Node

_SPACE: Final = "http://gexf.net/1.3"
_VIZ: Final = "http://gexf.net/1.3/viz"
_PLACED: Final = {"x", "y"}
_IN_TAG: Final = {"label", "start", "end", "weight", "directed", *_PLACED}
"""Fields the format has places for; the rest are attributes."""


def read(root: Element, _name: str) -> Net:
    """Return the chart in a GEXF file."""
    elements = list(root.iter())
    graph = next((one for one in elements if local(one) == "graph"), None)
    directed = graph is not None and graph.get("defaultedgetype", "undirected") == "directed"
    titles, usual = _declared(elements)
    groups = dict(_groups(elements))
    meta = child(root, "meta")
    about = (
        {local(one).title(): (one.text or "").strip() for one in meta} if meta is not None else {}
    )
    return Net(
        nodes=tuple(
            _node(one, titles["node"], usual["node"], groups)
            for one in elements
            if local(one) == "node"
        ),
        edges=tuple(
            _edge(one, titles["edge"], usual["edge"], directed=directed)
            for one in elements
            if local(one) == "edge"
        ),
        title=about.pop("Description", ""),
        about={name: text for name, text in about.items() if text},
        format="gexf",
    )


_Declared = dict[str, dict[str, str]]


def _declared(elements: list[Element]) -> tuple[_Declared, _Declared]:
    """Return, for nodes and edges, the titles of attributes and their defaults, by their ids."""
    titles: _Declared = {"node": {}, "edge": {}}
    usual: _Declared = {"node": {}, "edge": {}}
    for some in (one for one in elements if local(one) == "attributes"):
        what = some.get("class", "node")
        for one in children(some, "attribute") if what in titles else ():
            titles[what][one.get("id", "")] = one.get("title", "")
            default = child(one, "default")
            if default is not None and default.text:
                usual[what][one.get("title", "")] = default.text.strip()
    return titles, usual


def _groups(elements: list[Element]) -> Iterator[tuple[str, str]]:
    labels = {o.get("id", ""): o.get("label", "") for o in elements if local(o) == "node"}
    for one in elements:
        if local(one) == "node" and (of := one.get("pid", "")):
            yield one.get("id", ""), labels.get(of) or of
        for some in children(one, "nodes") if local(one) == "node" else ():
            for inner in children(some, "node"):
                yield inner.get("id", ""), one.get("label", "") or one.get("id", "")


def _node(
    one: Element, titles: Mapping[str, str], usual: Mapping[str, str], groups: Mapping[str, str]
) -> Node:
    id_ = one.get("id", "")
    found = {**usual, **_values(one, titles)}
    if id_ in groups:
        found.setdefault(GROUP, groups[id_])
    start, end = _times(one)
    x, y = _place(one)
    return words.node(id_, found, label=one.get("label", ""), start=start, end=end, x=x, y=y)


def _edge(
    one: Element, titles: Mapping[str, str], usual: Mapping[str, str], *, directed: bool
) -> Edge:
    found = {**usual, **_values(one, titles)}
    said = one.get("type", "directed" if directed else "undirected")
    start, end = _times(one)
    return words.edge(
        one.get("source", ""),
        one.get("target", ""),
        found,
        id=one.get("id", ""),
        label=one.get("label", ""),
        type=found.get("type", "") or one.get("kind", ""),
        directed="true" if said == "directed" else "false",
        weight=one.get("weight", ""),
        start=start,
        end=end,
    )


def _values(one: Element, titles: Mapping[str, str]) -> dict[str, str]:
    """Return attributes by title; one that changed in time is a list of what it was when."""
    found: dict[str, str] = {}
    for some in children(one, "attvalues"):
        for value in children(some, "attvalue"):
            ref = value.get("for") or value.get("id") or ""
            title = titles.get(ref) or ref
            text = value.get("value", "")
            times = "–".join((value.get("start", ""), value.get("end", "")))
            text = f"{text} ({times})" if times != "–" else text
            if title and text:
                found[title] = f"{found[title]}; {text}" if title in found else text
    return found


def _times(one: Element) -> tuple[str, str]:
    """Return when an item was there: its own times, else the first and last of its spells."""
    spells = [spell for some in children(one, "spells") for spell in children(some, "spell")]
    starts = [s for spell in spells if (s := spell.get("start", ""))]
    ends = [e for spell in spells if (e := spell.get("end", ""))]
    start = one.get("start") or (min(starts) if len(starts) == len(spells) > 0 else "")
    end = one.get("end") or (max(ends) if len(ends) == len(spells) > 0 else "")
    return start, end


def _place(one: Element) -> tuple[str, str]:
    at = child(one, "position")
    if at is None:
        return "", ""
    y = words.number(at.get("y", ""))
    return at.get("x", ""), "" if y is None else words.shown(0.0 - y)


# ---- Written -------------------------------------------------------------------------------------


def write(net: Net) -> bytes:
    """Return the chart as GEXF 1.3."""
    root = Element("gexf", {"xmlns": _SPACE, "xmlns:viz": _VIZ, "version": "1.3"})
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "OCG Desk"
    SubElement(meta, "description").text = net.title
    SubElement(meta, "keywords").text = "; ".join(f"{n}: {t}" for n, t in net.about.items())
    graph = SubElement(root, "graph", mode="static", defaultedgetype="undirected")
    nodes = [words.of_node(one) for one in net.nodes]
    edges = [words.of_edge(one) for one in net.edges]
    node_ids, edge_ids = _declare(graph, "node", nodes), _declare(graph, "edge", edges)
    some = SubElement(graph, "nodes")
    for node, found in zip(net.nodes, nodes, strict=True):
        _put_node(some, node, found, node_ids)
    some = SubElement(graph, "edges")
    for edge, found in zip(net.edges, edges, strict=True):
        _put_edge(some, edge, found, edge_ids)
    return written(root)


def _declare(graph: Element, what: str, things: list[dict[str, str]]) -> dict[str, str]:
    names = dict.fromkeys(n for found in things for n in found if n not in _IN_TAG)
    some = SubElement(graph, "attributes", {"class": what})
    ids = {name: str(n) for n, name in enumerate(names)}
    for name, id_ in ids.items():
        SubElement(some, "attribute", id=id_, title=name, type="string")
    return ids


def _put_node(some: Element, node: Node, found: Mapping[str, str], ids: Mapping[str, str]) -> None:
    one = SubElement(some, "node", id=node.id, label=node.label)
    _put_times(one, node)
    _put_values(one, found, ids)
    if node.x is not None and node.y is not None:
        at = {"x": words.shown(node.x), "y": words.shown(0.0 - node.y), "z": "0"}
        SubElement(one, "viz:position", at)


def _put_edge(some: Element, edge: Edge, found: Mapping[str, str], ids: Mapping[str, str]) -> None:
    ends = {"source": edge.source, "target": edge.target} | ({"id": edge.id} if edge.id else {})
    one = SubElement(some, "edge", ends)
    one.set("type", "directed" if edge.directed else "undirected")
    if edge.label:
        one.set("label", edge.label)
    if edge.weight is not None:
        one.set("weight", words.shown(edge.weight))
    _put_times(one, edge)
    _put_values(one, found, ids)


def _put_times(one: Element, thing: Node | Edge) -> None:
    for name, text in (("start", thing.start), ("end", thing.end)):
        if text:
            one.set(name, text)


def _put_values(one: Element, found: Mapping[str, str], ids: Mapping[str, str]) -> None:
    some = SubElement(one, "attvalues")
    for name, text in found.items():
        if name in ids:
            SubElement(some, "attvalue", {"for": ids[name], "value": text})
