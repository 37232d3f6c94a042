"""A quality rule of one's own, made from a template: field empty, day too old, too few links."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.domain import quality
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.quality import DATED, WEIGHTS, Query, Rule
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store.meta import About
from ocgdesk.ui import words
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

_TEMPLATES: Final = {
    Query.FIELD_EMPTY: N_("A field is empty"),
    Query.FIELD_OLDER: N_("A day is too long ago"),
    Query.FEW_LINKS: N_("There are too few links"),
}
_DAYS: Final = "365"
_BELOW: Final = "1"


class RuleDialog(Sheet):
    """Asks what to look at, how, and how much it weighs; hands over the rule without a code."""

    made = Signal(object)

    def __init__(self, *, about: About, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Add a quality rule"),
            _("Add rule"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            width=620,
            parent=parent,
        )
        self._named = ""
        self._build()
        self._wire()
        self._on_template()
        self.template_box.setFocus()

    @property
    def template(self) -> Query:
        """The template chosen."""
        return Query(self.template_box.current)

    @property
    def kind(self) -> Kind:
        """The kind of record looked at."""
        return Kind(self.kind_box.current)

    def rule(self) -> Rule:
        """Return the rule as it stands; Refused, in words, where it is none."""
        made = Rule(
            code="own",
            words=" ".join(self.words_field.text.split()),
            kind=self.kind,
            query=self.template,
            weight=int(self.weight.current),
            live=self.live.isVisibleTo(self) and self.live.isChecked(),
            field="" if self.template is Query.FEW_LINKS else self.field.current,
            days=_whole(self.days_field.text) if self.template is Query.FIELD_OLDER else 0,
            below=_whole(self.below_field.text) if self.template is Query.FEW_LINKS else 0,
            link=self.link.current if self.template is Query.FEW_LINKS else "",
            advice=" ".join(self.advice_field.text.split()),
        )
        if not made.words:
            raise Refused(_("Say in a line what breaks the rule"))
        return quality.read_rule(made.item())

    def on_accept(self) -> None:
        try:
            made = self.rule()
        except Refused as refused:
            self.say(f"{refused}.")
            return
        self.accept()
        self.made.emit(made)

    def _build(self) -> None:
        self.template_box = Select(tuple(Option(q.value, _(w)) for q, w in _TEMPLATES.items()))
        self.kind_box = Select()
        self.field, self.link = Select(), Select(_link_types())
        self.live = CheckBox(_("Only where the status is live"))
        self.weight = Select(tuple(Option(str(n), str(n)) for n in WEIGHTS))
        self.weight.choose("3")
        self.field_field = FormField(_("Field"), self.field)
        self.link_field = FormField(_("Type of link"), self.link)
        self._words, days, below = TextBox(), TextBox(), TextBox()
        self.days_field = FormField(_("More than so many days ago"), days)
        self.below_field = FormField(_("Fewer than"), below)
        self.words_field = FormField(_("What breaks the rule"), self._words)
        self.advice_field = FormField(_("What mends it"), TextBox())
        days.setText(_DAYS)
        below.setText(_BELOW)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.addWidget(FormField(_("Template"), self.template_box), 0, 0)
        grid.addWidget(FormField(_("Kind of record"), self.kind_box), 0, 1)
        grid.addWidget(self.field_field, 1, 0)
        grid.addWidget(self.link_field, 1, 0)
        grid.addWidget(self.days_field, 1, 1)
        grid.addWidget(self.below_field, 1, 1)
        grid.addWidget(self.words_field, 2, 0, 1, 2)
        grid.addWidget(self.advice_field, 3, 0, 1, 2)
        grid.addWidget(FormField(_("Weight"), self.weight), 4, 0)
        grid.addWidget(self.live, 4, 1)
        self.body.addLayout(grid)
        told = _("It counts from now on for everybody; the rules before are kept as an edition.")
        self.body.addWidget(Label(told, ink="text.2", wrap=True))

    def _wire(self) -> None:
        self.template_box.chosen.connect(self._on_template)
        self.kind_box.chosen.connect(self._on_kind)
        for box in (self.field, self.link):
            box.chosen.connect(self._name)
        for form in (self.days_field, self.below_field):
            form.changed.connect(self._name)

    def _on_template(self) -> None:
        few = self.template is Query.FEW_LINKS
        older = self.template is Query.FIELD_OLDER
        for part, shown in (
            (self.field_field, not few),
            (self.link_field, few),
            (self.days_field, older),
            (self.below_field, few),
        ):
            part.setVisible(shown)
        self.kind_box.show_options(self._kinds(), self.kind_box.current)
        self._on_kind()

    def _kinds(self) -> tuple[Option, ...]:
        kinds = (k for k in quality.ruled_kinds() if _offered(k, self.template))
        return tuple(Option(kind.value, words.many(kind)) for kind in kinds)

    def _on_kind(self) -> None:
        fields = _askable(self.kind, self.template)
        options = tuple(Option(field.name, _(field.label)) for field in fields)
        self.field.show_options(options, self.field.current)
        self.live.setVisible(quality.has_live_status(self.kind))
        self._name()

    def _name(self) -> None:
        """Propose words for the rule, unless others were typed."""
        if self.words_field.text not in {"", self._named}:
            return
        self._named = self._proposed()
        self._words.setText(self._named)

    def _proposed(self) -> str:
        kind = words.one(self.kind)
        if self.template is Query.FEW_LINKS:
            told = _("{kind} with fewer than {n} links: {type}")
            return told.format(
                kind=kind, n=self.below_field.text, type=self.link.currentText().lower()
            )
        field = self.field.currentText().lower()
        if self.template is Query.FIELD_OLDER:
            told = _("{kind}: {field} more than {n} days ago")
            return told.format(kind=kind, field=field, n=self.days_field.text)
        return _("{kind} without {field}").format(kind=kind, field=field)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Refused(_("{text!r} is no whole number").format(text=text[:20])) from None


def _link_types() -> tuple[Option, ...]:
    known = code_list("link-types").offered()
    return (Option("", _("Any link")), *(Option(item.code, item.label) for item in known))


def _askable(kind: Kind, template: Query) -> list[Field]:
    """Return the fields of a kind that a template can ask after."""
    fields = described_fields(class_of(kind))
    if template is Query.FIELD_OLDER:
        return [field for field in fields if field.type in DATED]
    return [field for field in fields if field.type is not FieldType.FLAG and not field.required]


def _offered(kind: Kind, template: Query) -> bool:
    if template is Query.FEW_LINKS:
        return kind not in LINKS
    return bool(_askable(kind, template))
