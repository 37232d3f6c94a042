"""Charts: what is drawn round a record, what is left out, and how one is kept."""

from dataclasses import replace
from itertools import pairwise

import pytest
from makers import (
    a_chart,
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    an_attribution,
    an_ocg,
)

from ocgdesk.casework import charts, records
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Chart, Importance, Placement, Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role
from ocgdesk.errors import Conflict, NotFound, Refused


@pytest.fixture
def chain(given):
    """Five people in a line, each linked to the next."""
    people = given(*(a_nominal(name) for name in ("Ann", "Bob", "Cat", "Dan", "Eve")))
    given(*(a_link(one, two) for one, two in pairwise(people)))
    return people


@pytest.fixture
def draw(workspace):
    def scene(*focus, **more):
        with workspace.reading() as reader:
            return charts.scene(reader, ChartQuery(focus=tuple(t.id for t in focus), **more))

    return scene


def labels(scene) -> set[str]:
    return {item.label for item in scene.items}


@pytest.mark.parametrize(
    ("hops", "there"),
    [(0, "Ann"), (1, "Ann Bob"), (2, "Ann Bob Cat"), (4, "Ann Bob Cat Dan Eve")],
)
def test_a_chart_reaches_as_many_hops_as_asked(draw, chain, hops, there) -> None:
    scene = draw(chain[0], hops=hops)
    assert labels(scene) == set(there.split())
    assert len(scene.ties) == len(scene.items) - 1
    assert scene.cut == ""


@pytest.mark.parametrize("hops", [-1, 5])
def test_more_than_four_hops_are_refused(draw, chain, hops) -> None:
    with pytest.raises(Refused, match="one to four hops"):
        draw(chain[0], hops=hops)


def test_a_chart_round_nothing_is_refused_and_one_round_what_is_gone_is_not_found(draw) -> None:
    with pytest.raises(Refused, match="at least one record"):
        draw()
    with pytest.raises(NotFound, match="no longer there"):
        draw(a_nominal("Never kept"))


def test_a_cut_chart_keeps_the_nearest_and_says_what_it_left_out(draw, given) -> None:
    hub, *others = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(20)))
    given(
        *(
            a_link(hub, phone, strength="confirmed" if n < 3 else "tentative")
            for n, phone in enumerate(others)
        )
    )
    scene = draw(hub, hops=1, most=4)
    assert len(scene.items) == 4
    assert {item.id for item in scene.items} == {hub.id, *(p.id for p in others[:3])}
    assert scene.cut.startswith("4 items shown, 17 more left out: nearest first")


def test_expanding_brings_in_neighbours_of_one_item_beside_what_is_there(draw, chain) -> None:
    ann, _bob, cat, *_rest = chain
    scene = draw(ann, hops=0, also=(cat.id,), expanded=(cat.id,))
    assert labels(scene) == {"Ann", "Bob", "Cat", "Dan"}


def test_what_was_taken_off_is_not_drawn_even_where_it_is_the_focus(draw, chain) -> None:
    ann, bob, *_rest = chain
    scene = draw(ann, hops=2, without=frozenset({ann.id}))
    assert labels(scene) == {"Bob", "Cat"}
    assert bob.id in {item.id for item in scene.items}


def test_what_is_gone_since_is_left_out_of_what_is_drawn(draw, workspace, chain) -> None:
    ann, bob, cat, *_rest = chain
    with workspace.work("Delete nominal") as done:
        records.remove(done.work, [bob.id])
    assert labels(draw(ann, hops=0, also=(ann.id, bob.id, cat.id))) == {"Ann", "Cat"}


def test_members_stand_in_the_box_of_their_ocg_and_not_on_lines_to_it(draw, given) -> None:
    ocg, one, two, three = given(an_ocg("Tarnbrook"), *(a_nominal(n) for n in "ABC"))
    given(
        a_membership(one, ocg, role="principal", importance="principal"),
        a_membership(two, ocg),
        a_link(one, three),
    )
    scene = draw(ocg, hops=2)
    (box,) = scene.boxes
    assert box.members == {ocg.id, one.id, two.id}
    assert "2 of 2 members drawn" in box.detail
    assert [{tie.source, tie.target} for tie in scene.ties] == [{one.id, three.id}]
    assert next(i for i in scene.items if i.id == one.id).importance is Importance.PRINCIPAL


def test_links_of_one_type_are_one_line_with_their_number_and_best_strength(draw, given) -> None:
    one, two = given(a_nominal("One"), a_nominal("Two"))
    given(
        a_link(one, two, strength="tentative"),
        a_link(two, one, strength="confirmed"),
        a_link(one, two, strength="unconfirmed"),
    )
    (tie,) = draw(one).ties
    assert (tie.count, tie.strength) == (3, Strength.CONFIRMED)


def test_an_exploited_person_has_their_own_symbol_and_no_role(draw, given) -> None:
    ocg, child, other = given(an_ocg(), a_nominal("YP-03", exploited=True), a_nominal("B"))
    given(a_membership(child, ocg, role="runner", importance="principal"), a_membership(other, ocg))
    item = next(i for i in draw(ocg).items if i.id == child.id)
    assert (item.exploited, item.detail) == (True, "Exploited person")
    assert item.importance is not Importance.PRINCIPAL


