"""Mistakes get one clear line, the right exit code, and change nothing."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ocgdesk import cli

Run = Callable[..., Any]


def refused(ran: Any, *words: str, code: int = 1) -> None:
    assert ran.code == code
    assert ran.err.count("\n") == 1, ran.err
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


def test_a_wrong_passphrase_and_a_wrong_user_get_the_same_sentence(
    ocgdesk: Run, force: Path, monkeypatch: pytest.MonkeyPatch
):
    stranger = ocgdesk("list", force, "ocg", "--user", "nobody")
    monkeypatch.setenv("OCGDESK_PASSPHRASE", "wrong wrong wrong wrong")
    wrong = ocgdesk("list", force, "ocg")
    refused(wrong, "unlock")
    assert wrong.err == stranger.err


def test_the_program_itself_ends_with_these_codes_and_one_line(
    program: Run, force: Path, tmp_path: Path
):
    for arguments, code in (
        (("list", force, "nothing"), 2),
        (("list", tmp_path / "not-there.ocgdesk", "ocg"), 1),
        (("frobnicate",), 2),
    ):
        ran = program(*arguments)
        assert ran.returncode == code
        assert ran.stderr.count("\n") == 1
        assert not ran.stdout
        assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 5_000, b"SQLite format 3\x00" * 900])
def test_what_is_no_workspace_is_said_so_and_left_alone(ocgdesk: Run, force: Path, content: bytes):
    force.write_bytes(content)
    refused(ocgdesk("list", force, "ocg"), "w.ocgdesk")
    assert force.read_bytes() == content
    other = force.with_name("list.txt")
    other.write_bytes(content)
    refused(ocgdesk("list", other, "ocg"), "list.txt is no OCG Desk workspace")


def test_a_truncated_workspace_is_refused_and_examined(ocgdesk: Run, force: Path):
    data = force.read_bytes()[: 40 * 4096 + 17]
    force.write_bytes(data)
    refused(ocgdesk("list", force, "ocg"))
    ran = ocgdesk("verify", force)
    assert ran.code == 1
    assert ": " in ran.out.splitlines()[0]
    assert force.read_bytes() == data


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_sample_can_be_read_but_not_changed(ocgdesk: Run, force: Path):
    force.chmod(0o400)
    force.parent.chmod(0o500)
    try:
        assert ocgdesk("list", force, "ocg").code == 0
        refused(ocgdesk("plan", force, "Tarnbrook", "--review", "1/1/2027"))
    finally:
        force.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x7fELF\x02\x01" + bytes(300), "not a table"),
        (b"\x00\xff\xfe\x01" * 400, ""),
    ],
)
def test_a_file_that_is_no_table_adds_nothing(
    ocgdesk: Run, force: Path, tmp_path: Path, content: bytes, said: str
):
    path = tmp_path / "strange.csv"
    path.write_bytes(content)
    refused(ocgdesk("import", force, path, "--kind", "nominal"), said)
    assert len(ocgdesk("list", force, "nominal", "--json").json["items"]) == 703


def test_a_ragged_table_is_shown_by_row_and_comes_in_only_when_told_so(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    path = tmp_path / "ragged.csv"
    path.write_text("name,born,wobble\nAled Cors,1990\nBet Dunmoor,1/1/1980,x,y\n")
    ran = ocgdesk("import", force, path, "--kind", "nominal")
    refused(ran, "nothing was written", "--with-problems")
    assert "ragged.csv, row 2: " in ran.out
    assert "wobble" in ran.out
    assert ocgdesk("list", force, "nominal", "--text", "Dunmoor", "--json").json["items"] == []
    assert ocgdesk("import", force, path, "--kind", "nominal", "--with-problems").code == 0
    assert len(ocgdesk("list", force, "nominal", "--text", "Dunmoor", "--json").json["items"]) == 1


def test_edges_naming_unknown_nodes_are_listed_and_offered_as_new(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    nodes, edges = tmp_path / "nodes.csv", tmp_path / "edges.csv"
    nodes.write_text("id\na\nb\n")
    edges.write_text("source,target\na,b\na,zzz\n")
    ran = ocgdesk("import", force, nodes, edges)
    refused(ran, "--add-missing")
    assert "zzz" in ran.out
    added = ocgdesk("import", force, nodes, edges, "--add-missing", "--json")
    assert added.json["counts"]["new_records"] == 3


def test_a_dry_run_writes_nothing(ocgdesk: Run, force: Path, tmp_path: Path):
    path = tmp_path / "nominals.csv"
    path.write_text("name\nAled Cors\n")
    ran = ocgdesk("import", force, path, "--kind", "nominal", "--dry-run")
    assert ran.code == 0
    assert "nothing was written" in ran.out
    assert len(ocgdesk("list", force, "nominal", "--json").json["items"]) == 703


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "tarn", "--as-at", "2026-01-01"),
        ("search", "tarn", "--on", "2026-01-01"),
        ("chart", "--focus", "Tarnbrook", "--as-at", "2026-01-01", "-o", "c.png"),
        ("list", "ocg", "--on", "2026-01-01"),
        ("plan", "Tarnbrook", "--as-at", "2026-01-01"),
        ("history", "Tarnbrook", "--on", "2026-01-01"),
        ("list", "ocg", "--as-at", "yesterday-ish"),
        ("list", "ocg", "--filter", "nonsense"),
        ("list", "ocg", "--filter", "wobble=1"),
        ("list", "ocg", "--filter", "tier=T9"),
        ("show", "WMPA1-OCG-1999-0001"),
        ("export", "ocg", "-o", "x.docx"),
        ("chart", "--focus", "Tarnbrook", "-o", "c.docx"),
        ("chart", "--saved", "Tarnbrook", "-o", "c.png"),
        ("plan", "Dean Arkwright"),
        ("audit",),
        ("undo",),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    ocgdesk: Run, force: Path, arguments: tuple[str, ...]
):
    command, *rest = arguments
    refused(ocgdesk(command, force, *rest))


def test_an_ambiguous_label_gets_its_candidates(ocgdesk: Run, force: Path, tmp_path: Path):
    path = tmp_path / "twins.csv"
    path.write_text("id,name\n1,Aled Twin\n2,Aled Twin\n")
    ocgdesk("import", force, path, "--kind", "nominal")
    refused(ocgdesk("show", force, "Aled Twin"), "NOM-2026-0704", "NOM-2026-0705")


def test_a_sample_never_replaces_what_is_there(ocgdesk: Run, force: Path):
    before = force.read_bytes()
    refused(ocgdesk("sample", force, "--size", "force"), "is there already")
    assert force.read_bytes() == before


def test_a_reader_may_not_edit_or_export(ocgdesk: Run, force: Path, tmp_path: Path):
    out = tmp_path / "x.csv"
    refused(ocgdesk("export", force, "ocg", "-o", out, "--user", "reader"), "roles")
    refused(ocgdesk("plan", force, "Tarnbrook", "--review", "+7", "--user", "reader"), "roles")
    assert not out.exists()


def test_an_auditor_sees_no_records(ocgdesk: Run, force: Path):
    assert ocgdesk("list", force, "ocg", "--user", "auditor", "--json").json["items"] == []
    refused(ocgdesk("show", force, "Tarnbrook", "--user", "auditor"))


def test_a_folder_that_cannot_be_written_to_is_said_so(ocgdesk: Run, force: Path):
    refused(
        ocgdesk("export", force, "ocg", "-o", force.parent / "no" / "x.csv"), "cannot be written"
    )


def test_a_fault_of_the_program_is_named_as_one(
    ocgdesk: Run, force: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_arguments: object, **_more: object) -> None:
        raise ZeroDivisionError("a name that must not be shown")

    monkeypatch.setattr("ocgdesk.casework.lists.find", broken)
    ran = ocgdesk("list", force, "ocg")
    refused(ran, "ZeroDivisionError", "fault of OCG Desk")
    assert "must not be shown" not in ran.err
    monkeypatch.setenv(cli.DEBUG, "1")
    with pytest.raises(ZeroDivisionError):
        ocgdesk("list", force, "ocg")


def test_whoever_reads_only_the_first_line_gets_no_complaint(force: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "ocgdesk", "list", str(force), "nominal"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert isinstance(running.stdout, io.BufferedReader)
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
