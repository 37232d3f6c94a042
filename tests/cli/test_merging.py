"""Duplicates, merges and verdicts on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def done(ran: Any) -> Any:
    assert ran.code == 0, ran.err
    return ran


@pytest.fixture
def two(ocgdesk: Run, force: Path) -> tuple[str, str]:
    """Refs of one person recorded twice; the second is in an OCG."""
    one, other = (
        done(ocgdesk("add", force, "nominal", f"name={name}", "born=14/2/1991", "--json")).json[
            "ref"
        ]
        for name in ("Meirion ap Tudur", "Tudur Meirion")
    )
    done(ocgdesk("link", force, other, "Tarnbrook", "role=courier"))
    return one, other


def test_a_pair_is_listed_with_reasons(ocgdesk: Run, force: Path, two):
    items = done(ocgdesk("duplicates", force, "--json")).json["items"]
    (pair,) = [one for one in items if {one["ref"], one["other"]["ref"]} == set(two)]
    assert pair["probability"] > 0.9
    assert {"born-same", "name-same"} <= {item["code"] for item in pair["evidence"]}
    assert "the same date of birth" in done(ocgdesk("duplicates", force)).out
    assert done(ocgdesk("duplicates", force, "--kind", "phone", "--json")).json["items"] == []


def test_merge_and_unmerge_there_and_back(ocgdesk: Run, force: Path, two):
    one, other = two
    ran = done(ocgdesk("merge", force, one, other, "--choose", "name=absorbed", "--json"))
    assert (ran.json["ref"], ran.json["label"]) == (one, "Tudur Meirion")
    assert len(done(ocgdesk("show", force, other, "--json")).json["links"]) == 1
    (held,) = done(ocgdesk("unmerge", force, one, "--list", "--json")).json["items"]
    assert (held["ref"], held["since"]) == (other, [])
    assert other in done(ocgdesk("unmerge", force, one, "--list")).out
    back = done(ocgdesk("unmerge", force, one, "--from", other, "--json"))
    assert (back.json["ref"], back.json["label"]) == (other, "Tudur Meirion")
    assert done(ocgdesk("show", force, one, "--json")).json["links"] == []
    assert done(ocgdesk("show", force, one, "--json")).json["label"] == "Meirion ap Tudur"
    again = ocgdesk("unmerge", force, one)
    assert (again.code, again.out) == (1, "")


def test_verdicts_are_kept_and_withdrawn(ocgdesk: Run, force: Path, two):
    one, other = two
    done(ocgdesk("pair", force, one, other, "--maybe"))
    done(ocgdesk("pair", force, one, other, "--never", "--reason", "Twins"))
    refused = ocgdesk("merge", force, one, other)
    assert refused.code == 1
    assert "never the same" in refused.err
    done(ocgdesk("pair", force, one, other, "--withdraw"))
    done(ocgdesk("merge", force, one, other))


def test_wrong_usage_is_told(ocgdesk: Run, force: Path, two):
    one, other = two
    assert ocgdesk("pair", force, one, other).code == 2
    assert ocgdesk("pair", force, one, other, "--shared").code == 2
    assert ocgdesk("merge", force, one, other, "--choose", "name").code == 2
    assert ocgdesk("merge", force, one, other, "--choose", "name=neither").code == 1
    assert ocgdesk("merge", force, one, other, "--choose", "shoe=kept").code == 1
    assert ocgdesk("merge", force, one, "Tarnbrook").code == 1
    assert ocgdesk("unmerge", force, one, "--also", "x").code == 2
