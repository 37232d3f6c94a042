"""What was made, changed and taken out since an entry of the journal, of one kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Thing
from ocgdesk.store import codec, history, tables
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Turn:
    """A thing as it was then and as it is now; None where it was not there."""

    before: Thing | None
    after: Thing | None

    @property
    def thing(self) -> Thing:
        """The thing as it is now, or as it last was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is there
        return found


def turns(reader: Reader, kind: Kind, seq: int) -> Iterator[Turn]:
    """Yield what differs of one kind between the entry ``seq`` and now, in order of number.

    What was made and taken out in between is not told of; nor is what the reader may not know of.
    """
    _there, old = history.split_as_at(reader, kind, seq)
    touched = _touched(reader, kind, seq)
    seen = _seen_now(reader, kind, touched)
    now = dict(zip(seen, reader.load(seen, class_of(kind).base), strict=True))
    for no in touched:
        before, after = old.get(no), now.get(no)
        if (before or after) and before != after:
            yield Turn(before, after)


def _touched(reader: Reader, kind: Kind, seq: int) -> list[int]:
    item = tables.journal_item
    query = (
        select(item.c.no)
        .where(item.c.seq > seq, item.c.kind == kind.value)
        .distinct()
        .order_by(item.c.no)
    )
    return [int(row.no) for row in reader.rows(query)]


def _seen_now(reader: Reader, kind: Kind, nos: list[int]) -> list[int]:
    base = class_of(kind).base
    table, found = tables.BASES[base], set[int]()
    for some in codec.batches(nos):
        query = select(table.c.no).where(table.c.no.in_(some), reader.may_see(base))
        found |= {int(row.no) for row in reader.rows(query)}
    return [no for no in nos if no in found]
