"""The actions of a plan along time: a bar from raised to due, strand by strand."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain import dates
from ocgdesk.domain.plans import Action, Strand
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.plan import looks
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.values import strand_name

_ROW: Final = 28
_HEAD: Final = 30
_NAME: Final = 300
_MARGIN: Final = timedelta(days=7)


class BarChart(QWidget):
    """Rows of bars; arrows go from row to row, Enter opens the action."""

    opened = Signal(object)
    """An action's id."""
    stepped = Signal(int)
    """The row that is current: it should be in sight."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.rows: tuple[Action, ...] = ()
        self.current = 0
        self._first, self._last = today - _MARGIN, today + _MARGIN
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.follow(self, self._grow)

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show these actions, strand by strand, those that begin first above."""
        order = list(Strand)
        found = [action for action in actions if _span(action, self.today) is not None]
        found.sort(key=lambda one: (order.index(Strand(one.strand)), _begin(one, self.today)))
        self.rows = tuple(found)
        self.current = min(self.current, max(0, len(found) - 1))
        spans = [span for action in found if (span := _span(action, self.today))]
        self._first = min([self.today, *(begin for begin, _end in spans)]) - _MARGIN
        self._last = max([self.today, *(end for _begin, end in spans)]) + _MARGIN
        self._grow()
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(px(900), px(_HEAD) + px(_ROW) * (len(self.rows) + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self.rows:
            by = 1 if key == Qt.Key.Key_Down else -1
            self._go(min(max(self.current + by, 0), len(self.rows) - 1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2} and self.rows:
            self.opened.emit(self.rows[self.current].id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (row := self._at(event.position())) is not None:
            self._go(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (row := self._at(event.position())) is not None:
            self.opened.emit(self.rows[row].id)

    def row_box(self, row: int) -> QRectF:
        """Return where a row is drawn."""
        return QRectF(0, px(_HEAD) + row * px(_ROW), self.width(), px(_ROW))

    def _at(self, spot: QPointF) -> int | None:
        row = int((spot.y() - px(_HEAD)) // px(_ROW))
        return row if 0 <= row < len(self.rows) else None

    def _go(self, row: int) -> None:
        self.current = row
        self._say()
        self.update()
        self.stepped.emit(row)

    def _x(self, day: date) -> float:
        left, days = self._left(), max(1, (self._last - self._first).days)
        return left + (self.width() - left - px(12)) * (day - self._first).days / days

    def _left(self) -> float:
        return min(px(_NAME), self.width() * 0.4)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.current().qcolour("surface"))
        self._paint_months(painter)
        for row, action in enumerate(self.rows):
            self._paint_row(painter, row, action)
        self._paint_order(painter)
        self._paint_today(painter)
        painter.end()

    def _paint_months(self, painter: QPainter) -> None:
        look = theme.current()
        months = (self._last.year - self._first.year) * 12 + self._last.month - self._first.month
        step = max(1, round(months * px(70) / max(1.0, self.width() - self._left())))
        day = self._first.replace(day=1)
        for number in range(months + 1):
            if day >= self._first and number % step == 0:
                at = self._x(day)
                painter.fillRect(QRectF(at, 0, 1, self.height()), look.qcolour("grid"))
                box = QRectF(at + px(5), 0, px(70), px(_HEAD))
                marks.text(painter, box, f"{day:%b %y}", fonts.small(), "text.3")
            day = (day + timedelta(days=32)).replace(day=1)

    def _paint_row(self, painter: QPainter, row: int, action: Action) -> None:
        look, box = theme.current(), self.row_box(row)
        if row == self.current:
            painter.fillRect(box, look.qcolour("selected" if self.hasFocus() else "hover"))
        first = row == 0 or self.rows[row - 1].strand != action.strand
        if first:
            marks.hairline(painter, QRectF(0, box.top() - 1, box.width(), 1), "line.2")
        ink = f"strand.{action.strand}"
        tag = QRectF(px(8), box.top(), px(72), box.height())
        if first:
            name = strand_name(looks.strand(action.strand))
            marks.text(painter, tag, name, fonts.small(MEDIUM), ink)
        said = QRectF(tag.right() + px(6), box.top(), self._left() - tag.right() - px(14), px(_ROW))
        shade = "text" if action.is_live else "text.3"
        marks.text(painter, said, action.title, fonts.small(), shade)
        self._paint_bar(painter, box, action, look.qcolour(ink))

    def _paint_bar(self, painter: QPainter, box: QRectF, action: Action, ink: QColor) -> None:
        begin, end = _span(action, self.today) or (self.today, self.today)
        left, right = self._x(begin), self._x(end)
        bar = QRectF(left, box.center().y() - px(6), max(float(px(6)), right - left), px(12))
        if action.is_live:
            marks.round_box(painter, bar, ink, None, 3)
        else:
            marks.round_box(painter, bar, None, ink, 3)
        if over := action.days_over(self.today):
            late = QRectF(bar.right(), bar.top(), self._x(self.today) - bar.right(), bar.height())
            red = theme.current().qcolour("overdue")
            marks.round_box(painter, late, None, red, 3, style=Qt.PenStyle.DashLine)
            words = QRectF(late.right() + px(4), box.top(), px(90), box.height())
            told = _("{n} d over").format(n=over)
            marks.text(painter, words, told, fonts.small(), "overdue")

    def _paint_order(self, painter: QPainter) -> None:
        """Draw which action comes after which."""
        places = {action.id: row for row, action in enumerate(self.rows)}
        painter.setPen(QPen(theme.current().qcolour("text.3"), 1.2))
        for row, action in enumerate(self.rows):
            for before in action.after:
                if before in places:
                    self._paint_arrow(painter, places[before], row)

    def _paint_arrow(self, painter: QPainter, above: int, below: int) -> None:
        first, second = self.rows[above], self.rows[below]
        _b, end = _span(first, self.today) or (self.today, self.today)
        begin, _e = _span(second, self.today) or (self.today, self.today)
        at, to = self._x(end) + 2, self._x(begin)
        top, bottom = self.row_box(above).center().y(), self.row_box(below).center().y()
        turn = max(at, to) + px(5) if to <= at else at + px(5)
        for one, other in (
            (QPointF(at, top), QPointF(turn, top)),
            (QPointF(turn, top), QPointF(turn, bottom)),
            (QPointF(turn, bottom), QPointF(to, bottom)),
        ):
            painter.drawLine(one, other)

    def _paint_today(self, painter: QPainter) -> None:
        at = self._x(self.today)
        painter.fillRect(QRectF(at, 0, 1.5, self.height()), theme.current().qcolour("accent"))
        box = QRectF(at + px(4), self.height() - px(_ROW), px(60), px(_ROW))
        marks.text(painter, box, _("Today"), fonts.small(MEDIUM), "accent.text")

    def _grow(self) -> None:
        self.setMinimumSize(px(480), self.sizeHint().height())
        self.updateGeometry()
        self.update()

    def _say(self) -> None:
        if not self.rows:
            self.setAccessibleName(_("No dated action"))
            return
        action = self.rows[self.current]
        due = dates.shown(action.due) if action.due else _("no due day")
        parts = (action.title, label("strands", action.strand), looks.status(action).word, due)
        self.setAccessibleName(", ".join(parts))


def _begin(action: Action, today: date) -> date:
    span = _span(action, today)
    return span[0] if span else today


def _span(action: Action, today: date) -> tuple[date, date] | None:
    """Return from when to when an action is drawn; None for one without any day."""
    end = action.done or action.due
    begin = action.raised or end
    if begin is None:
        return None
    return (begin, max(begin, end or today))


class PlanTimeline(QWidget):
    """The bars of a plan in what scrolls them."""

    opened = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = BarChart(today)
        self.scroller = Scroller(self.chart, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scroller)
        self.chart.opened.connect(self.opened)
        self.chart.stepped.connect(self._on_stepped)

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show these actions."""
        self.chart.show_actions(actions)

    def _on_stepped(self, row: int) -> None:
        box = self.chart.row_box(row)
        self.scroller.ensureVisible(0, round(box.center().y()), 0, px(_ROW))
