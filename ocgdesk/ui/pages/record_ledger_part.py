"""The ledger as a tab of a handle's page: the same sheet as on the triage board, with buttons."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from ocgdesk.casework import ledgers
from ocgdesk.casework.ledgers import Ledger, Put
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.pages.record_ledger import LedgerSheet
from ocgdesk.ui.pages.record_ledger_acts import LedgerActs
from ocgdesk.ui.pages.record_ledger_words import next_status, step_words, who_words, why_not
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.widgets.buttons import Button, outline, text_button
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import ErrorBanner


class LedgerPart(QWidget):
    """Who may have used the handle, and what can be done about it. ``attach`` gives it a desk."""

    opened = Signal(object)
    """The Brief of a nominal or of another handle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._asked: Job | None = None
        self._found: Dossier | None = None
        self._refused = ""
        self.acts: LedgerActs | None = None
        body = PageBody(spacing=12, parent=self)
        self.scroller = Scroller(body, self)
        self.sheet = LedgerSheet()
        self.error = ErrorBanner(parent=body)
        self.bar = Flow()
        self.who = Label("", step="small", ink="text.2", wrap=True)
        self.handling = Label("", step="small", ink="text.2", wrap=True)
        body.column.addSpacing(px(8))
        for part in (self.error, self.bar, self.who, self.sheet, self.handling):
            body.column.addWidget(part)
        body.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroller)
        self._make_buttons()
        self.sheet.picked.connect(self._on_picked)
        self.sheet.opened.connect(self.opened)

    def attach(self, desk: Desk) -> None:
        """Ask and act through this desk."""
        self._desk = desk
        self.acts = LedgerActs(desk, self)
        self.acts.refused.connect(self._say)
        self.error.acted.connect(self._ask)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("A", self.acts.put_forward),
            ("G", self.acts.add_ground),
            ("P", self.acts.privilege),
            ("H", self.acts.hand_over),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._if_allowed, act))
        self._ask()

    def show_dossier(self, found: Dossier, *, refused: str) -> None:
        """Show the ledger of this handle: read anew, or as it was at an instant in the past."""
        self._found, self._refused = found, refused
        self._ask()

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return self._asked is None

    def _ask(self) -> None:
        if self._found is None or self._desk is None:
            return
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        thing = self._found.thing
        if self._found.is_past and isinstance(thing, Handle):
            self._show(ledgers.of_links(thing, self._found.brief, self._found.links))
            return
        query = partial(ledgers.read, handle=thing.id, noted=False)
        self._asked = self._desk.ask(query, self._show)
        self._asked.failed.connect(self._on_failed)

    def _show(self, ledger: Ledger) -> None:
        self._asked = None
        self._say("")
        if self.acts is not None:
            self.acts.ledger = ledger
        self.sheet.show_ledger(ledger)
        self._show_handling(ledger)

    def _show_handling(self, ledger: Ledger) -> None:
        handle = ledger.handle
        over = label("agencies", handle.handed_to)
        if handle.handed_to and handle.handed_over:
            over = f"{over}, {handle.handed_over.worded()}. {handle.handover_note}"
        facts = {
            _("Package"): handle.package,
            _("Handling conditions"): handle.conditions,
            _("Handed over to"): over,
        }
        self.handling.setText("\n".join(f"{name}: {said}" for name, said in facts.items() if said))

    def _make_buttons(self) -> None:
        self.next_button = outline("", icon="action.check", height="bar")
        self.put_button = outline(_("Put forward"), icon="action.add", key="A", height="bar")
        self.ground_button = outline(_("Add ground"), key="G", height="bar")
        self.more_button = text_button(_("More"), icon="action.more")
        self.dispose_button = text_button(_("Disposition"), icon="entity.handle")
        self.over_button = text_button(_("Hand over"), icon="action.hand-over", key="H")
        self.privilege_button = text_button(_("Privileged"), icon="status.restricted", key="P")
        self.buttons: tuple[Button, ...] = (
            *(self.next_button, self.put_button, self.ground_button, self.more_button),
            *(self.dispose_button, self.over_button, self.privilege_button),
        )
        self.next_button.clicked.connect(self._on_next)
        self.put_button.clicked.connect(partial(self._act, "put_forward"))
        self.ground_button.clicked.connect(partial(self._act, "add_ground"))
        self.over_button.clicked.connect(partial(self._act, "hand_over"))
        self.privilege_button.clicked.connect(partial(self._act, "privilege"))
        self.more_button.clicked.connect(self._on_more)
        self.dispose_button.clicked.connect(self._on_dispositions)
        self.bar.show_parts(list(self.buttons))

    def _on_picked(self, put: Put | None) -> None:
        if self.acts is None or self._desk is None or self.acts.ledger is None:
            return
        self.acts.put = put
        self.who.setText(who_words(put, self.acts.ledger) if put else "")
        self.who.setVisible(bool(self.who.text()))
        for button in self.buttons:
            self._allow(button, self._refused)
        for button in (self.ground_button, self.more_button):
            button.setVisible(put is not None)
        self.next_button.setVisible(put is not None and bool(next_status(put.link.status)))
        if put is not None:
            self.next_button.set_label(step_words(put.link.status))
            self._allow(self.next_button, self._refused or why_not(put, self._desk.user.id))

    def _allow(self, button: Button, refused: str) -> None:
        if refused:
            button.refuse(refused)
        else:
            button.allow()

    def _if_allowed(self, act: Callable[[], None]) -> None:
        if not self._refused:
            act()

    def _act(self, name: str) -> None:
        if self.acts is not None:
            self._if_allowed(getattr(self.acts, name))

    def _on_next(self) -> None:
        if self.acts is not None:
            self.acts.advance()

    def _on_more(self) -> None:
        if self.acts is None:
            return
        menu = QMenu(self)
        menu.addAction(_("Steps taken…")).triggered.connect(self.acts.show_steps)
        menu.addAction(_("Edit, take grounds out…")).triggered.connect(self.acts.edit)
        for move in self.acts.moves():
            if self.acts.put is None or move.to == next_status(self.acts.put.link.status):
                continue
            action = menu.addAction(_("{move}…").format(move=_(move.label)))
            action.triggered.connect(partial(self._on_turn, move.code))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _on_dispositions(self) -> None:
        if self.acts is None or self.acts.ledger is None:
            return
        menu = QMenu(self)
        now = self.acts.ledger.handle.disposition
        for item in code_list("dispositions"):
            action = menu.addAction(_(item.label))
            action.setCheckable(True)
            action.setChecked(item.code == now)
            action.triggered.connect(partial(self._on_disposition, item.code))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.dispose_button.mapToGlobal(self.dispose_button.rect().bottomLeft()))

    def _on_turn(self, code: str, _checked: object = None) -> None:
        if self.acts is not None:
            self.acts.turn(code)

    def _on_disposition(self, code: str, _checked: object = None) -> None:
        if self.acts is not None:
            self.acts.dispose(code)

    def _say(self, sentence: str) -> None:
        self.error.say(sentence)

    def _on_failed(self, error: DeskError) -> None:
        self._asked = None
        self.error.say(str(error), _("Try again"))
