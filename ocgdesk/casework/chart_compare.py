"""One chart at two times: what was added, removed and changed, drawn and listed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import charts_past, overviews
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.casework.moments import Moment
from ocgdesk.casework.overviews import OverviewQuery
from ocgdesk.domain.charts import Box, Difference, Item, Scene, Tie
from ocgdesk.domain.dates import shown
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import N_, _
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing_looks import key_of
from ocgdesk.reports.drawing_marks import SIGNS, TONES
from ocgdesk.store import history
from ocgdesk.store.reader import Reader

WORDS: Final = {
    Difference.ADDED: N_("Added"),
    Difference.REMOVED: N_("Removed"),
    Difference.CHANGED: N_("Changed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One difference, as it is listed."""

    id: UUID
    """The item or the line it is about; of a membership, the member."""
    change: Difference
    what: str
    """The item by name, or both ends of a line."""
    how: str = ""
    """What it is, or what it was and is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both scenes as one, with what differs marked, and the list of it."""

    scene: Scene
    changes: tuple[Changed, ...]

    @property
    def summary(self) -> str:
        """How many of each, in words."""
        counts = {one: sum(c.change is one for c in self.changes) for one in Difference}
        told = _("{added:,} added, {removed:,} removed, {changed:,} changed")
        return told.format(**{one.value: n for one, n in counts.items()})


def between(first: date, second: date) -> str:
    """Return which two days are compared, in words. Refused where the first is not earlier."""
    if first >= second:
        raise Refused(_("Compare an earlier date with a later one"))
    told = _("as recorded on {first}, compared with {second}")
    return told.format(first=shown(first), second=shown(second))


def end_of(day: date) -> Moment:
    """Return the moment at the end of a day: what was recorded until then."""
    return Moment(as_at=history.instant(day.isoformat()))


def at(reader: Reader, query: ChartQuery | OverviewQuery, day: date) -> Scene:
    """Return a chart or an overview as recorded at the end of a day.

    Where nothing it is drawn round was recorded yet, it is empty: all of it was added since.
    """
    moment = end_of(day)
    if isinstance(query, OverviewQuery):
        on = query.moment.on
        return overviews.scene(reader, replace(query, moment=replace(moment, on=on)))
    assert moment.as_at is not None  # noqa: S101 - the end of a day is a moment
    try:
        return charts_past.scene(reader, query, history.seq_at(reader, moment.as_at))
    except NotFound:
        return Scene()


def compare(
    reader: Reader, query: ChartQuery | OverviewQuery, first: date, second: date
) -> Compared:
    """Return one chart at two days. Raises Refused where the first is not earlier."""
    between(first, second)
    return compared(at(reader, query, first), at(reader, query, second))


def compared(before: Scene, after: Scene) -> Compared:
    """Return two scenes as one: what only the first has is removed, what only the second, added."""
    items, told = _items(before.items, after.items)
    labels = {item.id: item.label for item in items}
    boxes = _boxes(before.boxes, after.boxes)
    said = {(member, box.id) for box in boxes for member in box.members}
    ties, told_ties = _ties(_lines(before, said), _lines(after, said), labels)
    moved = _moved(before, after, labels)
    return Compared(
        scene=Scene(items=items, ties=ties, boxes=boxes, cut=after.cut or before.cut),
        changes=(*told, *moved, *told_ties),
    )


def _items(
    before: Sequence[Item], after: Sequence[Item]
) -> tuple[tuple[Item, ...], tuple[Changed, ...]]:
    old, new = ({item.id: item for item in some} for some in (before, after))
    found = [_item(old.get(item.id), item) for item in after]
    found += [replace(item, change=Difference.REMOVED) for item in before if item.id not in new]
    told = (
        Changed(id=item.id, change=item.change, what=item.label, how=_how(old.get(item.id), item))
        for item in found
        if item.change is not None
    )
    return tuple(found), tuple(told)


def _item(old: Item | None, new: Item) -> Item:
    if old is None:
        return replace(new, change=Difference.ADDED)
    return new if _seen(old) == _seen(new) else replace(new, change=Difference.CHANGED)


def _seen(item: Item) -> tuple[object, ...]:
    return item.label, item.detail, item.badges, item.importance, item.exploited, item.marking


def _how(old: Item | None, new: Item) -> str:
    kind = chart_words.name_of(key_of(new))
    if old is None or new.change is Difference.REMOVED:
        return kind
    said = [f"{a or '–'} → {b or '–'}" for a, b in _pairs(old, new) if a != b]
    return f"{kind}: {'; '.join(said)}"


