"""Layouts that know what an OCG is: tiers, handles beside holders, lines, towns, commodities."""

from itertools import pairwise
from uuid import uuid4

import numpy as np
import pytest
from graph.networks import clustered, gangs
from hypothesis import given, settings
from hypothesis import strategies as st

from ocgdesk.domain.charts import Importance, Item
from ocgdesk.domain.kinds import Kind
from ocgdesk.graph.layout import arrange
from ocgdesk.graph.overlap import crowded
from ocgdesk.graph.placing import SPACING
from ocgdesk.graph.standing import Standing, Zone, standings
from ocgdesk.graph.tiers import spread

PRINCIPAL, HOLDER, COURIER = Standing(Zone.MEMBER, 0, 1), Standing(Zone.MEMBER, 1, 3), Standing()
HANDLE, LINE, TOWN = Standing(Zone.BESIDE), Standing(Zone.LINE), Standing(Zone.PLACE)
GOODS, EXPLOITED, PHONE = Standing(Zone.GOODS), Standing(Zone.APART), Standing(Zone.BELOW)

CAST = [PRINCIPAL, PRINCIPAL, HOLDER, COURIER, COURIER, HANDLE, LINE, TOWN, GOODS, EXPLOITED, PHONE]
LINKS = np.array(
    [(0, 1), (0, 2), (2, 3), (3, 4), (5, 1), (2, 6), (6, 7), (6, 8), (9, 6), (4, 10)], np.int64
)
BOX = [[0, 1, 2, 3, 4]]


def lay(code: str = "ocg", **more) -> np.ndarray:
    return arrange(code, len(CAST), LINKS, groups=BOX, standings=CAST, **more)


def test_principals_stand_on_top_then_significant_then_peripheral_members() -> None:
    down = lay()[:, 1]
    assert down[0] == down[1] < down[2] < down[3]


def test_a_handle_stands_beside_its_holder() -> None:
    places = lay()
    assert places[5, 1] == places[1, 1]
    assert abs(places[5, 0] - places[1, 0]) == pytest.approx(SPACING)


def test_lines_hang_below_the_box_and_towns_lowest() -> None:
    down = lay()[:, 1]
    assert down[:5].max() < down[6] < down[7]
    assert down[7] == down.max()


def test_commodities_stand_at_the_right_of_what_hangs_below() -> None:
    places = lay()
    assert places[8, 0] > places[[6, 7, 9, 10], 0].max()


def test_a_person_recorded_as_exploited_stands_outside_the_box() -> None:
    places = lay()
    assert places[9, 1] > places[:5, 1].max()


def test_by_role_gives_each_rank_a_row_at_one_height_in_all_ocgs() -> None:
    ranks = [1, 2, 3, 4, 5, 6, 1, 3, 5]
    cast = [Standing(Zone.MEMBER, 1, rank) for rank in ranks]
    links = np.array([(0, n) for n in range(1, 6)] + [(6, 7), (6, 8)], np.int64)
    down = arrange("roles", 9, links, groups=[[0, 1, 2, 3, 4, 5], [6, 7, 8]], standings=cast)[:, 1]
    assert np.all(np.diff(down[:6]) > 0)
    assert (down[6], down[7], down[8]) == (down[0], down[2], down[4])


def test_a_member_of_two_ocgs_stands_between_them() -> None:
    groups = [[0, 1, 2, 3], [3, 4, 5, 6]]
    links = np.array([(0, 1), (1, 2), (4, 5), (5, 6)], np.int64)
    across = arrange("ocg", 7, links, groups=groups, standings=[COURIER] * 7)[:, 0]
    low, high = sorted((across[[0, 1, 2]], across[[4, 5, 6]]), key=np.mean)
    assert low.max() < across[3] < high.min()


@pytest.mark.parametrize("code", ["ocg", "roles"])
def test_what_is_pinned_stays_and_the_rest_is_drawn_round_it(code: str) -> None:
    places = lay(code, fixed={2: (1000.0, 500.0)}, afresh=True)
    assert tuple(places[2]) == (1000.0, 500.0)
    fresh = lay(code)
    assert np.allclose(places - places[2], fresh - fresh[2])


