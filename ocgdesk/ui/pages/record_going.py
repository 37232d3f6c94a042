"""Where one goes from a record: to what it is linked to, to a report, to its plan, to a chart."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ocgdesk.domain.kinds import Kind
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.register_parts import targets


class Going(QObject):
    """Turns what was clicked on a record's page into targets."""

    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted even if one is there."""

    def __init__(self, desk: Desk, id_: UUID, kind: Kind, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._id = id_
        self._kind = kind

    def to_record(self, brief: Brief) -> None:
        """Open a record, or a saved chart."""
        is_chart = brief.kind is Kind.CHART
        page = PageKind.CHART if is_chart else PageKind.RECORD
        kind = None if is_chart else brief.kind
        self.opened.emit(Target(page=page, kind=kind, id=brief.id), False)

    def to_other_end(self, item: Linked) -> None:
        """Open the record at the other end of a link."""
        self.to_record(item.other)

    def to_report(self, id_: UUID) -> None:
        """Open a report."""
        self.opened.emit(Target(page=PageKind.RECORD, kind=Kind.REPORT, id=id_), False)

    def to_row(self, row: Any) -> None:
        """Open a row of the table of reports: a report, or who cites this one."""
        if isinstance(row, Brief):
            self.to_record(row)
        else:
            self.to_report(row.id)

    def to_chart(self) -> None:
        """Draw a new chart round this record."""
        self.opened.emit(Target(page=PageKind.CHART, focus=(self._id,)), False)

    def to_timeline(self) -> None:
        """Draw the line of this record and of those round it."""
        self.opened.emit(Target(page=PageKind.TIMELINE, focus=(self._id,)), False)

    def to_resting(self) -> None:
        """List the papers and the figures that rest on this record."""
        target = Target(page=PageKind.BRIEFINGS, kind=self._kind, id=self._id, tab="register")
        self.opened.emit(target, False)

    def to_analysis(self) -> None:
        """Rank what is round this record."""
        target = Target(page=PageKind.ANALYSIS, kind=self._kind, id=self._id)
        self.opened.emit(target, False)

    def to_plan(self, number: int | None) -> None:
        """Go to the plan of the OCG, or of the OCG that this record, by its number, belongs to."""
        if self._kind is Kind.OCG:
            self.opened.emit(Target(page=PageKind.PLAN, id=self._id), False)
        elif number is not None:
            query = partial(targets, kind=self._kind, numbers=[number])
            self._desk.ask(query, self._to_all)

    def _to_all(self, found: list[Target]) -> None:
        for target in found:
            self.opened.emit(target, False)
