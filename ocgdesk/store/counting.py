"""What lists count or look up for each row, from what a reader may know of alone."""

from typing import Any, Final

from sqlalchemy import Subquery, func, select, union_all

from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.store import tables
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link

_LINKED: Final = {
    "members": (_link.c.target_no, _link.c.kind == Kind.MEMBERSHIP.value),
    "lines": (_link.c.source_no, _link.c.type == "controls"),
}
"""At which end links are counted, and which."""
_ENDS: Final = (_link.c.source_no, _link.c.target_no)


class Counted:
    """The counted columns of one query over ``entity``, for one reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.joins: dict[str, Subquery] = {}
        """What the query must join, from the left, on ``no``: one row or none for each record."""

    def column(self, name: str) -> Any:
        """Return what is counted or looked up for a row."""
        if name == "links":
            return self._links()
        if name == "uncategorised":
            return _uncategorised()
        if name in _LINKED:
            end, which = _LINKED[name]
            return _at(end, which, self._reader.may_see(Base.LINK))
        return self._officer(name)

    def _links(self) -> Any:
        """Count all links at both ends, less those not to be known of.

        Those are few, while to ask of each of 500,000 links whether it may be known of takes
        seconds. A link goes from one record to another, so none is counted twice.
        """
        every = sum((_at(end) for end in _ENDS[1:]), start=_at(_ENDS[0]))
        hidden = self._reader.hidden_links()
        if hidden is None:
            return every
        if "links" not in self.joins:
            ends = union_all(
                select(hidden.c.source_no.label("no")), select(hidden.c.target_no)
            ).subquery()
            each = select(ends.c.no, func.count().label("value")).group_by(ends.c.no)
            self.joins["links"] = each.subquery("hidden_at")
        return every - func.coalesce(self.joins["links"].c.value, 0)

    def _officer(self, role: str) -> Any:
        """Look up who holds a post now."""
        child, own = _entity.alias("assigned"), tables.KINDS[Kind.ASSIGNMENT].own
        assert own is not None  # noqa: S101 - assignments have fields of their own
        query = (
            select(own.c.officer)
            .join(child, child.c.no == own.c.no)
            .where(child.c.owner_no == _entity.c.no, own.c.role == role, own.c.end.is_(None))
            .where(self._reader.may_see(table=child))
            .order_by(child.c.no.desc())
            .limit(1)
        )
        return func.coalesce(query.correlate(_entity).scalar_subquery(), "")

    def named(self, holder: Any) -> Any:
        """Return the label of the record whose id a column holds; empty for one not seen."""
        other = _entity.alias()
        query = select(other.c.label).where(other.c.id == holder, self._reader.may_see(table=other))
        return func.coalesce(query.correlate(holder.table).scalar_subquery(), "")


def _uncategorised() -> Any:
    """Tell whether nobody has said as what a person is on record."""
    held = tables.VALUES[FieldType.CODES]
    absent = [c.code for c in code_list("data-subject-categories") if c.get("absence")]
    said = select(held.c.no).where(
        held.c.no == _entity.c.no, held.c.field == "categories", held.c.value.not_in(absent)
    )
    return ~said.correlate(_entity).exists()


def _at(end: Any, *where: Any) -> Any:
    query = select(func.count()).select_from(_link).where(end == _entity.c.no, *where)
    return query.correlate(_entity).scalar_subquery()
