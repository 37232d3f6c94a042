"""Rows that are events: recognised, folded into links, whatever the provider writes."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocgdesk.domain import list_editions, reference_data
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.events import BACKWARDS, DAY_ONLY, UNKNOWN, Events
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Cancelled, Refused
from ocgdesk.exchange import (
    event_guess,
    event_times,
    intake,
    long_text,
    no_numbers,
    specifications,
)
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.event_times import Clock
from ocgdesk.exchange.table import read_csv
from ocgdesk.exchange.writers import write_csv

CALLS = """A Number,B Number,Date,Time,Duration,Call Type,Cell ID
07700 900101,447700900102,05/01/2026,19:08:24,0:05:14,Voice,234-15-3
+44 7700 900101,07700900102,06/01/2026,09:00:00,,SMS,
07700900102,07700900101,06/07/2026,10:00:00,20,Voice,234-15-4
07700900103,,06/07/2026,11:00:00,20,Voice,
07700900103,07700900101,yesterday,11:00:00,20,Voice,
"""
CELL = st.text(st.characters(exclude_categories=["C"]), max_size=12)
NO_NUMBERS = (
    *("Withheld", "UNKNOWN", "Private number", "anonymous", "No Caller-ID"),
    *("+33 6 12 34 56 78", "121", "84433", "490154203237518", "", "-"),
)
"""What stands in call data; one of them is a number of another country."""


def drafted(tmp_path: Path, text: str, name: str = "calls.csv") -> Draft:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return intake.draft_of([path], today=date(2026, 11, 18))


def only(draft: Draft, key: str) -> Events:
    (events,) = draft.events[key].values()
    return events


def test_calls_between_two_numbers_are_one_link_however_the_numbers_are_written(tmp_path):
    draft = drafted(tmp_path, CALLS)
    there, back = draft.links
    assert [record.label for record in draft.records] == [
        *("+447700900101", "+447700900102", "+447700900103"),
    ]
    assert (there.type, there.directed, there.weight) == ("communicates", True, 2.0)
    assert (str(there.values["start"]), str(there.values["end"])) == ("2026-01-05", "2026-01-06")
    assert there.values["unit"] == "calls"
    assert back.weight == 1.0
    first = only(draft, there.key).event(0)
    assert first.at == datetime(2026, 1, 5, 19, 8, 24, tzinfo=LONDON)
    assert (first.seconds, first.what, first.text, first.row) == (314, "Voice", "234-15-3", 2)


def test_a_row_that_is_no_event_is_told_of_and_its_cells_are_kept(tmp_path):
    draft = drafted(tmp_path, CALLS)
    told = {(p.row, p.column): p.text for p in draft.problems}
    assert "yesterday" in told[6, "Date"]
    assert draft.bad["calls.csv", 6][0] == "07700900103"
    nobody = drafted(tmp_path, CALLS + ",withheld,06/07/2026,11:00:00,20,Voice,\n")
    told = {(p.row, p.column): p.text for p in nobody.problems}
    assert told[7, "A Number"] == "The row names neither end; it is left out."


def test_a_call_whose_other_end_has_no_number_is_kept_on_the_phone_that_has_one(tmp_path):
    rows = [f"{who},07700900102,05/01/2026 10:{n:02}:00" for n, who in enumerate(NO_NUMBERS)]
    rows.append("07700900104,NO CALLER ID,05/01/2026 12:00:00")
    text = "A Number,B Number,Start Time\n07700900101,07700900102,05/01/2026 11:00:00\n"
    draft = drafted(tmp_path, text + "\n".join(rows) + "\n")
    called = {"+447700900101", "+447700900102", "+447700900104", "+33612345678"}
    assert {record.label for record in draft.records} == called
    assert [link.weight for link in draft.links] == [1.0, 1.0]
    assert draft.bad == {}
    assert draft.unnamed == {"withheld": 6, "short-code": 2, "handset": 1, "none-given": 2}
    (came,) = draft.alone["number\x1f+447700900102"].values()
    events = [came.event(n) for n in range(len(came))]
    assert [one.other for one in events] == [one for one in NO_NUMBERS if one[:1] != "+"]
    assert all(one.backwards for one in events)
    (went,) = draft.alone["number\x1f+447700900104"].values()
    assert (went.event(0).other, went.event(0).backwards) == ("NO CALLER ID", False)
    assert any("6 from or to withheld numbers, 2 with short codes" in n for n in draft.notes)


def test_a_handset_is_told_by_its_imei_where_its_number_is_not_given(tmp_path):
    text = (
        "A Number,A IMEI,B Number,Start Time\n"
        ",490154203237518,07700900102,05/01/2026 10:00:00\n"
        "07700900101,490154203237518,07700900102,05/01/2026 11:00:00\n"
    )
    draft = drafted(tmp_path, text)
    (came,) = draft.alone["number\x1f+447700900102"].values()
    assert (came.event(0).other, draft.unnamed) == ("IMEI 490154203237518", {"handset": 1})
    assert len(draft.links) == 1


def test_a_word_that_a_workspace_retires_is_a_number_again(tmp_path):
    shipped = reference_data.shipped(no_numbers.LIST)
    items = [
        {**item, "retired": True} if item["code"] == "short-code" else item
        for item in shipped.data["items"]
    ]
    own = list_editions.checked(no_numbers.LIST, {**shipped.data, "items": items})
    reference_data.adopt(reference_data.Editions({no_numbers.LIST: own}))
    try:
        text = "A Number,B Number,Start Time\n07700900101,84433,05/01/2026 11:00:00\n"
        draft = drafted(tmp_path, text)
    finally:
        reference_data.adopt(reference_data.SHIPPED)
    assert {record.label for record in draft.records} == {"+447700900101", "84433"}


def test_a_line_of_totals_makes_no_phone(tmp_path):
    draft = drafted(tmp_path, CALLS + "Total,6,,,,,\n")
    assert "Total" not in {record.label for record in draft.records}
    assert draft.bad["calls.csv", 7][0] == "Total"


def test_a_specification_with_events_is_kept_and_read_back(tmp_path):
    (spec,) = drafted(tmp_path, CALLS).specs.values()
    assert spec.links[0].events is not None
    assert specifications.decoded(specifications.encoded(spec)) == spec


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CELL, min_size=6, max_size=6), min_size=1, max_size=6))
def test_whatever_stands_in_call_data_is_an_event_or_told_of(rows):
    header = ["A Number", "B Number", "Date", "Time", "Duration", "Call Type"]
    first = ["07700900101", "07700900102", "05/01/2026", "10:00:00", "1", "Voice"]
    table = read_csv(write_csv([first] * 3 + rows, header), "calls.csv")
    draft = intake.draft_from((table,), (Path("calls.csv"),), today=date(2026, 11, 18))
    if draft.events:
        files = (*draft.events.values(), *draft.alone.values())
        kept = sum(len(events) for one in files for events in one.values())
        assert kept + len(draft.bad) == len(table.rows)


def test_messages_run_between_handles_and_plates_are_seen_at_places(tmp_path):
    chat = "Sender,Recipient,Timestamp,Message\nquiet-otter,tall-heron,2026-03-01T10:00:00Z,hello\n"
    (link,) = drafted(tmp_path, chat, "chat.csv").links
    assert link.values["unit"] == "messages"
    reads = "VRM,Camera ID,Location,Capture Time\nAB12 CDE,C7,Dock Road,2026-03-01 10:00\n"
    draft = drafted(tmp_path, reads, "anpr.csv")
    assert {record.kind for record in draft.records} == {Kind.VEHICLE, Kind.LOCATION}
    assert draft.links[0].type == "seen-at"
    assert {record.label for record in draft.records} == {"AB12CDE", "Dock Road"}
    assert only(draft, draft.links[0].key).event(0).text == "C7"


def test_a_column_of_directions_turns_what_came_in(tmp_path):
    text = (
        "Target Number,Other Party,Start Time,Direction\n"
        "07700900101,07700900102,01/02/2026 10:00:00,Incoming\n"
    )
    (link,) = drafted(tmp_path, text).links
    assert link.key.startswith("+447700900102→+447700900101")


def test_a_list_of_links_with_days_only_is_no_call_data(tmp_path):
    table = read_csv(b"From,To,Date\nAled Cors,Bet Tate,01/02/2026\n", "links.csv")
    assert event_guess.guessed(table, "links") is None


@pytest.mark.parametrize(
    ("day", "time", "wanted", "flags"),
    [
        ("", "05/07/2026 13:00:00", "2026-07-05T13:00:00+01:00", 0),
        ("", "2026-07-05T12:00:00Z", "2026-07-05T13:00:00+01:00", 0),
        ("5 Jul 2026", "1:00 pm", "2026-07-05T13:00:00+01:00", 0),
        ("05-JUL-26", "13:00:00", "2026-07-05T13:00:00+01:00", 0),
        ("20260705", "130000", "2026-07-05T13:00:00+01:00", 0),
        ("", "20260705130000", "2026-07-05T13:00:00+01:00", 0),
        ("", "1783252800", "2026-07-05T13:00:00+01:00", 0),
        ("", "2026-07-05 13:00:00+0100", "2026-07-05T13:00:00+01:00", 0),
        ("", "05/07/2026", "2026-07-05T00:00:00+01:00", DAY_ONLY),
    ],
)
def test_times_are_read_as_the_files_of_providers_write_them(day, time, wanted, flags):
    clock = Clock(date(2026, 11, 18), month_first=False)
    assert clock.read(day, time) == (int(datetime.fromisoformat(wanted).timestamp()), flags)


@pytest.mark.parametrize("time", ["", "25:00 on Monday", "31/02/2026 10:00", "05/07/2026 25:61"])
def test_what_is_no_time_is_refused(time):
    with pytest.raises(Refused):
        Clock(None, month_first=False).read("", time)


@pytest.mark.parametrize(
    ("text", "seconds"), [("83", 83), ("1:23", 83), ("00:01:23", 83), ("1m 23s", 83), ("83.0", 83)]
)
def test_lengths_are_read(text, seconds):
    assert event_times.length(text) == seconds


def test_a_long_file_is_folded_without_holding_its_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(long_text, "LONG", 10_000)
    monkeypatch.setattr(long_text, "HEAD", 5_000)
    rows = [f"07700900101,0770090{n % 7:04d},05/01/2026,10:{n % 60:02d}:00,5" for n in range(2_000)]
    text = "A Number,B Number,Date,Time,Duration\n" + "\n".join(rows) + "\n"
    table = read_csv(text.encode(), "long.csv")
    assert table.rest is not None
    assert len(table.rows) < 300
    assert table.source.rows == 2_000
    draft = drafted(tmp_path, text, "long.csv")
    assert sum(link.weight or 0 for link in draft.links) == 2_000
    places = [row for files in draft.events.values() for e in files.values() for row in e.rows]
    assert sorted(places) == list(range(2, 2_002))


def test_a_long_file_reads_numbers_that_were_guarded_from_spreadsheets(tmp_path, monkeypatch):
    monkeypatch.setattr(long_text, "LONG", 5_000)
    monkeypatch.setattr(long_text, "HEAD", 1_000)
    rows = ["'+44 7700 900101,07700900102,05/01/2026 10:00:00"] * 200
    draft = drafted(tmp_path, "A Number,B Number,Start Time\n" + "\n".join(rows) + "\n", "g.csv")
    assert {record.label for record in draft.records} == {"+447700900101", "+447700900102"}


def test_folding_can_be_cancelled(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(CALLS, encoding="utf-8")

    def stop(_done: int, _total: int, what: str) -> None:
        if what.startswith("Reading"):
            raise Cancelled

    with pytest.raises(Cancelled):
        intake.draft_of([path], progress=stop)


def test_the_same_event_twice_in_a_file_is_two_and_one_that_is_there_is_left_out():
    one = Events(
        times=[5, 5, 9], flags=bytes(3), seconds=[UNKNOWN] * 3, whats=[""] * 3, texts=[""] * 3,
        rows=[2, 3, 4],
    )  # fmt: skip
    assert list(one.new_beside([(5, 0, UNKNOWN, "", "")]).rows) == [3, 4]
    assert len(one.new_beside([(5, BACKWARDS, UNKNOWN, "", "")])) == 3
