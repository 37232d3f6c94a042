"""A record: what it is, what it is linked to, what that rests on, and how it came about."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import records
from ocgdesk.domain import dates
from ocgdesk.domain.kinds import LINKS, SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import Conflict, DeskError, Refused
from ocgdesk.i18n import _
from ocgdesk.store import history
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui import words
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages import record_reading, record_tables
from ocgdesk.ui.pages.record_heading import chips, facts, subtitle
from ocgdesk.ui.pages.record_layout import (
    HISTORY,
    LINKS_TAB,
    MEMBERS,
    OVERVIEW,
    PLAN,
    REPORTS,
    RecordParts,
)
from ocgdesk.ui.pages.record_linking import Linking, attempt
from ocgdesk.ui.pages.record_parts import FactStrip, LinkInspector, SectionTabs
from ocgdesk.ui.pages.record_reading import Dossier, Past
from ocgdesk.ui.pages.record_tabs import TablePart
from ocgdesk.ui.pages.register_parts import PLANNED, right_of, targets
from ocgdesk.ui.shell.strip import AsAtStrip
from ocgdesk.ui.widgets.buttons import icon_button, outline, primary
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.labels import ToneTile
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_CHARTED: Final = frozenset(SUBJECTS)


class RecordPage(Page):
    """Shows the record the target names; every field is edited where it stands."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        assert target.id is not None and target.kind is not None  # noqa: S101, PT018
        self.id: UUID = target.id
        self.kind: Kind = target.kind
        self.right: Right = right_of(self.kind)
        self.title = words.one(self.kind)
        self.icon = words.icon_of(self.kind)
        self.dossier: Dossier | None = None
        self.moment: datetime | None = None
        self._asked: Job | None = None
        self._reading_past: Job | None = None
        self._stale = False
        self._noted = False
        self._history_stale = True
        self._kept: tuple[str, str, str] | None = None
        """A field, what was typed in it and what was wrong: offered again after reading."""
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the record, as it is or as it was."""
        if self._asked is not None:
            self._asked.cancel()
        self._stale = False
        self._history_stale = True
        if self.moment is None:
            query: Callable[..., Any] = partial(
                record_reading.read, id_=self.id, today=self.desk.today(), noted=not self._noted
            )
        else:
            query = partial(record_reading.read_past, id_=self.id, moment=self.moment)
        self._asked = self.desk.ask(query, self._show)
        self._asked.failed.connect(self._on_failed)

    def ready(self) -> bool:
        return self._asked is None and self._reading_past is None and not self._stale

    def leave(self) -> None:
        for job in (self._asked, self._reading_past):
            if job is not None:
                job.cancel()

    def arrive(self, target: Target) -> None:
        super().arrive(target)
        if target.tab:
            self.tabs.choose(target.tab)

    def inspector(self) -> QWidget | None:
        part = self.stack.currentWidget()
        if isinstance(part, TablePart) and part in {self.members, self.links}:
            return self._inspector_of(part.table.row())
        return None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ", icon=self.icon)
        self._add_actions()
        self.strip = AsAtStrip()
        self.error = ErrorBanner(closable=True)
        self.facts = FactStrip()
        if self.kind is not Kind.OCG:
            self.facts.hide()
        self.tabs = SectionTabs()
        above = PageBody(spacing=8, foot=0)
        for part in (self.error, self.facts, self.tabs):
            above.column.addWidget(part)
        self.error.hide()
        self.parts = RecordParts(self.kind, self.desk.today())
        self.stack = self.parts.stack
        self.overview, self.members = self.parts.overview, self.parts.members
        self.links, self.reports = self.parts.links, self.parts.reports
        self.history = self.parts.history
        self._add_tabs()
        self.linking = Linking(self.desk, self)
        self.gone = EmptyState(_("There is no such record here, or it is not open to you."))
        self.whole = QStackedWidget()
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for row in (self.strip, self.header, above):
            inside.addWidget(row)
        inside.addWidget(self.stack, 1)
        self.whole.addWidget(page)
        self.whole.addWidget(self.gone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.whole)

    def _add_actions(self) -> None:
        planned = self.kind is Kind.OCG or self.kind in PLANNED
        self.chart_button = outline(_("Chart"), icon="action.chart", key="C")
        make = outline if planned else primary
        self.edit_button = make(_("Edit"), icon="action.edit", key="F2")
        title = _("Review plan") if self.kind is Kind.OCG else _("Open 4P plan")
        self.plan_button = primary(title, icon="action.review", key="Ctrl+R")
        self.more_button = icon_button("action.more", _("More"), look="outline", height="header")
        for button in (self.chart_button, self.edit_button, self.plan_button, self.more_button):
            self.header.add_action(button)
        self.chart_button.setVisible(self.kind in _CHARTED)  # before, it would be a window
        self.plan_button.setVisible(planned)

    def _add_tabs(self) -> None:
        for number, (key, title) in enumerate(self.parts.titles(), start=1):
            self.tabs.add(key, title, f"Ctrl+{number}")
            self._bind(f"Ctrl+{number}", partial(self.tabs.choose, key))

    def _bind(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _wire(self) -> None:
        self.tabs.chosen.connect(self._on_tab)
        self.overview.form.saved.connect(self._on_saved)
        self.overview.plan_wanted.connect(self._on_plan)
        self.overview.opened.connect(self._on_link_opened)
        self.overview.tab_wanted.connect(self.tabs.choose)
        for part in (self.members, self.links):
            part.opened.connect(self._on_link_opened)
            part.selected.connect(self._on_link_selected)
            part.acted.connect(partial(self._on_link_act, part))
        self.reports.opened.connect(self._on_report_opened)
        self.history.dated.connect(self._on_dated)
        self.strip.left.connect(self._on_now)
        self.chart_button.clicked.connect(self._on_chart)
        self.edit_button.clicked.connect(self._on_edit)
        self.plan_button.clicked.connect(self._on_plan)
        self.more_button.clicked.connect(self._on_more)
        self.error.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        if self.kind in _CHARTED:
            self._bind("C", self._on_chart)
        self._bind("F2", self._on_edit)
        self._bind("Shift+Del", self._on_remove)
        if not self.plan_button.isHidden():
            self._bind("Ctrl+R", self._on_plan)

    def refusal(self) -> str:
        """Return why this record cannot be changed; empty where it can."""
        if self.moment is not None:
            return _("This is how the record was. Go back to now to change it.")
        if self.desk.may(self.right):
            return ""
        if self.desk.user.may(self.right):
            return _("This workspace is open read only.")
        return _("Your roles do not allow you to edit records.")

    def _show(self, found: Dossier | None) -> None:
        self._asked, self._noted = None, True
        if found is None:
            self._on_now()
            self.history.say(_("This workspace did not hold the record then."))
            return
        first = self.dossier is None
        self.dossier = found
        self.whole.setCurrentIndex(0)
        if self.error.tone == "overdue":
            self.error.say("")
        self._show_header(found)
        refused = self.refusal()
        self.overview.show_dossier(found, refused=refused)
        for key, count in self.parts.show(found).items():
            self.tabs.tabs[key].show_count(f"{count:,}")
        self._show_strip()
        self._refuse(refused)
        if first and self.target.tab:
            self.tabs.choose(self.target.tab)
        if self.tabs.current == HISTORY:
            self._ask_history()
        self._offer_kept()
        self._tell()

    def _show_header(self, found: Dossier) -> None:
        self.header.set_title(found.thing.label, subtitle(found))
        self.header.show_chips(chips(found))
        tile = self.header.findChild(ToneTile)
        if isinstance(tile, ToneTile):
            tile.meaning = words.icon_of(self.kind, exploited=found.is_exploited)
            tile.update()
        if self.kind is Kind.OCG:
            self.facts.show_facts(facts(found, self.desk.today()))
            self.facts.setVisible(not found.is_past)
        self.titled.emit(found.thing.label)

    def _show_strip(self) -> None:
        past = self.moment is not None
        moment = ""
        if self.moment is not None:
            here = self.moment.astimezone(record_tables.LONDON)
            moment = f"{dates.shown(here.date())}, {here:%H:%M}"
        self.strip.say(moment)
        for key in (MEMBERS, LINKS_TAB, REPORTS, PLAN):
            if key in self.tabs.tabs:
                self.tabs.tabs[key].setVisible(not past)

    def _refuse(self, reason: str) -> None:
        """Switch off what may not be done now, and on again what may."""
        if reason:
            self.edit_button.refuse(reason)
        else:
            self.edit_button.allow()
        for part in (self.members, self.links):
            if reason:
                part.refuse(reason)
            else:
                part.allow()

    def _tell(self) -> None:
        parts = [self.strip.words.text() if self.moment is not None else _("As at now")]
        if self.dossier is not None:
            parts.insert(0, self.dossier.brief.ref)
        self.told.emit(tuple(part for part in parts if part))

    def _offer_kept(self) -> None:
        """Offer what was typed again after the record changed meanwhile."""
        if self._kept is not None:
            name, typed, sentence = self._kept
            self._kept = None
            self.overview.form.offer_again(name, typed, sentence)

    def _ask_history(self) -> None:
        if not self._history_stale:
            return
        self._history_stale = False
        if self._reading_past is not None:
            self._reading_past.cancel()
        query = partial(record_reading.read_history, id_=self.id)
        self._reading_past = self.desk.ask(query, self._show_history)
        self._reading_past.failed.connect(self._on_history_failed)

    def _show_history(self, past: Past) -> None:
        self._reading_past = None
        lines = record_tables.history_lines(past)
        self.history.show_rows(lines, lambda line: (line.seq, line.field))

    def _act(self, form: str) -> str:
        return form.format(kind=words.one(self.kind) if self.kind is Kind.OCG else self._noun())

    def _noun(self) -> str:
        return words.one(self.kind).lower()

    def _on_saved(self, name: str, value: Any, typed: str) -> None:
        if self.dossier is None:
            return
        act = partial(
            records.edit, id_=self.id, values={name: value}, version=self.dossier.thing.version
        )
        error = attempt(self.desk, self._act(_("Edit {kind}")), act, right=self.right)
        if error is None:
            self.overview.form.rows[name].say("")
            return
        self._kept = (name, typed, f"{str(error).rstrip('.')}.")
        if isinstance(error, Conflict):
            self.refresh()
        else:
            self._offer_kept()

    def _on_tab(self, key: str) -> None:
        if key == PLAN:
            self.tabs.tabs[self._shown_key()].setChecked(True)
            self._on_plan()
            return
        self.stack.setCurrentWidget(self.parts.widgets[key])
        if key == HISTORY:
            self._ask_history()
        self.inspected.emit(self.inspector())

    def _shown_key(self) -> str:
        now = self.stack.currentWidget()
        return next(key for key, part in self.parts.widgets.items() if part is now)

    def _inspector_of(self, item: Linked | None) -> QWidget | None:
        if item is None or self.dossier is None:
            return None
        found = self.dossier
        reports = record_tables.reports_of(item.link, found.reports)
        made = LinkInspector(item, found.brief, reports)
        made.opened.connect(self._go)
        made.report_opened.connect(self._go_to_report)
        return made

    def _go(self, brief: Brief, *, aside: bool = False) -> None:
        page = PageKind.CHART if brief.kind is Kind.CHART else PageKind.RECORD
        kind = None if brief.kind is Kind.CHART else brief.kind
        self.opened.emit(Target(page=page, kind=kind, id=brief.id), aside)

    def _go_to_report(self, id_: UUID) -> None:
        self.opened.emit(Target(page=PageKind.RECORD, kind=Kind.REPORT, id=id_), False)

    def _on_link_opened(self, item: Linked) -> None:
        self._go(item.other)

    def _on_link_selected(self, item: Linked | None) -> None:
        if self.isVisible():
            self.inspected.emit(self._inspector_of(item))

    def _on_link_act(self, part: TablePart, key: str) -> None:
        if self.refusal() or self.dossier is None:
            return
        own, item = self.dossier.brief, part.table.row()
        if key == "add":
            self.linking.add(own, members=part is self.members)
        elif item is not None and key == "edit":
            self.linking.edit(own, item)
        elif item is not None:
            self.linking.remove(item)

    def _on_report_opened(self, row: Any) -> None:
        if isinstance(row, Brief):
            self._go(row)
        else:
            self._go_to_report(row.id)

    def _on_chart(self) -> None:
        self.opened.emit(Target(page=PageKind.CHART, focus=(self.id,)), False)

    def _on_plan(self) -> None:
        """Go to the plan of the OCG, or of the OCG this belongs to."""
        if self.kind is Kind.OCG:
            self.opened.emit(Target(page=PageKind.PLAN, id=self.id), False)
        elif self.dossier is not None:
            number = self.dossier.brief.no
            query = partial(targets, kind=self.kind, numbers=[number])
            self.desk.ask(query, self._go_to_all)

    def _go_to_all(self, found: list[Target]) -> None:
        for target in found:
            self.opened.emit(target, False)

    def _on_edit(self) -> None:
        """Edit the field or link that has the focus, or else the first field."""
        part = self.stack.currentWidget()
        if isinstance(part, TablePart) and part in {self.members, self.links}:
            self._on_link_act(part, "edit")
            return
        self.tabs.choose(OVERVIEW)
        if not self.overview.form.edit_focused():
            self.overview.form.edit()

    def _on_more(self) -> None:
        menu = QMenu(self)
        remove = menu.addAction(self._act(_("Remove {kind}")))
        remove.setShortcut(QKeySequence("Shift+Del"))
        remove.setEnabled(not self.refusal())
        remove.triggered.connect(self._on_remove)
        past = menu.addAction(_("Show as at a date…"))
        past.triggered.connect(self._on_past)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _on_remove(self) -> None:
        if not self.refusal():
            act = partial(records.remove, ids=[self.id])
            self.desk.do(self._act(_("Remove {kind}")), act, right=self.right)

    def _on_past(self) -> None:
        self.tabs.choose(HISTORY)
        self.history.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_dated(self, text: str) -> None:
        try:
            day = dates.day(text, today=self.desk.today())
            self.moment = history.instant(day.isoformat())
        except DeskError as error:
            self.history.say(f"{error}.")
            return
        self.history.say("")
        self.refresh()
        self.tabs.choose(OVERVIEW)

    def _on_now(self) -> None:
        self.moment = None
        self.refresh()

    def _on_changed(self, changed: Changed) -> None:
        mine = changed.touches(self.kind) and changed.concerns(self.id)
        near = changed.touches(*LINKS, Kind.REPORT, Kind.PLAN, Kind.ACTION, Kind.ASSIGNMENT)
        if not (mine or near or self._shows_any(changed)):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _shows_any(self, changed: Changed) -> bool:
        links = self.dossier.links if self.dossier is not None else ()
        return any(
            changed.touches(item.other.kind) and changed.concerns(item.other.id) for item in links
        )

    def _on_failed(self, error: DeskError) -> None:
        self._asked = None
        if self.dossier is None or isinstance(error, Refused):
            self.gone.show_words(f"{str(error).rstrip('.')}.")
            self.whole.setCurrentIndex(1)
        else:
            self.error.say(str(error), _("Try again"), tone="overdue")

    def _on_history_failed(self, error: DeskError) -> None:
        self._reading_past = None
        self.history.say(str(error))
