"""What each row of a file makes: records and links, column by column, changed in place."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import import_mapping
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_mapping import Pair
from ocgdesk.errors import Refused
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import Specification
from ocgdesk.i18n import N_, _
from ocgdesk.ui.pages.import_picture import RowPicture
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label, SectionHeading
from ocgdesk.ui.widgets.values import NONE

_SAMPLES: Final = 50
"""How many rows are looked at for an example of a column."""
_FOLDED: Final = (
    ("", N_("One link a row")),
    ("folds", N_("Rows counted into one")),
    ("events", N_("Each row kept as an event")),
)


class MakingView(QWidget):
    """One file of an import by its specification: the picture, its columns, its links."""

    specs_chosen = Signal(object)
    """The specifications of all files, in their order."""
    refused = Signal(str)
    """Why something that was chosen cannot be."""
    save_wanted = Signal(object)
    """A specification, under the name it is to be kept by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: Checked | None = None
        self._at = 0
        self.choosers: dict[str, Select] = {}
        self.readers: dict[str, Select] = {}
        self.ties: list[Select] = []
        self._pairs: tuple[Pair, ...] = ()
        self.file = Select(name=_("File"))
        self.file.chosen.connect(self._on_file)
        self.picture = RowPicture()
        self.name = TextBox(name=_("Name of the specification"))
        self.save_button = outline(_("Save as specification"), icon="action.save", height="bar")
        self.save_button.clicked.connect(self._on_save)
        self.name.returnPressed.connect(self._on_save)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.picture)
        self._grids: list[QWidget] = []
        self._column.addWidget(self._save_row())

    @property
    def spec(self) -> Specification:
        """The specification of the file that is shown."""
        assert self._checked is not None  # noqa: S101 - nothing is pressed before it is shown
        return self._checked.draft.specs[self._table.name]

    @property
    def _table(self) -> RawTable:
        assert self._checked is not None  # noqa: S101 - as above
        return self._checked.tables[self._at]

    def show_checked(self, checked: Checked) -> None:
        """Show what the rows of these files make."""
        self._checked = checked
        self._at = min(self._at, len(checked.tables) - 1)
        files = [Option(str(n), table.name) for n, table in enumerate(checked.tables)]
        self.file.show_options(tuple(files), str(self._at))
        self.file.setVisible(len(files) > 1)
        self._show_file()

    def _show_file(self) -> None:
        for old in self._grids:
            old.hide()
            old.deleteLater()
        spec = self.spec
        self.picture.show_spec(spec)
        self.name.setText(spec.name)
        self.choosers, self.readers, self.ties = {}, {}, []
        self._grids = [self._columns(spec), self._links(spec)]
        for place, grid in enumerate(self._grids):
            self._column.insertWidget(2 + place, grid)

    def _save_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(_("Keep this for the next file"), weight="medium"))
        line.addWidget(self.name, 1)
        line.addWidget(self.save_button)
        line.addStretch(1)
        return row

    def _columns(self, spec: Specification) -> QWidget:
        part, grid = _grid(self._table.name, _("columns"))
        titles = (_("Column"), _("For example"), "", _("Fills"), _("Read as"))
        _titled(grid, titles)
        options = tuple(Option(c.key, c.words) for c in import_mapping.choices(spec))
        ways = tuple(Option(name, words) for name, words in import_mapping.way_choices())
        for index, header in enumerate(self._table.header):
            self._column_row(grid, index, header, options, ways)
        for place, share in enumerate((3, 3, 0, 4, 2)):
            grid.setColumnStretch(place, share)
        return part

    def _column_row(
        self,
        grid: QGridLayout,
        index: int,
        header: str,
        options: tuple[Option, ...],
        ways: tuple[Option, ...],
    ) -> None:
        row, filled = index + 2, import_mapping.assigned(self.spec, header)
        grid.addWidget(ElidedLabel(header, weight="medium"), row, 0)
        grid.addWidget(ElidedLabel(example(self._table, index) or NONE, ink="text.2"), row, 1)
        grid.addWidget(IconLabel("action.next", "text.3", 14), row, 2)
        name = _("What the column {header} fills").format(header=header)
        if all(option.key != filled for option in options):
            options = (Option(filled, import_mapping.stated(self.spec, filled)), *options)
        chooser = _select(options, name, filled, header, self.choosers)
        chooser.chosen.connect(self._on_column)
        grid.addWidget(chooser, row, 3)
        name = _("How the column {header} is read").format(header=header)
        way = next(iter(import_mapping.ways(self.spec, header)), "")
        reader = _select(ways, name, way, header, self.readers)
        reader.setEnabled(bool(filled) and not filled.endswith(f".{import_mapping.KEY}"))
        reader.chosen.connect(self._on_way)
        grid.addWidget(reader, row, 4)

    def _links(self, spec: Specification) -> QWidget:
        part, grid = _grid(_("Links a row makes"), "")
        self._pairs = import_mapping.pairs(spec)
        part.setVisible(bool(self._pairs))
        for place, pair in enumerate(self._pairs):
            grid.addWidget(ElidedLabel(pair.words, weight="medium"), place + 1, 0)
            options = tuple(Option(*one) for one in import_mapping.pair_choices(spec, pair))
            tie = Select(options, name=_("The link {pair}").format(pair=pair.words))
            tie.choose(pair.current)
            tie.setProperty("place", place)
            tie.chosen.connect(self._on_tie)
            self.ties.append(tie)
            grid.addWidget(tie, place + 1, 1)
            grid.addWidget(self._fold(place, pair), place + 1, 2)
        for place, share in enumerate((3, 4, 3)):
            grid.setColumnStretch(place, share)
        return part

    def _fold(self, place: int, pair: Pair) -> QWidget:
        options = tuple(Option(key, _(words)) for key, words in _FOLDED)
        fold = Select(options, name=_("Rows of the link {pair}").format(pair=pair.words))
        fold.choose("events" if pair.events else "folds" if pair.folds else "")
        fold.setEnabled(bool(pair.current))
        fold.setProperty("place", place)
        fold.chosen.connect(self._on_fold)
        return fold

    @Slot(str)
    def _on_file(self, key: str) -> None:
        self._at = int(key)
        self._show_file()

    @Slot(str)
    def _on_column(self, key: str) -> None:
        header = str(self.sender().property("header"))
        self._choose(import_mapping.reassigned(self.spec, header, key))

    @Slot(str)
    def _on_way(self, way: str) -> None:
        header = str(self.sender().property("header"))
        self._choose(import_mapping.with_way(self.spec, header, way))

    @Slot(str)
    def _on_tie(self, key: str) -> None:
        pair = self._pairs[int(self.sender().property("place"))]
        self._choose(import_mapping.with_link(self.spec, pair, key, folds=pair.folds))

    @Slot(str)
    def _on_fold(self, key: str) -> None:
        pair = self._pairs[int(self.sender().property("place"))]
        kept, spec = key == "events", self.spec
        try:
            spec = import_mapping.with_events(spec, pair, self._table, kept=kept)
        except Refused as refused:
            self.refused.emit(str(refused))
        else:
            spec = (
                spec
                if kept
                else import_mapping.with_link(spec, pair, pair.current, folds=bool(key))
            )
        self._choose(spec)

    def _choose(self, spec: Specification) -> None:
        if self._checked is None:
            return
        specs = [self._checked.draft.specs[table.name] for table in self._checked.tables]
        specs[self._at] = spec
        self.specs_chosen.emit(tuple(specs))

    @Slot()
    def _on_save(self) -> None:
        """Keep what is shown; the columns that are left out are left out next time too."""
        known = {*self.spec.known()}
        others = tuple(header for header in self._table.header if header not in known)
        ignores = (*self.spec.ignores, *others)
        self.save_wanted.emit(replace(self.spec, name=self.name.text(), ignores=ignores))


def _grid(title: str, more: str) -> tuple[QWidget, QGridLayout]:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.addWidget(SectionHeading(title, more), 0, 0, 1, 5)
    return part, grid


def _titled(grid: QGridLayout, titles: Iterable[str]) -> None:
    for place, title in enumerate(titles):
        grid.addWidget(Label(title, step="small", ink="text.3", weight="medium"), 1, place)


def _select(
    options: tuple[Option, ...], name: str, current: str, header: str, known: dict[str, Select]
) -> Select:
    chooser = Select(options, name=name)
    chooser.choose(current)
    chooser.setProperty("header", header)
    known[header] = chooser
    return chooser


def example(table: RawTable, index: int) -> str:
    """Return what stands in a column, for example."""
    cells = (row[index].strip() for row in table.rows[:_SAMPLES])
    return next((" ".join(cell.split()) for cell in cells if cell), "")
