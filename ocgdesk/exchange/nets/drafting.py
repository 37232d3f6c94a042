"""A chart as a draft: records by the types of its items, links by those of its links, places.

What a record has no field for is kept in the words of its summary, what a link has none for in
its note; where a kind has neither, it is left out and said so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from typing import Any, Final

from ocgdesk.domain.dates import PartialDate, Precision
from ocgdesk.domain.fields import Search
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.exchange.convert import Converter
from ocgdesk.exchange.draft import Draft, DraftLink, DraftRecord
from ocgdesk.exchange.mapping import Use, label_field, squashed, targets
from ocgdesk.exchange.nets import types
from ocgdesk.exchange.nets.tables import ITEMS, LINKS, is_chart
from ocgdesk.exchange.nets.words import number
from ocgdesk.exchange.raw import Problem, RawTable
from ocgdesk.exchange.record_table import default_name
from ocgdesk.exchange.specifications import fields_by_name
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent, track

_ONE_CHART: Final = 2
_SPACING: Final = 120.0
"""How far apart items are on a chart of ours, about; others are drawn to their own scale."""
_WITHHELD: Final = N_("Name withheld")
_PRECISIONS: Final = tuple(one.value for one in Precision if one.value)
_FIELDS: Final = frozenset({"First", "Last", "Grade", "Cards"})
"""Columns every item has that may be fields of its record."""
_SEEN: Final = {"First": "first_seen", "Last": "last_seen"}
Point = tuple[float, float]


def of_chart(tables: Sequence[RawTable]) -> bool:
    """Tell whether tables are those of one chart; Refused for several charts at once."""
    found = [table for table in tables if is_chart(table)]
    if found and len(tables) != _ONE_CHART:
        raise Refused(_("A chart is imported by itself: choose one file."))
    return bool(found)


def draft_chart(
    tables: Sequence[RawTable],
    *,
    kind: Kind | None = None,
    types: Mapping[str, Kind] | None = None,
    specification: str = "",
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Return what a chart would bring in. ``kind`` is that of items of no type known here.

    ``types`` says what items of a type are, by the chart's word for it, whatever is known here.
    """
    items, links = tables
    file = items.name.removesuffix(" · items")
    chosen = {squashed(word): one for word, one in (types or {}).items()}
    drafting = Drafting(kind=kind, chosen=chosen, today=today)
    records = tuple(drafting.records(items, progress))
    ties = tuple(drafting.links(links, progress))
    chief = max(Kind, key=lambda one: sum(r.kind is one for r in records)) if records else None
    return Draft(
        specification=specification or f"chart:{default_name(file)}",
        kind=kind or chief or Kind.NOMINAL,
        files=(items.source, links.source),
        records=records,
        links=ties,
        problems=(*items.problems, *links.problems, *drafting.problems),
        notes=(*items.notes, *links.notes, *drafting.notes()),
        columns=tuple((header, drafting.filled.get(header)) for header in items.header),
        edge_columns=tuple((header, _LINKED.get(header)) for header in links.header),
        places=scaled(drafting.places),
        chart=items.part or file.rpartition(".")[0],
        unknown=tuple(drafting.unknown.items()),
    )


_FILLED: Final = {"Id": "key", "Label": "label", "Type": "kind"}
_LINKED: Final = {
    "Type": "type",
    "Directed": "directed",
    "Weight": "weight",
    "First": "start",
    "Last": "end",
    "Strength": "strength",
    "Note": "note",
    "Source": "source",
    "Target": "target",
}


def scaled(places: dict[str, Point]) -> dict[str, Point]:
    """Return places in the scale of our own charts, where theirs is another."""
    if len(places) < _ONE_CHART:
        return places
    xs, ys = [x for x, _y in places.values()], [y for _x, y in places.values()]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    spacing = sqrt(max(wide, _SPACING / 10) * max(high, _SPACING / 10) / len(places))
    if _SPACING / 2 <= spacing <= _SPACING * 4:
        return places
    by = _SPACING / spacing
    return {key: (x * by, y * by) for key, (x, y) in places.items()}


