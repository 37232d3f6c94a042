"""Kept charts on the command line: versions, freezing, slides, sheets, a damaged one."""

from pathlib import Path

import pptx
import pytest

from ocgdesk.casework import access, samples


@pytest.fixture
def kept(ocgdesk, force: Path) -> str:
    """A saved chart round one OCG of the sample; returns its title."""
    ocgdesk("chart", force, "Tarnbrook", "--save", "--title", "For the TTCG")
    return "For the TTCG"


def test_a_version_is_kept_listed_and_drawn(ocgdesk, force, kept, tmp_path: Path) -> None:
    made = ocgdesk("versions", force, kept, "--keep", "November", "--note", "Sent", "--json").json
    (one,) = made["versions"]
    assert (one["number"], one["title"], one["note"]) == (1, "November", "Sent")
    out = tmp_path / "v.svg"
    ocgdesk("edit", force, "Tarnbrook", "name=Tarnbrook Lane")
    found = ocgdesk("chart", force, "--saved", kept, "--version", 1, "-o", out, "--json").json
    assert found["filters"][0].startswith("version 1, November, as at")
    words = out.read_text(encoding="utf-8")
    assert "version 1, November" in words
    assert "Tarnbrook Lane" not in words
    assert "November" in ocgdesk("list", force, "chart-version").out


def test_what_changed_since_a_version_is_drawn_and_listed(ocgdesk, force, kept) -> None:
    ocgdesk("versions", force, kept, "--keep", "November")
    ocgdesk("edit", force, "Tarnbrook", "name=Tarnbrook Lane")
    found = ocgdesk("chart", force, "--saved", kept, "--against", 1, "--json").json
    assert [(c["change"], c["what"]) for c in found["changes"]] == [("changed", "Tarnbrook Lane")]
    assert "compared with now" in found["filters"]


def test_a_frozen_chart_says_so_and_follows_again(ocgdesk, force, kept, tmp_path: Path) -> None:
    assert ocgdesk("versions", force, kept, "--freeze", "--json").json["frozen"]
    ocgdesk("edit", force, "Tarnbrook", "name=Tarnbrook Lane")
    out = tmp_path / "f.svg"
    ocgdesk("chart", force, "--saved", kept, "-o", out)
    assert "as recorded on" in out.read_text(encoding="utf-8")
    assert "Tarnbrook Lane" not in out.read_text(encoding="utf-8")
    told = ocgdesk("draw", "sketch", force, kept, "nominal", "Guess")
    assert told.code == 1
    assert "takes notes only" in told.err
    assert ocgdesk("versions", force, kept, "--thaw", "--json").json["frozen"] is None


def test_a_new_chart_may_be_kept_frozen(ocgdesk, force) -> None:
    ocgdesk("chart", force, "Tarnbrook", "--save", "--freeze", "--title", "Frozen from the start")
    assert ocgdesk("versions", force, "Frozen from the start", "--json").json["frozen"]


def test_a_saved_chart_is_saved_once_more_under_another_title(ocgdesk, force, kept) -> None:
    ran = ocgdesk("chart", force, "--saved", kept, "--save", "--title", "Mine", "--freeze")
    assert ran.code == 0, ran.err
    assert ocgdesk("versions", force, "Mine", "--json").json["frozen"]
    assert ocgdesk("versions", force, kept, "--json").json["frozen"] is None
    refused = ocgdesk("chart", force, "--saved", kept, "--save")
    assert (refused.code, "under its --title" in refused.err) == (2, True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--version", 1), "--version and --against are of a --saved chart"),
        (("--freeze",), "--freeze goes with --save"),
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    ocgdesk, force, tmp_path, more, said
) -> None:
    told = ocgdesk("chart", force, "Tarnbrook", "-o", tmp_path / "x.png", *more)
    assert told.code == 2
    assert said in told.err


def test_a_version_that_is_not_there_is_one_sentence(ocgdesk, force, kept, tmp_path) -> None:
    out = tmp_path / "x.png"
    told = ocgdesk("chart", force, "--saved", kept, "--version", 9, "-o", out)
    assert told.code == 1
    assert "This chart has no version 9" in told.err
    assert not out.exists()


def test_slides_have_native_shapes_and_their_sources_in_the_notes(
    ocgdesk, force, tmp_path: Path
) -> None:
    out = tmp_path / "t.pptx"
    ocgdesk("chart", force, "Tarnbrook", "-o", out, "--recipient", "TTCG", "--reason", "November")
    (slide,) = pptx.Presentation(str(out)).slides
    assert slide.shapes.title.text_frame.text == "Tarnbrook"
    assert "Tarnbrook" in {shape.name for shape in slide.shapes}
    notes = slide.notes_slide.notes_text_frame.text
    assert "Sources: " in notes
    assert "REP-" in notes


def test_a_large_sheet_is_cut_for_a_small_printer(ocgdesk, force, tmp_path: Path) -> None:
    out = tmp_path / "t.pdf"
    ocgdesk("chart", force, "Tarnbrook", "-o", out, "--size", "a3", "--tiles", "a4")
    assert out.read_bytes().startswith(b"%PDF")
    told = ocgdesk("chart", force, "Tarnbrook", "-o", tmp_path / "t.png", "--tiles", "a4")
    assert told.code == 1
    assert "Only a PDF is cut into several sheets" in told.err


def test_a_damaged_chart_leaves_lists_and_other_charts_unharmed(
    ocgdesk, force, kept, tmp_path: Path
) -> None:
    workspace = access.unlock(force, "analyst", samples.PASSPHRASE)
    with workspace.connection() as connection:
        raw = connection.connection.driver_connection
        raw.execute(
            "UPDATE chart SET frozen = 'not a day' WHERE no ="
            " (SELECT no FROM entity WHERE kind = 'chart' AND label = ?)",
            (kept,),
        )
        raw.commit()
    workspace.close()
    told = ocgdesk("chart", force, "--saved", kept, "-o", tmp_path / "d.svg").out
    assert "This saved chart is damaged" in told
    assert "Tarnbrook" in (tmp_path / "d.svg").read_text(encoding="utf-8")
    others = ocgdesk("list", force, "chart").out
    assert "Contacts of" in others
    ocgdesk("chart", force, "--saved", "Tarnbrook: members and lines", "-o", tmp_path / "o.svg")
    assert ocgdesk("list", force, "ocg", "--limit", 3).out
