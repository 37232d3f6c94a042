"""Charts kept: versions opened as they were, frozen ones, and a damaged one."""

from datetime import UTC, datetime, timedelta

import pytest
from makers import a_link, a_nominal

from ocgdesk.casework import (
    chart_copies,
    chart_marks,
    chart_opening,
    chart_versions,
    charts,
    records,
)
from ocgdesk.domain.chart_marks import Annotation, SketchItem, SketchTie
from ocgdesk.domain.charts import Chart, Difference, Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.store import journal
from ocgdesk.store import records as queries


@pytest.fixture
def do(workspace):
    def act(verb, *args, **more):
        with workspace.work("Act") as done:
            return verb(done.work, *args, **more)

    return act


@pytest.fixture
def read(workspace):
    def ask(question, *args, **more):
        with workspace.reading() as reader:
            return question(reader, *args, **more)

    return ask


@pytest.fixture
def kept(given, do):
    """A chart of Ann, Bob and their link, with a note about Ann."""
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    given(a_link(ann, bob))
    places = {ann.id: Point(0.0, 0.0), bob.id: Point(200.0, 0.0)}
    chart = do(charts.save, Chart(title="Pair", focus=(ann.id,)), places)
    do(chart_marks.annotate, chart.id, Annotation(text="Seen on 3 May", about=ann.id))
    return chart, ann, bob


def labels(opened) -> set[str]:
    return {item.label for item in opened.arrangement.scene.items}


def test_a_version_opens_as_the_chart_and_the_register_were(kept, do, read, given) -> None:
    chart, ann, bob = kept
    first = do(chart_versions.keep, chart.id, "November TTCG", "Sent round on the 3rd")
    assert (first.number, first.title, first.note) == (1, "November TTCG", "Sent round on the 3rd")
    (cat,) = given(a_nominal("Cat"))
    do(charts.put_places, chart.id, {ann.id: Point(5.0, 5.0), cat.id: Point(9.0, 9.0)})
    do(records.edit, bob.id, {"name": "Bobby"})
    (note,) = read(queries.owned, chart.id, Kind.ANNOTATION)
    do(chart_marks.reword, note.id, "Seen on 4 May")
    then = read(chart_versions.open_version, chart.id, 1)
    assert labels(then) == {"Ann", "Bob"}
    assert then.arrangement.places[ann.id] == Point(0.0, 0.0)
    assert [n.text for n in then.arrangement.scene.notes] == ["Seen on 3 May"]
    assert len(then.arrangement.scene.ties) == 1
    now = read(chart_opening.open_chart, chart.id)
    assert labels(now) == {"Ann", "Bobby", "Cat"}


def test_versions_are_numbered_on_and_listed_newest_first(kept, do, read) -> None:
    chart, *_people = kept
    for title in ("October", ""):
        do(chart_versions.keep, chart.id, title)
    found = read(chart_versions.versions, chart.id)
    assert [(v.number, v.title) for v in found] == [(2, "Version 2"), (1, "October")]
    assert found[0].made_by
    with pytest.raises(NotFound, match="no version 7"):
        read(chart_versions.open_version, chart.id, 7)


def test_what_was_taken_off_since_is_still_on_the_version(kept, do, read) -> None:
    chart, _ann, bob = kept
    do(chart_marks.sketch, chart.id, SketchItem(name="Guess"), Point(80.0, 80.0))
    do(chart_versions.keep, chart.id, "With Bob")
    do(charts.take_off, chart.id, [bob.id])
    do(chart_versions.keep, chart.id, "Without Bob")
    assert labels(read(chart_versions.open_version, chart.id, 1)) == {"Ann", "Bob", "Guess"}
    assert labels(read(chart_versions.open_version, chart.id, 2)) == {"Ann", "Guess"}


def test_two_versions_are_compared_with_what_was_added_removed_and_changed(
    kept, do, read, given
) -> None:
    chart, _ann, bob = kept
    do(chart_versions.keep, chart.id, "Before")
    (cat,) = given(a_nominal("Cat"))
    do(charts.put_places, chart.id, {cat.id: Point(9.0, 9.0)})
    do(charts.take_off, chart.id, [bob.id])
    do(chart_versions.keep, chart.id, "After")
    for second in (2, None):
        found = read(chart_versions.compare, chart.id, 1, second)
        changes = {one.what: one.change for one in found.compared.changes}
        assert changes["Cat"] is Difference.ADDED
        assert changes["Bob"] is Difference.REMOVED
        assert "Ann" not in changes
        assert found.places[bob.id] == Point(200.0, 0.0)
    with pytest.raises(Refused, match="earlier version with a later one"):
        read(chart_versions.compare, chart.id, 2, 1)


