"""What the cells and headings of a register show that need more than one value of a row."""

from datetime import date

from ocgdesk.casework.moments import Moment
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store.listing import ColumnSpec, ListQuery, ListRow
from ocgdesk.ui import words
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets.values import Cell, Entity, Heading, Text

_NAMED = frozenset({Kind.NOMINAL})
"""Kinds whose rows carry an icon: all others of a list would show the same one."""


def label(kind: Kind, row: ListRow, spec: ColumnSpec, today: date) -> Cell:
    """Return the cell that names a row; of a nominal its last cell says whether it is exploited."""
    said = str(row.cells[0] or "")
    if spec.mono and not row.restricted:
        return looks.doubtful(kind, spec, said, today) or Text(said, strong=True, mono=True)
    icon = ""
    if kind in _NAMED:
        icon = words.icon_of(kind, exploited=bool(row.cells[-1]))
    return Entity(kind=icon.removeprefix("entity."), label=said, restricted=row.restricted)


def title(spec: ColumnSpec, moment: Moment) -> str:
    """Return what a column is called; what is counted is counted of now alone, and says so."""
    return (
        _("{column} (now only)").format(column=spec.label)
        if moment and spec.counted
        else spec.label
    )


def heading(spec: ColumnSpec, query: ListQuery, moment: Moment) -> Heading:
    """Return the heading of a column: how rows are ordered by it, and whether it is filtered."""
    sorts = query.sorts
    at = next((n for n, sort in enumerate(sorts) if sort.column == spec.name), -1)
    return Heading(
        title=title(spec, moment),
        align="right" if looks.is_right(spec) else "left",
        sort=0 if at < 0 else -1 if sorts[at].descending else 1,
        rank=at + 1 if at >= 0 and len(sorts) > 1 else 0,
        filtered=any(held.column == spec.name for held in query.filters),
    )
