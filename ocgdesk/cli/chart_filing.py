"""Charts written for other programs: which endings there are, and what they could not carry."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ocgdesk.cli import output
from ocgdesk.cli.chart_telling import Drawn
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.chart_files import Made
    from ocgdesk.domain.charts import Cover
    from ocgdesk.store.reader import Reader


def check(out: Path, pictures: Sequence[str]) -> None:
    """Refuse an ending that is of no picture and of no other program's chart."""
    from ocgdesk.casework import chart_files, files

    if files.ending(out) in pictures or chart_files.kind_of(out):
        return
    known = ", ".join((*pictures, *chart_files.FORMATS, "matrix.csv"))
    raise Refused(_("A chart is written as {known}").format(known=known))


def made(reader: "Reader", drawn: Drawn, cover: "Cover", out: Path) -> "Made | None":
    """Return a chart as another program reads it; None for a picture."""
    from ocgdesk.casework import chart_files

    kind = chart_files.kind_of(out)
    if not kind:
        return None
    told = not drawn.changes
    return chart_files.make(reader, drawn.arrangement, cover, kind, seq=drawn.entry, told=told)


def say(out: Path | None, lost: Sequence[str]) -> None:
    """Print what a format could not carry."""
    if out is not None and lost:
        told = _("Not carried by {ending}: {what}")
        output.say(told.format(ending=out.suffix.lower(), what=", ".join(lost)))
