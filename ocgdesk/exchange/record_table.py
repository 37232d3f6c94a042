"""A table of records of one kind, as a draft."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.mapping import (
    IMPORTABLE,
    Mapping,
    Use,
    guess_columns,
    guess_kind,
    kind_named,
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
    path = PurePath(path)
    stem = _slug(path.stem) or "table"
    folder = _slug(path.parent.name)
    name = f"{folder}/{stem}" if stem in _SAYS_NOTHING and folder else stem
    return f"{kind.value}:{name}"


def _slug(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text.casefold()).strip("-")


def kind_of(table: RawTable, specification: str = "") -> Kind:
    """Return the kind a specification or a table names; Refused where neither does."""
    if ":" in specification and (kind := kind_named(specification.split(":")[0])):
        return kind
    if kind := guess_kind(table.header, PurePath(table.name).stem):
        return kind
    kinds = ", ".join(kind.value for kind in IMPORTABLE)
    text = _("What {name} holds cannot be told from its headers; name the kind, one of: {kinds}.")
    raise Refused(text.format(name=table.name, kinds=kinds))


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

    Refused only where no kind is given and none can be guessed; see ``kind_of``.
    """
    kind = kind or (mapping.kind if mapping else kind_of(table, specification))
    mapping = mapping or with_kinds(guess_columns(table.header, kind), table.rows)
    reading = Reading(table, mapping, today)
    records = reading.records(progress)
    return Draft(
        specification=specification or default_specification(kind, table.name),
        kind=kind,
        files=(table.source,),
        records=records,
        problems=(*table.problems, *reading.problems),
        notes=(*table.notes, *key_notes(reading)),
        columns=mapping.by_header(),
    )


def key_notes(reading: Reading) -> Sequence[str]:
    """Say so where records could not be known by an id of the file."""
    if not reading.own_keys:
        return ()
    if reading.mapping.one(Use.KEY):
        return (_("Rows without an id are known by their identifier or name and birth."),)
    return (_("There is no id column: rows are known by their identifier or name and birth."),)
