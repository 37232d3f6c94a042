"""Questions about what plans are made with: templates, lessons."""

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Lesson, PlanTemplate
from ocgdesk.store import tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _lesson = tables.entity, own_table(Kind.LESSON)


def templates(reader: Reader) -> list[PlanTemplate]:
    """Return every plan template, by title, also those that are not offered any more."""
    query = (
        select(_entity.c.no)
        .where(_entity.c.kind == Kind.PLAN_TEMPLATE.value, reader.may_see())
        .order_by(_entity.c.sort_key, _entity.c.no)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, PlanTemplate)]


def lessons(reader: Reader, tactic: str = "", *, limit: int = 200) -> list[Lesson]:
    """Return what was learned of a tactic, or of all, the newest first."""
    query = (
        select(_entity.c.no)
        .join(_lesson, _lesson.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.LESSON.value, reader.may_see())
        .order_by(_lesson.c.learned.desc(), _entity.c.no.desc())
        .limit(limit)
    )
    if tactic:
        query = query.where(_lesson.c.tactic == tactic)
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Lesson)]
