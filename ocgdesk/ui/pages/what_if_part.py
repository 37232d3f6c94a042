"""What would be left without somebody: tick, work out, compare, and hand over to the 4P plan."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ocgdesk.casework import result_tables, what_if
from ocgdesk.casework.moments import Moment
from ocgdesk.casework.network_scope import Scope
from ocgdesk.casework.results import Draft
from ocgdesk.casework.what_if import Answer, Case, Option
from ocgdesk.domain.people import Right
from ocgdesk.errors import Refused
from ocgdesk.graph.key_player import KeyPlayers
from ocgdesk.graph.removal import Curve
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import what_if_rows
from ocgdesk.ui.pages.network_choice import ScopeChoice
from ocgdesk.ui.pages.network_part import NetworkPart, PartWords
from ocgdesk.ui.pages.network_says import SaidPanel, basis
from ocgdesk.ui.pages.what_if_choosing import Chooser
from ocgdesk.ui.pages.what_if_rows import Outcome, letter
from ocgdesk.ui.widgets.buttons import Button, Segment, SegmentedControl, outline
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.plots import LinePlot
from ocgdesk.ui.worker import Call

MOST_OPTIONS: Final = 4
_LEFT: Final = 330
_NARROW: Final = 760


class WhatIfPart(NetworkPart):
    """At the left who would be removed, at the right what would follow, option by option."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            target,
            PartWords(
                title=_("What if"),
                basis=_("Worked out from what is recorded: no forecast"),
                verb=_("Work out"),
                prompt=_("Tick who would be removed, or look for the best few."),
                task="what-if",
            ),
            parent,
        )
        self.case: Case | None = None
        self.kept: list[tuple[UUID, ...]] = []
        """Options put aside, to stand beside what is ticked."""
        self._wanted: tuple[UUID, ...] = target.items
        self._build()
        self._wire()
        if self.choice.is_given:
            self._read()

    def extras(self) -> tuple[Button, ...]:
        self.plan_button = outline(_("To 4P plan …"), icon="action.review")
        self.plan_button.refuse(_("Work out an option first"))
        return (self.plan_button,)

    def look_at(self, moment: Moment) -> None:
        self.case = None
        super().look_at(moment)

    def ask(self) -> None:
        ids = self.chooser.ids
        sets = [*self.kept, *([ids] if ids else [])]
        if not sets:
            raise Refused(_("Tick at least one record to remove, or find the best few"))
        self._with_case(partial(self._compare, sets))

    def draft(self) -> Draft | None:
        if self.found is None or self.case is None:
            return None
        spec, nos = self.case.spec, self.case.walked.nodes.tolist()
        owner = spec.ids[0] if self.choice.kind else None
        return result_tables.of_what_if(
            self.found, spec=spec, nos=nos, read_at=self.case.read_at, owner=owner
        )

    def charted(self) -> tuple[UUID, ...]:
        if (option := self._option()) is None:
            return ()
        told = option.consequences
        people = [one.who for one in told.candidates] + [one.who for one in told.unprotected]
        briefs = [*option.removed, *(group.ocg for group in told.groups), *people]
        return tuple(dict.fromkeys(brief.id for brief in (*briefs, *told.lines)))

    def renew(self) -> None:
        super().renew()
        is_planned = self._option() is not None and self.desk.may(Right.PLAN)
        reason = _("Work out an option first")
        self._allow(self.plan_button, is_planned, reason)

    def says(self) -> tuple[Any, ...]:
        found: Answer = self.found
        row: Outcome | None = self.table.row()
        parts = []
        if row is not None:
            for at, told in enumerate(row.told):
                name = _("Option {letter}").format(letter=letter(at))
                parts.append((name, told or (_("Nothing."),)))
        title = row.title if row is not None else self.title
        settings, rest = basis((found.scope, found.definition), found.resting, found.caveats)
        return (title, (), *parts, settings, rest)

    def _build(self) -> None:
        self.choice = ScopeChoice(self.desk, self.target)
        self.views = SegmentedControl(
            (
                Segment("options", _("Consequences")),
                Segment("curve", _("One after the other")),
            )
        )
        self.bar.add(self.choice)
        self.bar.add(self.views)
        self.chooser = Chooser()
        self.left = Scroller(self.chooser)  # large text leaves no room for all of it
        self.left.setFixedWidth(px(_LEFT))
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=self.title, density=Density.STANDARD)
        self.plot = LinePlot(320)
        self.inside.addWidget(self.table, 1)
        self.inside.addWidget(self.plot, 1)
        self.plot.hide()
        self._divide()

    def _divide(self) -> None:
        """Put the list beside the answer: it is there before there is one."""
        at = self.column.indexOf(self.stack)
        self.column.takeAt(at)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(Rule(standing=True))
        right = QVBoxLayout()
        right.addWidget(self.stack)
        row.addLayout(right, 1)
        self.column.insertLayout(at, row, 1)

    def _wire(self) -> None:
        self.choice.changed.connect(self._read)
        self.views.chosen.connect(self._on_view)
        self.chooser.best_wanted.connect(self._on_best)
        self.chooser.another_wanted.connect(self._on_another)
        self.chooser.changed.connect(self._on_ticked)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.plan_button.clicked.connect(self._on_plan)

    # ---- Reading -------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the part of the register that is looked at, and who can be removed from it."""
        self.case, self.kept = None, []
        self.note.say("")
        try:
            self._with_case(self._idle)
        except Refused as error:
            self._on_failed(error)

    def _with_case(self, then: Any) -> None:
        """Go on with the part that is looked at, read first where it was not."""
        if self.case is not None:
            then(self.case)
            return
        spec = self.at(self.choice.scope())
        day = self.when_button.moment.on or self.desk.today()
        task = partial(_case, spec=spec, on=day)
        self.listen(self.desk.run(_("Read the network"), task, partial(self._on_case, then)))

    def _on_case(self, then: Any, read: tuple[Case, list[Brief]]) -> None:
        self._asked = None
        self.case, briefs = read
        self.chooser.show_records(briefs)
        if self._wanted:
            self.chooser.choose([b for b in briefs if b.id in self._wanted])
            self._wanted = ()
            if self.chooser.ids:
                self.refresh()
                return
        then(self.case)

    def _idle(self, _case: Case) -> None:
        self.empty.show_words(self.words.prompt, self.words.verb)

    def _compare(self, sets: Sequence[tuple[UUID, ...]], case: Case) -> None:
        task = partial(_compared, case=case, sets=tuple(sets))
        self.listen(self.desk.run(_("What if"), task, self._show))

    def _on_best(self) -> None:
        self.note.say("")
        try:
            self._with_case(self._find_best)
        except Refused as error:
            self._on_failed(error)

    def _find_best(self, case: Case) -> None:
        if self.found is None:
            self.empty.show_words(_("Computing…"), "")
        count, goal = int(self.chooser.most.current), self.chooser.goal.current
        call = Call.of(what_if.best, case, count, goal).telling()
        self.listen(self.desk.compute(_("Find the best few"), call, partial(self._name, case)))

    def _name(self, case: Case, found: KeyPlayers) -> None:
        task = partial(_found, case=case, found=found, others=tuple(self.kept))
        self.listen(self.desk.run(_("What if"), task, self._on_found))

    def _on_found(self, answer: Answer) -> None:
        """Tick who was found, so that one can go on from there; they stand as the last option."""
        options = (*answer.options[1:], answer.options[0])
        self.chooser.choose(answer.options[0].removed)
        self._show(Answer(scope=answer.scope, options=options, found=answer.found,
                          resting=answer.resting))  # fmt: skip

    # ---- Showing -------------------------------------------------------------------------------

    def _show(self, found: Answer) -> None:
        self.model.show_columns(what_if_rows.columns(found.options))
        self.model.show_rows(what_if_rows.outcomes(found.options))
        self.table.share()
        self.views.choose("options")
        self._show_view(curve=False)
        n = len(found.options)
        words = ngettext("{n} option", "{n} options side by side", n).format(n=n)
        self.answer(found, f"{words} · {self.words.basis}")
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.told.emit((words, found.scope))

    def _show_view(self, *, curve: bool) -> None:
        self.table.setVisible(not curve)
        self.plot.setVisible(curve)

    def _option(self) -> Option | None:
        return self.found.options[-1] if self.found is not None else None

    def _on_row(self) -> None:
        if self.found is not None:
            self.renew()

    def _on_ticked(self) -> None:
        reason = _("Tick who would be removed first")
        room = len(self.kept) < MOST_OPTIONS - 1
        if not room:
            reason = _("Four options stand side by side at most")
        self._allow(self.chooser.another_button, bool(self.chooser.ids) and room, reason)

    def _on_another(self) -> None:
        """Put what is ticked aside, and begin another option beside it."""
        self.kept.append(self.chooser.ids)
        self.chooser.model.clear()
        self.note.say(
            _("{n} put aside: tick another set, then work out.").format(n=len(self.kept)),
            tone="info",
        )

    def _on_view(self, view: str) -> None:
        if view == "options":
            self._show_view(curve=False)
            return
        try:
            self._with_case(self._draw_curves)
        except Refused as error:
            self._on_failed(error)

    def _draw_curves(self, case: Case) -> None:
        call = Call.of(what_if.curves, case).telling()
        self.listen(self.desk.compute(_("Remove one after the other"), call, self._show_curves))

    def _show_curves(self, curves: tuple[Curve, ...]) -> None:
        self._asked = None
        self.plot.show_plot(what_if_rows.curve_plot(curves))
        self._show_view(curve=True)
        self.stack.setCurrentIndex(0)
        words = _("The largest part, as the foremost is removed again and again.")
        said = (self.plot.accessibleName(),)
        self.inspected.emit(
            SaidPanel(words, said, (_("What this rests on"), what_if.curve_caveats()))
        )

    def _on_changed(self, changed: Changed) -> None:
        super()._on_changed(changed)
        self.case = None

    # ---- To the plan ---------------------------------------------------------------------------

    def _on_plan(self) -> None:
        option = self._option()
        if option is not None:
            query = partial(what_if.planned, option=option)
            self.listen(self.desk.ask(query, partial(self._offer_plans, option)))

    def _offer_plans(self, option: Option, found: list[tuple[Brief, UUID]]) -> None:
        self._asked = None
        if not found:
            self.note.say(_("None of the OCGs that would lose members has a 4P plan."), tone="due")
            return
        menu = QMenu(self)
        for ocg, plan in found:
            action = menu.addAction(_("To the plan of {ocg}").format(ocg=ocg.label))
            action.triggered.connect(partial(self._to_plan, option, ocg, plan))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.plan_button.mapToGlobal(self.plan_button.rect().bottomLeft()))

    def _to_plan(self, option: Option, ocg: Brief, plan: UUID, _checked: object = None) -> None:
        act = partial(_add, plan_id=plan, option=option)
        if self.desk.do(_("Add objectives"), act, right=Right.PLAN):
            self.opened.emit(Target(page=PageKind.PLAN, id=ocg.id), False)


def _add(work: Work, *, plan_id: UUID, option: Option) -> None:
    what_if.add_objectives(work, plan_id, option)


def _case(reader: Reader, _progress: Progress, *, spec: Scope, on: Any) -> tuple[Case, list[Brief]]:
    case = what_if.read(reader, spec, on=on)
    return case, what_if.removable(reader, case)


def _compared(
    reader: Reader, progress: Progress, *, case: Case, sets: tuple[tuple[UUID, ...], ...]
) -> Answer:
    return what_if.compare(reader, case, sets, progress=progress)


def _found(
    reader: Reader, _progress: Progress, *, case: Case, found: KeyPlayers,
    others: tuple[tuple[UUID, ...], ...],
) -> Answer:  # fmt: skip
    return what_if.compare_found(reader, case, found, others)
