"""The map of county lines read from the register, and the boundaries kept beneath it."""

import json
from datetime import UTC, date, datetime

import pytest
from makers import a_line, a_link

from ocgdesk.casework import boundaries, line_maps, records
from ocgdesk.domain import line_map
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity, Location
from ocgdesk.domain.grounds import unpacked
from ocgdesk.domain.people import Right, Role
from ocgdesk.errors import Refused
from ocgdesk.exchange import geojson

P = PartialDate.stored
TODAY = date(2026, 11, 21)
SQUARE = [[-3, 52], [-2, 52], [-2, 53], [-3, 53], [-3, 52]]
AREAS = json.dumps({"type": "Polygon", "coordinates": [SQUARE]}).encode()


def kestrel(**more):
    facts = {"hub": "Birmingham", "exporter": "WMP", "importers": ("WMC",), "towns": ("Ludlow",)}
    return a_line("Kestrel", **(facts | more))


def read(workspace):
    with workspace.reading() as reader:
        return line_maps.read(reader, TODAY)


def told(found, **more):
    flows = line_map.flows(found, **more)
    return {(flow.hub.name, flow.town.name, flow.trade) for flow in flows}


def test_towns_come_from_the_record_and_from_dated_links(workspace, given):
    line, town, drug = (
        kestrel(),
        Location(name="Hereford", town="Hereford"),
        Commodity(name="Crack"),
    )
    given(
        *(line, town, drug),
        a_link(line, town, type="runs-to", start=P("2026-05")),
        a_link(line, drug, type="deals-in"),
    )
    found = read(workspace)
    assert told(found) == {
        ("Birmingham", "Ludlow", "Crack"),
        ("Birmingham", "Hereford", "Crack"),
    }
    april = {"first": date(2026, 4, 1), "last": date(2026, 4, 30)}
    assert told(found, **april) == {("Birmingham", "Ludlow", "Crack")}


def test_a_line_that_is_shut_runs_no_longer_than_it_was_last_active(workspace, given):
    given(kestrel(status="closed-type-1", opened=P("2025-01"), last_active=P("2025-06-30")))
    found = read(workspace)
    assert told(found, first=date(2025, 5, 1), last=date(2025, 5, 31))
    assert not told(found, first=date(2025, 7, 1))


def test_a_place_nobody_knows_is_told_and_its_line_counted(workspace, given):
    given(kestrel(), a_line("Otis", hub="Nowhere", towns=("Neverton",)), a_line("Bare"))
    found = read(workspace)
    assert len(found.runs) == 1
    assert line_maps.told(found) == (
        "2 lines without a hub or town on the map are not drawn. "
        "Not in the list of places: Neverton, Nowhere."
    )


def test_a_restricted_line_is_on_nobody_elses_map(workspace, given, opened_by, another_user, ann):
    given(kestrel(restricted_to=frozenset({ann.id})))
    assert len(read(workspace).runs) == 1
    assert read(opened_by(another_user)).runs == ()


def test_a_map_of_recorded_time_is_what_was_held_then(workspace, given, put):
    line, other = kestrel(), a_line("Otis", hub="Walsall", towns=("Ludlow",))
    town, drug = Location(name="Hereford", town="Hereford"), Commodity(name="Crack")
    links = (
        a_link(line, town, type="runs-to", start=P("2026-05")),
        a_link(line, drug, type="deals-in"),
    )
    given(line, other, town, drug, *links)
    before = told(read(workspace))
    at = datetime.now(UTC)
    put(drug, name="Heroin")
    with workspace.work("Remove") as done:
        records.remove(done.work, [other.id])
        records.unlink(done.work, [links[0].id])
    given(kestrel(hub="Liverpool"))
    with workspace.reading() as reader:
        then = line_maps.read(reader, TODAY, as_at=at)
        one = line_maps.read(reader, TODAY, [other.id], as_at=at)
    assert told(then) == before
    assert told(one) == {("Walsall", "Ludlow", "")}
    assert told(read(workspace)) != before
    assert line_maps.filters(None, None, "", at)[0].startswith("as recorded on ")


def test_a_line_restricted_since_is_not_on_a_map_of_then(
    workspace, given, put, opened_by, another_user, ann
):
    (line,) = given(kestrel())
    at = datetime.now(UTC)
    put(line, restricted_to=frozenset({ann.id}))
    with opened_by(another_user).reading() as reader:
        assert line_maps.read(reader, TODAY, as_at=at).runs == ()


# ---- Boundaries ----------------------------------------------------------------------------------


def load(workspace, data=AREAS, title="Force areas"):
    found = geojson.outlines(data, "a.geojson")
    with workspace.work("Load map boundaries", right=Right.CHART) as done:
        return boundaries.load(done.work, found, title, "ONS, 2016")


def test_boundaries_are_kept_inside_the_workspace_by_their_digest(workspace):
    made = load(workspace)
    assert len(made.digest) == 64
    with workspace.reading() as reader:
        assert boundaries.newest(reader).source == "ONS, 2016"
        assert boundaries.ground(reader) == unpacked(made.outlines)
        assert len(boundaries.ground(reader)[0]) == 4


def test_the_same_file_is_not_kept_twice(workspace):
    load(workspace)
    with pytest.raises(Refused, match="there already, as Force areas"):
        load(workspace)


def test_maps_stand_on_those_loaded_last_and_on_none_once_all_are_out(workspace):
    first = load(workspace)
    second = load(workspace, AREAS.replace(b"53", b"54"), "Districts")
    for made in (second, first):
        with workspace.reading() as reader:
            assert boundaries.newest(reader).id == made.id
        with workspace.work("Take out", right=Right.CHART) as done:
            boundaries.remove(done.work, made.id)
    with workspace.reading() as reader:
        assert boundaries.ground(reader) == ()


def test_who_may_not_draw_charts_loads_none(workspace, add_user, opened_by):
    reader = opened_by(add_user("rob", Role.READER))
    with pytest.raises(Refused):
        load(reader)


def test_boundaries_that_cannot_be_read_say_so(workspace, put):
    made = load(workspace)
    put(made, outlines="[[1,")
    with workspace.reading() as reader, pytest.raises(Refused, match="load them anew"):
        boundaries.ground(reader)
