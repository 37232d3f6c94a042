"""Dialogs of sub-records: made and changed in a form, ended on a day, removed with a reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework.merging import Overlap
from ocgdesk.domain import dates
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.forms.sub_form import SubForm, asked
from ocgdesk.ui.plan import changes
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import TextBox
from ocgdesk.ui.widgets.labels import Label


def sheet_facts(desk: Desk) -> dict[str, Any]:
    """Return what every sheet says of the workspace: its marking and whether it is synthetic."""
    about = desk.workspace.about
    return {"marking": about.marking.value, "synthetic": about.synthetic}


class SubrecordDialog(Sheet):
    """Asks for the values of a sub-record. ``made`` hands over a new one, ``kept`` changes."""

    made = Signal(object)
    kept = Signal(object)
    """A dict of the fields that differ."""

    def __init__(
        self,
        desk: Desk,
        start: Entity,
        *,
        note: str = "",
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        is_new = start.version == 0
        form = _("Add {kind}") if is_new else _("Edit {kind}")
        super().__init__(
            title or form.format(kind=_word(start.kind)),
            _("Add") if is_new else _("Save"),
            width=720 if _ticks(type(start)) else 620,
            parent=parent,
            **sheet_facts(desk),
        )
        self.start = start
        self.form = SubForm(desk, type(start), desk.today())
        if note:
            self.body.addWidget(Label(note, ink="text.2", wrap=True))
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.show_thing(start)
        self.form.focus()

    def on_accept(self) -> None:
        values = self.form.read()
        if values is None:
            return
        if self.start.version == 0:
            self.made.emit(replace(self.start, **values))
        else:
            before = self.start
            self.kept.emit({n: v for n, v in values.items() if getattr(before, n) != v})

    def show_overlap(self, overlap: Overlap, values: Mapping[str, Any]) -> None:
        """Say what somebody else wrote in the same fields, and go on from what stands there now.

        ``values`` are those written here: they stay, and saving again keeps them.
        """
        self.start = overlap.now
        self.form.show_thing(overlap.now)
        for name, value in values.items():
            if name in self.form.fields:
                self.form.show_value(name, value)
        for clash in overlap.clashes:
            if clash.name in self.form.fields:
                said = changes.meanwhile(type(overlap.now), clash)
                self.form.fields[clash.name].say("", said)
        self.say(_("Somebody changed the same fields: see both, then save again."))


def _ticks(cls: type[Entity]) -> bool:
    """Tell whether a form for this class has a list to tick, which needs room."""
    return any(field.type is FieldType.CODES for field in asked(cls))


def _word(kind: Kind) -> str:
    """Return the word for a kind inside a sentence."""
    word = words.one(kind)
    return word if word[:2].isupper() else word[:1].lower() + word[1:]


def fresh(kind: Kind, owner: Any, **values: Any) -> Entity:
    """Return a new sub-record of a kind on a record, with these first values."""
    made = class_of(kind)(owner=owner, **values)  # type: ignore[call-arg]
    assert isinstance(made, Entity)  # noqa: S101 - sub-records are entities
    return made


class EndDialog(Sheet):
    """Asks since when something is over. ``ended`` hands over the day."""

    ended = Signal(object)

    def __init__(self, desk: Desk, thing: Entity, parent: QWidget | None = None) -> None:
        title = _("End {kind}").format(kind=_word(thing.kind))
        super().__init__(title, _("End"), width=440, parent=parent, **sheet_facts(desk))
        self._today: date = desk.today()
        self.body.addWidget(Label(thing.label, weight="medium", wrap=True))
        self.day = FormField(_("Over since"), TextBox(placeholder=_("today, 14/2/26, -3")))
        self.day.changed.connect(self._on_typed)
        self.body.addWidget(self.day)
        self.body.addWidget(
            Label(_("It stays on record, shown as over."), step="small", ink="text.3", wrap=True)
        )
        self.body.addStretch(1)
        if isinstance(self.day.editor, TextBox):
            self.day.editor.setText(dates.shown(self._today))
            self.day.editor.selectAll()
        self.day.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        if (day := self._read()) is not None:
            self.ended.emit(day)

    def _read(self) -> date | None:
        try:
            day = dates.day(self.day.text, today=self._today)
        except Refused as error:
            self.day.say(f"{str(error).rstrip('.')}.")
            return None
        return day

    def _on_typed(self) -> None:
        self.day.say()
        try:
            day = dates.day(self.day.text, today=self._today)
        except Refused:
            return
        self.day.say(echo=_("Read as {date}").format(date=dates.shown(day)))


class ReasonDialog(Sheet):
    """Asks why something is done before it is. ``reasoned`` hands over the reason."""

    reasoned = Signal(str)

    def __init__(
        self,
        desk: Desk,
        title: str,
        accept: str,
        *,
        about: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, accept, width=480, parent=parent, **sheet_facts(desk))
        if about:
            self.body.addWidget(Label(about, weight="medium", wrap=True))
        self.reason = FormField(_("Reason"), TextBox(placeholder=_("Kept in the journal")))
        self.reason.changed.connect(self.reason.say)
        self.body.addWidget(self.reason)
        if note:
            self.body.addWidget(Label(note, step="small", ink="text.3", wrap=True))
        self.body.addStretch(1)
        self.reason.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        if text := self.reason.text.strip():
            self.reasoned.emit(text)
        else:
            self.reason.say(_("Say why; the reason is kept."))
