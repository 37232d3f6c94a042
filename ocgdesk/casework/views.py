"""Tables as somebody left them: columns, order and filters kept under a name, for one or all."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from ocgdesk.domain.keeping import SavedView
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import listing
from ocgdesk.store.listing import Filter, ListQuery, Sort, Test
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a table of one kind is looked at."""

    columns: tuple[str, ...] = ()
    """None are those the kind shows by default."""
    widths: Mapping[str, int] = field(default_factory=dict)
    """Of columns drawn wider or narrower than they would be, in pixels at 100 %."""
    frozen: int = 1
    """Columns from the left that stay in sight."""
    sorts: tuple[Sort, ...] = ()
    filters: tuple[Filter, ...] = ()
    text: str = ""
    group: str = ""
    """The column whose values the rows are grouped by; empty where they are not."""

    def query(self, kind: Kind) -> ListQuery:
        """Return the order and the filters as a list is asked for them."""
        return ListQuery(kind=kind, sorts=self.sorts, filters=self.filters, text=self.text)


def spec_of(layout: Layout) -> str:
    """Return a layout as a view keeps it."""
    plain = {
        "columns": list(layout.columns),
        "widths": dict(layout.widths),
        "frozen": layout.frozen,
        "sorts": [[sort.column, sort.descending] for sort in layout.sorts],
        "filters": [[f.column, f.test.value, list(f.values)] for f in layout.filters],
        "text": layout.text,
        "group": layout.group,
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def layout_of(view: SavedView) -> tuple[Layout, tuple[str, ...]]:
    """Return what a view shows, and the columns it names that lists no longer have.

    Those are left out. Refused where the view cannot be read at all.
    """
    try:
        kind, plain = Kind(view.shows), json.loads(view.spec or "{}")
        found = _read(plain)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise Refused(_("This view cannot be read; save it anew")) from None
    known = {spec.name for spec in listing.columns(kind)}
    named = {*found.columns, *(s.column for s in found.sorts), *(f.column for f in found.filters)}
    gone = sorted(named - known)
    return _within(found, known), tuple(gone)


def _read(plain: Mapping[str, Any]) -> Layout:
    filters = (
        Filter(str(column), Test(test), tuple(map(str, values)))
        for column, test, values in plain.get("filters", ())
    )
    return Layout(
        columns=tuple(map(str, plain.get("columns", ()))),
        widths={str(name): int(wide) for name, wide in plain.get("widths", {}).items()},
        frozen=max(0, int(plain.get("frozen", 1))),
        sorts=tuple(Sort(str(column), bool(down)) for column, down in plain.get("sorts", ())),
        filters=tuple(filters),
        text=str(plain.get("text", "")),
        group=str(plain.get("group", "")),
    )


def _within(layout: Layout, known: Iterable[str]) -> Layout:
    held = frozenset(known)
    return replace(
        layout,
        columns=tuple(name for name in layout.columns if name in held),
        widths={name: wide for name, wide in layout.widths.items() if name in held},
        sorts=tuple(sort for sort in layout.sorts if sort.column in held),
        filters=tuple(one for one in layout.filters if one.column in held),
        group=layout.group if layout.group in held else "",
    )


def of_kind(reader: Reader, kind: Kind) -> list[SavedView]:
    """Return the user's own views of a kind, then those others share, each by name."""
    shows = Filter("shows", Test.IS, (kind.value,))
    nos = listing.order(reader, ListQuery(kind=Kind.SAVED_VIEW, filters=(shows,)))
    found = [thing for thing in reader.load(nos) if isinstance(thing, SavedView)]
    mine = [view for view in found if view.user == reader.user.id]
    others = [view for view in found if view.user != reader.user.id]
    return mine + [view for view in others if is_open(reader, view)]


def named(reader: Reader, kind: Kind, name: str) -> SavedView:
    """Return the view of this name, one's own before a shared one; Refused where there is none."""
    found = of_kind(reader, kind)
    for view in found:
        if view.name.casefold() == name.strip().casefold():
            return view
    if not found:
        raise Refused(_("There is no saved view of this list"))
    known = ", ".join(view.name for view in found)
    raise Refused(_("There is no such view; there are {known}").format(known=known))


def is_open(reader: Reader, thing: Thing) -> bool:
    """Tell whether a thing is for this user: another's view is, only where it is shared."""
    return not isinstance(thing, SavedView) or thing.shared or thing.user == reader.user.id


def save(work: Work, kind: Kind, name: str, layout: Layout, *, shared: bool = False) -> SavedView:
    """Keep a view under a name, in place of an own one of that name.

    Refused without a name, and to those who may not edit where it is to be shared.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise Refused(_("Give the view a name of at most {most} letters").format(most=80))
    _may_share(work, shared=shared)
    mine = (view for view in of_kind(work.reader, kind) if view.user == work.user.id)
    held = next((view for view in mine if view.name.casefold() == name.casefold()), None)
    new = held or SavedView(name=name, shows=kind.value, user=work.user.id)
    made = work.put(replace(new, name=name, shared=shared, spec=spec_of(layout)))[0]
    assert isinstance(made, SavedView)  # noqa: S101 - one was put
    return made


def keep(work: Work, id_: UUID, layout: Layout) -> None:
    """Put another layout into a view; Refused for one of somebody else."""
    work.put(replace(_mine(work, id_), spec=spec_of(layout)))


def share(work: Work, id_: UUID, *, shared: bool) -> None:
    """Show a view to everybody, or to its owner alone."""
    _may_share(work, shared=shared)
    work.put(replace(_mine(work, id_), shared=shared))


def remove(work: Work, id_: UUID) -> None:
    """Take a view out; Refused for one of somebody else. Undo brings it back."""
    work.remove(_mine(work, id_))


def may_change(reader: Reader, view: SavedView) -> bool:
    """Tell whether this user may change a view: their own, or as an administrator any."""
    return view.user == reader.user.id or Role.ADMINISTRATOR in reader.user.roles


def _may_share(work: Work, *, shared: bool) -> None:
    if shared:
        work.user.need(Right.EDIT)


def _mine(work: Work, id_: UUID) -> SavedView:
    view = work.get(SavedView, id_)
    if not may_change(work.reader, view):
        raise Refused(_("This view is somebody else's; save one of your own"))
    return view
