"""Lists on their way out: marked, harmless, journalled before they leave, whole or not there."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from makers import a_membership, a_nominal, an_ocg

from ocgdesk.casework import exports, imports
from ocgdesk.casework.lists import Question
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role, User
from ocgdesk.domain.things import Thing
from ocgdesk.domain.values import Alias
from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.exchange import intake
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace

Given = Callable[..., list[Thing]]
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NOMINALS = Question(kind=Kind.NOMINAL)


def out(workspace: Workspace, path: Path, question: Question = NOMINALS, **more: str) -> bytes:
    exports.to_file(workspace, question, path, exports.printed(workspace, NOW), **more)
    return path.read_bytes()


def disclosures(workspace: Workspace) -> list[tuple[str, str, str]]:
    with workspace.connection() as connection:
        rows = connection.exec_driver_sql("SELECT act, reason, detail FROM journal ORDER BY seq")
        return [tuple(row) for row in rows if row[0] == Act.DISCLOSURE.value]


def test_a_csv_is_marked_headed_and_runs_no_formula(
    workspace: Workspace, given: Given, tmp_path: Path
):
    given(a_nominal("=cmd|' /C calc'!A0", aliases=(Alias("@sum"),)), a_nominal("Bet Dunmoor"))
    text = out(workspace, tmp_path / "x.csv").decode("utf-8-sig")
    about, header, *rows = list(csv.reader(io.StringIO(text)))
    assert len(about) == 1
    assert about[0].startswith("OFFICIAL-SENSITIVE · Records restricted from this user are not")
    assert "Head of the journal: " in about[0]
    assert header[:3] == ["Reference", "Name", "Also known as"]
    assert {row[1] for row in rows} == {"'=cmd|' /C calc'!A0", "Bet Dunmoor"}
    assert "'@sum" in {row[2] for row in rows}


def test_a_workbook_has_the_marking_above_and_no_formula(
    workspace: Workspace, given: Given, tmp_path: Path
):
    given(a_nominal("=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(out(workspace, tmp_path / "x.xlsx")))
    sheet = book.worksheets[0]
    assert sheet["A1"].value == "OFFICIAL-SENSITIVE"
    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=1+1", "s")
    assert len(book.worksheets) == 2


def test_json_holds_codes_and_says_how_it_is_marked(
    workspace: Workspace, given: Given, tmp_path: Path
):
    given(a_nominal("Aled Cors", gender="male", marking=Marking.OFFICIAL))
    found = json.loads(out(workspace, tmp_path / "x.json"))
    assert found["items"][0]["gender"] == "male"
    assert (found["marking"], found["withheld"]) == ("official", None)


def test_what_left_for_whom_and_why_is_journalled(
    workspace: Workspace, given: Given, tmp_path: Path
):
    person, group = given(a_nominal(), an_ocg())
    given(a_membership(person, group))
    question = Question(kind=Kind.MEMBERSHIP)
    out(workspace, tmp_path / "x.csv", question, recipient="DI Penrose", reason="Operation")
    ((_act, reason, detail),) = disclosures(workspace)
    assert reason == "Operation"
    assert json.loads(detail) == {
        "recipient": "DI Penrose", "kind": "membership", "format": "csv", "rows": 1,
    }  # fmt: skip
    with workspace.connection() as connection:
        told = "SELECT count(*) FROM journal_subject WHERE seq = (SELECT max(seq) FROM journal)"
        assert connection.exec_driver_sql(told).scalar() == 2  # both ends of the membership


def test_a_reader_may_not_export(
    workspace: Workspace,
    add_user: Callable[..., User],
    opened_by: Callable[[User], Workspace],
    tmp_path: Path,
):
    other = opened_by(add_user("rea", Role.READER))
    with pytest.raises(Refused, match="export"):
        out(other, tmp_path / "x.csv")
    assert not (tmp_path / "x.csv").exists()
    assert disclosures(workspace) == []


def test_a_file_that_cannot_be_written_leaves_nothing(workspace: Workspace, tmp_path: Path):
    with pytest.raises(CannotWrite):
        out(workspace, tmp_path / "none" / "x.csv")
    with pytest.raises(Refused):
        out(workspace, tmp_path / "x.docx")
    assert [path.name for path in tmp_path.glob("x*")] == []


def test_what_was_exported_can_be_read_in_again(workspace: Workspace, given: Given, tmp_path: Path):
    given(a_nominal("Aled Cors", gender="male"), a_nominal("Bet Dunmoor"))
    path = tmp_path / "nominals.csv"
    out(workspace, path)
    draft = intake.draft_of([path], kind=Kind.NOMINAL)
    with workspace.reading() as reader:
        proposal = imports.propose(reader, draft)
    assert {row.after.name for row in proposal.rows} == {"Aled Cors", "Bet Dunmoor"}
    assert {row.after.gender for row in proposal.rows} == {"male", ""}
