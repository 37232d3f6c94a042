"""JSON node-link, read and written: networkx, d3, graphology, Cytoscape, JSON Graph Format."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ocgdesk.errors import Refused
from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.values import Card, Edge, Net, Node
from ocgdesk.i18n import _

_INSIDE: Final = ("attributes", "metadata", "data", "attr")
_ID: Final = ("id", "key")
_CARD: Final = ("summary", "text", "date", "source", "grade")


def loaded(data: bytes) -> Any | None:
    """Return what JSON holds if it is a network; None for anything else."""
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    if not text.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return _graph(found)


def _graph(found: Any) -> dict[str, Any] | None:
    """Return the part that holds nodes and links, wherever a program puts it."""
    if not isinstance(found, dict):
        return None
    for part in (found, found.get("elements"), found.get("graph")):
        if isinstance(part, dict) and _some(part, "nodes") is not None:
            links = _some(part, "links", "edges")
            if links is not None:
                outside = {k: v for k, v in found.items() if isinstance(v, str | bool)}
                about = found.get("graph")
                inside = about if part is found and isinstance(about, dict) else {}
                return {**outside, **inside, **part, "links": links, "nodes": _some(part, "nodes")}
    return None


def _some(part: Mapping[str, Any], *names: str) -> list[Any] | None:
    for name in names:
        value = part.get(name)
        if isinstance(value, dict):  # ids as keys
            return [{"id": key, **one} for key, one in value.items() if isinstance(one, dict)]
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return value
    return None


def read(graph: Mapping[str, Any], name: str) -> Net:
    """Return the chart in a graph that ``loaded`` found."""
    nodes = [_node(one, n) for n, one in enumerate(graph["nodes"])]
    known = {node.id for node in nodes}
    directed = _yes(graph.get("directed"))
    edges = []
    for one in graph["links"]:
        ends = [_end(one, names, nodes, known) for names in (("source", "from"), ("target", "to"))]
        if not all(ends):
            raise Refused(_("{name} has a link without two ends.").format(name=name))
        edges.append(_edge(one, ends[0], ends[1], directed=directed))
    left = {"nodes", "links", "edges", "directed", "multigraph", "title", "label"}
    about = {k: v for k, v in graph.items() if isinstance(v, str) and k not in left}
    title = graph.get("title") or graph.get("label") or ""
    return Net(
        nodes=tuple(nodes),
        edges=tuple(edges),
        title=title if isinstance(title, str) else "",
        about=about,
        format="json",
    )


def _yes(value: Any) -> bool:
    return value is True or str(value).casefold() in {"true", "1"}


def _node(one: Mapping[str, Any], n: int) -> Node:
    found = dict(_flat(one))
    id_ = next((found.pop(key) for key in _ID if found.get(key)), "")
    cards = tuple(_cards(one))
    return words.node(id_ or found.get("name") or found.get("label") or str(n), found, cards=cards)


def _edge(one: Mapping[str, Any], source: str, target: str, *, directed: bool) -> Edge:
    found = dict(_flat(one))
    for name in ("source", "target", "from", "to"):
        found.pop(name, None)
    undirected = found.pop("undirected", "")
    found.setdefault("directed", "true" if directed and not _yes(undirected) else "false")
    id_ = next((found.pop(key) for key in _ID if found.get(key)), "")
    return words.edge(source, target, found, id=id_, cards=tuple(_cards(one)))


def _end(one: Mapping[str, Any], names: tuple[str, ...], nodes: list[Node], known: set[str]) -> str:
    inner = one.get("data")
    some = {**inner, **one} if isinstance(inner, dict) else one
    value = next((some[name] for name in names if name in some), "")
    if isinstance(value, dict):
        value = value.get("id", "")
    text = value if isinstance(value, str) else ""
    if text not in known and text.isdecimal() and len(text) < 9 and int(text) < len(nodes):
        return nodes[int(text)].id  # by place, as d3 does
    return text


def _flat(one: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is said of a thing as text; what is nested one deep by its own name."""
    for key, value in one.items():
        if key in _INSIDE and isinstance(value, dict):
            yield from ((str(k), _text(v)) for k, v in value.items() if _text(v))
        elif key == "position" and isinstance(value, dict):
            yield from ((axis, _text(value.get(axis))) for axis in ("x", "y"))
        elif key != "cards" and (text := _text(value)):
            yield key, text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return "; ".join(map(_text, value))
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value)


def _cards(one: Mapping[str, Any]) -> Iterator[Card]:
    some = one.get("cards")
    for card in some if isinstance(some, list) else ():
        if isinstance(card, dict):
            yield Card(**{name: _text(card.get(name)) for name in _CARD})


# ---- Written -------------------------------------------------------------------------------------


def write(net: Net) -> bytes:
    """Return the chart as node-link JSON, as networkx reads it, with its cards."""
    plain = {
        "directed": any(edge.directed for edge in net.edges),
        "multigraph": True,
        "graph": {"title": net.title, **net.about},
        "nodes": [{"id": one.id, **_said(words.of_node(one), one)} for one in net.nodes],
        "links": [_link(one) for one in net.edges],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _link(edge: Edge) -> dict[str, Any]:
    ends = {"source": edge.source, "target": edge.target, "directed": edge.directed}
    id_ = {"key": edge.id} if edge.id else {}
    return {**ends, **id_, **_said(words.of_edge(edge), edge)}


def _said(found: Mapping[str, str], one: Node | Edge) -> dict[str, Any]:
    """Return fields as they are, and the file's own attributes in a place of their own."""
    known = words.NODE if isinstance(one, Node) else words.EDGE
    said: dict[str, Any] = {n: text for n, text in found.items() if n in known and n != "directed"}
    said |= {n: value for n in ("x", "y", "weight") if (value := getattr(one, n, None)) is not None}
    inside = {n: text for n, text in found.items() if n not in known}
    said |= {"attributes": inside} if inside else {}
    cards = [{n: text for n in _CARD if (text := getattr(c, n))} for c in one.cards]
    return said | ({"cards": cards} if cards else {})
