"""Pictures kept of what was painted, so that panning copies and only rest repaints."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from ocgdesk.reports.drawing_parts import Area
from ocgdesk.ui.chart.view import View

MARGIN: Final = 112.0
"""Pixels painted beyond the window on every side: panning so far needs no repaint."""
SLICE_MS: Final = 12.0
"""How long a slice of painting may take."""
QUICK_MS: Final = 45.0
"""A picture that took no longer is painted at once, in the same frame."""
REST_MS: Final = 70
"""How long the view must rest before a slow picture is painted anew."""

Pauses = Generator[None, None, None]
Paint = Callable[[QPainter, View, Area], Pauses]
"""Paints what is seen through a view, pausing now and then; last, what of it the window shows."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What was painted, through which view, from which state of things."""

    image: QImage
    view: View
    state: int

    def covers(self, view: View) -> bool:
        """Tell whether all that is seen now was painted, at this very zoom."""
        return self.view.zoom == view.zoom and self.view.area().holds(view.area())

    def is_near(self, view: View) -> bool:
        """Tell whether the view has moved so little since that it is being panned."""
        return self.view.zoom == view.zoom and self.view.area().holds(
            Area(view.x, view.y, 0.0, 0.0)
        )

    def show(self, painter: QPainter, view: View) -> None:
        """Copy the picture to where it belongs now, stretched when the zoom has changed."""
        area = self.view.area()
        size = self.image.deviceIndependentSize()
        grow = view.zoom / self.view.zoom
        corner = view.to_screen(area.x, area.y)
        if grow == 1.0:
            ratio = self.image.devicePixelRatio()
            corner = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
            painter.drawImage(corner, self.image)
            return
        target = QRectF(corner.x(), corner.y(), size.width() * grow, size.height() * grow)
        painter.drawImage(target, self.image)


class Layer(QObject):
    """One picture of a chart and the work of keeping it fresh.

    ``changed`` is emitted when a picture that was painted in slices is complete.
    """

    changed = Signal()

    def __init__(self, paint: Paint, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paint = paint
        self._picture: Picture | None = None
        self._state = 0
        self._cost = 0.0
        self._work: Pauses | None = None
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self._begin)
        self._step = QTimer(self, interval=0)
        self._step.timeout.connect(self._on_step)
        self._wanted: tuple[View, float, QColor] | None = None

    @property
    def cost(self) -> float:
        """How long the last picture took to paint, in milliseconds."""
        return self._cost

    def stale(self) -> None:
        """Note that what is shown has changed."""
        self._state += 1

    def expect(self, cost: float) -> None:
        """Say how long the next picture may take, where it differs much from the last."""
        self._cost = cost

    def show(self, painter: QPainter, view: View, ratio: float, ground: QColor) -> None:
        """Paint what is seen: fresh when that is quick, else what there is until it is ready."""
        picture = self._picture
        fresh = picture is not None and picture.state == self._state and picture.covers(view)
        if not fresh:
            self._wanted = (view, ratio, ground)
            if self._cost <= QUICK_MS:
                self._at_once(view, ratio, ground)
            elif self._work is None or (picture and picture.state != self._state):
                self._rest.start()
        if self._picture is not None:
            self._picture.show(painter, view)

    def _at_once(self, view: View, ratio: float, ground: QColor) -> None:
        """Paint in this frame: with room to pan, or after a jump only what is seen."""
        if self._picture is not None and self._picture.is_near(view):
            self._paint_now(view, ratio, ground, MARGIN)
            return
        self.settle(view, ratio, ground)
        self._wanted = (view, ratio, ground)
        self._rest.start()

    def settle(self, view: View, ratio: float, ground: QColor) -> None:
        """Paint at once what is seen, however long it takes."""
        self._paint_now(view, ratio, ground, 0.0)

    def _paint_now(self, view: View, ratio: float, ground: QColor, margin: float) -> None:
        self._rest.stop()
        self._drop()
        for _pause in self._painting(view, ratio, ground, margin):
            pass

    def drop(self) -> None:
        """Forget the picture and stop painting."""
        self._drop()
        self._rest.stop()
        self._picture = None

    def _drop(self) -> None:
        self._step.stop()
        if self._work is not None:
            # Closing ends the painter before its image goes.
            self._work.close()
            self._work = None

    def _begin(self) -> None:
        self._drop()
        if self._wanted is not None:
            self._work = self._painting(*self._wanted, MARGIN)
            self._step.start()

    def _on_step(self) -> None:
        end = perf_counter() + SLICE_MS / 1000
        while self._work is not None and perf_counter() < end:
            if next(self._work, self) is self:
                self._work = None
                self._step.stop()
                self.changed.emit()

    def _painting(self, view: View, ratio: float, ground: QColor, margin: float) -> Pauses:
        wide = view.sized(view.width + 2 * margin, view.height + 2 * margin)
        state = self._state
        image = QImage(
            round(wide.width * ratio), round(wide.height * ratio),
            QImage.Format.Format_ARGB32_Premultiplied,
        )  # fmt: skip
        image.setDevicePixelRatio(ratio)
        image.fill(ground)
        painter = QPainter(image)
        spent, began = 0.0, perf_counter()
        try:
            for _pause in self._paint(painter, wide, view.area()):
                spent += perf_counter() - began
                yield
                began = perf_counter()
        finally:
            painter.end()
        self._cost = (spent + perf_counter() - began) * 1000
        self._picture = Picture(image, wide, state)
        self._wanted = None
