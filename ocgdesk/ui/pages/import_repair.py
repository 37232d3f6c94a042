"""Put it right: the ways to mend the problem of one row, and how a file is read."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import import_problems
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_problems import Trouble
from ocgdesk.casework.import_repairs import Remedy, Way
from ocgdesk.domain.reference_data import code_list
from ocgdesk.exchange.raw import FOUND_OUT, NO_HEADER, RawTable
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.widgets.buttons import outline, text_button
from ocgdesk.ui.widgets.inputs import Option, RadioButton, Select, TextBox
from ocgdesk.ui.widgets.labels import Label, SectionHeading

ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "iso-8859-15": "ISO 8859-15",
    "cp850": "DOS 850",
}

_MOST_TITLES: Final = 15
"""So many rows from the top are offered as the header."""


class RepairBox(QWidget):
    """The ways to put one problem right: choose one, apply it here or to all like it."""

    wanted = Signal(object)
    """Repairs: the files are to be read again with them."""

    def __init__(self, checked: Checked, found: Trouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked = checked
        self._found = found
        self.remedies = import_problems.remedies(found)
        self.choices: dict[Way, RadioButton] = {}
        self.text = TextBox(name=_("What it should say"))
        self.codes = Select(name=_("What it should say"))
        self.apply_button = outline(_("Apply"), height="bar")
        self.alike_button = text_button("")
        self._group = QButtonGroup(self)
        self._build()
        self.text.returnPressed.connect(self._on_apply)
        self.text.textChanged.connect(self._show_chosen)
        self.codes.chosen.connect(self._show_chosen)
        self.apply_button.clicked.connect(self._on_apply)
        self.alike_button.clicked.connect(self._on_alike)
        self._group.idToggled.connect(self._show_chosen)
        self._show_chosen()

    def choose(self, way: Way) -> None:
        """Choose one of the ways."""
        self.choices[way].setChecked(True)

    def begin(self) -> None:
        """Let another value be typed, where that puts it right; else choose a way."""
        if Way.TYPE in self.choices:
            self.choose(Way.TYPE)
            self.text.setFocus()
            self.text.selectAll()
        else:
            self.choices[self.remedy.way].setFocus()

    @property
    def remedy(self) -> Remedy:
        """The way chosen, with what was typed or picked for it."""
        at = max(0, self._group.checkedId())
        chosen = self.remedies[at]
        if chosen.way is Way.TYPE:
            return _saying(chosen, self.text.text().strip())
        if chosen.way is Way.CODE:
            return _saying(chosen, code_list(chosen.codes).label(self.codes.current))
        return chosen

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(SectionHeading(_("Put it right")))
        for number, remedy in enumerate(self.remedies):
            button = RadioButton(remedy.words, remedy.note)
            self._group.addButton(button, number)
            self.choices[remedy.way] = button
            column.addWidget(button)
            self._add_value(column, remedy)
        next(iter(self.choices.values())).setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.apply_button)
        row.addWidget(self.alike_button)
        row.addStretch(1)
        column.addSpacing(4)
        column.addLayout(row)

    def _add_value(self, column: QVBoxLayout, remedy: Remedy) -> None:
        """Put what is typed or picked below the way it belongs to."""
        if remedy.way is Way.TYPE:
            self.text.setText(remedy.value)
            column.addWidget(self.text)
        if remedy.way is Way.CODE:
            options = tuple(
                Option(item.code, item.label) for item in code_list(remedy.codes).offered()
            )
            self.codes.show_options(options, remedy.value)
            column.addWidget(self.codes)

    def _show_chosen(self, *_said: object) -> None:
        remedy = self.remedy
        self.text.setVisible(remedy.way is Way.TYPE)
        self.codes.setVisible(remedy.way is Way.CODE)
        says = remedy.way is not Way.TYPE or remedy.value not in {"", self._found.text.strip()}
        if says:
            self.apply_button.allow()
        else:
            self.apply_button.refuse(_("Type what it should say"))
        others = len(self._alike()) if says else 0
        words = ngettext("Apply to {n} like it", "Apply to {n} like it", others)
        self.alike_button.set_label(words.format(n=f"{others:,}"))
        self.alike_button.setVisible(others > 1)

    def _alike(self) -> tuple[Trouble, ...]:
        return import_problems.alike(self._checked, self._found, self.remedy)

    def _on_apply(self) -> None:
        if self.apply_button.isEnabled():
            self._want((self._found,))

    def _on_alike(self) -> None:
        self._want(self._alike())

    def _want(self, troubles: tuple[Trouble, ...]) -> None:
        self.wanted.emit(import_problems.put_right(self._checked, troubles, self.remedy))


def _saying(remedy: Remedy, value: str) -> Remedy:
    return Remedy(
        way=remedy.way, words=remedy.words, note=remedy.note, value=value, codes=remedy.codes
    )


class ReadAs(QWidget):
    """How a file is read: sheet, header row, encoding, delimiter; each can be overruled."""

    wanted = Signal(object)
    """Repairs: the files are to be read again with them."""

    def __init__(self, checked: Checked, table: RawTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked = checked
        self._table = table
        self.encoding = _choosing(_encodings(table.encoding), _("Encoding"), _plain(table.encoding))
        self.delimiter = _choosing(
            _delimiters(table.delimiter), _("Cells parted by"), table.delimiter
        )
        self.header = _choosing(_headers(table), _("Header"), _header_key(table))
        parts = tuple(Option(name, name) for name in table.parts)
        self.part = _choosing(parts, _("Sheet or list"), table.part)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for row, (name, part) in enumerate(self._rows()):
            grid.addWidget(Label(name, ink="text.3"), row, 0)
            grid.addWidget(part, row, 1, Qt.AlignmentFlag.AlignLeft)
            part.chosen.connect(self._on_chosen)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)

    def _rows(self) -> Iterator[tuple[str, Select]]:
        """Yield what can be overruled of a file of this sort."""
        if self._table.parts:
            yield _("Sheet or list"), self.part
        if self._table.encoding != "json":
            yield _("Header"), self.header
        if self._table.delimiter:
            yield _("Encoding"), self.encoding
            yield _("Cells parted by"), self.delimiter

    def _on_chosen(self) -> None:
        table, name = self._table, self._table.name
        how = self._checked.repairs.how.get(name, FOUND_OUT)
        text = (self.encoding.current, self.delimiter.current)
        if table.delimiter and text != (_plain(table.encoding), table.delimiter):
            how = replace(how, encoding=text[0], delimiter=text[1])
        if table.parts and self.part.current != table.part:
            how = replace(how, sheet=self.part.current, header=0)
        elif self.header.current != _header_key(table):
            how = replace(how, header=int(self.header.current or NO_HEADER))
        if how != self._checked.repairs.how.get(name, FOUND_OUT):
            self.wanted.emit(import_problems.read_as(self._checked, name, how))


def _choosing(options: tuple[Option, ...], name: str, current: str) -> Select:
    chooser = Select(options, name=name)
    chooser.choose(current)
    return chooser


def _header_key(table: RawTable) -> str:
    return str(table.header_row) if table.has_header else ""


def _headers(table: RawTable) -> tuple[Option, ...]:
    """Offer the rows in which a header may stand: titles above one are few."""
    last = max(_MOST_TITLES, table.header_row)
    rows = (Option(str(n), _("row {n}").format(n=n)) for n in range(1, last + 1))
    return (Option("", _("none; columns are numbered")), *rows)


def _plain(encoding: str) -> str:
    return "utf-8" if encoding == "utf-8-sig" else encoding


def _encodings(encoding: str) -> tuple[Option, ...]:
    known = ENCODINGS | {_plain(encoding): ENCODINGS.get(_plain(encoding), encoding.upper())}
    return tuple(Option(key, words) for key, words in known.items())


def _delimiters(mark: str) -> tuple[Option, ...]:
    names = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("bar"), " ": _("space")}
    return tuple(Option(key, words) for key, words in ({mark: mark} | names).items())
