"""What needs the user: one row each, soonest first, ticked off where it stands."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain import clocks
from ocgdesk.i18n import _
from ocgdesk.store.falling_due import Due
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.plan import looks
from ocgdesk.ui.widgets.buttons import icon_button, outline, text_button
from ocgdesk.ui.widgets.cards import Card, Rule
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label
from ocgdesk.ui.widgets.strands import StrandLabel
from ocgdesk.ui.widgets.values import NONE, Chip

FEW: Final = 6
"""So many are shown until all are asked for."""
MOST: Final = 60
_ROW: Final = 36
_NARROW: Final = 560


def title_of(due: Due) -> str:
    """Return what is to be done."""
    if due.is_review:
        return _("Review the {ocg} plan").format(ocg=due.ocg.label)
    return due.title


class TaskRow(QWidget):
    """One action or review; once ticked off it asks what came of it, in its place."""

    ticked = Signal(object)
    told = Signal(object, str)
    """The action's id and its outcome; empty when there is none to tell."""
    opened = Signal(object)
    edited = Signal(object)

    def __init__(
        self, due: Due, today: date, *, refused: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.due = due
        self.asking = False
        self._refused = refused
        clock = clocks.review_clock if due.is_review else clocks.action_clock
        self.chip = ChipLabel(looks.days_chip(clock(due.due, today)))
        self._build()
        self.setAccessibleName(f"{title_of(due)}, {self.chip.chip.word}, {due.ocg.label}")
        theme.follow(self, self._grow)

    def ask(self) -> None:
        """Show that it is done and ask what came of it."""
        self.asking = True
        self.chip.show_chip(Chip(_("Done"), "ok", "status.ok"))
        for widget in (self.place, self.strand, self.buttons):
            widget.hide()
        for widget in (self.outcome, self.keep, self.skip):
            widget.show()
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.asking and event.key() == Qt.Key.Key_Escape:
            self._on_skip()
            return
        super().keyPressEvent(event)

    def fit(self, width: int) -> None:
        """Leave out strand and group where there is no room for them."""
        if not self.asking:
            self.place.setVisible(width >= px(_NARROW))
            self.strand.setVisible(width >= px(_NARROW + 110))

    def _build(self) -> None:
        self.title = ElidedLabel(title_of(self.due), weight="medium")
        self.place = _place(self.due)
        self.strand = _strand(self.due)
        self.tick = icon_button("action.check", _("Complete"), look="outline")
        self.tick.clicked.connect(self._on_tick)
        self.open = outline(_("Start review") if self.due.is_review else _("Update"), height="bar")
        self.open.clicked.connect(self._on_open)
        if self._refused:
            self.tick.refuse(self._refused)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 3, 14, 3)
        self._row.setSpacing(10)
        self._chip_room = QHBoxLayout()
        self._chip_room.addWidget(self.chip)
        self._chip_room.addStretch(1)
        self._row.addLayout(self._chip_room)
        self._row.addWidget(self.title, 1)
        self._build_asking()
        self._row.addWidget(self.place)
        self._row.addWidget(self.strand)
        self.buttons = QWidget()
        room = QHBoxLayout(self.buttons)
        room.setContentsMargins(0, 0, 0, 0)
        room.setSpacing(8)
        room.addStretch(1)
        room.addWidget(self.tick)
        room.addWidget(self.open)
        self.tick.setVisible(not self.due.is_review)
        self._row.addWidget(self.buttons)

    def _build_asking(self) -> None:
        self.outcome = TextBox(placeholder=_("What came of it?"), name=_("Outcome"))
        self.outcome.returnPressed.connect(self._on_keep)
        self.keep = outline(_("Keep outcome"), height="bar")
        self.keep.clicked.connect(self._on_keep)
        self.skip = text_button(_("Later"), key="Esc")
        self.skip.setToolTip(_("It is done; the plan warns of it until its outcome is told."))
        self.skip.clicked.connect(self._on_skip)
        for widget, stretch in ((self.outcome, 1), (self.keep, 0), (self.skip, 0)):
            self._row.addWidget(widget, stretch)
            widget.hide()

    def _grow(self) -> None:
        self.setMinimumHeight(px(_ROW))
        self.place.setFixedWidth(px(132))
        self.strand.setFixedWidth(px(92))
        self.buttons.setFixedWidth(px(112))
        self._chip_room.invalidate()
        self.chip.setMinimumWidth(px(112))

    def _on_tick(self) -> None:
        self.ticked.emit(self)

    def _on_keep(self) -> None:
        self.told.emit(self, self.outcome.text().strip())

    def _on_skip(self) -> None:
        self.told.emit(self, "")

    def _on_open(self) -> None:
        (self.opened if self.due.is_review else self.edited).emit(self.due)


