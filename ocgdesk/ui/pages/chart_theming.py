"""Colouring a chart by a kept result: asked for, chosen, switched off and on."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_theming
from ocgdesk.casework.chart_theming import Choice
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.chart_looking import ChartLooks

if TYPE_CHECKING:
    from ocgdesk.ui.dialogs.theme_dialog import ThemeDialog


class ChartThemes(QObject):
    """The result that colours one chart page; ``ChartLooks`` keeps it as it keeps filters."""

    analysed = Signal()
    """A ranking of the chart is to be computed first."""
    told = Signal(str)

    def __init__(self, desk: Desk, looks: ChartLooks, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._looks, self._over = desk, looks, over
        self.dialog: ThemeDialog | None = None

    def ask(self, drawn: tuple[UUID, ...], chart: UUID | None) -> None:
        """Ask which kept result the chart is to be coloured by."""
        query = partial(chart_theming.choices, drawn=drawn, chart=chart)
        self._desk.ask(query, self._show)

    def switch(self) -> None:
        """Switch the colours off, or on again; ask for a result where none was chosen."""
        theme = self._looks.looks.theme
        if theme is None:
            self.told.emit(_("Choose a result first: Colour by a result…"))
        else:
            self._looks.switch_theme(on=not theme.on)

    def _show(self, offered: tuple[Choice, ...]) -> None:
        from ocgdesk.ui.dialogs.theme_dialog import ThemeDialog  # few open it

        self.dialog = ThemeDialog(self._desk, offered, self._looks.looks.theme, self._over)
        self.dialog.chosen.connect(self._on_chosen)
        self.dialog.analysed.connect(self.analysed)
        self.dialog.open()

    @Slot(object)
    def _on_chosen(self, theme: Theme | None) -> None:
        self._looks.theme_by(theme)
