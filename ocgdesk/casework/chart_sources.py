"""What a chart rests on: the reports behind the lines that are drawn, and their lowest grade."""

from collections.abc import Collection, Iterable
from uuid import UUID

from ocgdesk.casework.chart_facts import line_key
from ocgdesk.domain.charts import Scene
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.links import Link, Membership
from ocgdesk.errors import Refused
from ocgdesk.store import cases, networks, records
from ocgdesk.store.cases import Graded
from ocgdesk.store.reader import Reader


def behind(reader: Reader, drawn: Scene, hidden: Collection[UUID] = ()) -> tuple[int, str]:
    """Return how many reports the links that are drawn rest on, and their lowest grade.

    A membership that a box says is drawn too. Under the lines of an overview lie the links of the
    records they were worked out from. Lowest means the least reliable source, then the least sure
    intelligence.
    """
    grades = [report.grade for report in _reports(reader, drawn, hidden).values()]
    return len(grades), max((_doubt(grade) for grade in grades if grade), default="")


def listed(reader: Reader, drawn: Scene, hidden: Collection[UUID] = ()) -> tuple[str, ...]:
    """Return the references of the same reports, each with its grade: for notes beside a chart."""
    found = _reports(reader, drawn, hidden)
    briefs = records.by_ids(reader, list(found))
    said = (f"{briefs[id_].ref or '–'} · {one.grade or '–'}" for id_, one in found.items())
    return tuple(sorted(said))


def _reports(reader: Reader, drawn: Scene, hidden: Collection[UUID]) -> dict[UUID, Graded]:
    there = {item.id for item in drawn.items} - set(hidden)
    there |= {id_ for tie in drawn.ties for id_ in tie.beneath}
    links = networks.links_among(reader, list(networks.numbers(reader, there).values()))
    cited = {id_ for link in _drawn(drawn, links) for id_ in link.reports}
    return cases.graded(reader, cited)


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
