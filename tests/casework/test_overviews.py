"""Overviews: what joins what, what each line is made of, and what is left out."""

from datetime import UTC, date, datetime

import pytest
from makers import (
    a_chart,
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    an_attribution,
    an_ocg,
)

from ocgdesk.casework import charts, overviews, records, restricting
from ocgdesk.casework.moments import Moment
from ocgdesk.casework.overviews import OverviewQuery
from ocgdesk.domain.charts import Point
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity, Location
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.errors import Refused


@pytest.fixture
def draw(workspace):
    def scene(what="ocg-ocg", **more):
        with workspace.reading() as reader:
            return overviews.scene(reader, OverviewQuery(what=what, **more))

    return scene


@pytest.fixture
def two_ocgs(given):
    """Red and Blue share Sam and, through other members, a phone."""
    red, blue = given(an_ocg("Red"), an_ocg("Blue"))
    sam, ann, bob = given(*(a_nominal(name) for name in ("Sam", "Ann", "Bob")))
    (phone,) = given(a_phone())
    given(
        a_membership(sam, red, strength="confirmed"),
        a_membership(sam, blue, strength="tentative"),
        a_membership(ann, red),
        a_membership(bob, blue),
        a_link(ann, phone, type="uses"),
        a_link(bob, phone, type="uses"),
    )
    return red, blue, sam, phone


def said(scene) -> set[tuple[str, str, str]]:
    labels = {item.id: item.label for item in scene.items}
    return {(labels[tie.source], tie.label, labels[tie.target]) for tie in scene.ties}


def test_ocgs_are_joined_by_what_they_share_and_the_line_says_what(draw, two_ocgs) -> None:
    red, blue, sam, phone = two_ocgs
    (tie,) = draw().ties
    assert {tie.source, tie.target} == {red.id, blue.id}
    assert tie.label == "1 nominal, 1 phone"
    assert tie.count == 2
    assert set(tie.beneath) == {sam.id, phone.id}


def test_a_shared_member_is_as_sure_as_the_weaker_membership(draw, given) -> None:
    red, blue = given(an_ocg("Red"), an_ocg("Blue"))
    (sam,) = given(a_nominal("Sam"))
    given(
        a_membership(sam, red, strength="confirmed"),
        a_membership(sam, blue, strength="tentative"),
    )
    (tie,) = draw().ties
    assert tie.strength is Strength.TENTATIVE


def test_a_feud_and_a_supply_are_lines_of_their_own_and_the_feud_stands_out(draw, given) -> None:
    red, blue = given(an_ocg("Red"), an_ocg("Blue"))
    given(a_link(red, blue, type="rival"), a_link(red, blue, type="supplies", directed=True))
    ties = {tie.type: tie for tie in draw().ties}
    assert ties["rival"].tone == "overdue"
    assert ties["supplies"].directed
    assert not ties["supplies"].tone


def test_ocgs_with_nothing_in_common_are_left_out_and_counted(draw, two_ocgs, given) -> None:
    given(an_ocg("Alone"), an_ocg("Alone too"))
    scene = draw()
    assert {item.label for item in scene.items} == {"Red", "Blue"}
    assert scene.cut == "2 OCGs with nothing of this are left out."


def test_a_record_held_too_widely_joins_nobody_and_is_counted(draw, given) -> None:
    ocgs = given(*(an_ocg(f"OCG {n}") for n in range(4)))
    (sam,) = given(a_nominal("Sam"))
    given(*(a_membership(sam, ocg) for ocg in ocgs))
    assert len(draw().ties) == 6
    scene = draw(widest=3)
    assert not scene.ties
    assert "1 record linked to more than 3 was left out." in scene.cut


def test_a_record_on_the_stop_list_joins_nobody_and_is_counted(draw, two_ocgs) -> None:
    _red, _blue, sam, _phone = two_ocgs
    scene = draw(stop=(sam.id,))
    assert [tie.label for tie in scene.ties] == ["1 phone"]
    assert "1 record on the stop list was left out." in scene.cut