def _place(due: Due) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(IconLabel("entity.ocg", size=15))
    row.addWidget(ElidedLabel(due.ocg.label, ink="text.2"), 1)
    return made


def _strand(due: Due) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    if due.strand:
        row.addWidget(StrandLabel(looks.strand(due.strand)))
    else:
        row.addWidget(Label(NONE, ink="text.3"))
    row.addStretch(1)
    return made


class TaskList(Card):
    """The rows; a row that still asks for its outcome stays although its action is done."""

    ticked = Signal(object)
    told = Signal(object, str)
    opened = Signal(object)
    edited = Signal(object)

    def __init__(self, *, refused: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.rows: list[TaskRow] = []
        self._refused = refused
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.nothing = Label("", ink="text.2", wrap=True)
        self.nothing.setContentsMargins(16, 14, 16, 14)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.nothing)

    def show_tasks(self, tasks: Iterable[Due], today: date, nothing: str) -> None:
        """Show these, and those of before that still ask for their outcome."""
        wanted, held = list(tasks), self._held()
        shown = {task.what.id for task in wanted}
        asking = {
            at: row
            for at, row in enumerate(self.rows)
            if row.asking and row.due.what.id not in shown
        }
        for row in self.rows:
            if row not in asking.values():
                row.hide()
                row.deleteLater()
        self.rows = [self._row(task, today) for task in wanted]
        for at, row in asking.items():
            self.rows.insert(at, row)
        self._lay_out()
        self.nothing.setText(nothing)
        self.nothing.setVisible(not self.rows)
        self._give(held)

    def drop(self, row: TaskRow) -> None:
        """Take out a row whose outcome was told."""
        at = self.rows.index(row)
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._lay_out()
        self.nothing.setVisible(not self.rows)
        self._give(at)

    def row(self, id_: UUID) -> TaskRow | None:
        """Return the row of an action or a plan, if it is shown."""
        return next((row for row in self.rows if row.due.what.id == id_), None)

    def _held(self) -> int | None:
        """Return which row has the focus, unless it asks for its outcome and stays."""
        now = QApplication.focusWidget()
        held = (at for at, row in enumerate(self.rows) if now and row.isAncestorOf(now))
        at = next(held, None)
        return None if at is None or self.rows[at].asking else at

    def _give(self, at: int | None) -> None:
        """Give the focus to the row now in this place, so that the next can be done."""
        if at is not None and self.rows:
            row = self.rows[min(at, len(self.rows) - 1)]
            (row.open if row.due.is_review else row.tick).setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, width: int) -> None:
        """Let the rows show what this width has room for."""
        for row in self.rows:
            row.fit(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(event.size().width())

    def _row(self, task: Due, today: date) -> TaskRow:
        row = TaskRow(task, today, refused=self._refused)
        row.ticked.connect(self.ticked)
        row.told.connect(self.told)
        row.opened.connect(self.opened)
        row.edited.connect(self.edited)
        return row

    def _lay_out(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if isinstance(line := item.widget(), Rule):
                line.hide()
                line.deleteLater()
        for number, row in enumerate(self.rows):
            if number:
                self._lines.addWidget(Rule(role="grid"))
            self._lines.addWidget(row)
            row.show()  # at once, so that it can be given the focus
            row.fit(self.width())
