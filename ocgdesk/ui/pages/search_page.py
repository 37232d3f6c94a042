"""Search: all results of a text, what is kept of earlier searches, what watches heard."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import searching, watches
from ocgdesk.casework.reasons import Use
from ocgdesk.casework.searching import Answer
from ocgdesk.casework.watches import Kept
from ocgdesk.domain.keeping import Watch
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.watching import Heard
from ocgdesk.ui import reasoning, results, theme, watching
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.watch_dialog import kind_options
from ocgdesk.ui.fonts import px
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.search_exporting import SearchPapers
from ocgdesk.ui.pages.search_parts import SIDE, FoundList, Section
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Panel, Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.inputs import SearchBox, Select
from ocgdesk.ui.widgets.notes import EmptyState

PER_KIND: Final = 50
_Side = tuple[list[Kept], list[Heard]]


class SearchPage(Page):
    """The search box with room: up to fifty results of a kind, the watch list beside them."""

    icon = "page.search"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Search")
        self._asked = Inquiry(desk, self)
        self._listing = Inquiry(desk, self)
        self._stale = False
        self._build()
        self._wire()
        self._fit()
        self.box.setText(target.text)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_searched(target.text)
        self._list()

    def _build(self) -> None:
        self.header = PageHeader(_("Search"), _(_LOGGED))
        self.save = primary(_("Save and watch"), icon="entity.watch", key="Ctrl+S")
        self.papers = SearchPapers(self.desk, self)
        self.header.add_action(self.papers.button)
        self.header.add_action(self.save)
        self.box = SearchBox(_("Name, alias, number, reference or words"))
        self.box.setAccessibleName(_("Search everything"))
        self.kinds = Select(kind_options(), name=_("Kind of record"))
        self.found = FoundList(_("Results"))
        self.nothing = EmptyState("")
        self.kept = Section(_("Saved and watched"), _(_NONE_KEPT))
        self.heard = Section(_("Heard"), _(_NONE_HEARD))
        self.change = outline(_("Watch until…"), key="F2", height="bar")
        self.remove = outline(_("Remove"), key="Del", height="bar")
        self._side = self._beside()
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.box, 1)
        self._row.addWidget(self.kinds)
        self._arrange()

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._row)
        self._results = QVBoxLayout()
        self._results.addWidget(self.found, 1)
        self._results.addWidget(self.nothing, 1)
        left.addLayout(self._results, 1)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addLayout(left, 1)
        both.addWidget(Rule(standing=True))
        both.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(both, 1)

    def _beside(self) -> QWidget:
        side = Panel("clear")
        acts = QHBoxLayout()
        acts.setContentsMargins(16, 0, 16, 8)
        acts.setSpacing(8)
        acts.addWidget(self.change)
        acts.addWidget(self.remove)
        acts.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 4, 0, 12)
        column.setSpacing(8)
        column.addWidget(self.kept, 1)
        column.addLayout(acts)
        column.addWidget(self.heard, 1)
        return side

    def _wire(self) -> None:
        self.box.searched.connect(self._on_searched)
        self.kinds.chosen.connect(self._on_kind)
        self.save.clicked.connect(self._on_save)
        self.papers.written.connect(self.said)
        self.found.opened.connect(self._on_opened)
        self.heard.list.opened.connect(self._on_opened)
        self.kept.list.opened.connect(self._on_kept)
        self.kept.list.removed.connect(self._on_remove)
        self.kept.list.moved.connect(self._on_moved)
        self.change.clicked.connect(self._on_change)
        self.remove.clicked.connect(self._on_remove)
        self.desk.changed.connect(self._on_changed)
        for key, act in (("Ctrl+S", self._on_save), ("Ctrl+F", self.box.setFocus)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        renamed = QShortcut(QKeySequence("F2"), self.kept.list)
        renamed.setContext(Qt.ShortcutContext.WidgetShortcut)
        renamed.activated.connect(self._on_change)
        theme.follow(self, self._fit)

    def arrive(self, target: Target) -> None:
        super().arrive(target)
        if target.text and target.text != self.box.text():
            self.box.setText(target.text)
        self.refresh()

    def refresh(self) -> None:
        self._stale = False
        self._on_searched(self.box.text())
        self._list()

    def ready(self) -> bool:
        return not (self._asked.is_open or self._listing.is_open)

    def leave(self) -> None:
        self._asked.drop()
        self._listing.drop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        side = page_margin(self)
        self._row.setContentsMargins(side, 0, px(16), px(8))
        # The rows of a list stand 16 px inside it: their words begin below the box's edge.
        self._results.setContentsMargins(max(0, side - px(16)), 0, 0, 0)
        self._side.setFixedWidth(min(px(SIDE), max(px(240), self.width() // 3)))

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self._asked.drop()
        if not text.strip():
            self._show(Answer("", (), is_all=True))
            return
        reasoning.before(self.desk, Use.SEARCH, self, partial(self._search, text))

    def _search(self, text: str) -> None:
        kinds = (Kind(self.kinds.current),) if self.kinds.current else ()
        self._asked.ask(
            lambda reader: searching.search(reader, text, kinds=kinds, per_kind=PER_KIND),
            self._show,
            purpose=reasoning.given(self.desk, Use.SEARCH),
        )

    def _show(self, answer: Answer) -> None:
        self.found.show_groups(tuple(results.groups(answer)))
        self.papers.offer(answer, (Kind(self.kinds.current),) if self.kinds.current else ())
        self.found.setVisible(bool(answer.groups))
        self.nothing.setVisible(not answer.groups)
        self.nothing.show_words(_nothing(answer.text))
        self.header.set_subtitle(_counted(answer))
        self.titled.emit(answer.text[:40] or _("Search"))

    def _list(self) -> None:
        """Ask for what is kept and what was heard; that it was seen is noted."""
        today = self.desk.today()

        def ask(reader: Reader) -> _Side:
            kept = watches.mine(reader, today=today)
            return kept, watches.heard(reader, look=True)

        self._listing.ask(ask, self._show_side)

    def _show_side(self, side: _Side) -> None:
        kept, heard = side
        texts: dict[object, str] = {one.watch.id: one.watch.text for one in kept}
        set_now = sum(one.is_set for one in kept)
        note = ngettext("{n} watching", "{n} watching", set_now).format(n=set_now)
        self.kept.show_rows(tuple(results.kept(one) for one in kept), note if kept else "")
        if kept and self.kept.list.current() is None:
            self.kept.list.begin()
        rows = tuple(results.heard(heard, texts))
        self.heard.show_rows(rows, f"{len(rows):,}" if rows else "")

    @Slot(str)
    def _on_kind(self, _kind: str) -> None:
        self._on_searched(self.box.text())

    @Slot()
    def _on_save(self) -> None:
        watching.keep(self.desk, self.box.text(), self.kinds.current, self)

    @Slot(object, bool)
    def _on_opened(self, value: object, new_tab: bool) -> None:  # noqa: FBT001 - a signal's
        if isinstance(value, Target):
            self.opened.emit(value, new_tab)

    @Slot(object, bool)
    def _on_kept(self, value: object, _new_tab: bool) -> None:  # noqa: FBT001 - a signal's
        if isinstance(value, Kept):
            self.kinds.choose(value.kinds[0].value if len(value.kinds) == 1 else "")
            self.box.setText(value.watch.text)
            self._on_searched(value.watch.text)

    @Slot()
    def _on_moved(self) -> None:
        for button in (self.change, self.remove):
            if self.kept.list.current() is None:
                button.refuse(_("Choose a saved search first"))
            else:
                button.allow()

    @Slot()
    def _on_change(self) -> None:
        if isinstance(kept := self.kept.list.current(), Kept):
            watching.change(self.desk, kept, self)

    @Slot()
    def _on_remove(self) -> None:
        if isinstance(kept := self.kept.list.current(), Kept):
            watching.drop(self.desk, kept)

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if not self.isVisible():
            self._stale = True
        elif changed.kinds == frozenset({Watch.kind}):
            self._list()
        else:
            self.refresh()


_LOGGED = N_("Searches are logged")
_NONE_KEPT = N_("Nothing saved. Ctrl+S keeps a search, and can let it speak up.")
_NONE_HEARD = N_("Your watches have heard nothing.")


def _nothing(text: str) -> str:
    if not text.strip():
        return _("Type a name, a number or words. A star stands for what you do not know: 07*321.")
    said = _("Nothing found for “{text}”. Try fewer letters, or part of a number: 07*321.")
    return said.format(text=text[:60])


def _counted(answer: Answer) -> str:
    if not answer.text:
        return _(_LOGGED)
    told = ngettext("{n} record found", "{n} records found", answer.count)
    if not answer.is_all:
        told = _("at least {n} records found")
    return told.format(n=f"{answer.count:,}") + " · " + _(_LOGGED)
