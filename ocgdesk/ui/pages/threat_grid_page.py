"""The threat grid: every OCG with both scores, who answers for it and when it is reviewed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import threat_grid, threat_grid_rows
from ocgdesk.casework.threat_grid import Grid, Row, Wish
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.threat_grid_columns import columns
from ocgdesk.ui.pages.threat_grid_exporting import ThreatGridPapers
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader, page_margin
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_TABLE, _EMPTY = 0, 1
_SHOWS: Final = (Kind.OCG, Kind.ASSESSMENT, Kind.ASSIGNMENT)


class ThreatGridPage(AskingPage):
    """Rows by risk; those that cannot be compared stand below, and a sentence says so."""

    icon = "page.threat-grid"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Threat grid")
        self.grid: Grid | None = None
        self.text = ""
        self.agency = ""
        self.tier = ""
        self.papers = ThreatGridPapers(desk, self)
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        """Ask for all rows; what is filtered is filtered here."""
        wish = Wish(everything=self.everything.isChecked())
        return partial(threat_grid.read, wish=wish, today=self.desk.today())

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that pass the filters, in the order of the grid."""
        every = self.grid.rows if self.grid else ()
        return tuple(row for row in every if self._passes(row))

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.open_button = outline(_("Open"), icon="action.open", key="Enter")
        self.export_button = primary(_("Export"), icon="action.export", key="Ctrl+E")
        self.header.add_action(self.open_button)
        self.header.add_action(self.export_button)
        if not self.desk.may(Right.EXPORT):
            self.export_button.refuse(_("Your roles do not allow this."))
        self.note = ErrorBanner(closable=True, parent=self)
        self.bar = FilterBar(_("Filter by name, reference or officer"))
        self.owner = Select((Option("", _("Every force")),), name=_("Owner"))
        self.tiers = Select((Option("", _("Every tier")),), name=_("Tier"))
        self.everything = CheckBox(_("Archived too"))
        for part in (self.owner, self.tiers, self.everything):
            self.bar.add_left(part)
        self.model = ShortTable(columns(self.desk.today()))
        self.table = ShortTableView(self.model, name=self.title, density=Density.STANDARD)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
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

    def _wire(self) -> None:
        self.bar.searched.connect(self._on_searched)
        self.owner.chosen.connect(self._on_owner)
        self.tiers.chosen.connect(self._on_tier)
        self.everything.toggled.connect(self.refresh)
        self.table.opened.connect(self._on_opened)
        self.open_button.clicked.connect(self._on_open)
        self.export_button.clicked.connect(self._on_export)
        self.empty.acted.connect(self._on_cleared)
        self.note.acted.connect(self.refresh)
        self.papers.written.connect(self._on_written)
        self.desk.changed.connect(self._on_changed)
        for key, act in {"Ctrl+E": self._on_export, "Ctrl+F": self._on_find}.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def show_answer(self, found: Grid) -> None:
        self.grid = found
        self._held.setContentsMargins(page_margin(self), 0, page_margin(self), 0)
        self._offer(found.rows)
        self.note.say(" · ".join(found.apart), tone="info")
        self._show_rows()

    def _offer(self, rows: Sequence[Row]) -> None:
        """Offer the owners and tiers that there are, with how many rows each has."""
        owned = tuple(
            Option(code, label("agencies", code) or _("No owner"), f"{n:,}")
            for code, n in threat_grid_rows.owners(rows)
        )
        self.owner.show_options((Option("", _("Every force")), *owned), self.agency)
        known = sorted({row.threat.tier for row in rows if row.threat.tier})
        tiers = tuple(Option(code, label("tiers", code)) for code in known)
        self.tiers.show_options((Option("", _("Every tier")), *tiers), self.tier)

    def _show_rows(self) -> None:
        rows = self.rows()
        now: Row | None = self.table.row()
        self.model.show_rows(rows)
        self.table.share()
        total = len(self.grid.rows) if self.grid else 0
        self.header.set_subtitle(self._subtitle(len(rows), total))
        self._show_empty(rows, total)
        if rows:
            wanted = [n for n, row in enumerate(self.model.rows) if now and _same(row, now)]
            self.table.setCurrentIndex(self.model.index(wanted[0] if wanted else 0, 1))
        self.open_button.setEnabled(bool(rows))
        count = ngettext("{n} row", "{n} rows", len(rows)).format(n=f"{len(rows):,}")
        self.told.emit((count, *self._filter_words().values()))

    def _subtitle(self, shown: int, total: int) -> str:
        said = _("{shown} of {total} shown").format(shown=f"{shown:,}", total=f"{total:,}")
        basis = _("MoRiLE-style and OCGM: local defaults, not the national schemes")
        return f"{said} · {basis}"

    def _show_empty(self, rows: Sequence[Row], total: int) -> None:
        if rows:
            self.stack.setCurrentIndex(_TABLE)
            return
        if total:
            self.empty.show_words(_("No row passes the filters."), _("Clear filters"))
        else:
            self.empty.show_words(_("No OCG yet. Nominate one or import a list."))
        self.stack.setCurrentIndex(_EMPTY)

    def _passes(self, row: Row) -> bool:
        threat = row.threat
        if self.agency and threat.agency != self.agency:
            return False
        if self.tier and threat.tier != self.tier:
            return False
        text = f"{threat.ocg.label} {threat.ocg.ref} {row.lro} {row.sio}".casefold()
        return all(word in text for word in self.text.casefold().split())

    def _filter_words(self) -> dict[str, str]:
        said = {
            _("Owner"): label("agencies", self.agency),
            _("Tier"): label("tiers", self.tier),
            _("Text"): self.text,
        }
        return {name: value for name, value in said.items() if value}

    def _on_searched(self, text: str) -> None:
        self.text = text.strip()
        self._show_rows()

    def _on_owner(self, code: str) -> None:
        self.agency = code
        self._show_rows()

    def _on_tier(self, code: str) -> None:
        self.tier = code
        self._show_rows()

    def _on_find(self) -> None:
        self.bar.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_cleared(self) -> None:
        self.text = self.agency = self.tier = ""
        self.bar.box.clear()
        self.owner.choose("")
        self.tiers.choose("")
        self._show_rows()

    def _on_opened(self, number: int) -> None:
        self._go(self.model.rows[number])

    def _on_open(self) -> None:
        row: Row | None = self.table.row()
        if row is not None:
            self._go(row)

    def _go(self, row: Row) -> None:
        target = Target(page=PageKind.RECORD, kind=Kind.OCG, id=row.threat.ocg.id, tab="scores")
        self.opened.emit(target, False)

    def _on_export(self) -> None:
        if self.grid is None or not self.export_button.isEnabled() or not self.model.rows:
            return
        shown: tuple[Row, ...] = self.model.rows
        self.papers.ask(replace(self.grid, rows=shown), self._filter_words())

    def _on_written(self, path: object, rows: int) -> None:
        said = ngettext("{n} row written to {name}.", "{n} rows written to {name}.", rows)
        name = getattr(path, "name", "")
        self.note.say(said.format(n=f"{rows:,}", name=name), tone="ok")

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_SHOWS):
            self.ask_again()

    def show_failure(self, error: DeskError) -> None:
        self.note.say(str(error), _("Try again"), tone="overdue")


def _same(one: Row, other: Row) -> bool:
    return one.threat.ocg.id == other.threat.ocg.id
