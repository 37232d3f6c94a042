"""What must hold whichever way a record comes in, held against the rows of an import.

The rules are those of a page: ``ruled``, ``case_rules`` and ``in_step``. A row that breaks one is
told of with its place in the file. A new record stays out, with what names it; of one that is in
the register, a value that changes only by an act of its own stays as it is, and where another
rule is against the change nothing of the row comes in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol
from uuid import UUID

from ocgdesk.casework import case_rules, in_step, outcome_rules, ruled
from ocgdesk.casework.said_once import Once
from ocgdesk.domain.disruptions import Outcome
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.errors import NotFound, Refused
from ocgdesk.exchange.raw import Problem
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Broken(Problem):
    """A problem of the register's rules, not of the file: it is looked for anew each time."""


class Placed(Protocol):
    """Where something stands in a file."""

    @property
    def file(self) -> str:
        """The name of the file."""

    @property
    def row(self) -> int:
        """As a spreadsheet counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What a row would make of a record, and what stands in the register now."""

    place: Placed
    after: Thing
    before: Thing | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What may come in for each row, in their order, and what the rules said against the rest."""

    things: tuple[Thing | None, ...]
    """None for a row that stays out; what is there already where its change does."""
    broken: tuple[Broken, ...]

    def beside(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems of a file with those of the rules, as they are now."""
        return (*(one for one in problems if not isinstance(one, Broken)), *self.broken)


def hold(
    reader: Reader, rows: Sequence[Came], on: date, columns: Iterable[tuple[str, str | None]] = ()
) -> Held:
    """Hold the rows of an import on a day against the rules; nothing is written.

    ``columns`` are the headers of the file with the fields they fill, to name a cell by.
    """
    new = {row.after.id: row.after.kind for row in rows if row.before is None}
    headers = {name: header for header, name in columns if name}
    judge = _Judge(reader, on, new, headers)
    things = [judge.new(row) if row.before is None else judge.edit(row) for row in rows]
    while lost := [n for n, t in enumerate(things) if t is not None and judge.hangs_in_air(t)]:
        for n in lost:
            judge.refuse(rows[n], _("What this belongs to or joins stays out, so this does too."))
            things[n] = None
    return Held(tuple(things), tuple(judge.broken))


@dataclass(slots=True)
class _Judge:
    """Looks at rows one by one, and remembers what it said and what stays out."""

    reader: Reader
    on: date
    kinds: Mapping[UUID, Kind]
    """Of the records that would be new, by id."""
    headers: Mapping[str, str]
    broken: list[Broken] = field(default_factory=list)
    out: set[UUID] = field(default_factory=set)
    once: Once = field(default_factory=Once)

    def new(self, row: Came) -> Thing | None:
        """Return a new record, or None where a rule is against it."""
        try:
            ruled.check_new(row.after)
            thing = case_rules.begun(self.reader, row.after)
            case_rules.check_new(self.reader, thing)
            self._check_owner(thing)
            self._check_joined(thing)
            self.once.check(None, thing)
            self._check_backed(thing)
        except (Refused, NotFound) as refusal:
            self.refuse(row, str(refusal))
            return None
        return thing

    def edit(self, row: Came) -> Thing:
        """Return a record as it may be changed; as it is where a rule is against the change."""
        assert row.before is not None  # noqa: S101 - there is something to change
        after = self._without_acts(row, row.before)
        if after == row.before:
            return row.before
        try:
            ruled.check_edit(row.before, after)
            case_rules.check_edit(self.reader, row.before, after)
            in_step.check_change(self.reader, row.before, after, self.on)
            self.once.check(row.before, after)
        except Refused as refusal:
            self.refuse(row, str(refusal), of=row.before)
            return row.before
        return case_rules.settled(row.before, after)

    def refuse(self, row: Came, told: str, *, of: Thing | None = None, name: str = "") -> None:
        """Note what is against a row; a new record is remembered as one that stays out."""
        text = told if told.endswith((".", "!", "?")) else f"{told}."
        column = self.headers.get(name, "")
        self.broken.append(Broken(row.place.file, row.place.row, column, text))
        if of is None:
            self.out.add(row.after.id)

    def hangs_in_air(self, thing: Thing) -> bool:
        """Tell whether a thing names as an end or owner what stays out."""
        return not self.out.isdisjoint(_ends(thing))

    def _without_acts(self, row: Came, before: Thing) -> Thing:
        """Leave what changes only by an act of its own as it is, and say so."""
        after = row.after
        for name in _only_by_act(before.kind):
            if getattr(before, name) != getattr(after, name):
                words = next(f.label for f in described_fields(type(before)) if f.name == name)
                told = _("{field} stays as it is here: {why}")
                why = _(ruled.BY_ACT[before.kind, name])
                self.refuse(row, told.format(field=_(words), why=why), of=before, name=name)
                after = replace(after, **{name: getattr(before, name)})
        return after

    def _check_owner(self, thing: Thing) -> None:
        """Refuse a sub-record without an owner, or on one of a kind it does not hang on."""
        if not isinstance(thing, Entity) or thing.owner not in self.kinds:
            in_step.check_owner(self.reader, thing)
            return
        assert thing.owner is not None  # noqa: S101 - it is among the new ones
        kind = self.kinds[thing.owner]
        if thing.owners and kind not in thing.owners:
            told = _("{what} does not hang on {owner}")
            words = label("kinds", thing.kind.value), label("kinds", kind.value).lower()
            raise Refused(told.format(what=words[0], owner=words[1]))

    def _check_joined(self, thing: Thing) -> None:
        if isinstance(thing, Link) and thing.is_loop:
            raise Refused(_("A link joins two different records"))

    def _check_backed(self, thing: Thing) -> None:
        """Refuse a typed count of steps on what is new in the file and no claim."""
        owner = thing.owner if isinstance(thing, Outcome) else None
        kind = self.kinds.get(owner) if owner is not None else None
        if isinstance(thing, Outcome) and kind not in {None, Kind.DISRUPTION}:
            outcome_rules.check_backed(thing)


def _only_by_act(kind: Kind) -> Collection[str]:
    return [name for of, name in ruled.BY_ACT if of is kind]


def _ends(thing: Thing) -> Iterator[UUID]:
    for name in ENDS[thing.base]:
        end = getattr(thing, name)
        if end is not None:
            yield end
