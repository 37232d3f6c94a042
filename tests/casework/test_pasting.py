"""Cells typed and pasted into lists: looked at first, then taken in as one act."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st
from makers import a_line, a_nominal, a_phone, a_plan, a_report, an_action, an_ocg

from ocgdesk.casework import pasting, table_cells
from ocgdesk.casework.table_cells import Verdict
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal, Phone
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action
from ocgdesk.domain.subrecords import Custody
from ocgdesk.errors import Conflict, NotFound, Refused

TODAY = date(2026, 11, 21)


@pytest.fixture
def drafted(workspace):
    def make(kind, columns, texts):
        with workspace.reading() as reader:
            numbers = reader.numbers(list(texts))
            by_no = {numbers[id_]: cells for id_, cells in texts.items()}
            return pasting.draft(reader, kind, columns, by_no, today=TODAY)

    return make


def take(workspace, draft):
    with workspace.work("Paste cells") as done:
        pasting.take_in(done.work, draft, today=TODAY)
    return done.changes


def now(workspace, thing):
    with workspace.reading() as reader:
        return reader.find(thing.id, thing.base)


# ---- Blocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", []),
        ("one", [["one"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\tb', [["two\nlines", "b"]]),
        ('"say ""yes"""', [['say "yes"']]),
        ("a\nb\tc", [["a", ""], ["b", "c"]]),
        ("'=1+1\t'-dash", [["=1+1", "-dash"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("0044 07700", [["0044 07700"]]),
    ],
)
def test_a_block_is_read_as_spreadsheets_copy_it(text, cells):
    assert pasting.block(text) == cells


@any_of(st.text(max_size=200))
def test_whatever_lies_on_the_clipboard_is_a_block_with_rows_of_one_length(text):
    cells = pasting.block(text)
    assert len({len(row) for row in cells}) <= 1


def test_one_cell_is_repeated_over_a_selection_and_a_block_where_it_fits():
    assert pasting.spread([["x"]], 2, 3) == [["x"] * 3] * 2
    assert pasting.spread([["a"], ["b"]], 4, 1) == [["a"], ["b"], ["a"], ["b"]]
    assert pasting.spread([["a"], ["b"]], 3, 1) == [["a"], ["b"]]


def test_headings_copied_along_are_left_out():
    cells = [["name", "BORN"], ["Ann", "1990"]]
    assert pasting.without_headings(cells, ["Name", "Born", "Gender"]) == [["Ann", "1990"]]
    assert pasting.without_headings(cells[1:], ["Name", "Born"]) == cells[1:]


# ---- Looking ------------------------------------------------------------------------------------


def test_each_cell_is_marked_before_anything_is_taken_in(given, drafted):
    one, two = given(a_nominal("Ann", gender="female"), a_nominal("Bob"))
    texts = {one.id: ("Female", "14/2/91", "yes"), two.id: ("purple", "about May 1985", "")}
    draft = drafted(Kind.NOMINAL, ("gender", "born", "in_custody"), texts)
    found = [[cell.verdict for cell in line.cells] for line in draft.lines]
    assert found == [
        [Verdict.SAME, Verdict.CHANGED, Verdict.CHANGED],
        [Verdict.WRONG, Verdict.CHANGED, Verdict.SAME],
    ]
    assert "purple" in draft.lines[1].cells[0].note
    assert draft.lines[0].cells[1].after == "14 Feb 1991"
    assert draft.taken == 3


def test_a_value_that_breaks_its_format_is_doubtful_and_kept_if_insisted(workspace, given, drafted):
    (phone,) = given(a_phone("07700 900321"))
    draft = drafted(Kind.PHONE, ("number",), {phone.id: ("07700 9003",)})
    cell = draft.lines[0].cells[0]
    assert cell.verdict is Verdict.DOUBTFUL
    assert cell.note
    assert draft.without_doubtful().taken == 0
    take(workspace, draft)
    assert now(workspace, phone).number == "07700 9003"


def test_a_long_number_shortened_by_a_spreadsheet_is_refused(given, drafted):
    (phone,) = given(a_phone())
    draft = drafted(Kind.PHONE, ("number",), {phone.id: ("7.7E+10",)})
    assert draft.lines[0].cells[0].verdict is Verdict.WRONG


def test_a_report_that_reads_like_a_source_is_doubtful(given, drafted):
    (report,) = given(a_report())
    said = "My informant told me that he lives with the cousin"
    draft = drafted(Kind.REPORT, ("title",), {report.id: (said,)})
    assert draft.lines[0].cells[0].verdict is Verdict.DOUBTFUL


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.OCG, "status"),
        (Kind.OCG, "tier"),
        (Kind.OCG, "members"),
        (Kind.OCG, "ref"),
        (Kind.ATTRIBUTION, "status"),
        (Kind.LINK, "type"),
        (Kind.LINK, "source"),
        (Kind.NOMINAL, "aliases"),
        (Kind.DECISION, "title"),
        (Kind.ASSESSMENT, "total"),
        (Kind.COURT_STEP, "operation"),
        (Kind.COURT_STEP, "owner"),
    ],
)
def test_what_has_rules_of_its_own_is_not_typed_into_a_list(kind, name):
    assert table_cells.refusal(kind, name)


def test_a_name_cannot_be_emptied(given, drafted):
    (ocg,) = given(an_ocg())
    draft = drafted(Kind.OCG, ("name",), {ocg.id: ("",)})
    assert draft.lines[0].cells[0].note == "Name is needed"


