"""Search and watch list on the command line: what is found, why, and what speaks up."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

Run = Callable[..., object]
SOON = (date.today() + timedelta(days=28)).isoformat()  # noqa: DTZ011 - the user's calendar


@pytest.mark.parametrize(
    ("text", "label", "reason"),
    [
        ("penhallow kyle", "Kyle Penhallow", "name"),
        ("Kyle Penhalow", "Kyle Penhallow", "one-letter-differs"),
        ("Kyl Benalu", "Kyle Penhallow", "sounds-like"),
    ],
)
def test_each_item_says_why_it_was_found(ocgdesk: Run, force: Path, text, label, reason):
    items = ocgdesk("search", force, text, "--kind", "nominal", "--json").json["items"]
    assert (items[0]["label"], items[0]["reason"]) == (label, reason)
    assert items[0]["matched"] == label
    assert items[0]["marks"]
    assert {"id", "ref", "kind", "marking", "why"} <= items[0].keys()


def test_part_of_a_number_is_marked_where_it_stands(ocgdesk: Run, force: Path):
    phones = ocgdesk("list", force, "phone", "--json", "--limit", "1").json["items"]
    number = phones[0]["label"]
    items = ocgdesk("search", force, f"{number[:2]}*{number[-4:]}", "--json").json["items"]
    mine = next(item for item in items if item["label"] == number)
    assert mine["reason"] == "number-contains"
    (start, end), *_more = mine["marks"]
    assert number[start:end].startswith(number[:2])


def test_a_watch_speaks_up_after_an_edit_and_is_listed_and_removed(ocgdesk: Run, force: Path):
    assert "Your watches have heard nothing" in ocgdesk("watch", force).out
    said = ocgdesk("watch", force, "Zebedee Quince", "--reason", "Op Kestrel", "--expires", SOON)
    assert said.code == 0
    assert "Watching for Zebedee Quince" in said.out
    assert ocgdesk("add", force, "nominal", "name=Zebidee Quince").code == 0
    (heard,) = ocgdesk("watch", force, "--json").json["items"]
    assert (heard["label"], heard["text"]) == ("Zebidee Quince", "Zebedee Quince")
    assert heard["is_new"] is True
    assert ocgdesk("watch", force, "--json").json["items"][0]["is_new"] is False
    (kept,) = ocgdesk("watch", force, "--list", "--json").json["items"]
    assert (kept["is_set"], kept["times"], kept["reason"]) == (True, 1, "Op Kestrel")
    assert "Op Kestrel" in ocgdesk("watch", force, "--list").out
    assert ocgdesk("watch", force, "--remove", "1").code == 0
    assert ocgdesk("watch", force, "--list", "--json").json["items"] == []


def test_a_search_can_be_saved_without_speaking_up(ocgdesk: Run, force: Path):
    assert "Saved" in ocgdesk("watch", force, "Quince", "--kind", "nominal", "--exact").out
    (kept,) = ocgdesk("watch", force, "--list", "--json").json["items"]
    assert (kept["is_set"], kept["kinds"], kept["nearly"]) == (False, ["nominal"], False)


def test_another_user_sees_nothing_of_a_watch(ocgdesk: Run, force: Path):
    ocgdesk("watch", force, "Zebedee Quince", "--reason", "Op Kestrel", "--expires", SOON)
    for command in (("watch", force, "--list"), ("watch", force), ("list", force, "watch")):
        ran = ocgdesk(*command, "--user", "lro")
        assert ran.code == 0
        assert "Quince" not in ran.out


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        (("ab",), "at least 3 letters", 1),
        (("Quince", "--reason", "x"), "needs a day", 1),
        (("Quince", "--expires", "2020-01-01", "--reason", "x"), "ended already", 1),
        (("--remove", "7"), "no saved search 7", 1),
        (("Quince", "--list"), "do not go together", 2),
    ],
)
def test_a_watch_that_cannot_be_is_refused_in_a_sentence(
    ocgdesk: Run, force: Path, options, said, code
):
    ran = ocgdesk("watch", force, *options)
    assert (ran.code, said in ran.err) == (code, True)
