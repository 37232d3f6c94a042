"""A table of one kind becomes records; what makes no sense is listed, never lost."""

import pytest

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.values import Alias, Identifier
from ocgdesk.errors import Cancelled, Refused
from ocgdesk.exchange.intake import draft_of
from ocgdesk.exchange.record_table import default_specification, draft_records
from ocgdesk.exchange.table import read

PEOPLE = """\
URN,SURNAME,FORENAME,DOB,PNC ID,CRO,Nickname,Sex,Deceased,Marking
N1,PRICE,Siân,14/2/91,91/123456A,123/91B,Spud; Shorty,F,no,OFFICIAL
N2,HUGHES,Rhys,3/4/1985,,,,M,yes,
"""


def draft(text: str, **more):
    return draft_records(read(text.encode(), "list.csv"), **more)


def test_a_list_of_people_becomes_nominals():
    one, other = draft(PEOPLE).records
    assert one.kind is Kind.NOMINAL
    assert (one.row, one.key, one.label) == (2, "N1", "Siân PRICE")
    assert one.values == {
        "name": "Siân PRICE",
        "born": PartialDate(1991, 2, 14),
        "identifiers": (Identifier("pnc", "91/123456A"), Identifier("cro", "123/91B")),
        "aliases": (Alias("Spud", "nickname"), Alias("Shorty", "nickname")),
        "gender": "female",
        "deceased": False,
        "marking": Marking.OFFICIAL,
    }
    assert other.values == {
        "name": "Rhys HUGHES",
        "born": PartialDate(1985, 4, 3),
        "gender": "male",
        "deceased": True,
    }


def test_nobody_is_suspected_by_being_imported():
    assert all("categories" not in record.values for record in draft(PEOPLE).records)


def test_a_row_without_a_name_is_left_out_and_said_so():
    result = draft("URN,Nominal,DOB\n1,A,1/1/90\n2,,1/1/91\n")
    assert [record.key for record in result.records] == ["1"]
    assert (result.problems[0].row, result.problems[0].column) == (3, "Name")


def test_an_id_that_comes_twice_is_left_out_and_said_so():
    result = draft("URN,Nominal,DOB\n1,A,1/1/90\n1,B,1/1/91\n")
    assert len(result.records) == 1
    assert result.problems[0].row == 3
    assert "row 2" in result.problems[0].text


def test_a_bad_value_costs_the_value_not_the_row():
    result = draft("URN,Nominal,DOB,Sex\n1,A,31/2/90,purple\n")
    assert result.records[0].values == {"name": "A"}
    assert [problem.column for problem in result.problems] == ["DOB", "Sex"]


def test_a_marking_above_the_ceiling_is_a_problem():
    result = draft("Nominal,DOB,Marking\nA,1/1/90,SECRET\n")
    assert "SECRET" in result.problems[0].text


def test_rows_without_an_id_are_known_by_identifier_or_name_and_birth():
    text = "Nominal,DOB,PNC\nA  b,1/1/90,\nA b,1/1/90,\nA b,2/1/90,\nC,,90/1X\n"
    result = draft(text)
    assert [record.key for record in result.records] == [
        "a b|1990-01-01",
        "a b|1990-01-01#2",
        "a b|1990-01-02",
        "pnc:90/1x",
    ]
    assert any("no id column" in note for note in result.notes)


def test_the_same_file_gives_the_same_draft_again():
    assert draft(PEOPLE) == draft(PEOPLE)


def test_unknown_headers_are_listed_and_nothing_is_lost():
    result = draft("Nominal,DOB,Shoe size\nA,1/1/90,44\n")
    assert result.columns[2] == ("Shoe size", None)
    assert result.problems[0].column == "Shoe size"
    assert result.records[0].raw == ("A", "1/1/90", "44")


def test_a_table_of_nothing_known_is_an_empty_draft_that_asks_for_the_kind():
    result = draft("foo,bar\n1,2\n")
    assert result.needs_kind
    assert result.records == ()
    assert {problem.column for problem in result.problems} == {"foo", "bar", ""}


def test_naming_the_kind_settles_it():
    result = draft("Name,Status\nHarbour Group,Active\n", kind=Kind.OCG)
    assert result.records[0].values == {"name": "Harbour Group", "status": "active"}


def test_a_kind_column_sorts_rows_by_kind():
    text = "id,label,kind,DOB\n1,A,person,1/1/90\n2,B Ltd,company,\n3,C,dragon,\n"
    result = draft(text)
    assert [record.kind for record in result.records] == [Kind.NOMINAL, Kind.ORGANISATION]
    assert result.records[1].values == {"name": "B Ltd"}
    assert "dragon" in result.problems[0].text


def test_county_lines_take_lists_of_forces_and_towns():
    text = (
        "Line,Exporting force,Importing forces,Importing towns\n"
        "Ricky,WMP,Gwent; Dyfed-Powys,Newport;Cwmbran\n"
    )
    assert draft(text).records[0].values == {
        "brand": "Ricky",
        "exporter": "WMP",
        "importers": ("GWT", "DYP"),
        "towns": ("Newport", "Cwmbran"),
    }


def test_an_import_is_named_after_kind_and_file():
    assert default_specification(Kind.NOMINAL, "Custody list.csv") == "nominal:custody-list"
    assert default_specification(Kind.NOMINAL, "/x/harbour/nodes.csv") == "nominal:harbour/nodes"


def test_the_name_of_an_import_can_name_the_kind(write):
    path = write("groups of note.csv", "Name,Status\nHarbour Group,Active\n")
    result = draft_of([path], specification="ocg:weekly")
    assert (result.specification, result.kind) == ("ocg:weekly", Kind.OCG)
    assert len(result.records) == 1


def test_two_tables_of_records_are_refused_together(write):
    one, other = write("a.csv", PEOPLE), write("b.csv", PEOPLE)
    with pytest.raises(Refused, match="one at a time"):
        draft_of([one, other])


def test_reading_can_be_cancelled():
    def stop(done, _total, _what):
        if done >= 1000:
            raise Cancelled

    text = "Nominal,DOB\n" + "".join(f"Name {i},1/1/90\n" for i in range(2500))
    with pytest.raises(Cancelled):
        draft(text, progress=stop)
