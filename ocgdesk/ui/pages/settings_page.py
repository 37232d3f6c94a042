"""Settings: me, appearance, and for administrators the workspace, its users and backups."""

from functools import partial
from typing import TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.security.slots import Cost
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.settings_access import AccessSection
from ocgdesk.ui.pages.settings_backup import BackupSection
from ocgdesk.ui.pages.settings_me import AppearanceSection, MeSection
from ocgdesk.ui.pages.settings_parts import Section, SectionList
from ocgdesk.ui.pages.settings_users import UsersSection
from ocgdesk.ui.pages.settings_workspace import WorkspaceSection
from ocgdesk.ui.shell.frame import Shell
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import PageHeader
from ocgdesk.ui.widgets.later import LaterStack

S = TypeVar("S", bound=Section)


class SettingsPage(Page):
    """Sections at the left, the one chosen at the right; ``target.tab`` names the first."""

    icon = "page.settings"

    def __init__(
        self,
        desk: Desk,
        target: Target,
        parent: QWidget | None = None,
        *,
        cost: Cost | None = None,
    ) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Settings")
        self._cost = cost
        self.sections: dict[str, Section] = {}
        """Those that have been shown, by key."""
        self._build()
        self.show_section(target.tab if target.tab in self.stack.offered else "me")

    @property
    def me(self) -> MeSection:
        """Who the user is."""
        return self._made("me", MeSection)

    @property
    def appearance(self) -> AppearanceSection:
        """How the program looks to the user."""
        return self._made("appearance", AppearanceSection)

    @property
    def workspace(self) -> WorkspaceSection:
        """What an administrator says of the workspace."""
        return self._made("workspace", WorkspaceSection)

    @property
    def users(self) -> UsersSection:
        """Who may open the workspace."""
        return self._made("users", UsersSection)

    @property
    def access(self) -> AccessSection:
        """When reasons are asked for, and break-glass."""
        return self._made("access", AccessSection)

    @property
    def backup(self) -> BackupSection:
        """Backups, made and restored."""
        return self._made("backup", BackupSection)

    def refresh(self) -> None:
        """Show the section as things are now."""
        self.sections[self.current].show_now()

    def arrive(self, target: Target) -> None:
        """Show the section asked for."""
        super().arrive(target)
        if target.tab in self.stack.offered:
            self.show_section(target.tab)

    def show_section(self, key: str) -> None:
        """Show one section."""
        self.current = key
        self.list.choose(key)
        self.stack.go(key)
        self.sections[key].show_now()

    def ready(self) -> bool:
        return all(section.ready() for section in self.sections.values())

    def leave(self) -> None:
        for section in self.sections.values():
            if section.job is not None:
                section.job.cancel()

    def _entries(self) -> tuple[tuple[str, str, str], ...]:
        """Return the sections this user has: key, title and icon."""
        own = (
            ("me", _("Me"), "status.user"),
            ("appearance", _("Appearance"), "status.visible"),
        )
        all_ = (
            ("workspace", _("Workspace"), "page.workspace"),
            ("users", _("Users"), "page.users"),
            ("access", _("Access"), "page.restricted"),
        )
        last = (("backup", _("Backup"), "page.backup"),)
        return (*own, *(all_ if self.desk.may(Right.ADMINISTER) else ()), *last)

    def _make(self, key: str, parent: QWidget) -> QWidget:
        """Make a section when it is first gone to."""
        section: Section
        match key:
            case "me":
                section = MeSection(self.desk, cost=self._cost)
            case "appearance":
                section = AppearanceSection(self.desk)
            case "workspace":
                section = WorkspaceSection(self.desk, cost=self._cost)
                section.described.connect(self._on_described)
            case "access":
                section = AccessSection(self.desk)
            case "users":
                section = UsersSection(self.desk, cost=self._cost)
            case _:
                section = BackupSection(self.desk)
        self.sections[key] = section
        return Scroller(section, parent)

    def _made(self, key: str, cls: type[S]) -> S:
        self.stack.part(key)
        section = self.sections[key]
        assert isinstance(section, cls)  # noqa: S101 - as it was offered
        return section

    def _build(self) -> None:
        about = self.desk.workspace.about
        self.header = PageHeader(_("Settings"), about.name, parent=self)
        self.list = SectionList(self._entries())
        self.list.chosen.connect(self._on_chosen)
        self.stack = LaterStack(self)
        for key, _title, _icon in self._entries():
            self.stack.offer(key, partial(self._make, key))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Rule(standing=True))
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Rule())
        column.addLayout(row, 1)

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self.show_section(key)

    @Slot()
    def _on_described(self) -> None:
        """Show the new name and marking round the pages too."""
        about, window = self.desk.workspace.about, self.window()
        self.header.set_subtitle(about.name)
        if isinstance(window, Shell):
            window.show_marking(about.marking.value, synthetic=about.synthetic)
            window.rail.show_workspace(about.name, _("Encrypted · unlocked"))
            window.setWindowTitle(f"{about.name} – OCG Desk")
