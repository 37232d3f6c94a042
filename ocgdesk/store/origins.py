"""Where records came from: of each the file, its hash, the row and the specification."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import Connection, func, select

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.store import bulk, codec, tables
from ocgdesk.store.reader import Reader

_AT_ONCE = 20_000
_entity, _file, _origin = tables.entity, tables.origin_file, tables.origin


@dataclass(frozen=True, slots=True)
class Origin:
    """One file a record or link came from, or was changed by."""

    name: str
    sha256: str
    specification: str
    row: int
    """As a spreadsheet counts; the first, where several rows told of it."""
    at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is kept with the records it brought."""

    name: str
    sha256: str
    specification: str


def note(
    connection: Connection,
    at: datetime,
    files: Sequence[File],
    rows: Iterable[tuple[int, tuple[int, int]]],
) -> list[int]:
    """Keep where things came from: number of thing, the place of its file and the row.

    Returns the numbers of the files, in their order.
    """
    first = connection.execute(select(func.max(_file.c.file_no))).scalar() or 0
    numbers = [first + place + 1 for place in range(len(files))]
    kept = [
        (no, file.name, file.sha256, file.specification, at.isoformat())
        for no, file in zip(numbers, files, strict=True)
    ]
    names = ("file_no", "name", "sha256", "specification", "at")
    bulk.insert_rows(connection, _file, names, kept)
    told = ((no, numbers[place], row) for no, (place, row) in rows)
    while some := list(islice(told, _AT_ONCE)):
        bulk.insert_rows(connection, _origin, ("no", "file_no", "row"), some)
    return numbers


def of(reader: Reader, id_: UUID, base: Base = Base.ENTITY) -> list[Origin]:
    """Return the files a record or link came from, the newest first."""
    query = (
        select(_file.c.name, _file.c.sha256, _file.c.specification, _origin.c.row, _file.c.at)
        .join(_origin, _origin.c.file_no == _file.c.file_no)
        .where(_origin.c.no == reader.number(id_, base))
        .order_by(_file.c.file_no.desc())
    )
    return [_read(row) for row in reader.rows(query)]


def brought_by(reader: Reader, sha256: str, kind: Kind) -> list[int]:
    """Return the numbers of records of a kind that came from a file of this hash, the oldest first.

    Those this reader may not see are left out.
    """
    query = (
        select(_origin.c.no)
        .join(_file, _file.c.file_no == _origin.c.file_no)
        .join(_entity, _entity.c.no == _origin.c.no)
        .where(_file.c.sha256 == sha256, _entity.c.kind == kind.value, reader.may_see())
        .distinct()
        .order_by(_origin.c.no)
    )
    return [row.no for row in reader.rows(query)]


def lists_with(
    reader: Reader, kind: Kind, keys: Collection[str], begins: str
) -> dict[str, dict[str, str]]:
    """Return what records of a kind are called by the ids that lists gave them.

    By list, as a specification whose name begins so, and by id; of those this reader may see.
    """
    table, found = tables.v_external, dict[str, dict[str, str]]()
    for some in codec.batches(keys):
        query = (
            select(table.c.scheme, table.c.value, _entity.c.label)
            .join(_entity, _entity.c.no == table.c.no)
            .where(
                table.c.value.in_(some),
                table.c.scheme.startswith(begins, autoescape=True),
                _entity.c.kind == kind.value,
                reader.may_see(),
            )
        )
        for row in reader.rows(query):
            found.setdefault(row.scheme, {})[row.value] = row.label
    return found


def _read(row: Iterable[object]) -> Origin:
    name, sha256, specification, number, at = map(str, row)
    return Origin(name, sha256, specification, int(number), datetime.fromisoformat(at))
