"""What a line of a chart stands for: one link, or several of one type folded into one."""

from ocgdesk.domain.charts import Tie
from ocgdesk.domain.links import Link, Strength
from ocgdesk.store import networks, records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked


def behind(reader: Reader, tie: Tie) -> tuple[Brief, tuple[Linked, ...]]:
    """Return what stands where a line begins, and its links from there, strongest first.

    Raises NotFound where the link the line was named after, or an end of it, is gone.
    """
    first = reader.get(Link, tie.id)
    own, other = records.brief(reader, tie.source), records.brief(reader, tie.target)
    among = networks.links_among(reader, list({own.no, other.no}))
    folded = [link for link in among if _is_folded(link, first, tie)]
    reader.saw("Open link", (own.no, other.no))
    folded.sort(key=lambda link: (-Strength(link.strength).rank, link.id.int))
    return own, tuple(Linked(link, other, outward=link.source == tie.source) for link in folded)


def _is_folded(link: Link, first: Link, tie: Tie) -> bool:
    """Tell whether a link is drawn by this line: of one type, and one direction if it has any.

    A line that several types are folded into has none.
    """
    if not tie.type:
        return not tie.directed or (link.source, link.target) == (tie.source, tie.target)
    if (link.type, link.directed) != (first.type, first.directed):
        return False
    ways = {(tie.source, tie.target)}
    if not link.directed:
        ways.add((tie.target, tie.source))
    return (link.source, link.target) in ways
