"""Identifiers: the published vectors, the forms equal ones share, and what is warned about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.device_numbers import luhn
from ocgdesk.domain.identifiers import CHECKED_TYPES, check, normal
from ocgdesk.domain.police_numbers import CHECK_LETTERS, check_letter
from ocgdesk.domain.reference_data import code_list

TODAY = date(2026, 5, 4)


def problem(type_: str, raw: str) -> str | None:
    return check(type_, raw, TODAY).problem


@pytest.mark.parametrize("raw", ["99/123456X", "1999/1234567B", "20/9N", "21/9999M"])
def test_published_pnc_ids_are_sound(raw: str):
    assert problem("pnc", raw) is None


@pytest.mark.parametrize("raw", ["123456/99L", "1234/88P", "1/11X"])
def test_published_cro_numbers_are_sound(raw: str):
    assert problem("cro", raw) is None


def test_published_wrong_check_letters_are_warned_about_and_say_the_right_one():
    assert "should be B, not A" in (problem("pnc", "1999/1234567A") or "")
    assert "should be L, not Z" in (problem("cro", "123456/99Z") or "")


@pytest.mark.parametrize(
    ("type_", "raw", "form"),
    [
        ("pnc", "99/123456X", "1999/0123456X"),
        ("pnc", " 1999 / 123456x ", "1999/0123456X"),
        ("pnc", "19990123456X", "1999/0123456X"),
        ("pnc", "990123456X", "1999/0123456X"),
        ("pnc", "20/9N", "2020/0000009N"),
        ("cro", "1234/88P", "001234/88P"),
        ("cro", "1234/1988p", "001234/88P"),
        ("nino", "ab 12 34 56 c", "AB123456C"),
        ("prison", "a1234bc", "A1234BC"),
        ("asn", "11/01ZD/01/448754K", "1101ZD0100000448754K"),
        ("asn", "1101ZD0100000448754K", "1101ZD0100000448754K"),
        ("driver", "MORGA 657054 SM9IJ 35", "MORGA657054SM9IJ"),
        ("phone", "07700 900321", "+447700900321"),
        ("phone", "+44 (0)7700 900-321", "+447700900321"),
        ("phone", "0044 7700 900 321", "+447700900321"),
        ("phone", "447700900321", "+447700900321"),
        ("phone", "(0121) 496 0123", "+441214960123"),
        ("phone", "+353 20 912 3456", "+353209123456"),
        ("imei", "49-015420-323751-8", "490154203237518"),
        ("imei", "49015420323751", "490154203237518"),
        ("imei", "490154203237510", "490154203237518"),
        ("imei", "4901542032375101", "490154203237518"),
        ("vrm", "ab12 cde", "AB12CDE"),
        ("postcode", "b11aa", "B1 1AA"),
        ("postcode", "sw1a 1aa", "SW1A 1AA"),
        ("postcode", "gir0aa", "GIR 0AA"),
        ("postcode", "bfpo 12", "BFPO 12"),
        ("company", "1234567", "01234567"),
        ("company", "sc1234", "SC001234"),
        ("ip", "2001:0DB8::0001", "2001:db8::1"),
        ("iccid", "8944 1100 0000 0000 008", "8944110000000000008"),
        ("imsi", "234-15-0123456789", "234150123456789"),
    ],
)
def test_equal_identifiers_share_one_form_however_they_were_typed(type_, raw, form):
    found = check(type_, raw, TODAY)
    assert found.normal == form
    assert found.raw == raw


@pytest.mark.parametrize(
    ("type_", "raw", "words"),
    [
        ("pnc", "1999-12", "a year, a slash"),
        ("pnc", "1999/1234567O", "never I, O or S"),
        ("pnc", "2031/0000001X", "not come yet"),
        ("cro", "12345678/99L", "up to six digits"),
        ("nino", "DA123456C", "never D"),
        ("nino", "AO123456C", "never O"),
        ("nino", "GB123456C", "begins with GB"),
        ("nino", "AB123456", "missing"),
        ("nino", "AB123456E", "A, B, C or D"),
        ("nino", "AB12345C", "six digits"),
        ("prison", "AB1234", "old prison number"),
        ("prison", "1234567", "a letter, four digits"),
        ("asn", "1101ZD0100000448754A", "should be K"),
        ("asn", "1101ZD", "20 or 21"),
        ("driver", "MORGA613054SM9IJ", "13 and 05"),
        ("driver", "MORGA", "five characters"),
        ("passport", "12", "six to nine"),
        ("phone", "0770 090 032", "beginning 07 has 11 digits; this has 10"),
        ("phone", "0412345678", "begins with 04"),
        ("phone", "ring him", "digits only"),
        ("phone", "31612345678", "the country"),
        ("phone", "+1", "seven to fifteen"),
        ("imei", "490154203237517", "should be 8"),
        ("imei", "1234", "15 digits"),
        ("imsi", "12", "14 or 15"),
        ("iccid", "8944110000000000002", "should be 8"),
        ("iccid", "44", "begins with 89"),
        ("ip", "300.1.1.1", "no IP address"),
        ("vrm", "AB01 CDE", "age 01"),
        ("vrm", "AB76 CDE", "issued from 1 Sep 2026"),
        ("vrm", "QA00 ABC", "no form of UK"),
        ("vrm", "AB1? CDE", "partial"),
        ("vin", "WVWZZZ1OZXW000001", "never I, O or Q"),
        ("postcode", "B1", "first half"),
        ("postcode", "Birmingham", "no form"),
        ("company", "X1", "eight digits"),
        ("nino", "  ", "Nothing"),
        ("phone", "\u0660\u0667\u0667", "A to Z"),
    ],
)
def test_what_breaks_a_format_is_warned_about_with_the_rule_and_kept(type_, raw, words):
    found = check(type_, raw, TODAY)
    assert words in (found.problem or "")
    assert found.raw == raw
    assert not found.is_sound


def test_numbers_without_prints_fit_by_any_way_of_padding():
    for digits in ("99001234", "9901234", "991234", "1234"):
        assert problem("cro", f"SF99/1234{check_letter(digits)}") is None
    fitting = {check_letter(d) for d in ("99001234", "9901234", "991234", "1234")}
    wrong = next(letter for letter in CHECK_LETTERS if letter not in fitting)
    assert problem("cro", f"SF99/1234{wrong}") is not None
    assert normal("cro", "SF99/1234A") == normal("cro", "sf99/001234a")


def test_a_year_of_two_digits_is_asked_about_and_matched_both_ways():
    found = check("pnc", "20/9N", TODAY)
    assert found.question == "Is the year 2020 or 1920?"
    assert found.matches_on == {"2020/0000009N", "1920/0000009N"}
    assert check("pnc", "2020/9N", TODAY).question is None


def test_a_year_of_two_digits_that_has_not_come_is_of_the_last_century():
    found = check("pnc", "99/123456X", TODAY)
    assert found.matches_on == {"1999/0123456X"}
    assert found.question is None


def test_a_mobile_number_that_lost_its_nought_is_read_and_asked_about():
    found = check("phone", "7700900321", TODAY)
    assert found.normal == "+447700900321"
    assert "0 was lost" in (found.question or "")


def test_a_plate_with_a_nought_for_an_o_is_matched_as_it_must_have_been_meant():
    found = check("vrm", "AB12 0XY", TODAY)
    assert found.normal == "AB12OXY"
    assert found.problem == "Read as AB12 OXY: O and 0, or I and 1, were mixed up"
    assert normal("postcode", "OX1 OAA") == "OX1 0AA"


@pytest.mark.parametrize(
    "plate", ["A123BCD", "ABC123D", "ABC 1234", "1 A", "Q123 ABC", "101 D 234", "AIZ 1234"]
)
def test_older_and_other_forms_of_plates_are_sound(plate: str):
    assert problem("vrm", plate) is None


def test_a_plate_is_sound_from_the_day_its_age_is_issued():
    assert check("vrm", "AB76 CDE", date(2026, 9, 1)).is_sound
    assert not check("vrm", "AB76 CDE", date(2026, 8, 31)).is_sound


def test_every_checked_scheme_is_in_the_list_of_schemes():
    assert CHECKED_TYPES - {"phone", "vrm", "postcode"} <= {
        item.code for item in code_list("identifier-schemes")
    }


def test_a_scheme_without_a_rule_is_only_packed():
    found = check("custody", " ab/12-34 ", TODAY)
    assert (found.normal, found.problem) == ("AB/1234", None)


@given(st.integers(1950, 2026), st.integers(1, 9_999_999))
def test_any_pnc_id_with_its_letter_is_sound_and_any_other_letter_is_not(year: int, serial: int):
    right = check_letter(f"{year % 100:02d}{serial:07d}")
    for letter in CHECK_LETTERS:
        sound = check("pnc", f"{year}/{serial}{letter}", TODAY).is_sound
        assert sound == (letter == right)


@given(st.from_regex(r"[0-9]{14}", fullmatch=True), st.integers(0, 13), st.integers(1, 9))
def test_one_changed_digit_never_passes_for_the_same_imei(body: str, place: int, more: int):
    right = body + luhn(body)
    changed = str((int(right[place]) + more) % 10)
    other = right[:place] + changed + right[place + 1 :]
    assert normal("imei", right) == right
    assert normal("imei", other) != right


@given(st.sampled_from(sorted(CHECKED_TYPES)), st.text(max_size=24))
def test_nothing_typed_can_make_a_check_fail_and_the_raw_text_is_kept(type_: str, raw: str):
    assert check(type_, raw, TODAY).raw == raw


@given(
    st.sampled_from(sorted(CHECKED_TYPES)),
    st.text("ABCDEFGHJKLMOI0123456789/+ ", min_size=1, max_size=18),
)
def test_the_normal_form_of_a_sound_identifier_is_its_own_normal_form(type_: str, raw: str):
    found = check(type_, raw, TODAY)
    if found.is_sound:
        again = check(type_, found.normal, TODAY)
        assert (again.normal, again.problem) == (found.normal, None)
