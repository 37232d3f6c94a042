"""A chart as an audience may see it: called as the product calls people, and without the rest.

Exploited people, sources, operations, badges and requirements go from what is drawn, from its
legend and from its words alike, since all three are made of the scene this returns.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from ocgdesk.casework import brief_handling
from ocgdesk.casework.audiences import Audience
from ocgdesk.casework.brief_parts import Making
from ocgdesk.casework.brief_redacting import hides
from ocgdesk.casework.chart_badges import SAFEGUARDING
from ocgdesk.casework.chart_facts import LineKey, line_key
from ocgdesk.domain.charts import Item, Scene, Tie
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store import networks
from ocgdesk.store import records as queries
from ocgdesk.store.records import Brief

_TACTICAL: Final = frozenset({Kind.REQUIREMENT, Kind.REQUEST, Kind.ACTION, Kind.PLAN})
_WORKING: Final = frozenset({"0P", "REV"})
"""Badges of how the work on an OCG goes: they are nobody else's."""
_WARNING: Final = frozenset({"HMP", "FI", "WE", "VI"})
_PERSONAL: Final = frozenset({"†"})


def for_audience(made: Making, scene: Scene) -> Scene:
    """Return what is drawn as the audience may see it; the product rests on what stays."""
    known = queries.by_ids(made.reader, [item.id for item in scene.items])
    made.naming.learns(known.values())
    items = [item for item in scene.items if _stays(made, item, known.get(item.id))]
    there = {item.id for item in items}
    links = _links(made, scene, there)
    ruled = _ruled(made, links)
    between = [tie for tie in scene.ties if {tie.source, tie.target} <= there]
    ties = tuple(tie for tie in between if line_key(tie) not in ruled)
    alone = _left_alone(made, links, ruled)
    shown = tuple(_item(made, one, known.get(one.id)) for one in items if one.id not in alone)
    told = [link for link in links if line_key(link) not in ruled]
    made.rests_on_reports({id_ for link in told for id_ in link.reports})
    for link in told:
        made.markings.append((link.marking, known[link.source].ref))
    out = {(link.source, link.target) for link in links if line_key(link) in ruled}
    boxes = tuple(
        replace(box, members=frozenset(one for one in box.members if (one, box.id) not in out))
        for box in scene.boxes
    )
    return _worded(made, replace(scene, boxes=boxes), shown, ties)


def _stays(made: Making, item: Item, brief: Brief | None) -> bool:
    """Tell whether an item may be drawn; who is exploited and left out is counted."""
    audience = made.naming.audience
    exploited = item.exploited or item.id in made.naming.withheld
    if exploited and audience.leaves_out_exploited:
        made.left_out.add(item.id)
        if brief is not None:
            made.naming.meets(brief)
        return False
    if item.kind is Kind.REPORT and not audience.sources:
        if brief is not None:
            made.rests_on_reports({item.id})
        return False
    if audience.tactics:
        return True
    return item.kind not in _TACTICAL and not _is_under_way(made, item, brief)


def _is_under_way(made: Making, item: Item, brief: Brief | None) -> bool:
    """Tell whether an operation is not closed: that there is one is a live tactic itself."""
    if item.kind is not Kind.OPERATION or brief is None:
        return False
    found = made.reader.find(brief.id)
    return isinstance(found, Operation) and found.closed is None


def _links(made: Making, scene: Scene, there: Collection[UUID]) -> list[Link]:
    """Return the links between these that are drawn as lines or said by boxes."""
    nos = networks.numbers(made.reader, there)
    drawn = {line_key(tie) for tie in scene.ties}
    boxed = {(member, box.id) for box in scene.boxes for member in box.members}
    return [
        link
        for link in networks.links_among(made.reader, list(nos.values()))
        if line_key(link) in drawn or (link.source, link.target) in boxed
    ]


