"""A merge taken apart again, at any later time: links and sub-records go back to their owners.

The journal knows what a merge did. What was changed since stays as it is now; what was added
since is offered, and goes with the restored record only where somebody says so.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from ocgdesk.casework import in_step
from ocgdesk.casework.combining import turned
from ocgdesk.domain.changes import Change
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import merges
from ocgdesk.store.merges import Merge
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def merges_of(reader: Reader, kept: UUID) -> list[Merge]:
    """Return the merges into a record that hold now, newest first."""
    return merges.of(reader, kept)


def added_since(reader: Reader, merge: Merge) -> list[Thing]:
    """Return the links and sub-records added since a merge: whose they are is for a person."""
    return merges.since(reader, merge)


def found(reader: Reader, kept: UUID, ref: str = "") -> Merge:
    """Return the one merge into a record that is meant: by the absorbed reference, or the only one.

    Raises NotFound where there is none, Refused where there are several and none was named.
    """
    held = merges.of(reader, kept)
    if ref:
        wanted = [
            one for one in held if ref.upper() == one.absorbed.ref or ref == str(one.absorbed.id)
        ]
        if not wanted:
            raise NotFound(_("{ref!r} was not merged into this record").format(ref=ref[:40]))
        return wanted[0]
    if not held:
        raise NotFound(_("Nothing was merged into this record"))
    if len(held) > 1:
        refs = ", ".join(one.absorbed.ref for one in held)
        raise Refused(_("Several records were merged into this one: {refs}").format(refs=refs))
    return held[0]


def unmerge(work: Work, merge: Merge, also: Collection[UUID] = ()) -> Entity:
    """Bring the absorbed record back with what was its own; return it.

    ``also`` names what was added to the kept record since and belongs to the other. Raises
    NotFound where the merge does not hold any more, Refused where the kept record is no longer
    there or part of the merge was erased.
    """
    if all(one.seq != merge.seq for one in merges.of(work.reader, merge.kept)):
        raise NotFound(_("This merge does not hold any more"))
    done = merges.changes(work.reader, merge)
    kept = work.reader.get(type(merge.absorbed), merge.kept)
    offered = {thing.id for thing in merges.since(work.reader, merge)}
    if not set(also) <= offered:
        raise Refused(_("Only what was added since the merge can be given to the other record"))
    _note(work, merge)
    back = work.restore(merge.absorbed)[0]
    assert isinstance(back, Entity)  # noqa: S101 - a record came back as what it was
    saved = work.put(_parted(kept, done), *_turned_back(work, merge, done, also))
    restored = work.restore(*_fallen(work, merge, done))
    in_step.follow(work, [back, *saved, *restored])
    return work.reader.get(type(back), back.id)


def _note(work: Work, merge: Merge) -> None:
    told = {"unmerged": {"kept": str(merge.kept), "absorbed": str(merge.absorbed.id)}}
    work.entry = {
        **work.entry,
        "detail": {**work.entry.get("detail", {}), **told, "merge": merge.seq},
    }


def _parted(kept: Entity, done: Iterable[Change]) -> Entity:
    """Return the kept record without what the merge gave it, where that still stands."""
    change = next((c for c in done if c.thing.id == kept.id), None)
    if change is None or change.before is None or change.after is None:
        return kept
    values: dict[str, Any] = {}
    for name in (*(f.name for f in described_fields(type(kept))), "marking"):
        before, after = getattr(change.before, name), getattr(change.after, name)
        if before != after:
            values[name] = _value(before, after, getattr(kept, name))
    return replace(kept, **values)


def _value(before: Any, after: Any, now: Any) -> Any:
    if now == after:
        return before
    if isinstance(now, tuple):  # what was added since stays, and what was taken out stays out
        given = [item for item in after if item not in before]
        return tuple(item for item in now if item not in given)
    return now


def _turned_back(
    work: Work, merge: Merge, done: Iterable[Change], also: Collection[UUID]
) -> list[Thing]:
    """Return what points at the kept record because of the merge, pointing back."""
    found: list[Thing] = []
    for change in done:
        if change.before is None or change.after is None or change.thing.id == merge.kept:
            continue
        now = _now(work.reader, change.thing)
        if now is not None:
            found.append(_pointing_back(now, change, merge))
    wanted = set(also)
    added = [thing for thing in merges.since(work.reader, merge) if thing.id in wanted]
    return [*found, *(turned(thing, merge.kept, merge.absorbed.id) for thing in added)]


def _now(reader: Reader, thing: Thing) -> Thing | None:
    nos = reader.numbers([thing.id], thing.base)
    return reader.load(list(nos.values()), thing.base)[0] if nos else None


def _pointing_back(now: Thing, change: Change, merge: Merge) -> Thing:
    """Return a thing as it is now, with the ends and ids put back that the merge moved."""
    changed: dict[str, Any] = {}
    names = (*ENDS[now.base], *(f.name for f in described_fields(type(now))))
    for name in names:
        before, after = getattr(change.before, name), getattr(change.after, name)
        if before == after:
            continue
        value = getattr(now, name)
        if value == after:
            changed[name] = before
        elif isinstance(value, tuple) and merge.kept in value and merge.absorbed.id in before:
            ids = (merge.absorbed.id if item == merge.kept else item for item in value)
            changed[name] = tuple(ids)
    return replace(now, **changed) if changed else now


def _fallen(work: Work, merge: Merge, done: Iterable[Change]) -> list[Thing]:
    """Return what fell away in the merge and can stand again: its ends are there."""
    found: list[Thing] = []
    for change in done:
        thing = change.before
        if change.after is not None or thing is None or thing.id == merge.absorbed.id:
            continue
        ends = [end for name in ENDS[thing.base] if (end := getattr(thing, name)) is not None]
        if len(work.reader.ends(ends)) == len(set(ends)) and _now(work.reader, thing) is None:
            found.append(thing)
    return found
