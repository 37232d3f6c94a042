"""A field of a record: read first, edited in place, saved by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QSizePolicy, QWidget

from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import icon_button, text_button
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import IconLabel, Label
from ocgdesk.ui.widgets.values import NONE

Level = Literal["", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as shown: ``text`` is read, ``raw`` is what its editor starts from.

    ``options`` make the editor a drop-down; ``others`` counts conflicting values; a reason in
    ``refused`` says why it cannot be edited.
    """

    key: str
    label: str
    text: str
    raw: str = ""
    hint: str = ""
    mono: bool = False
    lines: bool = False
    options: tuple[Option, ...] = ()
    others: int = 0
    sourced: bool = False
    refused: str = ""


class FieldRow(QWidget):
    """Label and value; F2, Enter or a double click edits, Tab or Enter keeps, Esc restores."""

    committed = Signal(str, str)
    source_requested = Signal(str)
    others_requested = Signal(str)

    def __init__(
        self, field: Field, *, label_width: int = 140, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", marks.RADIUS_CHIP)
        self.label = Label("", ink="text.3")
        self._label_width = label_width
        self.value = Label("", wrap=True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.editor: QWidget | None = None
        self._make: Callable[[QWidget], QWidget] | None = None
        self._read: Callable[[QWidget], str] | None = None
        self._build()
        self.show_field(field)
        theme.follow(self, self._grow)

    def show_field(self, field: Field) -> None:
        """Show this field; an open editor keeps what was typed."""
        self.field = field
        self.label.setText(field.label)
        self.value.setText(field.text or NONE)
        self.value.setProperty("step", "mono" if field.mono else "body")
        self.value.set_ink("text" if field.text else "text.3")
        self.value.style().polish(self.value)
        self.setToolTip(field.refused or field.hint)
        self.setAccessibleName(f"{field.label}: {field.text or _('not recorded')}")
        self.setAccessibleDescription(field.refused)
        words = ngettext("{n} other value", "{n} other values", field.others)
        self.others_button.set_label(words.format(n=field.others))
        self.others_button.setVisible(field.others > 0)
        self.source_button.setVisible(field.sourced)

    def use_editor(
        self, make: Callable[[QWidget], QWidget], read: Callable[[QWidget], str]
    ) -> None:
        """Edit with this widget instead: made when needed, read when kept."""
        self._make, self._read = make, read

    def say(self, level: Level, sentence: str = "") -> None:
        """Show a sentence under the field: an error blocks it, a warning keeps the value."""
        self.note_icon.show_icon("status.error", "overdue" if level == "error" else "due")
        self.note.set_ink("overdue" if level == "error" else "due")
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        self.note_icon.setVisible(bool(sentence))
        if isinstance(self.editor, TextBox):
            self.editor.set_state(level)

    def edit(self) -> None:
        """Swap the value for its editor, unless the field cannot be edited."""
        if self.field.refused or self.editor is not None:
            return
        self.editor = self._make(self) if self._make else self._default_editor()
        self.editor.setAccessibleName(self.field.label)
        for part in (self.editor, *self.editor.findChildren(QWidget)):
            part.installEventFilter(self)
        self._line.insertWidget(0, self.editor, 1)
        self.value.hide()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self) -> None:
        """Leave the editor without keeping anything."""
        if self.editor is None:
            return
        self._close()
        self.say("")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Leave the editor and tell what was typed, if it differs."""
        if self.editor is None:
            return
        typed = self._typed(self.editor)
        self._close()
        if typed != (self.field.raw or self.field.text):
            self.committed.emit(self.field.key, typed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.edit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_editor_key(event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._on_editor_left(event.reason())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if not self.underMouse() or self.field.refused or self.editor is not None:
            return
        painter = QPainter(self)
        fill = theme.current().qcolour("hover")
        marks.round_box(painter, QRectF(self.rect()), fill, None, marks.RADIUS_CHIP)
        painter.end()

    def _build(self) -> None:
        self.note, self.note_icon = Label("", step="small", ink="due", wrap=True), IconLabel("")
        self.others_button = text_button("")
        self.others_button.clicked.connect(self._on_others)
        self.source_button = icon_button("entity.report", _("Where this comes from"))
        self.source_button.clicked.connect(self._on_source)
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        for part, stretch in ((self.value, 1), (self.others_button, 0), (self.source_button, 0)):
            self._line.addWidget(part, stretch)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.note_icon)
        below.addWidget(self.note, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 2, 6, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._line, 0, 1)
        grid.addLayout(below, 1, 1)
        grid.setColumnStretch(1, 1)
        self.note.hide()
        self.note_icon.hide()

    def _default_editor(self) -> QWidget:
        start = self.field.raw or self.field.text
        if self.field.options:
            chooser = Select(self.field.options, parent=self)
            chooser.choose(self.field.raw)
            return chooser
        if self.field.lines:
            pad = QPlainTextEdit(start, self)
            pad.setFixedHeight(px(88))
            return pad
        box = TextBox(mono=self.field.mono, parent=self)
        box.setText(start)
        box.selectAll()
        return box

    def _typed(self, editor: QWidget) -> str:
        if self._read is not None:
            return self._read(editor)
        match editor:
            case Select():
                return editor.current
            case QPlainTextEdit():
                return editor.toPlainText()
            case TextBox():
                return editor.text()
        raise TypeError(f"no way to read a {type(editor).__name__}")

    def _close(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.hide()
            editor.deleteLater()
        self.value.show()

    def _on_editor_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.restore()
            return True
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and (not self.field.lines or not plain):
            self.keep()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _on_editor_left(self, reason: Qt.FocusReason) -> None:
        # A drop-down's own list, or another window, takes the focus for a while only.
        passing = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
        if reason not in passing:
            self.keep()

    def _on_others(self) -> None:
        self.others_requested.emit(self.field.key)

    def _on_source(self) -> None:
        self.source_requested.emit(self.field.key)

    def _grow(self) -> None:
        self.label.setFixedWidth(px(self._label_width))
        self.label.setMinimumHeight(px(28))
        self.value.setMinimumHeight(px(28))
