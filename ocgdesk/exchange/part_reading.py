"""Rows that make several records each, and the links between them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.events import Events
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.exchange.cell_ways import made
from ocgdesk.exchange.convert import is_blank
from ocgdesk.exchange.draft import DraftLink, DraftRecord, MoreBad, Outside, full_key
from ocgdesk.exchange.mapping import label_field, squashed
from ocgdesk.exchange.part_values import PartValues, folded, place_of
from ocgdesk.exchange.raw import Problem, RawTable
from ocgdesk.exchange.records import own_key
from ocgdesk.exchange.specifications import EntityPart, LinkPart, Specification, fields_by_name
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track

EVENTS = "events"
"""What the keys of links that keep events are kept under, whichever specification read them."""


@dataclass(slots=True)
class _Found:
    """A record as rows make it, the first and those after it."""

    full: str
    """The full key: one text for all links that name it."""
    record: DraftRecord
    values: dict[str, object]


@dataclass(slots=True)
class Gathered:
    """All that the files of an import make, by key."""

    records: dict[str, _Found] = field(default_factory=dict)
    links: dict[str, DraftLink] = field(default_factory=dict)
    named: dict[str, Outside] = field(default_factory=dict)
    """Records that rows only name, each with the first row that does."""
    problems: list[Problem] = field(default_factory=list)
    repeats: int = 0
    """How many rows say of a link what an earlier one said."""
    rejected: set[str] = field(default_factory=set)
    events: dict[str, dict[str, Events]] = field(default_factory=dict)
    """By the key of their link and by file."""
    alone: dict[str, dict[str, Events]] = field(default_factory=dict)
    """Events whose other end has no number, by the full key of the record that has one."""
    unnamed: Counter[str] = field(default_factory=Counter)
    """How many of these there are of each of ``no_numbers.SORTS``."""
    bad: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    """The cells of rows that are events and came to nothing, by file and row."""

    partly: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    """The cells of rows that are events and come in without what makes no sense in them."""
    more_bad: dict[str, MoreBad] = field(default_factory=dict)
    """By file, the rows beyond those that are told one by one."""

    def drafted(self) -> tuple[DraftRecord, ...]:
        """Return the records, in the order they were first met."""
        return tuple(found.record for found in self.records.values())

    def outside(self) -> tuple[Outside, ...]:
        """Return the records that are only named, in none of the files."""
        return tuple(one for key, one in self.named.items() if key not in self.records)


@dataclass(slots=True)
class ReadyPart:
    """One part of the specification, made ready for one table."""

    part: EntityPart
    scheme: str
    label: str
    keys: tuple[int, ...]
    values: PartValues


@dataclass(slots=True)
class _Tie:
    """One link of the specification, made ready for one table."""

    link: LinkPart
    place: int
    keys: tuple[int, ...]
    values: PartValues


class SpecReading:
    """Reads one table by its specification into what the files of an import make."""

    def __init__(
        self, table: RawTable, spec: Specification, into: Gathered, today: date | None
    ) -> None:
        self.table, self.spec, self.into = table, spec, into
        self._parts = tuple(self._ready(part, today) for part in spec.parts)
        self._ties = tuple(self._tied(n, link, today) for n, link in enumerate(spec.links))
        self._only = tuple((place_of(table, h), squashed(text)) for h, text in spec.values.items())

    def read(self, progress: Progress = silent) -> None:
        """Read every row."""
        what = _("Reading {name}").format(name=self.table.name)
        for number, row in track(list(self.table.numbered()), progress, what, every=1000):
            if self._is_meant(number, row):
                self._read(number, row)

    def _read(self, number: int, row: tuple[str, ...]) -> None:
        keys = {ready.part.name: self._record(number, row, ready) for ready in self._parts}
        for tie in self._ties:
            source, target = keys[tie.link.source], keys[tie.link.target]
            if source and target:
                self._link(number, row, tie, source, target)

    def problem(self, row: int, column: str, text: str) -> None:
        """Write down what makes no sense."""
        self.into.problems.append(Problem(self.table.name, row, column, text))

    def _ready(self, part: EntityPart, today: date | None) -> ReadyPart:
        keys = tuple(place_of(self.table, column) for column in part.key)
        values = PartValues(self.table, part.kind, part.fields, today, self.problem)
        return ReadyPart(part, self.spec.scheme(part), label_field(part.kind).name, keys, values)

    def _tied(self, place: int, link: LinkPart, today: date | None) -> _Tie:
        keys = tuple(place_of(self.table, column) for column in link.key)
        values = PartValues(self.table, link.kind, link.fields, today, self.problem)
        return _Tie(link, place, keys, values)

    def _is_meant(self, number: int, row: tuple[str, ...]) -> bool:
        for index, text in self._only:
            if index >= 0 and squashed(row[index]) != text:
                words = _("The specification {name} is not for this row; it is left out.")
                self.problem(number, self.table.header[index], words.format(name=self.spec.name))
                return False
        return True

    def _record(self, number: int, row: tuple[str, ...], ready: ReadyPart) -> str:
        """Return the full key of the record a part makes or names in a row; empty for none."""
        key = self._key(row, ready)
        if not ready.part.describes:
            return self._named(number, ready, key) if key else ""
        values = ready.values.read(number, row)
        label = str(values.get(ready.label, "")).strip()
        if not label:
            return self._nameless(number, row, ready, key)
        is_made = not key
        key = key or own_key(values, label)
        full = full_key(ready.scheme, key)
        if (found := self.into.records.get(full)) is not None:
            self._fold(number, ready, found, values)
            return found.full
        record = DraftRecord(
            file=self.table.name,
            row=number,
            key=key,
            kind=ready.part.kind,
            label=label,
            values=values,
            raw=row,
            scheme=ready.scheme,
            made=is_made,
            part=ready.part.name,
        )
        self.into.records[full] = _Found(full, record, values)
        return full

    def _key(self, row: tuple[str, ...], ready: ReadyPart) -> str:
        texts = [row[index].strip() for index in ready.keys if index >= 0]
        if not texts or any(not text or is_blank(text) for text in texts):
            return ""
        if ready.part.key_way:
            texts = [made(text, (ready.part.key_way,)).strip() for text in texts]
        return "|".join(filter(None, texts))

    def _named(self, number: int, ready: ReadyPart, key: str) -> str:
        full = full_key(ready.scheme, key)
        if full not in self.into.named:
            self.into.named[full] = Outside(
                file=self.table.name,
                row=number,
                column=next(iter(ready.part.key), ""),
                kind=ready.part.kind,
                scheme=ready.scheme,
                key=key,
            )
        return full

    def _nameless(self, number: int, row: tuple[str, ...], ready: ReadyPart, key: str) -> str:
        """Say so where a row tells something of a record without its name."""
        if key and (found := self.into.records.get(full_key(ready.scheme, key))) is not None:
            return found.full
        alone = len(self._parts) == 1
        if alone or key or ready.values.says_anything(row):
            text = _("The row gives no name to its {kind}; that is left out.")
            label = next((one.column for one in ready.part.fields if one.field == ready.label), "")
            self.problem(number, label, text.format(kind=ready.part.name))
        return ""

    def _fold(
        self, number: int, ready: ReadyPart, found: _Found, values: dict[str, object]
    ) -> None:
        """Take in what a further row says of a record; where it differs, the first stays."""
        known = fields_by_name(ready.part.kind)
        for name, _before in folded(found.values, values, ready.part.kind):
            if name not in known:
                continue
            text = _("Row {n} says otherwise of the {field} of the same record; that is kept.")
            column = next((f.column for f in ready.part.fields if f.field == name), "")
            label = _(known[name].label).lower()
            self.problem(number, column, text.format(n=found.record.row, field=label))

    def _link(self, number: int, row: tuple[str, ...], tie: _Tie, source: str, target: str) -> str:
        """Make a link of a row; return its key, empty where none is made."""
        if source == target:
            self.problem(number, "", _("The link joins a record to itself; it is left out."))
            return ""
        values = tie.values.read(number, row)
        type_ = str(values.pop("type", "") or tie.link.type)
        weight = values.pop("weight", None)
        directed = _direction(tie.link, type_, values.pop("directed", None))
        link = DraftLink(
            file=self.table.name,
            row=number,
            key=self._link_key(row, tie, source, target, type_, directed=directed),
            source_key=source,
            target_key=target,
            directed=directed,
            type=type_,
            weight=weight if isinstance(weight, float) else None,
            values=values,
            raw=row,
            kind=tie.link.kind,
            scheme=EVENTS if tie.link.events else self.spec.name,
            part=tie.place,
        )
        self._keep(link, folds=tie.link.folds or tie.link.events is not None)
        return link.key

    def _link_key(
        self,
        row: tuple[str, ...],
        tie: _Tie,
        source: str,
        target: str,
        type_: str,
        *,
        directed: bool,
    ) -> str:
        ends = [_shown(source), _shown(target)]
        if not directed:
            ends.sort()
        key = ("→" if directed else "–").join(ends) + (f"|{type_}" if type_ else "")
        told = [row[index].strip() for index in tie.keys if index >= 0]
        return "|".join((key, *filter(None, told)))

    def _keep(self, link: DraftLink, *, folds: bool) -> None:
        """Keep a link, beside or folded into one that is there for the same pair."""
        kept, before = self.into.links, self.into.links.get(link.key)
        if folds:
            kept[link.key] = _counted(before, link)
            return
        key, n = link.key, 1
        if before is not None and (role := link.values.get("role")):
            key = f"{link.key}|{role}" if before.values.get("role") != role else key
        base = key
        while (before := kept.get(key)) is not None:
            if (before.values, before.weight) == (link.values, link.weight):
                self.into.repeats += 1
                return
            n += 1
            key = f"{base}#{n}"
        kept[key] = _with_key(link, key)


def _shown(full: str) -> str:
    """Return a full key without its scheme: the key of a link is kept under the specification."""
    return full.rpartition("\x1f")[2]


def _with_key(link: DraftLink, key: str) -> DraftLink:
    return link if link.key == key else replace(link, key=key)


def _direction(link: LinkPart, type_: str, said: object) -> bool:
    if isinstance(said, bool):
        return said
    if link.directed is not None:
        return link.directed
    if link.kind is not Kind.LINK:
        return True
    return any(item.code == type_ and item.get("directed") for item in code_list("link-types"))


def _counted(before: DraftLink | None, link: DraftLink) -> DraftLink:
    """Return a link that counts its rows, with the first and the last of their dates."""
    weight = (before.weight or 0.0) if before else 0.0
    values = {**link.values, **(before.values if before else {})}
    dates = [v for v in _dates((before, link)) if isinstance(v, PartialDate)]
    if dates:
        values["start"] = min(dates, key=PartialDate.earliest)
        values["end"] = max(dates, key=PartialDate.latest)
    row = before or link
    return replace(row, weight=weight + (link.weight or 1.0), values=values)


def _dates(links: Sequence[DraftLink | None]) -> Iterator[object]:
    for link in links:
        if link is not None:
            yield from (link.values.get("start"), link.values.get("end"))
