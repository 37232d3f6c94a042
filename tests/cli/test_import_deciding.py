"""What a row may be is decided on the command line, by options or a table."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from makers import PASSPHRASE, a_nominal

from ocgdesk.domain.dates import PartialDate
from ocgdesk.exchange.table import read
from ocgdesk.exchange.writers import write_csv

Run = Callable[..., Any]
PEOPLE = "Name,DOB\nAdebayo Seun,14/02/1991\nMyfanwy Bleddyn,3/3/1980\nBleddin Myfanwy,3/3/1980\n"


@pytest.fixture
def run(ocgdesk: Run, make_workspace: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a workspace with one person in it; return how it ended."""
    workspace = make_workspace()
    with workspace.work("Given") as done:
        done.work.put(a_nominal("Oluwaseun Adebayo", born=PartialDate(1991, 2, 14)))
    workspace.close()
    monkeypatch.setenv("OCGDESK_PASSPHRASE", PASSPHRASE)
    return lambda command, *arguments: ocgdesk(command, workspace.path, *arguments)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def test_a_row_is_taken_as_a_record_and_another_as_a_row(run: Run, people: Path):
    told = run("import", people, "--dry-run", "--json").json
    assert (told["counts"]["possible_duplicates"], told["counts"]["undecided"]) == (2, 2)
    (first,), _none, (third,) = (item["possible_duplicates"] for item in told["items"])
    assert (first["label"], first["probability"] > 0.9) == ("Oluwaseun Adebayo", True)
    assert third["ref"] == "row 3"
    done = run("import", people, "--take-as", f"2={first['ref']}", "--take-as", "4=row 3", "--json")
    assert done.code == 0, done.err
    assert [item["decided"] for item in done.json["items"]] == ["same", None, "same"]
    assert done.json["counts"]["undecided"] == 0
    names = {item["name"] for item in run("list", "nominal", "--json").json["items"]}
    assert names == {"Oluwaseun Adebayo", "Myfanwy Bleddyn"}
    assert "Nothing new" in run("import", people).out


def test_a_table_of_decisions_is_written_filled_in_and_read_back(
    run: Run, people: Path, tmp_path: Path
):
    table = tmp_path / "decide.csv"
    run("import", people, "--dry-run", "--to-decide", table)
    asked = read(table)
    assert [row[1] for row in asked.rows] == ["2", "4"]
    words = {"2": "maybe", "4": "new"}
    table.write_bytes(write_csv([(*r[:2], words[r[1]], *r[3:]) for r in asked.rows], asked.header))
    done = run("import", people, "--decisions", table)
    assert done.code == 0, done.err
    assert "Possible duplicates decided on: 2" in done.out
    assert len(run("list", "nominal", "--json").json["items"]) == 4
    assert "maybe" in run("duplicates").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--take-as", "2"), "--take-as takes ROW=RECORD"),
        (("--take-as", "9=Oluwaseun Adebayo"), "Row 9 makes nothing new"),
        (("--take-as", "two=Oluwaseun Adebayo"), "two is no row of a file"),
        (("--take-as", "2=Nobody"), "There is no record 'Nobody'"),
        (("--new", "2", "--maybe", "2=Oluwaseun Adebayo"), "Row 2 is decided on twice"),
        (("--new", "3"), "Row 3 makes nothing new"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_sentence(
    run: Run, people: Path, options: tuple[str, ...], said: str
):
    done = run("import", people, *options)
    assert done.code != 0
    assert said in done.err
    assert len(run("list", "nominal", "--json").json["items"]) == 1


def test_rows_of_two_files_are_told_apart_by_their_files(run: Run, tmp_path: Path):
    files = [tmp_path / "one.csv", tmp_path / "two.csv"]
    files[0].write_text("Nominal,DOB\nMyfanwy Bleddyn,3/3/1980\n", encoding="utf-8")
    files[1].write_text("Nominal,DOB\nBleddin Myfanwy,3/3/1980\n", encoding="utf-8")
    told = run("import", *files, "--dry-run", "--json").json
    (alike,) = told["items"][1]["possible_duplicates"]
    assert alike["ref"] == "row one.csv:2"
    done = run("import", *files, "--take-as", f"two.csv:2={alike['ref']}", "--json")
    assert done.code == 0, done.err
    assert [item["decided"] for item in done.json["items"]] == [None, "same"]
