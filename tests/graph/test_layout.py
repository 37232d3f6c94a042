"""Layouts: repeatable, readable, and true to what was placed by hand."""

import random
import subprocess
import sys
import time

import numpy as np
import pytest
from graph.networks import clustered, gangs, networks, published, star
from hypothesis import given, settings
from hypothesis import strategies as st

from ocgdesk.errors import Refused
from ocgdesk.graph.boxes import MARGIN
from ocgdesk.graph.layout import LAYOUTS, arrange, force, grouped
from ocgdesk.graph.overlap import HEIGHT, WIDTH, crowded, separate
from ocgdesk.graph.placing import SPACING

NONE = np.zeros((0, 2), np.int64)
CODES = list(LAYOUTS)


def _lengths(places: np.ndarray, links: np.ndarray) -> np.ndarray:
    ends = places[links]
    return np.hypot(*(ends[:, 0] - ends[:, 1]).T)


def _apart(places: np.ndarray) -> bool:
    """Tell by comparing every pair whether none is in the other's way."""
    gaps = np.abs(places[:, None] - places[None, :])
    near = (gaps < (WIDTH, HEIGHT)).all(axis=2)
    return bool(near.sum() == len(places))


def _covered(places: np.ndarray, groups: list) -> int:
    """Count the items that lie in the box of a group they do not belong to."""
    count = 0
    for members in groups:
        low, high = places[members].min(axis=0) - MARGIN, places[members].max(axis=0) + MARGIN
        inside = ((places >= low) & (places <= high)).all(axis=1)
        count += int(inside.sum()) - len(set(members))
    return count


@pytest.mark.parametrize("code", CODES)
def test_nothing_needs_no_room(code: str):
    assert arrange(code, 0, NONE).shape == (0, 2)


@pytest.mark.parametrize("code", CODES)
def test_one_item_stands_in_the_middle(code: str):
    assert arrange(code, 1, NONE).tolist() == [[0.0, 0.0]]
    assert arrange(code, 1, np.array([[0, 0]])).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("code", CODES)
def test_the_same_input_gives_the_same_bytes(code: str):
    count, links, groups = gangs(6)
    first, again = (arrange(code, count, links, groups=groups, focus=(3,)) for _ in range(2))
    assert first.tobytes() == again.tobytes()


def test_another_run_of_the_program_gives_the_same_bytes():
    code = (
        "import numpy as np; from ocgdesk.graph.layout import force;"
        "links = np.random.default_rng(5).integers(0, 700, (1000, 2));"
        "print(hash(force(700, links).tobytes().hex()))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": "0"},
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_another_seed_may_give_another_picture_and_the_first_is_found_again():
    links = clustered(450, 780)
    first = force(450, links, seed=1)
    assert not np.array_equal(first, force(450, links, seed=2))
    assert np.array_equal(first, force(450, links, seed=1))


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(CODES), st.data())
def test_whatever_the_network_every_item_has_a_place_of_its_own(network, code, data):
    count = len(network)
    item = st.integers(0, max(count - 1, 0))
    groups = data.draw(st.lists(st.lists(item, max_size=5), max_size=3)) if count else []
    places = arrange(code, count, network.edges, groups=groups)
    assert np.isfinite(places).all()
    assert _apart(places)


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(CODES), st.data())
def test_fixed_items_keep_their_exact_place_and_the_rest_keeps_off(network, code, data):
    count = len(network)
    spot = st.tuples(st.floats(-900, 900), st.floats(-900, 900))
    fixed = data.draw(st.dictionaries(st.integers(0, count - 1), spot)) if count else {}
    places = arrange(code, count, network.edges, fixed=fixed, focus=(0,) if count else ())
    assert {item: tuple(places[item].tolist()) for item in fixed} == fixed
    still = np.isin(np.arange(count), list(fixed))
    one, two = crowded(places)
    assert (still[one] & still[two]).all()


