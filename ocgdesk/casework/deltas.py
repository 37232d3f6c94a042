"""What changed in the OCGs of a region since an instant: the pack for a tasking meeting."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from ocgdesk.casework import assessments, threat_grid
from ocgdesk.casework.threat_grid import Wish
from ocgdesk.domain.dates import shown
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Assignment, CountyLine, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.planning import PlanVersion
from ocgdesk.domain.plans import Action, ActionStatus, Plan
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.domain.things import Thing
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent, track
from ocgdesk.store import changed_since, history, records
from ocgdesk.store.changed_since import Turn
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

_KINDS: Final = (
    Kind.OCG,
    Kind.ASSESSMENT,
    Kind.MEMBERSHIP,
    Kind.LINK,
    Kind.COUNTY_LINE,
    Kind.ASSIGNMENT,
    Kind.PLAN_VERSION,
    Kind.ACTION,
    Kind.DISRUPTION,
)
_PLACES: Final = {
    "status": 0, "tier": 1, "score": 2, "members": 3, "lines": 4, "posts": 5, "plan": 6,
    "actions": 7, "disruptions": 8,
}  # fmt: skip
_LISTED: Final = 4
"""Disruptions that are each told by title, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OcgDelta:
    """What changed of one OCG, in sentences, the weightiest first."""

    ocg: Brief
    agency: str
    is_new: bool
    words: tuple[str, ...]
    rank: int = 0
    rank_then: int = 0
    """Its places in the threat grid; 0 where it had none."""
    rests: tuple[UUID, ...] = ()
    """The records whose changes are told or counted in its sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """What changed in the OCGs of some agencies since an instant."""

    since: datetime
    agencies: tuple[str, ...]
    rows: tuple[OcgDelta, ...]
    unchanged: int


@dataclass(slots=True)
class _Said:
    words: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    levels: Counter[str] = field(default_factory=Counter)
    """Disruptions accepted, by level: where they are many, they are counted and not listed."""
    scores: dict[str, tuple[date, str]] = field(default_factory=dict)
    """The newest score by each sheet, in words; those before it stand on the record."""
    rests: dict[UUID, None] = field(default_factory=dict)

    def hear(self, turn: Turn) -> None:
        """Take in a change, and note what it is about where there is something to say of it."""
        before = self._sign()
        _SAY[turn.thing.kind](self, turn)
        if self._sign() != before:
            self.rests |= dict.fromkeys(_about(turn.thing))

    def _sign(self) -> tuple[object, ...]:
        words = sum(len(some) for some in self.words.values())
        return words, sum(self.counts.values()), tuple(self.scores.items())


def read(
    reader: Reader,
    since: datetime,
    agencies: Collection[str] = (),
    *,
    today: date,
    progress: Progress = silent,
) -> Delta:
    """Return what changed in the OCGs these agencies own; in all where none is named."""
    wish = Wish(agencies=tuple(agencies), everything=True)
    now = {row.threat.ocg.id: row for row in threat_grid.read(reader, wish, today=today).rows}
    ranks = _ranks_then(reader, wish, since, today)
    said: dict[UUID, _Said] = defaultdict(_Said)
    born: set[UUID] = set()
    seq = history.seq_at(reader, since)
    owners = _Owners(reader)
    for kind in track(_KINDS, progress, _("Changes since the last meeting")):
        for turn in changed_since.turns(reader, kind, seq):
            for ocg in owners.of(turn.thing):
                if ocg in now:
                    said[ocg].hear(turn)
                    if kind is Kind.OCG and turn.before is None:
                        born.add(ocg)
    rows = [
        OcgDelta(
            ocg=now[id_].threat.ocg,
            agency=now[id_].threat.agency,
            is_new=id_ in born,
            words=tuple(_sentences(one)),
            rank=now[id_].rank or 0,
            rank_then=ranks.get(id_, 0),
            rests=tuple(one.rests),
        )
        for id_, one in said.items()
    ]
    found = [row for row in rows if row.words or row.is_new or row.rank != row.rank_then]
    found.sort(key=lambda row: (row.rank == 0, row.rank, row.ocg.label.casefold()))
    return Delta(
        since=since, agencies=tuple(agencies), rows=tuple(found), unchanged=len(now) - len(found)
    )


def _ranks_then(reader: Reader, wish: Wish, since: datetime, today: date) -> dict[UUID, int]:
    then = Wish(agencies=wish.agencies, everything=True, as_at=since)
    rows = threat_grid.read(reader, then, today=today).rows
    return {row.threat.ocg.id: row.rank or 0 for row in rows}


class _Owners:
    """Which OCGs a changed thing belongs to."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lines: dict[UUID, list[UUID]] = {}

    def of(self, thing: Thing) -> Sequence[UUID]:
        """Return the OCGs that a change of this thing is news of."""
        found: Sequence[UUID | None] = ()
        match thing:
            case Ocg():
                found = (thing.id,)
            case Membership():
                found = (thing.target,)
            case Link():
                found = (thing.source,) if thing.type == "controls" else ()
            case Disruption():
                found = thing.subjects
            case CountyLine():
                found = self._holding(thing.id)
            case Assessment() | Assignment():
                found = (thing.owner,)
            case PlanVersion() | Action():
                found = self._of_plan(thing.owner)
        return [id_ for id_ in found if id_ is not None]

    def _holding(self, line: UUID) -> list[UUID]:
        if line not in self._lines:
            there = bool(self._reader.numbers([line]))
            links = records.links_of(self._reader, line) if there else []
            self._lines[line] = [
                item.other.id
                for item in links
                if item.link.type == "controls" and item.other.kind is Kind.OCG
            ]
        return self._lines[line]

    def _of_plan(self, plan: UUID | None) -> list[UUID]:
        if plan is None or not self._reader.numbers([plan]):
            return []
        found = self._reader.find(plan)
        return [found.owner] if isinstance(found, Plan) and found.owner else []


