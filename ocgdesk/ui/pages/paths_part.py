"""How records are linked: between two, among several, round one; and what has most links."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.casework import connections, paths, result_tables
from ocgdesk.casework.connections import Around, By, Connected, MostConnected
from ocgdesk.casework.path_telling import Path
from ocgdesk.casework.paths import Found, Loaded, PathQuery
from ocgdesk.casework.results import Draft
from ocgdesk.domain.people import Right
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.conditions_dialog import Conditions, ConditionsDialog
from ocgdesk.ui.forms.chosen_records import ChosenRecords
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import paths_rows
from ocgdesk.ui.pages.network_part import NetworkPart, PartWords
from ocgdesk.ui.pages.network_says import Part, basis
from ocgdesk.ui.pages.paths_copying import StatementCopier
from ocgdesk.ui.pages.paths_rows import PathsBody
from ocgdesk.ui.widgets.buttons import Button, icon_button, outline
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select

Answer = Found | Connected | Around | MostConnected

WAYS: Final = {
    "shortest": N_("Shortest paths"),
    "ties": N_("All that are equally short"),
    "best": N_("Best evidenced paths"),
    "around": N_("All that is linked within"),
    "most": N_("Most connected"),
}
_COUNTS: Final = (1, 2, 3, 5, 10)
_HOPS: Final = (1, 2, 3, 4)
_BY: Final = {
    By.LINKS: N_("by links"),
    By.NEIGHBOURS: N_("by records linked to"),
    By.VALUE: N_("by value"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about paths, as the part is set."""

    way: str
    ids: tuple[UUID, ...]
    conditions: Conditions
    count: int = 1
    hops: int = 1
    by: By = By.LINKS
    in_time: bool = False
    directed: bool = False

    def query(self) -> PathQuery:
        """Return the question between the first two records."""
        return PathQuery(
            one=self.ids[0],
            two=self.ids[1],
            count=1 if self.way == "ties" else self.count,
            ties=self.way == "ties",
            best_evidenced=self.way == "best",
            in_time=self.in_time,
            directed=self.directed,
            through=self.conditions.through,
            avoiding=self.conditions.avoiding,
            where=self.conditions.where,
        )


