"""What is done with records of a register: opened, drawn on a chart, made, taken out."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import ocgs, plans, records, restricting
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.work import Work
from ocgdesk.ui import words
from ocgdesk.ui.desk import MANY, Desk
from ocgdesk.ui.dialogs.new_record_dialog import NewRecordDialog
from ocgdesk.ui.dialogs.nomination_dialog import NominationDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import register_parts

MOST_OPENED = 10
"""Tabs opened at once."""


class RegisterActs(QObject):
    """Does what a register's page is asked to do with some of its records."""

    opened = Signal(object, bool)
    """A Target, and whether it belongs into a new tab."""

    def __init__(self, desk: Desk, kind: Kind, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._kind = kind
        self._over = over

    def open(self, numbers: Sequence[int], *, aside: bool = False) -> None:
        """Open records, those of sub-records and plans where they are told of."""
        some = list(numbers)[:MOST_OPENED]
        query = partial(register_parts.targets, kind=self._kind, numbers=some)
        self._desk.ask(query, partial(self._open, aside))

    def chart(self, numbers: Sequence[int]) -> None:
        """Draw records on one chart."""
        query = partial(register_parts.ids_of, kind=self._kind, numbers=numbers)
        self._desk.ask(query, self._draw)

    def remove(self, numbers: Sequence[int]) -> None:
        """Take records out; many in the background."""
        query = partial(register_parts.ids_of, kind=self._kind, numbers=numbers)
        self._desk.ask(query, self._remove)

    def to_grid(self) -> None:
        """Go to the threat grid."""
        self.opened.emit(Target(page=PageKind.THREAT_GRID), False)

    def make(self) -> None:
        """Ask for a new record; a chart is begun at once."""
        if self._kind is Kind.CHART:
            self.opened.emit(Target(page=PageKind.CHART), True)
            return
        if self._kind is Kind.OCG:
            self._nominate()
            return
        about = self._desk.workspace.about
        dialog = NewRecordDialog(
            self._kind,
            today=self._desk.today(),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self._over,
        )
        dialog.made.connect(partial(self._on_made, dialog))
        dialog.open()

    def _nominate(self) -> None:
        """Ask for a nomination: an OCG begins as one."""
        dialog = NominationDialog(self._desk, parent=self._over)
        dialog.made.connect(partial(self._on_nominated, dialog))
        dialog.open()

    def _open(self, aside: bool, found: list[Target]) -> None:  # noqa: FBT001 - bound by partial
        for target in found:
            self.opened.emit(target, aside)

    def _draw(self, ids: list[UUID]) -> None:
        self.opened.emit(Target(page=PageKind.CHART, focus=tuple(ids)), False)

    def _remove(self, ids: list[UUID]) -> None:
        label = register_parts.remove_label(self._kind, len(ids))
        right = register_parts.right_of(self._kind)
        if len(ids) > MANY:

            def write(work: Work, _progress: Progress) -> None:
                self._take_out(work, ids)

            self._desk.write(label, write, right=right)
        else:
            self._desk.do(label, partial(self._take_out, ids=ids), right=right)

    def _take_out(self, work: Work, ids: Sequence[UUID]) -> None:
        if self._kind in LINKS:
            records.unlink(work, ids)
        elif self._kind in register_parts.PLANNED:
            plans.remove(work, ids)
        else:
            records.remove(work, ids)

    def _on_nominated(self, dialog: NominationDialog, new: Ocg, members: Sequence[UUID]) -> None:
        act = partial(ocgs.nominate, new=new, members=members)
        if self._desk.do(_("Nominate OCG"), act):
            dialog.accept()
            self.opened.emit(Target(page=PageKind.RECORD, kind=Kind.OCG, id=new.id), False)
        else:
            dialog.say(_("It was not saved; the window says why."))

    def _on_made(self, dialog: NewRecordDialog, entity: Entity) -> None:
        label = _("Add {kind}").format(kind=register_parts.inside(words.one(self._kind)))
        if self._desk.do(label, partial(_create, entity=entity, reason=dialog.reason)):
            dialog.accept()
            self.opened.emit(Target(page=PageKind.RECORD, kind=self._kind, id=entity.id), False)
        else:
            dialog.say(_("It was not saved; the window says why."))


def _create(work: Work, entity: Entity, reason: str) -> None:
    """Add a record; one with a reason to restrict it is closed from the start."""
    if reason:
        entity = restricting.closed_from_the_start(work, entity, (), reason)
    records.create(work, entity)
