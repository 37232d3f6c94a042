"""The columns step of an import: what each column fills, and what the file is read by."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ocgdesk.casework import import_choices, import_mapping
from ocgdesk.casework.import_lines import Checked
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.mapping import IMPORTABLE
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.spec_fit import Fit
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import words
from ocgdesk.ui.pages.import_making import MakingView, example
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label, SectionHeading
from ocgdesk.ui.widgets.notes import ErrorBanner
from ocgdesk.ui.widgets.values import NONE


class ColumnsPanel(QWidget):
    """Which column of the file fills which field; kind and columns can be overruled."""

    kind_chosen = Signal(str)
    column_chosen = Signal(str, str)
    spec_chosen = Signal(str)
    """The name of a specification the file is to be read by."""
    type_chosen = Signal(str, str)
    """A type of item of a chart, and the kind its items are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = Select(name=_("What each row is"))
        self.kind.chosen.connect(self.kind_chosen)
        self.known = Select(name=_("Import specification"))
        self.known.chosen.connect(self._on_known)
        self.why = Label("", ink="text.2", wrap=True)
        self.making = MakingView()
        self.ask = ErrorBanner(tone="due", parent=self)
        self.choosers: dict[str, Select] = {}
        self.types: dict[str, Select] = {}
        self._body = PageBody(spacing=16)
        self._body.column.setContentsMargins(24, 16, 24, 24)
        self._scroller = Scroller(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroller)
        self._grids: list[QWidget] = []
        self._body.column.addWidget(self.ask)
        self._body.column.addWidget(self._kind_row())
        self._body.column.addWidget(self.making)
        self._body.column.addStretch(1)

    def show_checked(self, checked: Checked) -> None:
        """Show the columns of these files."""
        draft = checked.draft
        self._show_kinds(draft)
        self._show_known(checked)
        said = _("What the rows are cannot be told from the headers: choose it below.")
        self.ask.say(said if draft.needs_kind else "")
        self._clear()
        self.making.setVisible(bool(draft.specs))
        if draft.specs:
            self.making.show_checked(checked)
            return
        if draft.unknown:
            self._add(self._types(draft))
        free = len(checked.tables) == 1 and not draft.edge_columns and not draft.needs_kind
        for table in checked.tables:
            headers = tuple(header for header, _field in draft.edge_columns)
            ties = bool(headers) and table.header == headers
            mapped = draft.edge_columns if ties else draft.columns
            kind = Kind.LINK if ties else draft.kind
            self._add(self._grid(table, dict(mapped), kind, free=free))

    def _show_kinds(self, draft: Draft) -> None:
        options = [Option(kind.value, words.many(kind)) for kind in IMPORTABLE]
        if draft.needs_kind:
            options.insert(0, Option("", _("Choose what they are")))
        if draft.specs:
            options.insert(0, Option("", _("As the columns below say")))
        is_open = draft.needs_kind or bool(draft.specs)
        self.kind.show_options(tuple(options), "" if is_open else draft.kind.value)

    def _show_known(self, checked: Checked) -> None:
        """Offer the specifications the file can be read by, the best first, with the reason."""
        names = {spec.name for spec in checked.draft.specs.values()}
        current = next((one.spec.name for one in checked.fits if one.spec.name in names), "")
        options = [Option(one.spec.name, _fit_words(one)) for one in checked.fits]
        self.known.show_options((Option("", _("Guessed from the headers")), *options), current)
        shown = bool(checked.fits)
        for part in (self.known, self._known_label, self.why):
            part.setVisible(shown)
        best = next(
            (one for one in checked.fits if one.spec.name == (current or one.spec.name)), None
        )
        self.why.setText(f"{best.spec.name}: {best.reason}" if best else "")

    def _types(self, draft: Draft) -> QWidget:
        """Offer a kind for each type of item of a chart that is not known here."""
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(SectionHeading(_("Types that are not known here")), 0, 0, 1, 3)
        options = tuple(Option(kind.value, words.one(kind)) for kind in SUBJECTS)
        self.types = {}
        for row, (word, (count, chosen)) in enumerate(draft.unknown, start=1):
            told = ngettext("{n} item", "{n} items", count).format(n=f"{count:,}")
            grid.addWidget(ElidedLabel(word, weight="medium"), row, 0)
            grid.addWidget(Label(told, ink="text.2"), row, 1)
            left_out = Option("", _("Stays out"))
            box = Select((left_out, *options), name=_("What {word} is").format(word=word))
            box.choose(chosen.value if chosen else "")
            box.setProperty("word", word)
            box.chosen.connect(self._on_type)
            self.types[word] = box
            grid.addWidget(box, row, 2)
        for place, share in enumerate((3, 2, 4)):
            grid.setColumnStretch(place, share)
        return part

    @Slot(str)
    def _on_type(self, kind: str) -> None:
        self.type_chosen.emit(str(self.sender().property("word")), kind)

    @Slot(str)
    def _on_known(self, name: str) -> None:
        self.spec_chosen.emit(name)

    def _kind_row(self) -> QWidget:
        row = QWidget()
        line = QGridLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setHorizontalSpacing(12)
        line.addWidget(Label(_("Each row is one of"), weight="medium"), 0, 0)
        line.addWidget(self.kind, 0, 1, Qt.AlignmentFlag.AlignLeft)
        self._known_label = Label(_("Read by"), weight="medium")
        line.addWidget(self._known_label, 1, 0)
        line.addWidget(self.known, 1, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(self.why, 2, 1, 1, 2)
        line.setColumnStretch(2, 1)
        return row

    def _clear(self) -> None:
        for old in self._grids:
            old.hide()
            old.deleteLater()
        self._grids = []
        self.choosers = {}

    def _add(self, part: QWidget) -> None:
        self._body.column.insertWidget(2 + len(self._grids), part)
        self._grids.append(part)

    def _grid(
        self, table: RawTable, mapped: dict[str, str | None], kind: Kind, *, free: bool
    ) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.addWidget(SectionHeading(table.name, words.many(kind).lower()), 0, 0, 1, 4)
        for place, title in enumerate((_("Column"), _("For example"), "", _("Fills"))):
            grid.addWidget(Label(title, step="small", ink="text.3", weight="medium"), 1, place)
        for index, header in enumerate(table.header):
            self._line(grid, index + 2, header, example(table, index))
            filled = mapped.get(header)
            fills = self._chooser(header, filled, kind) if free else _fixed(filled, kind)
            grid.addWidget(fills, index + 2, 3)
        for place, share in enumerate((3, 4, 0, 4)):
            grid.setColumnStretch(place, share)
        return part

    @staticmethod
    def _line(grid: QGridLayout, row: int, header: str, example: str) -> None:
        grid.addWidget(ElidedLabel(header, weight="medium"), row, 0)
        grid.addWidget(ElidedLabel(example or NONE, ink="text.2"), row, 1)
        grid.addWidget(IconLabel("action.next", "text.3", 14), row, 2)

    def _chooser(self, header: str, filled: str | None, kind: Kind) -> Select:
        options = [Option(c.key, c.words) for c in import_choices.choices(kind)]
        options += [Option(c.key, c.words) for c in import_mapping.new_parts()]
        if filled and filled not in {option.key for option in options}:
            options.append(Option(filled, _fixed_words(filled, kind)))
        name = _("What the column {header} fills").format(header=header)
        chooser = Select(tuple(options), name=name)
        chooser.choose(filled or "")
        chooser.setProperty("header", header)
        chooser.chosen.connect(self._on_column)
        self.choosers[header] = chooser
        return chooser

    def _on_column(self, key: str) -> None:
        self.column_chosen.emit(str(self.sender().property("header")), key)


def _fit_words(fit: Fit) -> str:
    return f"{fit.spec.name} – {fit.spec.about}" if fit.spec.about else fit.spec.name


def _fixed_words(filled: str, kind: Kind) -> str:
    known = {"source": _("One end"), "target": _("Other end"), "kind": _("Kind of the row")}
    found = {choice.key: choice.words for choice in import_choices.choices(kind)}
    return known.get(filled) or found.get(filled) or filled


def _fixed(filled: str | None, kind: Kind) -> Label:
    if not filled:
        return Label(_("Left out"), ink="text.3")
    return Label(_fixed_words(filled, kind))
