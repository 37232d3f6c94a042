"""Lists edited in a workspace: editions, who may, what a later reader and writer then goes by."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from makers import a_membership, a_nominal, an_ocg

from ocgdesk.casework import list_drafts, records, reference_lists
from ocgdesk.casework.list_drafts import Draft
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.people import Right, Role, User
from ocgdesk.domain.reference_data import code_list, label, shipped, within
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.store.workspace import Workspace


def save(workspace: Workspace, draft: Draft, **more: Any) -> None:
    with workspace.work("Edit list", right=Right.ADMINISTER) as done:
        reference_lists.save(
            done.work, draft.known.name, draft.data, version=draft.known.version, **more
        )


def draft(workspace: Workspace, name: str) -> Draft:
    with within(workspace.lists()):
        return Draft.of(code_list(name))


def with_tier(workspace: Workspace) -> Draft:
    new = draft(workspace, "tiers").add("t5", "Watched", after="t4")
    return new.set("t5", "review_months", 12).set("t5", "meaning", "Watched only")


def test_an_added_value_can_be_used_from_then_on(workspace: Workspace, given: Callable[..., Any]):
    [ocg] = given(an_ocg())
    edit = partial(records.edit, id_=ocg.id, values={"tier": "t5"})
    with pytest.raises(Refused, match="not in the list"), workspace.work("Edit") as done:
        edit(done.work)
    save(workspace, with_tier(workspace))
    with workspace.work("Edit") as done:
        edit(done.work)
        assert label("tiers", "t5") == "Watched"
    assert label("tiers", "t5") == "t5"  # outside, the process goes by what it adopted


def test_each_save_is_an_edition_with_who_and_when_and_undo_takes_it_back(
    workspace: Workspace, ann: User
):
    save(workspace, with_tier(workspace))
    save(workspace, draft(workspace, "tiers").set("t1", "label", "Top"), reason="As agreed")
    with workspace.reading() as reader:
        newest, first = reference_lists.editions(reader, "tiers")
        assert (newest.edition, first.edition) == (3, 2)
        assert (newest.user, newest.reason) == (ann.id, "As agreed")
        assert newest.at > first.at
        assert label("tiers", "t1") == "Top"
    workspace.undo()
    with workspace.reading():
        assert label("tiers", "t1") == "T1"
        assert code_list("tiers").version == 2
    workspace.undo()
    with workspace.reading():
        assert not code_list("tiers").is_own
    workspace.redo()
    with workspace.reading():
        assert "t5" in code_list("tiers")


def test_a_number_that_was_undone_is_not_given_again(workspace: Workspace):
    sheet = draft(workspace, "sheet-ocgm")
    save(workspace, Draft(sheet.known, {**sheet.data, "most_open": 3}))
    workspace.undo()
    save(workspace, Draft(sheet.known, {**sheet.data, "most_open": 2}))
    with workspace.reading() as reader:
        assert [one.edition for one in reference_lists.editions(reader, "sheet-ocgm")] == [3]


def test_only_an_administrator_saves(workspace: Workspace, another_user: User, opened_by: Any):
    other = opened_by(another_user)
    with pytest.raises(Refused, match="administrator"), other.work("Edit list") as done:
        reference_lists.save(done.work, "tiers", with_tier(workspace).data, version=1)


def test_an_administrator_without_right_to_records_edits_but_sees_no_uses(
    workspace: Workspace, given: Callable[..., Any], add_user: Any, opened_by: Any
):
    given(an_ocg(tier="t1"))
    other = opened_by(add_user("ida", Role.ADMINISTRATOR))
    save(other, with_tier(other))
    with other.reading() as reader:
        assert reference_lists.uses(reader, "tiers") is None
        assert [one.edition for one in reference_lists.editions(reader, "tiers")] == [2]
        assert "t5" in code_list("tiers")


def test_another_window_goes_by_the_new_edition(
    workspace: Workspace, another_user: User, opened_by: Any
):
    other = opened_by(another_user)
    save(workspace, with_tier(workspace))
    with other.reading():
        assert "t5" in code_list("tiers")
    assert "t5" in other.lists().lists["tiers"]


def test_two_workspaces_side_by_side_keep_their_own_lists(make_workspace: Any):
    one, other = make_workspace("one"), make_workspace("other")
    save(one, with_tier(one))
    with one.reading(), other.reading():
        assert "t5" not in code_list("tiers")
    with other.reading(), one.reading():
        assert "t5" in code_list("tiers")


def test_a_save_from_an_older_version_is_a_conflict(workspace: Workspace):
    old = draft(workspace, "tiers").set("t1", "label", "Mine")
    save(workspace, with_tier(workspace))
    with pytest.raises(Conflict, match="version 2"):
        save(workspace, old)


def test_saving_nothing_is_refused(workspace: Workspace):
    with pytest.raises(Refused, match="Nothing was changed"):
        save(workspace, draft(workspace, "tiers"))


def test_a_refused_edition_leaves_no_trace(workspace: Workspace):
    tiers = draft(workspace, "tiers")
    head = workspace.head()
    with pytest.raises(Refused, match="retire it"):
        save(workspace, Draft(tiers.known, {**tiers.data, "items": tiers.items[:2]}))
    assert workspace.head() == head


# ---- Retired ------------------------------------------------------------------------------------


def test_a_retired_value_stays_where_it_is_and_is_not_taken_anew(
    workspace: Workspace, given: Callable[..., Any]
):
    used, other = given(an_ocg(tier="t4"), an_ocg("Fellgate"))
    save(workspace, draft(workspace, "tiers").retire("t4"))
    with workspace.work("Edit") as done:
        edited = records.edit(done.work, used.id, {"summary": "Still there"})
        assert isinstance(edited, Ocg)
        assert (edited.tier, label("tiers", "t4")) == ("t4", "T4")
    with pytest.raises(Refused, match="T4 is retired"), workspace.work("Edit") as done:
        records.edit(done.work, other.id, {"tier": "t4"})
    with pytest.raises(Refused, match="T4 is retired"), workspace.work("New") as done:
        records.create(done.work, an_ocg("New", tier="t4"))


def test_a_value_whose_list_no_longer_has_it_does_not_stand_in_the_way(
    workspace: Workspace, given: Callable[..., Any]
):
    [odd] = given(an_ocg(tier="of-old"))
    with workspace.work("Edit") as done:
        records.edit(done.work, odd.id, {"summary": "Kept"})
    with pytest.raises(Refused, match="not in the list"), workspace.work("Edit") as done:
        records.edit(done.work, odd.id, {"primary_crime": "of-old"})


def test_an_earlier_edition_is_brought_back_as_a_new_one(workspace: Workspace):
    save(workspace, draft(workspace, "tiers").set("t1", "label", "Top"))
    save(workspace, with_tier(workspace))
    with workspace.reading() as reader:
        first = reference_lists.editions(reader, "tiers")[1]
    with workspace.work("Edit list", right=Right.ADMINISTER) as done:
        reference_lists.bring_back(done.work, "tiers", first.id, version=3)
    with workspace.reading():
        tiers = code_list("tiers")
        assert (tiers.version, tiers.label("t1"), tiers.retired) == (4, "Top", {"t5"})
    with workspace.work("Edit list", right=Right.ADMINISTER) as done:
        reference_lists.bring_back(done.work, "tiers", None, version=4)
    with workspace.reading():
        assert code_list("tiers").label("t1") == "T1"


# ---- Uses ---------------------------------------------------------------------------------------


def test_uses_are_counted_in_every_place_a_list_is_used(
    workspace: Workspace, given: Callable[..., Any]
):
    ocg, nominal = given(an_ocg(agency="WMC", impacted=("WMC", "WMP")), a_nominal())
    given(a_membership(nominal, ocg, role="enforcer"))
    with workspace.reading() as reader:
        assert reference_lists.uses(reader, "agencies") == {"WMC": 2, "WMP": 1}
        assert reference_lists.uses(reader, "roles") == {"enforcer": 1}
        assert reference_lists.uses(reader, "link-types") == {"member-of": 1}
        assert reference_lists.uses(reader, "layouts") == {}


def test_uses_leave_out_what_a_reader_may_not_know_of(
    workspace: Workspace, ann: User, given: Callable[..., Any], another_user: User, opened_by: Any
):
    given(an_ocg(tier="t1"), an_ocg("Hidden", tier="t1", restricted_to=frozenset({ann.id})))
    with workspace.reading() as reader:
        assert reference_lists.uses(reader, "tiers") == {"t1": 2}
    with opened_by(another_user).reading() as reader:
        assert reference_lists.uses(reader, "tiers") == {"t1": 1}


# ---- Names and drafts ---------------------------------------------------------------------------


def test_a_list_is_found_by_name_or_title():
    assert reference_lists.named("Tiers").name == reference_lists.named("tiers").name == "tiers"
    with pytest.raises(NotFound, match="agencies"):
        reference_lists.named("nothing")


def test_a_draft_counts_what_it_changes_and_forgets_what_is_put_back():
    tiers = Draft.of(shipped("tiers"))
    assert tiers.changes == 0
    assert tiers.set("t1", "label", "Top").set("t1", "label", "T1").changes == 0
    assert tiers.set("t1", "label", "Top").retire("t2").changes == 2
    assert tiers.move("t1", 1).changes == 1
    assert tiers.move("t1", -3).changes == 0
    assert tiers.add("t5", "T5").drop("t5").changes == 0
    assert tiers.retire("t2").retire("t2", retired=False).changes == 0


def test_a_draft_refuses_what_its_list_does_not_allow():
    with pytest.raises(Refused, match="none can be added"):
        Draft.of(shipped("strands")).add("x", "X")
    tiers = Draft.of(shipped("tiers"))
    with pytest.raises(Refused, match="there already"):
        tiers.add("T1", "Another")
    with pytest.raises(Refused, match="never taken out"):
        tiers.drop("t1")
    assert "needs meaning" not in tiers.add("t5", "T5").problem()
    assert "there twice" in tiers.set("t1", "label", "T2").problem()


def test_a_code_is_proposed_as_the_list_writes_its_codes():
    assert list_drafts.code_for(shipped("tiers"), "Watched only") == "watched-only"
    assert list_drafts.code_for(shipped("agencies"), "Border Force North") == "BFN"
    assert list_drafts.code_for(shipped("tiers"), "T1") == "t1-2"
