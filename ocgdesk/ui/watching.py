"""Saving searches and setting watches from the window."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ocgdesk.casework import watches
from ocgdesk.casework.watches import Kept
from ocgdesk.domain.people import Right
from ocgdesk.i18n import N_
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.watch_dialog import Wanted, WatchDialog

SAVED = N_("Save search")
CHANGED = N_("Change watch")
SILENCED = N_("Silence watch")
DROPPED = N_("Remove saved search")
_HOW: dict[str, Any] = {"right": Right.READ, "undoable": False}
"""Whoever may search may save it; undo is for the register, not for one's own list."""


def keep(desk: Desk, text: str, kind: str, over: QWidget) -> WatchDialog:
    """Ask what to keep of a search, and keep it."""
    about = desk.workspace.about
    dialog = WatchDialog(about, desk.today(), text=text, kind=kind, parent=over.window())
    dialog.wanted.connect(partial(_keep, desk, dialog))
    dialog.open()
    return dialog


def change(desk: Desk, kept: Kept, over: QWidget) -> WatchDialog:
    """Ask until when and why a saved search is to speak up, or whether it is to be silent."""
    watch = kept.watch
    shown = Wanted(
        text=watch.text,
        kinds=kept.kinds,
        nearly=kept.nearly,
        alerts=True,
        reason=watch.reason,
        expires=watch.expires,
    )
    dialog = WatchDialog(desk.workspace.about, desk.today(), shown, parent=over.window())
    dialog.wanted.connect(partial(_change, desk, dialog, kept))
    dialog.open()
    return dialog


def drop(desk: Desk, kept: Kept) -> None:
    """Take a saved search out."""
    desk.do(DROPPED, partial(watches.drop, id_=kept.watch.id), **_HOW)


def _keep(desk: Desk, dialog: WatchDialog, wanted: Wanted) -> None:
    act = partial(
        watches.keep,
        text=wanted.text,
        today=desk.today(),
        alerts=wanted.alerts,
        reason=wanted.reason,
        expires=wanted.expires,
        kinds=wanted.kinds,
        nearly=wanted.nearly,
    )
    _do(desk, dialog, SAVED, act)


def _change(desk: Desk, dialog: WatchDialog, kept: Kept, wanted: Wanted) -> None:
    id_ = kept.watch.id
    if not wanted.alerts or wanted.expires is None:
        _do(desk, dialog, SILENCED, partial(watches.silence, id_=id_))
        return
    act = partial(
        watches.set_until,
        id_=id_,
        reason=wanted.reason,
        expires=wanted.expires,
        today=desk.today(),
    )
    _do(desk, dialog, CHANGED, act)


def _do(desk: Desk, dialog: WatchDialog, label: str, act: Callable[[Work], object]) -> None:
    if desk.do(label, act, **_HOW):
        dialog.accept()
