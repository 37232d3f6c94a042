"""Timelines and maps as painted, and on their pages: the same parts on screen and on paper."""

import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from golden.chart_scenes import COVER
from golden.pictures import ANN, OCG, line_map, timeline
from PIL import Image
from timing import soonest, worked

from ocgdesk.casework import picture_papers
from ocgdesk.domain import line_map as lines
from ocgdesk.domain.line_map import Gazetteer
from ocgdesk.domain.timelines import Topic
from ocgdesk.errors import Refused
from ocgdesk.reports import map_drawing, timeline_axis, timeline_drawing
from ocgdesk.reports.drawing_parts import Area, Dash, Line, Shape, TextRun
from ocgdesk.reports.timeline_axis import Window

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
YEAR = Window(date(2025, 12, 1), date(2026, 7, 1))
SQUARE = (((49.0, -6.0), (49.0, 2.0), (58.0, 2.0), (58.0, -6.0)),)
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)


def drawn(width=1000.0, **more):
    return timeline_drawing.draw(timeline(), YEAR, width, **more)


def mapped(**more):
    found = line_map()
    flows = lines.flows(found)
    area = map_drawing.shaped(map_drawing.extent(flows), 1.9)
    scale = 1000 / area.width
    forces = Gazetteer().forces
    return map_drawing.draw(found, flows, area, scale, forces=forces, ground=SQUARE, **more)


def texts(plate):
    return [line for part in plate.parts if isinstance(part, TextRun) for line in part.lines]


def told(plate):
    """Return a plate as lines of text, to whole pixels: what a golden file holds."""
    said = []
    for part in plate.parts:
        match part:
            case TextRun():
                said.append(f"text {part.x:.0f},{part.y:.0f} {part.lines} {part.ink.role}")
            case Line():
                points = " ".join(f"{p.x:.0f},{p.y:.0f}" for p in part.points)
                said.append(f"line {points} {part.dash.value} {part.width:.1f} {part.ink.role}")
            case Shape():
                roles = "/".join(ink.role for ink in (part.fill, part.edge) if ink)
                said.append(f"shape {len(part.path)} {roles}")
    said += [f"spot {spot.words}" for spot in plate.spots]
    return "\n".join([*said, plate.words, ""])


@pytest.mark.parametrize(
    ("name", "make"), [("timeline", drawn), ("map", mapped)], ids=["timeline", "map"]
)
def test_the_same_input_gives_the_same_picture(name, make):
    path = GOLDEN / f"picture_{name}.txt"
    made = told(make(with_legend=True))
    assert made == path.read_text(encoding="utf-8"), f"look at it, then write it to {path.name}"


# ---- The timeline --------------------------------------------------------------------------------


def test_a_date_known_only_in_part_is_dashed_and_one_known_to_the_day_is_not():
    spots = {spot.words.split(".")[0]: spot for spot in drawn().spots}
    dashed = [p for p in drawn().parts if isinstance(p, Line) and p.dash is Dash.DASHED]

    def is_dashed(name):
        box = spots[name].box
        return any(
            box.y < line.points[0].y < box.bottom
            and line.points[0].x < box.right
            and line.points[1].x > box.x
            for line in dashed
        )

    assert is_dashed("Meeting")
    assert is_dashed("Exploits")
    assert not is_dashed("Remand")
    assert not is_dashed("Visit")


def test_an_event_that_concerns_two_lines_is_tied_to_the_other():
    ties = [p for p in drawn().parts if isinstance(p, Line) and p.dash is Dash.DOTTED]
    assert len(ties) == 2


def test_nobody_stands_on_anothers_words():
    plate = drawn(500.0)
    boxes = [part.box for part in plate.parts if isinstance(part, TextRun)]
    for at, box in enumerate(boxes):
        assert not [other for other in boxes[at + 1 :] if other.grown(-0.5).meets(box.grown(-0.5))]


def test_all_of_it_lies_within_its_bounds():
    for plate in (drawn(with_legend=True), drawn(400.0, unit=2.0)):
        for part in plate.parts:
            if isinstance(part, TextRun):
                assert plate.bounds.grown(3.0).holds(part.box), part.lines


def test_what_held_all_the_time_and_has_no_row_is_counted():
    many = tuple(
        replace(timeline().events[0], id=date.fromordinal(at), label=f"Member {at}")
        for at in range(1, 12)
    )
    plate = timeline_drawing.draw(replace(timeline(), events=many), YEAR, 1000.0)
    assert "and 9 more" in texts(plate)


def test_the_axis_marks_days_months_or_years_as_there_is_room():
    day = timeline_axis.ticks(Window(date(2026, 3, 1), date(2026, 3, 11)), 1000, 58)
    year = timeline_axis.ticks(YEAR, 1000, 58)
    long = timeline_axis.ticks(Window(date(1990, 1, 1), date(2026, 1, 1)), 1000, 58)
    assert [tick.words for tick in day][:2] == ["1 Mar", "2 Mar"]
    assert [tick.words for tick in year][:3] == ["Dec", "2026", "Feb"]
    assert all(re.fullmatch(r"\d{4}", tick.words) for tick in long)
    for ticks in (day, year, long):
        assert len(ticks) <= 1000 / 40


