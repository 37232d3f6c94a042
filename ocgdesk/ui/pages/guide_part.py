"""The user guide inside the program: its chapters at the left, the one being read at the right."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QUrl, Slot
from PySide6.QtGui import QImage, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ocgdesk.errors import NotFound
from ocgdesk.i18n import _
from ocgdesk.reports import guide, guide_paper
from ocgdesk.reports.guide import Chapter
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView, column
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import page_margin
from ocgdesk.ui.widgets.inputs import SearchBox
from ocgdesk.ui.widgets.later import Slices
from ocgdesk.ui.widgets.notes import EmptyState
from ocgdesk.ui.widgets.values import Text

LEFT: Final = 270
"""Points of the list of chapters."""
_WIDEST: Final = 860
"""Points of a line of text, and of a picture."""
_TALL: Final = 0.625
"""How tall a picture is beside its width."""
_IMAGE: Final = int(QTextDocument.ResourceType.ImageResource)


class GuidePart(QWidget):
    """Lists the chapters that hold the words looked for, and shows the one chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = SearchBox(_("Find in the guide"))
        self.chapters = ShortTable((column(_("Chapter"), _cell, _order, 200),))
        self.list = ShortTableView(
            self.chapters, name=_("Chapters"), density=Density.COMPACT, parent=self
        )
        self.list.heading.hide()
        self.nothing = EmptyState(_("No chapter has these words."))
        self.text = GuideText(self)
        self._arrange()
        self.box.searched.connect(self._on_searched)
        self.list.selectionModel().currentRowChanged.connect(self._on_current)
        self.text.anchorClicked.connect(self._on_link)
        self._on_searched("")
        theme.follow(self, self._fit)

    @property
    def chapter(self) -> Chapter | None:
        """The chapter that is shown."""
        return self.text.chapter

    def go(self, key: str) -> None:
        """Show a chapter; one that does not exist leaves what is shown."""
        keys = [one.key for one in self.chapters.rows]
        if key not in keys and self.box.text():
            self.box.clear()
            self._on_searched("")
            keys = [one.key for one in self.chapters.rows]
        if key in keys:
            self.list.setCurrentIndex(self.chapters.index(keys.index(key), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _arrange(self) -> None:
        self._left = QVBoxLayout()
        self._left.setSpacing(8)
        for part, share in ((self.box, 0), (self.list, 1), (self.nothing, 1)):
            self._left.addWidget(part, share)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._left)
        row.addWidget(Rule(standing=True))
        row.addWidget(self.text, 1)

    def _fit(self) -> None:
        side = page_margin(self)
        self._left.setContentsMargins(side, 0, 8, 12)
        for part in (self.box, self.list, self.nothing):
            part.setFixedWidth(px(LEFT))

    @Slot(str)
    def _on_searched(self, words: str) -> None:
        found = guide.find(words)
        shown = self.chapter
        self.chapters.show_rows(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if shown in found:
            self.list.setCurrentIndex(self.chapters.index(found.index(shown), 0))
        elif found:
            self.list.setCurrentIndex(self.chapters.index(0, 0))
        self.text.mark(words)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if (row := self.list.row()) is not None and row is not self.chapter:
            self.text.read(row)
            self.text.mark(self.box.text())

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        self.go(url.fragment())


class GuideText(QTextBrowser):
    """One chapter as text; its pictures are decoded one after the other once it is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chapter: Chapter | None = None
        self._wide = 0
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setAccessibleName(_("Chapter"))
        theme.follow(self, self._render)

    def read(self, chapter: Chapter) -> None:
        """Show a chapter from its beginning."""
        self.chapter = chapter
        self._render()

    def mark(self, words: str) -> None:
        """Go to the first of these words, and mark it."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        for word in words.split()[:1]:
            self.find(word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._width() != self._wide:
            self._render()

    def _width(self) -> int:
        return max(200, min(px(_WIDEST), self.viewport().width() - px(48)))

    def _render(self) -> None:
        if self.chapter is None:
            return
        self._wide = self._width()
        self.document().setDefaultStyleSheet(_style())
        self.document().setDocumentMargin(px(16))
        text = guide_paper.to_html_fragment(self.chapter.blocks, str)
        self.setHtml(_limited(text, self._wide))
        Slices(self._decode(self.chapter), self)

    def _decode(self, chapter: Chapter) -> Iterator[None]:
        """Decode one picture after the other, as wide as the text."""
        for name in chapter.pictures:
            yield
            if chapter is not self.chapter:
                return
            try:
                whole = QImage.fromData(guide.picture(name))
            except NotFound:
                continue
            yield
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = whole.scaledToWidth(min(self._wide, whole.width()), smooth)
            self.document().addResource(_IMAGE, QUrl(name), shown)
            self.document().markContentsDirty(0, self.document().characterCount())
            self.viewport().update()


def _limited(html: str, wide: int) -> str:
    """Put text into a column no wider than can be read, with room kept for its pictures."""
    room = f'<img width="{wide}" height="{round(wide * _TALL)}" '
    html = html.replace("<img ", room)
    return f'<table width="{wide}" class="sheet"><tr><td class="sheet">{html}</td></tr></table>'


def _style() -> str:
    colours = theme.current()
    line = colours.colour("line.2")
    return (
        f"body, td, li, p {{ color: {colours.colour('text')}; }}"
        f"p {{ margin: {px(6)}px 0 {px(8)}px 0; line-height: 140%; }}"
        f"li {{ margin-bottom: {px(4)}px; line-height: 135%; }}"
        f"h1 {{ font-size: {px(22)}px; margin: 0 0 {px(8)}px 0; }}"
        f"h2 {{ font-size: {px(17)}px; margin: {px(18)}px 0 {px(6)}px 0; }}"
        f"h3 {{ font-size: {px(14)}px; margin: {px(14)}px 0 {px(4)}px 0; }}"
        f"code, pre {{ font-family: 'IBM Plex Mono'; }}"
        f"pre {{ background: {colours.colour('sunken')}; }}"
        f"a {{ color: {colours.colour('accent.text')}; }}"
        f"td, th {{ padding: {px(4)}px {px(8)}px; border: 1px solid {line};"
        " border-style: solid; text-align: left; }"
        "table { border-collapse: collapse; }"
        "td.sheet { border: 0px none; border-style: none; padding: 0; }"
    )


def _cell(chapter: Chapter) -> Text:
    return Text(chapter.title)


def _order(chapter: Chapter) -> int:
    return guide.chapters().index(chapter)
