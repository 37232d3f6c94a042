"""Files to a draft: by the specification asked for, by the one their headers fit, or by a guess."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from ocgdesk.casework import import_mapping, import_specs
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.exchange import intake, network_pair
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.mapping import IMPORTABLE, Target
from ocgdesk.exchange.nets import drafting
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import Specification
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent
from ocgdesk.store import origins
from ocgdesk.store.reader import Reader

_FEW: Final = 500
"""Rows of a table that are looked at for what it is."""
_ENOUGH: Final = 2
"""Fewer ids than this tell no list."""


def drafted(
    reader: Reader,
    tables: Sequence[RawTable],
    paths: Sequence[Path],
    *,
    kind: Kind | None = None,
    name: str = "",
    specs: Sequence[Specification] | None = None,
    columns: Mapping[str, Target] | None = None,
    types: Mapping[str, Kind] | None = None,
    add_missing: bool = False,
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Return what files would bring in.

    ``specs``, one for each file, come from somebody who looked at them; none at all, but a guess,
    where they are empty. Else ``name`` is that of
    a specification or a family of them; where there is none of that name, it is what the import
    is known by when it comes again. A kind that is named rules out what headers would tell.

    Raises Refused for a kind that rows of a file do not become by themselves.
    """
    _check_kinds((kind, *(types or {}).values()))
    if specs is None and kind is None and not columns:
        specs = import_specs.chosen(reader, tables, name) or _of_each(tables)
    draft = intake.draft_from(
        tables,
        paths,
        kind=kind,
        specification=name,
        specs=specs,
        columns=columns,
        types=types,
        add_missing=add_missing,
        today=today,
        progress=progress,
    )
    return draft if name or draft.specs or draft.chart else _edition(reader, draft)


def _check_kinds(kinds: Iterable[Kind | None]) -> None:
    for kind in kinds:
        if kind is not None and kind not in IMPORTABLE:
            told = _("The rows of a file do not become {kind} by themselves; they can be {kinds}")
            known = ", ".join(label("kinds", one.value) for one in IMPORTABLE)
            raise Refused(told.format(kind=label("kinds", kind.value), kinds=known))


def _edition(reader: Reader, draft: Draft) -> Draft:
    """Return a draft that is known by the list it is another edition of, if it is of one.

    The same list comes each month under another name: half of its ids and the names beside them
    tell it. Else the people of it would be new each time. Names with figures tell nothing: the
    nodes of two networks may both be called 1, 2, 3.
    """
    begins = f"{draft.kind.value}:"
    some = (one for one in draft.records[:_FEW] if not one.made and one.label != one.key)
    told = {one.key: one.label for one in some if not any(map(str.isdigit, one.label))}
    if len(told) < _ENOUGH or not draft.specification.startswith(begins):
        return draft
    lists = origins.lists_with(reader, draft.kind, list(told), begins)
    same = {
        name: sum(told[key].casefold() == label.casefold() for key, label in known.items())
        for name, known in lists.items()
    }
    best = max(same, key=lambda name: (same[name], name == draft.specification), default="")
    if not best or best == draft.specification or same[best] * 2 < len(told):
        return draft
    note = _("Its ids and names are those of {name}: taken for another edition of it.")
    return replace(draft, specification=best, notes=(*draft.notes, note.format(name=best)))


def _of_each(tables: Sequence[RawTable]) -> tuple[Specification, ...] | None:
    """Return what is guessed of each of several tables that are no network, taken in together.

    None for one table, a network or a chart. Refused, naming the file, where nothing tells what
    the rows of one are.
    """
    if len(tables) < 2 or drafting.of_chart(tables) or network_pair.holds_links(tables):
        return None
    return tuple(_of_one(table) for table in tables)


def _of_one(table: RawTable) -> Specification:
    few = replace(table, rows=table.rows[:_FEW], numbers=table.numbers[:_FEW], rest=None)
    draft = intake.draft_from([few], [Path(table.name)])
    if table.name in draft.specs:
        return draft.specs[table.name]
    if draft.needs_kind:
        text = _("Nothing tells what the rows of {file} are: import it by itself.")
        raise Refused(text.format(file=table.name))
    return import_mapping.of_draft(draft)
