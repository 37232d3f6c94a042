"""Beside the chart: what is selected, and the legend that filters."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.charts import Arrangement, Item, Tie
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.ui.chart.legend import LegendPanel
from ocgdesk.ui.widgets.buttons import outline, text_button
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.labels import Label


class ChartInspector(QWidget):
    """The selection above, the legend below."""

    kind_toggled = Signal(str, bool)
    kind_selected = Signal(str)
    opened = Signal(object)
    expand_requested = Signal(object)

    def __init__(
        self,
        arrangement: Arrangement,
        off: frozenset[str],
        *,
        may_edit: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("caption", _("Selection and legend"))
        self.setProperty("icon", "page.chart")
        self._arrangement = arrangement
        self._one: UUID | None = None
        self._may_edit = may_edit
        self.what = Label("", step="small", ink="text.3")
        self.name = Label("", step="section", weight="strong", wrap=True)
        self.detail = Label("", ink="text.2", wrap=True)
        self.open_button = outline(_("Open record"), key="Enter", height="bar")
        self.expand_button = text_button(_("Expand"), key="E")
        self.legend = LegendPanel()
        self.show_arrangement(arrangement)
        for key in sorted(off & set(self.legend.rows())):
            self.legend.toggle(key)
        self._arrange()
        self._wire()
        self.show_selection(())

    def show_arrangement(self, arrangement: Arrangement) -> None:
        """List what this chart shows."""
        self._arrangement = arrangement
        self.legend.show_arrangement(arrangement)

    def show_selection(self, ids: tuple[UUID, ...]) -> None:
        """Say what is selected: one item or one link in full, several by number."""
        chosen, scene = set(ids), self._arrangement.scene
        items = [item for item in scene.items if item.id in chosen]
        ties = [tie for tie in scene.ties if tie.id in chosen]
        found: list[Item | Tie] = [*items, *ties]
        one = found[0] if len(found) == 1 else None
        self._one = one.id if one is not None else None
        can_open = isinstance(one, Item) or (isinstance(one, Tie) and self._may_edit)
        self.open_button.setVisible(can_open)
        self.expand_button.setVisible(isinstance(one, Item))
        match one:
            case Item():
                self._show_item(one)
            case Tie():
                self._show_tie(one)
            case None:
                self._show_many(items, ties)

    def _show_many(self, items: list[Item], ties: list[Tie]) -> None:
        words = ngettext("{n} item selected", "{n} items selected", len(items))
        if ties and not items:
            words = ngettext("{n} link selected", "{n} links selected", len(ties))
        n = len(items) or len(ties)
        self.what.setText("")
        self.what.hide()
        self.name.setText(words.format(n=n) if n else _("Nothing selected"))
        self.detail.setText("" if n else _("Click an item, or draw a box round several."))

    def _show_item(self, item: Item) -> None:
        ties = [tie for tie in self._arrangement.scene.ties if item.id in {tie.source, tie.target}]
        links = ngettext("{n} link drawn", "{n} links drawn", len(ties)).format(n=len(ties))
        self.what.show()
        self.what.setText(chart_words.name_of(key_of(item)))
        self.open_button.set_label(_("Open record"), key="Enter")
        self.name.setText(item.label)
        self.detail.setText(" · ".join(part for part in (item.detail, *item.badges, links) if part))

    def _show_tie(self, tie: Tie) -> None:
        labels = {item.id: item.label for item in self._arrangement.scene.items}
        self.what.show()
        self.what.setText(_("Link"))
        self.open_button.set_label(_("Edit link"), key="Enter")
        between = "{one} → {two}" if tie.directed else "{one} – {two}"
        self.name.setText(
            between.format(one=labels.get(tie.source, "?"), two=labels.get(tie.target, "?"))
        )
        many = f"×{tie.count}" if tie.count > 1 else ""
        strength = _(chart_words.STRENGTHS[tie.strength]).lower()
        self.detail.setText(" · ".join(part for part in (tie.label, strength, many) if part))

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.expand_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(4)
        for label in (self.what, self.name, self.detail):
            column.addWidget(label)
        column.addSpacing(4)
        column.addLayout(buttons)
        column.addSpacing(8)
        column.addWidget(Rule())
        column.addSpacing(8)
        column.addWidget(Label(_("Legend and filter"), step="section", weight="strong"))
        column.addWidget(self.legend)
        column.addStretch(1)

    def _wire(self) -> None:
        self.legend.kind_toggled.connect(self._on_toggled)
        self.legend.kind_selected.connect(self._on_selected)
        self.open_button.clicked.connect(self._on_open)
        self.expand_button.clicked.connect(self._on_expand)

    def _on_toggled(self, key: object, shown: bool) -> None:  # noqa: FBT001 - a signal's
        self.kind_toggled.emit(str(key), shown)

    def _on_selected(self, key: object) -> None:
        self.kind_selected.emit(str(key))

    def _on_open(self) -> None:
        if self._one is not None:
            self.opened.emit(self._one)

    def _on_expand(self) -> None:
        if self._one is not None:
            self.expand_requested.emit(self._one)
