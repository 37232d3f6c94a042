"""What is left out of a chart and how the rest is drawn: filters and conditional formatting.

Both are kept with the chart, as values of its own: a change of either is one act, journalled and
undone like any other. They are applied to the scene, so that every painter shows the same.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final
from uuid import UUID

from ocgdesk.casework import chart_facts, chart_themes
from ocgdesk.casework.chart_facts import Facts
from ocgdesk.casework.timelines import span_words
from ocgdesk.domain import chart_filters, chart_lines, chart_rules, chart_windows
from ocgdesk.domain import chart_themes as themes
from ocgdesk.domain.chart_fields import MEASURES, PLANNED, Asked
from ocgdesk.domain.chart_filters import ChartFilter
from ocgdesk.domain.chart_lines import Lines
from ocgdesk.domain.chart_rules import ChartRule, Dress
from ocgdesk.domain.chart_tests import Op, Test
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.chart_windows import Window
from ocgdesk.domain.charts import Chart, Item, RuleKey, Scene, Tie
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader

_KINDS_ALONE: Final = frozenset({"kind", "marking", "importance"})
"""Fields that the items of a chart carry themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """The filters, the rules and the theme of one chart, those that are off with them."""

    filters: tuple[ChartFilter, ...] = ()
    rules: tuple[ChartRule, ...] = ()
    theme: Theme | None = None
    """The kept result it is coloured and sized by, if any."""
    window: Window | None = None
    """The days it is narrowed to, if it is."""
    lines: Lines = Lines.TYPE
    """How several links between two items are drawn."""

    @property
    def themed_by(self) -> Theme | None:
        """The theme in force; None where there is none or it is off."""
        return self.theme if self.theme is not None and self.theme.on else None

    def tests(self) -> Iterator[Test]:
        """Yield every question that is asked now."""
        yield from (one.test for one in self.filters if one.on)
        yield from (test for rule in self.rules if rule.on for test in rule.tests)

    @property
    def needs_facts(self) -> bool:
        """Whether records have to be read to apply them."""
        asked = any(test.field not in _KINDS_ALONE for test in self.tests())
        return asked or self.themed_by is not None

    @property
    def measures(self) -> frozenset[str]:
        """The measures of the chart that have to be worked out."""
        return frozenset(test.field for test in self.tests()) & frozenset(MEASURES)

    @property
    def stated(self) -> tuple[str, ...]:
        """What is printed of the filters in force, on everything that leaves."""
        days = () if self.window is None else (window_words(self.window),)
        return (*chart_filters.stated(self.filters), *days)


def looks_of(chart: Chart) -> tuple[Looks, tuple[str, ...]]:
    """Return what a chart keeps of them, and a sentence for each part that cannot be read."""
    faults: list[str] = []
    filters: tuple[ChartFilter, ...] = ()
    rules: tuple[ChartRule, ...] = ()
    theme: Theme | None = None
    window: Window | None = None
    lines = Lines.TYPE
    try:
        filters = chart_filters.unpacked(chart.filters)
        window = chart_windows.unpacked(chart.filters)
        lines = chart_lines.unpacked(chart.filters)
    except Refused as fault:
        faults.append(str(fault))
    try:
        rules = chart_rules.unpacked(chart.rules)
        theme = themes.unpacked(chart.rules)
    except Refused as fault:
        faults.append(str(fault))
    looks = Looks(filters=filters, rules=rules, theme=theme, window=window, lines=lines)
    return looks, tuple(faults)


def window_words(window: Window) -> str:
    """Return what is printed of the days a chart is narrowed to."""
    words = span_words(window.first, window.last)
    return _("{what}, the rest faint").format(what=words) if window.faint else words


def kept(looks: Looks) -> dict[str, str]:
    """Return the values of a chart that hold these filters, rules, theme and days."""
    days = (chart_windows.plain(looks.window),) if looks.window is not None else ()
    theme = (themes.plain(looks.theme),) if looks.theme is not None else ()
    return {
        "filters": chart_filters.packed(looks.filters, *days, *chart_lines.plain(looks.lines)),
        "rules": chart_rules.packed(looks.rules, *theme),
    }


def with_looks(chart: Chart, looks: Looks) -> Chart:
    """Return a chart that keeps these filters and rules."""
    packed = kept(looks)
    return replace(chart, filters=packed["filters"], rules=packed["rules"])


