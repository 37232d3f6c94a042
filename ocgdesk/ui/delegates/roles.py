"""What delegates ask a model for, beside Qt's own roles."""

from enum import IntEnum
from typing import Final

from PySide6.QtCore import Qt

CellRole: Final = int(Qt.ItemDataRole.UserRole) + 1
"""A ``values.Cell``: what the cell shows. Without it the delegate draws the display text."""

HeadingRole: Final = int(Qt.ItemDataRole.UserRole) + 2
"""A ``values.Heading`` in ``headerData``: the column's title, sort order and filter."""

GroupRole: Final = int(Qt.ItemDataRole.UserRole) + 3
"""True in column 0 of a row that is a heading within the table."""

MarkRole: Final = int(Qt.ItemDataRole.UserRole) + 4
"""A tone: the cell is wrong (``overdue``), doubtful (``due``) or changed (``info``)."""


class Density(IntEnum):
    """Height of a row in pixels at 100 %."""

    COMPACT = 28
    STANDARD = 32
    COMFORTABLE = 40
    TWO_LINES = 44
