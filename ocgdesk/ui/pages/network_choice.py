"""Which part of the register a question is asked of, chosen in the bar above the answer."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms.entity_box import EntityBox
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.widgets.inputs import Option, Select

GIVEN: Final = "part"
WHOLE: Final = "all"
NAMED: Final = "ocg"
_PARTS: Final = {Kind.OCG: Part.OCG, Kind.CHART: Part.CHART}
_MOST_HOPS: Final = 3
_WIDE: Final = 230


class ScopeChoice(QWidget):
    """What the page was opened for, an OCG to be named, or the whole register."""

    changed = Signal()

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = target
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.parts = Select(_offered(target), name=_("Part of the register"))
        self.ocg = EntityBox(desk, (Kind.OCG,))
        self.ocg.setAccessibleName(_("OCG"))
        self.ocg.setMinimumWidth(px(_WIDE))
        self.hops = Select(_hops(), name=_("How far beyond"))
        self.hops.choose(str(min(target.hops, _MOST_HOPS)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.parts, self.ocg, self.hops):
            row.addWidget(part)
        self._fit()
        self.parts.chosen.connect(self._on_part)
        self.hops.chosen.connect(self._on_hops)
        self.ocg.changed.connect(self.changed)

    @property
    def is_given(self) -> bool:
        """Whether the page was opened for something, and that is what is looked at."""
        return self.parts.current == GIVEN

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole register."""
        return self.parts.current == WHOLE

    @property
    def kind(self) -> Kind | None:
        """OCG or chart, where the answer can be kept with one."""
        if self.parts.current == NAMED:
            return Kind.OCG
        return self._target.kind if self.is_given and self._target.kind in _PARTS else None

    def scope(self) -> Scope:
        """Return the part chosen; Refused where an OCG is still to be named."""
        if self.is_whole:
            return Scope()
        hops = int(self.hops.current)
        if self.parts.current == NAMED:
            if self.ocg.id is None:
                raise Refused(_("Name the OCG to look at, or choose the whole register"))
            return Scope(part=Part.OCG, ids=(self.ocg.id,), hops=hops)
        target = self._target
        if target.id is not None and target.kind is not None:
            return Scope(part=_PARTS.get(target.kind, Part.REFS), ids=(target.id,), hops=hops)
        return Scope(part=Part.REFS, ids=target.focus, hops=hops)

    def _fit(self) -> None:
        self.ocg.setVisible(self.parts.current == NAMED)
        of_chart = self.is_given and self._target.kind is Kind.CHART
        self.hops.setVisible(not self.is_whole and not of_chart)

    def _on_part(self, _code: str) -> None:
        self._fit()
        if self.parts.current == NAMED and self.ocg.id is None:
            self.ocg.setFocus()
        else:
            self.changed.emit()

    def _on_hops(self, _code: str) -> None:
        self.changed.emit()


def _offered(target: Target) -> tuple[Option, ...]:
    every = (Option(WHOLE, _("The whole register")), Option(NAMED, _("An OCG …")))
    if target.kind is Kind.OCG:
        return (Option(GIVEN, _("This OCG and its members")), *every)
    if target.kind is Kind.CHART:
        return (Option(GIVEN, _("This chart")), *every)
    if target.id is not None or target.focus:
        return (Option(GIVEN, _("What is chosen")), *every)
    return every


def _hops() -> tuple[Option, ...]:
    some = (
        Option(str(n), ngettext("{n} step beyond", "{n} steps beyond", n).format(n=n))
        for n in range(1, _MOST_HOPS + 1)
    )
    return (Option("0", _("nothing beyond")), *some)
