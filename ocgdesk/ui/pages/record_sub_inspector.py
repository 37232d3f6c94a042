"""What is recorded of one sub-record, beside the table: every field that holds something."""

from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ocgdesk.casework.subrecords import Hanging
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.subrecords import Decision
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.pages.record_sub_tables import facts
from ocgdesk.ui.widgets.buttons import text_button
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.labels import Label


class SubInspector(QWidget):
    """A sub-record in full, the records its fields name, and of a photograph the picture."""

    opened = Signal(object)
    """The Brief of a record that a field names."""

    def __init__(self, thing: Entity, found: Hanging, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thing = thing
        self.setProperty("caption", words.one(thing.kind))
        self.setProperty("icon", words.icon_of(thing.kind))
        self.picture = Picture(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(Label(thing.label, step="section", wrap=True))
        if thing.ref:
            column.addWidget(Label(thing.ref, step="mono", ink="text.3"))
        column.addWidget(self.picture)
        column.addWidget(Rule())
        label = next((f.label for f in described_fields(type(thing)) if f.is_label), "")
        for title, said in facts(thing, found.named):
            if title != label:
                column.addLayout(_pair(title, said))
        if said := _superseded(thing, found):
            column.addWidget(Label(said, ink="due", weight="medium", wrap=True))
        self._add_named(column, thing, found)
        column.addStretch(1)

    def _add_named(self, column: QVBoxLayout, thing: Entity, found: Hanging) -> None:
        for field in described_fields(type(thing)):
            id_: UUID | None = getattr(thing, field.name)
            is_named = field.type is FieldType.ENTITY and id_ in found.named
            if not is_named or id_ is None or isinstance(thing, Decision):
                continue
            brief: Brief = found.named[id_]
            one = words.one(brief.kind)
            title = _("Open {kind}").format(kind=one if one.isupper() else one.lower())
            button = text_button(title, icon="action.open")
            button.clicked.connect(lambda _checked=False, brief=brief: self.opened.emit(brief))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _pair(title: str, said: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(1)
    column.addWidget(Label(title, step="small", ink="text.3"))
    column.addWidget(Label(said, wrap=True))
    return column


def _superseded(thing: Entity, found: Hanging) -> str:
    """Return that a decision was superseded, and by what; empty where it stands."""
    later = (d for d in found.of(thing.kind) if isinstance(d, Decision))
    by = next((d for d in later if d.supersedes == thing.id), None)
    if by is None:
        return ""
    return _("Superseded by: {title}").format(title=by.title)


class Picture(QLabel):
    """A picture as wide as there is room; hidden until there is one."""

    _HIGHEST = 320

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = QImage()
        self.setAccessibleName(_("Photograph"))
        self.hide()

    def show_image(self, image: QImage) -> None:
        """Show a picture; nothing where it is none."""
        self._whole = image
        self.setVisible(not self._whole.isNull())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 40)

    def _fit(self) -> None:
        if self._whole.isNull() or self.width() < 2:
            return
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self._HIGHEST * ratio))
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
        drawn = self._whole.scaled(room, keep, smooth.SmoothTransformation)
        drawn.setDevicePixelRatio(ratio)
        self.setPixmap(QPixmap.fromImage(drawn))
