"""What the special parts of a record's page are made of: sections, and a part that asks itself."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.clocks import Urgency, action_clock
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.case_dialog import CaseDialog, Form
from ocgdesk.ui.fonts import px
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.pages.record_saving import attempt
from ocgdesk.ui.widgets.buttons import Button, outline, text_button
from ocgdesk.ui.widgets.cards import Card, CornerMask, Scroller
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.notes import ErrorBanner
from ocgdesk.ui.widgets.values import NONE, Cell, Chip, Text, Tone

MOST_ROWS: Final = 8
"""A longer table scrolls by itself."""
_TONES: Final[dict[Urgency, Tone]] = {Urgency.OVERDUE: "overdue", Urgency.DUE: "due"}


def text(words: str, ink: str = "text", **more: Any) -> Cell:
    """Return words for a cell; a dash where there are none."""
    return (
        Text(words, ink, **more) if words else Text(NONE, "text.3", align=more.get("align", "left"))
    )


def day(value: date | None) -> Cell:
    """Return a day for a cell."""
    return text(shown(value) if value else "", "text.2")


def due(value: date | None, today: date) -> Cell:
    """Return a day something is due on: a chip that says the days where it is near."""
    if value is None:
        return looks.NOTHING
    clock = action_clock(value, today)
    tone = _TONES.get(clock.urgency)
    if tone is None:
        return Text(shown(value), "text.2")
    icon = "status.overdue" if clock.days < 0 else "status.due"
    return Chip(_("{date}, {words}").format(date=shown(value), words=clock.words), tone, icon)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionAct:
    """A button of a section. ``of_row`` ones act on the row that is chosen."""

    key: str
    title: str
    icon: str = ""
    of_row: bool = False


class _Rows(ShortTableView):
    """A table whose Insert, F2 and Delete are the acts of its section."""

    keyed = Signal(str)
    _KEYS: Final = {Qt.Key.Key_Insert: "add", Qt.Key.Key_F2: "edit", Qt.Key.Key_Delete: "remove"}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._KEYS.get(Qt.Key(event.key()))
        if act and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.keyed.emit(act)
            return
        super().keyPressEvent(event)


class CaseSection(QWidget):
    """A heading with its count, a short table, a sentence where it is empty, a few acts."""

    opened = Signal(object)
    """The row that was opened."""
    acted = Signal(str, object)
    """The key of an act, and the row that is chosen or None."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        *,
        empty: str,
        acts: Sequence[SectionAct] = (),
        icon: str = "",
        tall: int = MOST_ROWS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.acts = tuple(acts)
        self._tall = tall
        self.rows = ShortTable(columns)
        self.buttons: dict[str, Button] = {}
        self._refused, self._still = "", frozenset[str]()
        self.heading = SectionHeading(title, icon=icon, parent=self)
        for act in self.acts:
            self._add(act)
        self.empty = Label(empty, ink="text.2", wrap=True, parent=self)
        self.card = Card(parent=self)
        self.table = _Rows(self.rows, name=title, parent=self.card)
        self.card.body.addWidget(self.table)
        CornerMask(self.card)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for part in (self.heading, self.empty, self.card):
            inside.addWidget(part)
        self.card.hide()
        self.table.opened.connect(self._on_opened)
        self.table.keyed.connect(self._on_key)
        self.table.selectionModel().currentRowChanged.connect(self._allow)

    @property
    def chosen(self) -> Any | None:
        """The row that is chosen."""
        return self.table.row()

    def show_rows(
        self, rows: Iterable[Any], note: str = "", *, columns: Sequence[Column] = ()
    ) -> None:
        """Show these rows, and beside the heading what they come to."""
        found = tuple(rows)
        at = self.table.currentIndex().row()
        if columns:
            self.rows.beginResetModel()
            self.rows.columns = tuple(columns)
            self.rows.endResetModel()
        self.rows.show_rows(found)
        self.heading.set_note(note or (f"{len(found):,}" if found else ""))
        self.card.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.table.setFixedHeight(self.table.wanted_height(self._tall))
        self.table.share()
        if found and at >= 0:
            self.table.setCurrentIndex(self.rows.index(min(at, len(found) - 1), 0))
        self._allow()

    def refuse(self, reason: str, *, but: Collection[str] = ()) -> None:
        """Say why nothing can be changed here, but by these acts; "" lets it be changed."""
        self._refused, self._still = reason, frozenset(but)
        self._allow()

    def _add(self, act: SectionAct) -> None:
        made = (text_button if act.of_row else outline)(act.title, icon=act.icon, height="bar")
        made.clicked.connect(partial(self._act, act.key))
        self.buttons[act.key] = made
        self.heading.add_action(made)

    def _allow(self) -> None:
        for act in self.acts:
            button = self.buttons[act.key]
            if self._refused and act.key not in self._still:
                button.refuse(self._refused)
            elif act.of_row and self.table.row() is None:
                button.refuse(_("Choose a row first"))
            else:
                button.allow()
            button.setVisible(not act.of_row or bool(self.rows.rows))

    def _act(self, key: str) -> None:
        self.acted.emit(key, self.table.row())

    def _on_key(self, key: str) -> None:
        if key in self.buttons and self.buttons[key].isEnabled():
            self._act(key)

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.rows.rows[row])


