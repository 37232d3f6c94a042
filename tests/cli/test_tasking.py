"""Tasking without a window: a meeting from its agenda to its close, requests, the delta pack."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

Run = Callable[..., Any]


@pytest.fixture
def meeting(ocgdesk: Run, force: Path) -> str:
    ran = ocgdesk("add", force, "meeting-group", "name=Force TTCG", "agency=WMC", "--json")
    assert ran.code == 0, ran.err
    ran = ocgdesk("meeting", "call", force, ran.json["id"], "20/11/2026", "--json")
    assert ran.code == 0, ran.err
    return str(ran.json["ref"])


def test_a_decision_is_recorded_applied_and_told_in_the_pack(
    ocgdesk: Run, force: Path, meeting: str, tmp_path: Path
):
    items = ocgdesk("meeting", "agenda", force, meeting, "--json").json["items"]
    assert items[0]["source"] == "grid"
    about = items[0]["about"]
    before = ocgdesk("show", force, about, "--json").json["tier"]
    ran = ocgdesk("meeting", "decide", force, meeting, "1", "escalate", "--why", "Violence")
    assert ran.code == 0, ran.err
    assert ocgdesk("show", force, about, "--json").json["tier"] == before
    assert ocgdesk("meeting", "apply", force, meeting, "1").code == 0
    after = ocgdesk("show", force, about, "--json").json["tier"]
    assert (before, after) in {("t4", "t3"), ("t3", "t2"), ("t2", "t1"), ("t1", "t1")}
    again = ocgdesk("meeting", "apply", force, meeting, "1")
    assert (again.code, "applied already" in again.err) == (1, True)
    out = tmp_path / "delta.docx"
    since = "2026-11-19"
    ran = ocgdesk("tasking", force, "--since", since, "-o", out, "--recipient", "TTCG")
    assert ran.code == 0, ran.err
    text = "\n".join(
        cell.text for table in Document(str(out)).tables for row in table.rows for cell in row.cells
    )
    assert before == after or "Tier T" in text


def test_a_meeting_is_not_closed_with_items_undecided(ocgdesk: Run, force: Path, meeting: str):
    ran = ocgdesk("meeting", "close", force, meeting)
    assert (ran.code, "wait for a decision" in ran.err) == (1, True)
    ran = ocgdesk("meeting", "decide", force, meeting, "99", "note", "--why", "x")
    assert (ran.code, "no item 99" in ran.err) == (1, True)


def test_a_request_is_received_taken_on_and_counted_in_its_return(ocgdesk: Run, force: Path):
    ran = ocgdesk("request", "receive", force, "Covert camera", "agency=WMC", "--json")
    ref = ran.json["ref"]
    bare = ocgdesk("request", "take", force, ref, "allocated")
    assert (bare.code, "which unit" in bare.err) == (1, True)
    assert ocgdesk("request", "take", force, ref, "allocated", "unit=rwm-proactive").code == 0
    done = ocgdesk("request", "take", force, ref, "closed", "result=completed", "--json")
    assert done.json["days"] == {"allocated": 0, "closed": 0}
    made = ocgdesk(
        "return", force, "requests", "--from", "1/1/2026", "--to", "31/12/2030", "--json"
    )
    row = next(one for one in made.json["items"] if one["code"] == "WMC")
    assert row["values"][made.json["columns"].index("Completed")] >= 1