def _pairs(old: Item, new: Item) -> Iterator[tuple[str, str]]:
    yield old.label, new.label
    yield old.detail, new.detail
    yield _(chart_words.IMPORTANCES[old.importance]), _(chart_words.IMPORTANCES[new.importance])
    yield ", ".join(old.badges), ", ".join(new.badges)
    yield old.marking.banner, new.marking.banner


_Line = tuple[UUID, UUID, str, bool]


def _lines(scene: Scene, said: set[tuple[UUID, UUID]]) -> dict[_Line, Tie]:
    """Return lines by what they say; a membership that a box shows is not told as a line."""
    found = {}
    for tie in scene.ties:
        if tie.type == "member-of" and (tie.source, tie.target) in said:
            continue
        ends = (tie.source, tie.target)
        if not tie.directed:
            ends = (min(ends), max(ends))
        found[*ends, "" if tie.beneath else tie.type or tie.label, tie.directed] = tie
    return found


def _ties(
    before: Mapping[_Line, Tie], after: Mapping[_Line, Tie], labels: Mapping[UUID, str]
) -> tuple[tuple[Tie, ...], tuple[Changed, ...]]:
    found = [_tie(before.get(key), tie) for key, tie in after.items()]
    gone = (tie for key, tie in before.items() if key not in after)
    found += [_toned(tie, Difference.REMOVED) for tie in gone]
    old = {key: tie for key, tie in before.items() if key in after}
    keys = {tie.id: key for key, tie in after.items()}
    told = (
        Changed(
            id=tie.id,
            change=tie.change,
            what=_ends(tie, labels),
            how=_how_tie(old.get(keys[tie.id]) if tie.id in keys else None, tie),
        )
        for tie in found
        if tie.change is not None
    )
    return tuple(found), tuple(told)


def _tie(old: Tie | None, new: Tie) -> Tie:
    if old is None:
        return _toned(new, Difference.ADDED)
    seen = [(tie.label, tie.strength, tie.count) for tie in (old, new)]
    return new if seen[0] == seen[1] else _toned(new, Difference.CHANGED)


def _toned(tie: Tie, change: Difference) -> Tie:
    """Return a line as it is drawn where it differs: its colour is always beside its sign."""
    return replace(tie, change=change, tone=TONES[change], mark=SIGNS[change])


def _ends(tie: Tie, labels: Mapping[UUID, str]) -> str:
    arrow = "→" if tie.directed else "–"
    return f"{labels.get(tie.source, '?')} {arrow} {labels.get(tie.target, '?')}"


def _how_tie(old: Tie | None, new: Tie) -> str:
    if old is None:
        return new.label
    said = [
        f"{a} → {b}"
        for a, b in (
            (old.label, new.label),
            (_(chart_words.STRENGTHS[old.strength]), _(chart_words.STRENGTHS[new.strength])),
            (f"×{old.count}", f"×{new.count}"),
        )
        if a != b
    ]
    return "; ".join([*([new.label] if old.label == new.label else []), *said])


def _boxes(before: Iterable[Box], after: Iterable[Box]) -> tuple[Box, ...]:
    """Return the boxes round all who belonged at either time."""
    old = {box.id: box for box in before}
    found = [
        replace(box, members=box.members | old[box.id].members) if box.id in old else box
        for box in after
    ]
    there = {box.id for box in found}
    return (*found, *(box for id_, box in old.items() if id_ not in there))


def _moved(before: Scene, after: Scene, labels: Mapping[UUID, str]) -> Iterator[Changed]:
    """Yield who joined or left an OCG and is drawn at both times."""
    old, new = _belongs(before), _belongs(after)
    both = {item.id for item in before.items} & {item.id for item in after.items}
    for pairs, change, words in (
        (new - old, Difference.ADDED, _("joined {ocg}")),
        (old - new, Difference.REMOVED, _("left {ocg}")),
    ):
        for member, ocg in sorted(pairs):
            if {member, ocg} <= both:
                how = words.format(ocg=labels[ocg])
                yield Changed(id=member, change=change, what=labels[member], how=how)


def _belongs(scene: Scene) -> set[tuple[UUID, UUID]]:
    boxed = {(member, box.id) for box in scene.boxes for member in box.members if member != box.id}
    return boxed | {(t.source, t.target) for t in scene.ties if t.type == "member-of"}
