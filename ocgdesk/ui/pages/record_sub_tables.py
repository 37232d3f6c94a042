"""What the tables of sub-records show: columns made from the descriptions of a kind's fields."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import in_step, subrecords
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui.forms import editors
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.values import Cell, Chip, Heading, Status, Text

T = FieldType
Named = Mapping[UUID, Brief]
_WIDTHS: Final = {T.DAY: 132, T.PARTIAL_DATE: 132, T.CODE: 130, T.FLAG: 70, T.ENTITY: 150}
_SHOWN_ONLY_HERE: Final = frozenset({Kind.RISK_FACTOR})
"""Kinds whose fields are in no list: on the record all of them are shown."""
_SOON_DAYS: Final = 28
_KIB: Final = 1024
_GROUP: Final = 8
_LETTER: Final = 8
"""About how wide a letter of a heading is, at 100 %, with its margins shared out."""


def columns(kind: Kind, named: Named, today: date) -> tuple[Column, ...]:
    """Return the columns of the table of a kind: its label first, then what lists show."""
    described = described_fields(class_of(kind))
    label = [field for field in described if field.is_label]
    rest = [field for field in described if not field.is_label and _is_shown(kind, field)]
    return tuple(_column(field, named, today, place) for place, field in enumerate((*label, *rest)))


def _is_shown(kind: Kind, field: Field) -> bool:
    if field.type in {T.CODES, T.TEXTS, T.ANSWERS, T.LONG_TEXT}:
        return False
    return field.in_table or kind in _SHOWN_ONLY_HERE


def _column(field: Field, named: Named, today: date, place: int) -> Column:
    right = field.type in {T.INTEGER, T.NUMBER}
    return Column(
        heading=Heading(title=_title(field), align="right" if right else "left"),
        cell=partial(cell, field, named, today),
        order=_order(field, named),
        width=190 if place == 0 else max(_WIDTHS.get(field.type, 110), _LETTER * len(field.label)),
        stretch=3 if place == 0 else 1 if field.type in {T.TEXT, T.ENTITY, T.CODE} else 0,
        yields=max(0, place - 1),
    )


def _title(field: Field) -> str:
    """Return the heading of a column; sizes are worded, so their unit is not."""
    return _("Size") if field.name == "size" else field.label


def _order(field: Field, named: Named) -> Callable[[Entity], Any]:
    def key(thing: Entity) -> Any:
        value = getattr(thing, field.name)
        if value in (None, ""):
            return None
        if field.type is T.ENTITY:
            return named[value].label.casefold() if value in named else None
        if field.type in {T.INTEGER, T.NUMBER}:
            return value
        return str(value).casefold() if field.type is not T.CODE else editors.shown(field, value)

    return key


def cell(field: Field, named: Named, today: date, thing: Entity) -> Cell:
    """Return what a table shows of one field of a sub-record."""
    value, over = getattr(thing, field.name), subrecords.is_over(thing, today)
    if value is None or value == "" or (field.type is T.ENTITY and value not in named):
        return looks.NOTHING
    if field.is_label:
        return _label(thing, over=over)
    if field.type in {T.DAY, T.PARTIAL_DATE}:
        return _date(thing, field, value, today, over=over)
    if field.type in {T.INTEGER, T.NUMBER}:
        return Text(_figure(field, value), align="right")
    return entity(named[value]) if field.type is T.ENTITY else _worded(field, value, over=over)


def _label(thing: Entity, *, over: bool) -> Cell:
    words = " ".join(thing.label.split())
    return Text(words, "text.3") if over else Text(words, strong=True)


def _worded(field: Field, value: Any, *, over: bool) -> Cell:
    words, tone = editors.shown(field, value), _TONES.get((field.codes, value))
    if tone and not over:
        return Status(words, *tone)
    return Text(words, "text.3" if over else "text", mono=field.mono)


_TONES: Final[dict[tuple[str, str], Any]] = {
    ("gain-answers", "waiting"): ("status.due", "due"),
    ("check-back-results", "due"): ("status.due", "due"),
    ("nrm-decisions", "pending"): ("status.due", "due"),
    ("safeguarding-stages", "open"): ("status.victim", "victim"),
    ("safeguarding-stages", "referred"): ("status.victim", "victim"),
    ("safeguarding-stages", "supported"): ("status.ok", "ok"),
}
"""Codes that ask for something, or say that it was given."""


def _date(
    thing: Entity, field: Field, value: date | PartialDate, today: date, *, over: bool
) -> Cell:
    if over:
        return Text(editors.shown(field, value), "text.3")
    if isinstance(value, date):
        return looks.day(thing.kind, field.name, value.isoformat(), today)
    if field.name in {"release_due", in_step.END_FIELD.get(thing.kind)}:
        return _coming(value, today)
    return Text(value.worded(), "text.2")


def _coming(value: PartialDate, today: date) -> Cell:
    """Return a date that something ends on, marked where it is near or past."""
    days = (value.latest() - today).days if value.latest() != date.max else _SOON_DAYS + 1
    if days < 0:
        return Chip(value.worded(), "overdue", "status.overdue", _("The date has passed"))
    if days <= _SOON_DAYS:
        return Chip(value.worded(), "due", "status.due", _("Within four weeks"))
    return Text(value.worded(), "text.2")


def _figure(field: Field, value: float) -> str:
    return size_words(int(value)) if field.name == "size" else looks.number(value)


def size_words(size: int) -> str:
    """Return a size in bytes as people say it: ``412 KB``, ``3.1 MB``."""
    if size < _KIB:
        return _("{n} bytes").format(n=size)
    if size < _KIB * _KIB:
        return _("{n} KB").format(n=round(size / _KIB))
    return _("{n} MB").format(n=f"{size / _KIB / _KIB:.1f}")


def in_order(things: Sequence[Entity], today: date) -> list[Entity]:
    """Return sub-records with those in force first, and the newest of each first."""
    newest = sorted(things, key=_since, reverse=True)
    return sorted(newest, key=lambda thing: subrecords.is_over(thing, today))


def _since(thing: Entity) -> str:
    names = ("decided", "written", "assessed", "stated", "given", "referred", "on", "due", "start")
    found = (getattr(thing, name, None) for name in names)
    return next((str(value) for value in found if value), "")


def _shown(field: Field, value: Any) -> str:
    """Return a value in words; a hash in groups, so that it breaks into lines."""
    if field.name == "digest":
        return " ".join(value[at : at + _GROUP] for at in range(0, len(value), _GROUP))
    return editors.shown(field, value)


def facts(thing: Entity, named: Named) -> list[tuple[str, str]]:
    """Return the fields of a sub-record that hold something, as title and words."""
    pairs = []
    for field in described_fields(type(thing)):
        value = getattr(thing, field.name)
        if field.type is T.ENTITY:
            words = named[value].label if value in named else ""
        else:
            words = _figure(field, value) if field.name == "size" and value else ""
            words = words or _shown(field, value)
        if words:
            pairs.append((_title(field), words))
    return pairs
