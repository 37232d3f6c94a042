"""What hangs on a record, on its page: the kinds at the left, the table of one at the right."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework import attachments, subrecords
from ocgdesk.casework.subrecords import Hanging
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Attachment
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_, _
from ocgdesk.ui import fonts, icons, theme, words
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.pages import record_sub_tables
from ocgdesk.ui.pages.record_tabs import TablePart
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.cards import Panel, Rule, Scroller
from ocgdesk.ui.widgets.later import LaterStack

_WIDE: Final = 224
_ROW: Final = 32
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ELSEWHERE: Final = frozenset({Kind.ASSESSMENT})
"""Kinds that have a part of the page to themselves."""
_ORDER: Final = (
    *(Kind.SAFEGUARDING, Kind.MARKER, Kind.RISK_FACTOR, Kind.THREAT_WARNING),
    *(Kind.ORDER, Kind.CUSTODY, Kind.COURT_STEP, Kind.INVOLVEMENT),
    *(Kind.CHECK_BACK, Kind.GAIN_REFERRAL, Kind.DECISION, Kind.NOTE, Kind.ATTACHMENT),
)
"""The order in which kinds stand: people's safety first, papers last."""
_HISTORY: Final = frozenset({Kind.REVIEW, Kind.PLAN_VERSION, Kind.ADVICE})
"""Kinds that come about by an act and are never typed into a table."""


def kinds_for(kind: Kind) -> tuple[Kind, ...]:
    """Return the kinds of sub-record that this part shows on a record of a kind."""
    on = subrecords.kinds_on(kind)
    return tuple(sub for sub in _ORDER if sub in on and sub not in ELSEWHERE)


class SubTable(TablePart):
    """The sub-records of one kind, with what can be done to them."""

    def __init__(self, kind: Kind, today: date, parent: QWidget | None = None) -> None:
        super().__init__(
            record_sub_tables.columns(kind, {}, today),
            name=words.many(kind),
            empty=empty_words(kind),
            parent=parent,
        )
        self.kind = kind
        self._today = today
        self._refused = ""
        for key, title, icon, shortcut in actions(kind):
            self.add_button(key, title, icon, shortcut)
        self.selected.connect(self._fit_buttons)

    def show_subs(self, hanging: Hanging, *, refused: str) -> None:
        """Show what there is of the kind; ``refused`` says why nothing may be changed."""
        self._refused = refused
        self.rows.columns = record_sub_tables.columns(self.kind, hanging.named, self._today)
        things = record_sub_tables.in_order(hanging.of(self.kind), self._today)
        self.show_rows(things, _id)
        if things and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.rows.index(0, 0))
        offered = "" if refused or "add" not in self.buttons else _add_words(self.kind)
        self.empty.show_words(empty_words(self.kind), offered)
        self._fit_buttons(self.table.row())

    def _fit_buttons(self, thing: Entity | None) -> None:
        """Offer what can be done with the row chosen, and say why not where nothing can."""
        for key, button in self.buttons.items():
            if self._refused and key != "open":
                button.refuse(self._refused)
                continue
            button.allow()
            button.setEnabled(key == "add" or (thing is not None and self._may(key, thing)))

    def _may(self, key: str, thing: Entity) -> bool:
        if key == "portrait":
            may = isinstance(thing, Attachment) and attachments.is_photograph(thing)
            return may and getattr(thing, "purpose", "") != attachments.PORTRAIT
        return key != "end" or subrecords.may_end(thing, self._today)


