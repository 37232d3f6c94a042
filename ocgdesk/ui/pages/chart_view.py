"""What one sees of a chart page: the bar, the canvas or the list, or why there is nothing."""

from collections.abc import Callable, Collection
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ocgdesk.casework.chart_histogram import Histogram
from ocgdesk.domain.charts import Arrangement, Scene
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.store.meta import About
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.glide import Glide
from ocgdesk.ui.chart.mirror import ListMirror
from ocgdesk.ui.chart.palette import Palette
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.chart_chips import FilterChips
from ocgdesk.ui.pages.chart_inspector import ChartInspector
from ocgdesk.ui.pages.chart_looking import ChartLooks
from ocgdesk.ui.pages.chart_parts import ChartBar
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner


def _as_it_is(arrangement: Arrangement) -> Arrangement:
    return arrangement


class ChartView(QWidget):
    """Shows one arrangement three times over: drawn, as a list, and in the legend."""

    told = Signal(object)
    """Texts for the status bar: selection, hidden, filters, zoom."""
    field_chosen = Signal(str)
    """A field whose histogram is wanted; ``show_histogram`` takes it."""

    def __init__(
        self, bar: ChartBar, looks: ChartLooks, about: About, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.arrangement = Arrangement(scene=Scene())
        self.bar = bar
        self.looks = looks
        self._about = about
        self._histogram: Histogram | None = None
        self.fold: Callable[[Arrangement], Arrangement] = _as_it_is
        """How what is kept becomes what is seen: some OCGs may be drawn as one item."""
        self.narrow: Callable[[Arrangement], Arrangement] = _as_it_is
        """How what is seen becomes what is seen of some days: the brush of a time bar."""
        self.ghost: Callable[[Arrangement], Arrangement] = _as_it_is
        """What is drawn over it without being on it: open requirements, where they are wanted."""
        self.others: dict[str, Callable[[], QWidget]] = {}
        """Other ways to see a chart, by the mode of the bar; each is brought up to date first."""
        self.chips = FilterChips(looks, self)
        self.error = ErrorBanner(tone="due", closable=True, parent=self)
        self.canvas = ChartCanvas()
        self.glide = Glide(self.canvas, self)
        self.palette_bar = Palette()
        self.palette_edge = Rule(standing=True)
        self.mirror = ListMirror()
        self.empty = EmptyState("", icon="action.refresh")
        self.views = QStackedWidget()
        self._panel: ChartInspector | None = None
        self._words: tuple[str, ...] = ()
        self._arrange()
        self.bar.mode.chosen.connect(self._on_mode)
        self.canvas.selection_changed.connect(self._on_selection)
        self.canvas.view_changed.connect(self._tell)
        self.mirror.selection_changed.connect(self.canvas.select)

    @property
    def is_empty(self) -> bool:
        """Whether a sentence stands where the chart would."""
        return self.views.currentWidget() is self.empty

    def show_arrangement(
        self, arrangement: Arrangement, *, keep_view: bool, gliding: bool = False
    ) -> None:
        """Show this chart; what was selected and is still there stays selected.

        With ``gliding`` what has another place now goes there before the user's eyes.
        """
        arrangement = self.fold(arrangement)
        self.arrangement = arrangement
        told = (*self.looks.faults, self.looks.warning, arrangement.scene.cut)
        self.error.say(" ".join(sentence for sentence in told if sentence), tone="due")
        dressed = self.ghost(self.looks.fanned(self.narrow(self.looks.dressed(arrangement))))
        self.glide.stop()
        show = partial(self.canvas.show_arrangement, dressed, keep_view=keep_view)
        is_other = self.is_empty or not keep_view or dressed != self.canvas.arrangement
        if is_other and not (gliding and self.glide.begin(dressed, show)):
            show()
        self.renew()

    def show_nothing(self, sentence: str, action: str = "", other: str = "") -> None:
        """Say why there is nothing, and what can be done."""
        self.arrangement = Arrangement(scene=Scene())
        self.error.say("")
        self.empty.show_words(sentence, action, other=other)
        self.views.setCurrentWidget(self.empty)
        self._renew_panel()
        self._tell()

    def show_canvas(self) -> None:
        """Show the canvas also where there is nothing on it yet: something is about to be put."""
        if self.is_empty:
            self.canvas.show_arrangement(Arrangement(scene=Scene()))
            self.views.setCurrentWidget(self.canvas)

    def focus_panel(self, *, legend: bool) -> None:
        """Go to the legend, or to what is said of the selection, in the inspector."""
        if self._panel is not None and isValid(self._panel):
            self._panel.focus_part(legend=legend)

    def keep(self, arrangement: Arrangement) -> None:
        """Take over what the canvas shows already, such as where an item was dragged to."""
        self.arrangement = self.fold(arrangement)
        self.renew()

    def renew(self) -> None:
        """Bring list and legend up to what is drawn."""
        self._on_mode(self.bar.mode.current)
        self.chips.renew()
        self._renew_panel()
        self._tell()

    def panel(self, *, may_edit: bool) -> ChartInspector:
        """Return a new panel for the inspector; it is kept up to date from here."""
        made = ChartInspector(self.looks, self._about, may_edit=may_edit)
        self._show_in(made)
        made.filters.field_chosen.connect(self.field_chosen)
        made.ids_selected.connect(self._on_ids_selected)
        made.kind_selected.connect(self._on_kind_selected)
        made.show_selection(self.canvas.selection())
        self._panel = made
        return made

    def _arrange(self) -> None:
        for view in (self.canvas, self.mirror, self.empty):
            self.views.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.chips, Rule(), self.error):
            column.addWidget(part)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.palette_bar)
        row.addWidget(self.palette_edge)
        row.addWidget(self.views, 1)
        column.addLayout(row, 1)
        self.setFocusProxy(self.canvas)

    def _renew_panel(self) -> None:
        if self._panel is not None and isValid(self._panel):
            self._show_in(self._panel)

    def _show_in(self, panel: ChartInspector) -> None:
        panel.show_arrangement(self.arrangement, self.canvas.arrangement)
        panel.show_selection(self.canvas.selection())
        panel.filters.show_histogram(self._histogram)

    @property
    def field(self) -> str:
        """The field a histogram is shown of, "" for none."""
        return self._histogram.asked.name if self._histogram else ""

    def show_histogram(self, found: Histogram | None) -> None:
        """Show how a field is spread over the whole chart, before any filter."""
        self._histogram = found
        if self._panel is not None and isValid(self._panel):
            self._panel.filters.show_histogram(self._histogram)

    @Slot(str)
    def _on_mode(self, mode: str) -> None:
        if mode == "list":
            self.mirror.show_arrangement(self.canvas.arrangement)
            self.mirror.select(self.canvas.selection())
        self.palette_bar.setVisible(mode == "chart")
        self.palette_edge.setVisible(mode == "chart")
        if self.arrangement.scene.items or self.arrangement.scene.notes:
            self._show_other(self.others[mode]() if mode in self.others else self._own(mode))

    def _own(self, mode: str) -> QWidget:
        return self.mirror if mode == "list" else self.canvas

    def _show_other(self, shown: QWidget) -> None:
        if self.views.indexOf(shown) < 0:
            self.views.addWidget(shown)
        self.views.setCurrentWidget(shown)

    @Slot(tuple)
    def _on_selection(self, ids: tuple[UUID, ...]) -> None:
        self.mirror.select(ids)
        if self._panel is not None and isValid(self._panel):
            self._panel.show_selection(ids)
        self._tell()

    @Slot(str, bool)
    def _on_kind_selected(self, key: str, add: bool) -> None:  # noqa: FBT001 - a signal's
        items = self.canvas.arrangement.scene.items
        self._on_ids_selected([item.id for item in items if key_of(item) == key], add)

    @Slot(object, bool)
    def _on_ids_selected(self, ids: Collection[UUID], add: bool) -> None:  # noqa: FBT001 - a signal's
        kept = self.canvas.selection() if add else ()
        self.canvas.select((*kept, *ids))

    @Slot()
    def _tell(self) -> None:
        words = chart_says.status(
            self.arrangement,
            len(self.looks.looks.stated),
            selected=len(self.canvas.selection()),
            zoom=self.canvas.zoom,
        )
        if words != self._words:
            self._words = words
            self.told.emit(words)
