"""Numbers issued about people: PNC, CRO, arrest/summons, prison, NINO, driver, passport.

Rules: NPCC Minimum POLE Data Standards Dictionary, attributes 071 to 073; the validation
published by the Ministry of Justice; HMRC manual NIM39110. Where sources differ, what fits any of
them is let pass.
"""

import re
from datetime import date

from ocgdesk.domain.checked import Checked, packed
from ocgdesk.i18n import _

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""Check letters by remainder of 23; I, O and S are left out."""

_PNC = re.compile(r"(\d{4}|\d{2})(?:[/\\](\d{1,7})|(\d{7}))([A-Z])")
_CRO = re.compile(r"(\d{1,6})[/\\](?:19|20)?(\d{2})([A-Z])")
_CRO_SF = re.compile(r"SF(\d{2})[/\\](\d{1,6})([A-Z])")
_ASN_PARTS = re.compile(r"(\d{2})[/\\]([A-Z\d]{4,5})[/\\]([A-Z\d]{2})[/\\](\d{1,11})([A-Z])")
_ASN = re.compile(r"(\d{2})([A-Z\d]{4,5})([A-Z\d]{2})(\d{11})([A-Z])")
_NINO = re.compile(r"([A-Z])([A-Z])(\d{6})([A-Z]?)")
_PRISON = re.compile(r"[A-Z]\d{4}[A-Z]{2}")
_PRISON_OLD = re.compile(r"[A-Z]{2}\d{4}")
_DRIVER = re.compile(r"(?=[A-Z]+9*\d)[A-Z][A-Z9]{4}\d(\d{2})(\d{2})\d[A-Z9]{2}[A-Z\d]{3}(?:\d{2})?")
_PASSPORT = re.compile(r"(?=.*\d)[A-Z\d]{6,9}")


def check_letter(digits: str) -> str:
    """Return the letter for a run of digits: its value's remainder of 23."""
    return CHECK_LETTERS[int(digits) % 23]


def pnc(raw: str, today: date) -> Checked:
    """Look at a PNC ID: ``1999/1234567B``, also with two digits of the year, or unpadded."""
    text = packed(raw)
    if not (match := _PNC.fullmatch(text)):
        said = _("A PNC ID is a year, a slash, up to seven digits and a letter: 1999/1234567B")
        return Checked(raw=raw, normal=text, problem=said)
    year, slashed, joined, letter = match.groups()
    serial = (slashed or joined).zfill(7)
    years = _years(year, today)
    readings = tuple(f"{one}/{serial}{letter}" for one in years)
    return Checked(
        raw=raw,
        normal=readings[0],
        problem=_wrong(letter, (year[-2:] + serial,)) or _too_late(years[0], today),
        question=_century(years),
        readings=readings,
    )


def cro(raw: str, _today: date) -> Checked:
    """Look at a CRO number: ``123456/99L``, or ``SF99/123456X`` where no prints are held."""
    text = packed(raw)
    if match := _CRO_SF.fullmatch(text):
        return _without_prints(raw, *match.groups())
    if match := _CRO.fullmatch(text):
        serial, year, letter = match[1].zfill(6), match[2], match[3]
        problem = _wrong(letter, (year + serial,))
        return Checked(raw=raw, normal=f"{serial}/{year}{letter}", problem=problem)
    said = _(
        "A CRO number is up to six digits, a slash, two digits of the year and a letter: "
        "123456/99L, or SF99/123456X"
    )
    return Checked(raw=raw, normal=text, problem=said)


def _without_prints(raw: str, year: str, serial: str, letter: str) -> Checked:
    """Accept any way of padding that fits: sources differ, and some leave the year out."""
    bare = serial.lstrip("0") or "0"
    ways = tuple(year + padded for padded in (serial.zfill(6), bare.zfill(5), bare))
    normal = f"SF{year}/{serial.zfill(6)}{letter}"
    return Checked(raw=raw, normal=normal, problem=_wrong(letter, (*ways, bare)))


def asn(raw: str, today: date) -> Checked:
    """Look at an arrest/summons number of 20 or 21 characters, its parts divided or not."""
    text = packed(raw)
    if not (match := _ASN_PARTS.fullmatch(text) or _ASN.fullmatch(text)):
        said = _(
            "An arrest/summons number is two digits of the year, four or five characters of the "
            "force and unit, two of the system, eleven digits and a letter: 20 or 21 in all"
        )
        return Checked(raw=raw, normal=text.replace("/", ""), problem=said)
    year, force, system, serial, letter = match.groups()
    serial = serial.zfill(11)
    summed = _digits(force[-4:-2]) + _digits(system) + year + serial
    return Checked(
        raw=raw,
        normal=f"{year}{force}{system}{serial}{letter}",
        problem=_wrong(letter, (summed,)) or _too_late(_years(year, today)[0], today),
    )


