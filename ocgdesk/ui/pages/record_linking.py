"""Links of a record made, changed and taken out."""

from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import records
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Link
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.link_dialog import LinkDialog
from ocgdesk.ui.pages.record_saving import attempt


class Linking(QObject):
    """The dialogs of links over one page, and what comes of them."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over

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
