"""A record as a cell: its drawing, an exploited person's own, its label, a lock."""

from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.widgets.values import Entity


def entity(item: Brief, *, second: bool = False, quiet: bool = False) -> Entity:
    """Return a record for a cell; ``second`` puts its reference in a second line."""
    return Entity(
        kind=words.icon_of(item.kind, exploited=item.exploited).removeprefix("entity."),
        label=item.label,
        second=item.ref if second else "",
        restricted=item.restricted,
        quiet=quiet,
    )
