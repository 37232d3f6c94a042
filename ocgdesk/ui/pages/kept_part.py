"""Results that were kept: what was computed, as at when, and whether it still holds."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_theming, results
from ocgdesk.casework.results import Draft, Holds, Shown
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.results import Result
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages.network_part import NetworkPart, PartWords
from ocgdesk.ui.pages.network_says import Part
from ocgdesk.ui.widgets.buttons import Button, outline, text_button
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.values import Cell, Heading, Status, Text

_ROWS = 8


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One kept result in the list."""

    result: Result
    holds: bool
    owner: Brief | None


class KeptPart(NetworkPart):
    """The list above, the table of the chosen one below."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            target,
            PartWords(
                title=_("Kept results"),
                basis=_("As they were computed; each says whether it still holds"),
                verb=_("Read again"),
                prompt=_("No result was kept yet. Compute one and press Keep result."),
                task="",
            ),
            parent,
        )
        self._build()
        self._wire()
        self.refresh()

    def extras(self) -> tuple[Button, ...]:
        self.remove_button = text_button(_("Remove"), icon="action.delete", height="header")
        self.colour_button = outline(_("Colour chart"), icon="action.format")
        return (self.remove_button, self.colour_button)

    def ask(self) -> None:
        self.listen(self.desk.run(_("Read kept results"), _read, self._show_list))

    def draft(self) -> Draft | None:
        return None

    def renew(self) -> None:
        super().renew()
        self.keep_button.refuse(_("It is kept already"))
        self._renew_colour()

    def _renew_colour(self) -> None:
        is_ranking = self.found is not None and self.found.result.task == chart_theming.RANKING
        if not self.desk.may(Right.CHART):
            self.colour_button.refuse(_("Your roles do not allow this."))
        else:
            why = _("Only a ranking can colour a chart: choose a result of Measures")
            self._allow(self.colour_button, is_ranking, why)

    def _on_colour(self) -> None:
        """Colour the chart the result was asked of by it, or a new one of what it ranks."""
        row: KeptRow | None = self.view.row()
        if row is None:
            return
        theme = chart_theming.theme_of(row.result)
        owner = row.owner
        chart = owner.id if owner is not None and owner.kind is Kind.CHART else None
        if chart is not None:
            act = partial(_put, chart=chart, theme=theme)
            if not self.desk.do(_("Colour chart by result"), act, right=Right.CHART):
                return
        self.open_coloured(theme, self.charted(), chart)

    def charted(self) -> tuple[UUID, ...]:
        return tuple(brief.id for brief in self.found.records.values()) if self.found else ()

    def says(self) -> tuple[Any, ...]:
        found: Shown = self.found
        result = found.result
        when = f"{result.computed.astimezone(LONDON):%d %b %Y %H:%M}" if result.computed else ""
        first = (_("Computed {when}, at entry {n} of the journal.").format(
            when=when, n=f"{result.entry:,}"
        ), found.state)  # fmt: skip
        pieces = (result.head[at : at + 8] for at in range(0, len(result.head), 8))
        head: Part = (_("Journal head"), (" ".join(pieces),))
        return (result.title, first, (_("How it was read, and what it rests on"), found.said), head)

    def _build(self) -> None:
        self.bar.hide()
        self.keep_button.hide()
        self.when_button.hide()
        self.list = ShortTable(_columns())
        self.view = ShortTableView(self.list, name=self.title, density=Density.STANDARD)
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=_("Result"), density=Density.COMPACT)
        self.inside.addWidget(self.view)
        self.inside.addWidget(Rule(role="line.2"))
        self.inside.addWidget(self.table, 1)

    def _wire(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.remove_button.clicked.connect(self._on_remove)
        self.colour_button.clicked.connect(self._on_colour)

    def _show_list(self, rows: tuple[KeptRow, ...]) -> None:
        self._asked = None
        self.list.show_rows(rows)
        self.view.setFixedHeight(self.view.wanted_height(_ROWS))
        self.view.share()
        n = len(rows)
        words = ngettext("{n} result kept", "{n} results kept", n).format(n=f"{n:,}")
        self.header.set_subtitle(f"{words} · {self.words.basis}")
        if rows:
            self.stack.setCurrentIndex(0)
            self.view.setCurrentIndex(self.list.index(0, 0))
        else:
            self.answer(None, self.words.basis, self.words.prompt)
        self._allow(
            self.remove_button, bool(rows) and self.desk.may(Right.CHART), _("Nothing to remove")
        )

    def _on_row(self) -> None:
        row: KeptRow | None = self.view.row()
        if row is not None:
            query = partial(results.show, id_=row.result.id)
            self.listen(self.desk.ask(query, self._show))

    def _show(self, found: Shown) -> None:
        self.model.show_columns(_table_columns(found))
        self.model.show_rows([(found, row) for row in found.table.rows])
        self.table.share()
        self.answer(found, self.header.subtitle.text())
        if found.holds:
            self.note.say("")
        else:
            self.note.say(found.state, tone="due")

    def _on_opened(self, at: int) -> None:
        found, row = self.model.rows[at]
        if brief := _first(found, row):
            self.open_record(brief)

    def _on_remove(self) -> None:
        row: KeptRow | None = self.view.row()
        if row is not None:
            act = partial(_remove, id_=row.result.id)
            self.desk.do(_("Remove result"), act, right=Right.CHART)

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(Kind.RESULT):
            self.refresh()
        elif self.found is not None:
            super()._on_changed(changed)


def _read(reader: Reader, _progress: object) -> tuple[KeptRow, ...]:
    found = results.of(reader)
    owners = records.by_ids(reader, [one.owner for one in found if one.owner is not None])
    return tuple(
        KeptRow(one, results.holds(reader, one), owners.get(one.owner) if one.owner else None)
        for one in found
    )


def _remove(work: Work, *, id_: UUID) -> None:
    results.remove(work, id_)


def _put(work: Work, *, chart: UUID, theme: Theme) -> None:
    chart_theming.put(work, chart, theme)


def _columns() -> tuple[Column, ...]:
    return (
        _column(_("Result"), lambda row: Text(row.result.title, strong=True), 220, 3),
        _column(_("Analysis"), lambda row: Text(label("analyses", row.result.task)), 130, 1),
        _column(_("Kept with"), _owner, 150, 2),
        _column(_("Computed"), _when, 140, 1),
        _column(_("State"), _state, 150, 1),
    )


def _column(title: str, cell: Any, width: int, stretch: int) -> Column:
    return Column(
        heading=Heading(title=title), cell=cell, order=_by_entry, width=width, stretch=stretch
    )


def _by_entry(row: KeptRow) -> int:
    return row.result.entry


def _owner(row: KeptRow) -> Cell:
    return entity(row.owner) if row.owner is not None else Text(_("The whole register"), "text.2")


def _when(row: KeptRow) -> Cell:
    at = row.result.computed
    return Text(f"{at.astimezone(LONDON):%d %b %Y %H:%M}" if at else "–", "text.2")


def _state(row: KeptRow) -> Cell:
    if row.holds:
        return Status(_("Holds"), "status.ok", "ok")
    return Status(_("Register has changed"), "status.due", "due")


def _table_columns(found: Shown) -> tuple[Column, ...]:
    return tuple(_table_column(found, at) for at in range(len(found.table.columns)))


def _table_column(found: Shown, at: int) -> Column:
    column = found.table.columns[at]
    is_figure = column.holds is Holds.FIGURE

    def cell(row: Any) -> Cell:
        return Text(found.cell(at, row[1][at]), align="right" if is_figure else "left")

    def order(row: Any) -> Any:
        value = row[1][at]
        return value if is_figure else found.cell(at, value).casefold()

    return Column(
        heading=Heading(title=column.title, align="right" if is_figure else "left"),
        cell=cell,
        order=order,
        width=84 if is_figure else 180,
        stretch=0 if is_figure else 3,
    )


def _first(found: Shown, row: tuple[Any, ...]) -> Brief | None:
    for column, value in zip(found.table.columns, row, strict=True):
        if column.holds is Holds.RECORDS:
            known = (found.records.get(id_) for id_ in str(value or "").split())
            if brief := next((one for one in known if one is not None), None):
                return brief
    return None
