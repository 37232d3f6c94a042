"""One record with all that hangs on it, now or as it was recorded."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from ocgdesk.casework import reasons
from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import OWNED, Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.domain.valid_time import holds
from ocgdesk.errors import NotFound
from ocgdesk.i18n import _
from ocgdesk.store import happenings_held, history, origins, records
from ocgdesk.store import removed as removals
from ocgdesk.store.held import Held
from ocgdesk.store.origins import Origin
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked
from ocgdesk.store.removed import Gone

_OWNED = tuple(cls for kind in OWNED if issubclass(cls := class_of(kind), Entity))


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
    origins: tuple[Origin, ...] = ()
    """The files it came from or was changed by, the newest first."""
    unnamed: int = 0
    """Of a phone: events with no number at the other end, kept beneath it."""
    gone: Gone | None = None
    """How it was taken out, where it is no longer there."""


def find(reader: Reader, ref: str) -> tuple[Brief, Gone | None]:
    """Return the record a person means, also one that was taken out, and how that was.

    Raises NotFound where there is none and never was, Refused where several may be meant.
    """
    try:
        return records.resolve(reader, ref), None
    except NotFound:
        if (gone := removals.find(reader, ref)) is None:
            raise
        return gone.brief, gone


def named(reader: Reader, ref: str, *, gone: bool) -> Brief:
    """Return the record a person means; with ``gone`` also one that was taken out.

    Raises NotFound and Refused as ``find`` does.
    """
    return find(reader, ref)[0] if gone else records.resolve(reader, ref)


def look(
    reader: Reader,
    ref: str,
    *,
    as_at: datetime | None = None,
    on: date | None = None,
    asked: bool = True,
) -> Whole:
    """Return the record a person means, with what hangs on it; that it was read is logged.

    ``as_at`` is recorded time, ``on`` leaves out links and sub-records that did not hold on a
    day. One that was taken out is shown as it was last, without what hung on it. Raises NotFound
    where there is no such record, or was none then, ReasonWanted where a reason is to come first
    (``asked`` says that it was asked for).
    """
    brief, gone = find(reader, ref)
    reasons.check_open(reader, brief, asked=asked)
    if as_at is not None:
        seq = history.seq_at(reader, as_at)
        whole = replace(_then(reader, brief, seq), gone=gone, unnamed=_unnamed(reader, brief, seq))
    elif gone is not None:
        whole = Whole(entity=gone.last, links=(), owned=(), reports=(), gone=gone)
    else:
        whole = replace(_now(reader, brief), unnamed=_unnamed(reader, brief))
    if on is not None:
        whole = _held_on(whole, on)
    reader.saw("View record", [brief.no])
    cited = dict.fromkeys(id_ for item in whole.links for id_ in item.link.reports)
    return replace(whole, reports=tuple(records.by_ids(reader, cited).values()))


def _unnamed(reader: Reader, brief: Brief, seq: int | None = None) -> int:
    is_phone = brief.kind is Kind.PHONE
    return len(happenings_held.at(reader, seq).events_on(brief.id)) if is_phone else 0


def _held_on(whole: Whole, on: date) -> Whole:
    links = tuple(item for item in whole.links if item.link.holds_on(on))
    return replace(whole, links=links, owned=tuple(t for t in whole.owned if holds(t, on)))


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
        origins=tuple(origins.of(reader, brief.id)),
    )


def _then(reader: Reader, brief: Brief, seq: int) -> Whole:
    entity = history.as_at(reader, brief.no, seq)
    if not isinstance(entity, Entity):
        raise NotFound(_("{ref} was not recorded then").format(ref=brief.ref or brief.id))
    held = Held(reader, seq)
    owned = [thing for cls in _OWNED for thing in held.owned(brief.id, cls)]
    links = tuple(held.links_of(brief.id))
    return Whole(entity=entity, links=links, owned=tuple(owned), reports=())