def test_a_prison_joins_no_ocgs(draw, given) -> None:
    red, blue = given(an_ocg("Red"), an_ocg("Blue"))
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    (prison,) = given(Location(name="HMP Example", location_type="prison"))
    given(a_membership(ann, red), a_membership(bob, blue))
    given(a_link(ann, prison, type="uses"), a_link(bob, prison, type="uses"))
    assert not draw().ties


def test_lines_run_from_their_ocg_to_their_towns(draw, given) -> None:
    (ocg,), (line,) = given(an_ocg("Red")), given(a_line("Kestrel"))
    town, house = given(
        Location(name="Ludlow", town="Ludlow"), Location(name="14 Bridge Court", town="Ludlow")
    )
    given(
        a_link(ocg, line, type="controls", directed=True),
        a_link(line, town, type="runs-to", directed=True),
        a_link(line, house, type="cuckooed-at", directed=True),
    )
    assert said(draw("ocg-line")) == {
        ("Red", "Controls", line.label),
        (line.label, "Runs to", town.label),
    }


def test_a_line_held_by_a_member_is_the_ocgs_where_no_link_says_so(draw, given) -> None:
    (ocg,), (line,), (holder,) = given(an_ocg("Red")), given(a_line()), given(a_nominal("Kyle"))
    given(a_membership(holder, ocg), a_link(holder, line, type="holds-line", directed=True))
    (tie,) = draw("ocg-line").ties
    assert (tie.label, tie.beneath) == ("1 nominal", (holder.id,))
    given(a_link(ocg, line, type="controls", directed=True))
    (tie,) = draw("ocg-line").ties
    assert (tie.label, tie.beneath) == ("Controls", ())


def test_commodities_are_reached_by_dealing_and_through_lines(draw, given) -> None:
    (ocg,), (line,) = given(an_ocg("Red")), given(a_line())
    heroin, crack = given(
        Commodity(name="Heroin", commodity_type="heroin"),
        Commodity(name="Crack", commodity_type="crack-cocaine"),
    )
    given(
        a_link(ocg, line, type="controls"),
        a_link(ocg, heroin, type="imports", directed=True),
        a_link(line, heroin, type="deals-in", directed=True),
        a_link(line, crack, type="deals-in", directed=True),
    )
    assert said(draw("ocg-commodity")) == {
        ("Red", "Imports", "Heroin"),
        ("Red", "1 county line", "Crack"),
    }


def test_handles_are_joined_by_contact_and_by_a_user_in_common(draw, given) -> None:
    one, two, three = given(a_handle("fox"), a_handle("owl"), a_handle("elk"))
    (sam,) = given(a_nominal("Sam"))
    given(a_link(one, two, type="communicates"))
    given(an_attribution(one, sam), an_attribution(three, sam))
    found = {(frozenset((a, b)), label) for a, label, b in said(draw("handle-handle"))}
    assert found == {
        (frozenset(("fox", "owl")), "In contact with"),
        (frozenset(("fox", "elk")), "1 nominal"),
    }


def test_any_two_kinds_are_joined_through_a_third(draw, two_ocgs) -> None:
    scene = draw("nominal-phone-nominal")
    assert {item.label for item in scene.items} == {"Ann", "Bob"}
    assert [tie.label for tie in scene.ties] == ["1 phone"]
    mixed = draw("ocg-nominal-phone")
    assert {item.kind for item in mixed.items} == {Kind.OCG, Kind.PHONE}
    assert len(mixed.ties) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ocg-line", "ocg-county-line"),
        ("OCG-OCG", "ocg-ocg"),
        ("nominal-county-line-location", "nominal-county-line-location"),
    ],
)
def test_an_overview_is_read_as_typed(text: str, code: str) -> None:
    assert overviews.parse(text).code == code