@pytest.mark.parametrize("code", ["ocg", "roles", "circular", "grouped", "hierarchy", "radial"])
def test_what_is_new_finds_a_place_near_its_neighbour_and_nothing_moves(code: str) -> None:
    placed = {item: tuple(spot) for item, spot in enumerate(lay(code).tolist()) if item != 10}
    places = lay(code, fixed=placed)
    assert {item: tuple(places[item].tolist()) for item in placed} == placed
    assert np.hypot(*(places[10] - places[4])) < 5 * SPACING
    assert not crowded(places)[0].size


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_the_cast_no_two_items_are_in_each_others_way(data) -> None:
    count = data.draw(st.integers(0, 25))
    item = st.integers(0, max(count - 1, 0))
    some = st.lists(st.tuples(item, item), max_size=40 if count else 0)
    links = np.array(data.draw(some), np.int64).reshape(-1, 2)
    groups = data.draw(st.lists(st.lists(item, max_size=8), max_size=4)) if count else []
    one = st.builds(Standing, st.sampled_from(Zone), st.integers(0, 2), st.integers(1, 9))
    cast = data.draw(st.lists(one, min_size=count, max_size=count))
    for code in ("ocg", "roles"):
        places = arrange(code, count, links, groups=groups, standings=cast)
        again = arrange(code, count, links, groups=groups, standings=cast)
        assert np.isfinite(places).all()
        assert places.tobytes() == again.tobytes()
        assert not crowded(places)[0].size


@given(st.lists(st.integers(-500, 500)).map(sorted))
def test_spreading_keeps_the_order_and_the_gap_and_moves_no_more_than_it_must(wanted) -> None:
    found = spread(wanted, 50.0)
    assert len(found) == len(wanted)
    assert all(b - a >= 50 - 1e-6 for a, b in pairwise(found))
    if wanted and all(b - a >= 50 for a, b in pairwise(wanted)):
        assert found == pytest.approx(wanted)


def test_standings_follow_kind_role_and_importance() -> None:
    def item(kind: Kind, **more) -> Item:
        return Item(id=uuid4(), kind=kind, label="x", **more)

    found = standings(
        [
            item(Kind.NOMINAL, role="principal", importance=Importance.PRINCIPAL),
            item(Kind.NOMINAL, role="courier", importance=Importance.PERIPHERAL),
            item(Kind.NOMINAL, role="courier", importance=Importance.PRINCIPAL),
            item(Kind.NOMINAL, exploited=True, role="exploited-person"),
            item(Kind.COUNTY_LINE),
            item(Kind.COMMODITY),
            item(Kind.VEHICLE),
        ]
    )
    assert found[0] == Standing(Zone.MEMBER, 0, 1)
    assert found[1] == Standing(Zone.MEMBER, 2, 5)
    assert found[2].band == 2  # drawn round: large, but where the role belongs
    assert [one.zone for one in found[3:]] == [Zone.APART, Zone.LINE, Zone.GOODS, Zone.BELOW]


def test_five_hundred_items_of_many_ocgs_are_set_out_at_once() -> None:
    count, links, groups = gangs(40, 12)
    places = arrange("ocg", count, links, groups=groups, standings=[COURIER] * count)
    assert not crowded(places)[0].size
    wide, tall = np.ptp(places, axis=0)
    assert 0.5 < wide / tall < 4


def test_a_chart_of_thousands_without_any_ocg_is_set_out_too() -> None:
    places = arrange("ocg", 3000, clustered(3000, 5200), standings=[COURIER] * 3000)
    assert not crowded(places)[0].size


def test_rows_are_broader_for_a_paper_that_lies() -> None:
    links = np.array([(0, n) for n in range(1, 40)], np.int64)
    cast = [PRINCIPAL, *[COURIER] * 39]

    def shape(broad: float) -> float:
        places = arrange("ocg", 40, links, groups=[list(range(40))], standings=cast, broad=broad)
        across, down = np.ptp(places, axis=0)
        assert not len(crowded(places)[0])
        return float(across / down)

    assert shape(1.8) > 2 * shape(1.0)