# ---- What is said of each kind ------------------------------------------------------------------


def _about(thing: Thing) -> tuple[UUID, ...]:
    """Return the record a change is about: of a link, who or what it ties to the OCG."""
    match thing:
        case Membership():
            return (thing.source,)
        case Link():
            return (thing.target,)
    return (thing.id,)


def _say_ocg(said: _Said, turn: Turn) -> None:
    before, after = turn.before, turn.after
    if not isinstance(after, Ocg):
        return
    if before is None:
        status = label("ocg-statuses", after.status).lower()
        said.words["status"].append(_("New: {status}").format(status=status))
    elif isinstance(before, Ocg):
        if before.status != after.status:
            told = _("{old} to {new}")
            old, new = (label("ocg-statuses", one.status) for one in (before, after))
            said.words["status"].append(told.format(old=old, new=new.lower()))
        if before.tier != after.tier:
            told = _("Tier {old} to {new}")
            old, new = (label("tiers", one.tier) or _("none") for one in (before, after))
            said.words["tier"].append(told.format(old=old, new=new))


def _say_score(said: _Said, turn: Turn) -> None:
    score = turn.after
    if turn.before is None and isinstance(score, Assessment):
        sheet = label("scoring-sheets", score.sheet)
        day = shown(score.assessed) if score.assessed else ""
        told = _("Scored {day}: {sheet}{total}{band}")
        total = "" if score.total is None else f" {score.total:g}"
        words = assessments.band_words(score.sheet, score.band) if score.band else ""
        band = f", {words.lower()}" if words else ""
        before = said.scores.get(score.sheet)
        if before is None or (score.assessed or date.min) >= before[0]:
            words = told.format(day=day, sheet=sheet, total=total, band=band)
            said.scores[score.sheet] = (score.assessed or date.min, words)


def _say_member(said: _Said, turn: Turn) -> None:
    link = turn.after
    if turn.before is None and isinstance(link, Membership):
        said.counts["members"] += 1
    elif link is None or (isinstance(link, Membership) and _ended(turn.before, link)):
        said.counts["members left"] += 1


