"""Both scores of an OCG, side by side and never one from the other, and all there were."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import assessments
from ocgdesk.casework.assessments import Reckoned
from ocgdesk.domain.dates import shown
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.reviews import score_clock
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.pages.record_score_card import ScoreCard
from ocgdesk.ui.widgets.buttons import Button, outline, text_button
from ocgdesk.ui.widgets.cards import Card, CornerMask, Scroller
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.labels import SectionHeading
from ocgdesk.ui.widgets.values import NONE, Cell, Chip, Heading, Text

_ROOMY: Final = 900
_MOST: Final = 10


class ScoresPart(QWidget):
    """Two cards side by side, one a sheet, and the table of all assessments below them."""

    acted = Signal(str)
    """What is wanted: the name of a sheet to score by, or ``official``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self._found: tuple[Reckoned, ...] = ()
        body = PageBody(parent=self)
        self.scroller = Scroller(body, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroller)
        body.column.addSpacing(px(4))
        body.column.addLayout(self._bar())
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(16)
        self.cards = {name: ScoreCard(name, body) for name in assessments.SHOWN}
        for card in self.cards.values():
            self._pair.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
            card.newest_wanted.connect(self._on_newest)
        body.column.addLayout(self._pair)
        self._add_table(body)
        body.column.addStretch(1)

    def show_dossier(self, found: Dossier, *, refused: str, today: date) -> None:
        """Show the scores of this OCG; ``refused`` says why none can be entered."""
        for button in self.buttons.values():
            if refused:
                button.refuse(refused)
            else:
                button.allow()
        for side in assessments.sides(found.assessments):
            self.cards[side.sheet.name].show_side(side)
        self._show_clock(found, today)
        self._show_all(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(_ROOMY)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(right if beside else down)

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        titles = {
            "morile-style": (_("Score by MoRiLE-style sheet"), "action.add"),
            "ocgm": (_("Score OCGM attributes"), "action.add"),
            "official": (_("Type in official score"), "action.edit"),
        }
        for key, (title, icon) in titles.items():
            make = outline if key != "official" else text_button
            made = make(title, icon=icon, height="bar")
            made.clicked.connect(partial(self.acted.emit, key))
            self.buttons[key] = made
            row.addWidget(made)
        row.addStretch(1)
        self.clock = ChipLabel(Chip(""))
        row.addWidget(self.clock)
        return row

    def _add_table(self, body: PageBody) -> None:
        self.heading = SectionHeading(_("All assessments"), parent=body)
        self.rows = ShortTable(_columns())
        card = Card(parent=body)
        self.table = ShortTableView(
            self.rows, name=_("All assessments"), density=Density.COMPACT, parent=card
        )
        card.body.addWidget(self.table)
        CornerMask(card)
        self._table_card = card
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        body.column.addWidget(self.heading)
        body.column.addWidget(card)

    def _show_clock(self, found: Dossier, today: date) -> None:
        thing = found.thing
        assert isinstance(thing, Ocg)  # noqa: S101 - only OCGs have this part
        last = max((a.assessed for a in found.assessments if a.assessed), default=None)
        clock = score_clock(thing.tier, last, today)
        if clock.due is None:
            self.clock.hide()
            return
        tones = {"overdue": "overdue", "due": "due"}
        tone: Any = tones.get(clock.urgency.value, "outline")
        words = _("Score due {date}, {words}").format(date=clock.date_words, words=clock.words)
        hint = _("By tier; local default").format()
        self.clock.show_chip(Chip(words, tone, "status.due", hint))
        self.clock.show()

    def _show_all(self, found: Dossier) -> None:
        every = [assessments.reckon(item) for item in found.assessments]
        every.sort(key=lambda one: one.on, reverse=True)
        self._found = tuple(every)
        self.rows.show_rows(every)
        count = ngettext("{n} assessment", "{n} assessments", len(every)).format(n=len(every))
        self.heading.set_note(count if every else _("No assessment yet."))
        self._table_card.setVisible(bool(every))
        self.table.setFixedHeight(self.table.wanted_height(_MOST))
        self.table.share()

    def _on_row(self) -> None:
        chosen: Reckoned | None = self.table.row()
        if chosen is not None and chosen.assessment.sheet in self.cards:
            self.cards[chosen.assessment.sheet].show_one(chosen)

    def _on_newest(self) -> None:
        self.table.clearSelection()
        self.table.setCurrentIndex(self.rows.index(-1, -1))


def _columns() -> Sequence[Column]:
    def plain(text: str, ink: str = "text") -> Cell:
        return Text(text, ink) if text else looks.NOTHING

    return (
        Column(
            heading=Heading(title=_("Assessed")),
            cell=lambda one: plain(shown(one.on) if one.assessment.assessed else NONE, "text.2"),
            order=lambda one: one.on,
            width=100,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Sheet")),
            cell=lambda one: plain(label("scoring-sheets", one.assessment.sheet)),
            order=lambda one: one.assessment.sheet,
            width=150,
        ),
        Column(
            heading=Heading(title=_("Score")),
            cell=lambda one: Text(assessments.headline(one), strong=True),
            order=lambda one: (one.assessment.sheet, one.assessment.total or 0.0),
            width=130,
        ),
        Column(
            heading=Heading(title=_("Scored by version")),
            cell=lambda one: plain(assessments.version_words(one), "text.2"),
            order=lambda one: (one.score.source.value, one.score.version),
            width=150,
            yields=2,
        ),
        Column(
            heading=Heading(title=_("Scorer")),
            cell=lambda one: plain(one.assessment.scorer),
            order=lambda one: one.assessment.scorer.casefold() or None,
            width=130,
        ),
        Column(
            heading=Heading(title=_("Rationale")),
            cell=lambda one: plain(one.assessment.rationale, "text.2"),
            order=lambda one: one.assessment.rationale or None,
            width=200,
            stretch=3,
            yields=3,
        ),
    )
