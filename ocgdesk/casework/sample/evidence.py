"""Intelligence reports, what they mention, and which of them a link rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from ocgdesk.casework.sample.names import Name
from ocgdesk.casework.sample.places import street
from ocgdesk.casework.sample.rosters import Rosters
from ocgdesk.casework.sample.setting import Setting, loosely
from ocgdesk.casework.sample.streams import Weighted, shares
from ocgdesk.domain.entities import Ocg, Report
from ocgdesk.domain.links import Link, Strength
from ocgdesk.domain.things import Entity

_GRADES = Weighted(
    {"2CP": 24.0, "2BP": 14.0, "1AP": 13.0, "2DP": 9.0, "1BP": 8.0, "2CC": 8.0, "2AP": 7.0,
     "1BC": 4.0, "3CP": 4.0, "3DP": 3.0, "1AC": 3.0, "2EP": 1.5, "3EP": 1.0, "2DC": 0.5}
)  # fmt: skip
_CONFIRMING = frozenset({"1A", "1B"})
_CONDITIONS = (
    "For police only; ask the originator before acting on it.",
    "Not to be shared with partners until the operation is overt.",
    "Sanitised wording only outside the owning team.",
)

# Title and text; {a} and {b} are members, {o} the group, {s} a street.
_STORIES: tuple[tuple[str, str], ...] = (
    ("{a} seen with {b} on {s}", "{a} met {b} on {s} and handed over a small package."),
    ("{a} said to direct others in {o}", "{a} decides who works and what is paid within {o}."),
    ("{a} has a new phone", "{a} was using a second phone, kept apart from the first."),
    ("{a} hired a car", "{a} hired a car for two days; {b} was seen driving it."),
    ("{b} owes {a} money", "{b} is in debt to {a} and has been told to work it off."),
    ("Stash thought to be on {s}", "A flat on {s} is thought to hold stock for {o}."),
    ("{a} threatened {b}", "{a} threatened {b} over a missing delivery."),
    ("Cash collected by {a}", "{a} collected cash from three addresses near {s}."),
    ("{o} short of supply", "{o} had nothing to sell for a week; prices rose."),
    ("{a} and {b} travelled together", "{a} and {b} went by train and came back the same day."),
    ("{a} stopped and searched", "{a} was searched on {s}; cash and two phones were found."),
    ("{o} moving into a new area", "{o} is said to be looking for addresses to use."),
    ("{a} spoke for {o}", "{a} agreed with another group who would work which streets."),
    ("Young people with {a}", "{a} was seen buying food for two young people on {s}."),
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The reports about each OCG, ready to be rested on."""

    about: tuple[tuple[Report, ...], ...]
    share: float
    """How many links rest on reports, between 0 and 1."""

    def support(
        self, chance: Random, group: int, *, least: int = 1
    ) -> tuple[tuple[UUID, ...], str]:
        """Return reports for one more link within this group, and how sure they make it.

        What rests on one untested source is tentative. Asked for three or more, there are
        always some.
        """
        pool = self.about[group]
        if not pool or (chance.random() > self.share and least < 3):
            return (), _UNSOURCED[int(chance.random() * 4)]
        count = min(len(pool), max(least, _COUNTS[int(chance.random() * 10)]))
        found = pool[int(chance.random() * len(pool)) :][:count] or pool[:count]
        strength = Strength.UNCONFIRMED if len(found) > 1 else Strength.TENTATIVE
        if any(report.grade[:2] in _CONFIRMING for report in found):
            strength = Strength.CONFIRMED
        return tuple(report.id for report in found), strength.value


_COUNTS = (1, 1, 1, 1, 1, 2, 2, 2, 3, 4)
_UNSOURCED = (
    Strength.UNCONFIRMED.value,
    Strength.UNCONFIRMED.value,
    Strength.TENTATIVE.value,
    Strength.CONFIRMED.value,
)


@dataclass(frozen=True, slots=True)
class Intelligence:
    """Reports, and the links from each to whom and what it mentions."""

    reports: tuple[Report, ...]
    mentions: tuple[Link, ...]
    evidence: Evidence


def intelligence(
    setting: Setting,
    groups: Sequence[Ocg],
    people: Rosters,
    known: Sequence[Entity],
    named: Sequence[Name],
) -> Intelligence:
    """Return graded reports about every OCG and what they mention."""
    chance, ids = setting.numbers("reports"), setting.ids("reports")
    link_ids = setting.ids("mentions")
    weights = [len(members) + 2.0 for members in people.members]
    about: list[tuple[Report, ...]] = []
    mentions: list[Link] = []
    for number, count in enumerate(shares(setting.size.reports, weights)):
        made: list[Report] = []
        for _ in range(count):
            pair = chance.sample(people.members[number], 2)
            words = {"a": named[pair[0]].full, "b": named[pair[1]].full}
            report, ends = _report(setting, chance, next(ids), groups[number].name, words)
            ends_of = [groups[number].id, *(known[pair["ab".index(end)]].id for end in ends)]
            mentions += _mentions(link_ids, report, ends_of)
            made.append(report)
        about.append(tuple(made))
    reports = tuple(report for found in about for report in found)
    return Intelligence(reports, tuple(mentions), Evidence(tuple(about), setting.size.sourced))


def _report(
    setting: Setting, chance: Random, id_: UUID, group: str, words: dict[str, str]
) -> tuple[Report, list[str]]:
    """Return a report and which of the two members it names."""
    title, text = chance.choice(_STORIES)
    words = {**words, "o": group, "s": street(chance)}
    grade = _GRADES.draw(chance)
    received = setting.day_ago(chance, 1, 720)
    report = Report(
        id=id_,
        title=title.format_map(words),
        grade=grade,
        conditions=chance.choice(_CONDITIONS) if grade[2] == "C" else "",
        reported=loosely(chance, (received - timedelta(days=chance.randint(0, 5))).toordinal()),
        received=received,
        origin=f"Source {chance.choice('ABCDEFGHJK')}",
        text=f"{text.format_map(words)} (Synthetic.)",
    )
    return report, [end for end in "ab" if f"{{{end}}}" in title + text]


def _mentions(ids: Iterator[UUID], report: Report, ends: list[UUID]) -> Iterator[Link]:
    for end in ends:
        yield Link(
            id=next(ids),
            source=report.id,
            target=end,
            type="mentions",
            directed=True,
            strength=Strength.CONFIRMED.value,
            reports=(report.id,),
        )
