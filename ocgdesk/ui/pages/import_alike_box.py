"""Is it known already: what a row may be, the two side by side, and the ways to decide."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.casework import import_rows
from ocgdesk.casework.combining import ABSORBED, KEPT, Compared
from ocgdesk.casework.import_decisions import Alike
from ocgdesk.casework.import_proposal import Row
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.pages.duplicates_rows import LEFT, RIGHT, Chosen, two_columns
from ocgdesk.ui.pages.import_deciding import Deciding
from ocgdesk.ui.widgets.buttons import outline, primary, text_button
from ocgdesk.ui.widgets.inputs import RadioButton
from ocgdesk.ui.widgets.labels import ElidedLabel, Label, SectionHeading

_MOST_FIELDS = 9
"""So many fields are seen at once; more are scrolled to."""
_LONGEST = 80
_LEAST_WORDS = 280
"""So wide are the words at the least, where they share a line with the keys."""


class AlikeBox(QWidget):
    """Shows what a row may be; what is pressed is done by ``Deciding``."""

    opened = Signal(object)
    """The ``Alike`` whose record is to be looked at."""

    def __init__(self, deciding: Deciding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deciding = deciding
        self._shown: tuple[Alike, ...] = ()
        self.choices: list[RadioButton] = []
        self._group = QButtonGroup(self)
        self.title = SectionHeading(_("Known already?"))
        self.says = Label("", wrap=True)
        self.reason = Label("", step="small", ink="text.2", wrap=True)
        self.fields = ShortTable(two_columns())
        self.table = ShortTableView(
            self.fields, name=_("The row beside the record"), density=Density.COMPACT
        )
        self.table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.state = Label("", weight="medium", wrap=True)
        self.open_button = text_button(_("Open the record"), icon="action.open")
        self._lay_out()
        self.open_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._group.idClicked.connect(deciding.choose)
        self.open_button.clicked.connect(self._on_open)
        self.table.clicked.connect(self._on_clicked)
        deciding.looked.connect(self.show_row)
        self.show_row()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.says)
        self._offers = QVBoxLayout()
        self._offers.setSpacing(2)
        column.addLayout(self._offers)
        column.addWidget(self.reason)
        column.addWidget(self.table)
        column.addWidget(self.state)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_row(self) -> None:
        """Show what the row looked at may be, as it stands."""
        deciding = self._deciding
        row = deciding.row()
        self.setVisible(row is not None)
        if row is None:
            return
        self.says.setText(_("{label} may be:").format(label=_label(row)))
        self._offer(row.alike, deciding.at)
        alike = deciding.candidate()
        self.reason.setText(_reason(alike) if alike is not None else "")
        self._compare(deciding.compared)
        decided = import_rows.decision_words(row)
        if row.settled is not None and row.settled.kept:
            told = _("{decided}. What the row says otherwise is kept beside the record.")
            self.state.setText(told.format(decided=decided))
        else:
            self.state.setText(decided or _("Not decided: it would come in as new."))
        self.state.set_ink("text" if decided else "due")
        self.open_button.setVisible(alike is not None and not alike.key)

    def _offer(self, alike: tuple[Alike, ...], at: int) -> None:
        if alike != self._shown:
            self._shown = alike
            for button in self.choices:
                self._group.removeButton(button)
                button.hide()
                button.deleteLater()
            self.choices = [RadioButton(*_words(one)) for one in alike]
            for place, button in enumerate(self.choices):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                button.setToolTip(f"{button.text()}\n{button.second}")
                self._group.addButton(button, place)
                self._offers.addWidget(button)
        if at < len(self.choices):
            self.choices[at].setChecked(True)

    def _compare(self, compared: Sequence[Compared]) -> None:
        self.fields.show_rows([Chosen(one) for one in compared])
        self.table.setVisible(bool(compared))
        self.table.setFixedHeight(self.table.wanted_height(_MOST_FIELDS))
        self.table.share()

    def _on_clicked(self, index: QModelIndex) -> None:
        row: Chosen = self.fields.rows[index.row()]
        choice = {LEFT: KEPT, RIGHT: ABSORBED}.get(index.column())
        if choice is not None and row.compared.differs:
            self._deciding.take_value(row.compared.field.name, choice)

    def _on_open(self) -> None:
        if (alike := self._deciding.candidate()) is not None and not alike.key:
            self.opened.emit(alike)


def _label(row: Row) -> str:
    return short(row.draft.label) if isinstance(row.draft, DraftRecord) else ""


def short(text: str) -> str:
    """Return a name as it can be shown in one line, however long somebody made it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def _reason(alike: Alike) -> str:
    """Return the evidence without how sure it is, which stands beside the name."""
    return alike.reason.partition("; ")[2] if alike.probability else alike.reason


def _words(alike: Alike) -> tuple[str, str]:
    """Return a choice in two lines: who it is, and how sure that is."""
    sure = f"{alike.probability:.0%} · " if alike.probability else ""
    return short(alike.label), f"{sure}{alike.ref}"


class AlikeBar(QWidget):
    """What the row looked at may be, in one line, and the keys to decide with."""

    def __init__(self, deciding: Deciding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deciding = deciding
        self.says = ElidedLabel("")
        self.take_button = primary(_("Take as this one"), key="M", height="bar")
        self.maybe_button = outline(_("Maybe"), key="Y", height="bar")
        self.new_button = outline(_("New after all"), key="N", height="bar")
        self.back_button = outline(_("Take back"), key="U", height="bar")
        self.skip_button = outline(_("Next"), key="J", height="bar")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self.says, 1)
        self._keys = QHBoxLayout()
        self._keys.setSpacing(6)
        self._row.addLayout(self._keys)
        acts = {
            self.take_button: deciding.take,
            self.maybe_button: deciding.maybe,
            self.new_button: deciding.new,
            self.back_button: deciding.take_back,
            self.skip_button: deciding.skip,
        }
        for button, act in acts.items():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the rows
            button.clicked.connect(act)
            self._keys.addWidget(button)
        self._keys.addStretch(1)
        deciding.looked.connect(self.show_row)
        deciding.applied.connect(self.show_row)

    def show_row(self) -> None:
        """Say what the row looked at may be, and what can be done with those that are marked."""
        deciding = self._deciding
        row, alike, marked = deciding.row(), deciding.candidate(), deciding.open_among_marked()
        self.setVisible(deciding.is_asking())
        self.says.setText(_said(row, alike, marked) if row and alike else "")
        take = _("Take as this one")
        if marked > 1:
            take = ngettext("Take all {n}", "Take all {n}", marked)
        self.take_button.set_label(take.format(n=f"{marked:,}"))
        self.take_button.setToolTip(_("Each row as its surest") if marked > 1 else "")
        for button in (self.take_button, self.maybe_button, self.new_button):
            button.setEnabled(row is not None)
        settled = row.settled if row is not None else None
        self.back_button.setVisible(settled is not None and settled.decision is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self._keys.sizeHint().width() + px(_LEAST_WORDS) <= self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide else down)


def _said(row: Row, alike: Alike, marked: int) -> str:
    """Return what a row may be in one line; of several marked how many are decided on at once."""
    if marked > 1:
        return _("{n} rows are marked that may be known").format(n=f"{marked:,}")
    name, sure = _words(alike)
    more = len(row.alike) - 1
    text = _("{label} may be {name} · {sure}").format(label=_label(row), name=name, sure=sure)
    others = ngettext("{n} other: X", "{n} others: X", more).format(n=more)
    return f"{text} · {others}" if more else text
