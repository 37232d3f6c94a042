"""The main window: shell, desk and pages put together. Only it knows which page shows what."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import records
from ocgdesk.store.undo import Step
from ocgdesk.ui import places
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.searching import Searching
from ocgdesk.ui.shell.frame import Shell
from ocgdesk.ui.shell.values import StatusPart

_WIDE: Final = frozenset({PageKind.CHART})
_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_SHOW_JOB_AFTER_MS: Final = 1_000
_SECOND_MS: Final = 1_000


class MainWindow(Shell):
    """One window on one workspace."""

    locked = Signal()
    """The user asked to lock, or nobody was at the desk for too long."""
    closed = Signal()
    workspace_wanted = Signal()
    """The user wants another workspace."""

    def __init__(self, desk: Desk) -> None:
        about = desk.workspace.about
        super().__init__(marking=about.marking.value, synthetic=about.synthetic)
        self.desk = desk
        self._targets: dict[str, Target] = {}
        self._said: dict[str, tuple[str, ...]] = {}
        self._told: tuple[str, ...] = ()
        self._idle = 0
        self._undo: Step | None = None
        self._redo: Step | None = None
        self.searching = Searching(desk, self.body, self)
        self.setWindowTitle(f"{about.name} – OCG Desk")
        self.rail.show_workspace(about.name, _("Encrypted · unlocked"))
        self.resize(1440, 900)
        self._wire()
        self._count()
        self._show_steps()
        self.go(places.first(desk.user))
        self._watch_idle()

    def go(self, target: Target, *, new_tab: bool = False) -> str:
        """Open the page of a target, or go to its tab; return the key of the tab."""
        key = places.key_of(target)
        if new_tab and key in self._targets:
            key = f"{key}|{len(self._targets)}"
        self._targets[key] = target
        self.open_page(
            key,
            places.title_of(target),
            places.icon_of(target),
            partial(self._page, key, target),
            wide=target.page in _WIDE,
        )
        return key

    def targets(self) -> tuple[Target, ...]:
        """Return what is open, from left to right, to be opened again after a lock."""
        return tuple(self._targets[key] for key in self.open_keys() if key in self._targets)

    def current_page(self) -> Page | None:
        """Return the page shown."""
        page = self.page(self.current_key())
        return page if isinstance(page, Page) else None

    def _page(self, key: str, target: Target) -> QWidget:
        page = places.page(self.desk, target)
        page.opened.connect(self._on_opened)
        page.titled.connect(partial(self.rename_page, key))
        page.inspected.connect(partial(self._on_inspected, page))
        page.told.connect(partial(self._on_told, key))
        return page

    def _wire(self) -> None:
        self.rail_chosen.connect(self._on_place)
        self.search_requested.connect(self.searching.summon)
        self.searching.chosen.connect(self._on_opened)
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
        self.desk.jobs.ended.connect(self._show_bar)

    def _count(self) -> None:
        """Ask for the counts of the rail."""
        self.show_places(places.rail(self.desk.user, {}), places.footer())
        if self.desk.user.may(Right.READ):
            self.desk.ask(lambda reader: records.counts(reader, places.COUNTED), self._on_counts)

    def _on_counts(self, counts: dict[Kind, int]) -> None:
        self.show_places(places.rail(self.desk.user, counts), places.footer())
        self._mark_place()

    def _mark_place(self) -> None:
        target = self._targets.get(self.current_key())
        if target is not None:
            self.rail.choose(places.place_of(target))

    def _show_steps(self) -> None:
        """Name the acts that undo and redo would turn round."""
        try:
            self._undo, self._redo = self.desk.steps()
        except DeskError as error:
            self._on_refused(error)
        self.show_undo(_named(self._undo), _named(self._redo))

    def _show_bar(self) -> None:
        """Fill the status bar: what the page tells at the left, the window's own at the right."""
        left = tuple(StatusPart(key=f"told:{i}", words=words) for i, words in enumerate(self._told))
        user = self.desk.user
        roles = ", ".join(sorted(role.value for role in user.roles))
        minutes = max(0, self.desk.settings.lock_after_minutes - self._idle // 60)
        saved = _("All saved") if self.desk.workspace.writable else _("Read only")
        right = (
            *(_job_part(job) for job in self.desk.jobs.running if job.title),
            StatusPart(key="saved", words=saved, icon="status.saved"),
            StatusPart(key="user", words=f"{user.display} · {roles}", icon="status.user"),
            StatusPart(
                key="lock",
                words=_("Locks in {n} min").format(n=minutes),
                icon="status.unlocked",
                hint=_("Lock now (Ctrl+L)"),
            ),
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
        self.go(Target(page=PageKind.HELP))

    @Slot(list)
    def _on_files(self, paths: list[str]) -> None:
        if self.desk.may(Right.IMPORT):
            self.go(Target(page=PageKind.IMPORT, files=tuple(Path(path) for path in paths)))
        else:
            self.notice.say(_("Your roles do not allow you to import files."))

    @Slot(str)
    def _on_page_shown(self, _key: str) -> None:
        self._mark_place()
        page = self.current_page()
        self._told = self._said.get(self.current_key(), ())
        self.show_inspector(shown=False)
        if page is not None:
            self._on_inspected(page, page.inspector())
        self._show_bar()

    @Slot(str)
    def _on_page_closed(self, key: str) -> None:
        self._targets.pop(key, None)
        if not self.open_keys():
            self.go(places.first(self.desk.user))

    def _on_inspected(self, page: Page, widget: QWidget | None) -> None:
        if page is not self.current_page():
            return
        if widget is None:
            self.show_inspector(shown=False)
            return
        caption = widget.property("caption") or ""
        self.area.inspector.show_content(
            widget, caption=str(caption), icon=str(widget.property("icon") or "")
        )
        self.show_inspector(shown=True)

    def _on_told(self, key: str, words: tuple[str, ...]) -> None:
        self._said[key] = words
        if key == self.current_key():
            self._told = words
            self._show_bar()

    @Slot(str)
    def _on_status_part(self, key: str) -> None:
        if key == "user":
            self.go(Target(page=PageKind.SETTINGS, tab="me"))

    @Slot(str)
    def _on_job_cancelled(self, key: str) -> None:
        for job in self.desk.jobs.running:
            if _job_key(job) == key:
                job.cancel()

    @Slot(object)
    def _on_changed(self, _changed: Changed) -> None:
        self._count()
        self._show_steps()

    @Slot(object)
    def _on_landed(self, changed: Changed) -> None:
        records_ = ngettext("{n} record", "{n} records", changed.things).format(
            n=f"{changed.things:,}"
        )
        words = f"{changed.label} · {records_}" if changed.things > 1 else changed.label
        self.show_toast(words, _("Undo") if self._undo is not None else "")

    @Slot(object)
    def _on_refused(self, error: DeskError) -> None:
        self.notice.say(str(error))

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a signal's
        self.area.setEnabled(not busy)

    @Slot(object)
    def _on_job(self, job: Job) -> None:
        if job.title:
            job.progressed.connect(partial(self._on_progress, job))
            QTimer.singleShot(_SHOW_JOB_AFTER_MS, self, self._show_bar)

    def _on_progress(self, job: Job, done: int, total: int, _what: str) -> None:
        job.setProperty("percent", 100 * done // total if total else 0)
        self._show_bar()

    def _watch_idle(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND_MS)
        self._clock.timeout.connect(self._on_second)
        self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._idle = 0
        return super().eventFilter(watched, event)

    @Slot()
    def _on_second(self) -> None:
        """Lock after the time set; warn a minute before."""
        self._idle += 1
        limit = self.desk.settings.lock_after_minutes * 60
        if self._idle == limit - 60:
            self.notice.say(_("OCG Desk locks in a minute. Press any key to stay."), tone="due")
        if self._idle % 60 == 0 or self._idle == 1:
            self._show_bar()
        if self._idle >= limit:
            self._clock.stop()
            self.locked.emit()

    def shut(self) -> None:
        """Let go of pages, jobs and workspace."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._clock.stop()
        for key in self.open_keys():
            page = self.page(key)
            if isinstance(page, Page):
                page.leave()
        self.desk.close()

    def remember_place(self, store: QSettings) -> None:
        """Keep where the window stands for the next time."""
        store.setValue("window/geometry", self.saveGeometry())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut()
        self.closed.emit()
        super().closeEvent(event)


def _named(step: Step | None) -> str:
    return step.label if step is not None else ""


def _job_key(job: Job) -> str:
    return f"job:{id(job)}"


def _job_part(job: Job) -> StatusPart:
    percent = job.property("percent")
    return StatusPart(
        key=_job_key(job),
        words=job.title,
        icon="status.job",
        percent=int(percent) if percent is not None else None,
        can_cancel=True,
    )
