"""Dates as people write them and as police records have them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.clocks import Urgency, action_clock, review_clock
from ocgdesk.domain.dates import PartialDate, Precision, day, overlaps, shown
from ocgdesk.errors import Refused

TODAY = date(2026, 11, 21)


@st.composite
def partial_dates(draw):
    whole = draw(st.dates(date(1000, 1, 1), date(9999, 12, 30)))
    month = whole.month if draw(st.booleans()) else 0
    number = whole.day if month and draw(st.booleans()) else 0
    return PartialDate(whole.year, month, number, draw(st.sampled_from(Precision)))


@given(partial_dates())
def test_what_is_stored_comes_back(value):
    assert PartialDate.stored(str(value)) == value


@given(partial_dates())
def test_what_is_shown_can_be_typed(value):
    assert PartialDate.parse(value.worded(), today=TODAY) == value


@given(partial_dates())
def test_a_date_means_at_least_one_day(value):
    assert value.earliest() <= value.latest()


@given(st.lists(partial_dates().filter(lambda value: not value.precision), max_size=8))
def test_the_stored_form_sorts_by_when_it_begins(values):
    stored = [PartialDate.stored(text) for text in sorted(str(value) for value in values)]
    assert [v.earliest() for v in stored] == sorted(value.earliest() for value in values)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("14/2/91", "1991-02-14"),
        ("14.02.1991", "1991-02-14"),
        ("1991-2-14", "1991-02-14"),
        ("Feb 1979", "1979-02"),
        ("14th February 1991", "1991-02-14"),
        ("1996", "1996"),
        ("about May 2025", "2025-05~"),
        ("circa 1980", "1980~"),
        ("before 3/2024", "2024-03<"),
        ("since 2020", "2020>"),
        ("1/1/27", "1927-01-01"),
        ("1/1/26", "2026-01-01"),
        ("1/1/00", "2000-01-01"),
    ],
)
def test_what_people_type_is_understood(typed, stored):
    assert str(PartialDate.parse(typed, today=TODAY)) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "31/2/2020",
        "13/13/2020",
        "2020-13",
        "Foo 1990",
        "99999",
        "0/0/2020",
        "0 Feb 2020",
    ],
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(Refused):
        PartialDate.parse(typed, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", TODAY),
        ("+14", TODAY + timedelta(days=14)),
        ("-3", TODAY - timedelta(days=3)),
        ("14/2/2027", date(2027, 2, 14)),
        ("14/2/27", date(2027, 2, 14)),
        ("14/2/91", date(1991, 2, 14)),
    ],
)
def test_a_day_is_read_as_typed(typed, meant):
    assert day(typed, today=TODAY) == meant


@pytest.mark.parametrize("typed", ["Feb 2026", "2026", "about 14/2/2026", "x", "+99999"])
def test_what_names_no_single_day_is_refused(typed):
    with pytest.raises(Refused):
        day(typed, today=TODAY)


def test_a_period_with_open_ends_runs_on():
    assert overlaps(None, None, TODAY)
    assert overlaps(PartialDate(2026), None, TODAY)
    assert overlaps(PartialDate(2026, 11), PartialDate(2026, 11), TODAY)
    assert not overlaps(PartialDate(2026, 12), None, TODAY)
    assert not overlaps(None, PartialDate(2026, 10), TODAY)
    assert overlaps(None, PartialDate(2020, precision=Precision.AFTER), TODAY)


@pytest.mark.parametrize(
    ("days", "urgency", "words"),
    [
        (30, Urgency.QUIET, "30 days"),
        (14, Urgency.SOON, "14 days"),
        (0, Urgency.DUE, "Today"),
        (-1, Urgency.DUE, "1 day over"),
        (-13, Urgency.DUE, "13 days over"),
        (-14, Urgency.OVERDUE, "14 days over"),
    ],
)
def test_a_review_is_read_against_today(days, urgency, words):
    clock = review_clock(TODAY + timedelta(days=days), TODAY)
    assert (clock.urgency, clock.words, clock.days) == (urgency, words, days)


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(8, Urgency.QUIET), (7, Urgency.DUE), (0, Urgency.DUE), (-1, Urgency.OVERDUE)],
)
def test_an_action_is_read_against_today(days, urgency):
    assert action_clock(TODAY + timedelta(days=days), TODAY).urgency is urgency


def test_nothing_due_says_so_and_near_dates_name_the_weekday():
    assert review_clock(None, TODAY).words == "–"
    assert action_clock(None, TODAY).urgency is Urgency.NONE
    assert action_clock(date(2026, 11, 24), TODAY).date_words == "Tue 24 Nov"
    assert action_clock(date(2027, 1, 4), TODAY).date_words == shown(date(2027, 1, 4))