@pytest.mark.parametrize("name", ["caviar", "london_gang", "siren", "drugnet"])
def test_links_of_published_networks_are_about_as_long_as_wanted(name: str):
    network = published(name)
    places = force(len(network), network.edges)
    assert SPACING * 0.8 < np.median(_lengths(places, network.edges)) < SPACING * 2.5
    assert _apart(places)


def test_what_is_linked_stands_nearer_than_what_is_not():
    links = clustered(200, 420)
    places = force(200, links)
    rng = np.random.default_rng(1)
    strangers = rng.integers(0, 200, (2000, 2))
    assert np.median(_lengths(places, links)) < 0.4 * np.median(_lengths(places, strangers))


def test_parts_that_do_not_hang_together_stand_side_by_side():
    links = np.concatenate((star(12), star(9) + 13, star(5) + 23))
    places = force(29, links)
    boxes = [(places[a:b].min(axis=0), places[a:b].max(axis=0)) for a, b in ((0, 13), (13, 23))]
    (low, high), (other_low, other_high) = boxes
    assert (low > other_high).any() or (other_low > high).any()


def test_parallel_links_and_loops_change_nothing():
    count, links, _groups = gangs(3)
    doubled = np.concatenate((links, links[::-1, ::-1], [[4, 4]]))
    assert np.array_equal(force(count, links), force(count, doubled))


def test_a_star_of_two_thousand_is_a_disc_and_not_a_ring_miles_wide():
    places = force(2001, star(2000))
    assert np.ptp(places, axis=0).max() < 12_000
    assert not crowded(places)[0].size


def test_no_box_covers_what_is_not_its_own():
    count, links, groups = gangs(8)
    apart = [members[:9] for members in groups]
    assert _covered(force(count, links, groups=apart), apart) == 0


def test_members_of_a_group_stand_together_though_nothing_links_them():
    group = list(range(0, 40, 4))
    chain = np.stack((np.arange(39), np.arange(1, 40)), axis=1)
    spread = [np.ptp(force(40, chain, groups=g)[group], axis=0).max() for g in ((), [group])]
    assert spread[1] < spread[0] / 1.5


def test_a_member_of_two_groups_stands_between_them():
    red, blue = list(range(8)), list(range(8, 16))
    links = np.concatenate((star(7), star(7) + 8, [[0, 16], [8, 16]]))
    places = force(17, links, groups=[[*red, 16], [*blue, 16]])
    across = places[blue].mean(axis=0) - places[red].mean(axis=0)
    share = (places[16] - places[red].mean(axis=0)) @ across / (across @ across)
    assert 0.2 < share < 0.8


def test_grouped_sets_members_out_in_rows_in_the_order_given():
    group = [5, 3, 1, 4, 2]
    places = grouped(6, star(5), groups=[group])[group]
    assert len(set(np.round(places[:3, 1], 6))) == 1
    assert (np.diff(places[:3, 0]) > 0).all()
    assert (places[3:, 1] > places[0, 1]).all()


def test_grouped_keeps_outsiders_out_of_boxes():
    count, links, groups = gangs(8)
    apart = [members[:9] for members in groups]
    assert _covered(grouped(count, links, groups=apart), apart) == 0


def test_what_is_added_finds_a_place_near_its_neighbour():
    links = clustered(60, 110)
    before = force(60, links)
    more = np.concatenate((links, [[7, 60], [7, 61], [61, 62]]))
    after = force(63, more, fixed={item: tuple(spot) for item, spot in enumerate(before)})
    assert np.array_equal(after[:60], before)
    assert (_lengths(after, np.array([[7, 60], [7, 61]])) < 6 * SPACING).all()
    assert not crowded(after[60:])[0].size


def test_a_new_part_is_set_below_what_was_placed():
    fixed = {0: (0.0, 0.0), 1: (300.0, 500.0)}
    places = force(4, np.array([[0, 1], [2, 3]]), fixed=fixed)
    assert (places[2:, 1] > 500.0 + HEIGHT).all()


