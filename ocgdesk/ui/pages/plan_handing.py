"""What a plan is handed on with: templates, action sheets, another LRO, an SIO and back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from ocgdesk.casework import action_sheets, handovers, plan_joint, plan_templates
from ocgdesk.casework.action_sheets import Draft
from ocgdesk.casework.plan_beside import Beside
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain.people import Right
from ocgdesk.domain.planning import Handover, PlanTemplate
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder
from ocgdesk.ui.dialogs.plan_dialogs import (
    AdoptDialog,
    PrepareHandoverDialog,
    SignOffDialog,
    TakeBackDialog,
    UseTemplateDialog,
    user_named,
)
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.dialogs.subrecord_dialog import ReasonDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.pages.plan_printing import PlanPrints
from ocgdesk.ui.pages.record_saving import attempt

_SHEETS: Final = (("xlsx", N_("Excel workbook")),)


class PlanHanding(QObject):
    """The menu of a plan's page, and what is done by it."""

    told = Signal(str)
    """What was done, for a toast."""
    export_wanted = Signal()

    def __init__(self, desk: Desk, over: QWidget, *, refused: str, no_export: str) -> None:
        super().__init__(over)
        self.board: Board | None = None
        self.beside: Beside | None = None
        self._desk = desk
        self._over = over
        self._refused = refused
        self._no_export = no_export
        self.prints = PlanPrints(desk, over)
        self.prints.told.connect(self.told)

    def menu(self) -> QMenu:
        """Return the menu; what cannot be done says why in its tooltip."""
        made = QMenu(self._over)
        made.setToolTipsVisible(True)
        self._entry(made, _("Export…"), self.export_wanted.emit, self._no_export, "Ctrl+E")
        self._entry(made, _("Print…"), self.print_plan, self._no_export, "Ctrl+P")
        made.addSeparator()
        self._entry(made, _("Send action sheet…"), self.send_sheet, self._no_export)
        self._entry(made, _("Take back action sheet…"), self.choose_sheet, self._refused)
        made.addSeparator()
        self._entry(made, _("Use a template…"), self.use_template, self._refused)
        self._entry(made, _("Make a template of this plan…"), self.make_template, self._refused)
        made.addSeparator()
        waiting = bool(self.beside and self.beside.open_handovers)
        words = _("Sign off hand-over…") if waiting else _("Hand over…")
        self._entry(made, words, self.hand_over, self._refused)
        if self._sio():
            self._entry(made, _("Hand back to the LRO…"), self.hand_back, self._refused)
        else:
            self._entry(made, _("Adopt with an SIO…"), self.adopt, self._refused)
        made.aboutToHide.connect(made.deleteLater)
        return made

    def pop_up(self, spot: QPoint) -> None:
        """Show the menu at a place of the screen."""
        self.menu().popup(spot)

    def _entry(
        self, menu: QMenu, words: str, act: Callable[[], Any], refused: str, key: str = ""
    ) -> None:
        entry = menu.addAction(words)
        if key:
            entry.setShortcut(QKeySequence(key))
        entry.setEnabled(not refused)
        entry.setToolTip(refused or words)
        entry.triggered.connect(act)

    def print_plan(self) -> None:
        """Ask for whom, why and on which printer; then print the plan."""
        if self.board is not None and self.board.plan is not None and not self._no_export:
            self.prints.ask(self.board.ocg)

    # ---- Templates ------------------------------------------------------------------------------

    def make_template(self) -> None:
        """Ask what a template of this plan is to be called; it names nobody."""
        dialog = TitleDialog(
            _("Make a template"), "", about=self._desk.workspace.about, parent=self._over
        )
        dialog.show_note(_("What its actions touch is not named in it."))
        dialog.named.connect(self._on_template_named)
        dialog.open()

    def _on_template_named(self, title: str) -> None:
        act = partial(plan_templates.make, plan_id=self._plan(), title=title)
        self._desk.do(_("Make plan template"), act, right=Right.PLAN)

    def use_template(self) -> None:
        """Ask which template is to be added to this plan."""
        self._desk.ask(_templates, self._on_templates)

    def _on_templates(self, offered: tuple[PlanTemplate, ...]) -> None:
        dialog = UseTemplateDialog(self._desk, offered, parent=self._over)
        dialog.chosen.connect(partial(self._on_template, dialog))
        dialog.open()

    def _on_template(self, dialog: Sheet, id_: UUID) -> None:
        act = partial(
            plan_templates.use, plan_id=self._plan(), template_id=id_, today=self._desk.today()
        )
        self._finish(dialog, _("Use plan template"), act)

    # ---- LRO and SIO ----------------------------------------------------------------------------

    def hand_over(self) -> None:
        """Prepare a hand-over, or sign off the one that is open."""
        waiting = self.beside.open_handovers if self.beside else ()
        if waiting:
            sign_off = SignOffDialog(self._desk, waiting[0], parent=self._over)
            sign_off.signed_off.connect(partial(self._on_signed_off, sign_off, waiting[0]))
            sign_off.open()
            return
        dialog = PrepareHandoverDialog(self._desk, self._officer("lro"), parent=self._over)
        dialog.prepared.connect(partial(self._on_prepared, dialog))
        dialog.open()

    def _on_prepared(self, dialog: Sheet, role: str, giver: str, taker: str) -> None:
        act = partial(
            handovers.prepare,
            ocg_id=self._ocg(),
            giver=giver,
            taker=taker,
            taker_user=user_named(self._desk, taker),
            role=role,
            today=self._desk.today(),
        )
        self._finish(dialog, _("Prepare hand-over"), act)

    def _on_signed_off(self, dialog: Sheet, one: Handover) -> None:
        if one.given is None:
            self._finish(dialog, _("Sign off hand-over"), partial(handovers.give, id_=one.id))
        else:
            act = partial(handovers.take, id_=one.id, today=self._desk.today())
            self._finish(dialog, _("Take over OCG"), act, undoable=False)

    def adopt(self) -> None:
        """Ask which SIO adopts the OCG."""
        dialog = AdoptDialog(self._desk, parent=self._over)
        dialog.adopted.connect(partial(self._on_adopted, dialog))
        dialog.open()

    def _on_adopted(self, dialog: Sheet, officer: str) -> None:
        act = partial(
            plan_joint.adopt,
            ocg_id=self._ocg(),
            officer=officer,
            user=user_named(self._desk, officer),
            today=self._desk.today(),
        )
        self._finish(dialog, _("Adopt OCG"), act)

    def hand_back(self) -> None:
        """Ask with what the SIO hands the OCG back."""
        dialog = ReasonDialog(
            self._desk,
            _("Hand back to the LRO"),
            _("Hand back"),
            note=_("What the SIO had still to do becomes the LRO's."),
            parent=self._over,
        )
        dialog.reasoned.connect(partial(self._on_handed_back, dialog))
        dialog.open()

    def _on_handed_back(self, dialog: Sheet, note: str) -> None:
        act = partial(plan_joint.hand_back, ocg_id=self._ocg(), note=note, today=self._desk.today())
        self._finish(dialog, _("Hand back OCG"), act)

    # ---- Action sheets --------------------------------------------------------------------------

    def send_sheet(self) -> None:
        """Ask for whom, why and where to; then write the live actions for their owner."""
        assert self.board is not None  # noqa: S101 - the menu is offered once a plan is shown
        about = self._desk.workspace.about
        name = f"{self.board.ocg.ref or 'plan'}-actions.xlsx"
        dialog = DisclosureDialog(
            _("The live actions of the plan, without names of exploited people,"),
            documents_folder() / name,
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=_("Send action sheet"),
            formats=_SHEETS,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_send, dialog))
        dialog.open()

    def _on_send(self, dialog: DisclosureDialog) -> None:
        if (asked := dialog.disclosure) is not None:
            write = partial(self._write, ocg=self._ocg(), asked=asked)
            self._desk.background(_("Send action sheet"), write, self._on_sent)

    def _write(self, _progress: Progress, *, ocg: UUID, asked: Disclosure) -> Path:
        action_sheets.to_file(
            self._desk.workspace,
            ocg,
            asked.path,
            today=self._desk.today(),
            recipient=asked.recipient,
            reason=asked.reason,
        )
        return asked.path

    def _on_sent(self, path: Path) -> None:
        self.told.emit(_("Written: {name}").format(name=path.name))

    def choose_sheet(self) -> None:
        """Ask which sheet came back."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._over, _("Take back action sheet"), str(documents_folder()), "*.xlsx"
        )
        if chosen:
            self.read_sheet(Path(chosen))

    def read_sheet(self, path: Path) -> None:
        """Read a sheet that came back and show it as a draft."""
        query = partial(
            action_sheets.read, plan_id=self._plan(), path=path, today=self._desk.today()
        )
        self._desk.ask(query, self._on_draft)

    def _on_draft(self, draft: Draft) -> None:
        dialog = TakeBackDialog(self._desk, draft, parent=self._over)
        act = partial(action_sheets.take_back, draft=draft)
        dialog.taken.connect(partial(self._finish, dialog, _("Take back action sheet"), act))
        dialog.open()

    # ---- Helpers --------------------------------------------------------------------------------

    def _finish(self, dialog: Sheet, label: str, act: Any, *, undoable: bool = True) -> None:
        error = attempt(self._desk, label, act, right=Right.PLAN, undoable=undoable)
        if error is None:
            dialog.accept()
        else:
            dialog.say(f"{str(error).rstrip('.')}.")

    def _ocg(self) -> UUID:
        assert self.board is not None  # noqa: S101 - the menu is offered once a plan is shown
        return self.board.ocg.id

    def _plan(self) -> UUID:
        assert self.board is not None and self.board.plan is not None  # noqa: S101, PT018
        return self.board.plan.id

    def _officer(self, role: str) -> str:
        posts = self.board.posts if self.board else ()
        return next((post.officer for post in posts if post.role == role), "")

    def _sio(self) -> str:
        return self._officer("sio")


def _templates(reader: Reader) -> tuple[PlanTemplate, ...]:
    return plan_templates.templates(reader)
