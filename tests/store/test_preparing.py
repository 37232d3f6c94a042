"""Imports made ready before the lock is taken: the same as put, with the lock held less."""

from dataclasses import replace

import pytest
from makers import a_membership, a_nominal, an_assertion, an_ocg

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.values import Alias, External
from ocgdesk.errors import Cancelled, Conflict, Refused
from ocgdesk.store import finding, history, records, verification
from ocgdesk.store.preparing import prepare


def written(workspace, things, label="Import"):
    prepared = prepare(workspace, things)
    with workspace.work(label) as done:
        assert done.work.put_prepared(prepared) == len(things)
    return done.changes


def test_what_was_prepared_is_recorded_found_journalled_and_undone_like_anything_else(
    workspace, given, ann
):
    ocg = given(an_ocg())[0]
    only = frozenset({ann.id})
    people = [
        a_nominal(f"Prepared {n}", aliases=(Alias("Al"),), externals=(External("x", str(n)),))
        for n in range(20)
    ]
    people.append(a_nominal("Prepared Secret", restricted_to=only))
    things = [
        *people,
        *(a_membership(p, ocg) for p in people),
        an_assertion(people[0], "name", "X"),
    ]
    changes = written(workspace, things)
    assert len(changes) == len(things)
    with workspace.reading() as reader:
        for thing in things:
            found = reader.find(thing.id, thing.base)
            assert found.version == 1
            assert (
                replace(found, version=0, **({"ref": ""} if thing.base is Base.ENTITY else {}))
                == thing
            )
        assert len(finding.search(reader, "prepared", per_kind=50)) == 21
        (event,) = history.of(reader, reader.number(people[3].id))
        assert event.change.after == reader.find(people[3].id)
    made = [c.after for c in changes if c.after.kind is Kind.NOMINAL]
    refs = sorted(person.ref for person in made if person.restricted_to is None)
    assert (refs[0][-5:], refs[-1][-5:]) == ("-0001", "-0020")
    assert verification.verify(workspace).is_whole
    workspace.undo()
    with workspace.reading() as reader:
        assert records.counts(reader, [Kind.NOMINAL]) == {Kind.NOMINAL: 0}
    workspace.redo()
    assert verification.verify(workspace).is_whole


def test_changed_things_and_things_that_came_back_are_put_with_the_rest(workspace, given):
    kept, gone = given(a_nominal("Kept"), a_nominal("Gone"))
    with workspace.work("Remove") as done:
        done.work.remove(gone)
    things = [replace(kept, name="Changed"), replace(gone, version=0), a_nominal("New")]
    written(workspace, things)
    with workspace.reading() as reader:
        assert reader.find(kept.id).label == "Changed"
        assert reader.find(gone.id).ref == gone.ref
    assert verification.verify(workspace).is_whole


def test_others_may_write_between_preparing_and_writing(workspace, given):
    prepared = prepare(workspace, [a_nominal("First"), a_nominal("Second")])
    between = given(a_nominal("Between"))[0]
    with workspace.work("Import") as done:
        done.work.put_prepared(prepared)
    refs = {change.after.ref[-4:] for change in done.changes}
    assert refs == {"0001", "0002"}
    assert between.ref.endswith("0003")
    assert verification.verify(workspace).is_whole


def test_what_was_removed_meanwhile_is_not_linked_to(workspace, given):
    ocg, nominal = given(an_ocg())[0], a_nominal()
    prepared = prepare(workspace, [nominal, a_membership(nominal, ocg)])
    with workspace.work("Remove") as done:
        done.work.remove(ocg)
    before = workspace.head()
    with pytest.raises(Refused, match="not there"), workspace.work("Import") as done:
        done.work.put_prepared(prepared)
    assert workspace.head() == before


def test_the_same_preparation_cannot_be_written_twice(workspace):
    prepared = prepare(workspace, [a_nominal()])
    with workspace.work("Import") as done:
        done.work.put_prepared(prepared)
    with pytest.raises(Conflict), workspace.work("Import") as done:
        done.work.put_prepared(prepared)


def test_cancelling_while_preparing_or_writing_leaves_nothing(workspace):
    def cancel(*_args):
        raise Cancelled

    with pytest.raises(Cancelled):
        prepare(workspace, [a_nominal()], cancel)
    prepared = prepare(workspace, [a_nominal()])
    with pytest.raises(Cancelled), workspace.work("Import") as done:
        done.work.put_prepared(prepared, cancel)
    with workspace.reading() as reader:
        assert records.counts(reader, [Kind.NOMINAL]) == {Kind.NOMINAL: 0}
    assert verification.verify(workspace).is_whole