def test_a_line_follows_the_moves_of_its_status(workspace, given, drafted):
    (line,) = given(a_line("Kestrel", status="suspected"))
    draft = drafted(Kind.COUNTY_LINE, ("status",), {line.id: ("Closed (type 1)",)})
    assert draft.lines[0].cells[0].verdict is Verdict.WRONG
    take(workspace, drafted(Kind.COUNTY_LINE, ("status",), {line.id: ("potentially active",)}))
    assert now(workspace, line).status == "potentially-active"


def test_a_code_that_a_sub_record_put_on_a_nominal_is_not_wiped_off(workspace, given, drafted):
    (person,) = given(a_nominal("Ann", in_custody=True))
    given(Custody(owner=person.id, custody_type="remand", start=PartialDate(2026)))
    draft = drafted(Kind.NOMINAL, ("in_custody",), {person.id: ("no",)})
    assert draft.lines[0].cells[0].verdict is Verdict.WRONG


def test_an_action_follows_the_moves_of_its_status(workspace, given, drafted):
    (ocg,) = given(an_ocg())
    (plan,) = given(a_plan(ocg))
    (action,) = given(an_action(plan, "Visit", status="in-progress"))
    wrong = drafted(Kind.ACTION, ("status",), {action.id: ("Cancelled",)})
    assert "reason" in wrong.lines[0].cells[0].note
    take(workspace, drafted(Kind.ACTION, ("status",), {action.id: ("complete",)}))
    done = now(workspace, action)
    assert isinstance(done, Action)
    assert (done.status, done.done) == ("complete", TODAY)


# ---- Taking in ----------------------------------------------------------------------------------


def test_a_block_is_one_act_and_one_undo(workspace, given, drafted):
    people = given(*(a_nominal(f"Person {n}") for n in range(5)))
    texts = {person.id: ("female", f"{1980 + n}") for n, person in enumerate(people)}
    changes = take(workspace, drafted(Kind.NOMINAL, ("gender", "born"), texts))
    assert len(list(changes)) == 5
    third = now(workspace, people[3])
    assert isinstance(third, Nominal)
    assert (third.gender, third.born) == ("female", PartialDate(1983))
    workspace.undo()
    assert [now(workspace, person).gender for person in people] == [""] * 5


def test_a_conflict_says_who_changed_the_record_and_when(
    workspace, given, drafted, opened_by, another_user
):
    (person,) = given(a_nominal("Ann"))
    draft = drafted(Kind.NOMINAL, ("gender",), {person.id: ("male",)})
    bea = opened_by(another_user)
    with bea.work("Edit nominal") as done:
        found = done.work.get(Nominal, person.id)
        done.work.put(replace(found, summary="Seen in town"))
    with pytest.raises(Conflict, match=r"Bea changed this record on .* at \d\d:\d\d"):
        take(workspace, draft)
    assert now(workspace, person).gender == ""


def test_a_record_removed_meanwhile_is_said_to_be_gone(workspace, given, drafted):
    (person,) = given(a_nominal("Ann"))
    draft = drafted(Kind.NOMINAL, ("gender",), {person.id: ("male",)})
    with workspace.work("Remove") as done:
        done.work.remove(person)
    with pytest.raises(NotFound):
        take(workspace, draft)


def test_a_restricted_record_is_left_out_of_a_draft(workspace, given, ann, opened_by, another_user):
    (open_, closed) = given(a_nominal("Ann"), a_nominal("Bo", restricted_to=frozenset({ann.id})))
    with workspace.reading() as reader:
        numbers = reader.numbers([open_.id, closed.id])
    bea = opened_by(another_user)
    with bea.reading() as reader:
        texts = dict.fromkeys(numbers.values(), ("male",))
        draft = pasting.draft(reader, Kind.NOMINAL, ("gender",), texts, today=TODAY)
    assert [line.id for line in draft.lines] == [open_.id]


def test_filling_down_copies_the_first_record_and_leaves_columns_that_are_not_typed(
    workspace, given
):
    lines = given(a_line("Kestrel", hub="Hull", status="active"), a_line("Merlin"), a_line("Hobby"))
    with workspace.reading() as reader:
        numbers = reader.numbers([line.id for line in lines])
        nos = [numbers[line.id] for line in lines]
        draft = pasting.filled_down(reader, Kind.COUNTY_LINE, ("hub", "status"), nos, today=TODAY)
    take(workspace, draft)
    found = [now(workspace, line) for line in lines]
    assert [line.hub for line in found] == ["Hull"] * 3
    assert found[1].status == lines[1].status


def test_a_typed_cell_is_saved_against_the_version_that_was_shown(workspace, given):
    (phone,) = given(a_phone())
    with workspace.reading() as reader:
        no = reader.number(phone.id)
    with workspace.work("Edit phone") as done:
        pasting.type_in(
            done.work, Kind.PHONE, no, "network", "Blue", version=phone.version, today=TODAY
        )
    found = now(workspace, phone)
    assert isinstance(found, Phone)
    assert found.network == "Blue"
    with pytest.raises(Conflict), workspace.work("Edit phone") as done:
        pasting.type_in(
            done.work, Kind.PHONE, no, "network", "Red", version=phone.version, today=TODAY
        )


def test_too_many_rows_are_imported_instead(workspace):
    texts = dict.fromkeys(range(pasting.MOST_ROWS + 1), ("x",))
    with workspace.reading() as reader, pytest.raises(Refused, match="imported"):
        pasting.draft(reader, Kind.NOMINAL, ("gender",), texts, today=TODAY)


def test_a_draft_shows_nothing_of_a_record_in_messages(given, drafted):
    (person,) = given(a_nominal("Ann Example"))
    draft = drafted(Kind.NOMINAL, ("summary",), {person.id: ("seen with Bo",)})
    assert "Bo" not in repr(draft.lines[0].cells)
