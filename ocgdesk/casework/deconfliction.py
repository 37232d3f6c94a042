"""Deconfliction: what was just entered links two OCGs that different people answer for.

Worked out from the journal and the links there are, with the stop list and the limit of
``sharing``: a prison or a call centre alerts nobody.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from ocgdesk.casework import in_step, records, sharing
from ocgdesk.casework.sharing import Item, Pair
from ocgdesk.domain.pairings import DECONFLICTED, Pairing
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent
from ocgdesk.store import history, journal, matching, planning, threats, touched, users
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.touched import MadeLink
from ocgdesk.store.work import Work

USUAL_DAYS: Final = 28
"""How far back is looked unless the user says otherwise (local default)."""
CAVEAT: Final = N_(
    "Told once a record newly joins two OCGs with different lead officers or agencies; whether "
    "the two matter to each other is for those officers to say."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two OCGs: who answers for it."""

    ocg: Brief
    lro: str
    agency: str

    @property
    def owner(self) -> tuple[str, str]:
        """What tells one owner from another."""
        return self.lro, self.agency

    @property
    def words(self) -> str:
        """The OCG with its lead officer and agency."""
        agency = label("agencies", self.agency)
        who = ", ".join(part for part in (self.lro, agency) if part)
        return f"{self.ocg.label} ({who})" if who else self.ocg.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Two OCGs of different owners that a new link joined through these records."""

    one: Side
    two: Side
    through: tuple[Brief, ...]
    seq: int
    """The entry of the journal that joined them last."""
    at: datetime
    by: str
    act: str
    is_mine: bool
    """Whether the reader is LRO or SIO of one of them."""
    is_own: bool
    """Whether the reader's own act joined them."""

    @property
    def pair(self) -> frozenset[int]:
        """The numbers of the two OCGs."""
        return frozenset((self.one.ocg.no, self.two.ocg.no))

    @property
    def words(self) -> str:
        """The alert in a sentence."""
        return self.told(len(self.through))

    def told(self, most: int) -> str:
        """Return the alert in a sentence that names no more than so many of the records."""
        told = _("{one} and {two} are newly linked through {names}")
        names = [f"{b.label} ({b.ref})" if b.ref else b.label for b in self.through[:most]]
        if (more := len(self.through) - most) > 0:
            names.append(_("{n} more").format(n=f"{more:,}"))
        return told.format(one=self.one.words, two=self.two.words, names=", ".join(names))


def alerts(
    reader: Reader,
    *,
    today: date,
    since: date | None = None,
    after: int | None = None,
    most: int | None = None,
    progress: Progress = silent,
) -> tuple[Alert, ...]:
    """Return the alerts since a day, or after an entry of the journal, the newest first.

    One that was dismissed is not in it until something new links the two. Without either, of the
    last four weeks; with ``most``, of so many of the newest links. What the reader may not know of
    alerts them of nothing.
    """
    if after is None:
        day = since or today - timedelta(days=USUAL_DAYS)
        after = history.seq_at(reader, history.instant((day - timedelta(days=1)).isoformat()))
    made = touched.links_made(reader, after, most)
    if not made:
        return ()
    ends = {end for link in made for end in (link.one, link.two)}
    pairs = sharing.shares(reader, touching=ends, progress=progress).pairs
    done = matching.deconflicted(reader, after)
    new = (one for one in _alerts(reader, pairs, made, today) if one.seq > done.get(one.pair, 0))
    found = sorted(new, key=lambda one: -one.seq)
    nos = {brief.no for one in found for brief in (one.one.ocg, one.two.ocg, *one.through)}
    reader.saw("Deconfliction alerts", sorted(nos), alerts=len(found))
    return tuple(found)


def dismiss(work: Work, one: UUID, two: UUID, reason: str) -> Pairing:
    """Keep that whoever answers for two OCGs has been told, or need not be, and why.

    Raises Refused without a reason. It hangs on the first OCG and is in its history.
    """
    if not reason.strip():
        raise Refused(_("Say why: who was spoken to, or why it does not matter"))
    said = Pairing(
        owner=one,
        other=two,
        verdict=DECONFLICTED,
        reason=reason.strip(),
        by=work.user.id,
        decided=in_step.day_of(work),
    )
    return records.made(work, said)


def _alerts(
    reader: Reader, pairs: Collection[Pair], made: Collection[MadeLink], today: date
) -> Iterator[Alert]:
    newest: dict[tuple[int, int], int] = {}
    for link in made:
        for ends in ((link.one, link.two), (link.two, link.one)):
            newest[ends] = max(link.seq, newest.get(ends, 0))
    new = [(pair, _new(pair, newest)) for pair in pairs]
    new = [(pair, items) for pair, items in new if items]
    ocgs = {brief.no: brief for pair, _items in new for brief in (pair.one, pair.two)}
    sides = _sides(reader, ocgs, today)
    mine = frozenset(planning.ocgs_of(reader, reader.user.id, today))
    names = {user.id: user.display for user in users.everybody(reader.connection)}
    for pair, items in new:
        one, two = sides[pair.one.no], sides[pair.two.no]
        if one.owner != two.owner:
            yield _alert(reader, (one, two), items, mine=mine, names=names)


def _new(pair: Pair, newest: Mapping[tuple[int, int], int]) -> list[tuple[Item, int]]:
    """Return the items a new link brought to one side, with the entry that made it."""
    found = []
    for item in pair.items:
        holders = {brief.no for brief in (*item.one, *item.two)} | {pair.one.no, pair.two.no}
        entries = [newest.get((item.record.no, no), 0) for no in holders]
        joined = [newest.get((no, ocg.no), 0) for ocg, some in _sides_of(pair, item) for no in some]
        if last := max((*entries, *joined), default=0):
            found.append((item, last))
    return found


def _sides_of(pair: Pair, item: Item) -> Iterator[tuple[Brief, list[int]]]:
    """Yield each OCG with the members through whom it has the item: one may be a new member."""
    yield pair.one, [brief.no for brief in item.one]
    yield pair.two, [brief.no for brief in item.two]


def _sides(reader: Reader, ocgs: Mapping[int, Brief], today: date) -> dict[int, Side]:
    officers = threats.holders(reader, ocgs, today)
    agencies = {one.ocg.no: one.agency for one in threats.threats(reader)}
    return {
        no: Side(ocg=brief, lro=officers.get(no, {}).get("lro", ""), agency=agencies.get(no, ""))
        for no, brief in ocgs.items()
    }


def _alert(
    reader: Reader,
    sides: tuple[Side, Side],
    items: list[tuple[Item, int]],
    *,
    mine: frozenset[int],
    names: Mapping[UUID, str],
) -> Alert:
    seq = max(entry for _item, entry in items)
    entry = journal.entry(reader.connection, seq)
    assert entry is not None  # noqa: S101 - items of the journal belong to entries
    return Alert(
        one=sides[0],
        two=sides[1],
        through=tuple(item.record for item, _entry in items),
        seq=seq,
        at=entry.at,
        by=names.get(entry.user, ""),
        act=entry.label,
        is_mine=bool(mine & {side.ocg.no for side in sides}),
        is_own=entry.user == reader.user.id,
    )
