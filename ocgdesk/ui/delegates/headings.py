"""Column headers: title, sort arrow with its rank, a funnel where a filter holds."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.delegates import cells
from ocgdesk.ui.delegates.roles import HeadingRole
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Heading

HEIGHT = 32
_GRIP = 5
"""Pixels at the right edge by which a column is made wider."""
_DROP = 20


class RowHeader(QHeaderView):
    """The header of a table, painted from ``HeadingRole`` or else the display text.

    Click and Shift-click are told by Qt's own ``sectionClicked``; order is the model's affair.
    With ``drops`` the section under the pointer has a chevron at its right, which is told by
    ``dropped``: for a list of its values.
    """

    dropped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.padding = cells.PADDING
        self.drops = False
        self._hovered = -1
        self._dropping = False
        self.held = False
        """Whether a button is held on it: what changes meanwhile, the user is drawing."""
        self.setMouseTracking(True)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(px(40))
        theme.follow(self, self._grow)

    def sectionSizeFromContents(self, section: int) -> QSize:
        heading = self._heading(section)
        wide = marks.text_width(heading.title, fonts.small(MEDIUM)) + 2 * px(self.padding)
        wide += px(22) if heading.icon else 0
        return QSize(round(wide + _signs_width(heading)), px(HEIGHT))

    def drop_box(self, section: int) -> QRect:
        """Return where the chevron of a section is pressed."""
        right = self.sectionViewportPosition(section) + self.sectionSize(section) - px(_GRIP)
        return QRect(right - px(_DROP), 0, px(_DROP), self.height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        self.held = event.button() == Qt.MouseButton.LeftButton
        self._dropping = self.held and self._is_drop(spot)
        if self._dropping:
            self.dropped.emit(self.logicalIndexAt(spot))
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._dropping:
            super().mouseReleaseEvent(event)
        self._dropping = self.held = False

    def _is_drop(self, spot: QPoint) -> bool:
        section = self.logicalIndexAt(spot)
        return self._has_drop(section) and self.drop_box(section).contains(spot)

    def _has_drop(self, section: int) -> bool:
        if not self.drops or section < 0:
            return False
        lying, tick = Qt.Orientation.Horizontal, Qt.ItemDataRole.CheckStateRole
        return self.model().headerData(section, lying, tick) is None

    def _hover(self, section: int) -> None:
        if section != self._hovered:
            self._hovered = section
            self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        box = QRectF(rect)
        look, heading = theme.current(), self._heading(section)
        painter.save()
        painter.fillRect(box, look.qcolour("sunken"))
        marks.hairline(painter, box, "line.2")
        tick = self.model().headerData(
            section, Qt.Orientation.Horizontal, Qt.ItemDataRole.CheckStateRole
        )
        if tick is not None:
            marks.check_box(painter, box, Qt.CheckState(tick))
        else:
            side = px(self.padding)
            self._paint_heading(painter, box.adjusted(side, 0, -side, -1), heading)
        if section == self._hovered and self._has_drop(section):
            self._paint_drop(painter, QRectF(self.drop_box(section)))
        painter.restore()

    def _paint_drop(self, painter: QPainter, box: QRectF) -> None:
        box.adjust(0, 0, 0, -1)
        painter.fillRect(box, theme.current().qcolour("sunken"))
        icons.paint(painter, "action.expand", "text.2", box, 14)

    def _heading(self, section: int) -> Heading:
        model, lying = self.model(), Qt.Orientation.Horizontal
        found = model.headerData(section, lying, HeadingRole)
        if isinstance(found, Heading):
            return found
        title = model.headerData(section, lying, Qt.ItemDataRole.DisplayRole)
        return Heading(title=str(title or ""))

    def _paint_heading(self, painter: QPainter, box: QRectF, heading: Heading) -> None:
        font = fonts.small(MEDIUM)
        lead = px(22) if heading.icon else 0
        words = min(marks.text_width(heading.title, font), box.width() - lead)
        left = box.left()
        if heading.align == "right":
            left = max(left, box.right() - words - lead - _signs_width(heading))
        if heading.icon:
            mark = QRectF(left, box.top(), px(16), box.height())
            icons.paint(painter, heading.icon, heading.ink, mark, 15)
            left += lead
        inside = QRectF(left, box.top(), words + 1, box.height())
        left += marks.text(painter, inside, heading.title, font, heading.ink) + px(3)
        self._paint_signs(painter, QRectF(left, box.top(), px(14), box.height()), heading)

    def _paint_signs(self, painter: QPainter, at: QRectF, heading: Heading) -> None:
        if heading.sort:
            arrow = "action.sort-up" if heading.sort > 0 else "action.sort-down"
            icons.paint(painter, arrow, "accent.text", at, 13)
            at.translate(px(13), 0)
        if heading.rank:
            above = at.adjusted(0, 0, 0, -px(8))
            marks.text(painter, above, str(heading.rank), fonts.caption(MEDIUM), "accent.text")
            at.translate(px(9), 0)
        if heading.filtered:
            icons.paint(painter, "action.filter", "accent.text", at, 13)

    def _grow(self) -> None:
        self.setFixedHeight(px(HEIGHT))
        self.viewport().update()


def _signs_width(heading: Heading) -> float:
    wide = px(3)
    wide += px(13) if heading.sort else 0
    wide += px(9) if heading.rank else 0
    return wide + (px(15) if heading.filtered else 0)
