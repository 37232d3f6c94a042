"""Measures and groups from the command line: what is printed, for people and for programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graph.published_sets import acceptance, top_five

from ocgdesk.graph.definitions import DEFINITIONS, USUAL

Run = Callable[..., Any]
FIXED = "Records restricted from this user are not included."
LOOKED = "Every measure follows where police looked"


def done(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return ran


def test_people_read_a_table_what_it_means_and_how_sure_it_is(ocgdesk: Run, force: Path):
    out = done(ocgdesk("analyse", force, "--scope", "ocg:Tarnbrook", "--top", "4")).out
    settings, _shape, _blank, heading, _rule, *rest = out.splitlines()
    assert settings.startswith("OCGs with their members and what those are linked to; direction")
    assert heading.split()[:3] == ["Rank", "Band", "Reference"]
    assert rest[0].split()[0] == "1"
    assert "Tarnbrook" in rest[0]
    for name in USUAL:
        assert DEFINITIONS[name].sentence in out
        assert DEFINITIONS[name].caveat in out
    assert "Band: the ranks it takes without untested sources, without tentative links" in out
    assert "Standing here follows collection" in out
    assert FIXED in out
    assert LOOKED in out


def test_programs_read_every_item_with_its_measures_by_name(ocgdesk: Run, force: Path):
    found = done(
        ocgdesk("analyse", force, "--scope", "ocg:Tarnbrook", "--measure", "all", "--json")
    ).json
    item = found["items"][0]
    assert {"id", "ref", "kind", "label", "marking", "rank", "best", "worst"} <= item.keys()
    nodes = {n for n, one in DEFINITIONS.items() if one.on == "node" and one.directed is not True}
    assert nodes <= item.keys()
    assert found["links"][0].keys() >= {"source", "target", "link_betweenness", "bridge"}
    assert found["refused"].keys() == {"in_degree", "out_degree", "in_strength", "out_strength"}
    assert found["measures"]["closeness"]["reference"].startswith("closeness_centrality(G")
    assert found["ranked_by"] == "betweenness"
    assert [i["rank"] for i in found["items"]] == sorted(i["rank"] for i in found["items"])
    assert (found["withheld"], found["as_at"]) == (None, None)
    assert found["caveats"][0] == FIXED
    assert len(found["fingerprint"]) == 64
    assert json.dumps(found, allow_nan=False)


def test_what_was_asked_for_is_repeated_beside_the_answer(ocgdesk: Run, force: Path):
    found = done(
        ocgdesk(
            *("analyse", force, "--scope", "ocg:Tarnbrook", "--hops", "0", "--measure", "degree"),
            *("--weights", "strength", "--keep-parallel", "--normalised", "--directed"),
            *("--without", "untested", "--without", "tentative", "--rank", "nominal"),
            *("--on", "1/6/2026", "--top", "3", "--no-bands", "--json"),
        )
    ).json
    assert found["filters"]["scope"] == "ocg:Tarnbrook"
    assert found["filters"]["without"] == ["untested", "tentative"]
    assert found["filters"]["hops"] == 0
    assert found["bands"] is None
    assert {item["kind"] for item in found["items"]} == {"nominal"}
    assert len(found["items"]) == 3
    words = "; ".join(found["settings"])
    for part in ("direction followed", "parallel links kept", "more is closer", "normalised"):
        assert part in words
    assert "without untested sources" in words
    assert "1 Jun 2026" in words


def test_nobody_exploited_or_under_18_is_in_a_ranking(ocgdesk: Run, force: Path):
    people = done(ocgdesk("list", force, "nominal", "--json")).json["items"]
    never = {p["id"] for p in people if p["exploited"] or (p["born"] or "") >= "2009"}
    ranked = done(ocgdesk("analyse", force, "--measure", "degree", "--no-bands", "--json")).json
    ids = {item["id"] for item in ranked["items"]}
    assert len(never) > 50
    assert len(ids) > 2_000
    assert not never & ids
    grouped = done(ocgdesk("groups", force, "--json")).json
    listed = {one["id"] for group in grouped["items"] for one in group["members"]}
    assert listed
    assert not never & listed


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--measure", "guilt"], "There is no measure guilt; there are degree"),
        (["--measure", "in_degree"], "let direction be followed"),
        (["--without", "gossip"], "written untested, tentative or source:X"),
        (["--without", "source:Nobody"], "No link here rests on Nobody; among those that do"),
        (["--scope", "somewhere"], "A scope is written all, ocg:REF, chart:NAME or refs:A,B"),
        (["--scope", "refs:Nobody Here"], "Nobody Here"),
        (["--as-at", "1/1/2026"], "Nothing is in this part of the register"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    ocgdesk: Run, force: Path, options: list[str], sentence: str
):
    ran = ocgdesk("analyse", force, *options)
    assert ran.code == 1
    assert sentence in ran.err
    assert "Traceback" not in ran.err


def test_groups_are_told_beside_the_record(ocgdesk: Run, force: Path):
    out = done(ocgdesk("groups", force, "--top", "5")).out
    assert "Communities (Leiden)" in out
    assert "recorded memberships and commodities left out" in out
    assert "groups and record agree to 0." in out
    assert "Sits with others than the rest of their OCG: " in out
    assert "In no OCG, and tied to members of one: " in out
    assert FIXED in out


@pytest.mark.parametrize("method", ["leiden", "louvain", "clusters", "cliques"])
def test_programs_read_groups_with_members_and_ocgs(ocgdesk: Run, force: Path, method: str):
    found = done(
        ocgdesk("groups", force, "--scope", "ocg:Tarnbrook", "--method", method, "--json")
    ).json
    group = found["items"][0]
    assert {"id", "ref", "kind", "label", "marking", "size", "members", "ocgs"} <= group.keys()
    assert group["size"] == len(group["members"]) + group["safeguarded"]
    assert (group["binding"] is not None) is (method == "clusters")
    assert (found["comparison"] is not None) is (method in {"leiden", "louvain"})
    assert found["method"] == method
    assert found["caveats"][0] == FIXED


def test_the_same_question_has_the_same_answer(ocgdesk: Run, force: Path):
    arguments = ("analyse", force, "--scope", "ocg:Tarnbrook", "--measure", "all", "--json")
    one, other = (done(ocgdesk(*arguments)).json for _ in range(2))
    assert one.pop("read_at") < other.pop("read_at")
    assert one == other
    grouped = [done(ocgdesk("groups", force, "--json")).json for _ in range(2)]
    assert grouped[0]["items"] == grouped[1]["items"]


def test_that_it_was_looked_at_is_in_the_journal(ocgdesk: Run, force: Path):
    done(ocgdesk("analyse", force, "--scope", "ocg:Tarnbrook", "--top", "2"))
    done(ocgdesk("groups", force, "--scope", "ocg:Tarnbrook", "--top", "1"))
    entries = done(ocgdesk("audit", force, "--user", "auditor", "--json")).json["items"]
    labels = {entry["label"] for entry in entries}
    assert {"Analyse network", "Show ranking", "Find groups", "Show groups"} <= labels


# ---- Caviar --------------------------------------------------------------------------------------


@pytest.fixture
def caviar(
    ocgdesk: Run, tmp_path: Path, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A workspace with the wiretaps of Caviar in it."""
    monkeypatch.setenv("OCGDESK_PASSPHRASE", "four quiet lanterns drift")
    path = tmp_path / "caviar.ocgdesk"
    done(ocgdesk("new", path, "--agency", "WMP", "--user", "ann", "--no-recovery"))
    folder = shared_data / "networks" / "caviar"
    done(ocgdesk("import", path, folder / "nodes.csv", folder / "edges.csv"))
    return path


