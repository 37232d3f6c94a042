"""Events beneath links: kept with the import, counted once, gone with its undo, seen by few."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from makers import a_link, a_phone
from sqlalchemy import text

from ocgdesk.casework import (
    combining,
    event_lists,
    exports,
    import_lines,
    import_problems,
    import_proposal,
    imports,
    link_lookups,
)
from ocgdesk.casework.event_lists import EventList
from ocgdesk.casework.import_repairs import Way
from ocgdesk.casework.import_rows import State
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Link
from ocgdesk.errors import Cancelled, NotFound
from ocgdesk.exchange import event_reading, long_text
from ocgdesk.exchange.table import read
from ocgdesk.store import event_blocks, verification
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

HEAD = "A Number,B Number,Start Time,Duration,Call Type\n"
FIRST = "07700900321,07700900102,01/02/2026 10:00:00,30,Voice\n"
SECOND = "07700900321,07700900102,03/02/2026 10:00:00,9,SMS\n"
THIRD = "07700900321,07700900102,09/02/2026 10:00:00,12,Voice\n"


@pytest.fixture
def came(workspace: Workspace, tmp_path: Path) -> Callable[..., import_proposal.Proposal]:
    """Take in a file of calls, given as its text below the usual header."""

    def take(content: str) -> import_proposal.Proposal:
        path = tmp_path / f"calls-{len(content)}.csv"
        path.write_text(HEAD + content, encoding="utf-8")
        with workspace.reading() as reader:
            proposal = import_lines.check(reader, [path]).proposal
        if not proposal.is_empty:
            imports.take_in(workspace, proposal)
        return proposal

    return take


def links(workspace: Workspace) -> list[Link]:
    with workspace.reading() as reader:
        nos = [row[0] for row in reader.rows(text("SELECT no FROM link ORDER BY no"))]
        return [thing for thing in reader.load(nos, Base.LINK) if isinstance(thing, Link)]


def beneath(workspace: Workspace) -> EventList:
    there = links(workspace)
    with workspace.reading() as reader:
        return event_lists.of_links(reader, there)


def test_calls_come_in_beneath_one_link_with_where_each_was_written(workspace, came):
    came(SECOND + FIRST)
    (link,) = links(workspace)
    assert (link.weight, link.unit, str(link.start), str(link.end)) == (
        *(2.0, "calls"), "2026-02-01", "2026-02-03",
    )  # fmt: skip
    found = beneath(workspace)
    assert [(line.when, line.event.what, line.event.row) for line in found.lines()] == [
        ("2026-02-01 10:00:00", "Voice", 3),
        ("2026-02-03 10:00:00", "SMS", 2),
    ]
    assert found.line(0).event.file.startswith("calls-")


def test_a_file_that_overlaps_another_adds_only_what_is_new(workspace, came):
    came(FIRST + SECOND)
    again = came(SECOND + THIRD)
    assert (again.events.count, again.events.same) == (1, 1)
    (link,) = links(workspace)
    assert (link.weight, str(link.end)) == (3.0, "2026-02-09")
    assert came(FIRST + THIRD).is_empty
    assert len(beneath(workspace)) == 3


def test_undo_takes_the_events_of_an_import_with_it_and_redo_brings_them_back(workspace, came):
    came(FIRST)
    came(FIRST + SECOND)
    workspace.undo()
    assert (links(workspace)[0].weight, len(beneath(workspace))) == (1.0, 1)
    workspace.undo()
    assert links(workspace) == []
    workspace.redo()
    workspace.redo()
    assert (links(workspace)[0].weight, len(beneath(workspace))) == (2.0, 2)


def test_a_number_on_the_register_is_known_and_stays_as_it_is_written(workspace, given, came):
    (phone,) = given(a_phone("07700 900321"))
    came(FIRST)
    (link,) = links(workspace)
    assert link.source == phone.id
    assert came(FIRST).is_empty
    with workspace.reading() as reader:
        assert reader.find(phone.id) == phone


def test_the_events_of_a_restricted_link_are_not_seen_by_others(
    workspace, came, put, another_user, opened_by
):
    came(FIRST)
    (link,) = links(workspace)
    put(link, restricted_to=frozenset({workspace.user.id}))
    with opened_by(another_user).reading() as reader:
        assert event_blocks.counts(reader, [link.id]) == {}
        assert event_blocks.many(reader, _numbers(reader)) == {}
    with workspace.reading("Tasked") as reader:
        assert event_blocks.counts(reader, [link.id]) == {link.id: 1}


def _numbers(reader: Reader) -> list[int]:
    return [row[0] for row in reader.rows(text("SELECT no FROM link"))]


def test_events_that_were_changed_in_the_file_are_found_by_verify(workspace, came):
    came(FIRST + SECOND)
    assert verification.verify(workspace).is_whole
    with workspace.engine.begin() as connection:
        connection.execute(text("DELETE FROM event_block"))
    found = verification.verify(workspace).findings
    assert any("events it brought" in finding.what for finding in found)


def test_cancelling_leaves_the_workspace_as_it_was(workspace, tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(HEAD + FIRST, encoding="utf-8")
    with workspace.reading() as reader:
        proposal = import_lines.check(reader, [path]).proposal
    head = workspace.head()

    def stop(_done: int, _total: int, what: str) -> None:
        if what == "Writing":
            raise Cancelled

    with pytest.raises(Cancelled):
        imports.take_in(workspace, proposal, progress=stop)
    assert (links(workspace), workspace.head()) == ([], head)


def test_what_leaves_says_where_each_event_came_from_and_is_logged(workspace, came, tmp_path):
    came(FIRST + SECOND)
    said = exports.printed(workspace, datetime.now(LONDON))
    found = beneath(workspace)
    assert event_lists.export(workspace, found, tmp_path / "out.csv", said, reason="Trial") == 2
    table = read(tmp_path / "out.csv")
    assert table.rows[0][:5] == (
        "2026-02-01 10:00:00", "+447700900321", "+447700900102", "Voice", "30",
    )  # fmt: skip
    with workspace.reading() as reader:
        (entry,) = reader.rows(text("SELECT reason FROM journal WHERE act = 'disclosure'"))
    assert entry.reason == "Trial"


def test_a_line_of_the_draft_is_a_link_not_each_of_its_calls(workspace, tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(HEAD + FIRST + SECOND + ",,03/02/2026 10:00:00,9,SMS\n", encoding="utf-8")
    with workspace.reading() as reader:
        checked = import_lines.check(reader, [path])
    assert len(checked.records) == 2
    assert checked.records.count(State.OUT) == 1
    assert checked.counts["events"] == 2


def test_links_typed_by_hand_are_counted_up_by_the_calls_that_come(workspace, given, came):
    one, other = given(a_phone("07700900321"), a_phone("07700900102"))
    given(a_link(one, other, type="communicates", directed=True))
    came(FIRST)
    (link,) = links(workspace)
    assert link.weight == 1.0


def held_at(workspace: Workspace, link: Link, moment: datetime) -> int:
    with workspace.reading() as reader:
        return len(event_lists.of_links(reader, [link], as_at=moment))


def test_the_events_of_then_are_those_of_imports_that_were_there_and_not_undone(workspace, came):
    came(FIRST)
    (link,) = links(workspace)
    one = datetime.now(LONDON)
    came(SECOND + THIRD)
    three = datetime.now(LONDON)
    workspace.undo()
    undone = datetime.now(LONDON)
    workspace.redo()
    again = datetime.now(LONDON)
    workspace.undo()
    workspace.undo()
    assert links(workspace) == []
    asked = (one, three, undone, again, datetime.now(LONDON))
    with workspace.reading() as reader:
        ties = [link_lookups.look(reader, link.id, as_at=at).events for at in asked[:-1]]
        with pytest.raises(NotFound):
            event_lists.between(reader, link.source, as_at=asked[-1])
        then = event_lists.between(reader, link.source, link.target, as_at=three)
    assert [held_at(workspace, link, at) for at in asked] == [1, 3, 1, 3, 0]
    assert ties == [1, 3, 1, 3]
    assert [line.source.label for line in then.lines(0, 1)] == ["+447700900321"]


def test_the_events_of_then_are_kept_from_whoever_may_not_know_of_the_link(
    workspace, came, put, another_user, opened_by
):
    came(FIRST)
    (link,) = links(workspace)
    put(link, restricted_to=frozenset({workspace.user.id}))
    assert held_at(workspace, link, datetime.now(LONDON)) == 1
    assert held_at(opened_by(another_user), link, datetime.now(LONDON)) == 0


ALONE = "Withheld,07700900102,02/02/2026 10:00:00,4,Voice\n"


def of_phone(workspace: Workspace, label: str, **then: datetime) -> EventList:
    with workspace.reading() as reader:
        (no,) = reader.rows(text("SELECT no FROM entity WHERE label = :x"), x=label)[0]
        (phone,) = reader.load([no])
        return event_lists.between(reader, phone.id, **then)


def test_a_call_from_a_withheld_number_is_kept_on_the_phone_it_came_to(workspace, came):
    proposal = came(FIRST + ALONE)
    assert proposal.events.count == 2
    with workspace.reading() as reader:
        assert len(reader.rows(text("SELECT no FROM entity WHERE kind = 'phone'"))) == 2
    found = of_phone(workspace, "+447700900102")
    assert (len(found), found.unnamed) == (2, 1)
    assert [line.ends for line in found.lines()] == [
        ("+447700900321", "+447700900102"),
        ("Withheld", "+447700900102"),
    ]
    assert len(of_phone(workspace, "+447700900321")) == 1
    assert came(FIRST + ALONE).is_empty
    assert verification.verify(workspace).is_whole


def test_an_import_of_such_calls_alone_is_one_act_that_is_undone_and_done_again(workspace, came):
    came(FIRST)
    began = datetime.now(LONDON)
    came(ALONE)
    there = datetime.now(LONDON)
    workspace.undo()
    gone = datetime.now(LONDON)
    assert of_phone(workspace, "+447700900102").unnamed == 0
    workspace.redo()
    assert of_phone(workspace, "+447700900102").unnamed == 1
    then = [of_phone(workspace, "+447700900102", as_at=at).unnamed for at in (began, there, gone)]
    assert then == [0, 1, 0]


def test_what_is_merged_carries_such_calls_and_takes_them_back_unmerged(workspace, came, tmp_path):
    came(FIRST + ALONE)
    before = datetime.now(LONDON)
    with workspace.reading() as reader:
        nos = [row[0] for row in reader.rows(text("SELECT no FROM entity ORDER BY label"))]
        other, kept = reader.load(nos)
    with workspace.work("Merge") as done:
        combining.merge(done.work, kept.id, other.id)
    merged = datetime.now(LONDON)
    assert of_phone(workspace, kept.label).unnamed == 1
    path = tmp_path / "again.csv"
    path.write_text(HEAD + ALONE, encoding="utf-8")
    with workspace.reading() as reader:
        events = import_lines.check(reader, [path]).proposal.events
    assert (events.count, events.same) == (0, 1)
    workspace.undo()
    assert of_phone(workspace, kept.label).unnamed == 0
    assert of_phone(workspace, kept.label, as_at=merged).unnamed == 1
    assert of_phone(workspace, kept.label, as_at=before).unnamed == 0


WRONG = (
    "07700900321,07700900102,yesterday,9,SMS\n"
    "07700900321,07700900102,05/02/2026 10:00:00,ages,Voice\n"
    "07700900321,,,12,Voice\n"
)


def checked_of(workspace: Workspace, path: Path, **more: object) -> import_lines.Checked:
    with workspace.reading() as reader:
        return import_lines.check(reader, [path], **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("longest", [200, 10_000])
def test_problem_rows_of_a_file_of_events_are_put_right_in_place_however_long_it_is(
    workspace, tmp_path, monkeypatch, longest
):
    monkeypatch.setattr(long_text, "LONG", longest)
    monkeypatch.setattr(long_text, "HEAD", 120)
    path = tmp_path / "calls.csv"
    path.write_text(HEAD + FIRST + WRONG, encoding="utf-8")
    checked = checked_of(workspace, path)
    assert (checked.tables[0].rest is not None) == (longest == 200)
    assert [(line.number, line.state) for line in checked.bad()] == [
        (3, State.OUT),
        (4, State.PROBLEM),
        (5, State.OUT),
    ]
    for text_ in ("06/02/2026 11:00:00", "40", "07/02/2026 12:00:00"):
        line = next(iter(checked.bad()))
        found = import_problems.trouble(checked, line)
        assert found is not None
        remedy = next(r for r in import_problems.remedies(found) if r.way is Way.TYPE)
        remedy = replace(remedy, value=text_)
        repairs = import_problems.put_right(checked, [found], remedy)
        checked = checked_of(workspace, path, repairs=repairs)
    assert list(checked.bad()) == []
    imports.take_in(workspace, checked.proposal)
    (link,) = links(workspace)
    seconds = [line.event.seconds for line in beneath(workspace).lines()]
    assert (link.weight, seconds) == (3.0, [30, 40, 9])
    assert of_phone(workspace, "+447700900321").unnamed == 1


def test_rows_beyond_those_that_are_told_are_in_the_file_of_bad_rows(
    workspace, tmp_path, monkeypatch
):
    monkeypatch.setattr(event_reading, "MOST_TOLD", 2)
    path = tmp_path / "calls.csv"
    wrong = "07700900321,07700900102,yesterday,9,SMS\n" * 5
    path.write_text(HEAD + FIRST * 6 + wrong, encoding="utf-8")
    checked = checked_of(workspace, path)
    assert (len(list(checked.bad())), checked.staying_out) == (2, 5)
    told = import_lines.bad_rows(checked).decode("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in told[1:]] == ["8", "9", "10", "11", "12"]
    assert all("yesterday" in line for line in told[1:])
