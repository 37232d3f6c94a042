"""What OCGs share, which are alike, and which were newly linked: rows and what they say."""

from collections.abc import Callable
from typing import Any, Final

from ocgdesk.casework.deconfliction import Alert
from ocgdesk.casework.sharing import Alike, Item, Pair
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.values import Bar, Cell, Heading, Text

_NAMED: Final = 4


def pair_columns(kinds: tuple[Kind, ...]) -> tuple[Column, ...]:
    """Return the columns of OCGs that share: who, how many of each kind, such as what."""
    return (
        _record(_("OCG"), lambda row: row.one),
        _record(_("Shares with"), lambda row: row.two),
        *(_count(kind) for kind in kinds),
        _words(_("Such as"), _such_as, 220, yields=1),
    )


def alike_columns() -> tuple[Column, ...]:
    """Return the columns of OCGs that are like one."""
    return (
        _record(_("OCG"), lambda row: row.ocg),
        Column(
            heading=Heading(title=_("Alike"), align="right"),
            cell=lambda row: Text(f"{row.share:.0%}", align="right"),
            order=lambda row: row.share,
            width=72,
            stretch=0,
        ),
        Column(
            heading=Heading(title=""),
            cell=lambda row: Bar(share=row.share),
            order=lambda row: row.share,
            width=70,
            stretch=1,
            yields=2,
        ),
        _words(_("In"), lambda row: ", ".join(row.both), 240),
        Column(
            heading=Heading(title=_("4P actions"), align="right"),
            cell=lambda row: Text(str(len(row.actions) or "–"), align="right"),
            order=lambda row: len(row.actions),
            width=96,
            stretch=0,
            yields=1,
        ),
    )


def alert_columns() -> tuple[Column, ...]:
    """Return the columns of OCGs of different owners that were newly linked."""
    return (
        _words(_("When"), lambda row: f"{row.at.astimezone(LONDON):%d %b %Y %H:%M}", 140),
        _record(_("OCG"), lambda row: row.one.ocg),
        _words(_("Answered for by"), lambda row: _owner(row.one), 140),
        _record(_("Newly linked with"), lambda row: row.two.ocg),
        _words(_("Answered for by"), lambda row: _owner(row.two), 140),
        _words(_("Through"), lambda row: ", ".join(b.label for b in row.through), 180, yields=1),
    )


def pair_says(pair: Pair) -> tuple[str, ...]:
    """Return what two OCGs share, record by record, and through whom."""
    return tuple(_item(item, pair) for item in pair.items)


def alike_says(one: Alike) -> tuple[str, ...]:
    """Return what both are recorded with."""
    return (_("Both are recorded with: {what}.").format(what=", ".join(one.both)),)


def actions_say(one: Alike) -> tuple[str, ...]:
    """Return which 4P actions were taken against an OCG, and what came of them."""
    told = []
    for action in one.actions:
        strand = label("strands", action.strand) or str(action.strand)
        status = label("action-statuses", action.status)
        outcome = f": {action.outcome}" if action.outcome else ""
        told.append(f"{strand.capitalize()} · {action.title} · {status}{outcome}")
    return tuple(told)


def _item(item: Item, pair: Pair) -> str:
    def side(ocg: Brief, some: tuple[Brief, ...]) -> str:
        names = ", ".join(brief.label for brief in some)
        return _("{ocg} through {names}").format(ocg=ocg.label, names=names) if names else ocg.label

    one, two = side(pair.one, item.one), side(pair.two, item.two)
    kind = words.one(item.record.kind)
    ref = f" ({item.record.ref})" if item.record.ref else ""
    return f"{kind} {item.record.label}{ref}: {one}; {two}."


def _owner(side: Any) -> str:
    return ", ".join(part for part in (side.lro, label("agencies", side.agency)) if part) or "–"


def _such_as(row: Pair) -> str:
    return ", ".join(item.record.label for item in row.items[:_NAMED])


def _count(kind: Kind) -> Column:
    def cell(row: Pair) -> Cell:
        return Text(str(row.counts.get(kind) or "–"), align="right")

    return Column(
        heading=Heading(title=words.many(kind), align="right"),
        cell=cell,
        order=lambda row: row.counts.get(kind, 0),
        width=92,
        stretch=0,
    )


def _record(title: str, of: Callable[[Any], Brief]) -> Column:
    return Column(
        heading=Heading(title=title),
        cell=lambda row: entity(of(row)),
        order=lambda row: of(row).label.casefold(),
        width=150,
        stretch=2,
    )


def _words(title: str, of: Callable[[Any], str], width: int, *, yields: int = 0) -> Column:
    return Column(
        heading=Heading(title=title),
        cell=lambda row: Text(of(row)),
        order=lambda row: of(row).casefold(),
        width=width,
        stretch=2,
        yields=yields,
    )


def briefs_of(row: Pair | Alike | Alert) -> tuple[Brief, ...]:
    """Return the records a row is about, the one that Enter opens first."""
    match row:
        case Pair():
            return (row.one, row.two, *_held(row))
        case Alike():
            return (row.ocg,)
        case Alert():
            return (row.one.ocg, row.two.ocg, *row.through)


def _held(pair: Pair) -> tuple[Brief, ...]:
    found = [b for item in pair.items for b in (item.record, *item.one, *item.two)]
    return tuple({brief.id: brief for brief in found}.values())
