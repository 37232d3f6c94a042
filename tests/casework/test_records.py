"""Records and links: what makes sense, what hangs together, who may know."""

from collections.abc import Callable
from uuid import UUID

import pytest
from makers import a_handle, a_link, a_membership, a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import records
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import User
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.store.workspace import Workspace

Given = Callable[..., list[Thing]]


def find(workspace: Workspace, id_: UUID) -> Thing:
    with workspace.reading() as reader:
        return reader.find(id_)


def test_a_record_needs_a_name_and_codes_from_their_lists(workspace: Workspace):
    for wrong in (a_nominal("  "), an_ocg(tier="t9"), an_ocg("x" * 10_001)):
        with pytest.raises(Refused), workspace.work("Add") as done:
            records.create(done.work, wrong)


def test_editing_changes_the_named_fields_and_no_others(workspace: Workspace, given: Given):
    (ocg,) = given(an_ocg("Tarnbrook", tier="t2"))
    with workspace.work("Edit OCG") as done:
        records.edit(done.work, ocg.id, {"tier": "t1", "marking": Marking.OFFICIAL})
    changed = find(workspace, ocg.id)
    assert (changed.name, changed.tier, changed.marking) == ("Tarnbrook", "t1", Marking.OFFICIAL)
    with pytest.raises(Refused, match="wobble"), workspace.work("Edit OCG") as done:
        records.edit(done.work, ocg.id, {"wobble": 1})


def test_an_edit_of_what_somebody_saved_meanwhile_is_refused(workspace: Workspace, given: Given):
    (ocg,) = given(an_ocg())
    with workspace.work("Edit OCG") as done:
        records.edit(done.work, ocg.id, {"tier": "t1"}, version=ocg.version)
    with pytest.raises(Conflict), workspace.work("Edit OCG") as done:
        records.edit(done.work, ocg.id, {"tier": "t3"}, version=ocg.version)


def test_removing_takes_links_and_sub_records_and_undo_brings_them_back(
    workspace: Workspace, given: Given
):
    ocg, person = given(an_ocg(), a_nominal())
    (plan,) = given(a_plan(ocg))
    action, member = given(an_action(plan), a_membership(person, ocg))
    with workspace.work("Remove OCG") as done:
        records.remove(done.work, [ocg.id], "made by mistake")
    for gone in (ocg, plan, action):
        with pytest.raises(NotFound):
            find(workspace, gone.id)
    assert find(workspace, person.id) == person
    workspace.undo()
    assert find(workspace, action.id).title == action.title
    with workspace.reading() as reader:
        assert reader.find(member.id, member.base).target == ocg.id


def test_links_join_two_records_of_fitting_kinds(workspace: Workspace, given: Given):
    ocg, person, handle = given(an_ocg(), a_nominal(), a_handle())
    wrong = (
        a_link(ocg, ocg),
        a_membership(ocg, person),
        Attribution(source=person.id, target=handle.id),
    )
    for link in wrong:
        with pytest.raises(Refused), workspace.work("Link") as done:
            records.link(done.work, link)
    with workspace.work("Link") as done:
        records.link(done.work, Attribution(source=handle.id, target=person.id))
        records.unlink(done.work, [records.link(done.work, a_link(ocg, person)).id])


def test_a_restricted_record_is_unknown_to_others_and_the_reason_is_kept(
    workspace: Workspace,
    given: Given,
    another_user: User,
    opened_by: Callable[[User], Workspace],
):
    (ocg,) = given(an_ocg())
    with pytest.raises(Refused, match="why"), workspace.work("Restrict") as done:
        records.restrict(done.work, ocg.id, [], " ")
    with workspace.work("Restrict") as done:
        records.restrict(done.work, ocg.id, [], "covert source")
    kept = find(workspace, ocg.id)
    assert isinstance(kept, Marked)
    assert kept.restricted_to == {workspace.user.id}
    with pytest.raises(NotFound):
        find(opened_by(another_user), ocg.id)
    with workspace.work("Open") as done:
        records.restrict(done.work, ocg.id, None, "over")
    assert find(opened_by(another_user), ocg.id).id == ocg.id
