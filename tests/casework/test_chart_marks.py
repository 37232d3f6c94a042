"""Sketches, lines and notes of one chart: drawn, moved, taken off, put into the register."""

import pytest
from makers import a_chart, a_link, a_nominal, a_phone

from ocgdesk.casework import chart_making, chart_marks, chart_papers, charts, network_scope, records
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.chart_marks import Annotation, SketchItem, SketchTie
from ocgdesk.domain.charts import Arrangement, Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.store import networks
from ocgdesk.store import records as queries


@pytest.fixture
def kept(workspace, given):
    """A chart of Ann and Bob, linked."""
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    given(a_link(ann, bob))
    with workspace.work("Save chart") as done:
        chart = charts.save(
            done.work, a_chart(focus=(ann.id,)), {ann.id: Point(0, 0), bob.id: Point(100, 0)}
        )
    return chart, ann, bob


@pytest.fixture
def act(workspace):
    def do(verb, *args, **more):
        with workspace.work("Draw on chart") as done:
            return verb(done.work, *args, **more)

    return do


@pytest.fixture
def opened(workspace):
    def open_(chart) -> Arrangement:
        with workspace.reading() as reader:
            return charts.open_chart(reader, chart.id)[1]

    return open_


def test_a_sketch_stands_on_its_chart_and_says_it_is_no_record(act, opened, kept) -> None:
    chart, *_ = kept
    made = act(chart_marks.sketch, chart.id, SketchItem(name="Supplier"), Point(40, 50))
    shown = opened(chart)
    item = next(i for i in shown.scene.items if i.id == made.id)
    assert (item.label, item.kind, item.sketch) == ("Supplier", Kind.NOMINAL, True)
    assert item.detail == "not in the register"
    assert shown.places[made.id] == Point(40, 50)


def test_what_stands_on_no_chart_is_not_sketched(act, kept) -> None:
    with pytest.raises(Refused, match="kinds that a chart shows"):
        act(chart_marks.sketch, kept[0].id, SketchItem(name="x", stands_for="plan"), Point(0, 0))


def test_a_sketched_line_joins_two_items_of_its_chart_and_no_others(
    act, opened, given, kept
) -> None:
    chart, ann, _bob = kept
    made = act(chart_marks.sketch, chart.id, SketchItem(name="Supplier"), Point(40, 50))
    act(chart_marks.tie, chart.id, SketchTie(name="sells?", one=made.id, other=ann.id))
    (line,) = [tie for tie in opened(chart).scene.ties if tie.sketch]
    assert (line.source, line.target, line.label) == (made.id, ann.id, "sells?")
    (phone,) = given(a_phone())
    for one, other in ((ann.id, ann.id), (ann.id, None), (ann.id, phone.id)):
        with pytest.raises(Refused):
            act(chart_marks.tie, chart.id, SketchTie(one=one, other=other))


def test_sketches_enter_no_network_and_no_chart_of_the_register(act, workspace, kept) -> None:
    chart, ann, _bob = kept
    made = act(chart_marks.sketch, chart.id, SketchItem(name="Supplier"), Point(40, 50))
    act(chart_marks.tie, chart.id, SketchTie(one=made.id, other=ann.id))
    with workspace.reading() as reader:
        assert len(networks.network(reader).nodes) == 2
        drawn = charts.scene(reader, ChartQuery(focus=(ann.id,), hops=2))
    assert {item.label for item in drawn.items} == {"Ann", "Bob"}
    assert not any(tie.sketch for tie in drawn.ties)


def test_what_a_chart_is_measured_by_leaves_its_sketches_out(act, workspace, kept) -> None:
    chart, ann, _bob = kept
    made = act(chart_marks.sketch, chart.id, SketchItem(name="Supplier"), Point(40, 50))
    act(chart_marks.tie, chart.id, SketchTie(one=made.id, other=ann.id))
    with workspace.reading() as reader:
        measured = network_scope.scope(reader, f"chart:{chart.title}")
    assert len(measured.nodes) == 2


def test_a_note_follows_what_it_is_about_and_waits_while_that_is_not_drawn(
    act, opened, kept
) -> None:
    chart, ann, bob = kept
    note = act(chart_marks.annotate, chart.id, Annotation(text="Seen", about=bob.id, x=30.123, y=9))
    (shown,) = opened(chart).scene.notes
    assert (shown.id, shown.text, shown.about, shown.x) == (note.id, "Seen", bob.id, 30.12)
    act(charts.take_off, chart.id, {bob.id})
    assert {item.id for item in opened(chart).scene.items} == {ann.id}
    act(charts.put_places, chart.id, {bob.id: Point(9, 9)})
    assert opened(chart).scene.notes[0].about == bob.id


def test_notes_are_reworded_moved_and_toned(act, opened, kept) -> None:
    chart, *_ = kept
    note = act(chart_marks.annotate, chart.id, Annotation(text="One"))
    act(chart_marks.reword, note.id, "Two")
    act(chart_marks.move_notes, {note.id: Point(5, 6)})
    act(chart_marks.retone, [note.id], "victim")
    (shown,) = opened(chart).scene.notes
    assert (shown.text, shown.x, shown.y, shown.tone) == ("Two", 5, 6, "victim")
    with pytest.raises(Refused, match="needed"):
        act(chart_marks.reword, note.id, "  ")
    with pytest.raises(Refused, match="drawn on the chart"):
        act(chart_marks.reword, kept[1].id, "Nobody")