def _ruled(made: Making, links: Iterable[Link]) -> frozenset[LineKey]:
    """Return the drawn lines that rest on nothing but what is left out for this audience."""
    cited = list(links)
    out = made.ruled({id_ for link in cited for id_ in link.reports})
    if not made.leaves_out_ruled or not out:
        return frozenset()
    goes, stays = set[LineKey](), set[LineKey]()
    for one in cited:
        (goes if brief_handling.rests_only_on(one, out) else stays).add(line_key(one))
    return frozenset(goes - stays)


def _left_alone(made: Making, links: Iterable[Link], ruled: Collection[LineKey]) -> frozenset[UUID]:
    """Return who has no link any more because those there were are left out."""
    goes, stays = set[UUID](), set[UUID]()
    for link in links if ruled else ():
        (goes if line_key(link) in ruled else stays).update((link.source, link.target))
    about = {made.about.id} if made.about is not None else set()
    return frozenset(goes - stays - about)


def _item(made: Making, item: Item, brief: Brief | None) -> Item:
    audience = made.naming.audience
    called = _label(made, item, brief)
    detail = made.text(item.detail) if _tells(audience, item) else ""
    if called.startswith(detail) and not audience.names:
        detail = ""
    badges = tuple(code for code in item.badges if _may_bear(audience, code))
    return replace(item, label=called, detail=detail, badges=badges)


def _label(made: Making, item: Item, brief: Brief | None) -> str:
    if item.sketch:
        # What is drawn by hand stands for somebody too, who is on no register to be found in.
        hidden = hides(made.naming.audience, item.kind)
        return label("kinds", item.kind.value) if hidden else made.text(item.label)
    return made.name(brief, item_role(item)) if brief is not None else _("Not named")


def item_role(item: Item) -> str:
    """Return the role a person drawn is called by where the product did not call them yet."""
    return item.detail if item.kind is Kind.NOMINAL and item.role else ""


def _tells(audience: Audience, item: Item) -> bool:
    if item.kind is Kind.OPERATION:
        return audience.operations
    if item.sketch:
        return audience.names
    if item.kind in {Kind.VEHICLE, Kind.ACCOUNT}:
        return audience.names
    return True


def _may_bear(audience: Audience, code: str) -> bool:
    if code in SAFEGUARDING or (code in _WARNING and not audience.warnings):
        return False
    if code in _PERSONAL and not audience.names:
        return False
    return audience.tactics or code not in _WORKING


def _worded(made: Making, scene: Scene, items: tuple[Item, ...], ties: tuple[Tie, ...]) -> Scene:
    """Return the scene with these items and lines, and every word on it read for the audience."""
    there = {item.id for item in items}
    boxes = tuple(
        replace(
            box,
            title=made.text(box.title),
            detail=_box_words(made, box.detail, len((box.members & there) - {box.id})),
            members=box.members & there,
        )
        for box in scene.boxes
        if box.members & there or box.id in there
    )
    notes = tuple(
        replace(note, text=made.text(note.text))
        for note in scene.notes
        if note.about is None or note.about in there
    )
    return replace(
        scene,
        items=items,
        ties=tuple(_tie(made, tie) for tie in ties),
        boxes=boxes,
        notes=notes,
        keys=tuple(replace(key, words=made.text(key.words)) for key in scene.keys),
        said=tuple(map(made.text, scene.said)),
        cut=made.text(scene.cut),
    )


def _tie(made: Making, tie: Tie) -> Tie:
    words = made.text(tie.label) if tie.sketch else tie.label
    return replace(tie, label=words, mark=made.text(tie.mark))


def _box_words(made: Making, detail: str, drawn: int) -> str:
    """Return what is said of a box; how many members there are tells who is left out."""
    if not made.naming.audience.leaves_out_exploited:
        return detail
    tier, dot, _rest = detail.partition(" · ")
    told = _("{n} members drawn").format(n=drawn)
    return f"{tier} · {told}" if dot else told


def caption(made: Making, words: str) -> str:
    """Return what stands beneath a chart: what it shows, and how many people are left out."""
    told = made.naming.audience.left_out(len(made.left_out))
    return f"{words.rstrip('.')}. {told}" if told else words
