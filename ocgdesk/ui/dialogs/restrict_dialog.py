"""Who may know of a record, and how it is marked."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework.restricting import Access
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import User
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.labels import Label

_MOST_SHOWN = 8
"""More users than these are scrolled through."""
_HIGH = 220


class RestrictDialog(DeskSheet):
    """Asks for the users a record is open to and why; ``given`` hands both over.

    ``given`` carries a frozenset of user ids, or None where it is to be open to everybody.
    """

    given = Signal(object, str)

    def __init__(
        self,
        desk: Desk,
        users: Sequence[User],
        access: Access | None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            _("Change access") if access else _("Restrict record"),
            _("Change access") if access else _("Restrict"),
            width=560,
            parent=parent,
        )
        self.boxes: dict[UUID, CheckBox] = {}
        self.reason = FormField(_("Reason"), LinesBox())
        self._add_words()
        self.body.addWidget(Label(_("Open to"), step="small", ink="text.3", weight="medium"))
        inside = {user.id for user in access.users} if access else set()
        self.body.addWidget(self._ticks(users, inside, desk.user.id))
        self.body.addWidget(self.reason)
        self.body.addStretch(1)
        if access is not None:
            self.open_button = text_button(_("Open to everybody"), icon="status.unlocked")
            self.open_button.clicked.connect(self._on_open)
            self.add_buttons(self.open_button)
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        self._give(frozenset(id_ for id_, box in self.boxes.items() if box.isChecked()))

    def _add_words(self) -> None:
        said = _(
            "Only these users will find it. The others find no trace: not in lists, counts, "
            "searches, charts or exports. It is not undone, only changed again."
        )
        honest = _(
            "Who knew of it before may notice that it is gone. It is hidden from users of this "
            "program; who holds a key and a database tool can read the whole file."
        )
        self.body.addWidget(Label(said, ink="text.2", wrap=True))
        self.body.addWidget(Label(honest, step="small", ink="text.3", wrap=True))

    def _ticks(self, users: Sequence[User], inside: set[UUID], me: UUID) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for user in users:
            roles = ", ".join(sorted(role.value for role in user.roles))
            box = CheckBox(f"{user.display} ({roles})")
            box.setChecked(user.id in inside or user.id == me)
            box.setEnabled(user.id != me)
            if user.id == me:
                box.setToolTip(_("Whoever restricts a record keeps access to it."))
            self.boxes[user.id] = box
            column.addWidget(box)
        column.addStretch(1)
        if len(users) <= _MOST_SHOWN:
            return held
        scroller = Scroller(held)
        scroller.setFixedHeight(px(_HIGH))
        return scroller

    def _on_open(self) -> None:
        self._give(None)

    def _give(self, users: frozenset[UUID] | None) -> None:
        reason = self.reason.text.strip()
        if not reason:
            self.reason.say(_("Say why; the reason is kept"))
            self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(users, reason)


class MarkingDialog(DeskSheet):
    """Asks how a record is to be marked; lower than before needs a reason."""

    given = Signal(object, str)
    """The Marking and the reason."""

    def __init__(self, desk: Desk, marking: Marking, *, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Change marking"),
            _("Change marking"),
            parent=parent,
        )
        self._now = marking
        self.marking = FormField(
            _("Marking"), Select(tuple(Option(one.value, one.banner) for one in Marking))
        )
        self.reason = FormField(_("Reason"), LinesBox())
        ceiling = _("SECRET and above may not be kept in OCG Desk.")
        self.body.addWidget(self.marking)
        self.body.addWidget(self.reason)
        self.body.addWidget(Label(ceiling, step="small", ink="text.3", wrap=True))
        self.body.addStretch(1)
        if isinstance(self.marking.editor, Select):
            self.marking.editor.choose(marking.value)
        self.marking.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        wanted, reason = Marking(self.marking.text), self.reason.text.strip()
        if wanted.rank < self._now.rank and not reason:
            self.reason.say(_("Say why it is marked lower than before; the reason is kept"))
            return
        self.given.emit(wanted, reason)
