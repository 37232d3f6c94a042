"""Taking lists out: ``export``."""

from datetime import datetime
from pathlib import Path

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.asking import Asked
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _


@click.command()
@on_workspace
@asking.kind_argument
@asking.asks
@click.option("-o", "--output", "out", type=FilePath, required=True, help=".csv, .xlsx or .json.")
@session.recipient_option
@session.leaving_reason_option
@session.named_option
@session.as_json_option
def export(
    way: Way,
    *,
    kind: str,
    asked: Asked,
    out: Path,
    recipient: str,
    reason: str,
    named: str,
    json_: bool,
) -> None:
    """Write a list of one KIND to a file; the journal keeps what left, for whom and why."""
    from ocgdesk import settings
    from ocgdesk.casework import exports

    question = asked.question(kind)
    exports.format_of(out)
    with way.opened() as workspace:
        said = exports.printed(
            workspace,
            datetime.now(LONDON),
            author=settings.load().author,
            filters=asked.words(),
            as_at=asking.as_at_words(asked.as_at),
            named=named,
        )
        made = exports.to_file(
            workspace,
            question,
            out,
            said,
            recipient=recipient,
            reason=reason,
            progress=session.progress(),
        )
    if json_:
        moment = {"as_at": said.as_at, "filters": dict(said.filters), "withheld": None}
        plain = {"file": str(out), "rows": made.rows, "marking": made.marking.value}
        output.as_json(plain | moment)
        return
    words = exports.rows_in_words(made.rows)
    told = _("Wrote {name}: {rows}, {marking}")
    output.say(told.format(name=out.name, rows=words, marking=made.marking.banner))
