"""County lines on a map: where places are found, what flows where, in which months."""

import json
from datetime import date
from itertools import pairwise
from uuid import uuid4

import pytest

from ocgdesk.domain import line_map
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.line_map import Gazetteer, LineMap, Reach, Run, Trade
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.timelines import stretch

P = PartialDate.stored
TODAY = date(2026, 11, 21)
PLACES = Gazetteer()


def a_run(label, hub, towns, trades=(), start="2026-01", end=None):
    time = stretch(P(start), P(end) if end else None)
    return Run(
        id=uuid4(),
        label=label,
        ref="",
        marking=Marking.OFFICIAL,
        hub=PLACES.town(hub),
        towns=tuple(Reach(spot=PLACES.town(town)) for town in towns),
        trades=tuple(Trade(id=uuid4(), label=name) for name in trades),
        stretch=time,
    )


@pytest.fixture
def found():
    return LineMap(
        runs=(
            a_run("Kestrel", "Birmingham", ("Ludlow", "Hereford"), ("Heroin", "Crack cocaine")),
            a_run("Otis", "Walsall", ("Ludlow",), ("Heroin",), end="2026-04"),
            a_run("Marlow", "Birmingham", ("Ludlow",)),
        ),
        today=TODAY,
    )


def told(flows):
    return [(flow.hub.name, flow.town.name, flow.trade, flow.count) for flow in flows]


def test_a_flow_is_as_wide_as_lines_run_along_it_with_one_commodity(found):
    flows = told(line_map.flows(found, trade="Heroin"))
    assert ("Birmingham", "Ludlow", "Heroin", 1) in flows
    assert ("Walsall", "Ludlow", "Heroin", 1) in flows
    assert len(flows) == 3


def test_a_line_without_a_commodity_still_flows(found):
    assert ("Birmingham", "Ludlow", "", 1) in told(line_map.flows(found))
    assert all(trade for *_ends, trade, _n in told(line_map.flows(found, trade="Heroin")))


def test_all_commodities_together_count_each_line_once(found):
    flows = line_map.together(line_map.flows(found))
    assert ("Birmingham", "Ludlow", "Crack cocaine, Heroin", 2) in told(flows)
    assert all(flow.mixed for flow in flows)


def test_hubs_of_one_force_can_be_one(found):
    flows = line_map.by_force(line_map.flows(found, trade="Heroin"), PLACES.forces)
    assert ("West Midlands Police", "Ludlow", "Heroin", 2) in told(flows)


def test_a_month_leaves_out_lines_that_were_shut_before_it(found):
    may = line_map.flows(found, date(2026, 5, 1), date(2026, 5, 31))
    assert {flow.hub.name for flow in may} == {"Birmingham"}
    assert dict(line_map.months(found))[date(2026, 4, 1)] == 3
    assert dict(line_map.months(found))[date(2026, 5, 1)] == 2
    assert line_map.months(found)[-1][0] == date(2026, 11, 1)


def test_a_town_nobody_knows_stands_in_the_middle_of_its_force():
    spot = PLACES.town("Quillfeather Parva", ("WMC",))
    assert spot.stands_in
    assert spot.force == "WMC"
    assert PLACES.town("Quillfeather Parva", ("PRIV",)) is None
    assert PLACES.town("", ("WMC",)) is None


def test_a_town_is_found_whatever_its_case_and_blanks():
    assert PLACES.town("  ross-on-WYE ").name == "Ross-on-Wye"


def test_every_force_and_every_town_has_a_place_of_its_own():
    forces = {i.code for i in code_list("agencies") if i.get("kind") == "force"}
    assert forces <= {spot.force for spot in PLACES.forces}
    places = [(item.get("lat"), item.get("lon")) for item in code_list("towns")]
    assert len(set(places)) == len(places) > 200


def test_every_town_lies_in_the_area_of_its_force(shared_data):
    text = (shared_data / "geography" / "police_force_areas_EW_dissolved.geojson").read_text()
    named = {item.code: item.label for item in code_list("agencies")}
    other = {"MPS": "Metropolitan Police", "COL": "London, City of", "DCP": "Devon & Cornwall"}
    areas = {f["properties"]["PFA16NM"]: f["geometry"] for f in json.loads(text)["features"]}
    for town in code_list("towns"):
        force = town.get("force")
        name = other.get(force) or next((a for a in areas if named[force].startswith(a)), None)
        if name is not None:
            assert _holds(areas[name], town.get("lon"), town.get("lat")), town.label


def _holds(geometry, lon, lat):
    rings = geometry["coordinates"]
    polygons = [rings] if geometry["type"] == "Polygon" else rings
    return any(_inside(polygon[0], lon, lat) for polygon in polygons)


def _inside(ring, lon, lat):
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
