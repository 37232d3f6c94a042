"""Taking other people's files in: a draft against the register, then all of it or nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from ocgdesk.casework import (
    import_charts,
    import_ends,
    import_events,
    import_holding,
    import_joining,
    import_link_rows,
    import_matching,
    in_step,
)
from ocgdesk.casework.import_decisions import Settled
from ocgdesk.casework.import_events import NewEvents
from ocgdesk.casework.import_proposal import Proposal, Row, Standing, compared, externals_of
from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.values import External
from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import Draft, DraftRecord
from ocgdesk.exchange.mapping import label_field
from ocgdesk.exchange.raw import Problem
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, batches, silent
from ocgdesk.store import origins
from ocgdesk.store.bulk import without_collector
from ocgdesk.store.journal import Act
from ocgdesk.store.preparing import prepare
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace

_AT_ONCE = 5_000


def propose(reader: Reader, draft: Draft, progress: Progress = silent) -> Proposal:
    """Match a draft with the register: by the keys of an earlier import, then by what identifies.

    A person's name alone never matches anything: two people may share one. See
    ``import_matching`` for what does.
    """
    draft, ends = import_ends.settled(reader, draft)
    matches = import_matching.match(reader, draft, progress)
    rows: list[Row] = []
    for some in batches(draft.records, _AT_ONCE, progress, "Comparing records"):
        rows += [_record_row(record, draft.specification, matches) for record in some]
    rows, whole = _known_better(reader, draft.specification, rows)
    ids: dict[str, UUID] = {key: brief.id for key, brief in ends.items()}
    ids |= {r.draft.full_key: r.after.id for r in rows if isinstance(r.draft, DraftRecord)}
    held = {thing.id for thing in matches.known.values()} | {brief.id for brief in ends.values()}
    made, events = import_link_rows.link_rows(reader, draft, ids, held, progress)
    rows += made
    kept = import_holding.hold(reader, draft, rows, whole)
    rows = [row for row in kept.rows if row is not None]
    events = events.only(row.after.id for row in rows) if events.by_link else events
    draft = replace(draft, problems=kept.beside(draft.problems))
    if draft.alone:
        there_is = {row.after.id for row in rows} | {brief.id for brief in ends.values()}
        events = events.beside(import_events.alone(reader, draft.alone, ids, there_is))
        rows = [_with_events(row, events) for row in rows]
    return Proposal(draft, tuple(rows), events, kept.whole)


def _with_events(row: Row, events: NewEvents) -> Row:
    """Return a row as one that changes something where events come beneath its record."""
    is_quiet = row.standing is Standing.SAME and isinstance(row.draft, DraftRecord)
    return (
        replace(row, standing=Standing.CHANGED)
        if is_quiet and row.after.id in events.by_link
        else row
    )


def _record_row(record: DraftRecord, specification: str, matches: import_matching.Matches) -> Row:
    full = record.full_key
    before = matches.known.get(full)
    if before is None:
        after = _made(record, specification)
        return Row(record, Standing.NEW, after, alike=matches.alike.get(full, ()))
    return _known_row(record, specification, before, matches.how.get(full, ""))


def _made(record: DraftRecord, specification: str) -> Thing:
    """Return the record a row makes by itself, known by its key when the file comes again."""
    known = External(record.scheme or specification, record.key)
    values: dict[str, Any] = dict(record.values)
    values["externals"] = (known, *externals_of(values))
    return class_of(record.kind)(id=uuid4(), **values)


def _known_row(
    record: DraftRecord,
    specification: str,
    before: Thing,
    how: str,
    said: Collection[tuple[str, str]] = (),
) -> Row:
    if before.kind is not record.kind or not isinstance(before, Entity):
        return Row(record, Standing.SAME, before, before)
    values: dict[str, Any] = dict(record.values)
    if how:
        _as_known(record, before, values, record.scheme or specification)
    if import_matching.is_same_number(record, before):
        values.pop(label_field(record.kind).name, None)  # however the register writes it
    values = import_joining.without_known(before, values, said)
    return replace(compared(record, before, values), how=how)


def _known_better(
    reader: Reader, specification: str, rows: list[Row]
) -> tuple[list[Row], dict[UUID, Thing]]:
    """Leave out what is stated beside a record already; join rows that are known as one."""
    seen = Counter(row.before.id for row in rows if row.before is not None)
    wanted = {id_ for id_, count in seen.items() if count > 1}
    wanted |= {row.before.id for row in rows if row.before and row.standing is Standing.CHANGED}
    said = import_joining.said_beside(reader, list(wanted)) if wanted else {}
    whole: dict[UUID, Thing] = {}
    found: list[Row] = []
    for row in rows:
        before = row.before
        if before is not None and isinstance(row.draft, DraftRecord) and before.id in wanted:
            known = said.get(before.id, frozenset())
            found.append(_better(row, row.draft, specification, known, whole))
            if seen[before.id] > 1:
                whole[before.id] = found[-1].after
        else:
            found.append(row)
    return found, whole


def _better(
    row: Row,
    record: DraftRecord,
    specification: str,
    said: Collection[tuple[str, str]],
    whole: Mapping[UUID, Thing],
) -> Row:
    assert row.before is not None  # noqa: S101 - only of rows that are known
    now = whole.get(row.before.id)
    made = _made(record, specification)
    if not isinstance(now, Entity) or not isinstance(made, Entity):
        return _known_row(record, specification, row.before, row.how, said) if said else row
    joined = import_joining.join(now, record, made, said=said)
    settled = Settled(kept=joined.kept, further=joined.beside, follows=True)
    standing = Standing.SAME if joined.after == now and not joined.beside else Standing.CHANGED
    return Row(record, standing, joined.after, now, row.how, settled=settled)


def _as_known(record: DraftRecord, before: Thing, values: dict[str, Any], scheme: str) -> None:
    """Keep the file's own key, so that it is found by it next time; never take a name for it."""
    if not record.made:
        values["externals"] = (*externals_of(values), External(scheme, record.key))
    if isinstance(before, Entity) and record.label == before.ref:
        name = next(f.name for f in described_fields(type(before)) if f.is_label)
        values.pop(name, None)


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
    things = proposal.written()
    ready = prepare(workspace, things, progress)
    events = proposal.events.packed(proposal.draft.files, progress)
    with workspace.work(
        label, right=Right.IMPORT, act=Act.COLLECTION, detail=journal_detail(proposal)
    ) as done:
        done.work.put_prepared(ready, progress)
        in_step.follow(done.work, things)
        _keep_chart(done.work, proposal)
        files = done.work.note_origins(_files(proposal.draft), _places(proposal))
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


def _places(proposal: Proposal) -> dict[UUID, tuple[int, int]]:
    """Return for each thing that is written the place of its file and the row."""
    files = {file.name: place for place, file in enumerate(proposal.draft.files)}
    found: dict[UUID, tuple[int, int]] = {}
    for row in proposal.rows:
        place = files.get(row.draft.file, 0), row.draft.row
        if row.standing is not Standing.SAME:
            found.setdefault(row.after.id, place)
        if row.settled is not None:
            found |= {thing.id: place for thing in row.settled.further}
    return found


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
        problems = sorted(proposal.draft.problems, key=_told_first)
        said = problems[0].text if problems else _("it has no rows")
        raise Refused(_("There is nothing to take in: {why}").format(why=said))


def _told_first(problem: Problem) -> tuple[bool, bool]:
    """Order what is wrong with a whole file before what is wrong with a column or row of it."""
    return (bool(problem.row), bool(problem.column))
