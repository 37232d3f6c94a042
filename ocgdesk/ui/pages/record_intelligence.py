"""A report before it is shared: how it is graded, what may give its source away, what cites it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from ocgdesk.casework import intelligence
from ocgdesk.casework.intelligence import Citation, Cleanness
from ocgdesk.domain.entities import Report
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.source_words import SANITISATION, Finding
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui import theme
from ocgdesk.ui.dialogs.case_dialog import Form, asked
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import column
from ocgdesk.ui.pages.record_case_parts import CasePart, CaseSection, text
from ocgdesk.ui.pages.record_parts import Fact, FactStrip
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.cards import Card
from ocgdesk.ui.widgets.labels import IconLabel, Label, SectionHeading
from ocgdesk.ui.widgets.values import NONE, Cell, Text, Tone

_LINES: Final = 4
_MOST_LINES: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the part shows, read from one snapshot."""

    report: Report
    cleanness: Cleanness
    citations: tuple[Citation, ...]


def read(reader: Reader, id_: UUID) -> Shared:
    """Return a report with what may give its source away and what cites it."""
    report = reader.get(Report, id_)
    return Shared(
        report=report,
        cleanness=intelligence.cleanness(report),
        citations=intelligence.citations(reader, id_),
    )


class ReportPart(CasePart):
    """Grading and conditions, the text with its phrases marked, the questions, what cites it."""

    TOUCHED = (Kind.REPORT, Kind.ASSERTION, *LINKS)

    def build(self) -> None:
        self.facts = FactStrip(self.body)
        self.heading = SectionHeading(_("Before it is shared"), parent=self.body)
        self.button = outline(_("Mark as sanitised"), icon="action.check", height="bar")
        self.button.clicked.connect(self._on_sanitise)
        self.heading.add_action(self.button)
        self.said = Label("", wrap=True, parent=self.body)
        self.words = MarkedText(self.body)
        self.questions = Card(margins=(16, 12, 16, 12), parent=self.body)
        for question in SANITISATION:
            self.questions.body.addLayout(_question(_(question)))
        for part in (self.facts, self.heading, self.said, self.words, self.questions):
            self.body.column.addWidget(part)
        self.add_section("findings", _findings_section())
        self.add_section("citations", _citations_section()).opened.connect(self._on_opened)

    def query(self) -> Callable[[Reader], Any]:
        return partial(read, id_=self.id)

    def fill(self, found: Shared) -> None:
        clean = found.cleanness
        self.facts.show_facts(_facts(found.report))
        self.said.setText(_said(clean))
        self.said.set_ink("due" if clean.found and not clean.sanitised else "text.2")
        self.words.show_text(found.report.title, found.report.text, clean)
        self.button.set_label(
            _("Not sanitised after all") if clean.sanitised else _("Mark as sanitised")
        )
        if self.refused:
            self.button.refuse(self.refused)
        else:
            self.button.allow()
        told = ngettext("{n} phrase", "{n} phrases", clean.found).format(n=clean.found)
        findings = (*clean.title, *clean.text)
        self.sections["findings"].show_rows(findings, told if findings else "")
        self.sections["findings"].setVisible(bool(findings))
        self.sections["citations"].show_rows(found.citations)

    def _on_sanitise(self) -> None:
        found: Shared | None = self.found
        if found is None:
            return
        if found.cleanness.sanitised:
            act = partial(intelligence.sanitise, id_=self.id, sanitised=False)
            self.asking.do(_("Mark report as not sanitised"), act)
        elif found.cleanness.found:
            self._ask_reason(found.cleanness)
        else:
            act = partial(intelligence.sanitise, id_=self.id)
            self.asking.do(_("Mark report as sanitised"), act)

    def _ask_reason(self, clean: Cleanness) -> None:
        form = Form(
            title=_("Mark as sanitised"),
            accept=_("Mark as sanitised"),
            note=clean.warning,
            questions=(
                asked(_("Why these words may stay"), "reason", FieldType.LONG_TEXT, required=True),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            intelligence.sanitise(work, self.id, reason=said["reason"])

        self.asking.ask(form, _("Mark report as sanitised"), act)

    def _on_opened(self, row: Citation) -> None:
        self.opened.emit(row.record)


class MarkedText(QWidget):
    """A report's title and text to be read, with the phrases that may give its source away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[tuple[int, Finding], ...] = ()
        self.box = QPlainTextEdit(self)
        self.box.setReadOnly(True)
        self.box.setTabChangesFocus(True)
        self.box.setAccessibleName(_("Text of the report"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        theme.follow(self, self._dress)

    def show_text(self, title: str, words: str, clean: Cleanness) -> None:
        """Show these words and mark what was found in them."""
        shift = len(title) + 2
        whole = f"{title}\n\n{words}"
        if whole != self.box.toPlainText():
            self.box.setPlainText(whole)
        marks = [(0, one) for one in clean.title] + [(shift, one) for one in clean.text]
        self._findings = tuple(marks)
        said = ngettext("{n} phrase marked", "{n} phrases marked", len(marks))
        self.box.setAccessibleDescription(said.format(n=len(marks)))
        lines = whole.count("\n") + sum(len(line) // 110 for line in whole.split("\n")) + 1
        self._lines = min(max(_LINES, lines), _MOST_LINES)
        self._dress()

    def _dress(self) -> None:
        self.box.setFixedHeight(px(20) * getattr(self, "_lines", _LINES))
        self.box.setExtraSelections(list(self._selections()))

    def _selections(self) -> Sequence[Any]:
        ink, ground = theme.current().tone("due")
        found = []
        for shift, one in self._findings:
            look = QTextCharFormat()
            look.setBackground(QColor(ground))
            look.setForeground(QColor(ink))
            look.setFontUnderline(True)
            cursor = QTextCursor(self.box.document())
            cursor.setPosition(shift + one.start)
            cursor.setPosition(shift + one.end, QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, look
            found.append(selection)
        return found


def _question(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 3, 0, 3)
    row.setSpacing(10)
    row.addWidget(IconLabel("status.info", "info", 15))
    row.addWidget(Label(words, ink="text.2", wrap=True), 1)
    return row


def _said(clean: Cleanness) -> str:
    if clean.sanitised:
        return _("Marked as sanitised. Other words will have to be looked through anew.")
    return clean.warning or _(
        "The check found no phrase that gives a source away. It sees words only: people decide."
    )


def _facts(report: Report) -> tuple[Fact, ...]:
    grading = report.grading
    grade = grading.shown() if grading else NONE
    needs = grading is not None and grading.scheme == "3x5x2" and grading.handling == "C"
    missing = needs and not report.conditions
    tone: Tone = "overdue" if missing else "neutral"
    conditions = report.conditions or (_("Needed: handling is C") if missing else NONE)
    scheme = _("5x5x5, kept as it came") if grading and grading.scheme == "5x5x5" else ""
    restricted = _("restricted") if report.restricted_to is not None else ""
    return (
        Fact(caption=_("Grading"), value=grade, note=scheme),
        Fact(caption=_("Handling conditions"), value=conditions, tone=tone,
             icon="status.warning" if missing else ""),
        Fact(caption=_("Source label"), value=report.origin or NONE, note=restricted),
        Fact(caption=_("Sanitised"), value=_("Yes") if report.sanitised else _("Not yet")),
    )  # fmt: skip


def _findings_section() -> CaseSection:
    columns = (
        column(_("Phrase"), lambda f: Text(f"“{f.text}”", strong=True), lambda f: f.start, 220,
               stretch=2),
        column(_("Why it was marked"), lambda f: Text(f.words, "text.2"), lambda f: f.words, 320,
               stretch=3),
    )  # fmt: skip
    return CaseSection(_("Marked phrases"), columns, empty="")


def _citations_section() -> CaseSection:
    def other(one: Citation) -> Cell:
        return entity(one.other) if one.other is not None else looks.NOTHING

    columns = (
        column(_("Record"), lambda o: entity(o.record), lambda o: o.record.label.casefold(), 200,
               stretch=3),
        column(_("What rests on it"), lambda o: Text(o.what), lambda o: o.what, 150, stretch=1),
        column(_("With"), other, lambda o: o.other.label.casefold() if o.other else None, 200,
               stretch=3),
        column(_("Rests in all on"), lambda o: text(o.weight.words, "text.2"),
               lambda o: -o.weight.sources, 240, stretch=2, yields=1),
    )  # fmt: skip
    return CaseSection(
        _("What rests on this report"),
        columns,
        empty=_("No link and no field rests on this report."),
        icon="entity.link",
    )
