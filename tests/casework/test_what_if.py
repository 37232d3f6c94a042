"""What if: who is ranked and who never is, what follows, and what OCGs share."""

import pickle
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from makers import (
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    a_plan,
    an_action,
    an_ocg,
)

from ocgdesk.casework import changing, consequences, network_scope, sharing, what_if
from ocgdesk.casework.changing import Every
from ocgdesk.casework.network_scope import Scope
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity, Location
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Strand
from ocgdesk.errors import Cancelled, NotFound, Refused

TODAY = date(2026, 11, 21)
BORN = PartialDate(1990)


@pytest.fixture
def town(given):
    """Two groups of four, Broker between them; Kit and Sam to be safeguarded."""
    names = ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus", "Hal", "Broker")
    people = {n: a_nominal(n, born=BORN) for n in names}
    people["Kit"] = a_nominal("Kit", exploited=True)
    people["Sam"] = a_nominal("Sam", born=PartialDate(2010, 5, 1))
    things = {"A": an_ocg("Alder"), "B": an_ocg("Birch"), "Line": a_line("Kestrel")}
    things["Drug"] = Commodity(name="Cocaine")
    saved = given(*people.values(), *things.values())
    people = dict(zip(people, saved, strict=False))
    things = dict(zip(things, saved[len(people) :], strict=True))
    one, two = names[:4], names[4:8]
    pairs = [*combinations(one, 2), *combinations(two, 2), ("Dan", "Broker"), ("Broker", "Eve")]
    given(*(a_link(people[a], people[b]) for a, b in pairs))
    given(
        *(a_membership(people[n], things["A"], role="courier") for n in one[1:]),
        a_membership(people["Ann"], things["A"], role="principal", importance="principal"),
        *(a_membership(people[n], things["B"]) for n in two),
        a_link(people["Broker"], things["Line"], type="holds-line"),
        a_link(people["Broker"], things["Drug"], type="deals-in"),
        a_link(people["Broker"], people["Kit"], type="exploits", directed=True),
        a_link(people["Ann"], people["Kit"], type="exploits", directed=True),
        a_link(people["Broker"], people["Sam"]),
        a_link(things["A"], things["B"], type="rival"),
    )
    return people | things


@pytest.fixture
def case(workspace, town):
    with workspace.reading() as reader:
        return what_if.read(reader, "all", on=TODAY)


def labels(briefs) -> list[str]:
    return [brief.label for brief in briefs]


def removing(workspace, case, *things):
    with workspace.reading() as reader:
        return what_if.compare(reader, case, [[thing.id for thing in things]])


def test_the_best_removal_is_the_broker_and_all_that_follows_is_told(workspace, case, town):
    found = what_if.best(case, 1)
    with workspace.reading() as reader:
        answer = what_if.compare_found(reader, case, found)
    option = answer.options[0]
    assert labels(option.removed) == ["Broker"]
    assert option.effect.before.fragmentation == 0.0
    assert option.effect.after.fragmentation == pytest.approx(4 / 7)
    assert (option.effect.pairs_cut, option.effect.after.largest) == (16, 4)
    told = option.consequences
    assert labels(told.lines) == ["Kestrel"]
    assert labels(told.commodities) == ["Cocaine"]
    assert [(c.one.label, c.two.label, c.rivals) for c in told.contacts] == [
        ("Alder", "Birch", True)
    ]
    assert FIXED_LINE in answer.caveats
    assert "no search of this kind is sure" in answer.caveats[0]
    assert "not a prediction" in consequences.CANDIDATES


def test_who_is_to_be_safeguarded_is_never_ranked_only_told_as_left_unprotected(
    workspace, case, town, given
):
    everyone = {case.walked.nodes[at] for at in what_if.best(case, 9).chosen}
    everyone |= {case.walked.nodes[at] for at in what_if.best(case, 9, "reach").chosen}
    everyone |= set(what_if.curve(case, "degree").removed)
    with workspace.reading() as reader:
        kit, sam = (reader.number(town[name].id) for name in ("Kit", "Sam"))
    assert case.safeguarded == {kit, sam}
    assert not everyone & case.safeguarded
    option = removing(workspace, case, town["Broker"]).options[0]
    assert {c.who.label for c in option.consequences.candidates}.isdisjoint({"Kit", "Sam"})
    told = {u.who.label: u for u in option.consequences.unprotected}
    assert set(told) == {"Kit", "Sam"}
    assert labels(told["Kit"].exploited_by) == ["Ann"]
    assert "no live Protect or Prevent action" in told["Kit"].words
    plan = given(a_plan(town["A"]))[0]
    given(an_action(plan, "Referral", strand="protect", touches=(town["Kit"].id,)))
    option = removing(workspace, case, town["Broker"]).options[0]
    kit_now = next(u for u in option.consequences.unprotected if u.who.label == "Kit")
    assert "1 live Protect or Prevent action touches them" in kit_now.words


