"""Handles on the command line: counted, disposed of, attributed by two people."""

from datetime import date

import pytest
from makers import CHEAP

from ocgdesk.casework import samples
from ocgdesk.domain.kinds import Kind

ANALYST, LRO = ("--user", "analyst"), ("--user", "lro")
GROUND = "+colocation-phone:Moved with it on 43 of 62 days"


@pytest.fixture
def refs(ocgdesk, force):
    """A handle nobody was put forward for, and two nominals."""
    waiting = ocgdesk("list", force, "handle", "--filter", "disposition=in-development", "--json")
    handles = [item["ref"] for item in waiting.json["items"]]
    people = ocgdesk("list", force, Kind.NOMINAL.value, "--limit", "2", "--json").json["items"]
    for ref in handles:
        if not ocgdesk("handle", "ledger", force, ref, "--json").json["attributions"]:
            return (ref, *(item["ref"] for item in people))
    raise AssertionError("every handle of the sample has candidates")


def test_the_counts_of_a_region_come_out_as_one_table(ocgdesk, tmp_path):
    path = tmp_path / "region.ocgdesk"
    as_of = date(2026, 11, 21)
    samples.write(path, "region", as_of=as_of, cost=CHEAP).workspace.close()
    ran = ocgdesk("handles", path, "--json")
    assert [(item["disposition"], item["count"]) for item in ran.json["items"]] == [
        ("identified", 357),
        ("attributed", 136),
        ("other-agency", 13),
        ("not-suitable", 41),
        ("ip-only", 15),
        ("in-development", 152),
    ]
    assert ran.json["counts"]["decided"] == 205
    assert "205 of 357 decided" in ocgdesk("handles", path).out


def test_the_count_is_asked_by_platform_force_package_and_moment(ocgdesk, force):
    everything = ocgdesk("handles", force, "--json").json["counts"]["identified"]
    some = ocgdesk("handles", force, "--platform", "sky-ecc", "--json").json
    assert 0 < some["counts"]["identified"] < everything
    assert some["filters"] == {"platform": "sky-ecc"}
    package = ocgdesk("handles", force, "--package", "SYN-PKG-001", "--json").json
    assert package["counts"]["identified"] == 25
    before = ocgdesk("handles", force, "--as-at", "2020-01-01", "--json").json
    assert before["counts"]["identified"] == 0


def test_one_proposes_and_another_reviews_and_confirms(ocgdesk, force, refs):
    ref, person, _other = refs
    put = ("handle", "attribute", force, ref, person, "--ground", GROUND, "--propose")
    assert ocgdesk(*put, *ANALYST, "--json").json["status"] == "proposed"
    review = ("handle", "move", force, ref, person, "reviewed")
    refused = ocgdesk(*review, *ANALYST)
    assert refused.code == 1
    assert "somebody else has to review it" in refused.err
    assert ocgdesk(*review, *LRO).code == 0
    done = ocgdesk("handle", "move", force, ref, person, "confirmed", *LRO, "--json").json
    assert (done["status"], done["strength"]) == ("confirmed", "confirmed")
    taken = ocgdesk("handle", "steps", force, ref, person, "--json").json["items"]
    assert [step["status"] for step in taken] == ["proposed", "reviewed", "confirmed"]
    assert taken[0]["by"] != taken[-1]["by"]
    assert "Reviewed" in ocgdesk("handle", "steps", force, ref, person).out
    assert ocgdesk("show", force, ref, "--json").json["disposition"] == "attributed"


def test_a_ledger_shows_candidates_grounds_and_contacts(ocgdesk, force, refs):
    ref, person, other = refs
    ocgdesk("handle", "attribute", force, ref, person, "--ground", GROUND)
    against = ("--ground", "-custody:Inside", "--grade", "1A")
    assert ocgdesk("handle", "ground", force, ref, person, *against).code == 0
    shown = ocgdesk("handle", "ledger", force, ref)
    assert "+ Moved with it on 43 of 62 days" in shown.out
    assert "- Inside  1A" in shown.out
    assert ocgdesk("handle", "ground", force, ref, other, *against).code == 1
    first = ocgdesk("list", force, "handle", "--limit", "1", "--json").json["items"][0]["ref"]
    assert "contacts" in ocgdesk("handle", "ledger", force, first, "--json").json


def test_a_handle_is_disposed_of_assigned_and_handed_over(ocgdesk, force, refs):
    ref = refs[0]
    assert "confirmed attribution" in ocgdesk("handle", "dispose", force, ref, "attributed").err
    done = ocgdesk("handle", "dispose", force, ref, "not-suitable", "--json")
    assert done.json["disposition"] == "not-suitable"
    assert ocgdesk("handle", "assign", force, ref, "DI Okafor", "--json").json["sio"] == "DI Okafor"
    over = ("handle", "hand-over", force, ref, "NCA")
    assert ocgdesk(*over).code == 1
    said = ocgdesk(*over, "--note", "The whole package", "--on", "1/11/2026", "--json").json
    assert (said["handed_to"], said["handed_over"]) == ("NCA", "2026-11-01")


def test_flagged_material_is_out_of_sight_until_somebody_named_opens_it(ocgdesk, force, refs):
    ref = refs[0]
    flag = ("handle", "privileged", force, ref, "--reason", "Speaks to a solicitor")
    assert ocgdesk(*flag).code == 1
    assert ocgdesk(*flag, "--with", "lro").code == 0
    assert ocgdesk("show", force, ref, "--user", "reader").code == 1
    opened = ("handle", "review-privileged", force, ref, "--open", "--reason", "No lawyer")
    assert ocgdesk(*opened, *ANALYST).code == 1
    assert ocgdesk(*opened, *LRO).code == 0
    assert ocgdesk("show", force, ref, "--user", "reader").code == 0
