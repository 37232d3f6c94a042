"""An OCG's life, its scores and the threat grid without a window."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


TARNBROOK = "Tarnbrook"


def refused(ran, words: str) -> None:
    assert (ran.code, words in ran.err) == (1, True), ran.err
    assert "Traceback" not in ran.err


def test_a_nomination_warns_and_is_kept(ocgdesk: Run, force: Path):
    ran = ocgdesk("ocg", "nominate", force, "Quayside Two", "primary_crime=DRG", "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["status"], ran.json["label"]) == ("nominated", "Quayside Two")
    assert [one["part"] for one in ran.json["lacking"]] == ["persons", "gain"]
    told = ocgdesk("ocg", "check", force, "Quayside Two")
    assert "Warning: 0 persons are recorded" in told.out


def test_what_an_ocg_can_become_is_listed_with_what_it_needs(ocgdesk: Run, force: Path):
    moves = {one["to"]: one["needs"] for one in ocgdesk(
        "ocg", "move", force, TARNBROOK, "--json"
    ).json["moves"]}  # fmt: skip
    assert moves["archived"] == ["archive-reason", "decision-maker", "trigger"]
    assert "a reason" in ocgdesk("ocg", "move", force, TARNBROOK).out


def test_an_archive_with_live_actions_is_refused_and_changes_nothing(ocgdesk: Run, force: Path):
    ran = ocgdesk(
        *("ocg", "move", force, TARNBROOK, "archived", "--archive-reason", "dismantled"),
        *("--decision-maker", "Supt Hale", "--trigger", "New reports"),
    )
    refused(ran, "still live")
    assert ocgdesk("show", force, TARNBROOK, "--json").json["status"] == "active"


def test_a_move_leaves_a_decision_in_the_log(ocgdesk: Run, force: Path):
    ran = ocgdesk("ocg", "nominate", force, "Quayside Two", "--json")
    ref = ran.json["ref"]
    refused(ocgdesk("ocg", "move", force, ref, "archived"), "must first be Under assessment")
    assert ocgdesk("ocg", "move", force, ref, "under-assessment").code == 0
    refused(ocgdesk("ocg", "move", force, ref, "Active"), "the name of the decision-maker")
    ran = ocgdesk(
        "ocg", "move", force, ref, "Active", "--decision-maker", "Supt Hale", "--meeting", "TTCG"
    )
    assert (ran.code, "Active" in ran.out) == (0, True)
    found = ocgdesk("list", force, "decision", "--text", "Accept", "--json").json["items"]
    assert [(item["title"], item["decided_by"], item["meeting"]) for item in found] == [
        ("Accept as active", "Supt Hale", "TTCG")
    ]


def test_a_tier_proposes_the_next_review_and_an_lro_hands_over(ocgdesk: Run, force: Path):
    refused(ocgdesk("ocg", "tier", force, TARNBROOK, "t2"), "Say why")
    ran = ocgdesk("ocg", "tier", force, TARNBROOK, "T2", "--reason", "ROCU support", "--json")
    assert (ran.json["tier"], ran.json["tier_reason"]) == ("t2", "ROCU support")
    assert ran.json["review_due"] is not None
    ran = ocgdesk(
        *("ocg", "assign", force, TARNBROOK, "lro", "Insp B. Test"),
        *("--handover", "Plan", "--json"),
    )
    assert (ran.json["officer"], ran.json["end"]) == ("Insp B. Test", None)


def test_a_score_is_entered_and_shown_beside_the_other(ocgdesk: Run, force: Path):
    before = ocgdesk("ocg", "assess", force, TARNBROOK, "--json").json
    ran = ocgdesk(
        *("ocg", "assess", force, TARNBROOK, "--sheet", "ocgm", "drugs=high:Two importations"),
        *("--assessed", "20/11/2026", "--json"),
    )
    assert ran.json["answers"] == [
        {"factor": "drugs", "value": "high", "rationale": "Two importations"}
    ]
    assert "No totals: 15 factors are open, and at most 4 may be" in ran.json["reasons"]
    after = ocgdesk("ocg", "assess", force, TARNBROOK, "--json").json
    assert after["ocgm"]["newest"]["assessed"] == "2026-11-20"
    assert after["ocgm"]["cell"] is None
    assert after["morile_style"] == before["morile_style"]
    assert "not the national scheme" in ocgdesk("ocg", "assess", force, TARNBROOK).out


def test_an_official_score_is_typed_in_and_not_mixed_with_answers(ocgdesk: Run, force: Path):
    mixed = ocgdesk("ocg", "assess", force, TARNBROOK, "drugs=high", "--official", "--total", "6")
    refused(mixed, "alone")
    ran = ocgdesk(
        "ocg", "assess", force, TARNBROOK, "--official", "--total", "61", "--band", "2b", "--json"
    )
    assert (ran.json["total"], ran.json["band"], ran.json["score_source"]) == (61, "2b", "official")


def test_the_threat_grid_is_printed_filtered_and_written(ocgdesk: Run, force: Path, tmp_path: Path):
    ran = ocgdesk("threat-grid", force, "--json")
    assert ran.json["withheld"] is None
    first = ran.json["items"][0]
    assert {"id", "ref", "kind", "label", "marking"} <= first.keys()
    assert first["rank"] == 1
    assert len({item["last_disruption"] for item in ran.json["items"]}) > 3
    owned = ocgdesk("threat-grid", force, "--agency", "RWM", "--json").json
    assert {item["agency"] for item in owned["items"]} == {"RWM"}
    assert owned["filters"] == {"agency": "RWM"}
    out = tmp_path / "grid.json"
    assert ocgdesk("threat-grid", force, "-o", out).code == 0
    assert len(json.loads(out.read_text("utf-8"))["items"]) == len(ran.json["items"])
    assert "MoRiLE-style" in ocgdesk("threat-grid", force).out


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("-o", "grid.odt"), "xlsx, csv, docx, pdf"),
        (("--agency", "Nowhere"), "is not in the list"),
        (("--on", "2026-01-01"), "--as-at"),
    ],
)
def test_what_the_threat_grid_cannot_do_is_refused(ocgdesk: Run, force: Path, more, words):
    refused(ocgdesk("threat-grid", force, *more), words)


def test_the_threat_grid_as_at_a_day_before_anything_is_empty(ocgdesk: Run, force: Path):
    ran = ocgdesk("threat-grid", force, "--as-at", "2020-01-01", "--json")
    assert ran.json["items"] == []
    assert ran.json["as_at"].startswith("2020-01-01T23:59")
