"""The rows of a proposal as the rules let them in; rows that make one record are held as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ocgdesk.casework import import_rules
from ocgdesk.casework.import_proposal import Row, Standing
from ocgdesk.casework.import_rules import Broken, Came
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.things import Thing
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.raw import Problem
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class HeldRows:
    """What may come in of rows, in their order, and what the rules said against the rest."""

    rows: tuple[Row | None, ...]
    """None for a row that stays out."""
    whole: Mapping[UUID, Thing]
    broken: tuple[Broken, ...]

    def beside(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems of a file with those of the rules, as they are now."""
        return (*(one for one in problems if not isinstance(one, Broken)), *self.broken)


def hold(
    reader: Reader, draft: Draft, rows: Sequence[Row], whole: Mapping[UUID, Thing]
) -> HeldRows:
    """Hold rows against the rules of the register; nothing is written."""
    leading = [row for row in rows if not row.follows]
    came = [
        Came(place=row.draft, after=whole.get(row.after.id, row.after), before=row.before)
        for row in leading
    ]
    today = datetime.now(LONDON).date()
    held = import_rules.hold(reader, came, today, draft.columns)
    left = iter(held.things)
    things = tuple(None if row.follows else next(left) for row in rows)
    if not whole:
        pairs = zip(rows, things, strict=True)
        return HeldRows(
            tuple(None if t is None else _kept(row, t) for row, t in pairs), whole, held.broken
        )
    return _as_one(rows, things, whole, held.broken)


def _as_one(
    rows: Sequence[Row],
    things: Sequence[Thing | None],
    whole: Mapping[UUID, Thing],
    broken: tuple[Broken, ...],
) -> HeldRows:
    """Let what follows a row share its fate."""
    made = {row.after.id: thing for row, thing in zip(rows, things, strict=True) if not row.follows}
    first = {row.after.id: row.before for row in rows if not row.follows}
    kept: list[Row | None] = []
    for row in rows:
        thing = made.get(row.after.id)
        if thing is None:
            kept.append(None)
        elif row.after.id not in whole:
            kept.append(_kept(row, thing))
        else:
            kept.append(_unchanged(row) if thing == first[row.after.id] else row)
    held = {id_: thing for id_ in whole if (thing := made.get(id_)) is not None}
    return HeldRows(tuple(kept), held, broken)


def _kept(row: Row, thing: Thing) -> Row:
    if thing is row.after:
        return row
    standing = Standing.SAME if thing == row.before else Standing.CHANGED
    return replace(row, after=thing, standing=standing)


def _unchanged(row: Row) -> Row:
    return replace(row, standing=Standing.SAME)
