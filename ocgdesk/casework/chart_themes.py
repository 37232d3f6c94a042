"""Charts coloured and sized by a kept result: what it says, and how it is drawn."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from ocgdesk.casework import results
from ocgdesk.casework.chart_opening import moment_words
from ocgdesk.casework.results import Holds, Table, Value
from ocgdesk.domain import chart_themes
from ocgdesk.domain.chart_rules import Dress
from ocgdesk.domain.chart_themes import SIZES, STEPS, TOP, Theme
from ocgdesk.domain.charts import FIXED_LINE, Item, RuleKey, Scene
from ocgdesk.domain.figures import figure
from ocgdesk.domain.results import Result
from ocgdesk.errors import DeskError, NotFound, Refused
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store.reader import Reader

LOOKED: Final = N_(
    "Colour and size follow where police looked and what was recorded, not guilt or harm."
)
_GONE: Final = N_("The result this chart is coloured by is gone or not open to you; choose another")


@dataclass(frozen=True, slots=True, kw_only=True)
class Themed:
    """A kept result as a chart is drawn by it."""

    name: str = ""
    """What the figure is called."""
    title: str = ""
    """What the result was kept as."""
    when: str = ""
    """As at when it was computed, in words."""
    values: Mapping[UUID, float] = field(default_factory=dict)
    low_first: bool = False
    """Whether less of it is the higher standing."""
    holds: bool = True
    fault: str = ""
    """Why there is nothing to draw by; empty where there is."""

    @property
    def warning(self) -> str:
        """What has to be known before it is relied on; empty where it holds."""
        return self.fault or ("" if self.holds else _(results.STALE))

    @property
    def words(self) -> str:
        """What the chart is coloured by and as at when, in a line."""
        return _("Coloured by {figure}, as at {when}").format(figure=self.name, when=self.when)

    @property
    def said(self) -> tuple[str, ...]:
        """What stands beside the chart wherever it is shown, in sentences."""
        if self.fault:
            return (self.fault,)
        told = _(
            "Coloured and sized by {figure} of the result “{title}”, as at {when}; the first "
            "{n} of it marked with their rank."
        ).format(figure=self.name, title=self.title, when=self.when, n=TOP)
        stale = () if self.holds else (_(results.STALE),)
        return (told, *stale, _(LOOKED), _(FIXED_LINE))


# ---- Reading -------------------------------------------------------------------------------------


def read(reader: Reader, theme: Theme) -> Themed:
    """Return what a chart is drawn by; with ``fault`` where the result is gone or not open."""
    try:
        result = reader.get(Result, theme.result)
        table = results.decoded(result)
        name = dict(figures(table))[theme.column]
    except NotFound:
        return Themed(fault=_(_GONE))
    except (DeskError, KeyError):
        return Themed(fault=_("The result this chart is coloured by cannot be read"))
    reader.saw("Colour chart by result", [reader.number(result.id)])
    return Themed(
        name=name,
        title=result.title,
        when=moment_words(result.computed) if result.computed else "–",
        values=_values(table, theme.column),
        low_first=_is_low_first(name),
        holds=results.holds(reader, result),
    )


def figures(table: Table) -> tuple[tuple[int, str], ...]:
    """Return the figures of a ranking that say something of the record in the same row."""
    at = _subject(table)
    return tuple(
        (n, column.title)
        for n, column in enumerate(table.columns)
        if n > at and column.holds is Holds.FIGURE
    )


def _subject(table: Table) -> int:
    """Return which column names the record of each row; Refused where none does."""
    for n, column in enumerate(table.columns):
        if column.holds is Holds.RECORDS:
            return n
    raise Refused(_("Only a ranking can colour a chart: choose a result of Measures"))


def subjects(table: Table) -> frozenset[UUID]:
    """Return the records a ranking says something of."""
    return frozenset(id_ for id_, _row in _rows(table))


def _rows(table: Table) -> Iterator[tuple[UUID, tuple[Value, ...]]]:
    at = _subject(table)
    for row in table.rows:
        ids = str(row[at] or "").split()
        if len(ids) == 1:
            yield UUID(ids[0]), row


def _values(table: Table, column: int) -> dict[UUID, float]:
    found = {id_: row[column] for id_, row in _rows(table)}
    return {id_: float(value) for id_, value in found.items() if isinstance(value, float | int)}


def _is_low_first(name: str) -> bool:
    from ocgdesk.graph.definitions import DEFINITIONS  # only charts with a theme need it

    return any(one.low_first and _(one.title) == name for one in DEFINITIONS.values())


# ---- Drawing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Worn:
    """What a theme dresses, and how the legend says it."""

    dresses: Mapping[UUID, Dress]
    keys: tuple[RuleKey, ...]


def worn(scene: Scene, themed: Themed, never: Collection[UUID]) -> Worn:
    """Return how a theme draws the items of a scene; nobody in ``never`` or exploited is in it.

    The fifths are those of what is drawn, so that a chart of few is told apart too; the ranks
    are those of the whole result, so that the same person has one rank on every chart.
    """
    spoken = [item for item in scene.items if _is_spoken_of(item, themed, never)]
    values = {item.id: themed.values[item.id] for item in spoken}
    fifths = chart_themes.fifths(values, low_first=themed.low_first)
    ranks = chart_themes.ranked(themed.values, low_first=themed.low_first)
    top = {id_: ranks[id_] for id_ in values if ranks[id_] <= TOP} if fifths else {}
    dresses = {
        id_: Dress(tone=STEPS[at], size=SIZES[at], badge=f"#{top[id_]}" if id_ in top else "")
        for id_, at in fifths.items()
    }
    return Worn(dresses=dresses, keys=tuple(_keys(themed, values, fifths, top)))


def _is_spoken_of(item: Item, themed: Themed, never: Collection[UUID]) -> bool:
    known = item.id in themed.values and not item.sketch
    return known and not item.exploited and item.id not in never


def _keys(
    themed: Themed,
    values: Mapping[UUID, float],
    fifths: Mapping[UUID, int],
    top: Mapping[UUID, int],
) -> Iterator[RuleKey]:
    for at, tone in enumerate(STEPS):
        ids = frozenset(id_ for id_, fifth in fifths.items() if fifth == at)
        if ids:
            words = _fifth(themed.name, [values[id_] for id_ in ids])
            yield RuleKey(words=words, tone=tone, size=SIZES[at], ids=ids)
    if top:
        n = min(TOP, len(themed.values))
        words = ngettext("Highest of the result", "First {n} of the result", n).format(n=n)
        yield RuleKey(words=words, badge=f"#1–{n}" if n > 1 else "#1", ids=frozenset(top))


def _fifth(name: str, values: Collection[float]) -> str:
    low, high = figure(min(values)), figure(max(values))
    if low == high:
        return _("{figure} ({value})").format(figure=name, value=low)
    return _("{figure} ({low} to {high})").format(figure=name, low=low, high=high)
