"""One field over time: what stood there, from when to when, and who put it there."""

import pytest
from makers import a_nominal, an_ocg

from ocgdesk.casework import histories
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.errors import Refused
from ocgdesk.store import history


@pytest.fixture
def stood(workspace):
    def read(thing, name):
        with workspace.reading() as reader:
            return histories.of_field(history.of(reader, reader.number(thing.id)), name)

    return read


def test_values_follow_one_another_with_who_and_when(
    workspace, given, put, stood, another_user, opened_by
) -> None:
    (ocg,) = given(an_ocg("Tarn", tier="1"))
    put(ocg, tier="2")
    put(ocg, name="Renamed")
    with opened_by(another_user).work("Set tier", reason="Meeting") as done:
        from dataclasses import replace

        done.work.put(replace(done.work.reader.find(ocg.id), tier="3"))
    found = stood(ocg, "tier")
    assert [one.value for one in found] == ["1", "2", "3"]
    assert [one.until for one in found[:-1]] == [one.since for one in found[1:]]
    assert found[-1].until is None
    assert (found[-1].user, found[-1].label, found[-1].reason) == (
        another_user.id, "Set tier", "Meeting",
    )  # fmt: skip


def test_marking_and_restriction_have_a_history_too(workspace, given, put, stood, ann) -> None:
    (nominal,) = given(a_nominal())
    put(nominal, restricted_to=frozenset({ann.id}))
    put(nominal, restricted_to=None)
    assert [one.value for one in stood(nominal, "restricted")] == [False, True, False]
    assert len(stood(nominal, "marking")) == 1


def test_a_removal_ends_it_and_an_undo_begins_it_again(workspace, given) -> None:
    (nominal,) = given(a_nominal("Aled"))
    with workspace.reading() as reader:
        number = reader.number(nominal.id)
    with workspace.work("Remove") as done:
        done.work.remove(done.work.reader.find(nominal.id, Base.ENTITY))
    workspace.undo()
    with workspace.reading() as reader:
        found = histories.of_field(history.of(reader, number), "name")
    assert [(one.value, one.is_removed) for one in found] == [
        ("Aled", False), (None, True), ("Aled", False),
    ]  # fmt: skip


def test_a_field_is_named_as_in_json_with_hyphens_or_without() -> None:
    assert histories.check(Kind.OCG, "review-due") == "review_due"
    assert histories.check(Kind.OCG, "Marking") == "marking"
    with pytest.raises(Refused, match="no field"):
        histories.check(Kind.OCG, "born")