def test_a_frozen_chart_shows_what_was_recorded_then_and_takes_notes_only(kept, do, read) -> None:
    chart, ann, bob = kept
    do(chart_versions.freeze, chart.id)
    do(records.edit, bob.id, {"name": "Bobby"})
    do(chart_marks.annotate, chart.id, Annotation(text="For the meeting", about=bob.id))
    opened = read(chart_opening.open_chart, chart.id)
    assert labels(opened) == {"Ann", "Bob"}
    assert {n.text for n in opened.arrangement.scene.notes} == {"Seen on 3 May", "For the meeting"}
    assert opened.arrangement.scene.cut.startswith("Frozen: what was recorded on")
    tie = SketchTie(one=ann.id, other=bob.id)
    for verb, *args in (
        (charts.put_places, chart.id, {ann.id: Point(1.0, 1.0)}),
        (charts.take_off, chart.id, [ann.id]),
        (charts.save, opened.chart, {}),
        (chart_marks.sketch, chart.id, SketchItem(name="Guess"), Point(0.0, 0.0)),
        (chart_marks.tie, chart.id, tie),
        (chart_marks.clear, chart.id, {ann.id}),
    ):
        with pytest.raises(Refused, match="takes notes only"):
            do(verb, *args)
    (note, *_more) = read(queries.owned, chart.id, Kind.ANNOTATION)
    do(chart_marks.clear, chart.id, {note.id})
    assert len(read(chart_opening.open_chart, chart.id).arrangement.scene.notes) == 1


def test_a_thawed_chart_follows_the_register_again(kept, do, read) -> None:
    chart, _ann, bob = kept
    do(chart_versions.freeze, chart.id)
    do(records.edit, bob.id, {"name": "Bobby"})
    with pytest.raises(Refused, match="frozen already"):
        do(chart_versions.freeze, chart.id)
    do(chart_versions.thaw, chart.id)
    assert labels(read(chart_opening.open_chart, chart.id)) == {"Ann", "Bobby"}
    with pytest.raises(Refused, match="follows the register already"):
        do(chart_versions.thaw, chart.id)


def test_a_chart_is_frozen_as_at_an_earlier_instant_but_at_none_to_come(kept, do, read) -> None:
    chart, _ann, bob = kept
    before = datetime.now(UTC)
    do(records.edit, bob.id, {"name": "Bobby"})
    with pytest.raises(Refused, match="recorded in the future"):
        do(chart_versions.freeze, chart.id, before + timedelta(days=2))
    do(chart_versions.freeze, chart.id, before)
    assert labels(read(chart_opening.open_chart, chart.id)) == {"Ann", "Bob"}


def test_freezing_is_one_act_and_is_undone_as_one(kept, workspace, do, read) -> None:
    chart, *_people = kept
    do(chart_versions.freeze, chart.id)
    workspace.undo()
    assert read(queries.owned, chart.id, Kind.CHART_VERSION) == []
    assert read(chart_opening.open_chart, chart.id).chart.frozen is None


def test_a_chart_with_versions_is_removed_whole(kept, do, read) -> None:
    chart, *_people = kept
    do(chart_versions.keep, chart.id, "Before")
    do(charts.remove_chart, chart.id)
    with pytest.raises(NotFound):
        read(chart_opening.open_chart, chart.id)


def test_who_saves_over_somebody_elses_change_is_told_and_nothing_is_lost(kept, do, read) -> None:
    chart, ann, _bob = kept
    do(records.edit, chart.id, {"title": "Renamed next door"})
    with pytest.raises(Conflict):
        do(charts.save, chart, {ann.id: Point(0.0, 0.0)})
    opened = read(chart_opening.open_chart, chart.id)
    assert opened.chart.title == "Renamed next door"
    assert labels(opened) == {"Ann", "Bob"}


DAMAGE = {
    "the chart's own row": "UPDATE chart SET frozen = 'not a day'",
    "what all records have": "UPDATE entity SET marking = 'of' WHERE kind = 'chart' AND no = :no",
    "a place on it": "UPDATE placement SET x = 'left of here' WHERE chart_no = :no",
    "what it is drawn round": "UPDATE v_entity SET target = x'00' WHERE field = 'focus'",
}


