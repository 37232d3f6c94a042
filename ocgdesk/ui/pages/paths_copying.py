"""A path on the clipboard, as sentences for a statement: asked for whom and why, and journalled."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import path_telling
from ocgdesk.casework.path_telling import Path
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Purpose, PurposeDialog


class StatementCopier(QObject):
    """Copies paths of one page; people recorded as exploited are not named."""

    copied = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._before: Purpose | None = None

    def ask(self, path: Path, caveats: Sequence[str]) -> None:
        """Ask for whom and why, then copy."""
        about = self._desk.workspace.about
        dialog = PurposeDialog(
            _(
                "The path leaves the workspace as marked sentences. This is logged, with "
                "recipient and reason. People recorded as exploited are not named."
            ),
            title=_("Copy for a statement"),
            accept=_("Copy"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            before=self._before,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_accepted, dialog, path, tuple(caveats)))
        dialog.open()

    def _on_accepted(self, dialog: PurposeDialog, path: Path, caveats: tuple[str, ...]) -> None:
        purpose = dialog.purpose
        if purpose is None:
            return
        self._before = purpose
        about, subjects = self._desk.workspace.about, tuple(brief.no for brief in path.records)
        text = path_telling.statement(path, caveats, synthetic=about.synthetic)
        logged = self._desk.disclose(
            _("Copy path"),
            subjects,
            reason=purpose.reason,
            recipient=purpose.recipient,
            format="clipboard",
        )
        if logged:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit()
