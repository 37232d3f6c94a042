"""Reference data: every list with its source, and for an administrator a way to edit it."""

from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework import list_drafts, reference_lists
from ocgdesk.casework.list_drafts import Draft, Item
from ocgdesk.domain import reference_data
from ocgdesk.domain.keeping import ListEdition
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import CodeList, code_list
from ocgdesk.errors import DeskError, Refused
from ocgdesk.exchange import list_files
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.fonts import px
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.lists_parts import (
    SHIPPED,
    Facts,
    allow,
    edition_options,
    facts,
    matches,
    value_columns,
)
from ocgdesk.ui.pages.lists_view import ListPane, ValuePane
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.notes import ErrorBanner

_FIRST: Final = "agencies"
_NARROW: Final = 760
"""Below this the lists stand above the values, not beside them."""


class ListsPage(Page):
    """The lists at the left, the values of the chosen one at the right, edited as a draft."""

    icon = "page.lists"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Reference data")
        self.draft = Draft.of(code_list(_FIRST))
        self.uses: dict[str, int] | None = None
        self._asked = Inquiry(self.desk, self)
        self._refused = "" if desk.may(Right.ADMINISTER) else _("Only an administrator edits.")
        self._build()
        self._wire()
        self.refresh()
        self._go_to(target.tab)

    def arrive(self, target: Target) -> None:
        """Go to the list that is asked for, unless another is being edited."""
        super().arrive(target)
        self._go_to(target.tab)

    def _go_to(self, name: str) -> None:
        if name in reference_data.names() and not self.draft.changes:
            self.choose(name)

    def refresh(self) -> None:
        """Read the lists anew; a draft stays as it is."""
        self._show_lists()
        if not self.draft.changes:
            self.choose(self.draft.known.name)

    def ready(self) -> bool:
        return not self._asked.is_open

    def leave(self) -> None:
        self._asked.drop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._held.setContentsMargins(page_margin(self), 0, page_margin(self), 0)
        narrow = self.width() < px(_NARROW)
        one, other = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
        self.halves.setOrientation(one if narrow else other)
        self.right.stack(narrow=narrow)

    # ---- Building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.write_button = outline(_("Write file"), icon="action.export")
        self.read_button = outline(_("Read file"), icon="action.open-file")
        self.drop_button = outline(_("Discard"), icon="action.undo")
        self.save_button = primary(_("Save edition"), icon="action.save", key="Ctrl+S")
        for button in (self.write_button, self.read_button, self.drop_button, self.save_button):
            self.header.add_action(button)
        self.note = ErrorBanner(closable=True, parent=self)
        self._held = QHBoxLayout()
        self._held.addWidget(self.note)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.left, self.right = ListPane(), ValuePane()
        self.search, self.lists = self.left.search, self.left.model
        self.list_table, self.value_table = self.left.table, self.right.table
        self.values, self.form = self.right.model, self.right.form
        self.editions = self.right.editions
        self.back_button, self.add_button = self.right.back_button, self.right.add_button
        self.halves.addWidget(self.left)
        self.halves.addWidget(self.right)
        self.halves.setStretchFactor(1, 1)
        self.halves.setSizes([px(320), px(900)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._held)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(Scroller(self.halves), 1)

    def _wire(self) -> None:
        self.search.searched.connect(self._show_lists)
        self.list_table.selectionModel().currentRowChanged.connect(self._on_list)
        self.value_table.selectionModel().currentRowChanged.connect(self._on_value)
        self.value_table.opened.connect(self.form.begin)
        self.form.typed.connect(self._on_typed)
        self.form.moved.connect(self._on_moved)
        self.form.retired.connect(self._on_retired)
        self.add_button.clicked.connect(self.add)
        self.save_button.clicked.connect(self.save)
        self.drop_button.clicked.connect(self.discard)
        self.write_button.clicked.connect(self._on_write)
        self.read_button.clicked.connect(self._on_read)
        self.back_button.clicked.connect(self._on_back)
        self.editions.chosen.connect(self._dress)
        self.desk.changed.connect(self._on_changed)
        self._short("Ctrl+S", self, self.save)
        self._short("Insert", self, self.add)
        self._short("F2", self, self.form.begin)
        self._short("Delete", self.value_table, self._on_retired)
        self._short("Alt+Up", self, partial(self._on_moved, -1))
        self._short("Alt+Down", self, partial(self._on_moved, 1))

    def _short(self, key: str, where: QWidget, act: object) -> None:
        shortcut = QShortcut(QKeySequence(key), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # ---- The lists ----------------------------------------------------------------------------

    def _show_lists(self) -> None:
        every = reference_lists.every()
        wanted = self.search.text().casefold().split()
        self.lists.show_rows([known for known in every if matches(known, wanted)])
        self.list_table.share()
        own = sum(known.is_own for known in every)
        said = ngettext("{n} list", "{n} lists", len(every)).format(n=len(every))
        edited = ngettext("{n} edited here", "{n} edited here", own).format(n=own)
        self.header.set_subtitle(f"{said} · {edited}")
        self._mark()

    def _mark(self) -> None:
        """Have the list that is shown marked among the lists."""
        name = self.draft.known.name
        row = next((n for n, one in enumerate(self.lists.rows) if one.name == name), -1)
        if row >= 0:
            self.list_table.setCurrentIndex(self.lists.index(row, 0))

    def _on_list(self, now: QModelIndex, _before: QModelIndex) -> None:
        known: CodeList | None = self.lists.rows[now.row()] if now.isValid() else None
        if known is None or known.name == self.draft.known.name:
            return
        if self.draft.changes:
            told = _("Save or discard the changes to {title} first.")
            self.note.say(told.format(title=_(self.draft.known.title)), tone="due")
            self._mark()
            return
        self.choose(known.name)

    def choose(self, name: str) -> None:
        """Show a list as it holds now, without any change."""
        self.note.say("")
        self.draft, self.uses = Draft.of(code_list(name)), None
        self.right.name.setText(_(self.draft.known.title))
        whose = reference_lists.status(self.draft.known)
        told = _("Version {n}, {whose}. {source}")
        self.right.source.setText(
            told.format(n=self.draft.known.version, whose=whose, source=self.draft.known.source)
        )
        self.editions.show_options(())
        self.form.show_shape(self.draft, self._refused)
        self.values.show_columns(value_columns(lambda: self.draft, lambda: self.uses))
        self._show_values()
        self._mark()
        self._asked.ask(partial(facts, name=name), self._show_facts)

    def _show_facts(self, found: Facts) -> None:
        self.uses, saved = found
        users = {user.id: user.display for user in self.desk.workspace.users()}
        self.editions.show_options(edition_options(self.draft.known.name, saved, users))
        self._show_values()

    # ---- The values ---------------------------------------------------------------------------

    def _show_values(self, code: str = "") -> None:
        code = code or self._code()
        self.values.show_rows(self.draft.items)
        self.value_table.share()
        row = next((n for n, item in enumerate(self.values.rows) if item["code"] == code), 0)
        self.value_table.setCurrentIndex(self.values.index(row, 0))
        self._dress()

    def _dress(self) -> None:
        """Say what can be done, and what stands in the way."""
        changes, grows = self.draft.changes, self.draft.may_grow
        self.drop_button.setEnabled(bool(changes))
        said = self._refused or ("" if changes else _("Nothing was changed."))
        allow(self.save_button, said)
        fixed = "" if grows else _("No value can be added to this list.")
        allow(self.add_button, self._refused or fixed)
        whole = "" if self.draft.may_word or self.draft.is_sheet else _("This list stays as it is.")
        allow(self.read_button, self._refused or whole)
        current = self.editions.current
        newest = self.editions.options[0].key if self.editions.options else ""
        own = self.draft.known.is_own
        stands = "" if own and current != newest else _("This edition holds now.")
        allow(self.back_button, self._refused or stands)
        told = ngettext("{n} change not saved", "{n} changes not saved", changes)
        n = len(self.draft.items)
        values = ngettext("{n} value", "{n} values", n).format(n=n)
        self.told.emit((values, told.format(n=changes)) if changes else (values,))

    def _code(self) -> str:
        item: Item | None = self.value_table.row()
        return str(item["code"]) if item else ""

    def _on_value(self, now: QModelIndex, _before: QModelIndex) -> None:
        item: Item | None = self.values.rows[now.row()] if now.isValid() else None
        self.form.show_item(self.draft, item, self._refused)

    def _on_typed(self, name: str, text: str) -> None:
        if not (code := self._code()):
            return
        try:
            self._become(self.draft.type(code, name, text, self.desk.today()), code)
        except Refused as refused:
            self.form.say(name, f"{refused}.")

    def _on_moved(self, by: int) -> None:
        if (code := self._code()) and self.draft.may_word and not self._refused:
            self._become(self.draft.move(code, by), code)

    def _on_retired(self) -> None:
        if not (code := self._code()) or not self.draft.may_grow or self._refused:
            return
        if self.draft.is_new(code):
            self._become(self.draft.drop(code))
        else:
            retired = not self.draft.item(code).get("retired")
            self._become(self.draft.retire(code, retired=retired), code)

    def _become(self, draft: Draft, code: str = "") -> None:
        if draft.data != self.draft.data:
            self.draft = draft
            self._show_values(code)
            problem = draft.problem() if draft.changes else ""
            self.note.say(f"{problem}." if problem else "", tone="due")

    def add(self) -> None:
        """Ask for the words of a new value and put it after the current one."""
        if self._refused or not self.draft.may_grow:
            return
        about = self.desk.workspace.about
        dialog = TitleDialog(_("Add a value"), "", about=about, parent=self)
        dialog.named.connect(self.add_named)
        dialog.open()

    def add_named(self, words: str) -> None:
        """Add a value with these words to the draft."""
        code = list_drafts.code_for(self.draft.known, words)
        try:
            self._become(self.draft.add(code, words, self._code()), code)
        except Refused as refused:
            self.note.say(f"{refused}.", tone="due")

    # ---- Saving -------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the draft as the next edition of the list."""
        if not self.save_button.isEnabled():
            return
        if problem := self.draft.problem():
            self.note.say(f"{problem}.", tone="overdue")
            return
        known, data = self.draft.known, self.draft.data
        self._keep(partial(reference_lists.save, name=known.name, data=data, version=known.version))

    def discard(self) -> None:
        """Show the list as it is kept."""
        self.choose(self.draft.known.name)

    def _on_back(self) -> None:
        known, current = self.draft.known, self.editions.current
        edition = None if current == SHIPPED else UUID(current)
        self._keep(
            partial(
                reference_lists.bring_back,
                name=known.name,
                edition=edition,
                version=known.version,
            )
        )

    def _keep(self, act: "partial[ListEdition]") -> None:
        known, before = self.draft.known, self.draft
        self.draft = Draft.of(known)  # so that what is saved is shown, not asked about
        label = reference_lists.edit_label(known)
        if not self.desk.do(label, act, right=Right.ADMINISTER):
            self.draft = before

    def _on_changed(self, changed: Changed) -> None:
        if not changed.touches(Kind.LIST_EDITION):
            return
        if not self.draft.changes:
            self.refresh()
        elif code_list(self.draft.known.name).version != self.draft.known.version:
            told = _("Somebody saved another edition of this list; discard to see it.")
            self.note.say(told, tone="due")

    # ---- Files --------------------------------------------------------------------------------

    def _on_write(self) -> None:
        name = f"{self.draft.known.name}.toml"
        path, _filter = QFileDialog.getSaveFileName(self, _("Write the list"), name, "*.toml")
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """Write the list, with what was changed in it, as a file."""
        try:
            list_files.write(path, self.draft.data)
        except DeskError as error:
            self.note.say(f"{error}.", tone="overdue")
        else:
            self.said.emit(_("Written as {name}").format(name=path.name))

    def _on_read(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(self, _("Read the list"), "", "*.toml")
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Take a file's values into the draft; nothing is saved yet."""
        known = self.draft.known
        try:
            data = reference_lists.as_edition(known, list_files.read(path))
        except DeskError as error:
            self.note.say(f"{error}.", tone="overdue")
            return
        self._become(Draft(known, data))
