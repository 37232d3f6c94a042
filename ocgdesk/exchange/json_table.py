"""JSON as a table: records, also one a line, with what is nested in them laid out in columns."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ocgdesk.errors import Refused
from ocgdesk.exchange.loading import load
from ocgdesk.exchange.raw import Problem, RawTable, SourceFile
from ocgdesk.i18n import _, ngettext

_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
VALUE: Final = "value"
"""The column of a list of plain values."""

Cells = dict[str, str]


def is_json(data: bytes) -> bool:
    """Tell JSON from a table whose first header happens to stand in brackets."""
    if not _text(data[:200]).lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(_text(data))
    except (ValueError, RecursionError):
        return _is_lines(data)
    return True


def _is_lines(data: bytes) -> bool:
    """Tell one record a line by the first two lines that hold anything."""
    lines = [line for line in _text(data[: 1024 * 1024]).splitlines() if line.strip()][:2]
    try:
        return all(isinstance(json.loads(line), dict) for line in lines)
    except (ValueError, RecursionError):
        return False


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def read_json(source: Path | bytes, name: str = "", *, part: str = "") -> RawTable:
    """Read records; ``part`` names the list they are in, where a file holds several.

    What lies inside a record gets columns of its own (``dob.year``); a list of plain values
    is one cell with a line each; a list of records or of lists gives each item a row.
    Refused where nothing in it is a table.
    """
    data, name = load(source, name)
    problems: list[Problem] = []
    try:
        return _read(data, name, part, problems)
    except RecursionError:
        raise Refused(_("{name} is nested too deeply to be a table.").format(name=name)) from None


def _read(data: bytes, name: str, part: str, problems: list[Problem]) -> RawTable:
    lists = _lists(_loaded(_text(data), name, problems))
    title, records = _chosen(lists, part, name)
    rows = list(_rows(records, name))
    header = tuple(dict.fromkeys(key for _number, cells in rows for key in cells))
    if not header:
        raise Refused(_("The file {name} is empty.").format(name=name))
    if len(header) > _MOST_COLUMNS:
        raise Refused(_("{name} would have more columns than a table can.").format(name=name))
    return RawTable(
        name=name,
        encoding="json",
        delimiter="",
        header=header,
        rows=tuple(tuple(cells.get(key, "") for key in header) for _n, cells in rows),
        numbers=tuple(number for number, _cells in rows),
        source=SourceFile.of(name, data, len(rows)),
        notes=tuple(_notes(title, lists, len(records), len(rows))),
        problems=tuple(problems),
        parts=tuple(lists) if len(lists) > 1 else (),
        part=title,
    )


def _loaded(text: str, name: str, problems: list[Problem]) -> Any:
    """Return what JSON holds; numbers stay the text they are, with all their digits."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError:
        return list(_by_line(text, name, problems))


def _by_line(text: str, name: str, problems: list[Problem]) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
        except ValueError:
            text_ = _("This line is no JSON; it is left out.")
            problems.append(Problem(name, number, "", text_))


def _lists(value: Any) -> dict[str, list[Any]]:
    """Return the lists of a file that can be tables, by what they are called in it."""
    if isinstance(value, list):
        return {"": value}
    if not isinstance(value, dict):
        return {}
    named = {str(k): v for k, v in value.items() if isinstance(v, list) and _is_compound(v)}
    if named:
        return named
    inner = [item for item in value.values() if isinstance(item, dict)]
    if value and len(inner) == len(value):
        return {"": [{"key": key, **item} for key, item in value.items()]}
    return {"": [value]}


def _is_compound(items: list[Any]) -> bool:
    return any(isinstance(item, dict | list) for item in items)


def _chosen(lists: dict[str, list[Any]], part: str, name: str) -> tuple[str, list[Any]]:
    if part and part not in lists:
        raise Refused(_("{name} has no list called {part}.").format(name=name, part=part))
    if part:
        return part, lists[part]
    best = max(lists, key=lambda key: len(lists[key]), default=None)
    if best is None or not lists[best]:
        raise Refused(_("The file {name} is empty.").format(name=name))
    return best, lists[best]


def _rows(records: Sequence[Any], name: str) -> Iterator[tuple[int, Cells]]:
    if records and all(isinstance(record, list) for record in records):
        records = [dict(zip(_first(records), record, strict=False)) for record in records[1:]]
    done = 0
    for number, record in enumerate(records, start=1):
        for cells in _flat("", record):
            done += 1
            if done > _MOST_ROWS:
                raise Refused(_("{name} has more rows than a table can.").format(name=name))
            yield number, cells


def _first(records: Sequence[Any]) -> list[str]:
    """Return the first of several lists as the header of the others."""
    return [str(cell) or f"{VALUE} {n}" for n, cell in enumerate(records[0], start=1)]


def _flat(prefix: str, value: Any) -> list[Cells]:
    """Return the rows of one record: what is nested gets columns, further lists get rows."""
    base: Cells = {}
    rows: list[Cells] = []
    _walk(prefix, value, base, rows)
    return [{**base, **row} for row in rows] or [base]


def _walk(prefix: str, value: Any, base: Cells, rows: list[Cells]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _walk(f"{prefix}.{key}" if prefix else str(key), inner, base, rows)
    elif isinstance(value, list) and _is_compound(value):
        for item in value:
            rows += _flat(prefix, _by_place(item))
    elif isinstance(value, list):
        base[prefix or VALUE] = "\n".join(filter(None, map(_plain, value)))
    else:
        base[prefix or VALUE] = _plain(value)


def _by_place(item: Any) -> Any:
    """Return a list inside a list as a record: its values are told apart by their places."""
    return (
        {str(place): inner for place, inner in enumerate(item)} if isinstance(item, list) else item
    )


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _notes(title: str, lists: dict[str, list[Any]], records: int, rows: int) -> Iterator[str]:
    if len(lists) > 1:
        text = _("The list {title} was read, of {n} in the file.")
        yield text.format(title=title, n=len(lists))
    if rows > records:
        text = ngettext(
            "{n} record is laid out in {rows} rows, one for each item of a list in it.",
            "{n} records are laid out in {rows} rows, one for each item of a list in them.",
            records,
        )
        yield text.format(n=f"{records:,}", rows=f"{rows:,}")
