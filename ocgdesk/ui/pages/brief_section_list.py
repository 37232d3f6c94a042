"""The sections of a briefing in their order, each to be ticked, moved or chosen to write in."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ocgdesk.casework import brief_products
from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.ticked import TickedItem
from ocgdesk.ui.fonts import px

_CODE: Final = int(Qt.ItemDataRole.UserRole)
_ROW: Final = 28
"""Pixels of a list without any section."""


class SectionList(QListWidget):
    """The sections to choose from: ticked ones are in, in this order; all of them in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Sections, ticked ones in this order"))
        self.setAccessibleDescription(_("Space ticks, Alt+Up and Alt+Down move"))
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setItemDelegate(TickedItem(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for changed in (self.model().rowsInserted, self.model().rowsRemoved):
            changed.connect(self._fit)
        theme.follow(self, self._fit)

    @Slot()
    def _fit(self) -> None:
        """Be as tall as all sections: whoever holds it scrolls."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(max(rows, px(_ROW)) + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
            return
        super().keyPressEvent(event)

    def current_place(self) -> QPoint | None:
        """Return where the middle of the current section is; None without one."""
        at = self.currentRow()
        return self.visualItemRect(self.item(at)).center() if at >= 0 else None

    def offer(self, wanted: tuple[str, ...], every: tuple[str, ...]) -> None:
        """Offer every section, those wanted first and ticked."""
        self.clear()
        for code in (*wanted, *(code for code in every if code not in wanted)):
            self._add(code, is_wanted=code in wanted)

    def take_in(self, code: str, *, title: str) -> None:
        """Tick one more section, last among those ticked; one that is there already is ticked."""
        for row in range(self.count()):
            if self.item(row).data(_CODE) == code:
                self.item(row).setCheckState(Qt.CheckState.Checked)
                self.setCurrentRow(row)
                return
        self._add(code, title=title, is_wanted=True, at=len(self.codes))
        self.setCurrentRow(len(self.codes) - 1)

    def _add(self, code: str, *, is_wanted: bool, title: str = "", at: int = -1) -> None:
        item = QListWidgetItem(title or brief_products.heading(code))
        item.setData(_CODE, code)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)
        self.insertItem(at if at >= 0 else self.count(), item)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are ticked, in their order."""
        items = (self.item(row) for row in range(self.count()))
        ticked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(str(item.data(_CODE)) for item in ticked)

    def current_code(self) -> str:
        """Return the code of the current section, or "" without one."""
        at = self.currentRow()
        return str(self.item(at).data(_CODE)) if at >= 0 else ""

    def shift(self, step: int) -> None:
        """Move the current section up or down by one."""
        at = self.currentRow()
        if at >= 0 and 0 <= at + step < self.count():
            item = self.takeItem(at)
            self.insertItem(at + step, item)
            self.setCurrentRow(at + step)
