"""Rows of a table to the records of a draft."""

from dataclasses import dataclass, field
from datetime import date

from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.values import Identifier
from ocgdesk.errors import Refused
from ocgdesk.exchange.convert import Converter, is_blank
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.exchange.mapping import (
    Column,
    Mapping,
    Use,
    kind_named,
    label_field,
    squashed,
    targets,
)
from ocgdesk.exchange.raw import Problem, RawTable
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track


@dataclass(slots=True)
class Reading:
    """The records of one table as they are read, and what makes no sense in it."""

    table: RawTable
    mapping: Mapping
    today: date | None = None
    label_from_key: bool = True
    problems: list[Problem] = field(default_factory=list)
    rejected: set[str] = field(default_factory=set)
    """Keys of rows that were left out."""
    own_keys: bool = False
    """Whether records are known by keys of our making, for want of an id in the file."""
    _rows_by_key: dict[str, int] = field(default_factory=dict)
    _by_kind: dict[Kind, tuple[tuple[Column, Converter], ...]] = field(default_factory=dict)
    _uses: dict[Use, Column] = field(default_factory=dict)
    _parts: tuple[Column, ...] = ()

    def __post_init__(self) -> None:
        for column in reversed(self.mapping.columns):
            self._uses[column.target.use] = column
        parts = self.mapping.using(Use.PART)
        self._parts = tuple(sorted(parts, key=lambda column: column.target.order))

    def records(self, progress: Progress = silent) -> tuple[DraftRecord, ...]:
        """Read every row. A row without a label is left out and said so."""
        for header, text in self.mapping.problems:
            self.problem(0, header, text)
        if not self._has_names():
            text = _("No column gives the records a name; expected {label} or an id.")
            label = label_field(self.mapping.kind).label
            self.problem(0, "", text.format(label=label))
            return ()
        rows = list(self.table.numbered())
        what = _("Reading {name}").format(name=self.table.name)
        found = (self._record(*row) for row in track(rows, progress, what, every=1000))
        return tuple(record for record in found if record is not None)

    def problem(self, row: int, column: str, text: str) -> None:
        """Write down what makes no sense."""
        self.problems.append(Problem(self.table.name, row, column, text))

    def _has_names(self) -> bool:
        has_key = self.mapping.one(Use.KEY) is not None
        return self.mapping.has_label() or (has_key and self.label_from_key)

    def _record(self, number: int, row: tuple[str, ...]) -> DraftRecord | None:
        key = self._cell(row, Use.KEY)
        kind = self._kind(number, row)
        if kind is None:
            self.rejected.add(key)
            return None
        values = self._values(number, row, kind)
        label = self._label(row, kind, values, key)
        if not label:
            self.problem(number, label_field(kind).label, _("The row has no name; it is left out."))
            self.rejected.add(key)
            return None
        values[label_field(kind).name] = label
        unique = self._unique(number, key, own_key(values, label))
        if not unique:
            return None
        return DraftRecord(
            file=self.table.name,
            row=number,
            key=unique,
            kind=kind,
            label=label,
            values=values,
            raw=row,
        )

    def _cell(self, row: tuple[str, ...], use: Use) -> str:
        column = self._uses.get(use)
        if column is None:
            return ""
        text = row[column.index].strip()
        return "" if is_blank(text) else text

    def _header(self, use: Use) -> str:
        column = self._uses.get(use)
        return column.header if column else ""

    def _kind(self, number: int, row: tuple[str, ...]) -> Kind | None:
        """Return the row's kind; None, with a problem, for a kind that is not kept here."""
        word = self._cell(row, Use.KIND)
        kind = kind_named(word) if word else self.mapping.kind
        if kind is None:
            text = _("{word!r} is no kind of record here; the row is left out.")
            self.problem(number, self._header(Use.KIND), text.format(word=word[:40]))
        return kind

    def _values(self, number: int, row: tuple[str, ...], kind: Kind) -> dict[str, object]:
        values: dict[str, object] = {}
        for column, converter in self._converters(kind):
            text = row[column.index]
            if not text:
                continue
            result = converter(text)
            for problem in result.problems:
                self.problem(number, column.header, problem)
            _put(values, column.target.field, result.value)
        self._mark(number, row, values)
        return values

    def _converters(self, kind: Kind) -> tuple[tuple[Column, Converter], ...]:
        if (known := self._by_kind.get(kind)) is None:
            known = self._by_kind[kind] = tuple(
                (c, Converter(_field(kind, c.target.field), c.target.scheme, self.today))
                for c in self._columns(kind)
            )
        return known

    def _columns(self, kind: Kind) -> tuple[Column, ...]:
        """Return the columns that fill fields of a kind, which may not be the table's own."""
        if kind is self.mapping.kind:
            return self.mapping.using(Use.FIELD)
        known = targets(kind)
        found = ((c, known.get(squashed(c.header))) for c in self.mapping.columns)
        return tuple(
            Column(column.index, column.header, target)
            for column, target in found
            if target is not None and target.use is Use.FIELD
        )

    def _mark(self, number: int, row: tuple[str, ...], values: dict[str, object]) -> None:
        if text := self._cell(row, Use.MARKING):
            try:
                values["marking"] = Marking.parse(text)
            except Refused as refused:
                self.problem(number, self._header(Use.MARKING), str(refused))

    def _label(self, row: tuple[str, ...], kind: Kind, values: dict[str, object], key: str) -> str:
        if label := values.get(label_field(kind).name):
            return str(label)
        words = (" ".join(row[part.index].split()) for part in self._parts)
        joined = " ".join(word for word in words if word.strip("-–— "))
        return joined or (key if self.label_from_key else "")

    def _unique(self, number: int, key: str, made: str) -> str:
        """Return the key of a row: the file's own, said once only, or one that was made."""
        if key and key in self._rows_by_key:
            text = _("The id is that of row {n} again; the row is left out.")
            self.problem(number, "", text.format(n=self._rows_by_key[key]))
            return ""
        self.own_keys = self.own_keys or not key
        key = key or _numbered(made, self._rows_by_key)
        self._rows_by_key[key] = number
        return key


def _put(values: dict[str, object], name: str, value: object) -> None:
    """Keep a value; what several columns say of a list goes one behind the other."""
    if value is None:
        return
    before = values.get(name)
    if isinstance(before, tuple) and isinstance(value, tuple):
        value = (*before, *(item for item in value if item not in before))
    values[name] = value


def _field(kind: Kind, name: str) -> Field:
    return next(field for field in described_fields(class_of(kind)) if field.name == name)


def own_key(values: dict[str, object], label: str) -> str:
    """Make a key for a row without an id: an identifier of its own, else label and birth.

    Two people of one name are told apart by birth or by their order in the file.
    """
    identifiers = values.get("identifiers")
    if isinstance(identifiers, tuple) and identifiers:
        first = identifiers[0]
        if isinstance(first, Identifier):
            return f"{first.scheme}:{first.value.casefold()}"
    born = values.get("born")
    key = " ".join(label.split()).casefold()
    return f"{key}|{born}" if born else key


def _numbered(key: str, taken: dict[str, int]) -> str:
    new, n = key, 1
    while new in taken:
        n += 1
        new = f"{key}#{n}"
    return new
