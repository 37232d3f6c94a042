"""Filters of a register: what they say, and the list of values one ticks."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain import dates
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import FieldType
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.listing import ColumnSpec, Filter, Test
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets.buttons import primary, text_button
from ocgdesk.ui.widgets.cards import Floating, Panel, Scroller
from ocgdesk.ui.widgets.inputs import CheckBox, TextBox
from ocgdesk.ui.widgets.labels import Label

MOST: Final = 200
"""Values listed at once; rarer ones are found by typing."""
_WAIT_MS: Final = 150
_WIDE: Final = 280
_HIGH: Final = 260
_DATES: Final = frozenset({FieldType.DAY, FieldType.PARTIAL_DATE})
Values = Sequence[tuple[Any, int]]


def worded(spec: ColumnSpec, filter_: Filter) -> str:
    """Return a filter in words: ``Status: Active, Dormant``; ``Next review: from 1 Nov 2026``."""
    said = ", ".join(looks.text(spec, value) or value for value in filter_.values[:3])
    if len(filter_.values) > 3:
        said = ngettext("{some} and {n} more", "{some} and {n} more", len(filter_.values) - 3)
        some = ", ".join(looks.text(spec, value) or value for value in filter_.values[:3])
        said = said.format(some=some, n=len(filter_.values) - 3)
    form = {
        Test.IS: _("{column}: {said}"),
        Test.IS_NOT: _("{column}: not {said}"),
        Test.CONTAINS: _("{column}: with “{said}”"),
        Test.EMPTY: _("{column}: none"),
        Test.NOT_EMPTY: _("{column}: any"),
        Test.FROM: _("{column}: from {said}"),
        Test.TO: _("{column}: to {said}"),
    }[filter_.test]
    return form.format(column=spec.label, said=said)


def as_text(value: Any) -> str:
    """Return a value as a filter carries it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def from_ticks(column: str, values: Values, on: Sequence[bool]) -> tuple[Filter, ...]:
    """Return the filters that ticked values mean; none where all are ticked."""
    if all(on):
        return ()
    kept = [as_text(value) for (value, _n), ticked in zip(values, on, strict=True) if ticked]
    left = [as_text(value) for (value, _n), ticked in zip(values, on, strict=True) if not ticked]
    if kept == [""]:
        return (Filter(column, Test.EMPTY),)
    if left == [""]:
        return (Filter(column, Test.NOT_EMPTY),)
    shorter = len(left) < len(kept) and "" not in left
    if "" in kept or shorter:  # rows without a value pass what excludes the others
        return (Filter(column, Test.IS_NOT, tuple(left)),)
    return (Filter(column, Test.IS, tuple(kept)),)


def to_ticks(values: Values, held: Sequence[Filter]) -> list[bool]:
    """Return which values the filters held let through."""
    return [all(_passes(as_text(value), filter_) for filter_ in held) for value, _n in values]


def _passes(value: str, filter_: Filter) -> bool:
    match filter_.test:
        case Test.IS:
            return value in filter_.values
        case Test.IS_NOT:
            return value not in filter_.values
        case Test.EMPTY:
            return not value
        case Test.NOT_EMPTY:
            return bool(value)
    return True


def bound(spec: ColumnSpec, text: str, today: date) -> str:
    """Read the beginning or end of a range as a filter carries it; Refused where it is none."""
    if spec.type is FieldType.DAY:
        return dates.day(text, today=today).isoformat()
    if spec.type is FieldType.PARTIAL_DATE:
        return str(PartialDate.parse(text, today=today))
    try:
        return str(float(text.replace(",", "")))
    except ValueError:
        raise Refused(_("{text!r} is no number").format(text=text[:20])) from None


