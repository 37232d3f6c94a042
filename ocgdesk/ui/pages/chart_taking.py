"""Rows dropped or pasted on a chart: put where they were let go, once they are known."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence, QShortcut

from ocgdesk.casework import chart_rows
from ocgdesk.casework.chart_rows import MIME
from ocgdesk.domain.charts import Point
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.chart_hands import ChartHands
from ocgdesk.ui.pages.chart_view import ChartView


class ChartTaking(QObject):
    """Puts rows of a register on the chart of a page, as one step."""

    brought = Signal(object)
    """Records for a chart that is not kept: ``dict[UUID, Point]``."""
    put = Signal(object)
    """The ids of what was put on a kept chart: to be selected."""
    told = Signal(str)

    def __init__(self, desk: Desk, view: ChartView, hands: ChartHands) -> None:
        super().__init__(view)
        self._desk, self._view, self._hands = desk, view, hands
        view.views.setAcceptDrops(True)
        view.views.installEventFilter(self)
        key = QShortcut(QKeySequence("Ctrl+V"), view.empty)
        key.setContext(Qt.ShortcutContext.WindowShortcut)  # only while the empty page is seen
        key.activated.connect(self._on_paste)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take rows; a file goes on to the import, as everywhere."""
        if not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            spot = event.position()
            empty = self._view.is_empty
            at = self._view.canvas.view.to_chart(spot)
            self.take(event.mimeData(), Point(0.0, 0.0) if empty else Point(at.x(), at.y()))
        return True

    def take(self, mime: QMimeData, at: Point) -> None:
        """Put rows on the chart about a place."""
        data = bytes(mime.data(MIME).data())
        try:
            taken = chart_rows.unpacked(data, self._desk.workspace.about.id)
        except DeskError as error:
            self._desk.refused.emit(error)
            return
        self._desk.ask(partial(chart_rows.found, taken=taken), partial(self._put, at))

    @Slot()
    def _on_paste(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if mime.hasFormat(MIME):
            self.take(mime, Point(0.0, 0.0))

    def _put(self, at: Point, ids: Sequence[UUID]) -> None:
        there = self._view.canvas.arrangement.places.keys() & set(ids)
        fresh = tuple(id_ for id_ in ids if id_ not in there)
        if not ids:
            self.told.emit(_("Nothing of what was copied is there any more"))
            return
        said = _said(len(fresh), len(there))
        if not fresh:
            self.put.emit(tuple(ids))
            self.told.emit(said)
            return
        self._view.show_canvas()
        places = chart_rows.spread(fresh, at)
        if self._hands.is_kept:
            self._hands.when_kept(partial(self._keep, places, ids, said))
        else:
            self.brought.emit(places)
            self.told.emit(said)

    def _keep(self, places: dict[UUID, Point], ids: Sequence[UUID], said: str, chart: UUID) -> None:
        """Put records on a kept chart as one act."""
        n = len(places)
        label = ngettext("Put {n} record on chart", "Put {n} records on chart", n).format(n=n)
        act = partial(chart_rows.put, chart_id=chart, places=places)
        if self._hands.draw(label, act):
            self.put.emit(tuple(ids))
            self.told.emit(said)


def _said(fresh: int, there: int) -> str:
    """Return how many were put on the chart, and how many stood on it."""
    told = ngettext("{n} record put on the chart", "{n} records put on the chart", fresh)
    parts = [told.format(n=fresh)] if fresh else []
    if there:
        told = ngettext("{n} was on it already", "{n} were on it already", there)
        parts.append(told.format(n=there))
    return ", ".join(parts) + "."
