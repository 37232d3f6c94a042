"""Returns: figures over a period, printed or written, each with what it counts."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _

_OPERATION = "operation"
"""What has an option of its own to be narrowed by."""

if TYPE_CHECKING:
    from uuid import UUID

    from ocgdesk.casework.return_wishes import Wish
    from ocgdesk.domain.returns import Definition, Period, Return
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace


@click.command("return")
@on_workspace
@click.argument("name", default="")
@click.option("--from", "start", default="", help="First day of the period.")
@click.option("--to", "end", default="", help="Last day; neither: the last twelve months.")
@click.option("--compare", default="", help="'previous', or a period as 1/4/2025..31/3/2026.")
@click.option("--operation", default="", metavar="REF", help="Of this operation alone.")
@click.option("--by", "filters", multiple=True, help="Narrow it: FIELD=CODE, as agency=WMP.")
@session.as_at_option
@click.option("--of", "cell", default="", help="The records of one figure: ROW:COLUMN from 1.")
@click.option(
    "-o",
    "--output",
    "out",
    type=FilePath,
    help="Write .csv, .xlsx, .docx, .pdf, .pptx, .html, .json.",
)
@click.option("--figure", "drawn", is_flag=True, help="Draw it: with -o as .png, .svg or .pdf.")
@click.option("--with-figure", is_flag=True, help="A .docx, .pdf or .pptx holds its figure too.")
@session.recipient_option
@session.leaving_reason_option
@session.as_json_option
def return_(
    way: Way,
    *,
    name: str,
    start: str,
    end: str,
    compare: str,
    operation: str,
    filters: tuple[str, ...],
    as_at: str,
    cell: str,
    out: Path | None,
    drawn: bool,
    with_figure: bool,
    recipient: str,
    reason: str,
    json_: bool,
) -> None:
    """Draw up the return NAME; without a name, list the returns there are."""
    with way.opened() as workspace:
        with workspace.reading() as reader:
            if not name:
                _list(reader, json_=json_)
                return
            asked = (*((f"operation={operation}",) if operation else ()), *filters)
            wish = _wish(reader, name, (start, end), compare, asked)
            wish = replace(wish, as_at=_recorded(as_at))
            if cell:
                _open(reader, wish, cell, json_=json_)
                return
        if out is None:
            with workspace.reading(reason) as reader:
                _show(reader, wish, drawn=drawn, json_=json_)
            return
        leaving = {"recipient": recipient, "reason": reason}
        if drawn:
            made = _draw(workspace, wish, out, **leaving)
        else:
            made = _write(workspace, wish, out, with_figure=with_figure, **leaving)
    if json_:
        output.as_json({"file": str(out), "rows": sum(len(one.lines) for one in made.sections)})
        return
    output.say(_("Wrote {name}: {title}").format(name=out.name, title=_(made.definition.title)))


def _draw(
    workspace: "Workspace", wish: "Wish", out: Path, *, recipient: str, reason: str
) -> "Return":
    """Write the figure of the return as a file."""
    from ocgdesk.casework import return_figure_files

    return return_figure_files.to_file(
        workspace, wish, out, now=datetime.now(LONDON), recipient=recipient, reason=reason
    )


def _recorded(as_at: str) -> datetime | None:
    """Return the moment a return counts at; Refused for a day ahead, which no paper is of."""
    found = asking.moment(as_at)
    if found is not None and found.astimezone(LONDON).date() > session.today():
        raise Refused(_("Nothing is recorded in the future"))
    return found


def _write(
    workspace: "Workspace",
    wish: "Wish",
    out: Path,
    *,
    with_figure: bool,
    recipient: str,
    reason: str,
) -> "Return":
    """Write the return as a file, a paper with its figure where one is wanted."""
    from ocgdesk import settings
    from ocgdesk.casework import return_figures, return_papers

    return return_papers.to_file(
        workspace,
        wish,
        out,
        now=datetime.now(LONDON),
        author=settings.load().author,
        recipient=recipient,
        reason=reason,
        draw=return_figures.pictures if with_figure else None,
        progress=session.progress(),
    )


def _list(reader: "Reader", *, json_: bool) -> None:
    from ocgdesk.casework import return_books

    known = return_books.definitions(reader)
    if json_:
        plain = [
            {
                "name": one.code,
                "title": one.title,
                "definition": one.number,
                "asks": one.asks,
                "requires": one.requires,
            }
            for one in known
        ]
        output.items_as_json(plain, as_at=None, filters={})
        return
    rows = [(one.code, _(one.title), ", ".join(one.asks)) for one in known]
    output.table((_("Name"), _("Return"), _("Narrowed by")), rows)


def _wish(
    reader: "Reader", name: str, days: tuple[str, str], compare: str, filters: tuple[str, ...]
) -> "Wish":
    from ocgdesk.casework import return_books, return_wishes
    from ocgdesk.domain.returns import Layout

    definition = return_books.find(reader, name)
    start, end = (_day(text) for text in days)
    period = return_wishes.period_of(start, end, today=session.today())
    narrowed = dict(_filter(reader, definition, text) for text in filters)
    if len(narrowed) < len(filters):
        raise Refused(_("Each field narrows a return by one value: say it once"))
    if compare and definition.layout is not Layout.PERIODS:
        raise Refused(_("This return is not set against another period"))
    before = _before(period, compare)
    wish = return_wishes.Wish(definition=definition, period=period, before=before, filters=narrowed)
    try:
        return return_wishes.complete(wish)
    except return_wishes.Lacking as lacking:
        how = [f"--{one} REF" if one == _OPERATION else f"--by {one}=…" for one in lacking.names]
        told = _("{why}, with {how}")
        raise Refused(told.format(why=lacking, how=", ".join(how))) from None


def _day(text: str) -> date | None:
    found: date | None = session.day_of(text)
    return found


def _before(period: "Period", compare: str) -> "Period | None":
    from ocgdesk.domain.returns import Period

    if not compare:
        return None
    if compare == "previous":
        return period.before()
    first, _dots, last = compare.partition("..")
    if not (first and last):
        raise Refused(_("--compare takes 'previous' or a period as 1/4/2025..31/3/2026"))
    return Period(session.day_of(first), session.day_of(last))


def _filter(reader: "Reader", definition: "Definition", text: str) -> tuple[str, str]:
    """Return a field and its code; a record is named by its reference, a code by its words."""
    from ocgdesk.casework import return_wishes

    name, equals, value = text.partition("=")
    if not equals:
        raise Refused(_("--by takes FIELD=CODE, as agency=WMP"))
    if name in definition.asks and return_wishes.names_a_record(definition, name):
        return name, str(_record(reader, name, value))
    return name, return_wishes.code_of(definition, name, value)


def _record(reader: "Reader", name: str, text: str) -> "UUID":
    """Return the record somebody names; Refused, with near names, where there is none."""
    from ocgdesk.casework import likely
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.store import identities, records

    kind = Kind.OPERATION if name == _OPERATION else None
    try:
        found = records.resolve(reader, text)
    except NotFound as error:
        known = identities.labels(reader, kind) if kind else []
        raise Refused(f"{error}{likely.meant(text, (one for _no, one in known))}") from None
    if kind is not None and found.kind is not kind:
        raise Refused(_("{ref} is no operation").format(ref=found.ref or found.label))
    return found.id


def _show(reader: "Reader", wish: "Wish", *, drawn: bool, json_: bool) -> None:
    from ocgdesk.casework import return_figures, return_papers, returns

    made = returns.make(reader, wish, now=datetime.now(LONDON))
    if drawn:
        output.say(return_figures.figure(made).alt)
        return
    if json_:
        output.as_json(return_papers.plain(made))
        return
    _print(made)


def _print(made: "Return") -> None:
    from ocgdesk.casework import return_papers

    rows: list[tuple[object, ...]] = []
    titles = ("", *return_papers.headings(made))
    number = 0
    for section in made.sections:
        rows.append(("", section.title, *("" for _one in titles[2:])))
        for line in section.lines:
            number += 1
            rows.append((number, *return_papers.printed_cells(made, line)))
    output.say(" · ".join(filter(None, (_(made.definition.title), _period(made)))))
    output.table(titles, rows)
    for sentence in return_papers.basis(made):
        output.say(sentence)


def _period(made: "Return") -> str:
    return made.period.words if made.period else ""


def _open(reader: "Reader", wish: "Wish", cell: str, *, json_: bool) -> None:
    """Print the records beneath one figure: its row and column, as they are numbered."""
    from ocgdesk.casework import returns

    row, colon, column = cell.partition(":")
    if not (colon and row.isdecimal() and column.isdecimal()):
        raise Refused(_("--of takes ROW:COLUMN, as 3:2"))
    made = returns.make(reader, wish, now=datetime.now(LONDON))
    lines = [(section.block, line) for section in made.sections for line in section.lines]
    if not (0 < int(row) <= len(lines) and 0 < int(column) <= len(made.columns)):
        raise Refused(_("This return has no such figure"))
    block, line = lines[int(row) - 1]
    found, total = returns.records(reader, wish, block, line, int(column) - 1)
    if json_:
        plain = [{"id": b.id, "ref": b.ref, "kind": b.kind, "label": b.label} for b in found]
        output.items_as_json(plain, as_at=made.as_at, filters=dict(made.filters))
        return
    output.table((_("Reference"), _("Record")), [(one.ref, one.label) for one in found])
    output.say(_("{n:,} of {total:,} records").format(n=len(found), total=total))
