"""Parts of a register: its words, its columns as the user left them, where its rows lead."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from ocgdesk.casework import link_lookups
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.kinds import LINKS, SUBJECTS, SUBRECORDS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store import listing, records
from ocgdesk.store.reader import Reader
from ocgdesk.ui import words
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.widgets.headers import Act

MADE_BY_HAND: Final = (*SUBJECTS, Kind.REPORT)
"""Kinds a user can add on the register's page; the rest come from a plan, a chart or a record."""
PLANNED: Final = frozenset({Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION, Kind.ASSIGNMENT})
_BASIS: Final = {
    Kind.OCG: N_("status and tier as recorded"),
    Kind.NOMINAL: N_("being on record says nothing about guilt"),
    Kind.HANDLE: N_("names as recorded, with capitals kept"),
    Kind.COUNTY_LINE: N_("status as recorded"),
    Kind.REPORT: N_("grades as received"),
    Kind.MEMBERSHIP: N_("strength as recorded"),
    Kind.ATTRIBUTION: N_("assessments until they are reviewed"),
    Kind.LINK: N_("strength as recorded"),
}
_NONE_YET: Final = {
    Kind.OCG: N_("No OCG yet. Add one or import a list."),
    Kind.NOMINAL: N_("No nominal yet. Add one or import a list."),
    Kind.HANDLE: N_("No handle yet. Add one or import a list."),
    Kind.COUNTY_LINE: N_("No county line yet. Add one or import a list."),
    Kind.REPORT: N_("No intelligence report yet. Add one or import a list."),
    Kind.CHART: N_("No saved chart yet. Draw one round a record and save it."),
    Kind.PLAN: N_("No 4P plan yet. Start one from an OCG's record."),
    Kind.MEMBERSHIP: N_("No membership yet. Add one on the record of an OCG or a nominal."),
    Kind.ATTRIBUTION: N_("No attribution yet. Add one on the record of a handle."),
    Kind.LINK: N_("No link yet. Add one on a record or import a list."),
}


def subtitle(kind: Kind, shown: int, total: int) -> str:
    """Return the count and its basis: ``39 of 42 shown · status and tier as recorded``."""
    said = _("{shown} of {total} shown").format(shown=f"{shown:,}", total=f"{total:,}")
    basis = _BASIS.get(kind)
    return f"{said} · {_(basis)}" if basis else said


def nothing(kind: Kind) -> str:
    """Return the sentence of a register that is empty."""
    said = _NONE_YET.get(kind)
    if said is not None:
        return _(said)
    if kind in SUBRECORDS:
        return _("Nothing here yet. It is added on the record it belongs to.")
    return _("Nothing here yet. Add one or import a list.")


def right_of(kind: Kind) -> Right:
    """Return the right that changing this kind takes."""
    return Right.PLAN if kind in PLANNED else Right.CHART if kind is Kind.CHART else Right.EDIT


def acts(kind: Kind, *, edits: str, exports: str) -> tuple[Act, ...]:
    """Return what can be done with ticked rows; the texts say why not, empty where it can."""
    found = [Act("open", _("Open"), "action.open", "Enter")]
    if kind in SUBJECTS:
        found.append(Act("chart", _("Chart these"), "action.chart"))
    found.append(Act("export", _("Export rows"), "action.export", refused=exports))
    found.append(Act("remove", _("Remove"), "action.delete", "Shift+Del", refused=edits))
    return tuple(found)


def counted(ticked: int, shown: int) -> str:
    """Return how many rows there are, and of these how many are ticked."""
    if ticked:
        return ngettext("{n} of {all} row", "{n} of {all} rows", shown).format(
            n=f"{ticked:,}", all=f"{shown:,}"
        )
    return ngettext("{n} row", "{n} rows", shown).format(n=f"{shown:,}")


def held(filters: int, sorts: int) -> tuple[str, ...]:
    """Return how many filters and orders hold."""
    said = []
    if filters:
        said.append(ngettext("{n} filter", "{n} filters", filters).format(n=filters))
    if sorts:
        said.append(ngettext("{n} sort", "{n} sorts", sorts).format(n=sorts))
    return tuple(said)


def ids_of(reader: Reader, kind: Kind, numbers: Sequence[int]) -> list[UUID]:
    """Return the ids of rows."""
    return [row.id for row in listing.window(reader, kind, numbers, ())]


def targets(reader: Reader, kind: Kind, numbers: Sequence[int]) -> list[Target]:
    """Return where rows lead: records to themselves, all else to the record it belongs to.

    Plans lead to their OCG's, links to the record they start from.
    """
    if kind in LINKS:
        return _link_targets(reader, numbers)
    if kind in PLANNED:
        found = (_plan_target(reader, no) for no in numbers)
        return [target for target in found if target is not None]
    if kind in SUBRECORDS:
        return _owner_targets(reader, numbers)
    page = PageKind.CHART if kind is Kind.CHART else PageKind.RECORD
    ids = ids_of(reader, kind, numbers)
    named = None if kind is Kind.CHART else kind
    return [Target(page=page, kind=named, id=id_) for id_ in ids]


def _link_targets(reader: Reader, numbers: Sequence[int]) -> list[Target]:
    links = [thing for thing in reader.load(numbers, Base.LINK) if isinstance(thing, Link)]
    ends = records.by_ids(reader, [link.source for link in links])
    starts = [ends[link.source] for link in links if link.source in ends]
    return [
        Target(page=PageKind.RECORD, kind=end.kind, id=end.id, tab="links")
        for end in dict.fromkeys(starts)
    ]


def start_then(reader: Reader, id_: UUID, moment: Moment) -> Target:
    """Return where a row of links leads at another time: to the record it started from, then."""
    start = link_lookups.look(reader, id_, as_at=moment.as_at).source
    return Target(page=PageKind.RECORD, kind=start.kind, id=start.id, tab="links", moment=moment)


def _owner_targets(reader: Reader, numbers: Sequence[int]) -> list[Target]:
    """Lead to the records that sub-records hang on, each once; a plan to its OCG's plan."""
    things = [thing for thing in reader.load(numbers) if isinstance(thing, Entity)]
    owners = [thing.owner for thing in things if thing.owner is not None]
    known = records.by_ids(reader, owners)
    found = [known[id_] for id_ in dict.fromkeys(owners) if id_ in known]
    targets_ = (
        _plan_target(reader, owner.no)
        if owner.kind in PLANNED
        else Target(page=PageKind.RECORD, kind=owner.kind, id=owner.id)
        for owner in found
    )
    return [target for target in targets_ if target is not None]


def _plan_target(reader: Reader, number: int) -> Target | None:
    """Follow owners up to the OCG."""
    found = reader.load([number])
    while found and isinstance(found[0], Entity) and found[0].kind is not Kind.OCG:
        owner = found[0].owner
        found = [reader.find(owner)] if owner is not None else []
    return Target(page=PageKind.PLAN, id=found[0].id) if found else None


def remove_label(kind: Kind, count: int) -> str:
    """Return the name of the act that takes rows out."""
    noun = words.one(kind) if count == 1 else words.many(kind)
    return _("Remove {what}").format(what=inside(noun))


def inside(noun: str) -> str:
    """Return a noun inside a sentence: OCG and OCGs stay, Nominal becomes nominal."""
    return noun if noun[:2].isupper() else noun[0].lower() + noun[1:]
