"""Looking at identifiers: what is odd about one, and the form under which equals are found.

Nothing here refuses anything: a value that breaks its format is kept with a warning, because
what was recorded may be all there is.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from ocgdesk.domain import device_numbers, plates, police_numbers
from ocgdesk.domain.checked import Checked, packed
from ocgdesk.i18n import _

_CHECKS: Final[dict[str, Callable[[str, date], Checked]]] = {
    "pnc": police_numbers.pnc,
    "cro": police_numbers.cro,
    "nino": police_numbers.nino,
    "prison": police_numbers.prison,
    "asn": police_numbers.asn,
    "driver": police_numbers.driver,
    "passport": police_numbers.passport,
    "imei": device_numbers.imei,
    "imsi": device_numbers.imsi,
    "iccid": device_numbers.iccid,
    "ip": device_numbers.ip,
    "phone": device_numbers.phone,
    "vrm": plates.vrm,
    "vin": plates.vin,
    "postcode": plates.postcode,
    "company": plates.company,
}

CHECKED_TYPES: Final = frozenset(_CHECKS)
"""Types with a rule: codes of ``identifier-schemes``, and phone, vrm and postcode."""


def check(type_: str, raw: str, today: date) -> Checked:
    """Look at an identifier of a type; one without a rule is only packed.

    ``today`` tells which years can have come. Never raises, whatever was typed.
    """
    if not raw.strip():
        return Checked(raw=raw, normal="", problem=_("Nothing was typed"))
    # Digits of other scripts are digits to Python, but no rule means them.
    known = _CHECKS.get(type_) if raw.isascii() or packed(raw).isascii() else None
    if known is None:
        return Checked(raw=raw, normal=packed(raw), problem=_foreign(type_, raw))
    return known(raw, today)


def normal(type_: str, raw: str, today: date | None = None) -> str:
    """Return the form of an identifier that equal ones share; empty for an empty text.

    A year of two digits is taken as the latest that has come; ``Checked.matches_on`` has both.
    """
    on = today or date.today()  # noqa: DTZ011 - a calendar year, local by meaning
    return check(type_, raw, on).normal


def _foreign(type_: str, raw: str) -> str | None:
    if type_ not in _CHECKS or packed(raw).isascii():
        return None
    return _("This holds characters other than A to Z and 0 to 9")
