"""What the paths page shows: a table of paths with the sentences of one, or a list of records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework.connections import Around, Connected, MostConnected
from ocgdesk.casework.path_telling import Path
from ocgdesk.casework.paths import Found
from ocgdesk.domain.links import Strength
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.dialogs.conditions_dialog import Conditions
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Heading, Line, Text

_ROWS: Final = 6


@dataclass(frozen=True, slots=True)
class PathRow:
    """One path in a table."""

    number: int
    path: Path


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record in a list, with how near it is or what it counts."""

    brief: Brief
    value: float


def count_words(n: int) -> str:
    """Return how many paths are asked for, in words."""
    return ngettext("{n} path", "{n} distinct paths", n).format(n=n)


def hop_words(n: int) -> str:
    """Return how near records are asked for, in words."""
    return ngettext("{n} link", "{n} links", n).format(n=n)


def many(conditions: Conditions) -> int:
    """Return how many conditions there are."""
    through = conditions.through
    given = (through.kinds, through.types, through.strength, through.since or through.until)
    return sum(map(bool, (*given, conditions.avoiding, conditions.where)))


def headline(found: Any) -> str:
    """Return the answer in a sentence."""
    match found:
        case Found():
            return found.headline
        case Connected():
            between = len(found.records) - sum(map(len, found.parts))
            words = ngettext("{n} record connects them.", "{n} records connect them.", between)
            return words.format(n=between)
        case Around():
            n = len(found.records)
            words = ngettext("{n} record lies so near.", "{n} records lie so near.", n)
            return words.format(n=f"{n:,}")
        case MostConnected():
            n = len(found.rows)
            return ngettext("The {n} most connected.", "The {n} most connected.", n).format(n=n)
    return ""


def nothing(found: Any) -> str:
    """Return what to say where an answer holds nothing; empty where it holds something."""
    if isinstance(found, Around) and not found.records:
        return _("Nothing is linked to it under these conditions.")
    if isinstance(found, MostConnected) and not found.rows:
        return _("Nothing here has a link.")
    return ""


def about(path: Path) -> tuple[str, ...]:
    """Return how long a path is, how strong, and on how much it rests."""
    n = len(path.steps)
    steps = ngettext("{n} step", "{n} steps", n).format(n=n)
    strength = label("strengths", path.strength.value).lower()
    said = [_("{steps}; its weakest link is {strength}.").format(steps=steps, strength=strength)]
    if path.unsourced:
        words = ngettext(
            "{n} step rests on no report.", "{n} steps rest on no report.", path.unsourced
        )
        said.append(words.format(n=path.unsourced))
    if path.undated and path.by:
        words = _("{n} of its steps have no date: of their order nothing is known.")
        said.append(words.format(n=path.undated))
    return tuple(said)


class PathsBody(QWidget):
    """Paths above, the sentences of the chosen one below; or a list of records alone."""

    opened = Signal(object)
    """A Brief to go to."""
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=_("Paths"), density=Density.STANDARD)
        self.sentences = PageBody(spacing=0)
        self.sentences.column.setContentsMargins(24, 14, 24, 24)
        self.scroller = Scroller(self.sentences)
        self._told = QVBoxLayout()
        self._told.setSpacing(10)
        self.sentences.column.addLayout(self._told)
        self.sentences.column.addStretch(1)
        self.lines: list[Label] = []
        self._rule = Rule(role="line.2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._rule)
        column.addWidget(self.scroller, 2)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)

    def path(self) -> Path | None:
        """Return the path that is told, if one is."""
        row = self.table.row()
        return row.path if isinstance(row, PathRow) else None

    def show_answer(self, found: Any) -> None:
        """Show paths, or records."""
        if isinstance(found, Found | Connected):
            self._show_paths(found.paths)
        elif isinstance(found, Around):
            rows = [RecordRow(brief, hops) for brief, hops in found.records]
            self._show_records(rows, _("Links away"))
        else:
            rows = [RecordRow(brief, value) for brief, value in found.rows]
            self._show_records(rows, found.unit or _("Counted"))

    def _show_paths(self, paths: Sequence[Path]) -> None:
        self.model.show_columns(_path_columns())
        self.model.show_rows([PathRow(n, path) for n, path in enumerate(paths, 1)])
        self.table.setMaximumHeight(self.table.wanted_height(_ROWS))
        self._divide(told=True)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self._tell(self.path())

    def _show_records(self, rows: Sequence[RecordRow], value: str) -> None:
        self.model.show_columns(_record_columns(value))
        self.model.show_rows(rows)
        self.table.setMaximumHeight(16_777_215)
        self._divide(told=False)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _divide(self, *, told: bool) -> None:
        self.scroller.setVisible(told)
        self._rule.setVisible(told)
        self.table.share()

    def _tell(self, path: Path | None) -> None:
        for line in self.lines:
            self._told.removeWidget(line)
            line.hide()
            line.deleteLater()
        sentences = path.sentences if path is not None else ()
        self.lines = [Label(sentence, wrap=True) for sentence in sentences]
        for line in self.lines:
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._told.addWidget(line)

    def _on_row(self) -> None:
        if isinstance(self.table.row(), PathRow):
            self._tell(self.path())
        self.chosen.emit()

    def _on_opened(self, at: int) -> None:
        row = self.model.rows[at]
        self.opened.emit(row.brief if isinstance(row, RecordRow) else row.path.records[-1])


def _path_columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Path"), align="right"),
            cell=lambda row: Text(str(row.number), align="right"),
            order=lambda row: row.number,
            width=56,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Through")),
            cell=lambda row: Text(_chain(row.path)),
            order=lambda row: _chain(row.path).casefold(),
            width=320,
            stretch=6,
        ),
        Column(
            heading=Heading(title=_("Steps"), align="right"),
            cell=lambda row: Text(str(len(row.path.steps)), align="right"),
            order=lambda row: len(row.path.steps),
            width=64,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("Weakest link")),
            cell=lambda row: Line(
                row.path.strength.value, label("strengths", row.path.strength.value)
            ),
            order=lambda row: Strength(row.path.strength).rank,
            width=150,
            stretch=0,
        ),
        Column(
            heading=Heading(title=_("No report"), align="right"),
            cell=lambda row: Text(str(row.path.unsourced or "–"), "text.2", "right"),
            order=lambda row: row.path.unsourced,
            width=84,
            stretch=0,
            yields=1,
        ),
    )


def _chain(path: Path) -> str:
    return " → ".join(brief.label for brief in path.records)


def _record_columns(value: str) -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Record")),
            cell=lambda row: entity(row.brief),
            order=lambda row: row.brief.label.casefold(),
            width=220,
            stretch=4,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda row: Text(row.brief.ref, "text.2", mono=True),
            order=lambda row: row.brief.ref,
            width=170,
            stretch=1,
            yields=1,
        ),
        Column(
            heading=Heading(title=value, align="right"),
            cell=lambda row: Text(f"{row.value:,.0f}", align="right"),
            order=lambda row: row.value,
            width=110,
            stretch=0,
        ),
    )
