"""The search box: what the index offers, held against what was typed, grouped by kind.

Restricted records are left out here, as everywhere, by ``reader.may_see``; what is counted is
what the reader may see.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from ocgdesk.domain.fitting import Reason, Texts, Typed, Why
from ocgdesk.domain.kinds import OWNED, Kind
from ocgdesk.store import codec, tables
from ocgdesk.store.among import among
from ocgdesk.store.candidates import NEAR, Candidates
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

ORDER = (
    Kind.NOMINAL,
    Kind.OCG,
    Kind.HANDLE,
    Kind.PHONE,
    Kind.COUNTY_LINE,
    Kind.LOCATION,
    Kind.VEHICLE,
    Kind.ORGANISATION,
    Kind.ACCOUNT,
    Kind.OPERATION,
    Kind.COMMODITY,
    Kind.REPORT,
    Kind.PLAN,
    Kind.ACTION,
    Kind.CHART,
)
"""The order in which kinds are shown."""
HANGING = tuple(kind for kind in OWNED if kind not in ORDER)
"""Kinds found by their words whose owner is where one goes: notes, decisions, orders."""
FOUND = (*ORDER, *HANGING)
"""All kinds a search finds."""
_FEW_LETTERS = 5
"""So few letters, where they stand somewhere, are not also taken for other words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, and why. ``owner`` is the record it hangs on, if that is where to go."""

    record: Brief
    why: Why
    owner: Brief | None = None

    @property
    def reason(self) -> Reason:
        """Why it was found, as a code."""
        return self.why.reason


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, in groups of one kind; of each the best, and how many there are."""

    hits: tuple[Hit, ...]
    totals: dict[Kind, int]
    is_all: bool
    """False where there is more than was looked at: the totals are the least there can be."""


def search(
    reader: Reader, text: str, *, kinds: Sequence[Kind] = (), per_kind: int = 6, log: bool = True
) -> list[Hit]:
    """Return what is found, grouped by kind in their order, the best of each kind first."""
    return list(look(reader, text, kinds=kinds, per_kind=per_kind, log=log).hits)


def look(
    reader: Reader, text: str, *, kinds: Sequence[Kind] = (), per_kind: int = 6, log: bool = True
) -> Findings:
    """Return what is found and how many of each kind; that it was looked for is logged."""
    typed = Typed(text)
    groups = _Groups(reader, typed, tuple(kinds) or FOUND, per_kind)
    offered = Candidates(reader, typed, kinds)
    near = Candidates(reader, typed, kinds, NEAR)
    groups.take(no for step in offered.sure() for no in step)
    if not groups.is_enough:
        groups.take_nearest(near.nearly())
    if log and text.strip():
        reader.saw(
            "Search",
            detail_text=typed.text,
            kinds=[kind.value for kind in kinds],
        )
    return groups.findings(is_all=not (offered.is_cut or near.is_cut))


class _Groups:
    """What was found so far, by kind."""

    def __init__(self, reader: Reader, typed: Typed, kinds: Sequence[Kind], per_kind: int) -> None:
        self._reader, self._typed, self._per_kind = reader, typed, per_kind
        self._sure: dict[Kind, list[Brief]] = {kind: [] for kind in kinds}
        self._near: dict[Kind, list[tuple[Brief, Why]]] = {kind: [] for kind in kinds}
        self._seen: set[int] = set()

    @property
    def is_enough(self) -> bool:
        """Whether what is nearly like it is not wanted: a reference, or few letters that stand."""
        found = [record for some in self._sure.values() for record in some]
        if len(self._typed.packed) < _FEW_LETTERS:
            return bool(found)
        return any(record.ref == self._typed.text.upper() for record in found)

    def take(self, numbers: Iterable[int]) -> None:
        """Add records in which what was typed stands, in this order."""
        for record in self._new(numbers):
            self._sure[record.kind].append(record)

    def take_nearest(self, numbers: Iterable[int]) -> None:
        """Add those of these that fit nearly, the nearest first."""
        new = self._new(numbers)
        for record, known in _with_texts(self._reader, new, body=False):
            if (why := self._typed.why_nearly(known)) is not None:
                self._near[record.kind].append((record, why))
        for some in self._near.values():
            some.sort(key=lambda one: (one[1].rank, one[0].label))

    def _new(self, numbers: Iterable[int]) -> list[Brief]:
        offered = [no for no in dict.fromkeys(numbers) if no not in self._seen]
        self._seen.update(offered)
        return [one for one in briefs(self._reader, offered) if one.kind in self._sure]

    def findings(self, *, is_all: bool) -> Findings:
        """Return the best of each kind with the reasons, as many as are wanted."""
        shown = {kind: some[: self._per_kind] for kind, some in self._sure.items() if some}
        whys = self._whys([record for some in shown.values() for record in some])
        hits: list[Hit] = []
        for kind in self._sure:
            sure = [Hit(record, whys[record.no]) for record in shown.get(kind, ())]
            near = [Hit(record, why) for record, why in self._near[kind]]
            hits += (sure + near)[: self._per_kind]
        totals = {k: len(self._sure[k]) + len(self._near[k]) for k in self._sure}
        return Findings(
            tuple(_with_owners(self._reader, hits)),
            {kind: n for kind, n in totals.items() if n},
            is_all,
        )

    def _whys(self, records: Sequence[Brief]) -> dict[int, Why]:
        found = _with_texts(self._reader, records, body=True)
        plain = Why(reason=Reason.TEXT)
        return {record.no: self._typed.why(known) or plain for record, known in found}


def texts(reader: Reader, nos: Collection[int]) -> list[tuple[Brief, Texts]]:
    """Return what these records are found by; the unseen are left out."""
    return _with_texts(reader, briefs(reader, nos), body=True)


def _with_texts(
    reader: Reader, records: Sequence[Brief], *, body: bool
) -> list[tuple[Brief, Texts]]:
    table, found = tables.search_text, dict[int, tuple[str, str, str]]()
    columns = [table.c.no, table.c.names, table.c.identifiers, *([table.c.body] if body else [])]
    for some in codec.batches([record.no for record in records]):
        for row in reader.rows(select(*columns).where(among(table.c.no, some))):
            found[row.no] = (row.names, row.identifiers, row.body if body else "")
    return [(record, _texts(record, *found[record.no])) for record in records if record.no in found]


def _texts(record: Brief, names: str, codes: str, body: str) -> Texts:
    return Texts(
        label=record.label,
        ref=record.ref,
        names=tuple(names.splitlines()),
        codes=tuple(codes.splitlines()),
        body=body,
    )


def _with_owners(reader: Reader, hits: Sequence[Hit]) -> list[Hit]:
    """Return hits with the records they hang on, where these are the ones to open."""
    nos = [hit.record.no for hit in hits if hit.record.kind in HANGING]
    if not nos:
        return list(hits)
    table = tables.entity
    rows = reader.rows(select(table.c.no, table.c.owner_no).where(among(table.c.no, nos)))
    owner_of = {row.no: row.owner_no for row in rows if row.owner_no is not None}
    owners = {one.no: one for one in briefs(reader, list(set(owner_of.values())))}
    return [Hit(hit.record, hit.why, owners.get(owner_of.get(hit.record.no, 0))) for hit in hits]
