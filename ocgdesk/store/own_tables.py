"""The table that holds the fields of one kind alone."""

from typing import Any

from ocgdesk.domain.kinds import Kind
from ocgdesk.store import tables


def own_table(kind: Kind) -> Any:
    """Return the table of a kind's own fields; the kind must have some.

    Typed as anything, so that its columns compare with values of any type.
    """
    table = tables.KINDS[kind].own
    assert table is not None, kind  # noqa: S101 - asked of kinds with fields of their own
    return table
