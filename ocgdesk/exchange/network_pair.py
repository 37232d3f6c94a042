"""A file of nodes and a file of edges, as one draft."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.exchange import event_guess
from ocgdesk.exchange.draft import Draft, DraftLink, DraftRecord
from ocgdesk.exchange.edges import EdgeReading, default_direction, ends_of
from ocgdesk.exchange.mapping import (
    Mapping,
    Target,
    Use,
    guess_columns,
    guess_kind,
    label_field,
    retargeted,
    with_kinds,
)
from ocgdesk.exchange.raw import Problem, RawTable
from ocgdesk.exchange.record_table import default_specification, key_notes
from ocgdesk.exchange.records import Reading
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent

_ENOUGH = 8
"""Fewer links than this run one way by chance."""


def recognise(tables: Sequence[RawTable]) -> tuple[RawTable | None, RawTable] | None:
    """Tell nodes from edges, in whatever order they come; None where none holds edges.

    Refused for more than one file of edges, or more than one of nodes beside it.
    """
    edges: list[RawTable] = []
    others: list[RawTable] = []
    for table in tables:
        (others if ends_of(table) is None else edges).append(table)
    if not edges:
        return None
    if len(edges) > 1:  # a list of nodes without headers may look like edges
        edges, others = _headed(edges), others + [t for t in edges if not t.has_header]
    if len(edges) != 1 or len(others) > 1:
        raise Refused(_("A network is one file of edges with, at most, one file of nodes."))
    return (others[0] if others else None), edges[0]


def holds_links(tables: Sequence[RawTable]) -> bool:
    """Tell whether one of several tables is a list of links and no list of events."""
    return any(
        ends_of(table) is not None and event_guess.guessed(table, table.name) is None
        for table in tables
    )


def draft_network(
    nodes: RawTable | None,
    edges: RawTable,
    *,
    kind: Kind | None = None,
    directed: bool | None = None,
    add_missing: bool = False,
    specification: str = "",
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Read nodes and edges as records and links.

    Without a kind, given or told by the headers, nodes are nominals labelled by their id.
    ``directed`` overrules what the file seems to say. With ``add_missing``, ends that no node
    describes become records too; so they always do where there is no file of nodes.
    Refused where ``edges`` has no two columns of ends.
    """
    if (mapping := ends_of(edges)) is None:
        raise Refused(_("The file {name} has no two columns of ends.").format(name=edges.name))
    kind = kind or (guess_kind(nodes.header) if nodes else None) or Kind.NOMINAL
    reading = _nodes(nodes, kind, today) if nodes else None
    records = reading.records(progress) if reading else ()
    ties = EdgeReading(
        table=edges,
        mapping=mapping,
        keys=_keys(records),
        rejected=frozenset(reading.rejected) if reading else frozenset(),
        directed=default_direction(mapping) if directed is None else directed,
        today=today,
    )
    links = tuple(ties.links(progress))
    draft = Draft(
        specification=specification or default_specification(kind, (nodes or edges).name),
        kind=kind,
        files=tuple(table.source for table in (nodes, edges) if table),
        records=records,
        links=tuple(link for link in links if not _is_held(link, ties)),
        problems=(*(_table_problems(nodes, reading)), *edges.problems, *ties.problems),
        notes=(
            *_table_notes(nodes, reading),
            *edges.notes,
            *(_direction_notes(mapping, records, links) if directed is None else ()),
            *_repeat_notes(ties),
        ),
        columns=reading.mapping.by_header() if reading else (),
        edge_columns=mapping.by_header(),
        missing=tuple(_missing(ties, kind)),
        held=tuple(link for link in links if _is_held(link, ties)),
        missing_problems=tuple(ties.missing_problems),
    )
    return draft.with_missing() if add_missing or nodes is None else draft


def _headed(tables: list[RawTable]) -> list[RawTable]:
    return [table for table in tables if table.has_header]


def _nodes(table: RawTable, kind: Kind, today: date | None) -> Reading:
    mapping = with_kinds(guess_columns(table.header, kind), table.rows)
    if not mapping.has_label() and mapping.one(Use.KEY) is None:
        mapping = _by_first_column(mapping)
    return Reading(table, mapping, today)


def _by_first_column(mapping: Mapping) -> Mapping:
    """Take the first column for the id, where no header says which is."""
    return retargeted(mapping, mapping.columns[0], Target(Use.KEY))


def _keys(records: tuple[DraftRecord, ...]) -> dict[str, str]:
    """Return the key of each record by its key and, where only it has one, its label."""
    labels = Counter(record.label for record in records)
    keys = {record.label: record.key for record in records if labels[record.label] == 1}
    return keys | {record.key: record.key for record in records}


def _is_held(link: DraftLink, ties: EdgeReading) -> bool:
    return link.source_key in ties.missing or link.target_key in ties.missing


def _missing(ties: EdgeReading, kind: Kind) -> Iterator[DraftRecord]:
    name = label_field(kind).name
    for key, row in ties.missing.items():
        yield DraftRecord(
            file=ties.table.name, row=row, key=key, kind=kind, label=key, values={name: key}
        )


def _table_problems(table: RawTable | None, reading: Reading | None) -> tuple[Problem, ...]:
    if table is None or reading is None:
        return ()
    return (*table.problems, *reading.problems)


def _table_notes(table: RawTable | None, reading: Reading | None) -> tuple[str, ...]:
    if table is None or reading is None:
        return ()
    return (*table.notes, *key_notes(reading))


def _direction_notes(
    mapping: Mapping, records: tuple[DraftRecord, ...], links: tuple[DraftLink, ...]
) -> Iterator[str]:
    """Say what was decided of direction, and where the file looks as if it had none."""
    if any(column.target.field == "directed" for column in mapping.using(Use.FIELD)):
        return
    ends = mapping.one(Use.SOURCE), mapping.one(Use.TARGET)
    one, other = (column.header if column else "" for column in ends)
    if not default_direction(mapping):
        text = _("Links have no direction: the columns {one} and {other} give none.")
        yield text.format(one=one, other=other)
        return
    text = _("Links run from {one} to {other}, as the columns are called.")
    yield text.format(one=one, other=other)
    if _only_runs_down(records, links):
        yield _("None runs up the list of nodes: perhaps they were meant to have no direction.")


def _only_runs_down(records: tuple[DraftRecord, ...], links: tuple[DraftLink, ...]) -> bool:
    """Tell whether links read like one half of a symmetric matrix."""
    place = {record.key: i for i, record in enumerate(records)}
    pairs = [(place.get(link.source_key, -1), place.get(link.target_key, -1)) for link in links]
    sources, targets = {a for a, _b in pairs}, {b for _a, b in pairs}
    is_one_mode = bool(sources & targets)
    return is_one_mode and len(pairs) >= _ENOUGH and all(0 <= a < b for a, b in pairs)


def _repeat_notes(ties: EdgeReading) -> tuple[str, ...]:
    if not ties.repeats:
        return ()
    text = ngettext(
        "{n} link joins a pair that an earlier one joins; it is kept beside it.",
        "{n} links join a pair that an earlier one joins; they are kept beside it.",
        ties.repeats,
    )
    return (text.format(n=ties.repeats),)
