"""The time bar with what is said of its brush: under a chart, under a map."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.chart.time_bar import Brushed, Months, TimeBar
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.cards import Panel, Rule
from ocgdesk.ui.widgets.inputs import CheckBox
from ocgdesk.ui.widgets.labels import ElidedLabel

SETTLED_MS = 70
"""So long the brush rests before what it drives is shown anew."""
_WORDS = 178
_LEAST = 620
"""Narrower than this the bar has all the room."""


class TimeStrip(Panel):
    """What is brushed in words, the bar, and whether the rest stays in sight."""

    changed = Signal()
    """The brush came to rest somewhere else, or the rest is to be shown otherwise."""

    def __init__(self, *, dims: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.bar = TimeBar()
        self.words = ElidedLabel("", step="small", weight="strong")
        self.total = ElidedLabel("", step="small", ink="text.3")
        self.dim = CheckBox(_("Keep the rest, faint"))
        self.cross = icon_button("action.close", _("Take the brush away"))
        self._dims = dims
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLED_MS)
        self._timer.timeout.connect(self.changed)
        self._arrange()
        self.bar.brushed.connect(self._on_brushed)
        self.dim.toggled.connect(self._on_dim)
        self.cross.clicked.connect(self.bar.clear)
        self._tell()

    @property
    def brush(self) -> Brushed:
        """The first and the last day brushed."""
        return self.bar.brush

    @property
    def is_dimming(self) -> bool:
        """Whether what did not hold stays in sight."""
        return self._dims and self.dim.isChecked()

    def show_brush(self, days: Brushed, *, faint: bool = False, words: str = "") -> None:
        """Put the brush over these days without telling anybody: it was left there.

        ``words`` say what is brushed where that is not whole months.
        """
        self._timer.stop()
        self._said = words
        self.bar.show_brush(days)
        self.dim.blockSignals(True)
        self.dim.setChecked(faint)
        self.dim.blockSignals(False)
        self._tell()

    def show_months(self, months: Months, total: str) -> None:
        """Show other counts, and what is said of them where nothing is brushed."""
        self.bar.show_months(months)
        self._total = total
        self._tell()

    def _arrange(self) -> None:
        self._total = self._said = ""
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addStretch(1)
        told.addWidget(self.words)
        told.addWidget(self.total)
        told.addStretch(1)
        self._side = QWidget()
        self._side.setLayout(told)
        self._side.setFixedWidth(px(_WORDS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        row = QHBoxLayout()
        column.addLayout(row)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._side)
        row.addWidget(self.bar, 1)
        row.addWidget(self.dim)
        row.addWidget(self.cross)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(event.size().width() >= px(_LEAST))

    @Slot(object)
    def _on_brushed(self, _brush: Brushed) -> None:
        self._said = ""
        self._tell()
        self._timer.start()

    @Slot(bool)
    def _on_dim(self, _on: bool) -> None:  # noqa: FBT001 - a signal's
        if self.brush is not None:
            self.changed.emit()

    def _tell(self) -> None:
        has = self.brush is not None
        self.words.setText(self._said or self.bar.words() or _("All the time"))
        self.total.setText(self._total)
        self.cross.setVisible(has)
        self.dim.setVisible(has and self._dims)