_ASKED = {
    "degree": ("degree", ()),
    "betweenness (undirected, unnormalised)": ("betweenness", ()),
    "closeness (networkx, Wasserman-Faust)": ("closeness_corrected", ()),
    "eigenvector (LCC, max=1)": ("eigenvector", ()),
    "in-degree": ("in_degree", ("--directed",)),
    "out-degree": ("out_degree", ("--directed",)),
    "betweenness (directed, normalised)": ("betweenness", ("--directed", "--normalised")),
    "weighted in-strength": ("in_strength", ("--directed",)),
    "weighted out-strength": ("out_strength", ("--directed",)),
}


def test_caviar_comes_out_of_a_workspace_as_it_was_published(ocgdesk: Run, caviar: Path):
    rows = [r for r in acceptance("ACCEPTANCE_computed_top5.csv") if r["dataset"] == "caviar"]
    assert len(rows) == len(_ASKED)
    for row in rows:
        measure, options = _ASKED[row["measure"]]
        found = done(
            ocgdesk("analyse", caviar, "--measure", measure, *options, "--no-bands", "--json")
        ).json
        assert len(found["items"]) == found["network"]["nodes"] == 110
        values = {item["label"]: item[measure] for item in found["items"]}
        for name, value in top_five(row["top5"]):
            assert values[name] == pytest.approx(value, abs=5e-7)
        assert max(values.values()) == pytest.approx(top_five(row["top5"])[0][1], abs=5e-7)
