"""The chart page's bar, and how its chart is read."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.casework import charts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart
from ocgdesk.domain.reference_data import code_list
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, icon_button, outline, primary
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.inputs import Option, Select

MOST_HOPS = 4


@dataclass(frozen=True, slots=True)
class ReadChart:
    """What was read for the page: a saved chart, or a scene drawn anew."""

    chart: Chart | None
    arrangement: Arrangement
    focus: tuple[UUID, ...]
    title: str


def opened(reader: Reader, _progress: object, *, id_: UUID) -> ReadChart:
    """Read a saved chart."""
    chart, arrangement = charts.open_chart(reader, id_)
    return ReadChart(chart, arrangement, chart.focus, chart.title)


def drawn(
    reader: Reader, _progress: object, *, query: ChartQuery, chart: Chart | None
) -> ReadChart:
    """Read what stands round the focus; a chart that has a title keeps it."""
    scene = charts.scene(reader, query)
    labels = {item.id: item.label for item in scene.items}
    title = chart.title if chart else ", ".join(labels.get(i, "") for i in query.focus[:2])
    return ReadChart(chart, Arrangement(scene=scene), query.focus, title)


class ChartBar(Panel):
    """Layout and hops at the left; how it is shown, export and save at the right."""

    def __init__(self, layout: str, hops: int, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        options = tuple(Option(item.code, item.label) for item in code_list("layouts"))
        self.layouts = Select(name=_("Layout"), icon="action.layout")
        self.layouts.show_options(options, layout)
        self.arrange_button = outline(_("Arrange"), icon="action.layout", height="bar")
        self.hop_box = Select(name=_("Hops"), icon="page.chart")
        self.hop_box.show_options(
            tuple(Option(str(n), _hops(n)) for n in range(1, MOST_HOPS + 1)), str(hops)
        )
        self.mode = SegmentedControl(
            (Segment("chart", _("Chart"), "page.chart"), Segment("list", _("List"), "page.list"))
        )
        self.export_button = icon_button("action.export-image", _("Export chart"), key="Ctrl+E")
        self.save_button = primary(_("Save"), icon="page.chart", key="Ctrl+S", height="bar")
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        left: tuple[QWidget, ...] = (self.layouts, self.arrange_button, self.hop_box)
        right: tuple[QWidget, ...] = (self.mode, self.export_button, self.save_button)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)


def _hops(n: int) -> str:
    return ngettext("{n} hop", "{n} hops", n).format(n=n)