def test_a_tree_shows_the_hops_from_the_focus_as_levels():
    links = np.array([[0, 1], [0, 2], [1, 3], [3, 4]])
    down = arrange("hierarchy", 5, links, focus=(0,))[:, 1]
    levels = np.unique(np.round(down, 6), return_inverse=True)[1]
    assert levels.tolist() == [0, 1, 1, 2, 3]


def test_rings_show_the_hops_from_the_focus_as_distance():
    links = np.concatenate((star(30), [[1, 31], [2, 32], [31, 33]]))
    places = arrange("radial", 34, links, focus=(0,))
    away = np.hypot(*(places - places[0]).T)
    assert away[1:31].max() < away[31:33].min()
    assert away[31:33].max() < away[33]


def test_members_of_a_group_are_next_to_each_other_on_the_circle():
    chain = np.stack((np.arange(19), np.arange(1, 20)), axis=1)
    places = arrange("circular", 20, chain, groups=[[2, 9, 16]])
    others = np.delete(np.arange(20), [2, 9, 16])
    apart = _lengths(places, np.array([[2, 9], [9, 16]])).max()
    assert apart < _lengths(places, np.stack((np.full(17, 9), others), axis=1)).min()


def test_an_unknown_layout_is_refused_with_those_there_are():
    with pytest.raises(Refused, match="no layout “spiral”; there are force, ocg"):
        arrange("spiral", 3, NONE)


@pytest.mark.parametrize(
    "mistake",
    [
        {"edges": np.array([[0, 3]])},
        {"edges": np.array([[-1, 0]])},
        {"edges": NONE, "groups": [[7]]},
        {"edges": NONE, "fixed": {5: (0.0, 0.0)}},
        {"edges": NONE, "fixed": {0: (float("nan"), 0.0)}},
    ],
)
def test_input_that_names_no_item_or_no_place_is_a_mistake_of_the_caller(mistake: dict):
    with pytest.raises(ValueError, match=r"position|place"):
        force(3, **mistake)


def test_python_keeps_its_own_random_numbers():
    random.seed(4)
    before = random.getstate()
    force(700, clustered(700, 1200))
    assert random.getstate() == before


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-300, 300), st.integers(-300, 300)), max_size=40), st.data())
def test_separating_always_ends_with_nothing_in_the_way(spots, data):
    places = np.array(spots, np.float64).reshape(-1, 2)
    still = np.array(data.draw(st.lists(st.booleans(), min_size=len(spots), max_size=len(spots))))
    parted = separate(places, still.astype(np.bool_))
    assert np.array_equal(parted[still.astype(np.bool_)], places[still.astype(np.bool_)])
    one, two = crowded(parted)
    assert still[one].all()
    assert still[two].all()


def test_a_pile_on_one_spot_is_spread_out():
    assert _apart(separate(np.zeros((300, 2))))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-999, 999), st.floats(-999, 999)), max_size=30))
def test_crowded_finds_each_pair_once_and_misses_none(spots):
    places = np.array(spots, np.float64).reshape(-1, 2)
    gaps = np.abs(places[:, None] - places[None, :])
    near = np.triu((gaps < (WIDTH, HEIGHT)).all(axis=2), 1)
    pairs = list(zip(*(one.tolist() for one in crowded(places)), strict=True))
    assert sorted(pairs) == list(zip(*(one.tolist() for one in np.nonzero(near)), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "links", "seconds"), [(500, 900, 0.9), (5_000, 9_000, 4.5), (20_000, 36_000, 15.0)]
)
def test_layouts_stay_within_their_time(count: int, links: int, seconds: float):
    ends = clustered(count, links)
    force(5, star(4))
    started = time.perf_counter()
    places = force(count, ends)
    assert time.perf_counter() - started < seconds
    assert not crowded(places)[0].size
