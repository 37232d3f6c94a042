"""Photographs on a chart page: switched on and off, read in the background, kept as a wish."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtGui import QImage

from ocgdesk.casework import attachments
from ocgdesk.domain.kinds import Kind
from ocgdesk.store.reader import Reader
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.portraits import square
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.inquiry import Inquiry

_WISH: Final = "chart/photographs"


class ChartPortraits(QObject):
    """Fetches the photographs of what a canvas shows, as long as they are wanted.

    People recorded as exploited keep their symbol. No export shows photographs.
    """

    def __init__(self, desk: Desk, canvas: ChartCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._canvas = canvas
        self._asked = Inquiry(self._desk, self)
        self._known: frozenset[UUID] = frozenset()
        canvas.drawn.connect(self._on_drawn)
        desk.changed.connect(self._on_changed)

    @property
    def is_on(self) -> bool:
        """Whether photographs are wanted on charts."""
        return str(QSettings().value(_WISH, "no")) == "yes"

    def is_settled(self) -> bool:
        """Tell whether all that was asked for has come."""
        return not self._asked.is_open

    def turn(self) -> None:
        """Show photographs in place of icons, or the icons again."""
        QSettings().setValue(_WISH, "no" if self.is_on else "yes")
        self._known = frozenset()
        if self.is_on:
            self._ask()
        else:
            self._canvas.portraits.show({})

    @Slot(str, object)
    def on_act(self, act: str, _ids: object) -> None:
        """Do what was chosen in the menu of a chart, where it is about photographs."""
        if act == "photographs":
            self.turn()

    def stop(self) -> None:
        """Ask nothing more."""
        self._asked.drop()

    def _ask(self) -> None:
        ids = [item.id for item in self._canvas.arrangement.scene.items if not item.exploited]
        if frozenset(ids) == self._known:
            return
        self.stop()
        self._known = frozenset(ids)
        self._asked.ask(partial(_read, ids=ids), self._show, self._on_failed)

    @Slot()
    def _on_drawn(self) -> None:
        if self.is_on:
            self._ask()

    def _on_changed(self, changed: Changed) -> None:
        if self.is_on and changed.touches(Kind.ATTACHMENT):
            self._known = frozenset()
            self._ask()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self._known = frozenset()
        self._desk.refused.emit(error)

    def _show(self, pictures: Mapping[UUID, QImage]) -> None:
        self._canvas.portraits.show(pictures)


def _read(reader: Reader, ids: Sequence[UUID]) -> dict[UUID, QImage]:
    """Return small photographs, drawn here so that the window need not."""
    found = attachments.portraits(reader, ids)
    pictures = {id_: QImage.fromData(data) for id_, data in found.items()}
    return {id_: square(picture) for id_, picture in pictures.items() if not picture.isNull()}
