"""A report read for what it identifies: each find offered by itself, taken or ignored."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from ocgdesk.casework import extracting
from ocgdesk.casework.extracting import Offer
from ocgdesk.domain.entities import Report
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.text_marks import Mark
from ocgdesk.errors import DeskError
from ocgdesk.exchange.raw import SourceFile
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Status, Text

_NEW: Final = "new"
_STATES: Final = {
    "": (N_("To be decided"), "status.info", "neutral"),
    "taken": (N_("Taken"), "status.ok", "ok"),
    "ignored": (N_("Ignored"), "status.rejected", "neutral"),
}
_TYPES: Final = {
    "phone": N_("Phone number"),
    "vrm": N_("Registration mark"),
    "postcode": N_("Postcode"),
    "handle": N_("Handle"),
    "imei": N_("IMEI"),
    "pnc": N_("PNC number"),
    "cro": N_("CRO number"),
    "prison": N_("Prison number"),
    "nino": N_("National Insurance number"),
    "name": N_("Name on the register"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """One find and what was decided of it."""

    place: int
    offer: Offer
    state: str = ""

    @property
    def mark(self) -> Mark:
        """Where it stands and what it is."""
        return self.offer.mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is read: a report that is there, or a text that becomes one with the first find."""

    text: str = ""
    report: UUID | None = None
    file: SourceFile | None = None
    """The file that the text came from: the report keeps its name and hash."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a text identifies, and the report that was made of its file before."""

    offers: tuple[Offer, ...]
    report: Brief | None = None


