"""Parts of the import page: what columns are taken for, how a file is read, what stays out."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from ocgdesk.casework import import_mapping, import_problems
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_repairs import NO_REPAIRS
from ocgdesk.casework.import_rows import Line, State
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.draft import Draft, DraftRecord
from ocgdesk.exchange.raw import RawTable
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import theme, words
from ocgdesk.ui.fonts import px
from ocgdesk.ui.pages.import_alike_box import AlikeBox, short
from ocgdesk.ui.pages.import_deciding import Deciding
from ocgdesk.ui.pages.import_repair import ReadAs, RepairBox
from ocgdesk.ui.pages.import_views import events_words
from ocgdesk.ui.widgets.buttons import outline, primary, text_button
from ocgdesk.ui.widgets.cards import Panel, Rule
from ocgdesk.ui.widgets.headers import page_margin
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label, SectionHeading
from ocgdesk.ui.widgets.values import NONE


class ReadPanel(Panel):
    """The inspector: what is wrong with the row chosen, and how the file is read."""

    missing_wanted = Signal()
    repairs_wanted = Signal(object)
    """Repairs: the files are to be read again with them."""

    def __init__(self, checked: Checked, deciding: Deciding, parent: QWidget | None = None) -> None:
        super().__init__("clear", parent)
        self._checked = checked
        self.repair: RepairBox | None = None
        self.read_as: dict[str, ReadAs] = {}
        self.setProperty("caption", _("This import"))
        self.setProperty("icon", "page.import")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(10)
        self.place = Label("", step="small", ink="text.3", wrap=True)
        self.reason = Label("", step="section", ink="overdue", wrap=True)
        self.known = Label("", wrap=True)
        self.alike = AlikeBox(deciding)
        self._rule = Rule()
        self._repair = QVBoxLayout()
        for part in (self.place, self.reason, self.known):
            column.addWidget(part)
            part.hide()
        column.addLayout(self._repair)
        column.addWidget(self.alike)
        column.addWidget(self._rule)
        self._rule.hide()
        if len(checked.repairs):
            column.addWidget(self._mended(checked))
            column.addWidget(Rule())
        if checked.draft.missing:
            column.addWidget(self._offer(checked))
            column.addWidget(Rule())
        column.addWidget(SectionHeading(_("How this file is read")))
        column.addLayout(_pairs(_facts(checked)))
        for table in checked.tables:
            if _is_open(checked, table):
                column.addWidget(self._read_as(checked, table))
        if checked.draft.notes:
            column.addWidget(Rule())
            column.addWidget(SectionHeading(_("What was decided")))
            for note in checked.draft.notes:
                column.addWidget(Label(note, ink="text.2", wrap=True))
        column.addStretch(1)

    def follow(self, checked: Checked) -> None:
        """Speak of the same files as they are with what was decided since."""
        self._checked = checked

    def show_line(self, line: Line | None, header: str = "") -> None:
        """Say what is wrong with this row, and what can be done; nothing where nothing is.

        ``header`` names the column that is looked at, where the row has several problems.
        """
        problems = line.problems if line is not None else ()
        self._offer_repair(line, header)
        self.known.setText(_known_words(line) if line is not None else "")
        self.known.setVisible(bool(self.known.text()))
        for part in (self.place, self.reason):
            part.setVisible(bool(problems))
        asked = line is not None and any(row.alike for row in line.rows)
        self._rule.setVisible(bool(problems) or asked)
        if line is not None and problems:
            columns = dict.fromkeys(p.column for p in problems if p.column)
            row = _("Row {n}").format(n=f"{line.number:,}")
            self.place.setText(" · ".join((row, *columns)))
            said = "\n".join(dict.fromkeys(p.text for p in problems))
            fate = (
                _("The row stays out.")
                if line.state is State.OUT
                else _("The row comes in without.")
            )
            self.reason.setText(f"{said}\n{fate}" if fate not in said else said)

    def _offer_repair(self, line: Line | None, header: str) -> None:
        if self.repair is not None:
            self.repair.hide()
            self.repair.deleteLater()
            self.repair = None
        found = import_problems.trouble(self._checked, line, header) if line else None
        if found is not None:
            self.repair = RepairBox(self._checked, found)
            self.repair.wanted.connect(self.repairs_wanted)
            self._repair.addWidget(self.repair)

    def _read_as(self, checked: Checked, table: RawTable) -> QWidget:
        part = ReadAs(checked, table)
        part.wanted.connect(self.repairs_wanted)
        self.read_as[table.name] = part
        return part

    def _mended(self, checked: Checked) -> QWidget:
        """Say how much was put right, with the way back."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        n = len(checked.repairs)
        said = ngettext("{n} thing was put right.", "{n} things were put right.", n)
        column.addWidget(SectionHeading(_("Put right")))
        words_ = said.format(n=f"{n:,}") + " " + _("The file itself stays as it is.")
        column.addWidget(Label(words_, ink="text.2", wrap=True))
        self.back_button = text_button(_("Take it all as it lies in the file"))
        self.back_button.clicked.connect(self._on_back)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        return part

    def _on_back(self) -> None:
        self.repairs_wanted.emit(NO_REPAIRS)

    def _offer(self, checked: Checked) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        n = len(checked.draft.missing)
        said = ngettext(
            "{n} end of a link is described by no row.",
            "{n} ends of links are described by no row.",
            n,
        ).format(n=f"{n:,}")
        few = ", ".join(checked.draft.missing_nodes[:5])
        column.addWidget(SectionHeading(_("Unknown ends")))
        column.addWidget(Label(said, wrap=True))
        column.addWidget(Label(f"{few} …" if n > 5 else few, step="mono", ink="text.2", wrap=True))
        words_ = ngettext("Add the {n} unknown as new", "Add the {n} unknown as new", n)
        self.add_button = outline(words_.format(n=f"{n:,}"), icon="action.add", height="bar")
        self.add_button.clicked.connect(self.missing_wanted)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        return part


