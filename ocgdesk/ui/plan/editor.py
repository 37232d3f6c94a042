"""The panel an action is written in: what, who, by when, how far, what came of it."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import plans
from ocgdesk.casework.merging import Overlap
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain import clocks, dates
from ocgdesk.domain.plans import Action, ActionStatus, Strand
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui import theme
from ocgdesk.ui.plan import changes, more, tactics
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.plan.more import ActionMore
from ocgdesk.ui.plan.tactics import TacticHelp
from ocgdesk.ui.plan.touched import TouchedField
from ocgdesk.ui.widgets.buttons import icon_button, primary, text_button
from ocgdesk.ui.widgets.cards import Panel, Rule, Scroller
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import ElidedLabel, Label

_CHOSEN: Final = ("strand", "status", "priority", "side", "agency", "threat", "power")
_PLAIN: Final = (*_CHOSEN, "tactic", "outcome")


def _options(codes: str, *keeping: str, none: bool = False) -> tuple[Option, ...]:
    found = tuple(Option(item.code, item.label) for item in code_list(codes).offered(*keeping))
    return (Option("", "–"), *found) if none else found


class ActionEditor(Panel):
    """Writes a new action, or changes one. ``kept`` hands over the values that differ."""

    kept = Signal(object)
    left = Signal()

    def __init__(
        self,
        board: Board,
        action: Action | None,
        *,
        today: date,
        strand: Strand = Strand.PURSUE,
        refused: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("sunken", parent)
        self.board = board
        self.action = action
        self.start = action or Action(strand=strand.value, title="", raised=today)
        self.today = today
        self.setAccessibleName(_("Edit action") if action else _("New action"))
        self._build()
        self._fill()
        self._wire()
        if refused:
            self._refuse(refused)

    def keep(self) -> None:
        """Hand over what differs from before; what is wrong is said under its field instead."""
        values = self._read()
        if any(field.wrong for field in self.fields.values()):
            wrong = next(field for field in self.fields.values() if field.wrong)
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.action is not None:
            before = self.start
            values = {k: v for k, v in values.items() if getattr(before, k) != v}
        if values:
            self.kept.emit(values)
        else:
            self.left.emit()

    def is_dirty(self) -> bool:
        """Tell whether something was written that is not saved."""
        values = self._read()
        values.pop("done", None)
        if self.action is None:
            values.pop("agency")
        dirty = any(getattr(self.start, name) != value for name, value in values.items())
        self._on_title()
        return dirty

    def hold(self) -> None:
        """Say that what was written here comes first, and put the focus back to it."""
        self.note.show()
        self.begin()

    def ask_outcome(self) -> None:
        """Ask what came of an action that was ticked off; it is done either way."""
        field = self.fields["outcome"]
        field.say("", _("It is done. What came of it?"))
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_overlap(self, overlap: Overlap) -> None:
        """Say what somebody else wrote in the same fields; saving again keeps what stands here."""
        assert isinstance(overlap.now, Action)  # noqa: S101 - only actions are edited here
        self._rebase(overlap.now)
        for clash in overlap.clashes:
            if clash.name in self.fields:
                self.fields[clash.name].say("", changes.meanwhile(Action, clash))
        self.note.setText(_("Somebody changed the same fields: see both, then save again."))
        self.note.show()

    def _rebase(self, now: Action) -> None:
        """Go on from what the action is now; what was typed here stays, the rest is as it is."""
        values = self._read()
        mine = {name for name, value in values.items() if getattr(self.start, name) != value}
        typed = {name: field.text for name, field in self.fields.items() if name in mine}
        touched = self.touched.ids if "touches" in mine else now.touches
        self.action = self.start = now
        self._fill()
        for name, text in typed.items():
            _put(self.fields[name].editor, text)
        self.touched.show_ids(touched)
        self.more.show_values({name: values[name] for name in more.NAMES if name in mine})
        self._show_tactic()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, self.height(), theme.current().qcolour("line"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self.fields = {
            "title": FormField(_("Action"), TextBox()),
            "strand": FormField(_("Strand"), Select(_options("strands"))),
            "objective": FormField(_("Objective"), Select()),
            "tactic": FormField(_("Tactic"), Select()),
            "power": FormField(_("Legal power"), Select(self._powers())),
            "officer": FormField(_("Owner"), TextBox(placeholder=_("Rank and name"))),
            "agency": FormField(_("Agency"), Select(self._agencies())),
            "due": FormField(_("Due"), TextBox(placeholder=_("5 Dec, 14/2/27 or +14"))),
            "status": FormField(_("Status"), Select(_options("action-statuses"))),
            "priority": FormField(_("Priority"), Select(_options("priorities"))),
            "side": FormField(_("Raised by"), Select(_options("plan-sides"))),
            "threat": FormField(_("Counts under"), Select(self._threats())),
            "outcome": FormField(_("Outcome"), LinesBox()),
        }
        self.tactic = TacticHelp(self.board.lessons)
        self.touched = TouchedField(self.board.records)
        self.more = ActionMore(self.board, self.action.id if self.action else None)
        body = QVBoxLayout()
        body.setContentsMargins(16, 4, 16, 16)
        body.setSpacing(12)
        for row in (("title",), ("strand", "status"), ("objective",), ("tactic",)):
            body.addLayout(self._row(row))
        body.addWidget(self.tactic)
        for row in (("power",), ("officer",), ("agency",), ("due", "priority"), ("side", "threat")):
            body.addLayout(self._row(row))
        body.addWidget(self.touched)
        body.addWidget(self.fields["outcome"])
        body.addWidget(self.more)
        body.addStretch(1)
        inside = Panel("clear")
        inside.setLayout(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Scroller(inside), 1)
        column.addWidget(Rule())
        self.note = Label(_("Save or cancel this first."), ink="due", weight="medium")
        self.note.setContentsMargins(16, 8, 16, 0)
        self.note.hide()
        column.addWidget(self.note)
        column.addLayout(self._foot())

    def _agencies(self) -> tuple[Option, ...]:
        return _options("agencies", self.start.agency, none=True)

    def _threats(self) -> tuple[Option, ...]:
        return _options("control-strategy", self.start.threat, none=True)

    def _powers(self) -> tuple[Option, ...]:
        return _options("legal-powers", self.start.power, none=True)

    def _row(self, names: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for name in names:
            row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 8, 4)
        row.setSpacing(10)
        title = _("Edit action") if self.action else _("New action")
        row.addWidget(Label(title, step="section"))
        row.addWidget(ElidedLabel(self.start.ref, step="mono", ink="text.3"), 1)
        close = icon_button("action.close", _("Close without saving"), key="Esc")
        close.clicked.connect(self.left)
        row.addWidget(close)
        return row

    def _foot(self) -> QHBoxLayout:
        self.save = primary(_("Save action"), key="Ctrl+Enter")
        self.cancel = text_button(_("Cancel"), key="Esc", height="header")
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.save)
        return row

    def _fill(self) -> None:
        start = self.start
        self._box("title").setText(start.title)
        self._box("officer").setText(start.officer)
        self._box("due").setText(dates.shown(start.due) if start.due else "")
        for name in _CHOSEN:
            self._select(name).choose(getattr(start, name))
        if self.action is None:
            self._select("agency").choose(self.board.agency)
        outcome = self.fields["outcome"].editor
        assert isinstance(outcome, LinesBox)  # noqa: S101 - made above
        outcome.setPlainText(start.outcome)
        self._offer_tactics()
        self._select("tactic").choose(start.tactic)
        self._show_tactic()
        self._offer_objectives()
        self._select("objective").choose(str(start.objective or ""))
        self.touched.show_ids(start.touches)
        self.more.show_action(start)
        known = {*self.board.users.values(), *(post.officer for post in self.board.posts)}
        completer = QCompleter(sorted(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._box("officer").setCompleter(completer)
        self._echo_due()

    def _wire(self) -> None:
        self.save.clicked.connect(self.keep)
        self.cancel.clicked.connect(self.left)
        self.fields["due"].changed.connect(self._echo_due)
        self.fields["title"].changed.connect(self._on_title)
        self.fields["strand"].changed.connect(self._offer_objectives)
        self.fields["strand"].changed.connect(self._offer_tactics)
        self.fields["tactic"].changed.connect(self._on_tactic)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.keep)

    def begin(self) -> None:
        """Put the focus where one starts to write."""
        self._box("title").setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, reason: str) -> None:
        for field in (*self.fields.values(), self.touched, self.more):
            field.setEnabled(False)
        self.save.refuse(reason)

    def _box(self, name: str) -> TextBox:
        editor = self.fields[name].editor
        assert isinstance(editor, TextBox)  # noqa: S101 - made above
        return editor

    def _select(self, name: str) -> Select:
        editor = self.fields[name].editor
        assert isinstance(editor, Select)  # noqa: S101 - made above
        return editor

    def _offer_objectives(self) -> None:
        """Offer the objectives of the strand chosen; another strand's is let go."""
        aims = self.board.wanted(Strand(self.fields["strand"].text))
        options = (Option("", "–"), *(Option(str(aim.id), aim.text) for aim in aims))
        self._select("objective").show_options(options, self._select("objective").current)

    def _offer_tactics(self) -> None:
        """Offer the library's tactics of the strand chosen; another strand's is let go."""
        select = self._select("tactic")
        kept = (self.start.tactic,) if self.fields["strand"].text == self.start.strand else ()
        known = tactics.options(self.fields["strand"].text, *kept)
        select.show_options(known, select.current)
        self._show_tactic()

    def _show_tactic(self) -> None:
        self.tactic.show_tactic(self.fields["tactic"].text)

    def _on_tactic(self) -> None:
        """Say what is known of the tactic; an action without a title takes its words."""
        self._show_tactic()
        title, found = self._box("title"), tactics.tactic(self.fields["tactic"].text)
        if found is not None and not title.text().strip():
            title.setText(found.label)

    def _read(self) -> dict[str, Any]:
        """Return all values, having said under each field what is wrong with it."""
        values: dict[str, Any] = {name: self.fields[name].text for name in _PLAIN}
        title = self.fields["title"].text.strip()
        self.fields["title"].say("" if title else _("Say what is to be done."))
        officer = self.fields["officer"].text.strip()
        objective = self.fields["objective"].text
        values |= {
            "title": title,
            "officer": officer,
            "user": self._user(officer),
            "objective": UUID(objective) if objective else None,
            "due": self._due(),
            "touches": self.touched.ids,
            **self.more.values(),
        }
        if values["tactic"] != self.start.tactic:
            values["area"] = tactics.area_of(values["tactic"])
        status = ActionStatus(values["status"])
        if self.action is None or status != self.start.status:
            values["done"] = plans.done_on(status, self.today)
        return values

    def _user(self, officer: str) -> UUID | None:
        """Return the user of this name: what they own shows as waiting on them."""
        if self.action is not None and officer == self.start.officer:
            return self.start.user
        wanted = officer.casefold()
        return next((i for i, name in self.board.users.items() if name.casefold() == wanted), None)

    def _due(self) -> date | None:
        field = self.fields["due"]
        try:
            due = plans.due_day(field.text, today=self.today)
        except DeskError as error:
            field.say(f"{error}.")
            return None
        raised = self.start.raised
        if due and raised and due < raised:
            said = _("Due before raised: it was raised on {day}.")
            field.say(said.format(day=dates.shown(raised)))
        else:
            field.say("", self._read_as(due))
        return due

    def _read_as(self, due: date | None) -> str:
        if due is None:
            return ""
        clock = clocks.action_clock(due, self.today)
        return f"{due:%a} {dates.shown(due)} · {clock.words.lower()}"

    def _echo_due(self) -> None:
        self._due()

    def _on_title(self) -> None:
        self.fields["title"].say()


def _put(editor: QWidget, text: str) -> None:
    match editor:
        case TextBox():
            editor.setText(text)
        case Select():
            editor.choose(text)
        case LinesBox():
            editor.setPlainText(text)
