"""The rules a chart is drawn by, in their order: taken from those shipped, written, switched."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain import chart_rules
from ocgdesk.domain.chart_fields import Asked
from ocgdesk.domain.chart_rules import ChartRule
from ocgdesk.domain.charts import Importance
from ocgdesk.i18n import _
from ocgdesk.reports.drawing_looks import look
from ocgdesk.store.meta import About
from ocgdesk.ui import theme
from ocgdesk.ui.chart.painting import Brush
from ocgdesk.ui.dialogs.chart_rule_dialog import ChartRuleDialog
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import icon_button, outline
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.labels import Label

_SIDE: Final = 26


class Swatch(QWidget):
    """How a rule draws: an item in its colour and size, or a line."""

    def __init__(self, rule: ChartRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule = rule
        theme.follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(_SIDE), px(_SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, dress = QPainter(self), self._rule.dress
        brush = Brush(painter, theme.current().name, 1.0, self.devicePixelRatioF())
        if self._rule.of_links:
            thick = px(3 if dress.wide else 2)
            line = QRectF(2, self.height() / 2 - thick / 2, self.width() - 4, thick)
            painter.fillRect(line, theme.current().qcolour(dress.tone or "text.3"))
        else:
            painter.translate(self.width() / 2, self.height() / 2)
            painter.scale(px(22) / 46, px(22) / 46)
            size = dress.size or Importance.SIGNIFICANT
            for shape in look("nominal", size, dress.tone).shapes:
                brush.shape(shape)
        painter.end()


class ChartRulesDialog(Sheet):
    """A list of rules; what stands higher decides where two would give one item a colour."""

    made = Signal(object)
    """The rules there are to be."""

    def __init__(
        self,
        rules: Sequence[ChartRule],
        fields: Sequence[Asked],
        *,
        about: About,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Conditional formatting"),
            _("Draw by these"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            width=700,
            parent=parent,
        )
        self._about = about
        self._fields = tuple(fields)
        self.rules = tuple(rules)
        self._rows: list[QWidget] = []
        self.none = Label(_("No rule yet. Take some that ship, or write one."), ink="text.3")
        self.list = QVBoxLayout()
        self.list.setSpacing(2)
        shipped = tuple(Option(one.code, one.name) for one in chart_rules.presets())
        self.shipped = Select((Option("", _("Take rules that ship…")), *shipped), name=_("Shipped"))
        self.write = outline(_("Write a rule…"), icon="action.add", height="bar")
        self._build()
        self.renew()

    def on_accept(self) -> None:
        self.accept()
        self.made.emit(self.rules)

    def take(self, code: str) -> None:
        """Add the shipped rules of this code, those that are there already not again."""
        if code:
            new = (rule for rule in chart_rules.preset(code).rules if rule not in self.rules)
            self._put((*self.rules, *new))
        self.shipped.choose("")

    def shift(self, at: int, by: int) -> None:
        """Move a rule up or down."""
        to = at + by
        if 0 <= to < len(self.rules):
            rules = list(self.rules)
            rules.insert(to, rules.pop(at))
            self._put(tuple(rules))

    def remove(self, at: int) -> None:
        """Take a rule away."""
        self._put((*self.rules[:at], *self.rules[at + 1 :]))

    def edit(self, at: int) -> None:
        """Ask for a rule anew; one more where there is none at this place."""
        old = self.rules[at] if at < len(self.rules) else None
        dialog = ChartRuleDialog(self._fields, old, about=self._about, parent=self)
        dialog.made.connect(partial(self._on_made, at))
        dialog.open()

    def renew(self) -> None:
        """List the rules as they stand."""
        for row in self._rows:
            self.list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(at, rule) for at, rule in enumerate(self.rules)]
        self.none.setVisible(not self.rules)

    def _put(self, rules: tuple[ChartRule, ...]) -> None:
        self.rules = rules[: chart_rules.MOST]
        self.renew()

    def _on_made(self, at: int, rule: ChartRule) -> None:
        self._put((*self.rules[:at], rule, *self.rules[at + 1 :]))

    def _on_ticked(self, at: int, on: bool) -> None:  # noqa: FBT001 - a signal's
        self.rules = (*self.rules[:at], replace(self.rules[at], on=on), *self.rules[at + 1 :])

    def _on_write(self) -> None:
        self.edit(len(self.rules))

    def _build(self) -> None:
        self.shipped.chosen.connect(self.take)
        self.write.clicked.connect(self._on_write)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.shipped)
        top.addWidget(self.write)
        top.addStretch(1)
        self.body.addLayout(top)
        self.body.addWidget(self.none)
        self.body.addLayout(self.list)
        told = _("The first rule that holds decides on colour and size; badges add up.")
        self.body.addWidget(Label(told, step="small", ink="text.3", wrap=True))

    def _row(self, at: int, rule: ChartRule) -> QWidget:
        row = QWidget()
        name = CheckBox(f"{rule.name} ({rule.dress.badge})" if rule.dress.badge else rule.name)
        name.setToolTip(rule.words)
        name.setAccessibleDescription(rule.words)
        name.setChecked(rule.on)
        name.toggled.connect(partial(self._on_ticked, at))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(Swatch(rule))
        line.addWidget(name)
        line.addWidget(Label(rule.words, step="small", ink="text.3", wrap=True), 1)
        for icon, words, act in (
            ("action.sort-up", _("Higher: {rule}"), partial(self.shift, at, -1)),
            ("action.sort-down", _("Lower: {rule}"), partial(self.shift, at, 1)),
            ("action.edit", _("Change: {rule}"), partial(self.edit, at)),
            ("action.close", _("Take away: {rule}"), partial(self.remove, at)),
        ):
            button = icon_button(icon, words.format(rule=rule.name))
            button.clicked.connect(act)
            line.addWidget(button)
        self.list.addWidget(row)
        return row
