"""Meetings: the next one with its agenda and decisions, what they set to do, who sits in them."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex

from ocgdesk.casework import tasking_book
from ocgdesk.casework.tasking_book import Book, Chosen, Listed, Point
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.ui.pages import tasking_tables
from ocgdesk.ui.pages.tasking_acts import MeetingActs
from ocgdesk.ui.pages.tasking_parts import TaskingPart
from ocgdesk.ui.widgets.labels import Label


class MeetingsPart(TaskingPart):
    """The meetings to come and of the last half year; below them the one that is chosen."""

    TOUCHED = (
        *(Kind.MEETING_GROUP, Kind.GROUP_MEMBER, Kind.MEETING, Kind.AGENDA_ITEM),
        *(Kind.ACTION, Kind.OCG, Kind.PLAN_VERSION, Kind.REQUEST),
    )

    def build(self) -> None:
        self.chosen: UUID | None = None
        self._filling = False
        """While rows are shown anew, a row that becomes current was not chosen by anybody."""
        self.acts = MeetingActs(self.asking)
        self.minutes = Label("", ink="text.2", wrap=True)
        today = self.desk.today()
        made = {
            "meetings": tasking_tables.meetings_section(today),
            "agenda": tasking_tables.agenda_section(),
            "actions": tasking_tables.actions_section(today),
            "members": tasking_tables.members_section(),
            "groups": tasking_tables.groups_section(),
        }
        for key, section in made.items():
            self.add_section(key, section)
            section.opened.connect(self._on_opened)
            section.acted.connect(self.acts.act)
            if key == "agenda":
                self.body.column.addWidget(self.minutes)
        table = self.sections["meetings"].table
        table.selectionModel().currentRowChanged.connect(self._on_row)

    def verb(self) -> str:
        return _("Call meeting")

    def act_first(self) -> None:
        self.acts.call()

    def summary(self) -> str:
        found: Book | None = self.found
        if found is None:
            return ""
        ahead = sum(one.is_open for one in found.meetings)
        said = ngettext("{n} meeting to come", "{n} meetings to come", ahead).format(n=ahead)
        groups = len(found.groups)
        sits = ngettext("{n} group", "{n} groups", groups).format(n=groups)
        return f"{said} · {sits} · {_('those held in the last half year below them')}"

    def query(self) -> Callable[[Reader], Any]:
        return partial(tasking_book.read, meeting=self.chosen, today=self.desk.today())

    def fill(self, found: Book) -> None:
        self.acts.book = found
        self._filling = True
        self.sections["meetings"].show_rows(found.meetings)
        self._mark(found)
        self._filling = False
        self.sections["groups"].show_rows(found.groups)
        self._show_chosen(found.chosen)

    def _mark(self, found: Book) -> None:
        if found.chosen is None:
            self.chosen = None
            return
        self.chosen = found.chosen.listed.meeting.id
        rows = self.sections["meetings"].rows
        at = next(n for n, one in enumerate(rows.rows) if one.meeting.id == self.chosen)
        self.sections["meetings"].table.setCurrentIndex(rows.index(at, 0))

    def _show_chosen(self, chosen: Chosen | None) -> None:
        for key in ("agenda", "actions", "members"):
            self.sections[key].setVisible(chosen is not None)
        self.minutes.setVisible(bool(chosen and chosen.listed.meeting.minutes))
        if chosen is None:
            return
        meeting = chosen.listed.meeting
        day = f", {shown(meeting.held)}" if meeting.held else ""
        state = label("meeting-statuses", meeting.status)
        left = chosen.listed.counted.undecided
        waits = ngettext("{n} undecided", "{n} undecided", left).format(n=left) if left else ""
        named = f"{meeting.title}{day}"
        note = " · ".join(part for part in (named, state, waits, meeting.chair) if part)
        self.sections["agenda"].show_rows(chosen.points, note)
        self.sections["actions"].show_rows((*chosen.actions, *chosen.before))
        self.sections["members"].show_rows(chosen.members, chosen.listed.group.name)
        self.minutes.setText(_("Minutes: {text}").format(text=meeting.minutes))
        if not chosen.listed.is_open and not self.refused:
            closed = _("This meeting is closed; another one decides anew.")
            self.sections["agenda"].refuse(closed)

    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        rows = self.sections["meetings"].rows.rows
        if self._filling:
            return
        if 0 <= now.row() < len(rows) and rows[now.row()].meeting.id != self.chosen:
            self.chosen = rows[now.row()].meeting.id
            self.refresh()

    def _on_opened(self, row: Any) -> None:
        match row:
            case Point(about=about) if about is not None:
                self.opened.emit(about)
            case Point() if not self.refused:
                self.acts.act("edit", row)
            case Listed():
                self.sections["agenda"].table.setFocus()
