"""Plan templates and hand-overs without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
OCG = "Tarnbrook"


def test_a_template_of_one_plan_begins_another(ocgdesk: Run, force: Path):
    assert ocgdesk("template", "make", force, OCG, "County line, first month").code == 0
    listed = ocgdesk("template", "list", force, "--json").json["items"]
    assert [one["title"] for one in listed] == ["County line, first month"]
    before = len(ocgdesk("plan", force, OCG, "--json").json["actions"])
    ran = ocgdesk("template", "use", force, OCG, "county line, first month", "--json")
    assert ran.json["added"] == listed[0]["actions"] + listed[0]["objectives"]
    after = ocgdesk("plan", force, OCG, "--json").json["actions"]
    assert len(after) == before + listed[0]["actions"]
    missing = ocgdesk("template", "use", force, OCG, "No such")
    assert (missing.code, "There is no plan template" in missing.err) == (1, True)


def test_an_ocg_changes_hands_when_both_have_signed_off(ocgdesk: Run, force: Path):
    none = ocgdesk("handover", "give", force, OCG)
    assert (none.code, "was prepared" in none.err) == (1, True)
    ran = ocgdesk("handover", "prepare", force, OCG, "--from", "Insp A. Rowe", "--to", "D. Quayle")
    assert ran.code == 0, ran.err
    assert "Pursue:" in ran.out
    early = ocgdesk("handover", "take", force, OCG, "--user", "coordinator")
    assert (early.code, "signs off first" in early.err) == (1, True)
    assert ocgdesk("handover", "give", force, OCG, "--user", "lro").code == 0
    own = ocgdesk("handover", "take", force, OCG, "--user", "lro")
    assert (own.code, "yourself" in own.err) == (1, True)
    taken = ocgdesk("handover", "take", force, OCG, "--user", "coordinator", "--json")
    assert taken.code == 0, taken.err
    assert taken.json["taken"]
