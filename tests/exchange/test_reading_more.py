"""JSON, OpenDocument, old workbooks and archives: read from memory, and no trick gets in."""

import gzip
import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import Refused
from ocgdesk.exchange.raw import NO_HEADER, How, RawTable
from ocgdesk.exchange.table import read, read_tables

PEOPLE = "Name,Born\nAled Cors,14/02/1991\n"


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def cells(table):
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


# ---- JSON --------------------------------------------------------------------------------------


def test_what_is_nested_gets_columns_and_lists_of_records_get_rows():
    record = {
        "name": "Aled",
        "dob": {"day": 1, "year": 1990},
        "aliases": ["Fox", "Rook"],
        "groups": [[10], [1, 4]],
        "seen": None,
    }
    table = read(json.dumps({"people": [record]}).encode(), "people.json")
    assert table.header == (
        "name",
        "dob.day",
        "dob.year",
        "aliases",
        "seen",
        "groups.0",
        "groups.1",
    )
    assert [row["groups.0"] for row in cells(table)] == ["10", "1"]
    assert cells(table)[1]["groups.1"] == "4"
    assert {row["aliases"] for row in cells(table)} == {"Fox\nRook"}
    assert table.numbers == (1, 1)
    assert "1 record is laid out in 2 rows, one for each item of a list in it." in table.notes


def test_numbers_keep_every_digit_and_their_text():
    table = read(b'[{"n": 350000000000000000001, "x": 0.10, "yes": true}]', "x.json")
    assert table.rows == (("350000000000000000001", "0.10", "true"),)


def test_one_record_a_line_is_read_and_a_broken_line_is_told():
    table = read(b'{"a": 1, "b": 2}\n{"a": 3}\n{"a": 4,\n', "x.ndjson")
    assert cells(table) == [{"a": "1", "b": "2"}, {"a": "3", "b": ""}]
    assert [(p.row, p.text) for p in table.problems] == [
        (3, "This line is no JSON; it is left out.")
    ]


def test_of_several_lists_the_longest_is_read_unless_another_is_named():
    data = b'{"few": [{"a": 1}], "many": [{"b": 1}, {"b": 2}]}'
    table = read(data, "x.json")
    assert (table.header, table.part, table.parts) == (("b",), "many", ("few", "many"))
    assert read(data, "x.json", how=How(sheet="few")).header == ("a",)
    with pytest.raises(Refused, match="no list called none"):
        read(data, "x.json", how=How(sheet="none"))


def test_a_list_of_lists_has_its_header_first():
    assert cells(read(b'[["a", "b"], [1, 2]]', "x.json")) == [{"a": "1", "b": "2"}]


def test_json_that_is_nested_without_end_breaks_nothing():
    for deep in (b"[" * 200_000 + b"]" * 200_000, b'[{"a":' * 450 + b"1" + b"}]" * 450):
        with suppress(Refused):
            assert isinstance(read(deep, "x.json"), RawTable)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=20,
)


@given(_json)
def test_any_json_is_a_table_or_refused(value):
    try:
        table = read(json.dumps(value).encode(), "fuzz.json")
    except Refused:
        return
    assert all(len(row) >= len(table.header) for row in table.rows)


@given(st.lists(_json, max_size=5), st.binary(max_size=20))
def test_any_lines_of_json_with_rubbish_are_a_table_or_refused(values, rubbish):
    lines = [json.dumps(value).encode() for value in values]
    with suppress(Refused):
        assert isinstance(read(b"\n".join((*lines, rubbish)), "fuzz.ndjson"), RawTable)


# ---- OpenDocument ------------------------------------------------------------------------------

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows, *, before="", manifest="<m/>"):
    body = f'<office:document-content {_SPACES}><table:table table:name="One">{rows}</table:table>'
    content = f"{before}{body}</office:document-content>"
    return packed(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        content_dot_xml=content,
        **{"META-INF__manifest_dot_xml": manifest},
    )


def row(*texts):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return f"<table:table-row>{''.join(map(cell.format, texts))}</table:table-row>"


def test_an_opendocument_sheet_reads_as_its_cells_show():
    number = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="7">'
        "<text:p>007</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="350000000000001">'
        "<text:p>3,5E+14</text:p></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="1991-02-14">'
        "<text:p>14/02/91</text:p></table:table-cell></table:table-row>"
    )
    table = read(ods(row("Id", "IMEI", "Born") + number), "x.ods")
    assert table.rows == (("007", "350000000000001", "1991-02-14"),)


