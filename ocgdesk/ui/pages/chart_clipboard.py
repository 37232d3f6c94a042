"""Copy, cut, paste and duplicate on charts: ids and places alone go over the clipboard."""

from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_pasting, chart_rows
from ocgdesk.casework.chart_pasting import MIME, Copied
from ocgdesk.domain.charts import Point
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.work import Work
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.chart_hands import ChartHands

AGAIN: Final = Point(28.0, 28.0)
"""How far beside itself a duplicate stands."""


class ChartClipboard(QObject):
    """Takes what is selected on one chart to another of the same workspace."""

    brought = Signal(object)
    """Records pasted on a chart that is not kept: ``dict[UUID, Point]``."""
    pasted = Signal(object)
    """The ids of what was pasted, once it is kept: to be selected."""
    cut = Signal(tuple)
    """The ids to take off the chart now that they are copied."""
    rows_pasted = Signal(object, object)
    """The QMimeData of rows of a register, and the Point they are put about."""
    told = Signal(str)

    def __init__(self, desk: Desk, canvas: ChartCanvas, hands: ChartHands, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._canvas, self._hands = desk, canvas, hands

    def on_asked(self, key: str) -> None:
        """Answer a key of the canvas, if it is one of these."""
        match key:
            case "copy":
                self.copy()
            case "cut":
                if self.copy():
                    self.cut.emit(self._canvas.selection())
            case "paste":
                self.paste()
            case "duplicate":
                self.duplicate()

    def copy(self) -> bool:
        """Copy what is selected; False where that is nothing."""
        what = self._selected()
        n = len(what.items) + len(what.notes)
        if not n:
            self.told.emit(_("Select what is to be copied first"))
            return False
        mime = QMimeData()
        mime.setData(MIME, chart_pasting.packed(what))
        QGuiApplication.clipboard().setMimeData(mime)
        told = ngettext("{n} item copied", "{n} items copied", n)
        self.told.emit(told.format(n=n) + ". " + _("Ctrl+V puts it on another chart."))
        return True

    def paste(self) -> None:
        """Put what was copied into the middle of what is seen."""
        mime = QGuiApplication.clipboard().mimeData()
        if mime.hasFormat(chart_rows.MIME):
            self.rows_pasted.emit(mime, Point(self._canvas.view.x, self._canvas.view.y))
            return
        if not mime.hasFormat(MIME):
            self.told.emit(_("There are no items of a chart and no rows on the clipboard"))
            return
        data = bytes(mime.data(MIME).data())
        try:
            what = chart_pasting.unpacked(data, self._desk.workspace.about.id)
        except DeskError as error:
            self._desk.refused.emit(error)
            return
        at = Point(self._canvas.view.x, self._canvas.view.y)
        if what.has_marks or self._hands.is_kept:
            self._hands.when_kept(partial(self._paste, _("Paste on chart"), what, at))
        else:
            found = partial(chart_pasting.present, what=what)
            self._desk.ask(found, partial(self._bring, at))

    def duplicate(self) -> None:
        """Draw the sketches and notes selected once more; a record stands on a chart once."""
        what = self._selected()
        places = {id_: what.items[id_] for id_ in what.sketches}
        what = replace(what, items=places)
        if not what.has_marks:
            self.told.emit(_("A record stands on a chart once; Ctrl+C takes it to another chart"))
            return
        about = chart_pasting.middle(self._canvas.arrangement, self._canvas.selection())
        at = Point(about.x + AGAIN.x, about.y + AGAIN.y)
        self._hands.when_kept(partial(self._paste, _("Duplicate on chart"), what, at))

    def _selected(self) -> Copied:
        return chart_pasting.copied(
            self._canvas.arrangement, self._canvas.selection(), self._desk.workspace.about.id
        )

    def _paste(self, label: str, what: Copied, at: Point, chart: UUID) -> None:
        made: list[UUID] = []

        def act(work: Work) -> None:
            made.extend(chart_pasting.paste(work, chart, what, at))

        if self._desk.may(Right.CHART) and self._hands.draw(label, act):
            self.pasted.emit(tuple(made))

    def _bring(self, at: Point, found: dict[UUID, Point]) -> None:
        if found:
            self.brought.emit({i: Point(p.x + at.x, p.y + at.y) for i, p in found.items()})
        else:
            self.told.emit(_("Nothing of what was copied is there any more"))
