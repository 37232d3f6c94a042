"""Closing records to all but some, opening them again, and break-glass."""

import pytest
from makers import a_link, a_membership, a_nominal, a_note, a_plan, an_action, an_ocg

from ocgdesk.casework import restricting
from ocgdesk.casework.restricting import Glass
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.people import Role
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.store import glass, records


@pytest.fixture
def restrict(workspace):
    def act(thing, users=(), reason="Source at risk", opened=None):
        with (opened or workspace).work("Restrict") as done:
            return restricting.restrict(done.work, thing.id, users, reason)

    return act


def sees(opened, thing):
    with opened.reading() as reader:
        return thing.id in reader.numbers([thing.id], thing.base)


def test_only_those_named_and_who_did_it_know_of_it(
    workspace, given, restrict, another_user, add_user, opened_by
) -> None:
    (secret,) = given(a_nominal())
    cal = opened_by(add_user("cal"))
    restrict(secret, [another_user.id])
    assert sees(workspace, secret)
    assert sees(opened_by(another_user), secret)
    assert not sees(cal, secret)
    restrict(secret, None, "Over")
    assert sees(cal, secret)


def test_it_needs_a_reason_and_users_who_may_read(workspace, given, restrict, add_user) -> None:
    (ocg,) = given(an_ocg())
    auditor = add_user("olu", Role.AUDITOR)
    with pytest.raises(Refused, match="Say why"):
        restrict(ocg, [], " ")
    with pytest.raises(Refused, match="may read records"):
        restrict(ocg, [auditor.id])


def test_those_inside_are_told_who_else_is_since_when_and_why(
    workspace, given, restrict, another_user
) -> None:
    (ocg,) = given(an_ocg())
    with workspace.reading() as reader:
        assert restricting.access(reader, ocg.id) is None
    restrict(ocg, [another_user.id])
    with workspace.reading() as reader:
        known = restricting.access(reader, ocg.id)
        assert [user.name for user in known.users] == ["ann", "bea"]
        assert (known.reason, known.by, known.until) == ("Source at risk", "Ann", None)
        assert [brief.id for brief, _access in restricting.mine(reader)] == [ocg.id]


def test_what_hangs_on_it_under_the_same_list_follows(
    workspace, given, restrict, another_user, opened_by
) -> None:
    (ocg,) = given(an_ocg())
    closed = restrict(ocg)
    (plan,) = given(a_plan(closed, restricted_to=closed.restricted_to))
    action, note = given(
        an_action(plan, restricted_to=closed.restricted_to), a_note(closed, "Open")
    )
    bea = opened_by(another_user)
    restrict(ocg, [another_user.id])
    assert all(sees(bea, thing) for thing in (ocg, plan, action, note))
    restrict(ocg, None, "Over")
    with workspace.reading() as reader:
        assert {reader.find(t.id).restricted_to for t in (ocg, plan, action, note)} == {None}


def test_a_link_can_be_closed_by_itself(
    workspace, given, restrict, another_user, opened_by
) -> None:
    one, two = given(a_nominal(), a_nominal())
    (link,) = given(a_link(one, two))
    restrict(link)
    bea = opened_by(another_user)
    assert not sees(bea, link)
    with bea.reading() as reader:
        assert records.links_of(reader, one.id) == []
    with workspace.reading() as reader:
        assert reader.find(link.id, Base.LINK).restricted_to is not None


def test_it_cannot_be_undone_and_older_edits_clash(workspace, given, restrict, put) -> None:
    (ocg,) = given(an_ocg())
    put(ocg, name="Renamed")
    restrict(ocg)
    assert workspace.undo_step().label == "Edit"
    with pytest.raises(Conflict):
        workspace.undo()


# ---- Break-glass --------------------------------------------------------------------------------


@pytest.fixture
def sio(add_user, opened_by):
    return opened_by(add_user("sam", Role.SIO))


def test_somebody_with_the_role_reads_a_record_for_a_while_and_ann_is_told(
    workspace, given, restrict, sio
) -> None:
    nominal, ocg = given(a_nominal("Secret"), an_ocg())
    given(a_membership(nominal, ocg))
    restrict(nominal)
    lent = restricting.break_glass(sio, f" {nominal.ref.lower()} ", "Threat to life")
    assert lent.record.id == nominal.id
    with sio.reading() as reader:
        assert len(records.links_of(reader, nominal.id)) == 1
        assert restricting.access(reader, nominal.id).until == lent.until
        assert restricting.mine(reader) == []
    with workspace.reading() as reader:
        (alert,) = restricting.alerts(reader)
        said = restricting.alert_words(alert)
        assert said == f"Sam opened {nominal.ref} by break-glass: Threat to life"
        restricting.saw_alerts(reader)
    with workspace.reading() as reader:
        assert not restricting.alerts(reader)[0].is_new


def test_a_try_that_finds_nothing_is_answered_as_any_and_told_to_the_auditor_alone(
    workspace, given, add_user, opened_by, sio
) -> None:
    given(a_nominal())
    with pytest.raises(NotFound) as failed:
        restricting.break_glass(sio, "WMPA1-NOM-2026-0077", "Curious")
    with sio.reading() as reader, pytest.raises(NotFound) as usual:
        records.resolve(reader, "WMPA1-NOM-2026-0077")
    assert str(failed.value) == str(usual.value)
    with workspace.reading() as reader:
        assert restricting.alerts(reader) == []
    with opened_by(add_user("olu", Role.AUDITOR)).reading() as reader:
        (alert,) = restricting.alerts(reader)
        assert (alert.label, alert.reason) == (glass.REFUSED, "Curious")


def test_it_is_refused_without_reason_role_or_need_and_where_it_is_off(
    workspace, given, restrict, another_user, opened_by, sio
) -> None:
    secret, seen = given(a_nominal(), a_nominal())
    restrict(secret)
    with pytest.raises(Refused, match="Say why"):
        restricting.break_glass(sio, secret.ref, " ")
    with pytest.raises(Refused, match="open to you already"):
        restricting.break_glass(sio, seen.ref, "Need")
    with pytest.raises(Refused, match="lro, sio, coordinator"):
        restricting.break_glass(opened_by(another_user), secret.ref, "Need")
    restricting.set_terms(workspace, Glass(allowed=False, hours=2))
    with pytest.raises(Refused, match="switched off"):
        restricting.break_glass(sio, secret.ref, "Need")


def test_an_administrator_says_for_how_long(workspace, given, restrict, sio) -> None:
    (secret,) = given(a_nominal())
    restrict(secret)
    with pytest.raises(Refused, match="at most 72"):
        restricting.set_terms(workspace, Glass(hours=100))
    with pytest.raises(Refused):
        restricting.set_terms(sio, Glass(hours=1))
    restricting.set_terms(workspace, Glass(hours=2))
    with workspace.reading() as reader:
        assert restricting.terms(reader) == Glass(allowed=True, hours=2)
    lent = restricting.break_glass(sio, secret.ref, "Need")
    with workspace.reading() as reader:
        (alert,) = restricting.alerts(reader)
    assert round((lent.until - alert.at).total_seconds() / 3_600, 2) == 2
