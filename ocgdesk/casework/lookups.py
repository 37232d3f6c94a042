"""One record with all that hangs on it, now or as it was recorded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.errors import NotFound
from ocgdesk.i18n import _
from ocgdesk.store import history, records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

_OWNED = (Kind.ASSIGNMENT, Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A record, its links with their other ends, its sub-records, the reports behind them."""

    entity: Entity
    links: tuple[Linked, ...]
    owned: tuple[Entity, ...]
    reports: tuple[Brief, ...]
    """The reports its links rest on."""
    cited_by: tuple[Brief, ...] = ()
    """Of a report: the records at the ends of links that rest on it."""


def look(
    reader: Reader, ref: str, *, as_at: datetime | None = None, on: date | None = None
) -> Whole:
    """Return the record a person means, with what hangs on it; that it was read is logged.

    ``as_at`` is recorded time, ``on`` leaves out links that did not hold on a day. Raises
    NotFound where there is no such record, or was none then.
    """
    brief = records.resolve(reader, ref)
    seq = history.seq_at(reader, as_at) if as_at else None
    whole = _now(reader, brief) if seq is None else _then(reader, brief, seq)
    if on is not None:
        whole = replace(whole, links=tuple(i for i in whole.links if i.link.holds_on(on)))
    reader.saw("View record", [brief.no])
    cited = dict.fromkeys(id_ for item in whole.links for id_ in item.link.reports)
    return replace(whole, reports=tuple(records.by_ids(reader, cited).values()))


def _now(reader: Reader, brief: Brief) -> Whole:
    entity = reader.find(brief.id)
    assert isinstance(entity, Entity)  # noqa: S101 - a reference names an entity
    owned = [thing for thing in records.owned(reader, brief.id) if isinstance(thing, Entity)]
    citing = records.citing(reader, brief.id) if isinstance(entity, Report) else ()
    return Whole(
        entity=entity,
        links=tuple(records.links_of(reader, brief.id)),
        owned=tuple(owned),
        reports=(),
        cited_by=tuple(citing),
    )


def _then(reader: Reader, brief: Brief, seq: int) -> Whole:
    entity = history.as_at(reader, brief.no, seq)
    if not isinstance(entity, Entity):
        raise NotFound(_("{ref} was not recorded then").format(ref=brief.ref or brief.id))
    owned = [
        thing
        for kind in _OWNED
        for thing in history.all_as_at(reader, kind, seq)
        if isinstance(thing, Entity) and thing.owner == brief.id
    ]
    links = tuple(_links_then(reader, brief.id, seq))
    return Whole(entity=entity, links=links, owned=tuple(owned), reports=())


def _links_then(reader: Reader, id_: UUID, seq: int) -> Iterator[Linked]:
    found = [
        thing
        for kind in LINKS
        for thing in history.all_as_at(reader, kind, seq)
        if isinstance(thing, Link) and id_ in {thing.source, thing.target}
    ]
    others = records.by_ids(reader, {_other(link, id_) for link in found})
    for link in found:
        brief = others.get(_other(link, id_))
        then = history.as_at(reader, brief.no, seq) if brief else None
        if brief is not None and isinstance(then, Entity):
            yield Linked(link, replace(brief, label=then.label), link.source == id_)


def _other(link: Link, id_: UUID) -> UUID:
    return link.target if link.source == id_ else link.source
