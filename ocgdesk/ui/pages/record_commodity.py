"""The page of a commodity: its place in the taxonomy, and who does what with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from ocgdesk.casework import commodities
from ocgdesk.casework.commodities import Dealing, Node
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui import words
from ocgdesk.ui.dialogs.case_dialog import Form, asked
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import column
from ocgdesk.ui.pages.record_case_parts import Asking, CasePart, CaseSection, SectionAct, text
from ocgdesk.ui.pages.record_line_acts import ask_dealing
from ocgdesk.ui.pages.record_line_tables import span
from ocgdesk.ui.widgets.values import Cell, Entity, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """What the part shows, read from one snapshot."""

    nodes: tuple[Node, ...]
    dealings: tuple[Dealing, ...]


def read(reader: Reader, id_: UUID) -> Dealt:
    """Return the taxonomy, and who does what with a commodity and its parts."""
    return Dealt(nodes=commodities.tree(reader), dealings=commodities.dealings(reader, id_))


class CommodityPart(CasePart):
    """The tree of commodities below the table of who deals in this one."""

    TOUCHED = (Kind.COMMODITY, Kind.LINK, Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL)

    def build(self) -> None:
        self.acts = CommodityActs(self.asking, self.id)
        for key, section in (("dealings", _dealings_section()), ("tree", _tree_section(self.id))):
            self.add_section(key, section)
            section.opened.connect(self._on_opened)
            section.acted.connect(self.acts.act)

    def query(self) -> Callable[[Reader], Any]:
        return partial(read, id_=self.id)

    def fill(self, found: Dealt) -> None:
        who = len({one.item.other.id for one in found.dealings})
        told = ngettext("{n} record", "{n} records", who).format(n=f"{who:,}") if who else ""
        self.sections["dealings"].show_rows(found.dealings, told)
        self.sections["tree"].show_rows(found.nodes)

    def _on_opened(self, row: Any) -> None:
        match row:
            case Dealing():
                self.opened.emit(row.item.other)
            case Node():
                self.opened.emit(row.brief)


class CommodityActs(QObject):
    """Acts on the commodity that is shown."""

    def __init__(self, asking: Asking, id_: UUID) -> None:
        super().__init__(asking)
        self._asking = asking
        self._id = id_

    def act(self, key: str, _row: Any) -> None:
        """Do what a section's button says."""
        if key == "deal":
            ask_dealing(self._asking, None, self._id)
        elif key == "place":
            self.place()

    def place(self) -> None:
        """Ask what the commodity is part of."""
        form = Form(
            title=_("Place in the taxonomy"),
            accept=_("Place"),
            note=_("Leave it empty to make it part of none."),
            questions=(
                asked(_("Part of"), "part_of", FieldType.ENTITY, pick=Kind.COMMODITY),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            commodities.place(work, self._id, said["part_of"])

        self._asking.ask(form, _("Place commodity"), act)


def _dealings_section() -> CaseSection:
    def scale(one: Dealing) -> Cell:
        return text(one.scale, align="right")

    def when(one: Dealing) -> str:
        return span(one.item.link.start, one.item.link.end)

    columns = (
        column(_("Who"), lambda o: entity(o.item.other), lambda o: o.item.other.label.casefold(),
               220, stretch=3),
        column(_("Does"), lambda o: Text(label("link-types", o.role)), lambda o: o.role, 130),
        column(_("What"), lambda o: Text(o.what.label, "text.2"), lambda o: o.what.label, 150),
        column(_("Scale"), scale, lambda o: o.item.link.weight, 110, stretch=0, align="right"),
        column(_("When"), lambda o: text(when(o), "text.2"), lambda o: o.item.link.start, 190,
               yields=1),
        column(_("Strength"), lambda o: looks.code("strengths", o.item.link.strength),
               lambda o: o.item.link.strength, 140, yields=2),
        column(_("Reports"), lambda o: Text(str(len(o.item.link.reports)), align="right"),
               lambda o: len(o.item.link.reports), 80, align="right", yields=3),
    )  # fmt: skip
    return CaseSection(
        _("Who does what with it"),
        columns,
        empty=_("Nobody is recorded as dealing in this or in what is part of it."),
        acts=(SectionAct(key="deal", title=_("Add dealing"), icon="action.add"),),
    )


def _tree_section(own: UUID) -> CaseSection:
    def name(one: Node) -> Cell:
        indent = "\u2003" * one.depth
        icon = words.icon_of(Kind.COMMODITY).removeprefix("entity.")
        return Entity(kind=icon, label=f"{indent}{one.brief.label}", quiet=one.brief.id != own)

    columns = (
        column(_("Commodity"), name, lambda o: o.brief.label.casefold(), 260, stretch=3),
        column(_("Type"), lambda o: text(label("commodity-types", o.commodity.commodity_type)),
               lambda o: o.commodity.commodity_type or None, 160),
        column(_("Unit"), lambda o: text(label("units", o.commodity.unit), "text.2"),
               lambda o: o.commodity.unit or None, 130),
        column(_("Deal in it"), lambda o: Text(f"{o.dealers:,}", align="right"),
               lambda o: o.dealers, 100, stretch=0, align="right"),
    )  # fmt: skip
    return CaseSection(
        _("Taxonomy"),
        columns,
        empty=_("No commodity yet."),
        acts=(SectionAct(key="place", title=_("Place this one"), icon="action.edit"),),
    )
