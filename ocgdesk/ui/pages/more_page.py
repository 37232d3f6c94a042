"""More lists: what hangs on the records, each kind in a table of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.kinds import SUBRECORDS, Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _
from ocgdesk.store import records
from ocgdesk.ui import words
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.notes import ErrorBanner
from ocgdesk.ui.widgets.values import NONE, Heading, Status, Text

LISTED: Final = (
    *(kind for kind in SUBRECORDS if kind is not Kind.RISK_FACTOR),
    *(Kind.ASSIGNMENT, Kind.OBJECTIVE, Kind.ACTION),
)
"""Risk factors are left out: they are prompts on the record only, never a list of people."""

_ABOUT: Final = {
    Kind.ASSESSMENT: N_("Scores of OCGs and lines, each as it was made"),
    Kind.DECISION: N_("Entries of the decision and policy logs"),
    Kind.NOTE: N_("Working notes; intelligence belongs in a graded report"),
    Kind.ATTACHMENT: N_("Files and photographs kept inside the workspace"),
    Kind.MARKER: N_("Warning markers with source and review date"),
    Kind.INVOLVEMENT: N_("As what a person is on record, in what, from when to when"),
    Kind.ORDER: N_("Court orders and management schemes with their expiry"),
    Kind.CUSTODY: N_("Remand, sentence, recall, and the release that ends it"),
    Kind.SAFEGUARDING: N_("What is done for people recorded as exploited"),
    Kind.COURT_STEP: N_("Arrests, charges, court dates and sentences"),
    Kind.THREAT_WARNING: N_("Threat-to-life warnings with their review"),
    Kind.GAIN_REFERRAL: N_("Questions to partners through GAIN, and the answers"),
    Kind.CHECK_BACK: N_("Days on which closed lines are tried again"),
    Kind.ASSIGNMENT: N_("Who is LRO, SIO or SRO of which OCG, from when to when"),
    Kind.OBJECTIVE: N_("What each strand of a 4P plan is to achieve"),
    Kind.ACTION: N_("Who does what under a 4P plan, by when"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its kind and how many rows the user would see."""

    kind: Kind
    count: int

    @property
    def hangs_on(self) -> str:
        """The kinds of record that own its rows, in words."""
        cls = class_of(self.kind)
        owners = cls.owners if issubclass(cls, Entity) else ()
        if len(owners) > 3:
            return _("Any record")
        return ", ".join(words.one(owner) for owner in owners) or NONE


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("List")),
            cell=lambda row: Status(words.many(row.kind), words.icon_of(row.kind)),
            order=lambda row: words.many(row.kind).casefold(),
            width=220,
        ),
        Column(
            heading=Heading(title=_("What it holds")),
            cell=lambda row: Text(_(_ABOUT[row.kind]), "text.2"),
            order=lambda row: _(_ABOUT[row.kind]),
            width=320,
            stretch=3,
            yields=1,
        ),
        Column(
            heading=Heading(title=_("Belongs to")),
            cell=lambda row: Text(row.hangs_on, "text.2"),
            order=lambda row: row.hangs_on,
            width=160,
            yields=2,
        ),
        Column(
            heading=Heading(title=_("Rows"), align="right"),
            cell=lambda row: Text(f"{row.count:,}", align="right"),
            order=lambda row: row.count,
            width=90,
            stretch=0,
        ),
    )


class MorePage(AskingPage):
    """Lists the lists; Enter or a double click opens one."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("More lists")
        self.icon = "page.other"
        self.model = ShortTable(_columns())
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        """Ask how many rows each list has."""
        return partial(records.counts, kinds=LISTED)

    def _build(self) -> None:
        self.header = PageHeader(self.title, _("What hangs on the records, kind by kind"))
        self.error = ErrorBanner(parent=self)
        self.table = ShortTableView(self.model, name=self.title)
        body = PageBody(spacing=0, foot=0)
        body.column.addWidget(self.error)
        body.column.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(body, 1)

    def _wire(self) -> None:
        self.table.opened.connect(self._on_opened)
        self.table.opened_aside.connect(self._on_opened_aside)
        self.error.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)

    def show_answer(self, counts: Mapping[Kind, int]) -> None:
        self.error.say("")
        kept = self.table.currentIndex().row()
        self.model.show_rows([Listed(kind, counts.get(kind, 0)) for kind in LISTED])
        self.table.setCurrentIndex(self.model.index(max(0, kept), 0))
        self.told.emit((_("{n} lists").format(n=len(LISTED)),))

    def _go(self, row: int, *, aside: bool) -> None:
        kind = self.model.rows[row].kind
        self.opened.emit(Target(page=PageKind.REGISTER, kind=kind), aside)

    def _on_opened(self, row: int) -> None:
        self._go(row, aside=False)

    def _on_opened_aside(self, row: int) -> None:
        self._go(row, aside=True)

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*LISTED):
            self.ask_again()

    def show_failure(self, error: DeskError) -> None:
        self.error.say(str(error), _("Try again"))
