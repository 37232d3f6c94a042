"""Ready-made overviews of the register.

OCGs among each other, their lines and commodities, handles among each other, and any two kinds
joined through a third. Each line says what it is made of and has the records it was worked out
from beneath it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid5

from ocgdesk.casework import sharing
from ocgdesk.casework.chart_ties import folded
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.casework.overview_finding import Found, find
from ocgdesk.casework.overview_items import item_of_overview
from ocgdesk.casework.overview_reading import Known
from ocgdesk.domain.charts import Scene, Tie
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Link, Strength
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.graph import between
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing_looks import EXPLOITED
from ocgdesk.store.reader import Reader

MOST: Final = 1_000
"""Items an overview is cut at, those with most in common first."""
_SPACE: Final = UUID("3f0a6f0e-7c0f-4a53-9a0e-6f2f3e7c9b21")
"""Lines that were worked out have ids made from their ends: the same line, the same id."""
_FEUD: Final = "rival"


@dataclass(frozen=True, slots=True)
class Ready:
    """An overview that is offered by name."""

    code: str
    title: str
    sentence: str


READY: Final = (
    Ready(
        "ocg-ocg",
        N_("OCG to OCG"),
        N_("Which OCGs share members, handles, phones or addresses, supply one another or feud."),
    ),
    Ready(
        "ocg-line",
        N_("OCGs, county lines and towns"),
        N_("Which OCGs run which lines, themselves or through members, and to which towns."),
    ),
    Ready(
        "ocg-commodity",
        N_("OCGs and commodities"),
        N_("Who imports, supplies, produces or deals in what, themselves or through their lines."),
    ),
    Ready(
        "handle-handle",
        N_("Handle to handle"),
        N_("Which handles are in contact, and which are attributed to the same nominal."),
    ),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which kinds an overview joins; ``via`` is the kind between, where lines are worked out."""

    one: Kind
    two: Kind
    via: Kind | None = None

    @property
    def code(self) -> str:
        """How it is written: ``ocg-ocg``, ``nominal-phone-nominal``."""
        middle = [self.via.value] if self.via else []
        return "-".join([self.one.value, *middle, self.two.value])

    @property
    def title(self) -> str:
        """What it is called."""
        for ready in READY:
            if parse(ready.code) == self:
                return _(ready.title)
        names = [label("kinds", kind.value) for kind in (self.one, self.via, self.two) if kind]
        return " – ".join(names)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewQuery:
    """Which overview, of when, and what joins too much to tell anything."""

    what: str
    moment: Moment = NOW
    widest: int = sharing.WIDEST
    stop: tuple[UUID, ...] = ()
    most: int = MOST


_KIND: Final = "|".join(sorted((k.value for k in SUBJECTS), key=len, reverse=True)) + "|line"
_SHAPE: Final = re.compile(f"({_KIND})-({_KIND})(?:-({_KIND}))?")


def parse(text: str) -> Shape:
    """Read ``ocg-ocg``, ``ocg-line`` or any two kinds, with a third between where one is named.

    Raises Refused for anything else.
    """
    match = _SHAPE.fullmatch(text.strip().lower())
    if match is None:
        known_codes = ", ".join(ready.code for ready in READY)
        told = _("There is no overview “{text}”; there are {known}, or two kinds joined through a "
                 "third such as nominal-phone-nominal")  # fmt: skip
        raise Refused(told.format(text=text[:60], known=known_codes))
    first, *rest = (Kind(k if k != "line" else "county-line") for k in match.groups() if k)
    return Shape(first, rest[-1], rest[0] if len(rest) == 2 else None)


