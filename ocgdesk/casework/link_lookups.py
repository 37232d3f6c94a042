"""One link with the records at its ends, now or as it was recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from ocgdesk.casework import reasons
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Link
from ocgdesk.errors import NotFound
from ocgdesk.i18n import _
from ocgdesk.store import event_blocks, history, records, removed
from ocgdesk.store.held import Held
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link, the records it joins, and the reports it rests on."""

    link: Link
    source: Brief
    target: Brief
    reports: tuple[Brief, ...]
    events: int = 0
    """How many calls, messages or sightings are kept beneath it, or were."""


def is_link(reader: Reader, text: str) -> bool:
    """Tell whether a text is the id of a link that is there or was taken out."""
    try:
        id_ = UUID(text.strip())
    except ValueError:
        return False
    return bool(reader.numbers([id_], Base.LINK)) or removed.is_link(reader, id_)


def look(
    reader: Reader,
    id_: UUID,
    *,
    as_at: datetime | None = None,
    on: date | None = None,
    asked: bool = True,
) -> Tie:
    """Return a link with its ends; that it was read is logged with both its ends.

    Raises NotFound where there is no such link, was none then or it did not hold ``on`` a day,
    ReasonWanted where a reason is to come first.
    """
    found = _find(reader, id_, Held(reader, history.seq_at(reader, as_at)) if as_at else None)
    restricted = found.link.restricted_to is not None
    reasons.check_open(
        reader, replace(found.source, restricted=restricted), found.source, found.target,
        asked=asked,
    )  # fmt: skip
    if on is not None and not found.link.holds_on(on):
        raise NotFound(_("This link did not hold on {day}").format(day=shown(on)))
    reader.saw("View link", [found.source.no, found.target.no])
    return found


def _find(reader: Reader, id_: UUID, held: Held | None) -> Tie:
    link = held.links_by_id([id_]).get(id_) if held else reader.find(id_, Base.LINK)
    if not isinstance(link, Link):
        raise NotFound(_("This link was not recorded then"))
    wanted = {link.source, link.target, *link.reports}
    known: Mapping[UUID, Brief] = (
        held.briefs(wanted) if held else records.by_ids(reader, list(wanted))
    )
    return Tie(
        link=link,
        source=known[link.source],
        target=known[link.target],
        reports=tuple(known[id_] for id_ in link.reports if id_ in known),
        events=event_blocks.count_then(held, id_)
        if held
        else event_blocks.counts(reader, [id_]).get(id_, 0),
    )
