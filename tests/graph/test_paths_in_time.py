"""Paths in time: no step before the last, against every path tried out."""

from itertools import pairwise, product

import networkx as nx
import numpy as np
from graph.networks import networks
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.paths_in_time import EVER, NEVER, Calendar, in_time
from ocgdesk.graph.ways import Limits, Ways


@st.composite
def dated(draw) -> tuple[Network, Calendar, int, int]:
    of = draw(networks(most=7, ties=14).filter(lambda some: len(some) > 1))
    count = of.link_nos.size
    first = draw(st.lists(st.sampled_from([EVER, 1, 2, 3, 4]), min_size=count, max_size=count))
    length = draw(st.lists(st.sampled_from([0, 1, 2, None]), min_size=count, max_size=count))
    pairs = zip(first, length, strict=True)
    last = [NEVER if more is None else max(start, 0) + more for start, more in pairs]
    calendar = Calendar(np.array(first, np.int32), np.array(last, np.int32))
    one, two = draw(st.permutations(of.nodes.tolist()))[:2]
    return of, calendar, one, two


def keeps_order(of: Network, calendar: Calendar, path: list[int], *, directed: bool) -> bool:
    """Try every choice of links: can days be named that never go back?"""
    position = {no: at for at, no in enumerate(of.nodes.tolist())}
    choices = []
    for one, two in pairwise(position[no] for no in path):
        there = (of.source == one) & (of.target == two)
        back = (of.source == two) & (of.target == one) & ~(of.directed & directed)
        choices.append(np.flatnonzero(there | back).tolist())
    for links in product(*choices):
        day = EVER
        for link in links:
            day = max(day, int(calendar.first[link]))
            if day > calendar.last[link]:
                break
        else:
            return True
    return False


def graph_of(of: Network, *, directed: bool) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(of.nodes.tolist())
    for source, target, said in of.as_networkx().edges(data=True):
        if source != target:
            graph.add_edge(source, target)
            if not (directed and said["directed"]):
                graph.add_edge(target, source)
    return graph


@given(dated(), st.integers(1, 12), st.booleans())
def test_paths_in_time_are_the_shortest_of_those_that_keep_the_order_of_days(
    asked, count: int, directed: bool
):
    of, calendar, one, two = asked
    every = nx.all_simple_paths(graph_of(of, directed=directed), one, two)
    good = [path for path in every if keeps_order(of, calendar, path, directed=directed)]
    ends = of.positions([one, two]).tolist()
    found = in_time(Ways.of(of), *ends, calendar, count=count, limits=Limits(directed=directed))
    assert [len(path) for path in found] == sorted(len(path) - 1 for path in good)[:count]
    assert {path.nodes for path in found} <= {tuple(path) for path in good}
    assert len({path.nodes for path in found}) == len(found)
    assert all(list(path.days) == sorted(path.days) for path in found)


def calls(*rows: tuple[int, int, int]) -> tuple[Network, Calendar]:
    nos = {end for row in rows for end in row[:2]}
    links = [LinkRow(at, a, b) for at, (a, b, _day) in enumerate(rows, 100)]
    days = np.array([row[2] for row in rows], np.int32)
    return Network.of([(no, "phone") for no in nos], links), Calendar(days, days)


def test_a_call_made_before_the_one_that_leads_to_it_carries_nothing():
    of, calendar = calls((1, 2, 20), (2, 4, 10), (1, 3, 5), (3, 5, 6), (5, 4, 7))
    ends = of.positions([1, 4]).tolist()
    found = in_time(Ways.of(of), *ends, calendar)[0]
    assert found.nodes == (1, 3, 5, 4)
    assert found.days == (5, 6, 7)


def test_a_step_names_only_the_links_that_keep_the_order():
    of, calendar = calls((1, 2, 20), (2, 3, 10), (2, 3, 30))
    found = in_time(Ways.of(of), *of.positions([1, 3]).tolist(), calendar)[0]
    assert found.steps == ((100,), (102,))


def test_where_the_days_forbid_it_there_is_no_path():
    of, calendar = calls((1, 2, 20), (2, 3, 10))
    assert in_time(Ways.of(of), *of.positions([1, 3]).tolist(), calendar) == []
    assert in_time(Ways.of(of), *of.positions([3, 1]).tolist(), calendar)[0].nodes == (3, 2, 1)
