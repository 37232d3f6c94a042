"""What a chart page leaves out and how it draws the rest: kept up with what is read and changed."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from ocgdesk.casework import chart_facts, chart_histogram, chart_looks
from ocgdesk.casework.chart_facts import Facts
from ocgdesk.casework.chart_histogram import Histogram
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.domain import chart_fields, chart_filters
from ocgdesk.domain.chart_filters import ChartFilter
from ocgdesk.domain.chart_rules import ChartRule
from ocgdesk.domain.charts import Arrangement, Chart, Scene
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui.pages.chart_parts import ReadChart
from ocgdesk.ui.worker import Call

_NOTHING: Final = Facts()


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
        self._shown = self.looks, self.facts

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

    def show_kind(self, kind: str, *, shown: bool) -> None:
        """Do what a legend's eye does."""
        label = _("Show on chart") if shown else _("Leave out of chart")
        self.filter_by(label, chart_filters.with_kind(self.looks.filters, kind, shown=shown))

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
    return replace(read, facts=chart_facts.read(reader, read.arrangement.scene))


def spread(reader: Reader, *, scene: Scene, name: str) -> Histogram:
    """Return how a field is spread over a whole chart, before any filter."""
    facts = chart_facts.measured(chart_facts.read(reader, scene), scene, ["links"])
    return chart_histogram.histogram(scene, facts, chart_fields.field(name))


def reading(scene: Scene) -> "partial[Facts]":
    """Return the question what is on record of a scene."""
    return partial(_facts, scene=scene)


def _facts(reader: Reader, _progress: Progress, *, scene: Scene) -> Facts:
    return chart_facts.read(reader, scene)
