"""Every layout and every overview, against the picture on record: same input, same picture."""

import os
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from golden.chart_scenes import ITEMS, id_of, tarnbrook
from makers import (
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    an_attribution,
    an_ocg,
)

from ocgdesk.casework import charts, overviews
from ocgdesk.casework.overviews import READY, OverviewQuery
from ocgdesk.domain.charts import Arrangement, Scene
from ocgdesk.domain.entities import Commodity, Location
from ocgdesk.graph.layout import LAYOUTS
from ocgdesk.reports.drawing import draw

FOLDER = Path(__file__).resolve().parents[1] / "golden"
ROLES = {
    "Principal": "principal",
    "Principal, importer": "importer-broker",
    "Enforcer": "enforcer",
    "Line holder": "line-holder",
    "Finance controller": "finance-controller",
    "Recruiter, exploiter": "recruiter-exploiter",
    "Courier": "courier",
    "Stash keeper": "stash-keeper",
}


def on_record(name: str, found: str) -> None:
    """Compare with the file; set OCGDESK_GOLDEN=write to put a deliberate change on record."""
    path = FOLDER / name
    if os.environ.get("OCGDESK_GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def told(scene: Scene, layout: str, **more: object) -> str:
    """Return where everything stands, to the unit, and what the lines between say."""
    places = charts.lay_out(scene, layout, **more)  # type: ignore[arg-type]
    drawing = draw(Arrangement(scene=scene, places=places))
    labels = {item.id: item.label for item in scene.items}
    rows = [
        f"{round(node.at.x)},{round(node.at.y)} {labels[node.id]} "
        f"{node.look.name} {node.look.importance}"
        for node in drawing.nodes
    ]
    rows += [
        f"{labels[t.source]} {'→' if t.directed else '–'} {labels[t.target]}: "
        f"{t.label} {t.strength.value}{' ' + t.tone if t.tone else ''}"
        for t in scene.ties
    ]
    return "\n".join([f"hulls {len(drawing.hulls)}", *rows]) + "\n"


def the_scene() -> Scene:
    scene = tarnbrook().scene
    names = {id_of(name): ROLES.get(row[1], "") for name, row in ITEMS.items()}
    items = tuple(replace(item, role=names[item.id]) for item in scene.items)
    boxed = {box.id: box for box in scene.boxes}
    # The boxes drawn by hand hold more than members: only people, so that layouts see what they
    # see of a register.
    people = {item.id for item in items if item.kind.value == "nominal"}
    boxes = tuple(replace(box, members=box.members & people) for box in boxed.values())
    return replace(scene, items=items, boxes=boxes)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_draws_the_picture_on_record(layout: str) -> None:
    found = told(the_scene(), layout, focus=(id_of("Dean Arkwright"),))
    on_record(f"layout_{layout}.txt", found)


@pytest.fixture
def register(given):
    """A small region with ids of its own, so that each run draws the same."""

    def named(make, start: int, *names: str, **more):
        return given(*(make(name, id=UUID(int=start + n), **more) for n, name in enumerate(names)))

    ocgs = named(an_ocg, 100, "Tarnbrook", "Hollins Lane", "Castlefold", "Penrhos", "Teme Street")
    people = named(a_nominal, 200, *(f"Nominal {n}" for n in range(10)))
    lines = named(a_line, 300, "Marlow", "Tony", "Kestrel")
    handles = named(a_handle, 400, "fox", "owl", "elk", "hare")
    goods = given(
        Commodity(id=UUID(int=500), name="Heroin", commodity_type="heroin"),
        Commodity(id=UUID(int=501), name="Crack", commodity_type="crack-cocaine"),
    )
    towns = given(
        *(
            Location(id=UUID(int=600 + n), name=t, town=t)
            for n, t in enumerate(("Ludlow", "Leominster"))
        )
    )
    number = iter(range(1000, 2000))

    def link(one, two, **more):
        return a_link(one, two, id=UUID(int=next(number)), **more)

    given(
        *(
            a_membership(p, ocgs[n % 5], id=UUID(int=next(number)), strength="confirmed")
            for n, p in enumerate(people)
        ),
        a_membership(people[0], ocgs[1], id=UUID(int=next(number))),
        a_membership(people[6], ocgs[2], id=UUID(int=next(number))),
        link(ocgs[2], ocgs[3], type="rival"),
        link(ocgs[4], ocgs[0], type="supplies", directed=True),
        link(ocgs[0], lines[0], type="controls", directed=True),
        link(people[1], lines[1], type="holds-line", directed=True),
        link(ocgs[3], lines[2], type="controls", directed=True),
        *(link(lines[n], towns[n % 2], type="runs-to", directed=True) for n in range(3)),
        link(ocgs[0], goods[0], type="imports", directed=True),
        link(lines[0], goods[1], type="deals-in", directed=True),
        link(handles[0], handles[1], type="communicates"),
        link(handles[1], handles[2], type="communicates"),
        an_attribution(handles[0], people[3], id=UUID(int=next(number))),
        an_attribution(handles[3], people[3], id=UUID(int=next(number))),
    )


@pytest.mark.parametrize("code", [*(ready.code for ready in READY), "nominal-ocg-nominal"])
def test_each_overview_draws_the_picture_on_record(workspace, register, code: str) -> None:
    with workspace.reading() as reader:
        scene = overviews.scene(reader, OverviewQuery(what=code))
    on_record(f"overview_{code}.txt", told(scene, "force"))
