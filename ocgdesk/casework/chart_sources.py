"""What a chart rests on: the reports behind the lines that are drawn, and their lowest grade."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from ocgdesk.casework.chart_facts import line_key
from ocgdesk.domain.charts import Scene
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.errors import Refused
from ocgdesk.store import cases, networks, records
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Rest:
    """What the lines of a chart rest on."""

    reports: int
    lowest: str
    """The lowest grade: the least reliable source, then the least sure intelligence."""
    cited: tuple[str, ...]
    """The references of the reports, each with its grade: for notes beside a chart."""
    marking: Marking
    """The highest of the links and of what an overview was worked out from."""


def behind(reader: Reader, drawn: Scene, hidden: Collection[UUID] = ()) -> Rest:
    """Return what the links that are drawn rest on.

    A membership that a box says is drawn too. Under the lines of an overview lie the records they
    were worked out from, and the links of those.
    """
    beneath = {id_ for tie in drawn.ties for id_ in tie.beneath}
    there = {item.id for item in drawn.items} - set(hidden) | beneath
    among = networks.links_among(reader, list(networks.numbers(reader, there).values()))
    links = list(_drawn(drawn, among))
    found = cases.graded(reader, {id_ for link in links for id_ in link.reports})
    briefs = records.by_ids(reader, {*found, *beneath})
    grades = [_doubt(one.grade) for one in found.values() if one.grade]
    cited = (f"{briefs[id_].ref or '–'} · {one.grade or '–'}" for id_, one in found.items())
    under = (briefs[id_].marking for id_ in beneath if id_ in briefs)
    return Rest(
        reports=len(found),
        lowest=max(grades, default=""),
        cited=tuple(sorted(cited)),
        marking=highest((*(link.marking for link in links), *under)),
    )


def _drawn(drawn: Scene, links: Iterable[Link]) -> Iterable[Link]:
    if any(tie.beneath for tie in drawn.ties):
        return links
    lines = {line_key(tie) for tie in drawn.ties}
    boxed = {(member, box.id) for box in drawn.boxes for member in box.members}
    return [link for link in links if line_key(link) in lines or _is_boxed(link, boxed)]


def _is_boxed(link: Link, boxed: Collection[tuple[UUID, UUID]]) -> bool:
    return isinstance(link, Membership) and (link.source, link.target) in boxed


def _doubt(grade: str) -> str:
    try:
        grading = Grading.parse(grade)
    except Refused:
        return ""
    return f"{grading.source}{grading.intelligence}"
