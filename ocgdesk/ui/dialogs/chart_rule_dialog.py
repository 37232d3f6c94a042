"""One rule of conditional formatting: when it holds, and how it draws what it holds for."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.domain.chart_fields import Asked
from ocgdesk.domain.chart_rules import SIZES, TONES, ChartRule, Dress, checked
from ocgdesk.domain.charts import Importance
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.meta import About
from ocgdesk.ui.dialogs.chart_test_form import TestForm
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label


class ChartRuleDialog(Sheet):
    """Asks for a name, one or two questions, and what is drawn otherwise."""

    made = Signal(object)
    """The ChartRule."""

    def __init__(
        self,
        fields: Sequence[Asked],
        rule: ChartRule | None = None,
        *,
        about: About,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Rule"),
            _("Keep rule"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            width=700,
            parent=parent,
        )
        self._on = rule.on if rule is not None else True
        self.first = TestForm(fields)
        self.second = TestForm(fields, optional=True)
        self._build()
        if rule is not None:
            self._show(rule)
        self.name.editor.setFocus()

    def rule(self) -> ChartRule:
        """Return the rule as it stands; Refused, in words, where it is none yet."""
        more = () if self.second.is_empty else (self.second.test(),)
        size = self.size_box.current
        dress = Dress(
            tone=self.tone.current,
            size=Importance(size) if size else None,
            badge=self.badge.text.strip(),
            wide=self.wide.isChecked(),
        )
        name = " ".join(self.name.text.split())
        return checked(
            ChartRule(name=name, tests=(self.first.test(), *more), dress=dress, on=self._on)
        )

    def on_accept(self) -> None:
        try:
            made = self.rule()
        except Refused as reason:
            self.say(f"{reason}.")
            return
        self.accept()
        self.made.emit(made)

    def _build(self) -> None:
        self.name = FormField(_("Name, as the legend prints it"), TextBox())
        tones = tuple(Option(role, _(words)) for role, words in TONES.items())
        sizes = tuple(Option(size.value, _(words)) for size, words in SIZES.items())
        self.tone = Select((Option("", _("As it is")), *tones), name=_("Colour"))
        self.size_box = Select((Option("", _("As it is")), *sizes), name=_("Size"))
        self.badge = FormField(_("Badge, up to four letters"), TextBox())
        self.wide = CheckBox(_("Thick line"))
        self.body.addWidget(self.name)
        self.body.addWidget(Label(_("When"), weight="medium"))
        self.body.addWidget(self.first)
        self.body.addWidget(Label(_("and"), ink="text.2"))
        self.body.addWidget(self.second)
        self.body.addWidget(Label(_("Draw it with"), weight="medium"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(FormField(_("Colour"), self.tone), 0, 0)
        grid.addWidget(FormField(_("Size of items"), self.size_box), 0, 1)
        grid.addWidget(self.badge, 0, 2)
        grid.addWidget(self.wide, 1, 0)
        self.body.addLayout(grid)
        told = _(
            "The colours are one ramp whose steps can be told apart without colour vision and in"
            " print. People recorded as exploited are always drawn as they are, and no measure"
            " speaks of them or of anyone under 18."
        )
        self.body.addWidget(Label(told, step="small", ink="text.3", wrap=True))

    def _show(self, rule: ChartRule) -> None:
        dress = rule.dress
        self.name.show_text(rule.name)
        self.badge.show_text(dress.badge)
        self.first.show_test(rule.tests[0])
        if len(rule.tests) > 1:
            self.second.show_test(rule.tests[1])
        self.tone.choose(dress.tone)
        self.size_box.choose(dress.size.value if dress.size else "")
        self.wide.setChecked(dress.wide)
