"""From an arrangement to a drawing: what is drawn where, and what gives way."""

import os
import pickle
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import hypot
from pathlib import Path
from time import thread_time

import pytest
from golden.chart_scenes import id_of, large, tarnbrook

from ocgdesk.domain.charts import Arrangement, Box, Importance, Item, Point, Scene, Tie
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Strength
from ocgdesk.reports import chart_words, drawing_lines, palette
from ocgdesk.reports.drawing import draw, lines_between
from ocgdesk.reports.drawing_looks import EXPLOITED, SILHOUETTES, look
from ocgdesk.reports.drawing_parts import Area, Dash, Drawing, Fill, Ink, Line, Node, Shape, TextRun


def item(name: str, **what: object) -> Item:
    return Item(id=id_of(name), kind=what.pop("kind", Kind.NOMINAL), label=name, **what)  # type: ignore[arg-type]


def tie(one: str, two: str, **what: object) -> Tie:
    name = f"{one}-{two}-{what}"
    return Tie(id=id_of(name), source=id_of(one), target=id_of(two), **what)  # type: ignore[arg-type]


def arranged(
    items: list[Item],
    ties: list[Tie] | None = None,
    boxes: list[Box] | None = None,
    apart: float = 200,
) -> Arrangement:
    scene = Scene(items=tuple(items), ties=tuple(ties or ()), boxes=tuple(boxes or ()))
    return Arrangement(
        scene=scene, places={i.id: Point(at * apart, 0) for at, i in enumerate(items)}
    )


def label_boxes(drawing: Drawing) -> list[Area]:
    names = [run.box for n in drawing.nodes for run in (n.label, n.detail) if run]
    return names + [line.label.box for line in drawing.lines if line.label]


def overlapping(boxes: list[Area]) -> list[tuple[Area, Area]]:
    """Return pairs that overlap, found by sweeping from left to right."""
    found, open_boxes = [], []
    for box in sorted(boxes, key=lambda box: box.x):
        open_boxes = [other for other in open_boxes if other.right > box.x]
        found += [(other, box) for other in open_boxes if other.meets(box)]
        open_boxes.append(box)
    return found


def test_the_same_arrangement_makes_the_same_drawing() -> None:
    assert draw(tarnbrook()) == draw(tarnbrook())


def test_hidden_items_and_their_links_are_left_out() -> None:
    whole = draw(tarnbrook())
    dean = id_of("Dean Arkwright")
    without = draw(replace(tarnbrook(), hidden=frozenset({dean})))
    assert len(without.nodes) == len(whole.nodes) - 1
    assert not any(dean in (line.ends or ()) for line in without.lines)
    assert len(without.lines) == len(whole.lines) - 4


def test_an_item_without_a_place_is_not_drawn() -> None:
    made = arranged([item("A"), item("B")], [tie("A", "B")])
    placed = replace(made, places={id_of("A"): Point(0, 0)})
    assert [node.id for node in draw(placed).nodes] == [id_of("A")]
    assert draw(placed).lines == ()


@pytest.mark.parametrize(
    ("strength", "dash"),
    [
        (Strength.CONFIRMED, Dash.SOLID),
        (Strength.UNCONFIRMED, Dash.DASHED),
        (Strength.TENTATIVE, Dash.DOTTED),
    ],
)
def test_the_strength_of_a_link_shows_in_its_dashes(strength: Strength, dash: Dash) -> None:
    (line,) = draw(arranged([item("A"), item("B")], [tie("A", "B", strength=strength)])).lines
    assert line.dash is dash


def test_a_link_that_stands_for_several_is_thicker_and_says_how_many() -> None:
    (line,) = draw(arranged([item("A"), item("B")], [tie("A", "B", label="calls", count=3)])).lines
    assert line.width == 2.7
    assert line.label is not None
    assert line.label.lines == ("calls ×3",)


