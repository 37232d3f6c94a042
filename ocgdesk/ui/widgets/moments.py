"""The date control of a header: what is shown as recorded then, or of what held on a day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import moments
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.domain import dates
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import Button, primary, text_button
from ocgdesk.ui.widgets.cards import Floating
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label

_WIDE = 300
_HINT = "14/2/2026"


class MomentButton(Button):
    """Opens the two dates over the page it stands in; ``chosen`` carries the Moment."""

    chosen = Signal(object)

    def __init__(self, over: QWidget, *, has_on: bool = True) -> None:
        super().__init__(_("As at"), look="outline", icon="status.as-at", height="header")
        self._over = over
        self.moment = NOW
        self.popup: MomentPopup | None = None
        self.today: Callable[[], date] = date.today
        """The day it is where the work is done."""
        self._has_on = has_on
        self.setAccessibleDescription(_("Show what was recorded then, or what held on a day"))
        self.clicked.connect(self.open)

    def show_moment(self, moment: Moment) -> None:
        """Say which moment is shown."""
        self.moment = moment

    def open(self) -> None:
        """Show the two dates below the button."""
        over = self._over
        popup = MomentPopup(self.moment, self.today(), has_on=self._has_on, parent=over)
        popup.chosen.connect(self.chosen)
        corner = self.mapTo(over, QPoint(self.width(), self.height() + px(4)))
        popup.place(corner)
        self.popup = popup


class MomentPopup(Floating):
    """Two dates: when it was recorded, and when it held. It goes when the focus leaves it."""

    chosen = Signal(object)

    def __init__(self, moment: Moment, today: date, *, has_on: bool, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("As at"))
        self._today = today
        self._over = parent
        self.as_at = TextBox(placeholder=_HINT, name=_("As recorded at the end of"))
        self.on = TextBox(placeholder=_HINT, name=_("What held on"))
        self.said = Label("", step="small", ink="overdue", wrap=True)
        self.show_button = primary(_("Show"), key="Enter", height="bar")
        self.now_button = text_button(_("Back to now"))
        self._fill(moment)
        self._arrange(has_on=has_on)
        self.now_button.setVisible(bool(moment))
        self.show_button.clicked.connect(self.take)
        self.now_button.clicked.connect(self._on_now)
        for box in (self.as_at, self.on):
            box.returnPressed.connect(self.take)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def place(self, corner: QPoint) -> None:
        """Stand with the upper right corner here, inside the page."""
        self.setFixedWidth(px(_WIDE))
        self.adjustSize()
        left = min(corner.x() - self.width(), self._over.width() - self.width() - 8)
        self.move(max(8, left), corner.y())
        self.show()
        self.raise_()
        self.as_at.setFocus(Qt.FocusReason.PopupFocusReason)

    def take(self) -> None:
        """Show the moment that was typed; say what is wrong where it is none."""
        try:
            moment = Moment(
                as_at=moments.recorded(self.as_at.text(), today=self._today),
                on=moments.valid(self.on.text(), today=self._today),
            )
        except Refused as error:
            self.said.setText(f"{error}.")
            self.said.show()
            self.adjustSize()
            return
        self._leave(moment)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.adjustSize()
        return super().event(event)

    def _fill(self, moment: Moment) -> None:
        if moment.as_at is not None:
            day = moment.as_at.astimezone(LONDON).date()
            self.as_at.setText(dates.shown(day))
        if moment.on is not None:
            self.on.setText(dates.shown(moment.on))

    def _arrange(self, *, has_on: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(4)
        recorded = _("What this workspace held at the end of that day.")
        held = _("Only what held in the world on that day, as far as is known.")
        parts: list[Any] = [*_labelled(_("As recorded at the end of"), self.as_at, recorded)]
        parts += _labelled(_("What held on"), self.on, held) if has_on else ()
        for part in parts:
            column.addWidget(part)
        self.on.setVisible(has_on)
        self.said.hide()
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.addWidget(self.now_button)
        row.addStretch(1)
        row.addWidget(self.show_button)
        column.addSpacing(6)
        column.addLayout(row)

    def _on_now(self) -> None:
        self._leave(NOW)

    def _leave(self, moment: Moment) -> None:
        self.close()
        self.chosen.emit(moment)

    def _on_focus(self, _old: QObject | None, new: QObject | None) -> None:
        if isinstance(new, QWidget) and new is not self and not self.isAncestorOf(new):
            self.close()


def _labelled(title: str, box: TextBox, note: str) -> tuple[QWidget, ...]:
    heading = Label(title, step="small", ink="text.3", weight="medium")
    heading.setBuddy(box)
    return heading, box, Label(note, step="small", ink="text.3", wrap=True)
