"""A new user of a workspace: name, roles, first passphrase."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.domain.people import Role
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.forms import Labelled, NewPassphrase, RoleTicks
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label

Add = Callable[[str, str, frozenset[Role], str], Any]


class UserDialog(Sheet):
    """Asks who they are and hands it to ``add``, which runs on another thread."""

    added = Signal(object)
    """The new User."""

    def __init__(
        self,
        add: Add,
        *,
        workspace_name: str = "",
        marking: str = "official",
        synthetic: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("New user"), _("Add user"), marking=marking, synthetic=synthetic, parent=parent
        )
        self._add = add
        self._workspace_name = workspace_name
        self.name, self.display = TextBox(), TextBox()
        self.roles = RoleTicks(frozenset({Role.ANALYST}))
        self.passphrase = NewPassphrase(self._known_words)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Labelled(_("User name"), self.name), 1)
        row.addWidget(Labelled(_("Shown as"), self.display), 1)
        self.body.addLayout(row)
        self.body.addWidget(Labelled(_("Roles"), self.roles))
        said = _("Give them this first passphrase by word of mouth; they should change it.")
        self.body.addWidget(Label(said, ink="text.2", wrap=True))
        self.body.addWidget(self.passphrase)
        self.name.setFocus()

    def problem(self) -> str:
        """Return the first thing that is missing or wrong, in one sentence; else ""."""
        if not self.name.text().strip():
            return _("Give the user a name to unlock with.")
        if not self.roles.roles:
            return _("A user needs at least one role.")
        return self.passphrase.problem()

    def on_accept(self) -> None:
        if problem := self.problem():
            self.say(problem)
            return
        add, name, display = self._add, self.name.text().strip(), self.display.text().strip()
        roles, passphrase = self.roles.roles, self.passphrase.text
        self.think(lambda: add(name, display, roles, passphrase), self._on_added, _("Adding…"))

    def _known_words(self) -> tuple[str, ...]:
        return self.name.text(), self.display.text(), self._workspace_name

    def _on_added(self, user: object) -> None:
        self.passphrase.clear()
        self.accept()
        self.added.emit(user)
