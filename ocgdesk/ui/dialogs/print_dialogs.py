"""Printing a chart: for whom and on what, then the sheets as they will come out."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ocgdesk.i18n import _, ngettext
from ocgdesk.store.meta import About
from ocgdesk.ui.dialogs.disclosure_dialog import PurposeDialog
from ocgdesk.ui.dialogs.paper_fields import Paper, PaperFields
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.labels import Label

SEEN: Final = 640
"""How wide a sheet is in the preview, at 100 %."""


class PrintDialog(PurposeDialog):
    """Asks for recipient, reason and paper."""

    def __init__(self, what: str, *, about: About, **more: Any) -> None:
        said = _("{what} leave the workspace on paper. This is logged, with recipient and reason.")
        super().__init__(
            said.format(what=what),
            title=_("Print chart"),
            accept=_("Preview"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            **more,
        )
        self.fields_of_paper = PaperFields()
        self.fields_of_paper.offer(dpi=False, tiles=True)
        self.fields.addWidget(self.fields_of_paper)

    @property
    def paper(self) -> Paper:
        """The sheet, and whether it is cut for a smaller printer."""
        return self.fields_of_paper.paper


class PreviewDialog(Sheet):
    """Shows the sheets one below the other; nothing is journalled until they are printed."""

    wanted = Signal()
    """They are to be printed."""

    def __init__(
        self, sheets: Sequence[QImage], *, about: About, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Print preview"),
            _("Print…"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            width=SEEN + 80,
            parent=parent,
        )
        n = len(sheets)
        words = ngettext("{n} sheet, landscape", "{n} sheets, landscape", n).format(n=n)
        self.body.addWidget(Label(words, ink="text.2"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(12)
        self.pages = [self._page(image, at, n) for at, image in enumerate(sheets, start=1)]
        for page in self.pages:
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        scroller = Scroller(inside)
        scroller.setMinimumHeight(px(380))
        self.body.addWidget(scroller, 1)

    def on_accept(self) -> None:
        self.wanted.emit()
        self.accept()

    def _page(self, image: QImage, at: int, of: int) -> QLabel:
        label = QLabel()
        smooth = Qt.TransformationMode.SmoothTransformation
        label.setPixmap(QPixmap.fromImage(image.scaledToWidth(px(SEEN), smooth)))
        label.setAccessibleName(_("Sheet {n} of {all}").format(n=at, all=of))
        label.setFrameShape(QLabel.Shape.Box)
        return label
