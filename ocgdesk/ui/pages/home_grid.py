"""Where the parts of the home page stand, as there is room."""

from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.ui.fonts import px

_STACKED: Final = 900
_BESIDE: Final = 1500

Shape = Literal["", "stacked", "usual", "beside"]


class HomeGrid(QWidget):
    """The table, what needs the user, and the news: below, beside the list, or beside both."""

    def __init__(
        self, table: QWidget, needs: QWidget, news: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = (table, needs, news)
        self.shape: Shape = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(20)
        self._place("usual")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width()
        shape: Shape = "usual" if wide >= px(_STACKED) else "stacked"
        self._place("beside" if wide >= px(_BESIDE) else shape)

    def _place(self, shape: Shape) -> None:
        if shape == self.shape:
            return
        self.shape = shape
        grid, (table, needs, news) = self._grid, self._parts
        top, across = Qt.AlignmentFlag.AlignTop, 2 if shape == "stacked" else 1
        for part in self._parts:
            grid.removeWidget(part)
        grid.addWidget(table, 0, 0, 1, 1 if shape == "beside" else 2)
        grid.addWidget(needs, 1, 0, 1, across, top)
        match shape:
            case "beside":
                grid.addWidget(news, 0, 1, 2, 1, top)
            case "stacked":
                grid.addWidget(news, 2, 0, 1, 2, top)
            case _:
                grid.addWidget(news, 1, 1, top)
        grid.setColumnStretch(0, 15)
        grid.setColumnStretch(1, 0 if shape == "stacked" else 7)
        grid.setRowStretch(3, 1)
