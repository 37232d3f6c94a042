"""The guide on the command line: listed, printed, written; no workspace is needed."""

import json
from pathlib import Path

import pytest

from ocgdesk.cli import main


def test_the_chapters_are_listed_in_their_order(capsys: pytest.CaptureFixture[str]):
    assert main(["guide", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["chapter"] for one in listed][:2] == ["guide", "first-hour"]
    assert main(["guide"]) == 0
    assert "The LRO's ten minutes" in capsys.readouterr().out


def test_a_chapter_is_printed_as_it_was_written(capsys: pytest.CaptureFixture[str]):
    assert main(["guide", "chart"]) == 0
    assert capsys.readouterr().out.startswith("# The link chart\n")
    assert main(["guide", "chart", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "The link chart"


def test_the_whole_guide_is_written_in_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "guide.html"
    assert main(["guide", "-o", str(out)]) == 0
    assert "Wrote guide.html" in capsys.readouterr().out
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["guide", "-o", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(out)}


def test_another_format_is_refused_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["guide", "-o", str(tmp_path / "guide.odt")]) == 1
    assert "written as .html, .md, .docx, .pdf" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_one_chapter_is_not_written_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["guide", "chart", "-o", str(tmp_path / "x.html")]) == 2
    assert "leave out the CHAPTER" in capsys.readouterr().err


def test_a_chapter_that_is_not_there_is_answered_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["guide", "weather"]) == 1
    assert "it has guide, first-hour" in capsys.readouterr().err
