"""Samples have meetings that decided, and a gateway as busy as a ROCU's."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from ocgdesk.casework import gateway
from ocgdesk.casework.sample import build
from ocgdesk.domain.kinds import Kind

AS_OF = date(2026, 11, 21)


@cache
def things(size):
    found = {}
    for step in build(size, as_of=AS_OF).steps:
        for thing in step.things:
            found.setdefault(thing.kind, []).append(thing)
    return found


def test_a_regions_gateway_takes_four_to_five_hundred_requests_a_month():
    months = Counter(one.received.strftime("%Y-%m") for one in things("region")[Kind.REQUEST])
    whole = [count for month, count in months.items() if month not in {"2025-11", "2026-11"}]
    assert len(whole) == 11
    assert all(400 <= count <= 500 for count in whole)


@pytest.mark.parametrize("size", ["force", "region"])
def test_the_steps_of_a_request_follow_each_other_and_none_lies_ahead(size):
    for one in things(size)[Kind.REQUEST]:
        days = [day for step in gateway.STEPS if (day := getattr(one, step)) is not None]
        assert days == sorted(days)
        assert days[-1] < AS_OF
        assert (one.status == "closed") == bool(one.result)
        assert one.status not in {"allocated", "closed"} or one.unit


@pytest.mark.parametrize("size", ["force", "region"])
def test_meetings_held_have_decided_on_everything_and_the_next_on_nothing(size):
    meetings = {one.id: one for one in things(size)[Kind.MEETING]}
    assert {one.status for one in meetings.values()} == {"closed", "prepared"}
    for item in things(size)[Kind.AGENDA_ITEM]:
        meeting = meetings[item.owner]
        is_over = meeting.status == "closed"
        assert (bool(item.decision), item.applied, bool(item.rationale)) == (is_over,) * 3
    ahead = [one for one in meetings.values() if one.held >= AS_OF]
    assert all(one.held <= AS_OF + timedelta(days=12) for one in ahead)
    assert len(ahead) == len(things(size)[Kind.MEETING_GROUP])


def test_a_force_with_local_areas_has_a_joint_group_for_each():
    groups = Counter(one.group_type for one in things("force")[Kind.MEETING_GROUP])
    assert (groups["socjag"], groups["governance"], groups["executive"]) == (4, 3, 1)
    owners = {one.owner for one in things("force")[Kind.GROUP_MEMBER]}
    assert owners == {one.id for one in things("force")[Kind.MEETING_GROUP]}
