"""The attribution ledger of a handle: periods, candidates side by side, contacts, decisions."""

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.ledgers import Contact, Ledger, Put
from ocgdesk.domain.dates import PartialDate
from ocgdesk.i18n import _
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.pages.record_ledger_cards import CandidateCard
from ocgdesk.ui.pages.record_ledger_days import Whereabouts
from ocgdesk.ui.pages.record_ledger_strip import PeriodStrip
from ocgdesk.ui.pages.record_ledger_words import clash_words
from ocgdesk.ui.widgets.cards import Card, CornerMask
from ocgdesk.ui.widgets.chips import KeyHint
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.notes import ErrorBanner
from ocgdesk.ui.widgets.values import NONE, Cell, Heading, Text

_MOST: Final = 12
"""So many contacts are shown at a time; the table scrolls to the rest."""


class LedgerSheet(QWidget):
    """All that is on record of who used one handle. ↑ and ↓ choose a candidate."""

    picked = Signal(object)
    """The Put chosen, or None."""
    opened = Signal(object)
    """The Brief of a nominal or of another handle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger: Ledger | None = None
        self.chosen: UUID | None = None
        self.cards: list[CandidateCard] = []
        self._build()

    def show_ledger(self, ledger: Ledger, chosen: UUID | None = None) -> None:
        """Show a handle; the candidate chosen before stays so where they are still there."""
        self.ledger = ledger
        self._warn(ledger)
        self.strip.show_ledger(ledger)
        self.strip_heading.setVisible(self.strip.isVisibleTo(self))
        self._show_cards(ledger)
        self._show_contacts(ledger)
        self._show_decisions(ledger)
        first = ledger.put(chosen) or ledger.put(self.chosen) or ledger.first
        self.choose(first or (ledger.candidates[0] if ledger.candidates else None))

    def choose(self, put: Put | None) -> None:
        """Choose a candidate, and say so."""
        self.chosen = put.link.id if put else None
        for card in self.cards:
            card.setChecked(card.put.link.id == self.chosen)
        if self.ledger is not None:
            self.days.show_put(self.ledger, put)
        self.picked.emit(put)

    def step(self, by: int) -> None:
        """Choose the candidate so many places further down."""
        shown = [card for card in self.cards if not card.isHidden()]
        if not shown:
            return
        now = next((n for n, card in enumerate(shown) if card.isChecked()), -by)
        card = shown[max(0, min(len(shown) - 1, now + by))]
        self.choose(card.put)
        card.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle(self) -> None:
        """Show or hide the grounds of the candidate chosen."""
        for card in self.cards:
            if card.isChecked() and not card.isHidden():
                card.fold(folded=not card.is_folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Down:
                self.step(1)
            case Qt.Key.Key_Up:
                self.step(-1)
            case _:
                super().keyPressEvent(event)

    def _build(self) -> None:
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.warning = ErrorBanner(tone="due", parent=self)
        self.restricted = ErrorBanner(tone="restricted", parent=self)
        self.strip_heading = SectionHeading(_("When it was used"), _("custody in red"), parent=self)
        self.strip = PeriodStrip(self)
        self.days = Whereabouts(self)
        self.heading = SectionHeading(_("Candidates"), parent=self)
        for keys, words in ((("↑", "↓"), _("choose")), (("Space",), _("grounds"))):
            self.heading.add_action(KeyHint(keys, words))
        self.nobody = Label(_("No attribution proposed."), ink="text.2", parent=self)
        self.list = QVBoxLayout()
        self.list.setSpacing(8)
        self._build_contacts()
        self.decisions = QVBoxLayout()
        self.decisions.setSpacing(4)
        self.log_heading = SectionHeading(_("Decisions"), parent=self)
        for part in (self.restricted, self.warning, self.strip_heading, self.strip, self.days):
            self.column.addWidget(part)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.nobody)
        self.column.addLayout(self.list)
        self.column.addWidget(self.contacts_heading)
        self.column.addWidget(self.contacts_card)
        self.column.addWidget(self.log_heading)
        self.column.addLayout(self.decisions)

    def _build_contacts(self) -> None:
        self.contacts = ShortTable(_columns())
        self.contacts_heading = SectionHeading(_("Contacts"), parent=self)
        self.contacts_card = Card(parent=self)
        self.contacts_table = ShortTableView(
            self.contacts,
            name=_("Contacts with other handles"),
            density=Density.COMPACT,
            parent=self.contacts_card,
        )
        self.contacts_table.opened.connect(self._on_contact)
        self.contacts_card.body.addWidget(self.contacts_table)
        CornerMask(self.contacts_card)

    def _warn(self, ledger: Ledger) -> None:
        self.warning.say(clash_words(ledger))
        told = ""
        if ledger.handle.privileged:
            by = ledger.users.get(ledger.flagged_by, "") if ledger.flagged_by else ""
            told = _("Possibly privileged or journalistic: restricted until reviewed.")
            told = f"{told} {_('Flagged by {name}.').format(name=by)}" if by else told
        self.restricted.say(told)

    def _show_cards(self, ledger: Ledger) -> None:
        """Show the candidates on the cards there are; more are made only where they are needed."""
        for number, put in enumerate(ledger.candidates):
            if number == len(self.cards):
                self._add_card(put)
            card = self.cards[number]
            card.show_put(put)
            card.show()
        for card in self.cards[len(ledger.candidates) :]:
            card.hide()
        self.nobody.setVisible(not ledger.candidates)

    def _add_card(self, put: Put) -> None:
        card = CandidateCard(put, self)
        card.picked.connect(self.choose)
        card.entered.connect(self._on_entered)
        self.cards.append(card)
        self.list.addWidget(card)

    def _show_contacts(self, ledger: Ledger) -> None:
        found = ledger.contacts
        self.contacts_heading.set_note(_("{n} handles").format(n=len(found)) if found else "")
        for part in (self.contacts_heading, self.contacts_card):
            part.setVisible(bool(found))
        self.contacts.show_rows(found)
        self.contacts_table.setFixedHeight(self.contacts_table.wanted_height(_MOST))
        self.contacts_table.share()

    def _show_decisions(self, ledger: Ledger) -> None:
        while (item := self.decisions.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self.log_heading.setVisible(bool(ledger.decisions))
        for decision in reversed(ledger.decisions):
            day = decision.decided
            when = f"{day.day} {day:%b %Y}" if day else ""
            parts = (when, decision.decided_by, decision.title, decision.rationale)
            said = " · ".join(part for part in parts if part)
            row = QWidget(self)
            inside = QHBoxLayout(row)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(Label(said, ink="text.2", wrap=True), 1)
            self.decisions.addWidget(row)
            row.show()

    def _on_entered(self, put: Put) -> None:
        self.opened.emit(put.nominal)

    def _on_contact(self, row: int) -> None:
        self.opened.emit(self.contacts.rows[row].other)


def _columns() -> tuple[Column, ...]:
    def column(title: str, cell: Any, order: Any, width: int, **more: int) -> Column:
        heading = Heading(title=title, align="right" if more.pop("right", 0) else "left")
        return Column(heading=heading, cell=cell, order=order, width=width, **more)

    return (
        column(_("Handle"), lambda c: entity(c.other), lambda c: c.other.label.casefold(), 150,
               stretch=3),
        column(_("How often"), _count, lambda c: c.link.weight or 0, 120, right=1),
        column(_("From"), lambda c: _date(c.link.start), lambda c: c.link.start, 100, yields=2),
        column(_("To"), lambda c: _date(c.link.end), lambda c: c.link.end, 100, yields=3),
        column(_("Strength"), lambda c: looks.code("strengths", c.link.strength),
               lambda c: c.link.strength, 130, yields=1),
    )  # fmt: skip


def _count(contact: Contact) -> Cell:
    weight = contact.link.weight
    if weight is None:
        return Text(NONE, "text.3", align="right")
    return Text(f"{looks.number(weight)} {contact.link.unit}".strip(), align="right")


def _date(value: PartialDate | None) -> Cell:
    return Text(value.worded() if value else NONE, "text.2" if value else "text.3")
