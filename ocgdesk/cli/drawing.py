"""Charts drawn on without a window: ``draw`` with note, sketch, line, clear and promote."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import chart_keeping, output, session
from ocgdesk.cli.session import Way
from ocgdesk.domain.kinds import SUBJECTS
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from uuid import UUID

    from ocgdesk.domain.charts import Arrangement, Point
    from ocgdesk.domain.things import Thing
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.work import Work

STANDING = tuple(kind.value for kind in SUBJECTS)
BESIDE = 120.0
"""How far beside all else something is put that was given no place, in chart units."""
_at_option = click.option("--at", default="", metavar="X,Y", help="Where, in chart units.")


@click.group()
def draw() -> None:
    """Draw on a saved CHART: notes, sketches, lines; or put a sketch into the register."""


@draw.command("note")
@session.edits
@click.argument("chart")
@click.argument("text")
@click.option("--about", default="", metavar="REF", help="The item it follows.")
@click.option("--tone", default="plain", help="A code of the list of tones of a note.")
@_at_option
def note(way: Way, chart: str, text: str, reason: str, *, json_: bool, **how: str) -> None:
    """Put a note on the saved CHART; about an item its place is counted from that."""
    from ocgdesk.casework import chart_marks
    from ocgdesk.domain.chart_marks import Annotation
    from ocgdesk.domain.charts import Point
    from ocgdesk.domain.reference_data import code_list

    tone = code_list("annotation-tones").parse(how["tone"])
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_, arrangement = _chart(reader, chart)
            about = _item(reader, arrangement, how["about"]) if how["about"] else None
            beside = Point(*chart_marks.BESIDE) if about else _aside(arrangement)
            at = _point(how["at"]) or beside
        new = Annotation(text=text, about=about, tone=tone, x=at.x, y=at.y)
        _do(workspace, "Add note", reason, lambda w: chart_marks.annotate(w, id_, new), json_=json_)


@draw.command("sketch")
@session.edits
@click.argument("chart")
@click.argument("kind", type=click.Choice(STANDING))
@click.argument("name")
@click.option("--detail", default="", help="The second line under its name.")
@_at_option
def sketch(way: Way, chart: str, kind: str, name: str, reason: str, **how: Any) -> None:
    """Sketch NAME, one of a KIND, on the saved CHART; it is in no register and no measure."""
    from ocgdesk.casework import chart_marks
    from ocgdesk.domain.chart_marks import SketchItem

    new = SketchItem(name=name, stands_for=kind, detail=how["detail"])
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_, arrangement = _chart(reader, chart)
            at = _point(how["at"]) or _aside(arrangement)
        act: Callable[[Work], Thing] = lambda w: chart_marks.sketch(w, id_, new, at)  # noqa: E731
        _do(workspace, "Sketch", reason, act, json_=how["json_"])


@draw.command("line")
@session.edits
@click.argument("chart")
@click.argument("one")
@click.argument("other")
@click.option("--words", default="", help="What stands on the line.")
@click.option("--directed", is_flag=True, help="With an arrow at OTHER.")
def line(way: Way, chart: str, one: str, other: str, reason: str, **how: Any) -> None:
    """Sketch a line on the saved CHART from the item ONE to the item OTHER."""
    from ocgdesk.casework import chart_marks
    from ocgdesk.domain.chart_marks import SketchTie

    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_, arrangement = _chart(reader, chart)
            ends = [_item(reader, arrangement, text) for text in (one, other)]
        new = SketchTie(name=how["words"], one=ends[0], other=ends[1], directed=how["directed"])
        act: Callable[[Work], Thing] = lambda w: chart_marks.tie(w, id_, new)  # noqa: E731
        _do(workspace, "Sketch link", reason, act, json_=how["json_"])


@draw.command("clear")
@session.edits
@click.argument("chart")
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
def clear(way: Way, chart: str, refs: Sequence[str], reason: str, *, json_: bool) -> None:
    """Take items, notes or sketched lines off the saved CHART; records stay in the register."""
    from ocgdesk.casework import chart_marks
    from ocgdesk.domain.people import Right

    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_, arrangement = _chart(reader, chart)
            ids = [_item(reader, arrangement, text) for text in refs]
        label = "Remove from chart"
        with workspace.work(label, right=Right.CHART, reason=reason) as done:
            chart_marks.clear(done.work, id_, ids)
    if json_:
        output.as_json({"removed": ids, "seq": done.changes.seq or None})
    else:
        output.say(_("Taken off: {n:,}").format(n=len(ids)))


@draw.command("promote")
@session.edits
@click.argument("chart")
@click.argument("name")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
def promote(
    way: Way, chart: str, name: str, fields: Sequence[str], reason: str, *, json_: bool
) -> None:
    """Put the sketch NAME of the saved CHART into the register, with these fields.

    It keeps its place, and the lines and notes drawn to it. A field it is called by that is not
    given is the name of the sketch.
    """
    from ocgdesk.casework import chart_making, typed
    from ocgdesk.domain.chart_marks import SketchItem
    from ocgdesk.domain.fields import described_fields
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.registry import class_of

    with way.opened() as workspace:
        with workspace.reading() as reader:
            _id, arrangement = _chart(reader, chart)
            drawn = reader.get(SketchItem, _item(reader, arrangement, name))
            kind = Kind(drawn.stands_for)
            values = typed.values(reader, kind, fields, today=session.today())
        called = next(f.name for f in described_fields(class_of(kind)) if f.is_label)
        new: Any = class_of(kind)(**{called: drawn.name, **values})
        with workspace.work("Put sketch into the register", reason=reason) as done:
            saved = chart_making.promote(done.work, drawn.id, new)
    _tell(saved, done.changes.seq, json_=json_)


def _do(
    workspace: Any, label: str, reason: str, act: "Callable[[Work], Thing]", *, json_: bool
) -> None:
    from ocgdesk.domain.people import Right

    with workspace.work(label, right=Right.CHART, reason=reason) as done:
        saved = act(done.work)
    _tell(saved, done.changes.seq, json_=json_)


def _tell(saved: "Thing", seq: int, *, json_: bool) -> None:
    from ocgdesk.casework import present

    if json_:
        output.as_json(present.plain(saved) | {"seq": seq or None})
    else:
        output.say(_("Drawn: {ref}").format(ref=getattr(saved, "ref", "") or saved.id))


def _chart(reader: "Reader", ref: str) -> "tuple[UUID, Arrangement]":
    """Return a saved chart by title or id, as it stands."""
    from ocgdesk.casework import chart_opening

    id_ = chart_keeping.chart_id(reader, ref)
    return id_, chart_opening.open_chart(reader, id_).arrangement


def _item(reader: "Reader", arrangement: "Arrangement", ref: str) -> "UUID":
    """Return what is called so on a chart: by its label there, or as any record is."""
    from ocgdesk.store import records

    scene = arrangement.scene
    parts = [*((i.id, i.label) for i in scene.items), *((n.id, n.text) for n in scene.notes)]
    parts += [(tie.id, tie.label) for tie in scene.ties if tie.sketch]
    named = {id_ for id_, words in parts if ref in {words, str(id_)}}
    found = named or {records.resolve(reader, ref).id} & {id_ for id_, _words in parts}
    if len(found) != 1:
        told = _("{ref} is not on this chart") if not found else _("Several are called {ref}")
        raise Refused(told.format(ref=ref[:60]))
    return found.pop()


def _aside(arrangement: "Arrangement") -> "Point":
    """Return a place right of all that is on a chart, at its top."""
    from ocgdesk.domain.charts import Point

    places = arrangement.places.values()
    if not places:
        return Point(0.0, 0.0)
    return Point(max(at.x for at in places) + BESIDE, min(at.y for at in places))


def _point(text: str) -> "Point | None":
    from ocgdesk.domain.charts import Point

    if not text:
        return None
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        raise Refused(_("Write a place as X,Y in chart units, such as 120,-40")) from None
    return Point(x, y)
