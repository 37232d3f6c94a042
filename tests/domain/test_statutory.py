"""The definition of an organised crime group, and when a score is due again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.clocks import Urgency
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.reviews import months_after, next_review, score_clock
from ocgdesk.domain.statutory import LIFE, longest_sentence, shortfalls


def parts(**given_: object) -> list[str]:
    known = {"threat_type": "ocg", "persons": 3, "crime_types": ("DRG",), "gain": True, **given_}
    return [one.part for one in shortfalls(**known)]


def words(**given_: object) -> str:
    known = {"threat_type": "ocg", "persons": 3, "crime_types": ("DRG",), "gain": True, **given_}
    return shortfalls(**known)[0].words


def test_three_persons_a_serious_offence_and_gain_meet_the_definition():
    assert parts() == []


def test_each_part_that_is_not_met_is_named():
    assert parts(persons=2) == ["persons"]
    assert parts(crime_types=()) == ["offences"]
    assert parts(gain=None) == ["gain"]
    assert parts(persons=0, crime_types=("ENV",), gain=False) == ["persons", "offences", "gain"]


def test_exploited_people_are_not_counted_and_the_warning_says_so():
    said = words(persons=1, exploited=4)
    assert said.startswith("1 person is recorded; the definition needs three or more")
    assert "4 more are recorded as exploited and are not counted" in said


def test_a_crime_below_seven_years_is_named_with_its_longest_sentence():
    assert "5 years; the definition needs seven" in words(crime_types=("ENV",))
    assert parts(crime_types=("ENV", "ML")) == []


def test_a_crime_without_a_listed_offence_asks_which_it_is():
    assert "say which it is" in words(crime_types=("OTH",))


def test_offences_named_on_the_record_count_before_the_crime_types():
    assert parts(crime_types=(), offences=("Fraud",)) == []
    assert parts(crime_types=("OTH",), offences=("an offence of another list",)) == []
    assert "5 years" in words(crime_types=("DRG",), offences=("unauthorised disposal of waste",))


def test_a_threat_that_is_no_ocg_has_no_definition_to_meet():
    assert parts(threat_type="priority-individual", persons=1, crime_types=(), gain=None) == []


def test_every_crime_type_but_other_has_a_listed_offence():
    types = {item.code for item in code_list("crime-types")}
    assert {one for one in types if longest_sentence(one) is None} == {"OTH"}
    named = {one for item in code_list("offence-maxima") for one in item.get("crime_types")}
    assert named <= types
    assert longest_sentence("DRG") == LIFE


@pytest.mark.parametrize(
    ("tier", "last", "due"),
    [
        ("t1", date(2026, 1, 31), date(2026, 4, 30)),
        ("t2", date(2026, 11, 30), date(2027, 2, 28)),
        ("t3", date(2026, 1, 31), date(2026, 7, 31)),
        ("t4", date(2026, 8, 29), date(2027, 2, 28)),
        ("", date(2026, 1, 1), None),
        ("t1", None, None),
    ],
)
def test_upper_tiers_are_scored_again_after_three_months_and_lower_after_six(tier, last, due):
    assert next_review(tier, last) == due


@pytest.mark.parametrize(
    ("today", "urgency"),
    [
        (date(2026, 4, 14), Urgency.QUIET),
        (date(2026, 4, 29), Urgency.SOON),
        (date(2026, 4, 30), Urgency.DUE),
        (date(2026, 5, 13), Urgency.DUE),
        (date(2026, 5, 14), Urgency.OVERDUE),
    ],
)
def test_a_score_is_amber_when_due_and_red_fourteen_days_over(today, urgency):
    assert score_clock("t1", date(2026, 1, 31), today).urgency is urgency


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_on_is_that_month_and_the_same_day_or_its_last(day: date, months: int):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and months_after(later, 1).day >= later.day)
