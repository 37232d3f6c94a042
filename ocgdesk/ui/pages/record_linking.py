"""Links of a record made, changed and taken out."""

from datetime import datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import event_lists, records
from ocgdesk.casework.event_lists import EventList
from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Link
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.events_dialog import EventsDialog
from ocgdesk.ui.dialogs.finds_dialog import FindsDialog, Source
from ocgdesk.ui.dialogs.link_dialog import LinkDialog
from ocgdesk.ui.pages.record_saving import attempt

EVENTS: Final = "events"
"""The act that shows what a link counts; it changes nothing."""
ALL_EVENTS: Final = "all-events"
"""The act that shows all events of a record, those without a number at the other end too."""
LOOKS: Final = frozenset({EVENTS, ALL_EVENTS})
"""Acts that change nothing: they can be done in the past, too."""
FIND: Final = "find"
"""The act that reads a report for what it identifies."""


class Linking(QObject):
    """The dialogs of links over one page, and what comes of them."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over

    def act(
        self,
        own: Brief,
        item: Linked | None,
        act: str,
        *,
        members: bool,
        as_at: datetime | None = None,
    ) -> None:
        """Do what was asked of a link, or of the record where a new one is wanted.

        ``as_at`` is the recorded time that is shown.
        """
        if act == "add":
            self.add(own, members=members)
        elif act == ALL_EVENTS:
            self.show_all_events(own, as_at)
        elif act == FIND:
            self.find_in(own)
        elif item is not None and act == EVENTS:
            self.show_events(item.link, as_at)
        elif item is not None and act == "edit":
            self.edit(own, item)
        elif item is not None:
            self.remove(item)

    def show_events(self, link: Link, as_at: datetime | None = None) -> None:
        """Show the calls, messages or sightings that a link counts, or counted then."""

        def ask(reader: Reader) -> EventList:
            return event_lists.of_links(reader, [link], as_at=as_at)

        EventsDialog(self._desk, ask, parent=self._over).open()

    def show_all_events(self, own: Brief, as_at: datetime | None = None) -> None:
        """Show every call, message or sighting of a record, whoever was at the other end."""

        def ask(reader: Reader) -> EventList:
            return event_lists.between(reader, own.id, as_at=as_at)

        EventsDialog(self._desk, ask, own, parent=self._over).open()

    def find_in(self, own: Brief) -> None:
        """Read a report for what it identifies, each find to be decided on."""

        def ask(reader: Reader) -> Report:
            return reader.get(Report, own.id)

        self._desk.ask(ask, self._on_report)

    def _on_report(self, report: Report) -> None:
        source = Source(text=report.text, report=report.id)
        FindsDialog(self._desk, source, parent=self._over).open()

    def add(self, own: Brief, *, members: bool) -> None:
        """Ask for a new link of a record; for ``members`` only for one in or to an OCG."""
        kinds: tuple[Kind, ...] = SUBJECTS
        if members:
            kinds = (Kind.NOMINAL,) if own.kind is Kind.OCG else (Kind.OCG,)
        dialog = LinkDialog(self._desk, own, kinds=kinds, parent=self._over)
        dialog.made.connect(partial(self._on_made, dialog))
        dialog.open()

    def edit(self, own: Brief, item: Linked) -> None:
        """Ask what is to be changed of a link."""
        dialog = LinkDialog(self._desk, own, link=item, parent=self._over)
        dialog.kept.connect(partial(self._on_kept, dialog, item.link))
        dialog.open()

    def remove(self, item: Linked) -> None:
        """Take a link out; undo brings it back."""
        act = partial(records.unlink, ids=[item.link.id])
        self._desk.do(_("Remove {kind}").format(kind=words.one(item.link.kind).lower()), act)

    def _on_made(self, dialog: LinkDialog, link: Link) -> None:
        label = _("Add {kind}").format(kind=words.one(link.kind).lower())
        _close_if_done(dialog, attempt(self._desk, label, partial(records.link, new=link)))

    def _on_kept(self, dialog: LinkDialog, link: Link, values: dict[str, Any]) -> None:
        if not values:
            dialog.accept()
            return
        label = _("Edit {kind}").format(kind=words.one(link.kind).lower())
        act = partial(records.edit_link, id_=link.id, values=values, version=link.version)
        _close_if_done(dialog, attempt(self._desk, label, act))


def _close_if_done(dialog: LinkDialog, error: DeskError | None) -> None:
    if error is None:
        dialog.accept()
    else:
        dialog.say(f"{str(error).rstrip('.')}.")
