"""What can be decided about the handle that is shown, each with its key printed beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocgdesk.casework import attributions
from ocgdesk.casework.handles import Tally
from ocgdesk.casework.ledgers import Ledger, Put
from ocgdesk.domain.moves import allowed
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.pages.record_ledger_words import next_status, step_words, who_words, why_not
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Panel, Rule, Scroller
from ocgdesk.ui.widgets.labels import Label

PRIMARY, SKIP, PROBABLE, PUT, GROUND, EDIT = "primary", "skip", "probable", "put", "ground", "edit"
ADVANCE, PRIVILEGE, HAND_OVER, STEPS = "advance", "privilege", "hand-over", "steps"
MOVE, DISPOSE = "move:", "dispose:"
KEYS_OF_MOVES: Final = {
    "withdraw": "N",
    "reject": "R",
    "supersede": "S",
    "take-up-again": "T",
}
"""Keys of the moves beside the next step, by the code of the move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that can be done: its key, its words, a count, why it cannot be done."""

    code: str
    key: str
    words: str
    count: str = ""
    refused: str = ""
    holds: bool = False
    """Whether it is what holds now."""


class ActRow(QAbstractButton):
    """One act with its key at the left."""

    def __init__(self, act: Act, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRadius", marks.RADIUS_CONTROL)
        self.show_act(act)
        theme.follow(self, self.updateGeometry)

    def show_act(self, act: Act) -> None:
        """Show another act."""
        self.act = act
        self.setText(act.words)
        self.setEnabled(not act.refused)
        self.setToolTip(act.refused)
        self.setAccessibleName(f"{act.words} {act.count}".strip())
        self.setAccessibleDescription(act.refused or act.key)
        self.update()

    def sizeHint(self) -> QSize:
        words = marks.text_width(self.act.words, fonts.body())
        return QSize(round(words) + px(64), px(29))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(29))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        if self.act.holds or (self.underMouse() and self.isEnabled()):
            fill = "selected" if self.act.holds else "hover"
            marks.round_box(painter, box, look.qcolour(fill))
        ink = "text" if self.isEnabled() else "disabled"
        marks.key_cap(painter, QRectF(px(8), 0, px(40), box.height()), self.act.key)
        right = box.right() - px(10)
        if self.act.count:
            wide = marks.text_width(self.act.count, fonts.body())
            right -= wide
            count = QRectF(right, 0, wide + 1, box.height())
            marks.text(painter, count, self.act.count, fonts.body(), "text.2")
            right -= px(8)
        words = QRectF(px(38), 0, right - px(38), box.height())
        font = fonts.body(MEDIUM) if self.act.holds else fonts.body()
        marks.text(painter, words, self.act.words, font, ink)
        painter.end()


class ActList(QWidget):
    """Acts below one another, under a heading. The rows are kept and shown anew."""

    acted = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ActRow] = []
        self.heading = Label(title, step="small", ink="text.2", weight="strong", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.setSpacing(2)
        self.column.addWidget(self.heading)
        self.column.addSpacing(4)

    def show_acts(self, acts: Sequence[Act]) -> None:
        """Offer these acts."""
        for number, act in enumerate(acts):
            if number == len(self.rows):
                row = ActRow(act, self)
                row.clicked.connect(partial(self._on_row, row))
                self.rows.append(row)
                self.column.addWidget(row)
            self.rows[number].show_act(act)
            self.rows[number].show()
        for row in self.rows[len(acts) :]:
            row.hide()

    def act_of(self, code: str) -> Act | None:
        """Return an act that is offered now."""
        shown = (row.act for row in self.rows if not row.isHidden())
        return next((act for act in shown if act.code == code), None)

    def _on_row(self, row: ActRow) -> None:
        self.acted.emit(row.act.code)


class DecidePanel(Panel):
    """The right of the board: attribution, disposition, handling, the reviewer's note."""

    acted = Signal(str)
    """The code of an act."""

    def __init__(self, user: UUID, refused: str, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self._user = user
        self._refused = refused
        self._tally = Tally()
        self._ledger: Ledger | None = None
        self._put: Put | None = None
        self.who = Label("", step="small", ink="text.2", wrap=True)
        self.ledger_acts = ActList(_("Attribution"))
        self.dispositions = ActList(_("Disposition"))
        self.handling = ActList(_("Handling"))
        self.facts = Label("", step="small", ink="text.2", wrap=True)
        self.note = FormField(_("Reviewer’s note"), LinesBox())
        self.error = Label("", step="small", ink="overdue", wrap=True)
        self.go_button = primary("", icon="action.check", key="Enter")
        self.skip_button = outline(_("Skip"), key="J")
        self._build()

    @property
    def note_text(self) -> str:
        """What the reviewer wrote."""
        return self.note.text.strip()

    def show_ledger(self, ledger: Ledger, put: Put | None) -> None:
        """Offer what can be done with this handle and the candidate chosen."""
        is_other = self._put is None or put is None or self._put.link.id != put.link.id
        is_next = self._ledger is None or self._ledger.brief.id != ledger.brief.id
        self._ledger, self._put = ledger, put
        if is_other and isinstance(self.note.editor, LinesBox):
            self.note.editor.clear()
        self.who.setText(who_words(put, ledger) if put else "")
        self.who.setVisible(bool(self.who.text()))
        name = put.nominal.label if put else ""
        title = _("Attribution to {name}").format(name=name) if name else _("Attribution")
        self.ledger_acts.heading.setText(title)
        self.ledger_acts.show_acts(self._ledger_rows(put))
        self.handling.show_acts(self._handling_rows(ledger))
        self._show_dispositions()
        self._show_facts(ledger)
        self._show_note(put)
        self._show_foot(put)
        if is_next:  # what was refused stays said when the same handle is only read again
            self.say("")

    def show_tally(self, tally: Tally) -> None:
        """Show how many handles have come to what."""
        self._tally = tally
        self._show_dispositions()

    def say(self, sentence: str) -> None:
        """Say why something was refused."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def can(self, code: str) -> bool:
        """Tell whether an act is offered, and not refused; what refuses it is said."""
        lists = (self.ledger_acts, self.dispositions, self.handling)
        act = next((found for part in lists if (found := part.act_of(code))), None)
        if act is not None and act.refused:
            self.say(act.refused)
        return act is not None and not act.refused

    def stand(self, *, beside: bool) -> None:
        """Scroll by itself where it stands beside the ledger; below it, be as high as it is."""
        self.setMinimumHeight(0 if beside else self.inside.sizeHint().height() + px(90))

    def _build(self) -> None:
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 10)
        head.setSpacing(4)
        head.addWidget(Label(_("Decide"), step="section"))
        head.addWidget(self.who)
        column.addLayout(head)
        self.note.setContentsMargins(14, 10, 14, 10)
        for part in (self.ledger_acts, self.dispositions, self.note, self.handling):
            column.addWidget(Rule())
            column.addWidget(part)
        for acts in (self.ledger_acts, self.dispositions, self.handling):
            acts.acted.connect(self.acted)
        self.facts.setContentsMargins(14, 0, 14, 10)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.scroller = Scroller(self.inside, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.scroller, 1)
        whole.addWidget(self._foot())

    def _foot(self) -> QWidget:
        self.foot = QWidget(self)
        column = QVBoxLayout(self.foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(8)
        row.addWidget(self.go_button, 1)
        row.addWidget(self.skip_button)
        self.error.setContentsMargins(14, 8, 14, 0)
        column.addWidget(self.error)
        column.addLayout(row)
        self.error.hide()
        self.go_button.clicked.connect(partial(self.acted.emit, PRIMARY))
        self.skip_button.clicked.connect(partial(self.acted.emit, SKIP))
        return self.foot

    def _ledger_rows(self, put: Put | None) -> list[Act]:
        found: list[Act] = []
        if put is not None:
            found += self._moves(put)
        found.append(Act(code=PUT, key="A", words=_("Put somebody forward"), refused=self._refused))
        if put is not None:
            found += [
                Act(code=GROUND, key="G", words=_("Add a ground"), refused=self._refused),
                Act(code=EDIT, key="E", words=_("Edit, take grounds out"), refused=self._refused),
                Act(code=STEPS, key="L", words=_("Steps taken so far")),
            ]
        return found

    def _moves(self, put: Put) -> list[Act]:
        found: list[Act] = []
        refused = self._refused or why_not(put, self._user)
        if next_status(put.link.status):
            words = step_words(put.link.status)
            found.append(Act(code=ADVANCE, key="C", words=words, refused=refused))
        if put.link.status == "proposed" and put.link.confidence != "probable":
            words = _("Review, as probable")
            found.append(Act(code=PROBABLE, key="B", words=words, refused=refused))
        for move in allowed(attributions.STATUSES, put.link.status):
            if (key := KEYS_OF_MOVES.get(move.code)) is None:
                continue
            second = attributions.refuse_user(put.link, move.to, self._user)
            why = self._refused or (f"{second}." if second else "")
            found.append(Act(code=f"{MOVE}{move.code}", key=key, words=_(move.label), refused=why))
        return found

    def _handling_rows(self, ledger: Ledger) -> list[Act]:
        flagged = ledger.handle.privileged
        mine = flagged and ledger.flagged_by == self._user
        words = _("Review privileged material") if flagged else _("Possibly privileged")
        why = _("You flagged this yourself: somebody else has to review it.") if mine else ""
        return [
            Act(code=PRIVILEGE, key="P", words=words, refused=self._refused or why, holds=flagged),
            Act(code=HAND_OVER, key="H", words=_("Hand over"), refused=self._refused),
        ]

    def _show_dispositions(self) -> None:
        now = self._ledger.handle.disposition if self._ledger else ""
        self.dispositions.show_acts(
            [
                Act(
                    code=f"{DISPOSE}{item.code}",
                    key=str(number),
                    words=_(item.label),
                    count=f"{self._tally.of(item.code):,}",
                    refused=self._refused,
                    holds=item.code == now,
                )
                for number, item in enumerate(code_list("dispositions"), start=1)
            ]
        )

    def _show_facts(self, ledger: Ledger) -> None:
        handle = ledger.handle
        facts: Mapping[str, str] = {
            _("SIO"): handle.sio,
            _("Allocated to"): label("agencies", handle.agency),
            _("Package"): handle.package,
            _("Conditions"): handle.conditions,
            _("Handed over"): _handed(ledger),
        }
        self.facts.setText("\n".join(f"{name}: {said}" for name, said in facts.items() if said))
        self.facts.setVisible(bool(self.facts.text()))

    def _show_note(self, put: Put | None) -> None:
        reviews = put is not None and put.link.status in {"proposed", "reviewed"}
        self.note.setVisible(reviews and not self._refused)
        against = put is not None and put.signs("-", "!") > 0
        self.note.say("", _("Needed to confirm against a − or ! ground.") if against else "")

    def _show_foot(self, put: Put | None) -> None:
        words = step_words(put.link.status) if put else _("Decide")
        closing = put is not None and next_status(put.link.status) in {"confirmed", "proposed"}
        self.go_button.set_label(_("{act} and next").format(act=words) if closing else words)
        refused = self._refused or why_not(put, self._user)
        if refused:
            self.go_button.refuse(refused)
        else:
            self.go_button.allow()


def _handed(ledger: Ledger) -> str:
    handle = ledger.handle
    if not handle.handed_to:
        return ""
    to = label("agencies", handle.handed_to)
    day = handle.handed_over.worded() if handle.handed_over else ""
    said = _("{agency}, {day}").format(agency=to, day=day) if day else to
    return f"{said}. {handle.handover_note}" if handle.handover_note else said
