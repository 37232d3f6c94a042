"""What a draft would do to the register: a row of it beside what stands there now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from ocgdesk.casework.import_decisions import Alike, Settled
from ocgdesk.casework.import_events import NewEvents
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Thing
from ocgdesk.domain.values import External
from ocgdesk.exchange.draft import Draft, DraftLink, DraftRecord


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
    """Of a new one: records of the register, and rows above it, that may be the same."""
    settled: Settled | None = None
    """What was decided of those, or how it is part of what another row makes."""

    @property
    def follows(self) -> bool:
        """Whether a row before it carries the record that both make."""
        return self.settled is not None and self.settled.follows

    @property
    def is_open(self) -> bool:
        """Whether it may be one that is known, and nobody has said so or otherwise."""
        return bool(self.alike) and (self.settled is None or self.settled.decision is None)

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
    whole: Mapping[UUID, Thing] = field(default_factory=dict)
    """Of what several rows make together: all of it, by id."""

    def written(self) -> list[Thing]:
        """Return all that taking it in writes, each once: records, links, what is beside them."""
        rows = [row for row in self.rows if row.standing is not Standing.SAME]
        found = {row.after.id: self.whole.get(row.after.id, row.after) for row in rows}
        settled = (row.settled for row in self.rows if row.settled is not None)
        return [*found.values(), *(thing for one in settled for thing in one.further)]

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
                "undecided": sum(1 for row in self.rows if row.is_open),
                "problems": len(self.draft.problems),
            }
            | ({"events": self.events.count} if self.draft.keeps_events else {})
        )

    @property
    def is_empty(self) -> bool:
        """Whether taking it in would change nothing."""
        return not self.events.count and all(row.standing is Standing.SAME for row in self.rows)


def compared(draft: DraftRecord | DraftLink, before: Thing, values: dict[str, Any]) -> Row:
    """Return what the row would change: fields the file leaves empty stay as they are."""
    known = {f.name for f in fields(before)}
    given = {n: value for n, value in values.items() if n in known and value is not None}
    if isinstance(draft, DraftRecord):
        given = {n: v for n, v in given.items() if n not in draft.fills or not getattr(before, n)}
    for name in ("externals", "identifiers", "aliases"):
        if name in given:
            given[name] = tuple(dict.fromkeys((*getattr(before, name), *given[name])))
    after = replace(before, **given)
    if after == before:
        return Row(draft, Standing.SAME, before, before)  # one value, not two, of many rows
    return Row(draft, Standing.CHANGED, after, before)


def externals_of(values: Mapping[str, Any]) -> tuple[External, ...]:
    """Return the references of other systems among values; none where there are none."""
    return tuple(values.get("externals", ()))
