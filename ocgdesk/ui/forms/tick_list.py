"""Several codes of one list, chosen by ticking them."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.domain.reference_data import code_list
from ocgdesk.ui.widgets.inputs import CheckBox

_GAP = 16


class TickList(QWidget):
    """A box to tick for each code; where there is room, in two columns."""

    changed = Signal()

    def __init__(self, codes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {item.code: CheckBox(item.label, self) for item in code_list(codes)}
        self._retired = code_list(codes).retired
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(2)
        for code, box in self.boxes.items():
            box.toggled.connect(self._on_toggled)
            if code in self._retired:
                box.hide()
        self.setFocusProxy(next(iter(self.boxes.values())))
        self._lay_out(1)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order of the list."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def tick(self, codes: Iterable[str]) -> None:
        """Tick these codes and no other."""
        wanted = set(codes)
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)
            box.setVisible(code in wanted or code not in self._retired)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max(box.sizeHint().width() for box in self.boxes.values())
        self._lay_out(2 if self.width() >= 2 * widest + _GAP else 1)

    def minimumSizeHint(self) -> QSize:
        widest = max(box.sizeHint().width() for box in self.boxes.values())
        return QSize(widest, super().minimumSizeHint().height())

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        deep = -(-len(self.boxes) // across)
        for number, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, number % deep, number // deep)

    def _on_toggled(self) -> None:
        self.changed.emit()
