"""One record chosen by searching as one types: shown by its label, taken away again."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.i18n import _
from ocgdesk.store import records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.forms.finder import Finder, brief_columns, briefs
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label

_FOUND: Final = 6
_GAP: Final = 4
NAMED_KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "operation": (Kind.OPERATION,),
    "matter": (Kind.OPERATION, Kind.OCG, Kind.COUNTY_LINE, Kind.REPORT),
    "part_of": (Kind.COMMODITY,),
    "follows": (Kind.COUNTY_LINE,),
    "merged_into": (Kind.OCG,),
}
"""Which kinds of record a field that names one takes; any that stands on a chart otherwise."""


class EntityBox(QWidget):
    """Searches records of some kinds and holds the one chosen, if any."""

    changed = Signal()

    def __init__(
        self, desk: Desk, kinds: Sequence[Kind] = SUBJECTS, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.chosen: Brief | None = None
        self._id: UUID | None = None
        self._kinds = tuple(kinds)
        self._reading: Job | None = None
        self.finder = Finder(
            desk,
            partial(briefs, kinds=self._kinds, most=_FOUND),
            brief_columns(name=160, ref=150),
            prompt=_prompt(self._kinds),
            name=_("Records found"),
            spacing=_GAP,
            parent=self,
        )
        self.box, self.hits = self.finder.box, self.finder.hits
        self.table, self.nothing = self.finder.table, self.finder.nothing
        self.held = _Held(self)
        self._build()

    @property
    def id(self) -> UUID | None:
        """The id of the record chosen; of one that cannot be read, the id that was given."""
        return self._id

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return self._reading is None and self.finder.ready()

    def show_id(self, id_: UUID | None) -> None:
        """Show the record with this id as chosen."""
        self._id = id_
        if id_ is not None:
            self._reading = self.desk.ask(partial(_read, id_=id_), self._show_read)

    def choose(self, record: Brief | None) -> None:
        """Hold this record, or none."""
        self.chosen, self._id = record, record.id if record else None
        self.finder.clear()
        self.finder.setVisible(record is None)
        self.held.setVisible(record is not None)
        if record is not None:
            self.held.show_record(record)
        self.changed.emit()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - the box is what is typed in
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    def _build(self) -> None:
        self.setFocusProxy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self.finder)
        column.addWidget(self.held)
        self.held.hide()
        self.finder.taken.connect(self.choose)
        self.held.dropped.connect(self._on_dropped)

    def _show_read(self, record: Brief | None) -> None:
        self._reading = None
        if record is not None:
            self.choose(record)

    def _on_dropped(self) -> None:
        self.choose(None)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)


class _Held(QWidget):
    """The record chosen, with a button that takes it away."""

    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = IconLabel("entity.ocg", "text.2", 16)
        self.words = ElidedLabel("")
        self.ref = Label("", step="mono", ink="text.3")
        self.button = icon_button("action.close", _("Choose another"))
        self.button.clicked.connect(self.dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.icon)
        row.addWidget(self.words, 1)
        row.addWidget(self.ref)
        row.addWidget(self.button)

    def show_record(self, record: Brief) -> None:
        """Show this record."""
        self.icon.show_icon(words.icon_of(record.kind, exploited=record.exploited), "text.2")
        self.words.setText(record.label)
        self.ref.setText(record.ref)


def _prompt(kinds: tuple[Kind, ...]) -> str:
    if len(kinds) == 1:
        return _("Find {kind}").format(kind=words.one(kinds[0]).lower())
    return _("Find by name, number or reference")


def _read(reader: Reader, id_: UUID) -> Brief | None:
    return records.by_ids(reader, [id_]).get(id_)