def nino(raw: str, _today: date) -> Checked:
    """Look at a National Insurance number: two letters, six digits, a letter A to D."""
    text = packed(raw)
    if not (match := _NINO.fullmatch(text)):
        said = _("A National Insurance number is two letters, six digits and A, B, C or D")
        return Checked(raw=raw, normal=text, problem=said)
    return Checked(raw=raw, normal=text, problem=_nino_problem(*match.group(1, 2, 4)))


def _nino_problem(first: str, second: str, suffix: str) -> str | None:
    if first in "DFIQUV" or second in "DFIQUVO":
        return _(
            "The first two letters of a National Insurance number are never D, F, I, Q, U or V, "
            "and the second is never O"
        )
    if first + second in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}:
        return _("No National Insurance number begins with {pair}").format(pair=first + second)
    if not suffix:
        return _("The last letter, A to D, is missing")
    return None if suffix in "ABCD" else _("A National Insurance number ends in A, B, C or D")


def prison(raw: str, _today: date) -> Checked:
    """Look at a prison number: ``A1234BC``."""
    text = packed(raw)
    if _PRISON.fullmatch(text):
        return Checked(raw=raw, normal=text)
    if _PRISON_OLD.fullmatch(text):
        said = _("This looks like an old prison number; those of today read A1234BC")
    else:
        said = _("A prison number is a letter, four digits and two letters: A1234BC")
    return Checked(raw=raw, normal=text, problem=said)


def driver(raw: str, _today: date) -> Checked:
    """Look at a driver number: 16 characters in Great Britain, 8 digits in Northern Ireland.

    The two digits of the issue, where typed, are left out of the normal form.
    """
    text = packed(raw)
    if re.fullmatch(r"\d{8}", text):
        return Checked(raw=raw, normal=text)
    match = _DRIVER.fullmatch(text)
    if match is None:
        said = _(
            "A driver number of Great Britain is five characters of the surname (filled up with "
            "9), six digits, two initials (9 for none) and three more; one of Northern Ireland is "
            "eight digits"
        )
        return Checked(raw=raw, normal=text, problem=said)
    return Checked(raw=raw, normal=text[:16], problem=_birth_problem(match[1], match[2]))


def _birth_problem(month: str, day: str) -> str | None:
    """Say whether the digits can be a birthday; a woman's month has 50 added."""
    if int(month) % 50 in range(1, 13) and int(month) < 63 and 1 <= int(day) <= 31:
        return None
    return _(
        "The digits after the surname hold the year, month (50 added for a woman) and day of "
        "birth; {month} and {day} are no month and day"
    ).format(month=month, day=day)


def passport(raw: str, _today: date) -> Checked:
    """Look at a passport number: nine digits in the UK, up to nine characters elsewhere."""
    text = packed(raw)
    if _PASSPORT.fullmatch(text):
        return Checked(raw=raw, normal=text)
    said = _(
        "A passport number is six to nine letters and digits; one of the United Kingdom is nine "
        "digits"
    )
    return Checked(raw=raw, normal=text, problem=said)


def _years(year: str, today: date) -> tuple[int, ...]:
    """Return the years a number of two or four digits can mean, the latest not in future first."""
    if len(year) == 4:
        return (int(year),)
    old, new = 1900 + int(year), 2000 + int(year)
    return (new, old) if new <= today.year else (old,)


def _century(years: tuple[int, ...]) -> str | None:
    if len(years) == 1:
        return None
    return _("Is the year {new} or {old}?").format(new=years[0], old=years[1])


def _too_late(year: int, today: date) -> str | None:
    if year <= today.year:
        return None
    return _("The year {year} has not come yet").format(year=year)


def _wrong(letter: str, ways: tuple[str, ...]) -> str | None:
    if any(check_letter(digits) == letter for digits in ways):
        return None
    if letter not in CHECK_LETTERS:
        return _("The check letter is never I, O or S")
    right = check_letter(ways[0])
    return _(
        "The check letter should be {right}, not {letter}: a digit or the letter is mistyped"
    ).format(right=right, letter=letter)


def _digits(text: str) -> str:
    """Return a part of an arrest/summons number as it is summed: letters count for nothing."""
    return text if text.isdigit() else ""
