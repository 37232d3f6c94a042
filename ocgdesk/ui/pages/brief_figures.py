"""Beneath the register of products: figures that a record stands in, or that are others now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework import recalls
from ocgdesk.casework.recalls import Moved, Resting, Stands
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Align, Text

_ROWS: Final = 6
"""So many rows are seen at once; the table scrolls."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of a return in a paper, in which a record was counted."""

    paper: str
    stands: Stands


class BriefFigures(QWidget):
    """A table of figures under a sentence; it is away where there is nothing to tell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.says = Label("", weight="strong", wrap=True)
        self.note = Label("", step="small", ink="text.2", wrap=True)
        self.model = ShortTable(_standing())
        self.table = ShortTableView(self.model, name=_("Figures"))
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(0)
        words = QVBoxLayout()
        words.setContentsMargins(16, 8, 16, 8)
        words.setSpacing(2)
        words.addWidget(self.says)
        words.addWidget(self.note)
        column_.addLayout(words)
        column_.addWidget(self.table)
        self.hide()

    def show_resting(self, found: Resting) -> None:
        """Show in which rows of which returns a record was counted."""
        rows = [Standing(p.product.ref, one) for p in found.papers for one in p.stands]
        rows += [Standing(left.words, one) for left in found.exports for one in left.stands]
        told = ngettext(
            "This record was counted in {n} row.", "This record was counted in {n} rows.", len(rows)
        )
        note = recalls.untold_words(found.untold) if found.untold else ""
        self.show_table(_standing(), rows, told.format(n=len(rows)), note)

    def show_moved(self, found: Sequence[Moved]) -> None:
        """Show which figures of a product are others now than when it was issued."""
        told = ngettext(
            "{n} figure in it has changed since it was issued.",
            "{n} figures in it have changed since it was issued.",
            len(found),
        )
        self.show_table(_moved(), found, told.format(n=len(found)), "")

    def clear(self) -> None:
        """Have nothing to tell."""
        self.hide()

    def show_table(
        self, columns: Sequence[Column], rows: Sequence[Any], told: str, note: str
    ) -> None:
        """Show rows under a sentence, with a note where there is one."""
        self.setVisible(bool(rows or note))
        self.says.setText(told)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.table.setVisible(bool(rows))
        self.model.show_columns(columns)
        self.model.show_rows(rows)
        self.table.setFixedHeight(self.table.wanted_height(_ROWS) + px(2))
        self.table.share()


def _standing() -> tuple[Column, ...]:
    return (
        _column(_("Counted in"), lambda row: row.paper, 200, stretch=1),
        _column(_("Return"), lambda row: _(row.stands.title), 180, stretch=2),
        _column(_("Block"), lambda row: row.stands.section, 130, stretch=1),
        _column(_("Row"), lambda row: row.stands.row, 150, stretch=2),
        _column(_("Columns"), lambda row: ", ".join(row.stands.columns), 150, stretch=1),
    )


def _moved() -> tuple[Column, ...]:
    return (
        _column(_("Return"), lambda row: _(row.title), 200, stretch=2),
        _column(_("Block"), lambda row: row.section, 140, stretch=1),
        _column(_("Row"), lambda row: row.row, 160, stretch=2),
        _column(_("Column"), lambda row: row.column, 160, stretch=1),
        _column(_("Then"), lambda row: row.figure(row.then), 90, align="right"),
        _column(_("Now"), lambda row: row.figure(row.now), 90, align="right"),
    )


def _column(
    title: str, read: Any, width: int, *, stretch: int = 0, align: Align = "left"
) -> Column:
    return column(
        title,
        lambda row: Text(read(row), "text", align=align),
        lambda row: read(row).casefold(),
        width,
        align=align,
        stretch=stretch,
    )
