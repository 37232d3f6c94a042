"""Views of lists kept under a name: own ones, shared ones, and columns that went."""

from dataclasses import replace

import pytest
from makers import an_ocg

from ocgdesk.casework import lists, views
from ocgdesk.casework.lists import Question
from ocgdesk.casework.views import Layout
from ocgdesk.domain.keeping import SavedView
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role
from ocgdesk.errors import Refused
from ocgdesk.store.listing import Filter, Sort, Test

LAYOUT = Layout(
    columns=("name", "tier", "ref"),
    widths={"tier": 120},
    frozen=2,
    sorts=(Sort("tier"), Sort("name", descending=True)),
    filters=(Filter("status", Test.IS, ("active", "dormant")),),
    text="north",
)


def save(workspace, name="For TTCG", kind=Kind.OCG, layout=LAYOUT, *, shared=False):
    with workspace.work("Save view") as done:
        return views.save(done.work, kind, name, layout, shared=shared)


def names(workspace, kind=Kind.OCG):
    with workspace.reading() as reader:
        return [view.name for view in views.of_kind(reader, kind)]


def test_a_view_comes_back_as_it_was_kept(workspace):
    assert views.layout_of(save(workspace)) == (LAYOUT, ())


def test_views_of_one_kind_are_not_offered_for_another(workspace):
    save(workspace)
    assert names(workspace) == ["For TTCG"]
    assert names(workspace, Kind.NOMINAL) == []


def test_own_views_are_for_their_owner_and_shared_ones_for_all(workspace, opened_by, another_user):
    save(workspace, "Mine")
    save(workspace, "Everybody's", shared=True)
    bea = opened_by(another_user)
    save(bea, "Bea's")
    assert names(workspace) == ["Everybody's", "Mine"]
    assert names(bea) == ["Bea's", "Everybody's"]


def test_saving_under_the_same_name_replaces_ones_own(workspace):
    first = save(workspace)
    again = save(workspace, "for  ttcg", layout=replace(LAYOUT, text="south"))
    assert again.id == first.id
    assert names(workspace) == ["for ttcg"]


def test_nobody_changes_the_view_of_another(workspace, opened_by, another_user):
    view = save(workspace, shared=True)
    bea = opened_by(another_user)
    for act in (
        lambda work: views.keep(work, view.id, LAYOUT),
        lambda work: views.share(work, view.id, shared=False),
        lambda work: views.remove(work, view.id),
    ):
        with pytest.raises(Refused, match="somebody else's"), bea.work("View") as done:
            act(done.work)


def test_a_reader_keeps_views_but_shares_none(workspace, add_user, opened_by):
    rae = opened_by(add_user("rae", Role.READER))
    with rae.work("Save view", right=Right.READ) as done:
        views.save(done.work, Kind.OCG, "Rae's", LAYOUT)
    assert names(rae) == ["Rae's"]
    with pytest.raises(Refused), rae.work("Save view", right=Right.READ) as done:
        views.save(done.work, Kind.OCG, "For all", LAYOUT, shared=True)


def test_a_view_without_a_name_is_refused(workspace):
    with pytest.raises(Refused, match="name"):
        save(workspace, "  ")


def test_columns_that_are_gone_are_named_and_left_out():
    view = SavedView(
        shows="ocg",
        spec='{"columns": ["name", "moustache"], "sorts": [["moustache", true]], "frozen": 1}',
    )
    layout, gone = views.layout_of(view)
    assert layout.columns == ("name",)
    assert layout.sorts == ()
    assert gone == ("moustache",)


@pytest.mark.parametrize("spec", ["nonsense", "[]", '{"filters": [["status"]]}', '{"widths": 3}'])
def test_a_view_that_cannot_be_read_is_refused_in_a_sentence(spec):
    with pytest.raises(Refused, match="cannot be read"):
        views.layout_of(SavedView(shows="ocg", spec=spec))


def test_removing_a_view_can_be_undone(workspace):
    view = save(workspace)
    with workspace.work("Remove view") as done:
        views.remove(done.work, view.id)
    assert names(workspace) == []
    workspace.undo()
    assert names(workspace) == ["For TTCG"]


def test_a_view_is_found_by_its_name(workspace):
    save(workspace)
    with workspace.reading() as reader:
        assert views.named(reader, Kind.OCG, "for ttcg").name == "For TTCG"
        with pytest.raises(Refused, match="For TTCG"):
            views.named(reader, Kind.OCG, "other")


def test_a_list_asked_for_by_a_view_takes_its_filters_and_order(workspace, given):
    given(
        an_ocg("North one", status="active", tier="t2"),
        an_ocg("North two", status="active", tier="t1"),
        an_ocg("South", status="active", tier="t1"),
        an_ocg("North old", status="archived", tier="t1"),
    )
    save(workspace)
    with workspace.reading() as reader:
        found = lists.find(reader, Question(kind=Kind.OCG, view="for ttcg"))
        narrowed = Question(
            kind=Kind.OCG, view="For TTCG", filters=(Filter("tier", Test.IS, ("t2",)),)
        )
        fewer = lists.find(reader, narrowed)
    assert [thing.label for _no, thing in found] == ["North two", "North one"]
    assert [thing.label for _no, thing in fewer] == ["North one"]


def test_the_list_of_views_leaves_out_those_others_keep_to_themselves(
    workspace, opened_by, another_user
):
    save(workspace, "Mine")
    save(workspace, "For all", shared=True)
    bea = opened_by(another_user)
    with bea.reading() as reader:
        found = lists.find(reader, Question(kind=Kind.SAVED_VIEW))
    assert [thing.label for _no, thing in found] == ["For all"]
