"""What the records of an OCG suggest for its plan, and what people answer."""

from datetime import date

import pytest
from makers import a_line, a_link, a_membership, a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import suggestions
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Location
from ocgdesk.domain.plans import Plan
from ocgdesk.domain.subrecords import CheckBack, Custody, Order, Safeguarding, ThreatWarning
from ocgdesk.errors import Refused

TODAY = date(2026, 11, 18)


@pytest.fixture
def ocg(given):
    return given(an_ocg(status="active"))[0]


@pytest.fixture
def plan(given, ocg):
    return given(a_plan(ocg))[0]


@pytest.fixture
def principal(given, ocg):
    person = given(a_nominal("Ewan Pryce"))[0]
    given(a_membership(person, ocg, importance="principal"))
    return person


def said(workspace, plan):
    with workspace.reading() as reader:
        return suggestions.of_plan(reader, reader.get(Plan, plan.id), today=TODAY)


def rules(workspace, plan):
    return [one.rule for one in said(workspace, plan)]


def act(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


@pytest.fixture
def home(given, ocg):
    place = given(Location(name="4 Quarry Road", location_type="home"))[0]
    given(a_link(ocg, place, type="cuckooed-at"))
    return place


def test_a_cuckooed_address_wants_a_protect_action(workspace, given, plan, home):
    assert rules(workspace, plan) == ["cuckooed-address"]
    given(an_action(plan, strand="pursue", touches=(home.id,)))
    assert rules(workspace, plan) == ["cuckooed-address"]
    given(an_action(plan, strand="protect", touches=(home.id,)))
    assert rules(workspace, plan) == []


def test_a_principal_due_for_release_wants_offender_management(workspace, given, plan, principal):
    given(Custody(owner=principal.id, custody_type="sentence", release_due=PartialDate(2027, 1)))
    found = said(workspace, plan)
    assert [one.rule for one in found] == ["release-due"]
    assert "Jan 2027" in found[0].words
    given(an_action(plan, strand="prevent", touches=(principal.id,)))
    assert rules(workspace, plan) == []


@pytest.mark.parametrize(
    "more",
    [
        {"release_due": PartialDate(2029)},
        {"release_due": PartialDate(2027, 1), "released": PartialDate(2026, 9)},
    ],
)
def test_a_release_far_off_or_past_suggests_nothing(more, workspace, given, plan, principal):
    given(Custody(owner=principal.id, custody_type="sentence", **more))
    assert rules(workspace, plan) == []


def test_an_exploited_child_without_a_referral_is_named_by_reference(workspace, given, plan, ocg):
    child = given(a_nominal("Somebody Young", exploited=True, born=PartialDate(2011)))[0]
    given(a_link(ocg, child, type="exploits"))
    found = said(workspace, plan)
    assert [one.rule for one in found] == ["child-without-referral"]
    assert child.ref in found[0].words
    assert "Somebody" not in found[0].words + found[0].title
    given(Safeguarding(owner=child.id, age_group="child", referred=PartialDate(2026, 10)))
    assert rules(workspace, plan) == []


def test_a_closed_line_wants_a_check_back(workspace, given, plan, ocg):
    line = given(a_line(status="closed", closed=PartialDate(2026, 9)))[0]
    given(a_link(ocg, line, type="controls"))
    assert rules(workspace, plan) == ["line-without-check-back"]
    given(CheckBack(owner=line.id, due=date(2026, 12, 1)))
    assert rules(workspace, plan) == []


def test_a_threat_warning_due_and_an_order_running_out_are_told(workspace, given, plan, principal):
    given(
        ThreatWarning(owner=principal.id, review_due=date(2026, 11, 20)),
        Order(owner=principal.id, order_type="scpo", end=PartialDate(2026, 12)),
    )
    assert rules(workspace, plan) == ["threat-review", "order-expiring"]


def test_what_is_accepted_becomes_an_action_and_is_not_suggested_again(workspace, plan, home):
    one = said(workspace, plan)[0]
    action = act(workspace, suggestions.accept, plan.id, one, today=TODAY)
    assert (action.strand, action.touches, action.tactic) == (
        "protect",
        (home.id,),
        "cuckooing-visits",
    )
    assert rules(workspace, plan) == []


def test_what_is_dismissed_says_why_and_is_not_suggested_again(workspace, plan, home):
    one = said(workspace, plan)[0]
    with pytest.raises(Refused, match="Say why"):
        act(workspace, suggestions.dismiss, plan.id, one, reason=" ", today=TODAY)
    act(workspace, suggestions.dismiss, plan.id, one, reason="The tenant moved", today=TODAY)
    assert rules(workspace, plan) == []


def test_who_stands_between_most_others_is_suggested_but_never_who_is_exploited(
    workspace, given, ocg, plan
):
    broker, *rest = given(*(a_nominal(name) for name in ("Broker", "A", "B", "C", "D")))
    given(a_membership(broker, ocg), *(a_membership(one, ocg) for one in rest))
    others = given(*(a_nominal(f"Far {n}") for n in range(3)))
    given(*(a_link(broker, one, type="associate") for one in others))
    found = [one for one in said(workspace, plan) if one.rule == "broker"]
    assert [one.about.id for one in found] == [broker.id]
    assert "It follows what was collected" in found[0].words
    given(an_action(plan, touches=(broker.id,)))
    assert "broker" not in rules(workspace, plan)


def test_an_exploited_person_is_never_called_a_broker(workspace, given, ocg, plan):
    person = given(a_nominal("Child", exploited=True))[0]
    given(a_membership(person, ocg))
    others = given(*(a_nominal(f"Far {n}") for n in range(3)))
    given(*(a_link(person, one, type="associate") for one in others))
    assert person.id not in [o.about.id for o in said(workspace, plan) if o.rule == "broker"]
