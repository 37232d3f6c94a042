"""What leaves a page as a file: asked where and for whom, journalled as disclosed, then written."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import files
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog


class Papers(QObject):
    """Asks where something is to go, and writes it there; what is written is made elsewhere."""

    written = Signal(object, int)
    """The Path of a file that is now there, and how many rows it holds."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over

    def _ask(
        self,
        what: str,
        path: Path,
        then: Callable[[Disclosure], object],
        *,
        title: str,
        formats: Sequence[tuple[str, str]],
        offer_figure: bool = False,
    ) -> None:
        """Ask where it goes, to whom and why; ``then`` is given the answer."""
        about = self._desk.workspace.about
        dialog = DisclosureDialog(
            what,
            path,
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=title,
            formats=formats,
            offer_figure=offer_figure,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_asked, dialog, then))
        dialog.open()

    def _on_asked(self, dialog: DisclosureDialog, then: Callable[[Disclosure], object]) -> None:
        if dialog.disclosure is not None:
            then(dialog.disclosure)

    def _leave(
        self,
        label: str,
        asked: Disclosure,
        data: bytes,
        subjects: tuple[int, ...] = (),
        *,
        count: int = 0,
        **detail: Any,
    ) -> None:
        """Enter that it leaves; where that could be entered, write the file."""
        logged = self._desk.disclose(
            label,
            subjects,
            reason=asked.reason,
            recipient=asked.recipient,
            format=asked.format,
            **detail,
        )
        if logged:
            self._desk.background(
                "",
                lambda _progress: files.write(asked.path, data),
                partial(self._on_left, count),
            )

    def _on_left(self, count: int, path: Path) -> None:
        self.written.emit(path, count)
