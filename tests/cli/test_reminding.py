"""Reminders, calendar, lessons, caseload and the gateway's book on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_what_is_due_is_written_as_a_calendar_by_reference(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    out = tmp_path / "due.ics"
    ran = ocgdesk("due", force, "--owner", "e", "-o", out, "--recipient", "Own calendar")
    assert (ran.code, "due.ics" in ran.out) == (0, True), ran.err
    found = ocgdesk("due", force, "--owner", "e", "--json").json["items"]
    text = out.read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == len(found) > 0
    assert found[0]["ref"] in text
    assert found[0]["title"] not in text
    named = tmp_path / "named.ics"
    ran = ocgdesk("due", force, "--owner", "e", "-o", named, "--named", "--json")
    assert len(ran.json["items"]) == len(found)
    unfolded = named.read_text(encoding="utf-8").replace("\n ", "")
    assert found[0]["title"].replace(",", "\\,") in unfolded
    wrong = ocgdesk("due", force, "-o", tmp_path / "due.xls")
    assert (wrong.code, ".ics" in wrong.err) == (1, True)


def test_a_reminder_is_put_off_and_given_to_the_coordinator(ocgdesk: Run, force: Path):
    items = ocgdesk("remind", "list", force, "--user", "lro", "--json").json["items"]
    first = next(one for one in items if one["list"] == "now" and one["kind"] == "action")
    ref = first["ref"]
    wrong = ocgdesk("remind", "snooze", force, ref, "1/1/2020", "--user", "lro")
    assert (wrong.code, "ahead" in wrong.err) == (1, True)
    done = ocgdesk("remind", "snooze", force, ref, "+5", "--user", "lro", "--why", "On leave")
    assert done.code == 0, done.err
    items = ocgdesk("remind", "list", force, "--user", "lro", "--json").json["items"]
    later = next(one for one in items if one["ref"] == ref)
    assert (later["list"], later["reason"]) == ("later", "On leave")
    assert ocgdesk("remind", "wake", force, ref, "--user", "lro").code == 0
    why = ("--why", "Find another officer")
    assert ocgdesk("remind", "escalate", force, ref, *why, "--user", "lro").code == 0
    up = ocgdesk("remind", "list", force, "--user", "coordinator", "--json").json["items"]
    mine = next(one for one in up if one["ref"] == ref)
    assert (mine["list"], mine["reason"]) == ("escalated", "Find another officer")
    assert ocgdesk("remind", "settle", force, ref, "--user", "coordinator").code == 0


def test_the_books_of_tasking_are_listed(ocgdesk: Run, force: Path):
    meetings = ocgdesk("meeting", "list", force, "--json").json["items"]
    assert {one["group_type"] for one in meetings} >= {"force-ttcg", "socjag", "governance"}
    assert meetings[0]["status"] == "prepared"
    added = ocgdesk("request", "add", force, "Covert camera", "agency=WMC", "--json").json
    assert ocgdesk("request", "move", force, added["ref"], "assessed").code == 0
    ran = ocgdesk("request", "list", force, "--status", "assessed", "--json").json
    assert added["ref"] in {one["ref"] for one in ran["items"]}
    assert ran["filters"]["counts"]["closed"] > 100
    assert "Median days" in ocgdesk("request", "list", force).out
    load = ocgdesk("caseload", force, "--json").json["items"]
    assert sum(one["open"] for one in load) > 0
    rows = ocgdesk("lros", force, "--json").json["items"]
    names = [one["officer"] or "" for one in rows]
    assert names == sorted(names, key=str.casefold)


def test_a_lesson_is_told_of_its_tactic(ocgdesk: Run, force: Path):
    fields = ("tactic=warrant-day", "worked=partly", "place=One estate")
    ran = ocgdesk("lesson", "record", force, "Early warrants scattered the group", *fields)
    assert ran.code == 0, ran.err
    found = ocgdesk("lesson", "list", force, "--tactic", "warrant-day", "--json").json["items"]
    assert "Early warrants scattered the group" in {one["title"] for one in found}
    assert {one["tactic"] for one in found} == {"warrant-day"}
