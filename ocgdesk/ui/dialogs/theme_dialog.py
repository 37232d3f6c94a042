"""Asks which kept result, and which of its figures, a chart is coloured and sized by."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import results
from ocgdesk.casework.chart_opening import moment_words
from ocgdesk.casework.chart_theming import Choice
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import outline, text_button
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import Label


class ThemeDialog(DeskSheet):
    """The rankings kept that speak of the chart, those kept with it first."""

    chosen = Signal(object)
    """A Theme, or None: no colours any more."""
    analysed = Signal()
    """A ranking of the chart is to be computed first."""

    def __init__(
        self,
        desk: Desk,
        offered: Sequence[Choice],
        theme: Theme | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, _("Colour chart by result"), _("Colour chart"), parent=parent)
        self.offered = {str(one.result.id): one for one in offered}
        options = tuple(Option(key, _title(one)) for key, one in self.offered.items())
        self.results, self.figures = Select(options), Select()
        self.which = FormField(_("Kept result"), self.results)
        self.figure = FormField(_("Figure"), self.figures)
        self.says = Label("", ink="text.2", wrap=True)
        self.analyse_button = outline(_("Measure this chart"), icon="page.analysis")
        self.off_button = text_button(_("No colours"))
        self.off_button.setVisible(theme is not None)
        self._build(theme)

    def on_accept(self) -> None:
        one = self.offered.get(self.which.text)
        if one is not None and self.figure.text:
            self.chosen.emit(Theme(result=one.result.id, column=int(self.figure.text)))
            self.accept()

    def _build(self, theme: Theme | None) -> None:
        for part in (self.which, self.figure, self.says):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.add_buttons(self.analyse_button, self.off_button)
        self.which.changed.connect(self._on_which)
        self.analyse_button.clicked.connect(self._on_analyse)
        self.off_button.clicked.connect(self._on_off)
        if theme is not None:
            self.results.choose(str(theme.result))
        self._on_which()
        if theme is not None:
            self.figures.choose(str(theme.column))

    def _on_which(self) -> None:
        one = self.offered.get(self.which.text)
        for part in (self.which, self.figure):
            part.setVisible(one is not None)
        if one is None:
            self.says.setText(_("No ranking is kept that speaks of what is on this chart."))
            self.accept_button.refuse(_("Measure the chart first, and keep the result"))
            return
        figures = tuple(Option(str(at), title) for at, title in one.figures)
        self.figures.show_options(figures, self.figure.text)
        self.says.setText(_says(one))
        self.accept_button.allow()

    def _on_analyse(self) -> None:
        self.analysed.emit()
        self.reject()

    def _on_off(self) -> None:
        self.chosen.emit(None)
        self.accept()


def _title(one: Choice) -> str:
    when = moment_words(one.result.computed) if one.result.computed else "–"
    return f"{one.result.title} · {when}"


def _says(one: Choice) -> str:
    told = ngettext("It ranks {n} item drawn here.", "It ranks {n} items drawn here.", one.on_chart)
    state = _(results.HOLDS) if one.holds else _(results.STALE)
    return f"{told.format(n=one.on_chart)} {state}"
