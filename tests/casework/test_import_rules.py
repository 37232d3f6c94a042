"""What must hold whichever way a record comes in holds for an import too, row by row."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from makers import a_handle, a_line, a_link, a_nominal, an_ocg

from ocgdesk.casework import import_rules, imports
from ocgdesk.casework.import_proposal import Proposal, Row, Standing
from ocgdesk.casework.import_rules import Came, Held
from ocgdesk.domain.entities import Nominal, Operation, Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import CourtStep, Decision, Marker
from ocgdesk.domain.things import Thing
from ocgdesk.exchange import intake
from ocgdesk.exchange.draft import Draft, DraftRecord
from ocgdesk.exchange.raw import SourceFile
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.workspace import Workspace

TODAY = date(2026, 11, 21)
Propose = Callable[[Kind, str], Proposal]


@dataclass(frozen=True)
class Place:
    file: str
    row: int


@pytest.fixture
def proposed(workspace: Workspace, tmp_path: Path) -> Propose:
    """Read a CSV of a kind and hold it against the register."""

    def propose(kind: Kind, content: str) -> Proposal:
        path = tmp_path / "file.csv"
        path.write_text(content, encoding="utf-8")
        with workspace.reading() as reader:
            return imports.propose(reader, intake.draft_of([path], kind=kind))

    return propose


@pytest.fixture
def hold(workspace: Workspace) -> Callable[..., Held]:
    """Hold things, as rows from the second on, against the rules."""

    def judge(*pairs: tuple[Thing | None, Thing]) -> Held:
        rows = [
            Came(place=Place("f.csv", n), after=after, before=before)
            for n, (before, after) in enumerate(pairs, 2)
        ]
        with workspace.reading() as reader:
            return import_rules.hold(reader, rows, TODAY)

    return judge


def things(workspace: Workspace, kind: Kind) -> list[Thing]:
    with workspace.reading() as reader:
        return reader.load(listing.order(reader, ListQuery(kind=kind)))


def told(proposal: Proposal) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.text) for p in proposal.draft.problems]


def test_an_update_leaves_what_only_an_act_changes_and_takes_the_rest(
    workspace: Workspace, proposed: Propose
):
    first = "id,name,status,summary\n1,Tarnbrook,active,Old\n2,Fellgate,active,Old\n"
    imports.take_in(workspace, proposed(Kind.OCG, first))
    again = proposed(Kind.OCG, first.replace("Tarnbrook,active,Old", "Tarnbrook,archived,New"))
    ((row, column, text),) = told(again)
    assert (row, column) == (2, "status")
    assert "Status stays as it is" in text
    assert "ocg move" in text
    imports.take_in(workspace, again)
    saved = {ocg.name: ocg for ocg in things(workspace, Kind.OCG)}
    assert (saved["Tarnbrook"].status, saved["Tarnbrook"].summary) == ("active", "New")
    only = proposed(Kind.OCG, "id,name,status\n1,Tarnbrook,archived\n2,Fellgate,active\n")
    assert only.is_empty
    assert len(told(only)) == 1


def test_a_report_with_handling_c_and_no_conditions_stays_out_with_its_row(
    workspace: Workspace, proposed: Propose
):
    found = proposed(
        Kind.REPORT,
        "id,title,grade,conditions\n1,First,2CC,\n2,Second,2CC,Not beyond the region\n"
        "3,Third,1AP,\n",
    )
    assert [(row, text[:10]) for row, _column, text in told(found)] == [(2, "Handling C")]
    imports.take_in(workspace, found)
    assert sorted(thing.title for thing in things(workspace, Kind.REPORT)) == ["Second", "Third"]


def test_a_line_does_not_move_by_import_where_no_move_leads(workspace: Workspace, hold):
    with workspace.work("Given") as done:
        line = done.work.put(a_line("Kez", status="active"))[0]
    held = hold((line, replace(line, status="closed-type-1", summary="x")))
    assert held.things == (line,)
    assert "line move" in held.broken[0].text


def test_a_phase_without_its_day_and_a_privileged_handle_are_refused(workspace: Workspace, hold):
    with workspace.work("Given") as done:
        case = done.work.put(Operation(name="Operation Fell", opened=TODAY))[0]
    closed = replace(case, phase="closed")
    held = hold((case, closed), (None, a_handle(privileged=True)))
    assert held.things == (case, None)
    assert ["day it began" in held.broken[0].text, "triage board" in held.broken[1].text] == [
        True,
        True,
    ]


def test_one_arrest_is_claimed_once_in_the_register_and_in_the_file(
    workspace: Workspace, given, hold
):
    nominal = given(a_nominal())[0]
    step = {"owner": nominal.id, "step": "arrested"}
    given(CourtStep(on=date(2026, 5, 1), **step))
    other = date(2026, 5, 2)
    rows = [CourtStep(on=date(2026, 5, 1), **step), CourtStep(on=other, **step)]
    rows.append(CourtStep(on=other, **step))
    held = hold(*((None, row) for row in rows))
    assert held.things == (None, rows[1], None)
    assert [problem.row for problem in held.broken] == [2, 4]


def test_what_hangs_on_a_row_that_stays_out_stays_out_and_says_so(hold):
    bad = Report(title="First", grade="2CC")
    good = Report(title="Second", grade="1AP")
    held = hold((None, bad), (None, good), (None, a_link(bad, good)), (None, a_link(good, good)))
    assert held.things == (None, good, None, None)
    assert [problem.row for problem in held.broken] == [2, 5, 4]


def test_a_sub_record_needs_an_owner_of_a_kind_it_hangs_on(given, hold):
    nominal, new = given(a_nominal())[0], an_ocg()
    rows = [Marker(code="WE"), Marker(code="WE", owner=nominal.id), Marker(code="WE", owner=new.id)]
    held = hold((None, new), *((None, row) for row in rows))
    assert held.things == (new, None, rows[1], None)
    assert "needs an owner" in held.broken[0].text
    assert "does not hang on" in held.broken[1].text


def test_a_decision_is_not_changed_by_an_import(given, hold):
    ocg = given(an_ocg())[0]
    decision = given(Decision(owner=ocg.id, title="Adopt"))[0]
    held = hold((decision, replace(decision, title="Decline")))
    assert held.things == (decision,)
    assert "supersede" in held.broken[0].text


def test_a_marker_that_comes_in_stands_on_its_person_in_the_same_act(workspace: Workspace, given):
    nominal = given(a_nominal())[0]
    marker = Marker(code="WE", owner=nominal.id)
    record = DraftRecord(file="f", row=2, key="1", kind=Kind.MARKER, label="", values={})
    file = SourceFile.of("f", b"", 1)
    draft = Draft(specification="f", kind=Kind.MARKER, files=(file,), records=(record,))
    imports.take_in(workspace, Proposal(draft, (Row(record, Standing.NEW, marker),)))
    (person,) = things(workspace, Kind.NOMINAL)
    assert isinstance(person, Nominal)
    assert person.warnings == ("WE",)
    workspace.undo()
    assert things(workspace, Kind.NOMINAL)[0].warnings == ()
    assert things(workspace, Kind.MARKER) == []


def test_what_the_rules_said_before_is_not_said_twice(workspace: Workspace, proposed: Propose):
    found = proposed(Kind.REPORT, "id,title,grade,conditions\n1,First,2CC,\n")
    with workspace.reading() as reader:
        again = imports.propose(reader, found.draft)
    assert told(again) == told(found)