@dataclass(slots=True, kw_only=True)
class Drafting:
    """The records and links of a chart as they are read, and what makes no sense in it."""

    kind: Kind | None = None
    chosen: Mapping[str, Kind] = field(default_factory=dict)
    """What items of a type are, by the squashed word, where somebody said so."""
    today: date | None = None
    unknown: dict[str, tuple[int, Kind | None]] = field(default_factory=dict)
    """Types nobody told us of: how many items each has, and what was chosen for it."""
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Point] = field(default_factory=dict)
    filled: dict[str, str] = field(
        default_factory=lambda: {"Id": "key", "Label": "label", "Type": "kind"}
    )
    kinds: dict[str, Kind] = field(default_factory=dict)
    """Of the records so far, by key."""
    untyped: int = 0
    lost: dict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))
    _converters: dict[tuple[Kind, str], Converter | None] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    _types: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def records(self, table: RawTable, progress: Progress) -> Iterator[DraftRecord]:
        """Yield a record for each item of a type that is known here."""
        what = _("Reading {name}").format(name=table.name)
        for n, row in track(list(table.numbered()), progress, what, every=1000):
            cells = dict(zip(table.header, (cell.strip() for cell in row), strict=False))
            kind = self._kind(table, n, cells["Type"])
            if kind is None or not cells["Id"]:
                continue
            self.kinds[cells["Id"]] = kind
            x, y = number(cells["X"]), number(cells["Y"])
            if x is not None and y is not None:
                self.places[cells["Id"]] = (x, y)
            yield self._record(table, n, row, cells, kind)

    def _kind(self, table: RawTable, n: int, word: str) -> Kind | None:
        chosen = self.chosen.get(squashed(word))
        found = types.kind_of(word) if word else self.kind or Kind.NOMINAL
        self.untyped += not word
        if found is None or chosen is not None:
            self.unknown[word] = (self.unknown.get(word, (0, None))[0] + 1, chosen)
            found = chosen
        if found is None and self.kind is not None:
            return self.kind
        if found is None:
            text = _("{word!r} is no kind of record here: name one for items of this type.")
            self.problems.append(Problem(table.name, n, "Type", text.format(word=word[:40])))
        return found

    def _record(
        self, table: RawTable, n: int, row: tuple[str, ...], cells: dict[str, str], kind: Kind
    ) -> DraftRecord:
        unnamed = cells["Label"] in {"", _WITHHELD, _(_WITHHELD)}
        called = cells["Id"] if unnamed else cells["Label"]
        said = [cells["Note"]] if cells["Note"] else []
        known_by = self._known_by(kind, cells)
        if known_by:
            said.append(f"{_('Label')}: {called}")
            called = cells[known_by]
            self.filled[known_by] = label_field(kind).name
        values: dict[str, Any] = {label_field(kind).name: called}
        for header, text in cells.items():
            if text and header != known_by and (header not in ITEMS or header in _FIELDS):
                self._take(table, n, kind, header, text, values, said)
        self._say(kind, said, values)
        return DraftRecord(
            file=table.name,
            row=n,
            key=cells["Id"],
            kind=kind,
            label=called,
            values=values,
            raw=row,
            fills=frozenset({"summary"}),
        )

    def _known_by(self, kind: Kind, cells: dict[str, str]) -> str:
        """Return the attribute that says the identifier a record is known by; else "".

        A car may be labelled by what it looks like, and its mark be kept as an attribute.
        """
        if label_field(kind).search is not Search.IDENTIFIER:
            return ""
        name = label_field(kind).name
        for header, text in cells.items():
            if header in ITEMS or text in {"", cells["Label"]}:
                continue
            converter = self._converter(kind, header)
            if converter is not None and converter.described.name == name:
                return header
        return ""

    def _take(  # noqa: PLR0917 - one cell
        self, table: RawTable, n: int, kind: Kind, header: str, text: str,
        values: dict[str, Any], said: list[str],
    ) -> None:  # fmt: skip
        """Put one cell into its field, or into words where there is none."""
        converter = self._converter(kind, header)
        before = values.get(converter.described.name) if converter else None
        if converter is None or (before is not None and not isinstance(before, tuple)):
            said.append(f"{_(header)}: {text}")
            if "summary" in fields_by_name(kind):
                self.filled.setdefault(header, "summary")
            return
        if header in _SEEN:
            self._put_day(table, n, header, text, converter.described.name, values)
            return
        found = converter(text)
        for problem in found.problems:
            self.problems.append(Problem(table.name, n, header, problem))
        if found.value is not None:
            values[converter.described.name] = _both(before, found.value)
            self.filled[header] = converter.described.name

    def _put_day(  # noqa: PLR0917 - one cell
        self, table: RawTable, n: int, header: str, text: str, name: str, values: dict[str, Any]
    ) -> None:
        if (day := self._partial(table, n, header, text)) is not None:
            values[name] = day
            self.filled[header] = name

    def _converter(self, kind: Kind, header: str) -> Converter | None:
        if (kind, header) not in self._converters:
            known = fields_by_name(kind)
            target = targets(kind).get(squashed(header))
            name = _SEEN.get(header) or (target.field if target and target.use is Use.FIELD else "")
            scheme = target.scheme if target and header not in _SEEN else ""
            made = Converter(known[name], scheme, self.today) if name in known else None
            self._converters[kind, header] = made
        return self._converters[kind, header]

    def _say(self, kind: Kind, said: list[str], values: dict[str, Any]) -> None:
        """Keep in the summary what no field holds; a kind without one loses it."""
        if not said:
            return
        if "summary" in fields_by_name(kind):
            values["summary"] = "\n".join(filter(None, (values.get("summary"), *said)))
        else:
            self.lost[kind] |= {line.partition(":")[0] for line in said}

    def links(self, table: RawTable, progress: Progress) -> Iterator[DraftLink]:
        """Yield a link for each line between two different records."""
        what = _("Reading {name}").format(name=table.name)
        for n, row in track(list(table.numbered()), progress, what, every=1000):
            cells = dict(zip(table.header, (cell.strip() for cell in row), strict=False))
            if self._joins(table, n, cells):
                yield self._link(table, n, row, cells)

    def _joins(self, table: RawTable, n: int, cells: dict[str, str]) -> bool:
        ends = (cells["Source"], cells["Target"])
        if ends[0] == ends[1]:
            text = _("The link joins a record to itself; it is left out.")
        elif not set(ends) <= self.kinds.keys():
            text = _("The record at an end was left out, so is the link.")
        else:
            return True
        self.problems.append(Problem(table.name, n, "", text))
        return False

    def _link(
        self, table: RawTable, n: int, row: tuple[str, ...], cells: dict[str, str]
    ) -> DraftLink:
        code, backwards = self._type(cells)
        ends = (cells["Source"], cells["Target"])
        source, target = reversed(ends) if backwards else ends
        kind, code, turned = _kind_of_link(code, self.kinds[source], self.kinds[target])
        source, target = (target, source) if turned else (source, target)
        directed = cells["Directed"] == "yes" or types.is_directed(code)
        made = cells["Id"] or f"{source}|{code or cells['Type'] or cells['Label']}|{target}"
        return DraftLink(
            file=table.name,
            row=n,
            key=self._unique(made),
            source_key=source,
            target_key=target,
            directed=directed,
            type=code,
            weight=number(cells["Weight"]),
            values=dict(self._link_values(table, n, cells, code)),
            raw=row,
            kind=kind,
        )

    def _type(self, cells: dict[str, str]) -> tuple[str, bool]:
        """Return the code of a link by its type, else by its label; what it joins, else."""
        for word in (cells["Type"], cells["Label"]):
            if word not in self._types:
                self._types[word] = types.link_type(word)
            if self._types[word][0]:
                return self._types[word]
        return "", False

    def _unique(self, made: str) -> str:
        key, n = made, 1
        while key in self._keys:
            n += 1
            key = f"{made}#{n}"
        self._keys.add(key)
        return key

    def _link_values(
        self, table: RawTable, n: int, cells: dict[str, str], code: str
    ) -> Iterator[tuple[str, object]]:
        if strength := types.strength_of(cells["Strength"]):
            yield "strength", strength
        if unit := _unit(cells["Label"], cells["Weight"]):
            yield "unit", unit
        for header, name in (("First", "start"), ("Last", "end")):
            if cells[header] and (day := self._partial(table, n, header, cells[header])):
                yield name, day
        if note := "\n".join(_said_of_link(cells, code)):
            yield "note", note

    def _partial(self, table: RawTable, n: int, header: str, text: str) -> PartialDate | None:
        try:
            if text[-1] in _PRECISIONS:
                return PartialDate.stored(text)
            return PartialDate.parse(_day(text), today=self.today)
        except Refused as refused:
            self.problems.append(Problem(table.name, n, header, str(refused)))
            return None

    def notes(self) -> Iterator[str]:
        """Say what was decided, and what no record has a place for."""
        if self.untyped:
            word = label("kinds", (self.kind or Kind.NOMINAL).value)
            text = _("Items without a type are taken in as {kind}.")
            yield text.format(kind=word)
        for kind, headers in self.lost.items():
            text = _("Left out, as {kind} has no place for it: {what}")
            told = ", ".join(sorted(headers))
            yield text.format(kind=label("kinds", kind.value), what=told)