def test_a_window_zooms_about_a_day_and_never_out_of_the_calendar():
    zoomed = YEAR.zoomed(2.0, date(2026, 3, 1))
    assert zoomed.days == YEAR.days // 2
    assert zoomed.first < date(2026, 3, 1) < zoomed.last
    assert Window(date.min, date(2, 1, 1)).moved(-10_000).first == date.min
    assert YEAR.zoomed(1e-9, YEAR.first).days <= timeline_axis.LONGEST.days


def test_two_thousand_events_are_drawn_within_a_tenth_of_a_second():
    some = [
        replace(timeline().events[at % 7], id=at, lanes=(OCG, ANN) if at % 2 else (ANN,))
        for at in range(2_000)
    ]
    line = replace(timeline(), events=tuple(some))
    timeline_drawing.draw(line, YEAR, 1200.0)  # widths of text are measured once
    took = soonest(lambda: worked(lambda: timeline_drawing.draw(line, YEAR, 1200.0)), 0.1)
    assert took < 0.1


# ---- The map -------------------------------------------------------------------------------------


def test_a_flow_is_as_wide_as_its_lines_and_says_what_it_is():
    spots = [spot.words for spot in mapped().spots]
    assert "Birmingham to Ludlow: Heroin, 2 lines (Kestrel, Otis)" in spots
    widths = [part.width for part in mapped().parts if isinstance(part, Line) and part.arrow]
    assert max(widths) == map_drawing.width_of(2) > min(widths) == map_drawing.width_of(1)


def test_a_town_nobody_knows_is_said_to_stand_in_the_middle_of_its_force():
    words = " ".join(spot.words for spot in mapped().spots)
    assert "Quillfeather Parva (in the middle of WMC)" in words


def test_nothing_of_the_ground_lies_outside_what_is_shown():
    plate = mapped()
    ground = next(part for part in plate.parts if isinstance(part, Shape))
    for _letter, numbers in ground.path:
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            assert plate.bounds.grown(0.5).holds(Area(x, y, 0.0, 0.0))


def test_north_is_up_and_east_is_right():
    leeds, london = (lines.plane(53.8, -1.55), lines.plane(51.5, -0.1))
    assert leeds[1] < london[1]
    assert leeds[0] < london[0]


def test_a_map_of_nothing_shows_the_forces():
    forces = Gazetteer().forces
    area = map_drawing.extent((), forces)
    assert area.width > map_drawing.LEAST
    plate = map_drawing.draw(line_map(), (), area, 1.0, forces=forces)
    assert "WMP" in texts(plate)


# ---- On paper ------------------------------------------------------------------------------------


def rendered(kind, what="timeline"):
    if what == "timeline":
        return picture_papers.render_timeline(timeline(), YEAR, COVER, kind)
    found = line_map()
    return picture_papers.render_map(found, lines.flows(found), SQUARE, COVER, kind)


@pytest.mark.parametrize("what", ["timeline", "map"])
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_every_format_is_made_and_is_the_same_every_time(what, kind):
    assert rendered(kind, what) == rendered(kind, what)


@pytest.mark.parametrize("what", ["timeline", "map"])
def test_pictures_open_in_independent_readers_with_marking_and_filters(what):
    with Image.open(BytesIO(rendered("png", what))) as picture:
        assert picture.size == (3507, 2480) or min(picture.size) > 2000
    svg = ET.fromstring(rendered("svg", what))  # noqa: S314 - our own file
    words = " ".join(group.get("aria-label", "") for group in svg.iter())
    assert COVER.title in words
    assert "Filters:" in words
    assert words.count(COVER.marking.banner) == 2
    assert ("Ann Vale" if what == "timeline" else "Ludlow") in words


@needs_poppler
@pytest.mark.parametrize(("what", "word"), [("timeline", "Flat closed"), ("map", "Hereford")])
def test_the_text_of_a_pdf_can_be_read_out(what, word):
    out = subprocess.run(
        ["pdftotext", "-", "-"], input=rendered("pdf", what), capture_output=True, check=True
    )
    assert word in out.stdout.decode()


def test_a_format_there_is_none_of_is_refused(tmp_path):
    with pytest.raises(Refused, match="png, svg, pdf, json"):
        picture_papers.format_of(tmp_path / "x.docx")


def test_every_topic_has_a_colour_an_icon_and_a_word():
    for topic in Topic:
        assert timeline_drawing.topic_ink(topic)
        assert timeline_drawing.ICONS[topic]
        assert timeline_drawing.TOPICS[topic]


def test_thousands_of_flows_are_drawn_quickly_and_what_is_left_out_is_told():
    found = line_map()
    flow = lines.flows(found)[0]
    towns = [replace(flow.town, name=f"T{at}", lat=50 + at / 2_000) for at in range(4_000)]
    many = [replace(flow, town=town) for town in towns]
    area = map_drawing.extent(many)
    took = soonest(lambda: worked(lambda: map_drawing.draw(found, many, area, 2.0)), 0.1)
    assert took < 0.1
    assert map_drawing.left_out(many) == "3,600 thinner flows are in the list and not drawn."
    assert map_drawing.left_out(many[:9]) == ""
