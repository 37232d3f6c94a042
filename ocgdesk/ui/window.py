"""The main window: shell, desk and pages put together. Only it knows which page shows what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import guide
from ocgdesk.store import records
from ocgdesk.store.undo import Step
from ocgdesk.ui import bar, places
from ocgdesk.ui.collector import collector
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.idle import IdleWatch
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.searching import Searching
from ocgdesk.ui.shell.book import OpenPage
from ocgdesk.ui.shell.frame import Shell
from ocgdesk.ui.shell.values import StatusPart
from ocgdesk.ui.telling import Telling
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.later import Slices

_WIDE: Final = frozenset({PageKind.CHART, PageKind.TRIAGE})
LOAD_AFTER_MS: Final = 1_500
"""Pages are loaded when the first of them has had its own time to show."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was open when the window was left: to be opened again after unlocking."""

    targets: tuple[Target, ...] = ()
    """From left to right."""
    current: int = 0


class MainWindow(Shell):
    """One window on one workspace."""

    locked = Signal()
    """The user asked to lock, or nobody was at the desk for too long."""
    closed = Signal()
    workspace_wanted = Signal()
    """The user wants another workspace."""

    def __init__(self, desk: Desk, left: Left | None = None) -> None:
        about = desk.workspace.about
        super().__init__(marking=about.marking.value, synthetic=about.synthetic)
        self.desk = desk
        self._targets: dict[str, Target] = {}
        """Of every tab there was: one that was closed may be opened again."""
        self._pages: dict[str, Page] = {}
        self._numbers = count(1)
        self._said: dict[str, tuple[str, ...]] = {}
        self._told: tuple[str, ...] = ()
        self._inspector_wish: bool | None = None
        self._has_content = False
        self._counting: Job | None = None
        self._stepping: Job | None = None
        self._focus_before: QWidget | None = None
        self.searching = Searching(desk, self.body, self)
        self.telling = Telling(desk, self)
        self.let_go: Callable[[Desk], None] = Desk.close
        """What is done with the desk when the window closes."""
        self.watch = IdleWatch(lambda: desk.settings.lock_after_minutes * 60, self)
        self.setWindowTitle(f"{about.name} – OCG Desk")
        self.rail.show_workspace(about.name, _("Encrypted · unlocked"))
        self.resize(1440, 900)
        self._wire()
        self._count()
        self._ask_steps()
        self._open_again(left or Left((places.first(desk.user),)))
        QTimer.singleShot(LOAD_AFTER_MS, self, self._load_behind)

    def go(self, target: Target, *, new_tab: bool = False) -> str:
        """Open the page of a target, or go to its tab; return the key of the tab."""
        key = None if new_tab else self._tab_of(target)
        if key is None:
            return self._open(target)
        if (page := self._pages.get(key)) is not None:
            page.arrive(target)
        self.book.open(self._open_page(key), select=True)
        return key

    def left(self) -> Left:
        """Return what is open, to be opened again after a lock."""
        keys = self.open_keys()
        at = keys.index(self.current_key()) if self.current_key() in keys else 0
        return Left(tuple(self._targets[key] for key in keys), at)

    def current_page(self) -> Page | None:
        """Return the page shown."""
        page = self.page(self.current_key())
        return page if isinstance(page, Page) else None

    def show_inspector(self, *, shown: bool) -> None:
        """Show or hide the inspector, as the user wishes from now on."""
        self._inspector_wish = shown
        self.area.show_inspector(shown=shown)

    @Slot()
    def _load_behind(self) -> None:
        self.desk.background("", places.load_behind, self._load_pages)

    def _load_pages(self, _done: None) -> None:
        Slices(places.load_pages(), self)

    def _open_again(self, left: Left) -> None:
        """Open these tabs; only the page of the current one is made now."""
        keys = [self._open(target, select=False) for target in left.targets]
        self.book.open(self._open_page(keys[min(left.current, len(keys) - 1)]), select=True)

    def _tab_of(self, target: Target) -> str | None:
        wanted = places.key_of(target)
        keys = self.open_keys()
        return next((key for key in keys if places.key_of(self._targets[key]) == wanted), None)

    def _open(self, target: Target, *, select: bool = True) -> str:
        key = f"{next(self._numbers)}|{places.key_of(target)}"
        self._targets[key] = target
        self.book.open(self._open_page(key), select=select)
        return key

    def _open_page(self, key: str) -> OpenPage:
        target = self._targets[key]
        return OpenPage(
            key=key,
            title=places.title_of(target),
            icon=places.icon_of(target),
            factory=partial(self._page, key),
            wide=target.page in _WIDE,
        )

    def _page(self, key: str) -> QWidget:
        page = places.page(self.desk, self._targets[key])
        self._pages[key] = page
        page.opened.connect(self._on_opened)
        page.titled.connect(partial(self.rename_page, key))
        page.inspected.connect(partial(self._on_inspected, key))
        page.became.connect(partial(self._targets.__setitem__, key))
        page.said.connect(self.show_toast)
        page.told.connect(partial(self._on_told, key))
        return page

    def _wire(self) -> None:
        self.rail_chosen.connect(self._on_place)
        self.search_requested.connect(self.searching.summon)
        self.searching.chosen.connect(self._on_opened)
        self.searching.heard.connect(partial(self.notice.say, action=_("Show"), tone="info"))
        self.notice.acted.connect(partial(self.go, Target(page=PageKind.SEARCH)))
        self.new_requested.connect(self.searching.summon)
        self.undo_requested.connect(self.desk.undo)
        self.redo_requested.connect(self.desk.redo)
        self.toast_acted.connect(self.desk.undo)
        self.lock_requested.connect(self.locked)
        self.workspace_requested.connect(self.workspace_wanted)
        self.help_requested.connect(self._on_help)
        self.files_dropped.connect(self._on_files)
        self.page_shown.connect(self._on_page_shown)
        self.page_closed.connect(self._on_page_closed)
        self.status_chosen.connect(self._on_status_part)
        self.job_cancelled.connect(self._on_job_cancelled)
        self.desk.changed.connect(self._on_changed)
        self.desk.landed.connect(self._on_landed)
        self.desk.refused.connect(self._on_refused)
        self.desk.busy.connect(self._on_busy)
        self.desk.jobs.started.connect(self._on_job)
        self.desk.jobs.ended.connect(self._on_job_ended)
        self.watch.warned.connect(self._on_idle)
        self.watch.stirred.connect(self._on_stirred)
        self.watch.minute_passed.connect(self._show_bar)
        self.watch.minute_passed.connect(self.telling.look_again)
        self.telling.opened.connect(self._on_opened)
        self.watch.away.connect(collector().tidy)
        self.watch.expired.connect(self.locked)

    def _count(self) -> None:
        """Ask for the counts of the rail."""
        if self._counting is not None:
            self._counting.cancel()
        elif not self.rail.keys():
            self.show_places(places.rail(self.desk.user, {}), places.footer())
        if self.desk.user.may(Right.READ):
            self._counting = self.desk.ask(
                lambda reader: records.counts(reader, places.COUNTED), self._on_counts
            )

    def _on_counts(self, counts: dict[Kind, int]) -> None:
        self._counting = None
        self.show_places(places.rail(self.desk.user, counts), places.footer())
        self._mark_place()

    def _mark_place(self) -> None:
        target = self._targets.get(self.current_key())
        if target is not None:
            self.rail.choose(places.place_of(target))

    def _ask_steps(self) -> None:
        """Ask for the acts that undo and redo would turn round."""
        if self._stepping is not None:
            self._stepping.cancel()
        self._stepping = self.desk.background(
            "", lambda _progress: self.desk.steps(), self._on_steps
        )

    def _on_steps(self, steps: tuple[Step | None, Step | None]) -> None:
        self._stepping = None
        undo, redo = steps
        self.show_undo(undo.label if undo else "", redo.label if redo else "")

    @Slot()
    def _show_bar(self) -> None:
        """Fill the status bar: what the page tells at the left, the window's own at the right."""
        left = tuple(StatusPart(key=f"told:{i}", words=words) for i, words in enumerate(self._told))
        right = bar.parts(
            self.desk.jobs,
            self.desk.user,
            writable=self.desk.workspace.writable,
            seconds_left=self.watch.left(),
        )
        self.show_status(left, right)

    @Slot(str)
    def _on_place(self, place: str) -> None:
        self.go(places.target_of(place))

    @Slot(object, bool)
    def _on_opened(self, target: Target, new_tab: bool) -> None:  # noqa: FBT001 - a signal's
        self.go(target, new_tab=new_tab)

    @Slot()
    def _on_help(self) -> None:
        """Open the chapter that tells of the page in front."""
        page = self.current_page()
        if page is None or page.target.page is PageKind.HELP:
            self.go(Target(page=PageKind.HELP))
            return
        kind = page.target.kind.value if page.target.kind is not None else ""
        chapter = guide.chapter_at(page.target.page.value, kind)
        self.go(Target(page=PageKind.HELP, tab=f"guide:{chapter.key}"))

    @Slot(list)
    def _on_files(self, paths: list[str]) -> None:
        if self.desk.may(Right.IMPORT):
            target = Target(page=PageKind.IMPORT, files=tuple(Path(path) for path in paths))
            self.go(target, new_tab=True)
        else:
            self.notice.say(_("Your roles do not allow you to import files."), tone="overdue")

    @Slot(str)
    def _on_page_shown(self, _key: str) -> None:
        self._mark_place()
        self.notice.say("")
        self._told = self._said.get(self.current_key(), ())
        page = self.current_page()
        self._inspect(page.inspector() if page is not None else None)
        self._show_bar()

    @Slot(str)
    def _on_page_closed(self, key: str) -> None:
        self._said.pop(key, None)
        if (page := self._pages.pop(key, None)) is not None:
            page.leave()
        if not self.open_keys():
            self.go(places.first(self.desk.user))

    def _on_inspected(self, key: str, widget: QWidget | None) -> None:
        if key == self.current_key():
            self._inspect(widget)
        elif widget is not None:
            widget.deleteLater()

    def _inspect(self, widget: QWidget | None) -> None:
        """Show this beside the page; over it, where the window is narrow, only if asked for."""
        content = widget or _nothing()
        self.area.inspector.show_content(
            content,
            caption=str(content.property("caption") or ""),
            icon=str(content.property("icon") or ""),
        )
        self._has_content = widget is not None
        self._seat_inspector()

    def _seat_inspector(self) -> None:
        wished = not self.area.overlaid if self._inspector_wish is None else self._inspector_wish
        self.area.show_inspector(shown=self._has_content and wished)

    def _on_told(self, key: str, words: tuple[str, ...]) -> None:
        self._said[key] = words
        if key == self.current_key():
            self._told = words
            self._show_bar()

    @Slot(str)
    def _on_status_part(self, key: str) -> None:
        if key == "user":
            self.go(Target(page=PageKind.SETTINGS, tab="me"))
        elif key.startswith("job:"):
            bar.show_menu(self.desk.jobs, self._on_job_cancelled, self)

    @Slot(str)
    def _on_job_cancelled(self, key: str) -> None:
        for job in self.desk.jobs.running:
            if bar.key_of(job) == key:
                job.cancel()

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.label:
            self.toast.hide()  # its way back would now undo something else
        self._count()
        self._ask_steps()

    @Slot(object)
    def _on_landed(self, changed: Changed) -> None:
        n = changed.things
        changes = ngettext("{n} change", "{n} changes", n).format(n=f"{n:,}")
        words = f"{changed.label} · {changes}" if n > 1 else changed.label
        self.show_toast(words, _("Undo") if changed.undoable else "")

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.notice.say(str(error), tone="overdue")

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's
        """Let the pages rest while a big edit is saved, and give the focus back after it."""
        if busy == (not self.area.isEnabled()):
            return
        if busy:
            now: QWidget | None = self.focusWidget()
            self._focus_before = now if now and self.area.isAncestorOf(now) else None
        self.area.setEnabled(not busy)
        if not busy and self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus()

    @Slot(object)
    def _on_job(self, job: Job) -> None:
        if job.title:
            job.progressed.connect(self._on_progress)
            QTimer.singleShot(round(bar.SHOW_JOB_AFTER * 1_000) + 50, self, self._show_bar)

    @Slot(object)
    def _on_job_ended(self, job: Job) -> None:
        if job.title:
            self._show_bar()

    @Slot()
    def _on_progress(self) -> None:
        if bar.long_jobs(self.desk.jobs):
            self._show_bar()

    @Slot()
    def _on_idle(self) -> None:
        self.notice.say(_("OCG Desk locks in a minute. Press any key to stay."), tone="due")

    @Slot()
    def _on_stirred(self) -> None:
        self.notice.say("")
        self._show_bar()

    def shut(self) -> None:
        """Let go of dialogs, pages, jobs and workspace."""
        self.watch.stop()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        for page in self._pages.values():
            page.leave()
        self._pages.clear()
        self.let_go(self.desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = self.area.overlaid
        super().resizeEvent(event)
        if self.area.overlaid != before and self._inspector_wish is None:
            self._seat_inspector()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut()
        self.closed.emit()
        super().closeEvent(event)


def _nothing() -> QWidget:
    """Return what the inspector shows where the page has nothing for it."""
    label = Label(_("Nothing is selected."), ink="text.3", wrap=True)
    label.setContentsMargins(16, 12, 16, 12)
    return label
