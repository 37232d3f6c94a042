"""The palette left of a chart: tools to look, kinds to put down, link, note, and the sketch switch.

What is taken from it is dragged onto the chart, or clicked and then clicked down there.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, zip_longest
from math import ceil
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.chart.tools import DRAWING, KINDS, LOOKING, SELECT, Does, Tool
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.cards import Panel, Rule

WIDTH: Final = 44
SIDE: Final = 30
"""Of a button: icons need no larger text."""
ICON: Final = 17
GAP: Final = 1
EDGE: Final = 8
PART: Final = 8
"""Between two groups of tools."""
LEAST: Final = 26
"""Of a button, before they stand in one more column."""
MOST_ACROSS: Final = 4
START: Final = 6
"""Pixels from a press to where a drag begins."""


class ToolButton(QAbstractButton):
    """One tool: an icon with a name. It can be dragged off the palette."""

    taken = Signal(QPoint)
    """It is dragged, and is over this place of the screen."""
    let_go = Signal(QPoint)
    walked = Signal(int)
    """The focus is to go so many buttons on."""

    def __init__(self, icon: str, role: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self._name, self._icon, self._role = name, icon, role
        self._start: QPoint | None = None
        self._is_dragged = False
        theme.follow(self, self.update)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def refuse(self, reason: str) -> None:
        """Let it not be used, and say why; with no reason it can be."""
        self.setEnabled(not reason)
        self.setToolTip(reason or self._name)
        self.setAccessibleDescription(reason)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, current = QPainter(self), theme.current()
        box = QRectF(self.rect())
        if self.isChecked():
            fill, edge = current.qcolour("selected"), current.qcolour("accent")
            marks.round_box(painter, box, fill, edge)
        elif self.underMouse() and self.isEnabled():
            marks.round_box(painter, box, current.qcolour("hover"), None)
        role = "disabled" if not self.isEnabled() else self._role
        icons.paint(painter, self._icon, role, box, ICON / fonts.scale())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._start, self._is_dragged = event.position().toPoint(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._start is not None and (at - self._start).manhattanLength() >= START:
            self._is_dragged = True
        if self._is_dragged:
            self.taken.emit(event.globalPosition().toPoint())
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._start, self._is_dragged = self._is_dragged, None, False
        inside = self.rect().contains(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if dragged and not inside:
            self.let_go.emit(event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Right:
                self.walked.emit(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Left:
                self.walked.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case _:
                super().keyPressEvent(event)


class Palette(Panel):
    """A column of tools, one of them in use."""

    picked = Signal(object)
    """The Tool now in use."""
    taken = Signal(object, QPoint)
    """A Tool that is dragged off, and the place of the screen it is over."""
    dropped = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(_("Palette"))
        self.tool = SELECT
        self.buttons: dict[Tool, ToolButton] = {}
        self._reasons = {True: "", False: ""}
        words = _("Sketch: what is drawn stays on this chart and is not in the register")
        self.sketch_button = ToolButton("action.sketch", "text.2", words, self)
        self.sketch_button.toggled.connect(self._on_sketch)
        self._groups = (
            self._add(LOOKING),
            [*self._add(DRAWING), self.sketch_button],
            self._add(KINDS),
        )
        self._rules = tuple(Rule(parent=self) for _group in self._groups[1:])
        self.sketch_button.walked.connect(lambda by: self._walk(self.sketch_button, by))
        self.show_tool(SELECT)

    @property
    def is_sketching(self) -> bool:
        """Whether what is drawn now stays on the chart."""
        return self.sketch_button.isChecked()

    def show_tool(self, tool: Tool) -> None:
        """Show a tool as the one in use, without saying so."""
        self.tool = tool
        plain = replace(tool, sketch=False)
        for known, button in self.buttons.items():
            button.setChecked(known == plain)
            in_use = Qt.FocusPolicy.StrongFocus if known == plain else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(in_use)

    def refuse(self, *, records: str = "", marks_: str = "") -> None:
        """Say why the user may not put records, or marks, on the chart; empty where they may."""
        self._reasons = {False: records, True: marks_}
        self.sketch_button.refuse(marks_)
        self._offer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in as many columns as it takes for all tools to be seen."""
        super().resizeEvent(event)
        room = event.size().height()
        across = next(
            (n for n in range(1, MOST_ACROSS) if self._side(n, room) >= LEAST), MOST_ACROSS
        )
        side = max(LEAST, self._side(across, room))
        self.setFixedWidth(WIDTH + (across - 1) * (side + GAP))
        self._place(across, side)

    def _side(self, across: int, room: int) -> int:
        """Return how high a button can be in so many columns."""
        rows = sum(ceil(len(group) / across) for group in self._groups)
        return min(SIDE, (room - 2 * EDGE - len(self._rules) * PART) // rows - GAP)

    def _place(self, across: int, side: int) -> None:
        top, left = EDGE, (WIDTH - side) // 2
        for group, rule in zip_longest(self._groups, self._rules):
            for at, button in enumerate(group):
                down, aside = divmod(at, across)
                button.setFixedSize(side, side)
                button.move(left + aside * (side + GAP), top + down * (side + GAP))
            top += ceil(len(group) / across) * (side + GAP)
            if rule is not None:
                rule.setGeometry(left, top + PART // 2 - 1, self.width() - 2 * left, 1)
            top += PART

    def _add(self, tools: tuple[Tool, ...]) -> list[ToolButton]:
        made = []
        for tool in tools:
            button = ToolButton(tool.icon, tool.role, tool.name, self)
            button.clicked.connect(lambda _on=False, tool=tool: self._pick(tool))
            button.taken.connect(lambda at, tool=tool: self.taken.emit(self._now(tool), at))
            button.let_go.connect(lambda at, tool=tool: self.dropped.emit(self._now(tool), at))
            button.walked.connect(lambda by, button=button: self._walk(button, by))
            self.buttons[tool] = button
            made.append(button)
        return made

    def _now(self, tool: Tool) -> Tool:
        return replace(tool, sketch=self.is_sketching and tool.does in {Does.ITEM, Does.LINK})

    def _pick(self, tool: Tool) -> None:
        self.show_tool(tool)
        self.picked.emit(self._now(tool))

    def _on_sketch(self) -> None:
        self._offer()
        if self.tool.does in {Does.ITEM, Does.LINK}:
            self.picked.emit(self._now(self.tool))

    def _offer(self) -> None:
        """Let each tool be used or not, as what it draws would be a record or a sketch."""
        for tool, button in self.buttons.items():
            if tool.does in {Does.ITEM, Does.LINK}:
                button.refuse(self._reasons[self.is_sketching])
            elif tool.does is Does.NOTE:
                button.refuse(self._reasons[True])

    def _walk(self, button: ToolButton, by: int) -> None:
        stops = [one for one in self._stops() if one.isEnabled()]
        at = (stops.index(button) + by) % len(stops)
        stops[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _stops(self) -> Iterator[ToolButton]:
        """Return the buttons from top to bottom."""
        above = [self.buttons[tool] for tool in (*LOOKING, *DRAWING)]
        return chain(above, (self.sketch_button,), (self.buttons[tool] for tool in KINDS))
