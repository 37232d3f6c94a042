"""Timelines gathered from the register: whose line, what on it, what stays away."""

from datetime import UTC, date, datetime

import pytest
from makers import (
    a_handle,
    a_link,
    a_membership,
    a_nominal,
    a_note,
    a_plan,
    a_report,
    an_action,
    an_ocg,
)

from ocgdesk.casework import records, timeline_papers, timelines, withholding
from ocgdesk.casework.timelines import Query
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Location
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import CourtStep, Custody, Order, Safeguarding
from ocgdesk.domain.timelines import Topic
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import auditing
from ocgdesk.store.auditing import AuditQuery

TODAY = date(2026, 11, 21)
P = PartialDate.stored


@pytest.fixture
def world(given):
    ocg, person, place = an_ocg(), a_nominal("Aled Cors"), Location(name="Yard")
    report = a_report("Meeting at the yard", reported=P("2026-03"))
    plan = a_plan(ocg)
    given(
        *(ocg, person, place, report, plan),
        a_membership(person, ocg, role="line-holder", start=P("2025-05"), reports=(report.id,)),
        a_link(person, place, type="seen-at", start=P("2026-04-02"), end=P("2026-04-02")),
        a_link(person, place, type="associate"),
        Custody(owner=person.id, custody_type="remand", start=P("2026-06-01")),
        Order(owner=person.id, order_type="scpo", start=P("2026-01-01"), end=P("2027-01-01")),
        CourtStep(owner=person.id, step="charged", on=date(2026, 6, 2)),
        Safeguarding(owner=person.id, referred=P("2026-06-03")),
        an_action(plan, "Visit Aled Cors", raised=date(2026, 2, 1), due=date(2026, 3, 1)),
        Disruption(title="Flat closed", on=date(2026, 7, 1), subjects=(ocg.id,), strand="protect"),
        a_note(person, written=date(2026, 1, 1)),
    )
    return ocg, person


def read(workspace, *things, **more):
    with workspace.reading() as reader:
        query = Query(ids=tuple(thing.id for thing in things), **more)
        return timelines.read(reader, query, TODAY)


def by_topic(found):
    return {topic: [e.label for e in found.events if e.topic is topic] for topic in Topic}


def test_everything_dated_stands_on_the_line_it_belongs_to(workspace, world):
    ocg, person = world
    told = by_topic(read(workspace, ocg, person))
    assert told[Topic.MEMBERSHIP] == ["Line holder · Aled Cors"]
    assert told[Topic.SIGHTING] == ["Seen at · Yard"]
    assert told[Topic.INTELLIGENCE] == ["Meeting at the yard"]
    assert len(told[Topic.JUSTICE]) == 3
    assert told[Topic.PLAN] == ["Visit Aled Cors"]
    assert told[Topic.DISRUPTION] == ["Flat closed"]
    assert told[Topic.LINK] == [], "a link without a date is on no axis"


def test_what_protects_somebody_and_what_is_noted_of_them_is_on_no_timeline(workspace, world):
    kinds = {event.kind for event in read(workspace, world[1]).events}
    assert not kinds & {Kind.SAFEGUARDING, Kind.NOTE, Kind.RISK_FACTOR}


def test_a_month_is_drawn_as_a_span_and_a_day_as_a_day(workspace, world):
    events = {event.topic: event for event in read(workspace, *world).events}
    assert not events[Topic.INTELLIGENCE].stretch.is_exact
    assert events[Topic.SIGHTING].once
    assert events[Topic.SIGHTING].stretch.is_exact


def test_two_days_narrow_it_and_say_so(workspace, world):
    found = read(workspace, *world, first=date(2026, 7, 1), last=date(2026, 7, 31))
    assert "Flat closed" in [event.label for event in found.events]
    assert not by_topic(found)[Topic.SIGHTING]
    assert found.filters == ("what held between 1 Jul 2026 and 31 Jul 2026",)


def test_topics_narrow_it(workspace, world):
    found = read(workspace, *world, topics=(Topic.PLAN,))
    assert {event.topic for event in found.events} == {Topic.PLAN}
    assert found.filters == ("Plan actions",)


def test_a_record_can_be_drawn_with_those_round_it(workspace, world):
    lanes = read(workspace, world[0], around=True).lanes
    assert [lane.label for lane in lanes] == ["Tarnbrook", "Aled Cors"]


def test_a_click_leads_to_the_owner_the_plan_or_the_thing_itself(workspace, world):
    ocg, person = world
    opens = {e.kind: (e.opens, e.opens_kind) for e in read(workspace, ocg, person).events}
    assert opens[Kind.CUSTODY] == (person.id, Kind.NOMINAL)
    assert opens[Kind.ACTION] == (ocg.id, Kind.PLAN)
    assert opens[Kind.DISRUPTION][1] is Kind.DISRUPTION


