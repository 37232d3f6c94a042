"""Backups: now, at close, and back into a new file."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSpinBox, QWidget

from ocgdesk.casework import backups
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.settings_parts import Section
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.inputs import CheckBox
from ocgdesk.ui.widgets.labels import ElidedLabel, Label, SectionHeading


class BackupSection(Section):
    """One encrypted file with everything in it, keys included."""

    def __init__(self, desk: Desk) -> None:
        said = _(
            "A backup is one encrypted file with the workspace and its keys. It opens with the "
            "passphrases and recovery words of the day it was made."
        )
        super().__init__(desk, _("Backup"), said)
        self.now_button = primary(_("Back up now"), icon="page.backup")
        self.at_close = CheckBox(_("Back up when the workspace is closed after edits"))
        self.count = QSpinBox()
        self.count.setRange(1, 1_000)
        self.count.setAccessibleName(_("How many are kept"))
        self.folder = ElidedLabel("", ink="text.2")
        self.folder_button = outline(_("Choose a folder"), icon="action.open-file", height="bar")
        self.last = Label("", ink="text.2", wrap=True)
        self.restore_button = outline(_("Restore a backup"), icon="page.backup")
        self._arrange()
        self.now_button.clicked.connect(self._on_now)
        self.at_close.toggled.connect(self._on_at_close)
        self.count.valueChanged.connect(self._on_count)
        self.folder_button.clicked.connect(self._on_folder)
        self.restore_button.clicked.connect(self._on_restore)

    def show_now(self) -> None:
        kept, path = self.desk.settings, self.desk.workspace.path
        self.at_close.setChecked(kept.backup_at_close)
        self.count.blockSignals(True)
        self.count.setValue(kept.backup_keep)
        self.count.blockSignals(False)
        self.count.setEnabled(kept.backup_at_close)
        self.folder.setText(str(backups.folder_of(path, kept)))
        self.run("", lambda _progress: backups.last_at_close(path, kept), self._show_last)

    def back_up(self, path: Path) -> None:
        """Write a backup here, in the background."""
        workspace = self.desk.workspace
        self.now_button.refuse(_("Being written"))
        self.run(
            _("Back up"),
            lambda progress: backups.back_up(workspace, path, progress),
            partial(self._on_backed_up, path),
        )
        if self.job is not None:
            self.job.finished.connect(self.now_button.allow)

    def restore(self, source: Path, destination: Path) -> None:
        """Write a backup out as a new workspace, in the background."""
        self.run(
            _("Restore"),
            lambda _progress: backups.restore(source, destination),
            partial(self._on_restored, destination),
        )

    def _arrange(self) -> None:
        self._add_row(self.now_button)
        self.column.addWidget(SectionHeading(_("At close")))
        self._add_row(self.at_close)
        self._add_row(Label(_("Keep the newest")), self.count)
        self._add_row(Label(_("In")), self.folder, self.folder_button)
        self.column.addWidget(self.last)
        self.column.addWidget(SectionHeading(_("Restore")))
        said = _("A backup is restored into a new file; nothing is ever written over.")
        self.column.addWidget(Label(said, ink="text.2", wrap=True))
        self._add_row(self.restore_button)
        self.column.addStretch(1)

    def _add_row(self, *parts: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.column.addLayout(row)

    def _show_last(self, found: tuple[Path, datetime] | None) -> None:
        if found is None:
            self.last.setText(_("None was made at close yet."))
            return
        path, made = found
        here = made.astimezone(LONDON)
        when = f"{here.day} {here:%b %Y, %H:%M}"
        words = _("Last one at close: {when}, {name}")
        self.last.setText(words.format(when=when, name=path.name))

    @Slot()
    def _on_now(self) -> None:
        workspace = self.desk.workspace.path
        name = f"{workspace.stem}-{self.desk.today():%Y%m%d}{backups.SUFFIX}"
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Back up"), str(workspace.with_name(name)), f"*{backups.SUFFIX}"
        )
        if path:
            self.back_up(Path(path))

    def _on_backed_up(self, path: Path, head: str) -> None:
        words = _("Backed up as {name}. Head of the journal then: {head}")
        self.say(words.format(name=path.name, head=head))

    @Slot(bool)
    def _on_at_close(self, on: bool) -> None:  # noqa: FBT001 - a signal's
        self.count.setEnabled(on)
        if on != self.desk.settings.backup_at_close:
            self.keep(backup_at_close=on)

    @Slot(int)
    def _on_count(self, count: int) -> None:
        self.keep(backup_keep=count)

    @Slot()
    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Where backups go"), self.folder.text())
        if chosen:
            self.keep(backup_folder=chosen)
            self.show_now()

    @Slot()
    def _on_restore(self) -> None:
        source, _filter = QFileDialog.getOpenFileName(
            self, _("Restore a backup"), "", f"*{backups.SUFFIX}"
        )
        if not source:
            return
        name = f"{Path(source).stem}.ocgdesk"
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Restore as"), str(Path(source).with_name(name)), "*.ocgdesk"
        )
        if path:
            self.restore(Path(source), Path(path))

    def _on_restored(self, destination: Path, _result: object) -> None:
        words = _("Restored as {name}. Open it from the unlock page.")
        self.say(words.format(name=destination.name))
