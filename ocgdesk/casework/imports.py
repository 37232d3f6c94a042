"""Taking other people's files in: a draft against the register, then all of it or nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.people import Right
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.values import External
from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import Draft, DraftLink, DraftRecord
from ocgdesk.progress import Progress, batches, silent
from ocgdesk.store import codec
from ocgdesk.store import records as queries
from ocgdesk.store.journal import Act
from ocgdesk.store.preparing import prepare
from ocgdesk.store.reader import Reader
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

    def counts(self) -> dict[str, int]:
        """Return how many records and links are new, changed and the same."""
        found: Counter[str] = Counter()
        for row in self.rows:
            what = "links" if isinstance(row.after, Link) else "records"
            found[f"{row.standing.value}_{what}"] += 1
        names = [f"{s.value}_{what}" for what in ("records", "links") for s in Standing]
        return {name: found[name] for name in names} | {"problems": len(self.draft.problems)}

    @property
    def is_empty(self) -> bool:
        """Whether taking it in would change nothing."""
        return all(row.standing is Standing.SAME for row in self.rows)


def propose(reader: Reader, draft: Draft, progress: Progress = silent) -> Proposal:
    """Match a draft by specification and source key, kept as an external reference.

    A record's label never matches anything: two people may share a name.
    """
    known = _known(reader, draft.specification, [r.key for r in draft.records], Base.ENTITY)
    rows: list[Row] = []
    ids: dict[str, UUID] = {}
    for some in batches(draft.records, _AT_ONCE, progress, "Comparing records"):
        for record in some:
            row = _record_row(record, draft.specification, known.get(record.key))
            ids[record.key] = row.after.id
            rows.append(row)
    known = _known(reader, draft.specification, [link.key for link in draft.links], Base.LINK)
    for some_links in batches(draft.links, _AT_ONCE, progress, "Comparing links"):
        rows += [
            _link_row(link, draft.specification, ids, known.get(link.key)) for link in some_links
        ]
    return Proposal(draft, tuple(rows))


def _known(reader: Reader, scheme: str, keys: Iterable[str], base: Base) -> dict[str, Thing]:
    nos = queries.with_external(reader, scheme, list(keys), base)
    things: dict[int, Thing] = {}
    for some in codec.batches(list(nos.values()), _AT_ONCE):
        things |= dict(zip(some, reader.load(some, base), strict=True))
    return {key: things[no] for key, no in nos.items()}


def _record_row(record: DraftRecord, scheme: str, before: Thing | None) -> Row:
    values: dict[str, Any] = dict(record.values)
    if before is None:
        values["externals"] = (External(scheme, record.key), *_externals(values))
        after: Thing = class_of(record.kind)(id=uuid4(), **values)
        return Row(record, Standing.NEW, after)
    if before.kind is not record.kind:
        return Row(record, Standing.SAME, before, before)
    return _compared(record, before, values)


def _link_row(link: DraftLink, scheme: str, ids: Mapping[str, UUID], before: Thing | None) -> Row:
    values: dict[str, Any] = {**link.values, "directed": link.directed, "weight": link.weight}
    if link.type:
        values["type"] = link.type
    if before is not None:
        return _compared(link, before, values)
    values["externals"] = (External(scheme, link.key), *_externals(values))
    after = Link(id=uuid4(), source=ids[link.source_key], target=ids[link.target_key], **values)
    return Row(link, Standing.NEW, after)


def _compared(draft: DraftRecord | DraftLink, before: Thing, values: dict[str, Any]) -> Row:
    """Return what the row would change: fields the file leaves empty stay as they are."""
    known = {f.name for f in fields(before)}
    given = {name: value for name, value in values.items() if name in known}
    if "externals" in given:
        old: tuple[External, ...] = before.externals  # type: ignore[attr-defined]
        given["externals"] = tuple(dict.fromkeys((*old, *given["externals"])))
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
    wanted = [row.after for row in proposal.rows if row.standing is not Standing.SAME]
    ready = prepare(workspace, wanted, progress)
    with workspace.work(
        label, right=Right.IMPORT, act=Act.COLLECTION, detail=journal_detail(proposal)
    ) as done:
        done.work.put_prepared(ready, progress)
    return done.changes


def journal_detail(proposal: Proposal) -> dict[str, Any]:
    """Return what the journal keeps of an import: files by hash, counts, specification."""
    return {
        "specification": proposal.draft.specification,
        "files": [{"sha256": file.sha256, "rows": file.rows} for file in proposal.draft.files],
        **proposal.counts(),
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
