"""The value of a field as people read it: labels instead of codes, days as they are written."""

from datetime import date
from typing import Any, Final

from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.values import Answer
from ocgdesk.i18n import _

_CODED: Final = frozenset({FieldType.CODE, FieldType.CODES})


def worded(field: Field, value: Any) -> str:
    """Return a field's value as words; empty where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, tuple):
        return "; ".join(_item_words(field, item) for item in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _item_words(field, value)


def _item_words(field: Field, item: Any) -> str:
    if field.type in _CODED:
        return label(field.codes, str(item))
    if isinstance(item, PartialDate):
        return item.worded()
    if isinstance(item, date):
        return shown(item)
    if isinstance(item, float) and item.is_integer():
        return str(int(item))
    if isinstance(item, Answer):
        return f"{item.factor}: {item.value or _('open')}"
    return str(getattr(item, "text", "") or getattr(item, "value", "") or item)