def _both(before: object, value: object) -> object:
    """Return what several columns say of one field: lists go one behind the other."""
    if isinstance(before, tuple) and isinstance(value, tuple):
        return (*before, *(item for item in value if item not in before))
    return value


def _day(text: str) -> str:
    """Return the day of an instant: a record keeps dates."""
    return text.partition("T")[0] if "T" in text[8:12] else text


def _kind_of_link(code: str, source: Kind, target: Kind) -> tuple[Kind, str, bool]:
    """Return the kind and type of a link by what it joins, and whether it was drawn backwards."""
    ends = (source, target)
    for kind, own, wanted in (
        (Kind.MEMBERSHIP, "member-of", (Kind.NOMINAL, Kind.OCG)),
        (Kind.ATTRIBUTION, "attributed-to", (Kind.HANDLE, Kind.NOMINAL)),
    ):
        if code in {own, ""} and ends in {wanted, wanted[::-1]}:
            return kind, own, ends != wanted
        if code == own:  # it joins something else: no membership, and no attribution
            return Kind.LINK, "other", False
    if not code and ends != (Kind.NOMINAL, Kind.NOMINAL):
        return Kind.LINK, "other", False
    return Kind.LINK, code, False


def _unit(text: str, weight: str) -> str:
    """Return what a label counts: "calls" of "4 calls"."""
    first, _space, rest = text.partition(" ")
    return rest.strip() if weight and first == weight else ""


def _said_of_link(cells: dict[str, str], code: str) -> Iterator[str]:
    """Yield in words what a link has no field for."""
    shown = label("link-types", code) if code else ""
    said = dict.fromkeys(word for word in (cells["Type"], cells["Label"]) if word and word != shown)
    if said and not (code and list(said) == [cells["Type"]]):
        yield " · ".join(said)
    if cells["Note"]:
        yield cells["Note"]
    told = {header: text for header, text in cells.items() if header not in LINKS}
    told |= {header: cells[header] for header in ("Grade", "Cards")}
    if not types.strength_of(cells["Strength"]):
        told["Strength"] = cells["Strength"]
    if "T" in cells["First"]:
        told["At"] = cells["First"].replace("T", " ")
    yield from (f"{_(header)}: {text}" for header, text in told.items() if text)
