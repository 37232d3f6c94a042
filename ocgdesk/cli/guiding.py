"""The user guide without a window: its chapters, one of them, or all in one file."""

from datetime import datetime
from pathlib import Path

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _


@click.command("guide")
@click.argument("chapter", default="")
@click.option("-o", "--output", "out", type=FilePath, help="Write .html, .docx, .pdf or .md.")
@session.as_json_option
def guide_(*, chapter: str, out: Path | None, json_: bool) -> None:
    """Print a CHAPTER of the user guide, list them, or write all in one file with pictures."""
    from ocgdesk.reports import guide

    if out is not None:
        if chapter:
            raise click.UsageError(_("-o writes the whole guide; leave out the CHAPTER"))
        _write(out, json_=json_)
    elif chapter:
        found = guide.chapter(chapter)
        if json_:
            output.as_json({"chapter": found.key, "title": found.title, "text": found.text})
        else:
            output.say(found.text.rstrip())
    elif json_:
        known = guide.chapters()
        output.as_json([{"chapter": one.key, "title": one.title} for one in known])
    else:
        rows = [(one.key, one.title) for one in guide.chapters()]
        output.table((_("Chapter"), _("Title")), rows)


def _write(out: Path, *, json_: bool) -> None:
    from ocgdesk.casework import files
    from ocgdesk.reports import guide_paper

    ending = files.ending(out)
    if ending not in guide_paper.WRITERS:
        known = ", ".join(f".{one}" for one in guide_paper.WRITERS)
        raise Refused(_("The guide is written as {known}").format(known=known))
    today = datetime.now(LONDON).date()
    files.write(out, guide_paper.to_bytes(ending, today))
    if json_:
        output.as_json({"file": str(out)})
        return
    output.say(_("Wrote {name}").format(name=out.name))
