"""Tasking meetings: agenda, decisions with reasons, applied once; requests to the gateway."""

from datetime import date

import pytest
from makers import a_plan, an_action, an_ocg

from ocgdesk.casework import gateway, ocgs, plan_versions, records, tasking
from ocgdesk.casework.tasking import Said
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.planning import StrandNote
from ocgdesk.domain.plans import Strand
from ocgdesk.domain.tasking import Meeting, MeetingGroup, Request
from ocgdesk.errors import Refused

TODAY = date(2026, 11, 18)


def act(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


@pytest.fixture
def group(given):
    return given(MeetingGroup(name="Force TTCG", agency="WMC"))[0]


@pytest.fixture
def ocg(given):
    return given(an_ocg(status="active", tier="t3", agency="WMC"))[0]


@pytest.fixture
def meeting(workspace, group, ocg):
    return act(workspace, tasking.prepare, group.id, date(2026, 11, 20), today=TODAY)


def agenda(workspace, meeting):
    with workspace.reading() as reader:
        return tasking.items(reader, meeting.id)


def decided(workspace, meeting, decision, **more):
    item = agenda(workspace, meeting)[0]
    said = Said(decision=decision, rationale="The line is active again", **more)
    return act(workspace, tasking.decide, item.id, said, today=TODAY)


def ocg_now(workspace, ocg):
    with workspace.reading() as reader:
        return reader.get(Ocg, ocg.id)


def test_the_agenda_is_drawn_from_the_grid_requests_and_open_actions(workspace, group, ocg, given):
    last = given(Meeting(owner=group.id, title="October", held=date(2026, 10, 20)))[0]
    given(
        an_action(last, "Ask the ROCU for surveillance"),
        an_action(last, "Done already", status="complete"),
        Request(title="Covert camera", agency="WMC", received=date(2026, 11, 2)),
        Request(title="Somebody else's", agency="WMP", received=date(2026, 11, 1)),
        Request(title="Given out", agency="WMC", status="allocated"),
        an_ocg("Elsewhere", status="active", agency="STP"),
    )
    meeting = act(workspace, tasking.prepare, group.id, date(2026, 11, 20), today=TODAY)
    assert [(one.source, one.title) for one in agenda(workspace, meeting)] == [
        ("grid", ocg.name),
        ("request", "Covert camera"),
        ("action", "Ask the ROCU for surveillance"),
    ]


@pytest.mark.parametrize(
    ("decision", "tier"),
    [("adopt", "t1"), ("support", "t2"), ("escalate", "t2"), ("de-escalate", "t4")],
)
def test_a_decision_is_applied_to_the_tier_with_its_reason(decision, tier, workspace, meeting, ocg):
    item = decided(workspace, meeting, decision)
    assert ocg_now(workspace, ocg).tier == "t3"
    act(workspace, tasking.apply, item.id, today=TODAY)
    now = ocg_now(workspace, ocg)
    assert (now.tier, now.tier_reason, now.tier_meeting) == (
        tier,
        "The line is active again",
        "Force TTCG",
    )


def test_a_deferral_is_logged_and_sets_the_review(workspace, meeting, ocg):
    item = decided(workspace, meeting, "defer", review_on=date(2026, 12, 9), resources="None yet")
    act(workspace, tasking.apply, item.id, today=TODAY)
    assert ocg_now(workspace, ocg).review_due == date(2026, 12, 9)
    with workspace.reading() as reader:
        logged = ocgs.decisions(reader, ocg.id)[-1]
    assert (logged.title, logged.decision_type) == ("Tasking: defer", "tasking")
    assert "Resources: None yet" in logged.rationale


def test_a_decision_is_applied_once_and_not_changed_after(workspace, meeting):
    item = decided(workspace, meeting, "note")
    act(workspace, tasking.apply, item.id, today=TODAY)
    with pytest.raises(Refused, match="applied already"):
        act(workspace, tasking.apply, item.id, today=TODAY)
    with pytest.raises(Refused, match="was applied"):
        decided(workspace, meeting, "adopt")


def test_a_decision_wants_a_reason_and_must_be_one(workspace, meeting):
    item = agenda(workspace, meeting)[0]
    for said, words in (
        (Said(decision="adopt", rationale=" "), "Say why"),
        (Said(decision="shrug", rationale="x"), "no decision"),
    ):
        with pytest.raises(Refused, match=words):
            act(workspace, tasking.decide, item.id, said, today=TODAY)
    with pytest.raises(Refused, match="Nothing was decided"):
        act(workspace, tasking.apply, item.id, today=TODAY)


def test_an_archive_needs_what_an_archive_needs(workspace, meeting, ocg):
    item = decided(workspace, meeting, "archive")
    with pytest.raises(Refused, match="needs"):
        act(workspace, tasking.apply, item.id, today=TODAY)
    given = {"archive_reason": "dismantled", "trigger": "Any report of supply"}
    act(workspace, tasking.apply, item.id, today=TODAY, given=given)
    assert ocg_now(workspace, ocg).status == "archived"


def signed_plan(workspace, given, ocg):
    plan = given(a_plan(ocg))[0]
    given(
        *(
            StrandNote(owner=plan.id, strand=s.value, note_type="not-applicable", text="Not yet")
            for s in Strand
        )
    )
    act(workspace, plan_versions.sign, plan.id, today=TODAY)
    return plan


def test_a_decision_on_a_version_since_replaced_is_refused(workspace, group, ocg, given):
    plan = signed_plan(workspace, given, ocg)
    meeting = act(workspace, tasking.prepare, group.id, date(2026, 11, 20), today=TODAY)
    act(workspace, records.edit, plan.id, {"situation": "Another line"})
    act(workspace, plan_versions.sign, plan.id, today=TODAY)
    with pytest.raises(Refused, match="version 1 of the plan before it; version 2"):
        decided(workspace, meeting, "adopt")
    item = agenda(workspace, meeting)[0]
    act(workspace, tasking.take_up_again, item.id)
    assert decided(workspace, meeting, "adopt").plan_version == 2


def test_a_meeting_is_closed_once_every_item_is_decided(workspace, meeting, ocg):
    with pytest.raises(Refused, match="wait for a decision"):
        act(workspace, tasking.close, meeting.id, today=TODAY)
    decided(workspace, meeting, "escalate")
    closed = act(workspace, tasking.close, meeting.id, minutes="Short", today=TODAY)
    assert (closed.status, closed.minutes) == ("closed", "Short")
    assert ocg_now(workspace, ocg).tier == "t2"


def test_a_group_that_has_ended_is_not_called(workspace, given):
    over = given(MeetingGroup(name="Old board", ended=date(2026, 1, 1)))[0]
    with pytest.raises(Refused, match="does not meet"):
        act(workspace, tasking.prepare, over.id, date(2026, 11, 20), today=TODAY)


# ---- The gateway --------------------------------------------------------------------------------


@pytest.fixture
def request_(workspace):
    new = Request(title="Surveillance for three days", agency="WMC", received=date(2026, 11, 2))
    return act(workspace, gateway.receive, new, today=TODAY)


def moved(workspace, request, to, **values):
    return act(workspace, gateway.move, request.id, to, today=TODAY, values=values)


def test_a_request_goes_on_step_by_step_with_its_days(workspace, request_):
    moved(workspace, request_, "assessed", on=date(2026, 11, 4))
    moved(workspace, request_, "allocated", on=date(2026, 11, 9), unit="rwm-proactive")
    closed = moved(workspace, request_, "closed", result="completed")
    assert gateway.days_taken(closed) == {"assessed": 2, "allocated": 5, "closed": 9}
    assert gateway.age(closed, TODAY) is None
    assert request_.ref.startswith("WMPA1-REQ-")


def test_a_request_that_waits_has_an_age(request_):
    assert gateway.age(request_, TODAY) == 16


@pytest.mark.parametrize(
    ("to", "values", "words"),
    [
        ("allocated", {}, "which unit"),
        ("closed", {}, "with what result"),
        ("closed", {"result": "declined"}, "why it is declined"),
        ("assessed", {"on": date(2026, 11, 1)}, "cannot be earlier"),
        ("assessed", {"on": date(2027, 1, 1)}, "is ahead"),
        ("received", {}, "never back"),
    ],
)
def test_what_a_step_lacks_is_said(to, values, words, workspace, request_):
    with pytest.raises(Refused, match=words):
        moved(workspace, request_, to, **values)
