"""What a search found leaves as a file: asked for whom and why first, logged, then written."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import exports, search_exports
from ocgdesk.casework.searching import Answer
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder
from ocgdesk.ui.widgets.buttons import outline


class SearchPapers(QObject):
    """The button that takes results out, and what comes of it."""

    written = Signal(str)
    """What was written, for a toast."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._text = ""
        self._count = 0
        self._kinds: tuple[Kind, ...] = ()
        self.button = outline(_("Export…"), icon="action.save")
        self.button.clicked.connect(self._on_export)

    def offer(self, answer: Answer, kinds: Sequence[Kind]) -> None:
        """Take out what was found for this, when asked to."""
        self._text, self._kinds = answer.text, tuple(kinds)
        self._count = answer.count
        if not self._desk.may(Right.EXPORT):
            self.button.refuse(_("Your roles do not let you export records."))
        elif not answer.groups:
            self.button.refuse(_("Nothing was found"))
        else:
            self.button.allow()

    def _on_export(self) -> None:
        about, n = self._desk.workspace.about, self._count
        what = ngettext("{n} record", "{n} records", n).format(n=f"{n:,}")
        dialog = DisclosureDialog(
            what,
            documents_folder() / f"search-{self._desk.today():%Y-%m-%d}.xlsx",
            marking=about.marking.value,
            synthetic=about.synthetic,
            offer_names=True,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_accepted, dialog))
        dialog.open()

    def _on_accepted(self, dialog: DisclosureDialog) -> None:
        if (asked := dialog.disclosure) is not None:
            self.export(asked)

    def export(self, asked: Disclosure) -> None:
        """Write what the search finds to the file that was chosen."""
        task = partial(_written, desk=self._desk, text=self._text, kinds=self._kinds, asked=asked)
        self._desk.background(_("Export search"), task, partial(self._on_written, asked))

    def _on_written(self, asked: Disclosure, count: int) -> None:
        told = _("Wrote {name}: {rows}")
        rows = exports.rows_in_words(count)
        self.written.emit(told.format(name=asked.path.name, rows=rows))


def _written(
    progress: Progress, *, desk: Desk, text: str, kinds: Sequence[Kind], asked: Disclosure
) -> int:
    said = exports.printed(
        desk.workspace, datetime.now(LONDON), filters={"text": text}, named=asked.named_because
    )
    return search_exports.to_file(
        desk.workspace, text, asked.path, said,
        kinds=kinds, recipient=asked.recipient, reason=asked.reason, progress=progress,
    )  # fmt: skip
