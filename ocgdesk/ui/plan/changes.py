"""What differs between two versions of a plan, one line a thing, its fields below."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.merging import Clash
from ocgdesk.domain import dates
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.plan_content import Difference
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.widgets.labels import IconLabel, Label

_ICONS: Final = {
    "added": ("status.added", "ok"),
    "removed": ("status.removed", "overdue"),
    "changed": ("status.changed", "info"),
}
_MOST: Final = 160


class ChangeList(QWidget):
    """The differences; a sentence where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[Difference, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_changes(self, found: Iterable[Difference], nothing: str) -> None:
        """Show these differences, or the sentence that there are none."""
        self.shown = tuple(found)
        clear(self._column)
        if not self.shown:
            self._column.addWidget(Label(nothing, ink="text.2", wrap=True))
        for one in self.shown[:_MOST]:
            self._column.addWidget(_line(one))
        if (more := len(self.shown) - _MOST) > 0:
            self._column.addWidget(Label(_("and {n} more").format(n=more), ink="text.3"))
        self._column.addStretch(1)


def clear(layout: QVBoxLayout) -> None:
    """Take out everything a layout holds."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _line(one: Difference) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    icon, ink = _ICONS[one.what]
    row.addWidget(IconLabel(icon, ink, 15), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(Label(one.label, weight="medium", wrap=True))
    strand = label("strands", one.strand) if one.strand else ""
    said = " · ".join(x for x in (what_words(one), words.one(one.kind), strand) if x)
    column.addWidget(Label(said, step="small", ink="text.3", wrap=True))
    for text in field_lines(one):
        column.addWidget(Label(text, step="small", ink="text.2", wrap=True))
    row.addLayout(column, 1)
    return made


def what_words(one: Difference) -> str:
    """Return what became of a thing, in a word."""
    return {"added": _("Added"), "removed": _("Removed"), "changed": _("Changed")}[one.what]


def field_lines(one: Difference) -> Iterator[str]:
    """Yield what each field was and is, in words."""
    described: Mapping[str, Field] = {f.name: f for f in described_fields(class_of(one.kind))}
    for name, old, new in one.fields:
        field = described[name]
        before, after = (shown(field, _or_default(one, field, x)) for x in (old, new))
        told = _("{field}: {before} → {after}")
        yield told.format(field=field.label, before=before, after=after)


def _or_default(one: Difference, field: Field, value: Any) -> Any:
    """Return what a field held: what stands at its default is left out of a version."""
    if value is not None:
        return value
    known = {made.name: made.default for made in fields(class_of(one.kind))}
    default = known.get(field.name)
    return default if isinstance(default, str) else None


def meanwhile(cls: type[Entity], clash: Clash) -> str:
    """Return what somebody else wrote in a field that is being written in here too."""
    described = {field.name: field for field in described_fields(cls)}
    theirs = shown(described[clash.name], clash.theirs)
    return _("Meanwhile changed to: {theirs}. Save again to keep yours.").format(theirs=theirs)


def shown(field: Field, value: Any) -> str:
    """Return a value, plain or as a record holds it, as people read it; records are counted."""
    if value in (None, "", [], ()):
        return "–"
    if field.codes:
        return label(field.codes, value) if isinstance(value, str) else str(len(value))
    if field.type in {FieldType.ENTITY, FieldType.ENTITIES}:
        count = len(value) if isinstance(value, list | tuple) else 1
        return _("{n} records").format(n=count) if count != 1 else _("1 record")
    if field.type is FieldType.DAY:
        return dates.shown(date.fromisoformat(str(value)))
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= _MOST else text[:_MOST] + "…"
