"""Where an OCG stands: its status and its moves, its tier, who answers for it, what was decided."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import ocgs
from ocgdesk.domain import moves
from ocgdesk.domain.clocks import Urgency, review_clock
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import Decision
from ocgdesk.i18n import _
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.widgets.buttons import Button, outline
from ocgdesk.ui.widgets.cards import Card, CornerMask, Scroller
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.labels import IconLabel, Label, SectionHeading
from ocgdesk.ui.widgets.values import Cell, Chip, Heading, Text, Tone

_ROOMY: Final = 900
_MOST: Final = 8
_TONES: Final[dict[Urgency, Tone]] = {Urgency.OVERDUE: "overdue", Urgency.DUE: "due"}
TAKE_BACK: Final = "take-back"
_ICONS: Final = {
    "archived": "status.archived",
    "merged": "action.merge",
    "rejected": "status.rejected",
    "dormant": "status.dormant",
    "active": "status.active",
    "re-activated": "status.active",
    "under-assessment": "status.assessment",
    "nominated": "status.nominated",
}


class StandingPart(QWidget):
    """Status, definition, tier and review beside each other; officers and decisions below."""

    acted = Signal(str)
    """``move:STATUS``, ``take-back``, ``tier`` or ``assign``."""
    opened = Signal(object)
    """The Brief of the OCG it was merged into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self._refused = ""
        body = PageBody(parent=self)
        self.scroller = Scroller(body, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.scroller)
        body.column.addSpacing(px(8))
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(16)
        self.status = _Told(_("Status"), body)
        self.tier = _Told(_("Tier and review"), body)
        self.definition = _Told(_("Statutory definition"), body)
        for card in (self.status, self.tier, self.definition):
            self._pair.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        body.column.addLayout(self._pair)
        self.officers = ShortTable(_officer_columns())
        self.assign_button = outline(_("Assign"), icon="action.assign", height="bar")
        self.assign_button.clicked.connect(partial(self.acted.emit, "assign"))
        heading = SectionHeading(_("Who answers for it"), parent=body)
        heading.add_action(self.assign_button)
        self.posts = _add_table(body, heading, self.officers)
        self.log = ShortTable(_decision_columns())
        told = SectionHeading(
            _("Decision log"), _("entries are superseded, never changed"), parent=body
        )
        self.decided = _add_table(body, told, self.log)
        body.column.addStretch(1)

    def show_dossier(self, found: Dossier, *, refused: str, today: date) -> None:
        """Show where this OCG stands; ``refused`` says why nothing can be changed."""
        ocg = found.thing
        assert isinstance(ocg, Ocg)  # noqa: S101 - only OCGs have this part
        self._refused = refused
        self._show_status(ocg, found)
        self._show_tier(ocg, today)
        self._show_definition(ocg, found, today)
        self.posts.show_rows(sorted(found.assigned, key=_post_order))
        self.decided.show_rows(tuple(reversed(found.decisions)))
        self._allow(self.assign_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(_ROOMY)
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(right if beside else down)

    def _show_status(self, ocg: Ocg, found: Dossier) -> None:
        card = self.status
        card.clear()
        card.add(ChipLabel(looks.status_chip(ocgs.STATUSES, ocg.status)))
        card.fact(_("Reason"), label("archive-reasons", ocg.archive_reason))
        card.fact("" if ocg.archive_reason else _("Reason"), ocg.status_reason)
        card.fact(_("Decided by"), ocg.decision_maker)
        card.fact(_("Would be re-activated by"), ocg.trigger)
        if found.successor is not None:
            into = outline(found.successor.label, icon="entity.ocg", height="bar")
            into.clicked.connect(partial(self.opened.emit, found.successor))
            card.fact(_("Goes on as"), found.successor.ref)
            card.add(into)
        self._add_moves(card, ocg)

    def _add_moves(self, card: "_Told", ocg: Ocg) -> None:
        offered = [
            (f"move:{move.to}", _(move.label), _ICONS.get(move.to, "action.edit"))
            for move in moves.allowed(ocgs.STATUSES, ocg.status)
        ]
        if ocg.status == "merged":
            offered = [(TAKE_BACK, _("Take the merge back"), "action.undo")]
        row = Flow()
        made: list[QWidget] = []
        self.buttons = {}
        for key, title, icon in offered:
            button = outline(title, icon=icon, height="bar")
            button.clicked.connect(partial(self.acted.emit, key))
            self._allow(button)
            self.buttons[key] = button
            made.append(button)
        row.show_parts(made)
        card.add(row)

    def _show_tier(self, ocg: Ocg, today: date) -> None:
        card = self.tier
        card.clear()
        tier = code_list("tiers").find(ocg.tier)
        title = f"{tier.label}, {_(str(tier.get('meaning', '')))}" if tier else _("No tier set")
        card.add(Label(title, weight="strong", wrap=True))
        card.fact(_("Reason"), ocg.tier_reason)
        decided = shown(ocg.tier_decided) if ocg.tier_decided else ""
        card.fact(_("Set at"), ", ".join(text for text in (ocg.tier_meeting, decided) if text))
        if ocg.tier and not ocg.tier_reason:
            card.warn(_("No reason is recorded for this tier."))
        clock = review_clock(ocg.review_due, today)
        words = _("Next review {date}, {words}").format(date=clock.date_words, words=clock.words)
        if clock.due is None:
            card.add(Label(_("No review is due."), ink="text.3", wrap=True))
        else:
            icon = "status.overdue" if clock.days < 0 else "status.due"
            card.add(ChipLabel(Chip(words, _TONES.get(clock.urgency, "outline"), icon)))
        self.tier_button = outline(_("Set tier"), icon="action.edit", height="bar")
        self.tier_button.clicked.connect(partial(self.acted.emit, "tier"))
        self._allow(self.tier_button)
        card.add(self.tier_button)

    def _show_definition(self, ocg: Ocg, found: Dossier, today: date) -> None:
        card = self.definition
        card.clear()
        held = [item for item in found.memberships if item.link.holds_on(today)]
        exploited = sum(item.other.exploited for item in held)
        lacking = ocgs.shortfalls(ocg, persons=len(held) - exploited, exploited=exploited)
        for one in lacking:
            card.warn(f"{one.words}.")
        if ocg.threat_type != "ocg":
            card.add(Label(_("Not mapped as an OCG: there is no definition to meet."), wrap=True))
        elif not lacking:
            card.good(_("The record shows all three parts."))
        source = _("Serious Crime Act 2015, s.45. This warns; it never blocks.")
        card.add(Label(source, step="small", ink="text.3", wrap=True))

    def _allow(self, button: Button) -> None:
        if self._refused:
            button.refuse(self._refused)
        else:
            button.allow()


class _Told(Card):
    """A card with a title and facts that are put in anew each time."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(margins=(16, 12, 16, 14), parent=parent)
        self.setAccessibleName(title)
        self.body.addWidget(Label(title, step="section"))
        self.body.setSpacing(8)
        self._parts: list[QWidget] = []

    def clear(self) -> None:
        """Take everything out but the title."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []

    def add(self, part: QWidget) -> None:
        """Put something below what there is."""
        self._parts.append(part)
        fixed = isinstance(part, ChipLabel | Button)
        if fixed:
            self.body.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self.body.addWidget(part)

    def fact(self, title: str, words: str) -> None:
        """Say a fact, if it is known."""
        if not words:
            return
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        if title:
            column.addWidget(Label(title, step="small", ink="text.3"))
        column.addWidget(Label(words, wrap=True))
        self.add(held)

    def warn(self, words: str) -> None:
        """Say what is not as it should be."""
        self._signed(words, "status.warning", "due")

    def good(self, words: str) -> None:
        """Say that something is as it should be."""
        self._signed(words, "status.ok", "ok")

    def _signed(self, words: str, icon: str, ink: str) -> None:
        held = QWidget(self)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, ink, 15), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(words, wrap=True), 1)
        self.add(held)


