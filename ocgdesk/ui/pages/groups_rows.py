"""The five lists of the groups page: what each row says, in columns and in a sentence."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ocgdesk.casework.groups import Group, Groups
from ocgdesk.graph.comparing import Alike, Comparison, Elsewhere, Parted, Unmapped
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.values import Align, Cell, Heading, Text

Known = Mapping[int, Brief]

TITLES: Final = {
    "elsewhere": N_("Wrong group?"),
    "unmapped": N_("In no OCG"),
    "alike": N_("Two like one"),
    "parted": N_("One like two"),
    "groups": N_("Groups"),
}
NOTHING: Final = {
    "elsewhere": N_("Everybody sits with the rest of their OCG."),
    "unmapped": N_("Nobody outside the OCGs is tied to members of one."),
    "alike": N_("No two OCGs on record look like one."),
    "parted": N_("No OCG on record looks like two."),
    "groups": N_("No group was found: the links join too few."),
}
_NAMED: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding: its records, figures, and what it says in a sentence."""

    title: str
    sentence: str
    drawn: tuple[Brief, ...]
    """What a chart of it shows; the first is opened by Enter."""
    one: Brief | None = None
    two: Brief | None = None
    three: Brief | None = None
    counts: tuple[int | None, ...] = ()
    words: tuple[str, ...] = field(default=())


