"""A record: what it is, what it is linked to, what that rests on, and how it came about."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.casework import records
from ocgdesk.casework.reasons import ReasonWanted
from ocgdesk.domain.kinds import LINKS, SUBRECORDS, Kind
from ocgdesk.errors import DeskError, Refused
from ocgdesk.i18n import _
from ocgdesk.store.records import Linked
from ocgdesk.ui import words
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import record_reading, record_tables
from ocgdesk.ui.pages.ocg_acting import OcgActs
from ocgdesk.ui.pages.ocg_standing import StandingPart
from ocgdesk.ui.pages.record_cases import CASE
from ocgdesk.ui.pages.record_dropping import Dropping
from ocgdesk.ui.pages.record_filing import Filing
from ocgdesk.ui.pages.record_frame import CHARTED
from ocgdesk.ui.pages.record_going import Going
from ocgdesk.ui.pages.record_heading import chips, facts, subtitle
from ocgdesk.ui.pages.record_joining import Joining
from ocgdesk.ui.pages.record_layout import (
    HISTORY,
    LINKING,
    ON_FILE,
    OVERVIEW,
    PLAN,
    REPORTS,
    SCORES,
    STANDING,
)
from ocgdesk.ui.pages.record_ledger_part import LedgerPart
from ocgdesk.ui.pages.record_linking import LOOKS, Linking
from ocgdesk.ui.pages.record_parts import LinkInspector
from ocgdesk.ui.pages.record_reading import Dossier, Past
from ocgdesk.ui.pages.record_restricting import Restricting, or_wanted
from ocgdesk.ui.pages.record_saving import Saving
from ocgdesk.ui.pages.record_scores import ScoresPart
from ocgdesk.ui.pages.record_stating import Stating
from ocgdesk.ui.pages.record_times import TimedRecord
from ocgdesk.ui.shell.frame import bring_out_inspector

_NEAR = (
    *(*LINKS, Kind.REPORT, Kind.PLAN, Kind.ACTION, Kind.ASSIGNMENT, Kind.ASSERTION),
    *SUBRECORDS,
)


class RecordPage(TimedRecord):
    """Shows the record the target names; every field is edited where it stands."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.dossier: Dossier | None = None
        self._asked = Inquiry(desk, self)
        self._past_asked = Inquiry(desk, self)
        self._stale = False
        self._noted = False
        self._history_stale = True
        self.linking = Linking(desk, self)
        self.going = Going(desk, self.id, self.kind, self)
        self.saving = Saving(desk, self.id, self.kind, self.right, self)
        self.stating = Stating(desk, self)
        self.acting = OcgActs(desk, self)
        self.filing = Filing(desk, self)
        self.restricting = Restricting(desk, self.id, self)
        self.joining = Joining(desk, self.id, self.kind, self)
        self.dropping = Dropping(self)
        self.dropping.dropped.connect(self._on_picture_dropped)
        self.above.column.insertWidget(0, self.restricting.strip)
        self._wire()
        self.stack.go(self.parts.first)
        self.refresh()

    def refresh(self) -> None:
        """Ask for the record, as it is or as it was."""
        self._stale = False
        self._history_stale = True
        query: Callable[..., Any] = partial(
            record_reading.read_at,
            id_=self.id,
            moment=self.shown_moment,
            today=self.desk.today(),
            noted=not self._noted,
            asked=self.restricting.was_asked,
        )
        why = self.restricting.reason
        self._asked.ask(or_wanted(query), self._show, self._on_failed, purpose=why)

    def ready(self) -> bool:
        case = self.parts.case
        asked = self._asked.is_open or self._past_asked.is_open
        return not (asked or self._stale) and (case is None or case.ready())

    def leave(self) -> None:
        self._asked.drop()
        self._past_asked.drop()
        if self.parts.case is not None:
            self.parts.case.leave()

    def arrive(self, target: Target) -> None:
        super().arrive(target)
        if target.tab:
            self.tabs.choose(target.tab)

    def inspector(self) -> QWidget | None:
        if self.stack.current == ON_FILE:
            return self.filing.inspector()
        part = self.link_part()
        return self._inspector_of(part.table.row()) if part is not None else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _wire(self) -> None:
        self.stack.made.connect(self._on_made)
        self.stack.made.connect(self._on_ledger_made)
        self.tabs.chosen.connect(self._on_tab)
        self.restricting.reasoned.connect(self.refresh)
        self.restricting.gave_up.connect(self._show_gone)
        self.going.opened.connect(self.opened)
        self.stating.inspected.connect(self.inspected)
        self.stating.asked.connect(self._on_sources_asked)
        self.stating.report_opened.connect(self.going.to_report)
        self.filing.inspected.connect(self.inspected)
        self.filing.opened.connect(self.going.to_record)
        self.filing.said.connect(self.said)
        self.filing.pictured.connect(self._on_pictured)
        self.saving.stale.connect(self.refresh)
        self.chart_button.clicked.connect(self.going.to_chart)
        self.edit_button.clicked.connect(self._on_edit)
        self.plan_button.clicked.connect(self._on_plan)
        self.more_button.clicked.connect(self._on_more)
        self.error.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        if self.kind in CHARTED:
            self.bind("C", self.going.to_chart)
            self.bind("Shift+A", self.going.to_analysis)
            self.bind("Shift+T", self.going.to_timeline)
        self.bind("F2", self._on_edit)
        self.bind("Shift+Del", self._on_remove)
        if self.is_planned:
            self.bind("Ctrl+R", self._on_plan)

    def _on_made(self, key: str) -> None:
        """Listen to a part that was just made."""
        if key == OVERVIEW:
            self._wire_overview()
        elif key in LINKING:
            part = self.parts.table(key)
            part.opened.connect(self.going.to_other_end)
            part.selected.connect(self._on_link_selected)
            part.acted.connect(partial(self._on_link_act, key))
        elif key == REPORTS:
            self.reports.opened.connect(self.going.to_row)
            self.reports.acted.connect(partial(self._on_link_act, REPORTS))
        elif key == HISTORY:
            self.history.dated.connect(self.go_to_day)
        elif key == ON_FILE:
            self.filing.watch(self.parts.on_file)
        elif key == CASE and self.parts.case is not None:
            self.parts.case.opened.connect(self.going.to_record)
        elif key in {SCORES, STANDING}:
            self._wire_ocg(self.stack.part(key))

    def _on_ledger_made(self, key: str) -> None:
        """Give the ledger of a handle a desk to ask and act through."""
        if isinstance(part := self.stack.part(key), LedgerPart):
            part.attach(self.desk)
            part.opened.connect(self.going.to_record)

    def _wire_ocg(self, part: QWidget) -> None:
        """Listen to a part that only an OCG has."""
        if isinstance(part, ScoresPart | StandingPart):
            part.acted.connect(self._on_decided)
        if isinstance(part, StandingPart):
            part.opened.connect(self.going.to_record)

    def _on_decided(self, wish: str) -> None:
        if self.dossier is not None and not self.refusal():
            self.acting.act(self.dossier, wish)

    def _wire_overview(self) -> None:
        overview = self.overview
        self.saving.watch(overview.form)
        self.stating.watch(overview.form)
        overview.plan_wanted.connect(self._on_plan)
        overview.opened.connect(self.going.to_other_end)
        overview.tab_wanted.connect(self.tabs.choose)
        overview.filed.connect(self._on_filed)

    def _on_filed(self, kind: Kind, add: bool) -> None:  # noqa: FBT001 - a signal's
        """Go to what is on file of a kind, or ask for a new one there."""
        self.tabs.choose(ON_FILE)
        self.parts.on_file.choose(kind)
        if add and self.dossier is not None and not self.refusal():
            self.filing.acts.add(self.dossier.brief, kind)

    def _on_picture_dropped(self, path: Path) -> None:
        if self.refusal():
            self.error.say(self.refusal(), tone="due")
        elif self.dossier is not None and ON_FILE in self.stack.offered:
            self.filing.acts.attach(self.dossier.brief, path)

    def _on_pictured(self, picture: QImage) -> None:
        self.header.show_picture(picture)
        self.overview.show_picture(picture)

    def refusal(self) -> str:
        """Return why this record cannot be changed; empty where it can."""
        if past := self.past_refusal():
            return past
        if self.restricting.is_lent:
            return _("It is open to you by break-glass: to read, not to change.")
        if self.desk.may(self.right):
            return ""
        if self.desk.user.may(self.right):
            return _("This workspace is open read only.")
        return _("Your roles do not allow you to edit records.")

    def _show(self, found: Dossier | ReasonWanted | None) -> None:
        if isinstance(found, ReasonWanted):
            self.restricting.ask_reason(found)
            return
        self._noted = True
        if found is None:
            self.go_to_now()
            self.history.say(_("This workspace did not hold the record then."))
            return
        first = self.dossier is None
        self.dossier = found
        self.whole.setCurrentIndex(0)
        if self.error.tone == "overdue":
            self.error.say("")
        self._show_parts(found)
        if first and self.target.tab:
            self.tabs.choose(self.target.tab)
        if self.tabs.current == HISTORY:
            self._ask_history()
        self.saving.offer_kept()
        self._tell()

    def _show_parts(self, found: Dossier) -> None:
        self.restricting.learn(found.access, found.thing.marking)
        refused = self.refusal()
        self.restricting.show_strip(refused=refused)
        self._show_header(found)
        self.filing.show_hanging(found.brief, found.hanging)
        for key, count in self.parts.show(found, refused=refused).items():
            self.tabs.tabs[key].show_count(f"{count:,}")
        self.saving.version = found.thing.version
        self.stating.show_dossier(found, refused=refused)
        self.show_strip()
        if refused:
            self.edit_button.refuse(refused)
        else:
            self.edit_button.allow()

    def _show_header(self, found: Dossier) -> None:
        self.header.set_title(found.thing.label, subtitle(found))
        self.header.show_chips(chips(found))
        self.header.show_icon(words.icon_of(self.kind, exploited=found.is_exploited))
        if self.kind is Kind.OCG:
            self.facts.show_facts(facts(found, self.day()))
        self.titled.emit(found.thing.label)

    def _tell(self) -> None:
        parts = [self.strip.words.text() if self.looks_back else _("As at now")]
        if self.dossier is not None:
            parts.insert(0, self.dossier.brief.ref)
        self.told.emit(tuple(part for part in parts if part))

    def _ask_history(self) -> None:
        if not self._history_stale:
            return
        self._history_stale = False
        query = partial(record_reading.read_history, id_=self.id)
        self._past_asked.ask(query, self._show_history, self._on_history_failed)

    def _show_history(self, past: Past) -> None:
        self.history.show_past(past, self.kind)

    def _on_tab(self, key: str) -> None:
        if key == PLAN:
            self.tabs.tabs[self.stack.current].setChecked(True)
            self._on_plan()
            return
        self.stack.go(key)
        if key == HISTORY:
            self._ask_history()
        self.inspected.emit(self.inspector())

    def _inspector_of(self, item: Linked | None) -> QWidget | None:
        if item is None or self.dossier is None:
            return None
        found = self.dossier
        made = LinkInspector(item, found.brief, record_tables.reports_of(item.link, found.reports))
        made.opened.connect(self.going.to_record)
        made.report_opened.connect(self.going.to_report)
        return made

    def _on_sources_asked(self) -> None:
        bring_out_inspector(self)

    def _on_link_selected(self, item: Linked | None) -> None:
        if self.isVisible():
            self.inspected.emit(self._inspector_of(item))

    def _on_link_act(self, part: str, act: str) -> None:
        if self.dossier is not None and (act in LOOKS or not self.refusal()):
            item = self.parts.table(part).table.row()
            own, at = self.dossier.brief, self.moment
            self.linking.act(own, item, act, members=part == "members", as_at=at)

    def _on_plan(self) -> None:
        self.going.to_plan(self.dossier.brief.no if self.dossier is not None else None)

    def _on_edit(self) -> None:
        """Edit the field or link that has the focus, or else the first field."""
        if self.stack.current in LINKING:
            self._on_link_act(self.stack.current, "edit")
            return
        if self.stack.current == ON_FILE:
            self.filing.edit()
            return
        self.tabs.choose(OVERVIEW)
        if not self.overview.form.edit_focused():
            self.overview.form.edit()

    def _on_more(self) -> None:
        menu = QMenu(self)
        remove = menu.addAction(self.saving.act(_("Remove {kind}")))
        remove.setShortcut(QKeySequence("Shift+Del"))
        remove.setEnabled(not self.refusal())
        remove.triggered.connect(self._on_remove)
        menu.addAction(_("Timeline")).triggered.connect(self.going.to_timeline)
        menu.addAction(_("What rests on it")).triggered.connect(self.going.to_resting)
        menu.addAction(_("Show as at a date…")).triggered.connect(self.when_button.open)
        for part in (self.joining, self.restricting):
            part.add_actions(menu, refused=self.refusal())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _on_remove(self) -> None:
        if not self.refusal():
            act = partial(records.remove, ids=[self.id])
            self.desk.do(self.saving.act(_("Remove {kind}")), act, right=self.right)

    def _on_changed(self, changed: Changed) -> None:
        mine = changed.touches(self.kind) and changed.concerns(self.id)
        if not (mine or changed.touches(*_NEAR) or self._shows_any(changed)):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _shows_any(self, changed: Changed) -> bool:
        links = self.dossier.links if self.dossier is not None else ()
        return any(
            changed.touches(item.other.kind) and changed.concerns(item.other.id) for item in links
        )

    def _on_failed(self, error: DeskError) -> None:
        if self.dossier is None or isinstance(error, Refused):
            self._show_gone(f"{str(error).rstrip('.')}.")
        else:
            self.error.say(str(error), _("Try again"), tone="overdue")

    def _show_gone(self, sentence: str) -> None:
        self.gone.show_words(sentence)
        self.whole.setCurrentIndex(1)

    def _on_history_failed(self, error: DeskError) -> None:
        self.history.say(str(error))
