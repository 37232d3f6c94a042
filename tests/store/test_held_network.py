"""The network as it was held: as now where nothing changed, as then where it did."""

import pytest
from makers import a_handle, a_link, a_membership, a_nominal, an_attribution, an_ocg

from ocgdesk.casework import charts, charts_past, records
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import NotFound
from ocgdesk.store import networks
from ocgdesk.store.held_network import HeldNetwork


@pytest.fixture
def world(given):
    """A group of two, a friend of one of them, and a handle of the other."""
    group, ann, bob, cai, fox = given(
        an_ocg(), a_nominal("Ann"), a_nominal("Bob"), a_nominal("Cai"), a_handle("fox")
    )
    links = given(
        a_membership(ann, group, importance="principal"),
        a_membership(bob, group),
        a_link(ann, cai, strength="confirmed"),
        an_attribution(fox, bob),
    )
    return {"group": group, "ann": ann, "bob": bob, "cai": cai, "fox": fox, "links": links}


def scenes(workspace, thing, seq, hops=2, **more):
    query = ChartQuery(focus=(thing.id,), hops=hops, **more)
    with workspace.reading() as reader:
        return charts.scene(reader, query), charts_past.scene(reader, query, seq)


def what(scene):
    items = {(item.id, item.label, item.detail, item.importance) for item in scene.items}
    ties = {(tie.source, tie.target, tie.label, tie.strength) for tie in scene.ties}
    return items, ties, {(box.id, box.detail, box.members) for box in scene.boxes}


def test_where_nothing_changed_since_then_is_now(workspace, world):
    seq, _hash = workspace.head()
    for name in ("group", "ann", "fox"):
        for hops in (0, 1, 2):
            now, then = scenes(workspace, world[name], seq, hops)
            assert what(now) == what(then)


def test_what_was_removed_changed_and_added_since_is_as_it_was(workspace, world, given, put):
    seq, _hash = workspace.head()
    before, _then = scenes(workspace, world["group"], seq)
    with workspace.work("Remove") as done:
        records.remove(done.work, [world["ann"].id])
    put(world["bob"], name="Robert")
    put(world["links"][3], strength="confirmed")
    new = given(a_nominal("Dai"))[0]
    given(a_membership(new, world["group"]))
    now, then = scenes(workspace, world["group"], seq)
    assert what(then) == what(before)
    assert "Robert" in {item.label for item in now.items}
    assert world["cai"].id not in {item.id for item in now.items}


def test_a_focus_that_was_not_recorded_then_is_said_so(workspace, world, given):
    seq, _hash = workspace.head()
    (new,) = given(a_nominal("Dai"))
    with workspace.reading() as reader, pytest.raises(NotFound, match="recorded then"):
        charts_past.scene(reader, ChartQuery(focus=(new.id,)), seq)


def test_kinds_and_the_cut_hold_for_then_too(workspace, world):
    seq, _hash = workspace.head()
    _now, people = scenes(workspace, world["group"], seq, kinds=(Kind.OCG, Kind.NOMINAL))
    assert world["fox"].id not in {item.id for item in people.items}
    now, cut = scenes(workspace, world["group"], seq, most=2)
    assert len(cut.items) == 2
    assert cut.cut == now.cut
    assert cut.cut


def test_restricted_records_are_on_no_chart_of_then_either(
    workspace, world, opened_by, another_user
):
    seq, _hash = workspace.head()
    bea = opened_by(another_user)
    with workspace.work("Restrict") as done:
        records.restrict(done.work, world["ann"].id, [], "Source at risk")
    with workspace.work("Remove") as done:
        records.remove(done.work, [world["ann"].id])
    _now, open_to_ann = scenes(workspace, world["group"], seq)
    assert world["ann"].id in {item.id for item in open_to_ann.items}
    _now, open_to_bea = scenes(bea, world["group"], seq)
    assert {item.label for item in open_to_bea.items} == {"Tarnbrook", "Bob", "fox"}
    with bea.reading() as reader, pytest.raises(NotFound):
        charts_past.scene(reader, ChartQuery(focus=(world["ann"].id,)), seq)


def test_the_questions_are_answered_as_those_of_now(workspace, world):
    seq, _hash = workspace.head()
    ids = [thing.id for name, thing in world.items() if name != "links"]
    with workspace.reading() as reader:
        held = HeldNetwork(reader, seq)
        nos = networks.numbers(reader, ids)
        assert held.numbers(ids) == nos
        assert set(held.ids(nos.values())) == set(ids)
        now = networks.links_among(reader, list(nos.values()))
        assert sorted(link.id for link in held.links_among(ids)) == sorted(link.id for link in now)
        ocgs = [world["group"].id]
        assert held.member_counts(ocgs) == networks.member_counts(reader, ocgs)
