"""Restricted records: those the user is inside of, and what they are told of them."""

from datetime import datetime
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import restricting
from ocgdesk.casework.restricting import Access, Glass, Lent
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.glass import Alert
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.break_glass_dialog import BreakGlassDialog
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.labels import SectionHeading
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.values import NONE, Text

_TABLE, _EMPTY = 0, 1
_ALERTS: Final = 6
"""Alerts in sight at once."""
Record = tuple[Brief, Access]


class RestrictedPage(AskingPage):
    """Shows restricted records to those inside, and who opened them by break-glass."""

    icon = "page.restricted"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Restricted")
        self.glass = Glass(allowed=False)
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        return _read

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.seen_button = outline(_("Mark alerts as seen"), icon="status.ok")
        self.glass_button = primary(_("Break-glass access…"), icon="action.break-glass")
        self.header.add_action(self.seen_button)
        self.header.add_action(self.glass_button)
        self.seen_button.hide()
        self.note = ErrorBanner(closable=True, parent=self)
        self.told_model = ShortTable(_alert_columns())
        self.alerts = ShortTableView(self.told_model, name=_("Alerts"))
        self.alerts_heading = SectionHeading(_("Alerts"))
        self.heading = SectionHeading(_("Open to you"))
        self.model = ShortTable(_record_columns())
        self.table = ShortTableView(self.model, name=_("Restricted records open to you"))
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._rows = [QHBoxLayout() for _n in range(3)]
        for row, part in zip(
            self._rows, (self.note, self.alerts_heading, self.heading), strict=True
        ):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._rows[0])
        column.addLayout(self._rows[1])
        column.addWidget(self.alerts)
        column.addLayout(self._rows[2])
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.stack, 1)

    def _wire(self) -> None:
        self.table.opened.connect(self._on_opened)
        self.alerts.opened.connect(self._on_alert)
        self.seen_button.clicked.connect(self._on_seen)
        self.glass_button.clicked.connect(self._on_glass)
        self.note.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)

    def show_answer(self, found: tuple[list[Record], list[Alert], Glass]) -> None:
        records, alerts, self.glass = found
        self.model.show_rows(records)
        self.told_model.show_rows(alerts)
        count = len(records)
        shown_ = ngettext("{n} record open to you", "{n} records open to you", count)
        basis = _("who is not inside finds no trace of them")
        self.header.set_subtitle(f"{shown_.format(n=f'{count:,}')} · {basis}")
        self.heading.setVisible(bool(alerts))
        for part in (self.alerts, self.alerts_heading):
            part.setVisible(bool(alerts))
        self.alerts.setFixedHeight(self.alerts.wanted_height(_ALERTS))
        self.seen_button.setVisible(any(alert.is_new for alert in alerts))
        self.stack.setCurrentIndex(_TABLE if records else _EMPTY)
        self.empty.show_words(_("No restricted record is open to you."))
        self.table.share()
        self._offer_glass()
        self.told.emit((shown_.format(n=f"{count:,}"),))

    def _offer_glass(self) -> None:
        if not self.desk.may(Right.BREAK_GLASS):
            self.glass_button.refuse(_("Your roles do not allow break-glass."))
        elif not self.glass.allowed:
            self.glass_button.refuse(_("Break-glass is switched off in this workspace."))
        else:
            self.glass_button.allow()

    def _on_glass(self) -> None:
        dialog = BreakGlassDialog(self.desk, hours=self.glass.hours, parent=self)
        dialog.lent.connect(self._on_lent)
        dialog.open()

    def _on_lent(self, lent: Lent) -> None:
        record = lent.record
        self.refresh()
        self.opened.emit(Target(page=PageKind.RECORD, kind=record.kind, id=record.id), False)

    def _on_opened(self, row: int) -> None:
        record, _access = self.model.rows[row]
        self.opened.emit(Target(page=PageKind.RECORD, kind=record.kind, id=record.id), False)

    def _on_alert(self, row: int) -> None:
        if records := self.told_model.rows[row].records:
            record = records[0]
            target = Target(page=PageKind.RECORD, kind=record.kind, id=record.id)
            self.opened.emit(target, False)

    def _on_seen(self) -> None:
        self._asked.ask(restricting.saw_alerts, self._on_looked, self.show_failure)

    def _on_looked(self, _done: None) -> None:
        self.refresh()

    def _on_changed(self, changed: Changed) -> None:
        del changed  # any record may have been closed or opened
        self.ask_again()

    def show_failure(self, error: DeskError) -> None:
        self.note.say(str(error), _("Try again"), tone="overdue")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        for row in self._rows:
            row.setContentsMargins(side, 6, side, 6)


def _read(reader: Reader) -> tuple[list[Record], list[Alert], Glass]:
    return restricting.mine(reader), restricting.alerts(reader), restricting.terms(reader)


def _record_columns() -> tuple[Column, ...]:
    return (
        column(_("Record"), lambda r: entity(r[0]), lambda r: r[0].label.casefold(), 220,
                stretch=3),
        column(_("Reference"), lambda r: Text(r[0].ref, "text.3", mono=True), lambda r: r[0].ref,
                170, yields=2),
        column(_("Open to"), lambda r: Text(_names(r[1])), lambda r: _names(r[1]), 200,
                stretch=3),
        column(_("Since"), lambda r: Text(_at(r[1].since), "text.2"), lambda r: r[1].since, 150,
                yields=1),
        column(_("By"), lambda r: Text(r[1].by), lambda r: r[1].by, 120, yields=3),
        column(_("Why"), lambda r: Text(r[1].reason or NONE), lambda r: r[1].reason or None, 160,
                stretch=2),
    )  # fmt: skip


def _alert_columns() -> tuple[Column, ...]:
    return (
        column(_("When"), lambda a: Text(_at(a.at), "text" if a.is_new else "text.2",
                strong=a.is_new), lambda a: a.at, 150),
        column(_("What"), lambda a: Text(restricting.alert_words(a), strong=a.is_new),
                lambda a: a.label, 320, stretch=4),
        column(_("Until"), lambda a: Text(_at(a.until), "text.2"), lambda a: a.until, 150,
                yields=1),
    )  # fmt: skip


def _names(access: Access) -> str:
    return ", ".join(user.display for user in access.users)


def _at(moment: datetime | None) -> str:
    if moment is None:
        return NONE
    here = moment.astimezone(LONDON)
    return f"{shown(here.date())}, {here:%H:%M}"
