"""The reports something rests on: found as one types, shown as chips, taken away again."""

from collections.abc import Iterable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.chip_picker import ChipPicker
from ocgdesk.ui.forms.finder import Finder, briefs
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.values import Heading, Text

_FOUND: Final = 12
_GAP: Final = 6


class ReportPicker(ChipPicker):
    """A search box over reports, what it found, and a chip for each report chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._unknown: tuple[UUID, ...] = ()
        """Reports that were named before and could not be read again: they stay."""
        self._reading: Job | None = None
        finder = Finder(
            desk,
            _search,
            _columns(),
            prompt=_("Find a report by reference, title or words in it"),
            name=_("Reports found"),
            nothing=_("No report found. Try fewer letters."),
            spacing=_GAP,
            passes=self._is_open,
            parent=self,
        )
        self.build(_("Rests on"), finder, spacing=_GAP)

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The ids of the reports chosen."""
        return (*self._unknown, *self.chosen)

    def show_ids(self, ids: Iterable[UUID]) -> None:
        """Show the reports something rests on by now."""
        wanted = tuple(ids)
        self._unknown = wanted
        if wanted:
            self._reading = self.desk.ask(partial(_read, ids=wanted), self._show_chosen)

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return self._reading is None and super().ready()

    def chip(self, one: Report) -> FilterChip:
        """Return the chip of a report: its grading and reference, with its title as a tip."""
        chip = FilterChip(Filter(str(one.id), _words(one)))
        chip.setToolTip(one.title)
        chip.setAccessibleDescription(one.title)
        return chip

    def _is_open(self, report: Report) -> bool:
        """Tell whether a report found is not chosen yet."""
        return report.id not in self.chosen

    def _show_chosen(self, found: list[Report]) -> None:
        self._reading = None
        known = {report.id: report for report in found}
        self._unknown = tuple(id_ for id_ in self._unknown if id_ not in known)
        self.chosen = known | self.chosen
        self.show_chips()


def _search(reader: Reader, text: str) -> list[Report]:
    found = briefs(reader, text, kinds=(Kind.REPORT,), most=_FOUND)
    return _reports(reader, [report.no for report in found])


def _read(reader: Reader, ids: tuple[UUID, ...]) -> list[Report]:
    numbers = reader.numbers(ids)
    return _reports(reader, [numbers[id_] for id_ in ids if id_ in numbers])


def _reports(reader: Reader, numbers: list[int]) -> list[Report]:
    return [thing for thing in reader.load(numbers) if isinstance(thing, Report)]


def _words(report: Report) -> str:
    name = report.ref or report.title[:40]
    return f"{looks.grade(report.grade).text}  {name}" if report.grade else name


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Grading")),
            cell=lambda item: looks.grade(item.grade) if item.grade else looks.NOTHING,
            order=lambda item: item.grade or None,
            width=80,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda item: Text(item.ref, "text.3", mono=True),
            order=lambda item: item.ref,
            width=160,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Title")),
            cell=lambda item: Text(item.title),
            order=lambda item: item.title.casefold(),
            width=180,
            stretch=4,
        ),
    )
