"""The ledger as it is looked at: queues, the last disruption, movement, what waits for APMIS."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import an_ocg

from ocgdesk.casework import (
    disruption_ledger,
    disruptions,
    quality,
    records,
    return_books,
    returns,
    seizures,
    threat_grid,
)
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.casework.threat_grid import Wish as GridWish
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.people import Role
from ocgdesk.domain.returns import Period
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.errors import Refused
from ocgdesk.store import records as queries
from ocgdesk.store.claims_listed import LedgerQuery

TODAY = date(2026, 11, 18)
YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))


def a_claim(*subjects, **more) -> Disruption:
    return Disruption(
        **{
            "title": "Cuckooed flat closed",
            "on": date(2026, 6, 2),
            "subjects": tuple(one.id for one in subjects),
            "strand": "protect",
            "level": "moderate",
            "agency": "WMC",
            "narrative": "The tenant was moved.",
            "evidence": ("Statement",),
        }
        | more
    )


@pytest.fixture
def ocg(given):
    return given(an_ocg("Tarnbrook", status="active", tier="t1", agency="WMC"))[0]


def read(workspace, query):
    with workspace.reading() as reader:
        return disruption_ledger.read(reader, query)


def made(workspace, code, **more):
    with workspace.reading() as reader:
        wish = Wish(definition=return_books.find(reader, code), period=YEAR, **more)
        return returns.make(reader, wish, now=datetime(2026, 11, 18, tzinfo=UTC))


def cell(drawn, row, column):
    line = next(one for section in drawn.sections for one in section.lines if one.label == row)
    return line.figures[drawn.columns.index(column)].value


def test_a_ledger_is_narrowed_by_whom_what_and_when(workspace, given, ocg):
    other = given(an_ocg("Hollins Lane"))[0]
    first, second = given(
        a_claim(ocg), a_claim(other, title="Port advice", strand="prevent", on=date(2026, 8, 1))
    )
    for query, found in (
        (LedgerQuery(), [second, first]),
        (LedgerQuery(strand="prevent"), [second]),
        (LedgerQuery(against=ocg.id), [first]),
        (LedgerQuery(text="port adv"), [second]),
        (LedgerQuery(until=date(2026, 7, 1)), [first]),
        (LedgerQuery(agency="WMP"), []),
    ):
        rows = read(workspace, query)
        assert [row.claim.id for row in rows.rows] == [one.id for one in found]
        assert rows.total == len(found)


def test_a_restricted_subject_is_not_named_to_who_may_not_know_of_it(
    workspace, given, ann, another_user, opened_by
):
    hidden = given(an_ocg("Secret Firm", restricted_to=frozenset({ann.id})))[0]
    given(a_claim(hidden))
    bea = opened_by(another_user)
    row = read(bea, LedgerQuery()).rows[0]
    assert row.subjects == ()
    assert read(bea, LedgerQuery(against=hidden.id)).total == 0


def test_a_queue_there_is_none_of_is_refused_with_those_there_are():
    with pytest.raises(Refused, match="moderate"):
        disruption_ledger.queue("mine")


def test_the_threat_grid_says_when_an_ocg_was_last_disrupted_by_what_was_accepted(
    workspace, given, ocg
):
    given(
        a_claim(ocg, status="accepted"),
        a_claim(ocg, status="accepted", on=date(2026, 3, 1)),
        a_claim(ocg, status="submitted", on=date(2026, 11, 1)),
    )
    with workspace.reading() as reader:
        now = threat_grid.read(reader, GridWish(), today=TODAY)
        then = threat_grid.read(reader, GridWish(as_at=datetime.now(UTC)), today=TODAY)
    assert now.rows[0].last_disruption == date(2026, 6, 2)
    assert then.rows[0].last_disruption == date(2026, 6, 2)


def test_movement_compares_the_end_of_the_period_with_what_was_before_it(workspace, given, ocg):
    level, fresh, none, apart = given(
        *(an_ocg(name, status="active", tier="t2") for name in ("Level", "New", "None", "Apart"))
    )

    def score(one, total, day, version=1):
        return Assessment(
            owner=one.id, sheet="morile-style", total=total, assessed=day, sheet_version=version
        )

    given(
        score(ocg, 40, date(2025, 6, 1)),
        score(ocg, 60, date(2026, 6, 1)),
        score(ocg, 10, date(2026, 11, 5)),
        score(level, 40, date(2025, 6, 1)),
        score(fresh, 40, date(2026, 6, 1)),
        score(apart, 40, date(2025, 6, 1)),
        score(apart, 50, date(2026, 6, 1), version=2),
    )
    drawn = made(workspace, "threat-grid")
    assert none.id != level.id
    assert cell(drawn, "T1", "Rising") == 1
    for column in ("Unchanged", "Scored for the first time", "Not scored", "Not compared"):
        assert cell(drawn, "T2", column) == 1
    assert cell(drawn, "T2", "Total") == 4


def test_what_is_not_on_apmis_is_counted_until_its_reference_is_typed_back(
    workspace, ocg, add_user, opened_by
):
    with workspace.work("Record disruption") as done:
        claim = records.create(done.work, a_claim(ocg))
        disruptions.submit(done.work, claim.id, today=TODAY)
    cora = opened_by(add_user("cora", Role.COORDINATOR))
    with cora.work("Accept") as done:
        for to in ("moderated", "accepted"):
            disruptions.moderate(done.work, claim.id, to=to, today=TODAY)
    assert cell(made(workspace, "apmis"), "To be entered", "Protect") == 1
    assert read(workspace, disruption_ledger.queue("apmis")).total == 1
    with workspace.work("Enter") as done:
        disruptions.enter_on_apmis(done.work, claim.id, "AP-1", on=TODAY)
    assert cell(made(workspace, "apmis"), "To be entered", "Protect") == 0
    assert read(workspace, LedgerQuery()).to_apmis == 0


def test_a_seizure_of_an_accepted_claim_still_goes_to_the_ledger_and_only_once(
    workspace, given, ocg, add_user, opened_by
):
    drug = given(Commodity(name="Cocaine", commodity_type="cocaine", unit="kg"))[0]
    claim = given(a_claim(ocg))[0]
    with workspace.work("Outcome") as done:
        line = disruptions.add_outcome(
            done.work, Outcome(owner=claim.id, measure="cocaine", value=61.25)
        )
        done.work.put(claim_with(done.work, claim, status="accepted"))
    with workspace.work("Enter seizure") as done:
        made_ = seizures.enter(done.work, line.id, drug.id, ocg.id)
    with workspace.reading() as reader:
        links = queries.links_of(reader, drug.id)
        kept = reader.get(Outcome, line.id)
    assert [(one.link.type, one.link.weight, one.link.unit) for one in links] == [
        ("lost", 61.25, "kg")
    ]
    assert kept.dealing == made_.id
    with (
        opened_by(add_user("cora", Role.COORDINATOR)).work("Return disruption") as done,
        pytest.raises(Refused, match="take it out there first"),
    ):
        disruptions.moderate(done.work, claim.id, to="returned", note="Wrong", today=TODAY)
    with pytest.raises(Refused, match="already"), workspace.work("Enter seizure") as done:
        seizures.enter(done.work, line.id, drug.id, ocg.id)


def claim_with(work, claim, **values):
    return replace(work.get(Disruption, claim.id), **values)


def test_a_claim_that_waits_two_weeks_breaks_a_rule_of_quality(workspace, given, ocg):
    given(
        a_claim(ocg, status="submitted", submitted=date(2026, 10, 1), strand=""),
        a_claim(ocg, status="submitted", submitted=date(2026, 11, 17)),
    )
    with workspace.reading() as reader:
        found = {one.rule.code: one.broken for one in quality.look(reader, TODAY)}
    assert found["claim-not-moderated"] == 1
    assert found["claim-without-strand"] == 1