def test_a_chart_is_opened_exactly_as_it_was_kept(workspace, chain) -> None:
    ann, bob, cat, *_rest = chain
    places = {ann.id: Point(1.25, -3.5), bob.id: Point(100.0, 20.0), cat.id: Point(-7.0, 0.1)}
    with workspace.work("Save chart") as done:
        kept = charts.save(
            done.work,
            a_chart("Chain", focus=(ann.id,), hops=2, layout="radial"),
            places,
            hidden={cat.id},
            pinned={bob.id},
        )
    with workspace.reading() as reader:
        chart, arrangement = charts.open_chart(reader, kept.id)
    assert (chart.title, chart.hops, chart.layout, chart.focus) == ("Chain", 2, "radial", (ann.id,))
    assert arrangement.places == places
    assert (arrangement.hidden, arrangement.pinned) == ({cat.id}, {bob.id})
    assert labels(arrangement.scene) == {"Ann", "Bob", "Cat"}


def test_saving_again_takes_off_what_is_no_more_on_the_chart(workspace, chain) -> None:
    ann, bob, *_rest = chain
    with workspace.work("Save chart") as done:
        kept = charts.save(done.work, a_chart(), {ann.id: Point(0, 0), bob.id: Point(9, 9)})
    with workspace.work("Remove from chart") as done:
        charts.save(done.work, kept, {bob.id: Point(9, 9)})
    with workspace.reading() as reader:
        _chart, arrangement = charts.open_chart(reader, kept.id)
    assert set(arrangement.places) == {bob.id}
    assert len(done.changes) == 1
    workspace.undo()
    with workspace.reading() as reader:
        _chart, arrangement = charts.open_chart(reader, kept.id)
    assert arrangement.places == {ann.id: Point(0, 0), bob.id: Point(9, 9)}


def test_moving_one_item_journals_its_place_and_nothing_else(workspace, chain) -> None:
    ann, bob, *_rest = chain
    with workspace.work("Save chart") as done:
        kept = charts.save(done.work, a_chart(), {ann.id: Point(0, 0), bob.id: Point(9, 9)})
    with workspace.work("Move on chart") as done:
        charts.put_places(done.work, kept.id, {ann.id: Point(5, 5), bob.id: Point(9, 9)})
    (change,) = done.changes
    assert isinstance(change.after, Placement)
    assert (change.after.item, change.after.x) == (ann.id, 5)


def test_saving_over_what_somebody_else_saved_is_a_conflict(workspace, chain, put) -> None:
    with workspace.work("Save chart") as done:
        kept = charts.save(done.work, a_chart("Mine"), {chain[0].id: Point(0, 0)})
    put(kept, title="Theirs")
    with pytest.raises(Conflict), workspace.work("Save chart") as done:
        charts.save(done.work, replace(kept, title="Mine too"), {})


def test_a_chart_is_marked_no_lower_than_what_is_on_it(draw, given) -> None:
    (one,) = given(a_nominal("One", marking=Marking.OFFICIAL_SENSITIVE))
    plain = a_chart(marking=Marking.OFFICIAL)
    assert charts.marked(plain, draw(one)).marking is Marking.OFFICIAL_SENSITIVE


def test_a_kept_chart_that_was_never_arranged_is_drawn_from_its_focus(workspace, chain) -> None:
    with workspace.work("Add chart") as done:
        (chart,) = done.work.put(a_chart(focus=(chain[1].id,), hops=1))
    with workspace.reading() as reader:
        _chart, arrangement = charts.open_chart(reader, chart.id)
    assert labels(arrangement.scene) == {"Ann", "Bob", "Cat"}
    assert arrangement.places == {}


def kept_hub(workspace, given, *, most: int, linked: int = 20, **how) -> Chart:
    """Keep a chart round a phone with as many others, cut at ``most``."""
    hub, *others = given(a_phone("07700 900000"), *(a_phone() for _n in range(linked)))
    links = [a_link(hub, other) for other in others]
    given(*links[:-1], replace(links[-1], **how))
    query = ChartQuery(focus=(hub.id,), most=most)
    with workspace.work("Save chart") as done:
        drawn = charts.scene(done.work.reader, query)
        chart = Chart(title="Cut", focus=(hub.id,), most=most)
        places = {item.id: Point(1.0, 2.0) for item in drawn.items}
        return charts.save(done.work, chart, places)


def reopened(workspace, chart) -> str:
    with workspace.reading() as reader:
        return charts.open_chart(reader, chart.id)[1].scene.cut


def test_a_kept_chart_says_when_it_is_opened_again_what_it_was_cut_by(workspace, given) -> None:
    chart = kept_hub(workspace, given, most=5)
    assert reopened(workspace, chart).startswith("5 items shown, 16 more left out: nearest first")


