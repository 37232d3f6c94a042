"""Caseload: how many operations each unit has in each phase."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ocgdesk.casework import tasking_book
from ocgdesk.casework.tasking_book import Load
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.listing import Filter, ListQuery, Test
from ocgdesk.store.reader import Reader
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_case_parts import CaseSection, text
from ocgdesk.ui.pages.tasking_parts import TaskingPart
from ocgdesk.ui.widgets.values import Cell, Text

_TALL: Final = 18


class CaseloadPart(TaskingPart):
    """One row a unit; a row opens the operations that are counted in it."""

    TOUCHED = (Kind.OPERATION,)

    def build(self) -> None:
        section = CaseSection(
            _("Operations by unit and phase"),
            _columns(),
            empty=_("No operation is recorded. Add one, or import a list."),
            icon="entity.operation",
            tall=_TALL,
        )
        self.add_section("units", section)
        section.opened.connect(self._on_opened)

    def summary(self) -> str:
        found: tuple[Load, ...] | None = self.found
        if found is None:
            return ""
        count = sum(load.open for load in found)
        said = ngettext("{n} operation open", "{n} operations open", count)
        return f"{said.format(n=f'{count:,}')} · {_('counts of cases, not of the work in them')}"

    def query(self) -> Callable[[Reader], Any]:
        return tasking_book.caseload

    def fill(self, found: tuple[Load, ...]) -> None:
        units = ngettext("{n} unit", "{n} units", len(found)).format(n=len(found))
        self.sections["units"].show_rows(found, units)

    def _on_opened(self, row: Load) -> None:
        filters = tuple(
            Filter(name, Test.IS, (value,)) if value else Filter(name, Test.EMPTY)
            for name, value in (("agency", row.agency), ("unit", row.unit))
        )
        query = ListQuery(kind=Kind.OPERATION, filters=filters)
        self.gone.emit(Target(page=PageKind.REGISTER, kind=Kind.OPERATION, query=query))


def _columns() -> tuple[Column, ...]:
    return (
        column(_("Agency"), lambda u: text(label("agencies", u.agency)), lambda u: u.agency, 200,
               stretch=2),
        column(_("Unit"), lambda u: text(u.unit, "text.2"), lambda u: u.unit.casefold() or None,
               220, stretch=2),
        *(
            column(words, partial(_count, code), partial(_number, code), 110, align="right")
            for code, words in tasking_book.phases()
        ),
        column(_("Open"), lambda u: Text(f"{u.open:,}", align="right", strong=True),
               lambda u: u.open, 90, align="right"),
    )  # fmt: skip


def _number(code: str, unit: Load) -> int:
    return unit.phases.get(code, 0)


def _count(code: str, unit: Load) -> Cell:
    count = _number(code, unit)
    return Text(f"{count:,}" if count else "–", "text" if count else "text.3", align="right")
