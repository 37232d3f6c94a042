"""Fields of a record saved one by one; what was refused is said, and offered again, in place."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ocgdesk.casework import records
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import Conflict, DeskError
from ocgdesk.i18n import _
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.forms.record_form import RecordForm


def attempt(
    desk: Desk, label: str, act: Callable[..., Any], *, right: Right = Right.EDIT, **how: Any
) -> DeskError | None:
    """Do an act; return why it was refused, to be said in place, or None where it was done."""
    said: list[DeskError] = []
    desk.do(label, act, right=right, told=said.append, **how)
    return said[0] if said else None


class Saving(QObject):
    """Saves what the form hands over, against the version that was read."""

    stale = Signal()
    """Somebody else saved the record meanwhile: it must be read again."""

    def __init__(self, desk: Desk, id_: UUID, kind: Kind, right: Right, parent: QObject) -> None:
        super().__init__(parent)
        self.version: int | None = None
        self._desk = desk
        self._id = id_
        self._kind = kind
        self._right = right
        self._form: RecordForm | None = None
        self._kept: tuple[str, str, str] | None = None
        """A field, what was typed in it and what was wrong: offered again after reading."""

    def watch(self, form: RecordForm) -> None:
        """Save what this form hands over."""
        self._form = form
        form.saved.connect(self._on_saved)

    def act(self, form: str) -> str:
        """Return the name of an act on this kind of record, such as ``Edit {kind}`` filled in."""
        one = words.one(self._kind)
        return form.format(kind=one if self._kind is Kind.OCG else one.lower())

    def offer_kept(self) -> None:
        """Offer what was typed again after the record changed meanwhile."""
        if self._kept is not None and self._form is not None:
            name, typed, sentence = self._kept
            self._kept = None
            self._form.offer_again(name, typed, sentence)

    def _on_saved(self, name: str, value: Any, typed: str) -> None:
        if self.version is None or self._form is None:
            return
        act = partial(records.edit, id_=self._id, values={name: value}, version=self.version)
        error = attempt(self._desk, self.act(_("Edit {kind}")), act, right=self._right)
        if error is None:
            self._form.rows[name].say("")
            return
        self._kept = (name, typed, f"{str(error).rstrip('.')}.")
        if isinstance(error, Conflict):
            self.stale.emit()
        else:
            self.offer_kept()
