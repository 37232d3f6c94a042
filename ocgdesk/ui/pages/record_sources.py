"""What a field rests on, and what other sources say: in a few words, and in the inspector."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import intelligence
from ocgdesk.domain import assertions
from ocgdesk.domain.assertions import Backing
from ocgdesk.domain.entities import Report
from ocgdesk.domain.fields import Field
from ocgdesk.domain.links import Assertion
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.forms import editors
from ocgdesk.ui.forms import record_form as forms
from ocgdesk.ui.pages.record_parts import ReportCard
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.widgets.buttons import Button, outline, text_button
from ocgdesk.ui.widgets.cards import Card, Rule
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import NONE, Chip


def source_words(backing: Backing, known: Mapping[UUID, Report], *, short: bool = False) -> str:
    """Return what the value shown rests on: “2 independent sources, best 1B”.

    Empty where nothing is noted; what would single a source out is not counted.
    """
    if not backing.agreeing:
        return ""
    reports = [known[id_] for id_ in backing.reports if id_ in known]
    if not reports:
        return _("Stated, no report named")
    weight = intelligence.weigh(reports)
    return weight.short if short else weight.words


def form_backings(found: Dossier) -> dict[str, forms.Backing]:
    """Return, by field, what the form of a record says beside its values."""
    return {
        name: forms.Backing(source_words(backing, found.reports, short=True), backing.other_values)
        for name, backing in found.said.items()
    }


def value_words(described: Field, said: Assertion) -> str:
    """Return what is stated as people read it; as it was written where it fits no longer."""
    try:
        return editors.shown(described, assertions.stated(described, said)) or NONE
    except Refused:
        return said.value


class FieldInspector(QWidget):
    """The sources of one field: behind the value shown, and what others say instead."""

    report_opened = Signal(object)
    """The id of a report."""
    add_wanted = Signal(str)
    """The name of the field."""
    choose_wanted = Signal(object)
    """An Assertion."""
    remove_wanted = Signal(object)
    """An Assertion."""

    def __init__(
        self,
        backing: Backing,
        value: Any,
        reports: Mapping[UUID, Report],
        *,
        refused: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.backing = backing
        self._reports = reports
        self._refused = refused
        self.setProperty("caption", _("Sources of a field"))
        self.setProperty("icon", "entity.report")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(10)
        shown = editors.shown(backing.described, value) or NONE
        column.addWidget(Label(backing.described.label, ink="text.3", parent=self))
        column.addWidget(Label(shown, step="section", wrap=True, parent=self))
        self._add_agreeing(column)
        self.add_button = outline(_("Add what a source says…"), icon="action.add", height="bar")
        self.add_button.clicked.connect(self._on_add)
        self._refuse(self.add_button)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._add_others(column)
        column.addStretch(1)

    def _add_agreeing(self, column: QVBoxLayout) -> None:
        words = source_words(self.backing, self._reports)
        column.addWidget(Label(words or _("Source not recorded"), weight="strong", parent=self))
        if not self.backing.agreeing:
            said = _("No source is noted for the value that is shown.")
            column.addWidget(Label(said, ink="text.2", wrap=True, parent=self))
        for item in self.backing.agreeing:
            column.addWidget(self._card(item, agrees=True))

    def _add_others(self, column: QVBoxLayout) -> None:
        if not self.backing.others:
            return
        column.addWidget(Rule())
        count = self.backing.other_values
        words = ngettext("{n} other value", "{n} other values", count).format(n=count)
        column.addWidget(Label(words, weight="strong", parent=self))
        for item in self.backing.others:
            column.addWidget(self._card(item, agrees=False))

    def _card(self, item: Assertion, *, agrees: bool) -> "StatementCard":
        title = "" if agrees else value_words(self.backing.described, item)
        reports = [self._reports[id_] for id_ in item.reports if id_ in self._reports]
        card = StatementCard(item, title, reports, parent=self)
        card.report_opened.connect(self.report_opened)
        card.choose_button.clicked.connect(card.choose)
        card.choose_wanted.connect(self.choose_wanted)
        card.remove_wanted.connect(self.remove_wanted)
        card.choose_button.setVisible(not agrees)
        self._refuse(card.choose_button)
        self._refuse(card.remove_button)
        return card

    def _refuse(self, button: Button) -> None:
        if self._refused:
            button.refuse(self._refused)

    def _on_add(self) -> None:
        self.add_wanted.emit(self.backing.described.name)


class StatementCard(Card):
    """What one source says: the value, fact or assessment, why it was chosen, its reports."""

    report_opened = Signal(object)
    choose_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(
        self,
        said: Assertion,
        title: str,
        reports: Iterable[Report],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground="sunken", margins=(12, 8, 12, 8), parent=parent)
        self.said = said
        self.body.setSpacing(6)
        if title:
            self.body.addWidget(Label(title, weight="medium", wrap=True))
        self.body.addLayout(self._marks())
        if said.reason:
            why = _("Reason: {reason}").format(reason=said.reason)
            self.body.addWidget(Label(why, ink="text.2", wrap=True))
        for report in reports:
            card = ReportCard(report)
            card.opened.connect(self.report_opened)
            self.body.addWidget(card)
        self.choose_button = text_button(_("Show this value"))
        self.choose_button.setAccessibleName(_("Show “{value}”").format(value=title))
        self.remove_button = text_button(_("Remove"))
        self.remove_button.setAccessibleName(_("Remove this statement"))
        self.remove_button.clicked.connect(self.remove)
        foot = QHBoxLayout()
        foot.addWidget(self.choose_button)
        foot.addStretch(1)
        foot.addWidget(self.remove_button)
        self.body.addLayout(foot)

    def choose(self) -> None:
        """Ask for this value to be shown on the record."""
        self.choose_wanted.emit(self.said)

    def remove(self) -> None:
        """Ask for this statement to be taken out."""
        self.remove_wanted.emit(self.said)

    def _marks(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(ChipLabel(Chip(label("bases", self.said.basis), "outline")))
        if self.said.chosen:
            row.addWidget(ChipLabel(Chip(_("Chosen"), "info", "status.ok")))
        if not self.said.reports:
            row.addWidget(Label(_("no report named"), ink="text.3"))
        row.addStretch(1)
        return row
