"""A list beside a chart: rows of a few lines, chosen and opened, never edited."""

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from ocgdesk.ui.fonts import px


class SideList(QListView):
    """Shows the rows of ``rows``; ``width`` is at 100 %."""

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(True)
        self.setSpacing(4)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setFixedWidth(px(width))
