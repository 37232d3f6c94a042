"""Networks to test on: made-up ones, and published ones where they lie beside the project."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from ocgdesk.graph.network import LinkRow, Network

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "networks"


@st.composite
def networks(draw, most: int = 14, ties: int = 40) -> Network:
    """Any small network: loops, parallel links, isolates and gaps between the numbers."""
    nos = sorted(draw(st.sets(st.integers(1, 60), max_size=most)))
    if not nos:
        return Network.of()
    end = st.sampled_from(nos)
    rows = draw(st.lists(st.tuples(end, end, st.integers(0, 2), st.booleans()), max_size=ties))
    links = [
        LinkRow(number, a, b, strength, directed)
        for number, (a, b, strength, directed) in enumerate(rows, 1000)
    ]
    return Network.of([(no, "nominal") for no in nos], links)


def published(name: str) -> Network:
    """Read a published network, or skip the test that wants it."""
    folder = PUBLISHED / name
    if not folder.is_dir():
        pytest.skip(f"the published network {name} does not lie beside the project")
    with (folder / "nodes.csv").open(encoding="utf-8-sig", newline="") as lines:
        numbers = {row[0]: no for no, row in enumerate(list(csv.reader(lines))[1:], 1)}
    with (folder / "edges.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    links = [
        LinkRow(no, numbers[row[0]], numbers[row[1]], directed=True)
        for no, row in enumerate(rows, 10_000)
    ]
    return Network.of([(no, "nominal") for no in numbers.values()], links)


def star(leaves: int) -> np.ndarray:
    """Return the links of one hub, item 0, to so many leaves."""
    return np.stack((np.zeros(leaves, np.int64), np.arange(1, leaves + 1)), axis=1)


def gangs(
    count: int = 5, size: int = 9, seed: int = 3
) -> tuple[int, np.ndarray, list[Sequence[int]]]:
    """Return items, links and groups: a row of groups, some sharing a member, with outsiders."""
    rng = np.random.default_rng(seed)
    links: list[tuple[int, int]] = []
    groups: list[list[int]] = []
    items = 0
    for number in range(count):
        members = list(range(items, items + size))
        items += size
        links += [(members[max(0, at // 3)], one) for at, one in enumerate(members[1:])]
        if groups:
            links.append((groups[-1][1], members[2]))
            members += [groups[-1][4]] if number % 2 else []
        groups.append(members)
        for _outsider in range(size // 2):
            links.append((int(rng.choice(members)), items))
            items += 1
    return items, np.array(links), groups


def clustered(count: int, links: int, seed: int = 1) -> np.ndarray:
    """Return links mostly within clusters of a dozen, some across."""
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, count, (links, 2))
    near = rng.random(links) < 0.85
    ends[near, 1] = ends[near, 0] // 12 * 12 + rng.integers(0, 12, np.count_nonzero(near))
    return np.minimum(ends, count - 1)
