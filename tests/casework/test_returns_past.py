"""Returns as the register stood: what is drawn up of then is what was drawn up then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import a_handle, a_line, a_link, a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import restricting, returns
from ocgdesk.casework.return_wishes import Wish, shipped
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.returns import Period, Return
from ocgdesk.domain.subrecords import Assessment, CourtStep

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
CODES = tuple(one.code for one in shipped())


def claim(title: str, **more) -> Disruption:
    plain = {"on": date(2026, 5, 5), "strand": "pursue", "level": "minor", "agency": "WMP"}
    return Disruption(title=title, status="accepted", **plain | more)


@pytest.fixture
def world(given):
    """Something of all that returns count."""
    ocg, other, handle, line, gone = given(
        an_ocg("Tarnbrook", status="active", tier="t1", agency="WMP", primary_crime="drugs"),
        an_ocg("Second", status="active", tier="t2", agency="WMP"),
        a_handle("quietfox", disposition="to-develop"),
        a_line("Kestrel", status="active"),
        an_ocg("Third", status="active", agency="KNT"),
    )
    operation, later = given(
        Operation(name="One", opened=PartialDate(2026, 1), operation_type="investigation"),
        Operation(name="Two", opened=PartialDate(2026, 2), pre_charge=PartialDate(2026, 3)),
    )
    first, second, third = given(
        claim("One", subjects=(ocg.id,), operation=operation.id, powers=("poca-cash",)),
        claim("Two", strand="prevent", on=date(2026, 6, 6)),
        claim("Old", on=date(2025, 3, 3), part="support"),
    )
    outcome = given(
        Outcome(owner=first.id, measure="cash", value=900, unit="gbp", on=date(2026, 5, 5)),
        Outcome(owner=second.id, measure="arrested", value=2, unit="people", on=date(2026, 6, 6)),
    )[0]
    person = given(a_nominal("Kyle Penhallow"))[0]
    steps = given(*(CourtStep(owner=person.id, step="charged") for _n in range(2)))
    charged, still = given(
        *(Outcome(owner=first.id, measure="charged", value=1, unit="people",
                  on=date(2026, 5, 5), steps=(step.id,)) for step in steps)
    )  # fmt: skip
    plan = given(a_plan(ocg))[0]
    link = given(a_link(handle, operation))[0]
    action = given(an_action(plan, strand="pursue", status="in-progress"))[0]
    score = given(
        Assessment(owner=ocg.id, sheet="morile-style", total=40.0, assessed=date(2025, 5, 5)),
        Assessment(owner=ocg.id, sheet="morile-style", total=60.0, assessed=date(2026, 5, 5)),
    )[1]
    return {
        "ocg": ocg, "other": other, "handle": handle, "line": line, "operation": operation,
        "later": later, "first": first, "second": second, "third": third, "outcome": outcome,
        "charged": charged, "still": still, "link": link, "action": action, "score": score,
        "gone": gone,
    }  # fmt: skip


@pytest.fixture
def drawn(workspace) -> Callable[..., Return]:
    def draw(code: str, as_at: datetime | None = None) -> Return:
        definition = next(replace(one, requires=()) for one in shipped() if one.code == code)
        wish = Wish(definition=definition, period=YEAR, before=YEAR.before(), as_at=as_at)
        with workspace.reading() as reader:
            return returns.make(reader, wish, now=NOW)

    return draw


@pytest.fixture
def upset(workspace, world, put, given):
    """Change, take out and add to all that returns count."""

    def change() -> None:
        put(world["ocg"], tier="t2", primary_crime="fraud", agency="KNT")
        put(world["handle"], disposition="attributed")
        put(world["line"], status="closed-type-1", closed=PartialDate(2026, 6))
        put(world["operation"], post_charge=PartialDate(2026, 4), agency="KNT")
        put(world["first"], strand="protect", level="major", status="returned")
        put(world["second"], powers=("scpo",), on=date(2026, 7, 7), agency="KNT")
        put(world["outcome"], value=1_900.0)
        put(world["charged"], steps=())
        put(world["action"], status="complete", done=date(2026, 8, 8))
        put(world["score"], total=20.0)
        given(claim("New", level="major"), an_ocg("Fourth", status="active"), a_nominal("New"))
        with workspace.work("Remove") as done:
            done.work.remove(done.work.get(type(world["link"]), world["link"].id))
            done.work.remove(done.work.get(type(world["third"]), world["third"].id))
            done.work.remove(done.work.get(type(world["gone"]), world["gone"].id))

    return change


def active(made: Return) -> float | None:
    """Return how many OCGs a return counts."""
    return next(one.figures[0].value for one in made.sections[0].lines if one.is_total)


def told(made: Return):
    counted = [one for one in made.notes if "criminal-justice" in one]
    return [(one.title, one.lines) for one in made.sections], counted


def test_every_return_of_then_is_what_was_drawn_up_then(drawn, upset, workspace):
    before = {code: told(drawn(code)) for code in CODES}
    moment = datetime.now(UTC)
    upset()
    changed = [code for code in CODES if told(drawn(code)) != before[code]]
    assert len(changed) >= 9
    for code in CODES:
        assert told(drawn(code, moment)) == before[code], code


def test_a_figure_of_then_opens_the_records_beneath_it_then(drawn, upset, world, workspace):
    moment = datetime.now(UTC)
    upset()
    made = drawn("disruptions", moment)
    definition = made.definition
    wish = Wish(definition=definition, period=YEAR, before=YEAR.before(), as_at=moment)
    line = made.sections[0].lines[0]
    with workspace.reading() as reader:
        found, total = returns.records(reader, wish, 0, line, 1)
        assert ([one.id for one in found], total) == ([world["first"].id], 1)
        found, total = returns.records(reader, wish, 0, line, 0)
        assert (found, total) == ((), 1)


def test_the_moment_is_stated_with_that_of_its_making(drawn, world):
    moment = datetime(2026, 11, 17, 23, 59, tzinfo=UTC)
    words = "17 Nov 2026, 23:59, as this workspace had it recorded; drawn up 18 Nov 2026, 09:00"
    assert drawn("activity", moment).as_at == words


def test_what_somebody_may_not_know_of_is_not_counted_as_it_was_either(
    workspace, opened_by, another_user, upset, world, drawn
):
    moment = datetime.now(UTC)
    upset()
    with workspace.work("Restrict") as done:
        restricting.restrict(done.work, world["ocg"].id, reason="Source", users=())
    definition = next(one for one in shipped() if one.code == "crime-types")
    wish = Wish(definition=definition, period=YEAR, as_at=moment)
    with opened_by(another_user).reading() as reader:
        theirs = returns.make(reader, wish, now=NOW)
    mine = drawn("crime-types", moment)
    first = (made.sections[0].lines for made in (mine, theirs))
    assert [next(one.figures[0].value for one in lines if one.is_total) for lines in first] == [
        3,
        2,
    ]
