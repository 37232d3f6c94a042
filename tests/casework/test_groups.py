"""Groups in the register beside its OCGs: who is in the wrong one, who in none."""

import pickle
from datetime import date
from itertools import combinations

import pytest
from makers import a_link, a_membership, a_nominal, a_report, an_ocg

from ocgdesk.casework import groups
from ocgdesk.casework.groups import Question
from ocgdesk.casework.network_evidence import Doubt, Without
from ocgdesk.domain.entities import Commodity
from ocgdesk.graph.communities import Method

TODAY = date(2026, 11, 21)


@pytest.fixture
def town(given):
    """Two firms of four; Dee is recorded in the first and sits with the second; Zed is in none."""
    first = given(*(a_nominal(name) for name in ("Ann", "Bob", "Cat", "Cas")))
    second = given(*(a_nominal(name) for name in ("Eve", "Fay", "Gus", "Hal")))
    dee, zed, val = given(a_nominal("Dee"), a_nominal("Zed"), a_nominal("Val", exploited=True))
    one, two = given(an_ocg("First"), an_ocg("Second"))
    pairs = [*combinations(first, 2), *combinations((*second, dee), 2), (dee, first[0])]
    given(
        *(a_link(a, b) for a, b in pairs),
        *(a_link(zed, person) for person in second[:2]),
        *(a_link(val, person) for person in second[:3]),
        *(a_membership(person, one) for person in (*first, dee)),
        *(a_membership(person, two) for person in second),
        a_membership(val, two, role="exploited-person"),
    )
    return {"first": first, "second": second, "dee": dee, "zed": zed, "one": one, "two": two}


@pytest.fixture
def find(workspace):
    def run(**more):
        with workspace.reading() as reader:
            found = groups.in_numbers(groups.find(reader, Question(**more)))
            return found, groups.named(reader, found)

    return run


def _labels(nos, known) -> set[str]:
    return {known[no].label for no in nos}


@pytest.mark.parametrize("method", [Method.LEIDEN, Method.LOUVAIN])
def test_groups_are_found_and_laid_beside_the_record(find, town, method):
    found, known = find(method=method)
    second, first = found.groups
    assert _labels(first.items, known) == {"Ann", "Bob", "Cat", "Cas"}
    assert _labels(second.items, known) == {"Eve", "Fay", "Gus", "Hal", "Dee", "Zed"}
    assert [(known[ocg].label, n) for ocg, n in second.ocgs] == [("Second", 4), ("First", 1)]
    (away,) = found.comparison.elsewhere
    assert (known[away.person].label, known[away.ocg].label) == ("Dee", "First")
    assert (known[away.near].label, away.ties_home, away.ties_there) == ("Second", 1, 4)
    (alone,) = found.comparison.unmapped
    assert (known[alone.person].label, known[alone.near].label, alone.ties) == ("Zed", "Second", 2)


def test_exploited_people_are_counted_and_in_no_list(find, town):
    found, known = find()
    assert [one.safeguarded for one in found.groups] == [1, 0]
    assert "Val" not in {brief.label for brief in known.values()}
    assert found.notes == ("People recorded as exploited or under 18 are counted, and not listed.",)


def test_the_record_and_what_everybody_deals_in_do_not_make_the_groups(find, town, given):
    drug = given(Commodity(name="Cocaine"))[0]
    given(*(a_link(p, drug, type="deals-in") for p in (*town["first"], *town["second"])))
    found, _known = find()
    assert len(found.groups) == 2
    assert any("recorded memberships and commodities left out" in one for one in found.settings)
    assert found.caveats[0] == "Records restricted from this user are not included."


def test_clusters_have_their_binding_strength_and_no_comparison(find, town):
    found, known = find(method=Method.CLUSTERS, binding=3)
    assert [one.binding for one in found.groups] == [3, 3]
    assert "Zed" not in _labels(found.groups[0].items, known)
    assert found.comparison is None
    assert found.modularity is None


def test_cliques_overlap(find, town):
    found, known = find(method=Method.CLIQUES)
    assert {"Eve", "Fay", "Gus", "Hal", "Dee"} in [_labels(g.items, known) for g in found.groups]
    assert {"Eve", "Fay", "Zed"} in [_labels(g.items, known) for g in found.groups]


def test_two_ocgs_of_one_circle_and_one_ocg_of_two(find, given):
    circle = given(*(a_nominal(f"C{n}") for n in range(6)))
    left, right = (
        given(*(a_nominal(f"L{n}") for n in range(4))),
        given(*(a_nominal(f"R{n}") for n in range(4))),
    )
    one, other, torn = given(an_ocg("One"), an_ocg("Other"), an_ocg("Torn"))
    given(
        *(a_link(a, b) for some in (circle, left, right) for a, b in combinations(some, 2)),
        *(a_membership(person, one) for person in circle[:3]),
        *(a_membership(person, other) for person in circle[3:]),
        *(a_membership(person, torn) for person in (*left, *right)),
    )
    found, known = find()
    (pair,) = found.comparison.alike
    assert _labels((pair.one, pair.other), known) == {"One", "Other"}
    (parted,) = found.comparison.parted
    assert known[parted.ocg].label == "Torn"
    assert _labels(parted.here, known) | _labels(parted.there, known) == {
        person.name for person in (*left, *right)
    }


def test_without_untested_sources_a_group_may_fall_apart(find, given):
    people = given(*(a_nominal(f"N{n}") for n in range(4)))
    poor = given(a_report(grade="2DP"))[0]
    given(*(a_link(a, b, reports=(poor.id,)) for a, b in combinations(people, 2)))
    assert len(find()[0].groups) == 1
    found, _known = find(without=(Without(Doubt.UNTESTED),))
    assert found.groups == ()
    assert found.settings[-1] == "without untested sources"


def test_what_was_looked_for_is_journalled_by_number(workspace, town):
    with workspace.reading() as reader:
        groups.find(reader, Question())
        (said,) = reader.consulted
    assert said.label == "Find groups"
    assert said.detail == {"items": 11, "method": "leiden"}


def test_groups_travel_to_the_worker_process_and_back(workspace, town):
    with workspace.reading() as reader:
        material = groups.gather(reader, Question(), TODAY)
    again = pickle.loads(pickle.dumps(material))  # noqa: S301 - our own
    assert groups.compute(again).groups == groups.compute(material).groups
