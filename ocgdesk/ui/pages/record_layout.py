"""Which parts the page of a kind of record has, and what they show of a dossier."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Attribution
from ocgdesk.i18n import _
from ocgdesk.store.records import Linked
from ocgdesk.ui.pages import record_cases, record_tables
from ocgdesk.ui.pages.ocg_standing import StandingPart
from ocgdesk.ui.pages.record_case_parts import CasePart
from ocgdesk.ui.pages.record_cases import CASE
from ocgdesk.ui.pages.record_history import HistoryPart
from ocgdesk.ui.pages.record_ledger_part import LedgerPart
from ocgdesk.ui.pages.record_linking import ALL_EVENTS, EVENTS, FIND
from ocgdesk.ui.pages.record_overview import Overview
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.pages.record_scores import ScoresPart
from ocgdesk.ui.pages.record_subs import SubsPart, kinds_for
from ocgdesk.ui.pages.record_tabs import TablePart
from ocgdesk.ui.widgets.later import LaterStack

OVERVIEW: Final = "overview"
MEMBERS: Final = "members"
LINKS_TAB: Final = "links"
REPORTS: Final = "intelligence"
LEDGER: Final = "ledger"
SCORES: Final = "scores"
STANDING: Final = "standing"
ON_FILE: Final = "on-file"
PLAN: Final = "plan"
HISTORY: Final = "history"
LINKING: Final = frozenset({MEMBERS, LINKS_TAB})
"""The parts that are tables of links."""
_EVENTFUL: Final = frozenset({Kind.PHONE, Kind.HANDLE, Kind.VEHICLE, Kind.LOCATION})
"""Kinds whose calls, messages or sightings can be looked at together."""


class RecordParts(QObject):
    """The parts below the tabs, in ``stack``: each is made, and filled, when first shown."""

    def __init__(self, kind: Kind, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self._today = today
        self._found: Dossier | None = None
        self._refused = ""
        self.stack = LaterStack(parent)
        self.stack.made.connect(self._fill)
        for key, make in self._makers():
            self.stack.offer(key, make)

    @property
    def overview(self) -> Overview:
        """The part that is shown first."""
        part = self.stack.part(OVERVIEW)
        assert isinstance(part, Overview)  # noqa: S101 - as it was offered
        return part

    @property
    def first(self) -> str:
        """The key of the part the page opens on."""
        return CASE if CASE in self.stack.offered and record_cases.is_first(self.kind) else OVERVIEW

    @property
    def case(self) -> CasePart | None:
        """The part only this kind of record has, once it was made."""
        part = self.stack.part(CASE) if self.stack.has_made(CASE) else None
        return part if isinstance(part, CasePart) else None

    @property
    def history(self) -> HistoryPart:
        """What was recorded and when."""
        part = self.stack.part(HISTORY)
        assert isinstance(part, HistoryPart)  # noqa: S101 - as it was offered
        return part

    @property
    def on_file(self) -> SubsPart:
        """The sub-records of the record, by kind."""
        part = self.stack.part(ON_FILE)
        assert isinstance(part, SubsPart)  # noqa: S101 - as it was offered
        return part

    def table(self, key: str) -> TablePart:
        """Return the table of members, links or reports; KeyError where the kind has none."""
        part = self.stack.part(key)
        assert isinstance(part, TablePart)  # noqa: S101 - as it was offered
        return part

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the tabs with their titles, from left to right."""
        titles = {
            **({CASE: record_cases.title(self.kind)} if self.first == CASE else {}),
            OVERVIEW: _("Overview"),
            CASE: record_cases.title(self.kind),
            LEDGER: _("Ledger"),
            MEMBERS: _("Members") if self.kind is Kind.OCG else _("Memberships"),
            LINKS_TAB: _("Links"),
            REPORTS: _("Cited by") if self.kind is Kind.REPORT else _("Intelligence"),
            SCORES: _("Scores"),
            STANDING: _("Status"),
            ON_FILE: _("On file"),
            PLAN: _("4P plan"),
            HISTORY: _("History"),
        }
        shown = {*self.stack.offered, *((PLAN,) if self.kind is Kind.OCG else ())}
        return tuple((key, title) for key, title in titles.items() if key in shown)

    def show(self, found: Dossier, *, refused: str) -> dict[str, int]:
        """Show a dossier in the parts made; return how many rows the parts that count hold.

        ``refused`` says why nothing can be changed.
        """
        self._found, self._refused = found, refused
        for key in self.stack.offered:
            if self.stack.has_made(key):
                self._fill(key)
        counts = {
            MEMBERS: len(self._members(found)),
            LINKS_TAB: len(self._links(found)),
            REPORTS: len(found.citing if self.kind is Kind.REPORT else found.reports),
            SCORES: len(found.assessments),
            LEDGER: sum(isinstance(item.link, Attribution) for item in found.links),
            ON_FILE: sum(len(found.hanging.of(kind)) for kind in kinds_for(self.kind)),
        }
        return {key: count for key, count in counts.items() if key in self.stack.offered}

    def _makers(self) -> list[tuple[str, Callable[[QWidget], QWidget]]]:
        made: list[tuple[str, Callable[[QWidget], QWidget]]] = [
            (OVERVIEW, partial(Overview, self.kind, self._today))
        ]
        if self.kind in {Kind.OCG, Kind.NOMINAL}:
            made.append((MEMBERS, self._make_members))
        if self.kind in SUBJECTS:
            made.append((LINKS_TAB, partial(_make_links, has_events=self.kind in _EVENTFUL)))
        if self.kind in SUBJECTS or self.kind is Kind.REPORT:
            made.append((REPORTS, self._make_reports))
        if self.kind is Kind.HANDLE:
            made.insert(1, (LEDGER, LedgerPart))
        if self.kind is Kind.OCG:
            made += [(SCORES, ScoresPart), (STANDING, StandingPart)]
        if kinds_for(self.kind):
            made.append((ON_FILE, partial(SubsPart, kinds_for(self.kind), self._today)))
        return [*made, (HISTORY, HistoryPart)]

    def _fill(self, key: str) -> None:
        found = self._found
        if found is None:
            return
        if key == OVERVIEW:
            self.overview.show_dossier(found, refused=self._refused)
        elif key == REPORTS:
            self._show_reports(found)
        elif key == ON_FILE:
            self.on_file.show_subs(found.hanging, refused=self._refused)
        elif key in {CASE, LEDGER}:
            part = self.stack.part(key)
            assert isinstance(part, CasePart | LedgerPart)  # noqa: S101 - as it was offered
            part.show_dossier(found, refused=self._refused)
        elif key in {SCORES, STANDING}:
            part = self.stack.part(key)
            assert isinstance(part, ScoresPart | StandingPart)  # noqa: S101 - as it was offered
            part.show_dossier(found, refused=self._refused, today=self._today)
        elif key in LINKING:
            self._show_links(key, found)

    def _make_members(self, parent: QWidget) -> TablePart:
        of_ocg = self.kind is Kind.OCG
        return _link_part(
            record_tables.member_columns({}, exploited=False, of_ocg=of_ocg),
            _("Members") if of_ocg else _("Memberships"),
            _("No member recorded. An OCG needs three.") if of_ocg else _("In no OCG."),
            _("Add member") if of_ocg else _("Add membership"),
            parent,
        )

    def _make_reports(self, parent: QWidget) -> TablePart:
        made = TablePart(
            self._report_columns({}),
            name=_("Intelligence"),
            empty=_("No report is named for this record or its links."),
            parent=parent,
        )
        if self.kind is Kind.REPORT:
            made.add_button(FIND, _("Find in text"), "action.search")
        return made

    def _members(self, found: Dossier) -> tuple[Linked, ...]:
        return found.memberships if MEMBERS in self.stack.offered else ()

    def _links(self, found: Dossier) -> tuple[Linked, ...]:
        return found.others if MEMBERS in self.stack.offered else found.links

    def _show_links(self, key: str, found: Dossier) -> None:
        part = self.table(key)
        if key == MEMBERS:
            part.rows.columns = record_tables.member_columns(
                found.reports, exploited=found.is_exploited, of_ocg=self.kind is Kind.OCG
            )
        else:
            part.rows.columns = record_tables.link_columns(found.reports)
        rows = self._members(found) if key == MEMBERS else self._links(found)
        part.show_rows(rows, _link_id)
        if self._refused:
            part.refuse(self._refused)
        else:
            part.allow()

    def _show_reports(self, found: Dossier) -> None:
        part = self.table(REPORTS)
        part.bar_one(FIND, self._refused)
        if self.kind is Kind.REPORT:
            part.show_rows(found.citing, _thing_id)
            return
        uses: dict[UUID, int] = {}
        for item in found.links:
            for report in item.link.reports:
                uses[report] = uses.get(report, 0) + 1
        part.rows.columns = self._report_columns(uses)
        part.show_rows(found.newest_reports, _thing_id)

    def _report_columns(self, uses: dict[UUID, int]) -> Any:
        if self.kind is Kind.REPORT:
            return record_tables.brief_columns()
        return record_tables.report_columns(uses)


def _link_id(item: Linked) -> UUID:
    return item.link.id


def _thing_id(item: Any) -> UUID:
    found: UUID = item.id
    return found


def _make_links(parent: QWidget, *, has_events: bool) -> TablePart:
    columns = record_tables.link_columns({})
    made = _link_part(columns, _("Links"), _("No link recorded."), _("Add link"), parent)
    made.add_button(EVENTS, _("Events"), "action.rows")
    if has_events:
        made.add_button(ALL_EVENTS, _("All events"), "action.rows")
    return made


def _link_part(columns: Any, name: str, empty: str, add: str, parent: QWidget) -> TablePart:
    made = TablePart(columns, name=name, empty=empty, parent=parent)
    made.add_button("add", add, "action.add", "Ins")
    made.add_button("edit", _("Edit"), "action.edit", "F2")
    made.add_button("remove", _("Remove"), "action.delete", "Del")
    return made
