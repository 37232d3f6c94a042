"""The two tables of the quality page, and what an administrator sets on a rule."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.quality import Broken, Standing
from ocgdesk.domain.kinds import LINKS, SUBJECTS, Kind
from ocgdesk.domain.quality import WEIGHTS, Rule
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.breaches import Breach
from ocgdesk.ui import words
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.labels import ElidedLabel, Label
from ocgdesk.ui.widgets.values import NONE, Bar, Cell, Entity, Heading, Status, Text

_OFF = -1


def rule_columns() -> tuple[Column, ...]:
    """Return the columns of the rules."""
    return (
        Column(
            heading=Heading(title=_("Rule")),
            cell=_rule,
            order=lambda standing: _(standing.rule.words).casefold(),
            width=260,
            stretch=5,
        ),
        Column(
            heading=Heading(title=_("Looks at")),
            cell=lambda standing: Text(words.many(standing.rule.kind), "text.2"),
            order=lambda standing: words.many(standing.rule.kind).casefold(),
            width=150,
            yields=2,
        ),
        Column(
            heading=Heading(title=_("Broken"), align="right"),
            cell=_broken,
            order=lambda standing: _OFF if standing.broken is None else standing.broken,
            width=86,
        ),
        Column(
            heading=Heading(title=_("Of"), align="right"),
            cell=lambda standing: Text(_number(standing.of), "text.3", "right"),
            order=lambda standing: _OFF if standing.of is None else standing.of,
            width=86,
        ),
        Column(
            heading=Heading(title=_("Share")),
            cell=_share,
            order=_share_of,
            width=120,
            yields=3,
        ),
        Column(
            heading=Heading(title=_("Weight"), align="right"),
            cell=lambda standing: Text(str(standing.rule.weight), "text.2", "right"),
            order=lambda standing: standing.rule.weight,
            width=76,
        ),
    )


def _rule(standing: Standing) -> Cell:
    said = _(standing.rule.words)
    if not standing.rule.on:
        return Status(_("{rule} (off)").format(rule=said), "status.not-started")
    if standing.broken:
        return Status(said, "status.warning", "due")
    return Status(said, "status.ok", "ok")


def _broken(standing: Standing) -> Cell:
    if standing.broken is None:
        return Text(NONE, "text.3", "right")
    return Text(
        f"{standing.broken:,}",
        "text" if standing.broken else "text.3",
        "right",
        strong=bool(standing.broken),
    )


def _number(value: int | None) -> str:
    return NONE if value is None else f"{value:,}"


def _share_of(standing: Standing) -> float:
    return (standing.broken or 0) / standing.of if standing.of else 0.0


def _share(standing: Standing) -> Cell:
    if not standing.of or not standing.broken:
        return Text("")
    share = _share_of(standing)
    return Bar(share=share, words=f"{share:.0%}" if share >= 0.01 else _("under 1%"))


@dataclass(frozen=True, slots=True)
class Listed:
    """One record that breaks the rule chosen, and why in words."""

    breach: Breach
    why: str


def breach_columns() -> tuple[Column, ...]:
    """Return the columns of what breaks a rule."""
    return (
        Column(
            heading=Heading(title=_("Record")),
            cell=lambda listed: _record(listed.breach),
            order=lambda listed: listed.breach.label.casefold(),
            width=260,
            stretch=4,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda listed: Text(listed.breach.ref or NONE, "text.3", mono=True),
            order=lambda listed: listed.breach.ref or None,
            width=190,
            yields=2,
        ),
        Column(
            heading=Heading(title=_("Why")),
            cell=lambda listed: Text(listed.why, "text.2"),
            order=lambda listed: listed.why.casefold() or None,
            width=200,
            stretch=3,
            yields=1,
        ),
    )


def _record(breach: Breach) -> Cell:
    kind = breach.opens_kind if breach.kind in LINKS else breach.kind
    if kind not in _COLOURED:
        return Status(breach.label, words.icon_of(kind))
    look = "exploited" if breach.exploited and kind is Kind.NOMINAL else kind.value
    return Entity(kind=look, label=breach.label, restricted=breach.restricted)


_COLOURED: Final = frozenset({*SUBJECTS, Kind.REPORT})
"""The kinds that have a colour of their own."""


class RuleStrip(QWidget):
    """The rule chosen: what mends it, and for an administrator whether it counts and how much."""

    switched = Signal(bool)
    weighed = Signal(int)
    retired = Signal()

    def __init__(self, refused: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel("", step="section")
        self.advice = Label("", ink="text.2", wrap=True)
        self.on = CheckBox(_("Counts"))
        weights = tuple(Option(str(n), _("Weight {n}").format(n=n)) for n in WEIGHTS)
        self.weight = Select(weights, name=_("Weight"))
        self.retire = text_button(_("Retire the rule"), icon="action.archive")
        for part in (self.on, self.weight, self.retire):
            part.setEnabled(not refused)
            part.setToolTip(refused)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.words)
        left.addWidget(self.advice)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 10, 24, 10)
        self.row.setSpacing(12)
        self.row.addLayout(left, 1)
        for part in (self.on, self.weight, self.retire):
            self.row.addWidget(part)
        self.on.clicked.connect(self.switched)
        self.weight.chosen.connect(self._on_weight)
        self.retire.clicked.connect(self.retired)

    def show_rule(self, rule: Rule, found: Broken | None) -> None:
        """Show a rule, and how much of what breaks it is listed."""
        self.words.setText(_(rule.words))
        self.advice.setText(" ".join(part for part in (_(rule.advice), _listed(found)) if part))
        self.on.setChecked(rule.on)
        self.weight.choose(str(rule.weight))

    def _on_weight(self, weight: str) -> None:
        self.weighed.emit(int(weight))


def _listed(found: Broken | None) -> str:
    if found is None or len(found.rows) == found.total:
        return ""
    told = ngettext(
        "The first {n} of {total} is listed.",
        "The first {n} of {total} are listed.",
        len(found.rows),
    )
    return told.format(n=f"{len(found.rows):,}", total=f"{found.total:,}")


def opens_plan(breach: Breach) -> bool:
    """Tell whether what mends this is a 4P plan."""
    return breach.kind is Kind.PLAN
