"""Settings: me, appearance, and for administrators the workspace, its users and backups."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.security.slots import Cost
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.settings_backup import BackupSection
from ocgdesk.ui.pages.settings_me import AppearanceSection, MeSection
from ocgdesk.ui.pages.settings_parts import Section, SectionList
from ocgdesk.ui.pages.settings_users import UsersSection
from ocgdesk.ui.pages.settings_workspace import WorkspaceSection
from ocgdesk.ui.shell.frame import Shell
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import PageHeader


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
        self.me = MeSection(desk, cost=cost)
        self.appearance = AppearanceSection(desk)
        self.backup = BackupSection(desk)
        self.sections: dict[str, Section] = {"me": self.me, "appearance": self.appearance}
        entries = [
            ("me", _("Me"), "status.user"),
            ("appearance", _("Appearance"), "status.visible"),
        ]
        if desk.may(Right.ADMINISTER):
            self.workspace = WorkspaceSection(desk)
            self.users = UsersSection(desk, cost=cost)
            self.workspace.described.connect(self._on_described)
            self.sections |= {"workspace": self.workspace, "users": self.users}
            entries.append(("workspace", _("Workspace"), "page.workspace"))
            entries.append(("users", _("Users"), "page.users"))
        self.sections["backup"] = self.backup
        entries.append(("backup", _("Backup"), "page.backup"))
        self._build(tuple(entries))
        self.show_section(target.tab if target.tab in self.sections else "me")

    def refresh(self) -> None:
        """Show the section as things are now."""
        self.sections[self.current].show_now()

    def arrive(self, target: Target) -> None:
        """Show the section asked for."""
        super().arrive(target)
        if target.tab in self.sections:
            self.show_section(target.tab)

    def show_section(self, key: str) -> None:
        """Show one section."""
        self.current = key
        self.list.choose(key)
        self.stack.setCurrentIndex(list(self.sections).index(key))
        self.sections[key].show_now()

    def ready(self) -> bool:
        return all(section.ready() for section in self.sections.values())

    def leave(self) -> None:
        for section in self.sections.values():
            if section.job is not None:
                section.job.cancel()

    def _build(self, entries: tuple[tuple[str, str, str], ...]) -> None:
        about = self.desk.workspace.about
        self.header = PageHeader(_("Settings"), about.name)
        self.list = SectionList(entries)
        self.list.chosen.connect(self._on_chosen)
        self.stack = QStackedWidget()
        for section in self.sections.values():
            self.stack.addWidget(Scroller(section))
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