class _ShortCard(Card):
    """A short table in a card; a sentence where it is empty."""

    def __init__(self, rows: ShortTable, name: str, empty: str, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.rows = rows
        self.table = ShortTableView(rows, name=name, density=Density.COMPACT, parent=self)
        self.none = Label(empty, ink="text.2")
        self.none.setContentsMargins(px(16), px(10), px(16), px(10))
        self.body.addWidget(self.table)
        self.body.addWidget(self.none)
        CornerMask(self)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, or that there are none."""
        self.rows.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.table.setFixedHeight(self.table.wanted_height(_MOST))
        self.table.share()


def _add_table(body: PageBody, heading: SectionHeading, rows: ShortTable) -> _ShortCard:
    title = heading.title.text()
    card = _ShortCard(rows, title, _("Nothing is recorded."), body)
    body.column.addWidget(heading)
    body.column.addWidget(card)
    return card


def _post_order(post: Assignment) -> tuple[bool, str, str]:
    return (post.end is not None, post.role, str(post.start or ""))


def _text(words: str, ink: str = "text") -> Cell:
    return Text(words, ink) if words else looks.NOTHING


def _day(value: PartialDate | None) -> Cell:
    return _text(value.worded() if value else "", "text.2")


def _officer_columns() -> tuple[Column, ...]:
    def column(
        title: str, cell: Callable[[Assignment], Cell], field: str, width: int, stretch: int = 1
    ) -> Column:
        return Column(
            heading=Heading(title=title),
            cell=cell,
            order=lambda post: str(getattr(post, field) or "") or None,
            width=width,
            stretch=stretch,
        )

    return (
        column(_("Role"), lambda p: _text(label("assignment-roles", p.role)), "role", 190, 0),
        column(_("Officer"), lambda p: Text(p.officer, strong=p.end is None), "officer", 160),
        column(_("Agency"), lambda p: _text(label("agencies", p.agency)), "agency", 120),
        column(_("From"), lambda p: _day(p.start), "start", 110, 0),
        column(_("To"), lambda p: _day(p.end), "end", 110, 0),
        column(_("Handed over with"), lambda p: _text(p.handover, "text.2"), "handover", 160, 2),
    )


def _decision_columns() -> tuple[Column, ...]:
    def column(
        title: str, cell: Callable[[Decision], Cell], field: str, width: int, stretch: int = 1
    ) -> Column:
        return Column(
            heading=Heading(title=title),
            cell=cell,
            order=lambda one: str(getattr(one, field) or "") or None,
            width=width,
            stretch=stretch,
        )

    return (
        column(
            _("Decided"),
            lambda d: _text(shown(d.decided) if d.decided else "", "text.2"),
            "decided",
            110,
            0,
        ),
        column(_("Decision"), lambda d: Text(d.title, strong=True), "title", 170),
        column(_("Decision-maker"), lambda d: _text(d.decided_by), "decided_by", 150),
        column(_("Meeting"), lambda d: _text(d.meeting, "text.2"), "meeting", 120),
        column(
            _("Rationale"),
            lambda d: _text(" · ".join(d.rationale.splitlines()), "text.2"),
            "rationale",
            200,
            3,
        ),
    )
