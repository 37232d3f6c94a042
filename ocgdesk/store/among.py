"""Sets of numbers inside a query, passed as one value when there are many."""

import json
from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

_FEW: Final = 100
"""So many are bound one by one: each costs time in every layer, and SQLite has a limit."""


def among(column: Any, numbers: Collection[int]) -> ColumnElement[bool]:
    """Return the clause that a column holds one of these numbers.

    Many go in as one JSON array, which SQLite unpacks itself; on PostgreSQL this is the one
    place to say ``= ANY(…)`` instead.
    """
    if len(numbers) <= _FEW:
        clause: ColumnElement[bool] = column.in_(numbers)
        return clause
    each = func.json_each(json.dumps(list(numbers))).table_valued("value")
    many: ColumnElement[bool] = column.in_(select(each.c.value))
    return many
