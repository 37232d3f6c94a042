"""Who may know of the record that is shown: told to those inside, changed; reasons are asked."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from ocgdesk.casework import marking as markings
from ocgdesk.casework import restricting
from ocgdesk.casework.reasons import ReasonWanted
from ocgdesk.casework.restricting import Access
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import User
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store import glass
from ocgdesk.store.reader import Reader
from ocgdesk.ui import theme
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.reason_dialog import ReasonDialog
from ocgdesk.ui.dialogs.restrict_dialog import MarkingDialog, RestrictDialog
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.pages.record_saving import attempt
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel

T = TypeVar("T")


class AccessStrip(QWidget):
    """“Restricted: open to A. Penrose and B. Hale. …”, for those inside; else it is not there."""

    wanted = Signal()
    """The list is to be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words = ElidedLabel("", ink="restricted", weight="medium")
        self.button = text_button(_("Change access…"))
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel("status.restricted", "restricted", 16))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_access(self, access: Access | None, *, refused: str) -> None:
        """Say who may know of the record; nothing where everybody may."""
        self.setVisible(access is not None)
        if access is None:
            return
        self.words.setText(told(access))
        self.words.setToolTip(told(access))
        self.setAccessibleName(self.words.text())
        self.button.setVisible(access.until is None)
        if refused:
            self.button.refuse(refused)
        else:
            self.button.allow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look = theme.current()
        painter.setPen(look.qcolour("restricted" if look.outlined else "line"))
        painter.setBrush(look.qcolour("restricted.tint"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()


def told(access: Access) -> str:
    """Return in words who may know of a record, since when and why."""
    names = ", ".join(user.display for user in access.users)
    if access.until is not None:
        form = _("Opened to you by break-glass until {until}, to read. Open to {names}.")
        return form.format(until=_at(access.until), names=names)
    said = _("Restricted: open to {names}").format(names=names)
    if access.since is not None:
        since = _("by {who}, {day}").format(who=access.by, day=_at(access.since))
        said = f"{said} · {since}"
    return f"{said} · {access.reason}" if access.reason else said


def _at(moment: datetime) -> str:
    here = moment.astimezone(LONDON)
    return f"{shown(here.date())}, {here:%H:%M}"


class Restricting(QObject):
    """Asks for reasons, and changes who may know of one record and how it is marked."""

    reasoned = Signal()
    """A reason was given, or need not be: the record can be asked for again."""
    gave_up = Signal(str)
    """No reason was given; the sentence says what would be needed."""

    def __init__(self, desk: Desk, id_: UUID, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._id = id_
        self._over = over
        self._access: Access | None = None
        self._marking = Marking.OFFICIAL_SENSITIVE
        self.strip = AccessStrip(over)
        self.strip.wanted.connect(self.change)

    @property
    def reason(self) -> str:
        """Why the record is opened, as said in this session; empty where nothing was."""
        return self._desk.reasons.get(self._id, "")

    @property
    def was_asked(self) -> bool:
        """Whether the user was asked for a reason in this session."""
        return self._id in self._desk.reasons

    @property
    def is_lent(self) -> bool:
        """Whether the record is open by break-glass: to be read, not changed."""
        return self._access is not None and self._access.until is not None

    def learn(self, access: Access | None, marking: Marking) -> None:
        """Take over who may know of the record that is shown now, and how it is marked."""
        self._access, self._marking = access, marking

    def show_strip(self, *, refused: str) -> None:
        """Tell those inside who else is."""
        self.strip.show_access(self._access, refused=refused)

    def ask_reason(self, wanted: ReasonWanted) -> None:
        """Ask why the record is opened."""
        dialog = ReasonDialog(self._desk, wanted, parent=self._over)
        dialog.given.connect(self._on_reason)
        dialog.rejected.connect(partial(self.gave_up.emit, f"{str(wanted).rstrip('.')}."))
        dialog.open()

    def add_actions(self, menu: QMenu, *, refused: str) -> None:
        """Offer to change access and marking."""
        words = _("Change access…") if self._access else _("Restrict record…")
        for title, act in ((words, self.change), (_("Change marking…"), self.mark)):
            action = menu.addAction(title)
            action.setEnabled(not refused)
            action.triggered.connect(act)

    def change(self) -> None:
        """Ask who may know of the record; the users that can be named are read first."""
        if not self.is_lent:
            self._desk.ask(_people, self._offer)

    def mark(self) -> None:
        """Ask how the record is to be marked."""
        dialog = MarkingDialog(self._desk, self._marking, parent=self._over)
        dialog.given.connect(partial(self._on_marking, dialog))
        dialog.open()

    def _offer(self, users: list[User]) -> None:
        dialog = RestrictDialog(self._desk, users, self._access, parent=self._over)
        dialog.given.connect(partial(self._on_given, dialog))
        dialog.open()

    def _on_reason(self, reason: str) -> None:
        self._desk.reasons[self._id] = reason
        self.reasoned.emit()

    def _on_given(self, dialog: Sheet, users: frozenset[UUID] | None, reason: str) -> None:
        self._desk.reasons.setdefault(self._id, reason)
        act = partial(restricting.restrict, id_=self._id, users=users, reason=reason)
        _close_if_done(dialog, attempt(self._desk, _("Change access"), act, undoable=False))

    def _on_marking(self, dialog: Sheet, marking: Marking, reason: str) -> None:
        act = partial(markings.mark, ids=[self._id], marking=marking, reason=reason)
        _close_if_done(dialog, attempt(self._desk, _("Change marking"), act))


def or_wanted(query: Callable[[Reader], T]) -> Callable[[Reader], T | ReasonWanted]:
    """Return the query that answers that a reason is wanted instead of failing for want of it."""

    def ask(reader: Reader) -> T | ReasonWanted:
        try:
            return query(reader)
        except ReasonWanted as wanted:
            return wanted

    return ask


def _people(reader: Reader) -> list[User]:
    return glass.people(reader)


def _close_if_done(dialog: Sheet, error: DeskError | None) -> None:
    if error is None:
        dialog.accept()
    else:
        dialog.say(f"{str(error).rstrip('.')}.")
