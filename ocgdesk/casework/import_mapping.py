"""What the columns of a file are taken for, changed step by step: each step is a specification."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from ocgdesk.casework import import_event_columns
from ocgdesk.casework.import_choices import Choice
from ocgdesk.casework.import_choices import choices as kind_choices
from ocgdesk.domain.fields import MANY, FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import Code, code_list, label
from ocgdesk.errors import Refused
from ocgdesk.exchange.cell_ways import WAYS
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.guessing import usual_link
from ocgdesk.exchange.mapping import IMPORTABLE, LEFT_OUT, Target, Use, label_field
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import (
    MARKING,
    EntityPart,
    FieldFrom,
    LinkPart,
    Specification,
    fields_by_name,
    same_header,
)
from ocgdesk.i18n import _

NEW: Final = "new:"
"""How the key of a choice begins that makes one more record of each row."""
KEY: Final = "key"
_Change = Callable[[FieldFrom], tuple[FieldFrom, ...]]
_JOINED: Final = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, *MANY})
"""Types of field that several columns can fill."""


def of_draft(draft: Draft) -> Specification:
    """Return what was guessed of a table of one kind as a specification, to be changed."""
    part = draft.kind.value
    spec = Specification(name=draft.specification, parts=(EntityPart(name=part, kind=draft.kind),))
    for header, filled in draft.columns:
        spec = reassigned(spec, header, f"{part}.{filled}" if filled else "")
    return spec


def words_of(spec: Specification, part: EntityPart) -> str:
    """Return what a record of a row is called: its kind, counted where there are several."""
    same = [one.name for one in spec.parts if one.kind is part.kind]
    word = label("kinds", part.kind.value)
    return word if len(same) == 1 else f"{word} {same.index(part.name) + 1}"


def choices(spec: Specification) -> tuple[Choice, ...]:
    """Return what a column can be taken for; "" leaves it out."""
    return (
        Choice("", _("Left out"), LEFT_OUT),
        *_of_parts(spec),
        *_of_links(spec),
        *new_parts(),
    )


def stated(spec: Specification, key: str) -> str:
    """Return the words of a choice that is not offered, such as one of a scheme of its own."""
    name, _dot, filled = key.partition(".")
    part = next((one for one in spec.parts if one.name == name), None)
    if part is None:
        return key
    field, _colon, scheme = filled.partition(":")
    described = fields_by_name(part.kind).get(field)
    told = (words_of(spec, part), _(described.label) if described else field, scheme)
    return ": ".join(filter(None, told))


def _of_parts(spec: Specification) -> Iterator[Choice]:
    for part in spec.parts:
        word = words_of(spec, part)
        for choice in kind_choices(part.kind)[1:]:
            yield Choice(f"{part.name}.{choice.key}", f"{word}: {choice.words}", choice.target)


def _of_links(spec: Specification) -> Iterator[Choice]:
    for place, link in enumerate(spec.links):
        pair = link_words(spec, link)
        for name, field in fields_by_name(link.kind).items():
            if name not in {"externals", "grounds", "outcome", "status"}:
                target = Target(Use.FIELD, name)
                yield Choice(f"→{place}.{name}", f"{pair}: {_(field.label)}", target)
        for key, words in import_event_columns.choices() if link.events else ():
            yield Choice(f"→{place}.{key}", words, Target(Use.FIELD, key))


def new_parts() -> Iterator[Choice]:
    """Yield what makes one more record of each row of a column."""
    for kind in IMPORTABLE:
        word = label("kinds", kind.value)
        target = Target(Use.FIELD, label_field(kind).name)
        yield Choice(f"{NEW}{kind.value}", _("One more record: {kind}").format(kind=word), target)


def link_words(spec: Specification, link: LinkPart) -> str:
    """Return a link by its ends: ``Nominal → OCG``."""
    ends = (spec.part(link.source), spec.part(link.target))
    return " → ".join(words_of(spec, part) for part in ends)


def assigned(spec: Specification, header: str) -> str:
    """Return the key of what a column is taken for; "" where it is left out."""
    for part in spec.parts:
        if any(same_header(header, column) for column in part.key):
            return f"{part.name}.{KEY}"
        for one in part.fields:
            if same_header(header, one.column):
                return f"{part.name}.{_field_key(one)}"
    return _of_link(spec, header)


def _of_link(spec: Specification, header: str) -> str:
    for place, link in enumerate(spec.links):
        for one in link.fields:
            if same_header(header, one.column):
                return f"→{place}.{one.field}"
        if link.events and (key := import_event_columns.assigned(link.events, header)):
            return f"→{place}.{key}"
    return ""


def _field_key(one: FieldFrom) -> str:
    return f"{one.field}:{one.scheme}" if one.scheme else one.field


def ways(spec: Specification, header: str) -> tuple[str, ...]:
    """Return what is done to the text of a column before it is read."""
    return next((one.ways for one in _fields(spec) if same_header(header, one.column)), ())


def _fields(spec: Specification) -> Iterator[FieldFrom]:
    for part in spec.parts:
        yield from part.fields
    for link in spec.links:
        yield from link.fields


def way_choices() -> tuple[tuple[str, str], ...]:
    """Return the ways to read a cell, by name and words; "" reads it as it is."""
    return (("", _("As it is")), *((name, _(way.words)) for name, way in WAYS.items()))


def with_way(spec: Specification, header: str, way: str) -> Specification:
    """Return the specification with a column read in a way, or as it is for ""."""
    return _each(spec, header, lambda one: (replace(one, ways=(way,) if way else ()),))


def with_words(spec: Specification, header: str, words: Mapping[str, str]) -> Specification:
    """Return the specification with what words of a column stand for, besides those it knows."""
    return _each(spec, header, lambda one: (replace(one, words={**one.words, **words}),))


def _each(spec: Specification, header: str, change: _Change) -> Specification:
    """Return the specification with each field that a column fills changed, or taken out."""
    parts = tuple(replace(p, fields=_changed(p.fields, header, change)) for p in spec.parts)
    links = tuple(replace(x, fields=_changed(x.fields, header, change)) for x in spec.links)
    return replace(spec, parts=parts, links=links)


def _changed(fields: tuple[FieldFrom, ...], header: str, change: _Change) -> tuple[FieldFrom, ...]:
    return tuple(
        new
        for one in fields
        for new in (change(one) if one.column and same_header(header, one.column) else (one,))
    )


def reassigned(spec: Specification, header: str, key: str) -> Specification:
    """Return the specification with a column taken for something else, or left out for "".

    A record that no column names any more is not made; its links go with it.
    """
    before = spec
    spec = _without_column(spec, header)
    if key.startswith(NEW):
        spec = _with_part(spec, header, Kind(key.removeprefix(NEW)))
    elif key.startswith("→"):
        place, _dot, name = key.removeprefix("→").partition(".")
        spec = _on_link(spec, int(place), name, header)
    elif key:
        name, _dot, filled = key.partition(".")
        spec = _on_part(spec, name, header, filled)
    else:
        spec = replace(spec, ignores=(*spec.ignores, header))
    kept = _without_nameless(spec)
    return kept if kept.parts else before


def _without_column(spec: Specification, header: str) -> Specification:
    spec = _each(spec, header, lambda _one: ())
    parts = tuple(
        replace(part, key=tuple(column for column in part.key if not same_header(header, column)))
        for part in spec.parts
    )
    links = tuple(import_event_columns.without(link, header) for link in spec.links)
    ignores = tuple(column for column in spec.ignores if not same_header(header, column))
    needs = tuple(column for column in spec.needs if not same_header(header, column))
    return replace(spec, parts=parts, links=links, ignores=ignores, needs=needs)


def _on_part(spec: Specification, name: str, header: str, filled: str) -> Specification:
    part = spec.part(name)
    if filled == KEY:
        return _with(spec, replace(part, key=(header,)))
    field, _colon, scheme = filled.partition(":")
    new = FieldFrom(field=field, column=header, scheme=scheme)
    return _with(spec, replace(part, fields=_filled(part.kind, part.fields, new)))


def _filled(kind: Kind, fields: tuple[FieldFrom, ...], new: FieldFrom) -> tuple[FieldFrom, ...]:
    """Add a field; what fills the same one already gives way, where only one column can."""
    described = fields_by_name(kind).get(new.field)
    if new.field == MARKING or (described is not None and described.type not in _JOINED):
        fields = tuple(one for one in fields if one.field != new.field)
    return (*fields, new)


def _on_link(spec: Specification, place: int, name: str, header: str) -> Specification:
    links = list(spec.links)
    link = links[place]
    if name.startswith(import_event_columns.MARK):
        links[place] = import_event_columns.with_column(link, name, header)
    else:
        new = FieldFrom(field=name, column=header)
        links[place] = replace(link, fields=_filled(link.kind, link.fields, new))
    return replace(spec, links=tuple(links))


def _with(spec: Specification, part: EntityPart) -> Specification:
    parts = tuple(part if one.name == part.name else one for one in spec.parts)
    return replace(spec, parts=parts)


def _with_part(spec: Specification, header: str, kind: Kind) -> Specification:
    """Let each row make one more record, named by this column, with its usual link."""
    names, name, n = {part.name for part in spec.parts}, kind.value, 1
    while name in names:
        n += 1
        name = f"{kind.value}-{n}"
    named = FieldFrom(field=label_field(kind).name, column=header)
    part = EntityPart(name=name, kind=kind, fields=(named,))
    spec = replace(spec, parts=(*spec.parts, part))
    link = next(_usual_links(spec, part), None)
    return replace(spec, links=(*spec.links, link)) if link is not None else spec


def _usual_links(spec: Specification, new: EntityPart) -> Iterator[LinkPart]:
    for other in spec.parts[:-1]:
        for source, target in ((other, new), (new, other)):
            found = usual_link(source.kind, target.kind)
            if found is not None:
                kind, type_ = found
                yield LinkPart(source=source.name, target=target.name, kind=kind, type=type_)
    first = spec.parts[0]
    yield LinkPart(source=first.name, target=new.name, type="other")


def _without_nameless(spec: Specification) -> Specification:
    """Leave out the records that nothing names; a single one keeps what it has."""
    parts = tuple(part for part in spec.parts if part.describes or part.key)
    names = {part.name for part in parts}
    links = tuple(x for x in spec.links if {x.source, x.target} <= names)
    return replace(spec, parts=parts, links=links)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of a row, and the link a row makes between them."""

    source: str
    target: str
    words: str
    current: str
    """The key of one of ``pair_choices``; "" for no link."""
    folds: bool = False
    events: bool = False
    """Whether each row is an event that is kept beneath the link."""


