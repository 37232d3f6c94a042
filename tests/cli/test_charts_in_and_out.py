"""Charts of other programs on the command line, and free text: in, out, and back again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocgdesk.exchange.nets import reading, writing
from ocgdesk.exchange.nets.values import Edge, Net, Node

Run = Callable[..., Any]
NET = Net(
    nodes=(
        Node(id="p1", label="Ann Ashby", type="Person", x=0.0, y=0.0, attributes={"Age": "30"}),
        Node(id="p2", label="Bo Birch", type="Person", x=300.0, y=0.0),
        Node(id="v1", label="BD51 SMR", type="Vehicle", x=0.0, y=300.0),
    ),
    edges=(
        Edge(
            source="p1", target="p2", label="7 calls", type="Calls", weight=7.0, start="2026-02-01"
        ),
        Edge(source="p1", target="v1", type="Owns", directed=True, strength="Probable"),
    ),
    title="Quay chart",
)


@pytest.fixture
def own(ocgdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCGDESK_PASSPHRASE", "four quiet lanterns drift")
    path = tmp_path / "own.ocgdesk"
    made = ocgdesk("new", path, "--agency", "WMP", "--user", "ann", "--no-recovery")
    assert made.code == 0, made.err
    return path


@pytest.fixture
def brought(ocgdesk: Run, own: Path, tmp_path: Path) -> Path:
    path = tmp_path / "quay.anx"
    path.write_bytes(writing.write(NET, "anx"))
    done(ocgdesk("import", own, path))
    return path


def done(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return ran


def test_a_chart_comes_in_as_records_links_and_a_chart_with_its_places(
    ocgdesk: Run, own: Path, brought: Path
):
    shown = done(ocgdesk("show", own, "Ann Ashby", "--json")).json
    assert {link["other"]["label"] for link in shown["links"]} == {"Bo Birch", "BD51 SMR"}
    drawn = done(ocgdesk("chart", own, "--saved", "Quay chart", "-o", brought.parent / "x.graphml"))
    assert "3 items, 2 lines" in drawn.out
    back = reading.read_net((brought.parent / "x.graphml").read_bytes(), "x.graphml")
    assert {node.label: (node.x, node.y) for node in back.nodes} == {
        "Ann Ashby": (0.0, 0.0),
        "Bo Birch": (300.0, 0.0),
        "BD51 SMR": (0.0, 300.0),
    }
    calls = next(edge for edge in back.edges if edge.type == "communicates")
    assert (calls.weight, calls.start, calls.attributes["Unit of weight"]) == (
        7.0,
        "2026-02-01",
        "calls",
    )
    assert next(e.strength for e in back.edges if e.type == "owns") == "unconfirmed"


def test_the_same_chart_again_adds_nothing_and_one_undo_takes_all_of_it_back(
    ocgdesk: Run, own: Path, brought: Path
):
    again = done(ocgdesk("import", own, brought, "--json")).json
    assert (again["counts"]["same_records"], again["written"]) == (3, 0)
    done(ocgdesk("undo", own))
    assert done(ocgdesk("list", own, "nominal", "--json")).json["items"] == []
    assert ocgdesk("chart", own, "--saved", "Quay chart", "-o", brought.parent / "y.gml").code == 1


@pytest.mark.parametrize("ending", ["anx", "graphml", "gexf", "gml", "json", "csv"])
def test_our_own_export_comes_back_as_the_same_records(
    ocgdesk: Run, own: Path, brought: Path, ending: str
):
    out = brought.parent / f"out.{ending}"
    done(ocgdesk("chart", own, "--saved", "Quay chart", "-o", out))
    told = done(ocgdesk("import", own, out, "--dry-run", "--json")).json
    assert told["counts"]["new_records"] == 0
    assert told["counts"]["new_links"] == 0
    assert told["problems"] == []
    assert {item["known_by"] for item in told["items"] if item["kind"] == "nominal"} == {
        "the same reference"
    }


def test_what_a_format_cannot_carry_is_said(ocgdesk: Run, own: Path, brought: Path):
    out = brought.parent / "out.net"
    told = done(
        ocgdesk("chart", own, "--saved", "Quay chart", "-o", out, "--recipient", "ERSOU")
    ).out
    assert "Not carried by .net: identities of items" in told
    kept = done(ocgdesk("chart", own, "--saved", "Quay chart", "-o", out, "--json")).json
    assert "positions" not in kept["not_carried"]


def test_a_binary_chart_and_an_unknown_ending_are_refused_with_the_way_out(
    ocgdesk: Run, own: Path, tmp_path: Path
):
    path = tmp_path / "old.anb"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 chart")
    refused = ocgdesk("import", own, path)
    assert refused.code == 1
    assert "save it as .anx" in refused.err
    refused = ocgdesk("chart", own, "--saved", "x", "-o", tmp_path / "x.anb")
    assert "anx, graphml, gexf" in refused.err


def test_an_unknown_type_is_told_by_row_and_taken_in_once_a_kind_is_named(
    ocgdesk: Run, own: Path, tmp_path: Path
):
    path = tmp_path / "w.gml"
    path.write_bytes(writing.write(Net(nodes=(Node(id="a", label="Acme", type="Widget"),)), "gml"))
    refused = ocgdesk("import", own, path)
    assert refused.code == 1
    assert "'Widget' is no kind of record here" in refused.err
    done(ocgdesk("import", own, path, "--kind", "organisation"))
    assert done(ocgdesk("show", own, "Acme", "--json")).json["kind"] == "organisation"


def test_finds_of_a_text_are_listed_and_taken_into_their_report(
    ocgdesk: Run, own: Path, brought: Path, tmp_path: Path
):
    text = tmp_path / "report.txt"
    text.write_text("Ann Ashby drives BD51SMR. Rang 07700 900123.", encoding="utf-8")
    told = done(ocgdesk("extract", own, text, "--json")).json
    assert [(one["text"], one["type"], len(one["known"])) for one in told["items"]] == [
        ("Ann Ashby", "name", 1),
        ("BD51SMR", "vrm", 1),
        ("07700 900123", "phone", 0),
    ]
    assert ocgdesk("extract", own, text, "--all").code == 2
    done(ocgdesk("add", own, "report", "title=Seen at the quay", "grade=2CP"))
    taken = done(ocgdesk("extract", own, text, "--report", "Seen at the quay", "--all", "--json"))
    assert taken.json["taken"] == 2
    done(ocgdesk("extract", own, text, "--report", "Seen at the quay", "--take", "1"))
    shown = done(ocgdesk("show", own, "Seen at the quay", "--json")).json
    assert {link["other"]["label"] for link in shown["links"]} == {
        "Ann Ashby",
        "BD51 SMR",
        "07700 900123",
    }


def test_a_report_is_no_import_and_becomes_one_report_with_its_file_as_source(
    ocgdesk: Run, own: Path, tmp_path: Path
):
    text = tmp_path / "quay.txt"
    text.write_text("Seen today.\nAnn Ashby drives BD51SMR to the quay.\n", encoding="utf-8")
    refused = ocgdesk("import", own, text)
    assert refused.code == 1
    assert "ocgdesk extract FILE quay.txt --new-report TITLE" in refused.err
    done(ocgdesk("extract", own, text, "--new-report", "Seen at the quay", "--all"))
    whole = done(ocgdesk("show", own, "BD51SMR", "--json")).json
    assert [(one["name"], one["row"]) for one in whole["came_from"]] == [("quay.txt", 2)]
    again = done(ocgdesk("extract", own, text, "--new-report", "Again", "--all", "--json")).json
    report = done(ocgdesk("show", own, "Seen at the quay", "--json")).json
    assert again["report"] == report["ref"]
    assert ocgdesk("show", own, "Again").code != 0
