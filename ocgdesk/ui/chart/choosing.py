"""Choosing on a chart: what is selected, walked through, hidden; said aloud as it changes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.reports import chart_words
from ocgdesk.ui.chart import walking
from ocgdesk.ui.chart.gestures import Way
from ocgdesk.ui.chart.surface import ChartSurface

NO_WAY: Final = N_("Nothing on this chart joins these two.")
TWO: Final = N_("Select two items first: the way between them is found.")


class ChoosingSurface(ChartSurface):
    """A chart on which items, lines and notes are chosen, by mouse or keys."""

    announced = Signal(str)
    """What is selected now, in words: for a screen reader."""
    said = Signal(str)
    """A sentence for the user, such as that there is no way between two items."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection_changed.connect(self._announce)

    def _choose(self, ids: Sequence[UUID], how: Way) -> None:
        """Change the selection by a gesture."""
        match how:
            case Way.REPLACE:
                self.select(ids)
            case Way.ADD:
                self.select([*self._selected, *ids])
            case Way.TOGGLE:
                kept = [id_ for id_ in self._selected if id_ not in set(ids)]
                self.select([*kept, *(id_ for id_ in ids if id_ not in self._selected)])

    def select_all(self) -> None:
        """Select every item that is seen or could be seen by panning."""
        notes = [note.id for note in self._index.drawing.notes]
        self.select([*(node.id for node in self._index.nodes), *notes])

    def select_none(self) -> None:
        """Select nothing."""
        self.select(())

    def select_inverse(self) -> None:
        """Select the items that were not."""
        held = set(self._selected)
        self.select(node.id for node in self._index.nodes if node.id not in held)

    def select_neighbours(self) -> None:
        """Add the items one link away; while the key is held the rest is dimmed."""
        near = self._index.neighbours(self._selected)
        self._spotlight = frozenset(near)
        order = [node.id for node in self._index.nodes if node.id in near]
        self._choose(order, Way.ADD)
        self._over.stale()

    def select_path(self) -> None:
        """Select a shortest way between the two items selected, dimming the rest meanwhile."""
        ends = self._items_selected()
        if len(ends) != 2:
            self.said.emit(_(TWO))
            return
        found = walking.way(self._index, *ends)
        if not found:
            self.said.emit(_(NO_WAY))
            return
        self._spotlight = frozenset(id_ for id_ in found if self._index.node(id_))
        self.select([*ends, *found])
        self._over.stale()

    def walk(self, by: int) -> bool:
        """Go to the next item in reading order, or the one before; False beyond the last."""
        found = walking.after(self._index, self._current(), by)
        return self._go_to(found)

    def walk_toward(self, dx: float, dy: float) -> bool:
        """Go to the nearest item in a direction; False where there is none."""
        current = self._current()
        if current is None or not self._index.node(current):
            return self.walk(1)
        return self._go_to(walking.toward(self._index, current, dx, dy))

    def _go_to(self, id_: UUID | None) -> bool:
        if id_ is None:
            return False
        self.select((id_,))
        self.reveal(id_)
        return True

    def hide_selected(self) -> None:
        """Hide the selected items; the count says how many are hidden."""
        self._hide(self._arrangement.hidden | set(self._items_selected()))
        self.select(())

    def show_hidden(self) -> None:
        """Show all that was hidden."""
        self._hide(frozenset())

    def _hide(self, hidden: frozenset[UUID]) -> None:
        if hidden != self._arrangement.hidden:
            self._arrangement = replace(self._arrangement, hidden=hidden)
            self._redraw()
            self.hidden_changed.emit(len(hidden))

    def words_of(self, id_: UUID) -> str:
        """Return what is said of an item, a line or a note."""
        scene = self._arrangement.scene
        for item in scene.items:
            if item.id == id_:
                return chart_words.item_words(item)
        for note in scene.notes:
            if note.id == id_:
                return _("Note: {text}").format(text=note.text)
        labels = {item.id: item.label for item in scene.items}
        ties = (chart_words.tie_words(tie, labels) for tie in scene.ties if tie.id == id_)
        return next(ties, "")

    def _announce(self, ids: tuple[UUID, ...]) -> None:
        """Say what was selected last, and how many are."""
        if not ids:
            words = _("Nothing selected")
        else:
            words = self.words_of(ids[-1])
            if len(ids) > 1:
                count = ngettext("{n} selected", "{n} selected", len(ids)).format(n=len(ids))
                words = f"{words}; {count}"
        self.announced.emit(words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