def _say_link(said: _Said, turn: Turn) -> None:
    if turn.before is None and turn.after is not None:
        said.counts["lines"] += 1


def _ended(before: Thing | None, after: Link) -> bool:
    return isinstance(before, Link) and before.end is None and after.end is not None


def _say_line(said: _Said, turn: Turn) -> None:
    before, after = turn.before, turn.after
    if not (isinstance(before, CountyLine) and isinstance(after, CountyLine)):
        return
    if before.status != after.status:
        status = label("line-statuses", after.status).lower()
        told = _("County line {line}: {status}")
        said.words["lines"].append(told.format(line=after.ref or after.brand, status=status))


def _say_post(said: _Said, turn: Turn) -> None:
    post = turn.after
    if turn.before is None and isinstance(post, Assignment):
        told = _("{role} now {officer}")
        role = label("assignment-roles", post.role)
        said.words["posts"].append(told.format(role=role, officer=post.officer))


def _say_version(said: _Said, turn: Turn) -> None:
    if turn.before is None and isinstance(turn.after, PlanVersion):
        told = _("4P plan signed, version {n}")
        said.words["plan"].append(told.format(n=turn.after.number))


def _say_action(said: _Said, turn: Turn) -> None:
    before, after = turn.before, turn.after
    if not isinstance(after, Action):
        return
    if before is None:
        said.counts["actions"] += 1
    is_new = after.status == ActionStatus.COMPLETE
    if is_new and not (isinstance(before, Action) and before.status == after.status):
        said.counts["actions done"] += 1


def _say_disruption(said: _Said, turn: Turn) -> None:
    before, after = turn.before, turn.after
    if not isinstance(after, Disruption) or after.status != "accepted":
        return
    if not (isinstance(before, Disruption) and before.status == "accepted"):
        level = label("disruption-levels", after.level).lower()
        told = _("Disruption accepted: {title}, {level}")
        said.words["disruptions"].append(told.format(title=after.title, level=level))
        said.levels[after.level] += 1


_SAY: Final[dict[Kind, Callable[[_Said, Turn], None]]] = {
    Kind.OCG: _say_ocg,
    Kind.ASSESSMENT: _say_score,
    Kind.MEMBERSHIP: _say_member,
    Kind.LINK: _say_link,
    Kind.COUNTY_LINE: _say_line,
    Kind.ASSIGNMENT: _say_post,
    Kind.PLAN_VERSION: _say_version,
    Kind.ACTION: _say_action,
    Kind.DISRUPTION: _say_disruption,
}


def _sentences(said: _Said) -> Iterator[str]:
    counted = dict(_counted(said))
    counted["score"] = [words for _day, words in said.scores.values()]
    if said.levels.total() > _LISTED:
        said.words["disruptions"] = [_disruptions(said.levels)]
    for place in _PLACES:
        yield from said.words.get(place, ())
        yield from counted.get(place, ())


def _disruptions(levels: Counter[str]) -> str:
    """Return how many disruptions were accepted, the weightiest level first."""
    told = _("{n} disruptions accepted: {levels}")
    each = (
        f"{levels[item.code]} {label('disruption-levels', item.code).lower()}"
        for item in code_list("disruption-levels")
        if levels[item.code]
    )
    return told.format(n=levels.total(), levels=", ".join(each))


def _counted(said: _Said) -> Iterator[tuple[str, list[str]]]:
    n = said.counts
    members = [
        ngettext("{n} member added", "{n} members added", n["members"]).format(n=n["members"])
        if n["members"]
        else "",
        ngettext("{n} member left", "{n} members left", n["members left"]).format(
            n=n["members left"]
        )
        if n["members left"]
        else "",
    ]
    yield "members", [one for one in members if one]
    if n["lines"]:
        told = ngettext("{n} county line linked", "{n} county lines linked", n["lines"])
        yield "lines", [told.format(n=n["lines"])]
    if n["actions"] or n["actions done"]:
        told = _("{new} actions raised, {done} completed")
        yield "actions", [told.format(new=n["actions"], done=n["actions done"])]
