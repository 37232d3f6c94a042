"""The sources of a record's fields: shown in the inspector, added and chosen in dialogs."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from ocgdesk.casework import assertions as sayings
from ocgdesk.domain.assertions import Backing, field_of
from ocgdesk.domain.links import Assertion
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.dialogs.statement_dialog import ChooseDialog, Statement, StatementDialog
from ocgdesk.ui.forms import editors
from ocgdesk.ui.forms.record_form import RecordForm
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.pages.record_saving import attempt
from ocgdesk.ui.pages.record_sources import FieldInspector, value_words


class Stating(QObject):
    """Answers to the sources of one record's fields."""

    inspected = Signal(object)
    """A FieldInspector."""
    asked = Signal()
    """The user asked for what was just inspected: it is to be seen even in a narrow window."""
    report_opened = Signal(object)
    """The id of a report."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._found: Dossier | None = None
        self._refused = ""
        self._form: RecordForm | None = None
        self._made: FieldInspector | None = None

    def watch(self, form: RecordForm) -> None:
        """Answer to this form."""
        self._form = form
        form.sources_wanted.connect(self.show_sources)
        form.menu_wanted.connect(self._on_menu)

    def show_dossier(self, found: Dossier, *, refused: str) -> None:
        """Speak of this record; the inspector follows where it shows one of its fields."""
        self._found, self._refused = found, refused
        if self._made is not None and isValid(self._made) and self._made.isVisible():
            self._inspect(self._made.backing.described.name)

    def show_sources(self, name: str) -> None:
        """Show the sources of a field in the inspector."""
        self._inspect(name)
        self.asked.emit()

    def _inspect(self, name: str) -> None:
        if (found := self._found) is None:
            return
        backing = found.said.get(name) or Backing(described=field_of(found.thing, name))
        value = getattr(found.thing, name)
        self._made = FieldInspector(backing, value, found.reports, refused=self._refused)
        self._made.report_opened.connect(self.report_opened)
        self._made.add_wanted.connect(self.add)
        self._made.choose_wanted.connect(self.choose)
        self._made.remove_wanted.connect(self.remove)
        self.inspected.emit(self._made)

    def add(self, name: str) -> None:
        """Ask what a source says of a field."""
        if self._found is None or self._refused:
            return
        thing = self._found.thing
        described = field_of(thing, name)
        dialog = StatementDialog(self._desk, described, getattr(thing, name), parent=self._over)
        dialog.made.connect(partial(self._on_made, dialog, name))
        dialog.open()

    def choose(self, said: Assertion) -> None:
        """Show on the record what this source says; asks why where that puts a value aside."""
        if self._found is None or self._refused:
            return
        thing = self._found.thing
        described = field_of(thing, said.field)
        if not (now := editors.shown(described, getattr(thing, said.field))):
            self._desk.do(_("Choose value"), partial(sayings.choose, id_=said.id))
            return
        value = value_words(described, said)
        dialog = ChooseDialog(self._desk, described.label, value, now, parent=self._over)
        dialog.reasoned.connect(partial(self._on_reasoned, dialog, said))
        dialog.open()

    def remove(self, said: Assertion) -> None:
        """Take out what a source was noted to say; undo brings it back."""
        if not self._refused:
            self._desk.do(_("Remove statement"), partial(sayings.remove, ids=[said.id]))

    def _on_made(self, dialog: StatementDialog, name: str, made: Statement) -> None:
        assert self._found is not None  # noqa: S101 - the dialog is about it
        act = partial(
            sayings.add,
            subject=self._found.thing.id,
            field=name,
            value=made.value,
            reports=made.reports,
            basis=made.basis,
            choose=made.choose,
            reason=made.reason,
        )
        _close_if_done(dialog, attempt(self._desk, _("Add what a source says"), act))

    def _on_reasoned(self, dialog: ChooseDialog, said: Assertion, reason: str) -> None:
        act = partial(sayings.choose, id_=said.id, reason=reason)
        _close_if_done(dialog, attempt(self._desk, _("Choose value"), act))

    def _on_menu(self, name: str, at: QPoint) -> None:
        menu = QMenu(self._over)
        self._edit_action(menu, name)
        add = menu.addAction(_("Add what a source says…"))
        add.setEnabled(not self._refused)
        add.triggered.connect(partial(self.add, name))
        show = menu.addAction(_("Show sources"))
        show.triggered.connect(partial(self.show_sources, name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _edit_action(self, menu: QMenu, name: str) -> QAction:
        edit = menu.addAction(_("Edit"))
        edit.setEnabled(not self._refused)
        if self._form is not None:
            edit.triggered.connect(partial(self._form.edit, name))
        return edit


def _close_if_done(dialog: Sheet, error: DeskError | None) -> None:
    if error is None:
        dialog.accept()
    else:
        dialog.say(f"{str(error).rstrip('.')}.")
