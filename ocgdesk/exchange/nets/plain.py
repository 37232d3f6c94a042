"""Charts as plain tables: a list of links with both ends named, and a matrix."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from ocgdesk.exchange.nets import words
from ocgdesk.exchange.nets.values import Edge, Net, Node
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.writers import write_csv
from ocgdesk.i18n import _

ENDS: Final = (
    *("Source", "Source name", "Source kind", "Link"),
    *("Target", "Target name", "Target kind"),
)
"""How a list of links of our own begins; by it one is known again."""
FIELDS: Final = {
    "Type": "type",
    "Directed": "directed",
    "Weight": "weight",
    "First": "start",
    "Last": "end",
    "Strength": "strength",
    "Grade": "grade",
    "Note": "note",
    "Id": "id",
}
_TITLES: Final = 3
"""Rows that may stand above the names of the columns, with them."""
_LEAST: Final = 3
"""Rows and columns of a matrix; smaller ones are any table."""


def net_in(table: RawTable) -> Net | None:
    """Return the chart that a table is: a list of links of our own, or a matrix; else None."""
    found = None
    if is_links(table):
        found = read_links(table)
    elif (matrix := matrix_in(table)) is not None:
        found = read_matrix(*matrix)
    return None if found is None else replace(found, source=table.source)


def is_links(table: RawTable) -> bool:
    """Tell a list of links that this program wrote."""
    return table.header[: len(ENDS)] == ENDS


def read_links(table: RawTable) -> Net:
    """Return the chart in a list of links; a row without a second end is an item by itself."""
    nodes: dict[str, Node] = {}
    edges = []
    for row in table.rows:
        cells = dict(zip(table.header, (cell.strip() for cell in row), strict=False))
        ends = [cells.pop(end) for end in ("Source", "Target")]
        for end, word in zip(ends, ("Source", "Target"), strict=True):
            name, kind = cells.pop(f"{word} name"), cells.pop(f"{word} kind")
            if end:
                nodes.setdefault(end, Node(id=end, label=name, type=kind))
        if all(ends):
            found = {FIELDS.get(name, name): text for name, text in cells.items() if text}
            found["directed"] = found.get("directed", "").casefold()
            said = {"label": found.pop("Link", ""), "id": found.pop("id", "")}
            edges.append(words.edge(ends[0], ends[1], found, **said))
    return Net(nodes=tuple(nodes.values()), edges=tuple(edges), format="csv")


def matrix_in(table: RawTable) -> tuple[list[str], list[list[str]]] | None:
    """Return names and cells of a matrix; None for any other table.

    Its rows are called as its columns are, and hold numbers. A title may stand above.
    """
    grid = [table.header, *table.rows] if table.has_header else list(table.rows)
    for start in range(min(_TITLES, len(grid))):
        names = [name.strip() for name in grid[start][1:] if name.strip()]
        body = [row for row in grid[start + 1 :] if any(cell.strip() for cell in row)]
        if len(names) < _LEAST or sorted(names) != sorted(row[0].strip() for row in body):
            continue
        cells = [[row[0].strip(), *row[1 : len(names) + 1]] for row in body]
        if len(set(names)) == len(names) and all(_is_number(c) for row in cells for c in row[1:]):
            return names, cells
    return None


def _is_number(cell: str) -> bool:
    return not cell.strip() or words.number(cell) is not None


def read_matrix(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Net:
    """Return the network in a matrix; a symmetric one has links without a direction."""
    found: dict[tuple[str, str], float] = {}
    for first, *cells in rows:
        for name, cell in zip(names, cells, strict=False):
            if weight := words.number(cell):
                found[first, name] = weight
    place = {name: n for n, name in enumerate(names)}
    directed = any(found.get((b, a)) != weight for (a, b), weight in found.items())
    edges = tuple(
        Edge(source=a, target=b, weight=weight, directed=directed)
        for (a, b), weight in found.items()
        if directed or place[a] <= place[b]
    )
    return Net(nodes=tuple(Node(id=n, label=n) for n in names), edges=edges, format="csv")


# ---- Written -------------------------------------------------------------------------------------


def write_links(net: Net) -> bytes:
    """Return a row for each link with both ends named, then those that none joins."""
    own = dict.fromkeys(name for edge in net.edges for name in edge.attributes)
    known = {node.id: node for node in net.nodes}
    rows = [
        [*_row(edge, known), *(edge.attributes.get(name, "") for name in own)] for edge in net.edges
    ]
    joined = {end for edge in net.edges for end in (edge.source, edge.target)}
    alone = (node for node in net.nodes if node.id not in joined)
    rows += [[node.id, node.label, node.type] for node in alone]
    head = tuple(f"{n} (attribute)" if n in {*ENDS, *FIELDS} else n for n in own)
    return write_csv([(*ENDS, *FIELDS, *head), *rows], (cover_line(net),))


def _row(edge: Edge, known: Mapping[str, Node]) -> Iterator[str | float | None]:
    source, target = known[edge.source], known[edge.target]
    yield from (source.id, source.label, source.type, edge.label)
    yield from (target.id, target.label, target.type, edge.type)
    yield from ("Yes" if edge.directed else "No", edge.weight)
    yield from (edge.start, edge.end, edge.strength, edge.grade, edge.note, edge.id)


def write_matrix(net: Net) -> bytes:
    """Return the sums of weights between items; a link without a direction stands twice."""
    labels = _unique([node.label or node.id for node in net.nodes])
    place = {node.id: n for n, node in enumerate(net.nodes)}
    sums: dict[tuple[int, int], float] = {}
    for edge in net.edges:
        a, b = place[edge.source], place[edge.target]
        for pair in {(a, b)} if edge.directed else {(a, b), (b, a)}:
            sums[pair] = sums.get(pair, 0.0) + (1.0 if edge.weight is None else edge.weight)
    size = range(len(labels))
    rows = [[labels[a], *(sums.get((a, b), 0.0) for b in size)] for a in size]
    return write_csv([(_("Item"), *labels), *rows], (cover_line(net),))


def _unique(labels: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    made = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        made.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return made


def cover_line(net: Net) -> str:
    """Return the cover in one cell above the header: readers of tables take it for a title."""
    told = (net.title, *(f"{name}: {text}" for name, text in net.about.items()))
    return " · ".join(filter(None, told))