def rows(found: Groups, known: Known, top: int) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each list; without a comparison only the groups themselves."""
    made: dict[str, tuple[Row, ...]] = {}
    said = found.comparison
    if said is not None:
        made["elsewhere"] = tuple(_elsewhere(said, found, known, top))
        made["unmapped"] = tuple(_unmapped(said, known, top))
        made["alike"] = tuple(_alike(said, known, top))
        made["parted"] = tuple(_parted(said, known, top))
    made["groups"] = tuple(_groups(found, known, top))
    return made


def agreement(found: Groups) -> str:
    """Return how far groups and record agree, in a sentence."""
    said = found.comparison
    if said is None:
        return _("Groups of this sort overlap or leave people out: not compared with the record")
    if said.agreement is None:
        return _("Too few people are in one OCG on record to compare the groups with it")
    told = _("over {n:,} people in one OCG each, groups and record agree to {share:.2f} of 1")
    return told.format(n=said.compared, share=said.agreement)


def columns(key: str) -> tuple[Column, ...]:
    """Return the columns of a list."""
    if key == "groups":
        return (
            _number(_("Group"), 0, 64),
            _number(_("Size"), 1, 64),
            _number(_("Binding"), 2, 76, yields=2),
            _words(_("OCGs on record"), 0, 200),
            _words(_("Members"), 1, 260, stretch=3),
        )
    return {
        "elsewhere": (
            _record(_("Person"), _one),
            _record(_("On record in"), _two),
            _record(_("Sits with"), _three),
            _number(_("Ties there"), 0, 92),
            _number(_("Ties to own OCG"), 1, 124),
        ),
        "unmapped": (
            _record(_("Person"), _one),
            _record(_("Tied to members of"), _two),
            _number(_("Members tied to"), 0, 120),
        ),
        "alike": (
            _record(_("OCG"), _one),
            _record(_("Looks like one with"), _two),
            _number(_("Ties between"), 0, 108),
            _number(_("Members of both"), 1, 124),
        ),
        "parted": (
            _record(_("OCG"), _one),
            _words(_("Some members"), 0, 200),
            _words(_("Other members"), 1, 200),
            _number(_("Ties between"), 0, 108),
        ),
    }[key]


def _one(row: Row) -> Brief | None:
    return row.one


def _two(row: Row) -> Brief | None:
    return row.two


def _three(row: Row) -> Brief | None:
    return row.three


def _record(title: str, of: Callable[[Row], Brief | None]) -> Column:
    def cell(row: Row) -> Cell:
        brief = of(row)
        return entity(brief) if brief is not None else Text("–", "text.3")

    def order(row: Row) -> Any:
        brief = of(row)
        return brief.label.casefold() if brief is not None else None

    return Column(heading=Heading(title=title), cell=cell, order=order, width=170, stretch=2)


def _number(title: str, at: int, width: int, *, yields: int = 0) -> Column:
    def cell(row: Row) -> Cell:
        value = row.counts[at]
        return Text("–" if value is None else f"{value:,}", align="right")

    align: Align = "right"
    return Column(
        heading=Heading(title=title, align=align),
        cell=cell,
        order=lambda row: row.counts[at],
        width=width,
        stretch=0,
        yields=yields,
    )


def _words(title: str, at: int, width: int, *, stretch: int = 2) -> Column:
    return Column(
        heading=Heading(title=title),
        cell=lambda row: Text(row.words[at]),
        order=lambda row: row.words[at].casefold(),
        width=width,
        stretch=stretch,
    )


def _some(nos: Iterable[int], known: Known) -> tuple[Brief, ...]:
    return tuple(known[no] for no in nos if no in known)


def _names(briefs: tuple[Brief, ...]) -> str:
    more = "…" if len(briefs) > _NAMED else ""
    return ", ".join(brief.label for brief in briefs[:_NAMED]) + more


def _elsewhere(said: Comparison, found: Groups, known: Known, top: int) -> Iterator[Row]:
    sizes = {group.number - 1: group for group in found.groups}
    for one in said.elsewhere[:top]:
        if one.person in known and one.ocg in known:
            yield _row_elsewhere(one, sizes, known)


def _row_elsewhere(one: Elsewhere, groups: dict[int, Group], known: Known) -> Row:
    person, ocg = known[one.person], known[one.ocg]
    near = known.get(one.near) if one.near is not None else None
    told = _(
        "{person} is recorded in {ocg} and has {home} ties to its members, but {there} ties to "
        "those they sit with{near}. It suggests a look at the membership; it proves nothing."
    )
    with_ = _(", mostly {ocg}").format(ocg=near.label) if near is not None else ""
    others = _some(groups[one.sits].items, known) if one.sits in groups else ()
    others = tuple(brief for brief in others if brief.id != person.id)
    return Row(
        title=person.label,
        sentence=told.format(
            person=person.label,
            ocg=ocg.label,
            home=one.ties_home,
            there=one.ties_there,
            near=with_,
        ),
        drawn=(person, ocg, *((near,) if near else ()), *others),
        one=person,
        two=ocg,
        three=near,
        counts=(one.ties_there, one.ties_home),
    )


def _unmapped(said: Comparison, known: Known, top: int) -> Iterator[Row]:
    for one in said.unmapped[:top]:
        if one.person in known and one.near in known:
            yield _row_unmapped(one, known)


def _row_unmapped(one: Unmapped, known: Known) -> Row:
    person, ocg = known[one.person], known[one.near]
    told = ngettext(
        "{person} is in no OCG on record and is tied to {n} member of {ocg}.",
        "{person} is in no OCG on record and is tied to {n} members of {ocg}.",
        one.ties,
    )
    return Row(
        title=person.label,
        sentence=told.format(person=person.label, n=one.ties, ocg=ocg.label),
        drawn=(person, ocg),
        one=person,
        two=ocg,
        counts=(one.ties,),
    )


def _alike(said: Comparison, known: Known, top: int) -> Iterator[Row]:
    for one in said.alike[:top]:
        if one.one in known and one.other in known:
            yield _row_alike(one, known)


def _row_alike(one: Alike, known: Known) -> Row:
    first, second = known[one.one], known[one.other]
    told = _(
        "{one} and {other} look like one group: {ties} ties between their members, {shared} "
        "members of both, as dense between them as {share:.0%} of the looser one within itself."
    )
    return Row(
        title=_("{one} and {other}").format(one=first.label, other=second.label),
        sentence=told.format(
            one=first.label,
            other=second.label,
            ties=one.ties,
            shared=one.shared,
            share=one.nearness,
        ),
        drawn=(first, second),
        one=first,
        two=second,
        counts=(one.ties, one.shared),
    )


def _parted(said: Comparison, known: Known, top: int) -> Iterator[Row]:
    for one in said.parted[:top]:
        if one.ocg in known:
            yield _row_parted(one, known)


def _row_parted(one: Parted, known: Known) -> Row:
    ocg = known[one.ocg]
    here, there = _some(one.here, known), _some(one.there, known)
    told = _(
        "{ocg} looks like two groups: {here} members and {there} members, with {ties} ties "
        "between the two."
    )
    return Row(
        title=ocg.label,
        sentence=told.format(
            ocg=ocg.label, here=len(one.here), there=len(one.there), ties=one.ties
        ),
        drawn=(ocg, *here, *there),
        one=ocg,
        counts=(one.ties,),
        words=(_names(here), _names(there)),
    )


def _groups(found: Groups, known: Known, top: int) -> Iterator[Row]:
    for group in found.groups[:top]:
        if members := _some(group.items, known):
            yield _row_group(group, members, known)


def _row_group(group: Group, members: tuple[Brief, ...], known: Known) -> Row:
    size = len(group.items) + group.safeguarded
    ocgs = [(known[no], n) for no, n in group.ocgs if no in known]
    told = ngettext("A group of {n} record.", "A group of {n} records.", size).format(n=size)
    if group.safeguarded:
        more = _("{n} people to be safeguarded are in it and not listed.")
        told += " " + more.format(n=group.safeguarded)
    if ocgs:
        names = ", ".join(f"{ocg.label} ({n})" for ocg, n in ocgs[:_NAMED])
        told += " " + _("Its members are on record in {names}.").format(names=names)
    return Row(
        title=_("Group {n}").format(n=group.number),
        sentence=told,
        drawn=members,
        counts=(group.number, size, group.binding),
        words=(
            ", ".join(f"{ocg.label} ({n})" for ocg, n in ocgs[:3]),
            _names(members),
        ),
    )
