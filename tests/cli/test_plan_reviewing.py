"""Reviews, signatures, suggestions and coverage of plans without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
OCG = "Tarnbrook"


def test_an_empty_p_is_named_and_answered_and_then_the_plan_is_signed(ocgdesk: Run, force: Path):
    refused = ocgdesk("review", force, OCG, "--sign")
    assert (refused.code, "Protect is empty" in refused.err) == (1, True)
    plan = ocgdesk("plan", force, OCG, "--json").json["plan"]["ref"]
    added = ocgdesk(
        *("add", force, "strand-note", "strand=protect", "note_type=not-applicable"),
        *("text=Covered by the county plan", "--owner", plan),
    )
    assert added.code == 0, added.err
    signed = ocgdesk("review", force, OCG, "--sign", "--countersigned", "DI Hale", "--json")
    assert signed.code == 0, signed.err
    assert (signed.json["status"], signed.json["changed"]) == ("signed", [])
    versions = ocgdesk("review", force, OCG, "--versions", "--json").json["items"]
    assert [(one["countersigned_by"], one["whole"]) for one in versions] == [("DI Hale", True)]


def test_a_review_is_held_and_sets_the_next_day(ocgdesk: Run, force: Path):
    ran = ocgdesk(
        *("review", force, OCG, "--hold", "OCG management meeting", "--with", "Insp Rowe"),
        *("--with", "DI Hale", "--joint", "--next", "5/1/2027", "--json"),
    )
    assert ran.code == 0, ran.err
    assert ran.json["last_review"]
    assert ocgdesk("plan", force, OCG, "--json").json["review_due"] == "2027-01-05"


def test_a_suggestion_is_accepted_and_another_dismissed_with_a_reason(ocgdesk: Run, force: Path):
    before = ocgdesk("suggest", force, OCG, "--json").json["items"]
    assert ocgdesk("suggest", force, OCG, "--accept", "1").code == 0
    bare = ocgdesk("suggest", force, OCG, "--dismiss", "1")
    assert (bare.code, "Say why" in bare.err) == (1, True)
    assert ocgdesk("suggest", force, OCG, "--dismiss", "1", "--reason", "Moved").code == 0
    assert len(ocgdesk("suggest", force, OCG, "--json").json["items"]) == len(before) - 2
    assert ocgdesk("suggest", force, OCG, "--accept", "99").code == 1


def test_coverage_shows_its_parts_and_never_one_score(ocgdesk: Run, force: Path):
    made = ocgdesk("coverage", force, "--force", "WMC", "--json").json
    assert [one["strand"] for one in made["strands"]] == ["pursue", "prevent", "protect", "prepare"]
    assert made["filters"] == {"force": ["WMC"]}
    assert {"principals", "lines", "homes"} <= set(made["touched"])
    assert all("score" not in row for row in made["items"])
    told = ocgdesk("coverage", force)
    assert "not what they achieve" in told.out