def read_facts(reader: Reader, scene: Scene, looks: Looks, entry: int | None = None) -> Facts:
    """Return what filters, rules and theme ask of a scene: now, or after an entry of the journal.

    Raises Refused where what is asked is known for now only. A theme is a result as it was kept,
    whatever the chart shows.
    """
    if not looks.needs_facts:
        return Facts()
    if entry is None:
        found = chart_facts.read(reader, scene)
    else:
        check_past(looks)
        found = chart_facts.read_as_at(reader, scene, entry)
    if (theme := looks.themed_by) is not None:
        found = replace(found, themed=chart_themes.read(reader, theme))
    return found


def dressed(scene: Scene, facts: Facts, looks: Looks) -> Scene:
    """Return a scene with its rules applied, and without what its filters leave out.

    Rules come first: a share of the highest is one of all that is on the chart, so that a filter
    changes what is seen and not what anything looks like.
    """
    styled = formatted(scene, facts, looks.rules)
    if looks.themed_by is not None:
        styled = themed(styled, facts)
    return narrowed(styled, left_out(scene, facts, looks.filters))


# ---- Filters -------------------------------------------------------------------------------------


def left_out(scene: Scene, facts: Facts, filters: Iterable[ChartFilter]) -> frozenset[UUID]:
    """Return the ids of the items and lines that the filters in force leave out."""
    gone: set[UUID] = set()
    for one in filters:
        if one.on:
            gone.update(_refused(scene, facts, one))
    return frozenset(gone)


def _refused(scene: Scene, facts: Facts, one: ChartFilter) -> Iterator[UUID]:
    test = _settled(one.test, scene, facts)
    asked = test.asked
    if asked.of_links:
        for tie in scene.ties:
            if test.holds(facts.of_tie(tie, asked)) is not one.keep:
                yield tie.id
        return
    for item in scene.items:
        spoken_of = _is_asked(item, asked, facts)
        if spoken_of and test.holds(facts.of_item(item, asked)) is not one.keep:
            yield item.id


def _is_asked(item: Item, asked: Asked, facts: Facts) -> bool:
    """Tell whether a filter speaks of an item: never of people to be safeguarded."""
    if item.exploited or item.id in facts.never:
        return False
    return not asked.kind or asked.kind == item.kind.value


def narrowed(scene: Scene, gone: Collection[UUID]) -> Scene:
    """Return a scene without these items and lines, and without lines that lose an end."""
    if not gone:
        return scene
    items = tuple(item for item in scene.items if item.id not in gone)
    there = {item.id for item in items}
    return replace(
        scene,
        items=items,
        ties=tuple(
            tie for tie in scene.ties if tie.id not in gone and {tie.source, tie.target} <= there
        ),
        boxes=tuple(
            replace(box, members=box.members & there) for box in scene.boxes if box.members & there
        ),
        notes=tuple(note for note in scene.notes if note.about is None or note.about in there),
    )


# ---- Conditional formatting ----------------------------------------------------------------------


def formatted(scene: Scene, facts: Facts, rules: Sequence[ChartRule]) -> Scene:
    """Return a scene drawn by rules; in each respect the first rule that holds decides."""
    in_force = [rule for rule in rules if rule.on]
    if not in_force:
        return scene
    settled = [
        replace(rule, tests=tuple(_settled(test, scene, facts) for test in rule.tests))
        for rule in in_force
    ]
    held = [_held(rule, scene, facts) for rule in settled]
    return replace(
        scene,
        items=tuple(_item(item, _of(item.id, settled, held)) for item in scene.items),
        ties=tuple(_tie(tie, _of(tie.id, settled, held)) for tie in scene.ties),
        keys=tuple(_keys(in_force, held)),
    )


def themed(scene: Scene, facts: Facts) -> Scene:
    """Return a scene coloured and sized by the result its chart has for a theme.

    The theme decides on colour and size of what it speaks of, whatever the rules say: half a
    ramp would be read as the whole one. Their badges stay.
    """
    if (by := facts.themed) is None:
        return scene
    worn = chart_themes.worn(scene, by, facts.never)
    items = tuple(
        _item(item, [worn.dresses[item.id]]) if item.id in worn.dresses else item
        for item in scene.items
    )
    keys = (_without(key, worn.dresses) for key in scene.keys)
    left = tuple(key for key in keys if key.ids)
    return replace(scene, items=items, keys=(*worn.keys, *left), said=(*scene.said, *by.said))


def _without(key: RuleKey, dressed: Collection[UUID]) -> RuleKey:
    """Return what is still seen of a rule where a theme has coloured items."""
    if key.of_links or key.badge:
        return key
    return replace(key, ids=key.ids - frozenset(dressed))


