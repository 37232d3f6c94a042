"""The cases of a sample keep the rules that the program itself would hold them to."""

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from ocgdesk.casework.operations import DATES
from ocgdesk.casework.sample import build
from ocgdesk.domain import claiming
from ocgdesk.domain.kinds import Kind

AS_OF = date(2026, 11, 21)


@cache
def things(size: str) -> tuple[Any, ...]:
    return tuple(thing for step in build(size, as_of=AS_OF).steps for thing in step.things)


def of(size: str, kind: Kind) -> list[Any]:
    return [thing for thing in things(size) if thing.kind is kind]


@pytest.mark.parametrize("size", ["force", "region"])
def test_nothing_is_claimed_twice_within_an_operation(size: str):
    claims = Counter(
        (s.owner, s.step, s.on, s.operation, s.result if s.step == "order" else "")
        for s in of(size, Kind.COURT_STEP)
    )
    assert [claim for claim, count in claims.items() if count > 1] == []


@pytest.mark.parametrize("size", ["force", "region"])
def test_nobody_exploited_is_arrested_in_a_sample(size: str):
    exploited = {n.id for n in of(size, Kind.NOMINAL) if n.exploited}
    assert exploited.isdisjoint(step.owner for step in of(size, Kind.COURT_STEP))


def test_phases_begin_one_after_the_other_and_each_that_was_reached_has_its_day():
    order = list(DATES)
    for operation in of("region", Kind.OPERATION):
        reached = order.index(operation.phase) + 1
        days = [getattr(operation, DATES[code]) for code in order]
        assert all(days[:reached]), operation
        assert not any(days[reached:]), operation
        known = [day.earliest() for day in days[:reached]]
        assert known == sorted(known), operation


def test_arrests_come_before_charges_and_only_trials_lie_ahead():
    for step in of("region", Kind.COURT_STEP):
        assert step.on <= AS_OF or step.step == "trial", step


def test_a_type_1_closure_rests_on_the_charge_of_a_holder():
    charged: dict[Any, list[date]] = {}
    for step in of("force", Kind.COURT_STEP):
        if step.step == "charged":
            charged.setdefault(step.owner, []).append(step.on)
    holders = {ln.target: ln.source for ln in of("force", Kind.LINK) if ln.type == "holds-line"}
    for line in of("force", Kind.COUNTY_LINE):
        if line.closure_type == "type-1":
            closed = line.closed.latest()
            assert any(on <= closed for on in charged[holders[line.id]]), line


def test_every_closed_line_says_how_and_is_tried_again():
    tried = Counter(back.owner for back in of("force", Kind.CHECK_BACK))
    for line in of("force", Kind.COUNTY_LINE):
        is_closed = line.status in {"closed-type-1", "closed-type-2", "rebranded"}
        assert bool(line.closure_type) == (is_closed or line.status == "re-activated"), line
        if is_closed:
            assert line.closure_evidence, line
            assert tried[line.id] == 2


def test_what_came_back_began_after_what_it_came_back_from_was_closed():
    lines = {line.id: line for line in of("region", Kind.COUNTY_LINE)}
    for line in lines.values():
        if line.follows and line.closed is None and lines[line.follows].closed:
            assert line.opened.earliest() >= lines[line.follows].closed.earliest(), line


def test_a_demonstration_opens_on_a_check_back_that_is_a_day_over():
    (tony,) = [line for line in of("force", Kind.COUNTY_LINE) if line.brand == "Tony"]
    due = [b.due for b in of("force", Kind.CHECK_BACK) if b.owner == tony.id and b.result == "due"]
    assert (AS_OF - min(due)).days == 1


def test_some_of_everything_is_in_a_force():
    kinds = Counter(thing.kind for thing in things("force"))
    for kind in (Kind.COURT_STEP, Kind.THREAT_WARNING, Kind.GAIN_REFERRAL, Kind.CHECK_BACK):
        assert kinds[kind] > 3, kind
    assert {r.answer for r in of("region", Kind.GAIN_REFERRAL)} >= {"waiting", "hit", "no-hit"}


@pytest.mark.parametrize("size", ["force", "region"])
def test_what_a_sample_claims_of_arrests_is_counted_from_steps_each_once(size: str):
    steps = {step.id: step for step in of(size, Kind.COURT_STEP)}
    claims = {claim.id: claim for claim in of(size, Kind.DISRUPTION)}
    wanted = {one.code: one.step for one in claiming.counted()}
    lines = [o for o in of(size, Kind.OUTCOME) if claims[o.owner].status in claiming.SUBMITTED]
    counted = [one for one in lines if one.measure in wanted]
    assert len(counted) > 100
    taken = [id_ for one in counted for id_ in one.steps]
    assert len(taken) == len(set(taken))
    for one in counted:
        came = [steps[id_] for id_ in one.steps]
        assert {step.step for step in came} == {wanted[one.measure]}, one
        years = sum(step.amount or 0 for step in came)
        assert one.value == (years if one.unit == "years" else len(came)), one


def test_a_claim_of_a_sample_names_whom_it_is_against_and_has_a_reference_of_its_own():
    kinds = {thing.id: thing.kind for thing in things("region")}
    for claim in of("region", Kind.DISRUPTION):
        named = {"ocg": {Kind.OCG}, "individual": {Kind.NOMINAL}}.get(claim.against, set())
        assert {kinds[id_] for id_ in claim.subjects} == named, claim
    given = [claim.apmis for claim in of("region", Kind.DISRUPTION) if claim.apmis]
    assert len(given) == len(set(given))
