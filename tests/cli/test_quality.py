"""Quality rules and reference lists on the command line: counted, listed, edited, used."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocgdesk.domain.reference_data import label

Run = Callable[..., Any]


def done(ran: Any) -> Any:
    assert ran.code == 0, ran.err
    return ran


def with_tier(ocgdesk: Run, force: Path, folder: Path) -> Path:
    """Return a file of the tiers with one more."""
    path = folder / "tiers.toml"
    added = '\n[[items]]\ncode = "t5"\nlabel = "Watched"\nmeaning = "x"\nrank = 5\n'
    added += "review_months = 12\nplan_review_weeks = 12\n"
    path.write_text(done(ocgdesk("lists", force, "tiers", "--toml")).out + added)
    return path


# ---- Quality ------------------------------------------------------------------------------------


def test_each_rule_is_counted(ocgdesk: Run, force: Path):
    items = done(ocgdesk("quality", force, "--json")).json["items"]
    codes = {item["code"] for item in items}
    assert {"ocg-without-lro", "link-without-source", "victim-worded-as-offender"} <= codes
    assert all(0 <= item["broken"] <= item["of"] for item in items)
    assert all(1 <= item["weight"] <= 5 and item["on"] for item in items)
    said = done(ocgdesk("quality", force)).out
    assert "Active OCG without a Lead Responsible Officer" in said
    assert "Records restricted from this user are not included." in said


def test_what_breaks_a_rule_is_listed_as_often_as_it_is_counted(ocgdesk: Run, force: Path):
    counted = {
        i["code"]: i["broken"] for i in done(ocgdesk("quality", force, "--json")).json["items"]
    }
    for code in ("ocg-without-lro", "nominal-not-categorised", "membership-without-source"):
        found = done(ocgdesk("quality", force, "--rule", code, "--json")).json
        assert len(found["items"]) == counted[code] > 0
        assert found["filters"] == {"rule": code}
        assert {"id", "ref", "kind", "label", "marking", "why"} <= set(found["items"][0])
    said = done(ocgdesk("quality", force, "--rule", "ocg-without-lro")).out
    assert f"{counted['ocg-without-lro']} break the rule" in said


def test_a_rule_that_is_not_there_is_refused_with_those_that_are(ocgdesk: Run, force: Path):
    ran = ocgdesk("quality", force, "--rule", "nothing")
    assert ran.code == 1
    assert "ocg-without-lro" in ran.err


def test_an_auditor_finds_nothing(ocgdesk: Run, force: Path):
    items = done(ocgdesk("quality", force, "--user", "auditor", "--json")).json["items"]
    assert {item["broken"] for item in items} == {0}


# ---- Lists --------------------------------------------------------------------------------------


def test_every_list_is_shown_with_its_version_and_whose_it_is(ocgdesk: Run, force: Path):
    items = done(ocgdesk("lists", force, "--json")).json["items"]
    known = {item["name"]: item for item in items}
    assert known["tiers"]["version"] == 1
    assert known["tiers"]["local_default"]
    assert known["strands"]["editing"] == "words"
    assert "local default" in done(ocgdesk("lists", force)).out


def test_a_list_is_shown_with_the_uses_of_its_values(ocgdesk: Run, force: Path):
    found = done(ocgdesk("lists", force, "Tiers", "--json")).json
    assert (found["name"], found["own"]) == ("tiers", False)
    listed = done(ocgdesk("list", force, "ocg", "--json")).json["items"]
    for item in found["items"]:
        assert item["uses"] == sum(ocg["tier"] == item["code"] for ocg in listed)
    assert "Tiers: version 1, local default" in done(ocgdesk("lists", force, "tiers")).out


def test_an_edited_list_holds_from_then_on_also_before_a_command_opens_the_file(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    path = with_tier(ocgdesk, force, tmp_path)
    saved = done(ocgdesk("lists", force, "tiers", "--edit", path, "--reason", "Agreed", "--json"))
    assert saved.json == {"name": "tiers", "version": 2}
    done(ocgdesk("ocg", "tier", force, "Tarnbrook", "Watched", "--reason", "Quiet"))
    [listed] = done(ocgdesk("list", force, "ocg", "--filter", "tier=Watched", "--json")).json[
        "items"
    ]
    assert (listed["label"], listed["tier"]) == ("Tarnbrook", "t5")
    assert "Watched" in done(ocgdesk("show", force, "Tarnbrook")).out
    assert label("tiers", "t5") == "t5"  # once a command is over, its lists are forgotten


def test_an_edit_is_undone_like_any_other(ocgdesk: Run, force: Path, tmp_path: Path):
    path = with_tier(ocgdesk, force, tmp_path)
    done(ocgdesk("lists", force, "tiers", "--edit", path))
    assert "Edit list: Tiers" in done(ocgdesk("undo", force)).out
    assert not done(ocgdesk("lists", force, "tiers", "--json")).json["own"]


def test_what_is_written_out_reads_back(ocgdesk: Run, force: Path):
    text = done(ocgdesk("lists", force, "control-strategy", "--toml")).out
    items = tomllib.loads(text)["items"]
    assert {"code", "label", "pillar", "from", "to"} == set(items[0])


def test_a_file_of_an_older_version_or_without_a_value_is_refused(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    path = with_tier(ocgdesk, force, tmp_path)
    short = tmp_path / "short.toml"
    short.write_text(path.read_text().split("[[items]]", 1)[0] + "items = []\n")
    ran = ocgdesk("lists", force, "tiers", "--edit", short)
    assert (ran.code, "at least one value" in ran.err) == (1, True)
    done(ocgdesk("lists", force, "tiers", "--edit", path))
    ran = ocgdesk("lists", force, "tiers", "--edit", path)
    assert (ran.code, "somebody saved version 2" in ran.err) == (1, True)


def test_only_an_administrator_edits_a_list(ocgdesk: Run, force: Path, tmp_path: Path):
    path = with_tier(ocgdesk, force, tmp_path)
    ran = ocgdesk("lists", force, "tiers", "--edit", path, "--user", "lro")
    assert (ran.code, "administrator" in ran.err) == (1, True)


@pytest.mark.parametrize("more", [["--toml"], ["tiers", "--toml", "--edit", "x.toml"]])
def test_wrong_usage_is_told_as_such(ocgdesk: Run, force: Path, more: list[str]):
    assert ocgdesk("lists", force, *more).code == 2


def test_a_list_that_is_not_there_is_refused(ocgdesk: Run, force: Path):
    ran = ocgdesk("lists", force, "nothing")
    assert (ran.code, "There is no list" in ran.err) == (1, True)
