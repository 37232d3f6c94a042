"""New records of a draft compared with the register, in the background of its check."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import import_alike, import_lines
from ocgdesk.casework.import_alike import AlikeMaterial, Found
from ocgdesk.casework.import_lines import Checked
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.worker import Call


class AlikeLooking(QObject):
    """Looks for duplicates of what a draft would add; the draft can be worked on meanwhile."""

    found = Signal(object, object)
    """The draft that was looked at, and the same with what was found."""
    turned = Signal()
    """It begins to look, or looks no more."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None

    def ready(self) -> bool:
        """Tell whether nothing is being looked for."""
        return self._job is None

    def look(self, checked: Checked) -> None:
        """Begin with another draft."""
        self.stop()
        ask = partial(import_alike.gather, proposal=checked.proposal)
        self._begin(self._desk.ask(ask, partial(self._on_material, checked)))

    def stop(self) -> None:
        """Look no further."""
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def _begin(self, job: Job) -> None:
        self._job = job
        job.failed.connect(self._on_failed)
        self.turned.emit()

    def _on_material(self, checked: Checked, material: AlikeMaterial | None) -> None:
        self._job = None
        if material is None:
            self.turned.emit()
            return
        call = Call.of(import_alike.compare, material).telling()
        title = _("Look for possible duplicates")
        self._begin(self._desk.compute(title, call, partial(self._on_pairs, checked, material)))

    def _on_pairs(self, checked: Checked, material: AlikeMaterial, pairs: Found) -> None:
        self._job = None
        if not any(pairs):
            self.turned.emit()
            return

        def ask(reader: Reader) -> Checked:
            proposal = import_alike.told(reader, checked.proposal, material, pairs)
            return import_lines.with_proposal(checked, proposal)

        self._begin(self._desk.ask(ask, partial(self._on_told, checked)))

    def _on_told(self, before: Checked, found: Checked) -> None:
        self._job = None
        self.found.emit(before, found)
        self.turned.emit()

    def _on_failed(self) -> None:
        self._job = None
        self.turned.emit()
