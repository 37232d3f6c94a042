"""The same list under another name: its links are known again, whoever brought them."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ocgdesk.casework import import_lines, imports
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.store.workspace import Workspace

HEAD = "Handle,Nominal,DOB,OCG,Role\n"
ROWS = "quiet-otter,Aled Cors,01/02/1990,Quay Group,Courier\n"


@pytest.fixture
def counted(workspace: Workspace, tmp_path: Path) -> Callable[[str, str], dict[str, int]]:
    """Take in a list of this name; return what it counted."""

    def take(name: str, content: str) -> dict[str, int]:
        path = tmp_path / name
        path.write_text(HEAD + content, encoding="utf-8")
        with workspace.reading() as reader:
            proposal = import_lines.check(reader, [path]).proposal
        if not proposal.is_empty:
            imports.take_in(workspace, proposal)
        return proposal.counts()

    return take


def test_a_list_that_comes_under_another_name_adds_no_link(counted):
    first = counted("may.csv", ROWS)
    assert (first["new_records"], first["new_links"]) == (3, 2)
    again = counted("june.csv", ROWS)
    assert (again["new_links"], again["same_links"]) == (0, 2)


def test_another_role_of_the_same_person_is_another_link(counted):
    counted("may.csv", ROWS)
    more = counted("june.csv", ROWS.replace("Courier", "Line holder"))
    assert (more["new_links"], more["same_links"]) == (1, 1)


def test_a_zip_of_several_lists_is_taken_in_together(workspace: Workspace, tmp_path: Path):
    path = tmp_path / "lists.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/handles.csv", HEAD + ROWS)
        archive.writestr("phones.csv", "Number,Use\n07700 900200,Personal\n")
    for new in (4, 0):
        with workspace.reading() as reader:
            proposal = import_lines.check(reader, [path]).proposal
        assert (proposal.counts()["new_records"], proposal.draft.problems) == (new, ())
        assert proposal.is_empty == (new == 0)
        if new:
            imports.take_in(workspace, proposal)


def test_a_zip_with_a_list_of_nobody_knows_what_is_refused_by_its_name(
    workspace: Workspace, tmp_path: Path
):
    path = tmp_path / "lists.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("handles.csv", HEAD + ROWS)
        archive.writestr("odd.csv", "foo,bar\n1,2\n3,4\n")
    with workspace.reading() as reader, pytest.raises(Refused, match=r"odd\.csv"):
        import_lines.check(reader, [path])


PEOPLE = "ID,Name,DOB\n101,Ann Oak,\n102,Bo Elm,01/02/1990\n103,Cy Ash,\n"


def people(workspace: Workspace, tmp_path: Path, name: str, content: str) -> imports.Proposal:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with workspace.reading() as reader:
        return import_lines.check(reader, [path], kind=Kind.NOMINAL).proposal


def test_the_next_edition_of_a_list_is_known_by_its_ids_and_names(
    workspace: Workspace, tmp_path: Path
):
    imports.take_in(workspace, people(workspace, tmp_path, "may.csv", PEOPLE))
    june = people(workspace, tmp_path, "june.csv", PEOPLE + "104,Di Fir,\n")
    counts = june.counts()
    assert (counts["new_records"], counts["same_records"]) == (1, 3)
    assert june.draft.specification == "nominal:may"
    assert any("another edition" in note for note in june.draft.notes)


def test_another_list_with_the_same_ids_is_another_list(workspace: Workspace, tmp_path: Path):
    imports.take_in(workspace, people(workspace, tmp_path, "may.csv", PEOPLE))
    other = "ID,Name\n101,Ann Oak\n102,Ed Yew\n103,Fay Box\n"
    assert people(workspace, tmp_path, "other.csv", other).counts()["new_records"] == 3


def test_nodes_that_are_numbered_alike_are_two_networks(workspace: Workspace, tmp_path: Path):
    nodes = "ID,Name\n1,Node 1\n2,Node 2\n3,Node 3\n"
    imports.take_in(workspace, people(workspace, tmp_path, "harbour.csv", nodes))
    assert people(workspace, tmp_path, "quay.csv", nodes).counts()["new_records"] == 3
