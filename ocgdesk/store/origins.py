"""Where records came from: of each the file, its hash, the row and the specification."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from ocgdesk.domain.kinds import Base
from ocgdesk.store import bulk, tables
from ocgdesk.store.reader import Reader

_file, _origin = tables.origin_file, tables.origin


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
    rows: Mapping[int, tuple[int, int]],
) -> list[int]:
    """Keep where things came from: by number of thing the place of its file and the row.

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
    told = [(no, numbers[place], row) for no, (place, row) in rows.items()]
    bulk.insert_rows(connection, _origin, ("no", "file_no", "row"), told)
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


def _read(row: Iterable[object]) -> Origin:
    name, sha256, specification, number, at = map(str, row)
    return Origin(name, sha256, specification, int(number), datetime.fromisoformat(at))
