"""The bin: what was removed, by whom, when and why; from here it is put back."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import bin as bins
from ocgdesk.casework.bin import Bin
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.removed import KINDS, BinQuery, Removal
from ocgdesk.ui import words
from ocgdesk.ui.desk import MANY, Changed, Desk
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import periods
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.widgets import values
from ocgdesk.ui.widgets.buttons import outline, primary, text_button
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader, page_margin
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.values import NONE, Text

STEP: Final = 500
"""Removals read at once."""
_TABLE, _EMPTY = 0, 1


class BinPage(AskingPage):
    """Shows what was removed, newest first. Nothing is erased here: that is disposal."""

    icon = "page.bin"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Bin")
        self.query = BinQuery(limit=STEP)
        self.period = periods.ALL
        self.found: Bin | None = None
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        since = periods.since(self.period, datetime.now(LONDON))
        return partial(bins.look, query=replace(self.query, since=since))

    def refusal(self) -> str:
        """Return why nothing can be put back; empty where it can."""
        if self.desk.may(Right.EDIT):
            return ""
        if self.desk.user.may(Right.EDIT):
            return _("This workspace is open read only.")
        return _("Your roles do not allow this.")

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.look_button = outline(_("Show as it was"), icon="action.open", key="Enter")
        self.back_button = primary(_("Put back"), icon="action.restore", key="Ctrl+Shift+R")
        self.header.add_action(self.look_button)
        self.header.add_action(self.back_button)
        self.note = ErrorBanner(closable=True, parent=self)
        self.bar = FilterBar(_("Filter by name, reference or reason"))
        self.kinds = Select(_kinds(), name=_("Kind"))
        self.user = Select((Option("", _("Everybody")),), name=_("Removed by"))
        self.when = Select(periods.options(), name=_("Period"))
        for part in (self.kinds, self.user, self.when):
            self.bar.add_left(part)
        self.model = ShortTable(self._columns())
        self.table = ShortTableView(self.model, name=self.title)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.more_button = text_button(_("Show older removals"), icon="action.expand")
        self.more_button.hide()
        self._held = QHBoxLayout()
        self._held.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._held)
        column.addWidget(self.bar)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.stack, 1)
        column.addWidget(self.more_button)

    def _wire(self) -> None:
        self.bar.searched.connect(self._on_searched)
        self.kinds.chosen.connect(self._on_kind)
        self.user.chosen.connect(self._on_user)
        self.when.chosen.connect(self._on_when)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.look_button.clicked.connect(self._on_look)
        self.back_button.clicked.connect(self.put_back)
        self.more_button.clicked.connect(self._on_more)
        self.empty.acted.connect(self._on_cleared)
        self.note.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+R"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.put_back)

    def _columns(self) -> tuple[Column, ...]:
        return (
            column(_("What"), _what, lambda r: r.label.casefold(), 220, stretch=4),
            column(_("Kind"), lambda r: Text(words.one(r.kind), "text.2"),
                    lambda r: words.one(r.kind), 120, yields=3),
            column(_("Reference"), lambda r: Text(r.ref, "text.3", mono=True),
                    lambda r: r.ref or None, 170, yields=2),
            column(_("Removed"), lambda r: Text(_when(r)), lambda r: r.entry.at, 140),
            column(_("By"), self._who, lambda r: values.words(self._who(r)), 120),
            column(_("With it"), _others, lambda r: r.others, 90, align="right", yields=1),
            column(_("Why"), _why, lambda r: r.entry.reason or None, 180, stretch=3),
        )  # fmt: skip

    def _who(self, removal: Removal) -> Text:
        return Text(self.found.who(removal) if self.found else "", strong=True)

    def show_answer(self, found: Bin) -> None:
        self.found = found
        if self.note.tone == "overdue":
            self.note.say("")
        self.model.show_rows(found.removals)
        self.table.share()
        self._offer_users(found)
        count = len(found.removals)
        shown = ngettext("{n} removal", "{n} removals", count).format(n=f"{count:,}")
        basis = _("what was lawfully erased is not here; looking is logged")
        self.header.set_subtitle(f"{shown} · {basis}")
        self.more_button.setVisible(not found.is_all)
        self.stack.setCurrentIndex(_TABLE if count else _EMPTY)
        if self._is_filtered():
            self.empty.show_words(_("Nothing removed passes the filters."), _("Clear filters"))
        else:
            self.empty.show_words(_("Nothing has been removed."))
        if count and self.table.row() is None:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_current()
        self.told.emit((shown,))

    def _is_filtered(self) -> bool:
        query = self.query
        return bool(query.kinds or query.text or query.user or self.period != "all")

    def _offer_users(self, found: Bin) -> None:
        people = sorted(found.users.items(), key=lambda one: one[1].casefold())
        options = (Option(str(id_), name) for id_, name in people)
        self.user.show_options((Option("", _("Everybody")), *options), self.user.current)

    def put_back(self) -> None:
        """Put the chosen record back, with what went with it."""
        row = self.table.row()
        if row is None or self.refusal():
            return
        label = _("Put back from the bin")
        if row.others > MANY:
            self.desk.write(label, lambda work, _progress: bins.put_back(work, [row.id]))
        else:
            self.desk.do(label, partial(bins.put_back, ids=[row.id]))

    def _on_current(self) -> None:
        row = self.table.row()
        if said := self.refusal():
            self.back_button.refuse(said)
        elif row is None:
            self.back_button.refuse(_("Choose what to put back."))
        else:
            self.back_button.allow()
        self.look_button.setEnabled(row is not None and isinstance(row.last, Entity))

    def _on_opened(self, row: int) -> None:
        self._open(self.model.rows[row])

    def _on_look(self) -> None:
        self._open(self.table.row())

    def _open(self, removal: Removal | None) -> None:
        """Show the record as it was just before it was removed."""
        if removal is None or not isinstance(removal.last, Entity):
            return
        moment = Moment(as_at=removal.entry.at - timedelta(microseconds=1))
        target = Target(page=PageKind.RECORD, kind=removal.kind, id=removal.id, moment=moment)
        self.opened.emit(target, False)

    def _on_searched(self, text: str) -> None:
        self._ask_for(text=text.strip())

    def _on_kind(self, kind: str) -> None:
        self._ask_for(kinds=LINKS if kind == "links" else (Kind(kind),) if kind else ())

    def _on_user(self, user: str) -> None:
        self._ask_for(user=UUID(user) if user else None)

    def _on_when(self, period: str) -> None:
        self.period = period
        self._ask_for()

    def _on_more(self) -> None:
        self._ask_for(limit=self.query.limit + STEP)

    def _on_cleared(self) -> None:
        self.period = periods.ALL
        for part, key in ((self.kinds, ""), (self.user, ""), (self.when, "all")):
            part.choose(key)
        self.bar.box.clear()
        self._ask_for(kinds=(), text="", user=None)

    def _ask_for(self, **more: Any) -> None:
        self.query = replace(self.query, **more)
        self.refresh()

    def _on_changed(self, changed: Changed) -> None:
        del changed  # anything may have been removed, or put back
        self.ask_again()

    def show_failure(self, error: DeskError) -> None:
        self.note.say(str(error), _("Try again"), tone="overdue")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        self._held.setContentsMargins(side, 0, side, 0)


def _what(removal: Removal) -> values.Cell:
    if removal.kind in LINKS:
        return Text(removal.label, strong=True)
    icon = words.icon_of(removal.kind, exploited=removal.exploited)
    return values.Entity(
        kind=icon.removeprefix("entity."),
        label=removal.label,
        restricted=getattr(removal.last, "restricted_to", None) is not None,
    )


def _when(removal: Removal) -> str:
    here = removal.entry.at.astimezone(LONDON)
    return f"{here.day} {here:%b %Y, %H:%M}"


def _others(removal: Removal) -> Text:
    count = removal.others
    return Text(f"{count:,}" if count else "", "text.2", align="right")


def _why(removal: Removal) -> Text:
    """Return the reason; without one the act, which tells an undo from a removal."""
    entry = removal.entry
    said = entry.reason or entry.label
    return Text(said or NONE, "text" if entry.reason else "text.3")


def _kinds() -> tuple[Option, ...]:
    records = [kind for kind in KINDS if kind not in LINKS]
    options = sorted((words.one(kind), kind.value) for kind in records)
    return (
        Option("", _("Every kind")),
        *(Option(value, name) for name, value in options),
        Option("links", _("Links")),
    )
