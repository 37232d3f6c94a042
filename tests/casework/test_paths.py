"""Paths through the register: explained with their reports, kept to conditions, no secrets told."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from makers import (
    a_handle,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    a_report,
    an_attribution,
    an_ocg,
)

from ocgdesk.casework import connections, paths
from ocgdesk.casework.connections import By
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.paths import PathQuery
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Basis, Strength
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store.listing import Filter, ListQuery, Test

TODAY = date(2026, 11, 21)


@pytest.fixture
def find(workspace):
    def ask(one, two, **more):
        with workspace.reading() as reader:
            return paths.find(reader, PathQuery(one=one.id, two=two.id, **more))

    return ask


@pytest.fixture
def people(given):
    return given(*(a_nominal(name) for name in ("Ann", "Bob", "Cat", "Dan", "Eve")))


def labels(path) -> list[str]:
    return [brief.label for brief in path.records]


def test_a_path_says_what_is_recorded_what_is_assessed_and_what_it_rests_on(given, find):
    ann, bob, fox = given(a_nominal("Ann Lee"), a_nominal("Bob Roe"), a_handle("quietfox"))
    good, doubtful = given(
        a_report(grade="1AP", reported=PartialDate(2026, 3, 1)),
        a_report(grade="2DC", conditions="Ask first"),
    )
    given(
        a_link(ann, bob, type="associate", start=PartialDate(2025), reports=(good.id,)),
        an_attribution(fox, bob, basis=Basis.ASSESSMENT, reports=(doubtful.id,)),
    )
    found = find(ann, fox)
    assert found.headline.startswith(f"Ann Lee ({ann.ref}) and the handle quietfox")
    first, second = found.paths[0].sentences
    assert first == (
        f"1. Ann Lee ({ann.ref}) is recorded as an associate of Bob Roe ({bob.ref}) from 2025 "
        f"(unconfirmed). It rests on {good.ref}, graded 1·A·P, dated 1 Mar 2026."
    )
    assert "The handle quietfox" in second
    assert "is assessed to have been used by Bob Roe" in second
    assert f"{doubtful.ref}, graded 2·D·C (untested source), handling conditions apply" in second
    assert "Records restricted from this user are not included." in found.caveats


def test_a_link_is_said_the_way_it_is_stated_whichever_way_it_is_walked(given, find):
    ann, phone = given(a_nominal("Ann"), a_phone("07700 900321"))
    given(a_link(ann, phone, type="uses", directed=True))
    for ends in ((ann, phone), (phone, ann)):
        sentence = find(*ends).paths[0].sentences[0]
        assert sentence.startswith(f"1. Ann ({ann.ref}) is recorded as using the phone")
        assert "No report is recorded for it." in sentence


def test_a_person_recorded_as_exploited_is_named_so(given, find):
    ann, kid = given(a_nominal("Ann"), a_nominal("Kit", exploited=True))
    given(a_link(ann, kid, type="exploits", directed=True))
    assert "Kit, recorded as exploited" in find(kid, ann).paths[0].sentences[0]


def test_selection_order_decides_where_a_path_begins(given, people, find):
    given(*(a_link(one, two) for one, two in pairwise(people)))
    assert labels(find(people[0], people[4]).paths[0]) == ["Ann", "Bob", "Cat", "Dan", "Eve"]
    assert labels(find(people[4], people[0]).paths[0]) == ["Eve", "Dan", "Cat", "Bob", "Ann"]


def test_the_best_evidenced_path_prefers_strength_then_a_reliable_source(given, people, find):
    ann, bob, cat, dan, eve = people
    sure = given(a_report(grade="1AP"), a_report(grade="2AP"))
    given(
        a_link(ann, eve, strength=Strength.TENTATIVE),
        *(a_link(*ends, reports=(sure[1].id,)) for ends in ((ann, bob), (bob, eve))),
        *(a_link(*ends, reports=(sure[0].id,)) for ends in ((ann, cat), (cat, dan), (dan, eve))),
    )
    assert labels(find(ann, eve).paths[0]) == ["Ann", "Eve"]
    best = find(ann, eve, best_evidenced=True, count=3)
    assert [labels(path) for path in best.paths] == [
        ["Ann", "Cat", "Dan", "Eve"],
        ["Ann", "Bob", "Eve"],
        ["Ann", "Eve"],
    ]
    assert best.paths[0].strength is Strength.UNCONFIRMED


def test_all_ties_are_counted(given, people, find):
    ann, *others, eve = people
    given(*(a_link(end, other) for end in (ann, eve) for other in others))
    found = find(ann, eve, ties=True)
    assert found.total == len(found.paths) == 3


def test_time_is_respected(given, people, find):
    ann, bob, cat, dan, _eve = people
    days = {"early": PartialDate(2025, 1, 1), "late": PartialDate(2026, 1, 1)}
    early, late = ({"start": day, "end": day} for day in days.values())
    given(a_link(ann, bob, **late), a_link(bob, dan, **early))
    given(a_link(ann, cat, **early), a_link(cat, bob, **early))
    path = find(ann, dan, in_time=True).paths[0]
    assert labels(path) == ["Ann", "Cat", "Bob", "Dan"]
    assert path.by == (date(2025, 1, 1),) * 3
    with pytest.raises(Refused, match="without regard to the order of days there is one of 2"):
        find(ann, dan, in_time=True, avoiding=(cat.id,))


def test_conditions_on_kind_type_strength_and_day_are_kept_and_said(given, people, find):
    ann, bob, cat, dan, eve = people
    given(
        a_link(ann, bob, type="rival"),
        a_link(bob, eve),
        a_link(ann, cat, strength=Strength.CONFIRMED, end=PartialDate(2020)),
        a_link(cat, dan, strength=Strength.CONFIRMED),
        a_link(dan, eve, strength=Strength.CONFIRMED),
    )
    assert labels(find(ann, eve).paths[0]) == ["Ann", "Bob", "Eve"]
    for through in (Scope(types=("associate",)), Scope(strength="confirmed")):
        found = find(ann, eve, through=through)
        assert labels(found.paths[0]) == ["Ann", "Cat", "Dan", "Eve"]
        assert any("only links" in words for words in found.conditions)
    with pytest.raises(Refused, match="without the condition on dates there is one of 3 steps"):
        find(ann, eve, through=Scope(strength="confirmed", since=TODAY, until=TODAY))


def test_conditions_on_fields_are_kept_and_said(given, put, people, find):
    ann, bob, cat, dan, eve = people
    given(a_link(ann, bob), a_link(bob, eve), a_link(ann, cat), a_link(cat, dan), a_link(dan, eve))
    for one in (ann, bob, eve):
        put(one, in_custody=True)
    free = ListQuery(kind=Kind.NOMINAL, filters=(Filter("in_custody", Test.IS, ("no",)),))
    found = find(ann, eve, where=(free,))
    assert labels(found.paths[0]) == ["Ann", "Cat", "Dan", "Eve"]
    assert any("in custody" in words for words in found.conditions)
    put(cat, in_custody=True)
    with pytest.raises(Refused, match="without the conditions on fields there is one of 2"):
        find(ann, eve, where=(free,))


def test_what_two_people_deal_in_does_not_link_them_unless_asked(given, people, find):
    ann, bob = people[:2]
    drug = given(Commodity(name="Cocaine"))[0]
    given(*(a_link(one, drug, type="deals-in") for one in (ann, bob)))
    with pytest.raises(Refused, match="through records of any kind there is one of 2 steps"):
        find(ann, bob)
    assert labels(find(ann, bob, through=Scope(kinds=tuple(Kind)[:11])).paths[0])[1] == "Cocaine"
    assert labels(find(ann, drug).paths[0]) == ["Ann", "Cocaine"]


def test_bad_questions_get_a_sentence(given, people, find):
    ann, bob = people[:2]
    report = given(a_report())[0]
    with pytest.raises(Refused, match="two different records"):
        find(ann, ann)
    with pytest.raises(Refused, match=r"No path joins .* they have 0 links and 0 links"):
        find(ann, bob)
    with pytest.raises(NotFound, match="no longer there"):
        find(ann, a_nominal("Nobody"))
    with pytest.raises(Refused, match="not walked on paths"):
        find(ann, report)
    with pytest.raises(Refused, match="one to 50"):
        find(ann, bob, count=51)


def test_a_path_never_leads_through_what_is_restricted(
    given, people, workspace, ann, another_user, opened_by
):
    one, two, three = people[:3]
    only = frozenset({ann.id})
    secret = given(a_nominal("Secret", restricted_to=only))[0]
    hidden = given(a_report("Hidden", grade="1AP", restricted_to=only))[0]
    given(a_link(one, secret), a_link(secret, three))
    given(a_link(one, two, reports=(hidden.id,)), a_link(two, three, restricted_to=only))
    query = PathQuery(one=one.id, two=three.id)
    with workspace.reading() as reader:
        assert labels(paths.find(reader, query).paths[0])[1] in {"Secret", "Bob"}
    bea = opened_by(another_user)
    with bea.reading() as reader, pytest.raises(Refused, match="No path joins"):
        paths.find(reader, query)
    with bea.reading() as reader:
        found = paths.find(reader, replace(query, two=two.id))
    assert hidden.ref not in str(found.paths[0].sentences)
    assert found.paths[0].unsourced == 1


def test_that_a_path_was_asked_for_is_journalled(given, people, workspace, find):
    given(a_link(people[0], people[1]))
    head = workspace.head()[0]
    find(people[0], people[1])
    assert workspace.head()[0] == head + 1


def test_three_records_are_connected_and_what_cannot_be_is_told(given, people, workspace):
    ann, bob, cat, dan, eve = people
    given(a_link(ann, bob), a_link(bob, cat), a_link(bob, dan))
    with workspace.reading() as reader:
        found = connections.connect(reader, [ann.id, cat.id, dan.id, eve.id])
        assert {brief.label for brief in found.records} == {"Ann", "Bob", "Cat", "Dan", "Eve"}
        assert sorted(len(part) for part in found.parts) == [1, 3]
        assert "2 parts" in found.caveats[0]
        with pytest.raises(Refused, match="Nothing joins"):
            connections.connect(reader, [ann.id, eve.id])
        with pytest.raises(Refused, match="at least two"):
            connections.connect(reader, [ann.id, ann.id])


def test_linked_records_are_listed_by_distance(given, people, workspace):
    given(*(a_link(one, two) for one, two in pairwise(people)))
    with workspace.reading() as reader:
        found = connections.around(reader, [people[0].id], 2)
    assert [(brief.label, hops) for brief, hops in found.records] == [("Bob", 1), ("Cat", 2)]


def test_the_most_connected_by_links_by_neighbours_and_by_value(given, people, workspace):
    ann, bob, cat, dan, _eve = people
    kit = given(a_nominal("Kit", exploited=True))[0]
    given(
        *(a_link(ann, bob, weight=5.0, unit="GBP") for _ in range(3)),
        *(a_link(dan, other) for other in (bob, cat)),
        a_link(cat, bob, weight=100.0, unit="GBP"),
        *(a_link(kit, other) for other in (ann, bob, cat, dan)),
    )

    def rows(by, unit=""):
        with workspace.reading() as reader:
            found = connections.most_connected(reader, "all", by=by, unit=unit, on=TODAY)
        assert found.not_ranked == 1
        return [(brief.label, value) for brief, value in found.rows]

    assert rows(By.LINKS)[0] == ("Bob", 6.0)
    assert "Kit" not in dict(rows(By.LINKS))
    assert dict(rows(By.NEIGHBOURS))["Ann"] == 2
    assert rows(By.VALUE, "GBP") == [("Bob", 115.0), ("Cat", 100.0), ("Ann", 15.0)]
    with pytest.raises(Refused, match="units that are stated: GBP"):
        rows(By.VALUE, "EUR")


def test_members_of_one_group_are_linked_through_it(given, people, find):
    ocg = given(an_ocg("Tarnbrook"))[0]
    given(*(a_membership(one, ocg, role="courier") for one in people[:2]))
    path = find(people[0], people[1]).paths[0]
    assert labels(path) == ["Ann", "Tarnbrook", "Bob"]
    assert "a member of the OCG Tarnbrook" in path.sentences[0]
    assert "role: courier" in path.sentences[0]
