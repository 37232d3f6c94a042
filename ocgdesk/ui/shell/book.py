"""The open pages: which tab stands for which widget, made when first shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ocgdesk.ui.shell.tabs import TabBar

Factory = Callable[[], QWidget]
_REMEMBERED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPage:
    """A page as the shell knows it; ``wide`` pages fold the rail."""

    key: str
    title: str
    icon: str
    factory: Factory
    wide: bool = False


class PageBook(QObject):
    """Keeps tabs and widgets in step. ``shown`` and ``closed`` carry a key; "" is no page."""

    shown = Signal(str)
    closed = Signal(str)

    def __init__(self, tabs: TabBar, stack: QStackedWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tabs = tabs
        self._stack = stack
        self._pages: dict[str, OpenPage] = {}
        self._widgets: dict[str, QWidget] = {}
        self._gone: list[OpenPage] = []
        tabs.currentChanged.connect(self._on_current)
        tabs.tabCloseRequested.connect(self._on_close)

    @property
    def current(self) -> str:
        """The key of the page shown, or ""."""
        return self._tabs.key(self._tabs.currentIndex())

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the open pages from left to right."""
        return tuple(self._tabs.key(at) for at in range(self._tabs.count()))

    def page(self, key: str) -> OpenPage | None:
        """Return what is known of an open page."""
        return self._pages.get(key)

    def widget(self, key: str) -> QWidget | None:
        """Return the widget of an open page, if it has been shown."""
        return self._widgets.get(key)

    def open(self, page: OpenPage, *, select: bool) -> None:
        """Open a page, or go to it if it is open; unselected ones are made when first shown."""
        if page.key not in self._pages:
            self._pages[page.key] = page
            if self._tabs.count() == 0:
                select = True
            self._tabs.blockSignals(True)
            at = self._tabs.add(page.key, page.title, page.icon)
            self._tabs.blockSignals(False)
            if at == 0:
                self._on_current(0)
        if select:
            self._tabs.setCurrentIndex(self._tabs.place(page.key))

    def rename(self, key: str, title: str, icon: str | None = None) -> None:
        """Show another title, and another icon if given; unknown keys are ignored."""
        if (page := self._pages.get(key)) is not None:
            changed = replace(page, title=title, icon=icon or page.icon)
            self._pages[key] = changed
            self._tabs.change(self._tabs.place(key), changed.title, changed.icon)

    def close(self, key: str) -> None:
        """Close a page if it is open, and remember it."""
        page = self._pages.pop(key, None)
        if page is None:
            return
        self._gone = [*self._gone[-_REMEMBERED:], page]
        widget = self._widgets.pop(key, None)
        self._tabs.removeTab(self._tabs.place(key))
        if widget is not None:
            self._stack.removeWidget(widget)
            widget.deleteLater()
        self.closed.emit(key)
        if not self._pages:
            self.shown.emit("")

    def reopen(self) -> None:
        """Open the page closed last, if any."""
        if self._gone:
            self.open(self._gone.pop(), select=True)

    def step(self, by: int) -> None:
        """Go that many tabs to the right, round the end."""
        if count := self._tabs.count():
            self._tabs.setCurrentIndex((self._tabs.currentIndex() + by) % count)

    def _on_current(self, at: int) -> None:
        page = self._pages.get(self._tabs.key(at))
        if page is None:
            return
        if page.key not in self._widgets:
            self._widgets[page.key] = page.factory()
            self._stack.addWidget(self._widgets[page.key])
        self._stack.setCurrentWidget(self._widgets[page.key])
        self.shown.emit(page.key)

    def _on_close(self, at: int) -> None:
        self.close(self._tabs.key(at))
