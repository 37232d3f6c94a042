"""OCGs a chart page draws as one item, and overviews it is drawn from."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.casework import chart_collapse, overviews
from ocgdesk.casework.chart_collapse import Standing
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.casework.overviews import OverviewQuery
from ocgdesk.domain.charts import Arrangement, Point, Tie
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store import records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_parts import ReadChart

_MOST_BENEATH = 30
"""Records offered for one line; the overview's own list has the rest."""


class ChartFolds(QObject):
    """Which OCGs are drawn as one item; what is on the chart beneath them stays as it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ocgs: tuple[UUID, ...] = ()
        self.standing: Mapping[UUID, Standing] = {}
        self._shown_as: tuple[Arrangement, Arrangement] | None = None

    def take(self, ocgs: tuple[UUID, ...]) -> None:
        """Fold exactly these; what is written on them is read next."""
        self.ocgs = ocgs
        self._shown_as = None

    def know(self, standing: Mapping[UUID, Standing]) -> None:
        """Take what is written on the folded OCGs."""
        self.standing = standing
        self._shown_as = None

    def toggled(self, arrangement: Arrangement, ids: Collection[UUID]) -> bool:
        """Fold the boxes these items are in, or open those that are folded; False: there is none.

        With nothing chosen, every box of the chart.
        """
        boxes = arrangement.scene.boxes
        meant = [box.id for box in boxes if not ids or box.id in ids or box.members & set(ids)]
        if not meant:
            return False
        if set(meant) <= set(self.ocgs):
            self.take(tuple(ocg for ocg in self.ocgs if ocg not in meant))
        else:
            self.take(tuple(dict.fromkeys((*self.ocgs, *meant))))
        return True

    def shown(self, arrangement: Arrangement) -> Arrangement:
        """Return the chart as it is seen: with the folded OCGs as one item each."""
        standing = {ocg: self.standing[ocg] for ocg in self.ocgs if ocg in self.standing}
        if not standing:
            return arrangement
        if self._shown_as is None or self._shown_as[0] is not arrangement:
            scene = chart_collapse.collapsed(arrangement.scene, standing)
            self._shown_as = arrangement, replace(arrangement, scene=scene)
        return self._shown_as[1]

    def inside(self, arrangement: Arrangement) -> dict[UUID, Point]:
        """Return the places of what is folded in: it stands there again when opened."""
        seen = {item.id for item in self.shown(arrangement).scene.items}
        return {id_: at for id_, at in arrangement.places.items() if id_ not in seen}


def overview(reader: Reader, progress: Progress, *, what: str, moment: Moment | None) -> ReadChart:
    """Read an overview of the register as a chart."""
    query = OverviewQuery(what=what, moment=moment or NOW)
    scene = overviews.scene(reader, query, progress)
    return ReadChart(Arrangement(scene=scene), overviews.parse(what).title)


class Beneath(QObject):
    """What a line of an overview was worked out from: offered as a menu of records."""

    opened = Signal(object, bool)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._asked = Inquiry(self._desk, self)

    def open(self, tie: Tie) -> None:
        """Ask which records lie beneath a line and offer them."""
        ids = tie.beneath[:_MOST_BENEATH]
        self._asked.ask(partial(records.by_ids, ids=ids), self._offer)

    def stop(self) -> None:
        """Want no answer any more."""
        self._asked.drop()

    def _offer(self, found: Mapping[UUID, Brief]) -> None:
        menu = QMenu(self._over)
        for brief in found.values():
            words = f"{brief.label}\t{brief.ref}" if brief.ref else brief.label
            menu.addAction(words.replace("&", "&&")).triggered.connect(partial(self._go, brief))
        if not found:
            menu.addAction(_("These records are not there any more")).setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def _go(self, brief: Brief) -> None:
        self.opened.emit(Target(page=PageKind.RECORD, kind=brief.kind, id=brief.id), False)