class FilterPopup(Floating):
    """The values of a column with their counts, to be ticked; for figures and dates a range.

    It lies over its page, so that the marking stays in sight, and goes when the focus leaves it.
    """

    applied = Signal(str, object)
    """The column, and the tuple of Filters to hold on it."""
    left = Signal()
    searched = Signal(str)
    """Values that hold this are to be listed: there are more than fit."""

    def __init__(
        self,
        spec: ColumnSpec,
        held: Sequence[Filter],
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__(parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Filter by {column}").format(column=spec.label))
        self.spec = spec
        self._over = parent
        self.held = tuple(held)
        self._is_cut = False
        self.values: Values = ()
        self.ticks: list[CheckBox] = []
        self._today = today
        self._holding = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._on_searched)
        self._build()
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def show_values(self, values: Values) -> None:
        """List these values; with more to come once words are typed, if there are too many."""
        self.values = tuple(values)
        self._is_cut = len(values) >= MOST or bool(self._holding)
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        on = to_ticks(self.values, self.held)
        self.ticks = [self._tick_of(*pair, on=tick) for pair, tick in zip(values, on, strict=True)]
        self._list.addStretch(1)
        self.note.setVisible(not values or len(values) >= MOST)
        words = _("The {n} most frequent values; type to find others.").format(n=MOST)
        self.note.setText(words if values else _("No value."))
        self.apply_button.setEnabled(True)
        if self.ticks and not self.box.hasFocus():
            self.box.setFocus()

    def _tick_of(self, value: Any, count: int, *, on: bool) -> CheckBox:
        said = looks.text(self.spec, value) or _("None")
        box = CheckBox(f"{said}  ({count:,})")
        box.setChecked(on)
        box.installEventFilter(self)
        self._list.addWidget(box)
        return box

    def apply(self) -> None:
        """Hold what is ticked and within the range."""
        try:
            found = (*self._from_boxes(), *self._from_range())
        except Refused as error:
            self.note.set_ink("overdue")
            self.note.setText(f"{error}.")
            self.note.show()
            return
        self.applied.emit(self.spec.name, found)
        self._leave()

    def clear(self) -> None:
        """Hold nothing on this column."""
        self.applied.emit(self.spec.name, ())
        self._leave()

    def place(self, spot: QPoint) -> None:
        """Show it at this place of its page, wholly on it."""
        self.adjustSize()
        over = self._over
        x = min(spot.x(), over.width() - self.width() - 8)
        y = min(spot.y(), over.height() - self.height() - 8)
        self.move(max(8, x), max(8, y))
        self.show()
        self.raise_()
        self.box.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}.get(Qt.Key(event.key()))
            if step is not None:
                self.focusNextPrevChild(step)
                return True
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        """Go, and give the focus back to what lies under."""
        self.left.emit()
        self.close()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self.close()

    def _build(self) -> None:
        self.box = TextBox(placeholder=_("Find a value"), icon="action.search")
        self.box.textChanged.connect(self._on_text)
        self.note = Label(_("Reading…"), step="small", ink="text.3", wrap=True)
        everything, nothing = text_button(_("Tick all")), text_button(_("Untick all"))
        everything.clicked.connect(self._on_all)
        nothing.clicked.connect(self._on_none)
        top = QHBoxLayout()
        for part in (everything, nothing):
            top.addWidget(part)
        top.addStretch(1)
        inside = Panel("raised")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(4, 0, 4, 0)
        self._list.setSpacing(2)
        scroller = Scroller(inside)
        scroller.setFixedHeight(px(_HIGH))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(Label(self.spec.label, weight="strong"))
        self._add_range(column)
        for part_ in (self.box, self.note, scroller):
            column.addWidget(part_)
        column.insertLayout(column.count() - 1, top)
        column.addLayout(self._foot())
        self.setFixedWidth(px(_WIDE))

    def _foot(self) -> QHBoxLayout:
        self.apply_button = primary(_("Apply"), key="Enter")
        self.apply_button.clicked.connect(self.apply)
        self.apply_button.setEnabled(False)
        self.clear_button = text_button(_("Clear"))
        self.clear_button.clicked.connect(self.clear)
        foot = QHBoxLayout()
        foot.addWidget(self.clear_button)
        foot.addStretch(1)
        foot.addWidget(self.apply_button)
        return foot

    def _add_range(self, column: QVBoxLayout) -> None:
        self.first = TextBox(placeholder=_("From"))
        self.last = TextBox(placeholder=_("To"))
        ranged = self.spec.type in _DATES or looks.is_number(self.spec)
        row = QHBoxLayout()
        for box, test in ((self.first, Test.FROM), (self.last, Test.TO)):
            held = next((f for f in self.held if f.test is test), None)
            box.setText(looks.text(self.spec, held.values[0]) if held else "")
            box.setVisible(ranged)
            row.addWidget(box)
        if ranged:
            column.addLayout(row)
        else:
            for box in (self.first, self.last):
                box.setParent(self)
                box.hide()

    def _from_boxes(self) -> tuple[Filter, ...]:
        on = [box.isChecked() for box in self.ticks]
        if self._holding and any(on):  # what was searched for and is ticked, and nothing else
            pairs = zip(self.values, on, strict=True)
            kept = tuple(as_text(value) for (value, _n), tick in pairs if tick)
            return (Filter(self.spec.name, Test.IS, kept),)
        return from_ticks(self.spec.name, self.values, on) if any(on) or not on else ()

    def _from_range(self) -> tuple[Filter, ...]:
        found = []
        for box, test in ((self.first, Test.FROM), (self.last, Test.TO)):
            if text := box.text().strip():
                value = bound(self.spec, text, self._today)
                found.append(Filter(self.spec.name, test, (value,)))
        return tuple(found)

    def _on_text(self, text: str) -> None:
        for box in self.ticks:
            box.setVisible(text.casefold() in box.text().casefold())
        if self._is_cut:
            self._timer.start()

    def _on_searched(self) -> None:
        self._holding = self.box.text().strip()
        self.searched.emit(self._holding)

    def _tick(self, *, on: bool) -> None:
        for box in self.ticks:
            if not box.isHidden():
                box.setChecked(on)

    def _on_all(self) -> None:
        self._tick(on=True)

    def _on_none(self) -> None:
        self._tick(on=False)
