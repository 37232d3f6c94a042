"""Nodes and edges come in as one draft, whatever order and dress they are in."""

from itertools import pairwise

import pytest

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.exchange.intake import draft_of

NODES = "id,name\n1,Ann\n2,Bob\n3,Cai\n"


@pytest.fixture
def network(write):
    def network(edges: str, nodes: str = NODES, **more):
        return draft_of([write("n/nodes.csv", nodes), write("n/edges.csv", edges)], **more)

    return network


def ends(draft):
    return [(link.source_key, link.target_key) for link in draft.links]


def test_nodes_and_edges_are_told_apart_in_any_order(write):
    nodes, edges = write("n/nodes.csv", NODES), write("n/edges.csv", "source,target\n1,2\n")
    assert draft_of([nodes, edges]) == draft_of([edges, nodes])


def test_nodes_without_a_kind_are_nominals_labelled_by_name_or_id(network):
    draft = network("source,target\n1,2\n", "id,name\n1,Ann\n2,\n")
    assert draft.kind is Kind.NOMINAL
    assert [(record.key, record.label) for record in draft.records] == [("1", "Ann"), ("2", "2")]
    assert draft.specification == "nominal:n/nodes"


def test_nodes_of_another_kind_can_be_asked_for(network):
    draft = network("source,target\n1,2\n", kind=Kind.HANDLE)
    assert draft.records[0].values == {"handle": "Ann"}


@pytest.mark.parametrize(
    ("header", "directed"),
    [
        ("source,target", True),
        ("From,To", True),
        ("ego,alter", False),
        ("a,b", False),
        ("Entity 1,Entity 2", False),
        (":START_ID,:END_ID", True),
    ],
)
def test_the_names_of_the_ends_decide_the_direction_and_a_note_says_so(network, header, directed):
    draft = network(f"{header}\n1,2\n")
    assert draft.links[0].directed is directed
    assert any("direction" in note or "run from" in note for note in draft.notes)


def test_the_user_overrules_the_direction(network):
    assert network("source,target\n1,2\n", directed=False).links[0].directed is False


def test_a_column_of_directions_is_taken_row_by_row(network):
    draft = network("source,target,type\n1,2,Directed\n2,3,Undirected\n")
    assert [link.directed for link in draft.links] == [True, False]


def test_links_take_type_weight_strength_and_dates(network):
    draft = network(
        "source,target,relationship,weight,strength,from date,start date,note\n"
        '1,2,Family of,"1,200",Confirmed,x,1/2/2024,seen often\n'
    )
    link = draft.links[0]
    assert (link.type, link.weight) == ("family", 1200.0)
    assert link.values == {
        "strength": "confirmed",
        "start": PartialDate(2024, 2, 1),
        "note": "seen often",
    }
    assert ("from date", None) in draft.edge_columns


def test_bad_rows_of_edges_are_listed_by_row(network):
    draft = network("source,target,weight\n1,1,5\n,2,5\n1,2,heavy\n2,3,7\n")
    assert ends(draft) == [("1", "2"), ("2", "3")]
    assert draft.links[0].weight is None
    assert [problem.row for problem in draft.problems] == [2, 3, 4]


def test_unknown_ends_are_listed_held_back_and_offered(network):
    draft = network("source,target\n1,2\n1,9\n9,8\n")
    assert draft.missing_nodes == ("9", "8")
    assert ends(draft) == [("1", "2")]
    assert [problem.row for problem in draft.problems] == [3, 4, 4]


def test_unknown_ends_can_be_added_with_their_links(network):
    edges = "source,target\n1,9\n1,2\n"
    draft = network(edges, add_missing=True)
    assert draft == network(edges).with_missing()
    assert [record.key for record in draft.records] == ["1", "2", "3", "9"]
    assert ends(draft) == [("1", "9"), ("1", "2")]
    assert not draft.problems
    assert not draft.missing_nodes


def test_ends_may_be_labels(network):
    assert ends(network("source,target\nAnn,Bob\n")) == [("1", "2")]


def test_a_label_that_two_records_share_is_no_end(network):
    draft = network("source,target\nAnn,3\n", "id,name\n1,Ann\n2,Ann\n3,Cai\n")
    assert draft.missing_nodes == ("Ann",)


def test_links_of_rows_that_were_left_out_are_left_out(network):
    draft = network("source,target\n1,x\n", "id,kind\n1,person\nx,dragon\n")
    assert not draft.links
    assert not draft.missing_nodes
    assert len(draft.problems) == 2


def test_parallel_links_are_kept_each_with_its_own_key(network):
    draft = network("a,b\n1,2\n2,1\n1,2\n")
    assert [link.key for link in draft.links] == ["1–2", "1–2#2", "1–2#3"]
    assert any("2 links join" in note for note in draft.notes)


def test_the_key_of_a_directed_link_tells_its_direction(network):
    assert [link.key for link in network("source,target\n1,2\n2,1\n").links] == ["1→2", "2→1"]


def test_edges_alone_make_their_nodes(write):
    draft = draft_of([write("calls.csv", "from,to,count\nAnn,Bob,3\nBob,Cai,1\n")])
    assert [record.label for record in draft.records] == ["Ann", "Bob", "Cai"]
    assert [link.weight for link in draft.links] == [3.0, 1.0]
    assert not draft.problems


def test_edges_without_header_are_known_by_their_shape(write):
    draft = draft_of([write("ties.csv", "0\t1\t1\n0\t2\t4\n1\t2\t1\n")])
    assert [link.weight for link in draft.links] == [1.0, 4.0, 1.0]


def test_any_table_of_letters_is_no_network(write):
    assert draft_of([write("x.csv", "a,b,c\n1,2,3\n")]).needs_kind


def test_half_a_matrix_is_asked_about(network):
    names = "ABCDEFGHIJ"
    nodes = "id\n" + "\n".join(names)
    edges = "source,target\n" + "".join(f"{a},{b}\n" for a, b in pairwise(names))
    assert any("no direction" in note for note in network(edges, nodes).notes)


def test_two_files_of_edges_are_refused(write):
    edges = "source,target\n1,2\n"
    with pytest.raises(Refused, match="one file of edges"):
        draft_of([write("a.csv", edges), write("b.csv", edges)])


def test_nothing_to_import_is_refused():
    with pytest.raises(Refused):
        draft_of([])
