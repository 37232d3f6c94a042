"""Beside the fields of a nominal: the photograph, care for a victim, what is in force, handles."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.ui import theme, words
from ocgdesk.ui.fonts import px
from ocgdesk.ui.pages import record_person_words
from ocgdesk.ui.pages.record_person_words import Line
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label, SectionHeading

_PICTURE = 132
_TITLE = 132
_MOST = 6


class Portrait(QWidget):
    """The photograph that stands for somebody; it is not there where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Photograph"))
        theme.follow(self, self.updateGeometry)
        self.hide()

    def show_picture(self, picture: QImage) -> None:
        """Show a photograph; a null one takes it away."""
        self.picture = picture
        self.setVisible(not picture.isNull())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self.picture.isNull():
            return QSize(0, 0)
        share = self.picture.height() / max(1, self.picture.width())
        return QSize(px(_PICTURE), round(px(_PICTURE) * min(1.4, max(0.7, share))))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if self.picture.isNull():
            return
        painter = QPainter(self)
        marks.picture(painter, self.rect().toRectF(), self.picture, marks.RADIUS_CARD)
        painter.end()


class Section(QWidget):
    """A heading and what stands below it; without anything it is not there."""

    def __init__(self, title: str, *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = SectionHeading(title, icon=icon, parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.heading)
        self._body: QWidget | None = None

    def fill(self, body: QWidget | None) -> None:
        """Show this below the heading, in place of what stood there."""
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = body
        if body is not None:
            self._column.addWidget(body)
            body.show()
        self.setVisible(body is not None)


class PersonSide(QWidget):
    """What one asks first of somebody, beside their fields; every line opens."""

    filed = Signal(object, bool)
    """A Kind of sub-record to go to, and whether a new one is to be added."""
    opened = Signal(object)
    """A Linked: a handle to go to."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.portrait = Portrait(self)
        self.care = Section(_("Safeguarding"), icon="status.victim", parent=self)
        self.care_button = text_button(_("Open"))
        self.care.heading.add_action(self.care_button)
        self.care_button.clicked.connect(self._on_care)
        self.force = Section(_("In force"), parent=self)
        self.handles = Section(_("Handles"), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.portrait, self.care, self.force, self.handles):
            column.addWidget(part)
            part.hide()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be shown."""
        parts = (self.portrait, self.care, self.force, self.handles)
        return all(part.isHidden() for part in parts)

    def show_person(self, found: Dossier, *, refused: str) -> None:
        """Show what is on record of this person, now or then."""
        self._show_care(found, refused)
        lines = record_person_words.in_force(found.hanging, self._today)
        self.force.fill(self._lines(lines) if lines else None)
        used = record_person_words.handles(found.links)
        self.handles.fill(self._lines(used) if used else None)

    def _show_care(self, found: Dossier, refused: str) -> None:
        care = record_person_words.newest_care(found.hanging)
        if care is None and not found.is_exploited:
            self.care.fill(None)
            return
        self.care_button.set_label(_("Open") if care else _("Add safeguarding"))
        self.care_button.setVisible(care is not None or not refused)
        pairs = list(record_person_words.care(care)) if care else []
        self.care.fill(_Care(pairs))

    def _lines(self, lines: Sequence[Line]) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for line in lines[:_MOST]:
            made = _Row(line)
            made.clicked.connect(partial(self._on_line, line))
            column.addWidget(made)
        if (more := len(lines) - _MOST) > 0:
            column.addWidget(Label(_("and {n} more").format(n=more), ink="text.3"))
        return body

    def _on_line(self, line: Line) -> None:
        if line.leads_to is not None:
            self.opened.emit(line.leads_to)
        else:
            self.filed.emit(line.kind, False)

    def _on_care(self) -> None:
        self.filed.emit(Kind.SAFEGUARDING, self.care_button.text() != _("Open"))


class _Care(QWidget):
    """Titles and words of a safeguarding record; where there is none, what belongs there."""

    def __init__(self, pairs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, px(_TITLE))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (title, said) in enumerate(pairs):
            grid.addWidget(Label(title, step="small", ink="text.2"), row, 0, top)
            small = title == _("Not yet offered")
            value = Label(said, step="small", ink="text.2", wrap=True) if small else None
            grid.addWidget(value or Label(said, wrap=True), row, 1)
        if not pairs:
            none = _("Recorded as exploited, and nobody has begun a safeguarding record.")
            grid.addWidget(Label(none, ink="victim", wrap=True), 0, 0, 1, 2)
        defence = Label(_(record_person_words.DEFENCE), step="small", ink="text.3", wrap=True)
        grid.addWidget(defence, len(pairs) + 1, 0, 1, 2)


class _Row(QAbstractButton):
    """One line that opens: icon, words, what of it, and at the right what falls due."""

    def __init__(self, line: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        due = line.chip.word if line.chip else ""
        self.setAccessibleName(", ".join(p for p in (line.words, line.second, due) if p))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel(words.icon_of(line.kind), size=16))
        row.addWidget(ElidedLabel(line.words, weight="medium"), 1)
        if line.second:
            row.addWidget(ElidedLabel(line.second, ink="text.2"), 1)
        if line.chip is not None:
            row.addWidget(ChipLabel(line.chip))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(px(240), max(px(30), self._row.sizeHint().height()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if self.underMouse():
            painter = QPainter(self)
            ground = theme.current().qcolour("hover")
            marks.round_box(painter, self.rect().toRectF(), ground, None, marks.RADIUS_CONTROL)
            painter.end()
