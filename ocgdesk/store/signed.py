"""What a signed plan rests on stays: it cannot be taken out while the plan is signed."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import and_, or_, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import PlanVersion
from ocgdesk.domain.plans import Plan
from ocgdesk.domain.products import Product
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
KEPT: Final = N_("{ref} rests on it, as it was signed or issued: it stays on record")
_entity = tables.entity
_plan, _product = own_table(Kind.PLAN), own_table(Kind.PRODUCT)
_DRAFT: Final = "draft"
"""The status of a product that was not issued (list ``product-statuses``)."""


def check_removal(reader: Reader, gone: Collection[Thing]) -> None:
    """Raise Refused where something signed or issued was taken out, or rests on what was.

    The plan is named to who may see it; to others the sentence does not tell what it is.
    """
    for thing in gone:
        if isinstance(thing, Plan) and thing.status == SIGNED:
            raise Refused(_(RESTS).format(ref=thing.ref or thing.label))
        if isinstance(thing, PlanVersion | Product) and _is_out(thing):
            raise Refused(_(KEPT).format(ref=thing.ref or thing.label))
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
            _refuse(reader, row.no, RESTS)
        _check_papers(reader, some)


def _is_out(paper: PlanVersion | Product) -> bool:
    """Tell whether a plan's version was signed, or a product issued."""
    return paper.status != _DRAFT if isinstance(paper, Product) else paper.signed is not None


def _check_papers(reader: Reader, some: Collection[bytes]) -> None:
    """Raise Refused where a signed version or an issued product rests on one of these records."""
    named = tables.v_entity
    query = (
        select(_entity.c.no)
        .join(named, named.c.no == _entity.c.no)
        .outerjoin(_product, _product.c.no == _entity.c.no)
        .where(
            named.c.field == "records",
            named.c.target.in_(some),
            or_(
                _entity.c.kind == Kind.PLAN_VERSION.value,
                and_(_entity.c.kind == Kind.PRODUCT.value, _product.c.status != _DRAFT),
            ),
        )
        .limit(1)
    )
    for row in reader.rows(query):
        _refuse(reader, row.no, KEPT)


def _refuse(reader: Reader, what: int, told: str) -> None:
    """Name what rests on it to who may see that; to others the sentence does not tell."""
    if not (seen := briefs(reader, [what])):
        raise Refused(HANGING)
    raise Refused(_(told).format(ref=seen[0].ref or seen[0].label))
