"""The main job from beginning to end; no socket is opened and no temp file made meanwhile."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocgdesk.cli import Doors, main

Run = Callable[..., Any]
PHRASE = "seven green kettles whistle softly"


@pytest.fixture
def own(ocgdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of the user's own, made from the command line."""
    monkeypatch.setenv("OCGDESK_PASSPHRASE", "four quiet lanterns drift")
    path = tmp_path / "own.ocgdesk"
    made = ocgdesk("new", path, "--agency", "WMP", "--user", "ann", "--no-recovery")
    assert made.code == 0, made.err
    return path


def done(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return ran


def test_from_files_to_a_chart_a_plan_a_list_and_back(ocgdesk: Run, own: Path, tmp_path: Path):
    nodes, edges = tmp_path / "people.csv", tmp_path / "edges.csv"
    nodes.write_text("id,name\n1,Aled Cors\n2,Bet Dunmoor\n3,Cai Esgair\n", encoding="utf-8")
    edges.write_text("source,target,weight\n1,2,3\n2,3,1\n", encoding="utf-8")
    ocgs = tmp_path / "ocgs.csv"
    ocgs.write_text("name,agency,tier\nTarnbrook,WMP,t1\n", encoding="utf-8")
    done(ocgdesk("import", own, nodes, edges))
    done(ocgdesk("import", own, ocgs, "--kind", "ocg"))

    assert "Bet Dunmoor" in done(ocgdesk("search", own, "dunm")).out
    shown = done(ocgdesk("show", own, "Bet Dunmoor", "--json")).json
    assert {link["other"]["label"] for link in shown["links"]} == {"Aled Cors", "Cai Esgair"}

    for kind, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        out = tmp_path / f"chart.{kind}"
        done(ocgdesk("chart", own, "--focus", "Bet Dunmoor", "-o", out))
        assert out.read_bytes().startswith(start)
    done(ocgdesk("chart", own, "--focus", "Bet Dunmoor", "--title", "Bet", "--save"))

    done(ocgdesk("plan", own, "Tarnbrook", "--start"))
    added = done(
        ocgdesk("plan", own, "Tarnbrook", "--add-action", "Visit the hub", "--strand", "prevent",
                "--due", "14/12/2026", "--owner", "Insp A. Rowe", "--agency", "WMP",
                "--threat", "Illegal firearms")
    )  # fmt: skip
    action = added.out.split()[-1]
    done(ocgdesk("plan", own, "Tarnbrook", "--set", action, "--status", "complete"))
    plan = done(ocgdesk("plan", own, "Tarnbrook", "--json")).json
    assert plan["actions"][0]["status"] == "complete"
    shown = done(ocgdesk("show", own, action, "--json")).json
    assert shown["threat"] == "firearms"
    assert plan["empty"] == ["pursue", "prevent", "protect", "prepare"]
    done(ocgdesk("plan", own, "Tarnbrook", "-o", tmp_path / "plan.docx"))
    done(ocgdesk("export", own, "nominal", "-o", tmp_path / "people.xlsx"))

    assert done(ocgdesk("undo", own)).out.startswith("Undone: Edit action")
    events = done(ocgdesk("history", own, action, "--json")).json["items"]
    assert [event["act"] for event in events] == ["alteration", "alteration", "undo"]
    done(ocgdesk("backup", own, tmp_path / "b.ocgbackup"))
    done(ocgdesk("restore", tmp_path / "b.ocgbackup", tmp_path / "r.ocgdesk"))
    assert (
        len(done(ocgdesk("list", tmp_path / "r.ocgdesk", "nominal", "--json")).json["items"]) == 3
    )
    done(ocgdesk("verify", own))


def test_the_demonstration_writes_charts_a_plan_and_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    seen: list[Path] = []

    def pictures(folder: Path) -> int:
        seen.append(folder)
        return 0

    out = tmp_path / "out"
    assert main(["demo", "--out", str(out)], doors=Doors(pictures=pictures)) == 0
    papers = ("plan.docx", "ocgs.xlsx", "profile.docx", "plan-briefing.pdf", "activity.pdf")
    for name in ("chart.png", "chart.svg", "chart.pdf", *papers):
        assert (out / name).stat().st_size > 5_000, name
    assert seen == [out / "screenshots"]
    assert "chart.pdf" in capsys.readouterr().out


def test_every_item_has_id_ref_kind_label_and_marking(ocgdesk: Run, force: Path):
    for kind in ("ocg", "nominal", "handle", "plan", "action", "report", "link"):
        answer = json.loads(ocgdesk("list", force, kind, "--limit", "3", "--json").out)
        assert set(answer) == {"items", "as_at", "filters", "withheld"}
        assert answer["withheld"] is None
        for item in answer["items"]:
            assert {"id", "ref", "kind", "label", "marking"} <= set(item)
    assert {"source", "target", "type", "directed", "weight", "strength"} <= set(item)
