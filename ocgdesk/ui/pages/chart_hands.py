"""What is drawn on a chart by hand: records put down, links drawn, sketches, notes, words."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_making, chart_marks, records
from ocgdesk.domain.chart_marks import Annotation, SketchItem, SketchTie
from ocgdesk.domain.charts import Item, Point, Scene, Tie
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.people import Right
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store import records as queries
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.ui import words
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.tools import Does, Tool
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.link_dialog import LinkDialog
from ocgdesk.ui.dialogs.new_record_dialog import NewRecordDialog
from ocgdesk.ui.dialogs.nomination_dialog import NominationDialog
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.chart_keeping import ChartKeeper
from ocgdesk.ui.pages.record_saving import attempt
from ocgdesk.ui.pages.register_parts import inside, remove_label
from ocgdesk.ui.widgets.inputs import TextBox

ASKED: Final = N_("That is an intelligence requirement: it is edited on its plan. Enter opens it.")


class ChartHands(QObject):
    """Asks for what a gesture leaves open, and does it as one act that can be undone."""

    title_wanted = Signal()
    """The chart has to be kept before this can be drawn on it; then call ``go_on``."""
    brought = Signal(object)
    """Records to stand on a chart that is not kept: ``dict[UUID, Point]``."""
    many_wanted = Signal()
    """Several records are to be edited at once."""
    told = Signal(str)

    def __init__(self, desk: Desk, keeper: ChartKeeper, canvas: ChartCanvas, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._keeper, self._canvas, self._over = desk, keeper, canvas, over
        self._waiting: Callable[[UUID], None] | None = None
        canvas.dropped.connect(self.put_down)
        canvas.linked.connect(self.join)
        canvas.wording_requested.connect(self.reword)
        canvas.deletion_requested.connect(self.delete)
        self.is_sketching = False
        """Whether lines drawn now stay on the chart."""

    # ---- On a kept chart -----------------------------------------------------------------------

    @property
    def is_kept(self) -> bool:
        """Whether the chart has a title, and is kept as it goes."""
        return self._keeper.chart is not None

    def when_kept(self, act: Callable[[UUID], None]) -> None:
        """Do this with the id of the kept chart; one that is not kept is given a title first."""
        if self._keeper.chart is not None:
            act(self._keeper.chart.id)
        elif self._may(Right.CHART):
            self._waiting = act
            self.title_wanted.emit()

    def go_on(self) -> None:
        """Do what waited for the chart to be kept."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self._keeper.chart is not None:
            waiting(self._keeper.chart.id)

    def stay(self) -> None:
        """Do not do what waited: the chart was given no title."""
        self._waiting = None

    def _may(self, right: Right) -> bool:
        """Tell whether the user may do this; where not, they are told why."""
        if reason := chart_says.refusal(self._desk, right):
            self.told.emit(reason)
        return not reason

    def draw(self, label: str, act: Callable[[Work], object]) -> bool:
        """Do something to what is drawn on the chart; False where it was refused."""
        return self._desk.do(label, act, right=Right.CHART)

    # ---- Putting down --------------------------------------------------------------------------

    def put_down(self, tool: Tool, at: Point, target: UUID | None) -> None:
        """Put a record, a sketch or a note where it was dropped."""
        if tool.does is Does.NOTE:
            self.when_kept(partial(self._begin_note, at, target))
        elif tool.kind is None:
            return
        elif tool.sketch:
            self.when_kept(partial(self._begin_sketch, tool.kind, at))
        elif self._may(Right.EDIT):
            self._ask_for(tool.kind, partial(self._make, at))

    def _begin_note(self, at: Point, target: UUID | None, chart: UUID) -> None:
        then = partial(self._note, chart, at, target)
        self._canvas.type_at(at, then, name=_("Text of the note"), lines=True)

    def _note(self, chart: UUID, at: Point, target: UUID | None, text: str) -> None:
        place = at if target is None else Point(*chart_marks.BESIDE)
        new = Annotation(text=text, about=target, x=place.x, y=place.y)
        self.draw(_("Add note"), partial(chart_marks.annotate, chart_id=chart, new=new))

    def _begin_sketch(self, kind: Kind, at: Point, chart: UUID) -> None:
        then = partial(self._sketch, chart, kind, at)
        self._canvas.type_at(at, then, name=_("Name of the sketch"))

    def _sketch(self, chart: UUID, kind: Kind, at: Point, name: str) -> None:
        new = SketchItem(name=name, stands_for=kind.value)
        label = _("Sketch {kind}").format(kind=inside(words.one(kind)))
        self.draw(label, partial(chart_marks.sketch, chart_id=chart, new=new, at=at))

    def _ask_for(self, kind: Kind, then: Callable[..., bool], name: str = "") -> None:
        """Ask for a new record as everywhere else; an OCG is nominated."""
        if kind is Kind.OCG:
            nominated = NominationDialog(self._desk, parent=self._over)
            nominated.made.connect(partial(self._on_nominated, nominated, then))
            _prefill(nominated, "name", name)
            nominated.open()
            return
        about = self._desk.workspace.about
        dialog = NewRecordDialog(
            kind,
            today=self._desk.today(),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self._over,
        )
        if (field := label_field(kind)) is not None:
            _prefill(dialog, field.name, name)
        dialog.made.connect(partial(self._on_made, dialog, then))
        dialog.open()

    def _on_made(self, dialog: NewRecordDialog, then: Callable[..., bool], new: Entity) -> None:
        _close(dialog, then(new, dialog.reason))

    def _on_nominated(
        self, dialog: NominationDialog, then: Callable[..., bool], new: Ocg, members: list[UUID]
    ) -> None:
        _close(dialog, then(new, "", members))

    def _make(self, at: Point, new: Entity, reason: str, members: Iterable[UUID] = ()) -> bool:
        """Add a record and put it on the chart where it was dropped: one act."""
        chart = self._keeper.chart.id if self._keeper.chart else None
        label = _("Add {kind}").format(kind=inside(words.one(new.kind)))
        act = partial(
            chart_making.put_new, new=new, chart=chart, at=at, reason=reason, members=members
        )
        if not self._desk.do(label, act):
            return False
        if chart is None:
            self.brought.emit({new.id: at})
        return True

    # ---- Joining -------------------------------------------------------------------------------

    def join(self, one: UUID, other: UUID) -> None:
        """Link two items: in the register, or by a sketch where one of them is sketched."""
        ends = [self.item(one), self.item(other)]
        if any(item is None for item in ends):
            return
        if any(item.ghost for item in ends if item):
            self.told.emit(_(ASKED))
            return
        if self.is_sketching or any(item.sketch for item in ends if item):
            self.when_kept(partial(self._sketch_tie, one, other))
        elif self._may(Right.EDIT):
            self._ask_link(one, other, self._link)

    def _sketch_tie(self, one: UUID, other: UUID, chart: UUID) -> None:
        new = SketchTie(one=one, other=other)
        self.draw(_("Sketch link"), partial(chart_marks.tie, chart_id=chart, new=new))

    def _ask_link(self, one: UUID, other: UUID, then: Callable[[Link], bool]) -> None:
        query = partial(queries.by_ids, ids={one, other})
        self._desk.ask(query, partial(self._on_ends, one, other, then))

    def _on_ends(
        self, one: UUID, other: UUID, then: Callable[[Link], bool], found: dict[UUID, Brief]
    ) -> None:
        if not {one, other} <= found.keys():
            self.told.emit(_("One of the two is no longer in the register"))
            return
        dialog = LinkDialog(self._desk, found[one], kinds=SUBJECTS, parent=self._over)
        dialog.choose(found[other])
        dialog.made.connect(partial(self._on_link, dialog, then))
        dialog.open()

    def _on_link(self, dialog: LinkDialog, then: Callable[[Link], bool], link: Link) -> None:
        _close(dialog, then(link))

    def _link(self, link: Link) -> bool:
        label = _("Add {kind}").format(kind=inside(words.one(link.kind)))
        return self._desk.do(label, partial(records.link, new=link))

    # ---- Into the register ---------------------------------------------------------------------

    def promote(self, id_: UUID) -> None:
        """Ask for the record that a sketch, or a sketched line, becomes."""
        item, tie = self.item(id_), self.tie(id_)
        if item is not None and item.sketch:
            name = item.label if item.label.strip() else ""
            self._ask_for(item.kind, partial(self._promote, item), name)
        elif tie is not None and tie.sketch:
            ends = [self.item(tie.source), self.item(tie.target)]
            if any(end is None or end.sketch for end in ends):
                self.told.emit(_("Put both of its ends into the register first."))
            else:
                self._ask_link(tie.source, tie.target, partial(self._promote_tie, id_))

    def _promote(self, item: Item, new: Entity, reason: str, members: Iterable[UUID] = ()) -> bool:
        label = _("Put sketch into the register")
        act = partial(
            chart_making.promote, sketch_id=item.id, new=new, reason=reason, members=members
        )
        return self._desk.do(label, act)

    def _promote_tie(self, id_: UUID, link: Link) -> bool:
        act = partial(chart_making.promote_tie, tie_id=id_, new=link)
        return self._desk.do(_("Put sketched link into the register"), act)

    # ---- Words ---------------------------------------------------------------------------------

    def reword(self, id_: UUID) -> None:
        """Let a note, a sketch or the name of a record be typed in place; several are edited."""
        chosen = self._canvas.selection()
        if (ghost := self.item(id_)) is not None and ghost.ghost:
            self.told.emit(_(ASKED))
            return
        if id_ in chosen and sum(self.item(one) is not None for one in chosen) > 1:
            self.many_wanted.emit()
        elif note := next((n for n in self._scene.notes if n.id == id_), None):
            self._type(id_, note.text, _("Edit note"), lines=True)
        elif (tie := self.tie(id_)) is not None and tie.sketch:
            self._type(id_, tie.label, _("Rename sketched link"))
        elif (item := self.item(id_)) is not None:
            self._rename(item)

    def _type(self, id_: UUID, text: str, label: str, *, lines: bool = False) -> None:
        if self._may(Right.CHART):
            then = partial(self._reworded, id_, label)
            self._canvas.type_over(id_, text, then, name=label, lines=lines)

    def _reworded(self, id_: UUID, label: str, text: str) -> None:
        self.draw(label, partial(chart_marks.reword, id_=id_, text=text))

    def _rename(self, item: Item) -> None:
        if item.sketch:
            self._type(item.id, item.label, _("Rename sketch"))
            return
        field = label_field(item.kind)
        if field is None or not self._desk.may(Right.EDIT):
            self.told.emit(_("This is named on its record; Enter opens it."))
            return
        label = _("Rename {kind}").format(kind=inside(words.one(item.kind)))
        then = partial(self._renamed, item.id, field.name, label)
        self._canvas.type_over(item.id, item.label, then, name=label)

    def _renamed(self, id_: UUID, name: str, label: str, text: str) -> None:
        error = attempt(self._desk, label, partial(records.edit, id_=id_, values={name: text}))
        if error is not None:
            self.told.emit(str(error))

    # ---- Deleting ------------------------------------------------------------------------------

    def delete(self, ids: tuple[UUID, ...]) -> None:
        """Delete the records of items and the links of lines; undo brings them back."""
        items = [item for id_ in ids if (item := self.item(id_)) and _is_record(item)]
        ties = [tie for id_ in ids if (tie := self.tie(id_)) and not tie.sketch]
        if not (items or ties):
            self.told.emit(_("What is selected is in no register; Delete takes it off the chart."))
            return
        if not self._may(Right.EDIT):
            return
        act = partial(chart_making.delete, items=[item.id for item in items], ties=ties)
        self._desk.do(_delete_label(items, ties), act)

    # ---- What there is -------------------------------------------------------------------------

    @property
    def _scene(self) -> Scene:
        return self._canvas.arrangement.scene

    def item(self, id_: UUID) -> Item | None:
        """Return an item of the chart."""
        return next((item for item in self._scene.items if item.id == id_), None)

    def tie(self, id_: UUID) -> Tie | None:
        """Return a line of the chart."""
        return next((tie for tie in self._scene.ties if tie.id == id_), None)


def _is_record(item: Item) -> bool:
    return not (item.sketch or item.ghost)


def label_field(kind: Kind) -> Field | None:
    """Return the field a kind is called by, where that is text to be typed."""
    found = next((f for f in described_fields(class_of(kind)) if f.is_label), None)
    is_text = found is not None and found.type is FieldType.TEXT and not found.codes
    return found if is_text else None


def _prefill(dialog: NewRecordDialog | NominationDialog, name: str, text: str) -> None:
    editor = dialog.fields[name].editor if name in dialog.fields else None
    if text and isinstance(editor, TextBox):
        editor.setText(text)


def _close(dialog: NewRecordDialog | NominationDialog | LinkDialog, done: bool) -> None:  # noqa: FBT001
    if done:
        dialog.accept()
    else:
        dialog.say(_("It was not saved; the window says why."))


def _delete_label(items: Sequence[Item], ties: Sequence[Tie]) -> str:
    """Return the name of the act: it names kinds and counts, never people."""
    kinds = {item.kind for item in items}
    if not items:
        return remove_label(Kind.LINK, len(ties))
    if len(kinds) == 1:
        return remove_label(kinds.pop(), len(items))
    return ngettext("Remove {n} record", "Remove {n} records", len(items)).format(n=len(items))
