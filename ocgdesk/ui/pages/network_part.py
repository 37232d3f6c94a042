"""What each part of the analysis page has: its question, its answer, and what can be done with it.

A part asks the desk in the background, computes in the worker process and shows what came of it.
Nothing is asked before the user says so, but of a chart, an OCG or chosen records.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import results
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.results import Draft
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.kinds import LINKS, SUBJECTS
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui import theme
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.network_says import SaidPanel
from ocgdesk.ui.shell.strip import AsAtStrip
from ocgdesk.ui.widgets.buttons import Button, outline, primary
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import FlowBar, PageHeader
from ocgdesk.ui.widgets.moments import MomentButton
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_LEAST: Final = 200
"""The least height of an answer, at 100 %."""
BODY: Final = 0
EMPTY: Final = 1
MOST_CHARTED: Final = 500
"""Records an answer is shown of on a chart, the first of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWords:
    """What a part says of itself."""

    title: str
    basis: str
    verb: str
    """On its primary button."""
    prompt: str
    """What to do first, in one sentence."""
    task: str
    """Its code in the list ``analyses``."""


class NetworkPart(Page):
    """Header, settings, and the answer or a sentence in its place."""

    icon = "page.analysis"

    def __init__(
        self, desk: Desk, target: Target, words: PartWords, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, target, parent)
        self.words = words
        self.title = words.title
        self.found: Any = None
        """The answer that is shown, or None before there is one."""
        self._asked: Job | None = None
        self._frame()

    # ---- What each part says -----------------------------------------------------------------

    def ask(self) -> None:
        """Put the question as the part is set."""
        raise NotImplementedError

    def draft(self) -> Draft | None:
        """Return the answer as it would be kept; None where there is none."""
        raise NotImplementedError

    def charted(self) -> tuple[UUID, ...]:
        """Return the records to be shown on a chart, in order."""
        return ()

    def extras(self) -> tuple[Button, ...]:
        """Make the buttons a part has besides those of all, left of them."""
        return ()

    # ---- What all parts do -------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask anew what was asked."""
        if self._asked is not None:
            self._asked.cancel()
        self.note.say("")
        if self.found is None:
            self.empty.show_words(_("Computing…"), "")
            self.stack.setCurrentIndex(EMPTY)
        try:
            self.ask()
        except DeskError as error:
            self._on_failed(error)

    def ready(self) -> bool:
        return self._asked is None

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def listen(self, job: Job) -> None:
        """Wait for this; a cancelled or failed one is told."""
        self._asked = job
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_finished)

    def answer(self, found: Any, subtitle: str, nothing: str = "") -> None:
        """Take over an answer; ``nothing`` is said in its place where it holds nothing."""
        self._asked, self.found = None, found
        self.header.set_subtitle(subtitle)
        self.empty.show_words(nothing, "")
        self.stack.setCurrentIndex(EMPTY if nothing else BODY)
        self.renew()

    def renew(self) -> None:
        """Bring buttons and inspector up to what is shown or selected."""
        self._allow(self.chart_button, bool(self.charted()), _("Nothing here to draw"))
        if self.desk.may(Right.CHART):
            self._allow(self.keep_button, self.found is not None, _("Compute something first"))
        self.inspected.emit(self.inspector())

    def at(self, scope: Scope) -> Scope:
        """Return a scope as at the moment that is looked at."""
        moment = self.when_button.moment
        on = moment.on
        return replace(scope, as_at=moment.as_at, since=on or scope.since, until=on or scope.until)

    def look_at(self, moment: Moment) -> None:
        """Ask of another moment than now, or of now again."""
        self.when_button.show_moment(moment)
        self.strip.say(moment.words)
        self.refresh()

    def open_record(self, brief: Brief) -> None:
        """Go to the record."""
        self.opened.emit(Target(page=PageKind.RECORD, kind=brief.kind, id=brief.id), False)

    def bind(self, key: str, act: Any) -> None:
        """Do this at a key while the focus is on the part."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def inspector(self) -> QWidget | None:
        return SaidPanel(*self.says()) if self.found is not None else None

    def says(self) -> tuple[Any, ...]:
        """Return what the inspector says: a title, sentences, then headed lists of sentences."""
        return (self.title, ())

    def _frame(self) -> None:
        self.header = PageHeader(self.words.title, self.words.basis)
        self.chart_button = outline(_("Show on chart"), icon="action.chart", key="Ctrl+G")
        self.keep_button = outline(_("Keep result"), icon="action.save", key="Ctrl+S")
        self.ask_button = primary(self.words.verb, icon="page.analysis", key="F5")
        self.when_button = MomentButton(self)
        self.when_button.today = self.desk.today
        self.strip = AsAtStrip(self)
        buttons = (self.chart_button, self.keep_button, self.ask_button)
        for button in (self.when_button, *self.extras(), *buttons):
            self.header.add_action(button)
        self.note = ErrorBanner(closable=True, parent=self)
        self.bar = FlowBar()
        self.body = QWidget()
        self.inside = QVBoxLayout(self.body)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(0)
        self.empty = EmptyState(self.words.prompt, self.words.verb)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.body)
        self.stack.addWidget(self.empty)
        self.stack.setCurrentIndex(EMPTY)
        whole, inside = QVBoxLayout(self), QWidget()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroller(inside, self))
        inside.setMinimumWidth(1)  # never wider than the window: it scrolls up and down alone
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        for widget in (self.strip, self.header, self.note, self.bar, Rule(role="line.2")):
            self.column.addWidget(widget)
        self.column.addWidget(self.stack, 1)
        theme.follow(self, self._grow)
        self._refuse()
        self._connect()

    def _grow(self) -> None:
        """Leave the answer some room: on a low window all of it scrolls."""
        self.stack.setMinimumHeight(px(_LEAST))

    def _refuse(self) -> None:
        self.chart_button.refuse(_("Compute something first"))
        reason = _("Compute something first")
        if not self.desk.may(Right.CHART):
            reason = _("Your roles do not allow this.")
        self.keep_button.refuse(reason)

    def _connect(self) -> None:
        self.ask_button.clicked.connect(self.refresh)
        self.empty.acted.connect(self.refresh)
        self.note.acted.connect(self.refresh)
        self.chart_button.clicked.connect(self.show_on_chart)
        self.keep_button.clicked.connect(self.keep)
        self.desk.changed.connect(self._on_changed)
        self.when_button.chosen.connect(self.look_at)
        self.strip.left.connect(self._on_now)
        self.bind("F5", self.refresh)
        self.bind("Ctrl+G", self.show_on_chart)
        self.bind("Ctrl+S", self.keep)

    @staticmethod
    def _allow(button: Any, allowed: bool, reason: str) -> None:  # noqa: FBT001 - a plain fact
        if allowed:
            button.allow()
        else:
            button.refuse(reason)

    @Slot()
    def _on_now(self) -> None:
        self.look_at(NOW)

    @Slot()
    def show_on_chart(self) -> None:
        """Draw what the answer is about, selected in its order."""
        if items := self.charted()[:MOST_CHARTED]:
            self.opened.emit(Target(page=PageKind.CHART, items=items), False)

    def open_coloured(self, theme: Theme, items: Sequence[UUID], chart: UUID | None) -> None:
        """Draw what an answer is about by it: on the chart it was asked of, else on a new one."""
        if chart is not None:
            self.opened.emit(Target(page=PageKind.CHART, id=chart), False)
        else:
            new = Target(page=PageKind.CHART, items=tuple(items)[:MOST_CHARTED], theme=theme)
            self.opened.emit(new, False)

    @Slot()
    def keep(self) -> None:
        """Ask for a title, and keep the answer as it is."""
        if not self.keep_button.isEnabled() or (draft := self.draft()) is None:
            return
        about = self.desk.workspace.about
        dialog = TitleDialog(_("Keep result"), draft.title, about=about, parent=self)
        dialog.show_note(_("It is kept as it was computed, and says when it no longer holds."))
        dialog.named.connect(partial(self._keep, draft))
        dialog.open()

    def _keep(self, draft: Draft, title: str) -> None:
        act = partial(results.keep_named, draft=draft, title=title)
        if self.desk.do(_("Keep result"), act, right=Right.CHART):
            self.said.emit(_("Kept; it stands under Kept results."))

    def _on_changed(self, changed: Changed) -> None:
        if self.found is not None and changed.touches(*SUBJECTS, *LINKS):
            self.note.say(_(results.STALE), _("Compute again"), tone="due")

    def _on_failed(self, error: DeskError) -> None:
        self._asked = None
        if self.found is None:
            self.empty.show_words(self.words.prompt, self.words.verb)
        self.note.say(str(error), tone="overdue")

    @Slot()
    def _on_finished(self) -> None:
        """See whether it was cancelled: what was done or failed has been shown by now."""
        if self._asked is not None and self._asked.over:
            self._asked = None
            if self.found is None:
                self.empty.show_words(_("Cancelled; nothing was kept."), self.words.verb)
