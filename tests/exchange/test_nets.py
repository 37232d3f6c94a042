"""Charts of other programs: every published file by its shape, round trips, hostile files, fuzz."""

import csv
import gzip
import json
import re
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import DeskError, Refused
from ocgdesk.exchange.intake import draft_of
from ocgdesk.exchange.nets import anx, gml, plain, reading, writing
from ocgdesk.exchange.nets.values import Card, Edge, Net, Node
from ocgdesk.exchange.table import read_tables

CHARTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "charts"
LOSSLESS = ("anx", "graphml", "gexf", "gml", "json")
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=12
).map(str.strip)
WORD = TEXT.filter(bool)
DAY = st.sampled_from(("", "2026-01-05", "2026-01-05T10:30:00"))
NUMBER = st.one_of(st.none(), st.floats(-1e6, 1e6).map(lambda x: round(x, 3) + 0.0))


def published() -> list[dict[str, str]]:
    if not CHARTS.is_dir():
        return []
    with (CHARTS / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def net_of(data: bytes, name: str) -> Net:
    net = reading.read_net(data, name)
    assert net is not None
    return net


@pytest.mark.skipif(not CHARTS.is_dir(), reason="the shared charts are not beside this project")
@pytest.mark.parametrize("row", published(), ids=lambda row: row["file"])
def test_every_published_chart_has_the_shape_of_its_manifest(row: dict[str, str]):
    path = CHARTS / row["file"]
    net = net_of(path.read_bytes(), path.name)
    assert len(net.nodes) == int(row["entities_or_nodes_in_xml"])
    assert len(net.edges) == int(row["links_or_edges_in_xml"])
    assert not net.notes
    told = dict(part.split("=") for part in row["extra"].split() if "=" in part)
    if path.suffix == ".anx":
        shape = anx.shape(net)
        assert (shape["attributes"], shape["cards"]) == (
            int(told["attributes"]),
            int(told["cards"]),
        )


@pytest.mark.skipif(not CHARTS.is_dir(), reason="the shared charts are not beside this project")
@pytest.mark.parametrize("row", published(), ids=lambda row: row["file"])
@pytest.mark.parametrize("kind", LOSSLESS)
def test_a_published_chart_goes_out_and_comes_back_whole(row: dict[str, str], kind: str):
    path = CHARTS / row["file"]
    net = net_of(path.read_bytes(), path.name)
    back = net_of(writing.write(net, kind), f"x.{kind}")
    carried = bare(net) if "cards" in writing.losses(net, kind) else net
    assert (back.nodes, back.edges, back.title) == (carried.nodes, carried.edges, net.title)


def bare(net: Net) -> Net:
    return replace(
        net,
        nodes=tuple(replace(one, cards=()) for one in net.nodes),
        edges=tuple(replace(one, cards=()) for one in net.edges),
    )


@st.composite
def nets(draw: st.DrawFn) -> Net:
    ids = draw(st.lists(WORD, min_size=1, max_size=6, unique=True))
    names = draw(st.lists(WORD, max_size=3, unique_by=str.casefold))
    said = st.fixed_dictionaries({}, optional=dict.fromkeys(names, WORD))
    nodes = [
        Node(
            id=id_, label=draw(WORD), type=draw(WORD), x=float(n), y=float(-n), start=draw(DAY),
            end=draw(DAY), grade=draw(TEXT), note=draw(TEXT), attributes=draw(said),
        )
        for n, id_ in enumerate(ids, start=1)
    ]  # fmt: skip
    end = st.sampled_from(ids)
    edges = [
        Edge(
            source=draw(end), target=draw(end), id=draw(TEXT), label=draw(WORD), type=draw(WORD),
            directed=draw(st.booleans()), weight=draw(NUMBER), start=draw(DAY), end=draw(DAY),
            strength=draw(WORD), grade=draw(TEXT), note=draw(TEXT), attributes=draw(said),
        )
        for _n in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    return Net(nodes=tuple(nodes), edges=tuple(edges), title=draw(TEXT))


@pytest.mark.parametrize("kind", LOSSLESS)
@given(net=nets())
def test_any_chart_of_ours_comes_back_as_it_went(kind: str, net: Net):
    back = net_of(writing.write(net, kind), f"x.{kind}")
    known = {"Organised crime group": "ocg"}
    assert [replace(n, type=known.get(n.type, n.type)) for n in back.nodes] == list(net.nodes)
    # a weight that is written nowhere may be told by a label that begins with a number, as i2 does
    weights = [e.weight for e in net.edges] if kind != "anx" else [e.weight for e in back.edges]
    pairs = zip(net.edges, weights, strict=True)
    assert list(back.edges) == [replace(edge, weight=weight) for edge, weight in pairs]
    assert back.title == net.title
    assert not writing.losses(net, kind)


def test_cards_go_with_exchange_files_and_json_and_others_say_they_do_not():
    card = Card(summary="Seen", text="By the quay", date="2026-02-01", source="R1", grade="2CP")
    net = Net(nodes=(Node(id="a", label="A", type="x", x=1.0, y=2.0, cards=(card,)),))
    for kind in ("anx", "json"):
        assert net_of(writing.write(net, kind), f"x.{kind}").nodes[0].cards == (card,)
        assert writing.losses(net, kind) == ()
    assert writing.losses(net, "graphml") == ("cards",)
    assert "cards" in writing.losses(net, "net")
    assert "positions" in writing.losses(net, "csv")


SMALL = Net(
    nodes=(
        Node(id="n1", label="Ann Ash"),
        Node(id="n2", label="Bo Birch"),
        Node(id="n3", label="C"),
    ),
    edges=(
        Edge(source="n1", target="n2", label="calls", type="t", weight=3.0, directed=True),
        Edge(source="n2", target="n3", weight=2.0),
    ),
    title="Quay",
)


def test_pajek_keeps_labels_weights_types_and_direction():
    back = net_of(writing.write(SMALL, "net"), "x.net")
    assert [node.label for node in back.nodes] == ["Ann Ash", "Bo Birch", "C"]
    assert [(e.source, e.target, e.weight, e.directed, e.type, e.label) for e in back.edges] == [
        ("1", "2", 3.0, True, "t", "calls"),
        ("2", "3", 2.0, False, "", ""),
    ]


def test_a_list_of_links_names_both_ends_and_is_known_again(tmp_path: Path):
    path = tmp_path / "links.csv"
    path.write_bytes(writing.write(SMALL, "csv"))
    text = path.read_text(encoding="utf-8-sig")
    assert "n1,Ann Ash,,calls,n2,Bo Birch" in text
    items, links = read_tables(path)
    assert [row[:2] for row in items.rows] == [("n1", "Ann Ash"), ("n2", "Bo Birch"), ("n3", "C")]
    assert [row[1:3] for row in links.rows] == [("n1", "n2"), ("n2", "n3")]


def test_a_matrix_comes_back_with_its_weights(tmp_path: Path):
    path = tmp_path / "matrix.csv"
    path.write_bytes(writing.write(SMALL, "matrix"))
    _items, links = read_tables(path)
    weights = {(row[1], row[2]): row[6] for row in links.rows}
    assert weights == {
        ("Ann Ash", "Bo Birch"): "3",
        ("Bo Birch", "C"): "2",
        ("C", "Bo Birch"): "2",
    }


def test_a_symmetric_matrix_has_links_without_direction():
    net = plain.read_matrix(
        ["a", "b", "c"], [["a", "0", "1", ""], ["b", "1", "0", "2"], ["c", "", "2", "0"]]
    )
    assert [(e.source, e.target, e.directed) for e in net.edges] == [
        ("a", "b", False),
        ("b", "c", False),
    ]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE Chart [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>
<Chart><ChartItemCollection><ChartItem Label="&b;"/></ChartItemCollection></Chart>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<gexf><graph><nodes><node id="1" label="&x;"/></nodes></graph></gexf>"""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("chart.anb", b"\xd0\xcf\x11\xe0 binary", "save it as .anx"),
        ("bomb.anx", BOMB, "entities of its own"),
        ("outside.gexf", OUTSIDE, "entities of its own"),
        ("cut.graphml", b"<?xml version='1.0'?><graphml><graph><node id='1'", "damaged"),
        ("deep.gexf", b"<?xml version='1.0'?><gexf>" + b"<nodes>" * 5_000, "nested too deeply"),
        ("page.xml", b"<?xml version='1.0'?><html><body/></html>", "no chart"),
        ("empty.anx", b"<?xml version='1.0'?><Chart/>", "has no items"),
        ("open.gml", b"graph [ node [ id 1 ]", "brackets do not close"),
        ("huge.net", b"*Vertices 99999999999\r\n", "how many vertices"),
        ("ends.json", b'{"nodes": [{"id": "a"}], "links": [{"source": "a"}]}', "without two ends"),
    ],
)
def test_a_file_that_is_no_chart_is_refused_in_a_sentence(name: str, data: bytes, said: str):
    with pytest.raises(Refused, match=said):
        reading.read_net(data, name)


def test_what_has_an_end_that_is_not_there_is_left_out_and_said():
    nodes = b'<nodes><node id="1"/><node id="1"/></nodes>'
    edges = b'<edges><edge source="1" target="9"/></edges>'
    data = b"<gexf><graph>" + nodes + edges + b"</graph></gexf>"
    net = net_of(data, "x.gexf")
    assert (len(net.nodes), len(net.edges)) == (1, 0)
    assert len(net.notes) == 2


def test_a_chart_saved_anew_in_another_encoding_is_read():
    data = writing.write(SMALL, "anx").decode("utf-16").encode("utf-8")
    assert data.startswith(b"<?xml version='1.0' encoding='utf-16'?>")
    assert len(net_of(data, "x.anx").nodes) == 3


STARTS = [
    *(b"", b"<Chart>", b"<gexf>", b"<graphml>", b"graph [", b"*Vertices 3\n"),
    *(b'{"nodes":[', b"\xff\xfe<\x00C\x00"),
]


@example(b"*")
@given(st.binary(max_size=300))
@pytest.mark.parametrize("start", STARTS)
def test_no_bytes_make_a_traceback(start: bytes, data: bytes):
    with suppress(DeskError):
        read_tables(start + data, "x.anx")


@given(net=nets(), data=st.data())
@pytest.mark.parametrize("kind", [*LOSSLESS, "net", "csv", "matrix"])
def test_no_damaged_chart_makes_a_traceback(kind: str, net: Net, data: st.DataObject):
    whole = bytearray(writing.write(net, kind))
    for _n in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=6))
    with suppress(DeskError):
        read_tables(bytes(whole) or b" ", f"x.{kind}")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("id", "nodes", "links", "source", "target", "data", "graph", "x")),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(nodes=st.lists(JSON, max_size=3), links=st.lists(JSON, max_size=3))
def test_no_json_makes_a_traceback(nodes: list[object], links: list[object]):
    with suppress(DeskError):
        reading.read_net(json.dumps({"nodes": nodes, "links": links}).encode(), "x.json")


@pytest.mark.skipif(not CHARTS.is_dir(), reason="the shared charts are not beside this project")
def test_a_chart_becomes_records_by_its_types_and_links_by_theirs():
    draft = draft_of([CHARTS / "anx" / "investigation_chart.anx"])
    kinds = {record.label: record.kind for record in draft.records}
    assert kinds["Alex Carter"] is Kind.NOMINAL
    assert set(kinds.values()) == {Kind.NOMINAL, Kind.ORGANISATION, Kind.VEHICLE, Kind.ACCOUNT}
    assert {link.type for link in draft.links} == {
        "communicates",
        "pays",
        "owns",
        "employed-by",
        "associate",
    }
    calls = next(link for link in draft.links if link.weight == 4.0)
    assert (calls.values["unit"], calls.values["strength"]) == ("calls", "confirmed")
    assert "RPT-001" in str(
        next(r for r in draft.records if r.label == "Alex Carter").values["summary"]
    )
    assert not draft.problems
    assert len(draft.places) == 8


def test_a_car_labelled_by_its_looks_is_known_by_the_mark_among_its_attributes(tmp_path: Path):
    path = tmp_path / "cars.graphml"
    mark, name = {"License Plate": "AB12 CDE"}, {"Name": "A. Kay"}
    car = Node(id="v", label="Black van", type="Vehicle", attributes=mark)
    path.write_bytes(
        writing.write(
            Net(nodes=(car, Node(id="n", label="Ada Kay", type="Person", attributes=name))),
            "graphml",
        )
    )
    draft = draft_of([path])
    car_, person = draft.records
    assert (car_.label, car_.values["vrm"]) == ("AB12 CDE", "AB12 CDE")
    assert person.values["name"] == "Ada Kay", "a person is known by the label"
    assert any("Label" in note for note in draft.notes)


def test_items_of_an_unknown_type_wait_for_a_kind(tmp_path: Path):
    path = tmp_path / "widgets.graphml"
    net = Net(
        nodes=(Node(id="a", label="A", type="Widget"), Node(id="b", label="B", type="Person"))
    )
    path.write_bytes(writing.write(net, "graphml"))
    draft = draft_of([path])
    assert [record.label for record in draft.records] == ["B"]
    assert ["'Widget'" in problem.text for problem in draft.problems] == [True]
    named = draft_of([path], kind=Kind.ORGANISATION)
    assert [record.kind for record in named.records] == [Kind.ORGANISATION, Kind.NOMINAL]
    assert not named.problems


def test_two_charts_are_not_taken_in_at_once(tmp_path: Path):
    path = tmp_path / "one.gml"
    path.write_bytes(writing.write(SMALL, "gml"))
    with pytest.raises(Refused, match="by itself"):
        draft_of([path, path])


def test_five_thousand_entities_are_read_in_under_three_seconds():
    nodes = tuple(
        Node(id=f"p{n}", label=f"Person {n}", type="nominal", x=n * 1.0, y=0.0,
             attributes={"Town": "Dudley", "Phone Number": f"07700 900{n % 1000:03d}"})
        for n in range(5_000)
    )  # fmt: skip
    edges = tuple(Edge(source=f"p{n}", target=f"p{n // 2}", type="Calls") for n in range(1, 5_000))
    data = writing.write(Net(nodes=nodes, edges=edges), "anx")
    began = time.thread_time()
    net = net_of(data, "x.anx")
    assert time.thread_time() - began < 3.0
    assert (len(net.nodes), len(net.edges)) == (5_000, 4_999)


def test_a_chart_that_was_packed_is_read(tmp_path: Path):
    path = tmp_path / "x.csv.gz"
    path.write_bytes(gzip.compress(writing.write(SMALL, "csv")))
    assert len(read_tables(path)) == 2


def test_graphml_is_drawn_for_yed_and_its_drawing_alone_says_the_same():
    nodes = (
        Node(id="a", label="Ann", type="nominal", x=100.0, y=50.0),
        Node(id="b", label="Bo", type="nominal", x=0.0, y=0.0),
    )
    edge = Edge(source="a", target="b", label="knows", directed=True)
    data = writing.write(Net(nodes=nodes, edges=(edge,), title="t"), "graphml")
    assert b'<y:Geometry x="85" y="35" width="30" height="30"' in data
    drawn = re.sub(rb'<data key="d\d+">[^<]*</data>', b"", data)
    back = net_of(drawn, "x.graphml")
    assert [(n.label, n.x, n.y) for n in back.nodes] == [("Ann", 100.0, 50.0), ("Bo", 0.0, 0.0)]
    assert [(e.label, e.directed) for e in back.edges] == [("knows", True)]


def test_a_text_of_many_hashes_is_told_from_gml_at_once():
    began = time.process_time()
    for text in ("#" * 5_000, "## a ## b\n" * 500, "Creator " * 800 + "\n" * 5_000, "\n" * 9_000):
        assert not gml.is_gml(text)
    assert time.process_time() - began < 1
    above = 'Creator "yEd"\nVersion 2\n# made by hand\n\ngraph\n[\n'
    assert gml.is_gml(above)
    assert gml.is_gml('Creator "yEd" graph [ node [ id 1 ] ]')
