"""A record with its links and what it owned, as it was held at an instant."""

from dataclasses import replace

import pytest
from makers import (
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    a_report,
    an_action,
    an_assertion,
    an_assignment,
    an_ocg,
)

from ocgdesk.domain.entities import Assignment
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.people import Role
from ocgdesk.domain.plans import Action, Plan
from ocgdesk.errors import NotFound
from ocgdesk.store.held import Held


@pytest.fixture
def head(workspace):
    return lambda: workspace.head()[0]


@pytest.fixture
def remove(workspace):
    def remove_(*things):
        with workspace.work("Remove") as done:
            now = [done.work.reader.find(thing.id, thing.base) for thing in things]
            done.work.remove(*now)

    return remove_


def links(workspace, thing, seq, opened=None):
    with (opened or workspace).reading() as reader:
        found = Held(reader, seq).links_of(thing.id)
    return {(item.link.type, item.link.strength, item.other.label, item.outward) for item in found}


def test_links_edited_and_taken_out_since_stand_as_they_were(
    workspace, given, put, remove, head
) -> None:
    ocg, ann, bob = given(an_ocg("Tarn"), a_nominal("Ann"), a_nominal("Bob"))
    kept, edited, gone = given(
        a_membership(ann, ocg, strength="confirmed"),
        a_link(ann, bob, type="associate", strength="tentative"),
        a_link(bob, ocg, type="associate"),
    )
    then = head()
    put(edited, strength="confirmed")
    remove(gone)
    assert links(workspace, ann, then) == {
        ("member-of", "confirmed", "Tarn", True),
        ("associate", "tentative", "Bob", True),
    }
    assert ("associate", "unconfirmed", "Bob", False) in links(workspace, ocg, then)
    assert len(links(workspace, ocg, head())) == 1
    assert kept.version == 1


def test_links_made_since_are_not_there(workspace, given, head) -> None:
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    then = head()
    given(a_link(ann, bob))
    assert links(workspace, ann, then) == set()
    assert len(links(workspace, ann, head())) == 1


def test_the_other_end_bears_the_name_it_had_even_if_it_is_gone(
    workspace, given, put, remove, head
) -> None:
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    (link,) = given(a_link(ann, bob, type="associate"))
    then = head()
    put(bob, name="Robert")
    assert {row[2] for row in links(workspace, ann, then)} == {"Bob"}
    remove(link, bob)
    assert {row[2] for row in links(workspace, ann, then)} == {"Bob"}
    assert links(workspace, ann, head()) == set()


def test_what_was_undone_and_done_again_is_as_it_stood(workspace, given, remove, head) -> None:
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    (link,) = given(a_link(ann, bob))
    first = head()
    remove(link)
    second = head()
    workspace.undo()
    assert len(links(workspace, ann, first)) == 1
    assert links(workspace, ann, second) == set()
    assert len(links(workspace, ann, head())) == 1


def test_a_record_taken_out_before_is_not_held(workspace, given, remove, head) -> None:
    (ann,) = given(a_nominal("Ann"))
    remove(ann)
    then = head()
    given(a_nominal("Bob"))
    with workspace.reading() as reader:
        assert Held(reader, then).entities([ann.id]) == {}
        assert Held(reader, then - 1).entities([ann.id])[ann.id].label == "Ann"


def test_plan_actions_and_posts_are_those_of_then(workspace, given, put, remove, head) -> None:
    (ocg,) = given(an_ocg())
    (plan,) = given(a_plan(ocg))
    action, post = given(an_action(plan, title="Warrant"), an_assignment(ocg, officer="J. Mistry"))
    then = head()
    put(action, title="Search warrant")
    remove(post)
    given(an_action(plan, title="Newer"))
    with workspace.reading() as reader:
        held = Held(reader, then)
        assert [item.id for item in held.owned(ocg.id, Plan)] == [plan.id]
        assert [item.title for item in held.owned(plan.id, Action)] == ["Warrant"]
        assert [item.officer for item in held.owned(ocg.id, Assignment)] == ["J. Mistry"]
        assert Held(reader, head()).owned(ocg.id, Assignment) == []


def test_statements_and_citations_are_those_of_then(workspace, given, put, remove, head) -> None:
    ann, bob, report = given(a_nominal("Ann"), a_nominal("Bob"), a_report())
    link, said = given(
        a_link(ann, bob, reports=(report.id,)), an_assertion(ann, "gender", "female")
    )
    then = head()
    put(link, reports=())
    remove(said)
    with workspace.reading() as reader:
        held = Held(reader, then)
        assert [item.value for item in held.assertions_of(ann.id)] == ["female"]
        assert {item.label for item in held.citing(report.id)} == {"Ann", "Bob"}
        assert Held(reader, head()).citing(report.id) == []
        assert Held(reader, head()).assertions_of(ann.id) == []


def test_nobody_learns_of_a_restricted_record_by_way_of_the_past(
    workspace, given, put, remove, head, add_user, opened_by, ann
) -> None:
    one, secret, other = given(a_nominal("One"), a_nominal("Secret"), a_nominal("Other"))
    hidden, open_ = given(a_link(one, secret), a_link(one, other))
    then = head()
    with workspace.work("Restrict") as done:
        now = done.work.reader.find(secret.id)
        done.work.put(replace(now, restricted_to=frozenset({ann.id})))
    bea = opened_by(add_user("bea", Role.ANALYST))
    assert {row[2] for row in links(workspace, one, then)} == {"Secret", "Other"}
    assert {row[2] for row in links(workspace, one, then, bea)} == {"Other"}
    remove(hidden, secret, open_)
    assert {row[2] for row in links(workspace, one, then, bea)} == {"Other"}
    with bea.reading() as reader:
        assert Held(reader, then).entities([secret.id]) == {}


def test_links_are_of_the_table_of_links(workspace, given, head) -> None:
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    (link,) = given(a_link(ann, bob))
    with workspace.reading() as reader:
        found = Held(reader, head()).links_of(bob.id)
    assert (found[0].link.id, found[0].outward, found[0].link.base) == (link.id, False, Base.LINK)


def test_no_question_of_the_past_tells_of_what_is_restricted_by_now(
    workspace, given, put, head, add_user, opened_by, ann
) -> None:
    """The walk over all queries goes by functions; these are methods, so they are walked here."""
    one, two, group, paper = given(
        a_nominal("One"), a_nominal("Two"), an_ocg("Secret"), a_report(title="Secret")
    )
    (plan,) = given(a_plan(group))
    link, said = given(a_link(one, two, reports=(paper.id,)), an_assertion(group, "name", "Secret"))
    given(a_link(one, group), an_assertion(one, "name", "One", reports=(paper.id,)))
    then = head()
    put(link, strength="confirmed")
    put(said, value="Secret too")
    put(plan, title="Secret plan")
    with workspace.work("Restrict") as done:
        now = [done.work.reader.find(thing.id) for thing in (group, paper)]
        done.work.put(*(replace(thing, restricted_to=frozenset({ann.id})) for thing in now))
    bea = opened_by(add_user("bea", Role.ANALYST))
    with bea.reading() as reader:
        held = Held(reader, then)
        (seen,) = held.links_of(one.id)
        assert (seen.other.label, seen.link.reports) == ("Two", ())
        assert [item.reports for item in held.assertions_of(one.id)] == [()]
        assert held.owned(group.id, Plan) == []
        assert held.links_of(group.id) == []
        assert held.briefs([group.id, paper.id, one.id]).keys() == {one.id}
        assert held.citing(paper.id) == []
        with pytest.raises(NotFound):
            held.assertions_of(group.id)
