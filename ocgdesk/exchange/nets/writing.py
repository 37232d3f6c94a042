"""Charts out: a net to the bytes of a format, with a written list of what it could not carry."""

from collections.abc import Callable
from typing import Final

from ocgdesk.errors import Refused
from ocgdesk.exchange.nets import anx_writer, gexf, gml, graphml, node_link, pajek, plain
from ocgdesk.exchange.nets.values import Net
from ocgdesk.i18n import N_, _

WRITERS: Final[dict[str, Callable[[Net], bytes]]] = {
    "anx": anx_writer.write,
    "graphml": graphml.write,
    "gexf": gexf.write,
    "gml": gml.write,
    "net": pajek.write,
    "json": node_link.write,
    "csv": plain.write_links,
    "matrix": plain.write_matrix,
}
FORMATS: Final = tuple(WRITERS)

_Test = Callable[[Net], object]
_NODE_SAID: Final[tuple[tuple[str, _Test], ...]] = (
    (N_("attributes of items"), lambda net: any(one.attributes for one in net.nodes)),
    (N_("dates of items"), lambda net: any(one.start or one.end for one in net.nodes)),
    (N_("grades and notes of items"), lambda net: any(one.grade or one.note for one in net.nodes)),
)
_PLACES: Final = (N_("positions"), lambda net: any(one.x is not None for one in net.nodes))
_CARDS: Final = (N_("cards"), lambda net: any(one.cards for one in net.things))
_LINK_SAID: Final[tuple[tuple[str, _Test], ...]] = (
    (N_("attributes of links"), lambda net: any(one.attributes for one in net.edges)),
    (N_("dates of links"), lambda net: any(one.start or one.end for one in net.edges)),
    (N_("strengths of links"), lambda net: any(one.strength for one in net.edges)),
    (N_("grades and notes of links"), lambda net: any(one.grade or one.note for one in net.edges)),
)
_IDS: Final = (N_("identities of items"), lambda net: bool(net.nodes))
_LINK_IDS: Final = (N_("identities of links"), lambda net: any(one.id for one in net.edges))
_TYPES: Final = (N_("types of items"), lambda net: any(one.type for one in net.nodes))
_LABELS: Final = (
    N_("types and labels of links"),
    lambda net: any(e.type or e.label for e in net.edges),
)
LOST: Final[dict[str, tuple[tuple[str, _Test], ...]]] = {
    "anx": (),
    "graphml": (_CARDS,),
    "gexf": (_CARDS,),
    "gml": (_CARDS,),
    "net": (_IDS, _LINK_IDS, _TYPES, *_NODE_SAID, *_LINK_SAID, _CARDS),
    "json": (),
    "csv": (*_NODE_SAID, _PLACES, _CARDS),
    "matrix": (_IDS, _LINK_IDS, _TYPES, _LABELS, *_NODE_SAID, *_LINK_SAID, _PLACES, _CARDS),
}
"""What each format has no place for."""


def write(net: Net, kind: str) -> bytes:
    """Return a chart as bytes of a format; the same chart gives the same bytes."""
    if kind not in WRITERS:
        told = _("A chart is written as {known}")
        raise Refused(told.format(known=", ".join(FORMATS)))
    _check(net)
    return WRITERS[kind](net)


def losses(net: Net, kind: str) -> tuple[str, ...]:
    """Return what of this chart the format cannot carry, in words; empty where it carries all."""
    return tuple(_(words) for words, holds in LOST[kind] if holds(net))


def _check(net: Net) -> None:
    known = {node.id for node in net.nodes}
    if any(not {edge.source, edge.target} <= known for edge in net.edges):
        raise Refused(_("A link of this chart has an end that is not on it."))
