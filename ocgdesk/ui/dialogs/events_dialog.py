"""The calls, messages or sightings that a link counts, one by one."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from ocgdesk.casework import event_lists, exports
from ocgdesk.casework.event_lists import EventList
from ocgdesk.casework.moments import as_recorded
from ocgdesk.casework.reasons import Use
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.marking import highest
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.events_model import EventsModel
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.labels import Label

_WIDTHS: Final = (180, 140, 140, 80, 70, 170, 110)


class EventsDialog(DeskSheet):
    """Shows the events beneath one link, or all of a record, and takes them out."""

    def __init__(
        self,
        desk: Desk,
        ask: Callable[[Reader], EventList],
        own: Brief | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, _("Events"), _("Close"), width=940, parent=parent)
        self.own = own
        self.cancel_button.hide()
        self.model = EventsModel(self)
        self.words = Label(_("Reading…"), ink="text.2", wrap=True)
        self.table = RowTable(name=_("Events"), density=Density.COMPACT)
        self.table.setModel(self.model)
        self.table.setMinimumHeight(px(360))
        self.table.heading.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(column, px(width))
        self.export_button = outline(_("Export…"), icon="action.save")
        self.export_button.setEnabled(False)
        self.export_button.clicked.connect(self._on_export)
        self.add_buttons(self.export_button)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table)
        purpose = desk.reasons.get(Use.RESTRICTED, "")
        self._asked = desk.ask(ask, self._on_found, purpose=purpose)

    def done(self, result: int) -> None:
        """Close it; what is still being read is let go."""
        self._asked.cancel()
        super().done(result)

    def _on_found(self, found: EventList) -> None:
        self.model.show_events(found)
        self.export_button.setEnabled(bool(len(found)))
        self.words.setText(_told(found, self.own))
        if len(found):
            self.table.selectRow(0)

    def _on_export(self) -> None:
        found = self.model.found
        if found is None:
            return
        about, today = self.desk.workspace.about, self.desk.today()
        dialog = DisclosureDialog(
            _told(found, self.own).rstrip("."),
            documents_folder() / f"events-{today:%Y-%m-%d}.xlsx",
            marking=highest(found.markings).value,
            synthetic=about.synthetic,
            offer_names=True,
            parent=self,
        )
        dialog.accepted.connect(partial(self._write, found, dialog))
        dialog.open()

    def _write(self, found: EventList, dialog: DisclosureDialog) -> None:
        if dialog.disclosure is not None:
            task = partial(_written, desk=self.desk, found=found, asked=dialog.disclosure)
            self.desk.background(_("Export events"), task, self._on_written)

    def _on_written(self, count: int) -> None:
        self.words.setText(_("Exported: {n} events").format(n=f"{count:,}"))


def _written(progress: Progress, *, desk: Desk, found: EventList, asked: Disclosure) -> int:
    as_at = found.as_at.astimezone(UTC).isoformat() if found.as_at else None
    said = exports.printed(
        desk.workspace, datetime.now(LONDON), as_at=as_at, named=asked.named_because
    )
    return event_lists.export(
        desk.workspace, found, asked.path, said,
        recipient=asked.recipient, reason=asked.reason, progress=progress,
    )  # fmt: skip


def _told(found: EventList, own: Brief | None = None) -> str:
    then = f" ({as_recorded(found.as_at)})" if found.as_at else ""
    if not len(found) and then:
        return _("No events were kept here then.")
    if not len(found):
        return _("No events are kept here. An import of call data brings them.")
    told = ngettext("{n} event", "{n} events", len(found)).format(n=f"{len(found):,}")
    if own is not None:
        words = _("{events} of {record}{alone}{then}.")
        alone = _(", {n} of them with no number at the other end").format(n=f"{found.unnamed:,}")
        return words.format(
            events=told, record=own.label, alone=alone if found.unnamed else "", then=then
        )
    side = found.sides[0]
    return _("{events} between {source} and {target}{then}.").format(
        events=told, source=side.ends[0].label, target=side.ends[-1].label, then=then
    )
