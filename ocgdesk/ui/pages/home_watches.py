"""What the user's watches heard and they have not looked at yet, on the home page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import watches
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import recent
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.home_recent import when
from ocgdesk.ui.pages.home_section import HomeSection
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct
from ocgdesk.ui.widgets.values import Status, Text

MOST: Final = 5
"""Records shown here; the watch list has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record that a watch heard of: which watch, when, and in whose act."""

    watch: str
    of: Brief
    at: datetime
    label: str
    by: str


def read(reader: Reader) -> tuple[Hit, ...]:
    """Return what this user's watches heard that they have not looked at, newest first."""
    times = watches.unheard(reader)
    if not times:
        return ()
    texts = {one.id: one.text for one in watches.of_user(reader)}
    users = recent.user_names(reader)
    found = [
        Hit(
            watch=texts.get(time.watch, ""), of=record, at=time.at, label=time.label,
            by=users.get(time.by, ""),
        )
        for time in times
        for record in time.records
    ]  # fmt: skip
    return tuple({_key(hit): hit for hit in reversed(found)}.values())[::-1]


def _key(hit: Hit) -> tuple[str, UUID]:
    return hit.watch, hit.of.id


class HomeWatches(HomeSection):
    """A section of the home page; it goes once the watch list was looked at."""

    listed = Signal()
    """The watch list is to be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        section = CaseSection(
            _("Your watch list heard of"),
            _columns(),
            empty="",
            acts=(SectionAct(key="list", title=_("Watch list"), icon="entity.watch"),),
            icon="entity.watch",
        )
        super().__init__(desk, section, parent=parent)
        section.acted.connect(self._on_acted)

    def question(self) -> Callable[[Reader], tuple[Hit, ...]]:
        return read

    def refresh(self) -> None:
        if self.desk.user.may(Right.READ):
            super().refresh()

    def answered(self, found: Sequence[Hit]) -> None:
        note = ngettext("{n} not looked at", "{n} not looked at", len(found))
        self.show_rows(found[:MOST], note.format(n=f"{len(found):,}"))

    def _on_acted(self, _key: str, _row: object) -> None:
        self.listed.emit()


def _columns() -> tuple[Column, ...]:
    now = partial(datetime.now, UTC)
    return (
        column(_("Record"), lambda h: entity(h.of), lambda h: h.of.label.casefold(), 220,
               stretch=3),
        column(_("Watch"), lambda h: Status(h.watch, "entity.watch"), lambda h: h.watch, 180,
               stretch=2),
        column(_("Act"), lambda h: Text(f"{_(h.label)} · {h.by}".strip(" ·"), "text.2"),
               lambda h: h.label, 200, stretch=2, yields=1),
        column(_("When"), lambda h: Text(when(h.at, now()), "text.2"), lambda h: h.at, 120),
    )  # fmt: skip
