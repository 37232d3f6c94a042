"""Options side by side: what each would come to, in a table and at length."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ocgdesk.casework.consequences import CANDIDATES
from ocgdesk.casework.what_if import Option
from ocgdesk.graph.removal import Curve
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.plots import Plot, Series
from ocgdesk.ui.widgets.values import Heading, Text

_NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One consequence in every option: in short for the table, at length beside it."""

    title: str
    cells: tuple[str, ...]
    told: tuple[tuple[str, ...], ...]


def letter(at: int) -> str:
    """Return what an option is called: A, then B."""
    return chr(ord("A") + at)


def outcomes(options: Sequence[Option]) -> tuple[Outcome, ...]:
    """Return what follows from each option; what follows from none is left out."""
    made = (
        Outcome(
            title=title,
            cells=tuple(short(option) for option in options),
            told=tuple(tuple(long(option)) for option in options),
        )
        for title, short, long in _parts()
    )
    return tuple(one for one in made if any(cell != "–" for cell in one.cells))


def columns(options: Sequence[Option]) -> tuple[Column, ...]:
    """Return a column for what is told, and one for each option."""
    first = Column(
        heading=Heading(title=_("What would follow")),
        cell=lambda row: Text(row.title, strong=True),
        order=lambda row: row.title,
        width=170,
        stretch=1,
    )
    return (first, *(_column(at) for at in range(len(options))))


def _column(at: int) -> Column:
    return Column(
        heading=Heading(title=_("Option {letter}").format(letter=letter(at))),
        cell=lambda row: Text(row.cells[at]),
        order=lambda row: row.cells[at],
        width=110,
        stretch=3,
    )


def curve_plot(curves: Sequence[Curve]) -> Plot:
    """Return how the largest part shrinks as the foremost are removed one by one."""
    longest = max((len(curve.largest) for curve in curves), default=0)
    names = {"betweenness": _("by betweenness"), "degree": _("by degree")}
    lines = tuple(
        Series(names[curve.by], (*curve.largest, *(None,) * (longest - len(curve.largest))))
        for curve in curves
    )
    said = "; ".join(
        _("{name}: {share:.0%} left after {n}").format(
            name=line.name, share=curve.largest[-1], n=len(curve.removed)
        )
        for line, curve in zip(lines, curves, strict=True)
        if curve.largest
    )
    return Plot(
        steps=tuple(str(n) for n in range(longest)),
        lines=lines,
        unit=_("Largest part, as a share of what it is now, after so many removals"),
        share=True,
        words=said,
    )


_Short = Callable[[Option], str]
_Long = Callable[[Option], Iterator[str]]


def _parts() -> tuple[tuple[str, _Short, _Long], ...]:
    return (
        (_("Removed"), lambda o: _some(o.removed), lambda o: _labels(o.removed)),
        (_("Fragmentation"), _fragmentation, _fragmented),
        (_("Largest part"), _largest, _fragmented),
        (_("Pairs cut apart"), lambda o: _count(o.effect.pairs_cut), _fragmented),
        (_("OCGs that lose members"), _groups, _groups_told),
        (
            _("Lines nobody would run"),
            lambda o: _some(o.consequences.lines),
            lambda o: _labels(o.consequences.lines),
        ),
        (
            _("Commodities nobody would deal in"),
            lambda o: _some(o.consequences.commodities),
            lambda o: _labels(o.consequences.commodities),
        ),
        (
            _("Lines and handles cut off"),
            lambda o: _some(o.consequences.fallen),
            lambda o: _labels(o.consequences.fallen),
        ),
        (
            _("Might step in"),
            lambda o: _some([c.who for c in o.consequences.candidates]),
            _candidates,
        ),
        (_("Left unprotected"), _unprotected, _unprotected_told),
        (
            _("OCGs brought into contact"),
            lambda o: _count(len(o.consequences.contacts)),
            _contacts,
        ),
    )


def _count(n: int) -> str:
    return f"{n:,}" if n else "–"


def _some(briefs: Sequence[Brief]) -> str:
    if not briefs:
        return "–"
    names = ", ".join(brief.label for brief in briefs[:_NAMED])
    more = len(briefs) - _NAMED
    return names + (_(" and {n} more").format(n=more) if more > 0 else "")


def _labels(briefs: Sequence[Brief]) -> Iterator[str]:
    for brief in briefs:
        yield f"{brief.label} ({brief.ref})" if brief.ref else brief.label


def _fragmentation(option: Option) -> str:
    before, after = option.effect.before, option.effect.after
    return f"{before.fragmentation:.3f} → {after.fragmentation:.3f}"


def _largest(option: Option) -> str:
    return f"{option.effect.before.largest:,} → {option.effect.after.largest:,}"


def _fragmented(option: Option) -> Iterator[str]:
    before, after = option.effect.before, option.effect.after
    told = _("{n:,} people are counted; {one:,} hang together now, {two:,} would then.")
    yield told.format(n=before.counted, one=before.largest, two=after.largest)
    told = _("{parts:,} parts instead of {before:,}; {alone:,} could reach nobody.")
    yield told.format(parts=after.parts, before=before.parts, alone=after.alone)
    told = _("{n:,} pairs of people who can reach each other now could not any more.")
    yield told.format(n=option.effect.pairs_cut)


def _groups(option: Option) -> str:
    groups = option.consequences.groups
    cut = sum(group.is_cut_off for group in groups)
    if not groups:
        return "–"
    said = ngettext("{n} OCG", "{n} OCGs", len(groups)).format(n=len(groups))
    return f"{said}; {_('{n} without leaders').format(n=cut)}" if cut else said


def _groups_told(option: Option) -> Iterator[str]:
    told = _("{ocg}: {left} of {all} members left, {leaders} of {were} principals")
    for group in option.consequences.groups:
        yield told.format(
            ocg=group.ocg.label,
            left=group.left,
            all=group.members,
            leaders=group.principals_left,
            were=group.principals,
        )


def _candidates(option: Option) -> Iterator[str]:
    if option.consequences.candidates:
        yield _(CANDIDATES)[:1].upper() + _(CANDIDATES)[1:] + "."
    for one in option.consequences.candidates:
        told = _("{who}, for {gone}: {reason}")
        yield told.format(who=one.who.label, gone=one.instead_of.label, reason=one.reason)


def _unprotected(option: Option) -> str:
    found = option.consequences.unprotected
    if not found:
        return "–"
    live = sum(bool(one.actions) for one in found)
    told = ngettext("{n} person", "{n} people", len(found)).format(n=len(found))
    return _("{people}; for {live} a live action").format(people=told, live=live)


def _unprotected_told(option: Option) -> Iterator[str]:
    for one in option.consequences.unprotected:
        yield f"{one.who.label}: {one.words}"


def _contacts(option: Option) -> Iterator[str]:
    for one in option.consequences.contacts:
        told = _("{one} and {two}, through {who}")
        if one.rivals:
            told = _("{one} and {two}, recorded as rivals, through {who}")
        yield told.format(one=one.one.label, two=one.two.label, who=one.through.label)
