"""The reports beneath a product about an area: what places an OCG there by its links.

An OCG is there for its owner or the areas it names, which no report says, or for a county line or
somebody's address, which links say that may rest on reports.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from ocgdesk.casework import brief_handling
from ocgdesk.casework.brief_parts import Making
from ocgdesk.domain.links import Link
from ocgdesk.store import areas, networks
from ocgdesk.store.areas import Why

Reasons = Mapping[int, frozenset[Why]]
"""Why each OCG belongs to an area, by its number."""


class Path(NamedTuple):
    """The links that place an OCG in an area: to a line, or by somebody to an address."""

    ocg: int
    why: Why
    links: tuple[Link, ...]


def told(made: Making, found: Reasons, lines: Collection[int]) -> Reasons:
    """Return the OCGs of an area with the reasons that may be told; it rests on their reports.

    Where what rules the audience out is left out, a reason with nothing else beneath it goes, and
    with its last reason the OCG.
    """
    paths = [*_by_line(made, found, lines), *_by_address(made, found)]
    cited = {id_ for path in paths for link in path.links for id_ in link.reports}
    out = made.ruled(cited) if made.leaves_out_ruled else frozenset()
    stays: dict[int, set[Why]] = defaultdict(set)
    rests_on = set[UUID]()
    for path in paths:
        if not any(brief_handling.rests_only_on(link, out) for link in path.links):
            stays[path.ocg].add(path.why)
            rests_on.update(id_ for link in path.links for id_ in link.reports)
    made.rests_on_reports(rests_on)
    by_link = {path.why for path in paths}
    kept = {
        no: frozenset(why for why in reasons if why not in by_link or why in stays[no])
        for no, reasons in found.items()
    }
    return {no: reasons for no, reasons in kept.items() if reasons}


def _by_line(made: Making, found: Reasons, lines: Collection[int]) -> Iterator[Path]:
    ocgs = [no for no, reasons in found.items() if Why.LINE in reasons]
    for ocg, _line, link in _between(made, ocgs, lines):
        yield Path(ocg, Why.LINE, (link,))


def _by_address(made: Making, found: Reasons) -> Iterator[Path]:
    ocgs = [no for no, reasons in found.items() if Why.ADDRESS in reasons]
    if not ocgs:
        return
    places = areas.places(made.reader, made.within)
    people = areas.people(made.reader, places)
    homes: dict[int, list[Link]] = defaultdict(list)
    for person, _place, link in _between(made, people, places):
        homes[person].append(link)
    for ocg, person, link in _between(made, ocgs, list(homes)):
        yield from (Path(ocg, Why.ADDRESS, (link, home)) for home in homes[person])


def _between(
    made: Making, ones: Collection[int], others: Collection[int]
) -> Iterator[tuple[int, int, Link]]:
    """Yield each link between one of these and one of those, with both their numbers."""
    first, second = set(ones), set(others)
    if not first or not second:
        return
    links = networks.links_among(made.reader, sorted(first | second))
    nos = made.reader.numbers(_ends(links))
    for link in links:
        source, target = nos.get(link.source, -1), nos.get(link.target, -1)
        if source in first and target in second:
            yield source, target, link
        elif target in first and source in second:
            yield target, source, link


def _ends(links: Iterable[Link]) -> set[UUID]:
    return {end for link in links for end in (link.source, link.target)}
