"""Reports told from tables: by sentences and columns, whatever the name ends in."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocgdesk.errors import Refused
from ocgdesk.exchange.raw import How
from ocgdesk.exchange.running_text import RunningText, read_text
from ocgdesk.exchange.table import read_tables

REPORT = (
    "INTELLIGENCE REPORT\n\nOn 12 March, Aled Cors rang 07700 900321, from the yard.\n"
    "He drove AB12 CDE, a blue van, to the quay.\n"
)
_WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}'


def sort(text: str, name: str = "x.txt") -> str:
    try:
        read_tables(text.encode(), name)
    except RunningText as found:
        return "text" if found.sure else "unclear"
    return "table"


def word(body: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", _WORD.format(body) + "</w:document>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (REPORT, "text"),
        ("Aled Cors rang 07700 900321 from the yard. He drove AB12 CDE.", "text"),
        ("Name,Phone\nAled Cors,07700 900321\n", "table"),
        ("Phone\n07700900321\n07700900322\n", "table"),
        ("a\tb\n1\t2\n3\t4\n", "table"),
        ("10:22\tAled\tMeet me at the yard.\n10:23\tBet\tOk, I will come.\n", "table"),
        ("07700900321\n07700900322\n", "unclear"),
        ("He came, he saw. It was him.\nShe went, she left. It was her.\n", "unclear"),
    ],
)
def test_sentences_make_a_report_and_even_columns_a_table(text: str, wanted: str):
    assert sort(text) == wanted


def test_a_name_or_a_person_that_says_table_is_taken_at_its_word():
    assert sort(REPORT, "x.csv") == "table"
    (table,) = read_tables(REPORT.encode(), "x.txt", how=How(as_table=True))
    assert table.rows


def test_a_word_report_is_text_with_its_paragraphs_and_tables():
    body = (
        "<w:body><w:p><w:r><w:t>Seen at </w:t><w:t>the quay.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>07700 900321</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "</w:body>"
    )
    with pytest.raises(RunningText) as caught:
        read_tables(word(body), "report.docx")
    assert caught.value.told.text == "Seen at the quay.\n07700 900321"
    assert caught.value.told.source.name == "report.docx"


def test_a_report_in_a_zip_is_no_table_of_it():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "Name,Phone\nAled Cors,07700 900321\n")
        archive.writestr("note.txt", REPORT)
    (table,) = read_tables(packed.getvalue(), "both.zip")
    assert any("note.txt is running text" in note for note in table.notes)


def test_a_word_file_that_is_a_trap_or_damaged_is_refused():
    trap = '<!DOCTYPE x [<!ENTITY a "b">]>' + _WORD.format("<w:p/>") + "</w:document>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", trap)
    with pytest.raises(Refused, match="entities"):
        read_text(packed.getvalue(), "x.docx")
    with pytest.raises(Refused, match=r"not whole|damaged"):
        read_text(word("<w:p>"), "x.docx")
    with pytest.raises(Refused, match="no plain text"):
        read_text(word("<w:p/>")[:-40], "x.docx")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_a_table_a_text_or_a_sentence(data: bytes):
    for read in (read_tables, read_text):
        with contextlib.suppress(Refused):
            read(data, "x.txt")