def test_what_is_taken_off_goes_with_all_that_hangs_on_it_and_undo_brings_it_back(
    act, opened, workspace, kept
) -> None:
    chart, ann, bob = kept
    made = act(chart_marks.sketch, chart.id, SketchItem(name="Supplier"), Point(40, 50))
    act(chart_marks.tie, chart.id, SketchTie(one=made.id, other=bob.id))
    act(chart_marks.annotate, chart.id, Annotation(text="Who?", about=made.id))
    before = opened(chart)
    act(chart_marks.clear, chart.id, {made.id, bob.id})
    after = opened(chart)
    assert [item.label for item in after.scene.items] == ["Ann"]
    assert (after.scene.ties, after.scene.notes) == ((), ())
    with workspace.reading() as reader:
        assert queries.by_ids(reader, {bob.id})  # the record stays
    workspace.undo()
    again = opened(chart)
    assert again.places == before.places
    assert len(again.scene.ties) == len(before.scene.ties) == 2
    assert again.scene.notes == before.scene.notes
    assert ann.id in again.places


def test_a_sketch_put_into_the_register_keeps_its_place_lines_and_notes(act, opened, kept) -> None:
    chart, ann, _bob = kept
    made = act(chart_marks.sketch, chart.id, SketchItem(name="Supplier"), Point(40, 50))
    act(chart_marks.tie, chart.id, SketchTie(name="sells", one=made.id, other=ann.id))
    act(chart_marks.annotate, chart.id, Annotation(text="Who?", about=made.id))
    record = act(chart_making.promote, made.id, a_nominal("Cat Supplier"))
    shown = opened(chart)
    item = next(i for i in shown.scene.items if i.label == "Cat Supplier")
    assert (item.id, item.sketch) == (record.id, False)
    assert shown.places[record.id] == Point(40, 50)
    assert [i.label for i in shown.scene.items if i.sketch] == []
    (line,) = [tie for tie in shown.scene.ties if tie.sketch]
    assert (line.source, line.target) == (record.id, ann.id)
    assert shown.scene.notes[0].about == record.id
    act(chart_making.promote_tie, line.id, a_link(record, ann))
    shown = opened(chart)
    assert not any(tie.sketch for tie in shown.scene.ties)
    assert any({tie.source, tie.target} == {record.id, ann.id} for tie in shown.scene.ties)


def test_a_chart_goes_with_all_that_was_drawn_on_it(act, workspace, kept) -> None:
    chart, ann, _bob = kept
    made = act(chart_marks.sketch, chart.id, SketchItem(name="Supplier"), Point(40, 50))
    act(chart_marks.tie, chart.id, SketchTie(one=made.id, other=ann.id))
    act(chart_marks.annotate, chart.id, Annotation(text="Who?", about=made.id))
    act(charts.remove_chart, chart.id)
    with workspace.reading() as reader:
        for kind in (Kind.SKETCH_ITEM, Kind.SKETCH_TIE, Kind.ANNOTATION):
            assert queries.owned(reader, ann.id, kind) == []
        assert not queries.by_ids(reader, {made.id})
    workspace.undo()
    with workspace.reading() as reader:
        assert charts.open_chart(reader, chart.id)[1].scene.notes


def test_a_chart_with_nothing_but_a_note_opens(act, opened) -> None:
    chart = act(lambda work: charts.save(work, a_chart(), {}))
    act(chart_marks.annotate, chart.id, Annotation(text="Begin here", x=3, y=4))
    assert [note.text for note in opened(chart).scene.notes] == ["Begin here"]


def test_a_note_about_a_restricted_record_is_as_restricted_as_that(
    act, opened_by, another_user, kept
) -> None:
    chart, ann, bob = kept
    act(chart_marks.annotate, chart.id, Annotation(text="Bob pays", about=bob.id))
    act(chart_marks.annotate, chart.id, Annotation(text="Ann drives", about=ann.id))
    act(chart_marks.tie, chart.id, SketchTie(name="pays", one=ann.id, other=bob.id))
    act(records.restrict, bob.id, [], "Source")
    with opened_by(another_user).reading() as reader:
        _chart, shown = charts.open_chart(reader, chart.id)
        texts = [thing.text for thing in queries.owned(reader, chart.id, Kind.ANNOTATION)]
        assert queries.owned(reader, chart.id, Kind.SKETCH_TIE) == []
    assert [note.text for note in shown.scene.notes] == texts == ["Ann drives"]


def test_an_exploited_person_is_not_named_by_a_note_that_leaves(act, opened, given) -> None:
    (child,) = given(a_nominal("Kim Vale", exploited=True))
    chart = act(lambda work: charts.save(work, a_chart(), {child.id: Point(0, 0)}))
    act(chart_marks.annotate, chart.id, Annotation(text="Kim Vale is safe", about=child.id))
    left = chart_papers.withheld(opened(chart))
    assert [note.text for note in left.scene.notes] == ["Exploited person is safe"]
