"""What is done with a saved chart as a whole: its cover, its versions, freezing it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_copies, chart_versions, records
from ocgdesk.domain.chart_versions import ChartVersion
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.cover_dialog import CoverDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.dialogs.version_dialog import VersionDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_keeping import ChartKeeper


class ChartKeepsakes(QObject):
    """Acts on one saved chart; each is journalled and undone as one."""

    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted."""
    told = Signal(str)

    def __init__(self, desk: Desk, keeper: ChartKeeper, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._keeper, self._over = desk, keeper, over

    def on_asked(self, act: str) -> None:
        """Do what a menu asks for: versions, version, copy, cover or freeze."""
        chart = self._keeper.chart
        if chart is None:
            self.told.emit(_("Save the chart first, with Ctrl+S: then it has versions and a cover"))
            return
        match act:
            case "versions":
                self.opened.emit(Target(page=PageKind.VERSIONS, id=chart.id), False)
            case "version":
                ask = partial(chart_versions.versions, chart_id=chart.id)
                self._desk.ask(ask, partial(self._ask_version, chart.id))
            case "copy":
                self._ask_copy(chart)
            case "cover":
                self._ask_cover(chart)
            case "freeze":
                self.freeze(chart)

    def freeze(self, chart: Chart) -> None:
        """Freeze a chart, or let a frozen one follow the register again."""
        if chart.frozen is None:
            act = partial(chart_versions.freeze, chart_id=chart.id)
            self._desk.do(_("Freeze chart"), act, right=Right.CHART)
        else:
            follow = partial(chart_versions.thaw, chart_id=chart.id)
            self._desk.do(_("Let chart follow the register"), follow, right=Right.CHART)

    def _ask_version(self, chart: UUID, found: tuple[ChartVersion, ...]) -> None:
        number = found[0].number + 1 if found else 1
        dialog = VersionDialog(self._desk, number, parent=self._over)
        dialog.made.connect(partial(self._keep, chart))
        dialog.open()

    def _keep(self, chart: UUID, title: str, note: str) -> None:
        act = partial(chart_versions.keep, chart_id=chart, title=title, note=note)
        self._desk.do(_("Keep chart version"), act, right=Right.CHART)

    def _ask_copy(self, chart: Chart) -> None:
        about = self._desk.workspace.about
        dialog = TitleDialog(_("Save a copy"), chart.title, about=about, parent=self._over)
        dialog.show_note(_("A chart of its own from then on; this one and its versions stay."))
        dialog.named.connect(partial(self._copy, chart.id))
        dialog.open()

    def _copy(self, chart: UUID, title: str) -> None:
        made: list[Chart] = []

        def act(work: Work) -> None:
            made.append(chart_copies.copy(work, chart, title))

        if self._desk.do(_("Save copy of chart"), act, right=Right.CHART):
            self.opened.emit(Target(page=PageKind.CHART, id=made[0].id), True)

    def _ask_cover(self, chart: Chart) -> None:
        dialog = CoverDialog(self._desk, chart, parent=self._over)
        dialog.made.connect(partial(self._cover, chart))
        dialog.open()

    def _cover(self, chart: Chart, values: dict[str, object]) -> None:
        """Save what was changed; where somebody else changed the chart meanwhile, it is said."""
        if values:
            act = partial(records.edit, id_=chart.id, values=values, version=chart.version)
            self._desk.do(_("Edit chart cover"), act, right=Right.CHART)
