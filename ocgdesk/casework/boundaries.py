"""Boundaries beneath the maps: loaded from a file, kept inside the workspace, taken out again."""

from uuid import UUID

from ocgdesk.domain.grounds import Boundary, Ring, packed, unpacked
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right
from ocgdesk.errors import NotFound, Refused
from ocgdesk.exchange.geojson import Outlines
from ocgdesk.i18n import _
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def kept(reader: Reader) -> list[Boundary]:
    """Return the boundaries there are, the newest last."""
    nos = sorted(listing.order(reader, ListQuery(kind=Kind.BOUNDARY)))
    return [thing for thing in reader.load(nos) if isinstance(thing, Boundary)]


def newest(reader: Reader) -> Boundary | None:
    """Return the boundaries that maps stand on: those loaded last."""
    found = kept(reader)
    return found[-1] if found else None


def ground(reader: Reader) -> tuple[Ring, ...]:
    """Return the outlines that maps stand on; none where nothing was loaded."""
    found = newest(reader)
    return unpacked(found.outlines) if found is not None else ()


def load(work: Work, outlines: Outlines, title: str, source: str = "") -> Boundary:
    """Keep the outlines of a file; from then on maps stand on them.

    Raises Refused where the same file is there already.
    """
    work.user.need(Right.CHART)
    for one in kept(work.reader):
        if one.digest == outlines.digest:
            raise Refused(_("This file is there already, as {title}").format(title=one.title))
    made = work.put(
        Boundary(
            title=" ".join(title.split())[:120] or _("Boundaries"),
            source=source.strip(),
            areas=outlines.areas,
            size=outlines.size,
            digest=outlines.digest,
            outlines=packed(outlines.rings),
            marking=Marking.OFFICIAL,
        )
    )[0]
    assert isinstance(made, Boundary)  # noqa: S101 - what is put comes back as it went
    return made


def remove(work: Work, id_: UUID) -> None:
    """Take boundaries out; maps stand on those loaded before them, or on none."""
    work.user.need(Right.CHART)
    found = next((one for one in kept(work.reader) if one.id == id_), None)
    if found is None:
        raise NotFound(_("These boundaries are no longer there"))
    work.remove(found)
