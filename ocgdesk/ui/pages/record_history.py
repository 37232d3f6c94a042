"""The history of a record: what was recorded and when, of all fields or of one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import histories
from ocgdesk.casework.histories import Stood
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.registry import class_of
from ocgdesk.i18n import _
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms import editors
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.pages import record_tables
from ocgdesk.ui.pages.record_reading import Past
from ocgdesk.ui.pages.record_tabs import TablePart
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import ElidedLabel, Label
from ocgdesk.ui.widgets.values import NONE, Cell, Heading, Text

_ALL: Final = ""


class HistoryPart(TablePart):
    """What was recorded and when, of all fields or one; and a box for the record as at a date."""

    dated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            record_tables.history_columns(),
            name=_("History"),
            empty=_("Nothing is recorded in the history."),
            parent=parent,
        )
        self._past: Past | None = None
        self._kind: Kind | None = None
        self.field = Select((Option(_ALL, _("All fields")),), name=_("Field"))
        self.field.chosen.connect(self._on_field)
        self.add_widget(self.field)
        self.add_widget(Label(_("Show as at"), ink="text.2"))
        self.box = TextBox(placeholder=_("14/2/2026"), name=_("Show as at"))
        self.box.setFixedWidth(px(140))
        self.box.returnPressed.connect(self._on_date)
        self.add_widget(self.box)
        self.button = outline(_("Show"), icon="status.as-at", height="bar")
        self.button.clicked.connect(self._on_date)
        self.add_widget(self.button)
        self.came = ElidedLabel("", step="small", ink="text.2")
        self.came.hide()
        self._bar.insertWidget(0, self.came, 1)
        self.said = Label("", step="small", ink="overdue")
        self.said.hide()
        self._bar.insertWidget(0, self.said)

    def show_past(self, past: Past, kind: Kind) -> None:
        """Show this history; the field that was chosen stays chosen."""
        self._past = past
        self._tell_origins(past)
        if kind is not self._kind:
            self._kind = kind
            fields = (Option(name, words) for name, words in histories.names(kind))
            self.field.show_options((Option(_ALL, _("All fields")), *fields))
        self._show()

    def _tell_origins(self, past: Past) -> None:
        """Say which file it came from; all of them, with their hashes, in the tool tip."""
        told = [
            _("From {file}, row {row}, by {spec}").format(
                file=one.name, row=f"{one.row:,}", spec=one.specification
            )
            for one in past.origins
        ]
        self.came.setText(next(iter(told), ""))
        hashes = (f"SHA-256 {one.sha256}" for one in past.origins)
        lines = (f"{line}\n{mark}" for line, mark in zip(told, hashes, strict=True))
        self.came.setToolTip("\n".join(lines))
        self.came.setVisible(bool(told))

    def say(self, sentence: str) -> None:
        """Say what is wrong with the date."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.box.set_state("error" if sentence else "")

    def _show(self) -> None:
        past, kind, name = self._past, self._kind, self.field.current
        if past is None or kind is None:
            return
        if name == _ALL:
            self._have(record_tables.history_columns())
            lines = record_tables.history_lines(past)
            self.show_rows(lines, lambda line: (line.seq, line.field))
            return
        self._have(_columns(kind, name, past))
        found = histories.of_field(past.events, name)
        self.show_rows(tuple(reversed(found)), lambda one: one.seq)

    def _have(self, columns: tuple[Column, ...]) -> None:
        """Have other columns where they are other ones."""
        now = [column.heading.title for column in self.rows.columns]
        if now != [column.heading.title for column in columns]:
            self.rows.show_columns(columns)
            self.table.share()

    def _on_field(self) -> None:
        self._show()

    def _on_date(self) -> None:
        if text := self.box.text().strip():
            self.dated.emit(text)


def _columns(kind: Kind, name: str, past: Past) -> tuple[Column, ...]:
    """Return the columns of the history of one field."""
    title = dict(histories.names(kind))[name]

    def value(one: Stood) -> Cell:
        return _value(kind, name, one)

    def who(one: Stood) -> str:
        return past.users.get(one.user, _("former user"))

    return (
        _column(title, value, lambda one: str(one.value or ""), 200, stretch=4),
        _column(_("From"), lambda one: Text(_when(one.since)), lambda one: one.since, 150),
        _column(_("To"), lambda one: Text(_when(one.until) if one.until else _("now")),
                lambda one: one.until, 150),
        _column(_("Who"), lambda one: Text(who(one), strong=True), who, 130),
        _column(_("Act"), lambda one: Text(one.label), lambda one: one.label, 140, yields=1),
        _column(_("Reason"), lambda one: Text(one.reason or NONE), lambda one: one.reason, 160,
                stretch=2, yields=2),
    )  # fmt: skip


def _column(
    title: str,
    cell: Callable[[Stood], Cell],
    order: Callable[[Stood], Any],
    width: int,
    *,
    stretch: int = 0,
    yields: int = 0,
) -> Column:
    heading = Heading(title=title)
    return Column(
        heading=heading, cell=cell, order=order, width=width, stretch=stretch, yields=yields
    )


def _value(kind: Kind, name: str, one: Stood) -> Cell:
    if one.is_erased:
        return Text(_("erased"), "text.3")
    if one.is_removed:
        return Text(_("Removed"), "overdue")
    described = next((f for f in described_fields(class_of(kind)) if f.name == name), None)
    if described is not None:
        said = editors.shown(described, one.value)
        return Text(said or NONE, "text" if said else "text.3")
    if isinstance(one.value, Marking):
        return Text(one.value.banner)
    return Text(_("Yes") if one.value else _("No"))


def _when(moment: datetime) -> str:
    here = moment.astimezone(LONDON)
    return f"{here.day} {here:%b %Y, %H:%M}"
