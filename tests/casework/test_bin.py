"""The bin: what was removed is listed with who, when and why, and put back as it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from makers import (
    a_chart,
    a_link,
    a_membership,
    a_nominal,
    a_note,
    a_placement,
    a_plan,
    an_action,
    an_assertion,
    an_ocg,
)

from ocgdesk.casework import bin as bins
from ocgdesk.casework import plans, records
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import records as queries
from ocgdesk.store import verification
from ocgdesk.store.reader import HANGING
from ocgdesk.store.removed import BinQuery


@pytest.fixture
def remove(workspace):
    def act(*things, reason="Entered twice", opened=None):
        with (opened or workspace).work("Remove record") as done:
            records.remove(done.work, [thing.id for thing in things], reason)

    return act


@pytest.fixture
def put_back(workspace):
    def act(*ids, opened=None):
        with (opened or workspace).work("Put back from the bin") as done:
            bins.put_back(done.work, ids)
        return done.changes

    return act


def look(opened, **asked):
    with opened.reading() as reader:
        return bins.look(reader, BinQuery(**asked))


def test_what_was_removed_is_listed_newest_first_with_who_when_and_why(
    workspace, given, remove
) -> None:
    ocg, nominal = given(an_ocg("Tarn"), a_nominal("Aled"))
    given(a_membership(nominal, ocg), a_note(nominal))
    remove(nominal)
    remove(ocg, reason="")
    found = look(workspace)
    assert [(r.label, r.ref) for r in found.removals] == [("Tarn", ocg.ref), ("Aled", nominal.ref)]
    aled = found.removals[1]
    assert (found.who(aled), aled.entry.reason, aled.others) == ("Ann", "Entered twice", 2)
    assert datetime.now(UTC) - aled.entry.at < timedelta(minutes=1)
    assert found.is_all


def test_it_is_filtered_by_kind_words_user_and_day(
    workspace, given, remove, another_user, opened_by
) -> None:
    ocg, one, two = given(an_ocg("Tarn"), a_nominal("Aled Cors"), a_nominal("Bryn"))
    remove(ocg, one)
    remove(two, reason="A mistake", opened=opened_by(another_user))

    def labels(**asked):
        return {removal.label for removal in look(workspace, **asked).removals}

    assert labels(kinds=(Kind.OCG,)) == {"Tarn"}
    assert labels(text="cors aled") == {"Aled Cors"}
    assert labels(text="mistake") == {"Bryn"}
    assert labels(user=another_user.id) == {"Bryn"}
    assert labels(since=datetime.now(UTC) + timedelta(days=1)) == set()
    assert len(look(workspace, limit=1).removals) == 1
    assert not look(workspace, limit=1).is_all


def test_a_record_comes_back_with_all_that_hung_on_it(workspace, given, remove, put_back) -> None:
    ocg, nominal, other, chart = given(an_ocg(), a_nominal(), a_nominal(), a_chart())
    (plan,) = given(a_plan(ocg))
    member, link, action, said, place = given(
        a_membership(nominal, ocg),
        a_link(ocg, other),
        an_action(plan),
        an_assertion(ocg, "name", "Tarn"),
        a_placement(chart, ocg),
    )
    remove(ocg)
    changes = put_back(ocg.id)
    assert len(changes) == 7
    with workspace.reading() as reader:
        back = reader.find(ocg.id)
        assert replace(back, version=ocg.version) == ocg
        assert {item.link.id for item in queries.links_of(reader, ocg.id)} == {member.id, link.id}
        assert [t.id for t in queries.owned(reader, plan.id)] == [action.id]
        assert reader.find(said.id, Base.ASSERTION).value == "Tarn"
        assert reader.find(place.id, Base.PLACEMENT).item == ocg.id
    assert look(workspace).removals == ()
    assert verification.verify(workspace).is_whole
    workspace.undo()
    assert [removal.id for removal in look(workspace).removals] == [ocg.id]


def test_one_of_many_removed_together_comes_back_alone(workspace, given, remove, put_back) -> None:
    one, two, three = given(a_nominal("One"), a_nominal("Two"), a_nominal("Three"))
    kept, gone = given(a_link(one, three), a_link(one, two))
    remove(one, two)
    put_back(one.id)
    with workspace.reading() as reader:
        assert reader.numbers([one.id, two.id]).keys() == {one.id}
        assert [i.link.id for i in queries.links_of(reader, one.id)] == [kept.id]
    put_back(two.id)
    with workspace.reading() as reader:
        links = {i.link.id for i in queries.links_of(reader, one.id)}
    assert links == {kept.id, gone.id}


def test_a_removed_link_is_listed_by_its_ends_and_put_back(workspace, given, put_back) -> None:
    one, two = given(a_nominal("One"), a_nominal("Two"))
    (link,) = given(a_link(one, two, type="associate"))
    with workspace.work("Remove link") as done:
        records.unlink(done.work, [link.id])
    (removal,) = look(workspace).removals
    assert removal.label == "One · Associate of · Two"
    put_back(link.id)
    with workspace.reading() as reader:
        assert reader.find(link.id, Base.LINK).type == "associate"


def test_what_belonged_to_something_gone_waits_for_it(workspace, given, remove, put_back) -> None:
    (ocg,) = given(an_ocg())
    (plan,) = given(a_plan(ocg))
    (action,) = given(an_action(plan))
    with workspace.work("Remove action") as done:
        plans.remove(done.work, [action.id])
    remove(ocg)
    assert {removal.id for removal in look(workspace).removals} == {ocg.id, action.id}
    with pytest.raises(Refused, match="put that back first"):
        put_back(action.id)
    put_back(ocg.id)
    put_back(action.id)
    with pytest.raises(NotFound):
        put_back(action.id)


def test_a_reference_or_id_says_what_is_meant(workspace, given, remove) -> None:
    (nominal,) = given(a_nominal())
    remove(nominal)
    with workspace.reading() as reader:
        assert bins.meant(reader, nominal.ref.lower()) == nominal.id
        assert bins.meant(reader, str(nominal.id)) == nominal.id
        for wrong in ("WMPA1-NOM-2026-0999", "nobody", str(an_ocg().id)):
            with pytest.raises(NotFound):
                bins.meant(reader, wrong)


def test_nobody_finds_a_restricted_record_in_the_bin(
    workspace, given, remove, put_back, another_user, opened_by, ann
) -> None:
    (secret,) = given(a_nominal("Secret", restricted_to=frozenset({ann.id})))
    (note,) = given(a_note(secret))
    remove(secret)
    bea = opened_by(another_user)
    assert look(bea).removals == ()
    for id_ in (secret.id, note.id):
        with pytest.raises(NotFound):
            put_back(id_, opened=bea)
    assert [removal.label for removal in look(workspace).removals] == ["Secret"]


def test_an_undone_addition_lies_in_the_bin_too(workspace, given) -> None:
    (nominal,) = given(a_nominal("Aled"))
    workspace.undo()
    (removal,) = look(workspace).removals
    assert (removal.id, removal.entry.label) == (nominal.id, "Undo: Given")


# ---- What stays ---------------------------------------------------------------------------------


@pytest.fixture
def signed(given):
    ocg, nominal = given(an_ocg(), a_nominal())
    (plan,) = given(a_plan(ocg, status="signed"))
    given(an_action(plan, touches=(nominal.id,)))
    return ocg, nominal, plan


def test_what_a_signed_plan_rests_on_is_not_removed(workspace, signed, remove, put) -> None:
    ocg, nominal, plan = signed
    for thing in (ocg, nominal):
        with pytest.raises(Refused, match=plan.ref):
            remove(thing)
    put(plan, status="superseded")
    remove(nominal)
    remove(ocg)
    assert len(look(workspace).removals) == 2


def test_who_may_not_know_of_the_plan_is_not_told_of_it(
    given, put, remove, another_user, opened_by, signed, ann
) -> None:
    _ocg, nominal, plan = signed
    put(plan, restricted_to=frozenset({ann.id}))
    with pytest.raises(Refused) as refusal:
        remove(nominal, opened=opened_by(another_user))
    assert str(refusal.value) == HANGING


def test_an_addition_that_a_signed_plan_rests_on_by_now_is_not_undone(
    workspace, given, remove, ann, another_user, opened_by
) -> None:
    (ocg,) = given(an_ocg())
    (nominal,) = given(a_nominal())
    with opened_by(another_user).work("Plan") as done:
        (plan,) = done.work.put(a_plan(ocg, status="signed"))
        done.work.put(an_action(plan, touches=(nominal.id,)))
    with pytest.raises(Refused, match="signed plan"):
        workspace.undo()
