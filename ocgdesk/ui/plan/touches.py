"""The line that says how much of the group a live action touches."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from ocgdesk.casework.plan_board import Coverage, Touch
from ocgdesk.i18n import N_, _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import MEDIUM, STRONG, px
from ocgdesk.ui.widgets import marks

_ROOMY: Final = 960
_WORDS: Final = {
    Touch.PRINCIPALS: N_("principals"),
    Touch.LINES: N_("lines"),
    Touch.EXPLOITED: N_("exploited people"),
    Touch.HOMES: N_("cuckooed addresses"),
    Touch.COMMODITIES: N_("commodities"),
}


def touch_words(touch: Touch) -> str:
    """Return what a plan should reach, in words."""
    return _(_WORDS[touch])


class CoverageLine(QWidget):
    """“A live action touches principals 2 of 3 …”; what finds no room is in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts: tuple[Coverage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self, self._grow)

    def show_coverage(self, parts: tuple[Coverage, ...]) -> None:
        """Show these counts."""
        self.parts = parts
        counts = [f"{_(_WORDS[part.what])} {_share(part)}" for part in parts]
        said = f"{_('A live action touches')}: {', '.join(counts)}"
        self.setAccessibleName(said)
        basis = _("Counted: records linked to this OCG or to its county lines.")
        fixed = _("Records restricted from this user are not included.")
        self.setToolTip(f"{said}.\n{basis}\n{fixed}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(28))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        box = QRectF(self.rect())
        lead = fonts.body(MEDIUM)
        left = marks.text(painter, box, _("A live action touches"), lead, "text") + px(22)
        small, strong = fonts.small(), fonts.small(STRONG)
        for part in self.parts:
            word, share = _(_WORDS[part.what]), _share(part)
            wide = marks.text_width(word, small) + px(6) + marks.text_width(share, strong)
            if left + wide > box.width():
                break
            at = QRectF(left, 0, box.width() - left, box.height())
            at.setLeft(left + marks.text(painter, at, word, small, "text.2") + px(6))
            marks.text(painter, at, share, strong, "text" if part.touched else "overdue")
            left += wide + px(20)
        painter.end()

    def _grow(self) -> None:
        self.setFixedHeight(px(28))
        self.updateGeometry()


class PlanBar(QWidget):
    """The coverage line with the review date and the filters; in two rows where it is narrow."""

    def __init__(
        self, coverage: CoverageLine, others: tuple[QWidget, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._rows.addWidget(coverage, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in others:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        others[0].setMinimumWidth(px(190))
        others[0].setMaximumWidth(px(280))
        self._rows.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        wanted = across if event.size().width() >= px(_ROOMY) else down
        if self._rows.direction() != wanted:
            self._rows.setDirection(wanted)


def _share(part: Coverage) -> str:
    return _("{n} of {all}").format(n=part.touched, all=part.total)
