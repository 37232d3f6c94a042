"""What stood on a saved chart and was taken out of the register since: counted, not named."""

from uuid import UUID

from ocgdesk.i18n import ngettext
from ocgdesk.store import removed
from ocgdesk.store.reader import Reader


def told(reader: Reader, chart_id: UUID) -> str:
    """Return how many records that stood here were taken out since, in words."""
    if not (n := removed.lost_from(reader, chart_id)):
        return ""
    told = ngettext(
        "{n} record that was on this chart is withheld: it was taken out of the register."
        " Its place is kept.",
        "{n} records that were on this chart are withheld: they were taken out of the register."
        " Their places are kept.",
        n,
    )
    return told.format(n=f"{n:,}")
