"""Published networks with their names and weights, as the acceptance tables speak of them."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from graph.networks import PUBLISHED

from ocgdesk.graph.network import LinkRow, Network

Row = tuple[str, str, float]


@dataclass(frozen=True)
class Named:
    """A network and what its nodes are called, in the order of its nodes."""

    network: Network
    names: list[str]

    def by_name(self, values: Iterable[float]) -> dict[str, float]:
        """Return a value for each name."""
        return dict(zip(self.names, values, strict=True))


def named(names: Sequence[str], rows: Iterable[Row], *, directed: bool = False) -> Named:
    """Make a network of names and weighted pairs of names."""
    numbers = {name: no for no, name in enumerate(names, 1)}
    links = [
        LinkRow(no, numbers[a], numbers[b], 1, directed, weight)
        for no, (a, b, weight) in enumerate(rows, 10_000)
    ]
    return Named(Network.of([(no, "nominal") for no in numbers.values()], links), list(numbers))


def table(path: Path) -> list[list[str]]:
    """Read a table beside the project, or skip the test that wants it."""
    if not path.exists():
        pytest.skip(f"{path.name} does not lie beside the project: no published data here")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def acceptance(name: str) -> list[dict[str, str]]:
    """Return the rows of an acceptance table; none where it is not there."""
    path = PUBLISHED / name
    if not path.exists():
        return []
    heading, *rows = table(path)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def dataset(name: str, *, directed: bool = False) -> Named:
    """Read any of the published networks."""
    if name.startswith("montagna/"):
        return montagna(name.removeprefix("montagna/"))
    if name.startswith("paul_revere/"):
        people, groups, rows = memberships(name)
        return named([*people, *groups], rows)
    heading, *rows = table(PUBLISHED / name / "edges.csv")
    _nodes, *nodes = table(PUBLISHED / name / "nodes.csv")
    weighed = "weight" in heading
    at = heading.index("weight") if weighed else 0
    links = [(row[0], row[1], float(row[at]) if weighed else 1.0) for row in rows]
    return named([row[0] for row in nodes], links, directed=directed)


def montagna(name: str) -> Named:
    """Read meetings or phone calls; of pairs that come twice the later line counts."""
    path = PUBLISHED / "montagna" / f"Montagna_{name}_edgelist.csv"
    found: dict[frozenset[str], Row] = {}
    for (line,) in table(path):
        source, target, weight = line.split()
        found[frozenset((source, target))] = (source, target, float(weight))
    names = dict.fromkeys(name for row in found.values() for name in row[:2])
    return named(list(names), found.values())


def memberships(name: str) -> tuple[list[str], list[str], list[Row]]:
    """Read the people, the groups and who was in which, of Paul Revere's Boston."""
    file = name.removeprefix("paul_revere/")
    (_corner, *groups), *rows = table(PUBLISHED / "paul_revere" / f"PaulRevereAppD_{file}.csv")
    links = [
        (row[0], group, 1.0)
        for row in rows
        for group, cell in zip(groups, row[1:], strict=True)
        if cell == "1"
    ]
    return [row[0] for row in rows], groups, links


def two_mode(name: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the people of a network of people and events, and who was at which, each once."""
    if name.startswith("paul_revere/"):
        people, _groups, rows = memberships(name)
        return people, [(a, b) for a, b, _weight in rows]
    _heading, *nodes = table(PUBLISHED / name / "nodes.csv")
    _heading, *rows = table(PUBLISHED / name / "edges.csv")
    people = [row[0] for row in nodes if row[1] == "person"]
    return people, list(dict.fromkeys((row[0], row[1]) for row in rows))


def projected(people: Sequence[str], attended: Iterable[tuple[str, str]]) -> Named:
    """Link people once for each event they share: parallel links where they share several."""
    guests: dict[str, list[str]] = {}
    for person, event in attended:
        guests.setdefault(event, []).append(person)
    rows = [
        (one, other, 1.0)
        for there in guests.values()
        for at, one in enumerate(there)
        for other in there[at + 1 :]
    ]
    return named(people, rows)


def top_five(text: str) -> list[tuple[str, float]]:
    """Read a cell of the table of the five highest: names and values."""
    return [(name, float(value)) for name, value in re.findall(r"(.+?)=([\d.]+)(?:; |$)", text)]
