"""Taking other people's files in: a draft against the register, then all of it or nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from ocgdesk.casework import (
    import_charts,
    import_ends,
    import_events,
    import_matching,
    import_rules,
    in_step,
)
from ocgdesk.casework.import_events import NewEvents
from ocgdesk.casework.import_matching import Alike
from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.people import Right
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.values import External
from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import Draft, DraftLink, DraftRecord
from ocgdesk.exchange.mapping import label_field
from ocgdesk.progress import Progress, batches, silent
from ocgdesk.store import origins
from ocgdesk.store.bulk import without_collector
from ocgdesk.store.event_blocks import Found
from ocgdesk.store.journal import Act
from ocgdesk.store.preparing import prepare
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace

_AT_ONCE = 5_000


class Standing(StrEnum):
    """What a row of a draft would do to the register."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a proposal: what stands there now, and what would after."""

    draft: DraftRecord | DraftLink
    standing: Standing
    after: Thing
    before: Thing | None = None
    how: str = ""
    """How it is known to be the record of the register, where not by an earlier import."""
    alike: tuple[Alike, ...] = ()
    """Of a new one: records of the register that may be the same."""

    @property
    def changed_fields(self) -> tuple[str, ...]:
        """The fields that would change, by name."""
        if self.before is None:
            return ()
        before = self.before
        return tuple(
            f.name
            for f in described_fields(type(self.after))
            if getattr(before, f.name) != getattr(self.after, f.name)
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft matched against the register. Nothing is written until it is taken in."""

    draft: Draft
    rows: tuple[Row, ...]
    events: NewEvents = field(default_factory=NewEvents)
    """What would be kept beneath links."""

    def counts(self) -> dict[str, int]:
        """Return how many records and links are new, changed and the same."""
        found: Counter[str] = Counter()
        for row in self.rows:
            what = "links" if isinstance(row.after, Link) else "records"
            found[f"{row.standing.value}_{what}"] += 1
        names = [f"{s.value}_{what}" for what in ("records", "links") for s in Standing]
        return (
            {name: found[name] for name in names}
            | {
                "possible_duplicates": sum(1 for row in self.rows if row.alike),
                "problems": len(self.draft.problems),
            }
            | ({"events": self.events.count} if self.draft.events else {})
        )

    @property
    def is_empty(self) -> bool:
        """Whether taking it in would change nothing."""
        return all(row.standing is Standing.SAME for row in self.rows)


def propose(reader: Reader, draft: Draft, progress: Progress = silent) -> Proposal:
    """Match a draft with the register: by the keys of an earlier import, then by what identifies.

    A person's name alone never matches anything: two people may share one. See
    ``import_matching`` for what does.
    """
    draft, ends = import_ends.settled(reader, draft)
    matches = import_matching.match(reader, draft, progress)
    rows: list[Row] = []
    ids: dict[str, UUID] = {key: brief.id for key, brief in ends.items()}
    for some in batches(draft.records, _AT_ONCE, progress, "Comparing records"):
        for record in some:
            row = _record_row(record, draft.specification, matches)
            ids[record.full_key] = row.after.id
            rows.append(row)
    held = {thing.id for thing in matches.known.values()} | {brief.id for brief in ends.values()}
    there = import_ends.links_there(reader, draft, ids, held)
    made, events = _link_rows(reader, draft, ids, there, progress)
    return _ruled(reader, draft, [*rows, *made], events)


def _ruled(reader: Reader, draft: Draft, rows: Sequence[Row], events: NewEvents) -> Proposal:
    """Return what may come in of these rows, with what the rules say against the rest."""
    came = [import_rules.Came(place=row.draft, after=row.after, before=row.before) for row in rows]
    held = import_rules.hold(reader, came, datetime.now(LONDON).date(), draft.columns)
    pairs = zip(rows, held.things, strict=True)
    kept = tuple(_kept(row, thing) for row, thing in pairs if thing is not None)
    events = events.only(row.after.id for row in kept) if events.by_link else events
    return Proposal(replace(draft, problems=held.beside(draft.problems)), kept, events)


def _kept(row: Row, thing: Thing) -> Row:
    if thing is row.after:
        return row
    standing = Standing.SAME if thing == row.before else Standing.CHANGED
    return replace(row, after=thing, standing=standing)


def _record_row(record: DraftRecord, specification: str, matches: import_matching.Matches) -> Row:
    values: dict[str, Any] = dict(record.values)
    full, scheme = record.full_key, record.scheme or specification
    before, how = matches.known.get(full), matches.how.get(full, "")
    if before is None:
        values["externals"] = (External(scheme, record.key), *_externals(values))
        after: Thing = class_of(record.kind)(id=uuid4(), **values)
        return Row(record, Standing.NEW, after, alike=matches.alike.get(full, ()))
    if before.kind is not record.kind:
        return Row(record, Standing.SAME, before, before)
    if how:
        _as_known(record, before, values, scheme)
    if import_matching.is_same_number(record, before):
        values.pop(label_field(record.kind).name, None)  # however the register writes it
    return replace(_compared(record, before, values), how=how)


def _as_known(record: DraftRecord, before: Thing, values: dict[str, Any], scheme: str) -> None:
    """Keep the file's own key, so that it is found by it next time; never take a name for it."""
    if not record.made:
        values["externals"] = (*_externals(values), External(scheme, record.key))
    if isinstance(before, Entity) and record.label == before.ref:
        name = next(f.name for f in described_fields(type(before)) if f.is_label)
        values.pop(name, None)


def _link_rows(
    reader: Reader,
    draft: Draft,
    ids: Mapping[str, UUID],
    there: import_ends.There,
    progress: Progress,
) -> tuple[list[Row], NewEvents]:
    keys: dict[str, list[str]] = {}
    for link in draft.links:
        keys.setdefault(link.scheme or draft.specification, []).append(link.key)
    known: dict[tuple[str, str], Thing] = {}
    for scheme, some in keys.items():
        found = import_matching.known_by(reader, scheme, some, Base.LINK)
        known |= {(scheme, key): thing for key, thing in found.items()}
    rows: list[Row] = []
    events = _Events(draft.events)
    for batch in batches(draft.links, _AT_ONCE, progress, "Comparing links"):
        pairs = []
        for link in batch:
            scheme = link.scheme or draft.specification
            pairs.append((link, scheme, known.get((scheme, link.key)) or there.take(link)))
        events.learn(reader, pairs)
        for link, scheme, before in pairs:
            row = _link_row(reader, events.counted(link, before), scheme, ids, before)
            events.note(link, row.after)
            rows.append(row)
    return rows, NewEvents(events.new, events.same)


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
        return _compared(link, before, values)
    values["externals"] = (External(scheme, link.key), *_externals(values))
    values |= {"source": ids[link.source_key], "target": ids[link.target_key]}
    after = class_of(link.kind)(id=uuid4(), **values)
    return Row(link, Standing.NEW, import_ends.begun(after, reader.user.id))


def _compared(draft: DraftRecord | DraftLink, before: Thing, values: dict[str, Any]) -> Row:
    """Return what the row would change: fields the file leaves empty stay as they are."""
    known = {f.name for f in fields(before)}
    given = {n: value for n, value in values.items() if n in known and value is not None}
    if isinstance(draft, DraftRecord):
        given = {n: v for n, v in given.items() if n not in draft.fills or not getattr(before, n)}
    for name in ("externals", "identifiers", "aliases"):
        if name in given:
            given[name] = tuple(dict.fromkeys((*getattr(before, name), *given[name])))
    after = replace(before, **given)
    standing = Standing.SAME if after == before else Standing.CHANGED
    return Row(draft, standing, after, before)


def _externals(values: Mapping[str, Any]) -> tuple[External, ...]:
    return tuple(values.get("externals", ()))


def take_in(
    workspace: Workspace, proposal: Proposal, label: str = "Import", progress: Progress = silent
) -> ChangeSet:
    """Write all new and changed rows as one undo step; return what that changed.

    Everything is made ready before the write lock is taken; only writing is left. Raises
    Refused where the user may not import, Conflict where a record was changed since it was
    compared.
    """
    workspace.user.need(Right.IMPORT)
    with without_collector(len(proposal.rows)):
        return _taken(workspace, proposal, label, progress)


def _taken(workspace: Workspace, proposal: Proposal, label: str, progress: Progress) -> ChangeSet:
    rows = [row for row in proposal.rows if row.standing is not Standing.SAME]
    ready = prepare(workspace, [row.after for row in rows], progress)
    events = proposal.events.packed(proposal.draft.files, progress)
    with workspace.work(
        label, right=Right.IMPORT, act=Act.COLLECTION, detail=journal_detail(proposal)
    ) as done:
        done.work.put_prepared(ready, progress)
        in_step.follow(done.work, [row.after for row in rows])
        _keep_chart(done.work, proposal)
        files = done.work.note_origins(_files(proposal.draft), _places(proposal.draft, rows))
        done.work.keep_events(events, files)
    return done.changes


def _keep_chart(work: Work, proposal: Proposal) -> None:
    """Keep the chart that a file was, where anything on it is new here."""
    draft = proposal.draft
    rows = [row for row in proposal.rows if isinstance(row.draft, DraftRecord)]
    if draft.places and any(row.standing is Standing.NEW for row in rows):
        came = {row.draft.key: row.after for row in rows if isinstance(row.after, Entity)}
        import_charts.keep(work, draft.chart, draft.places, came)


def _files(draft: Draft) -> list[origins.File]:
    found = []
    for file in draft.files:
        spec = draft.specs.get(file.name)
        name = spec.name if spec else draft.specification
        found.append(origins.File(file.name, file.sha256, name))
    return found


def _places(draft: Draft, rows: Sequence[Row]) -> dict[UUID, tuple[int, int]]:
    """Return for each thing that is written the place of its file and the row."""
    files = {file.name: place for place, file in enumerate(draft.files)}
    return {row.after.id: (files.get(row.draft.file, 0), row.draft.row) for row in rows}


def journal_detail(proposal: Proposal) -> dict[str, Any]:
    """Return what the journal keeps of an import: files by hash, counts, specification."""
    return {
        "specification": proposal.draft.specification,
        "files": [{"sha256": file.sha256, "rows": file.rows} for file in proposal.draft.files],
        **{name: n for name, n in proposal.counts().items() if name != "events"},
    }


def new_entities(proposal: Proposal, kind: Kind) -> list[Entity]:
    """Return the records of a kind that would be new."""
    return [
        row.after
        for row in proposal.rows
        if row.standing is Standing.NEW and isinstance(row.after, Entity) and row.after.kind is kind
    ]


def refuse_if_empty(proposal: Proposal) -> None:
    """Raise Refused where a draft holds neither records nor links."""
    if not proposal.rows:
        said = proposal.draft.problems[0].text if proposal.draft.problems else "it has no rows"
        raise Refused(f"There is nothing to take in: {said}")
