"""A field of a record: read first, edited in place, saved by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QSizePolicy, QWidget

from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import Button
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import IconLabel, Label
from ocgdesk.ui.widgets.values import NONE

Level = Literal["", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field as shown: ``text`` is read, ``raw`` is what its editor starts from.

    ``options`` make the editor a drop-down; ``others`` counts conflicting values; ``sources``
    says what the value rests on; a reason in ``refused`` says why it cannot be edited.
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
    sources: str = ""
    refused: str = ""


class _Way(Button):
    """Words under a value that lead on; they begin where the value does."""

    def __init__(self, text: str, *, icon: str = "") -> None:
        super().__init__(text, look="text", icon=icon, height="bar")

    def _padding(self) -> int:
        return 3


class FieldRow(QWidget):
    """Label and value; F2, Enter or a double click edits, Tab or Enter keeps, Esc restores.

    What few rows need, such as a sentence under the value, is made when it is first needed: a
    record has dozens of rows.
    """

    committed = Signal(str, str)
    source_requested = Signal(str)
    others_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    """The field's key, and where on the screen a menu belongs."""

    def __init__(
        self, field: Field, *, label_width: int = 140, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", marks.RADIUS_CHIP)
        self.label = Label("", ink="text.3", parent=self)
        self._label_width = label_width
        self.value = Label("", wrap=True, parent=self)
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
        self.value.set_look(
            step="mono" if field.mono else "body", ink="text" if field.text else "text.3"
        )
        self.setToolTip(field.refused or field.hint)
        self.setAccessibleName(f"{field.label}: {field.text or _('not recorded')}")
        self.setAccessibleDescription(field.refused)
        self._show_others(field.others)
        self._show_sources(field.sources)

    def use_editor(
        self, make: Callable[[QWidget], QWidget], read: Callable[[QWidget], str]
    ) -> None:
        """Edit with this widget instead: made when needed, read when kept."""
        self._make, self._read = make, read

    def say(self, level: Level, sentence: str = "") -> None:
        """Show a sentence under the field: an error blocks it, a warning keeps the value."""
        if not sentence and "note" not in self.__dict__:
            return
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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(self.field.key, event.globalPos())

    @cached_property
    def note(self) -> Label:
        """The sentence under the value; hidden until there is one to say."""
        made = Label("", step="small", ink="due", wrap=True, parent=self)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.note_icon)
        below.addWidget(made, 1)
        self._grid.addLayout(below, 2, 1)
        made.hide()
        return made

    @cached_property
    def note_icon(self) -> IconLabel:
        """The mark before the sentence."""
        made = IconLabel("", parent=self)
        made.hide()
        return made

    @cached_property
    def _backing(self) -> QHBoxLayout:
        """The line below the value: other values, and what the value rests on."""
        made = QHBoxLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(16)
        made.addStretch(1)
        self._grid.addLayout(made, 1, 1)
        return made

    @cached_property
    def others_button(self) -> Button:
        """The way to the other values that are recorded."""
        made = _Way("")
        made.clicked.connect(self._on_others)
        made.hide()
        self._backing.insertWidget(0, made)
        return made

    @cached_property
    def source_button(self) -> Button:
        """What the value rests on, and the way to it."""
        made = _Way("", icon="entity.report")
        made.explain(_("Where this comes from"))
        made.clicked.connect(self._on_source)
        made.hide()
        self._backing.insertWidget(self._backing.count() - 1, made)
        return made

    def _show_others(self, others: int) -> None:
        if others or "others_button" in self.__dict__:
            words = ngettext("{n} other value", "{n} other values", others)
            self.others_button.set_label(words.format(n=others))
            self.others_button.setVisible(others > 0)

    def _show_sources(self, sources: str) -> None:
        if sources or "source_button" in self.__dict__:
            self.source_button.set_label(sources)
            self.source_button.setVisible(bool(sources))

    def _build(self) -> None:
        self._line = QHBoxLayout()
        self._line.setSpacing(6)
        self._line.addWidget(self.value, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 2, 6, 2)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(self._line, 0, 1)
        self._grid.setColumnStretch(1, 1)

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
