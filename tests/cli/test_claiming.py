"""The disruption ledger without a window, from the draft to the APMIS reference."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FIELDS = ("on=2026-11-02", "level=moderate", "strand=protect", "agency=WMC", "narrative=Moved")


@pytest.fixture
def claim(ocgdesk: Run, force: Path) -> str:
    ran = ocgdesk(
        *("disruption", "record", force, "Cuckooed flat closed", *FIELDS, "evidence=Log 4"),
        *("--against", "Tarnbrook", "--json"),
    )
    assert ran.code == 0, ran.err
    return str(ran.json["ref"])


def test_a_draft_says_what_it_lacks(ocgdesk: Run, force: Path):
    ran = ocgdesk("disruption", "record", force, "Something", "agency=WMC", "--json")
    rules = {one["rule"] for one in ran.json["findings"] if one["refuses"]}
    assert {"narrative", "evidence", "level", "day", "subject"} <= rules
    refused = ocgdesk("disruption", "submit", force, ran.json["ref"])
    assert (refused.code, "Not ready to be submitted" in refused.err) == (1, True)


def test_a_claim_goes_its_way_and_is_counted_when_accepted(ocgdesk: Run, force: Path, claim: str):
    period = ("--from", "1/11/2026", "--to", "30/11/2026", "--json")

    def counted() -> float:
        made = ocgdesk("return", force, "disruptions", *period).json
        return next(one["values"][-1] for one in made["items"] if one["code"] == "protect")

    before = counted()
    line = ocgdesk("disruption", "outcome", force, claim, "cash", "value=900", "--json")
    assert (line.json["unit"], line.json["value"]) == ("gbp", 900)
    assert ocgdesk("disruption", "submit", force, claim).code == 0
    own = ocgdesk("disruption", "moderate", force, claim, "accepted")
    assert (own.code, "moderate disruptions" in own.err) == (1, True)
    assert counted() == before
    by = ("--user", "coordinator")
    at_once = ocgdesk("disruption", "moderate", force, claim, "accepted", *by)
    assert (at_once.code, "must first be Moderated" in at_once.err) == (1, True)
    for to in ("moderated", "accepted"):
        ran = ocgdesk("disruption", "moderate", force, claim, to, *by)
        assert ran.code == 0, ran.err
    assert counted() == before + 1
    ran = ocgdesk("disruption", "apmis", force, claim, "AP/2026/7", "--json")
    assert ran.json["apmis"] == "AP/2026/7"
    assert ocgdesk("disruption", "apmis", force, claim, "--clear", "--json").json["apmis"] is None


def test_a_return_wants_a_reason_and_a_withdrawal_too(ocgdesk: Run, force: Path, claim: str):
    ocgdesk("disruption", "submit", force, claim)
    by = ("--user", "coordinator")
    bare = ocgdesk("disruption", "moderate", force, claim, "returned", *by)
    assert (bare.code, "a reason" in bare.err) == (1, True)
    assert (
        ocgdesk("disruption", "moderate", force, claim, "returned", "--note", "Why?", *by).code == 0
    )
    assert ocgdesk("disruption", "withdraw", force, claim).code == 1
    ran = ocgdesk("disruption", "withdraw", force, claim, "--reason", "Claimed twice")
    assert (ran.code, "Withdrawn" in ran.out) == (0, True)


def test_what_may_be_the_same_event_is_told(ocgdesk: Run, force: Path, claim: str):
    other = ocgdesk(
        *("disruption", "record", force, "Flat closed", *FIELDS[:3], "agency=RWM", "narrative=x"),
        *("evidence=y", "--against", "Tarnbrook", "--json"),
    ).json["ref"]
    ran = ocgdesk("disruption", "check", force, other)
    assert "May be the same event" in ran.out
    assert claim in ran.out


def test_the_ledger_is_listed_by_queue_and_narrowed(ocgdesk: Run, force: Path):
    every = ocgdesk("disruption", "list", force, "--json", "--most", "2000").json["items"]
    waiting = ocgdesk("disruption", "list", force, "--queue", "moderate", "--json").json["items"]
    assert {one["status"] for one in waiting} <= {"submitted", "moderated"}
    assert 0 < len(waiting) < len(every)
    sheet = ocgdesk("disruption", "list", force, "--queue", "apmis", "--json", "--most", "2000")
    assert sheet.json["items"]
    assert all(one["status"] == "accepted" and not one["apmis"] for one in sheet.json["items"])
    narrowed = ocgdesk("disruption", "list", force, "--strand", "protect", "--json").json
    assert {one["strand"] for one in narrowed["items"]} == {"protect"}
    assert narrowed["filters"] == {"strand": "protect"}
    wrong = ocgdesk("disruption", "list", force, "--queue", "mine")
    assert wrong.code == 1
    assert "open, moderate, apmis, accepted" in wrong.err


def test_a_seizure_is_entered_in_the_commodity_ledger_once(ocgdesk: Run, force: Path):
    rows = ocgdesk("disruption", "list", force, "--json", "--most", "2000").json["items"]
    claim = next(
        one
        for one in rows
        if one["status"] == "accepted"
        and one["against_records"]
        and any(o["measure"] == "cocaine" and o["value"] for o in one["outcomes"])
    )
    whom = claim["against_records"][0]["ref"]
    drugs = ocgdesk("list", force, "commodity", "--json").json["items"]
    what = next(one["ref"] for one in drugs if one["name"] == "Cocaine powder")
    cash = next(one["ref"] for one in drugs if one["name"] == "Cash in sterling")
    wrong = ocgdesk("disruption", "seizure", force, claim["ref"], "cocaine", cash, whom)
    assert (wrong.code, "Cocaine is entered as Cocaine or Crack" in wrong.err) == (1, True)
    first = ocgdesk("disruption", "seizure", force, claim["ref"], "cocaine", what, whom, "--json")
    assert first.code == 0, first.err
    assert (first.json["type"], first.json["unit"]) == ("lost", "kg")
    again = ocgdesk("disruption", "seizure", force, claim["ref"], "cocaine", what, whom)
    assert again.code == 1
    assert "already" in again.err
    out = ("--take-out", "Wrong line")
    taken = ocgdesk("disruption", "seizure", force, claim["ref"], "cocaine", *out, "--json")
    assert (taken.code, taken.json["dealing"]) == (0, None)


def test_a_typed_figure_is_backed_by_the_steps_that_are_listed(ocgdesk: Run, force: Path):
    persons = ocgdesk("list", force, "nominal", "--json").json["items"]
    whom = persons[0]["ref"]
    step = ocgdesk("add", force, "court-step", "step=arrested", "--owner", whom, "--json")
    assert step.code == 0, step.err
    fields = (*FIELDS, "evidence=Log 4", "against=individual", "--against", whom, "--json")
    claim = ocgdesk("disruption", "record", force, "Stopped", *fields).json["ref"]
    line = ("disruption", "outcome", force, claim, "arrested")
    assert ocgdesk(*line, "value=50").code == 0
    refused = ocgdesk("disruption", "submit", force, claim)
    assert (refused.code, "still to be counted: Arrested 50" in refused.err) == (1, True)
    listed = ocgdesk("disruption", "steps", force, claim, "--json").json["items"]
    assert step.json["ref"] in [one["ref"] for one in listed]
    ran = ocgdesk(*line, "--step", step.json["ref"], "--json")
    assert ran.json["value"] == 1
    found = ocgdesk("disruption", "check", force, claim, "--json").json["items"]
    assert "steps" not in [one["rule"] for one in found]
