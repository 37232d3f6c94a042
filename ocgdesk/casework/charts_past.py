"""A chart of what was recorded at a moment: the same rules, over what the workspace held then."""

from collections.abc import Collection
from dataclasses import replace

from ocgdesk.casework import intelligence
from ocgdesk.casework.charts import ChartQuery, composed
from ocgdesk.domain.charts import Scene
from ocgdesk.domain.entities import Report
from ocgdesk.errors import NotFound, Refused
from ocgdesk.graph.neighbourhood import LinkTriple, expand
from ocgdesk.i18n import _
from ocgdesk.store import networks
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.reader import Reader


def scene(reader: Reader, query: ChartQuery, seq: int) -> Scene:
    """Return what stood within so many hops of the focus after entry ``seq`` of the journal.

    Raises Refused where nothing is named to draw round, NotFound where none of it was
    recorded then.
    """
    if not query.focus:
        raise Refused(_("Choose at least one record to draw a chart round"))
    held = HeldNetwork(reader, seq)
    focus = held.numbers(query.focus)
    if not focus:
        raise NotFound(_("None of these records was recorded then"))
    kinds = query.kinds or networks.DRAWN

    def links_of(nos: Collection[int]) -> list[LinkTriple]:
        return held.links_at(nos, kinds, query.on)

    walk = expand(list(focus.values()), links_of, hops=query.hops, most=query.most)
    reader.saw("Draw chart as at", focus.values(), items=len(walk.nodes), entry=seq)
    things = held.entities(held.ids(walk.nodes))
    links = held.links_among(things)
    if query.on is not None:
        links = [link for link in links if link.holds_on(query.on)]
    cited = held.entities({id_ for link in links for id_ in link.reports}).values()
    graded = {thing.id: thing for thing in cited if isinstance(thing, Report)}
    links = intelligence.as_drawn(links, graded)
    found = composed(tuple(things.values()), links, focus=set(focus), counted=held.member_counts)
    return replace(found, cut=walk.cut_in_words if walk.cut else "")
