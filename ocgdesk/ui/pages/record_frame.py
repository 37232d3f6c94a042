"""The widgets of a record's page: header, strip, facts, tabs, and the parts below them."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages import record_cases
from ocgdesk.ui.pages.record_history import HistoryPart
from ocgdesk.ui.pages.record_layout import LINKING, LINKS_TAB, MEMBERS, REPORTS, RecordParts
from ocgdesk.ui.pages.record_overview import Overview
from ocgdesk.ui.pages.record_parts import FactStrip, SectionTabs
from ocgdesk.ui.pages.record_tabs import TablePart
from ocgdesk.ui.pages.register_parts import PLANNED, right_of
from ocgdesk.ui.shell.strip import AsAtStrip
from ocgdesk.ui.widgets.buttons import icon_button, outline, primary
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.moments import MomentButton
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_LOW: Final = 330
"""A page lower than this, in pixels at 100 %, has no room for the strip of facts."""
CHARTED: Final = frozenset(SUBJECTS)
"""The kinds that can be drawn on a chart."""


class RecordFrame(Page):
    """What the page of a record is made of; ``RecordPage`` fills it and answers to it."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        assert target.id is not None and target.kind is not None  # noqa: S101, PT018
        self.id: UUID = target.id
        self.kind: Kind = target.kind
        self.right: Right = right_of(self.kind)
        self.title = words.one(self.kind)
        self.icon = words.icon_of(self.kind)
        self.is_planned = self.kind is Kind.OCG or self.kind in PLANNED
        self._build()

    @property
    def overview(self) -> Overview:
        """Every field of the record."""
        return self.parts.overview

    @property
    def members(self) -> TablePart:
        """The memberships of a record."""
        return self.parts.table(MEMBERS)

    @property
    def links(self) -> TablePart:
        """The other links of a record."""
        return self.parts.table(LINKS_TAB)

    @property
    def reports(self) -> TablePart:
        """The reports behind a record, or the records a report is cited by."""
        return self.parts.table(REPORTS)

    @property
    def history(self) -> HistoryPart:
        """What was recorded and when."""
        return self.parts.history

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.facts.setVisible(self.kind is Kind.OCG and self.height() >= px(_LOW))

    def link_part(self) -> TablePart | None:
        """Return the table of links that is shown, if one is."""
        key = self.stack.current
        return self.parts.table(key) if key in LINKING else None

    def bind(self, key: str, act: Callable[[], object]) -> None:
        """Do this at a key while the focus is on the page."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _build(self) -> None:
        self.whole = QStackedWidget(self)
        page = QWidget(self.whole)
        self.gone = EmptyState(
            _("There is no such record here, or it is not open to you."), parent=self.whole
        )
        self.header = PageHeader(self.title, " ", icon=self.icon, parent=page)
        self._add_actions()
        self.strip = AsAtStrip(page)
        above = self.above = self._above(page)
        self.parts = RecordParts(self.kind, self.desk.today(), page)
        self.stack = self.parts.stack
        if (make := record_cases.maker(self.desk, self.kind, self.id)) is not None:
            self.stack.offer(record_cases.CASE, make)
        self._add_tabs()
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

    def _above(self, page: QWidget) -> PageBody:
        above = PageBody(spacing=8, foot=0, parent=page)
        self.error = ErrorBanner(closable=True, parent=above)
        self.facts = FactStrip(above)
        self.tabs = SectionTabs(above)
        for part in (self.error, self.facts, self.tabs):
            above.column.addWidget(part)
        self.error.hide()
        self.facts.setVisible(self.kind is Kind.OCG)
        return above

    def _add_actions(self) -> None:
        self.chart_button = outline(_("Chart"), icon="action.chart", key="C")
        make = outline if self.is_planned else primary
        self.edit_button = make(_("Edit"), icon="action.edit", key="F2")
        title = _("Review plan") if self.kind is Kind.OCG else _("Open 4P plan")
        self.plan_button = primary(title, icon="action.review", key="Ctrl+R")
        self.more_button = icon_button("action.more", _("More"), look="outline", height="header")
        self.when_button = MomentButton(self)
        last = (self.edit_button, self.plan_button, self.more_button)
        for button in (self.when_button, self.chart_button, *last):
            self.header.add_action(button)
        self.chart_button.setVisible(self.kind in CHARTED)  # before, it would be a window
        self.plan_button.setVisible(self.is_planned)

    def _add_tabs(self) -> None:
        for number, (key, title) in enumerate(self.parts.titles(), start=1):
            self.tabs.add(key, title, f"Ctrl+{number}")
            self.bind(f"Ctrl+{number}", partial(self.tabs.choose, key))
