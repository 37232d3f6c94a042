"""A table at another time: the rows that stood then, in order, through the filters."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import (
    a_handle,
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    an_action,
    an_assignment,
    an_attribution,
    an_ocg,
)

from ocgdesk.casework import lists_past
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.values import Alias
from ocgdesk.errors import Refused
from ocgdesk.store import held_list, listing
from ocgdesk.store.listing import Filter, ListQuery, Sort, Test


def now():
    return datetime.now(UTC)


def at(opened, query, names, moment):
    with opened.reading() as reader:
        return lists_past.rows(reader, query, names, moment)


def cells(then):
    return [row.cells for row in then.rows]


def table(opened, kind):
    """Return a whole table as it is, every column that is a field."""
    names = held_list.names_of(kind)
    with opened.reading() as reader:
        nos = listing.order(reader, ListQuery(kind=kind))
        return listing.window(reader, kind, nos, names)


def test_rows_stand_as_they_did_renamed_removed_or_new_since(workspace, given, put) -> None:
    one, two = given(an_ocg("Tarn", tier="1"), an_ocg("Fell", tier="2"))
    moment = Moment(as_at=now())
    put(one, name="Renamed", tier="3")
    given(an_ocg("New"))
    with workspace.work("Remove") as done:
        done.work.remove(done.work.reader.find(two.id))
    then = at(workspace, ListQuery(kind=Kind.OCG), ["name", "tier", "ref"], moment)
    assert cells(then) == [("Fell", "2", two.ref), ("Tarn", "1", one.ref)]
    assert then.total == 2
    assert [row.id for row in then.rows] == [two.id, one.id]


@pytest.mark.parametrize(
    "kind",
    [Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.MEMBERSHIP, Kind.ATTRIBUTION, Kind.LINK,
     Kind.ASSIGNMENT, Kind.PLAN, Kind.ACTION],
)  # fmt: skip
def test_a_table_of_then_is_the_table_that_was_read_then(workspace, given, put, kind) -> None:
    ocg, ann, bob, handle = given(
        an_ocg("Tarn", review_due=date(2026, 12, 1)),
        a_nominal("Ann", aliases=(Alias("Annie"),), born=PartialDate.parse("1980")),
        a_nominal("Bob", exploited=True),
        a_handle(),
    )
    (plan,) = given(a_plan(ocg))
    link, member, used, post, action = given(
        a_link(ann, bob, type="associate", weight=2.5),
        a_membership(ann, ocg, start=PartialDate.parse("2024")),
        an_attribution(handle, bob),
        an_assignment(ocg),
        an_action(plan, due=date(2026, 12, 2)),
    )
    before, moment = table(workspace, kind), Moment(as_at=now())
    put(ocg, name="Renamed")
    put(ann, name="Anna", born=None)
    put(bob, exploited=False)
    put(link, weight=1.0)
    put(plan, title="Renamed")
    with workspace.work("Remove") as done:
        gone = [done.work.reader.find(t.id, t.base) for t in (member, used, handle, post, action)]
        done.work.remove(*gone)
    names = held_list.names_of(kind)
    then = at(workspace, ListQuery(kind=kind), names, moment)

    def plain(rows):
        return sorted(
            (row.no, tuple("" if c is None else c for c in row.cells), row.version, row.marking)
            for row in rows
        )

    assert plain(then.rows) == plain(before)


def test_filters_words_and_order_hold_then(workspace, given, put) -> None:
    one, two, three = given(
        an_ocg("Tarn", tier="1", review_due=date(2026, 3, 1)),
        an_ocg("Fell", tier="2"),
        an_ocg("fold", tier="1", review_due=date(2026, 5, 1)),
    )
    moment = Moment(as_at=now())
    for thing in (one, two, three):
        put(thing, tier="3", review_due=None)

    def names(**asked):
        then = at(workspace, ListQuery(kind=Kind.OCG, **asked), ["name"], moment)
        return [row.cells[0] for row in then.rows]

    assert names() == ["Fell", "fold", "Tarn"]
    assert names(filters=(Filter("tier", Test.IS, ("1",)),)) == ["fold", "Tarn"]
    assert names(filters=(Filter("tier", Test.IS_NOT, ("1",)),)) == ["Fell"]
    assert names(filters=(Filter("review_due", Test.EMPTY),)) == ["Fell"]
    assert names(filters=(Filter("review_due", Test.NOT_EMPTY),)) == ["fold", "Tarn"]
    assert names(filters=(Filter("review_due", Test.FROM, ("2026-04-01",)),)) == ["fold"]
    assert names(filters=(Filter("review_due", Test.TO, ("2026-04-01",)),)) == ["Tarn"]
    assert names(filters=(Filter("name", Test.CONTAINS, ("AR",)),)) == ["Tarn"]
    assert names(text="fo") == ["fold"]
    assert names(sorts=(Sort("review_due"),)) == ["Tarn", "fold", "Fell"]
    assert names(sorts=(Sort("review_due", descending=True),)) == ["fold", "Tarn", "Fell"]
    assert names(sorts=(Sort("tier"), Sort("name", descending=True))) == ["Tarn", "fold", "Fell"]
    with pytest.raises(Refused, match="as it was recorded then"):
        names(sorts=(Sort("members"),))


def test_only_what_held_on_a_day(workspace, given) -> None:
    ocg, one, two = given(an_ocg(), a_nominal("One"), a_nominal("Two"))
    given(
        a_membership(one, ocg, start=PartialDate.parse("2020"), end=PartialDate.parse("2022")),
        a_membership(two, ocg, start=PartialDate.parse("2023")),
    )
    query = ListQuery(kind=Kind.MEMBERSHIP)

    def members(day):
        return {row.cells[0] for row in at(workspace, query, ["source"], Moment(on=day)).rows}

    assert members(date(2021, 6, 1)) == {"One"}
    assert members(date(2022, 12, 31)) == {"One"}
    assert members(date(2024, 1, 1)) == {"Two"}
    with pytest.raises(Refused, match="hold on a day"):
        at(workspace, ListQuery(kind=Kind.OCG), ["name"], Moment(on=date(2024, 1, 1)))


def test_what_is_restricted_by_now_is_not_told_from_the_past(
    workspace, given, put, another_user, opened_by, ann
) -> None:
    one, secret, group = given(a_nominal("One"), a_nominal("Secret"), an_ocg("Hidden"))
    given(a_membership(one, group), a_link(one, secret))
    moment = Moment(as_at=now())
    put(secret, name="Secret too")
    put(group, name="Hidden too")
    with workspace.work("Restrict") as done:
        found = [done.work.reader.find(thing.id) for thing in (secret, group)]
        done.work.put(*(replace(t, restricted_to=frozenset({ann.id})) for t in found))
    bea = opened_by(another_user)
    for kind in (Kind.NOMINAL, Kind.OCG, Kind.MEMBERSHIP, Kind.LINK):
        said = repr(at(bea, ListQuery(kind=kind), held_list.names_of(kind), moment))
        assert "Secret" not in said
        assert "Hidden" not in said
    assert "Secret" in repr(at(workspace, ListQuery(kind=Kind.NOMINAL), ["name"], moment))
