"""Which parts the page of a kind of record has, and what they show of a dossier."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.i18n import _
from ocgdesk.store.records import Linked
from ocgdesk.ui.pages import record_tables
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.pages.record_tabs import HistoryPart, Overview, TablePart

OVERVIEW: Final = "overview"
MEMBERS: Final = "members"
LINKS_TAB: Final = "links"
REPORTS: Final = "intelligence"
PLAN: Final = "plan"
HISTORY: Final = "history"


class RecordParts:
    """The parts below the tabs: ``widgets`` by key, stacked in ``stack``."""

    def __init__(self, kind: Kind, today: date) -> None:
        self.kind = kind
        self.overview = Overview(kind, today)
        self.stack = QStackedWidget()
        self._make_links()
        self.reports = TablePart(
            self._report_columns({}),
            name=_("Intelligence"),
            empty=_("No report is named for any link of this record."),
        )
        self.history = HistoryPart()
        self.widgets: dict[str, QWidget] = {OVERVIEW: self.overview}
        if kind in {Kind.OCG, Kind.NOMINAL}:
            self.widgets[MEMBERS] = self.members
        if kind in SUBJECTS:
            self.widgets[LINKS_TAB] = self.links
        if kind in SUBJECTS or kind is Kind.REPORT:
            self.widgets[REPORTS] = self.reports
        self.widgets[HISTORY] = self.history
        for part in self.widgets.values():
            self.stack.addWidget(part)
        for spare in {self.members, self.links, self.reports} - set(self.widgets.values()):
            spare.setParent(self.stack)
            spare.hide()

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the tabs with their titles, from left to right."""
        titles = {
            OVERVIEW: _("Overview"),
            MEMBERS: _("Members") if self.kind is Kind.OCG else _("Memberships"),
            LINKS_TAB: _("Links"),
            REPORTS: _("Cited by") if self.kind is Kind.REPORT else _("Intelligence"),
            PLAN: _("4P plan"),
            HISTORY: _("History"),
        }
        shown = {*self.widgets, *((PLAN,) if self.kind is Kind.OCG else ())}
        return tuple((key, title) for key, title in titles.items() if key in shown)

    def show(self, found: Dossier) -> dict[str, int]:
        """Fill the tables; return how many rows the parts that count hold."""
        counts = self._show_links(found) | {REPORTS: self._show_reports(found)}
        return {key: count for key, count in counts.items() if key in self.widgets}

    def _make_links(self) -> None:
        of_ocg = self.kind is Kind.OCG
        none = _("No member recorded. An OCG needs three.") if of_ocg else _("In no OCG.")
        self.members = _link_part(
            record_tables.member_columns({}, exploited=False, of_ocg=of_ocg),
            _("Members") if of_ocg else _("Memberships"),
            none,
            _("Add member") if of_ocg else _("Add membership"),
        )
        self.links = _link_part(
            record_tables.link_columns({}), _("Links"), _("No link recorded."), _("Add link")
        )

    def _show_links(self, found: Dossier) -> dict[str, int]:
        apart = MEMBERS in self.widgets
        members = found.memberships if apart else ()
        others = found.others if apart else found.links
        self.members.rows.columns = record_tables.member_columns(
            found.reports, exploited=found.is_exploited, of_ocg=self.kind is Kind.OCG
        )
        self.links.rows.columns = record_tables.link_columns(found.reports)
        self.members.show_rows(members, _link_id)
        self.links.show_rows(others, _link_id)
        return {MEMBERS: len(members), LINKS_TAB: len(others)}

    def _show_reports(self, found: Dossier) -> int:
        if self.kind is Kind.REPORT:
            self.reports.show_rows(found.citing, _thing_id)
            return len(found.citing)
        uses: dict[UUID, int] = {}
        for item in found.links:
            for report in item.link.reports:
                uses[report] = uses.get(report, 0) + 1
        self.reports.rows.columns = self._report_columns(uses)
        newest = sorted(found.reports.values(), key=lambda r: str(r.reported or ""), reverse=True)
        self.reports.show_rows(newest, _thing_id)
        return len(newest)

    def _report_columns(self, uses: dict[UUID, int]) -> Any:
        if self.kind is Kind.REPORT:
            return record_tables.brief_columns()
        return record_tables.report_columns(uses)


def _link_id(item: Linked) -> UUID:
    return item.link.id


def _thing_id(item: Any) -> UUID:
    found: UUID = item.id
    return found


def _link_part(columns: Any, name: str, empty: str, add: str) -> TablePart:
    made = TablePart(columns, name=name, empty=empty)
    made.add_button("add", add, "action.add", "Ins")
    made.add_button("edit", _("Edit"), "action.edit", "F2")
    made.add_button("remove", _("Remove"), "action.delete", "Del")
    return made
