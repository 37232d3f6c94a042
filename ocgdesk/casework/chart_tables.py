"""A chart as tables, for those who paste it into a report or a sheet: its items, then its links."""

from collections.abc import Iterator, Sequence
from html import escape

from ocgdesk.domain.charts import FIXED_LINE, Arrangement, Cover
from ocgdesk.i18n import _
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing_looks import key_of

Rows = Sequence[tuple[str, ...]]


def items(arrangement: Arrangement) -> list[tuple[str, ...]]:
    """Return a row for each item that is seen, below a row of headings."""
    seen = [item for item in arrangement.scene.items if item.id not in arrangement.hidden]
    heads = (_("Item"), _("Kind"), _("Detail"), _("Badges"), _("Marking"))
    rows = (
        (
            item.label,
            chart_words.name_of(key_of(item)),
            item.detail,
            ", ".join(item.badges),
            item.marking.banner,
        )
        for item in seen
    )
    return [heads, *rows]


def links(arrangement: Arrangement) -> list[tuple[str, ...]]:
    """Return a row for each line that is seen, below a row of headings."""
    labels = {item.id: item.label for item in arrangement.scene.items}
    seen = set(labels) - arrangement.hidden
    heads = (_("From"), _("Link"), _("To"), _("Strength"), _("Links"))
    rows = (
        (
            labels[tie.source],
            tie.label,
            labels[tie.target],
            _("not in the register") if tie.sketch else _(chart_words.STRENGTHS[tie.strength]),
            f"{tie.count:,}",
        )
        for tie in arrangement.scene.ties
        if {tie.source, tie.target} <= seen
    )
    return [heads, *rows]


def as_html(arrangement: Arrangement, made: Cover) -> str:
    """Return both tables as HTML, marked above and below."""
    marking = f"<p><b>{made.marking.banner}</b></p>"
    said = "".join(f"<p>{escape(line)}</p>" for line in _said(made))
    tables = "".join(_html(rows) for rows in (items(arrangement), links(arrangement)))
    return f"{marking}<h1>{escape(made.title)}</h1>{tables}{said}{marking}"


def as_text(arrangement: Arrangement, made: Cover) -> str:
    """Return both tables as text with tabs between cells, marked above and below."""
    head: Rows = [(made.marking.banner,), (made.title,)]
    foot: Rows = [(line,) for line in (*_said(made), made.marking.banner)]
    parts = (head, items(arrangement), links(arrangement), foot)
    return "\n\n".join(
        "\n".join("\t".join(_cell(cell) for cell in row) for row in rows) for rows in parts
    )


def _said(made: Cover) -> Iterator[str]:
    yield "; ".join(made.filters) or _("Filters: none")
    yield made.drawn
    yield made.sources
    yield _(FIXED_LINE)
    if made.head:
        yield chart_words.head_line(made)


def _html(rows: Rows) -> str:
    first, *rest = rows
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in first)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rest
    )
    return f"<table><tr>{heads}</tr>{body}</table>"


def _cell(text: str) -> str:
    """Return one cell that neither breaks the row nor is taken for a formula."""
    flat = " ".join(text.split())
    return f"'{flat}" if flat[:1] in {"=", "+", "@"} or flat[:2] == "-=" else flat
