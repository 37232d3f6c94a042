"""Measures by name: checked against their definition, computed, and said how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ocgdesk.errors import Refused
from ocgdesk.graph import centrality, cohesion
from ocgdesk.graph.centrality import Found, Given
from ocgdesk.graph.cohesion import Shape
from ocgdesk.graph.definitions import On, definition
from ocgdesk.graph.network import Network
from ocgdesk.graph.ties import OPTIONS_IN_WORDS, WEIGHTS_IN_WORDS, Options, Ties, of
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

_COMPUTED: dict[str, Callable[[Given], Found]] = {
    "degree": centrality.degree,
    "in_degree": centrality.in_degree,
    "out_degree": centrality.out_degree,
    "strength": centrality.strength,
    "in_strength": centrality.in_strength,
    "out_strength": centrality.out_strength,
    "betweenness": centrality.betweenness,
    "closeness": centrality.closeness,
    "closeness_corrected": centrality.closeness_corrected,
    "harmonic": centrality.harmonic,
    "eigenvector": centrality.eigenvector,
    "pagerank": centrality.pagerank,
    "core": cohesion.core,
    "triangles": cohesion.triangles,
    "clustering": cohesion.clustering,
    "brokerage": cohesion.brokerage,
    "constraint": cohesion.constraint,
    "articulation": cohesion.articulation,
    "component": cohesion.component,
    "link_betweenness": centrality.link_betweenness,
    "bridge": cohesion.bridge,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """What one measure says of a network: a number for each node, or for each tie."""

    name: str
    values: NDArray[np.float64]
    """In the order of the network's nodes, or of ``ties``; NaN where there is none."""
    ties: Ties | None = None
    """What the values of a measure of links belong to."""
    note: str = ""
    """That the answer was sampled, and its error; empty where it is exact."""

    @property
    def on(self) -> On:
        """Whether nodes or links have the values."""
        return definition(self.name).on


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """Several measures of one network, and those that could not be had, with the reason."""

    scores: dict[str, Scores]
    refused: dict[str, str]


def measure(
    network: Network, name: str, options: Options | None = None, progress: Progress = silent
) -> Scores:
    """Compute one measure; Refused, with the reason, where it is not defined for the options."""
    options = options or Options()
    definition(name).check(options)
    return _score(Given.of(of(network, options)), name, progress)


def measure_all(
    network: Network,
    names: Sequence[str],
    options: Options | None = None,
    progress: Progress = silent,
) -> Measured:
    """Compute several measures; those that are not defined are named with the reason.

    Raises Refused where there is not one that is defined, Cancelled from ``progress``.
    """
    given = Given.of(of(network, options or Options()))
    scores, refused = dict[str, Scores](), dict[str, str]()
    for name in dict.fromkeys(definition(name).name for name in names):
        try:
            definition(name).check(given.ties.options)
            scores[name] = _score(given, name, progress)
        except Refused as reason:
            refused[name] = str(reason)
    if not scores and refused:
        raise Refused(next(iter(refused.values())))
    return Measured(scores=scores, refused=refused)


def _score(given: Given, name: str, progress: Progress) -> Scores:
    meant = definition(name)
    asked = replace(given, progress=progress, title=_(meant.title))
    progress(0, 1, asked.title)
    found = _COMPUTED[meant.name](asked)
    ties = given.ties if meant.on is On.LINK else None
    return Scores(name=meant.name, values=found.values, ties=ties, note=found.note)


def shape(network: Network, progress: Progress = silent) -> Shape:
    """Describe a network as a whole: direction ignored, parallel links merged."""
    progress(0, 1, _("The network as a whole"))
    return cohesion.shape(Given.of(of(network)), float(network.weight.sum()))


def options_in_words(options: Options) -> tuple[str, ...]:
    """Return how the network was read, in words: every result says it."""
    directed, parallel, normalised = (
        _(words[getattr(options, name)]) for name, words in OPTIONS_IN_WORDS.items()
    )
    return directed, parallel, _(WEIGHTS_IN_WORDS[options.weights]), normalised
