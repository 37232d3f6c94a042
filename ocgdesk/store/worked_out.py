"""What returns work out, as it was: movement of scores, links to handles, what is counted of steps.

What a record's links and scores make of it may be another now although the record itself was not
touched: such records are told (``apart``), so that they are looked at one by one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import and_, not_, or_, select

from ocgdesk.domain.kinds import LINKS, Base, Kind
from ocgdesk.domain.returns import Period
from ocgdesk.store import codec, plain_rows, tables, ties
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.plain_rows import Plain, touched
from ocgdesk.store.reader import Reader
from ocgdesk.store.tallies import RANKING

_entity, _link, _item = tables.entity, tables.link, tables.journal_item
APART: Final = frozenset({"movement", "on_handles"})
"""What is worked out from other records than the one itself."""
_SCORED: Final = ("sheet", "total", "assessed", "score_source", "sheet_version")
_scored = attrgetter(*_SCORED)
_Score = tuple[str, int, float, str]
"""The day, the number, the total, and what it rests on."""


class WorkedOut:
    """What was worked out of some records after entry ``seq``.

    ``only`` are the numbers that are asked of; None: of all that were touched since.
    """

    def __init__(self, reader: Reader, seq: int, only: frozenset[int] | None = None) -> None:
        self._reader = reader
        self._seq = seq
        self._only = only
        self._of: dict[int, bytes] = {}

    def ask_of(self, rows: Iterable[Plain]) -> None:
        """Say of which records something will be asked, before it is."""
        asked = {row.no: row.id for row in rows}
        if asked.keys() - self._of.keys():
            self._of |= asked
            for read in ("_scores", "_on_handles", "_counted_still"):
                self.__dict__.pop(read, None)

    def apart(self, names: Collection[str]) -> frozenset[int]:
        """Return the numbers for which one of these may be another now than it was."""
        found: set[int] = set()
        if "movement" in names:
            found |= self._rescored()
        if "on_handles" in names:
            found |= self._relinked()
        return frozenset(found)

    def value(self, name: str, row: Plain, period: Period | None) -> str:
        """Return what one of them was for a record, as ``tallies`` has it."""
        if name == "phase_then":
            return _phase(row, period)
        if name == "on_handles":
            return "yes" if row.no in self._on_handles else "no"
        if name == "counted":
            return "yes" if row.said.steps or row.no in self._counted_still else "no"
        return self._movement(row, period)

    # ---- Scores -----------------------------------------------------------------------------

    def _rescored(self) -> set[int]:
        assessed = _item.c.kind == Kind.ASSESSMENT.value
        now = select(_entity.c.owner_no).join(_item, _item.c.no == _entity.c.no)
        rows = self._reader.rows(now.where(_item.c.seq > self._seq, assessed).distinct())
        owners = {UUID(bytes=one.owner) for one in self._old_scores.values() if one.owner}
        return {row.owner_no for row in rows} | set(self._reader.numbers(owners).values())

    @cached_property
    def _old_scores(self) -> dict[int, Plain]:
        only = None if self._only is None else self._scores_of(self._only)
        return plain_rows.then(self._reader, (Kind.ASSESSMENT,), self._seq, only)

    def _scores_of(self, owners: Collection[int]) -> set[int]:
        """Return the numbers of the scores that these records have or once had."""
        rows = self._reader.rows(
            select(_entity.c.no).where(
                among(_entity.c.owner_no, owners), _entity.c.kind == Kind.ASSESSMENT.value
            )
        )
        former = ties.formerly(self._reader.connection, self._ids(owners), (Kind.ASSESSMENT,))
        return {*former, *(row.no for row in rows)}

    def _ids(self, nos: Collection[int]) -> list[UUID]:
        query = select(_entity.c.id).where(among(_entity.c.no, nos))
        return [UUID(bytes=row.id) for row in self._reader.rows(query)]

    @cached_property
    def _scores(self) -> dict[bytes, list[_Score]]:
        """Every score by the ranking sheet then, by the id of the OCG."""
        owned = among(_entity.c.owner_no, self._of)
        same = plain_rows.now(
            self._reader, Kind.ASSESSMENT, _SCORED, owned, not_(touched(_entity.c.no, self._seq))
        )
        found: dict[bytes, list[_Score]] = defaultdict(list)
        for one in (*same, *self._old_scores.values()):
            sheet, total, day, source, version = _scored(one.said)
            if one.owner is not None and sheet == RANKING and total is not None and day:
                found[one.owner].append((day, one.no, float(total), f"{source}{version}"))
        return found

    def _movement(self, row: Plain, period: Period | None) -> str:
        end = period.end if period else date.max
        start = period.start - timedelta(days=1) if period else date.min
        now, then = self._score(row, end), self._score(row, start)
        if now is None:
            return "unscored"
        if then is None:
            return "new"
        if now[3] != then[3]:
            return "not-compared"
        if now[2] == then[2]:
            return "level"
        return "rising" if now[2] > then[2] else "falling"

    def _score(self, row: Plain, until: date) -> _Score | None:
        last = until.isoformat()
        return max((one for one in self._scores.get(row.id, ()) if one[0] <= last), default=None)

    # ---- Criminal-justice steps -------------------------------------------------------------

    @cached_property
    def _counted_still(self) -> frozenset[int]:
        """The outcomes asked of that name steps and were not touched since."""
        named = tables.v_entity
        query = select(named.c.no).where(among(named.c.no, self._of), named.c.field == "steps")
        same = query.where(not_(touched(named.c.no, self._seq))).distinct()
        return frozenset(row.no for row in self._reader.rows(same))

    # ---- Links to handles -------------------------------------------------------------------

    def _relinked(self) -> set[int]:
        """Return the operations whose links were touched since."""
        own = own_table(Kind.OPERATION)
        found: set[int] = set()
        for end in (_link.c.source_no, _link.c.target_no):
            query = select(own.c.no).join(_link, end == own.c.no)
            query = query.join(_item, _item.c.no == _link.c.no)
            found |= {row.no for row in self._reader.rows(query.where(_item.c.seq > self._seq))}
        ends = {UUID(bytes=id_) for one in self._old_links.values() for id_ in _ends(one)}
        return found | set(self._reader.numbers(ends).values())

    @cached_property
    def _old_links(self) -> dict[int, Plain]:
        only = None if self._only is None else self._links_of(self._only)
        return plain_rows.then(self._reader, LINKS, self._seq, only)

    def _links_of(self, nos: Collection[int]) -> set[int]:
        """Return the numbers of the links that these records have or once had."""
        joins = or_(among(_link.c.source_no, nos), among(_link.c.target_no, nos))
        rows = self._reader.rows(select(_link.c.no).where(joins))
        former = ties.formerly(self._reader.connection, self._ids(nos), LINKS)
        return {*former, *(row.no for row in rows)}

    @cached_property
    def _on_handles(self) -> frozenset[int]:
        """The records asked of that were linked to a handle then."""
        return frozenset((*self._linked_still(), *self._linked_then()))

    def _linked_still(self) -> set[int]:
        """Return those joined by a link that was not touched since."""
        held = select(own_table(Kind.HANDLE).c.no)
        ends: tuple[tuple[Any, Any], ...] = (
            (_link.c.source_no, _link.c.target_no),
            (_link.c.target_no, _link.c.source_no),
        )
        found: set[int] = set()
        for mine, other in ends:
            query = select(mine.label("no")).where(
                and_(among(mine, self._of), other.in_(held)),
                self._reader.may_see(Base.LINK),
                not_(touched(_link.c.no, self._seq)),
            )
            found |= {row.no for row in self._reader.rows(query)}
        return found

    def _linked_then(self) -> Iterator[int]:
        """Yield those joined by a link that was changed or taken out since."""
        nos = {id_: no for no, id_ in self._of.items()}
        joined = [
            ends for ends in map(_ends, self._old_links.values()) if not nos.keys().isdisjoint(ends)
        ]
        handles = self._handles_among({id_ for ends in joined for id_ in ends})
        for ends in joined:
            if not handles.isdisjoint(ends):
                yield from (nos[id_] for id_ in ends if id_ in nos)

    def _handles_among(self, ids: Collection[bytes]) -> set[bytes]:
        """Return those of these ids that were handles, there still or taken out since."""
        own, gone = own_table(Kind.HANDLE), tables.removed
        found: set[bytes] = set()
        taken_out: list[int] = []
        for some in codec.batches(ids):
            now = select(_entity.c.id).join(own, own.c.no == _entity.c.no)
            query = now.where(_entity.c.id.in_(some), self._reader.may_see())
            found |= {row.id for row in self._reader.rows(query)}
            query = select(gone.c.no).where(gone.c.id.in_(some))
            taken_out += [row.no for row in self._reader.rows(query)]
        then = plain_rows.then(self._reader, (Kind.HANDLE,), self._seq, taken_out)
        return found | {one.id for one in then.values()}


def _ends(link: Plain) -> tuple[bytes, bytes]:
    return link.said.source, link.said.target


def _phase(row: Plain, period: Period | None) -> str:
    """Return the phase an operation was in on the last day of the period, by its dated steps."""
    if period is None:
        return str(row.said.phase)
    end = period.end.isoformat()
    for name, code in (("post_charge", "post-charge"), ("pre_charge", "pre-charge")):
        step = getattr(row.said, name)
        if step is not None and step <= end:
            return code
    return "proactive"
