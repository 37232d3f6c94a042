"""The search box without a window: ``search``."""

from collections.abc import Sequence

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _


@click.command()
@on_workspace
@click.argument("text")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(asking.KINDS))
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@session.as_at_option
@session.on_option
@session.as_json_option
def search(
    way: Way, text: str, *, kinds: Sequence[str], limit: int, as_at: str, on: str, json_: bool
) -> None:
    """Find records by names, identifiers and words; at most --limit of each kind."""
    from ocgdesk.casework import present
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import label
    from ocgdesk.store import finding

    if as_at or on:
        option = "--as-at" if as_at else "--on"
        told = _("A search looks at what is recorded now: {option} cannot be offered")
        raise Refused(told.format(option=option))
    with way.opened() as workspace, workspace.reading() as reader:
        wanted = [Kind(kind) for kind in kinds]
        hits = finding.search(reader, text, kinds=wanted, per_kind=limit)
    if json_:
        items = [present.brief(hit.record) | {"reason": hit.reason} for hit in hits]
        output.items_as_json(items, filters={"text": text, "kinds": list(kinds)})
        return
    rows = [
        (label("kinds", h.record.kind.value), h.record.ref, h.record.label, h.reason) for h in hits
    ]
    if rows:
        output.table([_("Kind"), _("Reference"), _("Label"), _("Found by")], rows)
    else:
        output.say(_("Nothing was found"))
