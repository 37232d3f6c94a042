"""Why a chart of restricted records is opened: asked once, before anything of it is shown."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_opening, reasons
from ocgdesk.casework.reasons import ReasonWanted
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import records
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.reason_dialog import ReasonDialog
from ocgdesk.ui.jobs import Job

_Found = tuple[frozenset[UUID], ReasonWanted | None]


class ChartReasons(QObject):
    """Stands before a chart page: a reason given on a record's page is not asked for again."""

    gave_up = Signal(str)
    """No reason was given; the sentence says what would be needed."""
    stopped = Signal()
    """The user stopped it before it was known whether a reason is needed."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._asked: Job | None = None
        self._cleared: frozenset[UUID] = frozenset()
        self._about: frozenset[UUID] = frozenset()

    @property
    def purpose(self) -> str:
        """Why the chart is read, as said in this session; empty where nothing was."""
        said = (self._desk.reasons.get(id_, "") for id_ in sorted(self._about))
        return next((reason for reason in said if reason), "")

    def holds(self, ids: Iterable[UUID], go: Callable[[], object]) -> bool:
        """Tell whether to wait: ``go`` is called once it is known that these may be shown."""
        wanted = frozenset(ids)
        if wanted <= self._cleared:
            return False
        self.stop()
        query = partial(_check, ids=wanted, known=dict(self._desk.reasons))
        self._asked = self._desk.ask(query, partial(self._on_checked, wanted, go))
        self._asked.finished.connect(self._on_over)
        return True

    def stop(self) -> None:
        """Ask nothing more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _on_over(self) -> None:
        """Say so where the user stopped what was asked, instead of waiting for ever."""
        if self._asked is not None and self._asked.over:
            self._asked = None
            self.stopped.emit()

    def _on_checked(self, ids: frozenset[UUID], go: Callable[[], object], found: _Found) -> None:
        self._asked = None
        about, wanted = found
        if wanted is not None:
            dialog = ReasonDialog(self._desk, wanted, parent=self._over)
            dialog.given.connect(partial(self._on_given, ids, about, go))
            dialog.rejected.connect(partial(self.gave_up.emit, f"{str(wanted).rstrip('.')}."))
            dialog.open()
            return
        self._cleared, self._about = self._cleared | ids, about
        go()

    def _on_given(
        self, ids: frozenset[UUID], about: frozenset[UUID], go: Callable[[], object], reason: str
    ) -> None:
        for id_ in about:
            if not self._desk.reasons.get(id_):
                self._desk.reasons[id_] = reason
        self.holds(ids, go)


def _check(reader: Reader, ids: frozenset[UUID], known: Mapping[UUID | str, str]) -> _Found:
    """Return what a chart is about, and the reason that is to be given first, if one is."""
    about = ids
    for brief in records.by_ids(reader, ids).values():
        if brief.kind is Kind.CHART:
            about |= frozenset(chart_opening.chart_of(reader, brief.id).focus)
    for brief in records.by_ids(reader, about).values():
        if known.get(brief.id):
            continue
        try:
            reasons.check_open(reader, brief, asked=brief.id in known)
        except ReasonWanted as wanted:
            return about, wanted
    return about, None
