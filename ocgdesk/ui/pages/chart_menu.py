"""The menu of a chart: what can be done with what is selected."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.domain.chart_lines import WORDS, Lines
from ocgdesk.domain.charts import Arrangement
from ocgdesk.domain.reference_data import code_list
from ocgdesk.i18n import N_, _
from ocgdesk.ui.chart import lining

Acts = Mapping[str, tuple[str, str]]

_ONE: Final = {
    "open": (N_("Open record"), "Enter"),
    "expand": (N_("Expand"), "E"),
    "word": (N_("Rename"), "F2"),
}
_LINK: Final = {"open": (N_("Edit link"), "Enter"), "delete": (N_("Delete link"), "Shift+Del")}
_SKETCH: Final = {
    "promote": (N_("Put into the register…"), "Enter"),
    "word": (N_("Rename"), "F2"),
}
_SKETCHED_LINE: Final = {**_SKETCH, "remove": (N_("Remove from chart"), "Del")}
_NOTE: Final = {
    "word": (N_("Edit note"), "F2"),
    "remove": (N_("Remove from chart"), "Del"),
}
_MANY: Final = {"edit-many": (N_("Edit these…"), "F2")}
_SOME: Final = {
    "pin": (N_("Pin in place"), ""),
    "unpin": (N_("Unpin"), ""),
    "note": (N_("Add note"), "T"),
    "hide": (N_("Hide"), "H"),
    "remove": (N_("Remove from chart"), "Del"),
}
_DELETE: Final = {"delete": (N_("Delete record"), "Shift+Del")}
_DELETE_MANY: Final = {"delete": (N_("Delete records"), "Shift+Del")}
_CLIP: Final = {"ask:copy": (N_("Copy to another chart"), "Ctrl+C")}
_LOOK: Final = {
    "analyse": (N_("Analyse these and what is round them"), ""),
    "paths": (N_("Paths between these"), ""),
    "groups": (N_("Groups on this chart"), ""),
    "what-if": (N_("What if without these"), ""),
}
_ALWAYS: Final = {
    "ask:paste": (N_("Paste"), "Ctrl+V"),
    "photographs": (N_("Show photographs, or not"), ""),
    "requirements": (N_("Show open requirements, or not"), ""),
    "fold": (N_("Draw OCG as one item, or open it"), "Ctrl+G"),
    "theme": (N_("Colour by a result…"), ""),
    "theme-switch": (N_("Colours of the result, or not"), ""),
    "compare": (N_("Compare with a month ago"), ""),
    "keep:versions": (N_("Versions of this chart"), ""),
    "keep:version": (N_("Keep version…"), ""),
    "keep:copy": (N_("Save a copy…"), "Ctrl+Shift+S"),
    "keep:cover": (N_("Title, case and marking…"), ""),
    "keep:freeze": (N_("Freeze, or follow the register"), ""),
    "keep:print": (N_("Print…"), "Ctrl+P"),
    "fit": (N_("Fit all"), "F"),
}
_EMPTY: Final = {"note": (N_("Add note"), "T"), "ask:find": (N_("Find on this chart"), "Ctrl+F")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a menu is about."""

    items: tuple[UUID, ...] = ()
    records: int = 0
    """How many of the items are in the register."""
    line: UUID | None = None
    is_sketched: bool = False
    """The line, or every one of the items, is."""
    notes: tuple[UUID, ...] = ()
    is_pinned: bool = False

    @property
    def ids(self) -> tuple[UUID, ...]:
        """What the acts are done with."""
        return (self.line,) if self.line is not None else (*self.items, *self.notes)


def subject(arrangement: Arrangement, selected: Collection[UUID], under: UUID | None) -> Subject:
    """Return what a menu is about that is asked for over this, with these selected."""
    scene, wanted = arrangement.scene, set(selected)
    line = next((tie for tie in scene.ties if tie.id == under), None)
    if line is not None:
        return Subject(line=line.id, is_sketched=line.sketch)
    chosen = {item.id: item for item in scene.items if item.id in wanted}
    items = tuple(id_ for id_ in selected if id_ in chosen)
    return Subject(
        items=items,
        records=sum(not chosen[id_].sketch for id_ in items),
        is_sketched=bool(items) and all(chosen[id_].sketch for id_ in items),
        notes=tuple(note.id for note in scene.notes if note.id in wanted),
        is_pinned=bool(items) and set(items) <= arrangement.pinned,
    )


class ItemMenu(QMenu):
    """Acts on what is selected; it is gone once it has been used."""

    chosen = Signal(str, object)
    """An act, such as open, hide or ``line:left``; and the ids it is about."""

    def __init__(
        self, about: Subject, *, may_edit: bool, parent: QWidget, lines: Lines = Lines.TYPE
    ) -> None:
        super().__init__(parent)
        self._about, self._may_edit = about, may_edit
        if about.line is not None:
            self._offer_line()
        elif about.items:
            self._offer_items()
        elif about.notes:
            self._offer_notes()
        else:
            self._offer(_EMPTY)
        self.addSeparator()
        self._offer_lines(lines)
        self._offer(_ALWAYS)
        self.triggered.connect(self._on_triggered)
        self.aboutToHide.connect(self.deleteLater)

    def _offer_line(self) -> None:
        if self._about.is_sketched:
            self._offer(_SKETCHED_LINE)
        elif self._may_edit:
            self._offer(_LINK)

    def _offer_items(self) -> None:
        about = self._about
        if len(about.items) == 1:
            self._offer(_SKETCH if about.is_sketched else _ONE)
            self.addSeparator()
        elif about.records > 1 and self._may_edit:
            self._offer(_MANY)
            self.addSeparator()
        left_out = {"pin" if about.is_pinned else "unpin"} | (
            {"note"} if len(about.items) > 1 else set()
        )
        self._offer({name: words for name, words in _SOME.items() if name not in left_out})
        if len(about.items) > 1:
            self._offer_lining()
        self._offer(_CLIP)
        self.addSeparator()
        if about.records:
            if self._may_edit:
                self._offer(_DELETE if about.records == 1 else _DELETE_MANY)
            left_out = {"paths"} if about.records < 2 else set()
            self._offer({name: words for name, words in _LOOK.items() if name not in left_out})

    def _offer_lining(self) -> None:
        menu = self.addMenu(_("Align and distribute"))
        for way, words in {**lining.ALIGNED, **lining.SPREAD}.items():
            menu.addAction(_(words)).setData(f"line:{way}")

    def _offer_lines(self, now: Lines) -> None:
        """Offer how several links between two items are drawn."""
        menu = self.addMenu(_("Links between two"))
        for lines, words in WORDS.items():
            action = menu.addAction(_(words))
            action.setCheckable(True)
            action.setChecked(lines is now)
            action.setData(f"lines:{lines.value}")

    def _offer_notes(self) -> None:
        self._offer(_NOTE)
        menu = self.addMenu(_("Tone"))
        for code in code_list("annotation-tones"):
            menu.addAction(code.label).setData(f"tone:{code.code}")
        self._offer(_CLIP)

    def _offer(self, acts: Acts) -> None:
        # The keys are the canvas's own: here they are only printed.
        for name, (words, key) in acts.items():
            action = self.addAction(f"{_(words)}\t{key}" if key else _(words))
            action.setData(name)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()), self._about.ids)
