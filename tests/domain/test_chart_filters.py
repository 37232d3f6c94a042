"""Filters of a chart: what they ask, how they are typed, said and kept."""

import json
from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some

from ocgdesk.domain import chart_fields, chart_filters, chart_windows
from ocgdesk.domain.chart_filters import ChartFilter
from ocgdesk.domain.chart_tests import Op, Span, Test, checked, ops, parse
from ocgdesk.domain.chart_windows import Window
from ocgdesk.errors import Refused


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ocg.tier=t1,T2", "OCG: tier is T1 or T2"),
        ("ocg.tier!=t1", "OCG: tier is not T1"),
        ("ocg.tier is recorded", "OCG: tier is recorded"),
        ("ocg.tier is empty", "OCG: tier is not recorded"),
        ("link.grade>=2CP", "Links: best grade 2C or better"),
        ("links=3..8", "Links drawn from 3 to below 8"),
        ("links>=top 10%", "Links drawn among the highest 10 %"),
        ("nominal.in_custody=yes", "Nominal: in custody is yes"),
        ("link.held<=1 Mar 2026", "Links: held at most 1 Mar 2026"),
        ("marking=official", "Marking is OFFICIAL"),
    ],
)
def test_a_test_is_typed_and_said_in_words(typed: str, words: str) -> None:
    assert parse(typed).words == words


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("nonsense", "is no test"),
        ("ocg.nonsense=1", "cannot be asked for 'ocg.nonsense'"),
        ("ocg.tier=t9", "'t9' is none of the values"),
        ("links>=many", "is no number"),
        ("links>=top 100%", "less than 100"),
        ("link.grade>=B24", "3x5x2"),
        ("nominal.in_custody=maybe", "yes or no"),
        ("ocg.tier>=t1", "cannot be asked for “at least”"),
        ("ocg.tier=", "held against"),
        ("nominal.name=Ann", "cannot be asked"),
        ("link.held>=30 Feb 2026", "30/2/2026 is not a date"),
    ],
)
def test_what_makes_no_test_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "found", "holds"),
    [
        ("ocg.tier=t1", ("t1",), True),
        ("ocg.tier=t1", (), False),
        ("ocg.tier!=t1", (), True),
        ("ocg.tier is empty", (), True),
        ("nominal.warnings=FI", ("VI", "FI"), True),
        ("link.grade>=2C", ("2C",), True),
        ("link.grade>=2C", ("1D",), False),
        ("link.grade>=2C", ("3A",), False),
        ("link.grade>=2C", (), False),
        ("links=3..8", (8.0,), False),
        ("links=3..8", (3.0,), True),
        ("links<=3", (3.0,), True),
        ("ocg.review_due>=1/3/2026", (date(2026, 3, 1),), True),
        ("link.held=1/3/2026..1/4/2026", (Span(date(2025, 1, 1), date(2026, 3, 1)),), True),
        ("link.held=1/3/2026..1/4/2026", (Span(date(2026, 4, 1), date(2026, 5, 1)),), False),
        ("link.held<=1/3/2026", (Span(date(2026, 3, 2), date(2026, 5, 1)),), False),
    ],
)
def test_a_value_is_held_against_what_is_asked(typed: str, found, holds: bool) -> None:
    assert parse(typed).holds(found) is holds


FIELDS = sorted(one.name for one in chart_fields.askable(["ocg", "nominal", "county-line"]))


@for_all(
    some.sampled_from(FIELDS), some.sampled_from(list(Op)), some.lists(some.text(), max_size=3)
)
def test_whatever_is_asked_is_refused_or_can_be_said_kept_and_answered(name, op, values) -> None:
    try:
        test = checked(Test(field=name, op=op, values=tuple(values)))
    except Refused:
        return
    assert test.words
    one = ChartFilter(test=test)
    assert chart_filters.unpacked(chart_filters.packed([one])) == (one,)
    if test.op is not Op.TOP:
        assert test.holds(()) in {True, False}


def test_every_field_can_be_asked_in_some_way() -> None:
    for one in chart_fields.askable(["ocg", "nominal", "location", "report"]):
        assert ops(one)
        assert one.words


def test_names_and_numbers_are_not_asked_for_since_filters_are_printed() -> None:
    for name in (
        "nominal.name",
        "phone.number",
        "vehicle.vrm",
        "handle.handle",
        "location.postcode",
    ):
        assert not chart_fields.known(name)


def test_a_filter_in_force_is_stated_with_what_it_does() -> None:
    named = ChartFilter(test=parse("link.strength=confirmed"), name="Firm")
    off = ChartFilter(test=parse("links>=3"), on=False)
    out = ChartFilter(test=parse("ocg.status=archived"), keep=False)
    assert chart_filters.stated([named, off, out]) == (
        "Firm (Links: strength is Confirmed)",
        "without OCG: status is Archived",
    )


def test_the_eye_of_a_legend_is_a_filter_that_comes_and_goes() -> None:
    other = ChartFilter(test=parse("links>=3"))
    hidden = chart_filters.with_kind([other], "handle", shown=False)
    assert chart_filters.stated(hidden) == ("Links drawn at least 3", "without handle")
    assert chart_filters.kinds_off(hidden) == {"handle"}
    assert chart_filters.with_kind(hidden, "handle", shown=True) == (other,)
    twice = chart_filters.with_kind(hidden, "handle", shown=False)
    assert len(twice) == 2


def test_the_eye_of_what_is_sketched_is_kept_too() -> None:
    hidden = chart_filters.with_kind((), "sketch-nominal", shown=False)
    assert chart_filters.unpacked(chart_filters.packed(hidden)) == hidden
    assert chart_filters.stated(hidden) == ("without sketched nominal",)


@pytest.mark.parametrize(
    "text",
    ["{", "[1]", '[{"test":{}}]', '[{"test":{"field":"gone.gone","op":"is","values":["x"]}}]'],
)
def test_filters_that_cannot_be_read_are_refused_whole(text: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        chart_filters.unpacked(text)


def test_the_days_of_a_chart_are_kept_beside_its_filters():
    window = Window(first=date(2026, 1, 5), faint=True)
    one = chart_filters.without_kind("handle")
    text = chart_filters.packed([one], chart_windows.plain(window))
    assert chart_filters.unpacked(text) == (one,)
    assert chart_windows.unpacked(text) == window
    assert chart_windows.unpacked(chart_filters.packed([one])) is None
    assert chart_windows.unpacked("") is None


@pytest.mark.parametrize("days", [("", ""), ("2026-02-01", "2026-01-01"), ("soon", ""), (3, "")])
def test_days_that_cannot_be_read_are_refused_and_not_left_out(days):
    text = json.dumps([{"window": {"first": days[0], "last": days[1], "faint": False}}])
    with pytest.raises(Refused, match="set them anew"):
        chart_windows.unpacked(text)
