"""The book of tasking: meetings, the gateway's times, caseload, LROs by name."""

from datetime import date, timedelta

import pytest
from makers import a_plan, an_action, an_assignment, an_ocg

from ocgdesk.casework import gateway, lessons, lro_load, overview, tasking, tasking_book
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.planning import Lesson
from ocgdesk.domain.plans import Action
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.domain.tasking import AgendaItem, GroupMember, Meeting, MeetingGroup, Request
from ocgdesk.errors import Refused

TODAY = date(2026, 11, 18)


def day(ahead):
    return TODAY + timedelta(days=ahead)


def asked(workspace, query, *args, **more):
    with workspace.reading() as reader:
        return query(reader, *args, **more)


def do(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


@pytest.fixture
def group(given):
    made = given(MeetingGroup(name="Force TTCG", agency="WMP", weeks=6))[0]
    given(GroupMember(owner=made.id, person="R. Vale", agency="LA", role="chair"))
    return made


@pytest.fixture
def meetings(given, group):
    return given(
        Meeting(owner=group.id, title="October", held=day(-30), status="closed"),
        Meeting(owner=group.id, title="December", held=day(14), status="prepared"),
        Meeting(owner=group.id, title="November", held=day(2), status="prepared"),
    )


def test_the_next_meeting_comes_first_and_is_shown_in_full(workspace, given, group, meetings):
    october, _december, november = meetings
    ocg = given(an_ocg("Tarnbrook"))[0]
    given(
        AgendaItem(owner=november.id, title="Tarnbrook", about=ocg.id, position=1),
        AgendaItem(owner=november.id, title="Other", position=2, decision="note"),
        an_action(october, "Ask for a team"),
        an_action(november, "Brief the area"),
    )
    book = asked(workspace, tasking_book.read, None, today=TODAY)
    titles = [one.meeting.title for one in book.meetings]
    assert titles == ["November", "December", "October"]
    assert book.chosen.listed.counted == tasking_book.Counted(items=2, undecided=1)
    assert [point.about and point.about.label for point in book.chosen.points] == [
        "Tarnbrook",
        None,
    ]
    assert [one.title for one in book.chosen.actions] == ["Brief the area"]
    assert [one.title for one in book.chosen.before] == ["Ask for a team"]
    assert [one.person for one in book.chosen.members] == ["R. Vale"]
    chosen = asked(workspace, tasking_book.read, october.id, today=TODAY).chosen
    assert chosen.listed.meeting.title == "October"


def test_the_home_page_names_the_next_meeting(workspace, group, meetings):
    home = asked(workspace, overview.home, overview.Scope.ALL, agency="WMP", today=TODAY)
    assert home.meeting == ("Force TTCG", day(2))


def test_an_item_is_added_at_the_end_with_the_plan_as_it_is_signed(workspace, given, meetings):
    ocg = given(an_ocg("Tarnbrook"))[0]
    november = meetings[2]
    first = do(workspace, tasking.add_item, november.id, "", ocg.id)
    second = do(workspace, tasking.add_item, november.id, "Any other business", None)
    assert [(one.title, one.position, one.source) for one in (first, second)] == [
        ("Tarnbrook", 1, "chair"),
        ("Any other business", 2, "chair"),
    ]
    with pytest.raises(Refused, match="Say what the item is"):
        do(workspace, tasking.add_item, november.id, " ", None)
    with pytest.raises(Refused, match="closed"):
        do(workspace, tasking.add_item, meetings[0].id, "Late", None)


def test_an_action_at_a_meeting_is_not_due_before_it_is_raised(workspace, meetings):
    late = Action(title="Too late", due=day(-1))
    with pytest.raises(Refused, match="Due before raised"):
        do(workspace, tasking.set_action, meetings[2].id, late, today=TODAY)
    made = do(workspace, tasking.set_action, meetings[2].id, Action(title="Brief"), today=TODAY)
    assert (made.raised, made.owner) == (TODAY, meetings[2].id)


def test_the_gateway_lists_the_longest_waiting_first_and_times_each_step(workspace, given):
    ocg = given(an_ocg("Tarnbrook"))[0]
    given(
        Request(title="New", received=day(-1)),
        Request(title="Old", received=day(-9), assessed=day(-5), status="assessed",
                about=(ocg.id,)),
        Request(title="Done", received=day(-9), assessed=day(-7), closed=day(-1),
                status="closed", result="completed"),
        Request(title="Long ago", received=day(-200), assessed=day(-100), status="closed"),
    )  # fmt: skip
    found = asked(workspace, tasking_book.the_gateway, today=TODAY)
    assert [(row.request.title, row.age, row.next_step) for row in found.rows] == [
        ("Old", 9, "prioritised"),
        ("New", 1, "assessed"),
    ]
    assert [one.label for one in found.rows[0].about] == ["Tarnbrook"]
    assert found.counts == {"received": 1, "assessed": 1, "closed": 2}
    assert (found.medians["assessed"], found.medians["closed"], found.measured) == (3, 6, 3)
    closed = asked(workspace, tasking_book.the_gateway, ("closed",), today=TODAY)
    assert [row.request.title for row in closed.rows] == ["Done", "Long ago"]


def test_a_request_goes_on_by_steps_and_by_no_edit(workspace, given):
    request = given(Request(title="Camera", received=day(-1)))[0]
    with pytest.raises(Refused, match="by steps"):
        do(workspace, gateway.edit, request.id, {"status": "closed"})
    saved = do(workspace, gateway.edit, request.id, {"title": "Two cameras"})
    assert saved.title == "Two cameras"


def test_caseload_counts_operations_by_unit_and_phase(workspace, given):
    given(
        Operation(name="Fell", agency="WMP", unit="Fraud", phase="proactive"),
        Operation(name="Tarn", agency="WMP", unit="Fraud", phase="proactive"),
        Operation(name="Beck", agency="WMP", unit="Fraud", phase="closed"),
        Operation(name="Gill", agency="STP", unit="", phase="post-charge"),
    )
    found = asked(workspace, tasking_book.caseload)
    told = [(load.agency, load.unit, dict(load.phases), load.open) for load in found]
    assert told == [
        ("STP", "", {"post-charge": 1}, 1),
        ("WMP", "Fraud", {"proactive": 2, "closed": 1}, 2),
    ]
    assert len(asked(workspace, tasking_book.caseload, ("STP",))) == 1


def test_lros_stand_by_name_with_what_is_late_and_what_came_of_it(workspace, given):
    one, two, none = (
        an_ocg(name, status="active", agency="WMP") for name in ("One", "Two", "None")
    )
    plan = a_plan(one, review_due=day(-20))
    given(
        *(one, two, none, plan),
        an_action(plan, "Late", due=day(-3), strand="pursue"),
        an_action(plan, "Done", status="complete", strand="protect"),
        an_assignment(one, "Insp Zeal", role="lro"),
        an_assignment(two, "Insp Abel", role="lro"),
    )
    given(
        Disruption(title="Warrant", on=day(-30), status="accepted", subjects=(one.id,)),
        Disruption(title="Draft", on=day(-30), status="draft", subjects=(one.id,)),
        Disruption(title="Years ago", on=day(-800), status="accepted", subjects=(one.id,)),
    )
    rows = asked(workspace, lro_load.read, ("WMP",), today=TODAY)
    assert [row.officer for row in rows] == ["", "Insp Abel", "Insp Zeal"]
    zeal = rows[2]
    assert (zeal.late_actions, zeal.late_reviews, zeal.done, zeal.disruptions) == (1, 1, 1, 1)
    assert (zeal.empty_strands, rows[1].without_plan) == (3, 1)


def test_home_shows_the_newest_score_and_where_it_went(workspace, given):
    ocg = given(an_ocg("Tarnbrook", status="active", agency="WMP"))[0]
    for total, months in ((90, 6), (120, 1)):
        given(
            Assessment(owner=ocg.id, sheet="morile-style", total=total, band="high",
                       assessed=day(-30 * months))
        )  # fmt: skip
    home = asked(workspace, overview.home, overview.Scope.ALL, agency="WMP", today=TODAY)
    score = home.scores[ocg.id]
    assert (score.risk.total, score.points, score.trend.value) == (120, (90, 120), "rising")


def test_lessons_are_found_by_the_tactic_they_tell_of(workspace):
    made = do(workspace, lessons.record, Lesson(title="Letters worked", tactic="warrant-day"))
    do(workspace, lessons.record, Lesson(title="Of no tactic"))
    found = asked(workspace, lessons.by_tactic)
    assert {tactic: [one.title for one in told] for tactic, told in found.items()} == {
        "warrant-day": ["Letters worked"]
    }
    do(workspace, lessons.edit, made.id, {"worked": "did-not"})
    assert asked(workspace, lessons.by_tactic)["warrant-day"][0].worked == "did-not"
    do(workspace, lessons.remove, made.id)
    assert asked(workspace, lessons.by_tactic) == {}
