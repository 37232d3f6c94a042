"""The four strands of a plan as widgets."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Strand, StrandCount, strand_name, words


class StrandCell(QAbstractButton):
    """Live actions of a strand and the share done, or a dashed “Empty”; a press opens it."""

    opened = Signal(str)

    def __init__(self, count: StrandCount, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_count(count)
        self.clicked.connect(self._on_clicked)
        theme.follow(self, self.updateGeometry)

    def show_count(self, count: StrandCount) -> None:
        """Show another count."""
        self.count = count
        self.setAccessibleName(words(count))
        self.setToolTip(words(count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(max(marks.empty_width(), px(64))), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        marks.strand_cell(painter, QRectF(self.rect()), self.count)
        painter.end()

    def _on_clicked(self) -> None:
        self.opened.emit(self.count.strand)


class StrandLabel(QWidget):
    """The name of a strand with its icon, in its ink."""

    def __init__(
        self, strand: Strand, *, heading: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.strand: Strand = strand
        self._heading = heading
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(strand_name(strand))
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        font = fonts.section() if self._heading else fonts.body(MEDIUM)
        return QSize(px(16 + 7) + round(marks.text_width(strand_name(self.strand), font)), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        role, box = f"strand.{self.strand}", QRectF(self.rect())
        mark = QRectF(0, 0, px(16), box.height())
        icons.paint(painter, role, role, mark, 16)
        font = fonts.section() if self._heading else fonts.body(MEDIUM)
        name = box.adjusted(px(16 + 6), 0, 0, 0)
        marks.text(painter, name, strand_name(self.strand), font, role)
        painter.end()


class ProgressBar(QWidget):
    """How much of a whole, as a round bar; the words say it."""

    def __init__(self, ink: str = "accent", width: int = 84, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self._width = width
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_share(self, share: float, spoken: str) -> None:
        """Show this share (0 to 1), said in words."""
        self.share = share
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._width), px(6))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        marks.bar(painter, QRectF(self.rect()), self.share, self._ink)
        painter.end()
