"""Duplicates: a queue of pairs that may be one, each decided on by a person."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import combining, duplicates, verdicts
from ocgdesk.casework.duplicates import Material, Pair
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.pairings import COMPARED
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.matching.values import Candidate
from ocgdesk.ui import words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import duplicates_beside, home_duplicates
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.duplicates_beside import Beside, BesidePanel
from ocgdesk.ui.pages.duplicates_rows import pair_columns
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Rule as Line
from ocgdesk.ui.widgets.headers import PageHeader
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.worker import Call

_PAIRS, _EMPTY = 0, 1
_EDITED: Final = N_("Read-only: your roles do not let you decide on pairs.")


class DuplicatesPage(AskingPage):
    """The queue on the left, two records side by side on the right; keys M, Y, N, J and X."""

    icon = "page.duplicates"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Duplicates")
        self.kind = target.kind or Kind.NOMINAL
        self.found: list[Candidate] | None = None
        self.turned = False
        self._comparing: Job | None = None
        self._looking: Job | None = None
        self._build()
        self._wire()
        self.refresh()

    # ---- Building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        options = tuple(Option(kind.value, words.many(kind)) for kind in COMPARED)
        self.kinds = Select(options, name=_("Kind"))
        self.kinds.choose(self.kind.value)
        self.merge_button = primary(_("Merge"), icon="page.duplicates", key="M")
        self.maybe_button = outline(_("Maybe"), key="Y")
        self.never_button = outline(_("Never"), key="N")
        self.skip_button = outline(_("Skip"), key="J")
        self.turn_button = outline(_("Keep the other"), key="X")
        for widget in (self.kinds, *self._buttons()):
            self.header.add_action(widget)
        self.note = ErrorBanner(closable=True, parent=self)
        self.pairs = ShortTable(pair_columns())
        self.queue = ShortTableView(self.pairs, name=_("Queue"), density=Density.STANDARD)
        self.beside = BesidePanel()
        self.empty = EmptyState(_("Looking for duplicates…"))
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.queue)
        halves.addWidget(self.beside)
        halves.setSizes([480, 760])
        self.stack = QStackedWidget()
        self.stack.addWidget(halves)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentIndex(_EMPTY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.note, Line(role="line.2")):
            column.addWidget(part)
        column.addWidget(self.stack, 1)

    def _buttons(self) -> tuple[Any, ...]:
        return (
            self.turn_button,
            self.skip_button,
            self.never_button,
            self.maybe_button,
            self.merge_button,
        )

    def _wire(self) -> None:
        self.queue.selectionModel().currentRowChanged.connect(self._on_pair)
        self.queue.opened.connect(self._on_into)
        self.beside.opened.connect(self._on_opened)
        self.kinds.chosen.connect(self._on_kind)
        self.note.acted.connect(self.look_again)
        self.desk.changed.connect(self._on_changed)
        acts = {
            "M": (self.merge_button, self.merge),
            "Y": (self.maybe_button, self.maybe),
            "N": (self.never_button, self.never),
            "J": (self.skip_button, self.skip),
            "X": (self.turn_button, self.turn),
        }
        for key, (button, act) in acts.items():
            button.clicked.connect(act)
            self._shortcut(key, act)
        self._shortcut("F5", self.look_again)

    def _shortcut(self, key: str, act: Any) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # ---- Looking ------------------------------------------------------------------------------

    def question(self) -> Question:
        if self.found is None:
            return partial(duplicates.gather, kind=self.kind)
        return partial(duplicates.queue, kind=self.kind, found=self.found)

    def look_again(self) -> None:
        """Compare everything anew."""
        self._stop()
        self.found = None
        self.refresh()

    def show_answer(self, answer: Any) -> None:
        self.note.say("")
        if isinstance(answer, Material):
            self._compare(answer)
        else:
            self._show(answer)

    def _compare(self, material: Material) -> None:
        call = Call.of(duplicates.compare, material).telling()
        self._comparing = job = self.desk.compute(_("Look for duplicates"), call, self._on_found)
        job.progressed.connect(self._on_progress)
        job.failed.connect(self._on_not_compared)

    def _on_found(self, found: list[Candidate]) -> None:
        self._comparing = None
        self.found = found
        self.refresh()

    def _on_progress(self, done: int, total: int, what: str) -> None:
        if what and total and self._comparing is not None:
            self.header.set_subtitle(f"{what} · {done / total:.0%}")

    def _on_not_compared(self, error: DeskError) -> None:
        self._comparing = None
        self.show_failure(error)

    def show_failure(self, error: DeskError) -> None:
        if isinstance(error, DeskError):
            self.note.say(str(error), _("Try again"), tone="overdue")

    def _show(self, pairs: Sequence[Pair]) -> None:
        row = max(0, self.queue.currentIndex().row())
        self.pairs.show_rows(pairs)
        self.queue.share()
        n = len(pairs)
        told = ngettext("{n:,} pair to decide on", "{n:,} pairs to decide on", n).format(n=n)
        self.header.set_subtitle(f"{told} · {_('a person decides; nothing is merged by itself')}")
        self.told.emit((told,))
        if self.kind is Kind.NOMINAL:
            home_duplicates.note(self.desk, n)
        self.empty.show_words(_("No pair above the threshold."))
        self.stack.setCurrentIndex(_PAIRS if pairs else _EMPTY)
        self._allow(bool(pairs))
        if pairs:
            self.queue.setCurrentIndex(self.pairs.index(min(row, n - 1), 0))

    def _allow(self, some: bool) -> None:  # noqa: FBT001 - whether there is a pair
        refused = "" if self.desk.may(Right.EDIT) else _(_EDITED)
        for button in self._buttons():
            if not some:
                button.refuse(_("No pair above the threshold."))
            elif refused and button not in {self.skip_button, self.turn_button}:
                button.refuse(refused)
            else:
                button.allow()

    def chosen(self) -> Pair | None:
        """Return the pair chosen, if there is one."""
        pair: Pair | None = self.queue.row()
        return pair

    def _on_pair(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.turned = False
        self._read()

    def _read(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        pair = self.chosen()
        if pair is None:
            self._looking = None
            return
        on = self.desk.today()
        asked = partial(duplicates_beside.look, pair=pair, turned=self.turned, on=on)
        self._looking = self.desk.ask(asked, self._on_beside)
        self._looking.failed.connect(self._on_gone)

    def _on_beside(self, found: Beside) -> None:
        self._looking = None
        self.beside.show_pair(found)

    def _on_gone(self, error: DeskError) -> None:
        self._looking = None
        if isinstance(error, DeskError):
            self.note.say(_("One of the two was changed since."), _("Try again"), tone="overdue")

    def ready(self) -> bool:
        idle = self._comparing is None and self._looking is None
        return super().ready() and idle and self.found is not None

    def leave(self) -> None:
        super().leave()
        self._stop()

    def _stop(self) -> None:
        for job in (self._comparing, self._looking):
            if job is not None:
                job.cancel()
        self._comparing = self._looking = None

    def _on_changed(self, changed: Changed) -> None:
        if not changed.kinds.isdisjoint({self.kind, Kind.PAIRING, Kind.LINK}):
            self.ask_again()

    def _on_kind(self, key: str) -> None:
        self.kind = Kind(key)
        self.look_again()

    def _on_into(self, _row: int) -> None:
        self.beside.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, record: Entity) -> None:
        self.opened.emit(Target(page=PageKind.RECORD, kind=record.kind, id=record.id), True)

    # ---- Deciding -----------------------------------------------------------------------------

    def merge(self) -> None:
        """Make the two one, with the values chosen; or propose it, where two have to agree."""
        if self.beside.found is None or not self._is_shown():
            return
        found, choices = self.beside.found, self.beside.choices()
        act = partial(
            combining.merge, kept=found.kept.id, absorbed=found.absorbed.id, choices=choices
        )
        self.desk.do(_("Merge records"), act)

    def maybe(self) -> None:
        """Link the two as maybe the same, and go on."""
        if (pair := self.chosen()) is not None:
            act = partial(verdicts.maybe, one=pair.one.id, other=pair.other.id)
            if self.desk.do(_("Link as maybe the same"), act):
                self.skip()

    def never(self) -> None:
        """Keep that the two are never the same."""
        if (pair := self.chosen()) is not None:
            act = partial(verdicts.never, one=pair.one.id, other=pair.other.id)
            self.desk.do(_("Never the same"), act)

    def skip(self) -> None:
        """Go on to the next pair; this one stays in the queue."""
        row = self.queue.currentIndex().row() + 1
        if row < self.pairs.rowCount():
            self.queue.setCurrentIndex(self.pairs.index(row, 0))

    def turn(self) -> None:
        """Keep the other of the two."""
        self.turned = not self.turned
        self._read()

    def _is_shown(self) -> bool:
        """Tell whether what stands beside each other is the pair chosen."""
        pair, found = self.chosen(), self.beside.found
        return self._looking is None and found is not None and pair == found.pair
