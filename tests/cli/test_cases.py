"""Operations, county lines, commodities and reports from the command line, on a force's sample."""

import pytest

from ocgdesk.casework.samples import PASSPHRASE
from ocgdesk.cli import session


@pytest.fixture(autouse=True)
def somebody(monkeypatch):
    monkeypatch.setenv(session.PASSPHRASE, PASSPHRASE)
    monkeypatch.setenv(session.USER, "analyst")


def first(ocgdesk, force, kind, **wanted):
    """Return the first record of a kind with these values."""
    items = ocgdesk("list", force, kind, "--json").json["items"]
    return next(i for i in items if all(i[name] == value for name, value in wanted.items()))


def test_the_case_of_an_operation_counts_its_steps(ocgdesk, force):
    operation = first(ocgdesk, force, "operation", phase="closed")
    found = ocgdesk("operation", "show", force, operation["ref"], "--json").json
    steps = [step["step"] for step in found["steps"]]
    assert found["counts"]["arrested"] == steps.count("arrested")
    assert found["counts"]["convicted"] == steps.count("convicted")
    assert ocgdesk("operation", "show", force, operation["ref"]).out.startswith(operation["ref"])


def test_one_arrest_is_entered_once(ocgdesk, force):
    operation = first(ocgdesk, force, "operation", phase="pre-charge")
    nominal = first(ocgdesk, force, "nominal", exploited=False)
    said = ("operation", "step", force, operation["ref"], nominal["ref"], "arrested")
    made = ocgdesk(*said, "on=2026-09-01", "--json")
    assert made.code == 0
    again = ocgdesk(*said, "on=2026-09-01")
    assert (again.code, made.json["ref"] in again.err) == (1, True)


def test_a_phase_moves_with_its_day(ocgdesk, force):
    operation = first(ocgdesk, force, "operation", phase="proactive")
    moved = ocgdesk("operation", "move", force, operation["ref"], "Closed", "--json").json
    assert (moved["phase"], moved["closed"] is None) == ("closed", False)
    back = ocgdesk("operation", "move", force, operation["ref"], "proactive")
    assert (back.code, "Say why it goes back" in back.err) == (1, True)


def test_the_policy_log_is_written_and_not_undone(ocgdesk, force):
    operation = first(ocgdesk, force, "operation")
    said = ("operation", "log", force, operation["ref"], "Arrest phase", "--reason", "Complete")
    assert ocgdesk(*said).code == 0
    assert "Arrest phase" in ocgdesk("operation", "show", force, operation["ref"]).out
    assert "Arrest phase" in ocgdesk("operation", "show", force, operation["ref"]).out
    undone = ocgdesk("undo", force)
    assert undone.code == 1


def test_what_is_due_is_listed(ocgdesk, force):
    found = ocgdesk("operation", "due", force, "--until", "2027-06-01", "--json").json["items"]
    assert {item["kind"] for item in found} == {"threat-warning", "gain-referral"}
    backs = ocgdesk("line", "due", force, "--until", "2027-06-01", "--json").json["items"]
    assert "Tony" in {item["of"]["label"] for item in backs}


def test_the_story_of_a_line_is_told_from_either_name(ocgdesk, force):
    for brand in ("Marlow", "Tony"):
        found = ocgdesk("line", "show", force, brand, "--json").json
        assert {chapter["brand"] for chapter in found["chapters"]} >= {"Marlow", "Tony"}
    assert "check-back" in ocgdesk("line", "show", force, "Tony").out


def test_a_line_is_closed_checked_and_found_in_use_again(ocgdesk, force):
    line = first(ocgdesk, force, "county-line", status="active")["ref"]
    bare = ocgdesk("line", "move", force, line, "closed-type-2")
    assert (bare.code, "the evidence that it no longer supplies" in bare.err) == (1, True)
    closed = ocgdesk("line", "move", force, line, "closed-type-2", "--evidence", "SIM is dead")
    assert closed.code == 0
    story = ocgdesk("line", "show", force, line, "--json").json
    (chapter,) = [c for c in story["chapters"] if c["ref"] == line]
    assert [back["result"] for back in chapter["check_backs"]][-2:] == ["due", "due"]
    assert ocgdesk("line", "check-back", force, line, "in-use").code == 0
    assert first(ocgdesk, force, "county-line", ref=line)["status"] == "re-activated"


def test_an_edit_does_not_get_round_the_rules_of_a_closure(ocgdesk, force):
    line = first(ocgdesk, force, "county-line", status="active")["ref"]
    refused = ocgdesk("edit", force, line, "status=closed-type-1")
    assert (refused.code, "do it on the line's page" in refused.err) == (1, True)


def test_a_line_goes_on_under_a_new_name(ocgdesk, force):
    line = first(ocgdesk, force, "county-line", status="active")
    made = ocgdesk("line", "rebrand", force, line["ref"], "--name", "Silverwing", "--json").json
    assert (made["brand"], made["follows"]) == ("Silverwing", line["id"])
    assert ocgdesk("line", "rebrand", force, line["ref"]).code == 2


def test_who_does_what_with_a_commodity_is_listed_with_its_scale(ocgdesk, force):
    found = ocgdesk("dealings", force, "Cocaine powder", "--json").json["items"]
    assert {"deals-in", "wholesales"} <= {item["type"] for item in found}
    assert any(item["weight"] and item["unit"] == "kg" for item in found)
    tree = ocgdesk("dealings", force, "--json").json["items"]
    depths = {item["name"]: item["depth"] for item in tree}
    assert (depths["Cocaine powder"], depths["Crack cocaine"]) == (0, 1)


def test_a_report_is_looked_through_before_it_is_shared(ocgdesk, force):
    report = first(ocgdesk, force, "report", sanitised=False)["ref"]
    ocgdesk("edit", force, report, "text=Our informant lives with him.")
    found = ocgdesk("sanitise", force, report, "--json").json
    assert found["findings"]
    assert ocgdesk("sanitise", force, report, "--mark").code == 1
    assert ocgdesk("sanitise", force, report, "--mark", "--reason", "Agreed").code == 0


@pytest.mark.parametrize("kind", ["court-step", "threat-warning", "gain-referral", "check-back"])
def test_the_records_of_a_case_are_listed_and_exported_as_any_other(ocgdesk, force, kind, tmp_path):
    assert ocgdesk("list", force, kind, "--json").json["items"]
    out = tmp_path / f"{kind}.csv"
    assert ocgdesk("export", force, kind, "-o", out).code == 0
    assert out.read_text(encoding="utf-8-sig").count("\n") > 1
