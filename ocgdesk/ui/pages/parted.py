"""A page of parts under tabs: one is shown at a time, each is made when it is first wanted."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages.record_parts import SectionTabs
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.later import LaterStack


@dataclass(frozen=True, slots=True)
class PartOf:
    """What a tab says, and the widget behind it, by its module among the pages and its name."""

    title: str
    module: str
    name: str

    def load(self) -> Callable[..., Any]:
        """Return the class of the part, imported now."""
        loaded = importlib.import_module(f"ocgdesk.ui.pages.{self.module}")
        return cast("Callable[..., Any]", getattr(loaded, self.name))


class _Part(Protocol):
    def refresh(self) -> None: ...
    def ready(self) -> bool: ...
    def leave(self) -> None: ...


class PartedPage(Page):
    """Shows the part its target names; ``_make`` makes one, and ``_on_chosen`` is told of it."""

    PARTS: ClassVar[Mapping[str, PartOf]]
    REACH: ClassVar[Qt.ShortcutContext] = Qt.ShortcutContext.WidgetWithChildrenShortcut
    """From where its keys are heard."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.tabs = SectionTabs()
        self.stack = LaterStack()
        for number, (key, part) in enumerate(self.PARTS.items(), 1):
            self.tabs.add(key, _(part.title), f"Ctrl+{number}")
            self.stack.offer(key, partial(self._make, key))
            self._shortcut(f"Ctrl+{number}", partial(self.tabs.choose, key))

    def arrive(self, target: Target) -> None:
        """Go to the part that is asked for now."""
        super().arrive(target)
        if target.tab:
            self.tabs.choose(self._part_of(target))

    def refresh(self) -> None:
        self._shown().refresh()

    def ready(self) -> bool:
        return self._shown().ready()

    def leave(self) -> None:
        for key in self.stack.offered:
            if self.stack.has_made(key):
                cast("_Part", self.stack.part(key)).leave()

    def _build(self, said: str, head: QWidget | None = None, above: int = 0) -> None:
        """Put tabs, named to screen readers as ``said``, over the parts; show what is asked for."""
        self.tabs.setAccessibleName(said)
        holder = PageBody(spacing=0, foot=0)
        holder.column.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, above, 0, 0)
        column.setSpacing(0)
        if head is not None:
            column.addWidget(head)
        column.addWidget(holder)
        column.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self._on_chosen)
        self.tabs.choose(self._part_of(self.target))

    def _part_of(self, target: Target) -> str:
        """Return which part a target names: what stands behind a colon is for the part itself."""
        named = target.tab.partition(":")[0]
        return named if named in self.PARTS else next(iter(self.PARTS))

    def _shown(self) -> _Part:
        return cast("_Part", self.stack.currentWidget())

    def _is_shown(self, part: object) -> bool:
        """Tell whether it is this part that is seen; a hidden one still computing is not heard."""
        return part is self.stack.currentWidget()

    def _make(self, key: str, parent: QWidget) -> QWidget:
        """Make a part and listen to it."""
        raise NotImplementedError

    def _on_chosen(self, key: str) -> None:
        self.stack.go(key)

    def _shortcut(self, key: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(self.REACH)
        shortcut.activated.connect(act)
