"""The links of a draft compared with those of the register, with the events beneath them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from ocgdesk.casework import import_ends, import_events, import_matching
from ocgdesk.casework.import_events import NewEvents
from ocgdesk.casework.import_proposal import Row, Standing, compared, externals_of
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Thing
from ocgdesk.domain.values import External
from ocgdesk.exchange.draft import Draft, DraftLink
from ocgdesk.progress import Progress, batches
from ocgdesk.store.event_blocks import Found
from ocgdesk.store.reader import Reader

_AT_ONCE = 5_000


def link_rows(
    reader: Reader,
    draft: Draft,
    ids: Mapping[str, UUID],
    held: Collection[UUID],
    progress: Progress,
) -> tuple[list[Row], NewEvents]:
    """Return what the links of a draft would do, and the events that are new beneath them.

    ``ids`` are those of the records by full key, ``held`` the records of the register among
    them. A link is known by its key, else by what it joins and says.
    """
    known = _known(reader, draft)
    left = tuple(link for link in draft.links if _key(draft, link) not in known)
    there = import_ends.links_there(reader, replace(draft, links=left), ids, held)
    rows: list[Row] = []
    events = _Events(draft.events)
    for batch in batches(draft.links, _AT_ONCE, progress, "Comparing links"):
        pairs = []
        for link in batch:
            scheme, key = _key(draft, link)
            pairs.append((link, scheme, known.get((scheme, key)) or there.take(link)))
        events.learn(reader, pairs)
        for link, scheme, before in pairs:
            row = _link_row(reader, events.counted(link, before), scheme, ids, before)
            events.note(link, row.after)
            rows.append(row)
    return rows, NewEvents(events.new, events.same)


def _known(reader: Reader, draft: Draft) -> dict[tuple[str, str], Thing]:
    """Return the links that an earlier import brought, by scheme and key."""
    keys: dict[str, list[str]] = {}
    for scheme, key in (_key(draft, link) for link in draft.links):
        keys.setdefault(scheme, []).append(key)
    return {
        (scheme, key): thing
        for scheme, some in keys.items()
        for key, thing in import_matching.known_by(reader, scheme, some, Base.LINK).items()
    }


def _key(draft: Draft, link: DraftLink) -> tuple[str, str]:
    return link.scheme or draft.specification, link.key


class _Events:
    """The events of a draft as its links are compared, those that are there already left out."""

    def __init__(self, came: Mapping[str, import_events.OfFiles]) -> None:
        self._came = came
        self._there: dict[UUID, Found] = {}
        self._fresh: dict[str, import_events.OfFiles] = {}
        self.new: dict[UUID, import_events.OfFiles] = {}
        self.same = 0

    def learn(self, reader: Reader, pairs: Sequence[tuple[DraftLink, str, Thing | None]]) -> None:
        """Look up what the register has beneath these links."""
        known = [b for link, _s, b in pairs if link.key in self._came and isinstance(b, Link)]
        self._there = import_events.stored(reader, known) if known else {}

    def counted(self, link: DraftLink, before: Thing | None) -> DraftLink:
        """Return a link that counts its events, those of the register and those that are new."""
        if (came := self._came.get(link.key)) is None:
            return link
        there = self._there.get(before.id, Found()) if before is not None else Found()
        self._fresh[link.key] = new = import_events.fresh(came, there)
        self.same += sum(map(len, came.values())) - sum(map(len, new.values()))
        return import_events.counted(link, new, there)

    def note(self, link: DraftLink, after: Thing) -> None:
        """Remember which link of the register keeps the new events."""
        if new := self._fresh.pop(link.key, None):
            self.new[after.id] = new


def _link_row(
    reader: Reader, link: DraftLink, scheme: str, ids: Mapping[str, UUID], before: Thing | None
) -> Row:
    values: dict[str, Any] = {**link.values, "weight": link.weight}
    if link.kind is Kind.LINK:  # the others run one way by what they are
        values["directed"] = link.directed
    if link.type:
        values["type"] = link.type
    if before is not None:
        return compared(link, before, values)
    values["externals"] = (External(scheme, link.key), *externals_of(values))
    values |= {"source": ids[link.source_key], "target": ids[link.target_key]}
    after = class_of(link.kind)(id=uuid4(), **values)
    return Row(link, Standing.NEW, import_ends.begun(after, reader.user.id))
