"""The triage board: hundreds of handles worked through by keyboard, one after the other."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import handles, ledgers
from ocgdesk.casework.handles import IDENTIFIED, Tally
from ocgdesk.casework.ledgers import Ledger, Put
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store import handling
from ocgdesk.store.handling import HandleRow
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import triage_decide as acts
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.record_ledger import LedgerSheet
from ocgdesk.ui.pages.record_ledger_acts import LedgerActs
from ocgdesk.ui.pages.triage_decide import DecidePanel
from ocgdesk.ui.pages.triage_parts import HandleHead, refusal, stats
from ocgdesk.ui.pages.triage_queue import TriageQueue
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.tiles import StatRow

_TOUCHING: Final = (Kind.HANDLE, Kind.ATTRIBUTION, Kind.DECISION, Kind.CUSTODY)
_PAUSE_MS: Final = 60
"""A handle passed over more quickly than this is not read: it was not looked at."""
_QUEUE: Final = 296
_DECIDE: Final = 300
_ROOMY: Final = 1_040
_LOW: Final = 480
"""A page lower than this leaves the counts out: the dispositions at the right have them too."""
_MANY: Final = 40
"""A change of more things than this has everything read anew."""
_LEAVES: Final = frozenset({"confirmed", "rejected", "superseded", "proposed", "other-agency"})
"""Moves after which the next handle is wanted."""


class TriagePage(AskingPage):
    """Queue left, ledger in the middle, decisions right; every act has a key of its own."""

    icon = "page.triage"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Handle triage")
        self.ledger: Ledger | None = None
        self.tally = Tally()
        self._reading: Job | None = None
        self._wanted: UUID | None = target.id
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self.acts = LedgerActs(desk, self)
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        """Ask for all handles."""
        return handling.queue

    def ready(self) -> bool:
        return super().ready() and not self._pause.isActive() and self._reading is None

    def leave(self) -> None:
        super().leave()
        self._pause.stop()
        if self._reading is not None:
            self._reading.cancel()

    def arrive(self, target: Target) -> None:
        super().arrive(target)
        if target.id is not None:
            self._wanted = target.id
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ---- Made -----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.refused = refusal(self.desk)
        self.counts = StatRow(stats(Tally()))
        self.counts.setAccessibleName(_("Handles by what came of them"))
        self.queue = TriageQueue(self)
        self.decide = DecidePanel(self.desk.user.id, self.refused, self)
        self.sheet = LedgerSheet()
        self.error = ErrorBanner(parent=self)
        self.nothing = EmptyState(_("Choose a handle on the left."), parent=self)
        self.top = QWidget(self)
        top = QVBoxLayout(self.top)
        top.setContentsMargins(14, 12, 14, 12)
        top.addWidget(self.counts)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        for part in (self.queue, Rule(standing=True)):
            self._row.addWidget(part)
        self._row.addWidget(self._middle(), 1)
        self._line = Rule(standing=True)
        self._row.addWidget(self._line)
        self._row.addWidget(self.decide)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addWidget(self.error)
        whole.addWidget(Rule())
        whole.addLayout(self._row, 1)
        self._beside = True

    def _middle(self) -> QWidget:
        self.body = PageBody(spacing=12)
        self.body.column.addSpacing(px(14))
        self.head = HandleHead()
        self.body.column.addWidget(self.head)
        self.body.column.addWidget(self.sheet)
        self.body.column.addWidget(self.nothing)
        self.body.column.addStretch(1)
        self.scroller = Scroller(self.body)
        return self.scroller

    def _arrange(self) -> None:
        """Put the decisions beside the ledger, or below it where there is no room."""
        self.top.setVisible(self.height() >= px(_LOW))
        self.queue.setFixedWidth(min(px(_QUEUE), max(px(200), self.width() // 3)))
        self.decide.setFixedWidth(px(_DECIDE)) if self._beside else None
        beside = self.width() >= px(_ROOMY)
        if beside == self._beside:
            return
        self._beside = beside
        self._line.setVisible(beside)
        if beside:
            self.body.column.removeWidget(self.decide)
            self._row.addWidget(self.decide)
            self.decide.setFixedWidth(px(_DECIDE))
        else:
            self._row.removeWidget(self.decide)
            self.decide.setMinimumWidth(0)
            self.decide.setMaximumWidth(16_777_215)
            self.body.column.insertWidget(self.body.column.count() - 1, self.decide)
        self.decide.stand(beside=beside)

    def _wire(self) -> None:
        self.counts.chosen.connect(self._on_count)
        self.queue.picked.connect(self._on_picked)
        self.queue.cleared.connect(self.counts.clear_choice)
        self.sheet.picked.connect(self._on_candidate)
        self.sheet.opened.connect(self._on_opened)
        self.decide.acted.connect(self._on_act)
        self.acts.refused.connect(self.decide.say)
        self.acts.moved.connect(self._on_moved)
        self.error.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        self._bind_keys()

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "J": partial(self._step, 1),
            "K": partial(self._step, -1),
            "/": self._find,
            "U": self.desk.undo,
            "Return": partial(self._on_act, acts.PRIMARY),
            "Enter": partial(self._on_act, acts.PRIMARY),
            "O": self._open,
            "?": self._help,
            "C": partial(self._on_act, acts.ADVANCE),
            "B": partial(self._on_act, acts.PROBABLE),
            "A": partial(self._on_act, acts.PUT),
            "G": partial(self._on_act, acts.GROUND),
            "E": partial(self._on_act, acts.EDIT),
            "L": partial(self._on_act, acts.STEPS),
            "P": partial(self._on_act, acts.PRIVILEGE),
            "H": partial(self._on_act, acts.HAND_OVER),
        }
        for code, key in acts.KEYS_OF_MOVES.items():
            keys[key] = partial(self._on_act, f"{acts.MOVE}{code}")
        for number, item in enumerate(code_list(handles.DISPOSITIONS), start=1):
            keys[str(number)] = partial(self._on_act, f"{acts.DISPOSE}{item.code}")
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # ---- Shown ----------------------------------------------------------------------------------

    def show_answer(self, rows: list[HandleRow]) -> None:
        self.error.say("")
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.queue.show_every()
        self.queue.show_rows(rows, wanted)
        self._count()

    def _merge(self, ids: frozenset[UUID], rows: list[HandleRow]) -> None:
        """Take in what was read anew; a handle that was not found is closed to this user now."""
        found = {row.handle.id for row in rows}
        known = self.queue.model.everything
        self.queue.merge(rows, [id_ for id_ in ids if id_ in known and id_ not in found])
        self._count()
        if self.queue.row is not None:
            self._read()

    def _count(self) -> None:
        self.tally = handles.tally(r.disposition for r in self.queue.model.everything.values())
        self.counts.show_stats(stats(self.tally))
        self.queue.show_tally(self.tally)
        self.decide.show_tally(self.tally)
        self._tell()

    def _on_picked(self, row: HandleRow | None) -> None:
        if row is None:
            self._pause.stop()
            self.ledger = self.acts.ledger = self.acts.put = None
            self._show_parts(shown=False)
            return
        if self.ledger is None or self.ledger.brief.id != row.handle.id:
            self._pause.start()
        self._tell()

    def _read(self) -> None:
        """Ask for the ledger of the handle that is current."""
        row = self.queue.row
        if row is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        again = self.ledger is not None and self.ledger.brief.id == row.handle.id
        query = partial(ledgers.read, handle=row.handle.id, noted=not again)
        self._reading = self.desk.ask(query, self._show_ledger)
        self._reading.failed.connect(self._on_unread)

    def _show_ledger(self, ledger: Ledger) -> None:
        self._reading = None
        self.ledger = self.acts.ledger = ledger
        self.head.show_ledger(ledger)
        self.sheet.show_ledger(ledger)
        self._show_parts(shown=True)

    def _show_parts(self, *, shown: bool) -> None:
        for part in (self.head, self.sheet):
            part.setVisible(shown)
        self.decide.setEnabled(shown)
        self.nothing.setVisible(not shown)

    def _on_candidate(self, put: Put | None) -> None:
        self.acts.put = put
        if self.ledger is not None:
            self.decide.show_ledger(self.ledger, put)

    def _tell(self) -> None:
        at, of = self.queue.list.currentIndex().row() + 1, len(self.queue.model.rows)
        told = _("{n} of {all} decided").format(n=self.tally.decided, all=self.tally.identified)
        place = _("Handle {n} of {all}").format(n=at, all=of) if at else ""
        keys = _("J and K: next and previous · ? for keys")
        self.told.emit(tuple(part for part in (place, told, keys) if part))

    # ---- Done -----------------------------------------------------------------------------------

    def _on_act(self, code: str) -> None:
        if code == acts.SKIP:
            self._step(1)
        elif not self._is_current():
            return
        elif code == acts.PRIMARY:
            if self.decide.go_button.isEnabled():
                self.acts.advance(self.decide.note_text)
            else:
                self.decide.say(self.decide.go_button.toolTip())
        elif self.decide.can(code):
            self._do(code)

    def _is_current(self) -> bool:
        """Whether the ledger that is shown is that of the current handle."""
        row = self.queue.row
        return row is not None and self.ledger is not None and self.ledger.brief.id == row.handle.id

    def _do(self, code: str) -> None:
        note = self.decide.note_text
        if code.startswith(acts.MOVE):
            self.acts.turn(code.removeprefix(acts.MOVE), note)
        elif code.startswith(acts.DISPOSE):
            self._dispose(code.removeprefix(acts.DISPOSE))
        elif code == acts.ADVANCE:
            self.acts.advance(note)
        elif code == acts.PROBABLE:
            self.acts.keep_probable(note)
        else:
            {
                acts.PUT: self.acts.put_forward,
                acts.GROUND: self.acts.add_ground,
                acts.EDIT: self.acts.edit,
                acts.STEPS: self.acts.show_steps,
                acts.PRIVILEGE: self.acts.privilege,
                acts.HAND_OVER: self.acts.hand_over,
            }[code]()

    def _dispose(self, disposition: str) -> None:
        if self.acts.dispose(disposition) and disposition != "in-development":
            self._step(1)

    def _on_moved(self, status: str) -> None:
        if status in _LEAVES:
            self._step(1)

    def _step(self, by: int) -> None:
        self.queue.step(by)

    def _find(self) -> None:
        self.queue.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.queue.box.selectAll()

    def _help(self) -> None:
        self.opened.emit(Target(page=PageKind.HELP, tab="keys"), False)

    def _open(self) -> None:
        if (row := self.queue.row) is not None:
            self._on_opened(row.handle)

    def _on_opened(self, brief: Brief) -> None:
        target = Target(page=PageKind.RECORD, kind=brief.kind, id=brief.id, tab=_tab_of(brief))
        self.opened.emit(target, False)

    def _on_count(self, key: str) -> None:
        self.queue.choose_disposition("" if key == IDENTIFIED else key)
        if key == IDENTIFIED:
            self.queue.show_every()

    def _on_changed(self, changed: Changed) -> None:
        if not changed.touches(*_TOUCHING):
            return
        if not self.isVisible():
            self._stale = True
        elif changed.ids is None or len(changed.ids) > _MANY or self._asked.is_open:
            self.refresh()
            self._read()
        else:
            query = partial(handling.queue, only=changed.ids)
            self._asked.ask(query, partial(self._merge, changed.ids), self.show_failure)

    def show_failure(self, error: DeskError) -> None:
        self.error.say(str(error), _("Try again"))

    def _on_unread(self, error: DeskError) -> None:
        self._reading = None
        self.error.say(str(error), _("Try again"))


def _tab_of(brief: Brief) -> str:
    return "ledger" if brief.kind is Kind.HANDLE else ""
