"""Keeping a chart: every change of a kept one is one act, journalled and undone as one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ocgdesk.casework import chart_marks, charts, records
from ocgdesk.domain.charts import Arrangement, Chart, Point
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Thing
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import MANY, Desk


class ChartKeeper(QObject):
    """Writes what changed on one chart. Until it has a title, nothing is kept."""

    kept = Signal(object)
    """The Chart as it was just kept, its whole composition with it."""
    refused = Signal()
    """It could not be kept: what is on screen is not what is in the workspace."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._saving = 0
        self.chart: Chart | None = None

    @property
    def is_saving(self) -> bool:
        """Whether a change that is announced now is this keeper's own."""
        return self._saving > 0

    def put(
        self,
        label: str,
        arrangement: Arrangement,
        places: Mapping[UUID, Point],
        notes: Mapping[UUID, Point] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Journal what moved, was hidden or pinned, and only that.

        A drag is ``quiet``: where it ended is seen, and it needs no toast.
        """
        if self.chart is None or not (places or notes):
            return
        act = partial(
            _put,
            chart_id=self.chart.id,
            places=dict(places),
            notes=dict(notes or {}),
            hidden=arrangement.hidden,
            pinned=arrangement.pinned,
        )
        self._write(label, act, len(places), quiet=quiet)

    def clear(self, label: str, ids: Collection[UUID]) -> None:
        """Journal that items, and what hangs on them, are taken off the chart."""
        if self.chart is not None:
            act = partial(_clear, chart_id=self.chart.id, ids=frozenset(ids))
            self._write(label, act, len(ids))

    def change(self, label: str, arrangement: Arrangement, **values: object) -> None:
        """Keep a kept chart as it stands now, with these values of its own."""
        if self.chart is not None and label:
            self.save(label, replace(self.chart, **values), arrangement)  # type: ignore[arg-type]

    def edit(self, label: str, **values: object) -> None:
        """Keep values of the chart's own alone; as quietly as a drag."""
        if self.chart is not None:
            chart = self.chart
            act = partial(records.edit, id_=chart.id, values=values, version=chart.version)
            self._write(label, act, 1, quiet=True)

    def save(self, label: str, chart: Chart, arrangement: Arrangement) -> None:
        """Keep a chart and all that is on it."""
        act = partial(
            charts.save,
            chart=charts.marked(chart, arrangement.scene),
            places=dict(arrangement.places),
            hidden=arrangement.hidden,
            pinned=arrangement.pinned,
        )
        self._write(label, act, len(arrangement.places))

    def _write(
        self, label: str, act: Callable[[Work], Thing | None], many: int, *, quiet: bool = False
    ) -> None:
        if not self._desk.may(Right.CHART):
            return
        made: list[Thing | None] = []
        self._saving += 1
        if many > MANY:
            self._write_many(label, act, made)
            return
        landed = self._desk.do(
            label, lambda work: made.append(act(work)), right=Right.CHART, quiet=quiet
        )
        self._on_written(made if landed else [])

    def _write_many(
        self, label: str, act: Callable[[Work], Thing | None], made: list[Thing | None]
    ) -> None:
        landed: list[object] = []
        job = self._desk.write(
            label, lambda work, _progress: made.append(act(work)), landed.append, right=Right.CHART
        )

        def tell() -> None:
            if isValid(self):  # the page may have been closed meanwhile; the chart is kept
                self._on_written(made if landed else [])

        job.finished.connect(tell)

    def _on_written(self, made: list[Thing | None]) -> None:
        self._saving -= 1
        if not made:
            self.refused.emit()
        elif isinstance(chart := made[0], Chart):
            self.chart = chart
            self.kept.emit(chart)


def _put(
    work: Work,
    chart_id: UUID,
    places: Mapping[UUID, Point],
    notes: Mapping[UUID, Point],
    **how: Any,
) -> None:
    charts.put_places(work, chart_id, places, **how)
    chart_marks.move_notes(work, notes)


def _clear(work: Work, chart_id: UUID, ids: Collection[UUID]) -> None:
    chart_marks.clear(work, chart_id, ids)
