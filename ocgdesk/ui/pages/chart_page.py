"""The link chart: drawn round a record, arranged by hand, kept under a name, exported."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_ghosts
from ocgdesk.domain.chart_lines import Lines
from ocgdesk.domain.charts import Arrangement, Chart, Point
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.chart_exporting import Asked, ChartPapers
from ocgdesk.ui.pages.chart_keepsakes import ChartKeepsakes
from ocgdesk.ui.pages.chart_linking import ChartLinks
from ocgdesk.ui.pages.chart_menu import ItemMenu, subject
from ocgdesk.ui.pages.chart_parts import Step
from ocgdesk.ui.pages.chart_portraits import ChartPortraits
from ocgdesk.ui.pages.chart_printing import ChartPrints
from ocgdesk.ui.pages.chart_theming import ChartThemes
from ocgdesk.ui.pages.chart_worked import WorkedPage
from ocgdesk.ui.widgets.buttons import Button

_HERE: Final = Qt.ShortcutContext.WidgetWithChildrenShortcut


class ChartPage(WorkedPage):
    """Canvas in the middle, layouts and hops above, legend and selection in the inspector."""

    icon = "page.chart"
    _keeping_looks = False
    _held_back = False
    """Whether something changed while other looks were about to be kept."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.papers = ChartPapers(desk, self)
        self.prints = ChartPrints(desk, self)
        self.acts = ChartKeepsakes(desk, self.keeper, self)
        self.links = ChartLinks(desk, self)
        self.portraits = ChartPortraits(desk, self.canvas, self)
        self.themes = ChartThemes(desk, self.looks, self)
        if target.theme is not None:  # the colours say who stands out: nobody need be selected
            self.looks.begin(target.theme)
            self._arriving = ()
        self._wire()
        self.refresh()

    def inspector(self) -> QWidget | None:
        """Return what is selected and the legend, which filters and selects."""
        panel = self.view.panel(may_edit=self.links.may_open())
        panel.opened.connect(self._on_item_opened)
        panel.requirements_left.connect(self.ghosts.switch)
        panel.expand_requested.connect(self._on_expand)
        return panel

    def leave(self) -> None:
        """Stop exporting too. What has been journalled as leaving still leaves."""
        super().leave()
        self.papers.cancel()
        self.prints.cancel()
        self.portraits.stop()
        self.ghosts.stop()

    def _wire(self) -> None:
        self.bar.layouts.chosen.connect(self._on_layout)
        self.bar.arrange_button.clicked.connect(self._arrange_all)
        self.bar.hop_box.chosen.connect(self._on_hops)
        self.canvas.moved.connect(self._on_moved)
        self.canvas.opened.connect(self._on_item_opened)
        self.canvas.hidden_changed.connect(self._on_hidden)
        self.canvas.expand_requested.connect(self._on_expand)
        self.canvas.removal_requested.connect(self._on_removal)
        self.canvas.menu_requested.connect(self._on_menu)
        self.mirror.opened.connect(self._on_item_opened)
        self.themes.analysed.connect(self._on_measure)
        for part in (self.papers, self.prints, self.acts, self.themes):
            part.told.connect(self.said)
        self.acts.opened.connect(self.opened)
        self.keeper.kept.connect(self._on_kept)
        self._bind(Right.CHART, self.bar.save_button, "Ctrl+S", self.save)
        if not chart_says.refusal(self.desk, Right.CHART):
            key = QShortcut(QKeySequence("Ctrl+Shift+S"), self, context=_HERE)
            key.activated.connect(self.save_copy)
        self._bind(Right.EXPORT, self.bar.export_button, "Ctrl+E", self.export)
        self._bind(Right.EXPORT, self.bar.copy_button, "Ctrl+Shift+C", self.copy)
        self._bind(Right.EXPORT, self.bar.print_button, "Ctrl+P", self.print_)

    def _bind(self, right: Right, button: Button, key: str, act: Callable[[], None]) -> None:
        """Let a button and its key do this, or say why the user may not."""
        if reason := chart_says.refusal(self.desk, right):
            button.refuse(reason)
            return
        button.clicked.connect(act)
        QShortcut(QKeySequence(key), self, context=_HERE).activated.connect(act)

    def _on_looks(self, label: str) -> None:
        """Show the chart by other looks; until they are kept nothing is read over them."""
        self._keeping_looks = True
        super()._on_looks(label)

    def _on_changed(self, changed: Changed) -> None:
        if self._keeping_looks:
            self._held_back = True
        else:
            super()._on_changed(changed)

    def _on_places(self, step: Step, arrangement: Arrangement, places: dict[UUID, Point]) -> None:
        super()._on_places(step, arrangement, places)
        held, self._keeping_looks, self._held_back = self._held_back, False, False
        if held:
            self.refresh()

    def _on_failed(self, error: BaseException) -> None:
        self._keeping_looks = False
        super()._on_failed(error)

    @Slot(str)
    def _on_layout(self, code: str) -> None:
        self.layout_code = code
        self._arrange_all()

    @Slot()
    def _arrange_all(self) -> None:
        """Lay everything out anew but what is pinned; on a kept chart one undo step."""
        pinned = self.arrangement.pinned
        fixed = {id_: at for id_, at in self.arrangement.places.items() if id_ in pinned}
        self._lay_out(Step(_("Lay out chart"), afresh=True, fit=True), self.arrangement, fixed)

    @Slot(str)
    def _on_hops(self, hops: str) -> None:
        self.hops, self.expanded = int(hops), ()
        self._by_hand = self.chart is not None
        if self.focus:
            self._draw(Step(_("Change hops"), fit=True), self._from_focus())

    @Slot(object)
    def _on_expand(self, id_: UUID) -> None:
        """Bring in what is linked to an item; what was placed stays. An overview stays as it is."""
        if self.ghosts.among([id_]):
            return
        if self.overview:
            self.opened.emit(Target(page=PageKind.CHART, focus=(id_,)), False)
            return
        self._by_hand = True
        self.expanded = tuple(dict.fromkeys((*self.expanded, id_)))
        self._draw(Step(_("Expand on chart")), self._as_it_is(id_))

    @Slot(int)
    def _on_hidden(self, _count: int) -> None:
        was, before = self.arrangement, self.arrangement.hidden
        hidden = self.canvas.hidden() & self.arrangement.places.keys()
        self.arrangement = replace(self.arrangement, hidden=hidden)
        self.view.keep(self.arrangement)
        label = _("Hide on chart") if hidden - before else _("Show on chart")
        places = {id_: self.arrangement.places[id_] for id_ in hidden ^ before}
        self._remember(label, was)
        self.keeper.put(label, self.arrangement, places)

    def pin(self, ids: tuple[UUID, ...], *, pinned: bool) -> None:
        """Let items keep their place when all is laid out anew, or not."""
        before, these = self.arrangement, frozenset(ids) & self.arrangement.places.keys()
        kept = before.pinned | these if pinned else before.pinned - these
        self.arrangement = replace(before, pinned=kept)
        label = _("Pin on chart") if pinned else _("Unpin on chart")
        places = {id_: self.arrangement.places[id_] for id_ in these}
        self._remember(label, before)
        self.keeper.put(label, self.arrangement, places)

    @Slot()
    def save(self) -> None:
        """Ask for a title to keep the chart under; a kept one is kept as it goes."""
        if self.chart is not None:
            self.said.emit(_("Kept as you go. Ctrl+Shift+S saves a copy."))
            return
        if not self._is_ready or not self.arrangement.places:
            return
        about = self.desk.workspace.about
        dialog = TitleDialog(_("Save chart"), self.title, about=about, parent=self)
        dialog.show_note(_("From then on every change on it is kept, and can be undone."))
        dialog.named.connect(self.save_as)
        dialog.open()

    @Slot()
    def save_copy(self) -> None:
        """Ask for the title of a copy; a chart that is not kept is kept under it itself."""
        if self.chart is None:
            self.save()
        else:
            self.acts.on_asked("copy")

    @Slot(str)
    def save_as(self, title: str) -> None:
        """Keep the chart under this title."""
        chart = Chart(
            title=title,
            focus=self.focus,
            hops=self.hops,
            layout=self.layout_code,
            expanded=self.expanded,
            collapsed=self.folds.ocgs,
            overview=self.overview,
        )
        self.keeper.save(_("Save chart"), self.looks.on(chart), self.arrangement)

    @Slot(object)
    def _on_kept(self, chart: Chart) -> None:
        fresh = self._kept_id is None
        self._take(chart)
        if fresh:
            self._name(chart.title)
            self.target = Target(page=PageKind.CHART, id=chart.id)
            self.became.emit(self.target)
            self.hands.go_on()

    @Slot(object)
    def _on_item_opened(self, id_: UUID) -> None:
        """Open an item's record, or the link a line stands for; a sketch becomes one."""
        if self.opens_beneath(id_):
            return
        if self.ghosts.among([id_]):
            self.ghosts.open(id_)
            return
        item, tie = self.hands.item(id_), self.hands.tie(id_)
        if (item and item.sketch) or (tie and tie.sketch):
            self.hands.promote(id_)
        elif item is not None:
            self.opened.emit(Target(page=PageKind.RECORD, kind=item.kind, id=id_), False)
        elif tie is not None:
            self.links.open(tie)
        else:
            self.hands.reword(id_)

    @Slot(object, QPoint)
    def _on_menu(self, id_: UUID | None, at: QPoint) -> None:
        chosen = subject(self.arrangement, self.canvas.selection(), id_)
        lines = self.looks.looks.lines
        menu = ItemMenu(chosen, may_edit=self.links.may_open(), parent=self, lines=lines)
        menu.chosen.connect(self._on_act)
        menu.chosen.connect(self.portraits.on_act)
        menu.popup(at)

    @Slot(str, object)
    def _on_act(self, act: str, ids: tuple[UUID, ...]) -> None:
        match act:
            case "open":
                self._on_item_opened(ids[0])
            case "expand":
                self._on_expand(ids[0])
            case "pin" | "unpin":
                self.pin(ids, pinned=act == "pin")
            case "hide":
                self.canvas.hide_selected()
            case "remove":
                self._on_removal(ids)
            case _:
                self._on_other_act(act, ids)

    def _on_other_act(self, act: str, ids: tuple[UUID, ...]) -> None:
        name, _colon, how = act.partition(":")
        match name:
            case "delete":
                self.hands.delete(ids)
            case "analyse" | "paths" | "groups" | "what-if":
                scene = self.arrangement.scene
                drawn = {item.id for item in scene.items if not item.sketch}
                known = tuple(one for one in ids if one in drawn)
                self.opened.emit(chart_says.asking(self.chart, scene, name, known), False)
            case "compare":
                self.opened.emit(self.compared(), False)
            case "ask":
                self._on_asked(how)
            case "keep":
                self._on_kept_act(how)
            case "lines":
                self.looks.draw_lines(Lines(how))
            case _ if name in (plain := self._plain_acts()):
                plain[name]()
            case _:
                self.edit_by(name, how, ids)

    def _plain_acts(self) -> dict[str, Callable[[], None]]:
        """Return the acts that need nothing to be known."""
        canvas = self.canvas
        return {
            "fold": self.fold,
            "requirements": self.ghosts.switch,
            "note": canvas.take_note_tool,
            "fit": canvas.fit,
            "theme": self.ask_theme,
            "theme-switch": self.themes.switch,
        }

    def ask_theme(self) -> None:
        """Ask which kept result the chart is to be coloured and sized by."""
        drawn = tuple(item.id for item in self.arrangement.scene.items if not item.sketch)
        self.themes.ask(drawn, self.chart.id if self.chart is not None else None)

    @Slot()
    def _on_measure(self) -> None:
        """Go to the measures of this chart."""
        scene = self.arrangement.scene
        self.opened.emit(chart_says.asking(self.chart, scene, "measures", ()), False)

    def _on_kept_act(self, how: str) -> None:
        """Do what concerns the chart as a whole."""
        if how == "print":
            self.print_()
        else:
            self.acts.on_asked(how)

    @Slot()
    def export(self) -> None:
        """Ask for whom, why and where to, and write the chart with its frame and marking."""
        if self.arrangement.places:
            name = chart_says.file_name(self.chart, self.desk.today())
            self.papers.ask(name, self.as_asked)

    def as_asked(self) -> Asked:
        """Return the chart as it is seen, with its filters in words: what leaves."""
        stated = self.looks.looks.stated
        filters = chart_says.filters(self.arrangement, stated, self.hops)
        moment = self.target.moment.as_at if self.target.moment else None
        at = self.chart.frozen if self.chart is not None else moment
        seen = self.canvas.arrangement
        ghosts = seen if chart_ghosts.are_drawn(seen) else None
        plain = chart_ghosts.without(seen)
        return Asked(plain, self.title, filters, at=at, with_ghosts=ghosts)

    @Slot()
    def copy(self) -> None:
        """Ask for whom and why, and put a marked picture of the chart on the clipboard."""
        if self.arrangement.places:
            self.papers.ask_copy(self.as_asked)

    @Slot()
    def print_(self) -> None:
        """Ask for whom, why and on what paper, and show the sheets before they are printed."""
        if self.arrangement.places and self.bar.print_button.isEnabled():
            self.prints.ask(self.as_asked)
