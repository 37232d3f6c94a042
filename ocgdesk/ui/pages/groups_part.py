"""Groups found in the links beside the OCGs on record: who is mapped where they do not belong."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import groups, result_tables
from ocgdesk.casework.groups import Groups, Material, Question
from ocgdesk.casework.network_evidence import Without
from ocgdesk.casework.results import Draft
from ocgdesk.graph.communities import Method
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import groups_rows
from ocgdesk.ui.pages.groups_rows import Row
from ocgdesk.ui.pages.network_choice import ScopeChoice
from ocgdesk.ui.pages.network_part import NetworkPart, PartWords
from ocgdesk.ui.pages.network_says import basis
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.worker import Call

TOP: Final = 200
"""Groups and findings of each sort that are shown; the command line has all."""
_METHODS: Final = {
    Method.LEIDEN: N_("Communities (Leiden)"),
    Method.LOUVAIN: N_("Communities (Louvain)"),
    Method.CLUSTERS: N_("Clusters by binding strength"),
    Method.CLIQUES: N_("Cliques: everybody linked to everybody"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer in numbers, with the records it names."""

    found: Groups
    known: dict[int, Brief]


class GroupsPart(NetworkPart):
    """Five lists: wrong group, no group, two like one, one like two, and the groups themselves."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            target,
            PartWords(
                title=_("Groups"),
                basis=_("Groups found in the links, beside the OCGs on record"),
                verb=_("Find groups"),
                prompt=_("Choose a part of the register, then find its groups."),
                task="groups",
            ),
            parent,
        )
        self.rows: dict[str, tuple[Row, ...]] = {}
        self._build()
        self._wire()
        if self.choice.is_given:
            self.refresh()

    def ask(self) -> None:
        question = self.question()

        def read(reader: Reader, _progress: Progress) -> Material:
            return groups.gather(reader, question)

        self.listen(self.desk.run(_("Read the network"), read, self._compute))

    def question(self) -> Question:
        """Return what is asked, as the part is set."""
        without = [Without.parse(name) for name, box in self.without.items() if box.isChecked()]
        return Question(
            scope=self.at(self.choice.scope()),
            method=Method(self.method.current),
            without=tuple(without),
        )

    def draft(self) -> Draft | None:
        if self.found is None:
            return None
        owner = self.found.found.question.scope.ids[0] if self.choice.kind else None
        return result_tables.of_groups(self.found.found, self.found.known, owner=owner)

    def charted(self) -> tuple[UUID, ...]:
        row: Row | None = self.table.row() if self.found is not None else None
        return tuple(brief.id for brief in row.drawn) if row is not None else ()

    def says(self) -> tuple[Any, ...]:
        found: Groups = self.found.found
        row: Row | None = self.table.row()
        first = (row.sentence,) if row is not None else ()
        title = row.title if row is not None else self.title
        agreement = groups_rows.agreement(found)
        return (
            title,
            (*first, f"{agreement[:1].upper()}{agreement[1:]}."),
            *basis(found.settings, found.notes, found.resting, found.caveats),
        )

    def _build(self) -> None:
        self.choice = ScopeChoice(self.desk, self.target)
        self.method = Select(
            tuple(Option(one.value, _(words)) for one, words in _METHODS.items()), name=_("Method")
        )
        self.without = {
            "untested": CheckBox(_("Without untested sources")),
            "tentative": CheckBox(_("Without tentative links")),
        }
        for part in (self.choice, self.method, *self.without.values()):
            self.bar.add(part)
        segments = tuple(Segment(key, _(words)) for key, words in groups_rows.TITLES.items())
        self.lists = SegmentedControl(segments)
        holder = PageBody(spacing=0, foot=8)
        holder.column.setContentsMargins(24, 10, 24, 8)
        holder.column.addWidget(self.lists, 0, Qt.AlignmentFlag.AlignLeft)
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=self.title, density=Density.STANDARD)
        self.nothing = EmptyState("")
        self.inside.addWidget(holder)
        self.inside.addWidget(self.table, 1)
        self.inside.addWidget(self.nothing, 1)
        self.nothing.hide()

    def _wire(self) -> None:
        self.lists.chosen.connect(self._on_list)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.choice.changed.connect(self._on_set)
        self.method.chosen.connect(self._on_set)
        for box in self.without.values():
            box.toggled.connect(self._on_set)

    def _compute(self, material: Material) -> None:
        call = Call.of(groups.compute_in_numbers, material).telling()
        self.listen(self.desk.compute(_("Find groups"), call, self._name))

    def _name(self, found: Groups) -> None:
        query = partial(groups.named, found=found, top=TOP)
        self.listen(self.desk.ask(query, partial(self._show, found)))

    def _show(self, found: Groups, known: dict[int, Brief]) -> None:
        told = Told(found, known)
        self.rows = groups_rows.rows(found, known, TOP)
        self.lists.offer([key for key in groups_rows.TITLES if key in self.rows])
        for key, rows in self.rows.items():
            self.lists.rename(key, f"{_(groups_rows.TITLES[key])} {len(rows):,}")
        count = len(found.groups)
        words = ngettext("{n} group found", "{n} groups found", count).format(n=f"{count:,}")
        if not self.rows.get(self.lists.current):
            self.lists.choose(next((key for key, rows in self.rows.items() if rows), "groups"))
        self._fill()
        self.answer(told, f"{words} · {groups_rows.agreement(found)}")
        self.told.emit((words, found.question.scope.words))

    def _fill(self) -> None:
        key = self.lists.current
        rows = self.rows.get(key, ())
        self.model.show_columns(groups_rows.columns(key))
        self.model.show_rows(rows)
        self.table.share()
        self.table.setVisible(bool(rows))
        self.nothing.show_words(_(groups_rows.NOTHING.get(key, "")))
        self.nothing.setVisible(not rows)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _on_list(self, _key: str) -> None:
        self._fill()
        self.renew()

    def _on_row(self) -> None:
        if self.found is not None:
            self.renew()

    def _on_opened(self, at: int) -> None:
        row: Row = self.model.rows[at]
        self.open_record(row.drawn[0])

    def _on_set(self, _code: object = None) -> None:
        if self.found is not None and not self.choice.is_whole:
            self.refresh()
