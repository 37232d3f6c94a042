"""A chart shows what live actions touch, and what a requirement asks about."""

import pytest
from makers import a_membership, a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import chart_facts
from ocgdesk.domain import chart_rules
from ocgdesk.domain.chart_fields import field
from ocgdesk.domain.charts import Item, Scene
from ocgdesk.domain.planning import Requirement


@pytest.fixture
def drawn(given):
    ocg = given(an_ocg(status="active"))[0]
    boss, runner = given(a_nominal("Ewan Pryce"), a_nominal("Gwyn Hale"))
    given(a_membership(boss, ocg), a_membership(runner, ocg))
    plan = given(a_plan(ocg))[0]
    given(
        an_action(plan, "Visit", touches=(boss.id,)),
        an_action(plan, "Done with", status="complete", touches=(runner.id,)),
        Requirement(owner=plan.id, question="Where does he live?", about=(runner.id,)),
        Requirement(owner=plan.id, question="Answered", about=(boss.id,), status="answered"),
    )
    return boss, runner


def asked(workspace, drawn, name):
    items = tuple(Item(id=one.id, kind=one.kind, label=one.label) for one in drawn)
    with workspace.reading() as reader:
        facts = chart_facts.read(reader, Scene(items=items, ties=()))
    return [facts.of_item(item, field(name)) for item in items]


def test_only_live_actions_count(workspace, drawn):
    assert asked(workspace, drawn, "touched") == [(1.0,), (0.0,)]


def test_a_requirement_counts_until_it_is_answered(workspace, drawn):
    assert asked(workspace, drawn, "asked_about") == [(0.0,), (1.0,)]


def test_the_overlay_ships_as_rules_to_take_over():
    rules = chart_rules.preset("coverage").rules
    assert [rule.dress.badge for rule in rules] == ["?", "ACT"]
