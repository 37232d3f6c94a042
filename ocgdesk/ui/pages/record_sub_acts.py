"""Sub-records made, changed, ended and taken out: the dialogs, and what comes of them."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import attachments, filing, merging, notes, subrecords
from ocgdesk.casework.attachments import Content
from ocgdesk.casework.merging import Overlap
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Attachment, Decision
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.attach_dialog import AttachDialog, CopyDialog
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.dialogs.subrecord_dialog import EndDialog, ReasonDialog, SubrecordDialog, fresh
from ocgdesk.ui.pages.record_saving import attempt

_NOTES: Final = {
    Kind.DECISION: N_("An entry of the log is never changed or removed, only superseded."),
    Kind.NOTE: N_("A working note. Intelligence belongs in a graded report."),
    Kind.SAFEGUARDING: N_(
        "A victim first. A child needs no consent to be referred; an adult who does not consent is"
        " notified of without a name."
    ),
    Kind.RISK_FACTOR: N_(
        "A prompt on this record only: it is in no list, filter, score or product."
    ),
    Kind.MARKER: N_("Say who states it, and when it has to be looked at again."),
}


class SubActs(QObject):
    """Answers to what is asked of the sub-records of one record."""

    told = Signal(str)
    """What was done, for a toast."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over

    def act(self, owner: Brief, kind: Kind, act: str, thing: Entity | None = None) -> None:
        """Do what was asked: ``add``, or with a row ``edit``, ``end``, ``remove`` and so on."""
        if act == "add":
            self.add(owner, kind)
        elif thing is not None:
            acts: dict[str, Callable[[Entity], object]] = {
                "edit": self.edit,
                "end": self.end,
                "remove": self.remove,
                "supersede": self.supersede,
                "open": self.save_copy,
                "portrait": self.choose_portrait,
            }
            acts[act](thing)

    def add(self, owner: Brief, kind: Kind, **values: Any) -> None:
        """Ask for a new sub-record of a record, some of its values given."""
        if kind is Kind.ATTACHMENT:
            self.attach(owner)
            return
        start = fresh(kind, owner.id, **(self._first(kind) | values))
        dialog = SubrecordDialog(
            self._desk, start, note=_(_NOTES.get(kind, "")) if kind in _NOTES else "",
            parent=self._over,
        )  # fmt: skip
        dialog.made.connect(partial(self._on_made, dialog))
        dialog.open()

    def edit(self, thing: Entity) -> SubrecordDialog:
        """Ask what is to be changed of a sub-record."""
        dialog = SubrecordDialog(self._desk, thing, parent=self._over)
        dialog.kept.connect(partial(self._on_kept, dialog))
        dialog.open()
        return dialog

    def edit_both(self, overlap: Overlap, values: Mapping[str, Any]) -> None:
        """Show what somebody else and this user wrote in the same fields, to be decided."""
        self.edit(overlap.now).show_overlap(overlap, values)

    def end(self, thing: Entity) -> None:
        """Ask since when a sub-record is over."""
        dialog = EndDialog(self._desk, thing, parent=self._over)
        dialog.ended.connect(partial(self._on_ended, dialog, thing))
        dialog.open()

    def remove(self, thing: Entity) -> None:
        """Ask why a sub-record is to be removed; undo brings it back."""
        dialog = ReasonDialog(
            self._desk,
            _named(_("Remove {kind}"), thing.kind),
            _("Remove"),
            about=thing.label,
            note=_("Undo brings it back. What was true and is over is ended, not removed."),
            parent=self._over,
        )
        dialog.reasoned.connect(partial(self._on_removed, dialog, thing))
        dialog.open()

    def supersede(self, thing: Entity) -> None:
        """Ask for the decision that takes the place of another."""
        assert isinstance(thing, Decision)  # noqa: S101 - only decisions are superseded
        start = Decision(
            owner=thing.owner,
            title=thing.title,
            decision_type=thing.decision_type,
            decided=self._desk.today(),
            decided_by=self._desk.user.display,
            meeting=thing.meeting,
        )
        dialog = SubrecordDialog(
            self._desk,
            start,
            title=_("Supersede decision"),
            note=_("The entry before it stays as it was made."),
            parent=self._over,
        )
        dialog.made.connect(partial(self._on_superseded, dialog, thing.id))
        dialog.open()

    def choose_portrait(self, thing: Entity) -> None:
        """Let a photograph stand for its record."""
        act = partial(attachments.choose_portrait, id_=thing.id, version=thing.version)
        if self._desk.do(_("Choose portrait"), act):
            self.told.emit(_("This photograph stands for the record now."))

    def save_copy(self, thing: Entity) -> None:
        """Ask where and why a copy of an attachment is saved."""
        assert isinstance(thing, Attachment)  # noqa: S101 - only attachments have content
        dialog = CopyDialog(self._desk, thing, parent=self._over)
        dialog.wanted.connect(partial(self._on_copy, thing.id))
        dialog.open()

    def attach(self, owner: Brief, path: Path | None = None) -> None:
        """Ask which file, or as what this one, is to be kept with a record."""
        dialog = AttachDialog(self._desk, owner, parent=self._over)
        if path is not None:
            dialog.show_path(path)
        dialog.wanted.connect(partial(self._on_attach, dialog))
        dialog.open()

    def _first(self, kind: Kind) -> dict[str, Any]:
        """Return what a new sub-record begins with."""
        today, me = self._desk.today(), self._desk.user.display
        begun: dict[Kind, dict[str, Any]] = {
            Kind.DECISION: {"decided": today, "decided_by": me},
            Kind.NOTE: {"written": today, "author": me},
            Kind.THREAT_WARNING: {"given": today, "given_by": me},
            Kind.GAIN_REFERRAL: {"referred": today},
        }
        return begun.get(kind, {})

    def _on_made(self, dialog: Sheet, new: Entity) -> None:
        act = partial(filing.file, new=new, today=self._desk.today())
        undoable = new.kind not in subrecords.APPEND_ONLY
        self._finish(dialog, _named(_("Add {kind}"), new.kind), act, undoable=undoable)

    def _on_kept(self, dialog: SubrecordDialog, values: dict[str, Any]) -> None:
        """Save what was changed beside what others changed; where both did, show both."""
        if not values:
            dialog.accept()
            return
        thing = dialog.start
        act = partial(merging.edit, before=thing, values=values)
        error = attempt(self._desk, _named(_("Edit {kind}"), thing.kind), act)
        if error is None:
            dialog.accept()
        elif isinstance(error, Overlap):
            dialog.show_overlap(error, values)
        else:
            dialog.say(_sentence(error))

    def _on_ended(self, dialog: Sheet, thing: Entity, day: Any) -> None:
        act = partial(subrecords.end, id_=thing.id, day=day, version=thing.version)
        self._finish(dialog, _named(_("End {kind}"), thing.kind), act)

    def _on_removed(self, dialog: Sheet, thing: Entity, reason: str) -> None:
        act = partial(subrecords.remove, ids=[thing.id], reason=reason)
        self._finish(dialog, _named(_("Remove {kind}"), thing.kind), act)

    def _on_superseded(self, dialog: Sheet, old: UUID, new: Decision) -> None:
        act = partial(notes.supersede, id_=old, new=new, today=self._desk.today())
        self._finish(dialog, _("Supersede decision"), act, undoable=False)

    def _on_attach(self, dialog: AttachDialog, new: Attachment, made: Content) -> None:
        # In the background: writing fifty megabytes would stop the window.
        self._desk.write(_("Attach file"), partial(_attach, new=new, made=made))
        dialog.accept()

    def _on_copy(self, id_: UUID, path: Path, recipient: str, reason: str) -> None:
        save = partial(
            attachments.save_copy,
            self._desk.workspace,
            id_,
            path,
            recipient=recipient,
            reason=reason,
        )
        self._desk.background(_("Save copy"), lambda _progress: save(), self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self.told.emit(_("Written: {name}").format(name=path.name))

    def _finish(self, dialog: Sheet, label: str, act: Callable[..., Any], **how: Any) -> None:
        error = attempt(self._desk, label, act, **how)
        if error is None:
            dialog.accept()
        else:
            dialog.say(_sentence(error))


def _sentence(error: DeskError) -> str:
    return f"{str(error).rstrip('.')}."


def _named(form: str, kind: Kind) -> str:
    word = words.one(kind)
    return form.format(kind=word if word[:2].isupper() else word[:1].lower() + word[1:])


def _attach(work: Work, _progress: Progress, *, new: Attachment, made: Content) -> Attachment:
    return attachments.attach(work, new, made)
