"""Conditions on fields as somebody types them: ``status=active``, ``nominal:in_custody=no``."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from ocgdesk.domain import dates
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.listing import Filter, ListQuery, Test

_CONDITION: Final = re.compile(r"([A-Za-z_-]+)(!=|>=|<=|=|~)(.*)", re.DOTALL)
_TESTS: Final = {
    "=": Test.IS,
    "!=": Test.IS_NOT,
    "~": Test.CONTAINS,
    ">=": Test.FROM,
    "<=": Test.TO,
}


def filters(kind: Kind, texts: Sequence[str], *, today: date) -> tuple[Filter, ...]:
    """Read conditions on a kind; several values for one column are alternatives.

    Raises Refused for what is no condition.
    """
    found: dict[tuple[str, Test], list[str]] = {}
    for text in texts:
        match = _CONDITION.fullmatch(text.strip())
        if match is None:
            told = _("A filter is written like status=active, not {text}")
            raise Refused(told.format(text=text[:40]))
        column, value = match[1].replace("-", "_").lower(), match[3].strip()
        values = found.setdefault((column, _test(match[2], value)), [])
        if value:
            values.append(_typed(kind, column, value, today))
    return tuple(Filter(column, test, tuple(v)) for (column, test), v in found.items())


def records_where(text: str, *, today: date) -> ListQuery:
    """Return the records of a kind that a condition such as ``nominal:in_custody=no`` names.

    Raises Refused for what is no condition, or no kind.
    """
    kind, colon, condition = text.strip().partition(":")
    if not colon:
        told = _("A condition is written like nominal:in_custody=no, not {text}")
        raise Refused(told.format(text=text[:40]))
    wanted = Kind(code_list("kinds").parse(kind))
    return ListQuery(kind=wanted, filters=filters(wanted, [condition], today=today))


def _test(sign: str, value: str) -> Test:
    if not value and sign in {"=", "!="}:
        return Test.EMPTY if sign == "=" else Test.NOT_EMPTY
    return _TESTS[sign]


def _typed(kind: Kind, column: str, value: str, today: date) -> str:
    """Return a value as it is stored: a code for its words, a day in ISO form."""
    for field in described_fields(class_of(kind)):
        if field.name != column:
            continue
        if field.codes:
            return code_list(field.codes).parse(value)
        if field.type is FieldType.DAY:
            return dates.day(value, today=today).isoformat()
    return value
