"""4P plans: started once, actions that make sense, what is moved, taken out and counted."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from makers import (
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    an_action,
    an_assignment,
    an_objective,
    an_ocg,
)

from ocgdesk.casework import overview, plan_board, plans
from ocgdesk.casework.overview import Scope
from ocgdesk.casework.plan_board import Coverage, Touch
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.plans import Action, ActionStatus, Objective, Plan, Strand
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.store import planning, recent
from ocgdesk.store.workspace import Workspace

TODAY = date(2026, 11, 21)
Given = Callable[..., list[Thing]]
Put = Callable[..., Thing]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def get(workspace: Workspace, thing: Thing) -> Thing:
    with workspace.reading() as reader:
        return reader.find(thing.id)


def home(workspace: Workspace, wish: Scope | None = None) -> overview.Home:
    with workspace.reading() as reader:
        return overview.home(reader, wish, agency=workspace.about.agency, today=TODAY)


@pytest.fixture
def ocg(given: Given) -> Thing:
    return given(an_ocg(status="active", agency="WMP", tier="t1"))[0]


@pytest.fixture
def plan(given: Given, ocg: Thing) -> Plan:
    return given(a_plan(ocg, review_due=ago(16)))[0]


def test_a_plan_is_started_once(workspace: Workspace, ocg: Thing) -> None:
    with workspace.work("Start 4P plan", right=Right.PLAN) as done:
        made = plans.start(done.work, ocg.id)
    assert made.title == "4P plan: Tarnbrook"
    with (
        pytest.raises(Refused, match="has a 4P plan already"),
        workspace.work("Start 4P plan", right=Right.PLAN) as done,
    ):
        plans.start(done.work, ocg.id)


def test_an_action_is_raised_today_unless_said_otherwise(workspace: Workspace, plan: Plan) -> None:
    with workspace.work("Add action", right=Right.PLAN) as done:
        made = plans.add_action(done.work, plan.id, {"title": "Visit"}, today=TODAY)
    assert made.raised == TODAY


def test_an_action_due_before_it_was_raised_is_refused(workspace: Workspace, plan: Plan) -> None:
    values = {"title": "Visit", "due": ago(1)}
    with (
        pytest.raises(Refused, match="due before it was raised"),
        workspace.work("Add action", right=Right.PLAN) as done,
    ):
        plans.add_action(done.work, plan.id, values, today=TODAY)
    with workspace.reading() as reader:
        assert planning.actions_of(reader, plan.id) == []


def test_completing_notes_the_day_and_reopening_forgets_it(
    workspace: Workspace, given: Given, plan: Plan
) -> None:
    (action,) = given(an_action(plan))
    with workspace.work("Complete", right=Right.PLAN) as done:
        plans.set_status(done.work, action.id, ActionStatus.COMPLETE, today=TODAY)
    assert get(workspace, action).done == TODAY
    with workspace.work("Reopen", right=Right.PLAN) as done:
        plans.set_status(done.work, action.id, ActionStatus.IN_PROGRESS, today=TODAY)
    assert get(workspace, action).done is None


def test_an_action_moved_to_another_strand_lets_go_of_the_objective_there(
    workspace: Workspace, given: Given, plan: Plan
) -> None:
    aim = an_objective(plan, strand="pursue")
    action = an_action(plan, strand="pursue", objective=aim.id)
    given(aim, action)
    with workspace.work("Move action", right=Right.PLAN) as done:
        plans.move(done.work, action.id, Strand.PROTECT)
    moved = get(workspace, action)
    assert isinstance(moved, Action)
    assert (moved.strand, moved.objective) == ("protect", None)


def test_an_edit_of_what_somebody_else_changed_is_refused(
    workspace: Workspace, given: Given, put: Put, plan: Plan
) -> None:
    (action,) = given(an_action(plan))
    put(action, title="Visit both hubs")
    with pytest.raises(Conflict), workspace.work("Edit action", right=Right.PLAN) as done:
        plans.edit_action(done.work, action.id, {"title": "Mine"}, version=action.version)
    assert get(workspace, action).title == "Visit both hubs"


def test_an_objective_taken_out_leaves_its_actions_and_undo_joins_them_again(
    workspace: Workspace, given: Given, plan: Plan
) -> None:
    aim = an_objective(plan)
    action = an_action(plan, objective=aim.id)
    given(aim, action)
    with workspace.work("Delete objective", right=Right.PLAN) as done:
        plans.remove(done.work, (aim.id,))
    assert get(workspace, action).objective is None
    workspace.undo()
    assert get(workspace, action).objective == aim.id
    assert isinstance(get(workspace, aim), Objective)


def test_only_actions_and_objectives_are_taken_out_of_a_plan(
    workspace: Workspace, plan: Plan
) -> None:
    with (
        pytest.raises(Refused, match="Only actions and objectives"),
        workspace.work("Delete", right=Right.PLAN) as done,
    ):
        plans.remove(done.work, (plan.id,))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5/12/27", date(2027, 12, 5)),
        ("5 Dec", date(2026, 12, 5)),
        ("5/12", date(2026, 12, 5)),
        ("1 Jan", date(2027, 1, 1)),
        ("+14", date(2026, 12, 5)),
        ("today", TODAY),
        ("14/2/2026", date(2026, 2, 14)),
        ("  ", None),
    ],
)
def test_a_due_date_is_read_as_people_type_one(typed: str, read: date | None) -> None:
    assert plans.due_day(typed, today=TODAY) == read


@pytest.mark.parametrize("typed", ["soon", "31/2", "Feb 2027", "2027"])
def test_what_names_no_day_is_refused_as_a_due_date(typed: str) -> None:
    with pytest.raises(Refused):
        plans.due_day(typed, today=TODAY)


def test_the_board_counts_what_live_actions_touch(
    workspace: Workspace, given: Given, ocg: Thing, plan: Plan
) -> None:
    boss, other = a_nominal("Aled Cors"), a_nominal("Bryn Dwr")
    child = a_nominal("Child A", exploited=True)
    line = a_line()
    given(
        *(boss, other, child, line),
        a_membership(boss, ocg, importance="principal"),
        a_membership(other, ocg, importance="peripheral"),
        a_link(ocg, line, type="controls"),
        a_link(child, line, type="deals-for"),
        an_action(plan, touches=(boss.id,)),
        an_action(plan, title="Done", status="complete", touches=(line.id,)),
    )
    with workspace.reading() as reader:
        board = plan_board.read(reader, ocg.id, today=TODAY)
    assert board.coverage == (
        Coverage(Touch.PRINCIPALS, 1, 1),
        Coverage(Touch.LINES, 0, 1),
        Coverage(Touch.EXPLOITED, 0, 1),
    )
    assert {record.label for record in board.records.values()} >= {"Aled Cors", "Kestrel"}


def test_the_board_of_an_ocg_without_a_plan_says_so(workspace: Workspace, ocg: Thing) -> None:
    with workspace.reading() as reader:
        assert plan_board.read(reader, ocg.id, today=TODAY).plan is None


def test_a_restricted_ocg_has_no_board_for_others(
    given: Given, opened_by: Callable[[User], Workspace], another_user: User
) -> None:
    (secret,) = given(an_ocg("Secret", status="active", restricted_to=frozenset({uuid4()})))
    theirs = opened_by(another_user)
    with theirs.reading() as reader, pytest.raises(NotFound):
        plan_board.read(reader, secret.id, today=TODAY)
    assert home(theirs, Scope.ALL).standing.ocgs == 0


def test_home_is_about_mine_first_then_the_force(
    workspace: Workspace, given: Given, ocg: Thing, ann: User
) -> None:
    assert home(workspace).scope is Scope.FORCE
    given(an_assignment(ocg, user=ann.id, role="lro"))
    found = home(workspace)
    assert (found.scope, [row.ocg.label for row in found.rows]) == (Scope.MINE, ["Tarnbrook"])


def test_home_goes_on_to_where_there_are_ocgs(workspace: Workspace, given: Given) -> None:
    given(an_ocg("Elsewhere", status="active", agency="KEN"))
    assert home(workspace).scope is Scope.ALL
    assert home(workspace, Scope.FORCE).rows == ()


def test_an_assignment_that_has_ended_no_longer_counts(
    workspace: Workspace, given: Given, ocg: Thing, ann: User
) -> None:
    given(an_assignment(ocg, user=ann.id, end=PartialDate(2026, 10)))
    assert home(workspace, Scope.MINE).rows == ()


def test_an_assignment_that_ends_this_month_still_counts(
    workspace: Workspace, given: Given, ocg: Thing, ann: User
) -> None:
    given(an_assignment(ocg, user=ann.id, end=PartialDate(2026, 11)))
    assert len(home(workspace, Scope.MINE).rows) == 1


def test_what_stands_out_is_counted(workspace: Workspace, given: Given, plan: Plan) -> None:
    given(
        an_action(plan, due=ago(1)),
        an_action(plan, title="Soon", due=ago(-3)),
        an_action(plan, title="Done", due=ago(9), status="complete"),
        an_action(plan, title="Other", strand="prevent"),
    )
    now = home(workspace, Scope.FORCE).standing
    assert (now.ocgs, now.plans, now.late_actions, now.late_reviews) == (1, 1, 1, 1)
    assert (now.week_actions, now.week_reviews) == (1, 0)
    assert (now.empty_strands, now.plans_with_empty) == (2, 1)


def test_the_earliest_review_comes_first_whether_the_plan_or_the_ocg_has_it(
    workspace: Workspace, given: Given, ocg: Thing
) -> None:
    given(
        a_plan(ocg, review_due=ago(16)),
        an_ocg("Later", status="active", agency="WMP", review_due=ago(2)),
        an_ocg("Undated", status="re-activated", agency="WMP"),
        an_ocg("Earlier", status="active", agency="WMP", review_due=ago(30)),
    )
    names = [row.ocg.label for row in home(workspace, Scope.FORCE).rows]
    assert names == ["Earlier", "Tarnbrook", "Later", "Undated"]


def test_only_my_live_actions_wait_on_me(
    workspace: Workspace, given: Given, plan: Plan, ann: User
) -> None:
    given(
        an_action(plan, title="Mine", due=ago(-40), user=ann.id),
        an_action(plan, title="Done", due=ago(3), user=ann.id, status="complete"),
        an_action(plan, title="Theirs", due=ago(1)),
    )
    assert [task.title for task in home(workspace).waiting] == ["Mine"]


def test_what_others_did_is_told_with_who_and_to_which_record(
    workspace: Workspace,
    given: Given,
    plan: Plan,
    opened_by: Callable[[User], Workspace],
    another_user: User,
) -> None:
    (action,) = given(an_action(plan))
    theirs = opened_by(another_user)
    with theirs.work("Move action", right=Right.PLAN) as done:
        plans.move(done.work, action.id, Strand.PREVENT)
    (told,) = home(workspace, Scope.FORCE).recent
    assert (told.who, told.label, told.what.label) == ("Bea", "Move action", "Visit the hub")
    assert told.ocg.label == "Tarnbrook"
    assert home(theirs, Scope.FORCE).recent[0].who == "Ann"


def test_what_was_done_before_the_last_look_is_not_told_again(
    ocg: Thing, opened_by: Callable[[User], Workspace], another_user: User
) -> None:
    theirs = opened_by(another_user)
    with theirs.reading() as reader:
        seen = recent.by_others(reader, [reader.number(ocg.id)], None)
        since = seen[0].at
        assert recent.by_others(reader, [reader.number(ocg.id)], since) == []


def test_force_and_region_are_known_from_the_agency() -> None:
    assert overview.scopes("WMP") == (Scope.MINE, Scope.FORCE, Scope.REGION, Scope.ALL)
    assert set(overview.agencies_of(Scope.REGION, "WMP")) >= {"WMP", "WMC", "STP", "RWM"}
    assert overview.scopes("XX") == (Scope.MINE, Scope.ALL)
