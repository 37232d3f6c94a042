"""An action sheet goes out and comes back: status, outcome and day, nothing else."""

from datetime import date

import pytest
from makers import a_plan, an_action, an_ocg
from openpyxl import load_workbook

from ocgdesk.casework import action_sheets
from ocgdesk.domain.plans import Action
from ocgdesk.errors import Conflict, Refused
from ocgdesk.store import planning

TODAY = date(2026, 11, 18)


@pytest.fixture
def plan(given):
    ocg = given(an_ocg(status="active"))[0]
    return given(a_plan(ocg))[0]


@pytest.fixture
def actions(given, plan):
    return given(
        an_action(plan, "Visit the hub", officer="PC Ash"),
        an_action(plan, "Brief the school", officer="S. Cleaver"),
        an_action(plan, "Warrant", status="complete", done=TODAY, outcome="Found nothing"),
    )


def sent(workspace, plan, tmp_path, **more):
    path = tmp_path / "sheet.xlsx"
    action_sheets.to_file(workspace, plan.owner, path, today=TODAY, reason="Monthly", **more)
    return path


def filled(path, ref, **said):
    """Write into the row of an action what its owner answers."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == "Reference")
    columns = {cell.value: cell.column for cell in head}
    row = next(row for row in rows if row[0].value == ref)
    for heading, value in said.items():
        sheet.cell(row[0].row, columns[heading.replace("_", " ")], value)
    book.save(path)


def read(workspace, plan, path):
    with workspace.reading() as reader:
        return action_sheets.read(reader, plan.id, path, today=TODAY)


def held(workspace, plan):
    with workspace.reading() as reader:
        return {one.title: one for one in planning.actions_of(reader, plan.id)}


def test_only_live_actions_of_the_owner_go_out(workspace, plan, actions, tmp_path):
    path = sent(workspace, plan, tmp_path, owner="pc ash")
    text = str([[cell.value for cell in row] for row in load_workbook(path).worksheets[0]])
    assert "Visit the hub" in text
    assert "Brief the school" not in text
    assert "Warrant" not in text


def test_what_comes_back_is_a_draft_and_then_one_act(workspace, plan, actions, tmp_path):
    path = sent(workspace, plan, tmp_path)
    filled(path, actions[0].ref, Status="Complete", Done_on="12/11/2026", Outcome="Two arrests")
    draft = read(workspace, plan, path)
    assert held(workspace, plan)["Visit the hub"].status == "not-started"
    with workspace.work("Take back action sheet") as done:
        assert action_sheets.take_back(done.work, draft) == 1
    saved = held(workspace, plan)["Visit the hub"]
    assert (saved.status, saved.done, saved.outcome) == (
        "complete",
        date(2026, 11, 12),
        "Two arrests",
    )


def test_a_title_changed_in_the_sheet_is_not_taken(workspace, plan, actions, tmp_path):
    path = sent(workspace, plan, tmp_path)
    filled(path, actions[0].ref, Action="Something else", Owner="PC Elm")
    assert not read(workspace, plan, path).taken


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"Status": "Complete"}, "no outcome"),
        ({"Status": "Finished off"}, "not"),
        ({"Status": "Complete", "Outcome": "x", "Done_on": "1/1/2027"}, "ahead"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(workspace, plan, actions, tmp_path, said, word):
    path = sent(workspace, plan, tmp_path)
    filled(path, actions[0].ref, **said)
    draft = read(workspace, plan, path)
    assert not draft.taken
    assert word in " ".join(one.problem for one in draft.answers)


def test_a_reference_of_another_plan_is_named(workspace, given, plan, actions, tmp_path):
    path = sent(workspace, plan, tmp_path)
    filled(path, actions[0].ref, Reference="ACT-9999-9999")
    draft = read(workspace, plan, path)
    assert "ACT-9999-9999 is no action of this plan" in [one.problem for one in draft.answers]


def test_an_action_changed_meanwhile_is_not_overwritten(workspace, plan, actions, tmp_path):
    path = sent(workspace, plan, tmp_path)
    filled(path, actions[0].ref, Status="In progress")
    draft = read(workspace, plan, path)
    with workspace.work("Edit action") as done:
        now = done.work.get(Action, actions[0].id)
        from ocgdesk.casework import plans

        plans.edit_action(done.work, now.id, {"status": "blocked"})
    with pytest.raises(Conflict), workspace.work("Take back") as done:
        action_sheets.take_back(done.work, draft)


def test_a_file_that_is_no_action_sheet_is_refused(workspace, plan, tmp_path):
    from ocgdesk.exchange.writers import SheetOut, write_xlsx

    path = tmp_path / "other.xlsx"
    sheet = SheetOut(title="Other", headings=("Name", "Age"), rows=[("A", "1")])
    path.write_bytes(write_xlsx([sheet], marking="OFFICIAL"))
    with pytest.raises(Refused, match="no action sheet"):
        read(workspace, plan, path)


def test_nothing_live_makes_no_sheet(workspace, plan, tmp_path):
    with pytest.raises(Refused, match="No action"):
        sent(workspace, plan, tmp_path)
