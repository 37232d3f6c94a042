"""A table of records of one kind, as a draft."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.draft import Draft, DraftRecord
from ocgdesk.exchange.mapping import (
    IMPORTABLE,
    Mapping,
    Use,
    guess_columns,
    guess_kind,
    headers,
    squashed,
    targets,
    with_kinds,
)
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.records import Reading
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

_SAYS_NOTHING = frozenset(
    {"nodes", "edges", "links", "ties", "data", "export", "table", "sheet1", "book1", "people"}
)


def default_specification(kind: Kind, path: PurePath | str) -> str:
    """Name an import after its kind and file: ``nominal:custody-list``.

    A file name that says nothing, such as ``nodes.csv``, takes its folder along, so that two
    networks kept as nodes and edges are not taken for one: ``nominal:harbour/nodes``.
    """
    return f"{kind.value}:{default_name(path)}"


def default_name(path: PurePath | str) -> str:
    """Name an import after its file alone: ``custody-list``."""
    path = PurePath(path)
    stem = _slug(path.stem) or "table"
    folder = _slug(path.parent.name)
    return f"{folder}/{stem}" if stem in _SAYS_NOTHING and folder else stem


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def kind_of(table: RawTable) -> Kind | None:
    """Return the kind that a table's headers and name tell; None where they tell none."""
    stem = squashed(PurePath(table.name).stem)
    if kind := guess_kind(table.header, stem):
        return kind
    has_key = guess_columns(table.header, Kind.NOMINAL).one(Use.KEY) is not None
    return Kind.NOMINAL if has_key and stem in headers()["any"]["nodes"] else None


def usual_mapping(table: RawTable, kind: Kind | None = None) -> Mapping:
    """Return what the columns of a table are taken for, unless somebody says otherwise."""
    kind = kind or kind_of(table) or Kind.NOMINAL
    return with_kinds(guess_columns(table.header, kind), table.rows)


def draft_records(
    table: RawTable,
    *,
    kind: Kind | None = None,
    specification: str = "",
    mapping: Mapping | None = None,
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Read a table as records of one kind; problems are listed, nothing fails.

    Where no kind is given and none can be guessed, the draft is empty, says so among its
    problems and has ``needs_kind`` set.
    """
    known = kind or (mapping.kind if mapping else kind_of(table))
    kind = known or Kind.NOMINAL
    mapping = mapping or usual_mapping(table, kind)
    reading = Reading(table, mapping, today, label_from_key=not mapping.has_label())
    records = reading.records(progress) if known else _nothing(reading)
    return Draft(
        specification=specification or default_specification(kind, table.name),
        kind=kind,
        needs_kind=known is None,
        files=(table.source,),
        records=records,
        problems=(*table.problems, *reading.problems),
        notes=(*table.notes, *key_notes(reading)),
        columns=mapping.by_header() if known else tuple((h, None) for h in table.header),
    )


def _nothing(reading: Reading) -> tuple[DraftRecord, ...]:
    """Say that the kind is not known, and which headers are of none."""
    text = _("What {name} holds cannot be told from its headers: name the kind of its rows.")
    reading.problem(0, "", text.format(name=reading.table.name))
    for header, problem in reading.mapping.problems:
        if not any(squashed(header) in targets(kind) for kind in IMPORTABLE):
            reading.problem(0, header, problem)
    return ()


def key_notes(reading: Reading) -> Sequence[str]:
    """Say so where records could not be known by an id of the file."""
    if not reading.own_keys:
        return ()
    if reading.mapping.one(Use.KEY):
        return (_("Rows without an id are known by their identifier or name and birth."),)
    return (_("There is no id column: rows are known by their identifier or name and birth."),)
