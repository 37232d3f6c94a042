"""Words on a page: labels that name a step of the type scale and a role, never a look."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ocgdesk.i18n import _
from ocgdesk.ui import icons, theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks

Step = Literal[
    "caption", "small", "body", "section", "heading", "title", "figure", "figure.large", "mono"
]
Weight = Literal["regular", "medium", "strong"]


class Label(QLabel):
    """Words in a step of the type scale and a role of the theme. Never rich text."""

    def __init__(
        self,
        text: str = "",
        *,
        step: Step = "body",
        ink: str = "text",
        weight: Weight = "regular",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("step", step)
        self.setProperty("ink", ink)
        self.setProperty("weight", weight)

    def set_ink(self, ink: str) -> None:
        """Draw the words in another role."""
        self.set_look(step=self.property("step"), ink=ink)

    def set_look(self, *, step: Step, ink: str) -> None:
        """Draw the words in another step and role."""
        if (self.property("step"), self.property("ink")) == (step, ink):
            return
        self.setProperty("step", step)
        self.setProperty("ink", ink)
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(Label):
    """One line that is shortened in its middle or end when there is no room; tooltip in full."""

    def __init__(
        self,
        text: str = "",
        *,
        step: Step = "body",
        ink: str = "text",
        weight: Weight = "regular",
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, step=step, ink=ink, weight=weight, parent=parent)
        self._elide = elide
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), self._elide, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment()), shown)
        painter.end()


class IconLabel(QWidget):
    """An icon on its own, such as the mark before a heading. Decoration: it has no name."""

    def __init__(
        self, meaning: str, ink: str = "", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_icon(meaning, ink)
        theme.follow(self, self.updateGeometry)

    def show_icon(self, meaning: str, ink: str = "") -> None:
        """Show another drawing, in the role given or the one natural to it."""
        self.meaning = meaning
        self.ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        return icons.square(self._size)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        if not self.meaning:
            return
        painter = QPainter(self)
        ink = self.ink or icons.natural(self.meaning)
        icons.paint(painter, self.meaning, ink, QRectF(self.rect()), self._size)
        painter.end()


class SectionHeading(QWidget):
    """A heading in a page, what it counts in grey beside it, an action at its right."""

    def __init__(
        self, title: str, note: str = "", *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, step="section")
        self.note = ElidedLabel(note, ink="text.3")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        if icon:
            self._row.addWidget(IconLabel(icon, size=17))
        self._row.addWidget(self.title)
        self._row.addWidget(self.note, 1)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Show another count or basis."""
        self.note.setText(note)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._row.addWidget(widget)


class ToneTile(QWidget):
    """The square at the left of a record's page header: its icon, or a picture of it."""

    def __init__(self, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.meaning = meaning
        self.picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self, self.updateGeometry)

    def show_picture(self, picture: QImage) -> None:
        """Show a picture in place of the icon; a null one gives the icon back."""
        self.picture = picture
        self.setAccessibleName("" if picture.isNull() else _("Photograph"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(44), px(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - drawn as a whole
        painter = QPainter(self)
        ink = icons.ink(icons.natural(self.meaning, "accent.text"))
        box = QRectF(self.rect())
        ground = theme.current().qcolour("surface")
        marks.round_box(painter, box, ground, ink, marks.RADIUS_CARD, width=1.5)
        if self.picture.isNull():
            icons.paint(painter, self.meaning, ink, box, 24)
        else:
            marks.picture(painter, box, self.picture, marks.RADIUS_CARD)
            marks.round_box(painter, box, None, ink, marks.RADIUS_CARD, width=1.5)
        painter.end()
