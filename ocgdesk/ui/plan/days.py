"""The actions of a plan by day: a month as a calendar."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain import dates
from ocgdesk.domain.plans import Action
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import icon_button, text_button
from ocgdesk.ui.widgets.labels import Label

_WEEKS: Final = 6
_HEAD: Final = 26
_LINE: Final = 20
_STEP: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthGrid(QWidget):
    """Six weeks; arrows go from day to day, Enter opens the first action of the day."""

    opened = Signal(object)
    """An action's id."""
    moved = Signal()
    """Another day, perhaps of another month, is current."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.day = today
        self._actions: Mapping[date, list[Action]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(px(480), px(360))
        self._say()

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show these actions on the days they are due, or were done."""
        found: dict[date, list[Action]] = defaultdict(list)
        for action in actions:
            if (day := action.done or action.due) is not None:
                found[day].append(action)
        self._actions = found
        self._say()
        self.update()

    def go(self, day: date) -> None:
        """Make a day current; its month is shown."""
        self.day = day
        self._say()
        self.update()
        self.moved.emit()

    def on(self, day: date) -> Sequence[Action]:
        """Return the actions of a day."""
        return self._actions.get(day, [])

    def days(self) -> list[date]:
        """Return the days shown, from a Monday on."""
        first = next(iter(Calendar().itermonthdates(self.day.year, self.day.month)))
        return [first + timedelta(days=n) for n in range(7 * _WEEKS)]

    def box(self, place: int) -> QRectF:
        """Return where the day at a place is drawn."""
        head = px(_HEAD)
        wide, high = self.width() / 7, (self.height() - head) / _WEEKS
        return QRectF((place % 7) * wide, head + (place // 7) * high, wide, high)

    def sizeHint(self) -> QSize:
        return QSize(px(900), px(520))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEP:
            self.go(self.day + timedelta(days=_STEP[key]))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.go(_month(self.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.on(self.day):
            self.opened.emit(self.on(self.day)[0].id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (found := self._at(event.position())) is not None:
            self.go(found[0])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None and found[1] is not None:
            self.opened.emit(found[1])

    def _at(self, spot: QPointF) -> tuple[date, UUID | None] | None:
        """Return the day under the mouse, and the action, if one is there."""
        for place, day in enumerate(self.days()):
            box = self.box(place)
            if not box.contains(spot):
                continue
            line = int((spot.y() - box.top() - px(_LINE)) // px(_LINE))
            held = self.on(day)
            return day, held[line].id if 0 <= line < min(len(held), self._room(box)) else None
        return None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        monday = self.days()[0]
        for place in range(7):
            name = f"{monday + timedelta(days=place):%a}"
            box = QRectF(place * self.width() / 7 + px(8), 0, self.width() / 7, px(_HEAD))
            marks.text(painter, box, name, fonts.small(MEDIUM), "text.3")
        for place, day in enumerate(self.days()):
            self._paint_day(painter, self.box(place), day)
        painter.end()

    def _paint_day(self, painter: QPainter, box: QRectF, day: date) -> None:
        look, held = theme.current(), self.on(day)
        here = day == self.day
        ground = "selected" if here else "surface" if day.month == self.day.month else "sunken"
        painter.fillRect(box, look.qcolour(ground))
        painter.setPen(look.qcolour("accent" if here and self.hasFocus() else "line"))
        painter.drawRect(box)
        head = QRectF(box.left() + px(8), box.top() + px(2), box.width() - px(12), px(_LINE) - 2)
        ink = "accent.text" if day == self.today else "text"
        ink = ink if day.month == self.day.month else "text.3"
        font = fonts.small(STRONG if day == self.today else MEDIUM)
        marks.text(painter, head, str(day.day), font, ink)
        room = self._room(box)
        for line, action in enumerate(held[:room]):
            self._paint_action(painter, box, line, action)
        if len(held) > room:
            more = _("+{n}").format(n=len(held) - room)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            marks.text(painter, head, more, fonts.small(), "text.3", align=right)

    def _paint_action(self, painter: QPainter, box: QRectF, line: int, action: Action) -> None:
        top = box.top() + px(_LINE) * (line + 1)
        bar = QRectF(box.left() + px(6), top + 3, px(3), px(_LINE) - 6)
        ink = f"strand.{action.strand}"
        painter.fillRect(bar, theme.current().qcolour(ink))
        said = QRectF(bar.right() + px(5), top, box.right() - bar.right() - px(9), px(_LINE))
        late = action.days_over(self.today) > 0
        shade = "overdue" if late else "text" if action.is_live else "text.3"
        marks.text(painter, said, action.title, fonts.small(), shade)

    def _room(self, box: QRectF) -> int:
        return max(0, int((box.height() - px(_LINE) - 2) // px(_LINE)))

    def _say(self) -> None:
        held = self.on(self.day)
        said = ngettext("{n} action", "{n} actions", len(held)).format(n=len(held))
        titles = ", ".join(action.title for action in held)
        day = dates.shown(self.day)
        self.setAccessibleName(": ".join(x for x in (f"{day}, {said}", titles) if x))


def _month(day: date, by: int) -> date:
    """Return the same day of another month, or its last where it has no such day."""
    number = day.year * 12 + day.month - 1 + by
    year, month = divmod(number, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, min(day.day, 28)), following - timedelta(days=1))


class PlanCalendar(QWidget):
    """A month of a plan, with the way to the months before and after."""

    opened = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = MonthGrid(today)
        self.title = Label("", step="section")
        self.without = Label("", ink="text.3")
        self.before = icon_button("action.previous", _("Month before"), key="PgUp")
        self.after = icon_button("action.next", _("Month after"), key="PgDown")
        self.now = text_button(_("Today"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title)
        for button in (self.before, self.after, self.now):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.without)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.grid, 1)
        self.before.clicked.connect(self._on_before)
        self.after.clicked.connect(self._on_after)
        self.now.clicked.connect(self._on_now)
        self.grid.moved.connect(self._on_moved)
        self.grid.opened.connect(self.opened)
        self._on_moved()

    def show_actions(self, actions: Sequence[Action]) -> None:
        """Show these actions."""
        self.grid.show_actions(actions)
        none = sum(action.is_live and action.due is None for action in actions)
        told = ngettext("{n} live action has no due day", "{n} live actions have no due day", none)
        self.without.setText(told.format(n=none) if none else "")

    def _on_before(self) -> None:
        self.grid.go(_month(self.grid.day, -1))

    def _on_after(self) -> None:
        self.grid.go(_month(self.grid.day, 1))

    def _on_now(self) -> None:
        self.grid.go(self.grid.today)

    def _on_moved(self) -> None:
        self.title.setText(f"{self.grid.day:%B %Y}")