class SubsPart(QWidget):
    """All that hangs on one record: choose a kind at the left, work on its table at the right."""

    acted = Signal(object, str, object)
    """The kind, what is to be done (add, edit, end, remove, open …), and the row, if any."""
    selected = Signal(object)
    """The sub-record of the current row, or None."""

    def __init__(self, kinds: Sequence[Kind], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = tuple(kinds)
        self._today = today
        self._found = Hanging(things={}, named={})
        self._refused = ""
        self.list = KindList(self.kinds, self)
        self.stack = LaterStack(self)
        for kind in self.kinds:
            self.stack.offer(kind.value, partial(SubTable, kind, today))
        side = Panel("clear", self)
        side.setFixedWidth(px(_WIDE))
        inside = QVBoxLayout(side)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Scroller(self.list, side))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (side, Rule(standing=True)):
            row.addWidget(part)
        row.addWidget(self.stack, 1)
        self._side = side
        self.stack.made.connect(self._on_made)
        self.list.chosen.connect(self._on_chosen)
        theme.follow(self, self._grow)
        self.choose(self.kinds[0])

    @property
    def kind(self) -> Kind:
        """The kind whose table is shown."""
        return Kind(self.stack.current)

    def table(self, kind: Kind) -> SubTable:
        """Return the table of a kind; KeyError for one that does not hang here."""
        part = self.stack.part(kind.value)
        assert isinstance(part, SubTable)  # noqa: S101 - as it was offered
        return part

    def choose(self, kind: Kind) -> None:
        """Show the table of a kind."""
        self.list.choose(kind)
        self.stack.go(kind.value)
        self.selected.emit(self.row())

    def row(self) -> Entity | None:
        """Return the sub-record of the current row, if there is one."""
        found: Entity | None = self.table(self.kind).table.row()
        return found

    def show_subs(self, found: Hanging, *, refused: str) -> None:
        """Show what hangs on the record; an empty part opens at the first kind that has some."""
        first = not self._found.things and bool(found.things)
        self._found, self._refused = found, refused
        self.list.show_counts({kind: len(found.of(kind)) for kind in self.kinds})
        for kind in self.kinds:
            if self.stack.has_made(kind.value):
                self.table(kind).show_subs(found, refused=refused)
        if first and not found.of(self.kind):
            self.choose(next((kind for kind in self.kinds if found.of(kind)), self.kind))

    def _on_made(self, key: str) -> None:
        made = self.table(Kind(key))
        made.show_subs(self._found, refused=self._refused)
        made.acted.connect(partial(self._on_acted, made))
        made.opened.connect(partial(self._on_opened, made))
        made.selected.connect(self.selected)

    def _on_chosen(self, kind: Kind) -> None:
        self.stack.go(kind.value)
        self.selected.emit(self.row())

    def _on_acted(self, part: SubTable, act: str) -> None:
        row = None if act == "add" else part.table.row()
        usable = act in part.buttons and part.buttons[act].isEnabled()
        if usable and (act == "add" or row is not None):
            self.acted.emit(part.kind, act, row)

    def _on_opened(self, part: SubTable, thing: Entity) -> None:
        first = "open" if "open" in part.buttons else "edit"
        if first in part.buttons and part.buttons[first].isEnabled():
            self.acted.emit(part.kind, first, thing)

    def _grow(self) -> None:
        self._side.setFixedWidth(px(_WIDE))


