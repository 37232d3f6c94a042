"""The two tables of the duplicates page: the queue of pairs, and two records side by side."""

from dataclasses import dataclass, replace
from typing import Final

from ocgdesk.casework.combining import ABSORBED, BOTH, KEPT, Compared
from ocgdesk.casework.duplicates import Pair
from ocgdesk.i18n import _
from ocgdesk.ui.forms.editors import shown
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.widgets.values import NONE, Cell, Status, Text

LEFT, RIGHT, TAKEN = 1, 2, 3
"""The columns of the second table that are clicked."""
_NEXT: Final = {KEPT: ABSORBED, ABSORBED: BOTH, BOTH: KEPT}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One field of the two records, and which value a merge takes."""

    compared: Compared

    @property
    def choice(self) -> str:
        """``kept``, ``absorbed`` or ``both``."""
        return self.compared.choice

    @property
    def is_several(self) -> bool:
        """Whether the field holds several values, so that both can be taken."""
        return isinstance(self.compared.kept, tuple)

    def taking(self, choice: str) -> "Chosen":
        """Return the field with another choice; both only where there are several values."""
        if choice == BOTH and not self.is_several:
            choice = KEPT
        return Chosen(replace(self.compared, choice=choice))

    def next(self) -> "Chosen":
        """Return the field with the next choice there is."""
        return self.taking(_NEXT[self.choice])


def pair_columns() -> tuple[Column, ...]:
    """Return the columns of the queue."""
    return (
        column(_("Record"), lambda p: entity(p.one), _one, 126, stretch=4),
        column(_("May be"), lambda p: entity(p.other), _other, 126, stretch=4),
        column(_("How sure"), _sure, lambda p: p.probability, 92, align="right"),
        column(_("Verdict"), _verdict, lambda p: p.verdict, 120, yields=2),
    )


def _one(pair: Pair) -> str:
    return pair.one.label.casefold()


def _other(pair: Pair) -> str:
    return pair.other.label.casefold()


def _sure(pair: Pair) -> Cell:
    return Text(f"{pair.probability:.0%}", align="right", strong=pair.probability > 0.9)


def _verdict(pair: Pair) -> Cell:
    if pair.verdict == "maybe":
        return Status(_("Maybe the same"), "status.duplicate")
    if pair.verdict:
        return Status(_("Merge proposed"), "status.warning", "due")
    return Text(NONE, "text.3")


def field_columns() -> tuple[Column, ...]:
    """Return the columns of two records side by side; the taken value stands out."""
    return (
        column(_("Field"), _name, lambda row: row.compared.field.label, 150, stretch=2),
        column(_("Kept record"), _kept, lambda row: str(row.compared.kept), 180, stretch=4),
        column(
            _("Other record"), _absorbed, lambda row: str(row.compared.absorbed), 180, stretch=4
        ),
        column(_("Merge takes"), _taken, lambda row: row.choice, 120, stretch=1),
    )


def two_columns() -> tuple[Column, ...]:
    """Return the columns of a record beside a row of a file; the taken value stands out."""
    return (
        column(_("Field"), _name, lambda row: row.compared.field.label, 84, stretch=2),
        column(_("The record"), _kept, lambda row: str(row.compared.kept), 96, stretch=3),
        column(_("The row"), _absorbed, lambda row: str(row.compared.absorbed), 96, stretch=3),
    )


def _name(row: Chosen) -> Cell:
    label = row.compared.field.label
    return Text(label, strong=True) if row.compared.differs else Text(label, "text.3")


def _kept(row: Chosen) -> Cell:
    return _value(row, row.compared.kept, {KEPT, BOTH})


def _absorbed(row: Chosen) -> Cell:
    return _value(row, row.compared.absorbed, {ABSORBED, BOTH})


def _value(row: Chosen, value: object, taken: set[str]) -> Cell:
    words = shown(row.compared.field, value) or NONE
    if not row.compared.differs:
        return Text(words, "text.3")
    return Text(words, strong=True) if row.choice in taken else Text(words, "text.2")


def _taken(row: Chosen) -> Cell:
    if not row.compared.differs:
        return Text(_("the same"), "text.3")
    words = {KEPT: _("kept record's"), ABSORBED: _("other record's"), BOTH: _("both")}
    return Text(words[row.choice])