def test_a_kept_chart_that_was_not_cut_says_nothing_of_what_was_taken_off(workspace, given) -> None:
    chart = kept_hub(workspace, given, most=500)
    with workspace.reading() as reader:
        items = charts.open_chart(reader, chart.id)[1].scene.items
    with workspace.work("Remove from chart") as done:
        charts.take_off(done.work, chart.id, [item.id for item in items[3:]])
    assert reopened(workspace, chart) == ""


def test_what_expanding_left_out_is_said_again_too(workspace, given) -> None:
    chart = kept_hub(workspace, given, most=500, linked=150)
    assert reopened(workspace, chart) == ""
    with workspace.work("Expand on chart") as done:
        done.work.put(replace(done.work.get(Chart, chart.id), expanded=chart.focus))
    assert reopened(workspace, chart).startswith("100 items shown, 51 more left out")


def test_how_much_was_cut_is_counted_for_who_reads_it(
    workspace, given, add_user, opened_by
) -> None:
    only = frozenset({workspace.user.id})
    chart = kept_hub(workspace, given, most=5, restricted_to=only)
    theirs = opened_by(add_user("rob", Role.READER))
    assert "16 more left out" in reopened(workspace, chart)
    assert "15 more left out" in reopened(theirs, chart)


def test_removing_a_chart_leaves_the_records_on_it(workspace, chain) -> None:
    with workspace.work("Save chart") as done:
        kept = charts.save(done.work, a_chart(), {chain[0].id: Point(0, 0)})
    with workspace.work("Delete chart") as done:
        charts.remove_chart(done.work, kept.id)
    with workspace.reading() as reader:
        assert reader.find(chain[0].id) == chain[0]
        with pytest.raises(NotFound):
            reader.find(kept.id)


def test_only_chosen_kinds_are_drawn(draw, given) -> None:
    one, handle, line = given(a_nominal(), a_handle(), a_line())
    given(an_attribution(handle, one), a_link(one, line))
    assert {item.kind for item in draw(one, kinds=(Kind.HANDLE,)).items} == {
        Kind.NOMINAL,
        Kind.HANDLE,
    }


def test_a_layout_keeps_what_is_fixed_exactly_where_it_is(draw, chain) -> None:
    scene = draw(chain[0], hops=4)
    fixed = {chain[1].id: Point(123.5, -42.25)}
    places = charts.lay_out(scene, "force", fixed=fixed)
    assert places[chain[1].id] == Point(123.5, -42.25)
    assert set(places) == {person.id for person in chain}
    assert len(set(places.values())) == 5


def test_what_was_restricted_since_is_not_shown_and_keeps_its_place(
    workspace, given, put, another_user, opened_by, ann
):
    one, two = given(a_nominal("Ann"), a_nominal("Bob"))
    places = {one.id: Point(1.0, 2.0), two.id: Point(30.0, 40.0)}
    with workspace.work("Save chart") as done:
        chart = charts.save(done.work, Chart(title="Both"), places)
    put(two, restricted_to=frozenset({ann.id}))
    theirs = opened_by(another_user)
    with theirs.reading() as reader:
        kept, seen = charts.open_chart(reader, chart.id)
        assert {item.label for item in seen.scene.items} == {"Ann"}
        assert seen.places == {one.id: Point(1.0, 2.0)}
    with theirs.work("Move on chart") as done:
        charts.save(done.work, kept, {one.id: Point(5.0, 6.0)})
    with workspace.reading() as reader:
        _kept, whole = charts.open_chart(reader, chart.id)
    assert whole.places == {one.id: Point(5.0, 6.0), two.id: Point(30.0, 40.0)}
    assert {item.label for item in whole.scene.items} == {"Ann", "Bob"}


def test_what_was_taken_out_comes_back_to_its_place(workspace, given):
    one, two = given(a_nominal("Ann"), a_nominal("Bob"))
    places = {one.id: Point(1.0, 2.0), two.id: Point(30.0, 40.0)}
    with workspace.work("Save chart") as done:
        chart = charts.save(done.work, Chart(title="Both"), places)
    with workspace.work("Remove nominal") as done:
        records.remove(done.work, [two.id])
    with workspace.reading() as reader:
        _kept, seen = charts.open_chart(reader, chart.id)
        assert {item.label for item in seen.scene.items} == {"Ann"}
        assert seen.scene.cut.startswith("1 record that was on this chart is withheld")
    workspace.undo()
    with workspace.reading() as reader:
        _kept, seen = charts.open_chart(reader, chart.id)
    assert seen.places == places
    assert seen.scene.cut == ""


def test_what_was_taken_off_a_chart_before_it_was_removed_is_not_missed(workspace, given):
    one, two = given(a_nominal("Ann"), a_nominal("Bob"))
    places = {one.id: Point(1.0, 2.0), two.id: Point(30.0, 40.0)}
    with workspace.work("Save chart") as done:
        chart = charts.save(done.work, Chart(title="Both"), places)
    with workspace.work("Remove from chart") as done:
        charts.take_off(done.work, chart.id, [two.id])
    with workspace.work("Remove nominal") as done:
        records.remove(done.work, [two.id])
    with workspace.reading() as reader:
        assert charts.open_chart(reader, chart.id)[1].scene.cut == ""
