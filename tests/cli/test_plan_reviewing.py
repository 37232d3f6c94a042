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
    assert (versions[0]["countersigned_by"], versions[0]["whole"]) == ("DI Hale", True)
    assert [one["version"] for one in versions] == sorted(x["version"] for x in versions)[::-1]


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


def test_an_action_sheet_goes_out_and_comes_back_as_a_draft_then_saved(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    from openpyxl import load_workbook

    path = tmp_path / "sheet.xlsx"
    sent = ocgdesk("plan", force, OCG, "--sheet", path, "--reason", "Monthly", "--json")
    assert sent.code == 0, sent.err
    assert sent.json["actions"] > 0
    book = load_workbook(path)
    rows = list(book.worksheets[0].iter_rows())
    head = next(row for row in rows if row[0].value == "Reference")
    places = {cell.value: cell.column - 1 for cell in head}
    first = rows[rows.index(head) + 1]
    first[places["Status"]].value = "Complete"
    first[places["Outcome"]].value = "Two arrests"
    book.save(path)
    draft = ocgdesk("plan", force, OCG, "--take-back", path, "--json").json
    taken = [one for one in draft["items"] if one["values"]]
    assert [one["values"]["status"] for one in taken] == ["complete"]
    again = ocgdesk("plan", force, OCG, "--take-back", path, "--save")
    assert again.code == 0, again.err
    assert "Saved 1 answer" in again.out
    nothing = ocgdesk("plan", force, OCG, "--take-back", path, "--save")
    assert (nothing.code, "Nothing in this sheet differs" in nothing.err) == (1, True)


def test_coverage_counts_every_action_of_a_strand(ocgdesk: Run, force: Path):
    rows = ocgdesk("coverage", force, "--json").json["items"]
    assert max(one["live"] for row in rows for one in row["strands"]) > 1
