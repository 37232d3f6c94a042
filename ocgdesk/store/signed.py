"""What a signed plan rests on stays: it cannot be taken out while the plan is signed."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Plan
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store import codec, tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import HANGING, Reader
from ocgdesk.store.records import briefs

SIGNED: Final = "signed"
"""The status of a plan that was signed (list ``plan-statuses``)."""
RESTS: Final = N_(
    "The signed plan {ref} rests on it; it can be removed once that plan is superseded or closed"
)
_entity = tables.entity


_plan = own_table(Kind.PLAN)


def check_removal(reader: Reader, gone: Collection[Thing]) -> None:
    """Raise Refused where what was taken out is a signed plan, or one's actions touch it.

    The plan is named to who may see it; to others the sentence does not tell what it is.
    """
    for thing in gone:
        if isinstance(thing, Plan) and thing.status == SIGNED:
            raise Refused(_(RESTS).format(ref=thing.ref or thing.label))
    touched, action = tables.v_entity, _entity.alias("action")
    for some in codec.batches([thing.id.bytes for thing in gone]):
        query = (
            select(_plan.c.no)
            .join(action, action.c.owner_no == _plan.c.no)
            .join(touched, touched.c.no == action.c.no)
            .where(
                touched.c.field == "touches",
                touched.c.target.in_(some),
                _plan.c.status == SIGNED,
            )
            .limit(1)
        )
        for row in reader.rows(query):
            _refuse(reader, row.no)


def _refuse(reader: Reader, plan: int) -> None:
    if not (seen := briefs(reader, [plan])):
        raise Refused(HANGING)
    raise Refused(_(RESTS).format(ref=seen[0].ref or seen[0].label))
