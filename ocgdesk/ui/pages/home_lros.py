"""A force's LROs with what each has outstanding, for whoever looks at more than their own."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from ocgdesk.casework import lro_load, overview
from ocgdesk.casework.lro_load import Load
from ocgdesk.casework.overview import Scope
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.home_section import HomeSection
from ocgdesk.ui.pages.record_case_parts import CaseSection
from ocgdesk.ui.widgets.values import NONE, Cell, Chip, Status, Text, Tone

_TALL: Final = 12
_TOUCHING: Final = (Kind.OCG, Kind.PLAN, Kind.ACTION, Kind.ASSIGNMENT, Kind.DISRUPTION)


class HomeLros(HomeSection):
    """One row an LRO, by name and in no other order: it is no ranking."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        section = CaseSection(_("LROs"), _columns(), empty="", icon="entity.nominal", tall=_TALL)
        super().__init__(desk, section, touching=_TOUCHING, parent=parent)
        self.scope: Scope | None = None

    def show_scope(self, scope: Scope) -> None:
        """Show the LROs of this scope; none where it is the user's own OCGs."""
        if scope is not self.scope:
            self.scope = scope
            self.refresh()

    def question(self) -> Callable[[Reader], tuple[Load, ...]]:
        scope = self.scope or Scope.ALL
        agencies = overview.agencies_of(scope, self.desk.workspace.about.agency)
        return partial(lro_load.read, agencies=agencies, today=self.desk.today())

    def refresh(self) -> None:
        if self.scope in {None, Scope.MINE} or not self.desk.user.may(Right.READ):
            self.leave()
            self.hide()
            return
        super().refresh()

    def answered(self, found: Sequence[Load]) -> None:
        count = sum(bool(row.officer) for row in found)
        said = ngettext("{n}, by name", "{n}, by name", count).format(n=f"{count:,}")
        note = _("{said}; counts follow caseload, effort and outcome stand beside them")
        self.show_rows(found, note.format(said=said))

    def _on_opened(self, row: Load) -> None:
        """Go nowhere: a row is a person at work, not a record."""


def _columns() -> tuple[Column, ...]:
    return (
        column(_("LRO"), _officer, _by_name, 170, stretch=3),
        column(_("OCGs"), lambda r: _count(r.ocgs), _by_name, 70, align="right"),
        column(_("No plan"), lambda r: _hot(r.without_plan, "overdue"), _by_name, 90, yields=3),
        column(_("Late actions"), lambda r: _hot(r.late_actions, "overdue"), _by_name, 110),
        column(_("Late reviews"), lambda r: _hot(r.late_reviews, "overdue"), _by_name, 110),
        column(_("Empty strands"), lambda r: _hot(r.empty_strands, "due"), _by_name, 120),
        column(_("Actions done"), lambda r: _count(r.done), _by_name, 110, align="right",
               yields=2),
        column(_("Disruptions, 12 months"), lambda r: _count(r.disruptions), _by_name, 170,
               align="right", yields=1),
    )  # fmt: skip


def _by_name(row: Load) -> str:
    """Return what rows are ordered by, whichever heading is pressed."""
    return row.officer.casefold()


def _officer(row: Load) -> Cell:
    return Text(row.officer) if row.officer else Status(_("No LRO"), "status.warning", "overdue")


def _count(number: int) -> Cell:
    return Text(f"{number:,}" if number else NONE, "text" if number else "text.3", align="right")


def _hot(number: int, tone: Tone) -> Cell:
    """Return a count that wants looking at, with its icon; a dash for none."""
    if not number:
        return Text(NONE, "text.3")
    icon = "status.overdue" if tone == "overdue" else "status.empty"
    return Chip(f"{number:,}", tone, icon)