class FindsDialog(DeskSheet):
    """Reads a report, or a text pasted into it, and offers what it finds one by one."""

    reported = Signal(object)
    """The id of the report, once anything was joined to it."""

    def __init__(
        self, desk: Desk, source: Source | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Find in text"), _("Look through"), width=860, parent=parent)
        self.source = source or Source()
        self.finds: list[Find] = []
        self._looked = False
        self._build()
        self._wire()
        self._show_step()
        if self.source.report is not None:
            self._look()
        else:
            self.name.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        if not self._looked:
            self._look()
        else:
            self._take()

    def _build(self) -> None:
        title = TextBox()
        title.setText(Path(self.source.file.name).stem if self.source.file else "")
        self.name = FormField(_("Title of the report"), title)
        self.grade = FormField(_("Grading, if it has one"), TextBox())
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Text of the report"))
        self.text.setPlaceholderText(_("Paste the report here"))
        self.text.setPlainText(self.source.text)
        self.came = Label("", ink="text.3", wrap=True)
        self.came.setVisible(self.source.file is not None)
        self._tell_came("")
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(16)
        head.addWidget(self.name, 3)
        head.addWidget(self.grade, 1)
        self.said = Label("", ink="text.2", wrap=True)
        self.rows = ShortTable(_columns())
        self.table = ShortTableView(self.rows, name=_("Finds"), density=Density.COMPACT)
        self.table.setMinimumHeight(px(28 * 6 + 32))
        self.choice = Select(name=_("What it is"))
        self.offered = QWidget()
        offered = QVBoxLayout(self.offered)
        offered.setContentsMargins(0, 0, 0, 0)
        offered.setSpacing(10)
        offered.addWidget(self.said)
        offered.addWidget(self.table)
        offered.addWidget(self.choice)
        self.ignore_button = outline(_("Ignore"), key="Del")
        self.add_buttons(self.ignore_button)
        for part in (self.came, self.head, self.text, self.offered):
            self.body.addWidget(part)

    def _wire(self) -> None:
        self.ignore_button.clicked.connect(self._ignore)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._ignore)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.opened.connect(self._on_opened)
        theme.follow(self, self._show_mark)

    def _show_step(self) -> None:
        """Show the text to be pasted, or what was found in it."""
        self.head.setVisible(not self._looked and self.source.report is None)
        self.text.setReadOnly(self._looked)
        self.text.setFixedHeight(px(130 if self._looked else 300))
        self.offered.setVisible(self._looked)
        self.ignore_button.setVisible(self._looked)
        self.accept_button.set_label(_("Take") if self._looked else _("Look through"), key="Enter")
        self.cancel_button.set_label(_("Close") if self._looked else _("Cancel"), key="Esc")

    def _look(self) -> None:
        text = self.text.toPlainText()
        if self.source.report is None:
            missing = "" if self.name.text.strip() else _("Say what the report is called")
            self.name.say(missing)
            if missing or not text.strip():
                self.say("" if text.strip() else _("There is no text to look through"))
                return
        self.say("")
        self.source = replace(self.source, text=text)
        self.desk.ask(
            partial(_look, text=text, today=self.desk.today(), file=self.source.file),
            self._on_looked,
        )

    def _on_looked(self, found: _Looked | DeskError) -> None:
        if isinstance(found, DeskError):
            self.say(f"{str(found).rstrip('.')}.")
            return
        if found.report is not None:
            self.source = replace(self.source, report=found.report.id)
            self._tell_came(found.report.ref or found.report.label)
        self._looked = True
        self.finds = [Find(place=n, offer=one) for n, one in enumerate(found.offers)]
        self._show_step()
        self._show(0)
        self.table.setFocus()

    def _tell_came(self, ref: str) -> None:
        """Say which file the text came from, and which report it is already, if any."""
        if (file := self.source.file) is None:
            return
        told = _("From {file}, SHA-256 {hash}").format(file=file.name, hash=file.sha256[:16])
        if ref:
            told += " · " + _("this file is the report {ref} already").format(ref=ref)
        self.came.setText(told)
        self.came.setToolTip(f"SHA-256 {file.sha256}")

    def _show(self, place: int) -> None:
        """Show all finds, this one chosen."""
        self.rows.show_rows(self.finds)
        left = sum(not one.state for one in self.finds)
        if not self.finds:
            self.said.setText(_("Nothing in this text identifies anybody or anything."))
        else:
            told = ngettext("{n} find to be decided on", "{n} finds to be decided on", left)
            self.said.setText(told.format(n=f"{left:,}") + f" · {_(extracting.NOTE)}")
        self.table.share()
        if self.finds:
            rows = [find.place for find in self.rows.rows]
            at = rows.index(min(place, len(rows) - 1))
            self.table.setCurrentIndex(self.rows.index(at, 0))
        self._on_current()

    def _current(self) -> Find | None:
        found: Find | None = self.table.row()
        return found

    def _on_current(self) -> None:
        find = self._current()
        options = tuple(_options(find.offer)) if find is not None else ()
        self.choice.show_options(options)
        self.choice.setVisible(bool(options))
        open_ = find is not None and not find.state
        self.ignore_button.setEnabled(open_)
        if open_ and options:
            self.accept_button.allow()
        elif find is not None and not find.state:
            self.accept_button.refuse(find.offer.words)
        else:
            self.accept_button.refuse(_("This was decided already"))
        self._show_mark()

    def _show_mark(self) -> None:
        """Show where in the text the find stands."""
        find = self._current() if self._looked else None
        if find is None:
            self.text.setExtraSelections([])
            return
        ink, ground = theme.current().tone("due")
        selection = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(ground))
        look.setForeground(QColor(ink))
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(find.mark.start)
        cursor.setPosition(find.mark.end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, look
        self.text.setExtraSelections([selection])
        cursor.clearSelection()
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def _on_opened(self, _row: int) -> None:
        self._on_accept()

    def _take(self) -> None:
        """Join the find to the report; make the report first where it is not there yet."""
        find = self._current()
        if find is None or find.state or not self.choice.current:
            return
        chosen = self.choice.current
        made: list[UUID] = []
        act = partial(
            _taken, source=self.source, values=self._values(), offer=find.offer,
            record=None if chosen == _NEW else UUID(chosen), made=made,
        )  # fmt: skip
        if self.desk.do(_("Take find from text"), act, quiet=True):
            self.source = replace(self.source, report=made[0])
            self.reported.emit(made[0])
            self._decide(find, "taken")
        else:
            self.say(_("It could not be taken; the reason is told in the window."))

    def _values(self) -> dict[str, str]:
        return {"title": self.name.text.strip(), "grade": self.grade.text.strip()}

    def _ignore(self) -> None:
        find = self._current()
        if find is not None and not find.state:
            self._decide(find, "ignored")

    def _decide(self, find: Find, state: str) -> None:
        """Note what was decided of a find, and of the same one further on; go to the next."""
        self.say("")
        key = _key(find.mark)
        self.finds = [
            replace(one, state=state) if _key(one.mark) == key and not one.state else one
            for one in self.finds
        ]
        after = (one.place for one in self.finds if not one.state and one.place > find.place)
        before = (one.place for one in self.finds if not one.state)
        self._show(next(after, next(before, find.place)))


def _taken(
    work: Work,
    *,
    source: Source,
    values: dict[str, str],
    offer: Offer,
    record: UUID | None,
    made: list[UUID],
) -> None:
    report = source.report
    if report is None:
        new = Report(title=values["title"], grade=values["grade"], text=source.text)
        report = extracting.report(work, new, source.file).id
    extracting.take(work, offer, report, record, source=source.file)
    made.append(report)


def _look(
    reader: Reader, *, text: str, today: date, file: SourceFile | None
) -> _Looked | DeskError:
    try:
        offers = extracting.look(reader, text, today)
    except DeskError as error:
        return error
    return _Looked(offers, extracting.report_of(reader, file) if file is not None else None)


def _key(mark: Mark) -> tuple[str, str]:
    return (mark.type, mark.normal.casefold())


def _options(offer: Offer) -> list[Option]:
    known = [Option(str(one.id), f"{one.label} · {one.ref}".rstrip(" ·")) for one in offer.known]
    if offer.can_be_new:
        words = _("New {kind}: {text}").format(
            kind=label("kinds", offer.kind.value).lower(), text=offer.mark.text
        )
        known.append(Option(_NEW, words))
    return known


def _columns() -> tuple[Column, ...]:
    def state(find: Find) -> Status:
        word, icon, tone = _STATES[find.state]
        return Status(_(word), icon, tone)  # type: ignore[arg-type]

    return (
        column(_("Found"), lambda f: Text(f.mark.text, mono=f.mark.type != "name"),
               lambda f: f.mark.text.casefold(), 170, stretch=1),
        column(_("What"), lambda f: Text(_(_TYPES[f.mark.type]), "text.2"),
               lambda f: f.mark.type, 150, stretch=0),
        column(_("On the register"), lambda f: Text(f.offer.words), lambda f: f.offer.words,
               220, stretch=2),
        column(_("Decision"), state, lambda f: f.state, 130, stretch=0),
    )  # fmt: skip
