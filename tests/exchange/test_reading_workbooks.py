"""Excel workbooks: cells as a person would write them down, and no trick gets in."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ocgdesk.errors import Cancelled, Refused
from ocgdesk.exchange.table import RawTable, read, read_xlsx


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def repacked(data: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
    return out.getvalue()


def test_cells_read_as_people_write_them():
    book = workbook(
        ["Name", "Number", "Long", "Share", "Born", "Seen", "At", "Flag", "Phone"],
        [
            "A",
            1.0,
            350000000000001,
            0.1,
            date(1991, 2, 14),
            datetime.fromisoformat("2024-03-01T09:30"),
            time(9, 30),
            True,
            "07700900123",
        ],
    )
    assert read(saved(book), "x.xlsx").rows == (
        (
            "A",
            "1",
            "350000000000001",
            "0.1",
            "1991-02-14",
            "2024-03-01 09:30:00",
            "09:30:00",
            "TRUE",
            "07700900123",
        ),
    )


def test_zeros_that_a_format_leads_a_number_by_are_kept():
    book = workbook(["Name", "Custody"], ["A", 1234])
    book.active["B2"].number_format = "000000"
    assert read(saved(book), "x.xlsx").rows[0][1] == "001234"


def test_the_first_sheet_that_holds_anything_is_read_and_named():
    book = Workbook()
    book.create_sheet("People").append(["Name", "Town"])
    book["People"].append(["A", "X"])
    table = read(saved(book), "x.xlsx")
    assert table.rows == (("A", "X"),)
    assert "People" in table.notes[0]


def test_another_sheet_can_be_asked_for():
    book = workbook(["Name", "Town"], ["A", "X"])
    book.create_sheet("Lines").append(["Brand", "Hub"])
    data = saved(book)
    assert read_xlsx(data, "x.xlsx", sheet="Lines").header == ("Brand", "Hub")
    with pytest.raises(Refused, match="no sheet called Cars"):
        read_xlsx(data, "x.xlsx", sheet="Cars")


def test_an_error_of_a_formula_is_a_problem_of_its_cell():
    book = workbook(["Name", "Sum"], ["A", "#DIV/0!"])
    problem = read(saved(book), "x.xlsx").problems[0]
    assert (problem.row, problem.column) == (2, "B")


def test_the_name_of_a_workbook_does_not_matter():
    assert read(saved(workbook(["Name", "Town"], ["A", "X"])), "x.csv").encoding == "xlsx"


def test_reading_a_workbook_can_be_cancelled():
    def stop(done, _total, _what):
        if done >= 1000:
            raise Cancelled

    book = workbook(["Name", "Town"], *([f"Name {i}", "X"] for i in range(2500)))
    with pytest.raises(Cancelled):
        read(saved(book), "x.xlsx", progress=stop)


def test_an_empty_workbook_is_said_to_be_empty():
    with pytest.raises(Refused, match="is empty"):
        read(saved(Workbook()), "x.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_opened():
    data = saved(workbook(["Name", "Town"], ["A", "X"]))
    bomb = repacked(data, {"xl/styles.xml": b"0" * 64 * 1024 * 1024})
    with pytest.raises(Refused, match="unpack to far more"):
        read(bomb, "x.xlsx")


def test_declared_entities_are_refused():
    data = saved(workbook(["Name", "Town"], ["A", "X"]))
    sheet = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'
    with pytest.raises(Refused, match="entities"):
        read(repacked(data, {"xl/worksheets/sheet1.xml": sheet}), "x.xlsx")


@pytest.mark.parametrize("cell", [b"ZZZZZZ1", b"A999999999"])
def test_a_cell_beyond_the_sheet_is_refused_not_filled_up_to(cell):
    data = saved(workbook(["Name", "Town"], ["A", "X"]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'r="B2"', b'r="' + cell + b'"')
    with pytest.raises(Refused, match="beyond the edge"):
        read(repacked(data, {"xl/worksheets/sheet1.xml": sheet}), "x.xlsx")


WHOLE = saved(workbook(["Name", "Town"], ["A", "X"], ["B", "Y"]))


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_workbook_is_a_table_or_refused(place, noise):
    damaged = WHOLE[:place] + noise + WHOLE[place + len(noise) :]
    with suppress(Refused):
        assert isinstance(read(damaged, "x.xlsx"), RawTable)


@given(st.binary(max_size=200))
def test_a_damaged_sheet_is_a_table_or_refused(noise):
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    damaged = repacked(WHOLE, {"xl/worksheets/sheet1.xml": sheet[: len(sheet) // 2] + noise})
    with suppress(Refused):
        assert isinstance(read(damaged, "x.xlsx"), RawTable)