def test_repeated_cells_of_an_opendocument_sheet_cannot_fill_the_memory():
    wide = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>"
    )
    with pytest.raises(Refused, match="far more than it should"):
        read(ods(row("A") + wide), "bomb.ods")
    empty = '<table:table-row table:number-rows-repeated="1048576"></table:table-row>'
    assert len(read(ods(row("A") + row("1") + empty), "x.ods").rows) == 1


def test_entities_and_passwords_of_an_opendocument_sheet_are_refused():
    entity = '<!DOCTYPE a [<!ENTITY b "c">]>'
    with pytest.raises(Refused, match="entities"):
        read(ods(row("A"), before=entity), "x.ods")
    with pytest.raises(Refused, match="entities"):
        read(ods(row("A"), before="<!--" + " " * 9000 + "-->" + entity), "x.ods")
    with pytest.raises(Refused, match="password"):
        read(ods(row("A"), manifest="<manifest:encryption-data/>"), "x.ods")


@given(st.binary(max_size=300), st.integers(0, 600))
def test_a_damaged_opendocument_sheet_is_a_table_or_refused(data, at):
    whole = ods(row("A", "B") + row("1", "2"))
    with suppress(Refused):
        assert isinstance(read(whole[:at] + data + whole[at + len(data) :], "x.ods"), RawTable)


# ---- Old workbooks -----------------------------------------------------------------------------


@given(st.binary(max_size=600))
def test_any_bytes_behind_the_start_of_an_old_workbook_are_a_table_or_refused(data):
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le")
    with suppress(Refused):
        assert isinstance(read(start + data, "fuzz.xls"), RawTable)


def test_an_old_workbook_damaged_anywhere_is_a_table_or_refused(shared):
    whole = (shared / "messy" / "messytables" / "simple.xls").read_bytes()
    for at in range(0, len(whole), 97):
        with suppress(Refused):
            read(whole[:at] + b"\xff\x00\xff\x7f" + whole[at + 4 :], "x.xls")


# ---- Archives ----------------------------------------------------------------------------------


def test_each_table_of_a_zip_comes_by_its_bare_name():
    data = packed(
        **{"..__..__etc__people_dot_csv": PEOPLE, "a__people_dot_csv": PEOPLE, "readme_dot_md": "x"}
    )
    tables = read_tables(data, "all.zip")
    assert [table.name for table in tables] == ["people.csv", "people (2).csv"]
    with pytest.raises(Refused, match="several tables"):
        read(data, "all.zip")


def test_what_is_no_table_in_a_zip_is_noted():
    table = read(packed(people_dot_csv=PEOPLE, photo_dot_bin=b"\x89PNG"), "all.zip")
    assert table.notes[-1] == (
        "In the ZIP, but no table: photo.bin: This is not a table: it starts like a picture."
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Refused, match="far more than it should"):
        read(packed(a_dot_csv=b"0" * 40_000_000), "bomb.zip")
    with pytest.raises(Refused, match="more than 200 files"):
        read(packed(**{f"f{n}_dot_csv": PEOPLE for n in range(201)}), "many.zip")


def test_a_compressed_table_is_read_and_a_bomb_refused():
    assert read(gzip.compress(PEOPLE.encode()), "people.csv.gz").name == "people.csv"
    with pytest.raises(Refused, match="far more"):
        read(gzip.compress(b"0" * 40_000_000), "bomb.csv.gz")
    with pytest.raises(Refused, match="damaged"):
        read(gzip.compress(PEOPLE.encode())[:-12], "people.csv.gz")


@given(st.binary(max_size=200), st.integers(0, 200))
def test_a_damaged_zip_is_a_table_or_refused(data, at):
    whole = packed(people_dot_csv=PEOPLE)
    with suppress(Refused):
        assert read_tables(whole[:at] + data + whole[at + len(data) :], "x.zip")


# ---- Overruling --------------------------------------------------------------------------------


def test_the_header_can_be_said_to_stand_elsewhere_or_nowhere():
    data = b"Custody list,,\nName,Born,Town\nA,1990,X\nB,1991,Y\n"
    assert read(data, "x.csv").header_row == 2
    third = read(data, "x.csv", how=How(header=3))
    assert (third.header, third.first_row) == (("A", "1990", "X"), 4)
    none = read(data, "x.csv", how=How(header=NO_HEADER))
    assert (none.header[0], len(none.rows)) == ("Column 1", 4)
    with pytest.raises(Refused, match="Row 9 holds nothing"):
        read(data, "x.csv", how=How(header=9))


def test_another_sheet_of_a_workbook_can_be_named(shared):
    path = shared / "messy" / "csvkit" / "sheets.xlsx"
    table = read(path)
    assert (table.part, table.parts) == ("data", ("not this one", "data", "ʤ"))
    assert len(read(path, how=How(sheet="ʤ")).rows) == 1
