"""The window: marking above and below, navigation, tabs, pages, inspector, status."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.shell.book import Factory, OpenPage, PageBook
from ocgdesk.ui.shell.inspector import DeskArea
from ocgdesk.ui.shell.rail import FOLDED, OPEN, Rail
from ocgdesk.ui.shell.status import HEIGHT as STATUS_HEIGHT
from ocgdesk.ui.shell.status import StatusBar
from ocgdesk.ui.shell.strip import AsAtStrip
from ocgdesk.ui.shell.tabs import TabStrip
from ocgdesk.ui.shell.values import RailEntry, RailGroup, StatusPart
from ocgdesk.ui.widgets import focus
from ocgdesk.ui.widgets.banner import MarkingBanner
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.headers import NARROW
from ocgdesk.ui.widgets.notes import ErrorBanner, Toast

_PLACES: Final = 9


class Shell(QMainWindow):
    """The window round the pages. It knows no record: pages come as widgets by a key.

    Signals: ``rail_chosen`` a place's key; ``page_shown`` and ``page_closed`` a page's key ("" is
    no page); ``status_chosen`` and ``job_cancelled`` a status part's key; ``files_dropped`` the
    paths; ``toast_acted`` the way back in the toast was taken.
    """

    rail_chosen = Signal(str)
    workspace_requested = Signal()
    page_shown = Signal(str)
    page_closed = Signal(str)
    new_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    search_requested = Signal()
    lock_requested = Signal()
    help_requested = Signal()
    now_requested = Signal()
    status_chosen = Signal(str)
    job_cancelled = Signal(str)
    toast_acted = Signal()
    files_dropped = Signal(list)

    def __init__(self, *, marking: str = "official", synthetic: bool = False) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setMinimumSize(1024, 640)
        self.banners = tuple(MarkingBanner(marking, synthetic=synthetic) for _ in range(2))
        self.body = Panel("surface")
        self.rail = Rail()
        self.strip = TabStrip()
        self.as_at = AsAtStrip()
        self.notice = ErrorBanner(closable=True)
        self.alert = ErrorBanner(closable=True, tone="due")
        self.overlap = ErrorBanner(closable=True, tone="due", second=True)
        self.area = DeskArea()
        self.status = StatusBar()
        self.book = PageBook(self.strip.tabs, self.area.pages, self)
        self._fold_wish: bool | None = None
        self._arrange()
        self.toast = Toast(self.body, bottom=STATUS_HEIGHT + 16)
        self._rest_focus()
        self._connect()
        self._bind_keys()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            focus.install(app)
        theme.follow(self, self._fit)

    @property
    def inspector_shown(self) -> bool:
        """Whether the inspector is shown."""
        return not self.area.inspector.isHidden()

    def open_page(
        self,
        key: str,
        title: str,
        icon: str,
        factory: Factory,
        *,
        select: bool = True,
        wide: bool = False,
    ) -> None:
        """Open a page under this key, or go to it. The factory is called when it is first shown.

        ``icon`` is a meaning; ``wide`` pages (chart, triage) fold the rail while shown.
        """
        page = OpenPage(key=key, title=title, icon=icon, factory=factory, wide=wide)
        self.book.open(page, select=select)

    def close_page(self, key: str) -> None:
        """Close a page if it is open."""
        self.book.close(key)

    def rename_page(self, key: str, title: str, icon: str | None = None) -> None:
        """Show another title, and another icon if given, on a page's tab."""
        self.book.rename(key, title, icon)

    def page(self, key: str) -> QWidget | None:
        """Return the widget of an open page, if it has been shown."""
        return self.book.widget(key)

    def current_key(self) -> str:
        """Return the key of the page shown, or ""."""
        return self.book.current

    def open_keys(self) -> tuple[str, ...]:
        """Return the keys of the open pages from left to right."""
        return self.book.keys()

    def show_marking(self, marking: str, *, synthetic: bool) -> None:
        """Show another marking above and below."""
        for banner in self.banners:
            banner.show_marking(marking, synthetic=synthetic)

    def show_places(
        self, groups: tuple[RailGroup, ...], footer: tuple[RailEntry, ...] = ()
    ) -> None:
        """Show these places in the rail."""
        self.rail.show_places(groups, footer)

    def show_status(self, left: tuple[StatusPart, ...], right: tuple[StatusPart, ...]) -> None:
        """Show these parts in the status bar; the part with the key ``lock`` locks."""
        self.status.show_parts(left, right)

    def show_undo(self, undo: str, redo: str) -> None:
        """Name the acts that would be undone and redone; "" when there is none."""
        self.strip.show_undo(undo, redo)

    def show_as_at(self, moment: str) -> None:
        """Say that a past moment is shown; "" is now."""
        self.as_at.say(moment)

    def show_toast(self, words: str, action: str = "") -> None:
        """Say what was done; ``toast_acted`` tells when the way back is taken."""
        self.toast.say(words, action)

    def show_inspector(self, *, shown: bool) -> None:
        """Show or hide the inspector."""
        self.area.show_inspector(shown=shown)

    def fold_rail(self, *, folded: bool) -> None:
        """Fold or open the rail, as the user wishes from now on."""
        self._fold_wish = folded
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(_paths(event.mimeData().urls()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowTitleChange:
            self.setAccessibleName(self.windowTitle())

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self.strip, self.as_at, self.alert, self.overlap, self.notice):
            right.addWidget(part)
        right.addWidget(self.area, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(right, 1)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(middle, 1)
        inner.addWidget(self.status)
        middle.insertWidget(0, self.rail)  # last, since Tab goes in the order of adding
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banners[0])
        column.addWidget(self.body, 1)
        column.addWidget(self.banners[1])
        self.setCentralWidget(whole)

    def _rest_focus(self) -> None:
        """Let the window start with the focus on nothing, so that no line is drawn at random."""
        self.body.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.body.setProperty("ownFocus", True)
        self.body.setFocus()

    def _connect(self) -> None:
        self.rail.chosen.connect(self.rail_chosen)
        self.rail.workspace_requested.connect(self.workspace_requested)
        self.strip.new_requested.connect(self.new_requested)
        self.strip.undo_requested.connect(self.undo_requested)
        self.strip.redo_requested.connect(self.redo_requested)
        self.strip.search_requested.connect(self.search_requested)
        self.as_at.left.connect(self.now_requested)
        self.book.shown.connect(self._on_shown)
        self.book.closed.connect(self.page_closed)
        self.status.chosen.connect(self._on_status)
        self.status.cancelled.connect(self.job_cancelled)
        self.toast.acted.connect(self.toast_acted)
        self.area.inspector.closed.connect(self._hide_inspector)

    def _bind_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+B": self._turn_rail,
            "Ctrl+I": self._turn_inspector,
            "Ctrl+K": self.search_requested.emit,
            "Ctrl+T": self.new_requested.emit,
            "Ctrl+L": self.lock_requested.emit,
            "Ctrl+Z": self.undo_requested.emit,
            "Ctrl+Y": self.redo_requested.emit,
            "Ctrl+Shift+Z": self.redo_requested.emit,
            "Ctrl+W": self._close_current,
            "Ctrl+Shift+T": self.book.reopen,
            "Ctrl+Tab": self._next_page,
            "Ctrl+Shift+Tab": self._previous_page,
            "F1": self.help_requested.emit,
            "F6": self._next_part,
            "Shift+F6": self._previous_part,
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for number in range(1, _PLACES + 1):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setProperty("place", number - 1)
            shortcut.activated.connect(self._on_place_key)

    def _fit(self) -> None:
        """Fold the rail and lay the inspector over the page where the window is narrow."""
        narrow = self.width() < px(NARROW)
        page = self.book.page(self.book.current)
        folded = narrow or (page is not None and page.wide)
        if self._fold_wish is not None:
            folded = self._fold_wish
        self.rail.fold(folded=folded)
        self.area.lay_over(overlaid=narrow)
        self.toast.set_left((FOLDED if folded else OPEN) + 16)

    def _turn_rail(self) -> None:
        self.fold_rail(folded=not self.rail.folded)

    def _turn_inspector(self) -> None:
        self.show_inspector(shown=not self.inspector_shown)

    def _hide_inspector(self) -> None:
        self.show_inspector(shown=False)

    def _close_current(self) -> None:
        self.book.close(self.book.current)

    def _next_page(self) -> None:
        self.book.step(1)

    def _previous_page(self) -> None:
        self.book.step(-1)

    def _on_shown(self, key: str) -> None:
        self._fit()
        self.page_shown.emit(key)

    def _on_status(self, key: str) -> None:
        if key == "lock":
            self.lock_requested.emit()
        else:
            self.status_chosen.emit(key)

    def _on_place_key(self) -> None:
        place, keys = int(self.sender().property("place")), self.rail.keys()
        if place < len(keys):
            self.rail_chosen.emit(keys[place])

    def _next_part(self) -> None:
        self._go_round(1)

    def _previous_part(self) -> None:
        self._go_round(-1)

    def _go_round(self, by: int) -> None:
        """Move the focus to the next part of the window: F6."""
        parts = [self.strip, self.area.pages, self.area.inspector, self.status, self.rail]
        shown = [part for part in parts if part.isVisible()]
        now = self.focusWidget()
        at = next((i for i, part in enumerate(shown) if part.isAncestorOf(now)), -1)
        for turn in range(1, len(shown) + 1):
            start = at if at >= 0 or by > 0 else 0
            if _enter(shown[(start + by * turn) % len(shown)]):
                return


def _enter(part: QWidget) -> bool:
    """Give the focus to the first stop in a part of the window; False when it has none."""
    for widget in part.findChildren(QWidget):
        tab_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if tab_stop and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


def _paths(urls: list[QUrl]) -> list[str]:
    return [url.toLocalFile() for url in urls if url.isLocalFile()]


def bring_out_inspector(page: QWidget) -> None:
    """Bring the inspector out, even over a page in a narrow window: it was asked for."""
    if isinstance(window := page.window(), Shell):
        window.area.show_inspector(shown=True)
