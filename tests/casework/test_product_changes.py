"""What changed since a product was issued: records that came, went and changed, field by field."""

from datetime import UTC, date, datetime

import pytest
from makers import a_membership, a_nominal, a_note, a_plan, an_action, an_ocg

from ocgdesk.casework import combining, product_changes, products, records, restricting
from ocgdesk.casework.briefs import Wish
from ocgdesk.casework.product_changes import How
from ocgdesk.casework.products import Issue
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.people import Role

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


@pytest.fixture
def world(given):
    ocg, boss, runner = given(
        an_ocg("Tarnbrook", status="active", tier="t2"),
        a_nominal("Ewan Pryce"),
        a_nominal("Jo Fell"),
    )
    member = given(a_membership(boss, ocg, role="principal", importance="principal"))[0]
    plan = given(a_plan(ocg))[0]
    return {"ocg": ocg, "boss": boss, "runner": runner, "member": member, "plan": plan}


@pytest.fixture
def issue(workspace, tmp_path, world):
    def issue_(audience="internal", sections=(), **more):
        sections = sections or ("identity", "scores", "members", "chart", "plan", "disruptions")
        wish = {"product": "ocg-profile", "subject": world["ocg"].id, "sections": sections} | more
        said = Issue(path=tmp_path / "p.html")
        return products.issue(workspace, Wish(audience=audience, **wish), said, now=NOW)

    return issue_


@pytest.fixture
def told(workspace):
    """Ask what changed: section, what became of it, its label and its fields."""

    def told_(product):
        with workspace.reading() as reader:
            found = product_changes.since(reader, reader.find(product.id), now=NOW)
        return [
            (
                one.section,
                one.how.value,
                one.label,
                {f.field: (f.before, f.after) for f in one.fields},
            )
            for one in found.changes
        ]

    return told_


def test_nothing_is_told_where_nothing_changed(workspace, issue, told, given, world):
    issued = issue()
    given(a_nominal("Somebody Else"), a_note(world["ocg"]))
    assert told(issued) == []
    with workspace.reading() as reader:
        assert not product_changes.is_touched(reader, reader.find(issued.id))


def test_a_field_is_told_with_what_stood_there_and_what_does_now(issue, told, world, put):
    issued = issue()
    put(world["ocg"], tier="t1")
    put(world["boss"], born=PartialDate(1991))
    assert told(issued) == [
        ("At a glance", "changed", "Tarnbrook", {"Tier": ("T2", "T1")}),
        ("Members", "changed", "Ewan Pryce", {"Born": ("", "1991")}),
    ]


def test_what_came_into_scope_is_told_in_its_section(issue, told, world, given):
    issued = issue()
    ocg, runner = world["ocg"], world["runner"]
    claim = given(
        Disruption(title="Cash taken", on=date(2026, 11, 2), subjects=(ocg.id,), strand="pursue",
                   level="minor", status="accepted"),
        Disruption(title="Only a draft", on=date(2026, 11, 2), subjects=(ocg.id,)),
    )[0]  # fmt: skip
    given(
        a_membership(runner, ocg, role="runner"),
        an_action(world["plan"], "Visit the yard", strand="protect"),
        Outcome(owner=claim.id, measure="cash", value=900, unit="gbp"),
    )
    assert [row[:3] for row in told(issued)] == [
        ("Members", "new", "Jo Fell · Member of · Tarnbrook"),
        ("4P plan", "new", "Visit the yard"),
        ("Disruptions", "new", "Cash seized"),
        ("Disruptions", "new", "Cash taken"),
    ]


def test_what_no_section_of_it_tells_is_not_told(issue, told, world, given, put):
    issued = issue(sections=("identity", "plan"))
    given(a_membership(world["runner"], world["ocg"]))
    put(world["boss"], born=PartialDate(1991))
    assert told(issued) == []


def test_what_went_was_removed_or_merged_is_told(workspace, issue, told, world, given, put):
    twin = given(a_nominal("Ewan Price"))[0]
    tie = given(a_membership(twin, world["ocg"]), a_membership(world["runner"], world["ocg"]))
    issued = issue()
    with workspace.work("Merge") as done:
        combining.merge(done.work, world["boss"].id, twin.id)
    with workspace.work("Unlink") as done:
        records.unlink(done.work, [tie[1].id])
    found = told(issued)
    assert ("Members", "merged", "Ewan Pryce", {}) in found
    assert ("Members", "removed", "Jo Fell · Member of · Tarnbrook", {}) in found
    assert all(how != How.NEW for _section, how, _label, _fields in found)


def test_a_day_that_passed_is_enough_to_leave_it(workspace, issue, world, put):
    put(world["member"], end=PartialDate(2026, 11, 30))
    issued = issue()
    with workspace.reading() as reader:
        later = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
        found = product_changes.since(reader, reader.find(issued.id), now=later).changes
    assert [(one.how, one.label, one.who) for one in found] == [(How.WENT, "Ewan Pryce", "")]


def test_it_is_called_as_its_audience_was_told(issue, told, world, put):
    issued = issue("partners", sections=("identity", "members", "plan"))
    put(world["boss"], name="Ewan Pryce-Hale", born=PartialDate(1991))
    put(world["ocg"], summary="Ewan Pryce leads it.")
    found = told(issued)
    assert found[1][:3] == ("Members", "changed", "Principal 1")
    assert set(found[1][3].values()) == {("withheld", "withheld"), ("", "withheld")}
    assert "Pryce" not in str(found)


def test_who_may_not_know_of_a_record_is_not_told_of_it(
    workspace, issue, world, put, opened_by, add_user
):
    issued = issue()
    put(world["boss"], born=PartialDate(1991))
    with workspace.work("Restrict") as done:
        restricting.restrict(done.work, world["boss"].id, (workspace.user.id,), "Source")
    with workspace.reading() as reader:
        mine = product_changes.since(reader, reader.find(issued.id), now=NOW).changes
    assert any(put_.field == "Restricted" for one in mine for put_ in one.fields)
    other = opened_by(add_user("theo", Role.ANALYST))
    with other.reading() as reader:
        theirs = product_changes.since(reader, reader.find(issued.id), now=NOW).changes
    assert "Pryce" not in str(theirs)
    assert "1991" not in str(theirs)


def test_one_that_cannot_be_made_any_more_says_why_and_tells_the_rest(workspace, issue, world, put):
    issued = issue(sections=("identity", "members"))
    put(issued, spec=issued.spec.replace('"members"', '"chart:No such chart"'))
    put(world["ocg"], tier="t1")
    with workspace.reading() as reader:
        found = product_changes.since(reader, reader.find(issued.id), now=NOW)
    assert "No such chart" in found.unmade
    assert [one.label for one in found.changes] == ["Tarnbrook"]