def scene(reader: Reader, query: OverviewQuery, progress: Progress = silent) -> Scene:
    """Return an overview as a chart: what has something in common, and lines that say what.

    Raises Refused for an overview there is none of, or a senseless limit.
    """
    shape = parse(query.what)
    if query.widest < 2:
        raise Refused(_("A record that two others share is linked to at least two"))
    progress(0, 3, "Reading the register")
    whole = Known(reader, query.moment)
    progress(1, 3, "Looking for what is shared")
    stop = sharing.stopped_by(reader, query.stop)
    found = find(whole.network, shape.one, shape.via, shape.two, stop=stop, widest=query.widest)
    kept, left = found.strongest(query.most)
    reader.saw("Overview", sorted(kept.nodes), overview=shape.code)
    progress(2, 3, "Drawing")
    return _scene(whole, kept, cut=" ".join(_said(found, shape, query, left)))


def _scene(whole: Known, found: Found, *, cut: str) -> Scene:
    things = whole.things(sorted(found.nodes))
    members = between.members(whole.network)
    known_by_id = {thing.id: thing for thing in things.values()}
    links = [
        link
        for link in whole.links([int(whole.network.link_nos[at]) for at in found.links])
        if {link.source, link.target} <= known_by_id.keys()
    ]
    items = (item_of_overview(thing, len(members.get(no, ()))) for no, thing in things.items())
    return Scene(
        items=tuple(items),
        ties=(*_worked_out(whole, found, things), *_stated(links, known_by_id)),
        cut=cut,
    )


def _stated(links: Collection[Link], things: Mapping[UUID, Entity]) -> Iterator[Tie]:
    """Yield the lines that stand for links themselves; a feud stands out."""
    for tie in folded(links, things):
        yield replace(tie, tone="overdue") if tie.type == _FEUD else tie


def _worked_out(whole: Known, found: Found, things: Mapping[int, Entity]) -> Iterator[Tie]:
    nos = {one.item for some in found.pairs.values() for one in some}
    through = {m for some in found.pairs.values() for one in some for m in (*one.one, *one.two)}
    best = between.strengths(whole.network, nos | through | set(things))
    briefs = whole.briefs(sorted(nos))
    for pair, some in found.pairs.items():
        beneath = [briefs[one.item] for one in some if one.item in briefs]
        ends = [things.get(no) for no in pair]
        if not beneath or ends[0] is None or ends[1] is None:
            continue
        rank = between.sureness(pair, some, best)
        counts: dict[str, int] = {}
        for brief in beneath:
            key = EXPLOITED if brief.exploited else brief.kind.value
            counts[key] = counts.get(key, 0) + 1
        yield Tie(
            id=uuid5(_SPACE, f"{ends[0].id}{ends[1].id}"),
            source=ends[0].id,
            target=ends[1].id,
            label=", ".join(chart_words.counted(key, n) for key, n in counts.items()),
            strength=next(strength for strength in Strength if strength.rank == rank),
            count=len(beneath),
            beneath=tuple(brief.id for brief in beneath),
        )


def _said(found: Found, shape: Shape, query: OverviewQuery, left: int) -> Iterator[str]:
    """Yield what is left out and by which rule."""
    if left:
        told = _("{n:,} more have something in common; the {most:,} with most are drawn.")
        yield told.format(n=left, most=query.most)
    if found.alone:
        kinds = chart_words.counted(shape.one.value, found.alone)
        if shape.one is not shape.two:
            kinds = ngettext("{n:,} record", "{n:,} records", found.alone).format(n=found.alone)
        told = ngettext("{these} with nothing of this is left out.",
                        "{these} with nothing of this are left out.", found.alone)  # fmt: skip
        yield told.format(these=kinds)
    if found.too_wide:
        told = ngettext(
            "{n:,} record linked to more than {widest} was left out.",
            "{n:,} records linked to more than {widest} were left out.",
            found.too_wide,
        )
        yield told.format(n=found.too_wide, widest=query.widest)
    if found.stopped:
        told = ngettext(
            "{n:,} record on the stop list was left out.",
            "{n:,} records on the stop list were left out.",
            found.stopped,
        )
        yield told.format(n=found.stopped)
