"""Putting right what makes no sense in a file, without touching the file."""

from dataclasses import replace
from datetime import date

import pytest

from ocgdesk.casework import import_lines, import_problems, import_repairs, imports
from ocgdesk.casework.import_repairs import NO_REPAIRS, Way
from ocgdesk.casework.import_rows import State
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.raw import How
from ocgdesk.store import listing, records

PEOPLE = """Name,DOB,Gender
Aled Cors,14/02/1991,Male
Bronwen Tate,31/02/1979,Female
,3/9/1988,Male
Carys Hume,30/02/1996,Female
Dewi Lark,12/12/1982,Boss
Elin Rhys,2/1/1990,boss
"""


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def check(workspace, people):
    """Read the file with these repairs and compare it with the register."""

    def read(repairs=NO_REPAIRS, path=people, **more):
        with workspace.reading() as reader:
            return import_lines.check(
                reader, [path], repairs=repairs, today=date(2026, 11, 21), **more
            )

    return read


def at(checked, number):
    line = next(line for line in checked.records.all if line.number == number)
    return import_problems.trouble(checked, line)


def way(found, wanted):
    return next(r for r in import_problems.remedies(found) if r.way is wanted)


def mended(check, number, wanted, *, alike=False, **change):
    checked = check()
    found = at(checked, number)
    remedy = way(found, wanted)
    remedy = replace(remedy, **change)
    troubles = import_problems.alike(checked, found, remedy) if alike else (found,)
    return check(import_problems.put_right(checked, troubles, remedy), kind=Kind.NOMINAL)


def states(checked):
    return {line.number: line.state for line in checked.records.all}


def values(checked, number):
    line = next(line for line in checked.records.all if line.number == number)
    return line.row.draft.values


def test_the_ways_that_are_offered_fit_what_is_wrong(check):
    checked = check()
    dates = [r.way for r in import_problems.remedies(at(checked, 3))]
    assert dates == [Way.MONTH, Way.TYPE, Way.TEXT, Way.EMPTY, Way.OUT]
    assert way(at(checked, 3), Way.MONTH).words == "Keep month and year: Feb 1979"
    assert [r.way for r in import_problems.remedies(at(checked, 4))] == [Way.TYPE, Way.OUT]
    codes = [r.way for r in import_problems.remedies(at(checked, 6))]
    assert codes == [Way.CODE, Way.TEXT, Way.EMPTY, Way.OUT]


def test_a_day_that_cannot_be_becomes_its_month_for_all_like_it(check):
    checked = mended(check, 3, Way.MONTH, alike=True)
    assert states(checked)[3] is states(checked)[5] is State.NEW
    assert str(values(checked, 3)["born"]) == "1979-02"
    assert str(values(checked, 5)["born"]) == "1996-02"
    assert len(checked.repairs) == 2


def test_a_name_that_is_missing_can_be_typed(check):
    checked = mended(check, 4, Way.TYPE, value="Nia Price")
    assert states(checked)[4] is State.NEW
    assert values(checked, 4)["name"] == "Nia Price"


def test_a_word_that_is_in_no_list_is_chosen_kept_as_text_or_left_empty(check):
    checked = mended(check, 6, Way.CODE, value="Male", alike=True)
    assert values(checked, 6)["gender"] == values(checked, 7)["gender"] == "male"
    checked = mended(check, 6, Way.TEXT)
    assert "gender" not in values(checked, 6)
    assert values(checked, 6)["summary"] == "Gender: Boss"
    assert states(checked) | {6: State.NEW} == states(checked)
    checked = mended(check, 6, Way.EMPTY)
    assert states(checked)[6] is State.NEW
    assert "summary" not in values(checked, 6)


def test_text_that_is_kept_goes_behind_what_the_row_says_already(check, tmp_path):
    path = tmp_path / "more.csv"
    path.write_text("Name,Gender,Summary\nDewi Lark,Boss,Drives at night.\n", encoding="utf-8")
    checked = check(path=path, kind=Kind.NOMINAL)
    found = at(checked, 2)
    repairs = import_problems.put_right(checked, (found,), way(found, Way.TEXT))
    after = check(repairs, path=path, kind=Kind.NOMINAL)
    assert values(after, 2)["summary"] == "Drives at night. Gender: Boss"


def test_a_row_that_is_left_out_is_no_problem_any_more(check, workspace):
    checked = mended(check, 4, Way.OUT)
    assert 4 not in states(checked)
    assert checked.staying_out == 0
    imports.take_in(workspace, checked.proposal)
    with workspace.reading() as reader:
        assert records.counts(reader, [Kind.NOMINAL])[Kind.NOMINAL] == 5


def test_the_file_is_recognised_again_after_it_was_put_right(check, workspace):
    imports.take_in(workspace, mended(check, 3, Way.MONTH).proposal)
    again = mended(check, 3, Way.MONTH)
    assert states(again)[3] is State.SAME
    with workspace.reading() as reader:
        assert listing.order(reader, listing.ListQuery(kind=Kind.NOMINAL))


def test_a_file_is_read_in_another_encoding_and_by_another_mark(check, tmp_path):
    path = tmp_path / "odd.csv"
    path.write_bytes("Name;Gender\nZdenìk Èapek;Male\n".encode("cp1252"))
    checked = check(path=path, kind=Kind.NOMINAL)
    assert checked.tables[0].encoding == "cp1252"
    repairs = import_problems.read_as(checked, "odd.csv", How("cp1250", ";"))
    after = check(repairs, path=path, kind=Kind.NOMINAL)
    assert after.tables[0].encoding == "cp1250"
    assert after.records.all[0].cells[0] == "Zdeněk Čapek"
    wrong = import_problems.read_as(after, "odd.csv", How("cp1250", ","))
    assert check(wrong, path=path, kind=Kind.NOMINAL).tables[0].header == ("Name;Gender",)


def test_reading_a_file_otherwise_lets_go_of_what_was_put_right_in_it(check):
    checked = mended(check, 3, Way.MONTH)
    repairs = import_problems.read_as(checked, "people.csv", How("cp1252", ","))
    assert (repairs.cells, len(repairs.how)) == ({}, 1)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("31/02/1979", "Feb 1979"),
        ("31.11.2001", "Nov 2001"),
        ("31/02/79", ""),
        ("31/13/1979", ""),
        ("soon", ""),
    ],
)
def test_month_and_year_are_kept_only_where_they_are_sure(text, month):
    assert import_repairs.month_and_year(text) == month
