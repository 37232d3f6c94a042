"""The sub-records of one page: what is asked of them, and what the inspector shows of one."""

from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import attachments
from ocgdesk.casework.subrecords import NOTHING, Hanging
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Attachment
from ocgdesk.domain.things import Entity
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.record_sub_acts import SubActs
from ocgdesk.ui.pages.record_sub_inspector import SubInspector
from ocgdesk.ui.pages.record_subs import SubsPart

_SMALL: Final = 192
_LARGE: Final = 960
"""The longest side, in pixels, of a photograph in the heading and in the inspector."""


class Filing(QObject):
    """Answers to the part of a page that shows what is on file."""

    inspected = Signal(object)
    """A SubInspector, or None where no row is chosen."""
    opened = Signal(object)
    """The Brief of a record to go to."""
    said = Signal(str)
    """What was done, for a toast."""
    pictured = Signal(object)
    """A QImage for the heading; a null one where there is none any more."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.acts = SubActs(desk, over)
        self.acts.told.connect(self.said)
        self._desk = desk
        self._owner: Brief | None = None
        self._found: Hanging = NOTHING
        self._part: SubsPart | None = None
        self._shown: UUID | None = None
        """The photograph that the heading shows."""

    def watch(self, part: SubsPart) -> None:
        """Answer to this part."""
        self._part = part
        part.acted.connect(self._on_acted)
        part.selected.connect(self._on_selected)

    def show_hanging(self, owner: Brief, found: Hanging) -> None:
        """Speak of this record and what hangs on it."""
        self._owner, self._found = owner, found
        newest = attachments.newest_photograph(found.of(Kind.ATTACHMENT))
        if (wanted := newest.id if newest else None) != self._shown:
            self._shown = wanted
            if wanted is None:
                self.pictured.emit(QImage())
            else:
                query = partial(_picture, id_=wanted, most=_SMALL)
                self._desk.ask(query, partial(self._on_picture, wanted))

    def inspector(self) -> SubInspector | None:
        """Return what is on file of the row chosen, if one is."""
        row = self._part.row() if self._part is not None else None
        return self._inspector_of(row) if row is not None else None

    def edit(self) -> None:
        """Edit the row chosen, or supersede it where it is never changed."""
        if self._part is None or self._part.row() is None:
            return
        buttons = self._part.table(self._part.kind).buttons
        key = "edit" if "edit" in buttons else "supersede"
        if key in buttons and buttons[key].isEnabled():
            self._on_acted(self._part.kind, key, self._part.row())

    def _on_acted(self, kind: Kind, act: str, thing: Entity | None) -> None:
        if self._owner is not None:
            self.acts.act(self._owner, kind, act, thing)

    def _on_selected(self, thing: Entity | None) -> None:
        if self._part is not None and self._part.isVisible():
            self.inspected.emit(self._inspector_of(thing) if thing is not None else None)

    def _inspector_of(self, thing: Entity) -> SubInspector:
        made = SubInspector(thing, self._found)
        made.opened.connect(self.opened)
        if isinstance(thing, Attachment) and attachments.is_photograph(thing):
            query = partial(_picture, id_=thing.id, most=_LARGE)
            self._desk.ask(query, made.picture.show_image)
        return made

    def _on_picture(self, id_: UUID, image: QImage) -> None:
        if id_ == self._shown:
            self.pictured.emit(image)


def _picture(reader: Reader, id_: UUID, most: int) -> QImage:
    """Return a photograph, drawn small enough here so that the window need not."""
    whole = QImage.fromData(attachments.read(reader, id_)[1])
    if whole.isNull() or max(whole.width(), whole.height()) <= most:
        return whole
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return whole.scaled(most, most, keep, Qt.TransformationMode.SmoothTransformation)
