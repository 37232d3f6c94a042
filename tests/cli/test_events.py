"""Events on the command line: taken in, listed by link and by record, taken out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from makers import PASSPHRASE

CALLS = """A Number,B Number,Start Time,Duration,Call Type
07700900321,07700900102,01/02/2026 10:00:00,83,Voice
07700900321,07700900102,03/02/2026 10:00:00,,SMS
07700900102,07700900321,04/02/2026 10:00:00,5,Voice
"""


@pytest.fixture
def run(
    ocgdesk: Callable[..., Any],
    make_workspace: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., str]:
    """Run a command on a workspace with three calls; return what it printed."""
    workspace = make_workspace()
    workspace.close()
    monkeypatch.setenv("OCGDESK_PASSPHRASE", PASSPHRASE)
    calls = tmp_path / "calls.csv"
    calls.write_text(CALLS, encoding="utf-8")

    def run_(command: str, *arguments: object) -> str:
        ran = ocgdesk(command, workspace.path, *arguments)
        assert (ran.code, ran.err) == (0, "")
        return str(ran.out)

    assert "Events: 3 new, 0 here already" in run_("import", calls)
    return run_


def test_the_calls_of_a_phone_and_of_one_link_are_listed_and_taken_out(
    run: Callable[..., str], tmp_path: Path
):
    both = json.loads(run("events", "+447700900321", "--json"))
    assert [item["what"] for item in both["items"]] == ["Voice", "SMS", "Voice"]
    assert both["items"][2]["from"]["label"] == "+447700900102"
    (link, _other) = json.loads(run("list", "link", "--json"))["items"]
    shown = json.loads(run("show", link["id"], "--json"))
    assert shown["events"] == json.loads(run("events", link["id"], "--json"))["events"]
    paged = json.loads(run("events", "+447700900321", "--json", "--from-row", 3, "--limit", 5))
    assert len(paged["items"]) == 1
    out = tmp_path / "out.csv"
    assert "Wrote out.csv: 3 events" in run("events", "+447700900321", "-o", out)
    assert "calls.csv,4" in out.read_text(encoding="utf-8-sig")
    before = datetime.now(UTC).isoformat()
    run("undo")
    then = json.loads(run("events", both["items"][0]["from"]["id"], "--as-at", before, "--json"))
    assert (then["events"], len(then["items"])) == (3, 3)
    shown = json.loads(run("show", link["id"], "--as-at", before, "--json"))
    assert (
        shown["events"]
        == json.loads(run("events", link["id"], "--as-at", before, "--json"))["events"]
    )
    assert json.loads(run("list", "phone", "--json"))["items"] == []


def test_calls_from_withheld_numbers_are_told_and_listed_on_the_phone_they_came_to(
    run: Callable[..., str], tmp_path: Path
):
    calls = tmp_path / "more.csv"
    calls.write_text(CALLS.splitlines()[0] + "\nPRIVATE,07700900102,05/02/2026 10:00,5,Voice\n")
    taken = run("import", calls)
    assert "Events: 1 new" in taken
    assert "1 from or to withheld numbers" in taken
    found = json.loads(run("events", "+447700900102", "--json"))
    assert (found["events"], found["unnamed"]) == (4, 1)
    assert (found["items"][3]["from"], found["items"][3]["no_number"]) == (None, "PRIVATE")
    assert "1 of them with no number at the other end" in run("events", "+447700900102")
    assert "Events with no number at the other end: 1" in run("show", "+447700900102")
    assert json.loads(run("show", "+447700900102", "--json"))["unnamed_events"] == 1
    out = tmp_path / "all.csv"
    run("events", "+447700900102", "-o", out)
    assert "PRIVATE,+447700900102" in out.read_text(encoding="utf-8-sig")
