"""Groups found beside groups on record, on small worlds drawn by hand."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.graph import comparing
from ocgdesk.graph.comparing import compare, people_ties
from ocgdesk.graph.network import LinkRow, Network

A, B = 101, 102


def _all_linked(*members: int) -> list[tuple[int, int]]:
    return list(combinations(members, 2))


def _compare(groups, members, ties, unlisted=()):
    count = len(groups)
    hidden = np.zeros(count, np.bool_)
    hidden[list(unlisted)] = True
    return compare(
        np.array(groups, np.int64),
        members,
        np.array(ties, np.int64).reshape(-1, 2),
        people=np.ones(count, np.bool_),
        unlisted=hidden,
    )


def test_a_member_who_sits_with_another_group_is_named_with_the_ties_both_ways():
    ties = [*_all_linked(0, 1, 2), *_all_linked(3, 4, 5, 6), (0, 3)]
    found = _compare([0, 0, 0, 1, 1, 1, 1], {A: [0, 1, 2, 3], B: [4, 5, 6]}, ties)
    (only,) = found.elsewhere
    assert (only.person, only.ocg, only.near) == (3, A, B)
    assert (only.ties_home, only.ties_there) == (1, 3)
    assert (only.home, only.sits) == (0, 1)


def test_somebody_at_home_in_one_of_their_groups_is_nowhere_else():
    found = _compare([0, 0, 0, 1, 1, 1], {A: [0, 1, 2, 3], B: [3, 4, 5]}, [])
    assert found.elsewhere == ()


def test_a_group_scattered_over_all_others_makes_nobody_sit_elsewhere():
    found = _compare([0, 0, 1, 1, 2, 2], {A: [0, 2, 4], B: [1, 3, 5]}, [])
    assert found.elsewhere == ()


def test_somebody_in_no_group_is_named_beside_the_group_they_are_tied_to_most():
    ties = [*_all_linked(0, 1, 2), (3, 0), (3, 1), (4, 0)]
    found = _compare([0, 0, 0, 0, 0, 0], {A: [0, 1, 2]}, ties)
    assert [(one.person, one.near, one.ties) for one in found.unmapped] == [(3, A, 2), (4, A, 1)]


def test_who_is_never_to_be_listed_counts_and_is_in_no_list():
    ties = [*_all_linked(0, 1, 2), *_all_linked(3, 4, 5, 6), (0, 3), (7, 4)]
    groups = [0, 0, 0, 1, 1, 1, 1, 1]
    members = {A: [0, 1, 2, 3], B: [4, 5, 6]}
    assert len(_compare(groups, members, ties).unmapped) == 1
    found = _compare(groups, members, ties, unlisted=[3, 7])
    assert found.elsewhere == found.unmapped == ()


def test_two_groups_as_dense_between_as_within_look_like_one():
    ties = _all_linked(0, 1, 2, 3, 4, 5)
    (pair,) = _compare([0] * 6, {A: [0, 1, 2], B: [3, 4, 5]}, ties).alike
    assert (pair.one, pair.other, pair.ties, pair.shared, pair.nearness) == (A, B, 9, 0, 1.0)


def test_two_groups_with_one_tie_between_them_do_not():
    ties = [*_all_linked(0, 1, 2), *_all_linked(3, 4, 5), (0, 3)]
    assert _compare([0] * 6, {A: [0, 1, 2], B: [3, 4, 5]}, ties).alike == ()


def test_a_group_whose_members_sit_in_two_looks_like_two():
    ties = [*_all_linked(0, 1, 2, 3), *_all_linked(4, 5, 6), (0, 4)]
    (one,) = _compare([0, 0, 0, 0, 1, 1, 1], {A: range(7)}, ties).parted
    assert (one.ocg, one.here, one.there, one.ties) == (A, (0, 1, 2, 3), (4, 5, 6), 1)


def test_two_members_astray_are_no_second_half():
    assert _compare([0, 0, 0, 0, 1, 1], {A: range(6)}, []).parted == ()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=20))
def test_agreement_is_how_often_pairs_are_told_alike_less_chance(rows):
    members: dict[int, list[int]] = {}
    for person, (ocg, _group) in enumerate(rows):
        members.setdefault(ocg, []).append(person)
    found = _compare([group for _ocg, group in rows], members, [])
    pairs = list(combinations(rows, 2))
    both = sum(a == b for a, b in pairs)
    record, group = (sum(a[at] == b[at] for a, b in pairs) for at in (0, 1))
    chance = record * group / len(pairs)
    assert found.compared == len(rows)
    if (record + group) / 2 == chance:
        assert found.agreement is None
    else:
        assert found.agreement == pytest.approx((both - chance) / ((record + group) / 2 - chance))


# ---- Ties between people -------------------------------------------------------------------------


def test_people_are_tied_by_links_and_by_things_few_others_share(monkeypatch):
    monkeypatch.setattr(comparing, "FAN_OUT", 3)
    nodes = [(no, "nominal") for no in range(1, 8)]
    things = [(20, "phone"), (30, "location")]
    rows = [(1, 2), (2, 1), (1, 20), (3, 20), (20, 20), *((no, 30) for no in range(4, 8))]
    links = [LinkRow(at, a, b) for at, (a, b) in enumerate(rows, 100)]
    network = Network.of([*nodes, *things], links)
    people = network.nodes < 20
    assert people_ties(network, people).tolist() == [[0, 1], [0, 2]]


def test_nobody_has_no_ties():
    assert people_ties(Network.of(), np.zeros(0, np.bool_)).shape == (0, 2)
