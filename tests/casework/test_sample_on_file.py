"""What hangs on the people and groups of a sample."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from typing import Any

from ocgdesk.casework import in_step
from ocgdesk.casework.sample import Sample, build
from ocgdesk.domain.kinds import Kind

AS_OF = date(2025, 11, 21)


@cache
def sample() -> Sample:
    return build("force", as_of=AS_OF)


def of(*kinds: Kind) -> list[Any]:
    return [thing for thing in sample() if thing.kind in kinds]


def test_the_codes_on_every_nominal_are_those_of_what_is_in_force():
    held = defaultdict(list)
    for thing in of(Kind.MARKER, Kind.INVOLVEMENT, Kind.CUSTODY):
        held[thing.owner].append(thing)
    for person in of(Kind.NOMINAL):
        assert in_step.in_step(person, held[person.id], (), AS_OF) == person
        marked = {m.code for m in held[person.id] if m.kind is Kind.MARKER and m.ended is None}
        assert marked == set(person.warnings)


def test_everything_on_file_names_an_owner_of_a_kind_it_hangs_on():
    kinds = {thing.id: thing.kind for thing in sample()}
    for thing in sample():
        if owners := getattr(thing, "owners", ()):
            assert kinds[thing.owner] in owners, thing.kind


def test_exploited_people_have_safeguarding_records_and_nothing_of_an_offenders():
    exploited = {n.id for n in of(Kind.NOMINAL) if n.exploited}
    cared = Counter(record.owner for record in of(Kind.SAFEGUARDING))
    assert set(cared) <= exploited
    assert 0.7 < len(cared) / len(exploited) < 1
    offending = of(Kind.CUSTODY, Kind.ORDER, Kind.COURT_STEP)
    assert not {thing.owner for thing in offending} & exploited
    assert {r.owner for r in of(Kind.RISK_FACTOR)} <= exploited


def test_children_are_referred_without_consent_and_who_declines_is_not_named():
    for record in of(Kind.SAFEGUARDING):
        if record.age_group == "child":
            assert record.referral_basis in {"", "child", "outside"}
        if record.referral_basis == "duty-to-notify":
            assert record.referral == ""


def test_some_markers_are_overdue_some_orders_run_out_and_some_are_over():
    assert any(m.review_due and m.review_due < AS_OF for m in of(Kind.MARKER))
    assert any(m.ended for m in of(Kind.MARKER))
    assert any(o.end and o.end.latest() < AS_OF for o in of(Kind.ORDER))
    assert any(o.end and o.end.latest() > AS_OF for o in of(Kind.ORDER))


def test_each_group_that_is_worked_on_has_a_decision_with_its_rationale():
    live = {o.id for o in of(Kind.OCG) if o.status in {"active", "re-activated"}}
    assert live <= {d.owner for d in of(Kind.DECISION)}
    assert all(d.rationale and d.decided < AS_OF for d in of(Kind.DECISION))
