"""Timelines and maps on the command line: listed, written, narrowed, refused."""

import json
from datetime import UTC, datetime

import pytest
from PIL import Image

SQUARE = {"type": "Polygon", "coordinates": [[[-3, 52], [-2, 52], [-2, 53], [-3, 53]]]}


def test_a_timeline_is_listed_with_what_on_whose_line(ocgdesk, force):
    ran = ocgdesk("timeline", force, "Tarnbrook", "--topic", "disruption")
    assert ran.code == 0, ran.err
    assert "Disruptions" in ran.out
    assert "Tarnbrook" in ran.out


def test_a_timeline_as_json_says_what_is_sure(ocgdesk, force):
    found = ocgdesk("timeline", force, "Tarnbrook", "--from", "2026-01-01", "--json").json
    assert found["filters"] == ["what held on 1 Jan 2026 or later"]
    spans = [item for item in found["items"] if item["first"] != item["last"]]
    assert spans
    assert {"sure_from", "sure_to", "topic", "lanes"} <= found["items"][0].keys()


def test_those_linked_to_a_record_get_lines_too(ocgdesk, force):
    alone = ocgdesk("timeline", force, "Tarnbrook", "--json").json
    round_it = ocgdesk("timeline", force, "Tarnbrook", "--around", "--json").json
    assert len(alone["lanes"]) == 1
    assert len(round_it["lanes"]) > 8


@pytest.mark.parametrize("end", ["png", "svg", "pdf", "json"])
def test_a_timeline_is_written_in_every_format(ocgdesk, force, tmp_path, end):
    out = tmp_path / f"line.{end}"
    ran = ocgdesk("timeline", force, "Tarnbrook", "-o", out, "--reason", "Review")
    assert ran.code == 0, ran.err
    assert "Wrote line." in ran.out
    assert out.stat().st_size > 1_000
    if end == "png":
        with Image.open(out) as picture:
            assert picture.width > picture.height
    entry = ocgdesk("audit", force, "--user", "auditor").out
    assert "Export timeline" in entry


def test_a_timeline_of_nobody_or_into_another_format_is_refused(ocgdesk, force, tmp_path):
    assert ocgdesk("timeline", force, "Nobody At All").code == 1
    ran = ocgdesk("timeline", force, "Tarnbrook", "-o", tmp_path / "x.docx")
    assert ran.code == 1
    assert "png, svg, pdf, json" in ran.err
    assert ocgdesk("timeline", force).code == 2


def test_a_map_lists_flows_and_a_month_narrows_it(ocgdesk, force):
    every = ocgdesk("map", force, "--json").json
    march = ocgdesk("map", force, "--month", "2024-03", "--json").json
    assert 0 < len(march["items"]) < len(every["items"])
    assert {"hub", "town", "commodity", "count", "lines"} <= every["items"][0].keys()
    assert "Birmingham" in ocgdesk("map", force).out


def test_maps_and_timelines_of_recorded_time_say_so_and_leave_out_what_came_since(
    ocgdesk, force, tmp_path
):
    moment = datetime.now(UTC).isoformat()
    lines = ocgdesk("map", force, "--json").json["items"]
    events = ocgdesk("timeline", force, "Tarnbrook", "--json").json["items"]
    ref = lines[0]["lines"][0]["ref"]
    assert ocgdesk("remove", force, ref, "--reason", "A mistake").code == 0
    assert ocgdesk("map", force, "--json").json["items"] != lines
    then = ocgdesk("map", force, "--as-at", moment, "--json").json
    assert (then["items"], then["as_at"]) == (lines, moment)
    out = tmp_path / "map.json"
    assert ocgdesk("map", force, "--as-at", moment, "-o", out).code == 0
    assert json.loads(out.read_text())["filters"][0].startswith("as recorded on ")
    told = ocgdesk("timeline", force, "Tarnbrook", "--as-at", moment, "--json").json
    assert (told["items"], told["as_at"]) == (events, moment)
    assert ocgdesk("timeline", force, ref, "--as-at", moment).code == 0
    assert ocgdesk("timeline", force, ref).code == 1
    assert "No county line" in ocgdesk("map", force, "--as-at", "1/1/1990").out


def test_flows_can_be_put_together(ocgdesk, force):
    every = ocgdesk("map", force, "--json").json["items"]
    one = ocgdesk("map", force, "--by-force", "--together", "--json").json["items"]
    assert len(one) < len(every) / 2
    assert max(item["count"] for item in one) > max(item["count"] for item in every)


@pytest.mark.parametrize("end", ["png", "svg", "pdf", "json"])
def test_a_map_is_written_in_every_format(ocgdesk, force, tmp_path, end):
    out = tmp_path / f"map.{end}"
    ran = ocgdesk("map", force, "--month", "2026-03", "--commodity", "heroin", "-o", out)
    assert ran.code == 0, ran.err
    assert out.stat().st_size > 1_000
    if end == "json":
        found = json.loads(out.read_text())
        assert found["filters"] == ["what held between 1 Mar 2026 and 31 Mar 2026", "Heroin"]
        assert found["marking"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--month", "soon"), "cannot be read as a date"),
        (("--month", "2026-03-04"), "Write the month like"),
        (("--commodity", "Moon dust"), "No line on the map deals in"),
        (("-o", "map.docx"), "png, svg, pdf, json"),
    ],
)
def test_what_a_map_cannot_be_asked_is_refused_in_one_line(ocgdesk, force, arguments, said):
    ran = ocgdesk("map", force, *arguments)
    assert ran.code == 1
    assert said in ran.err


def test_boundaries_are_loaded_listed_and_taken_out(ocgdesk, force, tmp_path):
    assert "forces are shown at their centres" in ocgdesk("boundaries", force).out
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps(SQUARE))
    ran = ocgdesk("boundaries", force, "--load", path, "--source", "Made up", "--json")
    assert ran.code == 0, ran.err
    assert [(i["title"], i["areas"], i["source"]) for i in ran.json["items"]] == [
        ("areas", 1, "Made up")
    ]
    assert "there already" in ocgdesk("boundaries", force, "--load", path).err
    assert ocgdesk("boundaries", force, "--remove", "areas").code == 0
    assert ocgdesk("boundaries", force, "--json").json["items"] == []


def test_a_hostile_boundary_file_is_refused_and_nothing_changed(ocgdesk, force, tmp_path):
    path = tmp_path / "bad.geojson"
    path.write_bytes(b"[" * 50_000)
    ran = ocgdesk("boundaries", force, "--load", path)
    assert (ran.code, ran.out) == (1, "")
    assert "bad.geojson is no GeoJSON" in ran.err
    assert ocgdesk("boundaries", force, "--json").json["items"] == []
