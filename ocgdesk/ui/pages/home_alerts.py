"""OCGs newly linked to ones that somebody else answers for, on the home page."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import deconfliction
from ocgdesk.casework.deconfliction import Alert, Side
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import planning
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui import overlaps
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.home_recent import when
from ocgdesk.ui.pages.home_section import HomeSection
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct
from ocgdesk.ui.widgets.values import Text

MOST: Final = 5
"""Alerts shown here; the analysis page has the rest."""
NEWEST: Final = 500
"""Links that are looked at, the newest: the page is shown again after each edit."""


_TOUCHING: Final = (*LINKS, Kind.ASSIGNMENT, Kind.PAIRING)


def read(reader: Reader, today: datetime) -> tuple[Alert, ...]:
    """Return what concerns the reader's own OCGs; all, where they are LRO or SIO of none."""
    found = deconfliction.alerts(reader, today=today.date(), most=NEWEST)
    if not planning.ocgs_of(reader, reader.user.id, today.date()):
        return found
    return tuple(alert for alert in found if alert.is_mine)


class HomeAlerts(HomeSection):
    """A section of the home page; it is not there where nothing was newly linked."""

    listed = Signal()
    """All alerts are to be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        section = CaseSection(
            _("Newly linked to OCGs of others"),
            _columns(),
            empty="",
            acts=(
                SectionAct(key="dismiss", title=_("Dismiss with reason"), of_row=True),
                SectionAct(key="list", title=_("Deconfliction"), icon="page.analysis"),
            ),
            icon="page.analysis",
        )
        super().__init__(desk, section, touching=_TOUCHING, parent=parent)
        section.acted.connect(self._on_acted)

    def question(self) -> Callable[[Reader], tuple[Alert, ...]]:
        return partial(read, today=datetime.now(UTC))

    def refresh(self) -> None:
        if self.desk.user.may(Right.READ):
            super().refresh()

    def answered(self, found: Sequence[Alert]) -> None:
        note = ngettext(
            "{n} in the last {days} days", "{n} in the last {days} days", len(found)
        ).format(n=f"{len(found):,}", days=deconfliction.USUAL_DAYS)
        self.show_rows(found[:MOST], note)

    def of(self, row: Alert) -> Brief:
        return row.one.ocg

    def _on_acted(self, key: str, row: object) -> None:
        if key == "dismiss" and isinstance(row, Alert):
            self.dialog = overlaps.asking(self.desk, row, self.window())
        elif key == "list":
            self.listed.emit()


def _columns() -> tuple[Column, ...]:
    now = partial(datetime.now, UTC)

    def label(side: Side) -> str:
        return side.ocg.label.casefold()

    return (
        column(_("OCG"), lambda a: entity(a.one.ocg), lambda a: label(a.one), 170, stretch=2),
        column(_("And"), lambda a: entity(a.two.ocg), lambda a: label(a.two), 170, stretch=2),
        column(_("Through"), lambda a: Text(", ".join(b.label for b in a.through)),
               lambda a: a.through[0].label, 200, stretch=3),
        column(_("Act"), lambda a: Text(f"{_(a.act)} · {a.by}".strip(" ·"), "text.2"),
               lambda a: a.act, 180, stretch=2, yields=1),
        column(_("When"), lambda a: Text(when(a.at, now()), "text.2"), lambda a: a.at, 110),
    )  # fmt: skip
