"""A chart as it is worked on: drawn on by hand, edited, put in line, copied, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_marks, records
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart, Item, Point
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label as code_words
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui.chart import lining, slips
from ocgdesk.ui.chart.tools import Does, Tool
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.edit_many_dialog import EditManyDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.chart_clipboard import ChartClipboard
from ocgdesk.ui.pages.chart_drawing import DrawnPage
from ocgdesk.ui.pages.chart_ghosting import ChartGhosts
from ocgdesk.ui.pages.chart_hands import ChartHands
from ocgdesk.ui.pages.chart_parts import Step, placed, without
from ocgdesk.ui.pages.chart_steps import Past, Steps
from ocgdesk.ui.pages.chart_taking import ChartTaking
from ocgdesk.ui.pages.record_saving import attempt

LEAST: Final = {**dict.fromkeys(lining.ALIGNED, 2), **dict.fromkeys(lining.SPREAD, 3)}
"""Items that are needed to put them in line."""


class WorkedPage(DrawnPage):
    """Lets a chart be worked on; what else is done with it is said by ``ChartPage``."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.steps = Steps()
        self._landing: dict[UUID, Point] = {}
        """Where what is about to be read is to stand."""
        self._chosen_next: tuple[UUID, ...] = ()
        self.hands = ChartHands(desk, self.keeper, self.canvas, self)
        self.clips = ChartClipboard(desk, self.canvas, self.hands, self)
        self.taking = ChartTaking(desk, self.view, self.hands)
        self.ghosts = ChartGhosts(desk, self.view)
        self._wire_hands()

    def _wire_hands(self) -> None:
        self.palette_bar = self.view.palette_bar
        self.palette_bar.refuse(
            records=chart_says.refusal(self.desk, Right.EDIT),
            marks_=chart_says.refusal(self.desk, Right.CHART),
        )
        self.palette_bar.picked.connect(self._on_tool)
        self.palette_bar.taken.connect(self.canvas.hold)
        self.palette_bar.dropped.connect(self._on_palette_drop)
        self.canvas.tool_changed.connect(self.palette_bar.show_tool)
        self.canvas.said.connect(self.said)
        self.canvas.asked.connect(self._on_asked)
        self.canvas.may_link = self.desk.may(Right.EDIT) or self.desk.may(Right.CHART)
        self.hands.told.connect(self.said)
        self.hands.brought.connect(self._bring)
        self.hands.title_wanted.connect(self._ask_title)
        self.hands.many_wanted.connect(self.edit_many)
        self.clips.told.connect(self.said)
        self.clips.brought.connect(self._bring)
        self.clips.pasted.connect(self._on_pasted)
        self.clips.cut.connect(self._on_removal)
        self.clips.rows_pasted.connect(self.taking.take)
        self.taking.told.connect(self.said)
        self.ghosts.told.connect(self.said)
        self.ghosts.changed.connect(self._on_time)
        self.ghosts.opened.connect(self.opened)
        self.taking.brought.connect(self._bring)
        self.taking.put.connect(self._on_put)

    # ---- Tools and keys ------------------------------------------------------------------------

    @Slot(object)
    def _on_tool(self, tool: Tool) -> None:
        self.hands.is_sketching = self.palette_bar.is_sketching
        if tool.does in {Does.ITEM, Does.NOTE}:
            self.view.show_canvas()
        self.canvas.use(tool)

    @Slot(object, object)
    def _on_palette_drop(self, tool: Tool, at: object) -> None:
        self.view.show_canvas()
        self.canvas.let_go(tool, at)  # type: ignore[arg-type]

    @Slot(str)
    def _on_asked(self, key: str) -> None:
        match key:
            case "undo":
                now = self.arrangement, self.looks.looks
                self._step_to(self.steps.back(*now), _("Undone: {act}"))
            case "redo":
                now = self.arrangement, self.looks.looks
                self._step_to(self.steps.forth(*now), _("Done again: {act}"))
            case "find":
                self._find()
            case "legend" | "properties":
                self.inspected.emit(self.inspector())
                self.view.focus_panel(legend=key == "legend")
            case _:
                self.clips.on_asked(key)

    def _find(self) -> None:
        """Let a name be typed, and select what has it in its words."""
        area = self.canvas.view.area(-12)
        self.canvas.type_at(Point(area.x, area.y), self._on_find, name=_("Find on this chart"))

    def _on_find(self, text: str) -> None:
        wanted = text.casefold()
        nodes = self.canvas.index.nodes
        found = [n.id for n in nodes if wanted in self.canvas.words_of(n.id).casefold()]
        self.canvas.select(found)
        if found:
            self.canvas.fit_selection()
        told = ngettext("{n} item found", "{n} items found", len(found)).format(n=len(found))
        self.said.emit(told if found else _("Nothing on this chart is called that"))

    # ---- What comes onto the chart -------------------------------------------------------------

    @Slot()
    def _ask_title(self) -> None:
        """Ask for a title before something is drawn that is kept with its chart."""
        about = self.desk.workspace.about
        dialog = TitleDialog(_("Save chart"), self.title, about=about, parent=self)
        dialog.show_note(_("Notes and sketches are kept with their chart: give it a title first."))
        dialog.named.connect(self.save_as)
        dialog.rejected.connect(self.hands.stay)
        dialog.open()

    def save_as(self, title: str) -> None:
        """Keep the chart under this title."""
        raise NotImplementedError

    @Slot(object)
    def _bring(self, places: Mapping[UUID, Point]) -> None:
        """Put records on a chart that is not kept, where they were dropped."""
        self._by_hand = True
        self._landing, self._chosen_next = dict(places), tuple(places)
        query = self._as_it_is()
        also = tuple(dict.fromkeys((*query.also, *places)))
        self._draw(Step(_("Add to chart")), replace(query, also=also))

    @Slot(object)
    def _on_pasted(self, ids: tuple[UUID, ...]) -> None:
        self._chosen_next = ids

    @Slot(object)
    def _on_put(self, ids: tuple[UUID, ...]) -> None:
        """Select what was put on the chart: now, or once it is drawn."""
        if self._is_ready:
            self.canvas.select(ids)
        else:
            self._chosen_next = ids

    def _lay_out(self, step: Step, arrangement: Arrangement, fixed: Mapping[UUID, Point]) -> None:
        there = {item.id for item in arrangement.scene.items}
        landed = {id_: at for id_, at in self._landing.items() if id_ in there}
        self._landing = {}
        super()._lay_out(step, arrangement, {**fixed, **landed})

    def _on_places(self, step: Step, arrangement: Arrangement, places: dict[UUID, Point]) -> None:
        before = self.arrangement
        super()._on_places(step, arrangement, places)
        if step.label:
            self._remember(step.label, before)
        if chosen := self._chosen_next:
            self._chosen_next = ()
            self.canvas.select(chosen)

    # ---- Removing, moving ----------------------------------------------------------------------

    @Slot(object)
    def _on_removal(self, ids: tuple[UUID, ...]) -> None:
        """Take items off the chart, and what was drawn by hand with them; records stay."""
        scene = self.arrangement.scene
        drawn = {item.id for item in scene.items} | {note.id for note in scene.notes}
        drawn |= {tie.id for tie in scene.ties if tie.sketch}
        gone = frozenset(ids) & drawn
        if not gone:
            self.said.emit(_("A link is drawn while both its ends are; Shift+Delete deletes it."))
            return
        self._by_hand = True
        before, left = self.arrangement, without(self.arrangement, gone)
        super()._on_places(Step(), left, dict(left.places))
        label = _("Remove from chart")
        self._remember(label, before)
        self.keeper.clear(label, gone)

    @Slot(object)
    def _on_moved(self, places: dict[UUID, Point]) -> None:
        self.ghosts.move(places)
        ghosts = self.ghosts.among(places)
        items = {id_: at for id_, at in places.items() if id_ in self.arrangement.places}
        notes = {id_: at for id_, at in places.items() if id_ not in {*items, *ghosts}}
        if not (items or notes):
            return
        label = _("Move on chart") if items else _("Move note")
        self._shift(label, items, notes, quiet=True)

    def _shift(
        self,
        label: str,
        items: dict[UUID, Point],
        notes: dict[UUID, Point],
        *,
        quiet: bool = False,
    ) -> None:
        before = self.arrangement
        self.arrangement = slips.put(placed(before, items), notes)
        self._moved |= items
        self.view.keep(self.arrangement)
        self._remember(label, before)
        self.keeper.put(label, self.arrangement, items, notes, quiet=quiet)

    def line_up(self, how: str) -> None:
        """Put the items selected into line; refused in words where there are too few."""
        nodes = [n for id_ in self.canvas.selection() if (n := self.canvas.index.node(id_))]
        if len(nodes) < LEAST[how]:
            told = _("Select {n} items or more to put them in line")
            self.said.emit(told.format(n=LEAST[how]))
            return
        if how in lining.ALIGNED:
            places, label = lining.aligned(nodes, how), _("Align on chart")
        else:
            places, label = lining.spread(nodes, how), _("Distribute on chart")
        self.canvas.put(places)
        self._shift(label, places, {})

    # ---- Editing -------------------------------------------------------------------------------

    def edit_by(self, name: str, how: str, ids: tuple[UUID, ...]) -> None:
        """Do what an entry of the menu does with these."""
        match name:
            case "promote":
                self.hands.promote(ids[0])
            case "word":
                self.hands.reword(ids[0])
            case "edit-many":
                self.edit_many()
            case "line":
                self.line_up(how)
            case "tone":
                self.retone(ids, how)

    def retone(self, ids: Sequence[UUID], tone: str) -> None:
        """Give notes another tone."""
        label = _("Tone of note: {tone}").format(tone=code_words("annotation-tones", tone))
        self.hands.draw(label, partial(chart_marks.retone, ids=tuple(ids), tone=tone))

    @Slot()
    def edit_many(self) -> None:
        """Ask what is to be changed of the records selected, all of them at once."""
        ids = [i.id for i in self._items(self.canvas.selection()) if not i.sketch]
        if self.desk.may(Right.EDIT) and ids:
            self.desk.ask(partial(_load, ids=ids), self._on_many)

    def _on_many(self, things: list[Entity]) -> None:
        about = self.desk.workspace.about
        dialog = EditManyDialog(
            things,
            today=self.desk.today(),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self,
        )
        dialog.kept.connect(partial(self._on_many_kept, dialog))
        dialog.open()

    def _on_many_kept(self, dialog: EditManyDialog, values: dict[str, Any]) -> None:
        n = len(dialog.things)
        label = ngettext("Edit {n} record", "Edit {n} records", n).format(n=n)
        error = attempt(self.desk, label, partial(_edit_all, things=dialog.things, values=values))
        if error is None:
            dialog.accept()
        else:
            dialog.say(f"{str(error).rstrip('.')}.")

    def _items(self, ids: Sequence[UUID]) -> list[Item]:
        wanted = set(ids)
        return [item for item in self.arrangement.scene.items if item.id in wanted]

    # ---- Steps ---------------------------------------------------------------------------------

    def _remember(self, label: str, before: Arrangement) -> None:
        """Remember a step of a chart that is not kept; of a kept one the journal does."""
        if self.chart is None and before.scene.items:
            self.steps.took(label, before, self.looks.before)
        self.looks.before = self.looks.looks
        self.canvas.takes_undo = self.chart is None and not self.steps.are_none

    def _step_to(self, past: Past | None, told: str) -> None:
        """Show the chart as it stood: read anew, since records may have changed meanwhile."""
        if past is None:
            return
        self._by_hand = True
        was = past.arrangement
        self._landing = dict(was.places)
        self.arrangement = replace(self.arrangement, pinned=was.pinned, hidden=was.hidden)
        self.looks.begin_again(past.looks)
        items = tuple(item.id for item in was.scene.items)
        off = frozenset(self.focus) - frozenset(items)
        self._draw(Step(), ChartQuery(focus=self.focus, hops=0, also=items, without=off))
        self.said.emit(told.format(act=past.label))

    def _take(self, chart: Chart) -> None:
        super()._take(chart)
        self.steps.forget()
        self.canvas.takes_undo = False


def _load(reader: Reader, ids: Sequence[UUID]) -> list[Entity]:
    numbers = reader.numbers(ids)
    reader.saw("Edit records", numbers.values())
    return [thing for thing in reader.load(list(numbers.values())) if isinstance(thing, Entity)]


def _edit_all(work: Work, things: Sequence[Entity], values: dict[str, Any]) -> None:
    records.edit_all(work, [(thing, values) for thing in things])
