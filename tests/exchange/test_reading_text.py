"""Delimited text in any dress becomes the same table; what is no table is one sentence."""

import hashlib
import io
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import NotFound, Refused
from ocgdesk.exchange.table import RawTable, read, read_csv

PEOPLE = "Name,Town,Born\nSiân Price,Ynys Môn,1/2/1990\nRhys ap Dafydd,Dinbych,3/4/1985\n"


def rows_of(data: bytes) -> list[tuple[str, ...]]:
    table = read(data, "people.csv")
    return [table.header, *table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_usual_encoding_reads_the_same(encoding):
    assert rows_of(PEOPLE.encode(encoding)) == rows_of(PEOPLE.encode())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zeros(encoding):
    assert rows_of(PEOPLE.encode(encoding)) == rows_of(PEOPLE.encode())


def test_cyrillic_from_an_old_system_is_told_from_windows_1252():
    text = "Имя,Город\nИван Петров,Москва\nСергей Иванов,Казань\nАнна Смирнова,Тверь\n"
    assert read(text.encode("cp1251"), "x.csv").rows[0] == ("Иван Петров", "Москва")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(delimiter):
    table = read(PEOPLE.replace(",", delimiter).encode(), "people.txt")
    assert table.delimiter == delimiter
    assert table.header == ("Name", "Town", "Born")


def test_a_delimiter_named_in_the_first_line_is_taken_at_its_word():
    assert read(b"sep=;\nName;Note\nA;x,y\n", "x.csv").rows == (("A", "x,y"),)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_end_reads_the_same(newline):
    assert rows_of(PEOPLE.replace("\n", newline).encode()) == rows_of(PEOPLE.encode())


def test_quoted_cells_keep_delimiters_quotes_and_line_breaks():
    table = read(b'Name,Note\nA,"one, ""two""\nthree"\n', "x.csv")
    assert table.rows == (("A", 'one, "two"\nthree'),)


def test_spaces_before_a_quotation_mark_do_not_break_the_cell():
    assert read(b'Name,Sum\nA, "6,000"\nB, "7,000"\n', "x.csv").rows[0] == ("A", "6,000")


def test_an_unclosed_quotation_mark_does_not_swallow_the_file():
    table = read(b'Name,Note\nA,5" knife\nB,"open\nC,x\nD,y\n', "x.csv")
    assert len(table.rows) == 4
    assert any("never closed" in note for note in table.notes)


def test_ragged_rows_are_kept_and_named_by_their_row():
    table = read(b"a1,b1,c1\n1,2\n1,2,3,4\n1,2,3,,\n", "x.csv")
    assert table.rows == (("1", "2", ""), ("1", "2", "3", "4"), ("1", "2", "3"))
    assert [problem.row for problem in table.problems] == [2, 3]


def test_row_numbers_count_as_a_spreadsheet_does():
    table = read(b"Name,Town\n\nA,X\n,\nB,Y\n", "x.csv")
    assert table.numbers == (3, 5)
    assert table.first_row == 3


def test_headers_that_come_twice_are_renamed_and_reported():
    table = read(b"Name,Phone,Phone,\nA,1,2,3\n", "x.csv")
    assert table.header == ("Name", "Phone", "Phone (2)", "Column 4")
    assert len(table.problems) == 2


def test_a_table_without_header_numbers_its_columns():
    table = read(b"1,2,52\n1,83,81\n", "edges.csv")
    assert table.header == ("Column 1", "Column 2", "Column 3")
    assert not table.has_header
    assert len(table.rows) == 2


def test_a_list_of_names_without_header_loses_none():
    table = read(b"Andre,Andre\nAndre,Beverly\nBeverly,Carol\n", "ties.csv")
    assert not table.has_header
    assert len(table.rows) == 3


def test_a_line_called_line_does_not_hide_the_header():
    table = read(b"Line,Hub\nLine,Harlow\nRicky,London\n", "lines.csv")
    assert table.header == ("Line", "Hub")
    assert len(table.rows) == 2


def test_titles_above_the_header_are_left_out():
    table = read(b"Nominals of interest\nAs at 1 May\n\nName,DOB,PNC\nA,1/1/90,90/1\n", "x.csv")
    assert table.header == ("Name", "DOB", "PNC")
    assert table.numbers == (5,)
    assert "2 rows above" in table.notes[0]


def test_a_header_repeated_below_is_left_out():
    table = read(b"Name,Town\nA,X\nName,Town\nB,Y\n", "x.csv")
    assert table.rows == (("A", "X"), ("B", "Y"))
    assert table.problems[0].row == 3


def test_years_may_be_headers():
    assert read(b"Force,2019,2020\nWest Midlands,5,6\n", "x.csv").header[1] == "2019"


def test_leading_zeros_and_long_numbers_stay_as_they_are():
    assert read(b"Phone,IMEI\n07700900123,350000000000001234\n", "x.csv").rows[0] == (
        "07700900123",
        "350000000000001234",
    )


def test_a_cell_of_a_megabyte_is_read():
    text = "x" * 1_000_000
    assert read(f"Name,Text\nA,{text}\n".encode(), "x.csv").rows[0][1] == text


def test_a_hundred_thousand_rows_are_read_at_once():
    line = "R{0},Name {0},Surname {0},1/2/1990,Male,90/{0}X,note\n"
    text = "URN,Forename,Surname,DOB,Sex,PNC,Note\n" + "".join(map(line.format, range(100_000)))
    data = text.encode()
    start = time.process_time()
    table = read(data, "x.csv")
    assert len(table.rows) == 100_000
    assert time.process_time() - start < 3  # under one on a quiet machine


def test_the_source_is_known_by_its_hash():
    table = read(PEOPLE.encode(), "people.csv")
    assert table.source.sha256 == hashlib.sha256(PEOPLE.encode()).hexdigest()
    assert (table.source.name, table.source.rows) == ("people.csv", 2)


def _zip(name: str, data: bytes = b"x") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b",,\n,,\n", "is empty"),
        (b"%PDF-1.7\n...", "starts like a PDF"),
        (b"MZ\x90\x00\x03", "starts like a program"),
        (b"\x7fELF\x02", "starts like a program"),
        (b"SQLite format 3\x00...", "starts like a database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more", "an old office document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (_zip("a.csv", b" "), "holds no table. a.csv: "),
        (_zip("a.zip", _zip("a.csv", b"a,b\n1,2\n")), "packed twice"),
        (_zip("readme.md"), "holds no table"),
        (_zip("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "damaged"),
        (_zip("word/document.xml"), "is damaged"),
        (_zip("ppt/presentation.xml"), "an office document"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"[]", "is empty"),
        (b"<html><body><table></table></body></html>", "web page or XML"),
        ("<?xml version='1.0'?><Chart></Chart>".encode("utf-16"), "has no items"),
        (b"Name\x00Town\n" * 3, "bytes that no text has"),
        (bytes(range(1, 32)) * 10, "bytes that no text has"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data, words):
    with pytest.raises(Refused, match=words):
        read(data, "thing.csv")


def test_a_header_in_brackets_is_no_json():
    assert read(b"[Name],[Town]\nA,X\n", "x.csv").header == ("[Name]", "[Town]")


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(NotFound, match=r"no file nowhere\.csv"):
        read(tmp_path / "nowhere.csv")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        read(tmp_path)


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_table_or_refused(data):
    with suppress(Refused):
        assert isinstance(read(data, "fuzz"), RawTable)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=500))
def test_any_text_is_a_table_or_refused(text):
    try:
        table = read_csv(text.encode(), "fuzz.csv")
    except Refused:
        return
    assert len(table.numbers) == len(table.rows)
    assert all(len(row) >= len(table.header) for row in table.rows)


@given(st.sampled_from([b"PK\x03\x04", b"%PDF", b"\xff\xfe", b"\xef\xbb\xbf", b"MZ"]), st.binary())
def test_any_bytes_behind_a_known_start_are_a_table_or_refused(start, data):
    with suppress(Refused):
        assert isinstance(read(start + data, "fuzz"), RawTable)


@pytest.mark.parametrize("name", ["own.ocgdesk", "own.ocgdesk-wal", "own.ocgdesk.keys"])
def test_a_workspace_is_never_read_as_a_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("id,name\n1,Aled\n", encoding="utf-8")
    with pytest.raises(Refused, match="workspace"):
        read(path)


@pytest.mark.parametrize(
    ("below", "left"),
    [
        ("\nSeen by two officers\nPage 1\n", 2),
        ("Source: custody list of May\n", 1),
        ("\nCarys Hume,07700900125,Quay Group\n", 0),
        ("Carys Hume\n", 0),
    ],
)
def test_notes_below_a_table_are_no_rows_and_are_told(below: str, left: int):
    text = "Name,Phone,OCG\nAled Cors,07700900123,Quay Group\nBet Tate,07700900124,Quay Group\n"
    table = read((text + below).encode(), "list.csv")
    assert len(table.rows) == (2 if left else 3)
    told = [note for note in table.notes if "below the table" in note]
    assert bool(told) == bool(left)
    assert all(below.split("\n")[-2] in note for note in told)
