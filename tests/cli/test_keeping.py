"""Answers about networks on the command line: kept, shown again, asked of another moment."""

import pytest

KEPT = {
    "analyse": (["--scope", "ocg:Tarnbrook", "--no-bands"], "measures", "Tarnbrook"),
    "groups": (["--scope", "ocg:Tarnbrook"], "groups", "Tarnbrook"),
    "whatif": (["--scope", "ocg:Tarnbrook", "--best", "1"], "what-if", "Tarnbrook"),
    "change": (["--scope", "ocg:Tarnbrook", "--every", "year"], "change", "Tarnbrook"),
    "shared": ([], "shared", None),
}


@pytest.mark.parametrize("command", list(KEPT))
def test_an_answer_is_kept_listed_and_shown(ocgdesk, force, command):
    options, task, owner = KEPT[command]
    assert ocgdesk(command, force, *options, "--keep", "My answer").code == 0
    listed = ocgdesk("list", force, "result", "--json").json["items"]
    assert [(item["label"], item["task"]) for item in listed] == [("My answer", task)]
    assert (listed[0].get("owner") is not None) is (owner is not None)
    told = ocgdesk("show", force, "My answer", "--json").json
    assert told["holds"] is True
    assert told["rows"]
    assert len(told["head"]) == 64
    words = ocgdesk("show", force, "My answer").out
    assert "Nothing it was computed on has changed since." in words
    assert "Records restricted from this user are not included." in words


def test_alerts_name_owners_and_what_joined_them(ocgdesk, force):
    told = ocgdesk("shared", force, "--alerts", "--json").json
    assert told["items"]
    first = told["items"][0]
    assert (first["one"]["lro"], first["one"]["agency"]) != (
        first["two"]["lro"],
        first["two"]["agency"],
    )
    assert first["through"]
    assert ocgdesk("shared", force, "--alerts", "--since", "2099-01-01").code in {0, 1}


@pytest.mark.parametrize(
    "command",
    [
        ("analyse", "--scope", "ocg:Tarnbrook", "--no-bands"),
        ("groups", "--scope", "ocg:Tarnbrook"),
        ("whatif", "--scope", "ocg:Tarnbrook", "--best", "1"),
        ("shared",),
    ],
)
def test_a_question_of_a_moment_says_which(ocgdesk, force, command):
    name, *options = command
    told = ocgdesk(name, force, *options, "--as-at", "2099-01-01T00:00", "--json")
    assert told.code == 0, told.err
    assert told.json["as_at"] == "2099-01-01T00:00:00+00:00"
    before = ocgdesk(name, force, *options, "--as-at", "1990-01-01", "--json")
    assert before.code == 1 or before.json["items"] == []


def test_likeness_is_not_told_of_another_moment(ocgdesk, force):
    ran = ocgdesk("shared", force, "--similar", "Tarnbrook", "--as-at", "2026-01-01")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
