"""Deciding on rows of a draft that may be known: by keys, row by row or for all that are marked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import import_deciding, import_joining, import_redrawing
from ocgdesk.casework.combining import Compared
from ocgdesk.casework.import_decisions import Alike, Decision, Verdict
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_proposal import Row
from ocgdesk.casework.import_rows import Line
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.pages.import_alike import AlikeLooking
from ocgdesk.ui.pages.import_check import CheckView

_KEYS: Final = "MYNJUX"


class Deciding(QObject):
    """Holds a draft as it was read, and what was decided of its rows; nothing is written."""

    applied = Signal(object)
    """The draft with what was decided."""
    looked = Signal()
    """What may be said of the row looked at is another, or was read."""

    def __init__(self, desk: Desk, check: CheckView, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._check = check
        self.alike = AlikeLooking(desk, parent)
        self.base: Checked | None = None
        self.decisions: dict[str, Decision] = {}
        self.at = 0
        """Which of those offered for the row is looked at."""
        self.compared: tuple[Compared, ...] = ()
        self._usual: dict[str, str] = {}
        self._row: Row | None = None
        self._shown: Checked | None = None
        self._applying: Job | None = None
        self._looking: Job | None = None
        self._then: Callable[[], None] | None = None
        self.alike.found.connect(self._on_alike)
        check.line_chosen.connect(self.look)
        check.marking.connect(self.looked)
        acts = (self.take, self.maybe, self.new, self.skip, self.take_back, self.turn)
        for key, act in zip(_KEYS, acts, strict=True):
            shortcut = QShortcut(QKeySequence(key), check)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._press, act))

    def _press(self, act: Callable[[], None]) -> None:
        """Do what a key is for; the list of problems has no rows to decide on."""
        if self._check.shows_rows:
            act()

    # ---- The draft ----------------------------------------------------------------------------

    def begin(self, checked: Checked) -> None:
        """Begin with a draft that was read; what was decided of the same rows stands."""
        self.stop()
        self.base = self._shown = checked
        self._row = None
        self.alike.look(checked)
        self.looked.emit()
        if self.decisions:
            self._apply()

    def clear(self) -> None:
        """Forget what was decided: other files are read."""
        self.decisions = {}

    def stop(self) -> None:
        """Wait for nothing any more."""
        self.alike.stop()
        for job in (self._applying, self._looking):
            if job is not None:
                job.cancel()
        self._applying = self._looking = self._then = None

    def ready(self) -> bool:
        """Tell whether nothing is being looked for or worked out."""
        return self.alike.ready() and self._applying is None and self._looking is None

    def hold(self, then: Callable[[], None]) -> bool:
        """Tell whether what was decided is still being worked out; ``then`` is called after."""
        if self._applying is None:
            return False
        self._then = then
        return True

    def concerns(self, changed: Changed) -> bool:
        """Tell whether what changed may stand in the draft: a kind its rows make, or a link."""
        if self.base is None:
            return False
        draft = self.base.draft
        parts = (part.kind for spec in draft.specs.values() for part in spec.parts)
        return changed.touches(draft.kind, Kind.LINK, *parts)

    def _on_alike(self, before: Checked, found: Checked) -> None:
        """Go on with what new records may be, where the draft is still that one."""
        if self.base is not before:
            return
        self.base = found
        if self.decisions:
            self._apply()
        else:
            self._show(found)

    def _apply(self) -> None:
        if self.base is None:
            return
        if self._applying is not None:
            self._applying.cancel()
        ask = partial(_applied, base=self.base, decisions=dict(self.decisions))
        self._applying = job = self._desk.ask(ask, self._on_applied)
        job.failed.connect(self._on_failed)

    def _on_applied(self, found: Checked) -> None:
        self._applying = None
        self._show(found)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_failed(self, _error: DeskError) -> None:
        self._applying = self._then = None

    def _show(self, found: Checked) -> None:
        self._shown = found
        self._row = None
        self.applied.emit(found)
        self.look()

    # ---- The row looked at --------------------------------------------------------------------

    def row(self) -> Row | None:
        """Return what of the row looked at may be known, as it stands: what is open first."""
        line = self._check.line() or next(iter(self._check.marked_open()), None)
        rows = [row for row in line.rows if row.alike] if line is not None else []
        return next((row for row in rows if row.is_open), next(iter(rows), None))

    def candidate(self) -> Alike | None:
        """Return the one of those offered that is looked at."""
        row = self.row()
        return row.alike[self.at] if row is not None and self.at < len(row.alike) else None

    def choose(self, at: int) -> None:
        """Look at another of those offered."""
        row = self.row()
        if row is not None and 0 <= at < len(row.alike) and at != self.at:
            self.at = at
            self._read()

    def look(self) -> None:
        """Look at the row chosen."""
        row = self.row()
        if row is self._row:
            return
        self._row, self.at = row, 0
        if row is not None and row.settled is not None and row.settled.decision is not None:
            decision = row.settled.decision
            at = (n for n, one in enumerate(row.alike) if _is_of(decision, one))
            self.at = next(at, 0)
        self._read()

    def _read(self) -> None:
        """Read the record that is looked at, to be set beside the row."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        self.compared = ()
        self.looked.emit()
        row, alike = self.row(), self.candidate()
        made = self._as_read(row) if row is not None else None
        if made is None or alike is None or self.base is None:
            return
        other = self.base.asked_rows.get(alike.key)
        ask = partial(_beside, row=made, alike=alike, other=other)
        self._looking = job = self._desk.ask(ask, self._on_beside)
        job.failed.connect(self._on_not_read)

    def _as_read(self, row: Row) -> Row | None:
        """Return a row as it was before anything was decided of it."""
        if self.base is None or not isinstance(row.draft, DraftRecord):
            return None
        return self.base.asked_rows.get(row.draft.full_key)

    def _on_beside(self, found: tuple[Compared, ...]) -> None:
        self._looking = None
        decision = self._decision()
        choices = decision.choices if decision is not None else {}
        self._usual = {one.field.name: one.choice for one in found}
        self.compared = tuple(
            replace(one, choice=choices.get(one.field.name, one.choice)) for one in found
        )
        self.looked.emit()

    def _on_not_read(self, _error: DeskError) -> None:
        self._looking = None

    def _decision(self) -> Decision | None:
        row = self.row()
        return row.settled.decision if row is not None and row.settled is not None else None

    # ---- Deciding -----------------------------------------------------------------------------

    def take(self) -> None:
        """Take the row as the one looked at; of several rows each as its surest."""
        self._decide(Verdict.SAME)

    def maybe(self) -> None:
        """Let the row come in as new, linked as maybe the same."""
        self._decide(Verdict.MAYBE)

    def new(self) -> None:
        """Say that the row is none of those offered."""
        self._decide(Verdict.NEW)

    def take_back(self) -> None:
        """Take back what was decided of the rows chosen."""
        keys = {_key(row) for line in self._check.marked() for row in line.rows}
        kept = {key: one for key, one in self.decisions.items() if key not in keys}
        if len(kept) < len(self.decisions):
            self.decisions = kept
            self._check.keep_place()
            self._apply()

    def skip(self) -> None:
        """Go on to the next row that is not decided yet."""
        self._check.next_open()

    def turn(self) -> None:
        """Look at the next of those offered, round the end."""
        if (row := self.row()) is not None:
            self.choose((self.at + 1) % len(row.alike))

    def take_value(self, name: str, choice: str) -> None:
        """Choose which value of a field the record has, if the row is taken as it."""
        self.compared = tuple(
            replace(one, choice=choice) if one.field.name == name else one for one in self.compared
        )
        decision, row = self._decision(), self.row()
        if row is not None and decision is not None and decision.verdict is Verdict.SAME:
            self.take()
        self.looked.emit()

    def is_asking(self) -> bool:
        """Tell whether anything in the draft may be known already."""
        return self._shown is not None and bool(self._shown.asked_rows)

    def open_among_marked(self) -> int:
        """Return how many rows that are marked are not decided yet."""
        return len(self._check.marked_open())

    def _decide(self, verdict: Verdict) -> None:
        made = dict(self._made(verdict))
        if not made:
            return
        self.decisions |= made
        self._check.keep_place(beyond=frozenset(made))
        self._apply()

    def _made(self, verdict: Verdict) -> Iterator[tuple[str, Decision]]:
        """Yield the decisions on the rows marked, or on the one that is looked at."""
        if self._check.marked_count() > 1:
            yield from _surest(self._check.marked_open(), verdict)
            return
        row = self.row()
        if row is None or (made := self._as_read(row)) is None:
            return
        decision = import_deciding.decided(made, verdict, self.at)
        if decision is not None and verdict is Verdict.SAME:
            decision = replace(
                decision, choices=import_joining.chosen_of(self.compared, self._usual)
            )
        if decision is not None:
            yield _key(row), decision


