"""How wide the columns of a register are: as wide as what they show, or as the user drew them."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView

from ocgdesk.ui import fonts
from ocgdesk.ui.delegates import cells
from ocgdesk.ui.delegates.roles import CellRole
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.register_model import RegisterModel
from ocgdesk.ui.pages.register_frozen import PADDING

_TICK_WIDTH: Final = 40
_LEAST: Final = 68
_MOST: Final = 300
_DRAWN: Final = 40, 900
"""How narrow and how wide a column can be drawn."""
_MOST_SPARE: Final = 60
_FIRST_TO_GO: Final = (
    *("agency", "exporter", "force", "unit", "weight", "directed", "network"),
    "primary_crime",
)
_LOOKED_AT: Final = 60
"""Rows whose cells decide how wide a column is."""


class Widths(QObject):
    """Keeps the widths of one register's columns."""

    drawn = Signal()
    """The user made a column wider or narrower."""
    shared = Signal()

    def __init__(self, table: RowTable, model: RegisterModel) -> None:
        super().__init__(table)
        self.kept: dict[str, int] = {}
        """Widths the user drew, by column, in pixels at 100 %."""
        self.yields = True
        """Whether columns are left out where there is no room; not once the user chose them."""
        self._table = table
        self._model = model
        self._fitted: tuple[object, ...] = ()
        self._wide: dict[int, int] = {}
        self._sharing = False
        table.heading.sectionResized.connect(self._on_resized)
        table.heading.sectionHandleDoubleClicked.connect(self.autofit)
        model.headerDataChanged.connect(self._on_heading)
        self._scale = fonts.scale()

    def keep(self, widths: Mapping[str, int]) -> None:
        """Draw these columns so wide from now on, all others as wide as what they show."""
        self.kept = dict(widths)
        self._fitted = ()

    def fit(self) -> None:
        """Make columns as wide as what they show, once for each choice of columns."""
        key = tuple(spec.name for spec in self._model.specs)
        if key == self._fitted or not self._is_there():
            return
        self._fitted = key
        self._table.heading.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        columns = range(1, self._model.columnCount())
        self._wide = {0: px(_TICK_WIDTH), **{n: self._wanted(n) for n in columns}}
        self.share()

    def _is_there(self) -> bool:
        """Tell whether a row has come to measure by; lines above groups have none."""
        return any(
            self._model.row(row) is not None
            for row in range(min(_LOOKED_AT, self._model.rowCount()))
        )

    def refit(self) -> None:
        """Fit columns anew where the text is larger or smaller now."""
        if fonts.scale() != self._scale:
            self._scale = fonts.scale()
            self._fitted = ()
            self.fit()

    def autofit(self, column: int) -> None:
        """Make one column as wide as what it shows, whatever the user drew before."""
        if not 1 <= column <= len(self._model.specs):
            return
        self.kept.pop(self._model.specs[column - 1].name, None)
        self._wide[column] = self._wanted(column)
        self.share()
        self.drawn.emit()

    def share(self) -> None:
        """Give columns their widths and what is left over; without room the last ones yield."""
        if not self._wide or max(self._wide) >= self._model.columnCount():
            return
        self._wide |= {n: self._with_signs(n, wide) for n, wide in self._wide.items() if n}
        room = self._table.viewport().width()
        shown = sorted(self._wide)
        for column in self._yielding():
            if sum(self._wide[n] for n in shown) <= room:
                break
            shown.remove(column)
        worded = [n for n in shown[1:-1] if self._can_grow(n)]
        spare = max(0, room - sum(self._wide[n] for n in shown))
        each = min(spare // (len(worded) + 1), px(_MOST_SPARE)) if worded else 0
        self._sharing = True
        for column, wide in self._wide.items():
            self._table.setColumnHidden(column, column not in shown)
            self._table.setColumnWidth(column, wide + (each if column in worded else 0))
        self._sharing = False
        self.shared.emit()

    def _with_signs(self, column: int, wide: int) -> int:
        """Return a width with room for the arrow, rank and funnel the header shows now."""
        if self._model.specs[column - 1].name in self.kept:
            return wide
        return max(wide, self._table.heading.sectionSizeHint(column))

    def _can_grow(self, column: int) -> bool:
        spec = self._model.specs[column - 1]
        return not looks.is_right(spec) and spec.name not in self.kept

    def _yielding(self) -> list[int]:
        """Return the columns that may be left out, those worth least first."""
        if not self.yields or self.kept:
            return []
        names = [spec.name for spec in self._model.specs]
        first = [names.index(name) + 1 for name in _FIRST_TO_GO if name in names[2:]]
        numbers = {n + 1 for n, s in enumerate(self._model.specs) if looks.is_number(s)}
        figures = numbers - {*first}
        rest = [n for n in range(len(names), 2, -1) if n not in numbers and n not in first]
        return [*first, *sorted(figures, reverse=True), *rest]

    def _wanted(self, column: int) -> int:
        drawn = self.kept.get(self._model.specs[column - 1].name)
        if drawn is not None:
            return px(min(max(drawn, _DRAWN[0]), _DRAWN[1]))
        rows = min(_LOOKED_AT, self._model.rowCount())
        shown = (self._model.index(row, column).data(CellRole) for row in range(rows))
        widest = max((cells.width(cell) for cell in shown if cell is not None), default=0)
        wide = max(widest + 2 * px(PADDING) + 2, self._table.heading.sectionSizeHint(column))
        return round(min(max(wide, px(_LEAST)), px(_MOST)))

    def _on_heading(self, _lying: object, first: int, last: int) -> None:
        if last > first:  # not the ticks alone
            self.share()

    def _on_resized(self, column: int, _before: int, now: int) -> None:
        """Note what the user draws; what is laid out by itself is nobody's wish."""
        if self._table.heading.held and not self._sharing and 1 <= column <= len(self._model.specs):
            self.kept[self._model.specs[column - 1].name] = round(now * 100 / px(100))
            self._wide[column] = now
            self.drawn.emit()
        self.shared.emit()