@pytest.fixture
def damage(workspace):
    def do_(sql: str, no: int) -> None:
        with workspace.connection() as connection:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA ignore_check_constraints = 1")
            raw.execute(sql, {"no": no} if ":no" in sql else {})
            raw.commit()

    return do_


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_chart_opens_as_the_journal_last_held_it(
    kept, do, read, workspace, damage, what
) -> None:
    chart, ann, _bob = kept
    other = do(charts.save, Chart(title="Other"), {ann.id: Point(3.0, 4.0)})
    no = read(lambda reader: reader.number(chart.id))
    damage(DAMAGE[what], no)
    opened = read(chart_opening.open_chart, chart.id)
    assert opened.damaged
    assert opened.chart.title == "Pair"
    assert labels(opened) == {"Ann", "Bob"}
    assert opened.arrangement.places[ann.id] == Point(0.0, 0.0)
    assert [n.text for n in opened.arrangement.scene.notes] == ["Seen on 3 May"]
    assert "damaged" in opened.arrangement.scene.cut
    if what != "the chart's own row":  # that statement takes every chart's row
        assert not read(chart_opening.open_chart, other.id).damaged
    do(records.edit, ann.id, {"name": "Anne"})
    with workspace.connection() as connection:
        assert journal.check(connection) is None


# ---- A copy --------------------------------------------------------------------------------------


def test_a_copy_has_all_that_was_on_the_chart_and_goes_its_own_way(workspace, given):
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    places = {ann.id: Point(0, 0), bob.id: Point(100, 0)}
    with workspace.work("Draw") as done:
        work = done.work
        chart = charts.save(
            work, Chart(title="One", filters="", note="n"), places, hidden={bob.id}, pinned={ann.id}
        )
        sketch = chart_marks.sketch(
            work, chart.id, SketchItem(name="?", stands_for="nominal"), Point(50, 50)
        )
        chart_marks.tie(work, chart.id, SketchTie(one=ann.id, other=sketch.id))
        chart_marks.annotate(work, chart.id, Annotation(text="Here", about=sketch.id, x=4, y=5))
        chart_versions.keep(work, chart.id, "First")
    with workspace.work("Copy") as done:
        copy = chart_copies.copy(done.work, chart.id, " Two ")
    with workspace.reading() as reader:
        opened = chart_opening.open_chart(reader, copy.id)
        assert chart_versions.versions(reader, copy.id) == ()
    drawn, scene = opened.arrangement, opened.arrangement.scene
    assert (copy.title, copy.note, copy.id != chart.id) == ("Two", "n", True)
    assert drawn.places.items() >= places.items()
    assert (drawn.hidden, drawn.pinned) == ({bob.id}, {ann.id})
    (twin,) = (item for item in scene.items if item.sketch)
    assert twin.id != sketch.id
    assert [(tie.source, tie.target) for tie in scene.ties] == [(ann.id, twin.id)]
    assert [(note.text, note.about, note.x) for note in scene.notes] == [("Here", twin.id, 4)]
    with workspace.work("Remove") as done:
        charts.remove_chart(done.work, chart.id)
    with workspace.reading() as reader:
        assert len(chart_opening.open_chart(reader, copy.id).arrangement.scene.items) == 3


def test_a_copy_of_a_frozen_chart_shows_the_same_instant_and_keeps_its_notes(workspace, given, put):
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    with workspace.work("Draw") as done:
        places = {ann.id: Point(0, 0), bob.id: Point(9, 9)}
        chart = charts.save(done.work, Chart(title="One"), places)
        chart_marks.annotate(done.work, chart.id, Annotation(text="Him", about=ann.id, x=1, y=1))
        chart_versions.freeze(done.work, chart.id)
    put(ann, name="Anna")
    with workspace.work("Remove") as done:
        records.remove(done.work, [bob.id])
    with workspace.work("Copy") as done:
        copy = chart_copies.copy(done.work, chart.id, "Two")
    with workspace.reading() as reader:
        one, two = (chart_opening.open_chart(reader, id_) for id_ in (chart.id, copy.id))
    assert two.chart.frozen == one.chart.frozen is not None
    told = [{item.label for item in found.arrangement.scene.items} for found in (one, two)]
    assert "Ann" in told[0]
    assert told[0] == told[1]
    assert [note.text for note in two.arrangement.scene.notes] == ["Him"]


def test_a_copy_without_a_title_is_refused(workspace, given):
    (ann,) = given(a_nominal("Ann"))
    with workspace.work("Draw") as done:
        chart = charts.save(done.work, Chart(title="One"), {ann.id: Point(0, 0)})
        with pytest.raises(Refused, match="title"):
            chart_copies.copy(done.work, chart.id, "  ")
