"""Which column of somebody's table is which field of ours."""

from collections import abc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from ocgdesk import resources
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.i18n import _

IMPORTABLE: tuple[Kind, ...] = (*SUBJECTS, Kind.REPORT)
"""The kinds a table's rows can become."""

_NOT_FROM_TEXT = frozenset(
    {
        *(FieldType.ENTITY, FieldType.ENTITIES, FieldType.GROUNDS, FieldType.ANSWERS),
        FieldType.INSTANT,
    }
)


class Use(StrEnum):
    """What a column is taken for."""

    FIELD = "field"
    KEY = "key"
    PART = "part"
    MARKING = "marking"
    KIND = "kind"
    SOURCE = "source"
    TARGET = "target"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Target:
    """What a header means: a use and, for fields, which one and under which scheme or type."""

    use: Use
    field: str = ""
    scheme: str = ""
    order: int = 0
    """The place of a PART in the label it is joined into."""


LEFT_OUT = Target(Use.LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table and what it is taken for."""

    index: int
    header: str
    target: Target


@dataclass(frozen=True, slots=True)
class Mapping:
    """What every column of one table is taken for."""

    kind: Kind
    columns: tuple[Column, ...]
    problems: tuple[tuple[str, str], ...] = ()
    """Header and reason of each column that is left out."""

    def using(self, use: Use) -> tuple[Column, ...]:
        """Return the columns of one use, in their order."""
        return tuple(column for column in self.columns if column.target.use is use)

    def one(self, use: Use) -> Column | None:
        """Return the column of a use that only one has."""
        return next(iter(self.using(use)), None)

    def has_label(self) -> bool:
        """Tell whether any column gives the records what people call them."""
        label = label_field(self.kind).name
        return bool(self.using(Use.PART)) or any(
            column.target.field == label for column in self.using(Use.FIELD)
        )

    def by_header(self) -> tuple[tuple[str, str | None], ...]:
        """Return each header with its field's name, or None where it is left out."""
        return tuple((column.header, _shown(column.target)) for column in self.columns)


def _shown(target: Target) -> str | None:
    if target.use is Use.LEFT_OUT:
        return None
    if target.scheme:
        return f"{target.field}:{target.scheme}"
    return target.field or target.use.value


def squashed(header: str) -> str:
    """Return the letters and digits of a header, folded: ``D.O.B.`` becomes ``dob``."""
    return "".join(filter(str.isalnum, header.casefold()))


@cache
def label_field(kind: Kind) -> Field:
    """Return the field that holds what people call a record of this kind."""
    return next(field for field in described_fields(class_of(kind)) if field.is_label)


@cache
def headers() -> dict[str, Any]:
    """Return the shipped table of headers and what they mean."""
    return resources.toml("import", "headers.toml")


@cache
def targets(kind: Kind) -> dict[str, Target]:
    """Return what each known header means for a kind."""
    known: dict[str, Target] = {}
    for word, target in (*_listed(kind), *_own(kind), *_general(kind)):
        known.setdefault(word, target)
    return known


@cache
def known_words() -> frozenset[str]:
    """Return every header that means something for any kind of record or for links."""
    link = headers()["link"]
    ends = (*link["source"], *link["target"])
    return frozenset(ends).union(*(targets(kind) for kind in (*IMPORTABLE, Kind.LINK)))


def _listed(kind: Kind) -> Iterator[tuple[str, Target]]:
    table = headers().get(kind.value, {})
    for field, words in table.get("fields", {}).items():
        yield from ((word, Target(Use.FIELD, field)) for word in words)
    for field in ("identifiers", "externals", "aliases"):
        for scheme, words in table.get(field, {}).items():
            yield from ((word, Target(Use.FIELD, field, scheme)) for word in words)
    label = label_field(kind).name if kind in IMPORTABLE else ""
    for order, words in enumerate(table.get("parts", {}).values()):
        yield from ((word, Target(Use.PART, label, order=order)) for word in words)


def _own(kind: Kind) -> Iterator[tuple[str, Target]]:
    for field in described_fields(class_of(kind)):
        if field.type not in _NOT_FROM_TEXT and not _needs_scheme(field):
            yield squashed(field.name), Target(Use.FIELD, field.name)
            yield squashed(field.label), Target(Use.FIELD, field.name)


def _needs_scheme(field: Field) -> bool:
    return field.type in {FieldType.IDENTIFIERS, FieldType.EXTERNALS}


def _general(kind: Kind) -> Iterator[tuple[str, Target]]:
    table = headers()["any"]
    yield from ((word, Target(Use.KEY)) for word in table["id"])
    yield from ((word, Target(Use.MARKING)) for word in table["marking"])
    if kind in IMPORTABLE:
        label = Target(Use.FIELD, label_field(kind).name)
        yield from ((word, label) for word in table["label"])


def guess_kind(header: Sequence[str], name: str = "") -> Kind | None:
    """Guess what the rows of a table are from its headers and the file's name.

    None where two kinds fit as well as each other, or nothing tells.
    """
    words = {squashed(cell) for cell in header}
    scores = {kind: _score(kind, words, squashed(name)) for kind in IMPORTABLE}
    best = max(scores.values())
    found = [kind for kind, score in scores.items() if score == best]
    return found[0] if best > 0 and len(found) == 1 else None


def _score(kind: Kind, words: set[str], name: str) -> int:
    """Score a kind: 4 for the file's name, 2 for a header of its own, 1 for any it knows."""
    table, known = headers()[kind.value], targets(kind)
    named = 4 * (name in table["names"])
    tells = 2 * len(words & set(table["tells"]))
    if not named and not tells:
        return 0
    return named + tells + sum(1 for word in words if _is_field(known.get(word)))


def _is_field(target: Target | None) -> bool:
    return target is not None and target.use in {Use.FIELD, Use.PART}


def kind_named(word: str) -> Kind | None:
    """Return the kind a word such as ``person`` stands for."""
    folded = squashed(word)
    for kind in IMPORTABLE:
        if folded == squashed(kind.value) or folded in headers()[kind.value]["names"]:
            return kind
    return None


def guess_columns(header: Sequence[str], kind: Kind) -> Mapping:
    """Guess the field of each column; the first of two that claim one field has it."""
    return _with_forename(assign(kind, header, targets(kind)))


def _with_forename(mapping: Mapping) -> Mapping:
    """Take "name" beside "surname" for the forename, as it is then meant."""
    parts = mapping.using(Use.PART)
    if not parts or min(part.target.order for part in parts) == 0:
        return mapping
    for column in mapping.using(Use.FIELD):
        if squashed(column.header) == "name":
            target = Target(Use.PART, column.target.field, order=0)
            return retargeted(mapping, column, target)
    return mapping


def assign(kind: Kind, header: Sequence[str], known: dict[str, Target]) -> Mapping:
    """Map headers by a table of known words, saying of each column left out why."""
    taken: dict[Target, str] = {}
    columns, problems = [], []
    for index, cell in enumerate(header):
        target = known.get(squashed(cell), LEFT_OUT)
        if target.use is Use.LEFT_OUT:
            problems.append((cell, _("The column {header} is not known.").format(header=cell)))
        elif target in taken and not _holds_many(kind, target):
            text = _("The column {header} is left out: {other} says the same.")
            problems.append((cell, text.format(header=cell, other=taken[target])))
            target = LEFT_OUT
        taken.setdefault(target, cell)
        columns.append(Column(index, cell, target))
    return Mapping(kind, tuple(columns), tuple(problems))


_MANY = frozenset({FieldType.ALIASES, FieldType.IDENTIFIERS, FieldType.EXTERNALS, FieldType.TEXTS})


def _holds_many(kind: Kind, target: Target) -> bool:
    if target.use is not Use.FIELD:
        return False
    types = {field.name: field.type for field in described_fields(class_of(kind))}
    return types[target.field] in _MANY


def with_kinds(mapping: Mapping, rows: Sequence[Sequence[str]]) -> Mapping:
    """Take a column whose cells name kinds, such as ``person``, for what it is."""
    words = headers()["any"]["kind"]
    for column in mapping.using(Use.LEFT_OUT):
        if squashed(column.header) in words and _names_kinds(rows, column.index):
            return retargeted(mapping, column, Target(Use.KIND))
    return mapping


def _names_kinds(rows: Sequence[Sequence[str]], index: int) -> bool:
    found = {row[index].strip() for row in rows}
    return len(found) <= 20 and any(kind_named(word) for word in found if word)


def retargeted(mapping: Mapping, column: Column, target: Target) -> Mapping:
    """Return the mapping with one column taken for something else."""
    columns = (replace(c, target=target) if c is column else c for c in mapping.columns)
    problems = (p for p in mapping.problems if p[0] != column.header)
    return replace(mapping, columns=tuple(columns), problems=tuple(problems))


def overruled(mapping: Mapping, choices: abc.Mapping[str, Target]) -> Mapping:
    """Return the mapping with columns, by header, taken for what somebody chose.

    Another column that claimed the same single field is left out for it.
    """
    for header, target in choices.items():
        for column in mapping.columns:
            if column.header == header:
                mapping = retargeted(mapping, column, target)
            elif column.target == target and not _shared(mapping.kind, target):
                mapping = retargeted(mapping, column, LEFT_OUT)
    return mapping


def _shared(kind: Kind, target: Target) -> bool:
    return target.use is Use.LEFT_OUT or _holds_many(kind, target)
