"""Real files that nobody here wrote: each a table, a draft, or one sentence."""

import csv
from collections import Counter
from contextlib import suppress

import pytest

from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.intake import draft_of
from ocgdesk.exchange.table import RawTable, read


def test_caviar_is_110_people_and_295_directed_ties_of_3546_contacts(shared):
    folder = shared / "networks" / "caviar"
    draft = draft_of([folder / "nodes.csv", folder / "edges.csv"])
    assert (len(draft.records), len(draft.links)) == (110, 295)
    assert all(link.directed for link in draft.links)
    assert sum(link.weight for link in draft.links) == 3546
    assert draft.specification == "nominal:caviar/nodes"
    assert not draft.problems


def test_every_pair_of_nodes_and_edges_loses_no_row_without_saying_so(shared):
    pairs = sorted((shared / "networks").rglob("edges.csv"))
    assert pairs
    for edges in pairs:
        nodes = edges.with_name("nodes.csv")
        draft = draft_of([edges, nodes])
        rows = {path.name: len(read(path).rows) for path in (nodes, edges)}
        named = {name: Counter(p.row for p in draft.problems if p.file == name) for name in rows}
        unread = rows["nodes.csv"] - len(draft.records) + rows["edges.csv"] - len(draft.links)
        assert unread <= sum(len(rows_) for rows_ in named.values()), edges.parent.name


def test_montagna_comes_in_from_edges_without_header_alone(shared):
    folder = shared / "networks" / "montagna"
    meetings = draft_of([folder / "Montagna_meetings_edgelist.csv"])
    calls = draft_of([folder / "Montagna_phonecalls_edgelist.csv"])
    assert (len(meetings.records), len(meetings.links)) == (101, 289)
    assert (len(calls.records), len(calls.links)) == (100, 150)
    assert not any(link.directed for link in (*meetings.links, *calls.links))


def test_every_messy_file_is_a_table_or_one_sentence(shared):
    files = [path for path in sorted((shared / "messy").rglob("*")) if path.is_file()]
    assert len(files) > 40
    for path in files:
        with suppress(Refused):
            assert isinstance(read(path), RawTable), path.name
            assert isinstance(draft_of([path]), Draft), path.name


def test_messy_text_has_the_shape_the_manifest_gives(shared):
    folder = shared / "messy"
    with (folder / "MANIFEST.csv").open(encoding="utf-8", newline="") as lines:
        shapes = {row["file"]: row["raw_shape"] for row in csv.DictReader(lines)}
    checked = 0
    for name, shape in shapes.items():
        if not shape.startswith("delimiter"):
            continue
        table = read(folder / name)
        widths = shape.rsplit(";", 1)[1].split()[0]
        widest = max(map(len, (table.header, *table.rows)))
        assert widest == int(widths.split("-")[1]) or _ends_empty(folder / name), name
        checked += 1
    assert checked > 20


def _ends_empty(path):
    """Tell a file whose last columns hold nothing: they are dropped."""
    with path.open(encoding="utf-8", newline="") as lines:
        return any(line.rstrip("\r\n").endswith((",", ";")) for line in lines)


@pytest.mark.parametrize("folder", ["charts", "grip_moj", "performance", "pole_manchester"])
def test_every_other_file_is_a_draft_or_one_sentence(shared, folder):
    for path in sorted((shared / folder).rglob("*")):
        if path.is_file():
            with suppress(Refused):
                assert isinstance(draft_of([path]), Draft), path.name
