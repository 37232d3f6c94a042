"""The front door for imports: any one table, or nodes and edges, to one draft."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.mapping import Target, kind_named, overruled
from ocgdesk.exchange.network_pair import draft_network, recognise
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.record_table import default_specification, draft_records, usual_mapping
from ocgdesk.exchange.table import read
from ocgdesk.exchange.text_table import FOUND_OUT, How
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
) -> tuple[RawTable, ...]:
    """Read the tables of these files; Refused where one is no table or there is none.

    ``how`` says, by name of file, how text is to be read where that is not to be found out.
    """
    if not paths:
        raise Refused(_("There is no file to import."))
    known = how or {}
    return tuple(
        read(path, how=known.get(path.name, FOUND_OUT), progress=progress) for path in paths
    )


def draft_from(
    tables: Sequence[RawTable],
    paths: Sequence[Path],
    *,
    kind: Kind | None = None,
    specification: str = "",
    directed: bool | None = None,
    add_missing: bool = False,
    columns: Mapping[str, Target] | None = None,
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Return the draft of tables that were read from these paths, as ``draft_of`` does.

    ``columns`` says by header what a column of a single table is taken for, where the guess
    is overruled; a network's columns are as they were recognised.
    """
    network = recognise(tables)
    kind = kind or kind_named(specification.partition(":")[0])
    if network:
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
    path = next(p for p, table in zip(paths, tables, strict=True) if table is chief)
    name = specification or default_specification(draft.kind, path.resolve())
    return replace(draft, specification=name)
