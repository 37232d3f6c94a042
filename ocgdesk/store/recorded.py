"""What the journal last recorded of things whose rows cannot be read."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.charts import Placement
from ocgdesk.domain.kinds import MARKS, Base
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import NotFound
from ocgdesk.store import tables
from ocgdesk.store.past import knowable, last_changes
from ocgdesk.store.reader import Reader

_entity = tables.entity
UNREADABLE: Final = (ValueError, TypeError, KeyError, AttributeError)
"""What reading a row raises that is not what was written."""


def pairs(reader: Reader, nos: Collection[int], base: Base) -> list[tuple[int, Thing]]:
    """Return things by number, in the order given.

    Those whose rows cannot be read come as the journal last held them: one damaged row takes
    nothing else with it.
    """
    try:
        return list(zip(nos, reader.load(nos, base), strict=True))
    except UNREADABLE:
        found = {no: thing for no in nos for thing in _one(reader, no, base)}
        return list(found.items())


def _one(reader: Reader, no: int, base: Base) -> Collection[Thing]:
    try:
        return reader.load([no], base)
    except UNREADABLE:
        return _after(reader, base, [no]).values()


def last(reader: Reader, id_: UUID) -> Entity:
    """Return a record as the journal last held it; NotFound where it held none for this reader."""
    no = reader.number(id_)
    found = _after(reader, Base.ENTITY, [no]).get(no)
    if not isinstance(found, Entity):
        raise NotFound("There is no such record")
    return found


def placements(reader: Reader, chart_id: UUID) -> list[Placement]:
    """Return where everything stood on a chart by the journal."""
    table = tables.placement
    rows = reader.rows(
        select(table.c.no).where(
            table.c.chart_no == reader.number(chart_id), reader.may_see(Base.PLACEMENT)
        )
    )
    found = _after(reader, Base.PLACEMENT, [row.no for row in rows])
    return [thing for thing in found.values() if isinstance(thing, Placement)]


def marks(reader: Reader, chart_id: UUID) -> list[Entity]:
    """Return what was drawn by hand on a chart by the journal."""
    kinds = [kind.value for kind in MARKS]
    query = select(_entity.c.no).where(
        _entity.c.owner_no == reader.number(chart_id),
        _entity.c.kind.in_(kinds),
        reader.may_see(),
    )
    found = _after(reader, Base.ENTITY, [row.no for row in reader.rows(query)])
    return [thing for thing in found.values() if isinstance(thing, Entity)]


def _after(reader: Reader, base: Base, nos: Collection[int]) -> dict[int, Thing]:
    known = knowable(reader, base, list(nos))
    changes = last_changes(reader.connection, sorted(known))
    things = {no: change.after for no, change in changes.items() if change and change.after}
    return dict(zip(things, reader.without_hidden(list(things.values())), strict=True))