def pairs(spec: Specification) -> tuple[Pair, ...]:
    """Return each two records of a row: the linked ones first."""
    linked = [
        Pair(x.source, x.target, link_words(spec, x), _link_key(x), x.folds, bool(x.events))
        for x in spec.links
    ]
    there = {frozenset((pair.source, pair.target)) for pair in linked}
    others = []
    for one, other in combinations(spec.parts, 2):
        if frozenset((one.name, other.name)) not in there:
            link = LinkPart(source=one.name, target=other.name)
            others.append(Pair(one.name, other.name, link_words(spec, link), ""))
    return (*linked, *others)


def _link_key(link: LinkPart) -> str:
    return link.type if link.kind is Kind.LINK and link.type else link.kind.value


def pair_choices(spec: Specification, pair: Pair) -> tuple[tuple[str, str], ...]:
    """Return the links two records can have, the likely ones first, by key and words."""
    ends = (spec.part(pair.source).kind, spec.part(pair.target).kind)
    special = usual_link(*ends)
    first = []
    if special is not None and special[0] is not Kind.LINK:
        first.append((special[0].value, label("kinds", special[0].value)))
    known = list(code_list("link-types").offered(pair.current))
    fitting = [one for one in known if _joins(one, ends)]
    rest = [one for one in known if one not in fitting]
    codes = [(one.code, one.label) for one in (*fitting, *rest)]
    return (("", _("No link")), *first, *codes)


