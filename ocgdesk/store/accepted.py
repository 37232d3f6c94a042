"""Accepted disruptions of OCGs, counted: what came of the effort that stands beside them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _named = tables.entity, tables.v_entity
_claim = own_table(Kind.DISRUPTION)
_subject = _entity.alias("subject")


def accepted(reader: Reader, ocgs: Iterable[int], on: date) -> dict[int, int]:
    """Return how many accepted disruptions from a day on name each of these OCGs."""
    query = (
        select(_subject.c.no, func.count(_entity.c.no.distinct()))
        .select_from(_subject)
        .join(_named, _named.c.target == _subject.c.id)
        .join(_entity, _entity.c.no == _named.c.no)
        .join(_claim, _claim.c.no == _entity.c.no)
        .where(
            among(_subject.c.no, list(ocgs)),
            _named.c.field == "subjects",
            _claim.c.status == "accepted",
            _claim.c.on >= on.isoformat(),
            reader.may_see(),
            reader.may_see(table=_subject),
        )
        .group_by(_subject.c.no)
    )
    return {row[0]: int(row[1]) for row in reader.rows(query)}
