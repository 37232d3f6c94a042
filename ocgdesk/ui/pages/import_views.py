"""An import under way, and one that was taken in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.import_lines import Checked
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui import words
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.labels import IconLabel, Label
from ocgdesk.ui.widgets.strands import ProgressBar

FILES: Final = (
    "*.csv *.tsv *.psv *.txt *.xlsx *.xlsm *.xls *.ods *.json *.jsonl *.ndjson *.zip *.gz"
    " *.anx *.graphml *.gexf *.gml *.net"
)
"""The names of files that are offered."""
PASTED: Final = "clipboard.txt"
"""What a table from the clipboard goes by."""
Answer = Checked | DeskError
"""What reading files came to: the draft, or why there is none."""


class Task(Protocol):
    """Reads files and compares them with the register."""

    def __call__(self, reader: Reader, /, *, progress: Progress) -> Checked:
        """Return the draft; raises Refused where there is none."""


def answer(task: Task, reader: Reader, progress: Progress) -> Answer:
    """Return what was read, or why it could not be: the page itself says so, in place."""
    try:
        return task(reader, progress=progress)
    except DeskError as error:
        return error


class ReadingView(QWidget):
    """How far reading is, and a way out of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("", ink="text.2")
        self.bar = ProgressBar(width=240)
        self.stop_button = outline(_("Cancel"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (self.words, self.bar, self.stop_button):
            row = QHBoxLayout()
            row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        self.begin()

    def begin(self) -> None:
        """Show that nothing is read yet."""
        self.words.setText(_("Reading…"))
        self.bar.show_share(0.0, _("Reading"))

    @Slot(int, int, str)
    def show_progress(self, done: int, total: int, what: str) -> None:
        """Show how far it is."""
        self.words.setText(f"{what} · {done:,} / {total:,}" if total else what)
        self.bar.show_share(done / total if total else 0.0, what)


class DoneView(QWidget):
    """What was taken in, and where to go from here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("", step="section", wrap=True)
        self.undo_button = outline(_("Undo"), icon="action.undo", key="Ctrl+Z")
        self.chart_button = primary(_("Chart these"), icon="action.chart")
        self.register_button = outline(_("Open the register"), icon="page.table")
        self.more_button = outline(_("Import another file"), icon="page.import")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel("status.ok", "ok", 20))
        head.addWidget(self.words, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        ways = (self.chart_button, self.register_button, self.undo_button, self.more_button)
        for button in ways:
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(row)
        column.addStretch(1)


def file_names(paths: Sequence[Path]) -> str:
    """Return the names of files in one line."""
    names = [path.name for path in paths]
    if len(names) < 2:
        return "".join(names)
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def basis_words(checked: Checked) -> str:
    """Return the line below the title of a draft."""
    count = len(checked.records) + len(checked.links)
    row_words = ngettext("{n} row", "{n} rows", count).format(n=f"{count:,}")
    return " · ".join(
        (
            _("Nothing is written until you take it in"),
            row_words,
            *events_words(checked),
            _("read in {s} s").format(s=f"{max(checked.seconds, 0.1):.1f}"),
        )
    )


def events_words(checked: Checked) -> tuple[str, ...]:
    """Return how many events the links would count anew, where rows are events; else nothing."""
    if not checked.draft.keeps_events:
        return ()
    n, alone = checked.counts["events"], sum(checked.draft.unnamed.values())
    said = ngettext("{n} new event", "{n} new events", n).format(n=f"{n:,}")
    return (said, _("{n} with one number alone").format(n=f"{alone:,}")) if alone else (said,)


def label_words(checked: Checked) -> str:
    """Name the act by what it makes; file names may name people."""
    if len({record.kind for record in checked.draft.records}) > 1:
        return _("Import records")
    kind = checked.draft.kind if len(checked.records) else Kind.LINK
    word = words.many(kind)
    word = word if word[1:2].isupper() else word.lower()
    return _("Import {what}").format(what=word)