def _known_words(line: Line) -> str:
    """Return how a row is known to be what is on the register."""
    told = (
        _("{label} is on the register: {how}.").format(label=short(row.draft.label), how=row.how)
        for row in line.rows
        if row.how and isinstance(row.draft, DraftRecord)
    )
    return "\n".join(told)


def _pairs(facts: Iterable[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    for row, (name, value) in enumerate(facts):
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Label(name, ink="text.3", wrap=True), row, 0, top)
        grid.addWidget(Label(value, wrap=True), row, 1, top)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    return grid


def _facts(checked: Checked) -> Iterable[tuple[str, str]]:
    draft = checked.draft
    yield _("Specification"), draft.specification
    if not draft.needs_kind:
        yield _("Each row makes"), " / ".join(_makes(checked)) or NONE
    for table in checked.tables:
        if len(checked.tables) > 1:
            yield _("File"), table.name
        if not table.delimiter:
            yield _("Encoding"), _encoding(table)
        if not _is_open(checked, table) or table.encoding == "json":
            yield _("Header"), _header(table)
        known = _known(draft, table)
        yield _("Columns"), _("{known} of {n} known").format(known=known, n=len(table.header))


def _is_open(checked: Checked, table: RawTable) -> bool:
    """Tell whether how a file is read can be overruled; not of one out of an archive."""
    own = any(path.name == table.name for path in checked.paths)
    return own and (table.encoding != "json" or bool(table.parts))


def _makes(checked: Checked) -> list[str]:
    """Return the kinds of what rows make, as they are called."""
    kinds = [part.kind for spec in checked.draft.specs.values() for part in spec.parts]
    links = bool(len(checked.links)) or any(s.links for s in checked.draft.specs.values())
    if not kinds and len(checked.records):
        kinds = [checked.draft.kind]
    made = [*dict.fromkeys(kinds), *([Kind.LINK] if links else [])]
    return [word if word[1:2].isupper() else word.lower() for word in map(words.one, made)]


def _known(draft: Draft, table: RawTable) -> int:
    """Return how many columns of a table are taken for anything."""
    if (spec := draft.specs.get(table.name)) is not None:
        return sum(bool(import_mapping.assigned(spec, header)) for header in table.header)
    matched = draft.columns if table.header == tuple(h for h, _f in draft.columns) else ()
    return sum(field is not None for _header_, field in matched or draft.edge_columns)


def _encoding(table: RawTable) -> str:
    known = {
        "xlsx": _("Excel workbook"),
        "xls": _("old Excel workbook"),
        "ods": _("OpenDocument spreadsheet"),
        "chart:anx": _("Analyst's Notebook exchange"),
    }
    return known.get(table.encoding) or table.encoding.removeprefix("chart:").upper()


def _header(table: RawTable) -> str:
    if not table.has_header:
        return _("none; columns are numbered")
    if table.encoding == "json" or table.encoding.startswith("chart:"):
        return _("the names of the fields")
    if not table.first_row:
        return _("no row below it")
    return _("above row {n}").format(n=f"{table.first_row:,}")


def taken_words(checked: Checked) -> str:
    """Return what was taken in: ``110 nominals, 295 links``."""
    counts = checked.counts
    records = counts["new_records"] + counts["changed_records"]
    links = counts["new_links"] + counts["changed_links"]
    kind = checked.draft.kind
    word = words.one(kind) if records == 1 else words.many(kind)
    word = word if word[1:2].isupper() else word.lower()
    if len({record.kind for record in checked.draft.records}) > 1:
        word = ngettext("record", "records", records)
    link = words.one(Kind.LINK) if links == 1 else words.many(Kind.LINK)
    parts = [f"{records:,} {word}"] if records else []
    parts += [f"{links:,} {link.lower()}"] if links else []
    return ", ".join((*parts, *events_words(checked)))


class Footer(Panel):
    """Where the work of the page ends: what stays out, and the way in at the right end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", parent)
        self._icon = IconLabel("status.warning", "overdue", 16)
        self.words = ElidedLabel("", ink="text.2")
        self.save_button = outline("", icon="action.save")
        self.cancel_button = outline(_("Cancel"))
        self.take_button = primary("", icon="action.check", key="Ctrl+Enter")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setSpacing(8)
        said = QWidget()
        left = QBoxLayout(QBoxLayout.Direction.LeftToRight, said)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self._icon)
        left.addWidget(self.words, 1)
        self._row.addWidget(said, 1)
        for button in (self.save_button, self.cancel_button, self.take_button):
            self._row.addWidget(button)
        theme.follow(self, self._grow)

    def show_looking(self, checked: Checked, *, looking: bool) -> None:
        """Say, beside what stays out, that possible duplicates are still being looked for."""
        told = _fate(checked) or _same(checked)
        waits = _("Possible duplicates are being looked for…") if looking else ""
        self.words.setText(" · ".join(filter(None, (told, waits))))

    def show_checked(self, checked: Checked) -> None:
        """Say what of these files stays out, and what would be written."""
        bad = checked.staying_out + checked.partly
        self.words.setText(_fate(checked) or _same(checked))
        self._icon.setVisible(bool(bad))
        save = ngettext("Save the {n} as a file", "Save the {n} as a file", bad)
        self.save_button.set_label(save.format(n=f"{bad:,}"))
        self.save_button.setVisible(bool(bad))
        n = checked.wanted
        take = ngettext("Take in {n} row", "Take in {n} rows", n).format(n=f"{n:,}")
        if checked.draft.specs and n:
            take = _("Take in {what}").format(what=taken_words(checked))
        self.take_button.set_label(take)
        if n:
            self.take_button.allow()
        else:
            self.take_button.refuse(_("There is nothing new in this file."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = page_margin(self)
        self._row.setContentsMargins(side, px(8), side, px(8))

    def _grow(self) -> None:
        self.setMinimumHeight(px(48))


def _fate(checked: Checked) -> str:
    parts = []
    out, partly, undecided = checked.staying_out, checked.partly, checked.counts["undecided"]
    if out:
        parts.append(ngettext("{n} stays out", "{n} stay out", out).format(n=f"{out:,}"))
    if partly:
        text = ngettext(
            "{n} comes in without what is marked", "{n} come in without what is marked", partly
        )
        parts.append(text.format(n=f"{partly:,}"))
    if undecided:
        text = ngettext(
            "{n} possible duplicate not decided: it comes in as new",
            "{n} possible duplicates not decided: they come in as new",
            undecided,
        )
        parts.append(text.format(n=f"{undecided:,}"))
    return ", ".join(parts)


def _same(checked: Checked) -> str:
    if checked.is_same:
        return _("Everything in this file is here already; nothing would change.")
    return "" if checked.proposal.rows else _("No row of this file makes a record yet.")
