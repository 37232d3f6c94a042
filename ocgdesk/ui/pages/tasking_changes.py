"""What changed in the OCGs since the last meeting, and the delta pack that goes to the next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout

from ocgdesk import settings
from ocgdesk.casework import delta_papers, deltas, overview, tasking_book
from ocgdesk.casework.deltas import Delta, OcgDelta
from ocgdesk.casework.overview import Scope
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.record_case_parts import CaseSection
from ocgdesk.ui.pages.tasking_parts import TaskingPart
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.values import Cell, Status, Text

_TALL: Final = 16
_FORMATS: Final = (
    ("docx", N_("Word document")),
    ("pdf", N_("PDF")),
    ("json", N_("JSON")),
)
_DAYS: Final = (7, 30, 91)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed, and the meetings it can be counted from."""

    delta: Delta
    meetings: tuple[tuple[date, str], ...]


def read(reader: Reader, since: str, agencies: tuple[str, ...], *, today: date) -> Changes:
    """Return what changed since a day, or since the last meeting that was held."""
    book = tasking_book.read(reader, None, today=today)
    held = tuple(
        (one.meeting.held, one.group.name)
        for one in book.meetings
        if one.meeting.held is not None and one.meeting.held < today
    )
    first = held[0][0] if held else today - timedelta(days=_DAYS[1])
    day = date.fromisoformat(since) if since else first
    at = datetime.combine(day, time(), LONDON)
    return Changes(delta=deltas.read(reader, at, agencies, today=today), meetings=held)


class ChangesPart(TaskingPart):
    """One row an OCG that changed, by its place in the threat grid."""

    TOUCHED = (Kind.OCG, Kind.ASSESSMENT, Kind.MEETING)
    ICON = "action.export"
    KEY = "Ctrl+E"

    def build(self) -> None:
        self.since = Select((Option("", _("Since the last meeting")),), name=_("Since"))
        self.whose = Select(self._scopes(), name=_("Owner"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for box in (self.since, self.whose):
            row.addWidget(box)
            box.chosen.connect(self._on_chosen)
        row.addStretch(1)
        self.body.column.addLayout(row)
        section = CaseSection(
            _("What changed"),
            _columns(),
            empty=_("Nothing changed in these OCGs since then."),
            icon="page.threat-grid",
            tall=_TALL,
        )
        self.add_section("changes", section)
        section.opened.connect(self._on_opened)

    def verb(self) -> str:
        return _("Export delta pack") if self.desk.may(Right.EXPORT) else ""

    def act_first(self) -> None:
        """Ask where the pack goes, to whom and why."""
        found: Changes | None = self.found
        if found is None:
            return
        about = self.desk.workspace.about
        count = len(found.delta.rows)
        dialog = DisclosureDialog(
            ngettext("{n} OCG", "{n} OCGs", count).format(n=f"{count:,}"),
            documents_folder() / f"delta-{self.desk.today():%Y-%m-%d}.docx",
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=_("Export delta pack"),
            formats=_FORMATS,
            parent=self,
        )
        dialog.accepted.connect(partial(self._on_asked, dialog, found.delta))
        dialog.open()

    def summary(self) -> str:
        found: Changes | None = self.found
        if found is None:
            return ""
        rows, rest = len(found.delta.rows), found.delta.unchanged
        said = ngettext("{n} OCG changed", "{n} OCGs changed", rows).format(n=f"{rows:,}")
        since = shown(found.delta.since.astimezone(LONDON).date())
        told = _("{said} since {day}, {rest} did not; from the journal")
        return told.format(said=said, day=since, rest=f"{rest:,}")

    def query(self) -> Callable[[Reader], Any]:
        scope = Scope(self.whose.current or Scope.ALL)
        agencies = overview.agencies_of(scope, self.desk.workspace.about.agency)
        since = self.since.current
        return partial(read, since=since, agencies=agencies, today=self.desk.today())

    def fill(self, found: Changes) -> None:
        self.since.show_options(self._days(found), self.since.current)
        self.sections["changes"].show_rows(found.delta.rows)

    def _scopes(self) -> tuple[Option, ...]:
        agency = self.desk.workspace.about.agency
        words = {
            Scope.ALL: _("Every force"),
            Scope.FORCE: label("agencies", agency),
            Scope.REGION: _("The region"),
        }
        known = [scope for scope in overview.scopes(agency) if scope in words]
        return tuple(Option(scope.value, words[scope]) for scope in reversed(known))

    def _days(self, found: Changes) -> tuple[Option, ...]:
        today = self.desk.today()
        met = {day.isoformat(): f"{shown(day)}: {name}" for day, name in found.meetings[:20]}
        past = {
            (today - timedelta(days=days)).isoformat(): _("{n} days").format(n=days)
            for days in _DAYS
        }
        first = Option("", _("Since the last meeting"))
        return (first, *(Option(day, words) for day, words in (past | met).items()))

    def _on_chosen(self) -> None:
        self.refresh()

    def _on_opened(self, row: OcgDelta) -> None:
        self.opened.emit(row.ocg)

    def _on_asked(self, dialog: DisclosureDialog, delta: Delta) -> None:
        if dialog.disclosure is not None:
            task = partial(self._write, delta, dialog.disclosure)
            self.desk.background(_("Export delta pack"), task, self._on_written)

    def _write(self, delta: Delta, asked: Disclosure, progress: Progress) -> Path:
        delta_papers.to_file(
            self.desk.workspace,
            delta.since,
            delta.agencies,
            asked.path,
            now=datetime.now(LONDON),
            author=settings.load().author,
            recipient=asked.recipient,
            reason=asked.reason,
            progress=progress,
        )
        return asked.path

    def _on_written(self, path: Path) -> None:
        self.said.emit(_("The delta pack was written to {name}.").format(name=path.name))


def _columns() -> tuple[Column, ...]:
    return (
        column(_("Threat grid"), lambda d: Text(delta_papers.movement(d), "text.2"),
               lambda d: d.rank or None, 120),
        column(_("OCG"), lambda d: entity(d.ocg), lambda d: d.ocg.label.casefold(), 190,
               stretch=1),
        column(_("Owner"), lambda d: Text(d.agency, "text.2"), lambda d: d.agency, 70, yields=1),
        column(_("New"), _new, lambda d: not d.is_new, 80, yields=2),
        column(_("What changed"), _words, lambda d: " ".join(d.words).casefold() or None, 320,
               stretch=5),
    )  # fmt: skip


def _new(row: OcgDelta) -> Cell:
    return Status(_("New"), "status.info", "info") if row.is_new else Text("")


def _words(row: OcgDelta) -> Cell:
    return Text("; ".join(row.words) or _("Its place in the threat grid"))
