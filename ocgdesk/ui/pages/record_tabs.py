"""The parts of a record's page below its tabs: overview, tables of links, history."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.i18n import _
from ocgdesk.store.records import Linked
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms.record_form import RecordForm, of_kind
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.pages import record_tables
from ocgdesk.ui.pages.record_parts import StrandSummary
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.widgets.buttons import Button, outline, text_button
from ocgdesk.ui.widgets.cards import Card, CornerMask, Scroller
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.notes import EmptyState

_SIDE: Final = 400
_ROOMY: Final = 1_000
_PRINCIPAL: Final = frozenset({"principal", "significant"})
_MOST: Final = 8


class TablePart(QWidget):
    """A table with a line of buttons above it and a sentence where it is empty."""

    opened = Signal(object)
    selected = Signal(object)
    acted = Signal(str)

    def __init__(
        self, columns: Sequence[Column], *, name: str, empty: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = ShortTable(columns)
        self.table = _Table(self.rows, name=name)
        self.empty = EmptyState(empty)
        self.buttons: dict[str, Button] = {}
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setContentsMargins(24, 8, 24, 8)
        self._bar.setSpacing(8)
        self._bar.addStretch(1)
        self.bar = QWidget()
        self.bar.setLayout(self._bar)
        self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.table.opened.connect(self._on_opened)
        self.table.acted.connect(self.acted)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.empty.acted.connect(self._on_empty)

    def add_button(self, key: str, title: str, icon: str, shortcut: str = "") -> Button:
        """Put a button at the left of the line above the table."""
        made = (outline if key == "add" else text_button)(title, icon=icon, key=shortcut)
        made.setProperty("act", key)
        made.clicked.connect(self._on_button)
        self.buttons[key] = made
        self._bar.insertWidget(len(self.buttons) - 1, made)
        self.bar.show()
        return made

    def add_widget(self, widget: QWidget) -> None:
        """Put a control at the right of the line above the table."""
        self._bar.addWidget(widget)
        self.bar.show()

    def show_rows(self, rows: Sequence[Any], key: Callable[[Any], Any]) -> None:
        """Show these rows; the current one stays, by its key."""
        now = self.table.row()
        self.rows.show_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.table.share()
        for button in ("edit", "remove"):
            if button in self.buttons and not self.buttons[button].property("refused"):
                self.buttons[button].setEnabled(bool(rows))
        kept = next((n for n, row in enumerate(rows) if now and key(row) == key(now)), -1)
        if kept >= 0:
            at = next(n for n, row in enumerate(self.rows.rows) if key(row) == key(now))
            self.table.setCurrentIndex(self.rows.index(at, 0))

    def refuse(self, reason: str) -> None:
        """Disable what changes something, and say why."""
        for key in ("add", "edit", "remove"):
            if key in self.buttons:
                self.buttons[key].setProperty("refused", True)
                self.buttons[key].refuse(reason)

    def allow(self) -> None:
        """Enable it again."""
        for key in ("add", "edit", "remove"):
            if key in self.buttons:
                self.buttons[key].setProperty("refused", False)
                self.buttons[key].allow()
                self.buttons[key].setEnabled(key == "add" or bool(self.rows.rows))

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.rows.rows[row])

    def _on_current(self) -> None:
        self.selected.emit(self.table.row())

    def _on_button(self) -> None:
        self.acted.emit(str(self.sender().property("act")))

    def _on_empty(self) -> None:
        self.acted.emit("add")


class _Table(ShortTableView):
    """A short table that tells of Insert, F2 and Delete."""

    acted = Signal(str)
    _KEYS: Final = {
        Qt.Key.Key_Insert: "add",
        Qt.Key.Key_F2: "edit",
        Qt.Key.Key_Delete: "remove",
    }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._KEYS.get(Qt.Key(event.key()))
        if act and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.acted.emit(act)
            return
        super().keyPressEvent(event)


class Overview(QWidget):
    """Every field of a record, read first; of an OCG the plan and its principals too."""

    plan_wanted = Signal()
    opened = Signal(object)
    """A Linked: a member or an OCG to go to."""
    tab_wanted = Signal(str)

    def __init__(self, kind: Kind, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.form = RecordForm(of_kind(class_of(kind)), today)
        self.strands = StrandSummary()
        self.members = ShortTable(())
        self._build()

    def show_dossier(self, found: Dossier, *, refused: str) -> None:
        """Show this record."""
        self.form.show_thing(found.thing, refused=refused, sourced=found.sourced)
        if self.kind is Kind.OCG:
            self.side.setVisible(not found.is_past)
            self._show_plan(found)
        if self.kind in {Kind.OCG, Kind.NOMINAL}:
            self._show_members(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(_ROOMY)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top.setDirection(right if beside else down)
        self.side.setMaximumWidth(px(_SIDE) if beside else 16_777_215)
        self.side.setMinimumWidth(px(_SIDE) if beside else 0)

    def _build(self) -> None:
        body = PageBody()
        body.column.addSpacing(px(8))
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(24)
        self._top.addWidget(self.form, 1)
        self.side = self._plan_part()
        if self.kind is not Kind.OCG:
            self.side.hide()
        self._top.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        body.column.addLayout(self._top)
        self.people = self._member_part()
        self.people.setVisible(False)
        body.column.addWidget(self.people)
        body.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.scroller = Scroller(body)
        whole.addWidget(self.scroller)

    def _plan_part(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.plan_heading = SectionHeading(_("4P plan"))
        self.plan_button = text_button(_("Open plan"))
        self.plan_button.clicked.connect(self.plan_wanted)
        self.plan_heading.add_action(self.plan_button)
        self.no_plan = Label(_("No 4P plan yet."), ink="text.2")
        for part in (self.plan_heading, self.no_plan, self.strands):
            column.addWidget(part)
        return made

    def _member_part(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = _("Principals and significant members")
        if self.kind is Kind.NOMINAL:
            title = _("Memberships")
        self.people_heading = SectionHeading(title)
        all_ = text_button(_("All members") if self.kind is Kind.OCG else _("All memberships"))
        all_.clicked.connect(self._on_all)
        self.people_heading.add_action(all_)
        self.table = ShortTableView(self.members, name=title)
        self.table.opened.connect(self._on_opened)
        card = Card()
        card.body.addWidget(self.table)
        CornerMask(card)
        column.addWidget(self.people_heading)
        column.addWidget(card)
        return made

    def _show_plan(self, found: Dossier) -> None:
        self.strands.show_strands(found.strands)
        self.strands.setVisible(found.plan is not None)
        self.no_plan.setVisible(found.plan is None)
        self.plan_heading.set_note(
            _("version {n}").format(n=found.plan.number) if found.plan is not None else ""
        )

    def _show_members(self, found: Dossier) -> None:
        of_ocg = self.kind is Kind.OCG
        everybody = found.memberships
        shown = [item for item in everybody if not of_ocg or _is_important(item)][:_MOST]
        self.people.setVisible(bool(shown))
        columns = record_tables.member_columns(
            found.reports, exploited=found.is_exploited, of_ocg=of_ocg
        )
        self.members.beginResetModel()
        self.members.columns = columns
        self.members.endResetModel()
        self.members.show_rows(sorted(shown, key=_rank))
        self.table.setFixedHeight(self.table.wanted_height(_MOST))
        self.table.share()
        note = _("{n} of {all}").format(n=len(shown), all=len(everybody))
        self.people_heading.set_note(note)

    def _on_all(self) -> None:
        self.tab_wanted.emit("members")

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.members.rows[row])


def _is_important(item: Linked) -> bool:
    important = getattr(item.link, "importance", "") in _PRINCIPAL
    return important and not item.other.exploited


def _rank(item: Linked) -> tuple[int, str]:
    order = ("principal", "significant", "peripheral")
    importance = getattr(item.link, "importance", "peripheral")
    place = order.index(importance) if importance in order else len(order)
    return place, item.other.label.casefold()


class HistoryPart(TablePart):
    """What was recorded and when, and the box that shows the record as at a date."""

    dated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            record_tables.history_columns(),
            name=_("History"),
            empty=_("Nothing is recorded in the history."),
            parent=parent,
        )
        self.add_widget(Label(_("Show as at"), ink="text.2"))
        self.box = TextBox(placeholder=_("14/2/2026"), name=_("Show as at"))
        self.box.setFixedWidth(px(140))
        self.box.returnPressed.connect(self._on_date)
        self.add_widget(self.box)
        self.button = outline(_("Show"), icon="status.as-at", height="bar")
        self.button.clicked.connect(self._on_date)
        self.add_widget(self.button)
        self.said = Label("", step="small", ink="overdue")
        self.said.hide()
        self._bar.insertWidget(0, self.said)

    def say(self, sentence: str) -> None:
        """Say what is wrong with the date."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.box.set_state("error" if sentence else "")

    def _on_date(self) -> None:
        if text := self.box.text().strip():
            self.dated.emit(text)
