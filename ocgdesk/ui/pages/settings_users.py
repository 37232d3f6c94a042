"""Users of the workspace, for administrators: who, as what, shut out or let in."""

from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Slot,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.casework import access
from ocgdesk.domain.people import Role, User
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.security.slots import Cost
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import CellRole, HeadingRole
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.forms import Labelled, RoleTicks
from ocgdesk.ui.dialogs.passphrase_dialog import PassphraseDialog
from ocgdesk.ui.dialogs.user_dialog import UserDialog
from ocgdesk.ui.fonts import px
from ocgdesk.ui.pages.settings_parts import Section
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Card
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Cell, Chip, Heading, Text, words

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()


class UsersModel(QAbstractTableModel):
    """The users of a workspace."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._users: tuple[User, ...] = ()
        self._keys: frozenset[UUID] = frozenset()

    def show_users(self, users: tuple[User, ...], keys: frozenset[UUID]) -> None:
        """Show these users, and which of them have a key of their own."""
        self.beginResetModel()
        self._users, self._keys = users, keys
        self.endResetModel()

    def has_key(self, user: User) -> bool:
        """Tell whether a user has a key of their own."""
        return user.id in self._keys

    def user(self, row: int) -> User | None:
        """Return the user in this row, if there is one."""
        return self._users[row] if 0 <= row < len(self._users) else None

    def row_of(self, user: User) -> int:
        """Return the row of a user; -1 for one that is not shown."""
        return next((i for i, one in enumerate(self._users) if one.id == user.id), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._users)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < 4:
            return None
        title = (_("User"), _("Shown as"), _("State"), _("Roles"))[section]
        if role == HeadingRole:
            return Heading(title=title)
        return title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in {CellRole, Qt.ItemDataRole.DisplayRole}:
            return None
        user = self._users[index.row()]
        cell = _cell(user, index.column(), has_key=self.has_key(user))
        return cell if role == CellRole else words(cell)


def _cell(user: User, section: int, *, has_key: bool) -> Cell:
    match section:
        case 0:
            return Text(user.name, strong=True)
        case 1:
            return Text(user.display, ink="text.2")
        case 2:
            if user.disabled:
                return Chip(_("disabled"), "due", "status.locked")
            if not has_key:
                return Chip(_("no key"), "due", "action.key")
            return Chip(_("enabled"), "ok", "status.ok")
    held = (role for role in Role if role in user.roles)
    return Text(", ".join(label("user-roles", role.value) for role in held))


class UsersSection(Section):
    """The table of users, and below it what can be done with the one chosen."""

    def __init__(self, desk: Desk, *, cost: Cost | None = None) -> None:
        super().__init__(desk, _("Users"), wide=True)
        self._cost = cost
        self._chosen: User | None = None
        self.add_button = primary(_("Add user"), icon="action.add-user")
        self.model = UsersModel(self)
        self.table = RowTable(name=_("Users"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self.ticks = RoleTicks()
        self.who = Label("", step="section")
        self.roles_button = outline(_("Save roles"))
        self.disable_button = outline(_("Disable"))
        self.reset_button = outline(_("Reset passphrase"), icon="action.key")
        self.key_button = outline(_("Take the key away"))
        self._arrange()
        theme.follow(self, self._fit_table)
        self.add_button.clicked.connect(self._on_add)
        self.roles_button.clicked.connect(self._on_roles)
        self.disable_button.clicked.connect(self._on_disable)
        self.reset_button.clicked.connect(self._on_reset)
        self.key_button.clicked.connect(self._on_remove_key)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)

    def _fit_table(self) -> None:
        self.table.setMinimumHeight(px(32 * 7))
        for column in range(3):
            hint = self.table.sizeHintForColumn(column)
            self.table.setColumnWidth(column, max(hint + px(12), px(110)))

    def show_now(self) -> None:
        workspace = self.desk.workspace
        self.run(
            "",
            lambda _progress: (tuple(workspace.users()), access.has_key(workspace)),
            self._show_users,
        )

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        self.column.addLayout(row)
        card = Card()
        card.body.addWidget(self.table)
        self.column.addWidget(card, 1)
        self.card = self._user_card()
        self.column.addWidget(self.card)
        said = _(
            "Disabling a user shuts them out of this file here; taking their key away takes their "
            "passphrase's way in. Neither takes the key from "
            "somebody who kept a copy of the key file or of the key itself: only encrypting the "
            "workspace anew does. A copy or backup made before opens with the passphrases of then."
        )
        self.column.addWidget(Label(said, step="small", ink="text.3", wrap=True))

    def _user_card(self) -> QWidget:
        card = Card(margins=(16, 12, 16, 12))
        card.body.setSpacing(10)
        card.body.addWidget(self.who)
        card.body.addWidget(Labelled(_("Roles"), self.ticks))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.roles_button, self.reset_button, self.key_button, self.disable_button):
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        card.hide()
        return card

    def _show_users(self, found: tuple[tuple[User, ...], frozenset[UUID]]) -> None:
        chosen = self._chosen
        self.model.show_users(*found)
        self._fit_table()
        row = self.model.row_of(chosen) if chosen is not None else -1
        if row >= 0:
            self.table.selectRow(row)
        self._show_user(self.model.user(row))

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        self._show_user(self.model.user(now.row()) if now.isValid() else None)

    def _show_user(self, user: User | None) -> None:
        self._chosen = user
        self.card.setVisible(user is not None)
        if user is None:
            return
        self.who.setText(user.display)
        self.ticks.tick(user.roles)
        self.disable_button.set_label(_("Enable") if user.disabled else _("Disable"))
        if user.id == self.desk.user.id:
            self.disable_button.refuse(_("You cannot disable yourself; another administrator can"))
            self.key_button.refuse(_("You cannot take your own key away; another can"))
        else:
            self.disable_button.allow()
            self._offer_key(has_key=self.model.has_key(user))

    def _offer_key(self, *, has_key: bool) -> None:
        if has_key:
            self.key_button.allow()
        else:
            self.key_button.refuse(_("They have none; resetting the passphrase gives them one"))

    @Slot()
    def _on_add(self) -> None:
        about = self.desk.workspace.about
        dialog = UserDialog(
            partial(access.add_user, self.desk.workspace, cost=self._cost),
            workspace_name=about.name,
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self,
        )
        dialog.added.connect(self._on_added)
        dialog.open()

    @Slot(object)
    def _on_added(self, user: User) -> None:
        self._chosen = user
        self.say(_("{name} was added.").format(name=user.display))
        self.show_now()

    @Slot()
    def _on_roles(self) -> None:
        user, roles = self._chosen, self.ticks.roles
        if user is not None:
            workspace = self.desk.workspace
            self.run(
                _("Change roles"),
                lambda _progress: access.set_roles(workspace, user.id, roles),
                partial(self._on_done, _("The roles of {name} were changed."), user),
            )

    @Slot()
    def _on_disable(self) -> None:
        user, workspace = self._chosen, self.desk.workspace
        if user is None:
            return
        off = not user.disabled
        said = _("{name} was disabled.") if off else _("{name} was enabled.")
        self.run(
            _("Change user"),
            lambda _progress: access.set_disabled(workspace, user.id, disabled=off),
            partial(self._on_done, said, user),
        )

    @Slot()
    def _on_remove_key(self) -> None:
        user, workspace = self._chosen, self.desk.workspace
        if user is None:
            return
        said = _("{name} has no key any more. Only encrypting anew shuts out who kept a copy.")
        self.run(
            _("Remove key"),
            lambda _progress: access.remove_key(workspace, user.id),
            partial(self._on_done, said, user),
        )

    @Slot()
    def _on_reset(self) -> None:
        user, workspace = self._chosen, self.desk.workspace
        if user is None:
            return
        about, cost = workspace.about, self._cost

        def act(_old: str, new: str) -> None:
            access.reset_passphrase(workspace, user.id, new, cost=cost)

        dialog = PassphraseDialog(
            _("Reset passphrase"),
            act,
            ask_old=False,
            known_words=(user.name, user.display, about.name),
            note=_(
                "A new passphrase for {name}; the old one opens this file no more. Give it by "
                "word of mouth; they should change it."
            ).format(name=user.display),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self,
        )
        said = _("The passphrase of {name} was reset.")
        dialog.changed.connect(partial(self._on_done, said, user, None))
        dialog.open()

    def _on_done(self, said: str, user: User, _result: object) -> None:
        self.say(said.format(name=user.display))
        self.show_now()
