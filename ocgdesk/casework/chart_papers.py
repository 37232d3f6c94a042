"""Charts on paper: what is printed round them, the bytes of each format, and that they left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from pathlib import Path

from ocgdesk.casework import chart_badges, chart_sources, exports
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
    safeguarding: str = "",
) -> tuple[Cover, tuple[int, ...]]:
    """Return what is printed round a chart, and the numbers of the records on it.

    The marking is the highest of what is drawn, never below it. ``head`` is that of the journal:
    printed, it shows later whether the journal was written anew.
    ``safeguarding`` says why the badges stay on that tell who is being safeguarded; without a
    reason they are left out.
    """
    ids = [i.id for i in arrangement.scene.items if i.id not in arrangement.hidden]
    numbers = networks.numbers(reader, ids)
    count, lowest = chart_sources.behind(reader, arrangement.scene, arrangement.hidden)
    moment = as_at or _("as at {day}, {time}").format(day=shown(now.date()), time=f"{now:%H:%M}")
    made = Cover(
        title=_title_of(title, arrangement),
        subtitle=arrangement.scene.cut,
        author=author,
        agency=agency or about.agency,
        drawn=moment,
        marking=highest(i.marking for i in arrangement.scene.items if i.id in numbers),
        synthetic=about.synthetic,
        filters=(*filters, *_withholding(arrangement, safeguarding=bool(safeguarding.strip()))),
        safeguarding=bool(safeguarding.strip()),
        sources=_sources(count, lowest),
        head=chain.short(head) if head else "",
    )
    return made, tuple(numbers.values())


def _withholding(arrangement: Arrangement, *, safeguarding: bool) -> tuple[str, ...]:
    shown_items = (i for i in arrangement.scene.items if i.id not in arrangement.hidden)
    told = []
    if any(item.exploited for item in shown_items):
        told.append(_("names of exploited people withheld"))
    if chart_badges.has_safeguarding(arrangement):
        shown = _("safeguarding badges shown")
        told.append(shown if safeguarding else _("safeguarding badges left out"))
    return tuple(told)


def _sources(count: int, lowest: str) -> str:
    if not count:
        return _("Sources not recorded")
    words = ngettext("{n} report", "{n} reports", count).format(n=count)
    return _("{reports}, lowest grade {grade}").format(reports=words, grade=lowest or "–")


def withheld(arrangement: Arrangement, *, safeguarding: bool = False) -> Arrangement:
    """Return the chart as it may leave: people recorded as exploited without their names.

    Badges that say who is being safeguarded go too, unless somebody chose otherwise.
    """
    if not safeguarding:
        arrangement = chart_badges.without_safeguarding(arrangement)
    items = tuple(
        replace(item, label=_("Name withheld")) if item.exploited else item
        for item in arrangement.scene.items
    )
    notes = tuple(
        replace(note, text=_unnamed(note.text, arrangement)) for note in arrangement.scene.notes
    )
    return replace(arrangement, scene=replace(arrangement.scene, items=items, notes=notes))


def _unnamed(text: str, arrangement: Arrangement) -> str:
    """Return words without the names of those drawn who are recorded as exploited."""
    for item in arrangement.scene.items:
        if item.exploited:
            text = text.replace(item.label, _("Exploited person"))
    return text


def _title_of(title: str, arrangement: Arrangement) -> str:
    return _unnamed(title, arrangement) or _("Link chart")


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

    arrangement = withheld(arrangement, safeguarding=made.safeguarding)
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
    safeguarding: bool = False,
) -> Path:
    """Write a chart that was rendered; that it leaves is journalled first.

    The entry says so where badges were left on that tell who is being safeguarded.

    Raises Refused to those who may not export, CannotWrite where the file cannot be written.
    """
    kind = path.suffix.lstrip(".").lower()
    more = {"safeguarding": True} if safeguarding else {}
    exports.disclose(
        workspace, "Export chart", subjects, recipient=recipient, reason=reason, format=kind, **more
    )
    return write(path, data)


def clipboard(arrangement: Arrangement, made: Cover) -> tuple[bytes, bytes, str]:
    """Return a chart as PNG, SVG and an HTML table of its links, each with its marking."""
    png = render(arrangement, made, "png", "slide")
    return png, render(arrangement, made, "svg", "slide"), table(arrangement, made)


def table(arrangement: Arrangement, made: Cover) -> str:
    """Return the links of a chart as an HTML table, marked above and below."""
    arrangement = withheld(arrangement, safeguarding=made.safeguarding)
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
