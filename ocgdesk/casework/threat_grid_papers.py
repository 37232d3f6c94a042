"""The threat grid on its way out: as a table or a paper, marked, journalled, written whole."""

from datetime import date, datetime
from pathlib import Path
from typing import Final

from ocgdesk.casework import exports, threat_grid, threat_grid_rows
from ocgdesk.casework.exports import Export, Printed
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.threat_grid import Grid, Wish
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.clocks import Urgency, review_clock
from ocgdesk.domain.dates import shown
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.exchange.writers import SheetOut, write_csv, write_json, write_xlsx
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.reports.document import Block, Document, Paragraph, Table, Tone
from ocgdesk.reports.paper_writers import WRITERS
from ocgdesk.store.workspace import Workspace

FORMATS: Final = ("xlsx", "csv", *WRITERS, "json")


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("The threat grid is written as {known}"))


def filter_words(wish: Wish) -> dict[str, str]:
    """Return what was asked for as it is repeated beside the answer; nothing is nothing."""
    said = {"agency": ", ".join(wish.agencies)} if wish.agencies else {}
    return said | ({"all": "yes"} if wish.everything else {})


def make(grid: Grid, kind: str, said: Printed, progress: Progress = silent) -> Export:
    """Return the grid as bytes of a format; nothing is written and nothing logged yet."""
    marking = highest(row.threat.ocg.marking for row in grid.rows)
    above = exports.banner(marking, synthetic=said.synthetic)
    notes = _notes(grid, said)
    rows = [threat_grid_rows.cells(row) for row in grid.rows]
    headings = [_(heading) for heading in threat_grid_rows.HEADINGS]
    match kind:
        case "csv":
            data = write_csv([headings, *rows], (" · ".join((above, *notes)),))
        case "xlsx":
            sheet = SheetOut(title=_("Threat grid"), headings=headings, rows=rows)
            data = write_xlsx([sheet], marking=above, notes=notes, progress=progress)
        case "json":
            data = write_json(_payload(grid, marking.value, said))
        case _:
            data = WRITERS[kind](document(grid, marking, said))
    return Export(
        data=data,
        marking=marking,
        rows=len(rows),
        subjects=tuple(row.threat.ocg.no for row in grid.rows if row.threat.ocg.no),
    )


def document(grid: Grid, marking: Marking, said: Printed) -> Document:
    """Set the grid out as a paper, on pages that lie."""
    count = ngettext("{n:,} OCG", "{n:,} OCGs", len(grid.rows)).format(n=len(grid.rows))
    owners = ", ".join(label("agencies", code) for code in grid.wish.agencies)
    return Document(
        title=_("Threat grid"),
        subtitle=" · ".join(part for part in (shown(grid.day), count, owners) if part),
        marking=marking.banner,
        synthetic=said.synthetic,
        author=said.author,
        day=grid.day,
        foot=said.made,
        facts=exports.facts(
            said,
            exports.banner(marking, synthetic=said.synthetic),
            said.as_at or shown(grid.day),
        ),
        is_wide=True,
        blocks=tuple(_blocks(grid, said)),
    )


def _blocks(grid: Grid, said: Printed) -> list[Block]:
    blocks: list[Block] = [Paragraph(text, Tone.QUIET) for text in (*grid.basis, *grid.apart)]
    over = [row for row in grid.rows if _is_over(row.threat.review_due, grid)]
    if over:
        told = ngettext("{n} review is overdue.", "{n} reviews are overdue.", len(over))
        blocks.append(Paragraph(told.format(n=len(over)), Tone.WARNING))
    blocks.append(
        Table(
            tuple(_(heading) if heading else "" for heading in threat_grid_rows.PAPER),
            tuple(threat_grid_rows.paper_cells(row) for row in grid.rows),
            threat_grid_rows.PAPER_WIDTHS,
        )
    )
    return [*blocks, *(Paragraph(text, Tone.QUIET) for text in _notes(grid, said, basis=False))]


def _is_over(due: date | None, grid: Grid) -> bool:
    return review_clock(due, grid.day).urgency is Urgency.OVERDUE


def _notes(grid: Grid, said: Printed, *, basis: bool = True) -> tuple[str, ...]:
    asked = [f"{name}: {value}" for name, value in said.filters.items()]
    asked += [_("As at {moment}").format(moment=said.as_at)] if said.as_at else []
    head = _("Head of the journal: {head}").format(head=said.head)
    return (*((*grid.basis, *grid.apart) if basis else ()), _(FIXED_LINE), said.made, *asked, head)


def _payload(grid: Grid, marking: str, said: Printed) -> dict[str, object]:
    return {
        "items": [threat_grid_rows.plain(row) for row in grid.rows],
        "as_at": said.as_at,
        "filters": dict(said.filters),
        "withheld": None,
        "basis": [*grid.basis, *grid.apart],
        "marking": marking,
        "synthetic": said.synthetic,
        "note": _(FIXED_LINE),
        "head": said.head,
    }


def to_file(
    workspace: Workspace,
    wish: Wish,
    path: Path,
    *,
    now: datetime,
    author: str = "",
    recipient: str = "",
    reason: str = "",
    as_at: str | None = None,
    progress: Progress = silent,
) -> Export:
    """Write the threat grid, its ending saying the format; what left is journalled first.

    Raises Refused to those who may not export, CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    kind = format_of(path)
    said = exports.printed(workspace, now, author=author, filters=filter_words(wish), as_at=as_at)
    with workspace.reading(reason) as reader:
        grid = threat_grid.read(reader, wish, today=now.date())
    made = make(grid, kind, said, progress)
    exports.leave(
        workspace, "Export threat grid", made.data, path, made.subjects,
        recipient=recipient, reason=reason, rows=made.rows,
    )  # fmt: skip
    return made
