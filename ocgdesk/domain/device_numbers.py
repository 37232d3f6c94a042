"""Numbers of telephones and devices: telephone, IMEI, IMSI, SIM, IP address.

Rules: ITU-T E.164 (length), E.118 (SIM), E.212 (IMSI); 3GPP TS 23.003 (IMEI); the UK's National
Telephone Numbering Plan for what follows +44.
"""

import ipaddress
import re
from datetime import date

from ocgdesk.domain.checked import Checked, packed
from ocgdesk.i18n import _

_TRUNK = re.compile(r"\(0\)")
_UK_LENGTHS = {
    "1": (9, 10),
    "2": (10,),
    "3": (10,),
    "5": (10,),
    "7": (10,),
    "8": (7, 9, 10),
    "9": (10,),
}
"""Digits after +44 by the first of them."""


def luhn(digits: str) -> str:
    """Return the check digit of a run of digits by the Luhn rule."""
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits)))
    return str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def phone(raw: str, _today: date) -> Checked:
    """Look at a telephone number; the normal form is ``+44…`` or ``+`` and the country's code."""
    text = packed(_TRUNK.sub("", raw)).translate(str.maketrans("", "", "()/"))
    whole, question = _with_country(text)
    if not re.fullmatch(r"\+\d+", whole):
        return Checked(raw=raw, normal=text, problem=_no_number(text))
    problem = _uk_problem(whole[3:]) if whole.startswith("+44") else _abroad_problem(whole[1:])
    return Checked(raw=raw, normal=whole, problem=problem, question=question)


def _with_country(text: str) -> tuple[str, str | None]:
    """Return a number with its country's code, as far as it can be told, and what to ask."""
    if text.startswith("00"):
        text = "+" + text[2:]
    if text.startswith("+440"):
        return "+44" + text[4:], None
    if text.startswith("0"):
        return "+44" + text[1:], None
    if re.fullmatch(r"7\d{9}", text):
        return "+44" + text, _("Is this a UK mobile number whose first 0 was lost?")
    if re.fullmatch(r"44\d{9,10}", text):
        return "+" + text, None
    return text, None


def _no_number(text: str) -> str:
    if not text.isdigit():
        return _("A telephone number holds digits only, and a + before the country")
    return _("Begin with 0 for a UK number, or with + and the country's code")


def _uk_problem(rest: str) -> str | None:
    lengths = _UK_LENGTHS.get(rest[:1], ())
    if len(rest) in lengths:
        return None
    if not lengths:
        return _("No UK number begins with 0{digit}").format(digit=rest[:1])
    wanted = _(" or ").join(str(length + 1) for length in lengths)
    return _("A UK number beginning 0{digit} has {wanted} digits; this has {n}").format(
        digit=rest[0], wanted=wanted, n=len(rest) + 1
    )


def _abroad_problem(digits: str) -> str | None:
    if 7 <= len(digits) <= 15 and digits[0] != "0":
        return None
    return _("A number with its country's code has seven to fifteen digits")


def imei(raw: str, _today: date) -> Checked:
    """Look at an IMEI; the normal form is its 15 digits with the check digit worked out.

    Call data leave the check digit out or send a 0 for it; with two digits of the software
    version in its place there are 16.
    """
    text = packed(raw).replace("/", "")
    if not re.fullmatch(r"\d{14,16}", text):
        said = _("An IMEI has 15 digits (14 without its check digit, 16 with a software version)")
        return Checked(raw=raw, normal=text, problem=said)
    right = luhn(text[:14])
    if len(text) != 15 or text[14] in {right, "0"}:
        return Checked(raw=raw, normal=text[:14] + right)
    said = _("The last digit should be {right}: a digit is mistyped").format(right=right)
    return Checked(raw=raw, normal=text, problem=said)


def imsi(raw: str, _today: date) -> Checked:
    """Look at an IMSI: 14 or 15 digits, the first three the country."""
    text = packed(raw)
    fits = re.fullmatch(r"[2-7]\d{13,14}", text)
    said = _("An IMSI has 14 or 15 digits and begins with its country, such as 234 for the UK")
    return Checked(raw=raw, normal=text, problem=None if fits else said)


def iccid(raw: str, _today: date) -> Checked:
    """Look at a SIM number: 89, then up to 18 digits, the last a check digit."""
    text = packed(raw)
    if not re.fullmatch(r"89\d{16,18}", text):
        said = _("A SIM number begins with 89 and has 18 to 20 digits")
        return Checked(raw=raw, normal=text, problem=said)
    right = luhn(text[:-1])
    if len(text) == 18 or text[-1] == right:
        return Checked(raw=raw, normal=text)
    said = _("The last digit should be {right}: a digit is mistyped").format(right=right)
    return Checked(raw=raw, normal=text, problem=said)


def ip(raw: str, _today: date) -> Checked:
    """Look at an IP address of version 4 or 6; the normal form of version 6 is the short one."""
    text = raw.strip()
    try:
        return Checked(raw=raw, normal=str(ipaddress.ip_address(text)))
    except ValueError:
        said = _("This is no IP address: four numbers up to 255, or eight groups of hexadecimals")
        return Checked(raw=raw, normal=text.lower(), problem=said)
