"""How files of one sort are taken in, as a value: what each row makes, and from which columns.

A specification may make several records of a row and the links between them. It is kept in the
workspace or shipped with the program (``resources/import``), and found again by its headers.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from ocgdesk import resources
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import Refused
from ocgdesk.exchange.cell_ways import WAYS
from ocgdesk.exchange.mapping import IMPORTABLE, label_field, squashed
from ocgdesk.i18n import _

MARKING = "marking"
"""The one thing a column can fill that is no described field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFrom:
    """One field, and the column or words it is taken from.

    Several for one field of text are put one behind the other, in their order: the parts of a
    name with a space between, longer texts on lines of their own.
    """

    field: str
    column: str = ""
    """The header, as the file has it; empty for ``constant`` alone."""
    constant: str = ""
    """What is taken where there is no column, or it says nothing."""
    scheme: str = ""
    """Of identifiers and external references; of aliases their type."""
    ways: tuple[str, ...] = ()
    """Names of ``cell_ways.WAYS``, done to the text in this order."""
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """What the file says, squashed, and what is taken for it; empty leaves it out."""
    lead: str = ""
    """Words put before the text, such as ``Territory: ``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPart:
    """One of the records a row makes."""

    name: str
    """What links call it within the specification."""
    kind: Kind
    fields: tuple[FieldFrom, ...] = ()
    """None where the row only names a record that another file describes."""
    key: tuple[str, ...] = ()
    """The columns that tell in the file which record it is; without any, what identifies it."""
    scheme: str = ""
    """What its keys are kept under; specifications that share one mean the same records."""
    key_way: str = ""
    """A name of ``cell_ways.WAYS``, done to the key."""

    @property
    def describes(self) -> bool:
        """Whether it can make a record, and does not only name one."""
        return any(one.field == label_field(self.kind).name for one in self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsFrom:
    """From which columns the events beneath a link are taken: each row is one of them."""

    time: str = ""
    """Date and time, or the time alone where ``day`` has the date."""
    day: str = ""
    duration: str = ""
    what: str = ""
    """What sort of event it is."""
    direction: str = ""
    """Says of each row whether it came in: then it ran from the target to the source."""
    texts: tuple[str, ...] = ()
    """What else is kept of each: cell sites, the words of a message."""
    month_first: bool = False

    def columns(self) -> tuple[str, ...]:
        """Return the headers it takes anything from."""
        one = (self.time, self.day, self.duration, self.what, self.direction)
        return tuple(filter(None, (*one, *self.texts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPart:
    """One of the links a row makes, between two of its records."""

    source: str
    target: str
    kind: Kind = Kind.LINK
    type: str = ""
    """A code of ``link-types``; empty for the usual one of the kind, or where a column says."""
    directed: bool | None = None
    """None: as the type of link is."""
    fields: tuple[FieldFrom, ...] = ()
    key: tuple[str, ...] = ()
    """Columns that tell links of one pair apart; without any, type and role do."""
    folds: bool = False
    """Whether rows for one pair are counted into one link, with the first and last date."""
    events: EventsFrom | None = None
    """Where each row is an event of its own: they are kept beneath the link that counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """How the rows of one table become records and links."""

    name: str
    """What the import is known by when it comes again."""
    about: str = ""
    """One sentence for whoever chooses it."""
    parts: tuple[EntityPart, ...]
    links: tuple[LinkPart, ...] = ()
    needs: tuple[str, ...] = ()
    """Headers without which a file is not of this sort; none: those of keys and names."""
    ignores: tuple[str, ...] = ()
    """Headers that are left out on purpose."""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Headers that must hold one certain text in each row, such as the type of a relationship."""

    def part(self, name: str) -> EntityPart:
        """Return the part of this name; Refused where there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise Refused(_("The specification has no record called {name}.").format(name=name))

    def scheme(self, part: EntityPart) -> str:
        """Return what the keys of a part are kept under."""
        if part.scheme:
            return part.scheme
        return self.name if len(self.parts) == 1 else f"{self.name}/{part.name}"

    def columns(self) -> tuple[str, ...]:
        """Return the headers it takes anything from, each once."""
        return tuple(dict.fromkeys(filter(None, self._columns())))

    def known(self) -> tuple[str, ...]:
        """Return all headers it says anything of, each once."""
        return tuple(dict.fromkeys((*self.columns(), *self.values, *self.ignores)))

    def _columns(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.key
            yield from (one.column for one in part.fields)
        for link in self.links:
            yield from link.key
            yield from (one.column for one in link.fields)
            yield from link.events.columns() if link.events else ()

    @property
    def has_events(self) -> bool:
        """Whether its rows are events."""
        return any(link.events for link in self.links)

    def needed(self) -> tuple[str, ...]:
        """Return the headers without which a file is not of this sort."""
        if self.needs:
            return self.needs
        keys = [column for part in self.parts for column in part.key]
        names = [
            one.column
            for part in self.parts
            for one in part.fields
            if one.field == label_field(part.kind).name
        ]
        return tuple(dict.fromkeys(filter(None, (*keys, *names))))


def encoded(spec: Specification) -> str:
    """Return a specification as a workspace keeps it."""
    return msgspec.json.encode(spec).decode("utf-8")


def decoded(text: str) -> Specification:
    """Return a specification that was kept; Refused where it cannot be read."""
    try:
        spec = msgspec.json.decode(text, type=Specification)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Refused(
            _("This import specification cannot be read; make and save it anew.")
        ) from None
    check(spec)
    return spec


def check(spec: Specification) -> None:
    """Raise Refused, saying what, where a specification makes no sense."""
    if not spec.name.strip():
        raise Refused(_("An import specification needs a name."))
    if not spec.parts:
        raise Refused(_("An import specification makes at least one record of a row."))
    names = [part.name for part in spec.parts]
    if len(set(names)) != len(names):
        raise Refused(_("Two records of the specification have the same name."))
    for part in spec.parts:
        _check_part(part)
    for link in spec.links:
        _check_link(spec, link)


def _check_part(part: EntityPart) -> None:
    if part.kind not in IMPORTABLE:
        text = _("No record of this kind comes from a file: {kind}.")
        raise Refused(text.format(kind=part.kind))
    if not (part.describes or part.key):
        text = _("Nothing tells which record {name} is: give it a name or a key.")
        raise Refused(text.format(name=part.name))
    if part.key_way and part.key_way not in WAYS:
        raise Refused(_("There is no way of reading called {way}.").format(way=part.key_way))
    _check_fields(part.kind, part.fields)


_ENDS = {
    Kind.MEMBERSHIP: (Kind.NOMINAL, Kind.OCG),
    Kind.ATTRIBUTION: (Kind.HANDLE, Kind.NOMINAL),
}


def _check_link(spec: Specification, link: LinkPart) -> None:
    if link.kind not in LINKS:
        raise Refused(_("A link is of no such kind: {kind}.").format(kind=link.kind))
    ends = (spec.part(link.source).kind, spec.part(link.target).kind)
    if (wanted := _ENDS.get(link.kind)) and ends != wanted:
        text = _("A link of the kind {kind} goes from {source} to {target}.")
        raise Refused(text.format(kind=link.kind, source=wanted[0], target=wanted[1]))
    _check_fields(link.kind, link.fields)
    if link.events and not (link.events.time or link.events.day):
        raise Refused(_("Events need a column that says when each was."))


def _check_fields(kind: Kind, taken: tuple[FieldFrom, ...]) -> None:
    for one in taken:
        if one.field != MARKING and one.field not in fields_by_name(kind):
            raise Refused(_("There is no field {field} to fill.").format(field=one.field))
        if unknown := [way for way in one.ways if way not in WAYS]:
            raise Refused(_("There is no way of reading called {way}.").format(way=unknown[0]))


_NOT_FROM_TEXT = frozenset(
    {
        *(FieldType.ENTITY, FieldType.ENTITIES, FieldType.GROUNDS, FieldType.ANSWERS),
        FieldType.INSTANT,
    }
)


@cache
def fields_by_name(kind: Kind) -> Mapping[str, Field]:
    """Return the fields of a kind that a file can fill."""
    described = described_fields(class_of(kind))
    return {field.name: field for field in described if field.type not in _NOT_FROM_TEXT}


@cache
def shipped() -> tuple[Specification, ...]:
    """Return the specifications that ship with the program, by name."""
    found: list[Specification] = []
    folder = resources.path("import", "specifications")
    for path in sorted(folder.glob("*.toml")):
        table = resources.toml("import", "specifications", path.name)
        found += msgspec.convert(table["specifications"], list[Specification])
    for spec in found:
        check(spec)
    return tuple(sorted(found, key=lambda spec: spec.name))


def same_header(one: str, other: str) -> bool:
    """Tell whether two headers are one, without regard to case, spaces and stops."""
    return one == other or (squashed(one) == squashed(other) and bool(squashed(one)))
