"""GML (Himsolt, 1997), read and written: keys with numbers, texts and lists in brackets."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ocgdesk.errors import Refused
from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.values import Edge, Net, Node
from ocgdesk.i18n import _

DEEPEST: Final = 100
_TOKEN: Final = re.compile(r'"([^"]*)"|(\[)|(\])|([^\s\[\]"]+)')
_COMMENT: Final = re.compile(r"(?m)^[ \t]*#.*$")
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ABOVE: Final = re.compile(r"[ \t]*(?:#.*|(?:Creator|Version)[ \t].*|)", re.IGNORECASE)
"""A line that may stand above a graph."""
_STARTS: Final = re.compile(r"\s*graph\s*\[", re.IGNORECASE)
_BESIDE: Final = re.compile(r"[ \t]*(?:Creator|Version)[ \t].*[ \t]graph\s*\[", re.IGNORECASE)
"""A graph that begins in the same line."""
_OWN: Final = "ocgdesk_"
"""Before what cannot be a key as it is: the name lies beside the text."""

Pairs = list[tuple[str, Any]]


def is_gml(text: str) -> bool:
    """Tell GML by its beginning: the first line that is neither blank nor tells of the file."""
    at = 0
    for line in text.splitlines(keepends=True):
        if _ABOVE.fullmatch(line.rstrip()) is None:
            break
        if _BESIDE.match(line) is not None:
            return True
        at += len(line)
    return _STARTS.match(text, at) is not None


def read(text: str, name: str) -> Net:
    """Return the chart in a GML file; Refused where its brackets do not close."""
    pairs = _parsed(_COMMENT.sub("", text), name)
    graph = next(
        (value for key, value in pairs if key == "graph" and isinstance(value, list)), None
    )
    if graph is None:
        raise Refused(_("{name} holds no graph.").format(name=name))
    directed = str(dict(_texts(graph)).get("directed", "0")) == "1"
    about = {k: v for k, v in _texts(graph) if k not in {"directed", "id", "label", "version"}}
    return Net(
        nodes=tuple(
            _node(value) for key, value in graph if key == "node" and isinstance(value, list)
        ),
        edges=tuple(
            _edge(value, directed=directed)
            for key, value in graph
            if key == "edge" and isinstance(value, list)
        ),
        title=dict(_texts(graph)).get("label", ""),
        about=about,
        format="gml",
    )


def _parsed(text: str, name: str) -> Pairs:
    top: Pairs = []
    stack, key = [top], ""
    for match in _TOKEN.finditer(text):
        if match[3]:
            stack.pop()
        elif match[2]:
            inner: Pairs = []
            stack[-1].append((key, inner))
            stack.append(inner)
        elif match[1] is None and not key:
            key = match[4]
            continue
        else:
            value = html.unescape(match[1]) if match[1] is not None else match[4]
            stack[-1].append((key, value))
        key = ""
        if not 0 < len(stack) <= DEEPEST:
            break
    if len(stack) != 1:
        raise Refused(_("{name} is damaged: its brackets do not close.").format(name=name))
    return top


def _texts(pairs: Pairs) -> Iterator[tuple[str, str]]:
    """Yield what is said of a thing, names that could be no key put back."""
    for key, value in pairs:
        if isinstance(value, str):
            yield key, value
        elif key.startswith(_OWN):
            inner = {k: v for k, v in value if isinstance(v, str)}
            if "name" in inner:
                yield inner["name"], inner.get("text", "")


def _node(pairs: Pairs) -> Node:
    found = dict(_texts(pairs))
    drawn = next((v for k, v in pairs if k == "graphics" and isinstance(v, list)), [])
    places = dict(_texts(drawn))
    id_ = found.pop("id", "")
    return words.node(
        found.pop(f"{_OWN}id", "") or id_, found, x=places.get("x", ""), y=places.get("y", "")
    )


def _edge(pairs: Pairs, *, directed: bool) -> Edge:
    found = dict(_texts(pairs))
    found.setdefault("directed", "1" if directed else "0")
    ends = [found.pop(end, "") for end in ("source", "target")]
    ends = [
        found.pop(f"{_OWN}{end}", "") or was
        for end, was in zip(("source", "target"), ends, strict=True)
    ]
    return words.edge(ends[0], ends[1], found, id=found.pop("id", ""))


# ---- Written -------------------------------------------------------------------------------------


def write(net: Net) -> bytes:
    """Return the chart as GML: ids are numbers there, our own lie beside them."""
    numbers = {node.id: n for n, node in enumerate(net.nodes)}
    lines = ['Creator "OCG Desk"', "graph [", "  directed 0"]
    lines += _said({"label": net.title, **net.about}, 2)
    for node in net.nodes:
        lines += ["  node [", f"    id {numbers[node.id]}", f'    {_OWN}id "{_quoted(node.id)}"']
        found = words.of_node(node)
        lines += _said({n: t for n, t in found.items() if n not in {"x", "y"}}, 4)
        if node.x is not None and node.y is not None:
            lines.append(f"    graphics [ x {words.shown(node.x)} y {words.shown(node.y)} ]")
        lines.append("  ]")
    for edge in net.edges:
        lines += ["  edge [", *_ends(edge, numbers), *_said(words.of_edge(edge), 4), "  ]"]
    return ("\n".join([*lines, "]"]) + "\n").encode("ascii")


def _ends(edge: Edge, numbers: Mapping[str, int]) -> Iterable[str]:
    yield f"    source {numbers[edge.source]}"
    yield f"    target {numbers[edge.target]}"
    for end, id_ in (("source", edge.source), ("target", edge.target)):
        yield f'    {_OWN}{end} "{_quoted(id_)}"'
    if edge.id:
        yield f'    id "{_quoted(edge.id)}"'


_TAKEN: Final = {"id", "source", "target", "graphics", "node", "edge"}


def _said(found: Mapping[str, str], room: int) -> list[str]:
    """Return attributes as lines; one whose name can be no key says it inside."""
    lines = []
    for n, (name, text) in enumerate(found.items()):
        if not text:
            continue
        if _KEY.fullmatch(name) and name not in _TAKEN and not name.startswith(_OWN):
            lines.append(f'{" " * room}{name} "{_quoted(text)}"')
        else:
            inside = f'name "{_quoted(name)}" text "{_quoted(text)}"'
            lines.append(f"{' ' * room}{_OWN}{n} [ {inside} ]")
    return lines


def _quoted(text: str) -> str:
    """Return text in ASCII, as the format wants it: all else by number."""
    return "".join(
        one if " " <= one <= "~" and one not in '"&' else f"&#{ord(one)};" for one in text
    )
