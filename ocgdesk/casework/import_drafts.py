"""Files to a draft: by the specification asked for, by the one their headers fit, or by a guess."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ocgdesk.casework import import_specs
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange import intake
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.mapping import Target
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import Specification
from ocgdesk.progress import Progress, silent
from ocgdesk.store.reader import Reader


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
    """
    if specs is None and kind is None and not columns:
        specs = import_specs.chosen(reader, tables, name)
    return intake.draft_from(
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
