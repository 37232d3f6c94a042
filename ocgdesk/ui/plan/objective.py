"""What a plan wants under one P, read first and edited in place."""

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.plans import Objective
from ocgdesk.i18n import _
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import ElidedLabel, Label


class ObjectiveLine(QWidget):
    """One objective; F2, Enter or a double click edits, Enter keeps, Esc restores."""

    kept = Signal(object, str)
    """The objective as it was read, or None for a new one, and what was typed."""
    removed = Signal(object)
    left = Signal()
    """A new one was not wanted after all."""

    def __init__(
        self, objective: Objective | None, *, refused: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.objective = objective
        self._refused = refused
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRadius", marks.RADIUS_CHIP)
        self.words = Label(objective.text if objective else "", weight="medium", wrap=True)
        self.measure = ElidedLabel(_measure(objective), step="small", ink="text.3")
        self.box: TextBox | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.words)
        self._column.addWidget(self.measure)
        self.measure.setVisible(bool(self.measure.text()))
        said = _("Objective: {text}").format(text=self.words.text())
        self.setAccessibleName(said)
        self.setToolTip(refused or _("Double click or F2 to edit; Delete takes it out"))

    @property
    def id(self) -> UUID | None:
        """The objective's id; None for a new one."""
        return self.objective.id if self.objective else None

    def edit(self) -> None:
        """Swap the words for a box, unless the user may not."""
        if self._refused or self.box is not None:
            return
        self.box = TextBox(name=_("Objective"), placeholder=_("What the plan wants here"))
        self.box.setText(self.words.text())
        self.box.installEventFilter(self)
        self._column.insertWidget(0, self.box)
        self.words.hide()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit()
        elif event.key() == Qt.Key.Key_Delete and self.id is not None and not self._refused:
            self.removed.emit(self.id)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.edit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._close()
                return True
        passing = Qt.FocusReason.ActiveWindowFocusReason
        left = isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut
        if left and isinstance(event, QFocusEvent) and event.reason() != passing:
            self._keep()
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        if self.box is None:
            return
        typed = self.box.text().strip()
        self._close()
        if typed and typed != self.words.text():
            self.kept.emit(self.objective, typed)

    def _close(self) -> None:
        box, self.box = self.box, None
        if box is not None:
            box.removeEventFilter(self)
            box.hide()
            box.deleteLater()
        self.words.show()
        if self.objective is None:
            self.left.emit()


def _measure(objective: Objective | None) -> str:
    """Return how the objective is measured: the measure with its baseline and target."""
    if objective is None:
        return ""
    figures = " → ".join(x for x in (objective.baseline, objective.target) if x)
    return ": ".join(x for x in (objective.measure, figures) if x)
