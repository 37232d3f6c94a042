"""Boundary files: read into outlines, made simpler, and refused in a sentence where hostile."""

import json
from math import cos, sin, tau

import pytest

from ocgdesk.domain.grounds import packed, unpacked
from ocgdesk.errors import Refused
from ocgdesk.exchange import geojson
from ocgdesk.exchange.geojson import outlines, read


def a_file(*geometries):
    features = [{"type": "Feature", "properties": {}, "geometry": g} for g in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def a_square(lon=-2.0, lat=52.0, side=1.0):
    corners = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side]]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def a_circle(corners, lon=-2.0, lat=52.0, radius=1.0):
    turns = [tau * at / corners for at in range(corners)]
    ring = [[lon + radius * cos(turn), lat + radius * sin(turn)] for turn in turns]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def test_areas_are_read_as_latitude_and_longitude():
    found = outlines(a_file(a_square()), "a.geojson")
    assert found.areas == 1
    assert set(found.rings[0]) == {(52.0, -2.0), (52.0, -1.0), (53.0, -1.0), (53.0, -2.0)}


def test_several_parts_collections_and_bare_geometries_are_read():
    many = {"type": "MultiPolygon", "coordinates": [a_square()["coordinates"]] * 2}
    inside = {"type": "GeometryCollection", "geometries": [a_square(), many]}
    assert outlines(a_file(inside), "x").areas == 3
    assert outlines(json.dumps(a_square()).encode(), "x").areas == 1
    assert outlines(a_file(a_square(), None), "x").areas == 1


def test_outlines_of_many_corners_are_made_simpler_and_stay_near_them():
    found = outlines(a_file(*(a_circle(40_000) for _n in range(3))), "x")
    assert sum(len(ring) for ring in found.rings) <= geojson.MOST_KEPT
    for lat, lon in found.rings[0]:
        assert ((lat - 52) ** 2 + (lon + 2) ** 2) ** 0.5 == pytest.approx(1.0, abs=0.01)


def test_what_is_kept_comes_back_to_ten_metres():
    found = outlines(a_file(a_circle(50)), "x")
    for one, other in zip(found.rings[0], unpacked(packed(found.rings))[0], strict=True):
        assert one == pytest.approx(other, abs=0.0001)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.4 \x00", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[1, 2]", "is no GeoJSON"),
        (b'{"type": "FeatureCollection"}', "no features"),
        (b'{"type": "Topology", "arcs": []}', "TopoJSON"),
        (a_file({"type": "Point", "coordinates": [0, 52]}), "no area"),
        (a_file({"type": "Polygon", "coordinates": "x"}), "without corners"),
        (a_file({"type": "Polygon", "coordinates": [[["a", 1], [2, 3]]]}), "no place"),
        (a_file({"type": "Polygon", "coordinates": [[[True, 1], [2, 3]]]}), "no place"),
        (a_file({"type": "Polygon", "coordinates": [[[430000, 280000]]]}), "degrees"),
        (a_file({"type": "Polygon", "coordinates": [[]]}), "no area"),
    ],
)
def test_what_is_no_boundary_file_is_refused_in_a_sentence(data, said):
    with pytest.raises(Refused, match=said):
        outlines(data, "areas.geojson")


def test_collections_within_collections_without_end_are_refused():
    made = a_square()
    for _n in range(40):
        made = {"type": "GeometryCollection", "geometries": [made]}
    with pytest.raises(Refused, match="no GeoJSON"):
        outlines(a_file(made), "x")


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(geojson, "LARGEST", 100)
    path = tmp_path / "big.geojson"
    path.write_bytes(a_file(a_square()))
    with pytest.raises(Refused, match=r"big\.geojson is larger"):
        read(path)


def test_too_many_outlines_are_refused(monkeypatch):
    monkeypatch.setattr(geojson, "MOST_AREAS", 3)
    with pytest.raises(Refused, match="more outlines"):
        outlines(a_file(*(a_square() for _n in range(5))), "x")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be read"):
        read(tmp_path / "none.geojson")


def test_the_force_areas_as_published_are_read(shared_data):
    found = read(shared_data / "geography" / "police_force_areas_EW_dissolved.geojson")
    assert found.areas >= 43
    assert 500 < sum(len(ring) for ring in found.rings) <= geojson.MOST_KEPT


def test_topojson_is_told_from_geojson(shared_data):
    with pytest.raises(Refused, match="TopoJSON"):
        read(shared_data / "geography" / "topo_lad_wales_2013.json")
