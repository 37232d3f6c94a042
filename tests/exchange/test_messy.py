"""Every file of the messy collection: the shape its manifest gives, or one clear sentence."""

import csv

import pytest

from ocgdesk.errors import Refused
from ocgdesk.exchange.table import read

SHAPES = {
    "agate_excel/ne_1033_data.xlsx": (14, 1036, 1),
    "agate_excel/test_ambiguous_date.xlsx": (1, 1, 1),
    "agate_excel/test_numeric_column_name.xlsx": (3, 1, 1),
    "csvkit/bad.csv": (3, 3, 1),
    "csvkit/blanks.csv": (6, 1, 1),
    "csvkit/date_like_number.csv": (1, 1, 1),
    "csvkit/dummy_col_shuffled_ragged.csv": (4, 1, 1),
    "csvkit/mac_newlines.csv": (3, 3, 1),
    "csvkit/no_header_row.csv": (3, 1, 0),
    "csvkit/optional_quote_characters.csv": (3, 1, 1),
    "csvkit/sheets.xlsx": (8, 5, 1),
    "csvkit/test_empty_columns_long_row.csv": (3, 0, 1),
    "csvkit/test_header_newline.csv": (3, 1, 1),
    "csvkit/test_latin1.csv": (3, 2, 1),
    "csvkit/test_locale.csv": (3, 1, 1),
    "csvkit/test_no_leading_zeroes.csv": (3, 1, 1),
    "csvkit/test_skip_lines.xlsx": (8, 5, 4),
    "csvkit/test_utf16_little.csv": (3, 2, 1),
    "csvkit/test_utf8_bom.csv": (3, 2, 1),
    "messytables/begrotingsanalyse-2011.csv": (14, 39, 4),
    "messytables/bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm": (4, 40, 10),
    "messytables/characters.csv": (18, 382, 1),
    "messytables/complex.csv": (4, 3, 1),
    "messytables/example.tsv": (17, 140, 1),
    "messytables/excel_pasting.csv": (9, 14, 4),
    "messytables/excel_properties.xls": (1, 17, 1),
    "messytables/long.csv": (1, 4000, 0),
    "messytables/multilineods.ods": (1, 1, 0),
    "messytables/null.csv": (4, 10, 0),
    "messytables/simple.ods": (3, 3, 1),
    "messytables/simple.psv": (6, 28, 1),
    "messytables/simple.ssv": (3, 6, 1),
    "messytables/simple.xls": (3, 6, 1),
    "messytables/simple.xlsx": (3, 6, 1),
    "messytables/simple.zip": (3, 6, 1),
    "messytables/skip_initials.csv": (2, 2, 1),
    "messytables/small.csv": (1, 0, 1),
    "messytables/spanish_chars.csv": (8, 114, 1),
    "messytables/unicode_sheet_name.xls": (1, 0, 1),
    "messytables/utf8bom.csv": (2, 0, 1),
    "messytables/weird_head_padding.csv": (10, 76, 12),
    "naughty_strings/blns.json": (1, 461, 0),
}
"""Columns, rows below the header without notes, and the row of the header (0: none)."""
EMPTY = (
    "agate_excel/test_empty.xlsx",
    "messytables/libreoffice.xlsx",
)
REPORTS = ("naughty_strings/LICENSE",)


@pytest.mark.parametrize(("name", "shape"), SHAPES.items())
def test_a_messy_file_has_its_columns_rows_and_header(shared, name, shape):
    table = read(shared / "messy" / name)
    assert (len(table.header), len(table.rows), table.header_row) == shape


@pytest.mark.parametrize("name", EMPTY)
def test_a_workbook_of_empty_sheets_is_refused_as_empty(shared, name):
    with pytest.raises(Refused, match="is empty"):
        read(shared / "messy" / name)


@pytest.mark.parametrize("name", REPORTS)
def test_sentences_are_refused_as_running_text(shared, name):
    with pytest.raises(Refused, match="running text, no table"):
        read(shared / "messy" / name)


def test_no_file_of_the_manifest_is_left_out(shared):
    with (shared / "messy" / "MANIFEST.csv").open(encoding="utf-8", newline="") as lines:
        assert {row["file"] for row in csv.DictReader(lines)} == {*SHAPES, *EMPTY, *REPORTS}


def test_the_cells_of_one_table_are_the_same_in_every_format(shared):
    wanted = read(shared / "messy" / "messytables" / "simple.xlsx")
    for ending in ("xls", "zip"):
        found = read(shared / "messy" / "messytables" / f"simple.{ending}")
        assert [row[1:] for row in found.rows] == [row[1:] for row in wanted.rows]
