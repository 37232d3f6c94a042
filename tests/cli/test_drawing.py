"""Drawing on a saved chart from the command line: notes, sketches, lines; exported and promoted."""

import re

import pytest


@pytest.fixture
def run(ocgdesk, force):
    """Run a command on the sample; a group's file stands after its second word."""

    def act(*words: str):
        names = 2 if words[0] == "draw" else 1
        return ocgdesk(*words[:names], force, *words[names:])

    return act


@pytest.fixture
def kept(run):
    """The saved chart of one OCG of the sample."""
    assert run("chart", "--focus", "Lockwick", "--title", "By hand", "--save").code == 0
    return "By hand"


def test_what_is_drawn_is_on_every_export_and_in_no_measure(run, kept, tmp_path) -> None:
    before = run("analyse", "--json").json["items"]
    words = "Ask the prison"
    assert run("draw", "note", kept, words, "--about", "Lockwick", "--tone", "due").code == 0
    assert run("draw", "sketch", kept, "nominal", "Unknown supplier").code == 0
    drawn = run("draw", "line", kept, "Unknown supplier", "Lockwick", "--words", "sells to?")
    assert drawn.code == 0
    out = tmp_path / "chart.svg"
    assert run("chart", "--saved", kept, "-o", str(out), "--reason", "Briefing").code == 0
    said = set(re.findall(r'aria-label="([^"]+)"', out.read_text()))
    assert {words, "Unknown supplier", "not in the register", "sells to?"} <= said
    assert "Sketched, not in the register" in said
    assert run("analyse", "--json").json["items"] == before


def test_new_kinds_are_listed_and_shown(run, kept) -> None:
    made = run("draw", "sketch", kept, "location", "Stash house", "--at", "40,-20", "--json").json
    (row,) = run("list", "sketch-item", "--json").json["items"]
    assert row["name"] == "Stash house"
    assert run("show", made["id"]).code == 0
    run("draw", "note", kept, "Look here", "--at", "10,10")
    (row,) = run("list", "annotation", "--json").json["items"]
    assert row["text"] == "Look here"
    run("draw", "line", kept, "Stash house", "Lockwick")
    assert len(run("list", "sketch-tie", "--json").json["items"]) == 1


def test_a_sketch_becomes_a_record_and_undo_takes_it_back(run, kept) -> None:
    run("draw", "sketch", kept, "nominal", "Unknown supplier")
    made = run("draw", "promote", kept, "Unknown supplier", "born=1990", "--json")
    assert made.code == 0
    assert made.json["kind"] == "nominal"
    assert run("list", "sketch-item", "--json").json["items"] == []
    assert run("undo").code == 0
    assert len(run("list", "sketch-item", "--json").json["items"]) == 1


def test_what_is_taken_off_is_named_by_its_words(run, kept) -> None:
    run("draw", "note", kept, "Look here")
    run("draw", "sketch", kept, "vehicle", "White van")
    assert run("draw", "clear", kept, "Look here", "White van").code == 0
    assert run("list", "annotation", "--json").json["items"] == []
    assert run("list", "sketch-item", "--json").json["items"] == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("note", "Nowhere", "x"), "Nowhere"),
        (("note", "By hand", "x", "--about", "Nobody at all"), "Nobody at all"),
        (("note", "By hand", "x", "--at", "here"), "X,Y"),
        (("note", "By hand", "x", "--tone", "loud"), "loud"),
        (("line", "By hand", "Lockwick", "Lockwick"), "two different"),
        (("clear", "By hand", "Nobody at all"), "Nobody at all"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(run, kept, words, why) -> None:
    done = run("draw", *words)
    assert done.code == 1
    assert why in done.err
    assert "Traceback" not in done.err


def test_marks_are_not_added_without_a_chart(run) -> None:
    assert run("add", "annotation", "text=x").code == 2
