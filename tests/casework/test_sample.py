"""The sample workspaces: their figures, their shape, and that they come out alike each time."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest

from ocgdesk.casework.sample import SIZES, Sample, build
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Streams
from ocgdesk.casework.sample.world import world
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.people import Role, User
from ocgdesk.domain.plans import Strand, strand_counts
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused

AS_OF = date(2025, 11, 21)
FIGURE_2 = {"DRG": 52, "SAC": 9, "CL": 7, "OIC": 5, "SEX": 4, "VIO": 4, "ML": 3, "COM": 1, "FRD": 1}


@cache
def sample(size: str) -> Sample:
    return build(size, as_of=AS_OF)


def of(size: str, *kinds: Kind) -> list[Any]:
    return [thing for thing in sample(size) if thing.kind in kinds]


def links(size: str) -> list[Any]:
    return [thing for thing in sample(size) if thing.base is Base.LINK]


def test_a_force_has_the_groups_lines_people_and_handles_it_should():
    counts = Counter(thing.kind for thing in sample("force"))
    assert counts[Kind.OCG] == 42
    assert counts[Kind.COUNTY_LINE] == 82
    assert counts[Kind.NOMINAL] == 703
    assert counts[Kind.HANDLE] == 60
    assert counts[Kind.COMMODITY] == 24
    assert counts[Kind.REPORT] == 1318


def test_a_force_has_drugs_in_twenty_nine_of_its_groups_with_or_without_county_lines():
    types = [{o.primary_crime, *o.further_crimes} for o in of("force", Kind.OCG)]
    assert sum("DRG" in found for found in types) == 29
    assert sum(bool(found & {"DRG", "CL"}) for found in types) == 29


def test_a_region_has_the_primary_types_of_figure_2():
    groups = of("region", Kind.OCG)
    west_midlands = Counter(ocg.primary_crime for ocg in groups if ocg.agency == "WMP")
    assert len(groups) == 159
    assert dict(west_midlands) == FIGURE_2
    assert sum(ocg.primary_crime == "DRG" for ocg in groups) == 101
    assert {ocg.status for ocg in groups} == {"active"}


def test_a_region_has_its_handles_of_one_platform_disposed_of_as_in_paragraph_97():
    handles = of("region", Kind.HANDLE)
    found = Counter(handle.disposition for handle in handles)
    assert len(handles) == 357
    assert {handle.platform for handle in handles} == {"encrochat"}
    assert (found["other-agency"], found["not-suitable"], found["ip-only"]) == (13, 41, 15)
    assert found["attributed"] > 0
    assert found["attributed"] + found["in-development"] == 357 - 13 - 41 - 15


def test_a_region_has_about_two_and_a_half_thousand_nominals():
    assert len(of("region", Kind.NOMINAL)) == 2500


def test_the_same_arguments_give_the_same_sample_to_the_last_id():
    assert build("force", as_of=AS_OF) == sample("force")


def test_another_seed_gives_other_people_with_other_ids():
    other = {thing.id: thing for thing in build("force", seed=2, as_of=AS_OF)}
    assert not other.keys() & {thing.id for thing in sample("force")}
    names = {t.name for t in other.values() if t.kind is Kind.NOMINAL}
    assert len(names & {n.name for n in of("force", Kind.NOMINAL)}) < 200


def test_another_day_moves_the_dates_and_leaves_the_rest():
    later = build("force", as_of=date(2026, 11, 21))
    assert [t.id for t in later] == [t.id for t in sample("force")]
    names = [t.name for t in later if t.kind is Kind.NOMINAL]
    assert names == [n.name for n in of("force", Kind.NOMINAL)]


def test_more_draws_from_one_topic_leave_every_other_topic_alone():
    size = SIZES["force"]
    first = world(Setting(Streams(1, "force"), size, AS_OF))
    more = world(Setting(Streams(1, "force"), replace(size, phones=500, vehicles=1), AS_OF))
    assert more.phones.items[:420] == first.phones.items
    assert more.phones.holders[:420] == first.phones.holders
    assert more.organisations == first.organisations
    assert more.handles == first.handles
    assert more.lines == first.lines
    assert more.intelligence == first.intelligence
    assert more.plans == first.plans


@pytest.mark.parametrize("size", ["force", "region"])
def test_ids_are_unique(size: str):
    ids = [thing.id for thing in sample(size)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("size", ["force", "region"])
def test_what_a_thing_stands_on_comes_before_it(size: str):
    seen: set[UUID] = set()
    for step in sample(size).steps:
        made = {thing.id for thing in step.things}
        for thing in step.things:
            assert set(stood_on(thing)) <= seen, (step.label, thing)
        seen |= made


def stood_on(thing: Thing) -> Iterator[UUID]:
    """The things it names, users left out."""
    ends = ("source", "target") if thing.base is Base.LINK else ("owner", "objective")
    for name in ends:
        if value := getattr(thing, name, None):
            yield value
    for name in ("reports", "touches", "focus"):
        yield from getattr(thing, name, ())


@pytest.mark.parametrize("size", ["force", "region"])
def test_every_code_is_of_its_list(size: str):
    strange = {
        (thing.kind, field.name, code)
        for thing in sample(size)
        for field in described_fields(type(thing))
        if field.codes
        for code in codes_in(field.type, getattr(thing, field.name))
        if code not in codes_of(field.codes)
    }
    assert strange == set()


@cache
def codes_of(name: str) -> frozenset[str]:
    return frozenset(item.code for item in code_list(name))


def codes_in(type_: FieldType, value: Any) -> tuple[str, ...]:
    if type_ is FieldType.CODES:
        return value
    return (value,) if value else ()


def test_small_values_use_codes_of_their_lists_too():
    for thing in sample("force"):
        assert all(a.type in codes_of("alias-types") for a in getattr(thing, "aliases", ()))
        schemes = {i.scheme for i in getattr(thing, "identifiers", ())}
        assert schemes <= codes_of("identifier-schemes")
        assert {e.scheme for e in getattr(thing, "externals", ())} <= codes_of("external-schemes")
        grounds = {g.code for g in getattr(thing, "grounds", ())}
        assert grounds <= codes_of("attribution-grounds")


def test_links_run_as_their_type_says_and_join_the_kinds_it_names():
    kinds = {thing.id: thing.kind.value for thing in sample("force")}
    types = {item.code: item for item in code_list("link-types")}
    for link in links("force"):
        type_ = types[link.type]
        assert link.directed == type_.get("directed"), link
        assert kinds[link.source] in type_.get("from", [kinds[link.source]]), link
        assert kinds[link.target] in type_.get("to", [kinds[link.target]]), link
        assert not link.is_loop


@pytest.mark.parametrize("size", ["force", "region"])
def test_nobody_recorded_as_exploited_has_an_offenders_role(size: str):
    exploited = {nominal.id for nominal in of(size, Kind.NOMINAL) if nominal.exploited}
    places = [m for m in of(size, Kind.MEMBERSHIP) if m.source in exploited]
    assert {place.role for place in places} == {"exploited-person"}
    assert {place.importance for place in places} == {"peripheral"}
    assert not any(m.role == "exploited-person" and m.source not in exploited for m in places)
    offending = {"works-for", "holds-line", "deals-for", "answers", "co-offender", "exploits"}
    assert not any(ln.source in exploited and ln.type in offending for ln in links(size))


def test_exploited_people_are_victims_only_and_somebody_exploits_each():
    exploited = {n.id: n for n in of("force", Kind.NOMINAL) if n.exploited}
    assert {n.categories for n in exploited.values()} == {("victim",)}
    targets = {link.target for link in links("force") if link.type == "exploits"}
    assert targets == set(exploited)


def test_principals_are_few_and_every_group_has_one():
    roles: dict[UUID, Counter[str]] = defaultdict(Counter)
    for place in of("force", Kind.MEMBERSHIP):
        roles[place.target][place.role] += 1
    assert len(roles) == 42
    assert all(1 <= counts["principal"] <= 3 for counts in roles.values())
    principals = sum(counts["principal"] for counts in roles.values())
    assert principals < 0.15 * sum(sum(counts.values()) for counts in roles.values())


def test_brokers_stand_between_groups():
    groups = Counter(place.source for place in of("region", Kind.MEMBERSHIP))
    between = sum(count > 1 for count in groups.values())
    assert 0.02 < between / len(groups) < 0.12


def test_families_share_a_name():
    names = {n.id: n.name for n in of("force", Kind.NOMINAL)}
    pairs = [(names[ln.source], names[ln.target]) for ln in links("force") if ln.type == "family"]
    assert len(pairs) > 40
    shared = [set(one.split()) & set(other.split()) for one, other in pairs]
    assert all(shared)


def test_lines_run_from_the_big_cities_into_the_towns_of_the_force():
    lines = of("force", Kind.COUNTY_LINE)
    assert {line.importers for line in lines} == {("WMC",)}
    exporters = Counter(line.exporter for line in lines)
    assert {"WMP", "MER", "MPS"} <= exporters.keys()
    assert all((line.exporter == "WMC") == (line.line_type == "internal") for line in lines)
    assert {"closed-type-1", "active"} <= {line.status for line in lines}


def test_most_links_of_a_force_rest_on_reports_about_their_group():
    rested = [link for link in links("force") if link.reports]
    assert len(rested) > 0.8 * len(links("force"))


def test_reports_are_graded_and_conditions_stand_where_they_must():
    for report in of("force", Kind.REPORT):
        assert report.grading.scheme == "3x5x2"
        assert bool(report.conditions) == (report.grading.handling == "C")
        assert report.received <= AS_OF


def test_attributed_handles_have_one_confirmed_user_and_others_none():
    confirmed = Counter(
        a.source for a in of("region", Kind.ATTRIBUTION) if a.confidence == "confirmed"
    )
    attributed = {h.id for h in of("region", Kind.HANDLE) if h.disposition == "attributed"}
    assert set(confirmed) == attributed
    assert set(confirmed.values()) == {1}


def test_handles_are_in_contact_with_weights():
    handles = {h.id for h in of("region", Kind.HANDLE)}
    contacts = [ln for ln in links("region") if ln.source in handles and ln.target in handles]
    assert len(contacts) > len(handles)
    assert all(ln.weight >= 1 and ln.unit == "messages" for ln in contacts)


def test_dates_are_partial_here_and_there():
    born = [n.born for n in of("force", Kind.NOMINAL)]
    whole = sum(b is not None and bool(b.day) for b in born)
    assert 0.4 < whole / len(born) < 0.8
    assert None in born


def test_plans_lean_on_pursue_and_leave_strands_empty():
    actions = of("force", Kind.ACTION)
    by_strand = Counter(action.strand for action in actions)
    assert by_strand["pursue"] > by_strand["prevent"] + by_strand["protect"] + by_strand["prepare"]
    counts = [
        count
        for plan in of("force", Kind.PLAN)
        for count in strand_counts([a for a in actions if a.owner == plan.id], AS_OF)
    ]
    assert any(c.is_empty for c in counts if c.strand is Strand.PROTECT)
    assert any(not c.is_empty for c in counts if c.strand is Strand.PROTECT)


def test_some_actions_are_late_some_done_and_due_dates_lie_round_the_day():
    actions = of("force", Kind.ACTION)
    late = [action for action in actions if action.days_over(AS_OF)]
    live = [action for action in actions if action.is_live]
    assert 0.1 < len(late) / len(live) < 0.45
    assert all((a.done is not None) == (a.status == "complete") for a in actions)
    planned = {plan.id for plan in of("force", Kind.PLAN)}
    assert all(abs((a.due - AS_OF).days) < 60 for a in live if a.owner in planned)


def test_every_active_group_of_a_force_has_a_plan_and_no_other_has():
    active = {o.id for o in of("force", Kind.OCG) if o.status in {"active", "re-activated"}}
    assert {plan.owner for plan in of("force", Kind.PLAN)} == active


def test_some_active_groups_have_no_lro():
    with_lro = {a.owner for a in of("force", Kind.ASSIGNMENT) if a.role == "lro" and not a.end}
    without = [o for o in of("force", Kind.OCG) if o.status == "active" and o.id not in with_lro]
    assert 0 < len(without) < 6


def test_a_user_who_is_an_lro_is_given_several_groups_and_actions():
    user = User(id=uuid4(), name="arowe", display="A. Rowe", roles=frozenset({Role.LRO}))
    made = build("force", as_of=AS_OF, users=(user,))
    posts = [t for t in made if t.kind is Kind.ASSIGNMENT and t.user == user.id]
    assert len({post.owner for post in posts}) == 7
    assert {(post.role, post.officer) for post in posts} == {("lro", "A. Rowe")}
    assert any(t.kind is Kind.ACTION and t.user == user.id for t in made)
    assert [t.id for t in made] == [t.id for t in sample("force")]


def test_nothing_is_restricted_and_references_are_left_to_the_workspace():
    for thing in sample("force"):
        assert getattr(thing, "restricted_to", None) is None
        assert getattr(thing, "ref", "") == ""


def test_a_force_has_saved_charts_drawn_round_its_own_records():
    charts = of("force", Kind.CHART)
    assert [len(chart.focus) for chart in charts] == [1, 1]


def test_steps_are_made_one_after_another_before_the_day():
    moments = [step.at for step in sample("force").steps]
    assert moments == sorted(set(moments))
    assert all(moment.date() < AS_OF and moment.tzinfo for moment in moments)


def test_a_size_there_is_none_of_is_refused():
    with pytest.raises(Refused, match="force, region, national"):
        build("galaxy", as_of=AS_OF)


def test_a_demonstration_opens_on_a_plan_with_a_late_action_and_an_empty_strand():
    first = of("force", Kind.PLAN)[0]
    actions = [a for a in of("force", Kind.ACTION) if a.owner == first.id]
    counts = {count.strand: count for count in strand_counts(actions, AS_OF)}
    assert first.title == "4P plan: Tarnbrook"
    assert counts[Strand.PURSUE].late == 1
    assert counts[Strand.PROTECT].is_empty


def test_a_demonstration_opens_on_a_line_that_came_back_under_another_name():
    lines = {line.brand: line for line in of("force", Kind.COUNTY_LINE)}
    assert lines["Tony"].status == "closed-type-1"
    assert lines["Marlow"].towns == ("Ludlow", "Leominster")
    again = [ln for ln in links("force") if ln.type == "rebranded-to"]
    assert (lines["Tony"].id, lines["Marlow"].id) in {(ln.source, ln.target) for ln in again}
    cuckooed = [ln for ln in links("force") if ln.type == "cuckooed-at"]
    assert sum(ln.source == lines["Marlow"].id for ln in cuckooed) == 2


def test_what_rests_on_one_untested_source_is_tentative():
    grades = {report.id: report.grade for report in of("force", Kind.REPORT)}
    resting = [ln for ln in of("force", Kind.LINK, Kind.MEMBERSHIP) if len(ln.reports) == 1]
    untested = [ln for ln in resting if grades[ln.reports[0]][0] == "2" and ln.type != "mentions"]
    assert len(untested) > 100
    assert {ln.strength for ln in untested} == {"tentative"}
