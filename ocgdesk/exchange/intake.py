"""The front door for imports: any one table, or nodes and edges, to one draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.exchange import event_guess
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.edges import ends_of
from ocgdesk.exchange.guessing import guessed
from ocgdesk.exchange.mapping import Target, kind_named, overruled
from ocgdesk.exchange.nets import drafting
from ocgdesk.exchange.network_pair import draft_network, recognise
from ocgdesk.exchange.raw import FOUND_OUT, How, RawTable
from ocgdesk.exchange.record_table import (
    default_name,
    default_specification,
    draft_records,
    usual_mapping,
)
from ocgdesk.exchange.spec_draft import draft_by
from ocgdesk.exchange.specifications import Specification
from ocgdesk.exchange.table import read_tables
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent


def draft_of(
    paths: Sequence[Path],
    *,
    kind: Kind | None = None,
    specification: str = "",
    directed: bool | None = None,
    add_missing: bool = False,
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Read one table, or the nodes and edges of a network in any order, as a draft.

    Nothing is written. ``kind`` is that of the rows or nodes; without it, it is taken from
    the start of ``specification`` (``nominal:…``) or guessed. Refused where a file is no
    table or where files do not belong together.
    """
    tables = read_all(paths, progress)
    return draft_from(
        tables,
        paths,
        kind=kind,
        specification=specification,
        directed=directed,
        add_missing=add_missing,
        today=today,
        progress=progress,
    )


def read_all(
    paths: Sequence[Path],
    progress: Progress = silent,
    how: Mapping[str, How] | None = None,
    pasted: Mapping[str, bytes] | None = None,
) -> tuple[RawTable, ...]:
    """Read the tables of these files; Refused where one is no table or there is none.

    ``pasted`` holds, by name, what lies in no file: a table from the clipboard.
    ``how`` says, by name of file, how text is to be read where that is not to be found out.
    """
    if not paths:
        raise Refused(_("There is no file to import."))
    known = how or {}
    return tuple(
        table
        for path in paths
        for table in read_tables(
            (pasted or {}).get(path.name, path),
            path.name,
            how=known.get(path.name, FOUND_OUT),
            progress=progress,
        )
    )


def draft_from(
    tables: Sequence[RawTable],
    paths: Sequence[Path],
    *,
    kind: Kind | None = None,
    specification: str = "",
    specs: Sequence[Specification] | None = None,
    directed: bool | None = None,
    add_missing: bool = False,
    columns: Mapping[str, Target] | None = None,
    types: Mapping[str, Kind] | None = None,
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Return the draft of tables that were read from these paths, as ``draft_of`` does.

    ``specs``, one for each table, say what its rows make; without them it is guessed.
    ``columns`` says by header what a column of a single table is taken for, where the guess
    is overruled; a network's columns are as they were recognised. ``types`` says what the items
    of a chart are, by its own words.
    """
    if drafting.of_chart(tables):
        return drafting.draft_chart(
            tables,
            kind=kind,
            types=types,
            specification=specification,
            today=today,
            progress=progress,
        )
    kind = kind or kind_named(specification.partition(":")[0])
    specs = specs or _guessed(tables, paths, kind, specification)
    if specs:
        draft = draft_by(tables, specs, today=today, progress=progress)
        return replace(draft, add_missing=add_missing)
    if network := recognise(tables):
        nodes, edges = network
        draft = draft_network(
            nodes,
            edges,
            kind=kind,
            directed=directed,
            add_missing=add_missing,
            today=today,
            progress=progress,
        )
        chief = nodes or edges
    elif len(tables) == 1:
        chief = tables[0]
        mapping = overruled(usual_mapping(chief, kind), columns) if columns else None
        draft = draft_records(chief, kind=kind, mapping=mapping, today=today, progress=progress)
    else:
        raise Refused(_("None of these files holds links; import them one at a time."))
    name = specification or default_specification(draft.kind, _path_of(chief, paths))
    return replace(draft, specification=name)


def _guessed(
    tables: Sequence[RawTable], paths: Sequence[Path], kind: Kind | None, specification: str
) -> tuple[Specification, ...] | None:
    """Return what the rows of a single table make, where its headers name several kinds."""
    if len(tables) != 1 or kind is not None:
        return None
    table = tables[0]
    name = specification or default_name(_path_of(table, paths))
    if (events := event_guess.guessed(table, name)) is not None:
        return (events,)
    if ends_of(table) is not None:
        return None
    spec = guessed(table, name)
    return (spec,) if spec is not None else None


def _path_of(table: RawTable, paths: Sequence[Path]) -> Path:
    """Return where a table was read from; one out of an archive goes by its own name."""
    own = (path for path in paths if path.name == table.name)
    return next(own, Path(table.name)).resolve()
