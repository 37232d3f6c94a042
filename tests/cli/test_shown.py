"""What was promised of the whole program, run as its users run it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ocgdesk.casework import access, samples

Run = Callable[..., Any]


def test_a_sample_of_a_force_holds_42_ocgs_and_82_county_lines(ocgdesk: Run, force: Path):
    assert len(ocgdesk("list", force, "ocg", "--json").json["items"]) == 42
    assert len(ocgdesk("list", force, "county-line", "--json").json["items"]) == 82


def test_no_label_can_be_read_in_any_file_the_program_writes(program: Run, tmp_path: Path):
    made = program("sample", tmp_path / "w.ocgdesk", "--size", "force", "--seed", "1")
    assert (made.returncode, made.stderr) == (0, "")
    listed = program("list", tmp_path / "w.ocgdesk", "ocg", "--limit", "1")
    assert listed.returncode == 0
    assert "Alder Dale" in listed.stdout
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 2
    for path in files:
        data = path.read_bytes()
        assert not data.startswith(b"SQLite format 3")
        for label in (b"Tarnbrook", b"Arkwright", b"Alder Dale", "Tarnbrook".encode("utf-16-le")):
            assert label not in data, path.name


def test_caviar_comes_in_once_and_adds_nothing_the_second_time(
    ocgdesk: Run, force: Path, shared_data: Path
):
    files = [shared_data / "networks" / "caviar" / name for name in ("nodes.csv", "edges.csv")]
    before = len(ocgdesk("list", force, "nominal", "--json").json["items"])
    first = ocgdesk("import", force, *files, "--json")
    assert first.code == 0, first.err
    assert (first.json["counts"]["new_records"], first.json["counts"]["new_links"]) == (110, 295)
    links = [item for item in first.json["items"] if item["kind"] == "link"]
    assert all(link["directed"] for link in links)
    assert sum(link["weight"] for link in links) == 3_546
    assert len(ocgdesk("list", force, "nominal", "--json").json["items"]) == before + 110

    again = ocgdesk("import", force, *files)
    assert again.code == 0
    assert "nothing was written" in again.out
    assert len(ocgdesk("list", force, "nominal", "--json").json["items"]) == before + 110


def test_an_import_is_one_step_of_undo(ocgdesk: Run, force: Path, shared_data: Path):
    files = [shared_data / "networks" / "caviar" / name for name in ("nodes.csv", "edges.csv")]
    before = len(ocgdesk("list", force, "link", "--json").json["items"])
    ocgdesk("import", force, *files)
    undone = ocgdesk("undo", force, "--json")
    assert undone.json["things"] == 405
    assert len(ocgdesk("list", force, "link", "--json").json["items"]) == before
    assert ocgdesk("redo", force).code == 0
    assert len(ocgdesk("list", force, "link", "--json").json["items"]) == before + 295


def test_verify_says_that_a_workspace_is_whole(ocgdesk: Run, force: Path):
    ran = ocgdesk("verify", force, "--json")
    assert ran.code == 0
    assert ran.json["whole"]
    assert ocgdesk("verify", force, "--head", ran.json["head"]).code == 0
    other = ocgdesk("verify", force, "--head", "0000-" * 7 + "0000")
    assert other.code == 1
    assert "the printed head is not part of this journal" in other.out


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_verify_finds_one_changed_byte_and_says_where(ocgdesk: Run, force: Path, share: float):
    data = bytearray(force.read_bytes())
    at = int(len(data) * share) + 100
    data[at] ^= 1
    force.write_bytes(data)
    ran = ocgdesk("verify", force)
    assert ran.code == 1
    assert f"page {at // 4096 + 1}: " in ran.out
    assert ran.err.count("\n") == 1


@pytest.fixture
def opened(force: Path) -> Iterator[Any]:
    workspace = access.unlock(force, "analyst", samples.PASSPHRASE)
    yield workspace
    workspace.close()


def test_verify_finds_a_journal_row_edited_with_the_key_in_hand(
    ocgdesk: Run, force: Path, opened: Any
):
    with opened.engine.begin() as connection:
        connection.execute(text("UPDATE journal SET label = 'Nothing at all' WHERE seq = 3"))
    opened.close()
    ran = ocgdesk("verify", force)
    assert ran.code == 1
    assert "journal entry 3: " in ran.out


def test_help_and_version_come_quickly_and_load_nothing_heavy(program: Run):
    heavy = {"sqlalchemy", "matplotlib", "PySide6", "pandas", "networkx", "igraph", "docx"}
    code = (
        "import sys; from ocgdesk.__main__ import main; main(['--help']);"
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
    assert program("--version").stdout.startswith("OCG Desk")
