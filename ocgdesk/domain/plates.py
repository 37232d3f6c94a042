"""Marks of vehicles and places: registration marks, chassis numbers, postcodes, companies.

Rules: DVLA INF104 (forms of registration marks since 1903); BS 7666 and Royal Mail's guide for
postcodes; ISO 3779 for vehicle identification numbers; Companies House for company numbers.
"""

import re
from collections.abc import Callable
from datetime import date

from ocgdesk.domain.checked import Checked, looked_alike, packed
from ocgdesk.domain.dates import shown
from ocgdesk.i18n import _

_CURRENT = re.compile(r"([A-HJ-PR-Y]{2})(\d{2})[A-HJ-PR-Z]{3}")
_OLDER = re.compile(
    r"[A-HJ-NP-TV-Y]\d{1,3}[A-Z]{3}"  # with the year first, 1983 to 2001, and Q marks
    r"|[A-Z]{3}\d{1,3}[A-HJ-NPR-TV-Y]"  # with the year last, 1963 to 1983
    r"|[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{1,3}"  # without a year, and of Northern Ireland
    r"|\d{3}[DX]\d{3}"  # diplomatic and consular
    r"|[A-Z]{2}\d{2}[A-Z]{2}|\d{2}[A-Z]{2}\d{2}"  # military
    r"|\d{5}"  # trade plates
)
_POSTCODE = re.compile(
    r"((?:[A-PR-UWYZ]\d{1,2}|[A-PR-UWYZ][A-HK-Y]\d{1,2}|[A-PR-UWYZ]\d[A-HJKPSTUW]"
    r"|[A-PR-UWYZ][A-HK-Y]\d[ABEHMNPRV-Y]))(\d[ABD-HJLNP-UW-Z]{2})"
    r"|(GIR)(0AA)|(BFPO)(\d{1,4})|(ASCN|BBND|BIQQ|FIQQ|PCRN|SIQQ|STHL|TDCU|TKCA)(1ZZ)"
)
_FIRST_HALF = re.compile(r"[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?")
_COMPANY = re.compile(r"([A-Z]{2})?(\d{1,8})")


def vrm(raw: str, today: date) -> Checked:
    """Look at a registration mark; the normal form has no spaces.

    A mark whose only fault is O for 0 or I for 1 is matched as it must have been meant.
    """
    text = packed(raw)
    if match := _CURRENT.fullmatch(text):
        return Checked(raw=raw, normal=text, problem=_age_problem(match[2], today))
    if _OLDER.fullmatch(text):
        return Checked(raw=raw, normal=text)
    if meant := _meant(text, _is_current):
        return Checked(raw=raw, normal=meant, problem=_mixed(f"{meant[:4]} {meant[4:]}"))
    said = _("This fits no form of UK registration mark; it may be foreign, partial or mistyped")
    return Checked(raw=raw, normal=text, problem=said)


def _is_current(text: str) -> bool:
    return _CURRENT.fullmatch(text) is not None


def _age_problem(age: str, today: date) -> str | None:
    """Say whether marks of this age are issued yet: 02 from March 2002, 51 from September 2001."""
    number = int(age)
    if number < 2:
        return _("No mark of this form has the age {age}").format(age=age)
    first = date(2000 + number, 3, 1) if number <= 50 else date(1950 + number, 9, 1)
    if first <= today:
        return None
    return _("Marks with the age {age} are issued from {day}").format(age=age, day=shown(first))


def postcode(raw: str, _today: date) -> Checked:
    """Look at a postcode; the normal form has one space."""
    text = packed(raw)
    if whole := _postcode(text):
        return Checked(raw=raw, normal=whole)
    if _FIRST_HALF.fullmatch(text):
        said = _("This is only the first half of a postcode")
        return Checked(raw=raw, normal=text, problem=said)
    if meant := _meant(text, lambda one: _postcode(one) is not None):
        spaced = _postcode(meant) or meant
        return Checked(raw=raw, normal=spaced, problem=_mixed(spaced))
    said = _("This fits no form of UK postcode, such as B1 1AA or SW1A 1AA")
    return Checked(raw=raw, normal=text, problem=said)


def _postcode(text: str) -> str | None:
    if not (match := _POSTCODE.fullmatch(text)):
        return None
    return " ".join(part for part in match.groups() if part)


def vin(raw: str, _today: date) -> Checked:
    """Look at a vehicle identification number: 17 letters and digits without I, O and Q."""
    text = packed(raw)
    fits = re.fullmatch(r"[A-HJ-NPR-Z\d]{17}", text)
    said = _("A vehicle identification number has 17 letters and digits, never I, O or Q")
    return Checked(raw=raw, normal=text, problem=None if fits else said)


def company(raw: str, _today: date) -> Checked:
    """Look at a company number; the normal form is filled up to eight characters."""
    text = packed(raw)
    match = _COMPANY.fullmatch(text)
    if match and len(text) <= 8:
        letters = match[1] or ""
        return Checked(raw=raw, normal=letters + match[2].zfill(8 - len(letters)))
    said = _("A company number has eight digits, or two letters and six digits: SC123456")
    return Checked(raw=raw, normal=text, problem=said)


def _meant(text: str, fits: Callable[[str], bool]) -> str | None:
    """Return the only text that fits and looks like this one, if there is just one."""
    found = [one for one in looked_alike(text) if fits(one)]
    return found[0] if len(found) == 1 else None


def _mixed(meant: str) -> str:
    return _("Read as {meant}: O and 0, or I and 1, were mixed up").format(meant=meant)
