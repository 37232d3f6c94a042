"""What OCGs have in common, two by two: ``matrix``."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.matrix import Matrix

KINDS = ("nominal", "handle", "phone", "location", "county-line", "commodity")


@click.command()
@on_workspace
@click.option("-o", "--output", "out", type=FilePath, help="Write .xlsx, .csv or .json.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Count only these.")
@click.option("--widest", type=click.IntRange(min=2), default=12, show_default=True)
@click.option("--most", type=click.IntRange(2, 2_000), default=400, show_default=True)
@session.recipient_option
@session.leaving_reason_option
@session.as_at_option
@session.on_option
@session.as_json_option
def matrix(
    way: Way,
    *,
    out: Path | None,
    kinds: tuple[str, ...],
    widest: int,
    most: int,
    recipient: str,
    reason: str,
    as_at: str,
    on: str,
    json_: bool,
) -> None:
    """Show what each two OCGs share: nominals, handles, phones, places, lines, commodities, feuds.

    A record linked to more than --widest OCGs is left out: it would join everybody.
    """
    from ocgdesk import settings
    from ocgdesk.casework import matrix as work
    from ocgdesk.casework import matrix_papers
    from ocgdesk.casework.moments import Moment
    from ocgdesk.domain.kinds import Kind

    moment = Moment(as_at=asking.moment(as_at), on=session.day_of(on))
    counted = tuple(Kind(kind) for kind in kinds) or work.SHARED
    query = work.Query(kinds=counted, moment=moment, widest=widest, most=most)
    if out is not None:
        matrix_papers.format_of(out)
    with way.opened() as workspace:
        if out is not None:
            made = matrix_papers.to_file(
                workspace,
                query,
                out,
                now=datetime.now(LONDON),
                author=settings.load().author,
                recipient=recipient,
                reason=reason,
                progress=session.progress(),
            )
            output.say(_("Wrote {name}: {n:,} pairs").format(name=out.name, n=made.rows))
            return
        with workspace.reading(reason) as reader:
            found = work.read(reader, query, session.progress())
    if json_:
        output.as_json(matrix_papers.plain(found) | {"as_at": asking.as_at_words(as_at)})
    else:
        _print(found)


def _print(found: "Matrix") -> None:
    from ocgdesk.casework import matrix as work

    ranked = sorted(found.cells.items(), key=lambda pair: (-pair[1].total, pair[0]))
    for (one, two), cell in ranked:
        output.say(f"{found.ocgs[one].label} – {found.ocgs[two].label}: {cell.words}")
    if not ranked:
        output.say(_(work.NOTHING))
    for sentence in found.left_out:
        output.say(sentence)