def _joins(one: Code, ends: tuple[Kind, Kind]) -> bool:
    lists = (one.get("from"), one.get("to"))
    return all(kinds and end.value in kinds for kinds, end in zip(lists, ends, strict=True))


def with_link(spec: Specification, pair: Pair, key: str, *, folds: bool = False) -> Specification:
    """Return the specification with this link between two records of a row; none for ""."""
    here = (pair.source, pair.target)
    others = tuple(x for x in spec.links if (x.source, x.target) != here)
    old = next((x for x in spec.links if (x.source, x.target) == here), None)
    if not key:
        return replace(spec, links=others)
    special = key in {Kind.MEMBERSHIP.value, Kind.ATTRIBUTION.value}
    kind = Kind(key) if special else Kind.LINK
    known = fields_by_name(kind)
    fields = tuple(one for one in (old.fields if old else ()) if one.field in known)
    type_ = "" if special else key
    source, target = here
    new = LinkPart(source=source, target=target, kind=kind, type=type_, fields=fields, folds=folds)
    events = old.events if old is not None and not folds else None
    return replace(spec, links=(*others, replace(new, events=events)))


def with_events(
    spec: Specification, pair: Pair, table: RawTable, *, kept: bool = True
) -> Specification:
    """Return the specification with each row kept as an event beneath this link, or not.

    Refused where no column of the table tells when something was.
    """
    taken = import_event_columns.guessed(spec, table) if kept else None
    if kept and taken is None:
        raise Refused(_("No column of this file tells the time of an event."))
    here = (pair.source, pair.target)
    links = tuple(
        replace(x, events=taken, folds=False) if (x.source, x.target) == here else x
        for x in spec.links
    )
    return replace(spec, links=links)
