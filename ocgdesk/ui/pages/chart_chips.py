"""Over the chart: what colours it and the filters in force as chips, each with a way out."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.pages.chart_looking import ChartLooks
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow

_LONGEST = 60
_THEME = "theme"
"""The key of the chip that says what the chart is coloured by."""


class FilterChips(Panel):
    """Shows nothing where nothing is left out. A click switches a filter off, the cross ends it."""

    def __init__(self, looks: ChartLooks, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._looks = looks
        self.flow = Flow()
        self._shown: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 6)
        row.addWidget(self.flow)
        self.hide()

    def renew(self) -> None:
        """Show the filters that are in force now."""
        filters = self._looks.looks.filters
        said = {str(at): one.title for at, one in enumerate(filters) if one.on}
        if words := self._looks.words:
            said = {_THEME: words, **said}
        if tuple(said.values()) != self._shown:
            self._shown = tuple(said.values())
            self.flow.show_parts([self._chip(key, words) for key, words in said.items()])
        self.setVisible(bool(said))

    def _chip(self, key: str, words: str) -> FilterChip:
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
        chip = FilterChip(Filter(key, short))
        chip.setAccessibleName(words)
        told = _("{filter}. A click switches it off, Delete ends it.")
        chip.setToolTip(told.format(filter=words))
        chip.opened.connect(self._on_opened)
        chip.removed.connect(self._on_removed)
        return chip

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        if key == _THEME:
            self._looks.switch_theme(on=False)
        else:
            self._looks.switch(int(key), on=False)

    @Slot(str)
    def _on_removed(self, key: str) -> None:
        if key == _THEME:
            self._looks.theme_by(None)
        else:
            self._looks.remove(int(key))
