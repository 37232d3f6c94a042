"""Pictures dropped on a record's page: kept with it, once the user has said what they are."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from ocgdesk.ui.dialogs.attach_dialog import PICTURES


class Dropping(QObject):
    """Takes one picture dropped on a page; other files go on to the import, as everywhere."""

    dropped = Signal(object)
    """The Path of a picture."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and (path := _picture(event.mimeData())) is not None:
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(path)
            return True
        if isinstance(event, QDropEvent):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _picture(data: QMimeData) -> Path | None:
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() in PICTURES else None
