"""Reminders: what is due for whom, put off by one, come up to the coordinator, as a calendar."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from makers import a_nominal, a_plan, an_action, an_assignment, an_ocg

from ocgdesk.casework import reminder_papers, reminders
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import Custody
from ocgdesk.errors import NotFound, Refused

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


def read(workspace, **more):
    with workspace.reading() as reader:
        return reminders.read(reader, agency="WMP", today=TODAY, **more)


def do(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


@pytest.fixture
def coordinator(add_user, opened_by):
    return opened_by(add_user("col", Role.COORDINATOR))


@pytest.fixture
def action(given, ann):
    """An action of ann's OCG, sixteen days late; another of somebody else's OCG."""
    mine, theirs = an_ocg("Tarnbrook", status="active", agency="WMP"), an_ocg("Elsewhere")
    plan, other = a_plan(mine, review_due=date(2027, 3, 1)), a_plan(theirs)
    late = an_action(plan, "Visit the hub", due=TODAY - timedelta(days=16), officer="PC Hale")
    given(mine, theirs, plan, other, late, an_assignment(mine, user=ann.id))
    given(an_action(other, "Not mine", due=TODAY))
    return late


def test_one_is_reminded_of_ones_own_ocgs_and_of_nobody_elses(workspace, action):
    found = read(workspace)
    assert [(one.title, one.of.label, one.days_over(TODAY)) for one in found.now] == [
        ("Visit the hub", "Tarnbrook", 16)
    ]
    assert found.overdue(TODAY) == 1
    assert found.escalated == ()


def test_a_reminder_put_off_comes_back_on_its_day(workspace, action):
    until = TODAY + timedelta(days=3)
    do(workspace, reminders.snooze, action.id, until, reason="On leave", today=TODAY)
    found = read(workspace)
    assert found.now == ()
    assert [(one.put_off, one.reason) for one in found.later] == [(until, "On leave")]
    with workspace.reading() as reader:
        then = reminders.read(reader, agency="WMP", today=until)
    assert [one.title for one in then.now] == ["Visit the hub"]
    do(workspace, reminders.wake, action.id)
    assert [one.title for one in read(workspace).now] == ["Visit the hub"]


def test_putting_off_is_refused_for_a_day_past_and_for_too_long(workspace, action):
    with pytest.raises(Refused, match="ahead"):
        do(workspace, reminders.snooze, action.id, TODAY, today=TODAY)
    with pytest.raises(Refused, match="Three months"):
        do(workspace, reminders.snooze, action.id, date(2027, 11, 1), today=TODAY)
    with pytest.raises(Refused, match="not put off"):
        do(workspace, reminders.wake, action.id)


def test_what_one_puts_off_another_is_still_reminded_of(
    workspace, action, given, add_user, opened_by
):
    bea = add_user("bea", Role.LRO)
    with workspace.reading() as reader:
        owner = reader.find(action.owner).owner
        ocg = reader.find(owner)
    given(an_assignment(ocg, user=bea.id, role="sio"))
    do(workspace, reminders.snooze, action.id, TODAY + timedelta(days=5), today=TODAY)
    assert read(workspace).now == ()
    assert [one.title for one in read(opened_by(bea)).now] == ["Visit the hub"]


def test_a_coordinator_sees_what_is_over_for_so_many_days(workspace, action, coordinator):
    assert [one.title for one in read(coordinator, after_days=14).escalated] == ["Visit the hub"]
    assert read(coordinator, after_days=30).escalated == ()
    assert read(workspace, after_days=14).escalated == ()


def test_what_is_given_to_the_coordinator_says_what_to_do_until_it_is_settled(
    workspace, action, coordinator
):
    with pytest.raises(Refused, match="what the coordinator is to do"):
        do(workspace, reminders.escalate, action.id, reason=" ", today=TODAY)
    do(workspace, reminders.escalate, action.id, reason="Find another officer", today=TODAY)
    up = read(coordinator, after_days=300).escalated
    assert [(one.reason, one.escalated) for one in up] == [("Find another officer", TODAY)]
    do(coordinator, reminders.settle, action.id)
    assert read(coordinator, after_days=300).escalated == ()
    with pytest.raises(Refused, match="Nobody gave"):
        do(coordinator, reminders.settle, action.id)


def test_a_release_from_custody_this_week_is_a_reminder_and_a_month_is_none(workspace, given):
    person = given(a_nominal("Kyle Rook"))[0]
    sure, vague = PartialDate.of(date(2026, 11, 23)), PartialDate(2026, 11)
    given(
        Custody(owner=person.id, custody_type="sentence", release_due=sure),
        Custody(owner=person.id, custody_type="remand", release_due=vague),
    )
    assert [(one.title, one.of.label) for one in read(workspace).now] == [
        ("Release from custody", "Kyle Rook")
    ]


def test_nobody_puts_off_what_they_may_not_know_of(workspace, given, ann, add_user, opened_by):
    ocg = given(an_ocg("Hidden", restricted_to=frozenset({ann.id})))[0]
    bea = opened_by(add_user("bea", Role.LRO))
    act = partial(reminders.snooze, about=ocg.id, until=TODAY + timedelta(days=1), today=TODAY)
    with pytest.raises(NotFound), bea.work("Act") as done:
        act(done.work)


def test_a_calendar_names_references_unless_names_are_wanted(workspace, action, tmp_path):
    rows, path = read(workspace).now, tmp_path / "due.ics"
    count = reminder_papers.to_file(workspace, rows, path, now=NOW, recipient="Own phone")
    text = path.read_text(encoding="utf-8")
    assert count == 1
    assert "DTSTART;VALUE=DATE:20261102" in text
    assert rows[0].what.ref in text
    assert "Visit the hub" not in text
    assert "Tarnbrook" not in text
    reminder_papers.to_file(workspace, rows, path, now=NOW, named=True)
    assert "Visit the hub (Tarnbrook)" in path.read_text(encoding="utf-8")


def test_a_calendar_that_leaves_is_a_disclosure(workspace, action, tmp_path):
    head = workspace.head()[0]
    rows = read(workspace).now
    reminder_papers.to_file(workspace, rows, tmp_path / "due.ics", now=NOW, recipient="Own phone")
    assert workspace.head()[0] > head
    with pytest.raises(Refused, match=r"\.ics"):
        reminder_papers.to_file(workspace, rows, tmp_path / "due.txt", now=NOW)
    assert not (tmp_path / "due.txt").exists()