@pytest.mark.parametrize("name", ["Kit", "Sam"])
def test_a_person_to_safeguard_is_not_a_removal(workspace, case, town, name):
    with pytest.raises(Refused, match="a person to safeguard is not a removal"):
        removing(workspace, case, town[name])


def test_whom_links_say_to_be_exploited_is_safeguarded_too(workspace, given, town):
    given(a_link(town["Eve"], town["Hal"], type="exploits", directed=True))
    given(a_membership(town["Gus"], town["A"], role="exploited-person"))
    with workspace.reading() as reader:
        case = what_if.read(reader, "all", on=TODAY)
        nos = {reader.number(town[name].id) for name in ("Kit", "Sam", "Hal", "Gus")}
    assert case.safeguarded == nos


def test_candidates_are_told_by_shared_neighbours_and_role(workspace, case, town):
    option = removing(workspace, case, town["Bob"]).options[0]
    found = {c.who.label: c for c in option.consequences.candidates}
    assert set(found) == {"Ann", "Cat", "Dan", "Broker"}
    assert found["Cat"].same_role == "courier"
    assert "same OCG: Alder" in found["Cat"].reason
    assert found["Ann"].same_role == ""
    assert labels(found["Cat"].shared) == ["Ann", "Dan"]


def test_an_ocg_that_loses_its_last_principal_is_cut_off(workspace, case, town):
    option = removing(workspace, case, town["Ann"]).options[0]
    group = option.consequences.groups[0]
    assert (group.ocg.label, group.members, group.left) == ("Alder", 4, 3)
    assert group.is_cut_off


def test_members_outside_the_scope_still_count_as_left(workspace, town):
    with workspace.reading() as reader:
        spec = Scope(part="refs", ids=(town["Ann"].id,), hops=0)
        case = what_if.read(reader, spec, on=TODAY)
        answer = what_if.compare(reader, case, [[town["Ann"].id]])
    (group,) = answer.options[0].consequences.groups
    assert (group.members, group.left) == (4, 3)


def test_options_stand_side_by_side(workspace, case, town):
    with workspace.reading() as reader:
        sets = [[town["Ann"].id], [town["Broker"].id, town["Bob"].id]]
        answer = what_if.compare(reader, case, sets)
    assert [labels(option.removed) for option in answer.options] == [["Ann"], ["Broker", "Bob"]]
    assert answer.options[0].effect.pairs_cut == 0 < answer.options[1].effect.pairs_cut


def test_an_option_goes_into_the_plan_by_reference_with_its_reasoning(workspace, case, town, given):
    plan = given(a_plan(town["A"]))[0]
    option = removing(workspace, case, town["Broker"]).options[0]
    with workspace.work("Add objectives") as done:
        pursue, protect = what_if.add_objectives(done.work, plan.id, option)
    assert (pursue.strand, protect.strand) == (Strand.PURSUE, Strand.PROTECT)
    assert option.removed[0].ref in pursue.text
    assert "Broker" not in pursue.text + protect.text
    assert pursue.baseline.startswith("0.000")
    assert pursue.target.startswith("0.571")
    assert (protect.baseline, protect.target) == ("0", "2")


def test_bad_removals_get_a_sentence(workspace, case, town):
    for thing, words in (
        (town["A"], "cannot be removed"),
        (a_nominal("Nobody"), "no longer there"),
    ):
        with pytest.raises((Refused, NotFound), match=words):
            removing(workspace, case, thing)
    with pytest.raises(Refused, match="at least one"):
        removing(workspace, case)
    with workspace.reading() as reader:
        small = what_if.read(reader, Scope(part="refs", ids=(town["Hal"].id,)), on=TODAY)
    with pytest.raises(Refused, match="choose a wider scope"):
        removing(workspace, small, town["Ann"])


