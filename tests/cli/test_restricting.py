"""Restricted records on the command line: closed, opened, asked for, told of; and the rules."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def done(ran: Any) -> Any:
    assert ran.code == 0, ran.err
    return ran


def refused(ran: Any, words: str) -> None:
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


@pytest.fixture
def secret(ocgdesk: Run, force: Path) -> str:
    """The reference of a nominal that only the analyst knows of."""
    made = done(ocgdesk("add", force, "nominal", "name=Idris Quarrel", "--json")).json
    done(ocgdesk("link", force, made["id"], "Tarnbrook", "role=courier"))
    done(ocgdesk("restrict", force, made["ref"], "--reason", "Source at risk"))
    return str(made["ref"])


def test_others_find_no_trace_in_any_command(
    ocgdesk: Run, force: Path, secret: str, tmp_path: Path
):
    as_reader = ("--user", "reader")
    never = done(ocgdesk("show", force, "Tarnbrook", "--json", *as_reader)).out
    assert "Quarrel" not in never
    assert secret not in never
    listed = done(ocgdesk("list", force, "nominal", "--json", *as_reader)).out
    assert "Quarrel" not in listed
    found = done(ocgdesk("search", force, "Idris Quarrel", "--json", *as_reader)).json["items"]
    assert secret not in [item["ref"] for item in found]
    unknown = ocgdesk("show", force, "WMPA1-NOM-2026-9999", *as_reader)
    hidden = ocgdesk("show", force, secret, *as_reader)
    assert hidden.err.replace(secret, "R") == unknown.err.replace("WMPA1-NOM-2026-9999", "R")
    out = tmp_path / "n.csv"
    done(ocgdesk("export", force, "nominal", "-o", out, "--user", "lro"))
    assert "Quarrel" not in out.read_text(encoding="utf-8-sig")
    assert done(ocgdesk("bin", force, "--json", *as_reader)).json["items"] == []
    assert done(ocgdesk("restricted", force, "--json", *as_reader)).json["items"] == []


def test_those_inside_say_why_and_see_who_else_is(ocgdesk: Run, force: Path, secret: str):
    for command in ("show", "history"):
        refused(ocgdesk(command, force, secret), "--reason")
        assert "Quarrel" in done(ocgdesk(command, force, secret, "--reason", "Op Fell")).out
    (item,) = done(ocgdesk("restricted", force, "--json")).json["items"]
    assert (item["ref"], item["users"], item["reason"]) == (
        secret, ["analyst"], "Source at risk",
    )  # fmt: skip
    ran = done(ocgdesk("restrict", force, secret, "--to", "lro", "--reason", "Lead", "--json"))
    assert sorted(ran.json["users"]) == ["analyst", "lro"]
    assert done(ocgdesk("show", force, secret, "--reason", "Lead", "--user", "lro")).code == 0
    done(ocgdesk("restrict", force, secret, "--open", "--reason", "Over"))
    assert "Quarrel" in done(ocgdesk("show", force, secret, "--user", "reader")).out


def test_a_chart_round_it_and_its_export_say_why_too(
    ocgdesk: Run, force: Path, secret: str, tmp_path: Path
):
    out = tmp_path / "n.csv"
    refused(ocgdesk("export", force, "nominal", "-o", out), "restricted")
    assert not out.exists()
    done(ocgdesk("export", force, "nominal", "-o", out, "--reason", "Op Fell"))
    assert "Quarrel" in out.read_text(encoding="utf-8-sig")
    chart = ("chart", force, secret, "-o", tmp_path / "c.svg")
    refused(ocgdesk(*chart), "--reason")
    done(ocgdesk(*chart, "--reason", "Op Fell"))


def test_a_record_can_be_closed_from_its_beginning_and_leaves_no_gap(ocgdesk: Run, force: Path):
    add = ("add", force, "nominal", "--json")
    first = done(ocgdesk(*add, "name=One")).json["ref"]
    refused(ocgdesk(*add, "name=Two", "--restricted"), "Say why")
    assert ocgdesk(*add, "name=Two", "--to", "lro").code == 2
    two = done(ocgdesk(*add, "name=Two", "--restricted", "--to", "lro", "--reason", "Source")).json
    third = done(ocgdesk(*add, "name=Three")).json["ref"]
    assert int(third[-4:]) == int(first[-4:]) + 1
    assert two["restricted"]
    shown = ("show", force, two["ref"], "--reason", "Need", "--user")
    assert [ocgdesk(*shown, name).code for name in ("lro", "reader")] == [0, 1]


def test_break_glass_opens_it_for_a_while_and_tells(ocgdesk: Run, force: Path, secret: str):
    asked = ("break-glass", force, secret, "--user", "lro")
    refused(ocgdesk(*asked), "Say why")
    refused(ocgdesk("break-glass", force, secret, "--reason", "R", "--user", "reader"), "roles")
    lent = done(ocgdesk(*asked, "--reason", "Threat to life", "--json")).json
    assert (lent["ref"], lent["label"]) == (secret, "Idris Quarrel")
    shown = ocgdesk("show", force, secret, "--user", "lro", "--reason", "Threat to life")
    assert "Quarrel" in done(shown).out
    edit = ocgdesk("edit", force, secret, "name=Other", "--user", "lro")
    assert edit.code == 1
    told = done(ocgdesk("restricted", force, "--alerts", "--json")).json["items"]
    assert [(a["refs"], a["reason"], a["new"]) for a in told] == [
        ([secret], "Threat to life", True)
    ]
    again = done(ocgdesk("restricted", force, "--alerts")).out
    assert "by break-glass: Threat to life" in again
    assert "(new)" not in again
    audit = ("audit", force, "--user", "auditor", "--act", "access", "--json")
    assert done(ocgdesk(*audit)).json["items"][0]["label"] == "Break-glass access"
    alerts = done(ocgdesk("restricted", force, "--alerts", "--user", "auditor")).out
    assert secret in alerts
    assert "Quarrel" not in alerts


def test_the_rules_are_shown_and_set_by_an_administrator(ocgdesk: Run, force: Path, secret: str):
    shown = done(ocgdesk("rules", force, "--json")).json
    assert shown == {
        "reasons": {
            "restricted": "mandatory", "record": "off", "search": "off", "export": "prompt",
        },
        "break_glass": True,
        "hours": 8,
    }  # fmt: skip
    refused(ocgdesk("rules", force, "--search", "mandatory", "--user", "reader"), "administrator")
    set_ = ("rules", force, "--search", "mandatory", "--restricted", "off")
    done(ocgdesk(*set_, "--break-glass", "off", "--hours", "4"))
    text = done(ocgdesk("rules", force)).out
    assert "Mandatory" in text
    assert "off" in text
    assert done(ocgdesk("show", force, secret)).code == 0
    refused(ocgdesk("search", force, "Tarnbrook"), "--reason")
    done(ocgdesk("search", force, "Tarnbrook", "--reason", "Op Fell"))
    broken = ocgdesk("break-glass", force, secret, "--reason", "R", "--user", "lro")
    refused(broken, "switched off")


def test_a_marking_is_changed_and_secret_refused(ocgdesk: Run, force: Path):
    ref = done(ocgdesk("show", force, "Tarnbrook", "--json")).json["ref"]
    refused(ocgdesk("mark", force, "SECRET", ref), "SECRET")
    refused(ocgdesk("mark", force, "official", ref), "Say why")
    assert "1 of 1" in done(ocgdesk("mark", force, "official", ref, "--reason", "Open")).out
    assert done(ocgdesk("show", force, ref, "--json")).json["marking"] == "official"


def test_an_import_under_its_key_neither_tells_of_it_nor_changes_it(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    """Who imports gets a record of their own; those inside are told that there are two."""
    table = tmp_path / "people.csv"
    table.write_text("id,kind,name\nK-1,nominal,Idris Quarrel\n", encoding="utf-8")
    done(ocgdesk("import", force, table))
    first = done(ocgdesk("list", force, "nominal", "--text", "Quarrel", "--json")).json["items"]
    (ref,) = [item["ref"] for item in first]
    done(ocgdesk("restrict", force, ref, "--reason", "Source at risk"))
    done(ocgdesk("user", force, "roles", "reader", "--role", "analyst"))
    table.write_text("id,kind,name\nK-1,nominal,Idris Quarrell\n", encoding="utf-8")
    fresh = done(ocgdesk("import", force, table, "--user", "reader", "--json")).json
    assert fresh["counts"]["new_records"] == 1
    again = done(ocgdesk("import", force, table, "--user", "reader", "--json")).json
    assert (again["counts"]["new_records"], again["counts"]["same_records"]) == (0, 1)
    both = done(ocgdesk("list", force, "nominal", "--text", "Quarrel", "--json")).json["items"]
    assert {item["label"] for item in both} == {"Idris Quarrel", "Idris Quarrell"}
    (alert,) = done(ocgdesk("restricted", force, "--alerts", "--json")).json["items"]
    assert alert["what"] == "Same key as a restricted record"
    assert set(alert["refs"]) == {item["ref"] for item in both}
    seen = done(ocgdesk("restricted", force, "--alerts", "--user", "reader", "--json")).json
    assert seen["items"] == []