def test_parallel_links_are_fanned_six_apart_whichever_way_they_run() -> None:
    ties = [tie("A", "B", label="one"), tie("B", "A", label="two"), tie("A", "B", label="three")]
    heights = sorted(
        line.points[0].y for line in draw(arranged([item("A"), item("B")], ties)).lines
    )
    assert [round(b - a, 6) for a, b in pairwise(heights)] == [6.0, 6.0]


def test_an_arrow_ends_just_outside_the_silhouette_it_points_at() -> None:
    (line,) = draw(
        arranged([item("A"), item("B", kind=Kind.VEHICLE)], [tie("A", "B", directed=True)])
    ).lines
    edge = 200 + look("vehicle", Importance.SIGNIFICANT).area.x
    assert line.arrow
    assert 0 < edge - line.points[1].x < 5
    tip, one, two = drawing_lines.head(line)
    assert tip[0] > one[0]
    assert one[1] == pytest.approx(-two[1])


def test_a_link_of_an_item_to_itself_is_a_loop_above_it() -> None:
    (line,) = draw(arranged([item("A")], [tie("A", "A", label="alias of")])).lines
    assert len(line.points) == 4
    assert all(point.y < -15 for point in line.points)


def test_no_label_covers_another_or_a_silhouette() -> None:
    drawing = draw(large(600, 1200))
    labels = label_boxes(drawing)
    assert len(labels) > 600
    assert overlapping(labels) == []
    for node in drawing.nodes:
        others = [b for n in drawing.nodes if n.id != node.id and n.label for b in [n.label.box]]
        assert not any(box.meets(node.box) for box in others)


def test_where_two_names_want_one_place_the_lower_rank_yields() -> None:
    crowd = [item(f"Name of some length {n}", importance=Importance.PERIPHERAL) for n in range(40)]
    head = item("The principal of them", importance=Importance.PRINCIPAL)
    made = arranged([*crowd, head], apart=12)
    drawing = draw(made)
    principal = drawing.node(head.id)
    assert principal is not None
    assert principal.label is not None
    assert drawing.yielded > 0
    assert drawing.yielded == sum(node.label is None for node in drawing.nodes)


def test_a_name_is_broken_into_two_lines_and_cut_with_an_ellipsis() -> None:
    long = item("Bartholomew Featherstonehaugh-Cholmondeley of Ashby-de-la-Zouch and Beyond")
    (node,) = draw(arranged([long])).nodes
    assert node.label is not None
    assert len(node.label.lines) == 2
    assert node.label.box.width <= 150
    endless = item("x" * 10_000)
    began = thread_time()
    (node,) = draw(arranged([endless])).nodes
    assert thread_time() - began < 0.2
    assert node.label is not None
    assert node.label.lines[0].endswith("…")


def test_an_exploited_person_has_a_double_ring_and_is_never_solid() -> None:
    looks = [look(EXPLOITED, importance) for importance in Importance]
    assert len({id(each) for each in looks} | {each.importance for each in looks}) >= 2
    for each in looks:
        assert each.name == "double ring"
        assert len(each.shapes) == 2
        assert all(shape.fill != Ink("kind.exploited") for shape in each.shapes)
        assert each.shapes[1].fill == Ink("kind.exploited", Fill.TINT)


@pytest.mark.parametrize("kind", [*(kind.value for kind in SUBJECTS), "report"])
def test_importance_is_size_and_fill(kind: str) -> None:
    principal, significant, peripheral = (look(kind, importance) for importance in Importance)
    assert principal.area.height > significant.area.height > peripheral.area.height
    assert principal.shapes[-1].fill == Ink(f"kind.{kind}")
    assert significant.shapes[-1].fill == Ink(f"kind.{kind}", Fill.TINT)
    assert peripheral.shapes[-1].fill == Ink("surface")
    assert 40 <= max(principal.area.width, principal.area.height) <= 66


def test_every_kind_has_a_silhouette_of_its_own() -> None:
    assert set(SILHOUETTES) == {kind.value for kind in SUBJECTS} | {"report", EXPLOITED}
    assert len(set(SILHOUETTES.values())) == len(SILHOUETTES)


