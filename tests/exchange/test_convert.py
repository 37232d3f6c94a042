"""Cells become values as a UK reader means them, or one sentence says why not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.dates import PartialDate, Precision
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.values import Alias, Identifier
from ocgdesk.exchange.convert import Converted, convert
from ocgdesk.exchange.mapping import IMPORTABLE

TODAY = date(2026, 5, 1)


def field(type_: FieldType, codes: str = "", *, mono: bool = False) -> Field:
    return Field(label="x", type=type_, codes=codes, mono=mono)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14/2/91", PartialDate(1991, 2, 14)),
        ("03/04/1985", PartialDate(1985, 4, 3)),
        ("1991-02-14", PartialDate(1991, 2, 14)),
        ("1991-02-14 00:00:00", PartialDate(1991, 2, 14)),
        ("14/02/1991 09:30", PartialDate(1991, 2, 14)),
        ("2024-03-01T09:30:00Z", PartialDate(2024, 3, 1)),
        ("19910214", PartialDate(1991, 2, 14)),
        ("Feb 1979", PartialDate(1979, 2)),
        ("about 1996", PartialDate(1996, precision=Precision.ABOUT)),
        ("", None),
        ("n/a", None),
        ("unknown", None),
    ],
)
def test_dates_are_read_in_uk_order(text, value):
    assert convert(field(FieldType.PARTIAL_DATE), text, today=TODAY) == Converted(value)


@pytest.mark.parametrize("text", ["02/14/1991", "31/02/1990", "soon", "45296"])
def test_what_is_no_date_is_a_problem_and_stays_empty(text):
    result = convert(field(FieldType.PARTIAL_DATE), text, today=TODAY)
    assert result.value is None
    assert len(result.problems) == 1


def test_a_month_is_no_day():
    assert convert(field(FieldType.DAY), "Feb 1991").problems
    assert convert(field(FieldType.DAY), "14 Feb 1991").value == date(1991, 2, 14)


@pytest.mark.parametrize(
    ("codes", "text", "code"),
    [
        ("genders", "MALE", "male"),
        ("genders", "F", "female"),
        ("agencies", "WMP", "WMP"),
        ("agencies", "west midlands", "WMP"),
        ("agencies", "West Midlands Police", "WMP"),
        ("platforms", "Encrochat", "encrochat"),
        ("platforms", "SKY-ECC", "sky-ecc"),
        ("tiers", "Tier 1", "t1"),
        ("ocg-statuses", "Under Assessment", "under-assessment"),
    ],
)
def test_codes_are_read_by_code_label_or_usual_word(codes, text, code):
    assert convert(field(FieldType.CODE, codes), text) == Converted(code)


def test_an_unknown_code_is_a_problem_and_stays_empty():
    result = convert(field(FieldType.CODE, "platforms"), "Smoke signals")
    assert result.value is None
    assert "Smoke signals" in result.problems[0]


def test_a_list_keeps_its_good_codes_and_reports_the_others():
    result = convert(field(FieldType.CODES, "warning-markers"), "FI; Violent | nonsense")
    assert result.value == ("FI", "VI")
    assert len(result.problems) == 1


def test_a_comma_parts_codes_unless_a_label_holds_one():
    codes = field(FieldType.CODES, "data-subject-categories")
    assert convert(codes, "victim, witness").value == ("victim", "witness")
    assert convert(codes, "Other person (family, contact)").value == ("other",)


@pytest.mark.parametrize(
    ("text", "value"), [("yes", True), ("Y", True), ("1", True), ("FALSE", False), ("n", False)]
)
def test_flags_are_read(text, value):
    assert convert(field(FieldType.FLAG), text).value is value


def test_a_flag_that_says_maybe_is_a_problem():
    assert convert(field(FieldType.FLAG), "maybe").problems


@pytest.mark.parametrize(
    ("text", "value"), [("52", 52.0), ("1,234.5", 1234.5), ("£3,546", 3546.0), ("-0.5", -0.5)]
)
def test_numbers_are_read(text, value):
    assert convert(field(FieldType.NUMBER), text).value == value


@pytest.mark.parametrize("text", ["1_000", "1e5", "inf", "12,34", "many", "٣"])
def test_what_only_a_program_calls_a_number_is_a_problem(text):
    assert convert(field(FieldType.NUMBER), text).problems


def test_identifiers_carry_their_scheme_and_keep_their_text():
    numbers = field(FieldType.IDENTIFIERS, mono=True)
    assert convert(numbers, "99/123456X; 00/0000001A", scheme="pnc").value == (
        Identifier("pnc", "99/123456X"),
        Identifier("pnc", "00/0000001A"),
    )


def test_aliases_carry_their_type():
    assert convert(field(FieldType.ALIASES), "Spud | Big  Dai", scheme="nickname").value == (
        Alias("Spud", "nickname"),
        Alias("Big Dai", "nickname"),
    )


@pytest.mark.parametrize("type_", [FieldType.TEXT, FieldType.IDENTIFIERS])
def test_a_number_that_a_spreadsheet_shortened_is_a_problem(type_):
    result = convert(field(type_, mono=True), "7.7009E+11")
    assert result.value is None
    assert "shortened" in result.problems[0]


@pytest.mark.parametrize("name", ["Null", "Nan", "None", "Na"])
def test_names_that_programs_take_for_nothing_are_kept(name):
    assert convert(field(FieldType.TEXT), name).value == name


def test_gradings_are_read_in_both_schemes():
    assert convert(field(FieldType.GRADE), "2-c-p").value == "2CP"
    assert convert(field(FieldType.GRADE), "B24").value == "B24"
    assert convert(field(FieldType.GRADE), "9ZZ").problems


FIELDS = [
    described
    for kind in (*IMPORTABLE, Kind.LINK)
    for described in described_fields(class_of(kind))
    if described.type not in {FieldType.ENTITY, FieldType.ENTITIES, FieldType.GROUNDS}
]


@given(st.sampled_from(FIELDS), st.text(max_size=40))
def test_any_text_is_a_value_nothing_or_a_problem(described, text):
    result = convert(described, text, today=TODAY)
    assert all(isinstance(problem, str) and problem for problem in result.problems)