def _held(rule: ChartRule, scene: Scene, facts: Facts) -> frozenset[UUID]:
    """Return the items, or the lines, for which all tests of a rule hold."""
    asked = [(test, test.asked) for test in rule.tests]
    if rule.of_links:
        return frozenset(
            tie.id
            for tie in scene.ties
            if all(test.holds(facts.of_tie(tie, field)) for test, field in asked)
        )
    kinds = {field.kind for _test, field in asked if field.kind}
    return frozenset(
        item.id
        for item in scene.items
        if not item.exploited
        and kinds <= {item.kind.value}
        and all(test.holds(facts.of_item(item, field)) for test, field in asked)
    )


def _of(id_: UUID, rules: Sequence[ChartRule], held: Sequence[frozenset[UUID]]) -> list[Dress]:
    return [rule.dress for rule, ids in zip(rules, held, strict=True) if id_ in ids]


def _item(item: Item, dresses: list[Dress]) -> Item:
    if not dresses:
        return item
    badges = [dress.badge for dress in dresses if dress.badge]
    return replace(
        item,
        tone=next((dress.tone for dress in dresses if dress.tone), ""),
        size=next((dress.size for dress in dresses if dress.size), None),
        badges=tuple(dict.fromkeys((*badges, *item.badges))),
    )


def _tie(tie: Tie, dresses: list[Dress]) -> Tie:
    if not dresses:
        return tie
    return replace(
        tie,
        tone=next((dress.tone for dress in dresses if dress.tone), tie.tone),
        mark=next((dress.badge for dress in dresses if dress.badge), tie.mark),
        wide=any(dress.wide for dress in dresses),
    )


def _keys(rules: Sequence[ChartRule], held: Sequence[frozenset[UUID]]) -> Iterator[RuleKey]:
    """Yield what the legend says: under each rule what is drawn by it, and not by one above it."""
    taken: dict[str, set[UUID]] = {"tone": set(), "size": set()}
    for rule, ids in zip(rules, held, strict=True):
        dress, own = rule.dress, set[UUID]()
        for name, value in (("tone", dress.tone), ("size", dress.size)):
            if value:
                own |= ids - taken[name]
                taken[name] |= ids
        drawn = ids if dress.badge or dress.wide else frozenset(own)
        if drawn:
            yield _key(rule, drawn)


def _key(rule: ChartRule, ids: frozenset[UUID]) -> RuleKey:
    dress = rule.dress
    return RuleKey(
        words=rule.name,
        tone=dress.tone,
        size=dress.size,
        badge=dress.badge,
        of_links=rule.of_links,
        wide=dress.wide,
        ids=ids,
    )


# ---- A share of the highest ----------------------------------------------------------------------


def _settled(test: Test, scene: Scene, facts: Facts) -> Test:
    """Return a test that one value can answer: a share of the highest as the least of them.

    Equal values stand together: where the share would part them they are not in it, unless there
    is none above. Where all are alike nothing stands out.
    """
    if test.op is not Op.TOP:
        return test
    values = sorted(_numbers(test.asked, scene, facts), reverse=True)
    share = max(1, ceil(len(values) * float(test.values[0]) / 100))
    least = values[share - 1] if values else 0.0
    if sum(value >= least for value in values) > share:
        least = next((value for value in reversed(values) if value > least), least)
    if least <= (values[-1] if values else 0.0):
        return replace(test, op=Op.IS, values=())
    return replace(test, op=Op.AT_LEAST, values=(repr(least),))


def _numbers(asked: Asked, scene: Scene, facts: Facts) -> Iterator[float]:
    of_ties = (facts.of_tie(tie, asked) for tie in scene.ties)
    of_items = (facts.of_item(item, asked) for item in scene.items if not item.exploited)
    for found in of_ties if asked.of_links else of_items:
        yield from (value for value in found if isinstance(value, float))


# ---- The past ------------------------------------------------------------------------------------

_NOW_ONLY: Final = frozenset({"band", "score", "live_actions", "days_over", *PLANNED})


def check_past(looks: Looks) -> None:
    """Raise Refused where a filter or a rule asks what is known for now only."""
    for test in looks.tests():
        if test.asked.attribute in _NOW_ONLY:
            told = _("{field} is known for now only: leave it out of a chart of the past")
            raise Refused(told.format(field=test.asked.words))


def for_past(looks: Looks) -> tuple[Looks, tuple[str, ...]]:
    """Return what of filters and rules can be asked of the past, and the filters that cannot."""
    known = tuple(one for one in looks.filters if not _is_of_now((one.test,)))
    left = tuple(one.stated for one in looks.filters if one.on and one not in known)
    rules = tuple(rule for rule in looks.rules if not _is_of_now(rule.tests))
    return replace(looks, filters=known, rules=rules), left


def _is_of_now(tests: Iterable[Test]) -> bool:
    return any(test.asked.attribute in _NOW_ONLY for test in tests)
