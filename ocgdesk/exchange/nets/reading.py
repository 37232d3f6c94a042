"""The front door for charts of other programs: what a file is by its content, and its chart."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ocgdesk.errors import Refused
from ocgdesk.exchange.nets import anx, gexf, gml, graphml, node_link, pajek, safe_xml
from ocgdesk.exchange.nets.values import MOST_EDGES, MOST_NODES, Edge, Net, Node
from ocgdesk.exchange.raw import SourceFile
from ocgdesk.i18n import _, ngettext

_XML = {"Chart": anx.read, "graphml": graphml.read, "gexf": gexf.read}
_BINARY = ".anb"
_LARGEST_TEXT = 100 * 1024 * 1024


def read_net(data: bytes, name: str) -> Net | None:
    """Return the chart a file holds; None for a file that is none, such as a table.

    Refused, in one sentence that says what to do, for one that is damaged, too large or binary.
    """
    refuse_binary(data, name)
    found = _xml(data, name) or _json(data, name) or _text(data, name)
    if found is None:
        return None
    if len(found.nodes) > MOST_NODES or len(found.edges) > MOST_EDGES:
        raise Refused(_("{name} holds more than a chart can.").format(name=name))
    found = _whole(found)
    return replace(found, source=SourceFile.of(name, data, len(found.nodes)))


def refuse_binary(data: bytes, name: str) -> None:
    """Refuse a chart in i2's binary form, with the way out."""
    if Path(name).suffix.lower() == _BINARY and data.lstrip()[:1] != b"<":
        text = _("{name} is a binary Analyst's Notebook chart: save it as .anx and import that.")
        raise Refused(text.format(name=name))


def _xml(data: bytes, name: str) -> Net | None:
    word = safe_xml.root_name(data)
    if word in _XML:
        return _XML[word](safe_xml.root(data, name), name)
    if word and data.lstrip()[:5] == b"<?xml":
        text = _("{name} is XML, but no chart: .anx, GraphML and GEXF can be read.")
        raise Refused(text.format(name=name))
    return None


def _json(data: bytes, name: str) -> Net | None:
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return None
    graph = node_link.loaded(data)
    return None if graph is None else node_link.read(graph, name)


def _text(data: bytes, name: str) -> Net | None:
    if len(data) > _LARGEST_TEXT or b"\x00" in data[:1000]:
        return None
    head = _decoded(data[:20_000])
    if gml.is_gml(head):
        return gml.read(_decoded(data), name)
    if pajek.is_pajek(head):
        return pajek.read(_decoded(data), name)
    return None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _whole(net: Net) -> Net:
    """Leave out nodes that come twice and links whose ends are not there, and say so."""
    nodes = {node.id: node for node in reversed(net.nodes) if node.id}
    ordered = tuple(node for node in net.nodes if nodes.get(node.id) is node)
    edges = tuple(edge for edge in net.edges if _joins(edge, nodes))
    notes = list(net.notes)
    if lost := len(net.nodes) - len(ordered):
        text = ngettext(
            "{n} node is left out: its id is missing or another's.",
            "{n} nodes are left out: their ids are missing or another's.",
            lost,
        )
        notes.append(text.format(n=f"{lost:,}"))
    if lost := len(net.edges) - len(edges):
        text = ngettext(
            "{n} link is left out: an end of it is not in the file.",
            "{n} links are left out: an end of them is not in the file.",
            lost,
        )
        notes.append(text.format(n=f"{lost:,}"))
    return replace(net, nodes=ordered, edges=edges, notes=tuple(notes))


def _joins(edge: Edge, nodes: Mapping[str, Node]) -> bool:
    return edge.source in nodes and edge.target in nodes
