"""Choices of an import on the command line: types of a chart, bad rows as a file, duplicates."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from makers import PASSPHRASE

from ocgdesk.exchange.table import read

Run = Callable[..., Any]
CHART = {
    "nodes": [
        {"id": "a", "label": "AB12 CDE", "type": "Gizmo"},
        {"id": "b", "label": "Aled Cors", "type": "Person"},
    ],
    "links": [{"source": "b", "target": "a", "type": "uses"}],
}


@pytest.fixture
def run(ocgdesk: Run, make_workspace: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a workspace of its own; return what it printed."""
    workspace = make_workspace()
    workspace.close()
    monkeypatch.setenv("OCGDESK_PASSPHRASE", PASSPHRASE)

    def run_(command: str, *arguments: object) -> str:
        ran = ocgdesk(command, workspace.path, *arguments)
        assert (ran.code, ran.err) == (0, "")
        return str(ran.out)

    return run_


def test_items_of_a_type_nobody_knows_come_in_as_what_is_said_of_them(run: Run, tmp_path: Path):
    chart = tmp_path / "chart.json"
    chart.write_text(json.dumps(CHART), encoding="utf-8")
    told = run("import", chart, "--dry-run", "--with-problems")
    assert "Type not known here: Gizmo (1)" in told
    assert "--type Gizmo=KIND" in told
    assert "vehicle" in told.split("KIND is one of")[1]
    run("import", chart, "--type", "Gizmo=vehicle")
    assert "AB12 CDE" in run("list", "vehicle")


def test_a_table_of_nobody_knows_what_names_the_option_that_says_it(
    ocgdesk: Run, run: Run, tmp_path: Path
):
    table = tmp_path / "odd.csv"
    table.write_text(",Width\n1,2\n", encoding="utf-8")
    ran = ocgdesk("import", next(tmp_path.rglob("*.ocgdesk")), table)
    assert ran.code == 1
    assert "What odd.csv holds cannot be told from its headers: say it with --kind" in ran.err
    ran = ocgdesk("import", next(tmp_path.rglob("*.ocgdesk")), table, "--to-decide", "x.xlsx")
    assert "Rows of a file are written as csv" in ran.err


def test_rows_become_no_claims_by_themselves(ocgdesk: Run, run: Run, tmp_path: Path):
    table = tmp_path / "claims.csv"
    table.write_text("Disruption,Date\nCash seized,1/2/2026\n", encoding="utf-8")
    ran = ocgdesk("import", next(tmp_path.rglob("*.ocgdesk")), table, "--kind", "disruption")
    assert ran.code == 1
    assert "do not become Disruption by themselves" in ran.err


def test_bad_rows_come_back_as_a_file_with_the_reasons(run: Run, tmp_path: Path):
    people = tmp_path / "people.csv"
    people.write_text("Name,DOB\nAled Cors,31/02/1991\nBet Tate,1/2/1990\n", encoding="utf-8")
    out = tmp_path / "bad.csv"
    run("import", people, "--dry-run", "--bad-rows", out)
    (row,) = read(out).rows
    assert (row[0], row[1], row[3]) == ("people.csv", "2", "Aled Cors")
    assert "is not a date" in row[2]


def test_a_new_person_who_may_be_on_the_register_is_named_with_the_evidence(
    run: Run, tmp_path: Path
):
    people = tmp_path / "people.csv"
    people.write_text("Name,DOB\nOluwaseun Adebayo,14/02/1991\n", encoding="utf-8")
    run("import", people)
    people.write_text("Name,DOB\nAdebayo Seun,14/02/1991\n", encoding="utf-8")
    assert "Adebayo Seun may be " in run("import", people, "--dry-run", "--spec", "other")