def test_it_stops_when_told_to(case):
    def stop(*_said: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        what_if.best(case, 2, progress=stop)


def test_restricted_people_are_in_no_case(workspace, town, put, ann, another_user, opened_by):
    put(town["Broker"], restricted_to=frozenset({ann.id}))
    with opened_by(another_user).reading() as reader:
        case = what_if.read(reader, "all", on=TODAY)
        answer = what_if.compare(reader, case, [[town["Ann"].id]])
    assert case.counted.sum() == 8
    assert "Broker" not in repr(answer)


# ---- Scopes --------------------------------------------------------------------------------------


def test_a_scope_holds_an_ocg_its_members_and_what_they_are_linked_to(workspace, town):
    with workspace.reading() as reader:
        found = network_scope.scope(reader, f"ocg:{town['B'].ref}")
        there = {reader.number(town[n].id) for n in ("B", "Eve", "Fay", "Gus", "Hal", "Broker")}
        assert there <= set(found.nodes.tolist())
        assert reader.number(town["Cat"].id) not in found.nodes
        only = network_scope.scope(reader, Scope(kinds=(Kind.OCG,), types=("rival",)))
        assert (len(only), only.link_nos.size) == (2, 1)


@pytest.mark.parametrize("text", ["ocg", "refs:", "town:Tarnbrook", "everything"])
def test_a_scope_that_makes_no_sense_is_a_sentence(workspace, town, text):
    with workspace.reading() as reader, pytest.raises(Refused, match="A scope is written"):
        network_scope.scope(reader, text)


def test_a_scope_says_what_it_counts():
    words = Scope(types=("rival",), strength="confirmed", since=TODAY, until=TODAY).words
    assert words == (
        "the whole register, only links of these types: Rival of, only links at least confirmed, "
        "only links that may have held on 21 Nov 2026"
    )


# ---- Sharing -------------------------------------------------------------------------------------


def test_ocgs_share_members_phones_and_homes_but_not_prisons(workspace, town, given):
    phone, home, prison = given(
        a_phone(),
        Location(name="1 High Street", location_type="home"),
        Location(name="HMP Fell", location_type="prison"),
    )
    given(
        a_membership(town["Dan"], town["B"]),
        *(a_link(town[n], thing) for n in ("Ann", "Hal") for thing in (phone, home, prison)),
    )
    with workspace.reading() as reader:
        found = sharing.shares(reader)
        named = sharing.shares(reader, [Kind.PHONE], stop=[phone.id])
    (pair,) = found.pairs
    assert pair.counts == {Kind.NOMINAL: 1, Kind.PHONE: 1, Kind.LOCATION: 1}
    assert found.stopped == 1
    assert "1 record on the stop list" in found.caveats[0]
    assert (named.pairs, named.stopped) == ((), 1)
    with workspace.reading() as reader, pytest.raises(Refused, match="not asked to share"):
        sharing.shares(reader, [Kind.OPERATION])


def test_similar_ocgs_come_with_what_was_done_about_them(workspace, given):
    one, like, _other = given(
        an_ocg("One", primary_crime="drugs", further_crimes=("firearms",)),
        an_ocg("Like", primary_crime="firearms", further_crimes=("drugs",)),
        an_ocg("Other", primary_crime="fraud"),
    )
    plan = given(a_plan(like))[0]
    given(an_action(plan, "Visit the hub", strand="prevent"))
    with workspace.reading() as reader:
        found = sharing.similar(reader, one.id)
    assert [alike.ocg.label for alike in found] == ["Like", "Other"]
    assert found[0].share > 0.9 > found[1].share
    assert [action.title for action in found[0].actions] == ["Visit the hub"]


# ---- Change over time ----------------------------------------------------------------------------


def test_change_by_month_from_dated_links_only(workspace, town, given):
    days = {"start": PartialDate(2026, 9, 3), "end": PartialDate(2026, 10, 2)}
    given(
        a_link(town["Ann"], town["Eve"], **days),
        a_link(town["Ann"], town["Kit"], start=PartialDate(2026, 10, 5)),
    )
    with workspace.reading() as reader:
        found = changing.over_time(reader, "all", Every.MONTH, since=date(2026, 8, 1), until=TODAY)
    assert [phase.name for phase in found.phases] == [
        "Aug 2026",
        "Sep 2026",
        "Oct 2026",
        "Nov 2026",
    ]
    assert [phase.nodes for phase in found.phases] == [0, 2, 3, 2]
    assert [phase.turnover for phase in found.phases] == [None, 1.0, 1 / 3, 1 / 3]
    assert found.undated > 0
    assert "without a date" in found.caveats[1]
    with workspace.reading() as reader:
        kit = reader.number(town["Kit"].id)
    assert all(kit not in phase.standings for phase in found.phases)


def test_periods_are_whole_and_bounded():
    assert changing.periods(Every.QUARTER, date(2026, 1, 1), TODAY)[0][0] == date(2026, 1, 1)
    assert len(changing.periods(Every.YEAR, None, TODAY)) == 12
    with pytest.raises(Refused, match="At most 60"):
        changing.periods(Every.MONTH, date(2000, 1, 1), TODAY)


def test_without_a_dated_link_the_nearest_thing_is_said(workspace, town):
    with workspace.reading() as reader, pytest.raises(Refused, match="compare saved charts"):
        changing.over_time(reader, "all", Every.MONTH, until=TODAY)


def test_parts_are_compared_one_after_the_other(workspace, town):
    with workspace.reading() as reader:
        named = [(n, f"ocg:{town[n].ref}") for n in ("A", "B")]
        found = changing.from_scopes(reader, named, on=TODAY)
        assert [phase.name for phase in found.phases] == ["A", "B"]
        with pytest.raises(Refused, match="two to 60"):
            changing.from_scopes(reader, named[:1], on=TODAY)
    assert np.isfinite(found.phases[1].turnover)


def test_a_case_is_values_that_can_go_to_another_process(workspace, case):
    found = pickle.loads(pickle.dumps(case))  # noqa: S301 - our own
    assert what_if.best(found, 2) == what_if.best(case, 2)
    assert what_if.curve(found, "degree") == what_if.curve(case, "degree")
