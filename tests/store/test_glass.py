"""Break-glass: who may read what for how long, who is told, and that nothing else tells."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from makers import a_nominal, a_note, a_plan, an_action, an_ocg

from ocgdesk.domain.people import Role
from ocgdesk.domain.values import External, Identifier
from ocgdesk.errors import NotFound
from ocgdesk.store import glass, lending, twins
from ocgdesk.store.glass import lending_entry


@pytest.fixture
def only_ann(ann):
    return frozenset({ann.id})


def lend(workspace, user, thing, *, hours=1.0):
    with workspace.connection() as connection:
        nos = glass.behind(connection, thing.ref)
    until = datetime.now(UTC) + timedelta(hours=hours)
    workspace.log(lending_entry(user.id, nos, thing.ref, "Threat to life", until))
    return until


def test_what_is_lent_can_be_read_and_not_changed(
    workspace, given, only_ann, another_user, opened_by
) -> None:
    (secret,) = given(a_nominal("Secret", restricted_to=only_ann))
    bea = opened_by(another_user)
    until = lend(bea, another_user, secret)
    with bea.reading() as reader:
        assert reader.find(secret.id).label == "Secret"
        assert list(reader.lent.values()) == [until]
    with pytest.raises(NotFound), bea.work("Edit") as done:
        done.work.reader.find(secret.id)


def test_access_ends_when_its_time_is_over(
    workspace, given, only_ann, another_user, opened_by
) -> None:
    (secret,) = given(a_nominal(restricted_to=only_ann))
    bea = opened_by(another_user)
    lend(bea, another_user, secret, hours=-0.1)
    with bea.reading() as reader, pytest.raises(NotFound):
        reader.find(secret.id)


def test_switching_break_glass_off_ends_what_is_lent(
    workspace, given, only_ann, another_user, opened_by
) -> None:
    (secret,) = given(a_nominal(restricted_to=only_ann))
    bea = opened_by(another_user)
    lend(bea, another_user, secret)
    workspace.set_values("Set break-glass", {lending.RULE: lending.OFF})
    with bea.reading() as reader, pytest.raises(NotFound):
        reader.find(secret.id)


def test_it_opens_what_hangs_on_the_record_and_nothing_closed_further(
    workspace, given, only_ann, another_user, opened_by
) -> None:
    wider = only_ann | {another_user.id}
    (ocg,) = given(an_ocg("Secret", restricted_to=only_ann))
    (plan,) = given(a_plan(ocg, restricted_to=only_ann))
    action, note = given(
        an_action(plan), a_note(ocg, "Closed further", restricted_to=frozenset(wider))
    )
    bea = opened_by(another_user)
    lend(bea, another_user, action)
    with bea.reading() as reader:
        assert reader.numbers([ocg.id, plan.id, action.id]).keys() == {ocg.id, plan.id, action.id}
        assert reader.numbers([note.id]).keys() == {note.id}  # Bea is inside of that one
    with workspace.connection() as connection:
        nos = glass.behind(connection, ocg.ref)
    assert len(nos) == 3


def test_nothing_is_behind_an_open_or_unknown_reference(workspace, given) -> None:
    (seen,) = given(a_nominal())
    with workspace.connection() as connection:
        assert glass.behind(connection, seen.ref) == ()
        assert glass.behind(connection, "WMPA1-NOM-2026-9999") == ()
        assert glass.behind(connection, "") == ()


def test_those_inside_and_the_auditor_are_told_and_nobody_else(
    workspace, given, only_ann, another_user, add_user, opened_by
) -> None:
    (secret,) = given(a_nominal("Secret", restricted_to=only_ann))
    auditor, cal = opened_by(add_user("olu", Role.AUDITOR)), opened_by(add_user("cal"))
    bea = opened_by(another_user)
    lend(bea, another_user, secret)
    with workspace.reading() as reader:
        (alert,) = glass.alerts(reader)
        assert (alert.who, alert.reason, alert.is_new) == ("Bea", "Threat to life", True)
        assert [record.label for record in alert.records] == ["Secret"]
    with auditor.reading() as reader:
        (told,) = glass.alerts(reader)
        assert (told.refs, told.records) == ((secret.ref,), ())
    for other in (bea, cal):
        with other.reading() as reader:
            assert glass.alerts(reader) == []


def test_alerts_that_were_looked_at_are_not_new(
    workspace, given, only_ann, another_user, opened_by
) -> None:
    (secret,) = given(a_nominal(restricted_to=only_ann))
    lend(opened_by(another_user), another_user, secret)
    with workspace.reading() as reader:
        reader.saw(glass.LOOKED)
    with workspace.reading() as reader:
        assert [alert.is_new for alert in glass.alerts(reader)] == [False]


def test_a_copy_under_the_same_key_is_told_to_those_inside_and_to_nobody_else(
    workspace, given, only_ann, another_user, opened_by
) -> None:
    (secret,) = given(
        a_nominal(
            "Secret",
            externals=(External("list", "K7"),),
            identifiers=(Identifier("pnc", "01/1A"),),
            restricted_to=only_ann,
        )
    )
    bea = opened_by(another_user)
    with bea.work("Add") as done:
        (copy,) = done.work.put(a_nominal("Copy", externals=(External("list", "K7"),)))
    with bea.work("Add") as done:
        done.work.put(a_nominal("Other", externals=(External("list", "K8"),)))
    with bea.work("Edit") as done:
        done.work.put(done.work.reader.find(copy.id))
    with workspace.reading() as reader:
        (alert,) = glass.alerts(reader)
        assert alert.label == twins.LABEL
        assert {record.id for record in alert.records} == {secret.id, copy.id}
    with bea.reading() as reader:
        assert glass.alerts(reader) == []


def test_a_copy_under_the_same_identifier_is_told_too(
    workspace, given, only_ann, another_user, opened_by
) -> None:
    given(a_nominal(identifiers=(Identifier("pnc", "01/1A"),), restricted_to=only_ann))
    with opened_by(another_user).work("Add") as done:
        done.work.put(a_nominal("Copy", identifiers=(Identifier("pnc", "01/1A"),)))
    with workspace.reading() as reader:
        assert [alert.label for alert in glass.alerts(reader)] == [twins.LABEL]


def test_a_record_born_restricted_leaves_no_gap_in_the_references(workspace, given, only_ann):
    (first,) = given(a_nominal())
    (secret,) = given(an_ocg("Secret", restricted_to=only_ann))
    hidden, (plan,) = given(a_nominal(restricted_to=only_ann)), given(a_plan(secret))
    given(an_action(plan))
    open_ocg, second = given(an_ocg(), a_nominal())
    (open_plan,) = given(a_plan(open_ocg))
    (open_action,) = given(an_action(open_plan))
    assert [first.ref[-4:], second.ref[-4:]] == ["0001", "0002"]
    assert [t.ref[-4:] for t in (open_ocg, open_plan, open_action)] == ["0001"] * 3
    assert re.fullmatch(r"WMPA1-NOM-\d{4}-[A-Z2-7]{8}", hidden[0].ref)
    assert not plan.ref.endswith("0001")
