"""What was recorded and when: the history of a record, and the register as at an instant."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from makers import a_membership, a_nominal, an_ocg

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.errors import NotFound, Refused
from ocgdesk.security import chain
from ocgdesk.store import blocks, history, tables, verification
from ocgdesk.store.journal import Act


def number(workspace, thing):
    with workspace.reading() as reader:
        return reader.number(thing.id, thing.base)


def test_the_history_of_a_record_tells_each_change_with_its_entry(workspace, given, put):
    nominal = given(a_nominal("A"))[0]
    put(nominal, name="B")
    workspace.undo()
    with workspace.reading() as reader:
        events = history.of(reader, number(workspace, nominal))
    assert [event.entry.label for event in events] == ["Given", "Edit", "Undo: Edit"]
    assert [event.entry.act for event in events] == [Act.ALTERATION, Act.ALTERATION, Act.UNDO]
    assert [(e.change.before and e.change.before.name, e.change.after.name) for e in events] == [
        (None, "A"),
        ("A", "B"),
        ("B", "A"),
    ]


def test_a_record_as_at_an_entry_is_what_was_held_then(workspace, given, put):
    nominal = given(a_nominal("A"))[0]
    no, first = number(workspace, nominal), workspace.head()[0]
    put(nominal, name="B")
    second = workspace.head()[0]
    with workspace.work("Remove") as done:
        done.work.remove(done.work.reader.find(nominal.id))
    with workspace.reading() as reader:
        assert history.as_at(reader, no, first - 1) is None
        assert history.as_at(reader, no, first).name == "A"
        assert history.as_at(reader, no, second).name == "B"
        assert history.as_at(reader, no, second + 1) is None
        assert [t.name for t in history.all_as_at(reader, Kind.NOMINAL, first)] == ["A"]
        assert list(history.all_as_at(reader, Kind.NOMINAL, second + 1)) == []


def test_all_as_at_comes_in_order_of_number_and_of_its_kind_alone(workspace, given, put):
    people = given(*(a_nominal(f"N{n}") for n in range(5)))
    ocg = given(an_ocg())[0]
    given(a_membership(people[0], ocg))
    seq = workspace.head()[0]
    for n in (3, 0):
        put(people[n], name="changed")
    with workspace.reading() as reader:
        then = list(history.all_as_at(reader, Kind.NOMINAL, seq))
        assert [t.name for t in then] == ["N0", "N1", "N2", "N3", "N4"]
        assert len(list(history.all_as_at(reader, Kind.MEMBERSHIP, seq))) == 1
        assert list(history.all_as_at(reader, Kind.MEMBERSHIP, seq - 1)) == []


def test_history_of_a_number_that_never_was_is_not_found(workspace):
    with workspace.reading() as reader:
        with pytest.raises(NotFound):
            history.of(reader, 999)
        with pytest.raises(NotFound):
            history.as_at(reader, 999, 1)


def test_a_date_means_the_end_of_that_day_in_london():
    assert history.instant("2026-07-01") == datetime(2026, 7, 1, 22, 59, 59, 999999, tzinfo=UTC)
    assert history.instant("2026-12-01") == datetime(2026, 12, 1, 23, 59, 59, 999999, tzinfo=UTC)
    assert history.instant("2026-07-01T10:00").astimezone(UTC).hour == 9
    assert history.instant("2026-07-01T10:00+00:00").hour == 10


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "9999-12-31", "2026-02-30"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(Refused, match="no date"):
        history.instant(text)


def test_the_newest_entry_before_an_instant_is_found(workspace, given):
    given(a_nominal())
    before, newest = datetime.now(UTC), workspace.head()[0]
    given(a_nominal())
    with workspace.reading() as reader:
        assert history.seq_at(reader, before) == newest
        assert history.seq_at(reader, datetime(2000, 1, 1, tzinfo=UTC)) == 0


def test_what_was_lawfully_erased_shows_as_erased_and_the_journal_still_verifies(
    workspace, given, put
):
    nominal = given(a_nominal("Erased Words"))[0]
    seq = workspace.head()[0]
    put(nominal, name="B")
    table = tables.journal_block
    with workspace.engine.begin() as connection:
        data = connection.execute(table.select().where(table.c.seq == seq)).one().data
        left = [blocks.erased(item) for item in blocks.unpack(data)]
        again = blocks.pack(left)[0].data
        connection.execute(table.update().where(table.c.seq == seq).values(data=again))
    assert verification.verify(workspace).is_whole
    with workspace.reading() as reader:
        events = history.of(reader, number(workspace, nominal))
        assert [event.change is None for event in events] == [True, False]
    workspace.undo()
    with pytest.raises(Refused, match="erased"):
        workspace.undo()


def test_the_journal_keeps_act_reason_and_detail(workspace):
    with workspace.work(
        "Import", act=Act.COLLECTION, reason="operation", detail={"sha256": "ab"}
    ) as done:
        done.work.put(a_nominal())
    with workspace.reading() as reader:
        entry = history.of(reader, 1)[0].entry
    assert (entry.act, entry.reason, entry.detail) == (
        Act.COLLECTION,
        "operation",
        {"sha256": "ab"},
    )
    assert (entry.things, entry.user) == (1, workspace.user.id)
    assert done.changes.seq == entry.seq
    assert chain.same_head(chain.short(entry.hash), workspace.head()[1])


def test_an_act_of_thousands_is_kept_in_blocks_and_undone(workspace, given):
    people = given(*(a_nominal(f"N{n}") for n in range(2_500)))
    with workspace.reading() as reader:
        assert history.of(reader, reader.number(people[2_400].id))[0].change.after.name == "N2400"
    assert workspace.undo_step().things == 2_500
    workspace.undo()
    workspace.redo()
    with workspace.reading() as reader:
        again = reader.find(people[2_400].id, Base.ENTITY)
    assert replace(again, version=1) == people[2_400]
