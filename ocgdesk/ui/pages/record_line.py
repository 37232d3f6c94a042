"""The page of a county line: its whole story, who is safeguarded, who holds it, how it closed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import line_stories
from ocgdesk.casework.line_stories import Address, Exploited, Holder, Number, Story
from ocgdesk.domain import moves
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.kinds import SUBRECORDS, Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import CheckBack
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Linked
from ocgdesk.ui.pages.record_case_parts import CasePart
from ocgdesk.ui.pages.record_line_acts import CHECK, LineActs
from ocgdesk.ui.pages.record_line_strip import StoryStrip
from ocgdesk.ui.pages.record_line_tables import (
    addresses_section,
    backs_section,
    dealing_section,
    exploited_section,
    groups_section,
    holders_section,
    indicators_section,
    numbers_section,
    tick_rows,
    towns_section,
)
from ocgdesk.ui.pages.record_parts import Fact, FactStrip
from ocgdesk.ui.widgets.buttons import Button, outline
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.values import NONE, Tone

_ICONS = {
    "active": "status.active",
    "re-activated": "action.undo",
    "rebranded": "action.rebrand",
    "closed-type-1": "status.closed",
    "closed-type-2": "status.closed",
    "disrupted": "page.disruption",
}


class LinePart(CasePart):
    """The story of a line above, the people and places in it below, safeguarding first."""

    TOUCHED = (
        *(Kind.COUNTY_LINE, Kind.LINK, Kind.MEMBERSHIP, Kind.NOMINAL, Kind.PHONE, Kind.LOCATION),
        *SUBRECORDS,
    )

    def build(self) -> None:
        self.acts = LineActs(self.asking, self.id)
        self.buttons: dict[str, Button] = {}
        self.bar = Flow(self.body)
        self.facts = FactStrip(self.body)
        self.heading = SectionHeading(_("One line, one name"), parent=self.body)
        self.strip = StoryStrip(self.body)
        self.strip.opened.connect(self.opened)
        self.ending = Label("", ink="text.2", wrap=True, parent=self.body)
        for part in (self.bar, self.facts, self.heading, self.strip, self.ending):
            self.body.column.addWidget(part)
        today = self.desk.today()
        for key, section in (
            ("exploited", exploited_section()),
            ("check-backs", backs_section(today)),
            ("holders", holders_section()),
            ("numbers", numbers_section()),
            ("addresses", addresses_section()),
            ("groups", groups_section()),
            ("towns", towns_section()),
            ("dealing", dealing_section()),
            ("indicators", indicators_section()),
        ):
            self.add_section(key, section)
            section.opened.connect(self._on_opened)
            section.acted.connect(self.acts.act)
        shortcut = QShortcut(QKeySequence("B"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_check)

    def query(self) -> Callable[[Reader], Any]:
        return partial(line_stories.look, id_=self.id, today=self.desk.today())

    def fill(self, found: Story) -> None:
        self.acts.story = found
        self._show_acts(found)
        self.facts.show_facts(_facts(found))
        names = len(found.chapters)
        several = ngettext("One line, {n} name", "One line, {n} names", names).format(n=names)
        self.heading.title.setText(several if names > 1 else _("The line over time"))
        self.strip.show_story(found, self.desk.today())
        self.ending.setText(_ending(found.line))
        self.ending.setVisible(bool(_ending(found.line)))
        show = {key: section.show_rows for key, section in self.sections.items()}
        due = len(found.due(self.desk.today()))
        note = ngettext("{n} to be made", "{n} to be made", due).format(n=due) if due else ""
        show["check-backs"](found.check_backs, note)
        show["exploited"](found.exploited, _("safeguarding first") if found.exploited else "")
        show["holders"](found.holders)
        show["numbers"]([n for c in reversed(found.chapters) for n in reversed(c.numbers)])
        show["addresses"](found.addresses)
        show["groups"](found.groups)
        show["towns"](found.towns)
        show["dealing"](found.dealing)
        self._show_indicators(found)

    def _show_indicators(self, found: Story) -> None:
        ticked = found.indicators
        note = _("{yes} of {all} hold, {unknown} not known · a count, no score").format(
            yes=ticked.yes, all=ticked.asked, unknown=ticked.unknown
        )
        rows = tick_rows(ticked) if ticked.assessment is not None else ()
        self.sections["indicators"].show_rows(rows, note if rows else "")

    def _show_acts(self, found: Story) -> None:
        offered = [(CHECK, _("Record check-back"), "entity.check-back")] if found.due_any else []
        offered += [
            (f"move:{move.to}", f"{_(move.label)}…", _ICONS.get(move.to, "action.edit"))
            for move in moves.allowed("line-statuses", found.line.status)
        ]
        made: list[QWidget] = []
        self.buttons = {}
        for key, title, icon in offered:
            button = outline(title, icon=icon, height="bar", key="B" if key == CHECK else "")
            button.clicked.connect(partial(self.acts.act, key, None))
            if self.refused:
                button.refuse(self.refused)
            self.buttons[key] = button
            made.append(button)
        self.bar.show_parts(made)

    def _on_check(self) -> None:
        if not self.refused:
            self.acts.act(CHECK, None)

    def _on_opened(self, row: Any) -> None:
        match row:
            case Exploited() | Holder() | Address():
                self.opened.emit(row.item.other)
            case Number():
                self.opened.emit(row.phone)
            case Linked():
                self.opened.emit(row.other)
            case (CheckBack(), chapter):
                self.opened.emit(chapter.brief)


def _facts(found: Story) -> tuple[Fact, ...]:
    line = found.line
    importers = ", ".join(label("agencies", code) for code in line.importers)
    children = sum(one.child for one in found.exploited)
    people = _("{n} under 18").format(n=children) if children else ""
    taken = [one for one in found.addresses if one.place.cuckooed]
    towns = sorted({one.place.town for one in taken if one.place.town})
    dealt = ", ".join(dict.fromkeys(item.other.label for item in found.dealing))
    tone: Tone = "victim" if found.exploited else "neutral"
    return (
        Fact(caption=_("From"), value=line.hub or NONE, note=label("agencies", line.exporter)),
        Fact(caption=_("To"), value=", ".join(line.towns) or NONE, note=importers),
        Fact(caption=_("Commodities"), value=dealt or NONE),
        Fact(caption=_("Exploited people"), value=f"{len(found.exploited):,}", note=people,
             tone=tone, icon="status.victim" if found.exploited else ""),
        Fact(caption=_("Cuckooed addresses"), value=f"{len(taken):,}", note=", ".join(towns)),
    )  # fmt: skip


def _ending(line: CountyLine) -> str:
    """Say how the line was closed, and on what that rests."""
    if not line.closure_type:
        return ""
    words = label("closure-types", line.closure_type)
    day = line.closed.worded() if line.closed else _("day not recorded")
    told = _("{closure}, {day}.").format(closure=words, day=day)
    return f"{told} {line.closure_evidence}".strip()