def test_every_colour_named_is_in_every_theme() -> None:
    inks = set()
    for element, _at in draw(tarnbrook()).elements():
        if isinstance(element, Shape):
            inks |= {ink for ink in (element.fill, element.edge) if ink}
        else:
            inks.add(element.ink)
    for name in ("light", "dark", "high-contrast"):
        for ink in inks:
            assert all(0 <= part <= 1 for part in palette.load(name).rgba(ink))


def test_a_tint_is_stronger_in_the_dark() -> None:
    light = palette.load("light").rgba(Ink("kind.nominal", Fill.TINT))
    assert light[0] == pytest.approx(0.84 + 0.16 * 0x24 / 255)
    assert palette.TINT[True] == 0.26


def test_a_hull_holds_its_members_and_names_itself_on_its_edge() -> None:
    drawing = draw(tarnbrook())
    assert [hull.texts[0].lines[0] for hull in drawing.hulls] == ["Tarnbrook", "Hollins Lane"]
    for hull in drawing.hulls:
        for member in hull.members:
            node = drawing.node(member)
            assert node is not None
            assert hull.box.holds(node.box)
            assert node.label is not None
            assert hull.box.holds(node.label.box)
        assert hull.tab_box.y < hull.box.y < hull.tab_box.bottom
        assert hull.texts[1].lines[0].endswith("drawn")
    assert not drawing.hulls[0].tab_box.meets(drawing.hulls[1].tab_box)


def test_a_member_of_two_groups_lies_in_both_hulls() -> None:
    drawing = draw(tarnbrook())
    both = drawing.node(id_of("Curtis Vale"))
    assert both is not None
    assert both.label is not None
    assert both.label.ground.washes == 2
    assert all(hull.box.holds(both.box) for hull in drawing.hulls)


def test_tabs_of_groups_with_the_same_members_stand_apart() -> None:
    members = frozenset({id_of("A"), id_of("B")})
    boxes = [
        Box(id=id_of(f"G{n}"), title=f"Group {n}", detail="T1", members=members) for n in range(4)
    ]
    drawing = draw(arranged([item("A"), item("B")], boxes=boxes))
    assert overlapping([hull.tab_box for hull in drawing.hulls]) == []


def test_a_group_without_a_member_drawn_has_no_hull() -> None:
    box = Box(id=id_of("G"), title="Elsewhere", members=frozenset({id_of("nobody")}))
    assert draw(arranged([item("A")], boxes=[box])).hulls == ()


def test_two_badges_are_shown_and_the_rest_counted() -> None:
    (node,) = draw(arranged([item("A", badges=("HMP", "FI", "REV", "†"))])).nodes
    assert [badge.text.lines[0] for badge in node.badges] == ["HMP", "FI", "+2"]
    assert overlapping([badge.box for badge in node.badges]) == []
    assert node.badges[1].slab.fill == Ink("overdue")


def test_everything_lies_within_the_bounds() -> None:
    drawing = draw(tarnbrook())
    boxes = [hull.box for hull in drawing.hulls] + [node.box for node in drawing.nodes]
    assert all(drawing.bounds.holds(box) for box in boxes + label_boxes(drawing))


def test_an_empty_chart_draws_nothing_and_says_so() -> None:
    drawing = draw(Arrangement(scene=Scene()))
    assert list(drawing.elements()) == []
    assert drawing.words == "An empty link chart."


def test_lines_follow_an_item_that_is_being_moved() -> None:
    made = tarnbrook()
    moved = {**made.places, id_of("Kyle Penhallow"): Point(700, 700)}
    lines = lines_between(made.scene.items, made.scene.ties, moved)
    ends = [line for line in lines if id_of("Kyle Penhallow") in (line.ends or ())]
    assert len(ends) == 4
    assert all(min(hypot(p.x - 700, p.y - 700) for p in line.points) < 30 for line in ends)


