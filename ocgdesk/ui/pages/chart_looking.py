"""What a chart page leaves out and how it draws the rest: kept up with what is read and changed."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from ocgdesk.casework import chart_facts, chart_fanning, chart_histogram, chart_looks
from ocgdesk.casework.chart_facts import Facts
from ocgdesk.casework.chart_histogram import Histogram
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.domain import chart_fields, chart_filters
from ocgdesk.domain.chart_filters import ChartFilter
from ocgdesk.domain.chart_lines import Lines
from ocgdesk.domain.chart_rules import ChartRule
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.chart_windows import Window
from ocgdesk.domain.charts import Arrangement, Chart, Scene
from ocgdesk.domain.kinds import LINKS, SUBJECTS, Kind
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui.pages.chart_parts import ReadChart
from ocgdesk.ui.worker import Call

_NOTHING: Final = Facts()
_RESTS_ON: Final = frozenset({*SUBJECTS, *LINKS, Kind.RESULT})


class ChartLooks(QObject):
    """The filters and rules of one chart page, and what is on record for them to ask.

    ``asked`` says that they have changed: the page reads what they need and shows them.
    """

    asked = Signal(str)
    """The act in words under which the change is kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.looks = Looks()
        self.facts = _NOTHING
        self.faults: tuple[str, ...] = ()
        """A sentence for each part that a kept chart has and that cannot be read."""
        self.before = self.looks
        """As they were when a step was last remembered."""
        self._shown = self.looks, self.facts

    def begin(self, theme: Theme | None) -> None:
        """Draw a new chart by a theme from the first."""
        self.looks = self.before = replace(self.looks, theme=theme)

    def begin_again(self, looks: Looks) -> None:
        """Be as they were; what they need is read with the chart."""
        self.looks = self.before = looks

    @property
    def is_stale(self) -> bool:
        """Whether what was dressed last was dressed by other filters, rules or facts."""
        looks, facts = self._shown
        return looks != self.looks or facts is not self.facts

    def know(self, facts: Facts | None) -> None:
        """Take over what was read for them; nothing where nothing was asked."""
        self.facts = facts or _NOTHING

    def take(self, chart: Chart) -> None:
        """Take over what a kept chart has; what cannot be read of it is in ``faults``."""
        self.looks, self.faults = chart_looks.looks_of(chart)

    def filter_by(self, label: str, filters: Collection[ChartFilter]) -> None:
        """Filter by these from now on."""
        self._change(label, replace(self.looks, filters=tuple(filters)))

    def switch(self, at: int, *, on: bool) -> None:
        """Switch one of the filters on or off."""
        filters = list(self.looks.filters)
        filters[at] = replace(filters[at], on=on)
        self.filter_by(_("Switch filter on") if on else _("Switch filter off"), filters)

    def remove(self, at: int) -> None:
        """Take one of the filters away."""
        left = (*self.looks.filters[:at], *self.looks.filters[at + 1 :])
        self.filter_by(_("Take filter away"), left)

    def format_by(self, label: str, rules: Collection[ChartRule]) -> None:
        """Draw by these rules from now on."""
        self._change(label, replace(self.looks, rules=tuple(rules)))

    def theme_by(self, theme: Theme | None) -> None:
        """Colour and size by this result from now on, or by none."""
        label = _("Colour chart by result") if theme is not None else _("Take colours off chart")
        self._change(label, replace(self.looks, theme=theme))

    def switch_theme(self, *, on: bool) -> None:
        """Switch the colours of a result on or off; which result it is stays known."""
        if (theme := self.looks.theme) is not None:
            label = _("Switch colours on") if on else _("Switch colours off")
            self._change(label, replace(self.looks, theme=replace(theme, on=on)))

    def concerned(self, kinds: Collection[Kind]) -> bool:
        """Tell whether a change of these kinds may make the result that colours it stale."""
        return self.looks.themed_by is not None and not _RESTS_ON.isdisjoint(kinds)

    @property
    def words(self) -> str:
        """What the chart is coloured by, in a line; empty where by nothing."""
        themed = self.facts.themed if self.looks.themed_by is not None else None
        return themed.words if themed is not None and not themed.fault else ""

    @property
    def warning(self) -> str:
        """What has to be known of the result that colours the chart; empty where it holds."""
        themed = self.facts.themed if self.looks.themed_by is not None else None
        return themed.warning if themed is not None else ""

    def show_kind(self, kind: str, *, shown: bool) -> None:
        """Do what a legend's eye does."""
        label = _("Show on chart") if shown else _("Leave out of chart")
        self.filter_by(label, chart_filters.with_kind(self.looks.filters, kind, shown=shown))

    def draw_lines(self, lines: Lines) -> None:
        """Fold or fan out the links between two items from now on."""
        self._change(_("Fold or fan links"), replace(self.looks, lines=lines))

    def fanned(self, arrangement: Arrangement) -> Arrangement:
        """Return a chart with the links between two items drawn as that was chosen."""
        scene = chart_fanning.drawn(arrangement.scene, self.looks.lines)
        return replace(arrangement, scene=scene)

    def narrow_to(self, window: Window | None) -> None:
        """Take over the days the chart is narrowed to; the page shows them itself."""
        self.looks = replace(self.looks, window=window)

    def _change(self, label: str, looks: Looks) -> None:
        if looks != self.looks:
            self.looks, self.faults = looks, ()
            self.asked.emit(label)

    def kept(self) -> dict[str, str]:
        """Return the values of the chart that hold them.

        None while what it had cannot be read: it stays as it is until somebody sets it anew.
        """
        return {} if self.faults else chart_looks.kept(self.looks)

    def on(self, chart: Chart) -> Chart:
        """Return a chart with them on it."""
        return chart_looks.with_looks(chart, self.looks)

    def dressed(self, arrangement: Arrangement) -> Arrangement:
        """Return a chart as it is seen: by its rules, without what its filters leave out."""
        self._shown = self.looks, self.facts
        scene = chart_looks.dressed(arrangement.scene, self.facts, self.looks)
        return replace(arrangement, scene=scene)

    def measuring(self, scene: Scene) -> Call | None:
        """Work out what is quick; return what the worker process has to, if anything."""
        measures = self.looks.measures
        if "links" in measures:
            self.facts = chart_facts.measured(self.facts, scene, ["links"])
        if not chart_facts.needs_paths(measures):
            return None
        return Call.of(chart_facts.betweenness, len(scene.items), chart_facts.ends(scene))

    def take_paths(self, scene: Scene, values: Collection[float]) -> None:
        """Take over what the worker process found for the items of a scene, in their order."""
        found = {item.id: value for item, value in zip(scene.items, values, strict=True)}
        measured = {**self.facts.measured, "betweenness": found}
        self.facts = replace(self.facts, measured=measured)


def read_with_facts(
    reader: Reader,
    progress: Progress,
    *,
    task: Callable[[Reader, Progress], ReadChart],
    looks: Looks,
) -> ReadChart:
    """Read a chart, and with it what its filters and rules ask of its records."""
    read = task(reader, progress)
    if read.chart is not None:
        looks, _faults = chart_looks.looks_of(read.chart)
    if not looks.needs_facts:
        return read
    return replace(read, facts=chart_looks.read_facts(reader, read.arrangement.scene, looks))


def spread(reader: Reader, *, scene: Scene, name: str) -> Histogram:
    """Return how a field is spread over a whole chart, before any filter."""
    facts = chart_facts.measured(chart_facts.read(reader, scene), scene, ["links"])
    return chart_histogram.histogram(scene, facts, chart_fields.field(name))


def reading(scene: Scene, looks: Looks) -> "partial[Facts]":
    """Return the question what is on record of a scene for these filters and rules to ask."""
    return partial(_facts, scene=scene, looks=looks)


def _facts(reader: Reader, _progress: Progress, *, scene: Scene, looks: Looks) -> Facts:
    return chart_looks.read_facts(reader, scene, looks)
