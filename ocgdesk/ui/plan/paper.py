"""A report put on the pages of a printer: the marking above and below each."""

from html import escape
from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrinter

from ocgdesk.errors import CannotWrite
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent
from ocgdesk.reports.document import Block, Document, Facts, Heading, Paragraph, Table, Tone
from ocgdesk.ui import fonts

_BAND: Final = 0.05
"""Of the height of a page: for the marking above, and for it and the foot below."""
_POINTS: Final = 9.5
_TOP: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_BOTTOM: Final = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom


def html(paper: Document) -> str:
    """Return a report as rich text of plain words: every word in it is escaped."""
    parts = [f"<h1>{escape(paper.title)}</h1>", f"<p>{escape(paper.subtitle)}</p>"]
    return "".join([*parts, *map(_block, paper.blocks)])


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case Paragraph(text, tone):
            words = escape(text).replace("\n", "<br>")
            return f"<p><b>{words}</b></p>" if tone is Tone.WARNING else f"<p>{words}</p>"
        case Facts(pairs):
            return _rows(tuple((f"{name}:", value) for name, value in pairs), border=0)
        case Table(titles, rows, widths):
            head = "".join(f"<th align=left>{escape(title)}</th>" for title in titles)
            return _rows(rows, head=f"<thead><tr>{head}</tr></thead>", widths=widths)
    return ""


def _rows(
    rows: tuple[tuple[str, ...], ...],
    *,
    head: str = "",
    widths: tuple[float, ...] = (),
    border: int = 1,
) -> str:
    body = "".join(f"<tr>{''.join(_cells(row, widths))}</tr>" for row in rows)
    look = f"border={border} cellspacing=0 cellpadding=3 style='border-collapse: collapse'"
    return f"<table width='100%' {look}>{head}{body}</table><p></p>"


def _cells(row: tuple[str, ...], widths: tuple[float, ...]) -> list[str]:
    shares = [f" width='{round(100 * share)}%'" for share in widths] or [""] * len(row)
    return [
        f"<td{share}>{escape(text).replace(chr(10), '<br>')}</td>"
        for text, share in zip(row, shares, strict=False)
    ]


def paint(paper: Document, printer: QPrinter, progress: Progress = silent) -> int:
    """Print a report; return how many pages. CannotWrite where the printer does not answer."""
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotWrite(_("The printer does not answer"))
    try:
        return _pages(paper, printer, painter, progress)
    finally:
        painter.end()


def _pages(paper: Document, printer: QPrinter, painter: QPainter, progress: Progress) -> int:
    room = QRectF(painter.viewport())
    band = room.height() * _BAND
    text = QTextDocument()
    font = QFont(fonts.body())
    font.setPointSizeF(_POINTS)
    text.setDefaultFont(font)
    text.documentLayout().setPaintDevice(printer)
    text.setPageSize(QSizeF(room.width(), room.height() - 2 * band))
    text.setHtml(html(paper))
    for page in range(text.pageCount()):
        progress(page, text.pageCount(), _("Print"))
        if page:
            printer.newPage()
        _frame(paper, painter, room, band, f"{page + 1}/{text.pageCount()}")
        painter.save()
        painter.translate(0, band - page * text.pageSize().height())
        inside = QRectF(0, page * text.pageSize().height(), room.width(), text.pageSize().height())
        text.drawContents(painter, inside)
        painter.restore()
    return text.pageCount()


def _frame(paper: Document, painter: QPainter, room: QRectF, band: float, number: str) -> None:
    """Put marking, foot and page number on a page."""
    synthetic = _("SYNTHETIC DATA") if paper.synthetic else ""
    words = " · ".join(x for x in (paper.marking, synthetic) if x)
    font = QFont(fonts.body(fonts.STRONG))
    font.setPointSizeF(_POINTS)
    painter.setFont(font)
    painter.drawText(room, int(_TOP), words)
    painter.drawText(room, int(_BOTTOM), words)
    font = QFont(fonts.body())
    font.setPointSizeF(_POINTS - 2)
    painter.setFont(font)
    above = QRectF(0, room.bottom() - band, room.width(), band / 2)
    painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), f"{paper.foot} · {number}")
