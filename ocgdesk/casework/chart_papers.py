"""Charts on paper: what is printed round them, the bytes of each format, and that they left."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from ocgdesk.casework import chart_badges, chart_sources, chart_tables, exports
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

if TYPE_CHECKING:
    from ocgdesk.reports.chart_page import Page, PageSize
    from ocgdesk.reports.chart_tiles import Tile

FORMATS = ("png", "svg", "pdf", "pptx")
MOST_CITED = 200
"""Sources that are listed in the notes of a slide."""

SIZES = ("a4", "a3", "a2", "a1", "slide")
PAPERS = ("a4", "a3")
"""What a larger sheet may be cut into."""
PRINTED_DPI: Final = {"a4": 300, "a3": 240, "a2": 200, "a1": 150, "slide": 200}
PASTED_DPI = 192
"""Of a picture that is pasted: twice a screen's."""


class Copied(NamedTuple):
    """A chart for the clipboard."""

    png: bytes
    svg: bytes
    pdf: bytes
    html: str
    text: str
    """The tables with tabs between cells."""


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
    items = [i for i in arrangement.scene.items if i.id not in arrangement.hidden]
    numbers = networks.numbers(reader, [i.id for i in items])
    rest = chart_sources.behind(reader, arrangement.scene, arrangement.hidden)
    moment = as_at or _("as at {day}, {time}").format(day=shown(now.date()), time=f"{now:%H:%M}")
    made = Cover(
        title=_title_of(title, arrangement),
        subtitle=arrangement.scene.cut,
        author=author,
        agency=agency or about.agency,
        drawn=moment,
        marking=highest((rest.marking, *(i.marking for i in items if i.id in numbers))),
        synthetic=about.synthetic,
        filters=(*filters, *_withholding(arrangement, safeguarding=bool(safeguarding.strip()))),
        said=arrangement.scene.said,
        safeguarding=bool(safeguarding.strip()),
        sources=_sources(rest.reports, rest.lowest),
        cited=rest.cited,
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


def render(
    arrangement: Arrangement,
    made: Cover,
    kind: str,
    size: str = "",
    dpi: float = 300,
    *,
    tiles: str = "",
) -> bytes:
    """Return the framed chart as bytes of a format; the same input gives the same bytes.

    ``size`` is a sheet (a4 to a1) or a slide; left out, what suits the format. ``dpi`` is that of
    a PNG. ``tiles`` names the paper that a PDF is cut for. Names of people recorded as exploited
    are withheld.
    """
    if kind not in FORMATS:
        raise Refused(f"A chart is written as {', '.join(FORMATS)}, not {kind[:10]!r}")
    if tiles and kind != "pdf":
        raise Refused(_("Only a PDF is cut into several sheets"))
    # matplotlib takes longer to import than the rest of the program: only who draws needs it.
    from ocgdesk.reports.chart_page import PageSize

    arrangement = withheld(arrangement, safeguarding=made.safeguarding)
    sheet = _sheet(arrangement, made, PageSize(size or ("slide" if kind == "pptx" else "a4")))
    if kind == "pptx":
        return slides([(arrangement, made, sheet)])
    from ocgdesk.reports import chart_figure

    if tiles:
        return chart_figure.export_tiles(sheet, _cut(sheet, tiles, made))
    return chart_figure.export(sheet, kind, dpi=dpi)  # type: ignore[arg-type]


def sheets(arrangement: Arrangement, made: Cover, size: str, tiles: str = "") -> tuple[bytes, ...]:
    """Return the framed chart as pictures to print: one, or one for each sheet it is cut into."""
    from ocgdesk.reports import chart_figure
    from ocgdesk.reports.chart_page import PageSize

    arrangement = withheld(arrangement, safeguarding=made.safeguarding)
    sheet = _sheet(arrangement, made, PageSize(size))
    cut = _cut(sheet, tiles, made) if tiles else ()
    return tuple(chart_figure.pictures(sheet, cut, dpi=PRINTED_DPI[tiles or size]))


def _cut(sheet: "Page", tiles: str, made: Cover) -> "tuple[Tile, ...]":
    from ocgdesk.reports import chart_tiles
    from ocgdesk.reports.chart_page import PageSize

    return chart_tiles.tiles(sheet, PageSize(tiles), made)


def _sheet(arrangement: Arrangement, made: Cover, size: "PageSize") -> "Page":
    from ocgdesk.reports.chart_page import page
    from ocgdesk.reports.drawing import draw

    return page(draw(arrangement), made, size, chart_words.legend(arrangement))


def slides(charts: "Sequence[tuple[Arrangement, Cover, Page]]") -> bytes:
    """Return charts as a presentation, one a slide, with what each rests on in its notes."""
    from ocgdesk.reports.chart_slides import Slide, to_pptx

    return to_pptx(
        [
            Slide(
                page=sheet,
                marking=made.marking.banner,
                names=_names(arrangement),
                notes=tuple(_noted(made, sheet)),
            )
            for arrangement, made, sheet in charts
        ]
    )


def _names(arrangement: Arrangement) -> dict[UUID, str]:
    """Return items and lines in words."""
    scene = arrangement.scene
    labels = {item.id: item.label for item in scene.items}
    names = {item.id: chart_words.item_words(item) for item in scene.items}
    return names | {tie.id: chart_words.tie_words(tie, labels) for tie in scene.ties}


def _noted(made: Cover, sheet: "Page") -> Iterator[str]:
    yield made.marking.banner
    yield sheet.words
    yield made.drawn
    yield _("Filters: {filters}").format(filters="; ".join(made.filters) or _("none"))
    yield from made.said
    yield _("Sources: {sources}").format(sources=made.sources)
    yield from made.cited[:MOST_CITED]
    if (more := len(made.cited) - MOST_CITED) > 0:
        yield _("and {n} more").format(n=f"{more:,}")
    yield _(FIXED_LINE)
    if made.head:
        yield chart_words.head_line(made)
    yield made.marking.banner


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
    return exports.leave(
        workspace, "Export chart", data, path, subjects, recipient=recipient, reason=reason,
        **({"safeguarding": True} if safeguarding else {}),
    )  # fmt: skip


def clipboard(arrangement: Arrangement, made: Cover, size: str = "slide") -> Copied:
    """Return a chart as a picture and as tables of its items and links, each with its marking."""
    png = render(arrangement, made, "png", size, PASTED_DPI)
    svg, pdf = (render(arrangement, made, kind, size) for kind in ("svg", "pdf"))
    seen = withheld(arrangement, safeguarding=made.safeguarding)
    return Copied(png, svg, pdf, table(arrangement, made), chart_tables.as_text(seen, made))


def table(arrangement: Arrangement, made: Cover) -> str:
    """Return the items and links of a chart as HTML tables, marked above and below."""
    seen = withheld(arrangement, safeguarding=made.safeguarding)
    return chart_tables.as_html(seen, made)
