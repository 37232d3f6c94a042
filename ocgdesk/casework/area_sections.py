"""The sections of a product about an area: its OCGs, lines, harm, disruptions and plans.

Home Office, *SOC local profiles: a guide* (6 February 2025) says what a profile is for; which
sections it has here is a local default.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, Final

from ocgdesk.casework import area_reports
from ocgdesk.casework.brief_parts import Cell, Making, Section, nothing, table
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import CountyLine, Ocg
from ocgdesk.domain.plans import Strand
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import N_, _
from ocgdesk.reports.document import Block, Facts, Paragraph, Tone
from ocgdesk.store import areas, claims_listed, coverage
from ocgdesk.store import records as queries
from ocgdesk.store.areas import Why
from ocgdesk.store.records import Brief

_WHY: Final = {
    Why.OWNED: N_("owned here"),
    Why.IMPACTED: N_("has impact here"),
    Why.LINE: N_("county line"),
    Why.ADDRESS: N_("somebody in it has an address here"),
}
MOST: Final = 200
"""Rows of one table, at most; what is left out is told."""
NEWEST: Final = 25
"""Disruptions that are listed: of all of them the outcomes are added up."""


def _ocgs(made: Making) -> Mapping[int, frozenset[Why]]:
    if "area-ocgs" not in made.kept:
        found_here = areas.ocgs(made.reader, made.within)
        made.kept["area-ocgs"] = area_reports.told(made, found_here, _lines(made))
    found: Mapping[int, frozenset[Why]] = made.kept["area-ocgs"]
    return found


def _lines(made: Making) -> list[int]:
    if "area-lines" not in made.kept:
        made.kept["area-lines"] = areas.lines(made.reader, made.within)
    found: list[int] = made.kept["area-lines"]
    return found


def glance(made: Making) -> Iterator[Block]:
    """Yield what the area is, what is counted, and how much there is of it."""
    area, found, lines = made.within, _ocgs(made), _lines(made)
    audience = made.naming.audience
    known = [one for one in made.reader.load(lines) if isinstance(one, CountyLine)]
    live = sum(one.status not in areas.CLOSED for one in known)
    exploited = areas.exploited_near(made.reader, [*found, *lines])
    cuckooed = areas.places(made.reader, area, cuckooed=True)
    made.counts([*found, *lines, *exploited, *cuckooed])
    forces = ", ".join(label("agencies", code) for code in area.codes) or "–"
    yield Facts(
        (
            (_("Area"), area.words),
            (_("Agencies"), forces),
            (_("Period of what is counted"), made.period.words),
            (_("OCGs"), f"{len(found):,}"),
            (_("County lines, closed ones left out"), f"{live:,}"),
            (_("People recorded as exploited near them"), audience.counted(len(exploited))),
            (_("Cuckooed addresses on record"), audience.counted(len(cuckooed))),
        )
    )
    told = _(
        "An OCG belongs to the area if an agency of it owns the OCG, if the area is among those it"
        " has impact in, or if a county line of it begins or ends there; of a town, also if"
        " somebody in it has an address there. Archived, rejected and merged ones are left out."
    )
    yield Paragraph(told, Tone.QUIET)


def threats(made: Making) -> Iterator[Block]:
    """Yield how many OCGs of the area there are of each primary type, with shares."""
    found = [one for one in made.reader.load(list(_ocgs(made))) if isinstance(one, Ocg)]
    made.counts(_ocgs(made))
    by_type = Counter(one.primary_crime for one in found)
    rows: list[tuple[Cell, ...]] = [
        (label("crime-types", code) or _("not recorded"), n, f"{n / len(found) * 100:.1f} %")
        for code, n in by_type.most_common()
    ]
    yield from table(
        (_("Primary type"), _("OCGs"), _("Share")), rows, _("No OCG is recorded in this area.")
    )


def groups(made: Making) -> Iterator[Block]:
    """Yield the OCGs of the area: why each belongs to it, its tier, when it was last disrupted."""
    found = _ocgs(made)
    known = {one.id: one for one in made.reader.load(list(found)) if isinstance(one, Ocg)}
    last = claims_listed.last_against(made.reader, known)
    rows: list[tuple[Cell, ...]] = [
        (
            f"{made.name(brief)}\n{brief.ref}",
            label("tiers", known[brief.id].tier) or "–",
            label("crime-types", known[brief.id].primary_crime) or "–",
            label("agencies", known[brief.id].agency) or "–",
            _why(made, found[brief.no]),
            last.get(brief.id),
        )
        for brief in _first(made, _by_tier(made, known))
    ]
    yield from table(
        (_("OCG"), _("Tier"), _("Primary type"), _("Owner"), _("Why here"), _("Last disrupted")),
        rows,
        _("No OCG is recorded in this area."),
    )
    yield from _left_out(len(known) - len(rows))


def _why(made: Making, reasons: Collection[Why]) -> str:
    """Return why an OCG belongs to the area; where somebody lives only to whom may know."""
    if made.naming.audience.places or Why.ADDRESS not in reasons:
        return ", ".join(_(_WHY[why]) for why in Why if why in reasons)
    rest = [_(_WHY[why]) for why in Why if why in reasons and why is not Why.ADDRESS]
    return ", ".join((*rest, _("linked to it")))


def _by_tier(made: Making, known: Mapping[Any, Ocg]) -> list[Brief]:
    tiers = {code: at for at, code in enumerate(_tier_codes())}
    briefs = queries.briefs(made.reader, list(_ocgs(made)))
    return sorted(
        (one for one in briefs if one.id in known),
        key=lambda one: (tiers.get(known[one.id].tier, len(tiers)), one.label.casefold()),
    )


@cache
def _tier_codes() -> tuple[str, ...]:
    return tuple(one.code for one in code_list("tiers"))


def _first(made: Making, briefs: list[Brief]) -> list[Brief]:
    """Return the rows that are listed; the briefing rests on what is left out all the same."""
    for brief in briefs[MOST:]:
        made.rests_on(brief)
    return briefs[:MOST]


def _left_out(n: int) -> Iterator[Block]:
    if n > 0:
        yield nothing(_("{n} more are counted above and not listed.").format(n=n))


def lines(made: Making) -> Iterator[Block]:
    """Yield the county lines that begin or end in the area."""
    briefs = queries.briefs(made.reader, _lines(made))
    known = {one.id: one for one in made.reader.load(_lines(made)) if isinstance(one, CountyLine)}
    rows: list[tuple[Cell, ...]] = [
        (
            f"{made.name(brief)}\n{brief.ref}",
            label("line-statuses", known[brief.id].status),
            made.text(known[brief.id].hub) or label("agencies", known[brief.id].exporter) or "–",
            made.text(", ".join(known[brief.id].towns)) or "–",
        )
        for brief in _first(made, briefs)
        if brief.id in known
    ]
    yield from table(
        (_("Line"), _("Status"), _("From"), _("To")), rows, _("No county line is recorded here.")
    )
    yield from _left_out(len(known) - len(rows))


def disruptions(made: Making) -> Iterator[Block]:
    """Yield the accepted disruptions of the period against its OCGs and lines, with outcomes."""
    nos = [*_ocgs(made), *_lines(made)]
    found, total = areas.disruptions(made.reader, nos, made.period, most=NEWEST)
    made.counts(areas.counted(made.reader, nos, made.period))
    about = queries.by_ids(made.reader, {id_ for one in found for id_ in one.subjects})
    here = {brief.id for brief in about.values() if brief.no in set(nos)}
    rows = [_disruption(made, one, about, here) for one in found]
    titled = (_("Disruption"),) if made.naming.audience.names else ()
    yield from table(
        (_("Date"), _("Against"), *titled, _("Strand"), _("Level")),
        rows,
        _("No disruption is accepted in this period."),
    )
    if total > len(rows):
        told = _("The newest {n} of {all} are listed; what came of all of them stands below.")
        yield nothing(told.format(n=len(rows), all=f"{total:,}"))
    yield from table(
        (_("Outcome"), _("Value"), _("Unit"), _("Lines")),
        _came(made, nos),
        _("No outcome is recorded in this period."),
    )


def _disruption(
    made: Making, one: Disruption, about: Mapping[Any, Brief], here: set[Any]
) -> tuple[Cell, ...]:
    """Return a disruption as a row; its title may name people: it goes where they are not."""
    names = ", ".join(made.name(about[id_]) for id_ in one.subjects if id_ in here)
    title = (made.text(one.title),) if made.naming.audience.names else ()
    strand, level = label("strands", one.strand) or "–", label("disruption-levels", one.level)
    made.markings.append((one.marking, one.ref))
    return (one.on, names, *title, strand, level)


def _came(made: Making, nos: Collection[int]) -> list[tuple[Cell, ...]]:
    """Return what came of the disruptions by measure; amounts in other units stand apart."""
    return [
        (
            label("outcome-measures", measure),
            made.told_apart(measure, value) or round(value, 4),
            label("units", unit),
            lines_,
        )
        for measure, unit, value, lines_ in areas.outcomes(made.reader, nos, made.period)
    ]


def plans(made: Making) -> Iterator[Block]:
    """Yield which Ps of the plans of its OCGs have something live, and which have nothing.

    Nothing to an audience that may not know of live tactics.
    """
    if not made.naming.audience.tactics:
        return
    found = _ocgs(made)
    live: dict[int, dict[str, int]] = defaultdict(dict)
    for one in coverage.strands(made.reader, found):
        live[one.ocg][one.strand] = one.live
    briefs = queries.briefs(made.reader, list(found))
    rows: list[tuple[Cell, ...]] = [
        (made.name(brief), *(live[brief.no].get(strand.value, 0) for strand in Strand))
        for brief in _first(made, briefs)
    ]
    titles = (_("OCG: live actions"), *(label("strands", one.value) for one in Strand))
    yield from table(titles, rows, _("No OCG is recorded in this area."))
    yield from _left_out(len(briefs) - len(rows))
    for strand in Strand:
        bare = sum(not live[no].get(strand.value, 0) for no in found)
        if bare:
            told = _("{strand}: {n} of {all} OCGs have nothing live.")
            words = label("strands", strand.value)
            yield Paragraph(told.format(strand=words, n=bare, all=len(found)))


SECTIONS: Final[dict[str, tuple[str, Section]]] = {
    "area": (N_("The area"), glance),
    "area-threats": (N_("Threats"), threats),
    "area-ocgs": (N_("OCGs"), groups),
    "area-lines": (N_("County lines"), lines),
    "area-disruptions": (N_("Disruptions and outcomes"), disruptions),
    "area-plans": (N_("4P plans"), plans),
}
"""Every section about an area by its code: its heading, and what makes it."""