def test_a_restricted_record_leaves_no_mark(workspace, given, opened_by, another_user, ann):
    ocg, secret = an_ocg(), a_nominal("Zyxwell", restricted_to=frozenset({ann.id}))
    given(ocg, secret, a_membership(secret, ocg, start=P("2025")))
    other = opened_by(another_user)
    assert read(other, ocg).events == ()
    assert [lane.label for lane in read(other, ocg, around=True).lanes] == ["Tarnbrook"]
    with pytest.raises(NotFound):
        read(other, secret)


def test_nobody_exploited_is_named_in_what_leaves_and_reports_keep_their_titles(workspace, given):
    ocg, victim = an_ocg(), a_nominal("Nia Vale", exploited=True)
    plan = a_plan(ocg)
    report = a_report("Nia Vale seen", reported=P("2026-03"))
    given(
        *(ocg, victim, plan, report),
        an_action(plan, "Visit Nia Vale", raised=date(2026, 2, 1)),
        a_link(ocg, victim, type="exploits", start=P("2026-01"), reports=(report.id,)),
    )
    with workspace.reading() as reader:
        found = timelines.read(reader, Query(ids=(ocg.id, victim.id)), TODAY)
        made = timeline_papers.leaving(found, withholding.of(reader, named=False))
    words = [lane.label for lane in made.lanes] + [event.label for event in made.events]
    assert "Nia Vale" not in " ".join(words)
    assert "Nia Vale" in " ".join(event.label for event in found.events)


def test_nothing_named_and_days_the_wrong_way_round_are_refused(workspace, world):
    with pytest.raises(Refused, match="Choose at least one"):
        read(workspace)
    with pytest.raises(Refused, match="first day"):
        read(workspace, *world, first=date(2026, 7, 1), last=date(2026, 6, 1))


def test_more_lines_than_can_be_drawn_are_counted(workspace, given):
    things = given(*(a_handle(f"fox{n}", first_seen=P("2025")) for n in range(43)))
    found = read(workspace, *things)
    assert len(found.lanes) == timelines.MOST_LANES
    assert found.cut == "3 more lines are not drawn."


def test_looking_at_a_timeline_is_journalled(workspace, world, opened_by, add_user):
    read(workspace, world[0])
    with opened_by(add_user("ira", Role.AUDITOR)).reading() as reader:
        labels = [row.label for row in auditing.entries(reader, AuditQuery())]
    assert "Timeline" in labels


def test_a_timeline_of_recorded_time_is_what_was_held_then(workspace, world, put, given):
    ocg, person = world
    now = read(workspace, ocg, person)
    at = datetime.now(UTC)
    put(person, name="Aled Corse")
    with workspace.work("Remove") as done:
        gone = [e.id for e in now.events if e.topic in {Topic.JUSTICE, Topic.DISRUPTION}]
        records.remove(done.work, gone)
        links = [e.id for e in now.events if e.topic is Topic.SIGHTING]
        records.unlink(done.work, links)
    given(Custody(owner=person.id, custody_type="remand", start=P("2026-08-01")))
    later, then = read(workspace, *world), read(workspace, *world, as_at=at)
    assert not by_topic(later)[Topic.SIGHTING]
    assert [e.id for e in then.events] == [e.id for e in now.events]
    assert by_topic(then) == by_topic(now)
    assert [lane.label for lane in then.lanes] == ["Tarnbrook", "Aled Cors"]
    assert then.filters[-1].startswith("as recorded on ")
    alone = read(workspace, ocg, around=True, as_at=at)
    assert [lane.label for lane in alone.lanes] == ["Tarnbrook", "Aled Cors"]


def test_what_was_not_recorded_yet_has_no_timeline_then(workspace, world, given):
    at = datetime.now(UTC)
    (new,) = given(a_nominal("Dai"))
    with pytest.raises(NotFound, match="recorded then"):
        read(workspace, new, as_at=at)


def test_a_name_of_then_is_withheld_of_whoever_is_exploited_now(workspace, given, put):
    ocg, person = given(an_ocg(), a_nominal("Nia Vale"))
    given(a_membership(person, ocg, start=P("2025-05")))
    at = datetime.now(UTC)
    put(person, name="Nia Dale", exploited=True)
    for ids in ((ocg.id,), (ocg.id, person.id)):
        with workspace.reading() as reader:
            found = timelines.read(reader, Query(ids=ids, as_at=at), TODAY)
            made = timeline_papers.leaving(found, withholding.of(reader, named=False))
        words = [lane.label for lane in made.lanes] + [event.label for event in made.events]
        assert made.events
        assert "Nia" not in " ".join(words)
