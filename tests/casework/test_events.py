"""Events beneath links: kept with the import, counted once, gone with its undo, seen by few."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from makers import a_link, a_phone
from sqlalchemy import text

from ocgdesk.casework import event_lists, exports, import_lines, imports
from ocgdesk.casework.event_lists import EventList
from ocgdesk.casework.import_rows import State
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Link
from ocgdesk.errors import Cancelled
from ocgdesk.exchange.table import read
from ocgdesk.store import event_blocks, verification
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

HEAD = "A Number,B Number,Start Time,Duration,Call Type\n"
FIRST = "07700900321,07700900102,01/02/2026 10:00:00,30,Voice\n"
SECOND = "07700900321,07700900102,03/02/2026 10:00:00,9,SMS\n"
THIRD = "07700900321,07700900102,09/02/2026 10:00:00,12,Voice\n"


@pytest.fixture
def came(workspace: Workspace, tmp_path: Path) -> Callable[..., imports.Proposal]:
    """Take in a file of calls, given as its text below the usual header."""

    def take(content: str) -> imports.Proposal:
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
