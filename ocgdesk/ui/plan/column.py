"""One of the four columns of a plan's board."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.suggestions import Suggestion
from ocgdesk.domain import dates
from ocgdesk.domain.planning import StrandNote
from ocgdesk.domain.plans import Action, Objective, Strand
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.plan import looks
from ocgdesk.ui.plan.card import ActionCard
from ocgdesk.ui.plan.objective import ObjectiveLine
from ocgdesk.ui.plan.suggested import SuggestionCard, SuggestionHead
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import icon_button, outline, text_button
from ocgdesk.ui.widgets.cards import Card, Panel, Scroller
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.strands import ProgressBar, StrandLabel
from ocgdesk.ui.widgets.values import Chip, strand_name

_BAR: Final = 3


def empty_words(strand: Strand) -> str:
    """Return what an empty strand of a plan means."""
    match strand:
        case Strand.PURSUE:
            return _("No live action pursues an offender in this plan.")
        case Strand.PREVENT:
            return _("No live action keeps anyone from being drawn in.")
        case Strand.PROTECT:
            return _("No live action protects anyone or anything in this plan.")
    return _("No live action prepares anyone for what may come.")


class EmptyStrand(Card):
    """Stands in a column without live actions; with a reason it is no gap until the next review."""

    def __init__(
        self, strand: Strand, excuse: StrandNote | None = None, parent: QWidget | None = None
    ) -> None:
        edge = "line.2" if excuse else "overdue"
        super().__init__(edge=edge, dashed=True, margins=(12, 12, 12, 12), parent=parent)
        self.add = outline(_("Add action"), icon="action.add", height="bar")
        self.excuse = text_button(_("Does not apply …"))
        self.body.setSpacing(8)
        if excuse is None:
            self._say_empty(strand)
        else:
            self._say_why(excuse)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def _say_empty(self, strand: Strand) -> None:
        chip = ChipLabel(Chip(_("Empty strand"), "overdue", "status.empty"))
        self.body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Label(empty_words(strand), wrap=True))
        why = _("A plan is not signed with an empty strand unless you give a reason.")
        self.body.addWidget(Label(why, step="small", ink="text.2", wrap=True))
        self.body.addWidget(self.excuse, 0, Qt.AlignmentFlag.AlignLeft)

    def _say_why(self, excuse: StrandNote) -> None:
        chip = ChipLabel(Chip(_("Does not apply"), "neutral", "status.info"))
        self.body.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(Label(excuse.text, wrap=True))
        until = dates.shown(excuse.until) if excuse.until else _("the next review")
        said = _("Until {day}; the next review asks again").format(day=until)
        self.body.addWidget(Label(said, step="small", ink="text.3", wrap=True))


class StrandColumn(QWidget):
    """Header with objectives and share done, the live cards, and the rest on demand."""

    add_wanted = Signal(object)
    objective_kept = Signal(object, object, str)
    """The objective as it was read or None, the strand, and the words."""
    objective_removed = Signal(object)
    excuse_wanted = Signal(object)
    accepted = Signal(object)
    dismissed = Signal(object)
    rest_wanted = Signal()
    """What is done with is to be shown or hidden."""
    resized = Signal()

    def __init__(self, strand: Strand, *, refused: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strand = strand
        self.refused = refused
        self.cards: list[ActionCard] = []
        self.all_shown = False
        self._target = False
        self._excuse: StrandNote | None = None
        self._suggested: tuple[Suggestion, ...] = ()
        self._build()
        theme.follow(self, self._grow)

    def show_strand(
        self,
        aims: tuple[Objective, ...],
        cards: list[ActionCard],
        actions: tuple[Action, ...],
    ) -> None:
        """Show these objectives and cards; ``actions`` are all of the strand, for the counts."""
        _empty(self._aims)
        for aim in aims:
            line = self._aim(aim)
            self._aims.addWidget(line)
            line.show()  # at once, so that it counts for the height of the header
        self._no_aim.setVisible(not aims)
        self._count(actions)
        self._show_cards(cards, actions)

    def set_beside(self, excuse: StrandNote | None, suggested: tuple[Suggestion, ...]) -> None:
        """Say why the strand is empty and what is suggested for it, from the next showing on."""
        self._excuse, self._suggested = excuse, suggested

    def head_height(self) -> int:
        """Return how high the header wants to be at its width."""
        layout = self.head.layout()
        assert layout is not None  # noqa: S101 - set when the header was built
        if layout.hasHeightForWidth() and self.head.width() > 0:
            return layout.totalHeightForWidth(self.width() - 2)
        return layout.totalSizeHint().height()

    def set_target(self, *, on: bool) -> None:
        """Show that a card would land here."""
        self._target = on
        self.update()

    def begin_objective(self) -> None:
        """Open a box for a new objective."""
        line = self._aim(None)
        self._aims.addWidget(line)
        line.show()
        self._no_aim.hide()
        line.edit()
        self.resized.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        ground = look.qcolour("selected" if self._target else "sunken")
        marks.round_box(painter, box, ground, None, marks.RADIUS_CARD)
        head = QRectF(0, 0, box.width(), self.head.height())
        painter.save()
        painter.setClipRect(head)
        marks.round_box(painter, box, look.qcolour("surface"), None, marks.RADIUS_CARD)
        painter.setClipRect(QRectF(0, 0, box.width(), _BAR))
        ink = look.qcolour(f"strand.{self.strand.value}")
        marks.round_box(painter, box, ink, None, marks.RADIUS_CARD)
        painter.restore()
        marks.hairline(painter, head, "line")
        edge = look.qcolour("accent" if self._target else "line")
        painter.setClipRect(QRectF(0, _BAR, box.width(), box.height()))
        marks.round_box(painter, box, None, edge, marks.RADIUS_CARD)
        painter.end()

    def _build(self) -> None:
        self.head = QWidget(self)
        column = QVBoxLayout(self.head)
        column.setContentsMargins(12, _BAR + 7, 8, 10)
        column.setSpacing(4)
        column.addLayout(self._title())
        self._aims = QVBoxLayout()
        self._aims.setSpacing(6)
        self._no_aim = Label(_("No objective set"), ink="text.3")
        column.addLayout(self._aims)
        column.addWidget(self._no_aim)
        column.addStretch(1)
        column.addLayout(self._progress())
        inside = Panel("clear")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(9, 9, 9, 9)
        self._list.setSpacing(8)
        self._list.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        self.scroller = Scroller(inside)
        whole.addWidget(self.scroller, 1)
        self.setAccessibleName(strand_name(looks.strand(self.strand.value)))

    def _title(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(StrandLabel(looks.strand(self.strand.value), heading=True))
        row.addStretch(1)
        self.live = Label("", step="small", ink="text.3")
        row.addWidget(self.live)
        self.aim_button = icon_button("entity.objective", _("Add an objective"))
        self.aim_button.clicked.connect(self.begin_objective)
        self.add_button = icon_button("action.add", _("Add an action"), key="A")
        self.add_button.clicked.connect(self._on_add)
        for button in (self.aim_button, self.add_button):
            row.addWidget(button)
            if self.refused:
                button.refuse(self.refused)
        return row

    def _progress(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.bar = ProgressBar(f"strand.{self.strand.value}", 56)
        self.done = Label("", step="small", ink="text.2")
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.done, 1)
        return row

    def _aim(self, aim: Objective | None) -> ObjectiveLine:
        line = ObjectiveLine(aim, refused=self.refused)
        line.kept.connect(self._on_aim_kept)
        line.removed.connect(self.objective_removed)
        line.left.connect(partial(self._on_aim_left, line))
        return line

    def _count(self, actions: tuple[Action, ...]) -> None:
        live = sum(action.is_live for action in actions)
        done = sum(action.status == "complete" for action in actions)
        self.live.setText(_("{n} live").format(n=live))
        said = _("{done} of {all} done").format(done=done, all=live + done)
        self.done.setText(said if live + done else _("Nothing planned"))
        self.bar.setVisible(bool(live + done))
        self.bar.show_share(done / (live + done) if live + done else 0.0, said)

    def _show_cards(self, cards: list[ActionCard], actions: tuple[Action, ...]) -> None:
        _empty(self._list)
        self.cards = []
        if not any(action.is_live for action in actions):
            self._list.addWidget(self._empty_panel())
        for card in cards:
            if card.seen.action.is_live or self.all_shown:
                self._list.addWidget(card)
                card.show()  # at once, so that it can be given the focus
                self.cards.append(card)
            else:
                card.deleteLater()
        self._show_rest(actions)
        self._show_suggested()
        self._list.addStretch(1)

    def _empty_panel(self) -> EmptyStrand:
        panel = EmptyStrand(self.strand, self._excuse)
        panel.add.clicked.connect(self._on_add)
        panel.excuse.clicked.connect(self._on_excuse)
        if self.refused:
            panel.add.refuse(self.refused)
            panel.excuse.refuse(self.refused)
        return panel

    def _show_suggested(self) -> None:
        if self._suggested:
            self._list.addWidget(SuggestionHead(len(self._suggested)))
        for one in self._suggested:
            card = SuggestionCard(one, refused=self.refused)
            card.accepted.connect(self.accepted)
            card.dismissed.connect(self.dismissed)
            self._list.addWidget(card)

    def _show_rest(self, actions: tuple[Action, ...]) -> None:
        """Show the count of what is done with; a press shows or hides it."""
        self.rest = text_button("")
        done = sum(action.status == "complete" for action in actions)
        off = sum(action.status == "cancelled" for action in actions)
        parts = [ngettext("{n} complete", "{n} complete", done).format(n=done)] if done else []
        parts += [_("{n} cancelled").format(n=off)] if off else []
        icon = "action.collapse" if self.all_shown else "action.expand"
        self.rest.set_label(", ".join(parts), icon=icon)
        self.rest.clicked.connect(self._on_rest)
        self._list.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)
        self.rest.setVisible(bool(parts))

    def _on_rest(self) -> None:
        self.all_shown = not self.all_shown
        self.rest_wanted.emit()

    def _on_add(self) -> None:
        self.add_wanted.emit(self.strand)

    def _on_excuse(self) -> None:
        self.excuse_wanted.emit(self.strand)

    def _on_aim_kept(self, aim: object, text: str) -> None:
        self.objective_kept.emit(aim, self.strand, text)

    def _on_aim_left(self, line: ObjectiveLine) -> None:
        line.hide()
        line.deleteLater()
        self._aims.removeWidget(line)
        self._no_aim.setVisible(self._aims.count() == 0)
        self.resized.emit()

    def _grow(self) -> None:
        self.setMinimumWidth(px(196))


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
