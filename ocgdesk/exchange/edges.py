"""Rows of a table of edges to the links of a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.errors import Refused
from ocgdesk.exchange.convert import Converter, is_blank, yes_or_no
from ocgdesk.exchange.draft import DraftLink
from ocgdesk.exchange.mapping import (
    Column,
    Mapping,
    Target,
    Use,
    assign,
    headers,
    retargeted,
    squashed,
    targets,
)
from ocgdesk.exchange.raw import Problem, RawTable
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track

_DIRECTIONS = {"directed": True, "undirected": False, "mutual": False}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FIELDS: dict[str, Field] = {field.name: field for field in described_fields(Link)}


def ends_of(table: RawTable) -> Mapping | None:
    """Return what the columns of a table of edges mean; None for a table of anything else.

    A table of edges has two columns for its ends: by their headers or, in a file without
    any, the first two of two or three columns, the third being a number.
    """
    if not table.has_header:
        return _by_place(table)
    mapping = assign(Kind.LINK, table.header, _known())
    if not mapping.one(Use.SOURCE) or not mapping.one(Use.TARGET):
        return None
    return None if _is_alphabet(mapping) else _with_directions(table, mapping)


def _known() -> dict[str, Target]:
    table = headers()["link"]
    known = {word: Target(Use.SOURCE) for word in table["source"]}
    known |= {word: Target(Use.TARGET) for word in table["target"]}
    known |= {word: Target(Use.KEY) for word in table["id"]}
    known |= {word: Target(Use.FIELD, "directed") for word in table["directed"]}
    fields = {w: t for w, t in targets(Kind.LINK).items() if t.use is Use.FIELD}
    return fields | known


def _is_alphabet(mapping: Mapping) -> bool:
    """Tell columns a, b, c, d of anything at all from a and b, the ends of links."""
    ends = {squashed(c.header) for c in (*mapping.using(Use.SOURCE), *mapping.using(Use.TARGET))}
    return ends == {"a", "b"} and bool(mapping.using(Use.LEFT_OUT))


def _by_place(table: RawTable) -> Mapping | None:
    """Take a table without headers for edges where both ends name the same things."""
    uses = (Target(Use.SOURCE), Target(Use.TARGET), Target(Use.FIELD, "weight"))
    if len(table.header) not in {2, 3}:
        return None
    if not {row[0] for row in table.rows} & {row[1] for row in table.rows}:
        return None
    if not all(_NUMBER.fullmatch(cell.strip()) for row in table.rows for cell in row[2:3]):
        return None
    pairs = zip(table.header, uses, strict=False)
    return Mapping(Kind.LINK, tuple(Column(i, h, t) for i, (h, t) in enumerate(pairs)))


def _with_directions(table: RawTable, mapping: Mapping) -> Mapping:
    """Take a type column that says Directed or Undirected, as Gephi's do, for the direction."""
    for column in mapping.using(Use.FIELD):
        words = {row[column.index].strip().casefold() for row in table.rows}
        if column.target.field == "type" and words and words <= _DIRECTIONS.keys():
            return retargeted(mapping, column, Target(Use.FIELD, "directed"))
    return mapping


def default_direction(mapping: Mapping) -> bool:
    """Tell whether the headers of the ends give a direction: source and target, from and to."""
    source = mapping.one(Use.SOURCE)
    words = headers()["link"]["directed_ends"]
    return source is not None and squashed(source.header) in words


