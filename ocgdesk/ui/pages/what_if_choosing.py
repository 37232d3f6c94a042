"""Who would be removed: ticked in the part looked at, searched for, or found as the best few."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTableView
from ocgdesk.ui.models.tick_table import TickTable
from ocgdesk.ui.widgets.buttons import outline, text_button
from ocgdesk.ui.widgets.cards import Panel, Rule
from ocgdesk.ui.widgets.inputs import Option, SearchBox, Select
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Heading, Text

_BEST = (1, 2, 3, 5, 10)
_LEAST = 5
"""Rows that are seen whatever the size of the text."""


class Chooser(Panel):
    """A list to tick, with a filter; below it how the best few are searched for."""

    changed = Signal()
    best_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self._all: tuple[Brief, ...] = ()
        self.box = SearchBox(_("Filter by name or reference"))
        self.box.setAccessibleName(_("Filter who can be removed"))
        self.model = TickTable(_columns(), lambda brief: brief.id)
        self.table = ShortTableView(
            self.model, name=_("Who would be removed"), density=Density.COMPACT
        )
        self.table.setMinimumHeight(px(28 * _LEAST))
        self.count = Label("", step="small", ink="text.2")
        self.clear_button = text_button(_("Untick all"))
        self.another_button = outline(
            _("Another option beside it"), icon="action.add", height="bar"
        )
        self.most = Select(_numbers(), name=_("How many"))
        self.most.choose("3")
        self.goal = Select(_goals(), name=_("What for"))
        self.best_button = outline(_("Find the best"), icon="action.search", height="bar")
        self._arrange()
        self.box.searched.connect(self._on_filter)
        self.model.ticked.connect(self._on_ticked)
        self.clear_button.clicked.connect(self.model.clear)
        self.best_button.clicked.connect(self.best_wanted)
        self.another_button.clicked.connect(self.another_wanted)
        self._on_ticked()

    @property
    def ids(self) -> tuple[UUID, ...]:
        """Who is ticked."""
        return tuple(self.model.on)

    def show_records(self, briefs: Sequence[Brief]) -> None:
        """Offer these to be ticked; who is ticked and still there stays so."""
        self._all = tuple(briefs)
        there = {brief.id for brief in briefs}
        gone = [brief for id_, brief in self.model.on.items() if id_ not in there]
        self._on_filter(self.box.text())
        if gone:
            self.model.tick(gone, on=False)

    def choose(self, briefs: Sequence[Brief]) -> None:
        """Tick these and nobody else."""
        self.model.on.clear()
        self.model.tick(briefs)

    def _arrange(self) -> None:
        first, last = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (first, (self.count, self.clear_button)),
            (last, (self.best_button, self.most)),
        ):
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part)
            row.addStretch(1)
        self.best_button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addWidget(self.table, 1)
        column.addLayout(first)
        column.addWidget(self.another_button)
        column.addWidget(Rule())
        column.addLayout(last)
        column.addWidget(self.goal)

    def _on_filter(self, text: str) -> None:
        words = text.casefold().split()
        shown = [
            brief
            for brief in self._all
            if all(word in f"{brief.label} {brief.ref}".casefold() for word in words)
        ]
        self.model.show_rows(shown)
        self.table.share()

    def _on_ticked(self) -> None:
        n = len(self.model.on)
        self.count.setText(ngettext("{n} ticked", "{n} ticked", n).format(n=n))
        self.clear_button.setVisible(n > 0)
        self.changed.emit()


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Remove")),
            cell=entity,
            order=lambda brief: brief.label.casefold(),
            width=110,
            stretch=1,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda brief: Text(brief.ref, "text.3", mono=True),
            order=lambda brief: brief.ref,
            width=170,
            stretch=0,
            yields=1,
        ),
    )


def _numbers() -> tuple[Option, ...]:
    return tuple(Option(str(n), str(n)) for n in _BEST)


def _goals() -> tuple[Option, ...]:
    return (
        Option("fragmentation", _("to break it up")),
        Option("reach", _("to reach most")),
    )
