"""Beneath the register of products: what changed since one was issued, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.casework.moments import instant
from ocgdesk.casework.product_change_words import Put
from ocgdesk.casework.product_changes import WORDS, Change, How, Since
from ocgdesk.domain.kinds import LINKS
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.brief_figures import BriefFigures
from ocgdesk.ui.widgets import values
from ocgdesk.ui.widgets.values import NONE, Cell, Text


@dataclass(frozen=True, slots=True)
class Line:
    """One field of one change; the first of a change says which it is."""

    change: Change
    put: Put | None
    is_first: bool


class BriefChanges(BriefFigures):
    """What changed since a product was issued; away where nothing did."""

    opened = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table.setAccessibleName(_("What changed"))
        self.table.opened.connect(self._on_opened)

    def show_since(self, found: Since) -> None:
        """Show what changed, a line for each field."""
        lines = [line for change in found.changes for line in _lines(change)]
        told = ngettext(
            "{n} change since it was issued in what it tells.",
            "{n} changes since it was issued in what it tells.",
            len(found.changes),
        )
        note = ""
        if found.unmade:
            words = _("It cannot be made again as it was: {why}. What came and went is not told.")
            note = words.format(why=found.unmade.rstrip("."))
        self.show_table(_columns(), lines, told.format(n=len(found.changes)), note)

    @Slot(int)
    def _on_opened(self, number: int) -> None:
        change = self.model.rows[number].change
        if change.how is not How.REMOVED and change.kind not in LINKS:
            target = Target(page=PageKind.RECORD, kind=change.kind, id=change.id)
            self.opened.emit(target, False)


def _lines(change: Change) -> Iterator[Line]:
    for number, put in enumerate(change.fields or (None,)):
        yield Line(change, put, number == 0)


def _value(line: Line) -> Cell:
    if line.put is None:
        return Text(line.change.note, "text.2")
    before, after = line.put.before, line.put.after
    return values.Change(before=before, after=after or NONE) if before else Text(after)


def _when(line: Line) -> str:
    return instant(line.change.at) if line.change.at else ""


def _record(line: Line) -> Cell:
    if not line.is_first:
        return Text("")
    change = line.change
    kind = "" if change.kind in LINKS else change.kind.value
    return values.Entity(kind=kind, label=change.label)


def _columns() -> tuple[Column, ...]:
    return (
        _plain(_("Section"), lambda line: line.change.section, 120),
        _plain(_("What"), lambda line: _(WORDS[line.change.how]), 110),
        column(_("Record"), _record, lambda line: line.change.label.casefold(), 200, stretch=2),
        _plain(_("Reference"), lambda line: line.change.ref, 185, yields=3),
        column(
            _("Field"),
            lambda line: Text(line.put.field if line.put else "", "text.2"),
            lambda line: line.put.field if line.put else "",
            110,
            stretch=0,
        ),
        column(
            _("Before and after"), _value, lambda line: values.words(_value(line)), 170, stretch=3
        ),
        _plain(_("By"), lambda line: line.change.who, 110, yields=2),
        column(
            _("When"),
            lambda line: Text(_when(line) if line.is_first else "", "text.2"),
            lambda line: line.change.at,
            160,
            stretch=0,
            yields=1,
        ),
    )


def _plain(title: str, read: object, width: int, *, yields: int = 0) -> Column:
    assert callable(read)  # noqa: S101 - a lambda of this module
    return column(
        title,
        lambda line: Text(read(line) if line.is_first else "", "text.2"),
        lambda line: read(line).casefold(),
        width,
        stretch=0,
        yields=yields,
    )