@dataclass(slots=True)
class EdgeReading:
    """The links of one table as they are read, and what makes no sense in it."""

    table: RawTable
    mapping: Mapping
    keys: dict[str, str]
    """Key of a record by what an end may call it: its key, or a label only it has."""
    rejected: frozenset[str] = frozenset()
    """Keys of nodes whose rows were left out."""
    directed: bool = False
    """For rows that do not say."""
    today: date | None = None
    problems: list[Problem] = field(default_factory=list)
    missing: dict[str, int] = field(default_factory=dict)
    """Ends nothing describes, each with the first row that names it."""
    missing_problems: list[Problem] = field(default_factory=list)
    repeats: int = 0
    """How many links join a pair, by the same type, that an earlier one joins."""
    _taken: set[str] = field(default_factory=set)
    _converters: dict[str, Converter] = field(default_factory=dict)

    def links(self, progress: Progress = silent) -> Iterator[DraftLink]:
        """Yield a link for each row that has two different ends."""
        for header, text in self.mapping.problems:
            self.problem(0, header, text)
        what = _("Reading {name}").format(name=self.table.name)
        for number, row in track(list(self.table.numbered()), progress, what, every=1000):
            link = self._link(number, row)
            if link is not None:
                yield link

    def problem(self, row: int, column: str, text: str) -> None:
        """Write down what makes no sense."""
        self.problems.append(Problem(self.table.name, row, column, text))

    def _link(self, number: int, row: tuple[str, ...]) -> DraftLink | None:
        source = self._end(number, row, Use.SOURCE)
        target = self._end(number, row, Use.TARGET)
        if not source or not target:
            return None
        if source == target:
            self.problem(number, "", _("The link joins a record to itself; it is left out."))
            return None
        values = self._values(number, row)
        directed = self._direction(number, row)
        type_ = str(values.pop("type", ""))
        weight = values.pop("weight", None)
        return DraftLink(
            file=self.table.name,
            row=number,
            key=self._key(number, row, _made_key(source, target, type_, directed=directed)),
            source_key=source,
            target_key=target,
            directed=directed,
            type=type_,
            weight=weight if isinstance(weight, float) else None,
            values=values,
            raw=row,
        )

    def _text(self, row: tuple[str, ...], use: Use) -> str:
        column = self.mapping.one(use)
        text = row[column.index].strip() if column else ""
        return "" if is_blank(text) else text

    def _end(self, number: int, row: tuple[str, ...], use: Use) -> str:
        """Return the key of the record at one end; empty, with a problem, where there is none."""
        column = self.mapping.one(use)
        header = column.header if column else ""
        text = self._text(row, use)
        if not text:
            self.problem(number, header, _("An end of the link is empty; it is left out."))
            return ""
        if key := self.keys.get(text):
            return key
        if text in self.rejected:
            self.problem(number, header, _("The record at this end was left out, so is the link."))
            return ""
        self._miss(number, header, text)
        return text

    def _miss(self, number: int, header: str, text: str) -> None:
        self.missing.setdefault(text, number)
        words = _("No node is called {name!r}.").format(name=text[:60])
        problem = Problem(self.table.name, number, header, words)
        self.problems.append(problem)
        self.missing_problems.append(problem)

    def _values(self, number: int, row: tuple[str, ...]) -> dict[str, object]:
        values: dict[str, object] = {}
        for column in self.mapping.using(Use.FIELD):
            name = column.target.field
            if name == "directed" or not row[column.index]:
                continue
            result = self._converter(name)(row[column.index])
            for problem in result.problems:
                self.problem(number, column.header, problem)
            if result.value is not None:
                values[name] = result.value
        return values

    def _converter(self, name: str) -> Converter:
        if name not in self._converters:
            self._converters[name] = Converter(_FIELDS[name], today=self.today)
        return self._converters[name]

    def _direction(self, number: int, row: tuple[str, ...]) -> bool:
        for column in self.mapping.using(Use.FIELD):
            text = row[column.index].strip()
            if column.target.field == "directed" and not is_blank(text):
                try:
                    return _direction(text)
                except Refused as refused:
                    self.problem(number, column.header, str(refused))
        return self.directed

    def _key(self, number: int, row: tuple[str, ...], made: str) -> str:
        key = self._text(row, Use.KEY)
        if key and key in self._taken:
            self.problem(number, "", _("The id of this link was used before; it gets another."))
        if not key or key in self._taken:
            key = self._numbered(made)
        self._taken.add(key)
        return key

    def _numbered(self, made: str) -> str:
        self.repeats += made in self._taken
        key, n = made, 1
        while key in self._taken:
            n += 1
            key = f"{made}#{n}"
        return key


def _direction(text: str) -> bool:
    folded = text.casefold()
    return _DIRECTIONS[folded] if folded in _DIRECTIONS else yes_or_no(text)


def _made_key(source: str, target: str, type_: str, *, directed: bool) -> str:
    """Make a key for a link without an id; one without direction reads the same both ways."""
    ends = [source, target] if directed else sorted((source, target))
    return ("→" if directed else "–").join(ends) + (f"|{type_}" if type_ else "")
