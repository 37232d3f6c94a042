"""Open intelligence requirements over a chart: switched on and off, opened on their plan."""

from collections.abc import Collection, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from ocgdesk.casework import chart_ghosts
from ocgdesk.casework.chart_ghosts import NONE, Ghosts
from ocgdesk.domain.charts import Arrangement, Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_view import ChartView


class ChartGhosts(QObject):
    """Reads what is asked about what is on a chart, and draws it over it while it is wanted."""

    changed = Signal()
    """The chart is to be shown anew."""
    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted."""
    told = Signal(str)

    def __init__(self, desk: Desk, view: ChartView) -> None:
        super().__init__(view)
        self._desk = desk
        self._asked = Inquiry(self._desk, self)
        self._known: frozenset[UUID] | None = None
        self._moved: dict[UUID, Point] = {}
        self._tells = False
        self.is_on = False
        self.ghosts: Ghosts = NONE
        view.ghost = self.shown
        desk.changed.connect(self._on_changed)

    def switch(self) -> None:
        """Show them, or show them no more."""
        self.is_on = not self.is_on
        self._known, self._tells = None, self.is_on
        self.changed.emit()

    def shown(self, arrangement: Arrangement) -> Arrangement:
        """Return a chart with ghosts over it, if they are wanted; what is new is asked about."""
        if not self.is_on:
            return arrangement
        ids = frozenset(item.id for item in arrangement.scene.items)
        if ids != self._known:
            self._known = ids
            self.stop()
            ask = partial(chart_ghosts.read, scene=arrangement.scene)
            self._asked.ask(ask, self._on_read)
        return chart_ghosts.over(arrangement, self.ghosts, self._moved)

    def ready(self) -> bool:
        """Tell whether nothing is being read."""
        return not self._asked.is_open

    def among(self, ids: Collection[UUID]) -> frozenset[UUID]:
        """Return which of these are ghosts, or lines of theirs."""
        own = {item.id for item in self.ghosts.items}
        return frozenset(ids) & own if self.is_on else frozenset()

    def move(self, places: Mapping[UUID, Point]) -> None:
        """Let ghosts stay where they were put, as long as the page is open."""
        self._moved |= {id_: places[id_] for id_ in self.among(places)}

    def open(self, id_: UUID) -> None:
        """Go to the plan a requirement stands in."""
        if (ocg := self.ghosts.plans.get(id_)) is not None:
            self.opened.emit(Target(page=PageKind.PLAN, id=ocg), False)

    def stop(self) -> None:
        """Ask nothing more."""
        self._asked.drop()

    def _on_read(self, found: Ghosts) -> None:
        self.ghosts = found
        if self._tells:
            self._tells, n = False, len(found.items)
            told = ngettext("{n} open requirement", "{n} open requirements", n).format(n=n)
            none = _("No open requirement of a plan asks about what is on this chart.")
            self.told.emit(told if n else none)
        self.changed.emit()

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if self.is_on and changed.touches(Kind.REQUIREMENT, Kind.PLAN):
            self._known = None
            self.changed.emit()
