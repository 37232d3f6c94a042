"""Fields of a form: the label above, a sentence below where something is wrong."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.labels import IconLabel, Label

_LINES: Final = 76


class LinesBox(QPlainTextEdit):
    """Several lines of text; Tab leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        theme.follow(self, self._grow)

    def _grow(self) -> None:
        self.setFixedHeight(px(_LINES))


class FormField(QWidget):
    """One field of a form. ``changed`` follows every key; ``say`` shows what is wrong."""

    changed = Signal()

    def __init__(self, title: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.wrong = ""
        editor.setAccessibleName(title)
        label = Label(title, step="small", ink="text.3", weight="medium")
        label.setBuddy(editor)
        self._icon = IconLabel("status.error", "overdue", 13)
        self.note = Label("", step="small", ink="text.3", wrap=True)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self._icon)
        below.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label)
        column.addWidget(editor)
        column.addLayout(below)
        self.say()
        self._listen()

    @property
    def text(self) -> str:
        """What was typed or chosen."""
        match self.editor:
            case TextBox():
                return self.editor.text()
            case Select():
                return self.editor.current
            case QPlainTextEdit():
                return self.editor.toPlainText()
        raise TypeError(f"no way to read a {type(self.editor).__name__}")

    def show_text(self, text: str) -> None:
        """Show a text in a field that takes one line."""
        assert isinstance(self.editor, TextBox)  # noqa: S101 - no other field is filled so
        self.editor.setText(text)

    def say(self, wrong: str = "", echo: str = "") -> None:
        """Show what is wrong with the field, or else how it was read."""
        self.wrong = wrong
        self.note.setText(wrong or echo)
        self.note.set_ink("overdue" if wrong else "text.3")
        self.note.setVisible(bool(wrong or echo))
        self._icon.setVisible(bool(wrong))
        self.editor.setAccessibleDescription(wrong or echo)
        if isinstance(self.editor, TextBox):
            self.editor.set_state("error" if wrong else "")

    def _listen(self) -> None:
        match self.editor:
            case TextBox() | QPlainTextEdit():
                self.editor.textChanged.connect(self.changed)
            case Select():
                self.editor.chosen.connect(self._on_chosen)

    def _on_chosen(self) -> None:
        self.changed.emit()
