"""Charts for other programs: what is drawn leaves with its fields as at the chart's own instant."""

import pytest
from makers import a_link, a_nominal

from ocgdesk.casework import chart_files, chart_opening, chart_versions, charts
from ocgdesk.domain.charts import Chart, Cover, Point
from ocgdesk.exchange.nets.values import Net


@pytest.fixture
def kept(workspace, given, put):
    """A chart of two people whose fields and link were changed after it was frozen."""
    ann, bob = given(a_nominal("Ann", gender="female"), a_nominal("Bob"))
    (link,) = given(a_link(ann, bob, note="Seen together"))
    places = {ann.id: Point(0.0, 0.0), bob.id: Point(200.0, 0.0)}
    with workspace.work("Save") as done:
        chart = charts.save(done.work, Chart(title="Pair"), places)
    with workspace.work("Freeze") as done:
        chart_versions.freeze(done.work, chart.id)
    put(ann, gender="male")
    put(link, note="Never met")
    return chart


def net(workspace, chart: Chart, *, told: bool = True, now: bool = False) -> Net:
    with workspace.reading() as reader:
        opened = chart_opening.open_chart(reader, chart.id)
        seq = None if now else opened.seq
        cover = Cover(title=chart.title)
        return chart_files.net_of(reader, opened.arrangement, cover, seq=seq, told=told)


def genders(found: Net) -> dict[str, str | None]:
    return {node.label: node.attributes.get("Gender") for node in found.nodes}


def test_a_frozen_chart_leaves_with_the_fields_and_links_of_its_instant(workspace, kept):
    then, now = net(workspace, kept), net(workspace, kept, now=True)
    assert (genders(then)["Ann"], genders(now)["Ann"]) == ("Female", "Male")
    assert [edge.note for edge in then.edges] == ["Seen together"]
    assert [edge.note for edge in now.edges] == ["Never met"]
    assert {node.id for node in then.nodes} == {node.id for node in now.nodes}  # references


def test_a_comparison_leaves_without_fields_of_either_side(workspace, kept):
    found = net(workspace, kept, told=False)
    assert genders(found) == {"Ann": None, "Bob": None}
