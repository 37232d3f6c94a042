"""What each measure is, in one written definition: for the user, and for the tests."""

from dataclasses import dataclass
from enum import StrEnum

from ocgdesk.errors import Refused
from ocgdesk.graph.ties import Options, Weights
from ocgdesk.i18n import N_, _


class On(StrEnum):
    """What a measure gives a number to."""

    NODE = "node"
    LINK = "link"


class Use(StrEnum):
    """What a measure does with the weights of ties."""

    NO = "not used"
    SUM = "added up"
    LENGTH = "taken as lengths"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One measure. Loops are dropped by all of them."""

    name: str
    """The key in JSON and on the command line."""
    title: str
    sentence: str
    """What it means, in plain words."""
    caveat: str
    on: On = On.NODE
    directed: bool | None = None
    """True: only where direction is followed; False: only where ignored; None: both."""
    parallel: bool = True
    """Whether it has a meaning where parallel links are kept."""
    weights: Use = Use.NO
    unreachable: str
    """What pairs without a path count for."""
    scale: str
    normalised: str
    """What normalising divides by."""
    reference: str
    """The networkx call whose answer is the right one, arguments included."""
    ranked: bool = True
    """Whether more of it is a higher standing, or less where ``low_first``."""
    low_first: bool = False

    def reason_against(self, options: Options) -> str:
        """Return why it cannot be had with these options, in words; nothing where it can."""
        if self.directed is True and not options.directed:
            return _("it tells in from out: let direction be followed")
        if self.directed is False and options.directed:
            return _("it is defined only where direction is ignored")
        if options.parallel and not self.parallel:
            return _("it is defined only where parallel links are merged")
        if options.weights is Weights.DISTANCE and self.weights is Use.SUM:
            return _("it adds weights up, and a sum of distances means nothing here")
        return ""

    def check(self, options: Options) -> None:
        """Raise Refused, with the reason, where it is not defined for these options."""
        reason = self.reason_against(options)
        if reason:
            told = _("{title} cannot be computed: {reason}")
            raise Refused(told.format(title=_(self.title), reason=reason))


LOOKED = N_("Every measure follows where police looked: who was watched more has more links.")
"""Printed with every measure on a person."""

_NO_PATHS = N_("No paths are followed.")
_NOT_JOINED = N_("Pairs without a path between them count for nothing.")
_REACHED = N_("Only those that can be reached count; an item nobody reaches has 0.")
_OTHERS = N_("Divided by the number of other items.")
_SAME = N_("Normalising changes nothing.")
_COUNT = N_("A count from 0 up.")
_ONE = N_("Between 0 and 1.")

_ALL = (
    Definition(
        name="degree",
        title=N_("Degree"),
        sentence=N_("How many others somebody is linked to directly."),
        caveat=N_("Somebody well hidden can have few links on record."),
        unreachable=_NO_PATHS,
        scale=_COUNT,
        normalised=_OTHERS,
        reference="dict(G.degree()); normalised: degree_centrality(G)",
    ),
    Definition(
        name="in_degree",
        title=N_("Degree, inwards"),
        sentence=N_("How many links point at somebody: who is called, paid or directed."),
        caveat=N_("A link stated without a direction counts both inwards and outwards."),
        directed=True,
        unreachable=_NO_PATHS,
        scale=_COUNT,
        normalised=_OTHERS,
        reference="dict(G.in_degree()); normalised: in_degree_centrality(G)",
    ),
    Definition(
        name="out_degree",
        title=N_("Degree, outwards"),
        sentence=N_("How many links point away from somebody: who calls, pays or directs."),
        caveat=N_("A link stated without a direction counts both inwards and outwards."),
        directed=True,
        unreachable=_NO_PATHS,
        scale=_COUNT,
        normalised=_OTHERS,
        reference="dict(G.out_degree()); normalised: out_degree_centrality(G)",
    ),
    Definition(
        name="strength",
        title=N_("Degree, weighted"),
        sentence=N_("The weights of somebody's links added up: all calls, not all contacts."),
        caveat=N_("A link without a recorded weight counts as 1, whatever its unit."),
        weights=Use.SUM,
        unreachable=_NO_PATHS,
        scale=N_("A sum of recorded weights, whether or not paths are weighted."),
        normalised=_SAME,
        reference="dict(G.degree(weight='weight'))",
    ),
    Definition(
        name="in_strength",
        title=N_("Degree, weighted, inwards"),
        sentence=N_("The weights of the links that point at somebody, added up."),
        caveat=N_("A link without a recorded weight counts as 1, whatever its unit."),
        directed=True,
        weights=Use.SUM,
        unreachable=_NO_PATHS,
        scale=N_("A sum of recorded weights, whether or not paths are weighted."),
        normalised=_SAME,
        reference="dict(G.in_degree(weight='weight'))",
    ),
    Definition(
        name="out_strength",
        title=N_("Degree, weighted, outwards"),
        sentence=N_("The weights of the links that point away from somebody, added up."),
        caveat=N_("A link without a recorded weight counts as 1, whatever its unit."),
        directed=True,
        weights=Use.SUM,
        unreachable=_NO_PATHS,
        scale=N_("A sum of recorded weights, whether or not paths are weighted."),
        normalised=_SAME,
        reference="dict(G.out_degree(weight='weight'))",
    ),
    Definition(
        name="betweenness",
        title=N_("Betweenness"),
        sentence=N_("How often somebody stands on the shortest way between two others: a broker."),
        caveat=N_(
            "One missing link between two groups can make a broker of anybody, or unmake one."
        ),
        weights=Use.LENGTH,
        unreachable=_NOT_JOINED,
        scale=N_(
            "A sum over pairs: 1 for a pair with one shortest path, a share where there are "
            "several; each pair once, or once each way where direction is followed."
        ),
        normalised=N_("Divided by the number of pairs of others."),
        reference=(
            "betweenness_centrality(G, normalized=False, weight=length); parallel links kept: "
            "betweenness_centrality_subset(S, V, V, normalized=False, weight=half_length) "
            "where S has a node in the middle of every link of G"
        ),
    ),
    Definition(
        name="closeness",
        title=N_("Closeness"),
        sentence=N_("How few steps away somebody is from everybody they can be reached by."),
        caveat=N_("Somebody in a small part cut off from the rest can look very close."),
        weights=Use.LENGTH,
        unreachable=_REACHED,
        scale=N_("One divided by the mean distance; where direction is followed, towards them."),
        normalised=_SAME,
        reference="closeness_centrality(G, distance=length, wf_improved=False)",
    ),
    Definition(
        name="closeness_corrected",
        title=N_("Closeness, corrected for parts"),
        sentence=N_("Closeness, lowered by the share of others that cannot be reached at all."),
        caveat=N_("Whether two parts are really apart, or a link is missing, is not known."),
        weights=Use.LENGTH,
        unreachable=_REACHED,
        scale=N_("Closeness times the share of others reached (Wasserman and Faust)."),
        normalised=_SAME,
        reference="closeness_centrality(G, distance=length, wf_improved=True)",
    ),
    Definition(
        name="harmonic",
        title=N_("Harmonic closeness"),
        sentence=N_("How near somebody is to all others, those out of reach counting nothing."),
        caveat=N_("Whether two parts are really apart, or a link is missing, is not known."),
        weights=Use.LENGTH,
        unreachable=_NOT_JOINED,
        scale=N_("The sum of one divided by each distance."),
        normalised=_OTHERS,
        reference="harmonic_centrality(G, distance=length)",
    ),
    Definition(
        name="eigenvector",
        title=N_("Eigenvector"),
        sentence=N_("Whether somebody is linked to those who are themselves well linked."),
        caveat=N_("It lifts everybody near the centre, also those who merely stand there."),
        directed=False,
        weights=Use.SUM,
        unreachable=N_("Only the largest part counts; all others have 0."),
        scale=N_("The highest is 1. Two parts equally large have no answer."),
        normalised=_SAME,
        reference=(
            "eigenvector_centrality(G.subgraph(max(connected_components(G), key=len)), "
            "max_iter=100_000, tol=1e-14, weight=pull), divided by its largest"
        ),
    ),
    Definition(
        name="pagerank",
        title=N_("PageRank"),
        sentence=N_("Where one would be found most who follows links at random without end."),
        caveat=N_("It says who is easy to come upon, not who decides."),
        weights=Use.SUM,
        unreachable=N_("About one step in seven (15 %) starts anew anywhere, so all are reached."),
        scale=N_("Shares that add up to 1."),
        normalised=_SAME,
        reference="pagerank(G, alpha=0.85, max_iter=10_000, tol=1e-14, weight=pull)",
    ),
    Definition(
        name="core",
        title=N_("K-core"),
        sentence=N_(
            "The densest layer somebody is in: linked to at least so many who are in it too."
        ),
        caveat=N_("A large meeting entered as links between all present makes a core."),
        directed=False,
        parallel=False,
        unreachable=_NO_PATHS,
        scale=_COUNT,
        normalised=_SAME,
        reference="core_number(G)",
    ),
    Definition(
        name="triangles",
        title=N_("Triangles"),
        sentence=N_("How many pairs of somebody's contacts are linked to each other."),
        caveat=N_("A large meeting entered as links between all present makes many."),
        directed=False,
        parallel=False,
        unreachable=_NO_PATHS,
        scale=_COUNT,
        normalised=_SAME,
        reference="triangles(G)",
    ),
    Definition(
        name="clustering",
        title=N_("Clustering"),
        sentence=N_("Which share of somebody's contacts know each other."),
        caveat=N_("With two or three contacts it jumps between 0 and 1."),
        directed=False,
        parallel=False,
        unreachable=_NO_PATHS,
        scale=_ONE,
        normalised=_SAME,
        reference="clustering(G)",
    ),
    Definition(
        name="brokerage",
        title=N_("Brokerage"),
        sentence=N_("How many pairs of somebody's contacts have no link of their own."),
        caveat=N_("A link nobody looked for looks like a link that is not there."),
        directed=False,
        parallel=False,
        unreachable=_NO_PATHS,
        scale=N_("A count of pairs."),
        normalised=N_("Divided by the number of pairs of others."),
        reference="d * (d - 1) / 2 - triangles(G) with d = degree",
    ),
    Definition(
        name="constraint",
        title=N_("Constraint"),
        sentence=N_("How tied somebody is to one circle: low for a broker, high for a follower."),
        caveat=N_("It needs the links among contacts to be as well known as those to them."),
        directed=False,
        weights=Use.SUM,
        unreachable=N_("Somebody without a link has none."),
        scale=N_("From 0 up; about 1 where there is only one contact (Burt)."),
        normalised=_SAME,
        reference="constraint(G, nodes=list(G), weight=pull)",
        low_first=True,
    ),
    Definition(
        name="articulation",
        title=N_("Cut points"),
        sentence=N_("Into how many more parts the network falls without somebody."),
        caveat=N_("It holds for the links on record; one unknown link mends the break."),
        directed=False,
        unreachable=_NOT_JOINED,
        scale=N_("A count of further parts; 0 for who cuts nothing off."),
        normalised=_SAME,
        reference="how many of biconnected_components(G) hold the node, less one",
    ),
    Definition(
        name="component",
        title=N_("Part"),
        sentence=N_("Which part of the network somebody hangs in, the largest being 1."),
        caveat=N_("Two parts may be one: the link between them is then not recorded."),
        unreachable=N_("Direction is not looked at: a part is all that hangs together."),
        scale=N_("A number that names the part; equally large parts in order of first items."),
        normalised=_SAME,
        reference="sorted(connected_components(G), key=len, reverse=True)",
        ranked=False,
    ),
    Definition(
        name="link_betweenness",
        title=N_("Betweenness of links"),
        sentence=N_("How often a link lies on the shortest way between two people."),
        caveat=N_("A second, unrecorded way round would halve it."),
        on=On.LINK,
        weights=Use.LENGTH,
        unreachable=_NOT_JOINED,
        scale=N_("A sum over pairs, as for people."),
        normalised=N_("Divided by the number of pairs."),
        reference=(
            "edge_betweenness_centrality(G, normalized=False, weight=length); parallel links "
            "kept: betweenness_centrality_subset(S, V, V, normalized=False, weight=half_length) "
            "of the node in the middle"
        ),
    ),
    Definition(
        name="bridge",
        title=N_("Bridges"),
        sentence=N_("Whether the network falls in two where a link is cut."),
        caveat=N_("It holds for the links on record; one unknown link mends the break."),
        on=On.LINK,
        directed=False,
        unreachable=_NOT_JOINED,
        scale=N_("1 for a bridge, else 0; one of several parallel links never is one."),
        normalised=_SAME,
        reference="set(bridges(G))",
    ),
)

DEFINITIONS = {definition.name: definition for definition in _ALL}
"""Every measure of nodes and links, by name."""

NODE_MEASURES = tuple(name for name, one in DEFINITIONS.items() if one.on is On.NODE)
LINK_MEASURES = tuple(name for name, one in DEFINITIONS.items() if one.on is On.LINK)
USUAL = ("betweenness", "closeness", "degree", "eigenvector", "core")
"""What is computed unless the user says otherwise: the five of i2, its default first."""


def definition(name: str) -> Definition:
    """Return a measure's definition; Refused, with those there are, for an unknown name."""
    found = DEFINITIONS.get(name.strip().lower().replace("-", "_"))
    if found is None:
        told = _("There is no measure {name}; there are {known}")
        raise Refused(told.format(name=name[:40], known=", ".join(DEFINITIONS)))
    return found
