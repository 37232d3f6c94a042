"""What was decided of the rows of a draft, worked into what the draft would do.

The draft as it was proposed stays as it is, and all decisions are applied to it anew: so each can
be taken back until the draft is written. Nothing is read again but what a decision names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ocgdesk.casework import (
    import_events,
    import_holding,
    import_joining,
    import_link_rows,
    verdicts,
)
from ocgdesk.casework.import_decisions import (
    Alike,
    Decision,
    Decisions,
    Settled,
    Verdict,
    row_words,
)
from ocgdesk.casework.import_events import NewEvents
from ocgdesk.casework.import_proposal import Proposal, Row, Standing
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.links import Link
from ocgdesk.domain.pairings import COMPARED, NEVER, Pairing
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.values import External
from ocgdesk.exchange.draft import DraftLink, DraftRecord
from ocgdesk.i18n import ngettext
from ocgdesk.progress import silent
from ocgdesk.store.reader import Reader


def applied(reader: Reader, base: Proposal, decisions: Decisions) -> Proposal:
    """Return a proposal as it is with these decisions; ``base`` is the one without any.

    A decision on what is not there any more, or may not be seen, is let go of, and a note says
    how many these are.
    """
    if not decisions:
        return base
    work = _Deciding(reader, base, decisions)
    work.decide()
    return work.result()


def decided(row: Row, verdict: Verdict, at: int = 0) -> Decision | None:
    """Return a decision on what a row may be; ``at`` is which of those offered, the surest first.

    None where nothing is offered for the row.
    """
    if not 0 <= at < len(row.alike):
        return None
    if verdict is Verdict.NEW:
        return Decision.new(row.alike)
    return Decision.on(verdict, row.alike[at])


@dataclass(slots=True)
class _Deciding:
    """Works decisions into the rows of a proposal, from the first row of the file on."""

    reader: Reader
    base: Proposal
    decisions: Decisions
    rows: list[Row] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    """Of the records that decisions are on or name."""
    known: dict[UUID, Thing] = field(default_factory=dict)
    """The records of the register that decisions name."""
    whole: dict[UUID, Thing] = field(default_factory=dict)
    turned: dict[UUID, UUID] = field(default_factory=dict)
    """What a row would have made, and the record it is instead."""
    joined: set[UUID] = field(default_factory=set)
    """Records that several rows make."""
    touched: set[int] = field(default_factory=set)
    said: dict[UUID, set[tuple[str, str]]] = field(default_factory=dict)
    apart: set[frozenset[UUID]] = field(default_factory=set)
    lost: int = 0

    def decide(self) -> None:
        """Take the decisions one by one; then turn the links."""
        self.rows = list(self.base.rows)
        self.whole = dict(self.base.whole)
        self._learn()
        for key in sorted(self.places, key=lambda key: self.places[key]):
            if (decision := self.decisions.get(key)) is not None:
                self._decide(self.places[key], decision)

    def _learn(self) -> None:
        """Find the rows and the records of the register that decisions are on or name."""
        wanted = {*self.decisions, *(one.key for one in self.decisions.values())}
        others = {one.other for one in self.decisions.values() if one.other is not None}
        for place, row in enumerate(self.rows):
            if isinstance(row.draft, DraftRecord):
                if row.standing is Standing.NEW and row.draft.full_key in wanted:
                    self.places[row.draft.full_key] = place
                elif row.before is not None and row.before.id in others:
                    now = self.whole.get(row.before.id, row.after)
                    self.whole[row.before.id] = self._with_key(now, row.draft)
        nos = self.reader.numbers(others)
        self.known = {thing.id: thing for thing in self.reader.load(list(nos.values()))}
        for id_, some in import_joining.said_beside(self.reader, list(self.known)).items():
            self.said[id_] = set(some)

    def _with_key(self, thing: Thing, draft: DraftRecord) -> Thing:
        """Return a record that is known by a row's key too.

        A row known by what identifies is not, usually: but where another row is taken as the same
        record, only its key tells the next time that both are.
        """
        known = External(draft.scheme or self.base.draft.specification, draft.key)
        there: tuple[External, ...] = getattr(thing, "externals", ())
        told: dict[str, Any] = {"externals": tuple(dict.fromkeys((*there, known)))}
        return replace(thing, **told)

    def _decide(self, place: int, decision: Decision) -> None:
        row = self.rows[place]
        if decision.verdict is Verdict.NEW:
            further: tuple[Thing, ...] = tuple(self._never(row, decision))
            self._settle(place, replace(row, settled=Settled(decision=decision, further=further)))
            return
        other = self._other(place, decision)
        if other is None or other.kind is not row.after.kind:
            self.lost += 1
        elif decision.verdict is Verdict.SAME:
            self._join(place, decision, other)
        else:
            told = self._told(decision, other)
            link = verdicts.maybe_link(row.after.id, other.id)
            settled = Settled(decision=decision, told=told, further=(link,))
            self._settle(place, replace(row, settled=settled))

    def _settle(self, place: int, row: Row) -> None:
        self.rows[place] = row
        self.touched.add(place)

    def _other(self, place: int, decision: Decision) -> Entity | None:
        """Return the record a decision names as it is by now; a row only if it stands above."""
        found: Thing | None = None
        if decision.other is not None:
            found = self.known.get(decision.other)
        elif (at := self.places.get(decision.key, place)) < place:
            made = self.rows[at].after
            found = self.known.get(made.id, made)
        if found is None:
            return None
        now = self.whole.get(found.id, found)
        return now if isinstance(now, Entity) else None

    def _told(self, decision: Decision, other: Entity) -> str:
        if decision.other is not None:
            return other.ref
        return row_words(self.rows[self.places[decision.key]].draft.row)

    def _join(self, place: int, decision: Decision, other: Entity) -> None:
        """Make a row part of a record: the first to take one of the register carries it."""
        row = self.rows[place]
        assert isinstance(row.draft, DraftRecord)  # noqa: S101 - only those have a place
        assert isinstance(row.after, Entity)  # noqa: S101 - likewise
        said = self.said.setdefault(other.id, set())
        joined = import_joining.join(other, row.draft, row.after, decision.choices, said)
        said.update((one.field, one.value) for one in joined.beside)
        follows = other.id in self.whole or other.id not in self.known
        settled = Settled(
            decision=decision,
            told=self._told(decision, other),
            kept=joined.kept,
            further=joined.beside,
            follows=follows,
        )
        standing = (
            Standing.SAME if joined.after == other and not joined.beside else Standing.CHANGED
        )
        after = joined.after
        self._settle(place, replace(
            row, standing=standing, before=other, after=after, settled=settled
        ))  # fmt: skip
        self.turned[row.after.id] = other.id
        self.whole[other.id] = after
        if follows:
            self.joined.add(other.id)

    def _never(self, row: Row, decision: Decision) -> Iterator[Pairing]:
        """Yield what keeps a row and those that were offered for it apart.

        Other kinds are not looked for again, so there is nothing to remember.
        """
        if row.after.kind not in COMPARED:
            return
        today = datetime.now(LONDON).date()
        for alike in (one for one in row.alike if one.name in decision.offered):
            one = self._final(alike)
            pair = frozenset((one, row.after.id)) if one is not None else frozenset[UUID]()
            if one is not None and pair not in self.apart:
                self.apart.add(pair)
                yield Pairing(
                    owner=one, other=row.after.id, verdict=NEVER, by=self.reader.user.id,
                    decided=today,
                )  # fmt: skip

    def _final(self, alike: Alike) -> UUID | None:
        """Return the record that was offered as it is by now; None where it is not there."""
        if not alike.key:
            return alike.id
        return self.turned.get(alike.id, alike.id)

    # ---- Links --------------------------------------------------------------------------------

    def result(self) -> Proposal:
        """Return the proposal, with the links turned and all of it held against the rules."""
        events = self._turn_alone(self._turn_links())
        self.touched |= {n for n, row in enumerate(self.rows) if row.after.id in self.whole}
        places = sorted(self.touched)
        draft = self.base.draft
        held = import_holding.hold(
            self.reader, draft, [self.rows[place] for place in places], self.whole
        )
        out = set[int]()
        for place, row in zip(places, held.rows, strict=True):
            if row is None:
                out.add(place)
            else:
                self.rows[place] = row
        rows = tuple(row for place, row in enumerate(self.rows) if place not in out)
        notes = (*draft.notes, *self._notes())
        problems = (*draft.problems, *held.broken)
        draft = replace(draft, problems=tuple(dict.fromkeys(problems)), notes=notes)
        return Proposal(draft, rows, events, held.whole)

    def _notes(self) -> Iterator[str]:
        if self.lost:
            yield ngettext(
                "What was decided of {n} row does not stand: the other record is not there.",
                "What was decided of {n} rows does not stand: the other records are not there.",
                self.lost,
            ).format(n=f"{self.lost:,}")

    def _turn_links(self) -> NewEvents:
        """Let links join the records that their rows are now; those of the register are found."""
        ends = {*self.turned, *self.joined}
        places = [n for n, row in enumerate(self.rows) if _names(row, ends)] if ends else []
        if not places:
            return self.base.events
        links = [d for n in places if isinstance(d := self.rows[n].draft, DraftLink)]
        ids = dict[str, UUID]()
        for place, link in zip(places, links, strict=True):
            thing = self.rows[place].after
            assert isinstance(thing, Link)  # noqa: S101 - only links are made of these
            ids[link.source_key] = self.turned.get(thing.source, thing.source)
            ids[link.target_key] = self.turned.get(thing.target, thing.target)
        draft = replace(self.base.draft, links=tuple(links))
        held = set(ids.values())
        made, events = import_link_rows.link_rows(self.reader, draft, ids, held, silent)
        before = [self.rows[place].after.id for place in places]
        for place, row in zip(places, made, strict=True):
            self._settle(place, row)
        self._fold(places)
        return _events(self.base, before, links, events)

    def _turn_alone(self, events: NewEvents) -> NewEvents:
        """Let events that lie beneath a record go with it to the record that it is now."""
        alone = self.base.draft.alone
        if not alone or not self.turned:
            return events
        taken = {*self.turned.values()}
        places = [
            (place, row.draft.full_key)
            for place, row in enumerate(self.rows)
            if row.after.id in taken and isinstance(row.draft, DraftRecord)
        ]
        came = {key: alone[key] for _place, key in places if key in alone}
        ids = {key: self.rows[place].after.id for place, key in places}
        found = import_events.alone(self.reader, came, ids, taken)
        before = [self.base.rows[place].after.id for place, _key in places]
        total = sum(len(some) for files in came.values() for some in files.values())
        return _counted_anew(events, before, total, found)

    def _fold(self, places: Sequence[int]) -> None:
        """Keep one of new links that say the same, where rows that make one record each say it."""
        first: dict[tuple[object, ...], Link] = {}
        for place in places:
            row = self.rows[place]
            link = row.after
            if row.before is not None or not isinstance(link, Link):
                continue
            if row.draft.key in self.base.draft.events or not _joins(link, self.joined):
                continue
            kept = first.setdefault(_same(link), link)
            if kept is link:
                continue
            now = self.whole.get(kept.id, kept)
            assert isinstance(now, Link)  # noqa: S101 - it was put there as one
            externals = tuple(dict.fromkeys((*now.externals, *link.externals)))
            self.whole[kept.id] = replace(now, externals=externals)
            settled = Settled(follows=True)
            self.rows[place] = replace(
                row, standing=Standing.SAME, before=now, after=kept, settled=settled
            )


def _names(row: Row, ends: set[UUID]) -> bool:
    thing = row.after
    return isinstance(thing, Link) and isinstance(row.draft, DraftLink) and _joins(thing, ends)


def _joins(link: Link, ends: set[UUID]) -> bool:
    return link.source in ends or link.target in ends


def _same(link: Link) -> tuple[object, ...]:
    """Return what two links are one by: all they say but where it comes from."""
    told = [f.name for f in described_fields(type(link)) if f.name != "externals"]
    ends = (link.source, link.target)
    return (link.kind, *(ends if link.directed else sorted(ends)), *(
        repr(getattr(link, name)) for name in told
    ))  # fmt: skip


def _events(
    base: Proposal, before: Sequence[UUID], links: Sequence[DraftLink], found: NewEvents
) -> NewEvents:
    """Return the events of a proposal, with those of some links as they were counted anew."""
    came = base.draft.events
    total = sum(len(some) for link in links for some in came.get(link.key, {}).values())
    return _counted_anew(base.events, before, total, found)


def _counted_anew(
    events: NewEvents, before: Sequence[UUID], total: int, found: NewEvents
) -> NewEvents:
    """Put other events in the place of those that lay beneath these; ``total`` is all of them."""
    gone = set(before)
    old = [files for id_, files in events.by_link.items() if id_ in gone]
    were_new = sum(len(some) for files in old for some in files.values())
    kept = {id_: files for id_, files in events.by_link.items() if id_ not in gone}
    return NewEvents({**kept, **found.by_link}, events.same - (total - were_new) + found.same)
