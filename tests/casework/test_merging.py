"""Two people editing one plan: merged field by field, asked where both changed the same."""

from datetime import date

import pytest
from makers import a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import merging, plan_conflicts, plans
from ocgdesk.domain.plans import Action
from ocgdesk.store import records


@pytest.fixture
def plan(given):
    ocg = given(an_ocg(status="active"))[0]
    return given(a_plan(ocg))[0]


@pytest.fixture
def action(given, plan):
    return given(an_action(plan, "Visit", officer="PC Ash", raised=date(2026, 11, 1)))[0]


def edit(workspace, action, **values):
    with workspace.work("Edit action") as done:
        plans.edit_action(done.work, action.id, values)


def merged(workspace, action, **values):
    with workspace.work("Edit action") as done:
        merging.edit(done.work, action, values)
    with workspace.reading() as reader:
        return reader.get(Action, action.id)


def test_what_only_one_changed_is_kept_on_both_sides(workspace, action):
    edit(workspace, action, officer="PC Elm")
    saved = merged(workspace, action, due=date(2026, 12, 1))
    assert (saved.officer, saved.due) == ("PC Elm", date(2026, 12, 1))


def test_a_field_both_changed_is_refused_with_both_values(workspace, action):
    edit(workspace, action, officer="PC Elm")
    with pytest.raises(merging.Overlap, match="Action owner") as error:
        merged(workspace, action, officer="PC Oak", due=date(2026, 12, 1))
    clash = error.value.clashes[0]
    assert (clash.name, clash.theirs, clash.yours) == ("officer", "PC Elm", "PC Oak")
    assert error.value.now.officer == "PC Elm"


def test_both_changing_to_the_same_is_no_clash(workspace, action):
    edit(workspace, action, officer="PC Elm")
    assert merged(workspace, action, officer="PC Elm").officer == "PC Elm"


def clashes(workspace, given, plan, *actions):
    made = given(*actions)
    with workspace.reading() as reader:
        known = records.by_ids(reader, {id_ for one in made for id_ in one.touches})
        return plan_conflicts.clashes(made, known)


def on(plan, person, day, **more):
    return an_action(plan, touches=(person.id,), due=date(2026, 12, day), **more)


def test_two_actions_on_one_nominal_in_one_week_clash(workspace, given, plan):
    boss = given(a_nominal("Ewan Pryce"))[0]
    found = clashes(
        workspace,
        given,
        plan,
        on(plan, boss, 1, officer="Insp Rowe"),
        on(plan, boss, 6, officer="DI Okafor", side="sio"),
    )
    assert [one.is_across for one in found] == [True]
    assert "Ewan Pryce" in found[0].words
    assert "DI Okafor" in found[0].words


def test_a_week_apart_or_one_officer_is_no_clash(workspace, given, plan):
    boss = given(a_nominal("Ewan Pryce"))[0]
    apart = clashes(
        workspace,
        given,
        plan,
        on(plan, boss, 1, officer="Insp Rowe"),
        on(plan, boss, 8, officer="DI Okafor", side="sio"),
        on(plan, boss, 9, officer="DI Okafor", side="sio"),
    )
    assert not apart
