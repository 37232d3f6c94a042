"""Records added, changed, linked and removed without a window, and found again when removed."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ocgdesk.casework import access, records, samples
from ocgdesk.store import records as queries

Run = Callable[..., Any]


def refused(ran: Any, *words: str, code: int = 1) -> None:
    assert ran.code == code
    assert ran.err.count("\n") == 1, ran.err
    for word in words:
        assert word in ran.err


def shown(ocgdesk: Run, force: Path, ref: str) -> Any:
    ran = ocgdesk("show", force, ref, "--json")
    assert ran.code == 0, ran.err
    return ran.json


@pytest.fixture
def courier(ocgdesk: Run, force: Path) -> str:
    """The reference of a new nominal."""
    ran = ocgdesk("add", force, "nominal", "name=Idris Fenn", "--json")
    assert ran.code == 0, ran.err
    return str(ran.json["ref"])


def test_a_record_is_added_with_codes_lists_dates_and_identifiers(ocgdesk: Run, force: Path):
    ran = ocgdesk(
        *("add", force, "nominal", "name=Idris Fenn", "born=Feb 1991", "gender=male"),
        *("aliases=Fenny,nickname:Red Fox", "warnings=FI,WE", "identifiers=pnc:91/123456X"),
        *("marking=official", "--reason", "From the briefing", "--json"),
    )
    assert ran.code == 0, ran.err
    item = shown(ocgdesk, force, ran.json["ref"])
    assert item["label"] == "Idris Fenn"
    assert item["born"] == "1991-02"
    assert [alias["text"] for alias in item["aliases"]] == ["Fenny", "Red Fox"]
    assert item["aliases"][1]["type"] == "nickname"
    assert item["warnings"] == ["FI", "WE"]
    assert item["identifiers"] == [{"scheme": "pnc", "value": "91/123456X"}]
    assert item["marking"] == "official"
    event = ocgdesk("history", force, ran.json["ref"], "--json").json["items"][0]
    assert (event["label"], event["reason"]) == ("Add nominal", "From the briefing")


def test_an_edit_is_one_act_that_undo_takes_back(ocgdesk: Run, force: Path):
    before = shown(ocgdesk, force, "Tarnbrook")
    ran = ocgdesk("edit", force, "Tarnbrook", "pillar=prosperity", "further-crimes=", "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["pillar"], ran.json["further_crimes"]) == ("prosperity", [])
    assert ran.json["changed"] == 1
    assert ocgdesk("undo", force).code == 0
    after = shown(ocgdesk, force, "Tarnbrook")
    assert after["pillar"] == before["pillar"] == "commodities"
    assert after["further_crimes"] == before["further_crimes"]


def test_an_edit_that_changes_nothing_says_so_and_is_no_act(ocgdesk: Run, force: Path):
    head = ocgdesk("verify", force, "--json").json["entries"]
    ran = ocgdesk("edit", force, "Tarnbrook", "status=active")
    assert "Nothing changed" in ran.out
    after = ocgdesk("audit", force, "--user", "auditor", "--act", "alteration", "--json").json
    assert all(entry["seq"] <= head for entry in after["items"])


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("colour=red", "no field 'colour'"),
        ("status=asleep", "'asleep' is not in the list"),
        ("status=archived", "changes by its moves"),
        ("review_due=31/2/2026", "31/2/2026"),
        ("status", "FIELD=VALUE"),
        ("name=", "Name is needed"),
        ("marking=secret", "SECRET"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    ocgdesk: Run, force: Path, field: str, words: str
):
    before = shown(ocgdesk, force, "Tarnbrook")
    refused(ocgdesk("edit", force, "Tarnbrook", field), words)
    assert shown(ocgdesk, force, "Tarnbrook") == before


def test_a_nominal_linked_to_an_ocg_becomes_its_member(ocgdesk: Run, force: Path, courier: str):
    ran = ocgdesk(
        *("link", force, courier, "Tarnbrook", "role=courier", "importance=significant"),
        *("--strength", "confirmed", "--json"),
    )
    assert ran.code == 0, ran.err
    (link,) = shown(ocgdesk, force, courier)["links"]
    assert (link["kind"], link["type"], link["directed"]) == ("membership", "member-of", True)
    assert (link["role"], link["importance"]) == ("courier", "significant")
    assert link["strength"] == "confirmed"
    assert link["other"]["label"] == "Tarnbrook"


def test_a_link_is_edited_and_removed_by_its_id(ocgdesk: Run, force: Path, courier: str):
    made = ocgdesk("link", force, courier, "Tarnbrook", "--type", "associate", "--json").json
    assert (made["kind"], made["directed"]) == ("link", False)
    ran = ocgdesk("edit", force, made["id"], "strength=tentative", "start=about May 2025")
    assert ran.code == 0, ran.err
    (link,) = shown(ocgdesk, force, courier)["links"]
    assert (link["strength"], link["start"]) == ("tentative", "2025-05~")
    assert ocgdesk("remove", force, made["id"]).code == 0
    assert shown(ocgdesk, force, courier)["links"] == []


def test_a_link_that_cannot_be_is_refused(ocgdesk: Run, force: Path, courier: str):
    refused(ocgdesk("link", force, courier, courier), "two different records")
    refused(ocgdesk("link", force, "Tarnbrook", courier, "--type", "member-of"), "goes from")
    refused(ocgdesk("link", force, courier, "Nobody At All"), "no record")


def test_a_removed_record_is_shown_by_its_reference_with_who_and_why(
    ocgdesk: Run, force: Path, courier: str
):
    ocgdesk("link", force, courier, "Tarnbrook", "role=courier")
    moment = datetime.now(UTC).isoformat()
    ran = ocgdesk("remove", force, courier, "--reason", "Entered twice", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["changed"] == 2
    assert ran.json["removed"] == [courier]

    now = shown(ocgdesk, force, courier)
    assert (now["label"], now["links"]) == ("Idris Fenn", [])
    assert now["removed"]["reason"] == "Entered twice"
    assert now["removed"]["user"] == ocgdesk("user", force, "--json").json["items"][0]["display"]
    text = ocgdesk("show", force, courier).out
    assert "Removed on" in text
    assert "Entered twice" in text

    then = ocgdesk("show", force, courier, "--as-at", moment, "--json")
    assert then.code == 0, then.err
    assert then.json["links"][0]["other"]["label"] == "Tarnbrook"
    of_group = ocgdesk("show", force, "Tarnbrook", "--as-at", moment, "--json").json
    assert courier in [link["other"]["ref"] for link in of_group["links"]]
    events = ocgdesk("history", force, courier, "--json").json["items"]
    assert [event["label"] for event in events] == ["Add nominal", "Remove nominal"]
    refused(ocgdesk("edit", force, courier, "gender=male"), "no record")


def test_a_removed_record_that_was_restricted_is_told_to_nobody_else(
    ocgdesk: Run, force: Path, courier: str
):
    workspace = access.unlock(force, "analyst", samples.PASSPHRASE)
    with workspace.reading() as reader:
        id_ = queries.resolve(reader, courier).id
    with workspace.work("Restrict") as done:
        records.restrict(done.work, id_, [workspace.user.id], "Source at risk")
    with workspace.work("Remove") as done:
        records.remove(done.work, [id_])
    workspace.close()
    assert ocgdesk("show", force, courier, "--user", "analyst", "--reason", "Review").code == 0
    stranger = ocgdesk("show", force, courier, "--user", "reader")
    refused(stranger, "no record")
    assert "Idris" not in stranger.err


def test_a_reader_may_change_nothing(ocgdesk: Run, force: Path):
    for command in (
        ("edit", force, "Tarnbrook", "status=archived"),
        ("add", force, "ocg", "name=Other"),
        ("remove", force, "Tarnbrook"),
    ):
        refused(ocgdesk(*command, "--user", "reader"), "roles")
