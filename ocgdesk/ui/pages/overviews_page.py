"""Overviews: ready-made charts of the register, any two kinds joined through a third, two days."""

from functools import partial
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import chart_compare, overviews
from ocgdesk.casework.moments import Moment
from ocgdesk.domain import dates
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.widgets.buttons import Button, outline, primary
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.moments import MomentButton
from ocgdesk.ui.widgets.notes import ErrorBanner

_NONE: Final = "-"
_MONTH: Final = "-30"


class OverviewsPage(Page):
    """Offers what can be drawn of the whole register; each opens as a chart of its own."""

    icon = "page.overviews"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Overviews")
        self.buttons: dict[str, Button] = {}
        self._build()
        self._wire()

    def ready(self) -> bool:
        """Tell that there is nothing to wait for."""
        return True

    def _build(self) -> None:
        self.header = PageHeader(
            self.title, _("Charts of all you may see, drawn from the register")
        )
        self.matrix_button = primary(_("Matrix of OCGs"), icon="page.matrix")
        self.moment_button = MomentButton(self)
        self.moment_button.today = self.desk.today
        self.header.add_action(self.moment_button)
        self.header.add_action(self.matrix_button)
        self.note = ErrorBanner(closable=True, parent=self)
        body = PageBody()
        for part in (self._ready(), self._own(), self._days()):
            body.column.addWidget(part)
        body.column.addStretch(1)
        scroller = Scroller(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.note):
            column.addWidget(part)
        column.addWidget(scroller, 1)

    def _ready(self) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setVerticalSpacing(12)
        grid.setHorizontalSpacing(16)
        grid.setColumnMinimumWidth(0, px(560))
        grid.setColumnStretch(2, 1)
        for row, ready in enumerate(overviews.READY):
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(Label(_(ready.title), step="section", weight="strong"))
            words.addWidget(Label(_(ready.sentence), ink="text.2", wrap=True))
            button = outline(_("Draw"), icon="page.chart")
            button.setAccessibleName(_("Draw {title}").format(title=_(ready.title)))
            self.buttons[ready.code] = button
            grid.addLayout(words, row, 0)
            grid.addWidget(button, row, 1)
        return part

    def _own(self) -> QWidget:
        kinds = tuple(Option(kind.value, label("kinds", kind.value)) for kind in SUBJECTS)
        self.one = Select(kinds, name=_("First kind"))
        self.via = Select((Option(_NONE, _("links alone")), *kinds), name=_("Joined through"))
        self.two = Select(kinds, name=_("Second kind"))
        self.one.choose(Kind.NOMINAL.value)
        self.via.choose(Kind.PHONE.value)
        self.two.choose(Kind.NOMINAL.value)
        self.own_button = outline(_("Draw"), icon="page.chart")
        self.own_button.setAccessibleName(_("Draw these two kinds"))
        row = _row(self.one, _("joined through"), self.via, _("to"), self.two, self.own_button)
        return _part(_("Any two kinds"), row)

    def _days(self) -> QWidget:
        options = tuple(Option(ready.code, _(ready.title)) for ready in overviews.READY)
        self.what = Select(options, name=_("Overview to compare"))
        self.first = _box(_("Earlier day"), _MONTH)
        self.first.setText(_MONTH)
        self.second = _box(_("Later day"), _("today"))
        self.compare_button = outline(_("Compare"), icon="page.compare")
        row = _row(self.what, self.first, _("with"), self.second, self.compare_button)
        return _part(_("What changed between two days"), row)

    def _wire(self) -> None:
        for code, button in self.buttons.items():
            button.clicked.connect(partial(self._draw, code))
        self.moment_button.chosen.connect(self._on_moment)
        self.own_button.clicked.connect(self._on_own)
        self.compare_button.clicked.connect(self._on_compare)
        self.matrix_button.clicked.connect(self._on_matrix)

    def _draw(self, code: str) -> None:
        moment = self.moment_button.moment or None
        self.opened.emit(Target(page=PageKind.CHART, overview=code, moment=moment), False)

    @Slot(object)
    def _on_moment(self, moment: Moment) -> None:
        """Draw as at this moment from here on, and say so."""
        self.moment_button.show_moment(moment)
        words = _("Charts of all you may see, drawn from the register")
        said = _("Charts of all you may see, as at {moment}").format(moment=moment.words)
        self.header.set_subtitle(said if moment else words)

    @Slot()
    def _on_own(self) -> None:
        via = [] if self.via.current == _NONE else [self.via.current]
        self._draw("-".join([self.one.current, *via, self.two.current]))

    @Slot()
    def _on_compare(self) -> None:
        today = self.desk.today()
        try:
            first = dates.day(self.first.text(), today=today)
            second = dates.day(self.second.text() or "today", today=today)
            chart_compare.between(first, second)
        except Refused as error:
            self.note.say(str(error))
            return
        self.note.say("")
        days = f"{first.isoformat()} {second.isoformat()}"
        target = Target(page=PageKind.COMPARE, overview=self.what.current, text=days)
        self.opened.emit(target, False)

    @Slot()
    def _on_matrix(self) -> None:
        self.opened.emit(Target(page=PageKind.MATRIX), False)


def _box(name: str, otherwise: str) -> TextBox:
    box = TextBox(placeholder=otherwise, name=name)
    box.setMaximumWidth(px(150))
    return box


def _row(*parts: QWidget | str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(Label(part, ink="text.2") if isinstance(part, str) else part)
    row.addStretch(1)
    return made


def _part(title: str, row: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(Rule())
    column.addWidget(Label(title, step="section", weight="strong"))
    column.addWidget(row)
    return made
