"""Overviews, comparisons, folded OCGs and the matrix from the command line."""

import csv

import pytest


def test_an_overview_is_drawn_and_says_what_each_line_is_made_of(ocgdesk, force, tmp_path) -> None:
    out = tmp_path / "oo.svg"
    ran = ocgdesk("chart", force, "--overview", "ocg-ocg", "-o", out, "--reason", "Board", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["title"] == "OCG to OCG"
    assert {item["kind"] for item in ran.json["items"]} == {"ocg"}
    worked_out = [link for link in ran.json["links"] if "beneath" in link]
    assert worked_out
    assert all(len(link["beneath"]) == link["count"] for link in worked_out)
    assert "OCG to OCG" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "what", ["ocg-line", "ocg-commodity", "handle-handle", "nominal-phone-nominal"]
)
def test_every_overview_can_be_drawn(ocgdesk, force, tmp_path, what: str) -> None:
    out = tmp_path / "o.svg"
    ran = ocgdesk("chart", force, "--overview", what, "-o", out, "--reason", "Board")
    assert ran.code == 0, ran.err
    assert out.exists()


def test_two_days_are_compared_and_the_changes_listed(ocgdesk, force) -> None:
    ran = ocgdesk(
        *("chart", force, "--focus", "Tarnbrook"),
        *("--compare", "2026-11-01", "2026-11-21", "--json"),
    )
    assert ran.code == 0, ran.err
    assert {one["change"] for one in ran.json["changes"]} == {"added"}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--compare", "2026-11-21", "2026-11-01"), "an earlier date with a later"),
        (("--compare", "2026-11-01", "2026-11-21", "--as-at", "2026-11-20"), "--as-at cannot go"),
    ],
)
def test_days_that_make_no_sense_are_refused(ocgdesk, force, more, sentence: str) -> None:
    ran = ocgdesk("chart", force, "--focus", "Tarnbrook", *more)
    assert ran.code == 1
    assert sentence in ran.err


def test_an_unknown_overview_is_refused_in_a_sentence(ocgdesk, force, tmp_path) -> None:
    ran = ocgdesk("chart", force, "--overview", "ocg-horse", "-o", tmp_path / "x.png")
    assert ran.code == 1
    assert "There is no overview “ocg-horse”" in ran.err


def test_an_ocg_is_drawn_as_one_item_and_kept_so(ocgdesk, force, tmp_path) -> None:
    out = tmp_path / "c.svg"
    whole = ocgdesk(
        "chart", force, "--focus", "Tarnbrook", "-o", out, "--reason", "Board", "--json"
    ).json
    folded = ocgdesk(
        *("chart", force, "--focus", "Tarnbrook", "--collapse", "Tarnbrook", "--layout", "ocg"),
        *("--title", "Folded", "--save", "-o", out, "--reason", "Board", "--json"),
    )
    assert folded.code == 0, folded.err
    assert len(folded.json["items"]) < len(whole["items"])
    assert "members" in out.read_text(encoding="utf-8")
    kept = ocgdesk("chart", force, "--saved", "Folded", "-o", out, "--reason", "Board", "--json")
    assert kept.code == 0, kept.err
    assert len(kept.json["items"]) == len(folded.json["items"])


def test_what_has_no_box_cannot_be_folded(ocgdesk, force, tmp_path) -> None:
    ran = ocgdesk(
        *("chart", force, "--focus", "Tarnbrook", "--collapse", "Penrhos"),
        *("-o", tmp_path / "x.png"),
    )
    assert ran.code == 1
    assert "has no box on this chart" in ran.err


def test_a_kept_overview_is_opened_as_one(ocgdesk, force, tmp_path) -> None:
    made = ocgdesk("chart", force, "--overview", "ocg-ocg", "--title", "Region", "--save")
    assert made.code == 0, made.err
    out = tmp_path / "kept.svg"
    kept = ocgdesk("chart", force, "--saved", "Region", "-o", out, "--reason", "Board", "--json")
    assert kept.code == 0, kept.err
    assert any("beneath" in link for link in kept.json["links"])


def test_the_matrix_is_printed_and_written(ocgdesk, force, tmp_path) -> None:
    ran = ocgdesk("matrix", force, "--json")
    assert ran.code == 0, ran.err
    assert ran.json["cells"]
    out = tmp_path / "m.csv"
    assert ocgdesk("matrix", force, "-o", out, "--reason", "Board").code == 0
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    names = {item["label"] for item in ran.json["items"]}
    assert any(names <= set(row) for row in rows)
    words = ocgdesk("matrix", force, "--kind", "handle")
    assert words.code == 0
    assert "handle" in words.out
