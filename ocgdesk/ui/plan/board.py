"""The four columns of a plan, with cards that move between them by mouse and by key."""

from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from ocgdesk.casework import plan_conflicts
from ocgdesk.casework.plan_beside import Beside
from ocgdesk.casework.plan_board import Board
from ocgdesk.casework.plan_conflicts import Clash
from ocgdesk.domain.plans import Action, Strand
from ocgdesk.ui.plan.card import ActionCard, Seen
from ocgdesk.ui.plan.column import StrandColumn
from ocgdesk.ui.widgets.cards import Panel

_STRANDS: Final = tuple(Strand)


class PlanBoard(QScrollArea):
    """Says what the user wants done with the plan; changes nothing itself."""

    opened = Signal(object)
    ticked = Signal(object)
    removed = Signal(object)
    moved = Signal(object, object)
    """An action's id and the strand it is to stand under."""
    add_wanted = Signal(object)
    objective_kept = Signal(object, object, str)
    objective_removed = Signal(object)
    excuse_wanted = Signal(object)
    accepted = Signal(object)
    """A suggestion that is to become an action."""
    dismissed = Signal(object)

    def __init__(self, *, refused: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refused = refused
        self.plan: Board | None = None
        self._shown: tuple[Action, ...] = ()
        self._today = date.min
        self._clash: dict[UUID, Clash] = {}
        self._current: UUID | None = None
        self._ghost: QLabel | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._build()

    def show_plan(self, plan: Board, shown: tuple[Action, ...], today: date) -> None:
        """Show a plan; only the actions given have cards, all of them count."""
        held = self._held()
        self.plan, self._shown, self._today = plan, shown, today
        self._clash = plan_conflicts.by_action(plan_conflicts.clashes(plan.actions, plan.records))
        for column in self.columns.values():
            actions = plan.under(column.strand)
            cards = [self._card(action) for action in actions if action in shown]
            column.show_strand(plan.wanted(column.strand), cards, actions)
        self._fit_heads()
        self._let_in(held or self._current)
        if held is not None and (card := self.card(held)) is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_beside(self, beside: Beside) -> None:
        """Show what is suggested, why a strand is empty, and which actions clash."""
        for strand, column in self.columns.items():
            mine = tuple(one for one in beside.suggestions if one.strand == strand)
            column.set_beside(beside.excused.get(strand.value), mine)
        if self.plan is not None:
            self.show_plan(self.plan, self._shown, self._today)

    def card(self, id_: UUID) -> ActionCard | None:
        """Return the card of an action, if it is shown."""
        found = (card for column in self.columns.values() for card in column.cards)
        return next((card for card in found if card.id == id_), None)

    def column_now(self) -> Strand:
        """Return the strand one works in: the focused card's, or the first."""
        now = QApplication.focusWidget()
        for strand, column in self.columns.items():
            if now is not None and column.isAncestorOf(now):
                return strand
        return Strand.PURSUE

    def _build(self) -> None:
        inside = Panel("clear")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.columns = {strand: StrandColumn(strand, refused=self.refused) for strand in Strand}
        for column in self.columns.values():
            column.add_wanted.connect(self.add_wanted)
            column.objective_kept.connect(self.objective_kept)
            column.objective_removed.connect(self.objective_removed)
            column.excuse_wanted.connect(self.excuse_wanted)
            column.accepted.connect(self.accepted)
            column.dismissed.connect(self.dismissed)
            column.rest_wanted.connect(self._on_rest)
            column.resized.connect(self._fit_heads)
            row.addWidget(column, 1)
        self.setWidget(inside)

    def _card(self, action: Action) -> ActionCard:
        assert self.plan is not None  # noqa: S101 - cards are made while a plan is shown
        known = self.plan.records
        touched = tuple(known[id_] for id_ in action.touches if id_ in known)
        card = ActionCard(Seen(action, touched, self._today, self._clash.get(action.id)))
        card.opened.connect(self.opened)
        card.ticked.connect(self._on_ticked)
        card.removed.connect(self._on_removed)
        card.sent.connect(self._on_sent)
        card.stepped.connect(self._on_stepped)
        card.dragged.connect(self._on_dragged)
        card.dropped.connect(self._on_dropped)
        card.drag_ended.connect(self._end_drag)
        return card

    def _held(self) -> UUID | None:
        """Return the action whose card has the focus."""
        now = QApplication.focusWidget()
        return now.id if isinstance(now, ActionCard) and self.isAncestorOf(now) else None

    def _let_in(self, id_: UUID | None) -> None:
        """Let Tab reach one card only: the one last used, or the first."""
        cards = [card for column in self.columns.values() for card in column.cards]
        chosen = next((card for card in cards if card.id == id_), cards[0] if cards else None)
        for card in cards:
            stop = Qt.FocusPolicy.StrongFocus if card is chosen else Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(stop)
        self._current = chosen.id if chosen else None

    def _fit_heads(self) -> None:
        """Give the four headers one height."""
        heads = [column.head for column in self.columns.values()]
        wanted = [column.head_height() for column in self.columns.values()]
        for head in heads:
            head.setFixedHeight(max(wanted))

    def _on_rest(self) -> None:
        if self.plan is not None:
            self.show_plan(self.plan, self._shown, self._today)

    def _on_ticked(self, id_: UUID) -> None:
        if not self.refused:
            self.ticked.emit(id_)

    def _on_removed(self, id_: UUID) -> None:
        if not self.refused:
            self.removed.emit(id_)

    def _on_sent(self, id_: UUID, by: int) -> None:
        card = self.card(id_)
        if card is None or self.refused:
            return
        to = _STRANDS.index(Strand(card.seen.action.strand)) + by
        if 0 <= to < len(_STRANDS):
            self.moved.emit(id_, _STRANDS[to])

    def _on_stepped(self, card: ActionCard, key: int) -> None:
        """Go to the next card: up and down within a column, left and right between them."""
        columns = [column.cards for column in self.columns.values() if column.cards]
        across = next(n for n, cards in enumerate(columns) if card in cards)
        down = columns[across].index(card)
        if key in {int(Qt.Key.Key_Up), int(Qt.Key.Key_Down)}:
            down += 1 if key == int(Qt.Key.Key_Down) else -1
        else:
            across += 1 if key == int(Qt.Key.Key_Right) else -1
            across = min(max(across, 0), len(columns) - 1)
        there = columns[across]
        self._go(there[min(max(down, 0), len(there) - 1)])

    def _go(self, card: ActionCard) -> None:
        self._let_in(card.id)
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self.columns[Strand(card.seen.action.strand)].scroller.ensureWidgetVisible(card, 0, 8)

    def _under(self, spot: QPoint) -> StrandColumn | None:
        for column in self.columns.values():
            if column.rect().contains(column.mapFromGlobal(spot)):
                return column
        return None

    def _on_dragged(self, card: ActionCard, spot: QPoint) -> None:
        if self.refused:
            return
        if self._ghost is None:
            self._ghost = QLabel(self.window())
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ghost.setPixmap(card.grab())
            self._ghost.adjustSize()
            self._ghost.show()
        corner = self.window().mapFromGlobal(spot) - QPoint(card.width() // 2, 16)
        self._ghost.setGeometry(QRect(corner, self._ghost.size()))
        self._ghost.raise_()
        over = self._under(spot)
        for column in self.columns.values():
            column.set_target(on=column is over)

    def _on_dropped(self, card: ActionCard, spot: QPoint) -> None:
        over = self._under(spot)
        self._end_drag()
        if over is not None and not self.refused and over.strand != card.seen.action.strand:
            self.moved.emit(card.id, over.strand)

    def _end_drag(self) -> None:
        ghost, self._ghost = self._ghost, None
        if ghost is not None:
            ghost.hide()
            ghost.deleteLater()
        for column in self.columns.values():
            column.set_target(on=False)
