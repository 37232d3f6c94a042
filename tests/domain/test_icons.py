"""Which drawing stands for which meaning."""

import json
from xml.etree import ElementTree as ET

import pytest

from ocgdesk import resources
from ocgdesk.domain import icons
from ocgdesk.errors import NotFound

KINDS = (
    "ocg",
    "nominal",
    "exploited",
    "handle",
    "county-line",
    "commodity",
    "phone",
    "location",
    "vehicle",
    "organisation",
    "account",
    "operation",
    "report",
    "plan",
    "action",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_record_has_an_icon(kind: str) -> None:
    assert f"entity.{kind}" in icons.names()


def test_every_meaning_is_a_drawing_on_the_24_grid_that_takes_its_colour_from_outside() -> None:
    for meaning in icons.names():
        drawn = icons.svg(meaning)
        assert ET.fromstring(drawn).get("viewBox") == "0 0 24 24", meaning  # noqa: S314 - ours
        assert "currentColor" in drawn, meaning


def test_strokes_are_thinner_than_lucides_own() -> None:
    assert 'stroke-width="1.75"' in icons.svg("entity.handle")
    assert 'stroke-width="2"' in icons.svg("entity.handle", stroke=2)


def test_a_meaning_without_a_drawing_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match=r"status\.cheerful"):
        icons.svg("status.cheerful")


def test_the_drawings_taken_over_are_those_the_table_names() -> None:
    shipped = json.loads(resources.path("icons", "lucide.json").read_text(encoding="utf-8"))
    named = set(resources.toml("icons", "icons.toml")["lucide"].values())
    assert named == set(shipped), "run `make icons`"
