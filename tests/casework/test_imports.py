"""Imports: matched by source and key, never by label; all or nothing; one step."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from makers import a_nominal

from ocgdesk.casework import imports
from ocgdesk.casework.import_proposal import Proposal, Standing
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Conflict, Refused
from ocgdesk.exchange import intake
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.workspace import Workspace


@pytest.fixture
def proposed(workspace: Workspace, tmp_path: Path) -> Callable[[str], Proposal]:
    def propose(content: str) -> Proposal:
        path = tmp_path / "people.csv"
        path.write_text(content, encoding="utf-8")
        with workspace.reading() as reader:
            return imports.propose(reader, intake.draft_of([path], kind=Kind.NOMINAL))

    return propose


def take_in(workspace: Workspace, proposal: Proposal) -> int:
    return len(imports.take_in(workspace, proposal))


def names(workspace: Workspace) -> list[Any]:
    with workspace.reading() as reader:
        nos = listing.order(reader, ListQuery(kind=Kind.NOMINAL))
        return [thing.name for thing in reader.load(nos)]


def standings(proposal: Proposal) -> list[Standing]:
    return [row.standing for row in proposal.rows]


def test_a_namesake_in_the_register_is_not_taken_for_the_same_person(
    workspace: Workspace, given: Callable[..., list[Thing]], proposed: Callable[[str], Proposal]
):
    given(a_nominal("Aled Cors"))
    assert take_in(workspace, proposed("id,name\n1,Aled Cors\n")) == 1
    assert names(workspace) == ["Aled Cors", "Aled Cors"]


def test_the_same_file_again_is_the_same_and_a_changed_row_changes_only_its_field(
    workspace: Workspace, proposed: Callable[[str], Proposal]
):
    first = "id,name,gender\n1,Aled Cors,male\n2,Bet Dunmoor,female\n"
    take_in(workspace, proposed(first))
    assert proposed(first).is_empty
    changed = proposed("id,name,gender\n1,Aled Corsyn,\n2,Bet Dunmoor,female\n")
    assert standings(changed) == [Standing.CHANGED, Standing.SAME]
    assert changed.rows[0].changed_fields == ("name",)  # an empty cell takes nothing away
    assert changed.counts()["changed_records"] == 1
    take_in(workspace, changed)
    assert names(workspace) == ["Aled Corsyn", "Bet Dunmoor"]


def test_what_somebody_changed_meanwhile_stops_all_of_it(
    workspace: Workspace, proposed: Callable[[str], Proposal], put: Callable[..., Thing]
):
    take_in(workspace, proposed("id,name\n1,Aled Cors\n"))
    late = proposed("id,name\n1,Aled Corsyn\n2,Bet Dunmoor\n")
    assert late.rows[0].before is not None
    put(late.rows[0].before, summary="seen at the yard")
    with pytest.raises(Conflict):
        take_in(workspace, late)
    assert names(workspace) == ["Aled Cors"]


def test_an_import_is_undone_and_done_again_as_one(
    workspace: Workspace, proposed: Callable[[str], Proposal]
):
    take_in(workspace, proposed("id,name\n1,Aled Cors\n2,Bet Dunmoor\n"))
    workspace.undo()
    assert names(workspace) == []
    workspace.redo()
    assert names(workspace) == ["Aled Cors", "Bet Dunmoor"]


def test_the_journal_keeps_the_files_hash_and_no_name(
    proposed: Callable[[str], Proposal], workspace: Workspace
):
    proposal = proposed("id,name\n1,Aled Cors\n")
    take_in(workspace, proposal)
    detail = imports.journal_detail(proposal)
    assert detail["files"][0]["sha256"] == proposal.draft.files[0].sha256
    with workspace.connection() as connection:
        kept = connection.exec_driver_sql("SELECT act, detail FROM journal ORDER BY seq DESC")
        act, text = kept.first() or ("", "")
    assert act == "collection"
    assert proposal.draft.files[0].sha256 in text
    assert "Aled" not in text


def test_a_file_without_rows_is_refused(proposed: Callable[[str], Proposal]):
    with pytest.raises(Refused, match="nothing to take in"):
        imports.refuse_if_empty(proposed("id,name\n"))
