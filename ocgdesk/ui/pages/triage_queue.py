"""The queue of the triage board: which handles there are, filtered, and how far each has come."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework.handles import Tally
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.handling import HandleRow
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.inputs import Option, SearchBox, Select
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.widgets.strands import ProgressBar
from ocgdesk.ui.widgets.values import Chip

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
RowRole: Final = int(Qt.ItemDataRole.UserRole) + 1
TO_DECIDE, DECIDED, EVERY, REVIEW = "to-decide", "decided", "all", "review"
_HEIGHT: Final = 52
_LOW: Final = 380
"""Lower than this the queue leaves its drop-downs out, so that handles are seen at all."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WAITING: Final = frozenset({"proposed", "reviewed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Which handles are shown; an empty field lets all pass."""

    which: str = TO_DECIDE
    disposition: str = ""
    platform: str = ""
    agency: str = ""
    package: str = ""
    text: str = ""

    def passes(self, row: HandleRow) -> bool:
        """Tell whether a handle is shown."""
        pairs = (
            (self.disposition, row.disposition),
            (self.platform, row.platform),
            (self.agency, row.agency),
            (self.package, row.package),
        )
        if not all(wanted in {"", held} for wanted, held in pairs):
            return False
        return self._is_wanted(row) and self._reads(row)

    def _is_wanted(self, row: HandleRow) -> bool:
        match self.which:
            case "to-decide":
                return not is_decided(row)
            case "decided":
                return is_decided(row)
            case "review":
                return row.stage in _WAITING
        return True

    def _reads(self, row: HandleRow) -> bool:
        text = self.text.strip().casefold()
        words = f"{row.handle.label} {row.handle.ref} {row.sio} {row.package}"
        return not text or text in words.casefold()


def is_decided(row: HandleRow) -> bool:
    """Tell whether a handle is not in development any more."""
    found = next((c for c in code_list("dispositions") if c.code == row.disposition), None)
    return found is not None and bool(found.get("decided"))


class HandleModel(QAbstractListModel):
    """The handles that pass. One decided meanwhile stays in its place until filtered anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sieve = Sieve()
        self.everything: dict[UUID, HandleRow] = {}
        self.rows: list[HandleRow] = []

    def show_all(self, rows: Iterable[HandleRow]) -> None:
        """Hold these handles and show those that pass."""
        self.everything = {row.handle.id: row for row in rows}
        self.filter(self.sieve)

    def filter(self, sieve: Sieve) -> None:
        """Show those that pass."""
        self.beginResetModel()
        self.sieve = sieve
        self.rows = [row for row in self.everything.values() if sieve.passes(row)]
        self.endResetModel()

    def merge(self, found: Sequence[HandleRow], gone: Iterable[UUID] = ()) -> None:
        """Take in handles that were read anew; ``gone`` are no longer open to this user."""
        for id_ in gone:
            self._drop(id_)
        for row in found:
            is_new = row.handle.id not in self.everything
            self.everything[row.handle.id] = row
            at = self.place(row.handle.id)
            if at >= 0:
                self.rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at))
            elif is_new and self.sieve.passes(row):
                self.beginInsertRows(NO_PARENT, len(self.rows), len(self.rows))
                self.rows.append(row)
                self.endInsertRows()

    def place(self, id_: UUID | None) -> int:
        """Return the place of a handle that is shown; -1 where it is not."""
        return next((n for n, row in enumerate(self.rows) if row.handle.id == id_), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.handle.label
        return spoken(row) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _drop(self, id_: UUID) -> None:
        self.everything.pop(id_, None)
        if (at := self.place(id_)) >= 0:
            self.beginRemoveRows(NO_PARENT, at, at)
            del self.rows[at]
            self.endRemoveRows()


def stand(row: HandleRow) -> str:
    """Return what a row shows as its state: what came of it, or how far its ledger is."""
    if row.disposition != "in-development":
        return label("dispositions", row.disposition)
    return label("attribution-statuses", row.stage or "unattributed")


def candidates_words(row: HandleRow) -> str:
    """Return how many candidates a handle has."""
    return ngettext("{n} candidate", "{n} candidates", row.candidates).format(n=row.candidates)


def spoken(row: HandleRow) -> str:
    """Return a row as a screen reader says it."""
    parts = (
        row.handle.label,
        label("platforms", row.platform),
        stand(row),
        candidates_words(row),
        _("threat to life") if row.threat_to_life else "",
        _("possibly privileged, restricted") if row.privileged else "",
    )
    return ", ".join(part for part in parts if part)


class HandleDelegate(QStyledItemDelegate):
    """Two lines: the handle with its flags; platform, state and candidates below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(option.rect.width(), px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, box = index.data(RowRole), QRectF(option.rect)
        look = theme.current()
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        role = "selected" if current else "hover" if hovered else "sunken"
        painter.save()
        painter.setClipRect(box)
        painter.fillRect(box, look.qcolour(role))
        if current:
            accent = look.qcolour("accent")
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), accent)
        marks.hairline(painter, box, "grid")
        inside = box.adjusted(px(14), 0, -px(14), 0)
        _paint_name(painter, QRectF(inside.left(), box.top() + px(6), inside.width(), px(20)), row)
        lower = QRectF(inside.left(), box.top() + px(27), inside.width(), px(18))
        _paint_state(painter, lower, row)
        painter.restore()


def _paint_name(painter: QPainter, box: QRectF, row: HandleRow) -> None:
    mark = QRectF(box.left(), box.top(), px(16), box.height())
    icons.paint(painter, "entity.handle", icons.natural("entity.handle"), mark, 15)
    right = box.right()
    for chip in _flags(row):
        wide = marks.chip_width(chip)
        right -= wide
        marks.chip(painter, QRectF(right, box.top(), wide + 1, box.height()), chip)
        right -= px(6)
    left = box.left() + px(22)
    name = QRectF(left, box.top(), right - left, box.height())
    marks.text(painter, name, row.handle.label, fonts.mono(13, MEDIUM), "text")


def _flags(row: HandleRow) -> tuple[Chip, ...]:
    found = []
    if row.threat_to_life:
        found.append(Chip(_("TTL"), "overdue"))
    if row.handle.restricted:
        found.append(Chip(_("Restricted"), "restricted", "status.restricted"))
    return tuple(found)


def _paint_state(painter: QPainter, box: QRectF, row: HandleRow) -> None:
    count = candidates_words(row)
    wide = marks.text_width(count, fonts.small())
    marks.text(painter, box, count, fonts.small(), "text.2", align=_RIGHT)
    code = row.disposition if row.disposition != "in-development" else row.stage or "unattributed"
    icon, tone = looks.STATUS_ICONS.get(code, ("status.unknown", "neutral"))
    if row.disposition == "in-development" and row.stage == "proposed":
        tone = "due"
    ink = "text.2" if tone == "neutral" else tone
    words = stand(row)
    right = box.right() - wide - px(12)
    platform = marks.text_width(label("platforms", row.platform), fonts.small())
    room = right - box.left() - min(platform, px(64)) - px(12)
    shown = min(marks.text_width(words, fonts.small()), room - px(18))
    left = right - shown
    marks.text(painter, QRectF(left, box.top(), shown + 1, box.height()), words, fonts.small(), ink)
    mark = QRectF(left - px(18), box.top(), px(14), box.height())
    icons.paint(painter, icon, ink, mark, 13)
    first = QRectF(box.left(), box.top(), mark.left() - box.left() - px(6), box.height())
    marks.text(painter, first, label("platforms", row.platform), fonts.small(), "text.2")


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
