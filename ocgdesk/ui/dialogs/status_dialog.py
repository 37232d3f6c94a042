"""Decisions about an OCG: a move to another status, a tier, who answers for it from when."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.casework import archiving
from ocgdesk.casework.ocgs import Given
from ocgdesk.domain import dates, reviews
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Assignment
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.moves import Move
from ocgdesk.domain.people import User
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.record_picker import RecordPicker
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

_DAY_HINT: Final = "14/2/2026, today"


def options(name: str, *, empty: str = "") -> tuple[Option, ...]:
    """Return the values of a list to choose from, with an empty one first where it has words."""
    found = tuple(Option(item.code, _(item.label)) for item in code_list(name).offered())
    return (Option("", empty), *found) if empty else found


class _Decision(DeskSheet):
    """A dialog over fields, of which some must be filled in; days are read as one types them."""

    def __init__(self, title: str, accept: str, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(
            desk,
            title,
            accept,
            width=560,
            parent=parent,
        )
        self.fields: dict[str, FormField] = {}
        self._needed: dict[str, str] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
        self._at = 0

    def ask(
        self, name: str, title: str, editor: QWidget, *, needed: str = "", wide: bool = False
    ) -> FormField:
        """Ask for something; ``needed`` is what is said where it is left empty."""
        field = FormField(title, editor)
        self.fields[name] = field
        if needed:
            self._needed[name] = needed
        self._at += self._at % 2 if wide else 0
        self._grid.addWidget(field, self._at // 2, self._at % 2, 1, 2 if wide else 1)
        self._at += 2 if wide else 1
        return field

    def text(self, name: str) -> str:
        """Return what was typed or chosen."""
        return self.fields[name].text.strip() if name in self.fields else ""

    def day(self, name: str) -> date | None:
        """Return a day as typed; None where it is empty or, which is then said, no day."""
        if not (typed := self.text(name)):
            return None
        try:
            return dates.day(typed, today=self.desk.today())
        except Refused as error:
            self.fields[name].say(f"{error}.")
            return None

    def is_whole(self) -> bool:
        """Tell whether nothing needed is missing; else say so, and go there."""
        for name, field in self.fields.items():
            field.say(self._needed.get(name, "") if not field.text.strip() else "")
        return not self.go_to_wrong()

    def go_to_wrong(self) -> bool:
        """Go to the first field that is wrong, if one is."""
        wrong = next((field for field in self.fields.values() if field.wrong), None)
        if wrong is not None:
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is not None

    def ask_decision(self, *, decision_maker: str = "") -> None:
        """Ask who decided, where and when; ``decision_maker`` is said where nobody is named."""
        who = TextBox(placeholder=_("Who decided it"))
        self.ask("decision_maker", _("Decision-maker"), who, needed=decision_maker)
        self.ask("meeting", _("Meeting"), TextBox(placeholder=_("Regional TTCG")))
        day = TextBox(placeholder=_DAY_HINT)
        day.setText(dates.shown(self.desk.today()))
        self.ask("decided", _("Decided"), day)


class StatusDialog(_Decision):
    """Asks what a move needs; ``given`` hands it over, and the page moves the OCG."""

    given = Signal(object)

    def __init__(self, desk: Desk, move: Move, ocg: UUID, *, parent: QWidget | None = None) -> None:
        super().__init__(_(move.label), _(move.label), desk, parent)
        self.move_ = move
        self.successor: RecordPicker | None = None
        note = _("This is entered in the decision log. It is superseded, never undone.")
        self.body.addWidget(Label(note, ink="text.2", wrap=True))
        self.missing = Label("", ink="due", wrap=True)
        self.missing.hide()
        self.body.addWidget(self.missing)
        if move.to == "archived":
            desk.ask(partial(archiving.doubts, ocg=ocg), self._say_missing)
        if "successor" in move.needs:
            self.successor = RecordPicker(
                desk, Kind.OCG, _("Goes on as"), only_one=True, without=ocg
            )
            self.body.addWidget(self.successor)
        self.body.addLayout(self._grid)
        self._ask_needs(move.needs)
        self.ask_decision(
            decision_maker=_("Name the decision-maker") if "decision-maker" in move.needs else ""
        )
        first = self.successor.box if self.successor else next(iter(self.fields.values())).editor
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_missing(self, found: Sequence[str]) -> None:
        """Say what an archive asks for and is not on record; it is not in the way."""
        if found:
            self.missing.setText(" ".join((*found, _("The decision will say so."))))
            self.missing.show()

    def _ask_needs(self, needs: Sequence[str]) -> None:
        if "archive-reason" in needs:
            self.ask(
                "archive_reason",
                _("Archived because"),
                Select(options("archive-reasons", empty=_("Choose a reason"))),
                needed=_("Choose a reason from the list"),
                wide=True,
            )
        said = _("Say why; the reason is kept") if "reason" in needs else ""
        self.ask("reason", _("Reason"), LinesBox(), needed=said, wide=True)
        if "trigger" in needs:
            self.ask(
                "trigger",
                _("Would be re-activated by"),
                LinesBox(),
                needed=_("Say what would re-activate it"),
                wide=True,
            )

    def on_accept(self) -> None:
        if not self.is_whole():
            return
        if self.successor is not None and not self.successor.ids:
            self.say(_("Choose the OCG it goes on as."))
            return
        decided = self.day("decided")
        if self.go_to_wrong():
            return
        self.given.emit(
            Given(
                reason=self.text("reason"),
                archive_reason=self.text("archive_reason"),
                decision_maker=self.text("decision_maker"),
                trigger=self.text("trigger"),
                successor=self.successor.ids[0] if self.successor else None,
                meeting=self.text("meeting"),
                decided=decided,
            )
        )


class TierDialog(_Decision):
    """Asks for the tier, why, where it was decided and when it is reviewed next."""

    given = Signal(str, object, object)
    """The tier, what was said with it, and the next review or None."""

    def __init__(
        self,
        desk: Desk,
        *,
        tier: str,
        last: date | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Set tier"), _("Set tier"), desk, parent)
        self._last = last
        told = _("Tiers and their review intervals are a local default, not the national scheme.")
        self.body.addWidget(Label(told, ink="text.2", wrap=True))
        self.body.addLayout(self._grid)
        chooser = Select(tuple(_tier_option(item.code) for item in code_list("tiers").offered()))
        chooser.choose(tier)
        self.ask("tier", _("Tier"), chooser)
        self.ask("review", _("Next review"), TextBox(placeholder=_DAY_HINT))
        said = _("Say why it is in this tier; the reason is kept")
        self.ask("reason", _("Reason"), LinesBox(), needed=said, wide=True)
        self.ask_decision()
        self.fields["tier"].changed.connect(self._propose)
        self._propose()
        chooser.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        whole = self.is_whole()
        review, decided = self.day("review"), self.day("decided")
        if self.go_to_wrong() or not whole:
            return
        given = Given(
            reason=self.text("reason"),
            decision_maker=self.text("decision_maker"),
            meeting=self.text("meeting"),
            decided=decided,
        )
        self.given.emit(self.text("tier"), given, review)

    def _propose(self) -> None:
        """Fill in the next review of the tier that is chosen, counted from the last score."""
        tier = self.fields["tier"].text
        due = reviews.next_review(tier, self._last or self.desk.today())
        editor = self.fields["review"].editor
        if due is not None and isinstance(editor, TextBox):
            editor.setText(dates.shown(due))
            months = reviews.months_between_reviews(tier)
            said = _("{n} months after the last score").format(n=months)
            self.fields["review"].say(echo=said if self._last else _("Proposed from today"))


def _tier_option(code: str) -> Option:
    item = next(one for one in code_list("tiers") if one.code == code)
    return Option(item.code, item.label, _(str(item.get("meaning", ""))))


class AssignDialog(_Decision):
    """Asks who answers for an OCG from when, and with what the one before hands over."""

    given = Signal(object, str, bool)
    """The Assignment, the hand-over note, and whether the holders there are stay."""

    def __init__(
        self,
        desk: Desk,
        *,
        users: Sequence[User],
        holders: Callable[[str], Sequence[Assignment]],
        agency: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Assign"), _("Assign"), desk, parent)
        self._holders = holders
        self.before = Label("", ink="text.2", wrap=True)
        self.body.addLayout(self._grid)
        self.ask("role", _("Role"), Select(options("assignment-roles")))
        day = TextBox(placeholder=_DAY_HINT)
        day.setText(dates.shown(desk.today()))
        self.ask("start", _("From"), day, needed=_("Say from when"))
        people = tuple(Option(str(user.id), user.display) for user in users if not user.disabled)
        somebody = Option("", _("Somebody else"))
        self.ask("user", _("User of this workspace"), Select((somebody, *people)))
        self.ask("officer", _("Officer"), TextBox(placeholder="Insp A. Rowe"))
        chooser = Select(options("agencies", empty="–"))
        chooser.choose(agency)
        self.ask("agency", _("Agency"), chooser)
        self._users = {str(user.id): user for user in users}
        self.body.addWidget(self.before)
        self.handover = FormField(_("Handed over with"), LinesBox())
        self.beside = CheckBox(_("The SIO there is stays beside the new one"))
        self.body.addWidget(self.handover)
        self.body.addWidget(self.beside)
        self.fields["role"].changed.connect(self._show_before)
        self.fields["user"].changed.connect(self._show_user)
        self._show_before()
        self.fields["officer"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        whole = self.is_whole()
        user = self._users.get(self.text("user"))
        officer = user.display if user else self.text("officer")
        if not officer:
            self.fields["officer"].say(_("Name the officer"))
        start = self.day("start")
        if self.go_to_wrong() or not whole or start is None:
            return
        made = Assignment(
            role=self.text("role"),
            officer=officer,
            user=user.id if user else None,
            agency=self.text("agency"),
            start=PartialDate.of(start),
        )
        beside = self.beside.isVisible() and self.beside.isChecked()
        self.given.emit(made, self.handover.text.strip(), beside)

    def _show_before(self) -> None:
        role = self.fields["role"].text
        held = self._holders(role)
        names = ", ".join(post.officer for post in held)
        told = _("{names} hands over the day before.").format(names=names)
        self.before.setText(told if held else _("Nobody holds this role now."))
        self.handover.setVisible(bool(held))
        self.beside.setVisible(bool(held) and role == "sio")

    def _show_user(self) -> None:
        user = self._users.get(self.fields["user"].text)
        editor = self.fields["officer"].editor
        if isinstance(editor, TextBox):
            editor.setText(user.display if user else "")
            editor.setEnabled(user is None)
