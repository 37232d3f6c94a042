"""The figure of a return, as it would be printed: drawn in the worker, shown on white."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ocgdesk.casework import return_figures
from ocgdesk.domain.returns import Return
from ocgdesk.i18n import _
from ocgdesk.reports import figure_painter
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.widgets.cards import Panel, Scroller
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.worker import Call

_DPI = 200
_WIDEST = 760
"""How wide the picture is shown at most, at 100 %: a figure is 160 mm wide."""


class FigureView(Panel):
    """One picture, scrolled up and down; it is drawn when it is first looked at."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self._desk = desk
        self._job: Job | None = None
        self._wanted: Return | None = None
        self._image = QImage()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.empty = EmptyState("")
        self.empty.hide()
        inside = Panel("sunken")
        row = QHBoxLayout(inside)
        row.setContentsMargins(16, 16, 16, 16)
        row.addWidget(self.picture)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._scroller = Scroller(inside)
        column.addWidget(self._scroller, 1)
        column.addWidget(self.empty, 1)

    def ready(self) -> bool:
        """Tell whether what was asked for is on the page."""
        return self._job is None

    def show_return(self, made: Return) -> None:
        """Draw the figure of this return; what was drawn before stays until it is there."""
        if made is self._wanted:
            return
        self.cancel()
        self._wanted = made
        drawn = return_figures.figure(made)
        self.picture.setAccessibleName(drawn.alt)
        self._scroller.setVisible(bool(drawn.panels))
        self.empty.setVisible(not drawn.panels)
        if not drawn.panels:
            self.empty.show_words(_("There is nothing to draw: no figure was counted."))
            return
        call = Call.of(figure_painter.paint, drawn, "png", dpi=_DPI)
        self._job = self._desk.compute(_("Draw figure"), call, self._on_drawn)

    def cancel(self) -> None:
        """Want no answer any more to what was asked."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._wanted = None, None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_drawn(self, data: bytes) -> None:
        self._job = None
        self._image = QImage.fromData(data)
        self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        wide = min(self.width() - 48, px(_WIDEST))
        if wide < 2:
            return
        room = QSize(round(wide * ratio), self._image.height() * 4)
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
        drawn = self._image.scaled(room, keep, smooth.SmoothTransformation)
        drawn.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(drawn))