@pytest.mark.parametrize("text", ["", "ocg", "ocg-horse", "ocg-ocg-ocg-ocg", "report-report"])
def test_an_unknown_overview_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(Refused, match=r"There is no overview .* ocg-ocg, ocg-line"):
        overviews.parse(text)


def test_a_limit_of_one_is_refused(draw) -> None:
    with pytest.raises(Refused, match="at least two"):
        draw(widest=1)


def test_only_what_held_on_the_day_counts(draw, given) -> None:
    red, blue = given(an_ocg("Red"), an_ocg("Blue"))
    when = {"start": PartialDate.parse("2024"), "end": PartialDate.parse("2025")}
    given(a_link(red, blue, type="rival", **when))
    assert len(draw(moment=Moment(on=date(2024, 6, 1))).ties) == 1
    assert not draw(moment=Moment(on=date(2026, 6, 1))).ties


def test_as_at_draws_what_was_recorded_then_with_the_names_of_then(
    draw, workspace, two_ocgs
) -> None:
    red, _blue, sam, _phone = two_ocgs
    then = datetime.now(UTC)
    with workspace.work("Rename") as done:
        records.edit(done.work, id_=red.id, values={"name": "Scarlet"})
        records.remove(done.work, [sam.id])
    assert {item.label for item in draw().items} == {"Scarlet", "Blue"}
    assert [tie.label for tie in draw().ties] == ["1 phone"]
    past = draw(moment=Moment(as_at=then))
    assert {item.label for item in past.items} == {"Red", "Blue"}
    assert [tie.label for tie in past.ties] == ["1 nominal, 1 phone"]


def test_who_may_not_see_a_record_sees_no_line_through_it(
    workspace, two_ocgs, opened_by, another_user
) -> None:
    _red, _blue, sam, _phone = two_ocgs
    with workspace.work("Restrict") as done:
        restricting.restrict(done.work, sam.id, (workspace.user.id,), reason="Protected")
    other = opened_by(another_user)
    with other.reading() as reader:
        scene = overviews.scene(reader, OverviewQuery(what="ocg-ocg"))
    assert [tie.label for tie in scene.ties] == ["1 phone"]


def test_an_overview_of_too_many_keeps_those_with_most_in_common_and_says_so(draw, given) -> None:
    hub, *others = given(*(an_ocg(f"OCG {n}") for n in range(6)))
    given(*(a_link(hub, other, type="alliance") for other in others))
    scene = draw(most=3)
    assert len(scene.items) == 3
    assert hub.id in {item.id for item in scene.items}
    assert "3 more have something in common; the 3 with most are drawn." in scene.cut


def test_the_same_register_gives_the_same_lines_with_the_same_ids(draw, two_ocgs) -> None:
    assert draw() == draw()


def test_a_kept_overview_shows_what_is_new_and_keeps_what_was_placed(
    workspace, two_ocgs, given
) -> None:
    red, blue, *_rest = two_ocgs
    with workspace.work("Save chart") as done:
        chart = charts.save(
            done.work,
            a_chart("OCGs", overview="ocg-ocg"),
            {red.id: Point(0.0, 0.0), blue.id: Point(300.0, 0.0)},
        )
    (green,) = given(an_ocg("Green"))
    given(a_link(green, red, type="alliance"))
    with workspace.reading() as reader:
        _chart, arrangement = charts.open_chart(reader, chart.id)
    assert {item.label for item in arrangement.scene.items} == {"Red", "Blue", "Green"}
    places = charts.lay_out(arrangement.scene, "force", fixed=arrangement.places)
    assert places[red.id] == Point(0.0, 0.0)
    assert places[blue.id] == Point(300.0, 0.0)
    assert green.id in places


def test_a_chart_of_more_than_twenty_thousand_items_is_offered_as_an_overview(workspace) -> None:
    with (
        workspace.reading() as reader,
        pytest.raises(Refused, match="too many to read: show the overview or narrow to 2 hops"),
    ):
        charts.scene(reader, charts.ChartQuery(focus=(an_ocg().id,), most=20_001))
