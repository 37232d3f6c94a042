"""The queue of the triage board: which handles there are, filtered, and how far each has come."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import (
    Qt,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework.handles import Tally
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.handling import HandleRow
from ocgdesk.ui.fonts import px
from ocgdesk.ui.pages.triage_rows import (
    DECIDED,
    EVERY,
    REVIEW,
    TO_DECIDE,
    HandleDelegate,
    HandleModel,
    Sieve,
)
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.inputs import Option, SearchBox, Select
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.widgets.strands import ProgressBar

_LOW: Final = 380
"""Lower than this the queue leaves its drop-downs out, so that handles are seen at all."""


class TriageQueue(Panel):
    """The handles at the left of the board, with what is filtered and how much is decided."""

    picked = Signal(object)
    """The HandleRow that is current, or None."""
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self.model = HandleModel(self)
        self.title = Label(_("Handle triage"), step="section")
        self.progress = Label("", step="small", ink="text.2")
        self.bar = ProgressBar()
        self.box = SearchBox(_("Find a handle (/)"))
        self.which = Select(_whiches(), name=_("Which handles"), icon="action.filter")
        self.platform = Select(name=_("Platform"))
        self.agency = Select(name=_("Force"))
        self.package = Select(name=_("Package"))
        self.clear = text_button(_("Clear filters"))
        self.list = QListView(self)
        self.nothing = EmptyState("", _("Show all handles"), parent=self)
        self._build()
        self._wire()

    @property
    def row(self) -> HandleRow | None:
        """The current handle."""
        at = self.list.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def show_rows(self, rows: Sequence[HandleRow], keep: UUID | None = None) -> None:
        """Show these handles; the current one stays current where it still passes."""
        before = keep or (self.row.handle.id if self.row else None)
        place = self.list.currentIndex().row()
        self._offer(rows)
        self.model.show_all(rows)
        self._go_near(before, place)

    def merge(self, found: Sequence[HandleRow], gone: Iterable[UUID]) -> None:
        """Take in handles that were read anew."""
        self.model.merge(found, gone)
        if self.list.currentIndex().row() < 0 and self.model.rows:
            self.go(0)
        self._show_nothing()

    def show_tally(self, tally: Tally) -> None:
        """Say how much is decided."""
        told = _("{n} of {all} decided")
        words = told.format(n=f"{tally.decided:,}", all=f"{tally.identified:,}")
        self.progress.setText(words)
        self.bar.show_share(tally.decided / tally.identified if tally.identified else 0.0, words)

    def go(self, place: int) -> bool:
        """Make the handle at this place the current one; False where there is none."""
        if not 0 <= place < len(self.model.rows):
            return False
        index = self.model.index(place)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        return True

    def step(self, by: int) -> bool:
        """Go so many handles down; False at the end."""
        return self.go(self.list.currentIndex().row() + by)

    def show_every(self) -> None:
        """Show all handles, whatever was filtered before."""
        self._start_over(EVERY)

    def choose_disposition(self, code: str) -> None:
        """Show only the handles of a disposition, decided or not; all for none."""
        which = EVERY if code else TO_DECIDE
        self.which.choose(which)
        self._filter(replace(self.model.sieve, disposition=code, which=which))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.height() >= px(_LOW)
        for part in (self.which, self.platform, self.agency, self.package):
            part.setVisible(roomy)

    def _build(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(HandleDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName(_("Handles"))
        self.list.setProperty("ground", "clear")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 10)
        head.setSpacing(6)
        for part in (self.title, self.progress, self.bar, self.box, self.which):
            head.addWidget(part)
        head.addLayout(_pair(self.platform, self.agency))
        head.addLayout(_pair(self.package, self.clear))
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self.nothing.hide()
        self.clear.hide()

    def _wire(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.box.searched.connect(self._on_text)
        self.clear.clicked.connect(self._on_clear)
        self.nothing.acted.connect(self.show_every)
        wired: tuple[tuple[Select, Callable[[str], None]], ...] = (
            (self.which, self._on_which),
            (self.platform, self._on_platform),
            (self.agency, self._on_agency),
            (self.package, self._on_package),
        )
        for select, act in wired:
            select.chosen.connect(act)

    def _offer(self, rows: Sequence[HandleRow]) -> None:
        """Offer the platforms, forces and packages that occur."""
        sieve = self.model.sieve
        platforms = _occurring("platforms", {row.platform for row in rows})
        agencies = _occurring("agencies", {row.agency for row in rows})
        packages = tuple(Option(p, p) for p in sorted({row.package for row in rows} - {""}))
        self.platform.show_options((Option("", _("Any platform")), *platforms), sieve.platform)
        self.agency.show_options((Option("", _("Any force")), *agencies), sieve.agency)
        self.package.show_options((Option("", _("Any package")), *packages), sieve.package)

    def _filter(self, sieve: Sieve) -> None:
        before = self.row.handle.id if self.row else None
        self.model.filter(sieve)
        self.clear.setVisible(sieve != Sieve(which=sieve.which))
        self._go_near(before, 0)

    def _go_near(self, id_: UUID | None, place: int) -> None:
        """Go to a handle, or to what now stands in its place."""
        at = self.model.place(id_)
        if at < 0:
            at = max(0, min(place, len(self.model.rows) - 1))
        self._show_nothing()
        if not self.go(at):
            self.picked.emit(None)

    def _show_nothing(self) -> None:
        empty = not self.model.rows
        if not self.model.everything:
            self.nothing.show_words(_("No handle yet. Import a package or add one."))
        elif self.model.sieve == Sieve():
            self.nothing.show_words(_("Every handle has a disposition."), _("Show all handles"))
        else:
            self.nothing.show_words(_("No handle passes the filters."), _("Show all handles"))
        self.list.setVisible(not empty)
        self.nothing.setVisible(empty)

    def _on_current(self) -> None:
        self.picked.emit(self.row)

    def _on_text(self, text: str) -> None:
        self._filter(replace(self.model.sieve, text=text))

    def _on_which(self, which: str) -> None:
        self._filter(replace(self.model.sieve, which=which))

    def _on_platform(self, code: str) -> None:
        self._filter(replace(self.model.sieve, platform=code))

    def _on_agency(self, code: str) -> None:
        self._filter(replace(self.model.sieve, agency=code))

    def _on_package(self, package: str) -> None:
        self._filter(replace(self.model.sieve, package=package))

    def _on_clear(self) -> None:
        self._start_over(self.model.sieve.which)

    def _start_over(self, which: str) -> None:
        self.box.clear()
        self.which.choose(which)
        for select in (self.platform, self.agency, self.package):
            select.choose("")
        self.cleared.emit()
        self._filter(Sieve(which=which))


def _pair(one: QWidget, other: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(one, 1)
    row.addWidget(other, 1)
    return row


def _whiches() -> tuple[Option, ...]:
    return (
        Option(TO_DECIDE, _("To decide")),
        Option(REVIEW, _("Waiting for a review")),
        Option(DECIDED, _("Decided")),
        Option(EVERY, _("All handles")),
    )


def _occurring(name: str, codes: Iterable[str]) -> tuple[Option, ...]:
    found = [Option(code, label(name, code)) for code in codes if code]
    return tuple(sorted(found, key=lambda option: option.words.casefold()))
