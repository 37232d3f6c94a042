"""Plans on paper and their dates as people type them."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from makers import a_line, a_plan, an_action, an_ocg

from ocgdesk.casework import plan_papers, plans
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right, Role, User
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.store.workspace import Workspace

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Given = Callable[..., list[Thing]]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14/12/2026", date(2026, 12, 14)),
        ("5/12/27", date(2027, 12, 5)),
        ("5 Dec", date(2026, 12, 5)),
        ("5 Jan", date(2027, 1, 5)),
        ("+14", date(2026, 12, 5)),
        ("today", TODAY),
        ("", None),
    ],
)
def test_a_due_date_lies_ahead_however_it_is_typed(typed: str, read: date | None):
    assert plans.due_day(typed, today=TODAY) == read


def test_an_action_due_before_it_was_raised_or_under_no_p_is_refused(
    workspace: Workspace, given: Given
):
    (ocg,) = given(an_ocg())
    with workspace.work("Start", right=Right.PLAN) as done:
        plan = plans.start(done.work, ocg.id)
    for values in ({"due": date(2026, 1, 1)}, {"strand": "pester"}):
        with pytest.raises(Refused), workspace.work("Add", right=Right.PLAN) as done:
            plans.add_action(done.work, plan.id, {"title": "Visit"} | values, today=TODAY)


def test_a_paper_is_marked_as_its_highest_part_and_journalled_with_what_it_names(
    workspace: Workspace, given: Given, tmp_path: Path
):
    low = Marking.OFFICIAL
    ocg, line = given(an_ocg("Tarnbrook", marking=low), a_line("Kestrel", marking=low))
    (plan,) = given(a_plan(ocg, marking=low))
    given(an_action(plan, marking=low, touches=(line.id,)))
    out = tmp_path / "plan.docx"
    plan_papers.to_file(workspace, ocg.id, out, now=NOW, recipient="Panel", reason="Review")
    paper = docx.Document(io.BytesIO(out.read_bytes()))
    assert paper.sections[0].header.paragraphs[0].text == "OFFICIAL"
    assert "Kestrel" in {c.text for t in paper.tables for row in t.rows for c in row.cells}
    given(an_action(plan, "Covert work", marking=Marking.OFFICIAL_SENSITIVE))
    plan_papers.to_file(workspace, ocg.id, out, now=NOW)
    paper = docx.Document(io.BytesIO(out.read_bytes()))
    assert paper.sections[0].header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    with workspace.connection() as connection:
        rows = connection.exec_driver_sql(
            "SELECT reason, detail FROM journal WHERE act = 'disclosure' ORDER BY seq"
        ).all()
        told = connection.exec_driver_sql("SELECT count(*) FROM journal_subject").scalar()
    assert (rows[0].reason, "Panel" in rows[0].detail, len(rows)) == ("Review", True, 2)
    assert told == 4  # the OCG and the line, each time


def test_who_may_not_export_gets_no_paper(
    workspace: Workspace,
    given: Given,
    add_user: Callable[..., User],
    opened_by: Callable[[User], Workspace],
    tmp_path: Path,
):
    (ocg,) = given(an_ocg())
    other = opened_by(add_user("rea", Role.READER))
    with pytest.raises(Refused):
        plan_papers.to_file(other, ocg.id, tmp_path / "plan.docx", now=NOW)
    assert not (tmp_path / "plan.docx").exists()
    assert workspace.writable


def test_an_action_never_comes_after_itself_however_long_the_way(workspace, given):
    ocg = an_ocg()
    plan = a_plan(ocg)
    first = an_action(plan, "First")
    second = an_action(plan, "Second", after=(first.id,))
    third = an_action(plan, "Third", after=(second.id,))
    given(ocg, plan, first, second, third)
    with workspace.work("Edit") as done, pytest.raises(Refused, match="after itself"):
        plans.edit_action(done.work, first.id, {"after": (third.id,)})
    with workspace.work("Edit") as done:
        plans.edit_action(done.work, third.id, {"after": (first.id, second.id)})
