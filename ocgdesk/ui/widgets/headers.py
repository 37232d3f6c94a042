"""The bars of a page: header with its one primary action, filters, what is selected."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Panel, Rule
from ocgdesk.ui.widgets.chips import ChipLabel, Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.inputs import SearchBox
from ocgdesk.ui.widgets.labels import ElidedLabel, Label, ToneTile
from ocgdesk.ui.widgets.values import Chip

NARROW = 1366
"""Below this width of the window page margins are 16 instead of 24."""

_TITLE_ROOM = 300
_TITLE_MOST = 520
_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignLeft


def page_margin(widget: QWidget) -> int:
    """Return the margin of a page for the window this widget stands in."""
    return px(16) if widget.window().width() < px(NARROW) else px(24)


class PageBody(Panel):
    """The content of a page below its header: ``column`` to fill, margins as the header's.

    Put it into a ``Scroller`` unless something in it scrolls by itself.
    """

    def __init__(self, *, spacing: int = 16, foot: int = 24, parent: QWidget | None = None) -> None:
        super().__init__("clear", parent)
        self._foot = foot
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 0, 24, foot)
        self.column.setSpacing(spacing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        if self.column.contentsMargins().left() != side:
            self.column.setContentsMargins(side, 0, side, self._foot)


class PageHeader(QWidget):
    """Title, one line of count and basis below it, chips beside it, actions at the right."""

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        icon: str = "",
        chips: tuple[Chip, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title = ElidedLabel(title, step="title")
        self.subtitle = ElidedLabel(subtitle, ink="text.3")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(24, 16, 24, 12)
        self._row.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(16)
        self.tile = ToneTile(icon) if icon else None
        if self.tile is not None:
            first.addWidget(self.tile)
        first.addLayout(self._words(), 1)
        self._row.addLayout(first, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._row.addLayout(self._actions)
        self._row.setAlignment(self._actions, _TOP)
        self.show_chips(chips)
        self.subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def set_title(self, title: str, subtitle: str | None = None) -> None:
        """Show another title, and another line below it if given."""
        self.title.setText(title)
        self.setAccessibleName(title)
        if subtitle is not None:
            self.set_subtitle(subtitle)

    def set_subtitle(self, subtitle: str) -> None:
        """Show another count and basis."""
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def show_icon(self, meaning: str) -> None:
        """Show another icon at the left of the title."""
        if self.tile is not None:
            self.tile.meaning = meaning
            self.tile.update()

    def show_picture(self, picture: QImage) -> None:
        """Show a picture in place of the icon; a null one gives the icon back."""
        if self.tile is not None:
            self.tile.show_picture(picture)

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        """Show these states beside the title."""
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._labels = tuple(ChipLabel(chip, self) for chip in chips)
        self._more: ChipLabel | None = None
        for label in self._labels:
            self._chips.addWidget(label)
            label.show()
        self._fit_chips()

    def add_action(self, widget: QWidget) -> None:
        """Put a button or a control at the right, after those already there."""
        self._actions.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        if self._row.contentsMargins().left() != side:
            self._row.setContentsMargins(side, px(16), side, px(12))
        words = self.title.sizeHint().width() + self._chips.sizeHint().width() + 2 * side
        room = max(px(_TITLE_ROOM), min(words, px(_TITLE_MOST)))
        self._stack(below=self._actions.sizeHint().width() + room > self.width())
        self._fit_chips()

    def _stack(self, *, below: bool) -> None:
        """Put the actions below the title where there is no room beside it."""
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        wanted = down if below else right
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self._row.setAlignment(self._actions, _LEFT if below else _TOP)

    def _fit_chips(self) -> None:
        """Count the last chips where all of them would leave no room for the title."""
        beside = self._row.direction() == QBoxLayout.Direction.LeftToRight
        taken = self.title.sizeHint().width() + 2 * page_margin(self)
        taken += self.tile.sizeHint().width() + 26 if self.tile is not None else 10
        taken += self._actions.sizeHint().width() + 8 if beside else 0
        wide = [label.sizeHint().width() + 8 for label in self._labels]
        room = self.width() - taken
        shown = len(wide)
        while shown > 1 and sum(wide[:shown]) + px(40) * (shown < len(wide)) > room:
            shown -= 1
        for place, label in enumerate(self._labels):
            label.setVisible(place < shown)
        self._count_chips([label.chip for label in self._labels[shown:]])

    def _count_chips(self, hidden: list[Chip]) -> None:
        if self._more is not None:
            self._chips.removeWidget(self._more)
            self._more.deleteLater()
            self._more = None
        if hidden:
            words = ", ".join(chip.word for chip in hidden)
            self._more = ChipLabel(Chip(f"+{len(hidden)}", hidden[0].tone, "", words), self)
            self._more.setAccessibleName(words)
            self._chips.addWidget(self._more)
            self._more.show()

    def _words(self) -> QVBoxLayout:
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.title)
        first.addLayout(self._chips)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addLayout(first)
        words.addWidget(self.subtitle)
        return words


class FilterBar(QWidget):
    """Find here: a box, what the page adds, the filters that hold, and a way out of all of them."""

    searched = Signal(str)
    filter_opened = Signal(str)
    filter_removed = Signal(str)
    cleared = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box = SearchBox(placeholder or _("Filter these rows"))
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.searched.connect(self.searched)
        self.clear_button = text_button(_("Clear filters"))
        self.clear_button.clicked.connect(self.cleared)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 4, 24, 12)
        self._row.setSpacing(8)
        self._left, self._chips, self._right = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for part in (self._left, self._chips, self._right):
            part.setSpacing(8)
        self._row.addWidget(self.box, 2)
        self._row.addLayout(self._left)
        self._row.addLayout(self._chips)
        self._row.addWidget(self.clear_button)
        self._row.addStretch(1)
        self._row.addLayout(self._right)
        self.clear_button.hide()
        self.filters: tuple[Filter, ...] = ()
        theme.follow(self, self._grow)

    def add_left(self, widget: QWidget) -> None:
        """Put a control after the box: a saved view, a period."""
        self._left.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        """Put a control at the right end: columns, density."""
        self._right.addWidget(widget)

    def show_filters(self, filters: tuple[Filter, ...]) -> None:
        """Show the filters that hold."""
        self.filters = filters
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for value in filters:
            chip = FilterChip(value)
            chip.opened.connect(self.filter_opened)
            chip.removed.connect(self.filter_removed)
            self._chips.addWidget(chip)
        self.clear_button.setVisible(bool(filters))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        if self._row.contentsMargins().left() != side:
            self._row.setContentsMargins(side, px(4), side, px(12))

    def _grow(self) -> None:
        self.box.setMinimumWidth(px(96))
        self.box.setMaximumWidth(px(230))


class FlowBar(QWidget):
    """What a page is set by, in as many rows as it takes: nothing is cut at a large text scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = Flow()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 4, 24, 8)
        self._row.addWidget(self.flow)

    def add(self, *parts: QWidget) -> None:
        """Put controls after those there are."""
        for part in parts:
            self.flow.add(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        if self._row.contentsMargins().left() != side:
            self._row.setContentsMargins(side, px(4), side, px(8))


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with what is selected; a reason not to disables it."""

    key: str
    title: str
    icon: str = ""
    shortcut: str = ""
    refused: str = ""


class SelectionBar(Panel):
    """Under a table, never over it: how many are selected and what can be done with them."""

    chosen = Signal(str)
    cleared = Signal()

    def __init__(self, acts: tuple[Act, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__("selected", parent)
        self.words = Label("", step="body", ink="accent.text", weight="strong")
        self._acts = QHBoxLayout()
        self._acts.setSpacing(4)
        self._clear = text_button(_("Clear"), key="Esc")
        self._clear.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 16, 4)
        row.setSpacing(12)
        line = Rule(standing=True, role="line.2")
        line.setFixedHeight(16)
        row.addWidget(self.words)
        row.addWidget(line)
        row.addLayout(self._acts)
        row.addStretch(1)
        row.addWidget(self._clear)
        self.show_acts(acts)
        self.hide()
        theme.follow(self, self._grow)

    def show_acts(self, acts: tuple[Act, ...]) -> None:
        """Offer these acts."""
        while (item := self._acts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for act in acts:
            button = text_button(act.title, icon=act.icon, key=act.shortcut)
            button.setProperty("act", act.key)
            button.clicked.connect(self._on_act)
            if act.refused:
                button.refuse(act.refused)
            self._acts.addWidget(button)

    def show_count(self, count: int) -> None:
        """Say how many are selected; the bar hides when none is."""
        self.words.setText(
            ngettext("{count} selected", "{count} selected", count).format(count=f"{count:,}")
        )
        self.setVisible(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
            return
        super().keyPressEvent(event)

    def _grow(self) -> None:
        self.setFixedHeight(px(36))

    def _on_act(self) -> None:
        self.chosen.emit(str(self.sender().property("act")))
