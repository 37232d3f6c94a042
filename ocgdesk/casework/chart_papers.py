"""Charts on paper: what is printed round them, the bytes of each format, and that they left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from pathlib import Path

from ocgdesk.casework import charts, exports
from ocgdesk.casework.files import write
from ocgdesk.domain.charts import FIXED_LINE, Arrangement, Cover
from ocgdesk.domain.dates import shown
from ocgdesk.domain.marking import highest
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import chart_words
from ocgdesk.security import chain
from ocgdesk.store import networks
from ocgdesk.store.meta import About
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

FORMATS = ("png", "svg", "pdf")


def cover(
    reader: Reader,
    arrangement: Arrangement,
    *,
    title: str,
    about: About,
    author: str,
    agency: str,
    now: datetime,
    filters: Sequence[str] = (),
    as_at: str = "",
    head: bytes = b"",
) -> tuple[Cover, tuple[int, ...]]:
    """Return what is printed round a chart, and the numbers of the records on it.

    The marking is the highest of what is drawn, never below it. ``head`` is that of the journal:
    printed, it shows later whether the journal was written anew.
    """
    ids = [i.id for i in arrangement.scene.items if i.id not in arrangement.hidden]
    numbers = networks.numbers(reader, ids)
    count, lowest = charts.sources(reader, ids)
    moment = as_at or _("as at {day}, {time}").format(day=shown(now.date()), time=f"{now:%H:%M}")
    made = Cover(
        title=_title_of(title, arrangement),
        subtitle=arrangement.scene.cut,
        author=author,
        agency=agency or about.agency,
        drawn=moment,
        marking=highest(i.marking for i in arrangement.scene.items if i.id in numbers),
        synthetic=about.synthetic,
        filters=(*filters, *_withholding(arrangement)),
        sources=_sources(count, lowest),
        head=chain.short(head) if head else "",
    )
    return made, tuple(numbers.values())


def _withholding(arrangement: Arrangement) -> tuple[str, ...]:
    shown_items = (i for i in arrangement.scene.items if i.id not in arrangement.hidden)
    if any(item.exploited for item in shown_items):
        return (_("names of exploited people withheld"),)
    return ()


def _sources(count: int, lowest: str) -> str:
    if not count:
        return _("Sources not recorded")
    words = ngettext("{n} report", "{n} reports", count).format(n=count)
    return _("{reports}, lowest grade {grade}").format(reports=words, grade=lowest or "–")


def withheld(arrangement: Arrangement) -> Arrangement:
    """Return the chart as it may leave: people recorded as exploited without their names."""
    items = tuple(
        replace(item, label=_("Name withheld")) if item.exploited else item
        for item in arrangement.scene.items
    )
    return replace(arrangement, scene=replace(arrangement.scene, items=items))


def _title_of(title: str, arrangement: Arrangement) -> str:
    for item in arrangement.scene.items:
        if item.exploited:
            title = title.replace(item.label, _("Exploited person"))
    return title or _("Link chart")


def render(arrangement: Arrangement, made: Cover, kind: str, size: str = "a4") -> bytes:
    """Return the framed chart as bytes of a format; the same input gives the same bytes.

    Names of people recorded as exploited are withheld.
    """
    if kind not in FORMATS:
        raise Refused(f"A chart is written as {', '.join(FORMATS)}, not {kind[:10]!r}")
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports import chart_figure
    from ocgdesk.reports.chart_page import PageSize, page
    from ocgdesk.reports.drawing import draw

    arrangement = withheld(arrangement)
    sheet = page(draw(arrangement), made, PageSize(size), chart_words.legend(arrangement))
    return chart_figure.export(sheet, kind)  # type: ignore[arg-type]


def to_file(
    workspace: Workspace,
    data: bytes,
    path: Path,
    subjects: Sequence[int],
    *,
    recipient: str = "",
    reason: str = "",
) -> Path:
    """Write a chart that was rendered; that it leaves is journalled first.

    Raises Refused to those who may not export, CannotWrite where the file cannot be written.
    """
    kind = path.suffix.lstrip(".").lower()
    exports.disclose(
        workspace, "Export chart", subjects, recipient=recipient, reason=reason, format=kind
    )
    return write(path, data)


def clipboard(arrangement: Arrangement, made: Cover) -> tuple[bytes, bytes, str]:
    """Return a chart as PNG, SVG and an HTML table of its links, each with its marking."""
    png = render(arrangement, made, "png", "slide")
    return png, render(arrangement, made, "svg", "slide"), table(arrangement, made)


def table(arrangement: Arrangement, made: Cover) -> str:
    """Return the links of a chart as an HTML table, marked above and below."""
    arrangement = withheld(arrangement)
    labels = {item.id: item.label for item in arrangement.scene.items}
    shown_ids = set(labels) - arrangement.hidden
    rows = "".join(
        f"<tr><td>{escape(labels[tie.source])}</td><td>{escape(tie.label)}</td>"
        f"<td>{escape(labels[tie.target])}</td><td>{tie.strength.value}</td></tr>"
        for tie in arrangement.scene.ties
        if {tie.source, tie.target} <= shown_ids
    )
    marking = f"<p><b>{made.marking.banner}</b></p>"
    title, fixed = escape(made.title), escape(_(FIXED_LINE))
    head = f"<p>{escape(chart_words.head_line(made))}</p>" if made.head else ""
    return f"{marking}<h1>{title}</h1><table>{rows}</table><p>{fixed}</p>{head}{marking}"
