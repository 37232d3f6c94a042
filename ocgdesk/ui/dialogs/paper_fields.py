"""On what a chart is put: the sheet, how fine, and whether it is cut for a smaller printer."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.i18n import N_, _
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import Option, Select

SIZES: Final = {
    "a4": N_("A4"),
    "a3": N_("A3"),
    "a2": N_("A2"),
    "a1": N_("A1"),
    "slide": N_("Slide, 16:9"),
}
_DPI: Final = ("96", "150", "300", "600")
_TILES: Final = {"": N_("One sheet"), "a4": N_("A4 sheets"), "a3": N_("A3 sheets")}
_LARGER: Final = {"": tuple(SIZES), "a4": ("a3", "a2", "a1"), "a3": ("a2", "a1")}
"""The sheets that can be cut into each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a chart is put on."""

    size: str = "a4"
    dpi: int = 300
    tiles: str = ""
    """The paper it is cut for; empty: one sheet."""


class PaperFields(QWidget):
    """Sheet, dots per inch and cutting in one row; what does not apply cannot be chosen."""

    changed = Signal()

    def __init__(self, size: str = "a4", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = FormField(_("Sheet"), Select(_options(SIZES)))
        self.dpi = FormField(_("Dots per inch"), Select(tuple(Option(n, n) for n in _DPI)))
        self.tiles = FormField(_("Printed on"), Select(_options(_TILES)))
        choose(self.sheet, size)
        choose(self.dpi, "300")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for field in (self.sheet, self.dpi, self.tiles):
            row.addWidget(field, 1)
            field.changed.connect(self._on_changed)
        self._on_changed()

    @property
    def paper(self) -> Paper:
        """What was chosen."""
        cut = self.tiles.text if self.tiles.isEnabled() else ""
        return Paper(size=self.sheet.text, dpi=int(self.dpi.text), tiles=cut)

    def offer(self, *, dpi: bool, tiles: bool) -> None:
        """Show only what means something for the form that is chosen."""
        self.dpi.setVisible(dpi)
        self.tiles.setVisible(tiles)
        if not tiles:
            choose(self.tiles, "")

    def _on_changed(self) -> None:
        can = self.sheet.text in _LARGER["a4"]
        self.tiles.setEnabled(can)
        if not can or self.sheet.text not in _LARGER[self.tiles.text]:
            choose(self.tiles, "")
        self.changed.emit()


def choose(field: FormField, key: str) -> None:
    """Choose an entry of a drop-down without telling anybody."""
    if isinstance(field.editor, Select):
        field.editor.choose(key)


def _options(words: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(key, _(text)) for key, text in words.items())
