"""Templates made of plans, and OCGs handed from one LRO to another."""

from datetime import date

import pytest
from makers import a_nominal, a_plan, an_action, an_assignment, an_objective, an_ocg

from ocgdesk.casework import handovers, ocgs, plan_templates, records
from ocgdesk.domain.people import Role
from ocgdesk.domain.planning import PlanTemplate
from ocgdesk.errors import Refused
from ocgdesk.store import planning

TODAY = date(2026, 11, 18)


def act(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


@pytest.fixture
def ocg(given):
    return given(an_ocg("Tarnbrook", status="active", tier="t2"))[0]


@pytest.fixture
def plan(given, ocg):
    person = given(a_nominal("Ewan Pryce"))[0]
    plan = given(a_plan(ocg))[0]
    given(
        an_objective(plan, text="Charge the principals of Tarnbrook", strand="pursue"),
        an_action(
            plan,
            "SCPO application, Ewan Pryce",
            strand="pursue",
            touches=(person.id,),
            raised=date(2026, 10, 1),
            due=date(2026, 10, 31),
            status="complete",
            officer="DC Hale",
        ),
    )
    return plan


def test_a_template_names_nobody_and_begins_another_plan(workspace, plan, given):
    made = act(workspace, plan_templates.make, plan.id, "County line, first month")
    assert "Pryce" not in made.content
    assert "Tarnbrook" not in made.content
    other = given(an_ocg("Fellgate"))[0]
    fresh = given(a_plan(other))[0]
    assert act(workspace, plan_templates.use, fresh.id, made.id, today=TODAY) == 2
    with workspace.reading() as reader:
        action = planning.actions_of(reader, fresh.id)[0]
        assert [one.id for one in plan_templates.templates(reader)] == [made.id]
    assert (action.title, action.due, action.status, action.officer, action.touches) == (
        "SCPO application, [Nominal]",
        date(2026, 12, 18),
        "not-started",
        "",
        (),
    )


def test_a_plan_with_nothing_in_it_makes_no_template(workspace, given, ocg):
    bare = given(a_plan(given(an_ocg("Bare"))[0]))[0]
    with pytest.raises(Refused, match="neither objectives nor actions"):
        act(workspace, plan_templates.make, bare.id, "Nothing")


def test_a_damaged_or_retired_template_is_refused_in_a_sentence(workspace, plan):
    for template, words in (
        (PlanTemplate(title="Bad", content="{"), "damaged"),
        (PlanTemplate(title="Old", content="{}", retired=True), "not offered"),
    ):
        kept = act(workspace, records.made, template)
        with pytest.raises(Refused, match=words):
            act(workspace, plan_templates.use, plan.id, kept.id, today=TODAY)


@pytest.fixture
def taker(add_user, opened_by):
    return opened_by(add_user("theo", Role.LRO))


@pytest.fixture
def handover(workspace, ocg, plan, given, ann):
    given(an_assignment(ocg, "Insp Rowe", user=ann.id))
    return act(
        workspace, handovers.prepare, ocg.id, giver="Insp Rowe", taker="Insp Theo", today=TODAY
    )


def test_the_pack_says_where_the_plan_stands_by_reference(handover, ocg):
    assert ocg.ref in handover.pack
    assert "Pursue: 0 live, 1 done, 0 late" in handover.pack
    assert len(handover.digest) == 64


def test_both_sign_off_and_then_the_ocg_is_the_others(workspace, taker, handover, ocg):
    with pytest.raises(Refused, match="signs off first"):
        act(taker, handovers.take, handover.id, today=TODAY)
    act(workspace, handovers.give, handover.id)
    with pytest.raises(Refused, match="yourself"):
        act(workspace, handovers.take, handover.id, today=TODAY)
    act(taker, handovers.take, handover.id, today=TODAY)
    with workspace.reading() as reader:
        posts = ocgs.assignments(reader, ocg.id)
    assert [(post.officer, post.end is None) for post in posts] == [
        ("Insp Rowe", False),
        ("Insp Theo", True),
    ]
    with pytest.raises(Refused, match="complete already"):
        act(taker, handovers.take, handover.id, today=TODAY)


def test_one_hand_over_of_a_role_at_a_time_and_to_somebody_else(workspace, handover, ocg):
    with pytest.raises(Refused, match="open already"):
        act(workspace, handovers.prepare, ocg.id, giver="a", taker="b", today=TODAY)
    with pytest.raises(Refused, match="somebody else"):
        act(workspace, handovers.prepare, ocg.id, giver="A", taker="a ", role="sio", today=TODAY)
