"""A chart in words: the names of what is drawn, its legend and its alternative text."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from ocgdesk.domain.charts import Arrangement, Cover, Importance, Item, RuleKey, Tie
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.reports import drawing_badges
from ocgdesk.reports.drawing_looks import EXPLOITED, SILHOUETTES, SKETCH, key_of

NAMES: Final[dict[str, tuple[str, str]]] = {
    Kind.OCG.value: (N_("OCG"), N_("OCGs")),
    Kind.NOMINAL.value: (N_("Nominal"), N_("nominals")),
    EXPLOITED: (N_("Exploited person"), N_("exploited people")),
    Kind.HANDLE.value: (N_("Handle"), N_("handles")),
    Kind.COUNTY_LINE.value: (N_("County line"), N_("county lines")),
    Kind.COMMODITY.value: (N_("Commodity"), N_("commodities")),
    Kind.PHONE.value: (N_("Phone"), N_("phones")),
    Kind.LOCATION.value: (N_("Location"), N_("locations")),
    Kind.VEHICLE.value: (N_("Vehicle"), N_("vehicles")),
    Kind.ORGANISATION.value: (N_("Organisation"), N_("organisations")),
    Kind.ACCOUNT.value: (N_("Account"), N_("accounts")),
    Kind.OPERATION.value: (N_("Operation"), N_("operations")),
    Kind.REPORT.value: (N_("Intelligence"), N_("intelligence reports")),
    Kind.REQUIREMENT.value: (N_("Open requirement"), N_("open requirements")),
}
"""What each key of a legend is called, alone and in the plural."""

STRENGTHS: Final = {
    Strength.CONFIRMED: N_("Confirmed"),
    Strength.UNCONFIRMED: N_("Unconfirmed"),
    Strength.TENTATIVE: N_("Tentative"),
}
IMPORTANCES: Final = {
    Importance.PRINCIPAL: N_("Principal"),
    Importance.SIGNIFICANT: N_("Significant"),
    Importance.PERIPHERAL: N_("Peripheral"),
}


def name_of(key: str) -> str:
    """Return what one of this kind (or ``exploited``) is called."""
    if key.startswith(SKETCH):
        name = name_of(key.removeprefix(SKETCH))
        return _("Sketched {kind}").format(kind=name if name.isupper() else name.lower())
    return _(NAMES[key][0]) if key in NAMES else key.replace("-", " ").capitalize()


def counted(key: str, n: int) -> str:
    """Return ``3 county lines`` or ``1 county line``."""
    if key.startswith(SKETCH):
        told = ngettext("{n} sketched item ({kind})", "{n} sketched items ({kind})", n)
        return told.format(n=f"{n:,}", kind=name_of(key.removeprefix(SKETCH)))
    one, many = NAMES.get(key, (key, f"{key}s"))
    word = _(one) if n == 1 else _(many)
    return f"{n:,} {word if word.isupper() or 'OCG' in word else word.lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What is drawn, so that a legend lists that and nothing else."""

    kinds: tuple[tuple[str, int], ...] = ()
    """Key (a kind's value, or ``exploited``) and how many, in the order of kinds."""
    strengths: tuple[Strength, ...] = ()
    importances: tuple[Importance, ...] = ()
    directed: bool = False
    multiple: bool = False
    boxes: int = 0
    rules: tuple[tuple[RuleKey, int], ...] = ()
    """Each rule that something shown is drawn by, and how many."""
    sketched: bool = False
    """Whether there is a line drawn by hand."""
    badges: tuple[str, ...] = ()
    """The codes that stand at items and mean something of the record."""
    said: tuple[str, ...] = ()
    """What has to be said of its colours."""


def _shown(arrangement: Arrangement) -> tuple[list[Item], list[Tie]]:
    items = [
        item
        for item in arrangement.scene.items
        if item.id in arrangement.places and item.id not in arrangement.hidden
    ]
    ids = {item.id for item in items}
    ties = [tie for tie in arrangement.scene.ties if tie.source in ids and tie.target in ids]
    return items, ties


def legend(arrangement: Arrangement) -> Legend:
    """Return the legend of what an arrangement shows; hidden items do not count."""
    items, ties = _shown(arrangement)
    counts = Counter(key_of(item) for item in items)
    order = {key: at for at, key in enumerate(SILHOUETTES)}
    strengths = {tie.strength for tie in ties if not tie.sketch}
    ranked = {item.importance for item in items if not (item.exploited or item.ghost)}
    ids = {item.id for item in items}
    codes = {code for item in items for code in item.badges[: drawing_badges.MOST]}
    return Legend(
        kinds=tuple(sorted(counts.items(), key=lambda pair: (order.get(pair[0], 99), pair[0]))),
        strengths=tuple(strength for strength in Strength if strength in strengths),
        importances=tuple(importance for importance in Importance if importance in ranked),
        directed=any(tie.directed for tie in ties),
        multiple=any(tie.count > 1 for tie in ties),
        sketched=any(tie.sketch and not tie.asks for tie in ties),
        boxes=sum(1 for box in arrangement.scene.boxes if box.members & ids),
        rules=_rules(arrangement, ids | {tie.id for tie in ties}),
        badges=tuple(code for code in drawing_badges.WORDS if code in codes),
        said=arrangement.scene.said,
    )