class KindList(QWidget):
    """The kinds that hang on a record, with how many there are of each; arrows go between them."""

    chosen = Signal(object)

    def __init__(self, kinds: Sequence[Kind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What is on file"))
        self.buttons = {kind: _KindButton(kind, self) for kind in kinds}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(2)
        for button in self.buttons.values():
            button.clicked.connect(self._on_clicked)
            column.addWidget(button)
        column.addStretch(1)

    @property
    def current(self) -> Kind | None:
        """The kind that is chosen."""
        return next((kind for kind, one in self.buttons.items() if one.isChecked()), None)

    def choose(self, kind: Kind) -> None:
        """Mark a kind as chosen without telling anybody."""
        self.buttons[kind].setChecked(True)

    def show_counts(self, counts: dict[Kind, int]) -> None:
        """Show how many there are of each kind."""
        for kind, count in counts.items():
            self.buttons[kind].show_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        kinds = list(self.buttons)
        if step is None or self.current is None:
            super().keyPressEvent(event)
            return
        kind = kinds[(kinds.index(self.current) + step) % len(kinds)]
        self.choose(kind)
        self.buttons[kind].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(kind)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.current)


class _KindButton(QAbstractButton):
    """One kind: icon, word, count in grey; tinted when chosen."""

    def __init__(self, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self.count = 0
        self.setText(words.many(kind))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("focusRadius", marks.RADIUS_CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_count(0)
        theme.follow(self, self.updateGeometry)

    def show_count(self, count: int) -> None:
        """Show another count."""
        self.count = count
        self.setAccessibleName(f"{self.text()} {count:,}")
        self.setToolTip(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDE - 40), px(_ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()  # the list goes to the next kind
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        look, box = theme.current(), QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            ground = "selected" if self.isChecked() else "hover"
            marks.round_box(painter, box, look.qcolour(ground), None, marks.RADIUS_CONTROL)
        victim = self.kind is Kind.SAFEGUARDING and self.count > 0
        ink = "accent.text" if self.isChecked() else "text" if self.count else "text.3"
        seat = QRectF(px(8), 0, px(16), box.height())
        icons.paint(painter, words.icon_of(self.kind), "victim" if victim else ink, seat, 16)
        count = f"{self.count:,}" if self.count else ""
        room = marks.text_width(count, fonts.small()) if count else 0
        right = box.adjusted(0, 0, -px(8), 0)
        marks.text(painter, right, count, fonts.small(), "text.3", align=_RIGHT)
        inside = box.adjusted(px(32), 0, -px(14) - room, 0)
        marks.text(painter, inside, self.text(), fonts.body(MEDIUM), ink)
        painter.end()


def _id(thing: Any) -> UUID:
    found: UUID = thing.id
    return found


def actions(kind: Kind) -> tuple[tuple[str, str, str, str], ...]:
    """Return what can be done to sub-records of a kind: key, words, icon, shortcut."""
    if kind in _HISTORY:
        return ()
    add = ("add", _add_words(kind), "action.add", "Ins")
    if kind in subrecords.APPEND_ONLY:
        return (add, ("supersede", _("Supersede"), "action.merge", "F2"))
    edit = ("edit", _("Edit"), "action.edit", "F2")
    remove = ("remove", _("Remove"), "action.delete", "Del")
    if kind is Kind.ATTACHMENT:
        portrait = ("portrait", _("Use as portrait"), "entity.nominal", "")
        return (add, ("open", _("Save a copy"), "action.export", ""), portrait, edit, remove)
    if kind in subrecords.ENDING:
        return (add, edit, ("end", _("End"), "status.closed", ""), remove)
    return (add, edit, remove)


def _add_words(kind: Kind) -> str:
    word = words.one(kind)
    lower = word if word[:2].isupper() else word[:1].lower() + word[1:]
    return _("Add {kind}").format(kind=lower)


def empty_words(kind: Kind) -> str:
    """Return the sentence that stands where there is nothing of a kind."""
    if (said := _EMPTY.get(kind)) is not None:
        return _(said)
    return _("Nothing of this kind is on file.")


_EMPTY: Final = {
    Kind.SAFEGUARDING: N_("No safeguarding record. Referral, entitlements and lead belong here."),
    Kind.MARKER: N_("No warning marker recorded."),
    Kind.RISK_FACTOR: N_("No risk prompt. Prompts stay on this record; nothing is scored."),
    Kind.THREAT_WARNING: N_("No threat-to-life warning recorded."),
    Kind.ORDER: N_("No order recorded. Court orders, licence, IOM and MAPPA belong here."),
    Kind.CUSTODY: N_("No time in custody recorded."),
    Kind.COURT_STEP: N_("No criminal-justice step recorded."),
    Kind.INVOLVEMENT: N_("Not yet categorised. Say as what this person is on record, and in what."),
    Kind.CHECK_BACK: N_(
        "No check-back planned. Closed lines are tried again after 30 and 90 days."
    ),
    Kind.GAIN_REFERRAL: N_("No GAIN referral recorded."),
    Kind.DECISION: N_("No decision recorded. An entry is never changed, only superseded."),
    Kind.NOTE: N_("No note. Intelligence belongs in a graded report."),
    Kind.ATTACHMENT: N_("No file attached. Files are kept inside the encrypted workspace."),
    Kind.OBJECTIVE: N_(
        "No objective. Say what the plan wants under each P, and how it is measured."
    ),
    Kind.REQUIREMENT: N_("No intelligence requirement. What has to be found out belongs here."),
    Kind.PARTNER: N_("No partner agency. Whom to call, and what they may be told, belongs here."),
    Kind.PLAN_RISK: N_("No risk recorded: to life, safeguarding, community, tactics, corruption."),
    Kind.STRAND_NOTE: N_(
        "Nothing is said of a P as a whole: its impact, or why it does not apply."
    ),
    Kind.REVIEW: N_("No review was held. Review and sign records one."),
    Kind.PLAN_VERSION: N_("No version was signed. Review and sign makes the first."),
    Kind.ADVICE: N_("No suggestion was answered yet."),
}
