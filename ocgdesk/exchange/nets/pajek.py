"""Pajek's ``.net``, read and written: vertices, arcs (directed), edges, lists and a matrix."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ocgdesk.errors import Refused
from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.values import MOST_NODES, Edge, Net, Node
from ocgdesk.i18n import _

_PART: Final = re.compile(r'"((?:\\.|[^"\\])*)"|(\S+)')
_SHAPE: Final = frozenset(
    {"ellipse", "box", "diamond", "triangle", "cross", "empty", "man", "woman"}
)
_SCALE: Final = 1000.0
"""Pajek's places lie between 0 and 1."""


def is_pajek(text: str) -> bool:
    """Tell a network of Pajek by its first line that is no remark."""
    for line in text.splitlines()[:200]:
        if line.strip() and not line.lstrip().startswith("%"):
            return line.lstrip().casefold().startswith(("*vertices", "*network"))
    return False


def read(text: str, name: str) -> Net:
    """Return the network in a Pajek file; Refused where its vertices make no sense."""
    reading = _Reading(name)
    for line in text.splitlines():
        reading.take(line)
    return Net(
        nodes=tuple(reading.nodes.values()),
        edges=tuple(reading.edges),
        title=reading.title,
        notes=tuple(reading.notes()),
        format="net",
    )


@dataclass(slots=True)
class _Reading:
    name: str
    title: str = ""
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    _section: str = ""
    _type: str = ""
    _row: int = 0
    _lost: int = 0
    _ignored: set[str] = field(default_factory=set)

    def take(self, line: str) -> None:
        """Read one line by the section it is in."""
        line = line.strip()
        if not line or line.startswith("%"):
            return
        if line.startswith("*"):
            self._begin(line)
        elif (way := self._ways().get(self._section)) is not None:
            way([quoted or bare for quoted, bare in _PART.findall(line)])
        else:
            self._ignored.add(self._section or line[:20])

    def _ways(self) -> dict[str, Callable[[list[str]], None]]:
        return {
            "vertices": self._vertex,
            "arcs": self._line,
            "edges": self._line,
            "arcslist": self._list,
            "edgeslist": self._list,
            "matrix": self._matrix,
        }

    def _begin(self, line: str) -> None:
        first, said = (*line[1:].split(maxsplit=1), "", "")[:2]
        self._section, self._row = first.casefold(), 0
        if self._section == "network":
            self.title = said
        elif self._section == "vertices":
            self._prepare(said)
        named = re.search(r'"([^"]*)"', said)
        self._type = named[1] if named else ""

    def _prepare(self, said: str) -> None:
        count = words.number(said.split(maxsplit=1)[0]) if said.split() else None
        if count is None or not 0 <= count <= MOST_NODES:
            raise Refused(_("{name} does not say how many vertices it has.").format(name=self.name))
        self.nodes = {str(n): Node(id=str(n), label=str(n)) for n in range(1, int(count) + 1)}

    def _vertex(self, parts: list[str]) -> None:
        id_, *rest = parts
        if id_ not in self.nodes:
            self._lost += 1
            return
        label = _unescaped(rest[0]) if rest else id_
        places = [words.number(part) for part in rest[1:3]]
        x, y = places if len(places) == 2 and None not in places else (None, None)
        scale = _SCALE if x is not None and y is not None and max(abs(x), abs(y)) <= 1 else 1.0
        self.nodes[id_] = Node(
            id=id_,
            label=label,
            x=None if x is None else x * scale,
            y=None if y is None else y * scale,
        )

    def _line(self, parts: list[str]) -> None:
        weight = words.number(parts[2]) if len(parts) > 2 else None
        label = _after(parts, "l")
        for other in parts[1:2]:
            self._join(parts[0], other, weight, _unescaped(label))

    def _list(self, parts: list[str]) -> None:
        for other in parts[1:]:
            self._join(parts[0], other.lstrip("-"), None, "")

    def _matrix(self, parts: list[str]) -> None:
        self._row += 1
        for column, part in enumerate(parts, start=1):
            weight = words.number(part)
            if weight:
                self._join(str(self._row), str(column), weight, "", directed=True)

    def _join(
        self, source: str, target: str, weight: float | None, label: str, *, directed: bool = False
    ) -> None:
        if source not in self.nodes or target not in self.nodes:
            self._lost += 1
            return
        self.edges.append(
            Edge(
                source=source,
                target=target,
                weight=weight,
                label=label,
                type=self._type,
                directed=directed or self._section.startswith("arcs"),
            )
        )

    def notes(self) -> Iterator[str]:
        """Say what was left out."""
        if self._lost:
            text = _("{n} lines name a vertex that there is not; they are left out.")
            yield text.format(n=f"{self._lost:,}")
        if self._ignored:
            text = _("Left out, as it is no part of a chart: {what}")
            yield text.format(what=", ".join(sorted(self._ignored)))


def _after(parts: list[str], word: str) -> str:
    return parts[parts.index(word) + 1] if word in parts[2:-1] else ""


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def write(net: Net) -> bytes:
    """Return the chart as a Pajek network: labels, places, types of links, weights."""
    numbers = {node.id: n for n, node in enumerate(net.nodes, start=1)}
    lines = [f"% {n}: {' '.join(t.split())}" for n, t in net.about.items() if t]
    lines += [f"*Network {' '.join(net.title.split())}"] if net.title else []
    lines.append(f"*Vertices {len(numbers)}")
    for node in net.nodes:
        at = (node.x, node.y)
        place = "" if None in at else " ".join(words.shown(one) for one in at if one is not None)
        lines.append(f"{numbers[node.id]} {_quoted(node.label)} {place}".rstrip())
    for directed, word in ((True, "Arcs"), (False, "Edges")):
        some = [edge for edge in net.edges if edge.directed is directed]
        for n, type_ in enumerate(dict.fromkeys(edge.type for edge in some), start=1):
            lines.append(f"*{word} :{n} {_quoted(type_)}" if type_ else f"*{word}")
            lines += [_edge_line(edge, numbers) for edge in some if edge.type == type_]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def _edge_line(edge: Edge, numbers: dict[str, int]) -> str:
    weight = words.shown(1.0 if edge.weight is None else edge.weight)
    label = f" l {_quoted(edge.label)}" if edge.label else ""
    return f"{numbers[edge.source]} {numbers[edge.target]} {weight}{label}"


def _quoted(text: str) -> str:
    flat = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{flat}"'
