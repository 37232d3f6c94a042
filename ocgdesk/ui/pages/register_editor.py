"""The editor that lies over one cell of a register: a box, a drop-down or a few lines."""

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.errors import Refused
from ocgdesk.exchange import convert
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms import editors
from ocgdesk.ui.widgets.cards import Card
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Tone

_LEAST: Final = 150
_LINES: Final = 360, 112
_NOTE: Final = 260
_PASSING: Final = frozenset(
    {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
)
_STEPS: Final = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
_BREAKS: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier


class CellEditor(QWidget):
    """Takes what is typed into one cell; a sentence below says how it is read or what is wrong."""

    kept = Signal(int, int)
    """What was typed is to be saved; then go so many rows down and columns across."""
    dropped = Signal()
    """Nothing is to be saved."""
    left = Signal()
    """The focus went elsewhere."""

    def __init__(self, field: Field, start: str, typed: str, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.today = today
        self.box = _box(field, start, typed, self)
        self.box.setAccessibleName(field.label)
        self.box.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.note = Label("", step="small", ink="text.2", wrap=True)
        self.bubble = Card(edge="line.2", ground="raised", margins=(8, 4, 8, 4), parent=parent)
        self.bubble.body.addWidget(self.note)
        self.bubble.hide()
        if isinstance(self.box, TextBox):
            self.box.textChanged.connect(self._on_text)
            self._on_text(self.box.text())

    @property
    def text(self) -> str:
        """What was typed or chosen."""
        match self.box:
            case Select():
                return self.box.current
            case QPlainTextEdit():
                return self.box.toPlainText()
            case TextBox():
                return self.box.text()
        raise TypeError(f"no way to read a {type(self.box).__name__}")

    def say(self, sentence: str, tone: Tone | None = None) -> None:
        """Show a sentence below; "" takes it away."""
        self.note.set_ink(tone or "text.2")
        self.note.setText(sentence)
        self.bubble.setVisible(bool(sentence))
        if isinstance(self.box, TextBox):
            states: dict[Tone | None, Any] = {"overdue": "error", "due": "warning"}
            self.box.set_state(states.get(tone, ""))
        self._seat_bubble()

    def seat(self, cell: QRect, within: QRect) -> None:
        """Lie over a cell, as wide as what is typed needs, and not beyond the table."""
        lines = isinstance(self.box, QPlainTextEdit)
        wide = max(cell.width(), px(_LINES[0] if lines else _LEAST))
        high = px(_LINES[1]) if lines else max(cell.height(), self.box.sizeHint().height())
        left = max(within.left(), min(cell.left(), within.right() - wide))
        self.setGeometry(left, cell.top(), wide, high)
        self._seat_bubble()
        self.raise_()

    def begin(self) -> None:
        """Take the keyboard."""
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Go, without telling anybody."""
        self.box.removeEventFilter(self)
        for part in (self.bubble, self):
            part.hide()
            part.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        gone = isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut
        if isinstance(event, QFocusEvent) and gone and event.reason() not in _PASSING:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
            return True
        step = _STEPS.get(Qt.Key(event.key()))
        breaks = isinstance(self.box, QPlainTextEdit) and bool(event.modifiers() & _BREAKS)
        if step is None or breaks:
            return self._choose(event.text())
        back = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and step[0] else 1
        self.kept.emit(step[0] * back, step[1])
        return True

    def _choose(self, typed: str) -> bool:
        """Take a letter for a yes or no; the letters of other lists are the drop-down's own."""
        if self.field.type is FieldType.FLAG and isinstance(self.box, Select) and typed.strip():
            self.box.choose(_flag(typed) or self.box.current)
            return True
        return False

    def _on_text(self, text: str) -> None:
        self.say(editors.echo(self.field, text, self.today))

    def _seat_bubble(self) -> None:
        wide = max(self.width(), px(_NOTE))
        high = self.bubble.heightForWidth(wide)
        high = high if high > 0 else self.bubble.sizeHint().height()
        left, top = self.x(), self.geometry().bottom() + px(2)
        parent = self.parentWidget()
        if parent is not None:
            left = max(0, min(left, parent.width() - wide - px(2)))
            above = self.geometry().top() - high - px(2)
            top = above if top + high > parent.height() else top
        self.bubble.setGeometry(left, top, wide, high)
        self.bubble.raise_()


def _box(field: Field, start: str, typed: str, parent: QWidget) -> QWidget:
    """Return what the field is typed into: begun with what was typed, or else with its value."""
    if found := editors.options(field, start):
        chooser = Select(found, parent=parent)
        chooser.choose(_option(field, chooser, typed) or start)
        return chooser
    if field.type is FieldType.LONG_TEXT:
        pad = QPlainTextEdit(typed or start, parent)
        pad.setTabChangesFocus(True)
        pad.moveCursor(pad.textCursor().MoveOperation.End)
        return pad
    box = TextBox(mono=field.mono, parent=parent)
    box.setText(typed or start)
    if not typed:
        box.selectAll()
    return box


def _option(field: Field, chooser: Select, typed: str) -> str:
    """Return the first option that begins with what was typed."""
    if not typed:
        return ""
    if field.type is FieldType.FLAG:
        return _flag(typed)
    wanted = typed.casefold()
    found = (o.key for o in chooser.options if o.words.casefold().startswith(wanted) and o.key)
    return next(found, "")


def _flag(typed: str) -> str:
    try:
        return "yes" if convert.yes_or_no(typed) else "no"
    except Refused:
        return ""
