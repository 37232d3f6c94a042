"""Plans edited from the command line: each edit one act, on the plan that was named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def actions(ocgdesk: Run, force: Path, ref: str = "Tarnbrook") -> dict[str, Any]:
    found = ocgdesk("plan", force, ref, "--json").json["actions"]
    return {action["ref"]: action for action in found}


def test_an_action_is_moved_on_and_under_another_p_in_one_act(ocgdesk: Run, force: Path):
    before = actions(ocgdesk, force)
    ref = next(
        r for r, a in before.items() if a["strand"] == "pursue" and a["status"] != "complete"
    )
    arguments = ("--set", ref, "--status", "Complete", "--strand", "prepare", "--owner", "analyst")
    changed = ocgdesk("plan", force, "Tarnbrook", *arguments)
    assert changed.code == 0, changed.err
    after = actions(ocgdesk, force)[ref]
    assert (after["status"], after["strand"], after["officer"]) == (
        "complete",
        "prepare",
        "J. Mistry",
    )
    assert after["done"] is not None
    assert ocgdesk("undo", force).code == 0
    assert actions(ocgdesk, force)[ref] == before[ref]


def test_an_action_of_another_plan_is_refused(ocgdesk: Run, force: Path):
    (ref, *_rest) = actions(ocgdesk, force, "Hollins Lane")
    ran = ocgdesk("plan", force, "Tarnbrook", "--set", ref, "--status", "complete")
    assert (ran.code, "no action of this plan" in ran.err) == (1, True)


def test_a_plan_is_started_once_and_named_by_its_own_reference(ocgdesk: Run, force: Path):
    again = ocgdesk("plan", force, "Tarnbrook", "--start")
    assert (again.code, "already" in again.err) == (1, True)
    ref = ocgdesk("plan", force, "Tarnbrook", "--json").json["plan"]["ref"]
    assert ocgdesk("plan", force, ref, "--json").json["ocg"]["label"] == "Tarnbrook"
    aim = ("--add-objective", "No child on a line", "--strand", "protect")
    assert ocgdesk("plan", force, ref, *aim).code == 0
    assert "No child on a line" in ocgdesk("plan", force, ref).out


def test_the_plan_shows_what_is_late_and_where_nothing_is_live(ocgdesk: Run, force: Path):
    out = ocgdesk("plan", force, "Tarnbrook").out
    four = [out.index(name) for name in ("PURSUE", "PREVENT", "PROTECT", "PREPARE")]
    assert four == sorted(four)
    assert "Nothing live" in out
