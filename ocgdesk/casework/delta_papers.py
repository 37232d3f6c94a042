"""The tasking delta pack on paper: what changed since the last meeting, OCG by OCG."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ocgdesk.casework import deltas, exports
from ocgdesk.casework.deltas import Delta, OcgDelta
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.moments import instant
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.exchange.writers import write_json
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.reports.document import Block, Document, Paragraph, Table, Tone
from ocgdesk.reports.paper_writers import WRITERS
from ocgdesk.store.workspace import Workspace

FORMATS: Final = (*WRITERS, "json")
_LINES: Final = 4
"""Changes of an OCG that each have a line, at most; more run on, or one OCG would fill a page."""


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A delta pack is written as {known}"))


def movement(row: OcgDelta) -> str:
    """Return where an OCG stands in the threat grid and where it stood: ``3 (was 7)``."""
    if row.rank == row.rank_then:
        return str(row.rank) if row.rank else "–"
    then = str(row.rank_then) if row.rank_then else _("not ranked")
    return _("{now} (was {then})").format(now=row.rank or _("not ranked"), then=then)


def marking_of(made: Delta) -> Marking:
    """Return the highest marking of the OCGs it names."""
    return highest(row.ocg.marking for row in made.rows)


def document(made: Delta, said: Printed, now: datetime) -> Document:
    """Set out what changed, on pages that lie."""
    since = shown(made.since.astimezone(LONDON).date())
    owners = ", ".join(label("agencies", code) for code in made.agencies) or _("all agencies")
    return Document(
        title=_("What changed since {day}").format(day=since),
        subtitle=owners,
        marking=marking_of(made).banner,
        synthetic=said.synthetic,
        author=said.author,
        day=now.date(),
        foot=said.made,
        facts=exports.facts(
            said, exports.banner(marking_of(made), synthetic=said.synthetic), instant(now)
        ),
        is_wide=True,
        blocks=tuple(_blocks(made)),
    )


def _blocks(made: Delta) -> Iterator[Block]:
    yield from changes(made)
    yield Paragraph(_(FIXED_LINE), Tone.QUIET)


def changes(made: Delta, words: Callable[[str], str] | None = str) -> Iterator[Block]:
    """Yield how many OCGs changed, and a row for each; without ``words`` only its ranks are told.

    :param words: How a sentence of the pack is read by whom it is for.
    """
    told = ngettext("{n} OCG changed", "{n} OCGs changed", len(made.rows))
    rest = ngettext("{n} did not", "{n} did not", made.unchanged)
    yield Paragraph("; ".join((told.format(n=len(made.rows)), rest.format(n=made.unchanged))) + ".")
    if not made.rows:
        return
    last = _("What changed") if words else ""
    yield Table(
        tuple(filter(None, (_("OCG"), _("Owner"), _("Threat grid"), last))),
        tuple(_row(row, words) for row in made.rows),
        (0.23, 0.14, 0.11, 0.52) if words else (0.4, 0.35, 0.25),
    )


def _row(row: OcgDelta, words: Callable[[str], str] | None) -> tuple[str, ...]:
    cells = (f"{row.ocg.label}\n{row.ocg.ref}", label("agencies", row.agency), movement(row))
    if words is None:
        return cells
    said = Counter(map(words, row.words))
    lines = [one if n == 1 else _("{what} (×{n})").format(what=one, n=n) for one, n in said.items()]
    parted = "\n" if len(lines) <= _LINES else "; "
    return (*cells, parted.join(lines) or _("Its place in the threat grid"))


def plain(made: Delta) -> dict[str, Any]:
    """Return what changed as JSON holds it."""
    return {
        "since": made.since,
        "items": [
            {
                "id": str(row.ocg.id),
                "ref": row.ocg.ref,
                "kind": row.ocg.kind.value,
                "label": row.ocg.label,
                "marking": row.ocg.marking.value,
                "agency": row.agency,
                "new": row.is_new,
                "changed": list(row.words),
                "rank": row.rank or None,
                "rank_then": row.rank_then or None,
            }
            for row in made.rows
        ],
        "unchanged": made.unchanged,
        "as_at": None,
        "filters": {"agency": list(made.agencies)} if made.agencies else {},
        "withheld": None,
    }


def to_file(
    workspace: Workspace,
    since: datetime,
    agencies: tuple[str, ...],
    path: Path,
    *,
    now: datetime,
    author: str = "",
    recipient: str = "",
    reason: str = "",
    progress: Progress = silent,
) -> Delta:
    """Write the delta pack, its ending saying the format; what left is journalled first.

    Raises Refused to those who may not export, CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    kind = format_of(path)
    said = exports.printed(workspace, now, author=author)
    with workspace.reading(reason) as reader:
        made = deltas.read(reader, since, agencies, today=now.date(), progress=progress)
        rests = reader.numbers({id_ for row in made.rows for id_ in row.rests})
    if kind in WRITERS:
        data = WRITERS[kind](document(made, said, now))
    else:
        data = write_json(plain(made) | {"marking": marking_of(made).value, "head": said.head})
    about = tuple({row.ocg.no for row in made.rows}.union(rests.values()))
    exports.leave(
        workspace, "Export delta pack", data, path, about,
        recipient=recipient, reason=reason, rows=len(made.rows),
    )  # fmt: skip
    return made
