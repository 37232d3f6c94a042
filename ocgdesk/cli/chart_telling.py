"""What ``chart`` says of what it drew, in words and as JSON."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ocgdesk.cli import output
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.chart_looks import Looks
    from ocgdesk.domain.charts import Arrangement

_SIGNS = {"added": "+", "removed": "×", "changed": "≠"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart as it was drawn."""

    arrangement: "Arrangement"
    focus: tuple[UUID, ...]
    title: str
    filters: tuple[str, ...] = ()
    """What was left out, in words."""
    entry: int | None = None
    """The journal entry it is drawn as at; None is now."""
    changes: tuple[dict[str, Any], ...] = ()
    """Of a comparison: what differs."""
    collapsed: tuple[UUID, ...] = ()
    looks: "Looks | None" = None
    """The filters and rules it is drawn by."""
    safeguarding: bool = False


def plain(drawn: Drawn, out: Path | None) -> dict[str, Any]:
    """Return a chart for ``--json``: items, links, and what was left out, in words."""
    scene = drawn.arrangement.scene
    items = [
        {"id": i.id, "kind": i.kind.value, "label": i.label, "marking": i.marking.value}
        for i in scene.items
    ]
    links = [
        {"id": t.id, "source": t.source, "target": t.target, "type": t.label}
        | {"directed": t.directed, "strength": t.strength.value, "count": t.count}
        | ({"beneath": list(t.beneath)} if t.beneath else {})
        for t in scene.ties
    ]
    return {
        "title": drawn.title,
        "items": items,
        "links": links,
        "cut": scene.cut or None,
        "filters": list(drawn.filters),
        "rules": [{"name": key.words, "of": sorted(key.ids)} for key in scene.keys],
        "said": list(scene.said),
        "changes": list(drawn.changes),
        "file": str(out) if out else None,
    }


def say(drawn: Drawn, out: Path | None, *, save: bool) -> None:
    """Print what was drawn, filtered, changed, kept and written."""
    scene = drawn.arrangement.scene
    told = _("{title}: {items:,} items, {lines:,} lines")
    output.say(told.format(title=drawn.title, items=len(scene.items), lines=len(scene.ties)))
    if scene.cut:
        output.say(scene.cut)
    for words in drawn.filters:
        output.say(_("Filter: {words}").format(words=words))
    for words in scene.said:
        output.say(words)
    for one in drawn.changes:
        output.say(f"{_SIGNS[one['change']]} {one['what']}: {one['how']}")
    if save:
        output.say(_("Kept under its title"))
    if out is not None:
        output.say(_("Wrote {name}").format(name=out.name))