def _surest(lines: list[Line], verdict: Verdict) -> Iterator[tuple[str, Decision]]:
    for row in (row for line in lines for row in line.rows if row.is_open):
        if (decision := import_deciding.decided(row, verdict)) is not None:
            yield _key(row), decision


def _key(row: Row) -> str:
    return row.draft.full_key if isinstance(row.draft, DraftRecord) else ""


def _is_of(decision: Decision, alike: Alike) -> bool:
    return decision.key == alike.key if alike.key else decision.other == alike.id


def _applied(reader: Reader, base: Checked, decisions: dict[str, Decision]) -> Checked:
    proposal = import_deciding.applied(reader, base.proposal, decisions)
    return import_redrawing.with_decisions(base, proposal)


def _beside(reader: Reader, row: Row, alike: Alike, other: Row | None) -> tuple[Compared, ...]:
    """Return the record that a row may be beside what the row says."""
    found: Any = other.after if other is not None else reader.find(alike.id)
    if not isinstance(found, Entity) or not isinstance(row.after, Entity):
        return ()
    assert isinstance(row.draft, DraftRecord)  # noqa: S101 - only those are asked about
    if other is None:
        reader.saw("Compare with an import", reader.numbers([alike.id]).values())
    return import_joining.beside(found, row.draft, row.after)
