"""Where a handle was by day, beside what somebody put forward for it carried."""

from datetime import date

import pytest
from makers import a_handle, a_link, a_nominal, a_phone

from ocgdesk.casework import ledgers, whereabouts
from ocgdesk.casework.whereabouts import Mark
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Location, Vehicle
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import Custody

MAY = {n: PartialDate(2020, 5, n) for n in range(1, 32)}


@pytest.fixture
def story(given):
    """A handle seen on three days; its candidate's phone there on one, custody on another."""
    handle, ann = given(a_handle("falcon", first_seen=MAY[1], last_seen=MAY[20]), a_nominal("Ann"))
    phone, car = given(a_phone("07700 900001"), Vehicle(vrm="QA00 AAA"))
    here, there = given(Location(name="Cell 1"), Location(name="Cell 2"))
    given(
        Attribution(source=handle.id, target=ann.id),
        a_link(ann, phone, type="uses"),
        a_link(ann, car, type="owns"),
        Custody(owner=ann.id, custody_type="remand", start=MAY[5], released=MAY[6]),
        *(_seen(handle, here, n) for n in (3, 5, 9)),
        _seen(phone, here, 3),
        _seen(phone, there, 9),
        a_link(car, here, type="seen-at", start=MAY[8], end=MAY[10]),
    )
    return handle, ann, phone


def _seen(thing, place, day: int):
    return a_link(thing, place, type="seen-at", start=MAY[day], end=MAY[day])


def tracks(workspace, handle):
    with workspace.reading() as reader:
        ledger = ledgers.read(reader, handle.id)
    put = ledger.candidates[0]
    found = whereabouts.tracks(ledger.handle, (), ledger.seen, put.nominal.id, put.custody)
    return {track.key: track for track in found}


def day(n: int) -> date:
    return date(2020, 5, n)


def test_the_handle_is_there_on_its_days_and_in_use_between(workspace, story) -> None:
    handle = tracks(workspace, story[0])["handle"]
    assert {n: handle.days[day(n)] for n in (1, 3, 20)} == {
        1: Mark.WITHIN,
        3: Mark.THERE,
        20: Mark.WITHIN,
    }
    assert handle.words == {day(n): "Cell 1" for n in (3, 5, 9)}


def test_a_phone_is_near_only_at_the_same_place_on_the_same_day(workspace, story) -> None:
    found = tracks(workspace, story[0])
    assert found["phone"].days == {day(3): Mark.NEAR, day(9): Mark.THERE}
    assert found["phone"].words[day(9)] == "Cell 2"
    assert set(found["vehicle"].days.values()) == {Mark.WITHIN}
    assert sorted(found["custody"].days) == [day(5), day(6)]


def test_what_is_drawn_reaches_over_the_days_in_use_and_is_told_in_words(workspace, story) -> None:
    found = tracks(workspace, story[0])
    assert whereabouts.reach(story[0], tuple(found.values())) == (day(1), day(20))
    assert whereabouts.told(tuple(found.values())) == (
        "A place on 3 days, phone at the same place on 1, vehicle at the same place on 0, "
        "in custody on 1."
    )


def test_without_a_dated_place_it_says_so(workspace, given) -> None:
    handle, ann = given(a_handle("owl"), a_nominal("Ann"))
    given(Attribution(source=handle.id, target=ann.id))
    with workspace.reading() as reader:
        ledger = ledgers.read(reader, handle.id)
    found = whereabouts.tracks(ledger.handle, (), ledger.seen, ann.id)
    assert whereabouts.told(found) == "No place of this handle is on record by day."


def test_a_restricted_phone_leaves_no_trace(
    workspace, story, put, ann, add_user, opened_by
) -> None:
    handle, _person, phone = story
    put(phone, restricted_to=frozenset({ann.id}))
    assert "phone" in tracks(workspace, handle)
    assert "phone" not in tracks(opened_by(add_user("bob", Role.ANALYST)), handle)
