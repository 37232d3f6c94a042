"""The front door for imports: any one table, or nodes and edges, to one draft."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.network_pair import draft_network, recognise
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.record_table import default_specification, draft_records, kind_of
from ocgdesk.exchange.table import read
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
    table, where files do not belong together, or where nothing tells what the rows are.
    """
    if not paths:
        raise Refused(_("There is no file to import."))
    tables = [read(path) for path in paths]
    network = recognise(tables) if kind is None or len(tables) > 1 else None
    if network is None and len(tables) > 1:
        raise Refused(_("None of these files holds links; import them one at a time."))
    if network is None:
        kind = kind or kind_of(tables[0], specification)
        return draft_records(
            tables[0],
            kind=kind,
            specification=specification or default_specification(kind, paths[0].resolve()),
            today=today,
            progress=progress,
        )
    nodes, edges = network
    draft = draft_network(
        nodes,
        edges,
        kind=kind or _kind_named_by(specification),
        directed=directed,
        add_missing=add_missing,
        specification=specification,
        today=today,
        progress=progress,
    )
    return draft
