"""What is odd about the value of a field, though it can be kept: it warns, and never blocks."""

from datetime import date
from typing import Final

from ocgdesk.domain import identifiers, source_words
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.values import Identifier

_IDENTIFIERS: Final = {
    (Kind.PHONE, "number"): "phone",
    (Kind.VEHICLE, "vrm"): "vrm",
    (Kind.LOCATION, "postcode"): "postcode",
}
"""Fields that hold an identifier with a format of its own, and its type."""
_SANITISED: Final = frozenset({(Kind.REPORT, "title"), (Kind.REPORT, "text")})
"""Fields that must not read like a source's identity."""


def has_format(kind: Kind, name: str) -> bool:
    """Tell whether a field holds an identifier with a format of its own."""
    return (kind, name) in _IDENTIFIERS


def doubt(kind: Kind, name: str, value: object, today: date) -> str:
    """Return what is odd about a value, in a sentence; empty where nothing is."""
    if isinstance(value, tuple):
        return "; ".join(_of_identifier(item, today) for item in value if _is_odd(item, today))
    if not value or not isinstance(value, str):
        return ""
    if (type_ := _IDENTIFIERS.get((kind, name))) is not None:
        return identifiers.check(type_, value, today).problem or ""
    if (kind, name) in _SANITISED:
        return source_words.warning(source_words.findings(value)) or ""
    return ""


def _is_odd(item: object, today: date) -> bool:
    if not isinstance(item, Identifier):
        return False
    return not identifiers.check(item.scheme, item.value, today).is_sound


def _of_identifier(item: Identifier, today: date) -> str:
    """Return what is odd about one of several identifiers, which of them it is first."""
    scheme = label("identifier-schemes", item.scheme)
    return f"{scheme} {item.value}: {identifiers.check(item.scheme, item.value, today).problem}"