class Asking(QObject):
    """Opens the dialogs of acts over one page, and does what was answered."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.desk = desk
        self.over = over
        self.dialog: CaseDialog | None = None
        """The dialog last opened."""

    def ask(self, form: Form, label: str, act: Callable[..., Any]) -> None:
        """Ask this; do ``act(work, answers)`` under a label with what was answered."""
        dialog = CaseDialog(self.desk, form, parent=self.over)
        dialog.answered.connect(partial(self._on_answered, dialog, label, act))
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def ask_long(self, form: Form, label: str, act: Callable[..., Any]) -> None:
        """Ask this; do ``act(work, answers, progress)`` in the background with the answers."""
        dialog = CaseDialog(self.desk, form, parent=self.over)
        dialog.answered.connect(partial(self._on_long, dialog, label, act))
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def do(self, label: str, act: Callable[..., Any]) -> bool:
        """Do something that needs no answers."""
        return self.desk.do(label, act)

    def _on_answered(
        self, dialog: CaseDialog, label: str, act: Callable[..., Any], values: dict[str, Any]
    ) -> None:
        error = attempt(self.desk, label, lambda work: act(work, values))
        if error is None:
            dialog.accept()
        else:
            dialog.say(f"{str(error).rstrip('.')}.")

    def _on_long(
        self, dialog: CaseDialog, label: str, act: Callable[..., Any], values: dict[str, Any]
    ) -> None:
        def work_on(work: Work, progress: Progress) -> None:
            act(work, values, progress)

        dialog.accept()
        self.desk.write(label, work_on)

    def _on_finished(self) -> None:
        self.dialog = None


class CasePart(QWidget):
    """A part that asks for what it shows by itself, and again when it changes.

    Subclasses fill ``body``, and override ``query`` and ``fill``.
    """

    opened = Signal(object)
    """The Brief of a record to go to."""
    TOUCHED: tuple[Kind, ...] = ()
    """The kinds whose changes may show here."""

    def __init__(self, desk: Desk, id_: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.id = id_
        self.found: Any = None
        self.refused = ""
        self.sections: dict[str, CaseSection] = {}
        self.asking = Asking(desk, self)
        self._asked = Inquiry(self.desk, self)
        self._stale = False
        self.body = PageBody(spacing=20, parent=self)
        self.body.column.addSpacing(px(8))
        self.error = ErrorBanner(parent=self.body)
        self.body.column.addWidget(self.error)
        self.error.acted.connect(self.refresh)
        self.build()
        self.body.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroller(self.body, self))
        desk.changed.connect(self._on_changed)

    def build(self) -> None:
        """Fill the body with what the part shows."""
        raise NotImplementedError

    def query(self) -> Callable[[Reader], Any]:
        """Return the question whose answer ``fill`` is given."""
        raise NotImplementedError

    def fill(self, found: Any) -> None:
        """Show what was found."""
        raise NotImplementedError

    def show_dossier(self, found: Dossier, *, refused: str) -> None:
        """Follow the page: it has read its record anew."""
        self.refused = refused
        if not found.is_past:
            self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        self._stale = False
        self._asked.ask(self.query(), self._show, self._on_failed)

    def ready(self) -> bool:
        """Tell whether it shows what it asked for."""
        return not self._asked.is_open and not self._stale

    def leave(self) -> None:
        """Stop asking."""
        self._asked.drop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def add_section(self, key: str, section: CaseSection) -> CaseSection:
        """Put a section below those already there."""
        self.sections[key] = section
        self.body.column.addWidget(section)
        return section

    def _show(self, found: Any) -> None:
        self.found = found
        self.error.say("")
        for section in self.sections.values():
            section.refuse(self.refused)
        self.fill(found)

    def _on_failed(self, error: DeskError) -> None:
        self.error.say(f"{str(error).rstrip('.')}.", _("Try again"))

    def _on_changed(self, changed: Changed) -> None:
        if not changed.touches(*self.TOUCHED):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True
