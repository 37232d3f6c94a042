"""Beside the chart: what is selected, and the legend that filters."""

from collections import Counter
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain import chart_filters
from ocgdesk.domain.chart_fields import askable
from ocgdesk.domain.chart_rules import ChartRule
from ocgdesk.domain.charts import Arrangement, Item, Scene, Tie
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.store.meta import About
from ocgdesk.ui.chart.legend import LegendPanel
from ocgdesk.ui.dialogs.chart_rules_dialog import ChartRulesDialog
from ocgdesk.ui.pages.chart_filtering import FilterPanel
from ocgdesk.ui.pages.chart_looking import ChartLooks
from ocgdesk.ui.widgets.buttons import outline, text_button
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.labels import Label


class ChartInspector(QWidget):
    """The selection above, the legend below."""

    kind_selected = Signal(str, bool)
    ids_selected = Signal(object, bool)
    opened = Signal(object)
    expand_requested = Signal(object)
    requirements_left = Signal()
    """Open requirements are to be drawn over the chart no more."""

    def __init__(
        self,
        looks: ChartLooks,
        about: About,
        *,
        may_edit: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("caption", _("Selection and legend"))
        self.setProperty("icon", "page.chart")
        self._looks = looks
        self._about = about
        self._arrangement = Arrangement(scene=Scene())
        self._one: UUID | None = None
        self._may_edit = may_edit
        self.what = Label("", step="small", ink="text.3")
        self.name = Label("", step="section", weight="strong", wrap=True)
        self.detail = Label("", ink="text.2", wrap=True)
        self.open_button = outline(_("Open record"), key="Enter", height="bar")
        self.expand_button = text_button(_("Expand"), key="E")
        self.legend = LegendPanel()
        self.format_button = text_button(_("Conditional formatting…"), icon="action.format")
        self.filters = FilterPanel(looks, about)
        self._arrange()
        self._wire()
        self.show_selection(())

    def show_arrangement(self, whole: Arrangement, shown: Arrangement) -> None:
        """List what is shown of a chart, and which filters leave out the rest of it."""
        ghosts = tuple(item for item in shown.scene.items if item.ghost)
        scene = replace(whole.scene, items=(*whole.scene.items, *ghosts))
        self._arrangement = replace(whole, scene=scene) if ghosts else whole
        off = chart_filters.kinds_off(self._looks.looks.filters)
        counts = Counter(key_of(item) for item in whole.scene.items)
        self.legend.show_arrangement(shown, {key: counts[key] for key in off if counts[key]})
        self.filters.show_scene(whole.scene)
        self.filters.renew()

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
        self.expand_button.setVisible(isinstance(one, Item) and not (one.sketch or one.ghost))
        match one:
            case Item():
                self._show_item(one)
            case Tie():
                self._show_tie(one)
            case None:
                notes = [note.text for note in scene.notes if note.id in chosen]
                self._show_many(items, ties)
                if notes and not found:
                    self._show_notes(notes)

    def _show_many(self, items: list[Item], ties: list[Tie]) -> None:
        words = ngettext("{n} item selected", "{n} items selected", len(items))
        if ties and not items:
            words = ngettext("{n} link selected", "{n} links selected", len(ties))
        n = len(items) or len(ties)
        self.what.setText("")
        self.what.hide()
        self.name.setText(words.format(n=n) if n else _("Nothing selected"))
        self.detail.setText("" if n else _("Click an item, or draw a box round several."))

    def _show_notes(self, texts: list[str]) -> None:
        words = ngettext("{n} note selected", "{n} notes selected", len(texts))
        self.name.setText(words.format(n=len(texts)))
        self.detail.setText(texts[0] if len(texts) == 1 else "")

    def focus_part(self, *, legend: bool) -> None:
        """Take the focus to the legend, or to what can be done with the selection."""
        first = self.legend if legend or self.open_button.isHidden() else self.open_button
        stops = [first, *first.findChildren(QWidget)]
        wanted = [
            w for w in stops if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.isHidden()
        ]
        if wanted:
            wanted[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_item(self, item: Item) -> None:
        ties = [tie for tie in self._arrangement.scene.ties if item.id in {tie.source, tie.target}]
        links = ngettext("{n} link drawn", "{n} links drawn", len(ties)).format(n=len(ties))
        self.what.show()
        self.what.setText(chart_words.name_of(key_of(item)))
        words = _("Put into the register…") if item.sketch else _("Open record")
        if item.ghost:
            words = _("Open plan")
        self.open_button.set_label(words, key="Enter")
        self.name.setText(item.label)
        self.detail.setText(" · ".join(part for part in (item.detail, *item.badges, links) if part))

    def _show_tie(self, tie: Tie) -> None:
        labels = {item.id: item.label for item in self._arrangement.scene.items}
        self.what.show()
        self.what.setText(_("Link"))
        words = _("Put into the register…") if tie.sketch else _("Edit link")
        self.open_button.set_label(words, key="Enter")
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
        column.addWidget(Label(_("Legend"), step="section", weight="strong"))
        column.addWidget(self.legend)
        column.addWidget(self.format_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(Rule())
        column.addSpacing(8)
        column.addWidget(Label(_("Filters"), step="section", weight="strong"))
        column.addWidget(self.filters)
        column.addStretch(1)

    def _wire(self) -> None:
        self.legend.kind_toggled.connect(self._on_toggled)
        self.legend.kind_selected.connect(self._on_selected)
        self.legend.ids_selected.connect(self.ids_selected)
        self.format_button.clicked.connect(self._on_format)
        self.open_button.clicked.connect(self._on_open)
        self.expand_button.clicked.connect(self._on_expand)

    def _on_format(self) -> None:
        fields = askable({item.kind.value for item in self._arrangement.scene.items})
        rules = self._looks.looks.rules
        dialog = ChartRulesDialog(rules, fields, about=self._about, parent=self)
        dialog.made.connect(self._on_rules)
        dialog.open()

    def _on_rules(self, rules: tuple[ChartRule, ...]) -> None:
        self._looks.format_by(_("Format chart"), rules)

    def _on_toggled(self, key: object, shown: bool) -> None:  # noqa: FBT001 - a signal's
        if key is Kind.REQUIREMENT:
            self.requirements_left.emit()
        else:
            self._looks.show_kind(str(key), shown=shown)

    def _on_selected(self, key: object, add: bool) -> None:  # noqa: FBT001 - a signal's
        self.kind_selected.emit(str(key), add)

    def _on_open(self) -> None:
        if self._one is not None:
            self.opened.emit(self._one)

    def _on_expand(self) -> None:
        if self._one is not None:
            self.expand_requested.emit(self._one)
