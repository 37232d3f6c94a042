"""The threat grid: one row an OCG, shown or written to a file."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.threat_grid import Grid, Wish


@click.command("threat-grid")
@on_workspace
@click.option("-o", "--output", "out", type=FilePath, help="Write .csv, .xlsx, .docx, .pdf, .json.")
@click.option("--agency", "agencies", multiple=True, help="Only OCGs this agency owns.")
@click.option("--all", "everything", is_flag=True, help="Archived, rejected and merged ones too.")
@session.recipient_option
@session.leaving_reason_option
@session.as_at_option
@session.on_option
@session.as_json_option
def threat_grid(
    way: Way,
    *,
    out: Path | None,
    agencies: tuple[str, ...],
    everything: bool,
    recipient: str,
    reason: str,
    as_at: str,
    on: str,
    json_: bool,
) -> None:
    """Show one row an OCG, ranked by risk, or write it; scores are never mixed or compared."""
    if on:
        raise Refused(_("The threat grid shows scores as they were made; use --as-at for then"))
    wish = _wish(agencies, as_at, everything=everything)
    if out is None:
        _show(way, wish, as_at, json_=json_)
        return
    from ocgdesk import settings
    from ocgdesk.casework import exports, threat_grid_papers

    threat_grid_papers.format_of(out)
    with way.opened() as workspace:
        made = threat_grid_papers.to_file(
            workspace,
            wish,
            out,
            now=datetime.now(LONDON),
            author=settings.load().author,
            recipient=recipient,
            reason=reason,
            as_at=asking.as_at_words(as_at),
            progress=session.progress(),
        )
    if json_:
        output.as_json({"file": str(out), "rows": made.rows, "marking": made.marking.value})
        return
    words = exports.rows_in_words(made.rows)
    told = _("Wrote {name}: {rows}, {marking}")
    output.say(told.format(name=out.name, rows=words, marking=made.marking.banner))


def _wish(agencies: tuple[str, ...], as_at: str, *, everything: bool) -> "Wish":
    from ocgdesk.casework.threat_grid import Wish
    from ocgdesk.domain.reference_data import code_list

    known = code_list("agencies")
    codes = tuple(dict.fromkeys(known.parse(text) for text in agencies))
    return Wish(agencies=codes, everything=everything, as_at=asking.moment(as_at))


def _show(way: Way, wish: "Wish", as_at: str, *, json_: bool) -> None:
    from ocgdesk.casework import threat_grid, threat_grid_papers, threat_grid_rows

    with way.opened() as workspace, workspace.reading() as reader:
        grid = threat_grid.read(reader, wish, today=session.today())
    if json_:
        output.items_as_json(
            [threat_grid_rows.plain(row) for row in grid.rows],
            as_at=asking.as_at_words(as_at),
            filters=dict(threat_grid_papers.filter_words(wish)),
        )
        return
    _print(grid)


def _print(grid: "Grid") -> None:
    from ocgdesk.casework import threat_grid_rows as rows
    from ocgdesk.domain.clocks import review_clock
    from ocgdesk.domain.reference_data import label

    headings = ("", "OCG", "Reference", "Owner", "LRO", "SIO", "Tier", "MoRiLE-style", "Trend")
    more = ("OCGM", "Status", "Last disruption", "Next review", "")
    lines = []
    for row in grid.rows:
        threat, clock = row.threat, review_clock(row.threat.review_due, grid.day)
        lines.append(
            (
                row.rank,
                threat.ocg.label,
                threat.ocg.ref,
                threat.agency,
                row.lro,
                row.sio,
                label("tiers", threat.tier),
                rows.score_words(row.risk),
                rows.trend_words(row),
                rows.score_words(row.attributes),
                label("ocg-statuses", threat.status),
                row.last_disruption,
                clock.date_words if clock.due else "",
                clock.words if clock.due and clock.days <= 0 else "",
            )
        )
    output.table((*headings, *more), lines)
    n = len(grid.rows)
    output.say(ngettext("{n:,} OCG", "{n:,} OCGs", n).format(n=n))
    for sentence in (*grid.basis, *grid.apart):
        output.say(sentence)
