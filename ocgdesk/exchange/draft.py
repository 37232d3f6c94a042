"""What a file would bring in, shown before anything is written."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from ocgdesk.domain.events import Events
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.raw import Problem, SourceFile
from ocgdesk.exchange.specifications import Specification


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecord:
    """One row as a record: its values by field name, only where the row says something."""

    file: str
    row: int
    """As a spreadsheet counts; of a record made from the ends of links, the first that names it."""
    key: str
    """What the file calls it, the same each time the file comes: with the specification, the
    external reference that an import is matched by."""
    kind: Kind
    label: str
    values: dict[str, object]
    """Domain values by field name; ``marking`` among them where the file gives one."""
    raw: tuple[str, ...] = ()
    scheme: str = ""
    """What the key is kept under, where that is not the name of the specification."""
    made: bool = False
    """Whether the key was made of what the row says, for want of one in the file."""
    part: str = ""
    """Which of the records of its row it is, where a specification makes several."""
    fills: frozenset[str] = frozenset()
    """Of ``values`` those that are written only where the register's record says nothing."""

    @property
    def full_key(self) -> str:
        """What links of the draft call it: keys of different schemes may be the same."""
        return full_key(self.scheme, self.key)


def full_key(scheme: str, key: str) -> str:
    """Return a key that is told apart from those of other schemes."""
    return f"{scheme}\x1f{key}" if scheme else key


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A record that rows name and none of the files describes: the register may have it."""

    file: str
    row: int
    column: str
    kind: Kind
    scheme: str
    key: str

    @property
    def full_key(self) -> str:
        """As of a record."""
        return full_key(self.scheme, self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLink:
    """One row as a link between two records of the draft, each named by its key."""

    file: str
    row: int
    key: str
    """As of a record: the file's id, else both ends with type and count."""
    source_key: str
    target_key: str
    directed: bool
    type: str = ""
    """A code of the list ``link-types``; empty where the file does not say."""
    weight: float | None = None
    values: dict[str, object] = field(default_factory=dict)
    """The other fields of a link that the row gives: unit, strength, start, end, basis, note."""
    raw: tuple[str, ...] = ()
    kind: Kind = Kind.LINK
    scheme: str = ""
    """What the key is kept under, where that is not the name of the specification."""
    part: int = 0
    """Which of the links of its row it is."""


@dataclass(slots=True)
class MoreBad:
    """Rows of one file that came to nothing beyond those that are told one by one."""

    rows: "array[int]" = field(default_factory=lambda: array("i"))
    which: "array[int]" = field(default_factory=lambda: array("i"))
    """Of each row the place of its reason."""
    reasons: dict[str, int] = field(default_factory=dict)

    def note(self, row: int, reason: str) -> None:
        """Keep the number of a row and why; its cells stay in the file."""
        self.rows.append(row)
        self.which.append(self.reasons.setdefault(reason, len(self.reasons)))

    def by_row(self) -> dict[int, str]:
        """Return the reason of each row."""
        reasons = list(self.reasons)
        return {row: reasons[at] for row, at in zip(self.rows, self.which, strict=True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that files would bring in, and all that makes no sense in them."""

    specification: str
    """The name an import is known by; records keep it as the scheme of their reference."""
    kind: Kind
    """The kind of the records, where a row does not say otherwise."""
    files: tuple[SourceFile, ...]
    needs_kind: bool = False
    """Whether nothing told the kind: there are no records until somebody names it."""
    records: tuple[DraftRecord, ...] = ()
    links: tuple[DraftLink, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """What was decided in reading, in sentences."""
    columns: tuple[tuple[str, str | None], ...] = ()
    """Each header with the field it fills, or None where it is left out."""
    edge_columns: tuple[tuple[str, str | None], ...] = ()
    """As ``columns``, of the file of links."""
    missing: tuple[DraftRecord, ...] = ()
    """Ends of links that no row describes, offered as new records."""
    held: tuple[DraftLink, ...] = ()
    """The links of the missing, kept back with them."""
    missing_problems: tuple[Problem, ...] = ()
    """Those of ``problems`` that adding the missing would solve."""
    specs: Mapping[str, Specification] = field(default_factory=dict)
    """By file, where a specification and not a guess told what rows make."""
    add_missing: bool = False
    """Whether those of ``outside`` that the register has not become records too."""
    outside: tuple[Outside, ...] = ()
    """Ends of links to be looked up in the register."""
    events: Mapping[str, Mapping[str, Events]] = field(default_factory=dict)
    """What rows that are events keep beneath links, by the keys of these and by file."""
    alone: Mapping[str, Mapping[str, Events]] = field(default_factory=dict)
    """Events whose other end has no number, by the full key of the record they are kept on."""
    unnamed: Mapping[str, int] = field(default_factory=dict)
    """How many of these there are: withheld, short codes, handsets, none given."""
    bad: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    """The cells of rows that are events and came to nothing, by file and row."""
    partly: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    """The cells of rows that are events and come in without what makes no sense in them."""
    more_bad: Mapping[str, MoreBad] = field(default_factory=dict)
    """By file, the rows beyond those."""
    unknown: tuple[tuple[str, tuple[int, Kind | None]], ...] = ()
    """Of a chart: types of items that are not known here, how many each has, what was chosen."""
    chart: str = ""
    """The title of the chart that the file was; empty for a table."""
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Where records stood on it, by key."""

    @property
    def untold(self) -> int:
        """How many rows came to nothing beyond those that are told one by one."""
        return sum(len(one.rows) for one in self.more_bad.values())

    @property
    def keeps_events(self) -> bool:
        """Whether rows are events, beneath links or beneath the one end that has a number."""
        return bool(self.events) or bool(self.alone)

    @property
    def missing_nodes(self) -> tuple[str, ...]:
        """What the file calls the ends that no row describes."""
        return tuple(record.key for record in self.missing)

    def with_missing(self) -> Self:
        """Return the draft with the missing nodes as records, and their links."""
        solved = frozenset(self.missing_problems)
        return replace(
            self,
            records=(*self.records, *self.missing),
            links=tuple(sorted((*self.links, *self.held), key=lambda link: link.row)),
            problems=tuple(problem for problem in self.problems if problem not in solved),
            missing=(),
            held=(),
            missing_problems=(),
        )
