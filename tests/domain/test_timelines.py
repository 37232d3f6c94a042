"""Times known only in part: what is sure of them, how they are said, how far they reach."""

from datetime import date
from uuid import uuid4

import pytest

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.timelines import (
    Event,
    Timeline,
    Topic,
    known_days,
    moment,
    narrowed,
    stretch,
    worded,
)

TODAY = date(2026, 11, 21)
P = PartialDate.stored


def an_event(time, **more):
    id_ = uuid4()
    return Event(
        id=id_, kind=Kind.REPORT, topic=Topic.LINK, label="x", stretch=time, opens=id_,
        opens_kind=Kind.REPORT, **more,
    )  # fmt: skip


def test_a_month_is_a_span_of_which_no_day_is_sure():
    time = moment(P("2026-02"))
    assert (time.first, time.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert not time.is_sure
    assert not time.is_exact


def test_between_two_months_the_days_in_the_middle_are_sure():
    time = stretch(P("2026-02"), P("2026-05"))
    assert (time.sure_from, time.sure_to) == (date(2026, 2, 28), date(2026, 5, 1))
    assert time.is_sure
    assert not time.is_exact


def test_an_end_nobody_recorded_is_open_and_nothing_recorded_is_no_time():
    time = stretch(P("2026-02-03"), None)
    assert time.last == date.max
    assert known_days(time) == (date(2026, 2, 3), date(2026, 2, 3))
    assert stretch(None, None) is None
    assert moment(None) is None


def test_about_a_day_reaches_a_few_days_to_either_side():
    time = moment(P("2026-02-10~"))
    assert (time.first, time.last) == (date(2026, 2, 7), date(2026, 2, 13))


@pytest.mark.parametrize(
    ("time", "once", "words"),
    [
        (moment(date(2026, 2, 3)), True, "3 Feb 2026"),
        (moment(P("2026-02")), True, "Feb 2026"),
        (moment(P("2026")), True, "2026"),
        (moment(P("2026-02<")), True, "by 28 Feb 2026"),
        (moment(P("2026-02>")), True, "after 1 Feb 2026"),
        (stretch(P("2026-02-03"), P("2026-03-04")), False, "from 3 Feb 2026 to 4 Mar 2026"),
        (stretch(P("2026-02"), None), False, "from about 1 Feb 2026"),
        (stretch(None, P("2026-03")), False, "to about 31 Mar 2026"),
    ],
)
def test_a_time_is_said_as_exactly_as_it_is_known(time, once, words):
    assert worded(time, once=once) == words


def test_a_timeline_reaches_over_what_is_known_and_not_over_open_ends():
    events = (an_event(stretch(P("2025-01-01"), None)), an_event(stretch(None, P("2026-01-01"))))
    line = Timeline(events=events, today=TODAY)
    assert line.extent == (date(2025, 1, 1), date(2026, 1, 1))


def test_a_timeline_of_nothing_is_a_month_round_today():
    first, last = Timeline(today=TODAY).extent
    assert first < TODAY < last
    assert (last - first).days == 30


def test_events_are_narrowed_to_those_that_may_have_been_in_between():
    inside, outside = an_event(moment(P("2026-02"))), an_event(moment(P("2024")))
    assert narrowed((inside, outside), date(2026, 2, 27), None) == (inside,)
    assert narrowed((inside, outside), None, date(2024, 1, 1)) == (outside,)