class PathsPart(NetworkPart):
    """Records named in order; the paths between them as sentences fit for a statement."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            target,
            PartWords(
                title=_("Paths"),
                basis=_("How records are linked, step by step, and what each step rests on"),
                verb=_("Find paths"),
                prompt=_(
                    "Name two records to see how they are linked, more to connect them all, or "
                    "one to see what lies round it."
                ),
                task="paths",
            ),
            parent,
        )
        self.conditions = Conditions()
        self._loaded: Loaded | None = None
        self._build()
        self._wire()
        ids = (target.id,) if target.id is not None else target.focus
        if ids:
            self.chosen.show_ids(ids)

    def question(self) -> Asked:
        """Return what is asked; Refused where too few records are named for it."""
        way, ids = self.way.current, self.chosen.ids
        needed = {"most": 0, "around": 1}.get(way, 2)
        if len(ids) < needed:
            told = _("Name two records to find a path between, or choose another question")
            raise Refused(told if needed == 2 else _("Name the record to look round"))
        return Asked(
            way=way,
            ids=ids,
            conditions=replace(self.conditions, through=self.at(self.conditions.through)),
            count=int(self.count.current),
            hops=int(self.hops.current),
            by=By(self.by.current),
            in_time=self.in_time.isChecked(),
            directed=self.directed.isChecked(),
        )

    def extras(self) -> tuple[Button, ...]:
        self.copy_button = outline(
            _("Copy for a statement"), icon="action.copy", key="Ctrl+Shift+C"
        )
        self.copy_button.refuse(_("There is no path to copy"))
        return (self.copy_button,)

    def ask(self) -> None:
        task = partial(_answer, asked=self.question(), loaded=self._loaded, on=self.desk.today())
        self.listen(self.desk.run(_("Find paths"), task, self._show))

    def draft(self) -> Draft | None:
        if not isinstance(self.found, Found):
            return None
        return result_tables.of_paths(self.found, read_at=result_tables.now())

    def charted(self) -> tuple[UUID, ...]:
        if isinstance(self.found, Found | Connected):
            path = self.results.path()
            if isinstance(self.found, Connected):
                return tuple(brief.id for brief in self.found.records)
            return tuple(brief.id for brief in path.records) if path is not None else ()
        if isinstance(self.found, Around):
            return (*self.chosen.ids, *(brief.id for brief, _n in self.found.records))
        return tuple(b.id for b, _v in self.found.rows) if self.found is not None else ()

    def renew(self) -> None:
        super().renew()
        is_told = self.results.path() is not None and self.desk.may(Right.EXPORT)
        self._allow(self.copy_button, is_told, _("There is no path to copy"))
        if self.found is not None and not isinstance(self.found, Found):
            self.keep_button.refuse(_("Paths between two records can be kept"))

    def says(self) -> tuple[Any, ...]:
        found: Answer = self.found
        first, settings = paths_rows.headline(found), getattr(found, "conditions", ())
        path = self.results.path()
        more: Part = (_("This path"), paths_rows.about(path) if path is not None else ())
        return (self.title, (first,), more, *basis(settings, found.caveats))

    def _build(self) -> None:
        self.chosen = ChosenRecords(
            self.desk,
            prompt=_("Find a record by name, number or reference"),
            name=_("Records to join"),
        )
        self.turn_button = icon_button("action.swap", _("Turn the order round"))
        self.way = Select(_options(WAYS), name=_("What is asked"))
        self.count = Select(
            tuple(Option(str(n), paths_rows.count_words(n)) for n in _COUNTS),
            name=_("How many paths"),
        )
        self.hops = Select(
            tuple(Option(str(n), paths_rows.hop_words(n)) for n in _HOPS), name=_("How near")
        )
        self.by = Select(
            tuple(Option(one.value, _(said)) for one, said in _BY.items()), name=_("Counted by")
        )
        self.in_time = CheckBox(_("In order of time"))
        self.directed = CheckBox(_("Follow direction"))
        self.limits = outline(_("Conditions"), icon="action.filter", height="bar")
        for part in (self.way, self.count, self.hops, self.by, self.in_time, self.directed):
            self.bar.add(part)
        self.bar.add(self.limits)
        self._place_records()
        self.results = PathsBody(self)
        self.inside.addWidget(self.results, 1)
        self.copier = StatementCopier(self.desk, self)
        self._fit()

    def _place_records(self) -> None:
        holder = PageBody(spacing=0, foot=8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.chosen, 1)
        row.addWidget(self.turn_button)
        holder.column.addLayout(row)
        self.column.insertWidget(self.column.indexOf(self.bar), holder)

    def _wire(self) -> None:
        self.turn_button.clicked.connect(self.chosen.turn)
        self.chosen.changed.connect(self._on_chosen)
        self.way.chosen.connect(self._on_way)
        for select in (self.count, self.hops, self.by):
            select.chosen.connect(self._on_set)
        for box in (self.in_time, self.directed):
            box.toggled.connect(self._on_set)
        self.limits.clicked.connect(self._on_limits)
        self.results.opened.connect(self.open_record)
        self.results.chosen.connect(self.renew)
        self.copy_button.clicked.connect(self.copy)
        self.copier.copied.connect(self._on_copied)
        self.bind("Ctrl+Shift+C", self.copy)

    def _show(self, answered: tuple[Answer, Loaded | None]) -> None:
        found, self._loaded = answered
        self.results.show_answer(found)
        self.answer(found, paths_rows.headline(found), paths_rows.nothing(found))
        self.told.emit(tuple(getattr(found, "conditions", ())))

    def _fit(self) -> None:
        way = self.way.current
        several = len(self.chosen.ids) > 2 and way not in {"around", "most"}
        self.count.setVisible(way in {"shortest", "best"} and not several)
        self.hops.setVisible(way == "around")
        self.by.setVisible(way == "most")
        self.in_time.setVisible(way in {"shortest", "best"} and not several)
        self.directed.setVisible(way not in {"around", "most"})
        self.turn_button.setVisible(len(self.chosen.ids) > 1)
        told = _("Conditions ({n})").format(n=paths_rows.many(self.conditions))
        self.limits.set_label(told if self.conditions else _("Conditions"), icon="action.filter")

    def _on_chosen(self) -> None:
        self._fit()
        if len(self.chosen.ids) > 1 or (self.chosen.ids and self.way.current == "around"):
            self.refresh()

    def _on_way(self, _code: str) -> None:
        self._fit()
        self._on_set()

    def _on_set(self, _value: object = None) -> None:
        if self.found is not None or len(self.chosen.ids) > 1:
            self.refresh()

    def _on_limits(self) -> None:
        dialog = ConditionsDialog(self.desk, self.conditions, self)
        dialog.wanted.connect(self._on_conditions)
        dialog.open()

    def _on_conditions(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self._fit()
        self._on_set()

    def copy(self) -> None:
        """Ask for whom and why, and put the path on the clipboard as sentences."""
        path: Path | None = self.results.path()
        if self.copy_button.isEnabled() and path is not None:
            self.copier.ask(path, self.found.caveats)

    def _on_copied(self) -> None:
        self.said.emit(_("The path was copied, with its sources and its caveats."))

    def _on_changed(self, changed: Changed) -> None:
        super()._on_changed(changed)
        self._loaded = None


def _options(words: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, _(said)) for code, said in words.items())


def _answer(
    reader: Reader, progress: Progress, *, asked: Asked, loaded: Loaded | None, on: Any
) -> tuple[Answer, Loaded | None]:
    """Find the answer; the network that was read is handed back for the next question."""
    if asked.way == "around":
        through = asked.conditions.through
        return connections.around(reader, asked.ids, asked.hops, through=through), loaded
    if asked.way == "most":
        spec = asked.conditions.through
        return connections.most_connected(reader, spec, by=asked.by, on=on), loaded
    query = asked.query()
    ready = loaded if loaded and loaded.fits(**paths.needs(query)) else None
    if ready is None:
        progress(0, 1, _("Reading the network"))
        ready = paths.load(reader, **paths.needs(query))
    if len(asked.ids) > 2:
        several = connections.connect(
            reader,
            asked.ids,
            through=query.through,
            directed=asked.directed,
            ties=asked.way == "ties",
            loaded=ready,
            progress=progress,
        )
        return several, ready
    return paths.find(reader, query, ready, progress=progress), ready
