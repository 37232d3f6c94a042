"""The rows of the triage board: which handles pass, and how each is drawn on two lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocgdesk.casework import handles
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.handling import HandleRow
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Chip

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
RowRole: Final = int(Qt.ItemDataRole.UserRole) + 1
TO_DECIDE, DECIDED, EVERY, REVIEW = "to-decide", "decided", "all", "review"
_HEIGHT: Final = 52
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

    def passes(self, row: HandleRow, done: frozenset[str]) -> bool:
        """Tell whether a handle is shown; ``done`` are the dispositions that decide."""
        if self.disposition not in {"", row.disposition} or self.platform not in {"", row.platform}:
            return False
        if self.agency not in {"", row.agency} or self.package not in {"", row.package}:
            return False
        return self._is_wanted(row, done) and self._reads(row)

    def _is_wanted(self, row: HandleRow, done: frozenset[str]) -> bool:
        match self.which:
            case "to-decide":
                return row.disposition not in done
            case "decided":
                return row.disposition in done
            case "review":
                return row.stage in _WAITING
        return True

    def _reads(self, row: HandleRow) -> bool:
        if not (text := self.text.strip().casefold()):
            return True
        words = f"{row.handle.label} {row.handle.ref} {row.sio} {row.package}"
        return text in words.casefold()


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
        done = handles.decided()
        self.rows = [row for row in self.everything.values() if sieve.passes(row, done)]
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
            elif is_new and self.sieve.passes(row, handles.decided()):
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