def _rules(arrangement: Arrangement, shown: set[UUID]) -> tuple[tuple[RuleKey, int], ...]:
    counted = ((key, len(key.ids & shown)) for key in arrangement.scene.keys)
    return tuple((key, n) for key, n in counted if n)


def rule_name(key: RuleKey) -> str:
    """Return what a rule is called in a legend: with its badge, where it has one."""
    return f"{key.words} ({key.badge})" if key.badge else key.words


def rule_words(key: RuleKey, n: int) -> str:
    """Return what a legend says of a rule: its name and how many are drawn by it."""
    return f"{rule_name(key)} {n:,}"


def listed(parts: list[str]) -> str:
    """Return ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{these} and {last}").format(these=", ".join(parts[:-1]), last=parts[-1])


def alt_text(arrangement: Arrangement) -> str:
    """Return what the chart shows as a paragraph, made from its data.

    People recorded as exploited are counted and never named.
    """
    items, ties = _shown(arrangement)
    found = legend(arrangement)
    if not items:
        return _("An empty link chart.")
    said = [
        _("Link chart of {items} and {links}.").format(
            items=listed([counted(key, n) for key, n in found.kinds]),
            links=ngettext("{n} link", "{n} links", len(ties)).format(n=f"{len(ties):,}"),
        )
    ]
    if found_notes := _notes(arrangement, items):
        said.append(found_notes)
    if found.rules:
        ruled = [rule_words(key, n) for key, n in found.rules]
        said.append(_("Formatted: {rules}.").format(rules=listed(ruled)))
    said += found.said
    said += _named(items) + _boxed(arrangement, {item.id for item in items})
    hidden = len(arrangement.hidden)
    if hidden:
        text = ngettext("{n} item is hidden.", "{n} items are hidden.", hidden)
        said.append(text.format(n=f"{hidden:,}"))
    return " ".join(said)


def _notes(arrangement: Arrangement, items: list[Item]) -> str:
    """Return how many notes are drawn; none where there is none. What they say is not told."""
    ids = {item.id for item in items}
    n = sum(note.about is None or note.about in ids for note in arrangement.scene.notes)
    return ngettext("{n} note.", "{n} notes.", n).format(n=n) if n else ""


def _named(items: list[Item]) -> list[str]:
    first = [
        item.label
        for item in items
        if item.importance is Importance.PRINCIPAL and not item.exploited
    ]
    if not first:
        return []
    more = len(first) - 8
    names = first[:8] + ([_("{n} more").format(n=more)] if more > 0 else [])
    return [_("Principal: {names}.").format(names=listed(names))]


def _boxed(arrangement: Arrangement, shown: set[UUID]) -> list[str]:
    boxes = [box for box in arrangement.scene.boxes if box.members & shown]
    if not boxes:
        return []
    # The OCG stands in its own box and is no member of itself.
    titles = [f"{box.title} ({len((box.members & shown) - {box.id})})" for box in boxes[:8]]
    if len(boxes) > 8:
        titles.append(_("{n} more").format(n=len(boxes) - 8))
    return [_("Boxed by OCG, with members drawn: {names}.").format(names=listed(titles))]


def head_line(cover: Cover) -> str:
    """Return what is printed of the journal a chart was made from."""
    return _("Head of the journal: {head}").format(head=cover.head)


def item_words(item: Item) -> str:
    """Return what a screen reader says of an item."""
    parts = [name_of(key_of(item)), item.label, item.detail]
    if item.sketch:
        parts.append(_("not in the register"))
    elif not (item.exploited or item.ghost):
        parts.append(_(IMPORTANCES[item.importance]))
    return ", ".join(part for part in (*parts, *item.badges) if part)


def tie_words(tie: Tie, labels: Mapping[UUID, str]) -> str:
    """Return a tie as a sentence without a full stop: ``A to B: supplies, confirmed``."""
    ends = (labels.get(tie.source, "?"), labels.get(tie.target, "?"))
    between = _("{source} to {target}") if tie.directed else _("{source} with {target}")
    if tie.asks:
        return _("{source} asks about {target}").format(source=ends[0], target=ends[1])
    parts = [
        tie.label,
        _("not in the register") if tie.sketch else _(STRENGTHS[tie.strength]).lower(),
        f"×{tie.count}" if tie.count > 1 else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{between.format(source=ends[0], target=ends[1])}: {said}"
