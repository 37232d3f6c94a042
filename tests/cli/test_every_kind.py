"""Every kind of record is listed, shown, searched for and exported as JSON, now and as it was."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ocgdesk.casework.lists import LISTED
from ocgdesk.cli.asking import KINDS
from ocgdesk.domain import valid_time
from ocgdesk.domain.kinds import LINKS, Kind

Run = Callable[..., Any]
ALWAYS = {"id", "ref", "kind", "label", "marking"}
OF_A_LINK = {"source", "target", "type", "directed", "weight", "strength"}
SEVERAL = 2
FEW = ("--limit", SEVERAL)
UNLISTED = frozenset({Kind.RISK_FACTOR})
"""Prompts on a record: in no list."""


@pytest.fixture(scope="module")
def everything(force_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample for all of these tests: they only read it."""
    path = tmp_path_factory.mktemp("every") / "w.ocgdesk"
    for end in ("", ".keys"):
        shutil.copyfile(f"{force_once}{end}", f"{path}{end}")
    return path


def done(ran: Any) -> Any:
    assert ran.code == 0, ran.err
    return ran.json


def listed(ocgdesk: Run, path: Path, kind: str, *more: str) -> Any:
    return done(ocgdesk("list", path, kind, "--json", *FEW, *more))


def test_the_command_line_knows_every_kind_there_is():
    assert set(KINDS) == {kind.value for kind in LISTED}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if Kind(kind) not in UNLISTED])
def test_a_kind_is_listed_shown_searched_and_exported(
    ocgdesk: Run, everything: Path, tmp_path: Path, kind: str
):
    answer = listed(ocgdesk, everything, kind)
    assert set(answer) == {"items", "as_at", "filters", "withheld"}
    wanted = ALWAYS | (OF_A_LINK if Kind(kind) in LINKS else set())
    for item in answer["items"]:
        assert wanted <= item.keys()
        assert item["kind"] == kind
        shown = done(ocgdesk("show", everything, item["id"], "--json"))
        assert {name: shown[name] for name in item} == item
        assert {"as_at", "on", "filters", "withheld"} <= shown.keys()
    looked_for = next((i["ref"] for i in answer["items"] if i["ref"]), "Lockwick")
    found = done(ocgdesk("search", everything, looked_for, "--kind", kind, "--json"))
    assert found["filters"] == {"text": looked_for, "kinds": [kind]}
    assert {item["ref"] for item in found["items"]} >= {looked_for} & {
        item["ref"] for item in answer["items"]
    }
    out = tmp_path / "out.json"
    written = done(ocgdesk("export", everything, kind, "-o", out, *FEW, "--json"))
    assert (written["rows"], written["as_at"]) == (len(answer["items"]), None)
    items = json.loads(out.read_text(encoding="utf-8"))["items"]
    assert [item["id"] for item in items] == [item["id"] for item in answer["items"]]
    assert ocgdesk("export", everything, kind, "-o", tmp_path / "out.xlsx", *FEW).code == 0


@pytest.mark.parametrize("kind", sorted(kind.value for kind in UNLISTED))
def test_what_is_in_no_list_is_refused_in_a_sentence(
    ocgdesk: Run, everything: Path, tmp_path: Path, kind: str
):
    for command in (("list",), ("export", "-o", tmp_path / "out.csv")):
        ran = ocgdesk(command[0], everything, kind, *command[1:])
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if Kind(kind) not in UNLISTED])
def test_a_kind_is_listed_shown_and_exported_as_recorded_then_and_on_a_day(
    ocgdesk: Run, everything: Path, tmp_path: Path, kind: str
):
    now, moment = listed(ocgdesk, everything, kind), datetime.now(UTC).isoformat()
    then = listed(ocgdesk, everything, kind, "--as-at", moment)
    assert then["as_at"] == moment
    assert then["items"] == now["items"]
    for item in now["items"][:1]:
        shown = done(ocgdesk("show", everything, item["id"], "--as-at", moment, "--json"))
        assert shown["as_at"] == moment
        assert {name: shown[name] for name in item} == item
    before = listed(ocgdesk, everything, kind, "--as-at", "2001-01-01")
    assert (before["items"], before["as_at"][:10]) == ([], "2001-01-01")
    out = tmp_path / "out.csv"
    asked = ("export", everything, kind, "-o", out, "--as-at", moment, "--json", *FEW)
    assert done(ocgdesk(*asked))["as_at"] == moment
    assert moment in out.read_text(encoding="utf-8-sig").splitlines()[0]
    on = ocgdesk("list", everything, kind, "--on", "2026-11-18", "--json")
    if valid_time.is_dated(Kind(kind)):
        assert done(on)["filters"] == {"on": "2026-11-18"}
    else:
        assert (on.code, "hold on a day" in on.err) == (1, True)


def test_a_search_of_another_time_says_what_to_use_instead(ocgdesk: Run, everything: Path):
    for option in ("--as-at", "--on"):
        ran = ocgdesk("search", everything, "Lockwick", option, "2026-11-18")
        assert (ran.code, ran.out) == (1, "")
        assert option in ran.err
        assert "--text" in ran.err
    asked = ("list", everything, "ocg", "--text", "Lockwick", "--json")
    now = done(ocgdesk(*asked))["items"]
    assert done(ocgdesk(*asked, "--as-at", datetime.now(UTC).isoformat()))["items"] == now != []


def test_a_link_is_shown_with_its_ends_as_it_was_and_on_a_day(ocgdesk: Run, force: Path):
    ids = [
        done(ocgdesk("add", force, "nominal", f"name={name}", "--json"))["id"]
        for name in ("Idris Fenn", "Bet Dunmoor")
    ]
    tie = done(ocgdesk("link", force, *ids, "start=2024", "end=2025", "--json"))
    shown = done(ocgdesk("show", force, tie["id"], "--json"))
    assert [shown["ends"][end]["id"] for end in ("source", "target")] == ids
    moment = datetime.now(UTC).isoformat()
    assert "Idris Fenn" in ocgdesk("show", force, tie["id"]).out
    held = done(ocgdesk("show", force, tie["id"], "--on", "2024-06-01", "--json"))
    assert (held["id"], held["filters"]) == (tie["id"], {"on": "2024-06-01"})
    assert "did not hold" in ocgdesk("show", force, tie["id"], "--on", "2026-06-01").err
    assert ocgdesk("remove", force, ids[0], "--reason", "A mistake").code == 0
    gone = ocgdesk("show", force, tie["id"])
    assert (gone.code, gone.err.count("\n")) == (1, 1)
    then = done(ocgdesk("show", force, tie["id"], "--as-at", moment, "--json"))
    assert (then["ends"], then["as_at"]) == (shown["ends"], moment)
    early = ocgdesk("show", force, tie["id"], "--as-at", "2001-01-01")
    assert "not recorded then" in early.err
