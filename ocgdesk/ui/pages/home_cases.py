"""What falls due in cases: check-backs, threats to look at again, releases, referrals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import cases
from ocgdesk.store.cases import Prompt
from ocgdesk.store.falling_due import WEEK
from ocgdesk.store.reader import Reader
from ocgdesk.ui import words
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.home_section import HomeSection
from ocgdesk.ui.pages.record_case_parts import CaseSection, due
from ocgdesk.ui.widgets.values import Cell, Chip, Status, Text

PATIENCE: Final = timedelta(days=14)
"""A referral that waits longer is shown (local default)."""
MOST: Final = 50
_TOUCHING: Final = (
    *(Kind.CHECK_BACK, Kind.THREAT_WARNING, Kind.GAIN_REFERRAL),
    *(Kind.COUNTY_LINE, Kind.OPERATION, Kind.CUSTODY),
)


@dataclass(frozen=True, slots=True)
class Falling:
    """What is due, soonest first, and whether there is more than is listed."""

    prompts: tuple[Prompt, ...]
    is_cut: bool


def read(reader: Reader, today: date) -> Falling:
    """Return what is due in the next seven days, releases too, and referrals that wait too long."""
    found = [
        *cases.check_backs_due(reader, today + WEEK, limit=MOST),
        *cases.warnings_due(reader, today + WEEK, limit=MOST),
        *cases.releases_due(reader, today, today + WEEK, limit=MOST),
        *(p for p in cases.referrals_waiting(reader, limit=MOST) if _is_late(p, today)),
    ]
    found.sort(key=lambda prompt: prompt.due or date.min)
    return Falling(tuple(found[:MOST]), len(found) > MOST)


def _is_late(prompt: Prompt, today: date) -> bool:
    return prompt.due is None or today - prompt.due > PATIENCE


class HomeCases(HomeSection):
    """A section of the home page; it is not there where nothing is due."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        section = CaseSection(
            _("Due in cases"), _columns(desk.today()), empty="", icon="entity.operation"
        )
        super().__init__(desk, section, touching=_TOUCHING, parent=parent)

    def question(self) -> Callable[[Reader], Falling]:
        return partial(read, today=self.desk.today())

    def answered(self, found: Falling) -> None:
        count = len(found.prompts)
        told = ngettext("{n}, soonest first", "{n}, soonest first", count).format(n=count)
        cut = _("the first {n}, soonest first").format(n=count)
        self.show_rows(found.prompts, cut if found.is_cut else told)


def _name(row: Prompt) -> str:
    """Return what is due in words."""
    if row.kind is Kind.CHECK_BACK:
        return words.one(row.kind)
    if row.kind is Kind.CUSTODY:
        return _("Release from custody")
    if row.kind is Kind.GAIN_REFERRAL:
        return _("GAIN: {partner}").format(partner=row.what.label)
    return row.what.label


def _columns(today: date) -> tuple[Column, ...]:
    def what(row: Prompt) -> Cell:
        return Status(_name(row), words.icon_of(row.kind))

    def when(row: Prompt) -> Cell:
        if row.kind is Kind.GAIN_REFERRAL:
            days = (today - row.due).days if row.due else 0
            said = ngettext("Waiting {n} day", "Waiting {n} days", days).format(n=days)
            return Chip(said if row.due else _("Waiting"), "due", "status.waiting")
        return due(row.due, today)

    return (
        column(_("What"), what, lambda p: p.kind.value, 220, stretch=2),
        column(_("Of"), lambda p: entity(p.of), lambda p: p.of.label.casefold(), 240, stretch=3),
        column(_("When"), when, lambda p: p.due, 220, stretch=1),
        column(_("Reference"), lambda p: Text(p.of.ref, "text.3", mono=True), lambda p: p.of.ref,
               180, yields=1),
    )  # fmt: skip