def test_a_drawing_travels_to_another_process() -> None:
    drawing = draw(tarnbrook())
    back = pickle.loads(pickle.dumps(drawing))  # noqa: S301 - our own bytes
    assert [node.at for node in back.nodes] == [node.at for node in drawing.nodes]
    assert back.lines == drawing.lines
    assert back.node(id_of("Heroin")).label.lines == ("Heroin",)


def test_elements_are_only_what_every_painter_knows() -> None:
    kinds = Counter(type(element) for element, _at in draw(tarnbrook()).elements())
    assert set(kinds) == {Shape, Line, TextRun}


def test_words_count_what_is_shown_and_name_no_exploited_person() -> None:
    words = chart_words.alt_text(replace(tarnbrook(), hidden=frozenset({id_of("Ludlow")})))
    assert "11 nominals, 1 exploited person" in words
    assert "2 locations" in words
    assert "1 item is hidden." in words
    assert "Dean Arkwright" in words
    assert "YP-03" not in words


def test_the_legend_lists_only_what_is_drawn() -> None:
    legend = chart_words.legend(arranged([item("A"), item("B")], [tie("A", "B")]))
    assert legend.kinds == (("nominal", 2),)
    assert legend.strengths == (Strength.UNCONFIRMED,)
    assert not legend.directed
    assert not legend.multiple


def test_two_thousand_items_are_drawn_well_under_a_second() -> None:
    made = large(2000, 4000)
    draw(made)
    times = []
    for _round in range(3):
        began = thread_time()
        drawing = draw(made)
        times.append(thread_time() - began)
    assert len(drawing.nodes) == 2000
    assert min(times) < 0.75  # 0.25 s on a machine with nothing else to do


GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "chart_tarnbrook.txt"


def told(drawing: Drawing) -> str:
    """Return a drawing in lines of text, so that a change of it is a change to be read."""
    rows = [f"bounds {_area(drawing.bounds)}"]
    rows += [
        f"hull {hull.texts[0].lines[0]} {_area(hull.box)} tab {_area(hull.tab_box)}"
        for hull in drawing.hulls
    ]
    rows += [_line(line) for line in drawing.lines]
    for node in drawing.nodes:
        rows += _node(node)
    return "\n".join(rows) + "\n"


def _line(line: Line) -> str:
    ends = " ".join(f"{point.x:.1f},{point.y:.1f}" for point in line.points)
    label = f" “{line.label.lines[0]}” {_area(line.label.box)}" if line.label else ""
    return f"line {ends} {line.dash} {line.width}{' arrow' if line.arrow else ''}{label}"


def _node(node: Node) -> list[str]:
    badges = " ".join(badge.text.lines[0] for badge in node.badges)
    look_of = f"{node.look.name} {node.look.importance} {node.look.role}"
    return [f"node {node.at.x:.1f},{node.at.y:.1f} {look_of} {badges}".rstrip()] + [
        f"  {' / '.join(run.lines)} {_area(run.box)} {run.ink.role}"
        for run in (node.label, node.detail)
        if run
    ]


def _area(area: Area) -> str:
    return f"[{area.x:.1f} {area.y:.1f} {area.width:.1f} {area.height:.1f}]"


def test_the_drawing_is_the_one_on_record() -> None:
    """Set OCGDESK_GOLDEN=write to put a deliberate change on record."""
    found = told(draw(tarnbrook()))
    if os.environ.get("OCGDESK_GOLDEN") == "write":
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def test_drawing_needs_neither_qt_nor_matplotlib() -> None:
    code = (
        "from golden.chart_scenes import tarnbrook; from ocgdesk.reports.drawing import draw;"
        "draw(tarnbrook());"
        "print([name for name in ('PySide6', 'matplotlib') if name in sys.modules])"
    )
    root = GOLDEN.parents[2]
    paths = f"import sys; sys.path[:0] = [{str(root)!r}, {str(root / 'tests')!r}]; "
    done = subprocess.run(
        [sys.executable, "-c", paths + code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
